"""Where the reader stands while it walks down a message: whose turn it is, and what the request has said so far."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind
from indexer.reading import voicecues as cue
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from indexer.reading.letter import Letter, Piece

START = 300  # characters of a sentence that tell what it does; the rest is its object
NEARBY = 25  # sentences within which "Decision" is announced, which also heads the end of a public interest test
SOON = 150  # sentences within which a request's end may still be announced by any other heading
REPEATED = 24  # characters: a shorter sentence may repeat another by chance
REMEMBERED = 20_000  # characters of the request that a later sentence is compared with: all of any that people write
LETTERS = 101  # the number of question (a): no request has a hundred
ROMANS = 201  # the number of question (i)
NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LABEL = compiled(
    rf"(?:question|q|point|part|item|request)s?[ .]?(?:no\.? ?)?(\d{{1,2}}[a-z]?|{'|'.join(COUNTED)})\b[ .:)-]*"
)
_FIGURES = {word: str(number) for number, word in enumerate(COUNTED, 1)}
_NUMERAL = compiled(r"(?:[·>-] ?)?\(?(\d{1,2}(?:\.?[a-z]\b(?=[ .):]))?)")
_LEADING = compiled(r"(?:[·>-] ?)?\(?(?:(\d{1,2})\b|([A-Pa-p]|[ivxIVX]{1,4})[.)] )")
LABELS = ("q", "point", "part", "item", "request")  # what the words of a label begin with


class State(Enum):
    """Whose turn it is."""

    HEAD = auto()
    ANSWER = auto()
    REQUEST = auto()
    END = auto()


HEAD, ANSWER, REQUEST, END = State  # a name looked up in an enumeration takes five times as long


@dataclass(slots=True)
class Turns:
    """Where the reader stands while it walks down one message."""

    letter: Letter
    pieces: list[Piece]  # of this message
    state: State = HEAD
    kind: SectionKind = SectionKind.LETTERHEAD
    opened: int = 0  # place of the salutation
    inline: bool = False  # questions are repeated one by one, each before its answer
    headings: frozenset[int] = frozenset()  # places of headings that announce the answer
    near: list[int] = field(default_factory=list)  # those of them that count only close by, in order
    soon: list[int] = field(default_factory=list)  # the others
    tabular: bool = False  # some pieces stand in later cells of a row
    table: bool = False  # request in the first cell of each row, answer in the next
    said: str = ""  # the end of the request so far, in small letters
    asked: set[str] = field(default_factory=set)  # the numbers that its questions have had
    number: int = 0  # of the last question that was repeated
    numbers: dict[int, int] = field(default_factory=dict)  # numbers that begin pieces, and the last place of each
    marks: dict[int, int] = field(default_factory=dict)  # those numbers, by the place of the piece
    leads: set[int] = field(default_factory=set)  # places that a line with the mark of a list follows
    labels: list[int] = field(default_factory=list)  # places of "Answer: …", in order
    labelled: frozenset[int] = frozenset()  # the same
    columns: bool = False  # headed as two columns, request and answer
    first: int = 0  # the cell of the request in each row: 1 where a number stands before it
    following: Piece | None = None
    inquires: bool = False  # the authority lists what it has to know first
    repeats: bool = False  # a line of the request has just been taken up again
    told: bool = False  # the authority tells in its own sentence what was asked
    listed: bool = False  # this line of the request has the number after the last line's
    introduced: bool = False  # this sentence only announces the request
    quoted: bool = False  # the request stands in quotation marks
    unclosed: bool = False  # the closing mark is still to come
    fresh: bool = False  # the request has just begun
    rows: bool = False  # questions stand in one line with their answers
    earlier: str = ""  # what the request said before it was taken up again
    again: bool = False  # the last sentence of the request was said before

    def request(self, place: int, *, inline: bool) -> None:
        """The requester's turn."""
        self.state = REQUEST
        self.told = self.repeats = self.quoted = self.unclosed = False
        self.fresh = True
        self.again = False
        self.earlier = self.said
        self.inline = inline and not self.announced(place)
        self.kind = SectionKind.QUESTION if self.inline else SectionKind.REQUEST

    def answer(self) -> None:
        """The authority's turn."""
        self.state = ANSWER
        self.kind = SectionKind.QUESTION_ANSWER if self.inline else SectionKind.ANSWER

    def announced(self, place: int) -> bool:
        """Whether a heading further down says where the answer begins."""
        return _within(self.near, place, NEARBY) or _within(self.soon, place, SOON)

    def answers_later(self, place: int) -> bool:
        """Whether any heading or label of an answer stands further down."""
        return any(places and places[-1] > place for places in (self.near, self.soon, self.labels))

    def headed_later(self, place: int) -> bool:
        """Whether a heading of an answer stands further down."""
        return any(places and places[-1] > place for places in (self.near, self.soon))

    def numbered_later(self, place: int) -> bool:
        """Whether the question after the last one is numbered further down."""
        return self.numbers.get(self.number + 1, -1) > place

    def asks_on(self, place: int) -> bool:
        """Whether the question after the last one is still to come, so that what stands here answers the last."""
        later = self.numbers.get(self.number + 1, -1) if self.number else -1
        if later <= place:
            return False
        low = self.pieces[later].low
        return low.endswith("?") or cue.QUESTION.match(low) is not None or cue.NOUN_QUESTION.match(low) is not None

    def remember(self, piece: Piece) -> None:
        """The request goes on."""
        low = piece.low
        if '"' in low:
            self.quoted = self.quoted or (self.fresh and (self.told or low.startswith('"')))
            self.unclosed = self.unclosed != (low.count('"') % 2 == 1)
        self.fresh = False
        self.again = len(low) > REPEATED and low[:60] in self.earlier
        self.said = f"{self.said} {low}"
        if len(self.said) > REMEMBERED:
            self.said = self.said[-REMEMBERED:]
        self.asked.add(numeral(self.letter, piece))


