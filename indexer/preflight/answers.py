"""What a reader of the answer will misunderstand: a limb left out, a decision that its text contradicts, a sentence
that says something else than was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from indexer.disclosure import APPLIED_ROLES, Citation, CitationRole, CostEstimate, Outcome, Part, Reading, Regime
from indexer.exemptions import ExemptionRegistry
from indexer.preflight.finding import Finding, Pages
from indexer.provisions import RELIED_ON, Basis, Provision, ProvisionKind

MOST_NAMED: Final = 4  # limbs that a mend names as examples
ROUNDED: Final = 0.05  # a printed total may differ from the product by so much
POLICE_LIMIT: Final = 18.0  # hours: regulation 3 and 4 of SI 2004/3244, £450 at £25 an hour
_WHOLE = re.compile(
    r"\b(?:disclos|releas|provid|suppl|answer)\w*[^.\n]{0,60}\b(?:in full|in (?:its|their) entirety)\b"
    r"|\bfull disclosure\b|\bdecided to disclose (?:all )?(?:of )?the (?:located|requested) information\b"
    r"|\b(?:disclos|provid|releas)\w* all (?:of )?the (?:requested |located )?information\b"
    r"|\bdecision ?: ?(?:fully |full(?:y)? )?disclosed\b",
    re.IGNORECASE,
)
_RETRIEVABLE = re.compile(
    r"\b(?:not|n't|nor) (?:\w+ ){0,3}?(?:hold|held|record|recorded|store|stored|available|kept)\b[^.\n]{0,90}"
    r"\b(?:retriev\w+|searchable|extract\w*|collat\w+|central(?:ly)?|format|form|systems? (?:that|which))\b",
    re.IGNORECASE,
)
_LITTLE = re.compile(
    r"^[ \t]*(?:n/?a|nil|nil return|not applicable|as above|see above|-{1,3})[ \t.]*$", re.IGNORECASE | re.MULTILINE
)
_REFUSALS: Final = frozenset(
    {
        Outcome.REFUSED_EXEMPTION,
        Outcome.REFUSED_COST,
        Outcome.REFUSED_VEXATIOUS,
        Outcome.REFUSED_REPEATED,
        Outcome.NCND,
        Outcome.ALREADY_ACCESSIBLE,
        Outcome.DISCLOSED_PART,
    }
)
_DECIDED: Final = frozenset({Regime.FOIA, Regime.FOISA, Regime.EIR, Regime.EISR, Regime.JFOI})


def findings(reading: Reading, pages: Pages, provisions: ExemptionRegistry) -> Iterator[Finding]:
    """Everything, in the order of this module's docstring."""
    yield from _limbs(reading, pages, provisions)
    yield from _labels(reading, pages, provisions)
    yield from _contradictions(reading, pages, provisions)
    yield from _sentences(reading, pages)
    yield from _costs(reading, pages)
    for note in reading.notes:
        yield Finding(kind="impossible_date", where=note, mend="Correct the date.")


def _applied(reading: Reading) -> list[Citation]:
    return [
        citation for citation in reading.citations if citation.role in APPLIED_ROLES and citation.regime in _DECIDED
    ]


