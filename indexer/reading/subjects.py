"""Answers headed by what they are about: "Unit price", "Staff survey", where neither request nor answer has numbers.

A heading of the answer that takes up the request's own words stands over the answer to that part of it. Two such
headings make a letter that answers by subject; a single one may be its title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind, Voice
from indexer.reading.letter import MessageKind
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from indexer.reading.letter import Letter, Piece

# a name looked up in an enumeration takes five times as long as one of the module
_ANSWER_MESSAGE = MessageKind.ANSWER
_REQUEST, _ANSWER = Voice.REQUEST, Voice.ANSWER

LONGEST = 70  # characters of a heading
STEM = 4  # letters that words of one family share: "suspended", "suspension"
FEWEST = 2  # headings that make a letter one answered by subject
_ANSWERING = frozenset({SectionKind.ANSWER, SectionKind.QUESTION_ANSWER, SectionKind.ADVICE})
_WORD = compiled(r"[a-z]{4,}")
_LED = compiled(r"([a-z][a-z' /()-]{3,48}[a-z)]) ?: (?=\S)")  # "Longest wait: 14 hours"
_FRAME = compiled(
    r"\b(?:section|regulation|exempt\w*|public interest|harm|balance|factors|respon\w+|repl(?:y|ies)|answer|decision|"
    r"request|refus\w+|searches|review|complain\w*|appeal|freedom|information|dear|page|enclosure|attach\w*|ref|"
    r"reference|date|tel|subject|note|how|why|we|our|this|background|conclusion|introduction|summary)\b|\d"
)
_COMMON = frozenset(
    (
        *("with", "this", "that", "from", "have", "your", "their", "which", "what", "when", "were", "been", "many"),
        *("much", "each", "number", "total"),
    )
)


_NONE: frozenset[int] = frozenset()


def headings(letter: Letter, *, numbered: bool) -> frozenset[int]:
    """The places of the pieces that begin the answer to one subject of the request; empty where there are few, and
    where its questions are ``numbered``."""
    if numbered:
        return _NONE
    candidates: list[tuple[int, set[str]]] = []
    asked: set[str] = set()
    for place, piece in enumerate(letter.pieces):
        if piece.voice is _REQUEST or (piece.subject and piece.voice is _ANSWER):
            asked |= stems(piece.low)
        elif asked and piece.voice is _ANSWER and letter.messages[piece.message] is _ANSWER_MESSAGE:
            named = _named(piece)
            if named:
                candidates.append((place, named))
    found = [place for place, named in candidates if 2 * len(named & asked) >= len(named)]
    return frozenset(found) if len(found) >= FEWEST else _NONE


def answered(letter: Letter, about: dict[str, set[str]]) -> dict[int, str]:
    """The question that each sentence of the answer takes up by its words, by place; ``about`` has those of each.

    A heading holds until the next, a label before its text to the end of its paragraph. Empty where fewer than two
    questions, or fewer than half of them, are taken up so.
    """
    found: dict[int, str] = {}
    current: str | None = None
    headed = False
    for place, piece in enumerate(letter.pieces):
        if piece.voice is not _ANSWER or letter.messages[piece.message] is not _ANSWER_MESSAGE:
            current = None
            continue
        named = _named(piece)
        one = _one(named, about) if named else None
        if one is not None:
            current, headed = one, piece.heading
        elif piece.heading or (piece.after_gap and not headed) or piece.kind not in _ANSWERING:
            current = None
        if current is not None:
            found[place] = current
    taken_up = len(set(found.values()))
    return found if taken_up >= FEWEST and 2 * taken_up >= len(about) else {}


def _one(named: set[str], about: dict[str, set[str]]) -> str | None:
    """The only question that most words of a heading, or of a label, are from."""
    shared = sorted(((len(named & words), name) for name, words in about.items()), reverse=True)
    if not shared or 2 * shared[0][0] < len(named) or (len(shared) > 1 and shared[1][0] == shared[0][0]):
        return None
    return shared[0][1]


def _named(piece: Piece) -> set[str]:
    """What a heading, or a label before its text, names; nothing for those that every letter has."""
    if not piece.at_line or piece.cell or piece.body > piece.start or piece.kind not in _ANSWERING:
        return set()
    low = piece.low
    if not piece.heading:
        label = _LED.match(low)
        low = label[1] if label else ""
    if not low or len(low) > LONGEST or _FRAME.search(low):
        return set()
    return stems(low)


def stems(low: str) -> set[str]:
    """The beginnings of its telling words."""
    return {word[:STEM] for word in _WORD.findall(low) if word not in _COMMON}
