"""What one sentence of the answer says of its question: given, refused, not held, elsewhere, still to come."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from indexer.disclosure import APPLIED_ROLES, CitationRole, Outcome, SectionKind
from indexer.reading import hints, substance, voicecues
from indexer.reading import outcomecues as cue
from indexer.reading import refusalcues as refusal
from indexer.reading.naming import SEE_STARTS, refers
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from indexer.exemptions import ExemptionRegistry
    from indexer.reading.citations import Cited
    from indexer.reading.letter import Piece
    from indexer.reading.outcomes import Unit

# a name looked up in an enumeration takes five times as long as one of the module
_APPLIED_NCND_ROLE = CitationRole.APPLIED_NCND
_REPEAT_ROLE = CitationRole.REPEAT
_ALREADY_ACCESSIBLE = Outcome.ALREADY_ACCESSIBLE
_DISCLOSED = Outcome.DISCLOSED
_NCND = Outcome.NCND
_NOT_HELD = Outcome.NOT_HELD
_REFUSED_EXEMPTION = Outcome.REFUSED_EXEMPTION

_ARGUED = frozenset(
    {SectionKind.HARM, SectionKind.FACTORS_FOR, SectionKind.FACTORS_AGAINST, SectionKind.BALANCE, SectionKind.STATUTE}
)


def read(unit: Unit, piece: Piece, low: str, cited: list[Cited] | None, provisions: ExemptionRegistry) -> None:
    """Note in the unit what a sentence of its answer says, ``low`` without the words that name its question. ``cited``:
    the provisions that it relies on; empty where it only speaks of one relied on no longer, None where it has none."""
    hint = piece.hint
    sections = bool(cited)
    for item in cited or ():
        _cited(unit, piece, item, provisions)
    if piece.kind in _ARGUED or piece.subject or (low[:1] in "dt" and low.startswith(_GREETING)):
        return
    said = sections
    if cited is None or sections:  # else it is what was withheld once
        plan = _PLANS[hint & _ANY]
        if plan and (plan is not _ELSEWHERE or _HELD_BY in low):
            said = _said(unit, piece, low, hint, plan, sections=sections)
    given = _DISCLOSED in unit.found
    if said:
        if not given and _gives_too(unit, low, hint, sections=sections) and not _frame(low, hint):
            unit.note(_DISCLOSED, piece)
        return
    link = hint & _PUBLISHED and cue.PUBLISHED.search(low)
    if given and unit.content and not link:
        return  # all that such a sentence could add is known
    if hint & _PUT_OFF and _puts_off(unit, piece, low, hint):
        return
    if hint & _GIVING and _gives(low, hint):
        if not given and not _frame(low, hint):
            unit.note(_DISCLOSED, piece)
    elif link:
        if not _frame(low, hint):
            _point(unit, piece, low)
    else:
        _answer(unit, piece, low, hint, sections=sections)


def _gives_too(unit: Unit, low: str, hint: int, *, sections: bool) -> bool:
    """Whether a sentence that says another outcome gives something, too."""
    absent = _NOT_HELD in unit.found
    if hint & _GIVING and (not absent or "however" in low or "but" in low) and _gives(low, hint):
        return True
    if absent and _OTHER_THAN.search(low):
        return True
    return not sections and bool(hint & hints.FIGURES) and _BUT.search(low) is not None


def _frame(low: str, hint: int) -> bool:
    """Whether a sentence is boilerplate or only points to another answer. Asked last: it undoes what else is found."""
    if hint & _CONTACT and voicecues.CONTACT.match(low) is not None:
        return True
    return low[:2] in SEE_STARTS and refers(low, hint)


def _puts_off(unit: Unit, piece: Piece, low: str, hint: int) -> bool:
    """Whether a sentence promises, tells the work, or gives nothing without a reason; none of these is an answer."""
    promised = laborious = False
    if hint & hints.PROMISED:
        promised = cue.PROMISED.search(low) is not None
        laborious = not promised and ("would" in low or "will" in low) and refusal.LABORIOUS.search(low) is not None
    if not (promised or laborious or (hint & hints.NEGATIVE and refusal.denies(low))):
        return False
    if _frame(low, hint):
        return True
    place = (piece.start, piece.end)
    if promised:
        unit.promised = unit.promised or place
    elif laborious:
        unit.laborious = unit.laborious or place
    else:
        unit.denied = unit.denied or place
    return True


def _point(unit: Unit, piece: Piece, low: str) -> None:
    """A sentence that says where to look."""
    unit.linked = unit.linked or (piece.start, piece.end)
    unit.pointed = unit.pointed or (bool(unit.question) and not unit.found and "http" in low)
    subject = (unit.content is None and not unit.found) or _SUBJECT.search(low) is not None
    if subject and cue.PUBLISHED_FIRM.search(low) and not cue.UNPUBLISHED.search(low):
        unit.note(_ALREADY_ACCESSIBLE, piece)


def _answer(unit: Unit, piece: Piece, low: str, hint: int, *, sections: bool) -> None:
    """A sentence without a word of giving or refusing: it may be the answer itself."""
    if unit.content and unit.found:
        if _shortly(unit, piece, low, hint) and substance.says(piece, low, sections=sections) and not _frame(low, hint):
            unit.note(_DISCLOSED, piece)
    elif substance.says(piece, low, sections=sections) and not _frame(low, hint):
        _take_content(unit, piece, low, hint)


def _shortly(unit: Unit, piece: Piece, low: str, hint: int) -> bool:
    """Whether it is a row of figures or a bare short answer; a long one without a figure can only be "Yes, it is."."""
    numbered = unit.question is not None
    if hint & _FIGURES or len(low) < _SHORT or (numbered and low[0] in "yn"):
        return substance.shortly(piece, low, numbered=numbered)
    return False


def _take_content(unit: Unit, piece: Piece, low: str, hint: int) -> None:
    """A sentence of substance: an answer where nothing else is said."""
    first = unit.content is None
    if first:
        unit.content = (piece.start, piece.end)
    unit.told.append((piece, low))
    if not unit.found and not unit.unsaid:
        unit.early += 1
    if _shortly(unit, piece, low, hint) or (first and unit.question is not None and substance.figure_first(low)):
        unit.note(_DISCLOSED, piece)


_PUT_OFF = hints.PROMISED | hints.NEGATIVE
_PUBLISHED, _GIVING, _CONTACT, _FIGURES = hints.PUBLISHED, hints.DISCLOSED, hints.CONTACT, hints.FIGURES
_SHORT = substance.SHORT
_GREETING = ("dear ", "dear,", "to whom it may concern")
_OTHER_THAN = compiled(r"\b(?:other than|apart from|aside from)\b")
_BUT = compiled(
    r"(?::|\bhowever\b|\bbut\b|\balthough\b).{0,80}\b(?:is|was|are|were|total|of) "
    r"(?:(?!section|regulation|article)\w+ ){0,2}\d+\b(?!\))"
)


def _gives(low: str, hint: int) -> bool:
    """Whether a sentence says that it gives what was asked for, here or in what is attached."""
    decides = "disclos" in low or "releas" in low or "decided" in low or "attached" in low or "enclosed" in low
    if decides and cue.DISCLOSED_FIRM.search(low) and not cue.DISCLOSED_UNSURE.search(low):
        return True
    if not cue.discloses(low) or cue.NOT_A_DISCLOSURE.search(low) or (hint & hints.ANSWERED and _frames(low)):
        return False
    on_another_site = "publi" in low and _LINKED.search(low) and not _ATTACHED.search(low)
    return not on_another_site


_ATTACHED = compiled(r"attach|enclos|embedded")
_LINKED = compiled(r"https?:|www\.")
_SUBJECT = compiled(
    r"\b(?:information|data|figures|statistics|reports?|documents?|policy|answers?|request|questions?)\b"
)


def _cited(unit: Unit, piece: Piece, item: Cited, provisions: ExemptionRegistry) -> None:
    """What relying on a provision comes to."""
    name = f"{item.regime} {item.provision}"
    if name not in unit.provisions and (item.role in APPLIED_ROLES or unit.question is not None):
        unit.provisions.append(name)
    if item.role is _APPLIED_NCND_ROLE:
        unit.note(_NCND, piece)
        return
    outcome = provisions.outcome(item.regime, item.provision)
    relied = unit.question and _NCND not in unit.found and _RELIES.search(piece.low)
    if item.role is _REPEAT_ROLE and not relied:
        return
    if item.role is _REPEAT_ROLE and (
        refusal.NCND.search(piece.low) or provisions.is_ncnd(item.regime, item.provision)
    ):
        outcome = _NCND
    if outcome is not None:
        unit.note(outcome, piece)


_RELIES = compiled(
    r"refus|exempt|except(?:ed|ion)|withh|appl(?:y|ies|ied)|engage|by virtue|under (?:the )?(?:section|regulation)|"
    r"pursuant|"
    r"removed|redact|taken out|left out|blacked out|not (?:provided|disclosed|given|released)"
)
_DATA = compiled(r"\b(?:data|information|figures|spread ?sheets?|documents?|tables?|files?|csv|appendix)\b")
_REPLY_ATTACHED = compiled(
    r"\b(?:response|reply|answer)s?\b.{0,40}\b(?:attach|enclos)|(?:attach|enclos)\w*.{0,40}\b(?:response|reply|"
    r"answer)s?\b"
)
_ANNOUNCED = compiled(r"\b(?:response|reply|answers?)\b")
_GIVEN = compiled(r"attach|enclos|embedded|table|spread ?sheet|appendix|annex")


def _frames(low: str) -> bool:
    """ "Please find our response below" gives nothing yet."""
    if _REPLY_ATTACHED.search(low) and not _DATA.search(low):
        return True
    return _ANNOUNCED.search(low) is not None and _GIVEN.search(low) is None


def _said(unit: Unit, piece: Piece, low: str, hint: int, plan: _Plan, *, sections: bool) -> bool:
    """Outcomes that the sentence states in words; whether there are any."""
    hit = sections
    tests, withholds, retrieves = plan
    for test, outcome in tests:
        if test(low):
            unit.note(outcome, piece)
            unit.remainder = unit.remainder or (outcome is _NCND and refusal.REMAINDER.search(low) is not None)
            unit.absent = unit.absent or (outcome is _NOT_HELD and refusal.NOT_RECORDED.search(low) is None)
            hit = True
    if withholds and not sections and _withheld(low, hint):
        if unit.question and len(unit.told) > 1 and unit.content and not unit.found:
            unit.found[_DISCLOSED] = unit.content  # an answer, and then one thing that is kept back
        unit.note(_REFUSED_EXEMPTION, piece)
        hit = True
    if retrieves and (hint & hints.NEGATIVE or "format" in low) and refusal.RETRIEVABLE.search(low):
        unit.unsaid = unit.unsaid or (piece.start, piece.end)
        hit = True
    return hit


def _cost(low: str) -> bool:
    return (
        bool(refusal.LIMIT.search(low) and refusal.EXCEEDS.search(low))
        and not refusal.NOT_EXCEEDED.search(low)
        and not refusal.SUPPOSED.search(low)
    )


def _ncnd(low: str) -> bool:
    return refusal.NCND.search(low) is not None and not refusal.NCND_TALK.search(low)


def _not_held(low: str) -> bool:
    if refusal.NOT_HELD.search(low) is None or refusal.NOT_HELD_TALK.search(low):
        return False
    return refusal.RETRIEVABLE.search(low) is None


def _held_elsewhere(low: str) -> bool:
    return _HELD_BY in low and refusal.HELD_ELSEWHERE.search(low) is not None


def _vexatious(low: str) -> bool:
    return cue.VEXATIOUS.search(low) is not None and not cue.VEXATIOUS_TALK.search(low)


def _repeated(low: str) -> bool:
    if not ("repeat" in low or "identical" in low or "same request" in low or "similar" in low or "too soon" in low):
        return False
    return cue.REPEATED.search(low) is not None and not cue.VEXATIOUS_TALK.search(low)


def _invalid(low: str) -> bool:
    return cue.INVALID.search(low) is not None


def _subject_access(low: str) -> bool:
    if not ("personal" in low or "subject access" in low or "right of access" in low or "rights request" in low):
        return False
    return cue.SUBJECT_ACCESS.search(low) is not None and cue.SUBJECT_ACCESS_DONE.search(low) is not None


def _transferred(low: str) -> bool:
    hit = cue.TRANSFERRED.search(low)
    return hit is not None and not cue.OWN_OFFICE.match(low, hit.end() + 1)


def _clarify(low: str) -> bool:
    if not (
        "you" in low
        or "please" in low
        or "clar" in low
        or "clear" in low
        or "further" in low
        or "more" in low
        or "specif" in low
        or "we receive" in low
        or "(3)" in low
    ):
        return False
    return cue.CLARIFY.search(low) is not None and not cue.CLARIFIED.search(low)


def _withheld(low: str, hint: int) -> bool:
    kept = hint & hints.WITHHELD or hint & _KEPT_BACK == _KEPT_BACK
    if kept and refusal.WITHHELD.search(low) and not refusal.WITHHELD_TALK.search(low):
        return True
    return bool(hint & hints.SMALL) and refusal.protects(low) and refusal.SMALL.search(low) is not None


_TESTS = (
    (hints.LIMIT | hints.EXCEEDS, _cost, Outcome.REFUSED_COST),
    (hints.NCND, _ncnd, Outcome.NCND),
    (hints.NEGATIVE | hints.HELD, _not_held, _NOT_HELD),
    (hints.HELD, _held_elsewhere, _NOT_HELD),
    (hints.VEXATIOUS, _vexatious, Outcome.REFUSED_VEXATIOUS),
    (hints.REPEATED, _repeated, Outcome.REFUSED_REPEATED),
    (hints.EXTENDS, cue.extends, Outcome.PIT_EXTENSION),
    (hints.INVALID, _invalid, Outcome.INVALID_REQUEST),
    (hints.SUBJECT_ACCESS, _subject_access, Outcome.REDIRECTED_SAR),
    (hints.TRANSFERRED, _transferred, Outcome.TRANSFERRED),
    (hints.CLARIFY | hints.INVITES, _clarify, Outcome.CLARIFICATION_REQUESTED),
)
_KEPT_BACK = hints.KEPT_BACK | hints.NEGATIVE
_ANY = reduce(or_, (flags for flags, _, _ in _TESTS), hints.WITHHELD | hints.KEPT_BACK | hints.SMALL | hints.RETRIEVE)
MOST_PLANS = 10_000
_Plan = tuple[tuple[tuple[Callable[[str], bool], Outcome], ...], bool, bool]


_HELD_BY = "held by"
_ELSEWHERE: _Plan = (((_held_elsewhere, _NOT_HELD),), False, False)  # nothing else: of many sentences the only test


class _Plans(dict[int, _Plan | tuple[()]]):
    """What is worth trying on sentences with such words, and whether they may withhold, or say that nothing can be
    retrieved; empty where nothing is. Kept, since letters have the same few hundred mixtures; a hostile one more."""

    def __missing__(self, hint: int) -> _Plan | tuple[()]:
        tests = tuple((test, outcome) for flags, test, outcome in _TESTS if hint & flags == flags)
        withholds = bool(hint & (hints.WITHHELD | hints.SMALL)) or hint & _KEPT_BACK == _KEPT_BACK
        retrieves = bool(hint & hints.RETRIEVE)
        if len(self) >= MOST_PLANS:
            self.clear()
        plan: _Plan | tuple[()] = (tests, withholds, retrieves) if tests or withholds or retrieves else ()
        self[hint] = plan = _ELSEWHERE if plan == _ELSEWHERE else plan
        return plan


_PLANS = _Plans()
