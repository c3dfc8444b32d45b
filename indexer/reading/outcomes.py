"""What became of each question: outcomes from the answer's own sentences and from the provisions applied.

A question is a unit of its own where the letter answers by numbers; the letter's outcomes are the union. What is
refused, not held or published elsewhere has to be said; *disclosed* is what is left where an answer says something and
refuses nothing, or says that it gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.disclosure import APPLIED_ROLES, CitationRole, Outcome, Voice
from indexer.reading import naming, substance, verdicts
from indexer.reading import refusalcues as refusal
from indexer.reading.letter import MessageKind
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.exemptions import ExemptionRegistry
    from indexer.reading.citations import Cited
    from indexer.reading.letter import Letter, Piece
    from indexer.reading.paired import Paired

# a name looked up in an enumeration takes five times as long as one of the module
_ANSWER_MESSAGE = MessageKind.ANSWER
_ALREADY_ACCESSIBLE = Outcome.ALREADY_ACCESSIBLE
_CLARIFICATION_REQUESTED = Outcome.CLARIFICATION_REQUESTED
_DISCLOSED = Outcome.DISCLOSED
_DISCLOSED_PART = Outcome.DISCLOSED_PART
_NCND = Outcome.NCND
_NOT_HELD = Outcome.NOT_HELD
_REFUSED_COST = Outcome.REFUSED_COST
_REFUSED_EXEMPTION = Outcome.REFUSED_EXEMPTION
_UNCLEAR = Outcome.UNCLEAR
_REQUEST, _ANSWER = Voice.REQUEST, Voice.ANSWER

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
    told: list[tuple[Piece, str]] = field(default_factory=list)  # sentences of substance, and what each says
    early: int = 0  # of them: how many stand before anything is given or refused
    unsaid: tuple[int, int] | None = None  # held in a form that cannot be searched
    promised: tuple[int, int] | None = None  # the first that says that the answer is still to come
    denied: tuple[int, int] | None = None  # the first that gives nothing, and says not why
    laborious: tuple[int, int] | None = None  # the first that tells the work that answering would take
    remainder: bool = False  # it is of any other information that is neither confirmed nor denied
    absent: bool = False  # one of them says outright that nothing is held, not only that it is not recorded so

    def note(self, outcome: Outcome, piece: Piece) -> None:
        """Keep an outcome with the first sentence that says it."""
        if outcome not in self.found:
            self.found[outcome] = (piece.start, piece.end)

    def counts(self) -> bool:
        """Whether one of its sentences gives a number, before anything is refused."""
        early = self.told[: self.early]
        if self.question is not None:
            return any(substance.counts(piece, low) for piece, low in early)
        return any(substance.counts(piece, low) and substance.outright(low) for piece, low in early)

    def lists(self) -> bool:
        """Whether one of its sentences gives several numbers."""
        return self.question is not None and any(
            substance.counts(piece, low) > 1 for piece, low in self.told[: self.early]
        )

    def plain(self) -> bool:
        """Whether one of its sentences tells something else than the work that answering would take."""
        return not all(substance.tells_work(low) for _, low in self.told)


def units(letter: Letter, paired: Paired, cited: list[Cited], provisions: ExemptionRegistry) -> list[Unit]:
    """The letter's general unit first, then one a numbered question, then those repeated without a number."""
    general = Unit(None)
    numbered = {name: Unit(name) for name in paired.order}
    groups: dict[int, Unit] = {}
    applied: dict[int, list[Cited]] = {}
    environmental = False
    for item in cited:
        role = item.role
        if role in APPLIED_ROLES:
            applied.setdefault(item.piece, []).append(item)
            environmental = environmental or item.regime.startswith("EI")
        elif role is _REPEAT:
            applied.setdefault(item.piece, []).append(item)
        elif role is _NO_LONGER:
            applied.setdefault(item.piece, [])
    answering = [kind is _ANSWER_MESSAGE for kind in letter.messages]
    asked = _first_asked(letter)
    read, body, names = verdicts.read, naming.body, naming.NAMES
    for place, piece in enumerate(letter.pieces):
        if piece.voice is not _ANSWER or not answering[piece.message]:
            continue
        named = piece.questions
        relied = applied.get(place)
        low = body(piece) if piece.hint & names else piece.low
        if named:
            targets = [numbered[name] for name in named if name in numbered]
            for unit in targets:
                unit.pieces.append(piece)
                read(unit, piece, low, relied, provisions)
            if targets:
                continue
        group = piece.group
        if group and group not in groups:
            groups[group] = Unit(None)
        unit = groups[group] if group else general
        unit.pieces.append(piece)
        if place >= asked or relied or named or not piece.heading:  # else it is a title, or a field
            read(unit, piece, low, relied, provisions)
    everything = [general, *numbered.values(), *groups.values()]
    _settle(everything, environmental=environmental)
    _refer(numbered, paired)
    _fill(general, [*numbered.values(), *groups.values()])
    for unit in everything:
        _part(unit)
    return [general, *(unit for unit in numbered.values() if unit.found), *groups.values()]


