"""Erasing: records leave the WARC files for good. Killed at any moment the archive opens, and the erasure goes on.

A WARC file is written anew without the records, under another name; the catalogue switches to it in one transaction;
only then is the old file removed. What is left to do is written down first (``purges``, ``rewrites``).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from indexer.archive import warc
from indexer.archive.catalogue import Catalogue
from indexer.archive.decisions import Action, Decision, Decisions, address_mark
from indexer.archive.errors import ArchiveError, SharedPageError
from indexer.archive.model import Marks
from indexer.archive.texts import TextCache

PROBES = 3  # stretches of each record that are looked for afterwards
PROBE_LENGTH = 24  # bytes of compressed data: no two records share so many by chance
WORDS_LENGTH = 40  # bytes of a body: longer than any name or number in it
NOTE = "Written anew without records that an operator erased. See the catalogue's table of decisions."
NOT_OTHERS = (
    "NOT EXISTS (SELECT 1 FROM addresses a JOIN places p ON p.address = a.id JOIN disclosures d ON d.id = p.disclosure "
    "WHERE a.key = {key} AND d.erased = 0 AND d.merged_into IS NULL AND d.id NOT IN (SELECT id FROM temp.erased)) "
    "AND NOT EXISTS (SELECT 1 FROM addresses a JOIN attachments t ON t.address = a.id "
    "JOIN disclosures d ON d.id = t.disclosure "
    "WHERE a.key = {key} AND d.erased = 0 AND d.merged_into IS NULL AND d.id NOT IN (SELECT id FROM temp.erased))"
)


@dataclass(kw_only=True)
class Erasure:
    """The proof: what was taken out, and that nothing of it is left in WARC files, cached texts and catalogue.

    ``left`` names every file in which a stretch of an erased record was still found; ``kept`` the addresses that stay
    because another disclosure links to them too.
    """

    ids: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    records: int = 0
    files_rewritten: int = 0
    files_scanned: int = 0
    bytes_scanned: int = 0
    left: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing is left."""
        return not self.left


def pending(catalogue: Catalogue) -> bool:
    """Whether there are records still to be taken out."""
    return bool(catalogue.value("SELECT 1 FROM purges LIMIT 1"))


