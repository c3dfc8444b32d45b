"""Which law a request was answered under. It comes first: section numbers mean nothing without it."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from indexer.disclosure import APPLIED_ROLES, Regime, SectionKind, Voice
from indexer.reading import hints
from indexer.reading.letter import MessageKind
from indexer.reading.phrases import Words, compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.reading.acts import Named
    from indexer.reading.citations import Cited
    from indexer.reading.letter import Letter, Piece

# a name looked up in an enumeration takes five times as long as one of the module
_DPA = Regime.DPA
_EIR = Regime.EIR
_EISR = Regime.EISR
_REQUEST_MESSAGE = MessageKind.REQUEST
_DATA_MESSAGE = MessageKind.DATA
_REQUEST_VOICE = Voice.REQUEST
_COMPLAINTS_SECTION = SectionKind.COMPLAINTS
_SIGNATURE_SECTION = SectionKind.SIGNATURE
_FOIA = Regime.FOIA
_ANSWER_VOICE = Voice.ANSWER
_ANSWER_MESSAGE = MessageKind.ANSWER

Where = tuple[int, int]
_START = attrgetter("start")
_LAWS = tuple(Regime)
_ENVIRONMENTAL = (_EIR, _EISR)
_HANDLED = Words(
    r"(?:dealt|deal|handled?|considered|processed|logged|treated|answered|responded|respond\w*|request|requests|"
    r"requested|refus\w+|exempt\w*|exception|provisions|accordance|pursuant|withh\w+|made)\b",
)
_GENERIC = compiled(r"\bfreedom of information\b|\bf\.?o\.?i\.?(?:a|sa)?\b|\bfoi\b")
_PERSONAL = compiled(
    r"(?:your|this|the) request (?:has been|was|is being|will be|is) (?:[\w ]{0,20})?(?:handled|processed|considered|"
    r"treated|dealt with|answered|responded to)[^.]{0,60}(?:data protection act|gdpr|right of access|subject access)"
)


_NOT = ("not", "nor", "rather", "instead", "opposed", "outside", "excluded")  # one of these
_NOT_UNDER = compiled(
    r"\b(?:not|rather than|instead of|as opposed to|nor|outside|"
    r"excluded from)\b(?: (?:been |be |being |fall |made |come )?(?:dealt with|handled|considered|processed|treated|"
    r"answered|covered|subject))?(?: (?:by|under|within|of|to|in|with|the|scope|provisions|terms|"
    r"remit))*(?: \(?uk\)?)? $"
)
BEFORE = 70  # characters before a law's name that may say that the answer is not under it


def find(letter: Letter, laws: Sequence[Named], cited: list[Cited], act: Regime) -> dict[Regime, Where]:
    """The laws of the answer, each with the place that shows it."""
    found: dict[Regime, Where] = {}
    for item in cited:
        if item.role in APPLIED_ROLES:
            found.setdefault(item.regime, (item.start, item.end))
    spoken = _spoken(letter, laws)
    both: set[Regime] = set()
    if spoken:
        handled = {law: place for law, place, firm in spoken if firm}
        for law in _ENVIRONMENTAL:
            if law in handled:
                found.setdefault(law, handled[law])
        both = {law for law, place, firm in spoken if not firm and law in _ENVIRONMENTAL}
        if act in handled and act not in found:
            environmental = _EIR in found or _EISR in found
            if not environmental or _joint(letter, laws, act):
                found[act] = handled[act]
    if not found:
        place = _generic(letter, spoken, act)
        if place is not None:
            found[act] = place
        elif both:
            law = both.pop()
            found[law] = next(place for other, place, _ in spoken if other is law)
    personal = _personal(letter)
    if personal is not None:
        found[_DPA] = personal
    return {law: found[law] for law in _LAWS if law in found} if len(found) > 1 else found


def _spoken(letter: Letter, laws: Sequence[Named]) -> list[tuple[Regime, Where, bool]]:
    """Access laws as the authority names them: which, where, and whether it says that the request is under it."""
    access = [(named.law, named) for named in laws if named.law is not None and named.law is not _DPA]
    if not access:
        return []
    lower, pieces = letter.joined.lower, letter.pieces
    placed = [(max(bisect_right(pieces, named.start, key=_START) - 1, 0), law, named) for law, named in access]
    said: dict[int, set[Regime]] = {}
    for place, law, _ in placed:
        said.setdefault(place, set()).add(law)
    spoken: list[tuple[Regime, Where, bool]] = []
    for place, law, named in placed:
        piece = letter.pieces[place]
        if letter.messages[piece.message] in (_REQUEST_MESSAGE, _DATA_MESSAGE) or not _authority(piece):
            continue
        first = max(0, named.start - BEFORE)
        before = lower[first : named.start]
        if any(map(before.__contains__, _NOT)) and _NOT_UNDER.search(lower, first, named.start):
            continue
        firm = _HANDLED.search(piece.low) is not None or piece.heading
        if law in _ENVIRONMENTAL:
            together = len(said[place]) > 1 or _GENERIC.search(piece.low) is not None
            firm = _under_regulations(piece, together=together)
        spoken.append((law, (named.start, named.end), firm))
    return spoken


_THIS_REQUEST = compiled(
    r"\b(?:your|this) (?:\w+ )?(?:request|enquiry)|dealt with|logged|handled|treated|considered under|refus\w+|"
    r"exception|withh\w+|in breach|breached|duty|exempt\w*|regulation \d"
)
_BOTH_LAWS = compiled(r"(?:both|and) the (?:environmental|foi|freedom)|dealt with|handled under|considered under")


def _under_regulations(piece: Piece, *, together: bool) -> bool:
    """Whether a sentence that names the environmental regulations says that this request is under them."""
    if together:
        both = _BOTH_LAWS.search(piece.low) is not None and _HANDLED.search(piece.low) is not None
        return both and "/" not in piece.low
    return piece.heading or _THIS_REQUEST.search(piece.low) is not None


def _authority(piece: Piece) -> bool:
    """Not the requester's words, nor the paragraph on complaints, which names every law there is."""
    if piece.voice is _REQUEST_VOICE:
        return False
    return piece.kind not in (_COMPLAINTS_SECTION, _SIGNATURE_SECTION)


