"""The archive's folder: opened to read or to write, it keeps answers and gives them back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from indexer.archive import erasing, keeping, runs
from indexer.archive.catalogue import FILE_NAME, Catalogue
from indexer.archive.decisions import Decisions
from indexer.archive.errors import ArchiveBusyError, ArchiveError, RegistryMismatchError
from indexer.archive.filing import Filing
from indexer.archive.keeping import Keeper
from indexer.archive.model import Capture, Exchange, Headers, Marks, RunRecord, Stored
from indexer.archive.runs import Run
from indexer.archive.stored import Shelves
from indexer.archive.texts import TextCache
from indexer.forces import ForceRegistry

LOCK_NAME = "write.lock"
WARC_FOLDER = "warc"
TEXT_FOLDER = "texts"
README = """\
An archive of Crossforce: disclosure logs of police forces, kept as they were served.

warc/             every answer as it came, in WARC files that tools for web archives open; never change or delete one
catalogue.sqlite  what each record is: its log, disclosure, history, and what an operator decided
texts/            text taken out of the bodies; may be deleted, it is made again
write.lock        held by the one process that may write

It may hold personal data and files that must not be shown. Keep it to yourself; copy it as a whole.
"""


class Archive:
    """``with Archive.open(folder, write=True, registry=registry) as archive: …``

    One process writes at a time; any number read meanwhile. An archive object is for one thread: opening another
    costs about a millisecond.
    """

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        lock: FileLock | None,
        registry: ForceRegistry | None,
        *,
        decides: bool = False,
    ) -> None:
        """Use ``Archive.open``."""
        self.folder = folder
        self.registry = registry
        self._catalogue = catalogue
        self._lock = lock
        self._closed = False
        self.repairs: tuple[str, ...] = ()  # what opening for writing had to mend, in words
        self.texts = TextCache(folder / TEXT_FOLDER, catalogue)
        self.decisions = Decisions(catalogue, writable=decides)
        self._keeper = Keeper(catalogue, folder / WARC_FOLDER) if lock else None
        forces: dict[str, tuple[str, ...]] = {}
        if registry:
            forces = {log.id: (log.force,) for log in registry.logs.values()}
        self._shelves = Shelves(catalogue, folder / WARC_FOLDER, forces)

    @classmethod
    def open(
        cls, folder: Path, *, write: bool = False, decide: bool = False, registry: ForceRegistry | None = None
    ) -> Archive:
        """Open an archive, making it where ``write`` is set and nothing is there yet.

        ``decide`` opens it for reading and for ``decisions`` (no erasure), beside another process that writes: nobody
        waits for the end of a crawl to take something out.

        Raises ``ArchiveMissingError``, ``ArchiveBusyError`` (another writer), ``ArchiveVersionError``,
        ``RegistryMismatchError``. ``registry`` tells whose log is whose; without it no log's forces are known, and the
        archive does not check that it belongs to it.
        """
        lock = _lock(folder) if write else None
        try:
            catalogue = Catalogue(folder / FILE_NAME, write=write or (decide and (folder / FILE_NAME).exists()))
        except BaseException:
            if lock:
                lock.release()
            raise
        archive = cls(folder, catalogue, lock, registry, decides=write or decide)
        try:
            archive._settle_in()
        except BaseException:
            archive._release()
            raise
        return archive

    def _settle_in(self) -> None:
        if self.registry:
            _check_registry(self._catalogue, self.folder, self.registry, write=self._lock is not None)
        if self._lock:
            self.repairs = (
                *erasing.recover(self._catalogue, self.folder / WARC_FOLDER),
                *keeping.repair(self._catalogue, self.folder / WARC_FOLDER),
                *self._finish_erasures(),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Finish pending erasures, release the lock. Closing twice does nothing more."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._lock:
                self._finish_erasures()
        finally:
            self._release()

    def _release(self) -> None:
        if self._keeper:
            self._keeper.close()
        self._catalogue.close()
        if self._lock:
            self._lock.release()

    # -- writing

    @property
    def keeper(self) -> Keeper:
        """The writing side; raises ``ArchiveError`` where the archive was opened to read."""
        if self._keeper is None:
            raise ArchiveError("This archive was opened for reading only.")
        return self._keeper

    def keep(self, exchange: Exchange, *, origin: str | None = None) -> Capture:
        """Write an exchange to the WARC file and enter it in the catalogue; durable when this returns.

        A 200 whose payload equals one held at the same address becomes a ``revisit``, and so does a 304. A body that an
        operator erased is not written: see ``Capture.refused``. ``origin`` names the file it was imported from.
        """
        return self.keeper.keep(exchange, origin=origin)

    def begin_run(self, log: str, *, resume_within: timedelta = runs.RESUME_WITHIN) -> Run:
        """Start a run of this log, or go on with one that was stopped less than ``resume_within`` ago."""
        if self._keeper is None:
            raise ArchiveError("This archive was opened for reading only.")
        forces = self._shelves.forces_of(log)
        return runs.begin(self._catalogue, self.decisions, log, forces, datetime.now(UTC), resume_within)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, for what belongs to the archive itself."""
        return self._catalogue

    @contextmanager
    def filing(self, log: str) -> Iterator[Filing]:
        """File answers under a log outside any run, all or nothing. ``""`` is for loose letters."""
        if self._keeper is None:
            raise ArchiveError("This archive was opened for reading only.")
        with self._catalogue.transaction():
            yield Filing(self._catalogue, self.decisions, log, self._shelves.forces_of(log))

    def erase(self, disclosure_id: str, reason: str, *, marks: Marks | None = None) -> erasing.Erasure:
        """Take a disclosure's bytes out of the archive for good, and prove it.

        The records of its pages and files leave the WARC files, its cached text and its words leave the catalogue; a
        tombstone with its hashes stays, so that it is not taken in again. A file that another disclosure links to
        stays, and the proof names it. ``marks`` adds what a reader of the letter knows (forces, reference key).
        Raises ``UnknownDisclosureError``, ``SharedPageError``.
        """
        self.keeper.close()
        ids, kept = erasing.decide(self._catalogue, self.decisions, disclosure_id, reason, marks or Marks())
        done = erasing.carry_out(self._catalogue, self.folder, self.texts)
        done.ids, done.kept = ids, kept
        return done

    def _finish_erasures(self) -> tuple[str, ...]:
        if not erasing.pending(self._catalogue):
            return ()
        self.keeper.close()
        done = erasing.carry_out(self._catalogue, self.folder, self.texts)
        return (f"An erasure was carried out to its end: {done.records} records taken out.",)

    # -- reading

    @property
    def marker(self) -> int:
        """The archive's revision now; hand it to ``changed_since`` later."""
        return self._catalogue.revision()

    def disclosures(self) -> Iterator[Stored]:
        """Every disclosure that is not erased or merged away, by id, in constant memory; decisions are not applied."""
        return self._shelves.disclosures()

    def changed_since(self, marker: int) -> Iterator[Stored]:
        """Every disclosure touched after ``marker``, in order of touch; erased and merged ones too: take those out.

        Touched is what is new, changed, moved, gone or back, and what a decision is about; being seen again is not, so
        that ``Source.last_seen`` in an index is as of the last touch.
        """
        return self._shelves.changed_since(marker)

    def stored(self, disclosure_id: str) -> Stored | None:
        """The disclosure with this id, now or formerly (a merged id gives what it became part of)."""
        return self._shelves.stored(disclosure_id)

    def find(self, url: str) -> tuple[Stored, ...]:
        """The disclosures at this address, in any of its spellings."""
        return self._shelves.find(url)

    def capture(self, number: int) -> Capture | None:
        """The capture with this number."""
        return self._shelves.capture(number)

    def captures(self, url: str) -> tuple[Capture, ...]:
        """Every capture of an address, oldest first: its history."""
        return self._shelves.captures(url)

    def body(self, capture: Capture) -> bytes:
        """The decoded body, its SHA-256 proven; a revisit gives the body it stands for.

        Raises ``RecordUnreadableError`` and ``BodyTooLargeError``.
        """
        return self._shelves.body(capture)

    def record_headers(self, capture: Capture) -> Headers:
        """The HTTP header pairs of a capture's own record."""
        return self._shelves.record_headers(capture)

    def runs(self, log: str | None = None) -> tuple[RunRecord, ...]:
        """Runs, newest first."""
        return self._shelves.runs(log)


