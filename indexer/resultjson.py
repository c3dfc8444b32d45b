"""A page of results as JSON: what ``search --json`` prints and the API answers, kept to the letter for programs."""

from __future__ import annotations

from typing import Any

from indexer.disclosure import APPLIED_ROLES, Disclosure
from indexer.knowledge import Knowledge
from indexer.labels import label
from indexer.query import Hit, Results
from indexer.records import iso

Json = dict[str, Any]


def results_json(results: Results, knowledge: Knowledge, *, hits: tuple[Hit, ...], with_facets: bool) -> Json:
    """One page of results; ``hits`` are those of its records that are wanted."""
    return {
        "total": results.total,
        "hits": [hit_json(hit) for hit in hits],
        "facets": facets_json(results, knowledge) if with_facets else {},
        "also_searched": list(results.also_searched),
        "took_ms": round(results.took_ms, 1),
        "partial": results.partial,
    }


def facets_json(results: Results, knowledge: Knowledge) -> dict[str, list[Json]]:
    """Every facet with its values."""
    return {
        facet.value: [
            {
                "value": value.value,
                "label": label(facet, value.value, knowledge),
                "count": value.count,
                "chosen": value.chosen,
            }
            for value in values
        ]
        for facet, values in results.facets.items()
    }


def hit_json(hit: Hit) -> Json:
    """One record of a result."""
    record = hit.disclosure
    facts = record.reading
    return {
        "id": record.id,
        "forces": list(record.forces),
        "reference": facts.reference,
        "title": record.title,
        "answered_on": iso(facts.answered_on),
        "published_on": iso(record.published_on),
        "regimes": list(facts.regimes),
        "outcomes": list(facts.outcomes),
        "provisions": list(applied(record)),
        "url": address_of(record),
        "snippets": [
            {
                "part": s.part,
                "page": s.page,
                "start": s.start,
                "text": s.text,
                "marks": [list(mark) for mark in s.marks],
                "voice": s.voice,
            }
            for s in hit.snippets
        ],
    }


def applied(record: Disclosure) -> tuple[str, ...]:
    """Provisions applied at the deepest limb printed, ``FOIA 31(1)(a)``, each once, in the order of the letter."""
    cited = record.reading.citations
    return tuple(dict.fromkeys(f"{c.regime} {c.provision}" for c in cited if c.role in APPLIED_ROLES))


def address_of(record: Disclosure) -> str | None:
    """Where the force publishes it; None for a loose letter."""
    return next((source.url for source in record.sources if source.kind == "item"), None)
