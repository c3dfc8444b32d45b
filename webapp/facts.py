"""What Crossforce read in a letter, each fact beside the sentence it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.disclosure import (
    APPLIED_ROLES,
    Answer,
    Citation,
    CitationRole,
    Disclosure,
    Outcome,
    Regime,
    Span,
)
from indexer.evidence import line, sentence
from indexer.exemptions import Provision
from indexer.knowledge import Knowledge
from indexer.provisions import Basis, HarmTest
from webapp.links import span_anchor

NAMES = {
    "forces": "Force",
    "reference": "Reference",
    "received_on": "Received",
    "clarified_on": "Clarified",
    "answered_on": "Answered",
    "published_on": "Published",
    "regimes": "Law",
    "outcomes": "Outcome",
}
SINGULAR = {"force": "forces", "regime": "regimes", "outcome": "outcomes"}  # an evidence may name one value of many
LETTERED = {"reference", "received_on", "answered_on", "published_on"}  # facts that letterheads hold
LONGEST_SENTENCE = 160  # characters: two lines; longer is a letterhead taken for a sentence
ROLES = {
    CitationRole.APPLIED: "applied",
    CitationRole.APPLIED_NCND: "used to neither confirm nor deny",
    CitationRole.QUOTED: "statute quoted",
    CitationRole.MENTION: "mentioned",
    CitationRole.REQUESTER: "named by the requester",
    CitationRole.REPEAT: "named again",
    CitationRole.NO_LONGER: "no longer relied on",
}
BASES = {
    Basis.ABSOLUTE: "absolute",
    Basis.QUALIFIED: "qualified",
    Basis.MIXED: "absolute in part, qualified in part",
    Basis.CONTESTED: "absolute or qualified: contested",
    Basis.NO_TEST: "no public interest test",
}
TESTS = {
    HarmTest.CLASS: "class based",
    HarmTest.PREJUDICE: "prejudice based",
    HarmTest.ENDANGER: "endangerment",
    HarmTest.MIXED: "class or prejudice, by limb",
    HarmTest.OTHER: "a test of its own",
}


@dataclass(frozen=True, slots=True)
class Read:
    """The sentence a fact was read from, and the name of its place in the letter."""

    sentence: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Applied:
    """One provision that was applied, with everything said of it."""

    regime: Regime
    provision: str
    role: str
    title: str | None
    statute: str  # "qualified, prejudice based", as the statute has it; empty where it is not known
    labels: tuple[str, ...]  # what the letter calls it, as printed
    differs: bool  # whether the letter's words and the statute's are told apart by their key words
    questions: tuple[str, ...]
    read: Read
    again: tuple[Read, ...]  # further places where it is applied or named again


@dataclass(frozen=True, slots=True)
class Printed:
    """A provision that is printed and not applied."""

    regime: Regime
    provision: str
    role: str
    read: Read


def places(record: Disclosure) -> Iterator[Span]:
    """Passages that the page leads to without marking them: a whole answer to one question."""
    yield from (answer.span for answer in record.reading.answers)


def spans(record: Disclosure) -> Iterator[Span]:
    """Every passage that a fact of this record was read from."""
    facts = record.reading
    yield from (evidence.span for evidence in facts.evidence)
    yield from (citation.span for citation in facts.citations)
    yield from (cost.span for cost in facts.costs)
    yield from (reference.span for reference in facts.other_references)
    if facts.review:
        yield facts.review.span


def _lettered_at(record: Disclosure, span: Span) -> Read:
    """The words around what may stand in a letterhead, whose lines run on without a stop."""
    words = sentence(record, span)
    if len(words) > LONGEST_SENTENCE:
        words = line(record, span)
    return Read(words, span_anchor(span))


def read_at(record: Disclosure, span: Span) -> Read:
    """The sentence around a passage, with the way to it."""
    return Read(sentence(record, span), span_anchor(span))


def evidence_of(record: Disclosure, fact: str, value: str | None = None) -> tuple[Read, ...]:
    """Where a fact was read, or one value of it; each sentence once."""
    found = [
        _lettered_at(record, e.span) if fact in LETTERED else read_at(record, e.span)
        for e in record.reading.evidence
        if SINGULAR.get(e.fact, e.fact) == fact and (value is None or e.value == value)
    ]
    return tuple({read.sentence: read for read in found if read.sentence}.values())


def applied_provisions(record: Disclosure, knowledge: Knowledge) -> list[Applied]:
    """Every provision applied, in the order of the letter; one that is applied in both roles stands twice."""
    found: dict[tuple[Regime, str, CitationRole], list[Citation]] = {}
    for citation in record.reading.citations:
        if citation.role in APPLIED_ROLES:
            found.setdefault((citation.regime, citation.provision, citation.role), []).append(citation)
    return [_applied(record, knowledge, citations) for citations in found.values()]


def _applied(record: Disclosure, knowledge: Knowledge, citations: list[Citation]) -> Applied:
    first = citations[0]
    row = knowledge.provisions.nearest(first.regime, first.provision)
    labels = tuple(dict.fromkeys(c.label for c in citations if c.label))
    reads = {span_anchor(c.span): read_at(record, c.span) for c in citations}
    return Applied(
        regime=first.regime,
        provision=first.provision,
        role=ROLES[first.role],
        title=row.title if row else None,
        statute=statute_words(row),
        labels=labels,
        differs=row is not None and any(_differs(label, row) for label in labels),
        questions=tuple(dict.fromkeys(c.question for c in citations if c.question)),
        read=next(iter(reads.values())),
        again=tuple(reads.values())[1:],
    )


def statute_words(row: Provision | None) -> str:
    """``qualified, prejudice based``: what the statute says of a provision."""
    if row is None:
        return ""
    words = [BASES[row.basis] if row.basis else "", TESTS[row.test] if row.test else ""]
    return ", ".join(word for word in words if word)


def _differs(label: str, row: Provision) -> bool:
    """Both are shown and neither is corrected; this only says that they are not the same."""
    said = label.lower()
    basis = {Basis.ABSOLUTE: "qualified", Basis.QUALIFIED: "absolute"}.get(row.basis) if row.basis else None
    test = {HarmTest.CLASS: "prejudice", HarmTest.PREJUDICE: "class"}.get(row.test) if row.test else None
    return any(word is not None and word in said for word in (basis, test))


def printed_provisions(record: Disclosure) -> list[Printed]:
    """Provisions that the letter names without applying them here: once for each role."""
    found = {
        (c.regime, c.provision, c.role): Printed(c.regime, c.provision, ROLES[c.role], read_at(record, c.span))
        for c in reversed(record.reading.citations)
        if c.role not in APPLIED_ROLES and c.role is not CitationRole.REPEAT
    }
    return list(reversed(found.values()))


def numbered_answers(record: Disclosure) -> list[Answer]:
    """Answers to numbered questions, 2 before 10 and 2a before 2b, whatever order the letter took them in."""
    return sorted((a for a in record.reading.answers if a.question), key=lambda a: _natural(a.question or ""))


def _natural(number: str) -> list[tuple[int, str]]:
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in re.findall(r"[0-9]+|[^0-9]+", number)]


def outcome_rows(record: Disclosure) -> list[tuple[Outcome, tuple[Read, ...]]]:
    """Each outcome of the letter with the sentences it was read from."""
    return [(outcome, evidence_of(record, "outcomes", outcome.value)) for outcome in record.reading.outcomes]
