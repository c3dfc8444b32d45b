"""Writing into the archive: the record first, then its row, so that a kill at any moment loses nothing complete."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import Message
from io import BytesIO
from pathlib import Path

from indexer.archive import warc
from indexer.archive.addresses import address_key
from indexer.archive.catalogue import Catalogue, to_moment, to_text
from indexer.archive.errors import RecordUnreadableError
from indexer.archive.model import Capture, Exchange
from indexer.archive.warc import Digested, Member, Record, RecordMaker, Revisited, WarcFile

CAPTURE_COLUMNS = "SELECT c.*, w.name AS file FROM captures c JOIN warcs w ON w.id = c.warc "
RECONSTRUCTED = (
    "Bodies are as sent, Content-Encoding included. Transfer-Encoding was undone and the case of header names lost "
    "before "
    "they reached us; a 200 with a payload already held at the same address is a revisit."
)


class Keeper:
    """The writing side of one archive, held by whoever has the lock."""

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        """``folder`` is the archive's ``warc``."""
        self._catalogue = catalogue
        self._folder = folder
        self._maker = RecordMaker()
        self._file: WarcFile | None = None
        self._file_id = 0
        self._session = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")

    def close(self) -> None:
        """Release the file being written; the next record begins another."""
        if self._file:
            self._file.close()
            self._file = None

    def keep(self, exchange: Exchange, *, origin: str | None = None) -> Capture:
        """See ``Archive.keep``."""
        key = address_key(exchange.url)
        if exchange.status == 304 and (held := self._held(key)):
            answer = self._maker.revisit(exchange, _revisited(held), unmodified=True, origin=origin)
            return self._write(answer, exchange, Digested(held["sha256"], held["size"]), held)
        answer = self._maker.response(exchange, origin=origin)
        found = _digest_kept(answer)
        if found.size and self._catalogue.is_erased(found.sha256):
            return _refused(exchange, found)
        root = self._catalogue.row(
            "SELECT * FROM captures WHERE key = ? AND payload_digest = ? AND kind = 'response' AND status = 200 "
            "ORDER BY number DESC LIMIT 1",
            key,
            answer.rec_headers.get_header("WARC-Payload-Digest"),
        )
        if root and exchange.status == 200:
            answer = self._maker.revisit(exchange, _revisited(root), unmodified=False, origin=origin)
            return self._write(answer, exchange, found, root)
        return self._write(answer, exchange, found, None)

    def keep_file(self, url: str, data: bytes, media_type: str, found_at: datetime, origin: str | None) -> Capture:
        """Keep a file that came from no web server as a ``resource`` record; the same bytes once."""
        key = address_key(url)
        record = self._maker.resource(url, data, media_type, found_at, origin)
        found = _digest_kept(record)
        statement = CAPTURE_COLUMNS + "WHERE c.key = ? AND c.sha256 = ? ORDER BY c.number LIMIT 1"
        if known := self._catalogue.row(statement, key, found.sha256):
            return capture_of(known)
        if self._catalogue.is_erased(found.sha256):
            return _refused(
                Exchange(url=url, status=0, headers=(("Content-Type", media_type),), body=b"", fetched_at=found_at),
                found,
            )
        file = self._open_file()
        (member,) = file.append([record])
        return self._enter(record, member, found, None)

    def _held(self, key: str) -> sqlite3.Row | None:
        """The full record that a conditional request at this address was about."""
        filed = self._catalogue.row(
            "SELECT c.* FROM addresses a JOIN captures c ON c.number = a.capture "
            "WHERE a.key = ? ORDER BY c.fetched_at DESC LIMIT 1",
            key,
        )
        found = filed or self._catalogue.row(
            "SELECT * FROM captures WHERE key = ? AND status IN (200, 304) ORDER BY fetched_at DESC LIMIT 1", key
        )
        if found and found["revisit_of"]:
            return self._catalogue.row("SELECT * FROM captures WHERE number = ?", found["revisit_of"])
        return found

    def _write(self, answer: Record, exchange: Exchange, found: Digested, root: sqlite3.Row | None) -> Capture:
        file = self._open_file()
        imported = answer.rec_headers.get_header("WARC-Crossforce-Origin") is not None  # nobody knows what was asked
        written = file.append([answer] if imported else [answer, self._maker.request(exchange, answer)])
        return self._enter(answer, written[0], found, root)

    def _open_file(self) -> WarcFile:
        if self._file and self._file.size >= warc.ROLL_AT:
            self.close()
        if self._file is None:
            serial = 1
            while (path := self._folder / f"{self._session}-{serial:05d}{warc.SUFFIX}").exists():
                serial += 1
            self._file = WarcFile(path, self._maker, RECONSTRUCTED)
            with self._catalogue.transaction():
                done = self._catalogue.run("INSERT INTO warcs (name, size) VALUES (?, ?)", path.name, self._file.size)
                self._file_id = done.lastrowid or 0
        return self._file

    def _enter(self, record: Record, member: Member, found: Digested, root: sqlite3.Row | None) -> Capture:
        assert self._file
        try:
            with self._catalogue.transaction():
                number = enter(self._catalogue, record, self._file_id, member, found, root)
                self._catalogue.run("UPDATE warcs SET size = ? WHERE id = ?", self._file.size, self._file_id)
        except sqlite3.Error:
            self.close()  # its last record has no row: opening the archive again enters it
            raise
        row = self._catalogue.row(CAPTURE_COLUMNS + "WHERE c.number = ?", number)
        assert row
        return capture_of(row)