def _within(places: list[int], place: int, reach: int) -> bool:
    at = bisect_right(places, place)
    return at < len(places) and places[at] < place + reach


def marked(piece: Piece) -> bool:
    """Whether a piece begins with the mark of a list: a bullet, a number, a letter."""
    return piece.body > piece.start


def number(letter: Letter, piece: Piece, before: dict[int, int]) -> int:
    """The number that a marked piece begins with, letters counted from 101, Roman numerals from 201; 0 where there is
    none. ``before`` has the numbers met so far: "i" comes after "h", or it is one."""
    hit = _LEADING.match(letter.joined.text, piece.start, piece.end)
    if hit is None or cue.STATUTE.match(piece.low):
        return 0
    if hit[1]:
        return int(hit[1])
    name = hit[2].lower()
    if name in NUMERALS and not (name == "i" and LETTERS + 7 in before and ROMANS not in before):
        return ROMANS + NUMERALS.index(name)
    return LETTERS + ord(name) - ord("a") if len(name) == 1 else 0


def numeral(letter: Letter, piece: Piece) -> str:
    """The number of a question as it begins the piece, "3" or "3.a"; empty where the piece begins otherwise."""
    low = piece.low
    label = _LABEL.match(low) if low.startswith(LABELS) else None
    if label is None and piece.body > piece.start:
        label = _NUMERAL.match(letter.joined.lower, piece.start, piece.end)
    return _FIGURES.get(label[1], label[1]) if label else ""


def numbered_again(turns: Turns, piece: Piece, low: str) -> bool:
    """Whether a number numbers an answer: the request has had a line with that number, and it read otherwise."""
    if not turns.asked or low.endswith("?"):
        return False
    name = numeral(turns.letter, piece)
    if not name or name not in turns.asked:
        return False
    label = _LABEL.match(low)
    body = low[label.end() :] if label else low
    if body[:40] in turns.said:
        return False
    return cue.QUESTION.match(body) is None or cue.ANSWER_STRONG.match(body) is not None
