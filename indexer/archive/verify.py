"""Is everything still there, and still what it was? Every digest, and WARC files against catalogue both ways."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from indexer.archive import warc
from indexer.archive.catalogue import FILE_NAME, Catalogue
from indexer.archive.errors import RecordUnreadableError
from indexer.archive.model import Problem

WARC_FOLDER = "warc"
DIGESTED = ("response", "revisit", "resource")  # record types that have a row in the catalogue
ERASED = (
    "SELECT c.number, w.name, c.offset FROM captures c JOIN warcs w ON w.id = c.warc WHERE EXISTS "
    "(SELECT 1 FROM purges p WHERE p.capture = c.number)"
)


def verify(folder: Path) -> Iterator[Problem]:
    """Whatever is wrong with an archive, as it is found; nothing where all is well. Runs while another process writes.

    Raises ``ArchiveMissingError`` and ``ArchiveVersionError``. Memory does not grow with the archive.
    """
    catalogue = Catalogue(folder / FILE_NAME, write=False)
    try:
        yield from _catalogue(catalogue)
        known = {row["name"]: row for row in catalogue.rows("SELECT * FROM warcs ORDER BY name")}
        for name, row in known.items():
            path = folder / WARC_FOLDER / name
            if not path.exists():
                if catalogue.value("SELECT 1 FROM warcs WHERE name = ?", name):  # not replaced meanwhile by an erasure
                    yield Problem(kind="missing", where=name, what="the file is gone; restore it from a copy")
                continue
            for problem in _file(catalogue, path, row):
                if not catalogue.value("SELECT 1 FROM warcs WHERE name = ?", name):
                    break  # an erasure replaced the file while it was read
                yield problem
        for path in sorted((folder / WARC_FOLDER).glob(f"*{warc.SUFFIX}")):
            if path.name not in known and not catalogue.value("SELECT 1 FROM warcs WHERE name = ?", path.name):
                yield Problem(
                    kind="orphan", where=path.name, what="not in the catalogue; the next command that writes enters it"
                )
    finally:
        catalogue.close()


def _catalogue(catalogue: Catalogue) -> Iterator[Problem]:
    where = catalogue.path.name
    try:
        for (said,) in catalogue.run("PRAGMA integrity_check"):
            if said != "ok":
                yield Problem(kind="catalogue", where=where, what=said)
        for row in catalogue.run("PRAGMA foreign_key_check"):
            yield Problem(kind="catalogue", where=where, what=f"row {row[1]} of {row[0]} points at nothing in {row[2]}")
    except sqlite3.DatabaseError as error:
        yield Problem(kind="catalogue", where=where, what=f"{error}; restore it from a copy")
        return
    for row in catalogue.rows(ERASED):
        yield Problem(
            kind="erasure",
            where=f"{row['name']} at {row['offset']}",
            what="an erasure was not carried out to its end; the next command that writes does it",
        )


def _file(catalogue: Catalogue, path: Path, row: sqlite3.Row) -> Iterator[Problem]:
    """One WARC file, record by record, beside the rows that lie in it."""
    end = row["size"]  # a writer may be adding more at this moment
    actual = path.stat().st_size
    if actual < end:
        yield Problem(kind="damaged", where=path.name, what=f"{end - actual} bytes shorter than it was")
    statement = "SELECT * FROM captures WHERE warc = ? AND offset > ? ORDER BY offset LIMIT ?"
    captures = catalogue.walk(statement, -1, "offset", row["id"])
    expected = next(captures, None)
    offset = 0
    with path.open("rb") as file:
        while offset < end:
            while expected is not None and expected["offset"] < offset:
                yield Problem(kind="missing", where=f"{path.name} at {expected['offset']}", what=_lost(expected))
                expected = next(captures, None)
            here = expected if expected is not None and expected["offset"] == offset else None
            length = warc.member_length(file, offset)
            if length:
                yield from _record(path, offset, here)
                offset += length
                expected = next(captures, None) if here is not None else expected
                continue
            yield Problem(kind="damaged", where=f"{path.name} at {offset}", what=_damage(here))
            expected = next(captures, None) if here is not None else expected
            if expected is None:
                break  # nothing says where the next record would begin
            offset = expected["offset"]
    while expected is not None:
        if expected["offset"] >= offset:
            yield Problem(kind="missing", where=f"{path.name} at {expected['offset']}", what=_lost(expected))
        expected = next(captures, None)


def _lost(row: sqlite3.Row) -> str:
    return f"no record of {row['url']} where the catalogue has one"


def _damage(row: sqlite3.Row | None) -> str:
    return f"the record of {row['url']} cannot be unpacked" if row else "a record cannot be unpacked"


def _record(path: Path, offset: int, row: sqlite3.Row | None) -> Iterator[Problem]:
    where = f"{path.name} at {offset}"
    try:
        with warc.record_at(path, offset, parse=False) as raw:
            kind, headers = raw.rec_type, raw.rec_headers
            said = headers.get_header("WARC-Block-Digest")
            if said and not _matches(said, raw):
                yield Problem(kind="digest", where=where, what=f"block digest does not match ({kind})")
        with warc.record_at(path, offset, check=True) as record:
            found = warc.digest(record)
            if record.digest_checker.passed is False:
                for problem in record.digest_checker.problems:
                    yield Problem(kind="digest", where=where, what=problem)
    except RecordUnreadableError as error:
        yield Problem(kind="damaged", where=where, what=str(error))
        return
    if row is None:
        if kind in DIGESTED:
            yield Problem(kind="orphan", where=where, what=f"{headers.get_header('WARC-Target-URI')} has no row")
        return
    if kind != row["kind"] or headers.get_header("WARC-Record-ID") != row["record_id"]:
        yield Problem(kind="catalogue", where=where, what=f"another record than the catalogue has of {row['url']}")
    elif kind != "revisit" and found.sha256 != row["sha256"]:
        yield Problem(kind="digest", where=where, what=f"the body of {row['url']} is not the one that was kept")


def _matches(said: str, record: warc.Record) -> bool:
    """Whether a block hashes to what its header says (SHA-1 in base32, as everything of ours is labelled)."""
    algorithm, _, value = said.partition(":")
    digest = hashlib.new(algorithm, usedforsecurity=False)
    while piece := record.raw_stream.read(warc.CHUNK):
        digest.update(piece)
    return base64.b32encode(digest.digest()).decode("ascii") == value