_SHORT = compiled(r"\beirs?\b")
_SETTLED = compiled(r"\b(?:dealt|handled|considered|processed|answered|refus\w+|exempt\w*|withh\w+)\b")


def _joint(letter: Letter, laws: Sequence[Named], act: Regime) -> bool:
    """Whether the Act and the regulations are named together as the laws of this answer."""
    lower = letter.joined.lower
    for named in laws:
        if named.law is act:
            near = lower[max(0, named.start - 90) : named.end + 90]
            other = "environmental information regulations" in near or _SHORT.search(near)
            if other and _SETTLED.search(near):
                return True
    return False


def _generic(letter: Letter, spoken: list[tuple[Regime, Where, bool]], act: Regime) -> Where | None:
    """ "Your FOI request": enough where nothing else is said."""
    for law, place, _ in spoken:
        if law is act:
            return place
    for request in (False, True):
        for piece in letter.pieces:
            kind = letter.messages[piece.message]
            if kind is _DATA_MESSAGE or (kind is _REQUEST_MESSAGE) is not request:
                continue
            hit = _GENERIC.search(piece.low)
            if hit:
                return piece.start, piece.end
    return _regulator(letter, act)


_REGULATOR = compiled(r"\b(?:scottish )?information commissioner\b")


def _regulator(letter: Letter, act: Regime) -> Where | None:
    """No law named at all, but whom to appeal to: the regulator of the Act that such requests are under."""
    lower = letter.joined.lower
    if "information commissioner" not in lower:
        return None
    asks = any(
        "request for information" in piece.low or "information request" in piece.low for piece in letter.pieces[:60]
    )  # 60: near the top
    hit = _REGULATOR.search(lower) if asks else None
    if hit is None or (act is _FOIA and hit.group().startswith("scottish")):
        return None
    return hit.start(), hit.end()


def _personal(letter: Letter) -> Where | None:
    hinted = hints.ASKED
    for piece in [piece for piece in letter.pieces if piece.hint & hinted]:
        low = piece.low
        if (
            "request " in low
            and ("data protection" in low or "gdpr" in low or "access" in low)
            and piece.voice is _ANSWER_VOICE
            and letter.messages[piece.message] is _ANSWER_MESSAGE
            and _PERSONAL.search(low)
        ):
            return piece.start, piece.end
    return None
