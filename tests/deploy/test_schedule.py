"""The loop that crawls, indexes and takes snapshots: every command of a round is run, and it ends when told."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from composed import ROOT, command, compose, run

SCRIPT = ROOT / "deploy" / "schedule.py"
LONG = """
import pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
try:
    (folder / "began").touch()
    time.sleep(60)
except KeyboardInterrupt:
    (folder / "ended").touch()
"""


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state.json"


def start(state: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, SCRIPT, *words],
        env={"CROSSFORCE_SCHEDULE_STATE": str(state), "PATH": "/usr/bin:/bin"},
        stderr=subprocess.PIPE,
        text=True,
    )


def until(path: Path) -> None:
    deadline = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} never came"
        time.sleep(0.05)


def end(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0, said
    return said


def test_a_command_that_fails_does_not_keep_the_next_from_running(state: Path, tmp_path: Path) -> None:
    process = start(
        state, "--every", "9", "sh -c 'exit 3'", "no-such-command", f"touch '{tmp_path}/a file'", "sh -c 'exit 1'"
    )
    until(state)
    said = end(process)
    assert (tmp_path / "a file").exists()
    assert json.loads(state.read_text("ascii"))["statuses"] == [3, 127, 0, 1]
    assert "no-such-command: failed (127)" in said
    assert "sh -c 'exit 1': done (1)" in said


def test_rounds_come_again(state: Path, tmp_path: Path) -> None:
    process = start(
        state,
        "--every",
        "0.0001",
        f"sh -c 'echo x >>{tmp_path}/rounds; test $(wc -l <{tmp_path}/rounds) -lt 3 || touch {tmp_path}/third'",
    )
    until(tmp_path / "third")
    end(process)


def test_a_command_that_runs_is_interrupted_in_order(state: Path, tmp_path: Path) -> None:
    script = tmp_path / "long.py"
    script.write_text(LONG, "ascii")
    process = start(state, "--every", "9", f"{sys.executable} {script} {tmp_path}", f"touch {tmp_path}/next")
    until(tmp_path / "began")
    began = time.monotonic()
    end(process)
    assert time.monotonic() - began < 15
    assert (tmp_path / "ended").exists()
    assert not (tmp_path / "next").exists()
    assert not state.exists()  # a round that was cut short says nothing about health


@pytest.mark.parametrize(("statuses", "status"), [(None, 0), ([0, 1], 0), ([1, 2], 1), ([70], 1)])
def test_health_is_that_of_the_last_whole_round(state: Path, statuses: list[int] | None, status: int) -> None:
    if statuses is not None:
        state.write_text(json.dumps({"ended": "2026-01-01T00:00:00+00:00", "statuses": statuses}), "ascii")
    words = [
        word.replace("/srv/deploy", str(ROOT / "deploy"))
        for word in compose()["services"]["crawler"]["healthcheck"]["test"][1:]
    ]
    run(words, expect=status, CROSSFORCE_SCHEDULE_STATE=str(state))


@pytest.mark.parametrize("service", ["crawler", "indexer", "snapshots"])
def test_the_compose_file_s_schedules_are_understood(service: str) -> None:
    """With every command replaced by one that does nothing: what is scheduled must never run in a test."""
    words = command(service, {"${CROSSFORCE_CRAWL_HOURS:-6}": "6", "${CROSSFORCE_INDEX_HOURS:-0.25}": "0.25"})
    at = words.index("--every") + 2
    assert float(words[at - 1]) > 0
    for line in words[at:]:
        program, *rest = line.split()
        help_of = [program, rest[0], "--help"]
        text = run(help_of).stdout
        assert all(option in text for option in rest if option.startswith("--") and program == "crossforce")
