"""What one running site knows: its engine, registries, archive, and whether the public may read it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app

from indexer.archive import Archive, ArchiveError
from indexer.engines.base import Engine
from indexer.grammar import NOT_STATED
from indexer.knowledge import Knowledge
from indexer.query import Facet, Query
from webapp.limits import Turnstile
from webapp.settings import Settings

COVERAGE_SECONDS = 10.0  # how old the figures in "of 9,310 answers from 38 forces" may be


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the index holds: the denominators of every count."""

    records: int
    forces: dict[str, int]
    years: dict[str, int]  # oldest first
    undated: int


@dataclass(slots=True)
class Site:
    """Handed to the application once; no part of the site has a client of its own."""

    engine: Engine
    knowledge: Knowledge
    archive: Path | None
    public: bool
    settings: Settings
    exports: Turnstile = field(init=False)
    archived: Turnstile = field(init=False)
    _coverage: tuple[float, Coverage] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """The gates that keep a few readers from taking the site from all others."""
        chosen = self.settings
        self.exports = Turnstile(at_once=chosen.exports_at_once, per_minute=chosen.exports_per_minute)
        self.archived = Turnstile(at_once=chosen.exports_at_once * 2, per_minute=chosen.archived_per_minute)

    def coverage(self) -> Coverage:
        """What the index holds; raises ``EngineUnavailableError``."""
        now = time.monotonic()
        if self._coverage and now - self._coverage[0] < COVERAGE_SECONDS:
            return self._coverage[1]
        found = self.engine.search(Query(size=1))
        values = {facet: {v.value: v.count for v in found.facets[facet]} for facet in (Facet.FORCE, Facet.YEAR)}
        undated = values[Facet.YEAR].pop(NOT_STATED, 0)
        values[Facet.FORCE].pop(NOT_STATED, None)
        coverage = Coverage(found.total, values[Facet.FORCE], dict(sorted(values[Facet.YEAR].items())), undated)
        self._coverage = (now, coverage)
        return coverage

    @contextmanager
    def reading(self) -> Iterator[Archive | None]:
        """The archive, opened for this request alone (an ``Archive`` is for one thread); None where there is none."""
        if self.archive is None:
            yield None
            return
        try:
            archive = Archive.open(self.archive, registry=self.knowledge.forces)
        except ArchiveError:
            yield None
            return
        with archive:
            yield archive

    @property
    def report_to(self) -> str | None:
        """Where a wrong reading can be reported."""
        return self.settings.report_to or self.settings.contact


def current_site() -> Site:
    """The site that this request belongs to."""
    site: Site = current_app.extensions["crossforce"]
    return site
