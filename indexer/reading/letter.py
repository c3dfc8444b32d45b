"""A letter as sentences in messages: the model that every rule of the reader works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind, Voice

if TYPE_CHECKING:
    from indexer.reading.joined import Joined


class MessageKind(Enum):
    """What one mail of a thread, or one document, is."""

    ANSWER = auto()  # the message whose facts count
    ACKNOWLEDGEMENT = auto()  # an earlier mail of the authority: gives reference, day of receipt and law, no outcome
    REQUEST = auto()
    EARLIER = auto()  # what was asked and answered before, appended
    DATA = auto()  # an attachment that is no letter: a table, a policy, a report


@dataclass(slots=True)
class Piece:
    """One sentence, heading, list item or cell, and what the stages find out about it.

    ``low`` is its text in small letters, without the mark of a list and with short forms written out.
    """

    start: int
    body: int  # where its text begins, after the mark of a list
    end: int
    low: str
    hint: int  # which words it has: see ``hints``
    at_line: bool  # begins where a line begins
    after_gap: bool  # begins after a blank line, or a page
    cell: int  # of the row of a table where it begins
    heading: bool = False  # a short line without an end
    message: int = 0
    voice: Voice = Voice.OTHER
    kind: SectionKind = SectionKind.LETTERHEAD
    group: int = 0  # of a question without a number, repeated before its answer; 0 for none
    questions: tuple[str, ...] = ()  # the numbered questions that it answers, set by ``questions``
    row: bool = False  # stands in a row of request and answer side by side
    subject: bool = False  # the authority repeats what the request is about
    both: bool = False  # a numbered question and its answer in one line


@dataclass(slots=True)
class Letter:
    """All pieces of a letter, and what each of its messages is."""

    joined: Joined
    pieces: list[Piece] = field(default_factory=list)
    messages: list[MessageKind] = field(default_factory=list)
    thread: list[int] = field(default_factory=list)  # number of the document that each message lies in
    asked: str = ""  # the requester's own words, where they are quoted whole, in small letters

    def answer(self) -> list[Piece]:
        """The pieces in the authority's voice of the messages that answer."""
        return [
            piece
            for piece in self.pieces
            if piece.voice is Voice.ANSWER and self.messages[piece.message] is MessageKind.ANSWER
        ]
