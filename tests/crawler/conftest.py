"""One loopback server, one registry and one archive per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness import REGISTRY, THORNWICK, Harness
from loopback import Loopback, SohSite

from indexer.forces import load_forces


@pytest.fixture
def server() -> Iterator[Loopback]:
    made = Loopback()
    yield made
    made.close()


@pytest.fixture
def harness(server: Loopback, tmp_path: Path) -> Harness:
    return Harness(server, load_forces(REGISTRY), tmp_path / "archive")


@pytest.fixture
def site(server: Loopback) -> SohSite:
    """Thornwick's log with seven disclosures on two listing pages, two of them with a file."""
    made = SohSite(server, THORNWICK, "thornwick-police")
    for name in ("drones", "dogs", "horses", "tasers", "boats"):
        made.add(name)
    made.add("vans", files=("vans-letter",))
    made.add("cameras", files=("cameras-letter", "cameras-table"))
    return made
