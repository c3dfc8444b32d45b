"""The folder: one writer, many readers, versions, registries, and what a kill leaves behind."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from indexer.archive import (
    Archive,
    ArchiveBusyError,
    ArchiveError,
    ArchiveMissingError,
    ArchiveVersionError,
    RecordUnreadableError,
    RegistryMismatchError,
    warc,
)
from indexer.archive.verify import verify
from indexer.forces import load_forces

URL = "https://www.ambershire.police.example/foi/dogs/"
INVENTED = Path(__file__).parents[1] / "invented_forces.toml"
KILLS = 4

WRITER = textwrap.dedent(
    """
    import sys, itertools
    from datetime import UTC, datetime, timedelta
    from pathlib import Path
    from indexer.archive import Archive, Exchange, Item, Kind, Page

    start = datetime(2026, 3, 1, tzinfo=UTC)
    with Archive.open(Path(sys.argv[1]), write=True) as archive:
        run = archive.begin_run("ambershire")
        known = len(run_pages) if (run_pages := list(archive.disclosures())) else 0
        for number in itertools.count(known):
            url = f"https://www.ambershire.police.example/foi/{number}/"
            body = (f"<h1>Answer {number}</h1>" * (number % 40 + 1)).encode()
            headers = (("Content-Type", "text/html"),)
            capture = archive.keep(
                Exchange(url=url, status=200, headers=headers, body=body, fetched_at=start + timedelta(seconds=number))
            )
            print("kept", number, flush=True)
            run.file_item(url, capture, Page(items=(Item(title=f"Answer {number}", reference=f"FOI {number}/26"),)))
            print("filed", number, flush=True)
    """
)


def killed_writer(folder: Path, seconds: float) -> tuple[set[int], set[int]]:
    """Numbers of pages that a writer said were kept and filed before it was killed."""
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        lines = [first, *process.stdout.read().splitlines()]
    words = [line.split() for line in lines if len(line.split()) == 2 and line.split()[1].isdigit()]
    return {int(n) for what, n in words if what == "kept"}, {int(n) for what, n in words if what == "filed"}


def holds_everything(folder: Path, kept: set[int], filed: set[int]) -> None:
    """Whatever was said to be done is there, and the archive is sound."""
    with Archive.open(folder, write=True) as archive:
        for number in kept:
            (capture, *_) = archive.captures(f"https://www.ambershire.police.example/foi/{number}/")
            assert archive.body(capture).startswith(b"<h1>Answer %d</h1>" % number)
        titles = {stored.title for stored in archive.disclosures()}
        assert {f"Answer {number}" for number in filed} <= titles
    assert list(verify(folder)) == []


def test_killed_at_random_moments_it_opens_with_every_complete_record(folder):
    chance = random.Random(1)
    kept: set[int] = set()
    filed: set[int] = set()
    for _ in range(KILLS):
        more_kept, more_filed = killed_writer(folder, chance.uniform(0.01, 0.4))
        kept |= more_kept
        filed |= more_filed
        holds_everything(folder, kept, filed)
    assert kept, "the writer never got to write"


@pytest.mark.soak
def test_killed_many_times(folder):
    chance = random.Random(2)
    kept: set[int] = set()
    filed: set[int] = set()
    for _ in range(60):
        more_kept, more_filed = killed_writer(folder, chance.uniform(0.0, 0.6))
        kept |= more_kept
        filed |= more_filed
    holds_everything(folder, kept, filed)


def warc_of(archive_folder: Path) -> Path:
    (path,) = (archive_folder / "warc").glob("*.warc.gz")
    return path


@pytest.mark.parametrize("left", [1, 9, 30, -1])
def test_torn_tail_is_cut_and_said(folder, answer, left):
    with Archive.open(folder, write=True) as archive:
        first = archive.keep(answer(URL, b"one"))
        whole = warc_of(folder).stat().st_size
        archive.keep(answer(URL + "2/", b"two" * 100))
    path = warc_of(folder)
    end = path.stat().st_size
    database = sqlite3.connect(folder / "catalogue.sqlite")
    database.execute("DELETE FROM captures WHERE number > 1")  # killed between the record and its row
    database.execute("UPDATE warcs SET size = ?", (whole,))
    database.commit()
    database.close()
    os.truncate(path, whole + left if left > 0 else end - 3)
    with Archive.open(folder, write=True) as archive:
        assert any("torn record" in said for said in archive.repairs)
        assert archive.body(first) == b"one"
        second = archive.captures(URL + "2/")
        assert [archive.body(capture) for capture in second] == ([] if left > 0 else [b"two" * 100])
        assert archive.body(archive.keep(answer(URL + "3/", b"three"))) == b"three"
    assert list(verify(folder)) == []
    with Archive.open(folder, write=True) as archive:
        assert archive.repairs == ()


def test_complete_records_without_a_row_are_entered_again(folder, answer):
    with Archive.open(folder, write=True) as archive:
        kept = [
            archive.keep(answer(URL, b"one", headers=(("ETag", '"1"'),))),
            archive.keep(answer(URL, status=304, days=1)),
            archive.keep(answer(URL, b"one", days=2)),
            archive.keep(answer(URL + "2/", b"two", days=3)),
        ]
    database = sqlite3.connect(folder / "catalogue.sqlite")
    database.execute("DELETE FROM captures")
    database.execute("DELETE FROM warcs")
    database.commit()
    database.close()
    with Archive.open(folder, write=True) as archive:
        assert archive.repairs == (
            f"4 complete records of {kept[0].warc} were not in the catalogue and are entered now.",
        )
        again = [*archive.captures(URL), *archive.captures(URL + "2/")]
        assert [(c.kind, c.offset, c.sha256, c.changed, archive.body(c)) for c in again] == [
            (c.kind, c.offset, c.sha256, c.changed, b"two" if c is kept[3] else b"one") for c in kept
        ]
    assert list(verify(folder)) == []


def test_file_that_was_begun_and_never_got_a_record_is_removed(folder, answer):
    with Archive.open(folder, write=True) as archive:
        archive.keep(answer(URL, b"one"))
    (folder / "warc" / "20990101T000000Z-00001.warc.gz").write_bytes(b"\x1f\x8b\x08torn")
    with Archive.open(folder, write=True) as archive:
        assert any("held no complete record" in said for said in archive.repairs)
    assert list(verify(folder)) == []


def test_second_writer_is_told_and_readers_go_on(folder, answer):
    with Archive.open(folder, write=True) as archive:
        capture = archive.keep(answer(URL, b"one"))
        with pytest.raises(ArchiveBusyError, match="Another Crossforce process is writing"):
            Archive.open(folder, write=True)
        code = f"""
