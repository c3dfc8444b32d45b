"""The archive's folder: opened to read or to write, it keeps answers and gives them back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from indexer.archive.decisions import Decisions
from indexer.archive.model import Capture, Exchange, Headers, RunRecord, Stored
from indexer.archive.runs import Run
from indexer.archive.texts import TextCache


class Archive:
    """``with Archive.open(folder, write=True, registry=registry) as archive: …``

    One process writes at a time; any number read meanwhile. An archive object is for one thread: opening another
    costs about a millisecond.
    """

    folder: Path
    repairs: tuple[str, ...]  # what opening for writing had to mend, in words
    texts: TextCache
    decisions: Decisions

    @classmethod
    def open(cls, folder: Path, *, write: bool = False, registry: object | None = None) -> Archive:
        """Open an archive, making it where ``write`` is set and nothing is there yet.

        Raises ``ArchiveMissingError``, ``ArchiveBusyError`` (another writer), ``ArchiveVersionError``,
        ``RegistryMismatchError``. ``registry`` (an ``indexer.forces.ForceRegistry``) tells whose log is whose.
        """
        raise NotImplementedError

    def __enter__(self) -> Self:
        raise NotImplementedError

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Finish pending erasures, release the lock."""
        raise NotImplementedError

    # -- writing

    def keep(self, exchange: Exchange) -> Capture:
        """Write an exchange to the WARC file and enter it in the catalogue; durable when this returns.

        A 200 whose payload equals the last one at the same address becomes a ``revisit``, and so does a 304.
        A body that an operator erased is not written: see ``Capture.refused``.
        """
        raise NotImplementedError

    def begin_run(self, log: str, *, resume_within: timedelta = timedelta(hours=24)) -> Run:
        """Start a run of this log, or go on with one that was stopped less than ``resume_within`` ago."""
        raise NotImplementedError

    # -- reading

    @property
    def marker(self) -> int:
        """The archive's revision now; hand it to ``changed_since`` later."""
        raise NotImplementedError

    def disclosures(self) -> Iterator[Stored]:
        """Every live disclosure (not erased, not merged away), by id, in constant memory."""
        raise NotImplementedError

    def changed_since(self, marker: int) -> Iterator[Stored]:
        """Every disclosure touched after ``marker``, in order of touch; erased and merged ones too: take those out."""
        raise NotImplementedError

    def stored(self, disclosure_id: str) -> Stored | None:
        """The disclosure with this id, now or formerly (a merged id gives what it became part of)."""
        raise NotImplementedError

    def find(self, url: str) -> tuple[Stored, ...]:
        """The disclosures at this address, in any of its spellings."""
        raise NotImplementedError

    def capture(self, number: int) -> Capture | None:
        """The capture with this number."""
        raise NotImplementedError

    def captures(self, url: str) -> tuple[Capture, ...]:
        """Every capture of an address, oldest first: its history."""
        raise NotImplementedError

    def body(self, capture: Capture) -> bytes:
        """The decoded body; a revisit gives the body it stands for.

        Raises ``RecordUnreadableError`` and ``BodyTooLargeError``.
        """
        raise NotImplementedError

    def record_headers(self, capture: Capture) -> Headers:
        """The HTTP header pairs of a capture's own record."""
        raise NotImplementedError

    def runs(self, log: str | None = None) -> tuple[RunRecord, ...]:
        """Runs, newest first."""
        raise NotImplementedError
