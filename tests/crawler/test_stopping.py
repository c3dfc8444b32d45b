"""A crawl that is stopped, however rudely, goes on where it was; nothing complete is lost, nothing is filed twice."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from harness import REGISTRY, THORNWICK, Harness
from loopback import Loopback, SohSite

from crawler.run import crawl
from indexer.archive import Archive, RunStatus
from indexer.archive.verify import verify

SCRIPT = Path(__file__).with_name("crawling.py")
PATIENCE = 60  # seconds for a process to begin or to end on a busy machine


@contextmanager
def crawling(harness: Harness, *logs: str, delay: float = 0.02) -> Iterator[subprocess.Popen[str]]:
    """A crawl in its own process, past its imports; it does not outlive the test."""
    arguments = [str(SCRIPT), str(REGISTRY), str(harness.folder), harness.server.url, str(delay), *logs]
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "begun\n"
            yield process
        finally:
            process.kill()


def wait_until_asked(server: Loopback, count: int) -> None:
    """Until the server has answered so many requests."""
    until = time.monotonic() + PATIENCE
    while len(server.seen) < count:
        assert time.monotonic() < until, "the crawl does not ask"
        time.sleep(0.005)


def big_site(server: Loopback, items: int) -> SohSite:
    site = SohSite(server, THORNWICK, "thornwick-police")
    for number in range(items):
        site.add(f"subject-{number:03}", files=(f"file-{number:03}",) if number % 3 == 0 else ())
    return site


def kill_again_and_again(harness: Harness, server: Loopback, site: SohSite, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(kills):
        server.forget()
        with crawling(harness, "thornwick") as process:
            wait_until_asked(server, chance.randint(1, 6))
            time.sleep(chance.random() * 0.05)
            process.kill()
            assert process.wait(PATIENCE) == -signal.SIGKILL
    server.forget()
    report = harness.one()
    assert report.status is RunStatus.OK
    held = harness.stored()
    assert sorted(one.title or "" for one in held) == sorted(site.titles.values())
    assert all(one.main for one in held)
    assert all(file.capture for one in held for file in one.attachments)
    assert list(verify(harness.folder)) == []
    with Archive.open(harness.folder, registry=harness.registry) as archive:
        assert [run.status for run in archive.runs("thornwick")] == ["ok"], "one run, taken up again each time"


def test_killed_and_resumed_a_few_times(harness: Harness, server: Loopback) -> None:
    site = big_site(server, 12)
    everything: Counter[str] = Counter()
    kill_again_and_again(harness, server, site, kills=3, seed=7)
    everything.update(one.path for one in server.seen)
    assert all(count == 1 for count in everything.values()), "the last crawl asked for nothing twice"
    assert len(server.seen) < 12 + 4 + 3 + 1, "and not for what was already filed"


@pytest.mark.soak
def test_killed_and_resumed_twenty_times(harness: Harness, server: Loopback) -> None:
    kill_again_and_again(harness, server, big_site(server, 80), kills=20, seed=20)


def test_an_interrupt_ends_in_order_and_the_crawl_goes_on_next_time(harness: Harness, server: Loopback) -> None:
    site = big_site(server, 12)
    with crawling(harness, "thornwick", delay=0.1) as process:
        wait_until_asked(server, 6)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == -signal.SIGINT
        assert process.stdout
        assert "ended" not in process.stdout.read()
    asked = set(server.paths())
    server.forget()
    report = harness.one()
    assert (report.status, report.new) == (RunStatus.OK, 12)
    assert not asked & set(server.paths()), "nothing that was filed is asked again"
    assert len(harness.stored()) == len(site.titles)


def test_an_interrupt_does_not_wait_for_a_long_delay(harness: Harness, server: Loopback) -> None:
    big_site(server, 3)
    with crawling(harness, "thornwick", delay=120) as process:
        wait_until_asked(server, 1)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == -signal.SIGINT
        assert time.monotonic() - began < 20, "two minutes were to be waited for"


def test_an_archive_that_cannot_be_written_stops_the_crawl(harness: Harness, site: SohSite, server: Loopback) -> None:
    archive = Archive.open(harness.folder, write=True, registry=harness.registry)
    archive.close()
    with pytest.raises(sqlite3.ProgrammingError):
        crawl([harness.registry.log("thornwick")], archive, harness.registry, proxy=server.url, delay=0.0)
    assert server.seen == []
    assert harness.one().status is RunStatus.OK, "the next crawl of the same process works"
