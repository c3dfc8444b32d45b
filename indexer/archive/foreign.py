"""Web archives that others made, read record by record: WARC files plain or compressed, and WACZ packages.

Nothing is unpacked to the disk, and nothing is believed: sizes are limited, damage is named.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from indexer.archive import warc
from indexer.archive.model import Exchange
from indexer.archive.warc import CHUNKED, Record

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
MOST_RECORD = 4 << 30  # bytes: nothing on a disclosure log is near it, and passing over it would take minutes
MOST_UNPACKED = 200  # times its packed size that a zip member may grow to: text reaches some thirty
LEAST_UNPACKED = 100 << 20  # bytes that any member may have, however small it was packed
MANGLED = "__wb_method="  # how capturing browsers write down what was posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One record of a foreign file: an answer, or why there is none."""

    where: str  # the file, and the member of a package
    url: str
    answer: Exchange | None = None
    served: bool = True  # false: a resource, of which no server's headers are known
    reason: str = ""


class ForeignFileError(Exception):
    """A web archive cannot be read any further; the message says from where on, and why."""


def is_warc(head: bytes) -> bool:
    """Whether a file that begins so is a WARC file."""
    if head.startswith(GZIP):
        inflate = zlib.decompressobj(wbits=31)
        try:
            head = inflate.decompress(head, 16)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


def is_wacz(path: Path) -> bool:
    """Whether a file is a zip package with web archives in it."""
    try:
        with zipfile.ZipFile(path) as package:
            return any(_is_archive(name) for name in package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _is_archive(name: str) -> bool:
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))


def records(path: Path) -> Iterator[Found]:
    """Every answer in a WARC or WACZ file, in order; raises ``ForeignFileError`` where it cannot be read further."""
    with path.open("rb") as file:
        packed = file.read(len(ZIP)) == ZIP
    if not packed:
        with path.open("rb") as file:
            yield from _records(file, path.name)
        return
    with _reading(path.name), zipfile.ZipFile(path) as package:
        for member in package.infolist():
            if _is_archive(member.filename):
                where = f"{path.name}!{member.filename}"
                with package.open(member) as file:
                    most = max(member.compress_size * MOST_UNPACKED, LEAST_UNPACKED)
                    yield from _records(_Limited(file, most, where), where)


@contextmanager
def _reading(where: str) -> Iterator[None]:
    try:
        yield
    except (
        ArchiveLoadFailed,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ) as error:  # RuntimeError is an encrypted member, NotImplementedError an unknown compression
        words = " ".join(str(error).split())[:200] or type(error).__name__
        raise ForeignFileError(f"{where} cannot be read any further: {words}") from error


def _records(file: IO[bytes] | _Limited, where: str) -> Iterator[Found]:
    with _reading(where):
        walk = ArchiveIterator(file)
        for record in walk:
            if record.rec_type not in ("response", "resource", "revisit"):
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            if record.length and record.length > MOST_RECORD:
                raise ForeignFileError(
                    f"{where} has a record of {record.length >> 30} GB, {url}; the rest is not read."
                )
            reason = _unusable(record, url)
            if reason:
                yield Found(where=where, url=url, reason=reason)
                continue
            body, whole = _body(record)
            if len(body) > warc.BODY_LIMIT:
                yield Found(where=where, url=url, reason=f"larger than {warc.BODY_LIMIT >> 20} MB")
            elif not whole:
                yield Found(where=where, url=url, reason="cut off: the file ends inside this record")
            else:
                served = record.http_headers is not None
                yield Found(where=where, url=url, answer=_answer(record, url, body), served=served)
        if walk.offset < file.tell():
            raise ForeignFileError(f"{where} ends inside a record, at byte {walk.offset}; what came before was read.")


def _unusable(record: Record, url: str) -> str:
    if not url.startswith(("http://", "https://")):
        return "no web address"
    if MANGLED in url:
        return "the answer to a form that was sent"
    if record.rec_type == "revisit":
        return "says that nothing had changed since another record"
    if record.rec_type == "response" and record.http_headers is None:
        return "no HTTP answer"
    try:
        warc.read_date(record.rec_headers.get_header("WARC-Date"))
    except ValueError:
        return "no date"
    return ""


def _body(record: Record) -> tuple[bytes, bool]:
    """The payload without transfer encoding, at most one byte over the limit; and whether all of it was there."""
    chunked = record.http_headers and (record.http_headers.get_header(CHUNKED) or "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    pieces, size = [], 0
    while size <= warc.BODY_LIMIT and (piece := stream.read(min(warc.CHUNK, warc.BODY_LIMIT + 1 - size))):
        pieces.append(piece)
        size += len(piece)
    whole = bool(chunked) or record.payload_length < 0 or size > warc.BODY_LIMIT or size == record.payload_length
    return b"".join(pieces), whole


def _answer(record: Record, url: str, body: bytes) -> Exchange:
    http = record.http_headers
    moment = warc.read_date(record.rec_headers.get_header("WARC-Date"))
    if http is None:
        headers = (("Content-Type", record.content_type or "application/octet-stream"),)
        return Exchange(url=url, status=200, reason="OK", headers=headers, body=body, fetched_at=moment)
    code, _, reason = http.statusline.partition(" ")
    return Exchange(
        url=url,
        status=int(code) if code.isdigit() else 0,
        reason=reason,
        headers=tuple(http.headers),
        body=body,
        fetched_at=moment,
        http_version=http.protocol or "HTTP/1.1",
    )


class _Limited:
    """A stream that ends in an error where it unpacks to more than it may."""

    def __init__(self, file: IO[bytes], most: int, where: str) -> None:
        self._file, self._left, self._where = file, most, where
        self._read = 0

    def read(self, length: int = -1) -> bytes:
        data = self._file.read(length if length >= 0 else warc.CHUNK)
        self._read += len(data)
        self._left -= len(data)
        if self._left < 0:
            raise ForeignFileError(f"{self._where} unpacks to more than a web archive of its size can; it is not read.")
        return data

    def tell(self) -> int:
        return self._read
