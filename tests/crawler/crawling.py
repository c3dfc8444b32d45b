"""A crawl in a process of its own, to be killed: ``python crawling.py REGISTRY ARCHIVE PROXY DELAY LOG…``."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from crawler.run import crawl
from indexer.archive import Archive
from indexer.forces import load_forces


def main(registry_path: str, folder: str, proxy: str, delay: str, *names: str) -> None:
    """Crawl, and print a line when it has begun and a line when it has ended."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a test runner in the background had it ignored
    registry = load_forces(Path(registry_path))
    with Archive.open(Path(folder), write=True, registry=registry) as archive:
        print("begun", flush=True)
        reports = crawl([registry.log(name) for name in names], archive, registry, proxy=proxy, delay=float(delay))
    print("ended", *(report.status.value for report in reports), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
