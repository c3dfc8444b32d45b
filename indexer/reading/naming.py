"""How a sentence of the answer names the questions it speaks of, what it says without those words, and where it only
points to another answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.reading import hints
from indexer.reading.numbering import IDS, NOUN, WORDED, WORDED_START, ids_of
from indexer.reading.phrases import compiled, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.reading.letter import Piece

NUMBERS = hints.FIGURES | hints.COUNTED
_NAMED = hints.ITEMS | hints.ANSWERED
NAMES = hints.FIGURES | _NAMED  # what a sentence that names its question has one of
REFERRING = 150  # characters: a short sentence does nothing but refer; a longer one has its own answer
CONCERNING = phrases(
    r"(?:(?:and |but |also |finally |firstly |secondly |lastly |however |therefore )?,? ?"
    r"(?:in|with) (?:relation|respect|regards?|response|answer|reply|reference) (?:to|of)|regarding|as regards?|"
    r"concerning|for|(?:in|with)(?= (?:the |your )?questions? )|"
    r"to answer|turning to|as to|on|under|as for|your|the|both|re) (?:the )?(?:your )?"
    rf"(?:[a-z]+ (?:to|for) )?{NOUN} ?(?P<ids>{IDS})"
)
_SEE_FIRST = (
    *("see", "please", "refer", "as ", "same", "answered", "contained", "provided", "included", "covered", "ditto"),
    *("n", "yes"),
)
SEE_STARTS = frozenset((*(word[:2] for word in _SEE_FIRST if word != "n"), "n/", "no", "ni"))  # of what refers
_SEE = phrases(
    r"(?:(?:n/a|none|nil|no|yes)[.,;: -]+)?(?:please )?(?:see|refer to|as (?:per|in|for|with|at|stated in)|same as|"
    r"answered (?:in|at|by|under)|as(?= (?:q ?\d|(?:question|answer|response)s?\b))|contained in|provided in|"
    r"included in|"
    r"covered (?:in|by))\b.{0,60}?"
    rf"(?:{NOUN}|answers?|responses?|reply|above|no\.?) ?(?:to )?(?:(?:your )?{NOUN} ?)?(?P<ids>{IDS})"
)
_SEE_NUMBER = compiled(
    r"(?:please )?(?:see|as (?:with|per|for|at|in)|same as|refer to) \(?(?P<ids>\d{1,2}[a-z]?)\)?"
    r"(?= ?(?:[,.;:-]|$|above|for\b|and\b))"
)
_SEE_ABOVE = phrases(
    r"(?:please )?(?:see|refer to|as|as per|same as|note) (?:the |our |my )?"
    r"(?:response |answer |reply |information |comments? |explanation )?(?:\w+ )?(?:above|previous|preceding)"
    r"(?: (?:response|answer|reply|question|exemption|explanation|comment)s?)?\b",
    r"(?:as|see) above",
    r"ditto",
    r"answered above",
)
_FRAME = compiled(
    f"(?:{CONCERNING.pattern}|{WORDED.pattern})".replace("?P<ids>", "")
    + r" ?(?:of (?:the|your) (?:\w+ )?request)? ?[,:.)-]{0,2} ?"
)


_ANY_LABEL = compiled(r"(?:[\w'&]+ ){0,3}(?:response|answer|reply) ?: ?(?=\S)")  # "Trust response: 84"
_LABEL = compiled(r"(?:response|answer|reply|ans|a) ?[:.-] ?")  # "Q1a response: 9"
_FIGURE = compiled(r"(?:q|question|answer|response|reply|point|part|item) ?\d{1,2}[a-z]? - (?=\d)")  # "Q1 - 17"
_LETTER_FRAMED = ("response", "answer", "reply", "question", "point", "part")
_LETTER_FRAME = compiled(r"(?:response|answer|reply|question|point|part) \(?(?:[a-h]|[ivx]{1,4})[.)] ?")


def body(piece: Piece) -> str:
    """What a sentence says of a question, without the words that name the question."""
    low, hint = piece.low, piece.hint
    if hint & hints.ANSWERED and piece.questions and ":" in low:
        label = _ANY_LABEL.match(low)
        low = low[label.end() :] if label else low
    if not hint & _NAMED and not (low[:1] == "a" and low[1:2].isdigit()):
        return low
    framed = low[:1] in WORDED_START
    figure = _FIGURE.match(low) if framed and " - " in low[:16] else None
    if figure is not None:
        return low[figure.end() :]
    hit = (_FRAME.match(low) if hint & NUMBERS else None) or (
        _LETTER_FRAME.match(low) if framed and low.startswith(_LETTER_FRAMED) else None
    )
    if hit is None:
        return low
    label = _LABEL.match(low, hit.end())
    return low[label.end() if label else hit.end() :]


_GIVEN = compiled(r"attach|enclos|embedded|spread ?sheet|appendix|annex|\btable")


def refers(low: str, hint: int) -> bool:
    """Whether a sentence does nothing but point to another answer."""
    if len(low) > REFERRING or not low.startswith(_SEE_FIRST):
        return False
    points = (hint & NUMBERS and (_SEE_NUMBER.match(low) or _SEE.match(low))) or _SEE_ABOVE.match(low)
    return bool(points) and not _GIVEN.search(low)


def pointed_to(low: str, names: Sequence[str], order: Sequence[str]) -> list[str]:
    """The questions whose answers a sentence points to that answers ``names``; ``order`` is that of all so far."""
    hit = _SEE.match(low) or _SEE_NUMBER.match(low)
    if hit:
        return [name for name in ids_of(hit["ids"]) if name not in names]
    if _SEE_ABOVE.match(low):
        first = order.index(names[0])
        return [order[first - 1]] if first else []
    return []
