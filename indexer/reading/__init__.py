"""Text to facts: pure functions, every fact with the span it was read from.

``read`` is the way in. It never raises, whatever the text; it looks at no clock and no network, and takes time linear
in the length of the text. What each rule is, and what it still gets wrong, is told in ``docs/reading.md``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from indexer.disclosure import (
    APPLIED_ROLES,
    Answer,
    Citation,
    CitationRole,
    Evidence,
    Part,
    Reading,
    Regime,
    Voice,
    Voiced,
)
from indexer.reading import (
    acts,
    citations,
    costs,
    force,
    joined,
    labels,
    moments,
    outcomes,
    questions,
    references,
    regimes,
    review,
    roles,
    sections,
    voices,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence
    from datetime import date

    from indexer.exemptions import ExemptionRegistry
    from indexer.forces import ForceRegistry
    from indexer.reading.citations import Cited
    from indexer.reading.joined import Joined
    from indexer.reading.letter import Letter
    from indexer.reading.outcomes import Unit

__all__ = ["VERSION", "read"]

VERSION = "3"  # of the rules: changes whenever a letter may be read differently


def read(
    parts: Sequence[Part], *, registry: ForceRegistry, provisions: ExemptionRegistry, publisher: Sequence[str] = ()
) -> Reading:
    """Every fact of one letter. ``publisher``: ids of the forces whose log it was found in, none for a loose letter."""
    text = joined.join(parts)
    structured = voices.structure(text)
    sections.refine(structured)
    paired = questions.pair(structured)
    laws = acts.named(structured)
    forces, force_place = force.find(structured, registry, publisher)
    printed_references = references.find(structured, _shapes(registry, forces))
    own = references.own(printed_references)
    others = references.others(printed_references, own)
    act, regulations = citations.main_laws(laws, _home(registry, publisher or forces))
    cited = citations.find(structured, laws, provisions, act, regulations)
    reviewed = review.find(structured)
    stood = None if reviewed is None else reviewed.result in ("stood", "varied")
    roles.assign(structured, cited, provisions, stood=stood)
    units = outcomes.units(structured, paired, cited, provisions)
    found_outcomes = outcomes.union(units)
    found_regimes = regimes.find(structured, laws, cited, act)
    days = moments.find(structured)

    evidence: list[Evidence] = []

    def prove(fact: str, value: str, start: int, end: int) -> None:
        if text.parts:  # of no text there is no evidence
            evidence.append(Evidence(fact=fact, value=value, span=text.span(start, end)))

    if force_place:
        prove("forces", " ".join(forces), *force_place)
    if own:
        evidence.append(Evidence(fact="reference", value=own.printed, span=own.span))
    for fact, moment in _moments(days):
        prove(fact, moment[0].isoformat(), moment[1], moment[2])
    for regime, place in found_regimes.items():
        prove("regimes", regime.value, *place)
    for outcome, place in found_outcomes.items():
        prove("outcomes", outcome.value, *place)
    key = references.reference_key(own.printed) if own else None
    return Reading(
        forces=forces,
        reference=own.printed if own else None,
        reference_key=key,
        other_references=others,
        received_on=_day(days.received),
        clarified_on=_day(days.clarified),
        answered_on=_day(days.answered),
        published_on=_day(days.published),
        regimes=tuple(found_regimes),
        outcomes=tuple(found_outcomes),
        citations=_citations(structured, cited),
        answers=_answers(text, units),
        evidence=tuple(evidence),
        sections=sections.sections(structured, cited),
        review=review.review(structured, reviewed, others, key),
        costs=costs.find(structured),
        notes=tuple([f"impossible date: {printed}" for printed in dict.fromkeys(days.impossible)]),
        parts=_voiced(structured),
        version=VERSION,
    )


def _home(registry: ForceRegistry, publisher: Sequence[str]) -> Regime | None:
    """The law that the publishing force answers under, where the letter names none."""
    known = [registry.regime_of(force_id) for force_id in publisher if force_id in registry.forces]
    return known[0] if known else None


def _shapes(registry: ForceRegistry, forces: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """How the answering forces number their answers."""
    known = [registry.forces[force_id] for force_id in forces if force_id in registry.forces]
    return tuple([pattern for body in known for pattern in body.references.patterns])


def _moments(days: moments.Moments) -> Iterable[tuple[str, tuple[date, int, int]]]:
    for fact, moment in (
        ("received_on", days.received),
        ("clarified_on", days.clarified),
        ("answered_on", days.answered),
        ("published_on", days.published),
    ):
        if moment:
            yield fact, moment


def _day(moment: tuple[date, int, int] | None) -> date | None:
    return moment[0] if moment else None


def _citations(structured: Letter, cited: list[Cited]) -> tuple[Citation, ...]:
    text = structured.joined
    called = labels.find(structured, cited)
    found = []
    for item in cited:
        span = text.span(item.start, item.end)
        asked = structured.pieces[item.piece].questions
        found.append(
            Citation(
                regime=item.regime,
                provision=item.provision,
                parent=item.parent,
                concept=item.concept,
                role=item.role,
                printed=text.printed(span, item.start),
                span=span,
                question=asked[0] if len(asked) == 1 else None,
                label=called.get((item.regime, item.parent))
                if item.role in APPLIED_ROLES or item.role is CitationRole.REPEAT
                else None,
            )
        )
    return tuple(found)


def _answers(text: Joined, units: list[Unit]) -> tuple[Answer, ...]:
    numbered = [unit for unit in units if unit.question is not None]
    if not numbered:
        general = units[0]
        start = general.pieces[0].start if general.pieces else 0
        end = general.pieces[-1].end if general.pieces else 0
        if not text.parts:
            return ()
        return (
            Answer(
                question=None,
                outcomes=outcomes.ordered(general.found),
                provisions=tuple(general.provisions),
                span=text.span(start, end),
            ),
        )
    return tuple(
        [
            Answer(
                question=unit.question,
                outcomes=outcomes.ordered(unit.found),
                provisions=tuple(unit.provisions),
                span=text.span(unit.pieces[0].start, unit.pieces[-1].end),
            )
            for unit in numbered
        ]
    )


def _voiced(structured: Letter) -> tuple[Part, ...]:
    """The parts with whose words are where; every code point of a part lies in one stretch."""
    text = structured.joined
    if not text.parts:
        return ()
    turns: list[list[tuple[int, Voice]]] = [[] for _ in text.parts]
    borders = [*text.part_starts, sys.maxsize]  # the last part has no end
    number, border = 0, borders[1]
    spoken: Voice | None = None
    reordered = text.reordered
    for piece in structured.pieces:
        if piece.voice is spoken and piece.end <= border and not reordered:
            continue
        while border <= piece.start:
            number += 1
            border, spoken = borders[number + 1], None
        if piece.voice is not spoken or reordered:
            spoken = piece.voice
            turns[number].append((text.original(piece.start), spoken))
        while border < piece.end:
            number += 1
            border = borders[number + 1]
            turns[number].append((0, piece.voice))
    if text.reordered:
        _by_line(structured, turns)
    return tuple(
        [
            Part(part=part.part, page=part.page, text=part.text, roles=_stretches(spoken, len(part.text)))
            for part, spoken in zip(text.parts, turns, strict=True)
        ]
    )


def _by_line(structured: Letter, turns: list[list[tuple[int, Voice]]]) -> None:
    """Where cells were put together again, each of their lines has its own place in print."""
    text, pieces = structured.joined, structured.pieces
    at = 0
    for start, *_ in text.rows:
        while at + 1 < len(pieces) and pieces[at + 1].start <= start:
            at += 1
        turns[text.part_at(start)].append((text.original(start), pieces[at].voice))
    for spoken in turns:
        spoken.sort(key=_place)


def _place(turn: tuple[int, Voice]) -> int:
    return turn[0]


def _stretches(turns: list[tuple[int, Voice]], length: int) -> tuple[Voiced, ...]:
    found: list[Voiced] = []
    if not length:
        return ()
    start, role = 0, turns[0][1] if turns else Voice.OTHER
    for position, voice in turns:
        if voice is role:
            continue
        if position > start:
            found.append(Voiced(role=role, start=start, end=position))
            start = position
        role = voice
    found.append(Voiced(role=role, start=start, end=length))
    return tuple(found)
