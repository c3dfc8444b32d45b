"""What each kept index version shows: noted beside the archive, and never wrong to lose, only slow."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

STATE = "index-state.json"


class IndexState:
    """Which moment of the archive each kept index version shows, beside the archive."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / STATE

    def get(self, address: str, version: str) -> dict[str, str | int] | None:
        """What was noted of a version, None where nothing was: then it is built anew."""
        return self._read().get(f"{address} {version}")

    def put(self, address: str, version: str, marker: int, *, knowledge: str, today: date) -> None:
        """Note that a version shows the archive as of a revision and a day."""
        row: dict[str, str | int] = {
            "marker": marker,
            "knowledge": knowledge,
            "day": today.isoformat(),
        }
        self._write({**self._read(), f"{address} {version}": row})

    def purged(self, address: str) -> int:
        """The last erasure of which no version at this address holds a byte; 0 where none was carried out there."""
        return int(self._read().get(f"{address} purged", {}).get("erasure", 0))

    def note_purge(self, address: str, erasure: int) -> None:
        """Note that everything up to this erasure was purged there."""
        self._write({**self._read(), f"{address} purged": {"erasure": erasure}})

    def _read(self) -> dict[str, dict[str, str | int]]:
        try:
            rows: dict[str, dict[str, str | int]] = json.loads(self.path.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return {}  # without it everything is built again, which is slow and never wrong
        return rows

    def _write(self, rows: Mapping[str, Mapping[str, str | int]]) -> None:
        fresh = self.path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(rows, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)