def decide(
    catalogue: Catalogue, decisions: Decisions, disclosure_id: str, reason: str, marks: Marks
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the decision and its tombstone down, and what is to be taken out; forget the disclosure's words.

    Returns the ids that go (loose copies of the same letter go too) and the addresses that stay for others' sake.
    """
    with decisions.writing():
        row = decisions.disclosure(disclosure_id)
        if row["erased"]:
            raise ArchiveError(f"{row['id']} was erased before.")
        catalogue.run("CREATE TEMP TABLE IF NOT EXISTS erased (id TEXT PRIMARY KEY)")
        catalogue.run("DELETE FROM temp.erased")
        known = decisions.known_marks(row, marks)
        ids = [row["id"], *_copies(catalogue, row, known)]
        for one in ids:
            catalogue.run("INSERT OR IGNORE INTO temp.erased VALUES (?)", one)
        _refuse_shared_page(catalogue, row["id"])
        addresses = _addresses(catalogue)
        own = [address for address in addresses if not address["shared"]]
        known += [("id", one) for one in ids]
        known += [("address", address_mark(address["log"], address["url"])) for address in own]
        decision = decisions.enter(Action.ERASE, reason, row, known, marks=marks, log=None)
        _list_captures(
            catalogue, decision, [address["key"] for address in own], [v for kind, v in known if kind == "hash"]
        )
        _forget(catalogue, ids, [address["id"] for address in own])
    return tuple(ids), tuple(address["url"] for address in addresses if address["shared"])


def _copies(catalogue: Catalogue, row: sqlite3.Row, known: list[tuple[str, str]]) -> list[str]:
    """Other disclosures whose whole main document is one of the erased bodies."""
    found: list[str] = []
    for kind, value in known:
        if kind == "hash":
            rows = catalogue.rows(
                "SELECT d.id FROM captures c JOIN addresses a ON a.capture = c.number JOIN places p ON p.address = "
                "a.id "
                "JOIN disclosures d ON d.id = p.disclosure WHERE c.sha256 = ? AND d.part = '' AND d.erased = 0 AND "
                "d.id != ?",
                value,
                row["id"],
            )
            found += [copy["id"] for copy in rows]
    return list(dict.fromkeys(found))


def _refuse_shared_page(catalogue: Catalogue, disclosure_id: str) -> None:
    others = catalogue.rows(
        "SELECT DISTINCT o.disclosure FROM places p JOIN places o ON o.address = p.address "
        "JOIN disclosures d ON d.id = o.disclosure JOIN addresses a ON a.id = p.address "
        "WHERE p.disclosure = ? AND a.capture IS NOT NULL AND d.erased = 0 "
        "AND o.disclosure NOT IN (SELECT id FROM temp.erased) ORDER BY o.disclosure",
        disclosure_id,
    )
    if others:
        names = ", ".join(other["disclosure"] for other in others[:5]) + (" …" if len(others) > 5 else "")
        raise SharedPageError(
            f"The page of {disclosure_id} also holds {len(others)} other disclosures ({names}), and its bytes cannot "
            f"be "
            "parted. Withdraw it, mask the passage, or erase the others first."
        )


def _addresses(catalogue: Catalogue) -> list[sqlite3.Row]:
    """Addresses of what is being erased; ``shared`` where another disclosure stands there or links there."""
    free = NOT_OTHERS.format(key="x.key")
    return catalogue.rows(
        f"SELECT x.*, NOT ({free}) AS shared FROM addresses x WHERE x.id IN "  # noqa: S608 - constants
        "(SELECT address FROM places WHERE disclosure IN (SELECT id FROM temp.erased) "
        "UNION SELECT address FROM attachments WHERE disclosure IN (SELECT id FROM temp.erased)) ORDER BY x.id"
    )


def _list_captures(catalogue: Catalogue, decision: Decision, keys: list[str], hashes: list[str]) -> None:
    """Every capture of an own address, ever, and every other record of the same bodies that nobody else needs."""
    for key in keys:
        catalogue.run("INSERT OR IGNORE INTO purges SELECT number, ? FROM captures WHERE key = ?", decision.number, key)
    free = NOT_OTHERS.format(key="c.key")
    for digest in hashes:
        catalogue.run(
            f"INSERT OR IGNORE INTO purges SELECT c.number, ? FROM captures c WHERE c.sha256 = ? AND "  # noqa: S608
            f"{free}",
            decision.number,
            digest,
        )


def _forget(catalogue: Catalogue, ids: list[str], address_ids: list[int]) -> None:
    for one in ids:
        catalogue.run("DELETE FROM places WHERE disclosure = ?", one)
        catalogue.run("DELETE FROM attachments WHERE disclosure = ?", one)
        catalogue.run(
            "UPDATE disclosures SET erased = 1, title = NULL, published_on = NULL, reference = NULL, reference_key = "
            "NULL, "
            "content_key = NULL, filed_as = NULL, missing = '[]' WHERE id = ?",
            one,
        )
    for address in address_ids:
        catalogue.run("DELETE FROM frontier WHERE address = ?", address)
        catalogue.run("DELETE FROM addresses WHERE id = ?", address)
    catalogue.touch(ids)


# -- carrying it out


def carry_out(catalogue: Catalogue, folder: Path, texts: TextCache) -> Erasure:
    """Take every listed record out of the WARC files, its text out of the cache and its words out of free pages."""
    done = Erasure()
    rows = catalogue.rows(
        "SELECT DISTINCT c.number, c.sha256, c.key, w.name AS file FROM purges p JOIN captures c ON c.number = "
        "p.capture "
        "JOIN warcs w ON w.id = c.warc"
    )
    for digest in {row["sha256"] for row in rows if catalogue.is_erased(row["sha256"])}:
        texts.drop(digest)
    _forget_addresses(catalogue, {row["key"] for row in rows})
    probes: list[bytes] = []
    for name in sorted({row["file"] for row in rows}):
        numbers = [row["number"] for row in rows if row["file"] == name]
        if (folder / "warc" / name).exists():
            probes += _rewrite(catalogue, folder / "warc", name, numbers)
        else:  # lost before: there is nothing to take out
            _forget_captures(catalogue, numbers)
        done.records += len(numbers)
        done.files_rewritten += 1
    with catalogue.transaction():
        catalogue.run("DELETE FROM purges")
    catalogue.run("VACUUM")
    busy = catalogue.value("PRAGMA wal_checkpoint(TRUNCATE)")
    if busy:
        done.left.append(f"{catalogue.path.name}-wal (another process is reading; close it and run verify)")
    _scan(folder, probes, done)
    return done


def _forget_addresses(catalogue: Catalogue, keys: Iterable[str]) -> None:
    """Addresses at which an erased disclosure turned up again, and which nobody needs."""
    with catalogue.transaction():
        for key in keys:
            rows = catalogue.rows(
                "SELECT id FROM addresses a WHERE key = ? AND NOT EXISTS (SELECT 1 FROM places WHERE address = a.id) "
                "AND NOT EXISTS (SELECT 1 FROM attachments WHERE address = a.id)",
                key,
            )
            for row in rows:
                catalogue.run("DELETE FROM frontier WHERE address = ?", row["id"])
                catalogue.run("DELETE FROM addresses WHERE id = ?", row["id"])


def _rewrite(catalogue: Catalogue, folder: Path, name: str, numbers: list[int]) -> list[bytes]:
    """Replace one WARC file by one without these captures; returns stretches of what was taken out."""
    rows = catalogue.rows(
        "SELECT c.offset, c.record_id, c.number FROM captures c JOIN warcs w ON w.id = c.warc WHERE w.name = ?", name
    )
    wanted = set(numbers)
    dropped = {row["offset"] for row in rows if row["number"] in wanted}
    dropped_ids = {row["record_id"] for row in rows if row["number"] in wanted}
    new = _next_name(folder, name)
    with catalogue.transaction():
        catalogue.run("INSERT INTO rewrites VALUES (?, ?, 0)", name, new)
    moved: dict[int, int] = {}
    probes: list[bytes] = []
    with (folder / name).open("rb") as source, (folder / new).open("wb") as out:
        for offset, length, whole in _pieces(folder / name, sorted(row["offset"] for row in rows)):
            source.seek(offset)
            packed = source.read(length)
            if whole:
                source.seek(offset)
                record = warc.first_record(source, f"{name} at {offset}")
                if offset in dropped or record.rec_headers.get_header("WARC-Concurrent-To") in dropped_ids:
                    probes += _stretches(packed, record)
                    continue
                if record.rec_type == "warcinfo":
                    packed = warc.pack(warc.RecordMaker().warcinfo(new, NOTE))
            elif offset in dropped:
                probes += _spread(packed, PROBE_LENGTH)
                continue
            moved[offset] = out.tell()
            out.write(packed)
        size = out.tell()
        out.flush()
        os.fsync(out.fileno())
    warc.sync_folder(folder)
    _switch(catalogue, name, new, size, wanted, moved)
    (folder / name).unlink()
    warc.sync_folder(folder)
    with catalogue.transaction():
        catalogue.run("DELETE FROM rewrites WHERE old = ?", name)
    return probes


def _pieces(path: Path, offsets: list[int]) -> Iterator[tuple[int, int, bool]]:
    """(offset, length, whole) of every record; damaged bytes are parted where the catalogue has a record begin."""
    for stretch in warc.stretches(path):
        end = stretch.offset + stretch.length
        inside = [] if stretch.whole else [offset for offset in offsets if stretch.offset < offset < end]
        starts = [stretch.offset, *inside]
        for start, following in zip(starts, [*inside, end], strict=True):
            yield start, following - start, stretch.whole


def _switch(catalogue: Catalogue, old: str, new: str, size: int, dropped: set[int], moved: dict[int, int]) -> None:
    with catalogue.transaction():
        file_id = catalogue.value("SELECT id FROM warcs WHERE name = ?", old)
        catalogue.run("UPDATE warcs SET name = ?, size = ? WHERE id = ?", new, size, file_id)
        _forget_captures(catalogue, dropped)
        for row in catalogue.rows("SELECT number, offset FROM captures WHERE warc = ? ORDER BY offset", file_id):
            if row["offset"] in moved:  # else the file was cut before it; verify says so
                catalogue.run("UPDATE captures SET offset = ? WHERE number = ?", moved[row["offset"]], row["number"])
        catalogue.run("UPDATE rewrites SET switched = 1 WHERE old = ?", old)


def _forget_captures(catalogue: Catalogue, numbers: Iterable[int]) -> None:
    numbers = list(numbers)
    with catalogue.transaction():
        for number in numbers:
            catalogue.run("UPDATE captures SET revisit_of = NULL WHERE revisit_of = ?", number)  # those go too
        for number in numbers:
            catalogue.run("DELETE FROM captures WHERE number = ?", number)
            catalogue.run("DELETE FROM purges WHERE capture = ?", number)


def recover(catalogue: Catalogue, folder: Path) -> list[str]:
    """Clear up after an erasure that was killed: of two files that differ in the erased records, one goes."""
    said = []
    for row in catalogue.rows("SELECT * FROM rewrites"):
        unwanted = folder / (row["old"] if row["switched"] else row["new"])
        unwanted.unlink(missing_ok=True)
        warc.sync_folder(folder)
        with catalogue.transaction():
            catalogue.run("DELETE FROM rewrites WHERE old = ?", row["old"])
        said.append(f"{unwanted.name} was left behind by an erasure that was stopped, and is removed.")
    return said


def _next_name(folder: Path, name: str) -> str:
    stem = name.removesuffix(warc.SUFFIX)
    base, _, count = stem.rpartition(".e")
    base, number = (base, int(count) + 1) if base and count.isdigit() else (stem, 1)
    while (folder / f"{base}.e{number}{warc.SUFFIX}").exists():
        number += 1
    return f"{base}.e{number}{warc.SUFFIX}"


# -- the proof


def _stretches(packed: bytes, record: warc.Record) -> list[bytes]:
    """Stretches of a record as it lay in the file, and of its body, spread over their length."""
    found = list(_spread(packed, PROBE_LENGTH))
    body = next(warc.pieces(record), b"")
    return found + list(_spread(body, WORDS_LENGTH))


def _spread(data: bytes, length: int) -> Iterator[bytes]:
    step = max((len(data) - length) // PROBES, 1)
    for start in range(step, len(data) - length + 1, step):
        yield data[start : start + length]


def _scan(folder: Path, probes: list[bytes], done: Erasure) -> None:
    """Look for the stretches in every file of ours. The search index is cleaned by its engine."""
    wanted = set(probes)
    overlap = max(PROBE_LENGTH, WORDS_LENGTH) - 1
    for path in sorted(_own_files(folder)):
        done.files_scanned += 1
        tail = b""
        with path.open("rb") as file:
            while chunk := file.read(warc.CHUNK * 16):
                done.bytes_scanned += len(chunk)
                window = tail + chunk
                if any(probe in window for probe in wanted):
                    done.left.append(str(path.relative_to(folder)))
                    break
                tail = window[-overlap:]


def _own_files(folder: Path) -> Iterator[Path]:
    yield from folder.glob("catalogue.sqlite*")
    for name in ("warc", "texts"):
        yield from (path for path in (folder / name).rglob("*") if path.is_file())
