"""The protocol that every engine keeps. ``tests/engines/contract.py`` holds each behaviour once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.disclosure import Disclosure
from indexer.query import Hit, Query, Results


class EngineUnavailableError(Exception):
    """The engine cannot be reached or cannot answer now. The site answers 503, the command ends with status 3."""


class EngineDataError(Exception):
    """An index is missing, damaged or of another version; the message says how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What a build or update did. ``rejected`` names each record that the engine refused, with its reason."""

    version: str
    indexed: int
    removed: int = 0
    rejected: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One kept version of the index."""

    name: str
    records: int
    live: bool
    made_at: str  # ISO time, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Records that carry ``mark`` are in no answer, unless they carry ``unless`` too (marks: ``indexer.document``)."""

    mark: str
    unless: str | None = None


class Engine(Protocol):
    """A search engine over disclosures. Reads never see half a build."""

    def search(self, query: Query) -> Results:
        """One page of results: exact total, facets, snippets. Raises ``QueryError`` or ``EngineUnavailableError``."""

    def get(self, record_id: str) -> Disclosure | None:
        """The record with this id, whole."""

    def by_reference(self, key: str, force: str | None = None) -> tuple[str, ...]:
        """Ids of the records whose canonical reference this is, sorted."""

    def scan(self, query: Query) -> Iterator[Disclosure]:
        """Every record of a result in the query's order, as of one moment, in constant memory, whatever its page."""

    def similar(self, text: str, *, limit: int, leave_out: Sequence[str] = ()) -> tuple[Hit, ...]:
        """Records whose *request* is nearest to this text, nearest first."""

    def hide(self, hidden: Collection[Hidden]) -> None:
        """From now on leave these out of every answer, count and facet of this object, whatever a version holds.

        It takes the place of what was hidden before; nothing is written. It is the safety net under
        ``remove_everywhere``: an older version, or a snapshot that was restored, may still hold what was taken out.
        """

    def update(self, records: Iterable[Disclosure], remove: Iterable[str] = ()) -> IndexReport:
        """Add or replace records and remove ids in the live version, in one commit; doing it twice changes nothing."""

    def rebuild(self, records: Iterable[Disclosure]) -> IndexReport:
        """Build a new version, then switch to it; the one before is kept, and serves on if this is cut short."""

    def remove_everywhere(self, ids: Iterable[str]) -> None:
        """Take records out of every kept version, the live one included."""

    def purge(self) -> None:
        """Leave no byte of records that were taken out or replaced, in any kept version; slow, for ``erase``."""

    def versions(self) -> tuple[Version, ...]:
        """Kept versions, newest first."""

    def use(self, version: str) -> None:
        """Switch to a kept version; raises ``EngineDataError`` where it is not kept."""

    def count(self) -> int:
        """Records in the live version, but those that are hidden."""

    def close(self) -> None:
        """Release files and connections."""
