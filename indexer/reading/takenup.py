"""Which numbered questions a sentence of the answer takes up, by number, name, letter or description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind
from indexer.reading import hints, numbering
from indexer.reading import voicecues as cue
from indexer.reading.naming import CONCERNING, NUMBERS
from indexer.reading.numbering import IDS, NOUN, PLAIN, WORDED, WORDED_START, alphabetic, ids_of, ids_under, leading
from indexer.reading.phrases import compiled, phrases
from indexer.reading.sentences import SALUTATION

if TYPE_CHECKING:
    import re

    from indexer.reading.letter import Letter, Piece
    from indexer.reading.paired import Paired, Turn

_STATUTE_KIND = SectionKind.STATUTE  # a name looked up in an enumeration takes five times as long as one of the module

_RESPONSE_TO = phrases(rf".{{0,60}}\b(?:response|answer|information|details?)s? (?:to|for|on) {NOUN} (?P<ids>{IDS})")
_SUBJECT = phrases(
    rf"{NOUN} (?P<ids>{IDS})(?: of (?:the|your) (?:original )?request)?,? (?:is|are|has|have|was|were|can|cannot|will|"
    r"would|asks?|relates?|concerns?|seeks?|(?:do|does) not|exceeds?)\b"
)
_WITHIN = compiled(
    r"\b(?:(?:parts?|questions?|points?|elements?|items?|requests?(?= (?:numbers?|nos?\b)))"
    r"(?: (?:numbers?|nos?\.?))? |qs? ?)"
    rf"(?P<ids>{IDS})"
)
_REMAINDER = compiled(
    r"\b(?:remainder\b|rest\b|remaining (?:parts?|questions?|information|elements?|points?)|"
    r"other (?:questions|parts|points)\b)"
)
_ALL = compiled(r"\b(?:all|each) (?:of )?(?:the |your )?(?:\w+ )?(?:questions|parts|points)\b")
_ENDS = phrases(
    r"exemptions?\b",
    r"applied exemption",
    r"reasons? for",
    r"refusal notice",
    r"public interest",
    r"harm",
    r"overall",
    r"advice and assistance",
    r"duty to",
    r"publication scheme",
    r"general",
    r"additional information",
    r"further information",
    r"please note that police",
    r"every effort",
    r"freedom of information act",
    r"this (?:letter|response|email) (?:serves|acts|is|constitutes)",
    r"in accordance with",
    r"in conclusion",
    r"pursuant to",
    r"appendix",
    r"annex",
    r"disclaimer",
    r"note:",
    r"(?:in addition|additionally|furthermore),? .{0,80}\bneither confirm",
    r"sections? \d[\d(), a-z]{0,40}? (?:is|are) (?:both |all |an? )?(?:absolute|qualified|class|prejudice)",
)
_ITEMS, _CONTACT = hints.ITEMS, hints.CONTACT
CRUMBS = 4  # pieces at the top of a page among which its path on the site may be listed
CRUMB = 40  # characters: a longer line is no step of that path


def answered(letter: Letter, place: int, piece: Piece, paired: Paired, turn: Turn) -> None:
    """Which questions this sentence, and those after it, answer."""
    low, hint = piece.low, piece.hint
    items = hint & _ITEMS
    if items and _by_name(low, hint, turn):
        return
    if (
        paired.known
        and (paired.described or "remain" in low or "rest" in low or "other " in low)
        and _by_description(letter, piece, paired, turn)
    ):
        return
    if not piece.at_line:
        return
    if paired.lettered and _by_letter(letter, piece, paired, turn):
        return
    text, start, end = letter.joined.lower, piece.start, piece.end
    first = text[start]
    hit = WORDED.match(text, start, end) if hint & NUMBERS and first in WORDED_START else None
    if hit:
        turn.current, turn.sticks = ids_under(hit), True
        turn.repeated = turn.repeated and len(turn.current) == 1
        return
    if turn.current:
        if hint & _CONTACT and cue.CONTACT.match(low):
            turn.current = ()
            return
        if not turn.sticks and not _GOES_ON.match(low) and not letter.pieces[place - 1].low.endswith(":"):
            turn.current = ()
    within = _within(low, hint) if items and len(turn.current) != 1 else None
    if within and _of_request(low, within, paired):
        turn.current, turn.sticks = ids_of(within["ids"]), False
        return
    numbered = first in "0123456789(·>-" and not (low.isdigit() and piece.body == start)  # no figure of a table
    if numbered and not turn.repeated and piece.kind is not _STATUTE_KIND:
        hit = PLAIN.match(text, start, end)
        if hit:
            ids = ids_of(hit["ids"])
            if ids and _counts(letter, place, ids, paired, turn.current):
                turn.current, turn.sticks = ids, True
            return
    if turn.current and (piece.heading or piece.after_gap) and _ENDS.match(low):
        turn.current = ()


def _by_name(low: str, hint: int, turn: Turn) -> bool:
    """Questions named at the beginning of a sentence: "In relation to question 4", "Your first point"."""
    hit = (CONCERNING.match(low) or _SUBJECT.match(low)) if hint & NUMBERS else None
    if hit:
        turn.current, turn.sticks = ids_of(hit["ids"]), low.endswith(":")
        return True
    ordinal = _ORDINAL.match(low)
    if ordinal:
        turn.current, turn.sticks = (str(ORDINALS.index(ordinal[1]) + 1),), True
    return ordinal is not None


def _by_letter(letter: Letter, piece: Piece, paired: Paired, turn: Turn) -> bool:
    """Questions named by letters at the beginning of a line: "(a)", "C and D"."""
    mark = alphabetic(paired.known, letter.joined.lower, piece.start, piece.end)
    if mark and not _limb(letter, piece):
        turn.current, turn.sticks = mark, True
        return True
    named = numbering.named_letter(paired.known, piece.low)
    if named:
        turn.current, turn.sticks = (named,), True
        return True
    several = numbering.several_letters(paired.known, piece.low)
    if several:
        turn.current, turn.sticks = several, True
    return bool(several)


ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = compiled(
    r"(?:(?:and |but |finally,? )?(?:(?:in|with) (?:relation|respect|regards?|response|answer|reply|reference) "
    r"(?:to|of)|turning to|as (?:to|for|regards)|on|regarding|concerning|to answer) )?(?:your|the) "
    rf"({'|'.join(ORDINALS)}) (?:numbered )?(?:question|part|point|request|query|item)\b"
    r"(?! (?:of|in) (?:the )?(?:act|list))"
)


def _limb(letter: Letter, piece: Piece) -> bool:
    """Whether "(a) the prevention of crime" is a limb of the law: in small letters, which no answer begins with."""
    return letter.joined.text[piece.start] == "(" and letter.joined.text[piece.body].islower()


def _by_description(letter: Letter, piece: Piece, paired: Paired, turn: Turn) -> bool:
    """Questions named as "the remainder", by numbers in brackets, by letters."""
    low = piece.low
    left = ("remain" in low or "rest" in low or "other " in low) and _ABOUT.match(low)
    if left and _REMAINDER.search(low[:120]) and not _BEFORE.match(low):  # 120: what it is about
        rest = tuple(name for name in paired.known if name not in paired.order)
        if rest:
            turn.current, turn.sticks = rest, True
            return True
    if paired.bracketed and _items(letter, piece, paired, turn):
        return True
    named = numbering.lettered_points(low) if paired.known[0] == "a" else []
    if named:
        turn.current = tuple(name for name in named if name in paired.known)
        turn.sticks = piece.at_line
    return bool(named)


_ITEM = compiled(r"(?<=[a-z,:-] )\((\d{1,2})\)(?=[\s,.;:]|$)")
_PROVISION = compiled(r"(?:sections?|regulations?|subsections?|paragraphs?|articles?|and|or) $")


def _items(letter: Letter, piece: Piece, paired: Paired, turn: Turn) -> bool:
    """ "The minutes (1) and the cost (5) are enclosed": questions named by the numbers that the request gave them."""
    low = piece.low
    if "(" not in low or PLAIN.match(letter.joined.lower, piece.start, piece.end):
        return False
    names = [
        hit[1]
        for hit in _ITEM.finditer(low)
        if not _PROVISION.search(low[: hit.start()]) or (hit[1] in paired.known and "- (" in low)
    ]
    if not names or any(name not in paired.known for name in names):
        return False
    turn.current, turn.sticks = tuple(dict.fromkeys(names)), piece.at_line
    return True


_BEFORE = compiled(r"(?:in )?(?:the|our|my) (?:first|original|initial|earlier|previous)\b")
_ABOUT = compiled(r"(?:in|with|for|as|the|all|regarding|however|on|(?:i|we) have (?:\w+ )?(?:considered|decided))\b")
_GOES_ON = phrases(
    r"no\b|this|these|it\b|they|the information|information|searches|however|therefore|unfortunately|please|section|"
    r"sections|regulation|as such|we\b|our\b|i\b|accordingly|such|to (?:obtain|retrieve|provide|answer)|in order|"
    r"[·-]|\d|following|although|whilst|there\b|none|nil|yes|consequently"
)


def _counts(letter: Letter, place: int, ids: tuple[str, ...], paired: Paired, current: tuple[str, ...]) -> bool:
    """Whether a plain number numbers a question, and not a list in the answer."""
    name = leading(ids[0])
    greeted = (
        place >= CRUMBS
        or len(letter.pieces[place].low) > CRUMB
        or any(SALUTATION.match(above.low) for above in letter.pieces[:place])
    )
    if paired.outlined or not greeted or (paired.known and not paired.known[0].isdigit()):
        return False
    if paired.known:
        if str(name) not in paired.known:
            return False
        return not current or name >= leading(current[-1]) or len(ids) > 1 or len(current) > 1
    if name == 1:
        return not _list_follows(letter, place)
    return bool(paired.order) and name == leading(paired.order[-1]) + 1


def _list_follows(letter: Letter, place: int) -> bool:
    """Whether the sentence before announces a list of reasons, exemptions or things, and no answers."""
    before = letter.pieces[place - 1].low if place else ""
    return before.endswith(":") and _ANNOUNCES.search(before) is None


_ANNOUNCES = compiled(r"\b(?:answer|response|question|request|below|information|follows|reply)")


def named_within(piece: Piece, paired: Paired, current: tuple[str, ...]) -> tuple[str, ...]:
    """A sentence that names other questions than those at hand speaks of them: "unable to answer part 3"."""
    low = piece.low
    if piece.hint & NUMBERS:
        hit = _within(low, piece.hint)
        if hit and _of_request(low, hit, paired):
            return ids_of(hit["ids"])
        if not current and ("response" in low or "answer" in low or "information" in low or "detail" in low):
            hit = _RESPONSE_TO.match(low)
            if hit:
                return ids_of(hit["ids"])
    if not current and paired.known and ("all " in low or "each " in low) and _ALL.search(low):
        return tuple(paired.known)
    return current


def _within(low: str, hint: int) -> re.Match[str] | None:
    """The first question that a sentence names, wherever it does so."""
    names = hint & hints.PARTS or "request n" in low or "requests n" in low  # "request number 3", "requests nos 1-2"
    return _WITHIN.search(low) if names and hint & NUMBERS else None


def _of_request(low: str, hit: re.Match[str], paired: Paired) -> bool:
    """Whether "part 3" is a part of the request: said so, or a number that its questions have."""
    before, after = low[max(0, hit.start() - 40) : hit.start()], low[hit.end() :]
    if _POINTS.search(before) or _OF_A_DOCUMENT.match(after):
        return False
    if _DEALS.search(before) or _OF_REQUEST.match(after):
        return True
    return all(name in paired.known or name in paired.order for name in ids_of(hit["ids"]))


_POINTS = compiled(r"\b(?:see|refer|as per|response to|answer to)\b")
_OF_A_DOCUMENT = compiled(
    r" ?(?:of|in) (?:the |that |this )?(?:[\w']+ ){0,3}(?:code|act|schedule|regulations?|guidance|policy|report|law)\b"
)
_DEALS = compiled(
    r"\b(?:(?:requested|asked for|required) (?:for|at|in|under)|answer|comply with|respond to|fulfil|complete|"
    r"provide|refus\w+|exempt\w*) (?:to )?$"
)
_OF_REQUEST = compiled(r" ?(?:of|in) (?:the|your) (?:\w+ )?(?:request|questions|enquiry|email|letter)")