from pathlib import Path
from indexer.archive import Archive, ArchiveBusyError
with Archive.open(Path({str(folder)!r})) as archive:
    print(archive.body(archive.captures({URL!r})[0]))
try:
    Archive.open(Path({str(folder)!r}), write=True)
except ArchiveBusyError:
    print("busy")
"""
        said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        assert said.split() == ["b'one'", "busy"]
        with Archive.open(folder) as reader:
            later = archive.keep(answer(URL, b"two", days=1))
            assert [reader.body(c) for c in reader.captures(URL)] == [b"one", b"two"]
            assert reader.captures(URL) == (capture, later)
    with Archive.open(folder, write=True):
        pass


def test_reader_cannot_write(folder, answer):
    Archive.open(folder, write=True).close()
    with Archive.open(folder) as archive:
        for attempt in (
            lambda: archive.keep(answer(URL, b"x")),
            lambda: archive.begin_run("ambershire"),
            lambda: archive.erase("x", "y"),
            lambda: archive.decisions.licence("ambershire", full_text=True, reason="x"),
        ):
            with pytest.raises(ArchiveError, match="reading only"):
                attempt()


def test_no_archive_is_said_with_the_mend(folder):
    with pytest.raises(ArchiveMissingError, match="crossforce crawl"):
        Archive.open(folder)
    assert not folder.exists()


@pytest.mark.parametrize(("version", "says"), [(99, "newer Crossforce"), (0, "older Crossforce")])
@pytest.mark.parametrize("write", [True, False])
def test_catalogue_of_another_version(folder, version, says, write):
    Archive.open(folder, write=True).close()
    database = sqlite3.connect(folder / "catalogue.sqlite")
    database.execute(f"PRAGMA user_version = {version}")
    database.close()
    with pytest.raises(ArchiveVersionError, match=says):
        Archive.open(folder, write=write)
    with pytest.raises(ArchiveVersionError, match=says):
        next(verify(folder))


@pytest.mark.parametrize("content", [b"not a database at all, just some text" * 40, b"SQLite format 3\0" + b"\0" * 500])
def test_a_damaged_catalogue_is_said_with_the_mend(folder, content):
    Archive.open(folder, write=True).close()
    (folder / "catalogue.sqlite").write_bytes(content)
    with pytest.raises(ArchiveVersionError, match="crossforce import"):
        Archive.open(folder, write=True)


def test_another_programs_database_is_refused(folder):
    folder.mkdir()
    database = sqlite3.connect(folder / "catalogue.sqlite")
    database.execute("CREATE TABLE notes (text)")
    database.close()
    with pytest.raises(ArchiveVersionError, match="not a catalogue"):
        Archive.open(folder, write=True)


def test_real_and_invented_forces_never_share_an_archive(folder):
    invented, real = load_forces(INVENTED), load_forces()
    Archive.open(folder, write=True, registry=invented).close()
    Archive.open(folder, registry=invented).close()
    for write in (True, False):
        with pytest.raises(RegistryMismatchError, match=f"{invented.id!r}.*{real.id!r}"):
            Archive.open(folder, write=write, registry=real)
    Archive.open(folder, write=True).close()  # a tool that asks for no force


def test_files_that_web_archive_tools_read_in_a_folder_that_explains_itself(folder, answer):
    with Archive.open(folder, write=True) as archive:
        archive.keep(answer(URL, b"one"))
    assert "catalogue.sqlite" in (folder / "README.txt").read_text()
    with warc_of(folder).open("rb") as file:
        assert [record.rec_type for record in ArchiveIterator(file)] == ["warcinfo", "response", "request"]


# -- verify


def test_verify_finds_any_flipped_byte_of_a_record(folder, answer):
    with Archive.open(folder, write=True) as archive:
        for number in range(3):
            archive.keep(answer(f"{URL}{number}/", os.urandom(300)))
    path = warc_of(folder)
    good = path.read_bytes()
    chance = random.Random(3)
    fields = (
        3,
        4,
        5,
        6,
        7,
        8,
        9,
    )  # of a gzip header: flags, time, system; and nine from the end, where bits are unused
    unproven = {member.offset + n for member in warc.stretches(path) for n in (*fields, member.length - 9)}
    for at in chance.sample(sorted(set(range(len(good))) - unproven), 80):
        path.write_bytes(good[:at] + bytes([good[at] ^ 1 << chance.randrange(8)]) + good[at + 1 :])
        assert list(verify(folder)), f"byte {at} of {len(good)}"
    path.write_bytes(good)
    assert list(verify(folder)) == []


def test_verify_goes_on_behind_a_damaged_record_and_reading_it_is_an_error(folder, answer):
    with Archive.open(folder, write=True) as archive:
        captures = [archive.keep(answer(f"{URL}{number}/", b"page %d" % number)) for number in range(4)]
    path = warc_of(folder)
    data = bytearray(path.read_bytes())
    for capture in (captures[0], captures[2]):
        data[capture.offset + capture.length // 2] ^= 0xFF
    path.write_bytes(data)
    assert [(p.kind, p.where) for p in verify(folder)] == [
        ("damaged", f"{path.name} at {captures[0].offset}"),
        ("damaged", f"{path.name} at {captures[2].offset}"),
    ]
    with Archive.open(folder) as archive:
        assert archive.body(captures[1]) == b"page 1"
        with pytest.raises(RecordUnreadableError, match="crossforce verify"):
            archive.body(captures[2])


def replace_record(path: Path, capture, new: bytes) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: capture.offset] + new + data[capture.offset + capture.length :])


def test_verify_finds_a_body_exchanged_with_a_valid_record(folder, answer, tmp_path):
    with Archive.open(folder, write=True) as archive:
        mine = archive.keep(answer(URL, b"page 1"))
    with Archive.open(tmp_path / "other", write=True) as archive:
        other = archive.keep(answer(URL, b"page 2"))
    forged = warc_of(tmp_path / "other").read_bytes()[other.offset : other.offset + other.length]
    replace_record(warc_of(folder), mine, forged)
    assert any(p.kind == "catalogue" and "another record" in p.what for p in verify(folder))
    with Archive.open(folder) as archive, pytest.raises(RecordUnreadableError):
        archive.body(mine)


@pytest.mark.parametrize(
    ("damage", "kinds"),
    [
        (lambda path, db: path.unlink(), {"missing"}),
        (lambda path, db: os.truncate(path, path.stat().st_size // 2), {"damaged"}),
        (lambda path, db: db.execute("DELETE FROM captures WHERE number = 2"), {"orphan"}),
        (
            lambda path, db: db.execute("UPDATE captures SET offset = offset + 7 WHERE number = 2"),
            {"orphan", "missing"},
        ),
        (lambda path, db: db.execute("UPDATE captures SET sha256 = 'x' WHERE number = 2"), {"digest"}),
        (lambda path, db: db.execute("UPDATE captures SET revisit_of = 77 WHERE number = 2"), {"catalogue"}),
        (lambda path, db: path.with_name("stray.warc.gz").write_bytes(path.read_bytes()), {"orphan"}),
    ],
)
def test_verify_compares_both_ways(folder, answer, damage, kinds):
    with Archive.open(folder, write=True) as archive:
        for number in range(3):
            archive.keep(answer(f"{URL}{number}/", b"page %d" % number))
    database = sqlite3.connect(folder / "catalogue.sqlite")
    damage(warc_of(folder), database)
    database.commit()
    database.close()
    assert {problem.kind for problem in verify(folder)} == kinds


def test_verify_while_a_writer_writes(folder, answer):
    with Archive.open(folder, write=True) as archive:
        archive.keep(answer(URL, b"one"))
        problems = verify(folder)
        archive.keep(answer(URL, b"two", days=1))
        assert list(problems) == []
        with warc_of(folder).open("ab") as file:
            file.write(b"\x1f\x8b half of a record that is being written")
        assert list(verify(folder)) == []


def test_damage_inside_what_is_not_entered_yet_costs_one_record(folder, answer):
    with Archive.open(folder, write=True) as archive:
        kept = [archive.keep(answer(f"{URL}{number}/", b"page %d" % number)) for number in range(4)]
    database = sqlite3.connect(folder / "catalogue.sqlite")
    database.execute("DELETE FROM captures")
    database.execute("DELETE FROM warcs")
    database.commit()
    database.close()
    path = warc_of(folder)
    data = bytearray(path.read_bytes())
    data[kept[1].offset + kept[1].length // 2] ^= 0xFF
    path.write_bytes(data)
    with Archive.open(folder, write=True) as archive:
        assert any("are damaged; what follows is whole" in said for said in archive.repairs)
        found = [archive.captures(f"{URL}{number}/") for number in range(4)]
        assert [archive.body(one) for captures in found for one in captures] == [b"page 0", b"page 2", b"page 3"]
    assert path.stat().st_size == len(data), "nothing was cut off"