def enter(
    catalogue: Catalogue, record: Record, file_id: int, member: Member, found: Digested, root: sqlite3.Row | None
) -> int:
    """Make the row of a record that lies in a WARC file; returns its number. Inside a transaction."""
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI")
    http = record.http_headers
    status = int(http.get_statuscode()) if http and http.get_statuscode().isdigit() else 200
    fetched_at = to_text(warc.read_date(headers.get_header("WARC-Date")))
    content_type = (http.get_header("Content-Type") if http else record.content_type) or ""
    media_type, charset = media_type_of(content_type)
    if root and status == 304:
        media_type, charset = root["media_type"], root["charset"]
    key = address_key(url)
    before = catalogue.value(
        "SELECT sha256 FROM captures WHERE key = ? AND status IN (200, 304) AND fetched_at <= ? "
        "ORDER BY fetched_at DESC, number DESC LIMIT 1",
        key,
        fetched_at,
    )
    done = catalogue.run(
        "INSERT INTO captures (key, url, status, kind, record_id, sha256, size, media_type, charset, payload_digest, "
        "fetched_at, warc, offset, length, revisit_of, changed, etag, last_modified, origin) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        key,
        url,
        status,
        record.rec_type,
        headers.get_header("WARC-Record-ID"),
        found.sha256,
        found.size,
        media_type,
        charset,
        headers.get_header("WARC-Payload-Digest") or "",
        fetched_at,
        file_id,
        member.offset,
        member.length,
        root["number"] if root else None,
        before != found.sha256,
        http.get_header("ETag") if http else None,
        http.get_header("Last-Modified") if http else None,
        headers.get_header("WARC-Crossforce-Origin"),
    )
    return done.lastrowid or 0


def repair(catalogue: Catalogue, folder: Path) -> list[str]:
    """Make WARC files and catalogue agree after a kill: torn tails are cut, complete records without a row entered.

    Returns what was mended, in words. Files whose size is as entered are not read.
    """
    said: list[str] = []
    for path in sorted(folder.glob(f"*{warc.SUFFIX}")):
        row = catalogue.row("SELECT id, size FROM warcs WHERE name = ?", path.name)
        start, actual = (row["size"] if row else 0), path.stat().st_size
        if actual < start:
            said.append(
                f"{path.name} is {start - actual} bytes shorter than it was: `crossforce verify` names the records "
                "that are lost; restore the file from a copy."
            )
        if row and actual <= start:
            continue
        end = _enter_rest(catalogue, path, row["id"] if row else None, start, said)
        if end == 0:
            path.unlink()
            warc.sync_folder(folder)
            said.append(f"{path.name} held no complete record and was removed.")
        elif end < actual:
            with path.open("r+b") as file:
                file.truncate(end)
                file.flush()
                os.fsync(file.fileno())
            said.append(f"{actual - end} bytes of a torn record at the end of {path.name} were cut off.")
    return said


