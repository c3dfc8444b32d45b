"""The embedded engine's folder: killed at any moment, written by two, read while written, damaged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from builder import letters
from maker import record

from indexer.engines import open_engine, shelf
from indexer.engines.base import EngineDataError, EngineUnavailableError
from indexer.query import Query

HERE = Path(__file__).parent


def writer(action: str, folder: Path) -> subprocess.Popen[str]:
    """A process that writes until it is killed."""
    return subprocess.Popen(
        [sys.executable, HERE / "builder.py", action, f"path:{folder}"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE)},
    )


def killed(action: str, folder: Path, chance: random.Random) -> None:
    """Kill a writer at a random moment; what it said it did must be there, and nothing by halves."""
    process = writer(action, folder)
    assert process.stdout
    try:
        said = [process.stdout.readline()]
        time.sleep(chance.uniform(0, 0.5))
        process.kill()
        said += process.stdout.read().splitlines()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    number, size = map(int, said[-1].split())
    engine = open_engine(f"path:{folder}")
    found = engine.count()
    assert found in {size, size + 1}  # the round that was killed may have been complete
    written = number + found - size
    assert engine.search(Query(text=f"round{written}")).total == found
    assert engine.search(Query(text=f"-round{written}")).total == 0
    engine.update([record("afterwards", answer="x")])  # the lock is free, and what was left behind is swept away
    assert engine.count() == found + 1
    assert not [*folder.glob("draft-*"), *folder.glob("trash-*")]
    engine.close()


@pytest.mark.parametrize("action", ["rebuild", "update"])
def test_killed_while_writing(action: str, tmp_path: Path) -> None:
    for attempt in range(2):
        killed(action, tmp_path / str(attempt), random.Random(attempt))


@pytest.mark.soak
@pytest.mark.parametrize("action", ["rebuild", "update"])
def test_killed_twenty_times_while_writing(action: str, tmp_path: Path) -> None:
    for attempt in range(20):
        killed(action, tmp_path / str(attempt), random.Random(100 + attempt))


def test_no_reader_sees_half_a_build(tmp_path: Path) -> None:
    process = writer("rebuild", tmp_path)
    assert process.stdout
    try:
        process.stdout.readline()
        engine, before = open_engine(f"path:{tmp_path}"), 0
        deadline = time.monotonic() + 60
        while before < 205 and time.monotonic() < deadline:
            found = engine.search(Query(text="words", size=1)).total
            assert found > 200
            assert found >= before
            before = found
        assert before >= 205  # it has seen builds come in
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()


def test_another_process_s_update_is_seen_at_the_next_search(tmp_path: Path) -> None:
    reader, other = open_engine(f"path:{tmp_path}"), open_engine(f"path:{tmp_path}")
    for size in (1, 2, 3):
        other.update(letters(size, size))
        assert (reader.count(), reader.search(Query(text=f"round{size}")).total) == (size, size)


def test_a_second_writer_waits_and_then_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "PATIENCE", 0.2)
    one, other = open_engine(f"path:{tmp_path}"), open_engine(f"path:{tmp_path}")
    one.rebuild([record("a", answer="x")])

    def records() -> object:
        yield record("b", answer="x")
        with pytest.raises(EngineUnavailableError, match="Another process"):
            other.update([record("c", answer="x")])
        assert other.search(Query()).total == 1

    one.rebuild(records())  # type: ignore[arg-type]
    other.update([record("c", answer="x")])
    assert one.count() == 2


def test_no_byte_is_left_after_a_purge(tmp_path: Path) -> None:
    engine = open_engine(f"path:{tmp_path}")
    canary = "quixotic" + "zymurgy"
    for _ in range(2):
        engine.rebuild([record(f"r{n}", answer=canary if n == 3 else "plain words") for n in range(50)])
    engine.update([record("r4", answer="changed since")])
    engine.remove_everywhere(["r3"])
    assert _holding(tmp_path, canary)  # or this test would prove nothing
    engine.purge()
    assert engine.count() == 49
    assert not _holding(tmp_path, canary)


def _holding(folder: Path, canary: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and canary.encode() in path.read_bytes()]


def test_an_index_of_another_edition_says_build_again(tmp_path: Path) -> None:
    open_engine(f"path:{tmp_path}").rebuild([record("a", answer="x")])
    (version,) = tmp_path.glob("v-*")
    (version / "format").write_text("0")
    with pytest.raises(EngineDataError, match="index --full"):
        open_engine(f"path:{tmp_path}").search(Query())
    engine = open_engine(f"path:{tmp_path}")
    assert engine.versions() == ()  # so that a build makes another, asked for or not
    engine.rebuild([record("a", answer="x"), record("b", answer="x")])
    engine.remove_everywhere(["a"])  # the version that nobody can use any more is not kept
    assert (engine.count(), len(engine.versions())) == (1, 1)


def test_what_cannot_be_opened_is_not_kept_when_something_is_taken_out(tmp_path: Path) -> None:
    engine = open_engine(f"path:{tmp_path}")
    engine.rebuild([record("a", answer="x")])
    (old,) = tmp_path.glob("v-*")
    engine.rebuild([record("a", answer="x"), record("b", answer="x")])
    (old / "format").write_text("0")
    open_engine(f"path:{tmp_path}").remove_everywhere(["a"])
    assert not old.exists()
    assert open_engine(f"path:{tmp_path}").count() == 1


def test_a_damaged_index_says_build_again(tmp_path: Path) -> None:
    open_engine(f"path:{tmp_path}").rebuild([record("a", answer="x")])
    (version,) = tmp_path.glob("v-*")
    for path in version.glob("*.term"):
        path.write_bytes(b"")
    with pytest.raises(EngineDataError, match="index --full"):
        open_engine(f"path:{tmp_path}").search(Query())
    (version / "meta.json").unlink()
    with pytest.raises(EngineDataError, match="index --full"):
        open_engine(f"path:{tmp_path}").search(Query())
    open_engine(f"path:{tmp_path}").rebuild([record("b", answer="x")])
    assert open_engine(f"path:{tmp_path}").count() == 1


@pytest.mark.parametrize("address", ["", "path:", "memory", "sqlite:x", "http://127.0.0.1:9200"])
def test_an_address_that_names_no_engine(address: str) -> None:
    with pytest.raises(EngineDataError, match="names no engine"):
        open_engine(address)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(EngineDataError, match="cannot be written"):
        open_engine(f"path:{tmp_path / 'file'}").update([])
