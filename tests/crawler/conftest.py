"""One loopback server, one registry and one archive per test, and ``Harness`` to crawl with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback, SohSite

from crawler.health import LogReport
from crawler.run import crawl
from indexer.archive import Archive, Stored
from indexer.forces import ForceRegistry, load_forces

REGISTRY = Path(__file__).parent / "forces.toml"
THORNWICK = "www.thornwick.police.example"


@dataclass
class Harness:
    """Crawls the test's logs into the test's archive through the test's server."""

    server: Loopback
    registry: ForceRegistry
    folder: Path

    def crawl(self, *logs: str, **options: Any) -> dict[str, LogReport]:
        """Reports by log; ``thornwick`` where none is named."""
        chosen = [self.registry.log(name) for name in logs or ("thornwick",)]
        options.setdefault("proxy", self.server.url)
        options.setdefault("delay", 0.0)
        with Archive.open(self.folder, write=True, registry=self.registry) as archive:
            reports = crawl(chosen, archive, self.registry, **options)
        return {report.log: report for report in reports}

    def one(self, log: str = "thornwick", **options: Any) -> LogReport:
        """The report of one log."""
        return self.crawl(log, **options)[log]

    def stored(self) -> list[Stored]:
        """What the archive holds."""
        with Archive.open(self.folder, registry=self.registry) as archive:
            return list(archive.disclosures())


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
