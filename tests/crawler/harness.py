"""``Harness``: crawls a test's logs into its archive through its server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loopback import Loopback

from crawler.health import LogReport
from crawler.run import crawl
from indexer.archive import Archive, Stored
from indexer.forces import ForceRegistry

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