def _limbs(reading: Reading, pages: Pages, provisions: ExemptionRegistry) -> Iterator[Finding]:
    """A section relied on without its limb; one used to neither confirm nor deny without the limb that does that."""
    relied_on = _applied(reading)
    seen: set[tuple[Regime, str, str]] = set()
    for citation in relied_on:
        regime, provision = citation.regime, citation.provision
        printed = provisions.printed_label(regime, provision)
        if citation.role is CitationRole.APPLIED_NCND and not provisions.is_ncnd(regime, provision):
            row = provisions.row(regime, citation.parent)
            named = row.ncnd if row else ()
            told = any(c.regime is regime and c.provision in named for c in reading.citations)
            if named and not told and (regime, provision, "ncnd") not in seen:
                seen.add((regime, provision, "ncnd"))
                yield Finding(
                    kind="ncnd_limb_missing",
                    where=f"{pages.of(citation.span)}: {printed}",
                    mend=f"To neither confirm nor deny, cite {' or '.join(named)} as well: the section alone withholds "
                    "what is held.",
                )
            continue
        deeper = _deeper(regime, provision, provisions)
        told = any(
            other.regime is regime and other.provision.startswith(f"{provision}(")
            for other in reading.citations
            if other.role in APPLIED_ROLES or other.role is CitationRole.REPEAT
        )
        if len(deeper) > 1 and not told and (regime, provision, "limb") not in seen:
            seen.add((regime, provision, "limb"))
            examples = ", ".join(f"{row.provision} {row.title.lower()}" for row in deeper[:MOST_NAMED])
            more = ", …" if len(deeper) > MOST_NAMED else ""
            yield Finding(
                kind="limb_missing",
                where=f"{pages.of(citation.span)}: {printed}",
                mend=f"Say which limb is relied on: {examples}{more}. The refusal notice must specify it.",
            )


def _deeper(regime: Regime, provision: str, provisions: ExemptionRegistry) -> list[Provision]:
    """The limbs of a provision that can be relied on to withhold, nearest level first."""
    below = [
        row
        for row in provisions
        if row.regime is regime
        and row.provision.startswith(f"{provision}(")
        and row.kind in RELIED_ON
        and row.kind is not ProvisionKind.NCND
    ]
    if not below:
        return []
    least = min(row.provision.count("(") for row in below)
    return [row for row in below if row.provision.count("(") == least]


def _labels(reading: Reading, pages: Pages, provisions: ExemptionRegistry) -> Iterator[Finding]:
    """The letter calls an exemption absolute where the statute has it qualified, or the other way round."""
    seen: set[tuple[Regime, str]] = set()
    for citation in _applied(reading):
        row = provisions.nearest(citation.regime, citation.provision)
        said = (citation.label or "").lower()
        key = (citation.regime, citation.parent)
        wrong = row is not None and (
            (row.basis is Basis.QUALIFIED and "absolute" in said)
            or (row.basis is Basis.ABSOLUTE and "qualified" in said)
        )
        if wrong and row is not None and row.basis is not None and key not in seen:
            seen.add(key)
            yield Finding(
                kind="label_differs",
                where=f"{pages.of(citation.span)}: {citation.label}",
                mend=f"The statute has {provisions.printed_label(*key)} as {row.basis.value}. Correct one of the two.",
            )


def _contradictions(reading: Reading, pages: Pages, provisions: ExemptionRegistry) -> Iterator[Finding]:
    """What is stated against what follows."""
    withheld = [c for c in _applied(reading) if provisions.may_apply(c.regime, c.provision)]
    withholding = [c for c in withheld if provisions.outcome(c.regime, c.provision) is not Outcome.ALREADY_ACCESSIBLE]
    if withholding:
        for part, start, end in pages.answer():
            for whole in _WHOLE.finditer(part.text, start, end):
                if _of_one_question(reading, part, whole.start()):
                    continue
                label = provisions.printed_label(withholding[0].regime, withholding[0].provision)
                yield Finding(
                    kind="outcome_contradicts_text",
                    where=pages.place(part.part, part.page, whole.start()),
                    mend=f"This says that everything is disclosed, and {label} is applied at "
                    f"{pages.of(withholding[0].span)}. Say which part is disclosed and which is withheld.",
                )
    if Outcome.REFUSED_EXEMPTION in reading.outcomes and not withheld:
        yield Finding(
            kind="refusal_without_section",
            where=_evidence(reading, pages, Outcome.REFUSED_EXEMPTION),
            mend="Something is withheld and no exemption is named. Name the section with its limb.",
        )
    if withheld and not _REFUSALS & set(reading.outcomes):
        yield Finding(
            kind="section_without_refusal",
            where=pages.of(withheld[0].span),
            mend="An exemption is named and no sentence says what is withheld under it. Say it.",
        )
    for answer in reading.answers:
        if answer.question is None:
            continue
        found = set(answer.outcomes)
        where = f"question {answer.question}, {pages.of(answer.span)}"
        if {Outcome.NOT_HELD, Outcome.REFUSED_EXEMPTION} <= found:
            yield Finding(
                kind="outcome_contradicts_text",
                where=where,
                mend="It says both that nothing is held and that an exemption applies. Keep the one that is meant.",
            )
        if Outcome.NCND in found and found & {Outcome.DISCLOSED, Outcome.NOT_HELD}:
            yield Finding(
                kind="ncnd_beside_an_answer",
                where=where,
                mend="It neither confirms nor denies, and answers. Say which part is answered, and that no inference "
                "can be drawn for any other.",
            )