_ORDER = tuple(Outcome)
_REPEAT, _NO_LONGER = CitationRole.REPEAT, CitationRole.NO_LONGER


def _first_asked(letter: Letter) -> int:
    """The place of the first sentence of the request; 0 where none is repeated."""
    for place, piece in enumerate(letter.pieces):
        if piece.voice is _REQUEST:
            return place
    return 0


def union(everything: Iterable[Unit]) -> dict[Outcome, tuple[int, int]]:
    """The letter's outcomes, each with the place it was first read from, in the order of the vocabulary."""
    found: dict[Outcome, tuple[int, int]] = {}
    for unit in everything:
        for outcome, place in unit.found.items():
            if outcome not in found or place < found[outcome]:
                found[outcome] = place
    if len(found) < 2:
        return found
    found.pop(_UNCLEAR, None)
    return {outcome: found[outcome] for outcome in _ORDER if outcome in found}


def ordered(found: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Outcomes in the order of the vocabulary."""
    kept = set(found)
    return tuple(kept) if len(kept) < 2 else tuple([outcome for outcome in _ORDER if outcome in kept])


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
_PARTLY = _REFUSALS - {Outcome.REFUSED_COST} - _WHOLLY  # figures before these two count the work, and the requests
_NOT_GIVEN = _REFUSALS | {Outcome.NOT_HELD}
_ANSWERED = _NOT_GIVEN | {Outcome.DISCLOSED, Outcome.PIT_EXTENSION}


def _settle(everything: list[Unit], *, environmental: bool) -> None:
    """What the outcomes of a unit say of each other."""
    for unit in everything:
        found = unit.found
        if not found and not unit.unsaid:
            continue
        if environmental and not any(name.startswith(("FOIA 12", "FOISA 12")) for name in unit.provisions):
            found.pop(_REFUSED_COST, None)  # regulation 12(4)(b), argued on cost
            unit.unsaid = None
        if _NCND in found and any(name in _UNKNOWN for name in unit.provisions):
            found.pop(_NCND)  # to find out whether it is held would cost too much
        if _NCND in found and _NOT_HELD not in found and unit.remainder and unit.content:
            found.setdefault(_DISCLOSED, unit.content)
        if (
            unit.unsaid
            and _NOT_GIVEN.isdisjoint(found)
            and any(refusal.BY_HAND.search(piece.low) for piece in unit.pieces)
        ):
            found[_REFUSED_COST] = unit.unsaid
        if _REFUSED_COST in found and not unit.absent:
            found.pop(_NOT_HELD, None)  # why it would take so long
        if unit.content and (
            (not _PARTLY.isdisjoint(found) and unit.counts()) or (_NOT_HELD in found and unit.lists())
        ):
            found.setdefault(_DISCLOSED, unit.content)
        if unit.pointed and unit.linked and found.keys() == {_NOT_HELD}:
            found[_ALREADY_ACCESSIBLE] = unit.linked
        if _CLARIFICATION_REQUESTED in found and not _ANSWERED.isdisjoint(found):
            found.pop(_CLARIFICATION_REQUESTED)  # advice on how to ask again
        if _REFUSED_EXEMPTION in found and not _SETTLED.isdisjoint(found) and not _exemption_applied(unit):
            found.pop(_REFUSED_EXEMPTION)


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


_WHOLE = compiled(
    r"\b(?:(?:whole|entire|all) (?:of )?(?:of |the )?(?:your|this|the) request|request as a whole|in its entirety)\b"
)


def _fill(general: Unit, asked: list[Unit]) -> None:
    """Disclosed is what is left; unclear where nothing is."""
    refused = general.found.keys() & (_WHOLLY if general.remainder else _WHOLLY | {_NCND})
    if _REFUSED_COST in general.found and any(_WHOLE.search(piece.low) for piece in general.pieces):
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
        place = (general.pieces[0].start, general.pieces[-1].end) if general.pieces else (0, 0)
        general.found[_UNCLEAR] = place


def _disclosed(unit: Unit) -> None:
    if unit.found:
        return
    if unit.laborious and unit.unsaid is None and not unit.plain():
        unit.found[_REFUSED_COST] = unit.laborious
    elif unit.content:
        unit.found[_DISCLOSED] = unit.content
    elif unit.linked:
        unit.found[_ALREADY_ACCESSIBLE] = unit.linked
    elif unit.promised or unit.denied:
        unit.found[_UNCLEAR] = unit.promised or unit.denied or (0, 0)


def _part(unit: Unit) -> None:
    """One question of which a part was given and a part withheld."""
    found = unit.found
    if _DISCLOSED in found and _REFUSED_EXEMPTION in found:
        found[_DISCLOSED_PART] = found.pop(_DISCLOSED)
