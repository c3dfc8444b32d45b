"""A result as rows: the columns of CSV and the objects of JSON Lines, documented in ``docs/data-dictionary.md``.

Codes and labels stand side by side, lists are joined by ``; ``, every row carries its licence, what it was read with
and the moment of the snapshot, so that next year's difference can be explained.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from indexer.disclosure import APPLIED_ROLES, OUTCOME_LABELS, Citation, CitationRole, Disclosure
from indexer.evidence import answer_in_words
from indexer.knowledge import Knowledge
from indexer.records import Json, as_json, iso

COLUMNS = (
    "id",
    "force",
    "force_name",
    "log",
    "reference",
    "reference_key",
    "title",
    "url",
    "received_on",
    "clarified_on",
    "answered_on",
    "published_on",
    "regime",
    "outcome",
    "outcome_label",
    "section",
    "provision",
    "provision_ncnd",
    "concept",
    "evidence",
    "attachments",
    "attachments_available",
    "text_quality",
    "first_seen",
    "last_seen",
    "gone_since",
    "licence",
    "read_with",
    "snapshot_at",
)
JOIN = "; "
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet takes a cell that begins so for a formula (OWASP)


class Format(StrEnum):
    """What an export can be."""

    CSV = "csv"
    JSONL = "jsonl"


MEDIA_TYPES = {Format.CSV: "text/csv; charset=utf-8", Format.JSONL: "application/x-ndjson"}


def row(record: Disclosure, knowledge: Knowledge, snapshot: datetime) -> dict[str, str]:
    """One record as a row of text cells, in the order of ``COLUMNS``."""
    facts = record.reading
    applied = [c for c in facts.citations if c.role in APPLIED_ROLES]
    cells = {
        "id": record.id,
        "force": JOIN.join(record.forces),
        "force_name": JOIN.join(knowledge.forces.name(f) for f in record.forces),
        "log": record.log or "",
        "reference": facts.reference or "",
        "reference_key": facts.reference_key or "",
        "title": record.title,
        "url": next((s.url for s in record.sources if s.kind == "item"), ""),
        "received_on": iso(facts.received_on) or "",
        "clarified_on": iso(facts.clarified_on) or "",
        "answered_on": iso(facts.answered_on) or "",
        "published_on": iso(record.published_on) or "",
        "regime": JOIN.join(facts.regimes),
        "outcome": JOIN.join(facts.outcomes),
        "outcome_label": JOIN.join(OUTCOME_LABELS[o] for o in facts.outcomes),
        "section": _several(f"{c.regime} {c.parent}" for c in applied),
        "provision": _several(_provision(c) for c in applied),
        "provision_ncnd": _several(_provision(c) for c in applied if c.role is CitationRole.APPLIED_NCND),
        "concept": _several(c.concept for c in applied if c.concept),
        "evidence": answer_in_words(record),
        "attachments": str(len(record.attachments)),
        "attachments_available": str(sum(a.available for a in record.attachments)),
        "text_quality": "" if record.text_quality is None else f"{record.text_quality:.2f}",
        "first_seen": iso(min((s.first_seen for s in record.sources), default=None)) or "",
        "last_seen": iso(max((s.last_seen for s in record.sources), default=None)) or "",
        "gone_since": iso(record.gone_since) or "",
        "licence": record.licence,
        "read_with": record.read_with,
        "snapshot_at": snapshot.isoformat(timespec="seconds"),
    }
    return {column: cells[column] for column in COLUMNS}


def _provision(citation: Citation) -> str:
    return f"{citation.regime} {citation.provision}"


def _several(values: Iterable[str]) -> str:
    return JOIN.join(dict.fromkeys(values))


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: a quote before it keeps it text."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def lines(
    records: Iterable[Disclosure], form: Format, knowledge: Knowledge, snapshot: datetime, *, text: bool = False
) -> Iterator[str]:
    """The export line by line; ``text`` puts the full text into JSON Lines, where whoever serves it may."""
    if form is Format.CSV:
        yield from _csv(records, knowledge, snapshot)
        return
    for record in records:
        yield json.dumps(_object(record, snapshot, text=text), ensure_ascii=True) + "\n"


def _object(record: Disclosure, snapshot: datetime, *, text: bool) -> Json:
    shown = as_json(record, text=text)
    shown.pop("held_back")  # told to the operator alone
    for attachment in shown["attachments"]:
        attachment.pop("held_back")
    return {**shown, "snapshot_at": snapshot.isoformat(timespec="seconds")}


def _csv(records: Iterable[Disclosure], knowledge: Knowledge, snapshot: datetime) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow(harmless(cell) for cell in row(record, knowledge, snapshot).values())
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue()
