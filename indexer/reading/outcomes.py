"""What became of each question: outcomes from the answer's own sentences and from the provisions applied.

A question is a unit of its own where the letter answers by numbers; the letter's outcomes are the union. What is
refused, not held or published elsewhere has to be said; *disclosed* is what is left where an answer says something and
refuses nothing, or says that it gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.disclosure import APPLIED_ROLES, CitationRole, Outcome, SectionKind, Voice
from indexer.reading import hints, questions, substance, voicecues
from indexer.reading import outcomecues as cue
from indexer.reading import refusalcues as refusal
from indexer.reading.letter import MessageKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.exemptions import ExemptionRegistry
    from indexer.reading.citations import Cited
    from indexer.reading.letter import Letter, Piece
    from indexer.reading.questions import Paired

_ARGUED = frozenset(
    {SectionKind.HARM, SectionKind.FACTORS_FOR, SectionKind.FACTORS_AGAINST, SectionKind.BALANCE, SectionKind.STATUTE}
)
_REFUSALS = frozenset(
    {
        Outcome.REFUSED_EXEMPTION,
        Outcome.REFUSED_COST,
        Outcome.REFUSED_VEXATIOUS,
        Outcome.REFUSED_REPEATED,
        Outcome.NCND,
        Outcome.ALREADY_ACCESSIBLE,
    }
)


@dataclass(slots=True)
class Unit:
    """One question's answer, or the whole letter's where it is not answered by numbers."""

    question: str | None
    pieces: list[Piece] = field(default_factory=list)
    found: dict[Outcome, tuple[int, int]] = field(default_factory=dict)  # with the flat place each was read from
    provisions: list[str] = field(default_factory=list)
    content: tuple[int, int] | None = None  # the first sentence that says something
    linked: tuple[int, int] | None = None  # the first that only says where to look
    pointed: bool = False  # it did so before anything else was said
    counted: bool = False  # one of them gives a number, before anything is refused
    series: bool = False  # one of them gives several numbers
    spoken: int = 0  # sentences of substance
    unsaid: tuple[int, int] | None = None  # held in a form that cannot be searched
    promised: tuple[int, int] | None = None  # the first that says that the answer is still to come
    denied: tuple[int, int] | None = None  # the first that gives nothing, and says not why
    laborious: tuple[int, int] | None = None  # the first that tells the work that answering would take
    plain: bool = False  # one of substance tells something else
    absent: bool = False  # one of them says outright that nothing is held, not only that it is not recorded so

    def note(self, outcome: Outcome, piece: Piece) -> None:
        """Keep an outcome with the first sentence that says it."""
        self.found.setdefault(outcome, (piece.sentence.start, piece.sentence.end))


def units(letter: Letter, paired: Paired, cited: list[Cited], provisions: ExemptionRegistry) -> list[Unit]:
    """The letter's general unit first, then one a numbered question, then those repeated without a number."""
    general = Unit(None)
    numbered = {name: Unit(name) for name in paired.order}
    groups: dict[int, Unit] = {}
    applied: dict[int, list[Cited]] = {}
    for item in cited:
        if item.role in APPLIED_ROLES or item.role is CitationRole.REPEAT:
            applied.setdefault(item.piece, []).append(item)
    given_up = {item.piece for item in cited if item.role is CitationRole.NO_LONGER}
    answering = [kind is MessageKind.ANSWER for kind in letter.messages]
    asked = next((place for place, piece in enumerate(letter.pieces) if piece.voice is Voice.REQUEST), 0)
    for place, piece in enumerate(letter.pieces):
        if piece.voice is not Voice.ANSWER or not answering[piece.message]:
            continue
        targets = [numbered[name] for name in piece.questions if name in numbered] if piece.questions else []
        if not targets:
            targets = [groups.setdefault(piece.group, Unit(None)) if piece.group else general]
        for unit in targets:
            unit.pieces.append(piece)
            if place < asked and piece.sentence.heading and place not in applied:
                continue  # a title, a field
            _read(unit, piece, applied.get(place), provisions, given_up=place in given_up)
    everything = [general, *numbered.values(), *groups.values()]
    _settle(
        everything, environmental=any(item.regime.startswith("EI") and item.role in APPLIED_ROLES for item in cited)
    )
    _refer(numbered, paired)
    _fill(general, [*numbered.values(), *groups.values()])
    for unit in everything:
        _part(unit)
    return [general, *(unit for unit in numbered.values() if unit.found), *groups.values()]


