"""What is known of the numbered questions while the pairing walks down a letter."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Paired:
    """The numbered questions of a letter. ``order`` is that of print; ``refers`` says "see question 1"."""

    order: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)  # numbers that the request has
    bracketed: bool = False  # the request numbers its questions "(1)", and the answer may name them so
    lettered: bool = False  # the request has letters, or Roman numerals
    outlined: bool = False  # the letter numbers its paragraphs 1.1, 1.2, so that 1 and 2 are its chapters
    rows: bool = False  # the request stands in the rows of a table, and these have numbers
    described: bool = False  # any sentence may name questions by figures in brackets, or by letters
    refers: dict[str, list[str]] = field(default_factory=dict)

    def note(self, ids: tuple[str, ...]) -> None:
        for name in ids:
            if name not in self.order:
                self.order.append(name)


@dataclass(slots=True)
class Turn:
    """Where the pairing stands in one message."""

    current: tuple[str, ...] = ()  # the questions being answered
    asked: tuple[str, ...] = ()  # the questions repeated since the last answer
    last: tuple[str, ...] = ()  # the question repeated last; what is lettered below it is a part of it
    sticks: bool = True  # until the next number; else until the next paragraph
    answering: bool = False  # the answer to the last question has begun
    group: int = 0  # of a question without a number, repeated before its answer
    open: bool = False  # such a question is being answered
    subject: bool = False  # the answer to one subject of the request, under its heading
    rows: int = 0  # of a table, that repeat a question and have no numbers
    repeated: bool = False  # each question is repeated before its answer, so numbers in answers number other things