def _of_one_question(reading: Reading, part: Part, at: int) -> bool:
    """Whether a sentence answers one numbered question of which nothing is withheld."""
    for answer in reading.answers:
        span = answer.span
        if answer.question and (span.part, span.page) == (part.part, part.page) and span.start <= at < span.end:
            return not _REFUSALS & set(answer.outcomes)
    return False


def _evidence(reading: Reading, pages: Pages, outcome: Outcome) -> str:
    found = [e for e in reading.evidence if e.fact == "outcomes" and e.value == outcome.value]
    return pages.of(found[0].span) if found else "the answer"


def _sentences(reading: Reading, pages: Pages) -> Iterator[Finding]:
    """Sentences that readers take for something else, and questions that get no decision."""
    for part, start, end in pages.answer():
        for found in _RETRIEVABLE.finditer(part.text, start, end):
            yield Finding(
                kind="read_as_not_held",
                where=pages.place(part.part, part.page, found.start()),
                mend="Readers take this for “not held”. If it is held and hard to find, say so: “We hold it, and "
                "finding it would take longer than the law requires (section 12)”.",
            )
        for found in _LITTLE.finditer(part.text, start, end):
            yield Finding(
                kind="answer_says_little",
                where=pages.place(part.part, part.page, found.start()),
                mend="Write what is meant: not held, none, or does not apply, and why.",
            )
    unclear = [answer for answer in reading.answers if answer.outcomes == (Outcome.UNCLEAR,) and answer.question]
    for answer in unclear:
        yield Finding(
            kind="decision_unclear",
            where=f"question {answer.question}, {pages.of(answer.span)}",
            mend="No sentence says what was decided. Say it: disclosed, not held, or withheld under which section.",
        )
    if reading.outcomes == (Outcome.UNCLEAR,) and not unclear and pages.answer():
        yield Finding(
            kind="decision_unclear",
            where="the whole answer",
            mend="No sentence says what was decided. Say it: disclosed, not held, or withheld under which section.",
        )


def _costs(reading: Reading, pages: Pages) -> Iterator[Finding]:
    """Sums that do not come out, and estimates that stay within the limit."""
    for cost in reading.costs:
        where = pages.of(cost.span)
        hours = _hours(cost)
        if hours is not None and cost.hours is not None and abs(hours - cost.hours) > ROUNDED * max(hours, cost.hours):
            yield Finding(
                kind="arithmetic",
                where=where,
                mend=f"{cost.records:,} records at {cost.minutes_each:g} minutes are {hours:,.1f} hours, and "
                f"{cost.hours:g} are printed.",
            )
        total = cost.hours if cost.hours is not None else hours
        limit = cost.limit_hours or POLICE_LIMIT
        refused = Outcome.REFUSED_COST in reading.outcomes
        if refused and total is not None and total <= limit and Regime.FOIA in reading.regimes:
            yield Finding(
                kind="within_the_limit",
                where=where,
                mend=f"The estimate of {total:g} hours is not above the limit of {limit:g}. Correct it, or answer.",
            )


def _hours(cost: CostEstimate) -> float | None:
    if cost.records is None or cost.minutes_each is None:
        return None
    return cost.records * cost.minutes_each / 60
