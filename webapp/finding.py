"""From what was asked to records: a reference alone is looked up, a record that was taken out says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.disclosure import Disclosure
from indexer.query import Query
from webapp.errors import MovedError, NoRecordError, WithdrawnError
from webapp.site import Site


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is searched for: as typed, or by reference where the words are one that some record has."""

    query: Query
    reference: str | None = None  # canonical
    only_id: str | None = None  # the one record that has it


def resolved(site: Site, query: Query) -> Resolved:
    """A reference alone, in any spelling, means the records that have it; raises ``QueryError``."""
    query.tree()
    key = None if query.chosen else query.as_reference()
    ids = site.engine.by_reference(key) if key else ()
    if not key or not ids:
        return Resolved(query)
    by_reference = replace(query, text=f"ref:{key}")
    return Resolved(by_reference, key, ids[0] if len(ids) == 1 else None)


def found_or_gone(site: Site, record_id: str) -> Disclosure:
    """The record with this id; raises ``WithdrawnError``, ``NoRecordError``, or ``MovedError`` where it has another."""
    found = site.engine.get(record_id)
    if found is not None:
        return found
    with site.reading() as archive:
        if archive is not None:
            for entry in archive.decisions.public_log():
                if entry.id == record_id:
                    raise WithdrawnError(entry.on.isoformat())
            stored = archive.stored(record_id)
            if stored is not None and stored.id != record_id and site.engine.get(stored.id) is not None:
                raise MovedError(stored.id)
    raise NoRecordError(record_id)
