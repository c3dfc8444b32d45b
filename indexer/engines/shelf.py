"""Where the versions of an embedded index stand, and which of them is live.

A version is a folder ``v-<time>``. It is built as ``draft-…`` and renamed when whole, so that a folder with a version's
name is always complete; the file ``live`` names the one that readers open, and is replaced in one step. A version that
is written anew without some records (``purge``) becomes a further edition of itself, ``v-<time>-2``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import filelock

from indexer.engines.base import EngineDataError, EngineUnavailableError

PATIENCE = 10.0  # seconds that a writer waits for another: an update with a crawl's last records takes one or two
_STAMP = "%Y%m%dT%H%M%S.%fZ"


class Shelf(Protocol):
    """Versions by name. All but ``live``, ``names`` and ``place`` are called while ``writing``."""

    def writing(self) -> AbstractContextManager[None]:
        """The right to write, for one at a time; raises ``EngineUnavailableError`` where another keeps it."""

    def live(self) -> str | None:
        """The version that readers open; None before the first build."""

    def names(self) -> list[str]:
        """Kept versions, newest first."""

    def place(self, name: str) -> Path | None:
        """The folder of a version or draft; None where versions are kept in memory."""

    def draft(self, after: str | None = None) -> str:
        """The name of a new draft; with ``after``, of a further edition of that version."""

    def publish(self, name: str) -> None:
        """Make a whole draft a kept version."""

    def switch(self, name: str) -> None:
        """Make a kept version the live one."""

    def drop(self, name: str) -> None:
        """Forget a version, its bytes too."""


def public(name: str) -> str:
    """A version's name as people see it: the same for every edition of it."""
    return name.partition("Z-")[0].removesuffix("Z") + "Z"


def superseded(names: list[str], live: str | None) -> list[str]:
    """Editions that another of the same version replaces: all but the live one, or else the latest."""
    kept: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (name == live, len(name), name)):
        kept[public(name)] = name
    return [name for name in names if kept[public(name)] != name]


def made_at(name: str) -> str:
    """When a version was made, ISO time in UTC; a name holds it."""
    return datetime.strptime(name.split("-")[1], _STAMP).replace(tzinfo=UTC).isoformat()


def _new_name(after: str | None) -> str:
    if after is None:
        return f"v-{datetime.now(UTC):{_STAMP}}"
    stem, _, edition = after.partition("Z-")
    return f"{stem.removesuffix('Z')}Z-{int(edition or '1') + 1}"


class MemoryShelf:
    """Versions that live as long as the process."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._live: str | None = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """See ``Shelf``; one process has no rival."""
        yield

    def live(self) -> str | None:
        """See ``Shelf``."""
        return self._live

    def names(self) -> list[str]:
        """See ``Shelf``."""
        return sorted(self._names, reverse=True)

    def place(self, name: str) -> Path | None:  # noqa: ARG002 - nothing stands anywhere
        """See ``Shelf``."""
        return None

    def draft(self, after: str | None = None) -> str:
        """See ``Shelf``."""
        return _new_name(after)

    def publish(self, name: str) -> None:
        """See ``Shelf``."""
        self._names.add(name)

    def switch(self, name: str) -> None:
        """See ``Shelf``."""
        self._live = name

    def drop(self, name: str) -> None:
        """See ``Shelf``."""
        self._names.discard(name)


class FolderShelf:
    """Versions in a folder, safe against a kill at any moment and against two writers."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @contextmanager
    def writing(self) -> Iterator[None]:
        """See ``Shelf``; what a killed writer left behind is swept away."""
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            lock = filelock.FileLock(self._root / "lock")
            lock.acquire(timeout=PATIENCE)
        except filelock.Timeout:
            raise EngineUnavailableError(
                f"Another process is writing to the index in {self._root}. Try again when it is done."
            ) from None
        except OSError as error:
            raise EngineDataError(f"The index in {self._root} cannot be written: {error.strerror}.") from error
        try:
            for leftover in [*self._root.glob("draft-*"), *self._root.glob("trash-*")]:
                shutil.rmtree(leftover)
            for name in superseded(self.names(), self.live()):
                self.drop(name)
            yield
        finally:
            lock.release()

    def live(self) -> str | None:
        """See ``Shelf``."""
        try:
            return (self._root / "live").read_text("ascii")
        except FileNotFoundError:
            return None

    def names(self) -> list[str]:
        """See ``Shelf``."""
        return sorted((path.name for path in self._root.glob("v-*")), reverse=True)

    def place(self, name: str) -> Path | None:
        """See ``Shelf``."""
        published = self._root / name
        return published if published.exists() else self._draft_place(name)

    def draft(self, after: str | None = None) -> str:
        """See ``Shelf``."""
        name = _new_name(after)
        self._draft_place(name).mkdir()
        return name

    def publish(self, name: str) -> None:
        """See ``Shelf``."""
        self._draft_place(name).rename(self._root / name)
        self._sync()

    def switch(self, name: str) -> None:
        """See ``Shelf``."""
        beside = self._root / "live.new"
        with beside.open("w", encoding="ascii") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._root / "live")
        self._sync()

    def drop(self, name: str) -> None:
        """See ``Shelf``."""
        trash = self._root / name.replace("v-", "trash-", 1)
        (self._root / name).rename(trash)
        shutil.rmtree(trash)

    def _draft_place(self, name: str) -> Path:
        return self._root / name.replace("v-", "draft-", 1)

    def _sync(self) -> None:
        """A rename is only safe against a power cut when its folder is written."""
        folder = os.open(self._root, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
