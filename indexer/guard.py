"""An engine that shows nothing that was taken out, whatever an index version or a restored snapshot holds.

What stands is read from the archive's catalogue: when the engine is opened, and again before a question once the
catalogue has changed or a day has begun, so that a site that runs obeys a decision within a second.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from indexer.archive import Action, Archive, ArchiveError
from indexer.archive.catalogue import FILE_NAME
from indexer.disclosure import Disclosure
from indexer.document import mark
from indexer.engines import open_engine
from indexer.engines.base import Engine, EngineUnavailableError, Hidden, IndexReport, Version
from indexer.query import Hit, Query, Results

LOOK_EVERY: Final = 1.0  # seconds; a look is two calls of stat
UNKNOWN: Final = (
    "What was taken out of this archive cannot be read, so nothing is shown. `crossforce status` says what is wrong."
)


def open_guarded(address: str, archive_folder: Path) -> Engine:
    """The engine at an address, keeping what the operator of this archive decided. Raises ``EngineDataError``."""
    return Guard(open_engine(address), archive_folder)


def hidden_by(archive: Archive, today: date) -> tuple[Hidden, ...]:
    """What no answer may hold: everything that is withdrawn, suspended or erased, and what is not masked as decided."""
    found: list[Hidden] = []
    for standing in archive.decisions.standing(today):
        unless = mark("obeyed", str(standing.number)) if standing.action is Action.MASK else None
        found.append(Hidden(mark=mark(standing.kind, standing.value), unless=unless))
        if standing.kind == "hash" and unless is None:
            found.append(Hidden(mark=mark("file", standing.value)))
    return tuple(dict.fromkeys(found))


class Guard:
    """See ``indexer.engines.base.Engine``; every reading method looks at the decisions first."""

    def __init__(self, engine: Engine, archive_folder: Path) -> None:
        self._engine = engine
        self._folder = archive_folder
        self._looking = threading.Lock()
        self._looked = -LOOK_EVERY
        self._stamp: object = None
        self._hidden: tuple[Hidden, ...] = ()

    def _obey(self) -> Engine:
        """The engine, with what stands now; raises ``EngineUnavailableError`` where that cannot be known."""
        if time.monotonic() - self._looked < LOOK_EVERY:
            return self._engine
        with self._looking:
            today = datetime.now(UTC).date()
            stamp = (self._changed(), today)
            if stamp != self._stamp:
                hidden = self._read(today)
                if hidden != self._hidden:
                    self._engine.hide(hidden)
                    self._hidden = hidden
                self._stamp = stamp
            self._looked = time.monotonic()
        return self._engine

    def _changed(self) -> tuple[tuple[int, int] | None, ...]:
        """Changes whenever a decision may have been written: size and time of the catalogue and of its journal."""
        return tuple(_stat(self._folder / name) for name in (FILE_NAME, f"{FILE_NAME}-wal"))

    def _read(self, today: date) -> tuple[Hidden, ...]:
        if not (self._folder / FILE_NAME).exists():
            return ()  # an index without its archive, as on a researcher's machine
        try:
            with Archive.open(self._folder) as archive:
                return hidden_by(archive, today)
        except ArchiveError as error:
            raise EngineUnavailableError(UNKNOWN) from error

    def search(self, query: Query) -> Results:
        """See ``Engine``."""
        return self._obey().search(query)

    def get(self, record_id: str) -> Disclosure | None:
        """See ``Engine``."""
        return self._obey().get(record_id)

    def by_reference(self, key: str, force: str | None = None) -> tuple[str, ...]:
        """See ``Engine``."""
        return self._obey().by_reference(key, force)

    def scan(self, query: Query) -> Iterator[Disclosure]:
        """See ``Engine``."""
        return self._obey().scan(query)

    def similar(self, text: str, *, limit: int, leave_out: Sequence[str] = ()) -> tuple[Hit, ...]:
        """See ``Engine``."""
        return self._obey().similar(text, limit=limit, leave_out=leave_out)

    def hide(self, hidden: Collection[Hidden]) -> None:
        """Nothing: what is hidden is decided in the archive."""

    def update(self, records: Iterable[Disclosure], remove: Iterable[str] = ()) -> IndexReport:
        """See ``Engine``."""
        return self._engine.update(records, remove)

    def rebuild(self, records: Iterable[Disclosure]) -> IndexReport:
        """See ``Engine``."""
        return self._engine.rebuild(records)

    def remove_everywhere(self, ids: Iterable[str]) -> None:
        """See ``Engine``."""
        self._engine.remove_everywhere(ids)

    def purge(self) -> None:
        """See ``Engine``."""
        self._engine.purge()

    def versions(self) -> tuple[Version, ...]:
        """See ``Engine``."""
        return self._engine.versions()

    def use(self, version: str) -> None:
        """See ``Engine``."""
        self._engine.use(version)

    def count(self) -> int:
        """See ``Engine``."""
        return self._obey().count()

    def close(self) -> None:
        """See ``Engine``."""
        self._engine.close()


def _stat(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
