"""A record as JSON: the keys that ``read --json`` and ``show --json`` share, kept to the letter for other programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from indexer.disclosure import (
    Answer,
    Attachment,
    Citation,
    CostEstimate,
    Disclosure,
    Evidence,
    Hold,
    Part,
    Reference,
    Section,
    Source,
    Span,
)

Json = dict[str, Any]


def as_json(record: Disclosure, *, file: str | None = None, text: bool = False, pages: int | None = None) -> Json:
    """One record whole; absent facts are null or empty, never left out. ``text`` adds the parts with their roles."""
    facts = record.reading
    row: Json = {
        "id": record.id,
        "file": file,
        "media_type": record.media_type,
        "pages": pages if pages is not None else sum(part.part == "page" for part in record.parts),
        "text_quality": record.text_quality,
        "failure": record.failure,
        "held_back": [_hold(h) for h in record.held_back],
        "forces": list(record.forces),
        "reference": facts.reference,
        "reference_key": facts.reference_key,
        "received_on": iso(facts.received_on),
        "clarified_on": iso(facts.clarified_on),
        "answered_on": iso(facts.answered_on),
        "published_on": iso(record.published_on),
        "regimes": list(facts.regimes),
        "outcomes": list(facts.outcomes),
        "citations": [_citation(c) for c in facts.citations],
        "answers": [_answer(a) for a in facts.answers],
        "evidence": [_evidence(e) for e in facts.evidence],
        "other_references": [_reference(r) for r in facts.other_references],
        "review": facts.review
        and {"reviews": facts.review.reviews, "result": facts.review.result, **_span(facts.review.span)},
        "costs": [_cost(c) for c in facts.costs],
        "notes": list(facts.notes),
        "log": record.log,
        "title": record.title,
        "attachments": [_attachment(a) for a in record.attachments],
        "sources": [_source(s) for s in record.sources],
        "aliases": list(record.aliases),
        "licence": record.licence,
        "question": record.question,
        "gone_since": iso(record.gone_since),
        "read_with": record.read_with,
    }
    if text:
        row["parts"] = [_part(p) for p in record.parts]
        row["sections"] = [_section(s) for s in facts.sections]
    return row


def iso(moment: date | datetime | None) -> str | None:
    """ISO 8601, or null."""
    return moment.isoformat() if moment else None


def _span(span: Span) -> Json:
    return {"part": span.part, "page": span.page, "start": span.start, "end": span.end}


def _hold(hold: Hold) -> Json:
    return {"kind": hold.kind, "where": hold.where}


def _citation(citation: Citation) -> Json:
    return {
        "regime": citation.regime,
        "provision": citation.provision,
        "parent": citation.parent,
        "concept": citation.concept,
        "role": citation.role,
        "printed": citation.printed,
        "question": citation.question,
        "label": citation.label,
        **_span(citation.span),
    }


def _answer(answer: Answer) -> Json:
    return {
        "question": answer.question,
        "outcomes": list(answer.outcomes),
        "provisions": list(answer.provisions),
        **_span(answer.span),
    }


def _evidence(evidence: Evidence) -> Json:
    return {"fact": evidence.fact, "value": evidence.value, **_span(evidence.span)}


def _reference(reference: Reference) -> Json:
    return {
        "printed": reference.printed,
        "key": reference.key,
        "kind": reference.kind,
        **_span(reference.span),
    }


def _cost(cost: CostEstimate) -> Json:
    return {
        "records": cost.records,
        "minutes_each": cost.minutes_each,
        "hours": cost.hours,
        "limit_hours": cost.limit_hours,
        "limit_pounds": cost.limit_pounds,
        "question": cost.question,
        **_span(cost.span),
    }


def _attachment(attachment: Attachment) -> Json:
    return {
        "number": attachment.number,
        "name": attachment.name,
        "url": attachment.url,
        "media_type": attachment.media_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "pages": attachment.pages,
        "text_quality": attachment.text_quality,
        "failure": attachment.failure,
        "available": attachment.available,
        "held_back": [_hold(h) for h in attachment.held_back],
    }


def _source(source: Source) -> Json:
    return {
        "url": source.url,
        "kind": source.kind,
        "sha256": source.sha256,
        "size": source.size,
        "media_type": source.media_type,
        "first_seen": iso(source.first_seen),
        "last_seen": iso(source.last_seen),
        "fetched_at": iso(source.fetched_at),
        "gone_since": iso(source.gone_since),
        "warc": source.warc,
        "offset": source.offset,
    }


def _part(part: Part) -> Json:
    return {
        "part": part.part,
        "page": part.page,
        "text": part.text,
        "roles": [{"role": v.role, "start": v.start, "end": v.end} for v in part.roles],
    }


def _section(section: Section) -> Json:
    return {
        "kind": section.kind,
        "question": section.question,
        "provision": section.provision,
        **_span(section.span),
    }