def _enter_rest(catalogue: Catalogue, path: Path, file_id: int | None, start: int, said: list[str]) -> int:
    """Enter the complete records from ``start`` on; returns where the last of them ends."""
    entered, end = 0, start
    with catalogue.transaction():
        if file_id is None:
            file_id = catalogue.run("INSERT INTO warcs (name, size) VALUES (?, 0)", path.name).lastrowid or 0
        for stretch in warc.stretches(path, start):
            if not stretch.whole:
                continue
            if stretch.offset > end:
                said.append(f"{stretch.offset - end} bytes of {path.name} at {end} are damaged; what follows is whole.")
            end = stretch.offset + stretch.length
            try:
                with warc.record_at(path, stretch.offset) as record:
                    entered += _enter_again(catalogue, record, file_id, Member(stretch.offset, stretch.length))
            except (RecordUnreadableError, ValueError) as error:
                said.append(f"{path.name} at {stretch.offset}: {error}")
        if end:
            catalogue.run("UPDATE warcs SET size = ? WHERE id = ?", end, file_id)
        else:
            catalogue.run("DELETE FROM warcs WHERE id = ?", file_id)
    if entered:
        said.append(f"{entered} complete records of {path.name} were not in the catalogue and are entered now.")
    return end


def _enter_again(catalogue: Catalogue, record: Record, file_id: int, member: Member) -> bool:
    if record.rec_type not in ("response", "revisit", "resource"):
        return False
    if record.rec_type != "revisit":
        enter(catalogue, record, file_id, member, warc.digest(record), None)
        return True
    headers = record.rec_headers
    root = catalogue.row(
        "SELECT * FROM captures WHERE key = ? AND payload_digest = ? AND revisit_of IS NULL ORDER BY number DESC "
        "LIMIT 1",
        address_key(headers.get_header("WARC-Refers-To-Target-URI") or ""),
        headers.get_header("WARC-Payload-Digest"),
    )
    if root is None:
        return False
    enter(catalogue, record, file_id, member, Digested(root["sha256"], root["size"]), root)
    return True


def capture_of(row: sqlite3.Row) -> Capture:
    """The capture in a row of ``CAPTURE_COLUMNS``."""
    return Capture(
        number=row["number"],
        url=row["url"],
        status=row["status"],
        kind=row["kind"],
        sha256=row["sha256"],
        size=row["size"],
        media_type=row["media_type"],
        charset=row["charset"],
        fetched_at=to_moment(row["fetched_at"]),
        payload_digest=row["payload_digest"],
        warc=row["file"],
        offset=row["offset"],
        length=row["length"],
        revisit_of=row["revisit_of"],
        changed=bool(row["changed"]),
        origin=row["origin"],
    )


def media_type_of(content_type: str) -> tuple[str, str | None]:
    """Media type and charset of a Content-Type header; an absent one means unknown bytes."""
    message = Message()
    message["Content-Type"] = content_type if "/" in content_type else "application/octet-stream"
    return message.get_content_type(), message.get_content_charset()


def _digest_kept(record: Record) -> Digested:
    """Hash a record's body and rewind it for writing."""
    body: BytesIO = record.raw_stream
    start = body.tell()
    found = warc.digest(record)
    body.seek(start)
    record.raw_stream = body
    return found


def _revisited(row: sqlite3.Row) -> Revisited:
    return Revisited(
        number=row["number"],
        url=row["url"],
        record_id=row["record_id"],
        payload_digest=row["payload_digest"],
        fetched_at=to_moment(row["fetched_at"]),
    )


def _refused(exchange: Exchange, found: Digested) -> Capture:
    kinds: Sequence[str] = [value for name, value in exchange.headers if name.lower() == "content-type"]
    media_type, charset = media_type_of(kinds[0] if kinds else "")
    return Capture(
        number=0,
        url=exchange.url,
        status=exchange.status,
        kind="response",
        sha256=found.sha256,
        size=found.size,
        media_type=media_type,
        charset=charset,
        fetched_at=exchange.fetched_at,
        payload_digest="",
        warc="",
        offset=0,
        length=0,
        refused=True,
    )
