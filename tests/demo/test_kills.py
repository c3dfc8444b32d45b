"""``kill -9`` at random moments: no record is lost, and no half-built index is ever served."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from commandline import crossforce, last_row

from indexer.archive import Archive
from indexer.engines import open_engine
from indexer.forces import load_forces
from indexer.query import Query

First = tuple[Path, dict[str, Any]]


def _start_and_kill(folder: Path, *words: str, after: float) -> bool:
    """Start a command and kill it after so many seconds; true where it was still at work."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from crossforce import main; main()", *words, "--archive", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def _count(folder: Path) -> int:
    engine = open_engine(f"path:{folder / 'index'}")
    try:
        total = engine.search(Query()).total
        assert total == sum(1 for _ in engine.scan(Query())) == engine.count()
    finally:
        engine.close()
    return total


def _kill_crawls(folder: Path, kills: int, dice: random.Random, expected: dict[str, Any]) -> None:
    whole = expected["seconds"]  # of a run that began with nothing
    killed = sum(
        _start_and_kill(folder, "demo", "--no-serve", after=whole * dice.uniform(0.1, 0.6)) for _ in range(kills)
    )
    assert killed > 0, "every run ended before it was killed: the test shows nothing"
    row = last_row(crossforce("demo", "--no-serve", "--json", folder=folder))
    assert row["disclosures"] == expected["disclosures"]
    assert {key: row[key] for key in ("attachments", "held_back", "failed")} == {
        key: expected[key] for key in ("attachments", "held_back", "failed")
    }
    crossforce("verify", folder=folder)


def _kill_builds(folder: Path, kills: int, dice: random.Random, expected: int) -> None:
    """Full rebuilds over a served index: whoever asks in between sees all of the old version or all of the new."""
    began = time.monotonic()
    crossforce("index", "--full", folder=folder, expect=1)  # the samples hold files that nobody can read
    whole = time.monotonic() - began
    killed = 0
    for _ in range(kills):
        killed += _start_and_kill(folder, "index", "--full", after=whole * dice.uniform(0.2, 0.9))
        assert _count(folder) == expected
    assert killed > 0, "every build ended before it was killed: the test shows nothing"
    crossforce("index", "--full", folder=folder, expect=1)
    assert _count(folder) == expected


def test_a_crawl_that_was_killed_goes_on(first_demo: First, tmp_path: Path) -> None:
    _kill_crawls(tmp_path / "archive", 3, random.Random(1), first_demo[1])


def test_a_build_that_was_killed_leaves_the_old_index_serving(first_demo: First, demo_copy: Path) -> None:
    _kill_builds(demo_copy, 3, random.Random(2), first_demo[1]["disclosures"])


@pytest.mark.soak
def test_twenty_kills_of_a_crawl(first_demo: First, tmp_path: Path) -> None:
    for seed in range(4):
        folder = tmp_path / f"archive-{seed}"
        _kill_crawls(folder, 5, random.Random(seed), first_demo[1])
        shutil.rmtree(folder)


@pytest.mark.soak
def test_twenty_kills_of_a_build(first_demo: First, demo_copy: Path) -> None:
    _kill_builds(demo_copy, 20, random.Random(3), first_demo[1]["disclosures"])


def test_two_crawls_at_once_the_second_says_so_and_stops(demo_copy: Path) -> None:
    with Archive.open(demo_copy, write=True, registry=load_forces(demo_copy / "forces.toml")):
        done = crossforce("demo", "--no-serve", "--json", folder=demo_copy, expect=1)
    assert "writing to the archive" in done.stderr
    assert done.stdout == ""
    crossforce("demo", "--no-serve", folder=demo_copy)