def _lock(folder: Path) -> FileLock:
    (folder / WARC_FOLDER).mkdir(parents=True, exist_ok=True)
    readme = folder / "README.txt"
    if not readme.exists():
        readme.write_text(README, encoding="utf-8")
    lock = FileLock(folder / LOCK_NAME, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise ArchiveBusyError(
            f"Another Crossforce process is writing to the archive in {folder} (a crawl, an import or an index build). "
            "Wait until it has ended, or stop it, and run this again. Reading and serving go on meanwhile."
        ) from error
    return lock


def _check_registry(catalogue: Catalogue, folder: Path, registry: ForceRegistry, *, write: bool) -> None:
    known = catalogue.value("SELECT value FROM meta WHERE name = 'registry'")
    if known not in (None, registry.id):
        raise RegistryMismatchError(
            f"The archive in {folder} was made with the registry of forces named {known!r}, and this command uses "
            f"{registry.id!r}; real and invented forces never share an archive. Name another folder with --archive, or "
            "the registry that this one was made with."
        )
    fingerprint = catalogue.value("SELECT value FROM meta WHERE name = 'registry_fingerprint'")
    if write and fingerprint != registry.fingerprint:
        with catalogue.transaction():
            for name, value in (("registry", registry.id), ("registry_fingerprint", registry.fingerprint)):
                catalogue.run("INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = ?2", name, value)