def union(everything: Iterable[Unit]) -> dict[Outcome, tuple[int, int]]:
    """The letter's outcomes, each with the place it was first read from, in the order of the vocabulary."""
    found: dict[Outcome, tuple[int, int]] = {}
    for unit in everything:
        for outcome, place in unit.found.items():
            if outcome not in found or place < found[outcome]:
                found[outcome] = place
    if len(found) > 1:
        found.pop(Outcome.UNCLEAR, None)
    return {outcome: found[outcome] for outcome in Outcome if outcome in found}


def ordered(found: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Outcomes in the order of the vocabulary."""
    kept = set(found)
    return tuple(outcome for outcome in Outcome if outcome in kept)


# ---- one sentence


def _read(
    unit: Unit, piece: Piece, cited: list[Cited] | None, provisions: ExemptionRegistry, *, given_up: bool
) -> None:
    low = questions.body(piece)
    sections = cited is not None
    for item in cited or ():
        _cited(unit, piece, item, provisions)
    if piece.kind in _ARGUED or piece.subject or low.startswith(_GREETING):
        return
    hint = piece.sentence.hint
    if given_up and not sections:
        said = False  # what was withheld once
    else:
        said = _said(unit, piece, low, hint, sections=sections) if hint & _ANY else sections
    link = bool(hint & hints.PUBLISHED) and cue.PUBLISHED.search(low) is not None
    if not link and Outcome.DISCLOSED in unit.found and (said or unit.content):
        return  # all that such a sentence could add is known
    if (hint & hints.CONTACT and voicecues.CONTACT.match(low)) or questions.refers(low):
        return
    if not said and ("will" in low or "follow" in low or "ing" in low or " to " in low) and cue.PROMISED.search(low):
        unit.promised = unit.promised or (piece.sentence.start, piece.sentence.end)
        return
    if not said and "w" in low and refusal.LABORIOUS.search(low):
        unit.laborious = unit.laborious or (piece.sentence.start, piece.sentence.end)
        return
    if not said and hint & hints.NEGATIVE and refusal.DENIED.search(low):
        unit.denied = unit.denied or (piece.sentence.start, piece.sentence.end)
        return
    gives = bool(hint & hints.DISCLOSED) and _gives(low)
    if gives and not (said and Outcome.NOT_HELD in unit.found and "however" not in low and "but" not in low):
        unit.note(Outcome.DISCLOSED, piece)
    elif said:
        partly = Outcome.NOT_HELD in unit.found and _OTHER_THAN.search(low) is not None
        if partly or (not sections and _BUT.search(low)):
            unit.note(Outcome.DISCLOSED, piece)
    elif link:
        unit.linked = unit.linked or (piece.sentence.start, piece.sentence.end)
        unit.pointed = unit.pointed or (bool(unit.question) and not unit.found and "http" in low)
        subject = (unit.content is None and not unit.found) or _SUBJECT.search(low) is not None
        if subject and cue.PUBLISHED_FIRM.search(low) and not cue.UNPUBLISHED.search(low):
            unit.note(Outcome.ALREADY_ACCESSIBLE, piece)
    elif unit.content and unit.found:
        numbered = unit.question is not None
        if substance.shortly(piece, low, numbered=numbered) and substance.says(piece, low, sections=sections):
            unit.note(Outcome.DISCLOSED, piece)
    elif substance.says(piece, low, sections=sections):
        _take_content(unit, piece, low)


def _take_content(unit: Unit, piece: Piece, low: str) -> None:
    """A sentence of substance: an answer where nothing else is said."""
    numbered = unit.question is not None
    unit.content = unit.content or (piece.sentence.start, piece.sentence.end)
    unit.spoken += 1
    unit.plain = unit.plain or not substance.tells_work(low)
    if not unit.found and not unit.unsaid:
        counts = substance.counts(piece, low)
        unit.series = unit.series or (numbered and counts > 1)
        unit.counted = unit.counted or (counts > 0 and (numbered or substance.outright(low)))
    if substance.shortly(piece, low, numbered=numbered):
        unit.note(Outcome.DISCLOSED, piece)


_GREETING = ("dear ", "dear,", "to whom it may concern")
_OTHER_THAN = re.compile(r"\b(?:other than|apart from|aside from)\b")
_BUT = re.compile(
    r"(?::|\bhowever\b|\bbut\b|\balthough\b).{0,80}\b(?:is|was|are|were|total|of) "
    r"(?:(?!section|regulation|article)\w+ ){0,2}\d+\b(?!\))"
)


def _gives(low: str) -> bool:
    """Whether a sentence says that it gives what was asked for, here or in what is attached."""
    if cue.DISCLOSED_FIRM.search(low) and not cue.DISCLOSED_UNSURE.search(low):
        return True
    if not cue.DISCLOSED.search(low) or cue.NOT_A_DISCLOSURE.search(low) or _frames(low):
        return False
    on_another_site = "publi" in low and _LINKED.search(low) and not _ATTACHED.search(low)
    return not on_another_site


_ATTACHED = re.compile(r"attach|enclos|embedded")
_LINKED = re.compile(r"https?:|www\.")
_SUBJECT = re.compile(
    r"\b(?:information|data|figures|statistics|reports?|documents?|policy|answers?|request|questions?)\b"
)


def _cited(unit: Unit, piece: Piece, item: Cited, provisions: ExemptionRegistry) -> None:
    """What relying on a provision comes to."""
    name = f"{item.regime} {item.provision}"
    if name not in unit.provisions and (item.role in APPLIED_ROLES or unit.question is not None):
        unit.provisions.append(name)
    if item.role is CitationRole.APPLIED_NCND:
        unit.note(Outcome.NCND, piece)
        return
    outcome = provisions.outcome(item.regime, item.provision)
    if item.role is CitationRole.REPEAT and not (unit.question and _RELIES.search(piece.low)):
        return
    if item.role is CitationRole.REPEAT and (
        refusal.NCND.search(piece.low) or provisions.is_ncnd(item.regime, item.provision)
    ):
        outcome = Outcome.NCND
    if outcome is not None:
        unit.note(outcome, piece)


_RELIES = re.compile(
    r"refus|exempt|withh|appl(?:y|ies|ied)|engage|by virtue|under (?:the )?(?:section|regulation)|pursuant"
)
_DATA = re.compile(r"\b(?:data|information|figures|spread ?sheets?|documents?|tables?|files?|csv|appendix)\b")
_REPLY_ATTACHED = re.compile(
    r"\b(?:response|reply|answer)s?\b.{0,40}\b(?:attach|enclos)|(?:attach|enclos)\w*.{0,40}\b(?:response|reply|answer)s?\b"
)
_ANNOUNCED = re.compile(r"\b(?:response|reply|answers?)\b")
_GIVEN = re.compile(r"attach|enclos|embedded|table|spread ?sheet|appendix|annex")


def _frames(low: str) -> bool:
    """ "Please find our response below" gives nothing yet."""
    if _REPLY_ATTACHED.search(low) and not _DATA.search(low):
        return True
    return _ANNOUNCED.search(low) is not None and _GIVEN.search(low) is None


def _said(unit: Unit, piece: Piece, low: str, hint: int, *, sections: bool) -> bool:
    """Outcomes that the sentence states in words; whether there are any."""
    hit = sections
    for flags, test, outcome in _TESTS:
        if hint & flags == flags and test(low):
            unit.note(outcome, piece)
            unit.absent = unit.absent or (outcome is Outcome.NOT_HELD and refusal.NOT_RECORDED.search(low) is None)
            hit = True
    if not sections and _withheld(low, hint):
        if unit.question and unit.spoken > 1 and unit.content and not unit.found:
            unit.found[Outcome.DISCLOSED] = unit.content  # an answer, and then one thing that is kept back
        unit.note(Outcome.REFUSED_EXEMPTION, piece)
        hit = True
    if hint & hints.RETRIEVE and (hint & hints.NEGATIVE or "format" in low) and refusal.RETRIEVABLE.search(low):
        unit.unsaid = unit.unsaid or (piece.sentence.start, piece.sentence.end)
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


def _vexatious(low: str) -> bool:
    return cue.VEXATIOUS.search(low) is not None and not cue.VEXATIOUS_TALK.search(low)


def _repeated(low: str) -> bool:
    return cue.REPEATED.search(low) is not None and not cue.VEXATIOUS_TALK.search(low)


def _invalid(low: str) -> bool:
    return cue.INVALID.search(low) is not None


def _subject_access(low: str) -> bool:
    return cue.SUBJECT_ACCESS.search(low) is not None and cue.SUBJECT_ACCESS_DONE.search(low) is not None


def _transferred(low: str) -> bool:
    hit = cue.TRANSFERRED.search(low)
    return hit is not None and not cue.OWN_OFFICE.match(low, hit.end() + 1)


def _clarify(low: str) -> bool:
    return cue.CLARIFY.search(low) is not None and not cue.CLARIFIED.search(low)


def _withheld(low: str, hint: int) -> bool:
    kept = hint & hints.WITHHELD or hint & _KEPT_BACK == _KEPT_BACK
    if kept and refusal.WITHHELD.search(low) and not refusal.WITHHELD_TALK.search(low):
        return True
    return (
        bool(hint & hints.SMALL) and refusal.SMALL.search(low) is not None and refusal.PROTECTS.search(low) is not None
    )


_TESTS = (
    (hints.LIMIT | hints.EXCEEDS, _cost, Outcome.REFUSED_COST),
    (hints.NCND, _ncnd, Outcome.NCND),
    (hints.NEGATIVE | hints.HELD, _not_held, Outcome.NOT_HELD),
    (hints.VEXATIOUS, _vexatious, Outcome.REFUSED_VEXATIOUS),
    (hints.REPEATED, _repeated, Outcome.REFUSED_REPEATED),
    (hints.EXTENDS, cue.extends, Outcome.PIT_EXTENSION),
    (hints.INVALID, _invalid, Outcome.INVALID_REQUEST),
    (hints.SUBJECT_ACCESS, _subject_access, Outcome.REDIRECTED_SAR),
    (hints.TRANSFERRED, _transferred, Outcome.TRANSFERRED),
    (hints.CLARIFY, _clarify, Outcome.CLARIFICATION_REQUESTED),
)
_KEPT_BACK = hints.KEPT_BACK | hints.NEGATIVE
_ANY = hints.WITHHELD | hints.KEPT_BACK | hints.SMALL | hints.RETRIEVE
for _each in _TESTS:
    _ANY |= _each[0]


# ---- one unit


_SETTLED = frozenset(  # a refusal in words beside one of these is the same refusal: "exempt under section 12"
    {
        Outcome.REFUSED_COST,
        Outcome.REFUSED_VEXATIOUS,
        Outcome.REFUSED_REPEATED,
        Outcome.INVALID_REQUEST,
        Outcome.REDIRECTED_SAR,
        Outcome.ALREADY_ACCESSIBLE,
        Outcome.NCND,
    }
)


_UNKNOWN = frozenset({"FOIA 12(2)"})
_WHOLLY = frozenset({Outcome.REFUSED_VEXATIOUS, Outcome.REFUSED_REPEATED, Outcome.INVALID_REQUEST})


def _settle(everything: list[Unit], *, environmental: bool) -> None:
    """What the outcomes of a unit say of each other."""
    for unit in everything:
        found = unit.found
        if environmental and not any(name.startswith(("FOIA 12", "FOISA 12")) for name in unit.provisions):
            found.pop(Outcome.REFUSED_COST, None)  # regulation 12(4)(b), argued on cost
            unit.unsaid = None
        if Outcome.NCND in found and any(name in _UNKNOWN for name in unit.provisions):
            found.pop(Outcome.NCND)  # to find out whether it is held would cost too much
        by_hand = unit.unsaid and any(refusal.BY_HAND.search(piece.low) for piece in unit.pieces)
        if unit.unsaid and by_hand and not found.keys() & (_REFUSALS | {Outcome.NOT_HELD}):
            found[Outcome.REFUSED_COST] = unit.unsaid
        if Outcome.REFUSED_COST in found and not unit.absent:
            found.pop(Outcome.NOT_HELD, None)  # why it would take so long
        if unit.laborious and not found and unit.unsaid is None and not unit.plain:
            found[Outcome.REFUSED_COST] = unit.laborious
        refused = found.keys() & _REFUSALS - {Outcome.REFUSED_COST}  # figures before a cost refusal count the work
        refused -= _WHOLLY  # figures count the requests
        if unit.content and ((unit.counted and refused) or (unit.series and Outcome.NOT_HELD in found)):
            found.setdefault(Outcome.DISCLOSED, unit.content)
        if unit.pointed and unit.linked and found.keys() == {Outcome.NOT_HELD}:
            found[Outcome.ALREADY_ACCESSIBLE] = unit.linked
        if found.keys() & (_REFUSALS | {Outcome.DISCLOSED, Outcome.NOT_HELD, Outcome.PIT_EXTENSION}):
            found.pop(Outcome.CLARIFICATION_REQUESTED, None)  # advice on how to ask again
        if found.keys() & _SETTLED and not _exemption_applied(unit):
            found.pop(Outcome.REFUSED_EXEMPTION, None)


def _exemption_applied(unit: Unit) -> bool:
    return any(
        not re.match(r"(?:FOIA|FOISA) (?:12|14|21|25)\b", name)
        for name in unit.provisions
        if not name.startswith("FOISA 25")
    )


def _refer(numbered: dict[str, Unit], paired: Paired) -> None:
    """ "Please see question 1" has what question 1 has."""
    for name, targets in paired.refers.items():
        unit = numbered.get(name)
        if unit is None or unit.found:
            continue
        for target in targets:
            other = numbered.get(target)
            if other is None or other is unit:
                continue
            _disclosed(other)
            if unit.content is None or len(unit.pieces) == 1:
                for outcome in other.found:
                    unit.note(outcome, unit.pieces[0])
                unit.provisions += [p for p in other.provisions if p not in unit.provisions]


_WHOLE = re.compile(
    r"\b(?:(?:whole|entire|all) (?:of )?(?:of |the )?(?:your|this|the) request|request as a whole|in its entirety)\b"
)


def _fill(general: Unit, asked: list[Unit]) -> None:
    """Disclosed is what is left; unclear where nothing is."""
    refused = general.found.keys() & (_WHOLLY | {Outcome.NCND})
    if Outcome.REFUSED_COST in general.found and any(_WHOLE.search(piece.low) for piece in general.pieces):
        return  # what is said of single questions only explains it
    for unit in asked:
        if unit.question or not refused:
            _disclosed(unit)
    if any(unit.found for unit in asked):
        if not general.pieces:
            general.found = {}
        return
    _disclosed(general)
    if not general.found:
        place = (general.pieces[0].sentence.start, general.pieces[-1].sentence.end) if general.pieces else (0, 0)
        general.found[Outcome.UNCLEAR] = place


def _disclosed(unit: Unit) -> None:
    if unit.found:
        return
    if unit.content:
        unit.found[Outcome.DISCLOSED] = unit.content
    elif unit.linked:
        unit.found[Outcome.ALREADY_ACCESSIBLE] = unit.linked
    elif unit.promised or unit.denied:
        unit.found[Outcome.UNCLEAR] = unit.promised or unit.denied or (0, 0)


def _part(unit: Unit) -> None:
    """One question of which a part was given and a part withheld."""
    found = unit.found
    if Outcome.DISCLOSED in found and Outcome.REFUSED_EXEMPTION in found:
        found[Outcome.DISCLOSED_PART] = found.pop(Outcome.DISCLOSED)
