"""WARC files (ISO 28500, version 1.1): records made, written, found again and cut where a write was torn.

One gzip member a record, so that every record can be read by its offset. ``warcio`` makes and parses the records.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO, FileIO
from pathlib import Path
from typing import IO, Any

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.archive.errors import RecordUnreadableError
from indexer.archive.model import Exchange, Headers

SUFFIX = ".warc.gz"
ROLL_AT = 1_000_000_000  # bytes: about the size that web archives exchange files in
CHUNK = 1 << 16  # bytes read at a time
BODY_LIMIT = 256 << 20  # bytes decoded: fourteen times the largest answer seen (bundles of 18 MB)
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SOFTWARE = "crossforce; warcio"
GZIP_MAGIC = b"\x1f\x8b\x08"
CHUNKED = "transfer-encoding"  # undone by the client, so no longer true of the body that is kept

Record = Any  # warcio.recordloader.ArcWarcRecord: the library has no types


class _Brotli:
    """Brotli as warcio wants a decompressor; its own adapter breaks on the library's present version."""

    unused_data = b""

    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    def decompress(self, data: bytes) -> bytes:
        unpacked: bytes = self._decompressor.process(data)
        return unpacked

    def flush(self) -> bytes:
        return b""


BufferedReader.DECOMPRESSORS["br"] = _Brotli


@dataclass(frozen=True, slots=True)
class Member:
    """Where a record's gzip member lies in its file."""

    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a file: one complete gzip member, or bytes that are none (``whole`` false)."""

    offset: int
    length: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Digested:
    """The decoded body's SHA-256 and size. Over ``BODY_LIMIT`` the hash is of the bytes as sent, the size one above."""

    sha256: str
    size: int


class RecordMaker:
    """Makes the records of our own files."""

    def __init__(self) -> None:
        self._builder = RecordBuilder(warc_version="1.1", header_filter=None)

    def warcinfo(self, name: str, note: str) -> Record:
        """The first record of a file: who wrote it and how."""
        words = {
            "software": SOFTWARE,
            "format": "WARC File Format 1.1",
            "description": note,
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        }
        return self._builder.create_warcinfo_record(name, words)

    def response(self, exchange: Exchange, *, origin: str | None = None) -> Record:
        """An answer whole."""
        return self._builder.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=_answer_headers(exchange),
            warc_headers_dict=_dated(exchange.fetched_at, origin),
        )

    def revisit(self, exchange: Exchange, root: Revisited, *, unmodified: bool, origin: str | None = None) -> Record:
        """An answer whose body is held already: only its headers are written."""
        record = self._builder.create_revisit_record(
            exchange.url,
            root.payload_digest,
            root.url,
            warc_date(root.fetched_at),
            http_headers=_answer_headers(exchange),
            warc_headers_dict={**_dated(exchange.fetched_at, origin), "WARC-Refers-To": root.record_id},
        )
        if unmodified:
            record.rec_headers.replace_header("WARC-Profile", NOT_MODIFIED)
        return record

    def request(self, exchange: Exchange, answer: Record) -> Record:
        """What was asked, tied to its answer."""
        path = exchange.url.split("://", 1)[-1].partition("/")
        target = "/" + path[2].split("#", 1)[0]
        headers = StatusAndHeaders(
            f"{exchange.method} {target} {exchange.http_version}",
            _clean(exchange.request_headers),
            is_http_request=True,
        )
        return self._builder.create_warc_record(
            exchange.url,
            "request",
            http_headers=headers,
            warc_headers_dict={
                "WARC-Date": warc_date(exchange.fetched_at),
                "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID"),
            },
        )

    def resource(self, url: str, data: bytes, media_type: str, found_at: datetime, origin: str | None) -> Record:
        """A file that came from no web server."""
        return self._builder.create_warc_record(
            url,
            "resource",
            payload=BytesIO(data),
            length=len(data),
            warc_content_type=media_type,
            warc_headers_dict=_dated(found_at, origin),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisited:
    """The record that a revisit refers to."""

    number: int
    url: str
    record_id: str
    payload_digest: str
    fetched_at: datetime


def _answer_headers(exchange: Exchange) -> StatusAndHeaders:
    line = f"{exchange.status} {_line(exchange.reason)}".rstrip()
    pairs = [
        (f"X-Crawler-{name}" if name.lower() == CHUNKED else name, value) for name, value in _clean(exchange.headers)
    ]
    return StatusAndHeaders(line, pairs, protocol=exchange.http_version)


def _clean(pairs: Headers) -> list[tuple[str, str]]:
    return [(_line(name), _line(value)) for name, value in pairs]


def _line(text: str) -> str:
    """A header is one line, whatever a server sent."""
    return " ".join(text.split("\r\n")).replace("\n", " ").replace("\r", " ")


def _dated(moment: datetime, origin: str | None) -> dict[str, str]:
    headers = {"WARC-Date": warc_date(moment)}
    if origin:
        headers["WARC-Crossforce-Origin"] = _line(origin)  # the standard allows named fields of one's own
    return headers


def warc_date(moment: datetime) -> str:
    """A moment as WARC 1.1 writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_date(text: str | None) -> datetime:
    """A WARC date, with or without a fraction of up to nine digits; raises ``ValueError``."""
    if not text:
        raise ValueError("the record has no WARC-Date")
    stem, _, fraction = text.strip().removesuffix("Z").partition(".")
    moment = datetime.strptime(stem, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    return moment.replace(microsecond=int(fraction[:6].ljust(6, "0"))) if fraction else moment


class WarcFile:
    """One file being written: records are appended whole and on the disk when ``append`` returns."""

    def __init__(self, path: Path, maker: RecordMaker, note: str) -> None:
        """Begin a new file with its ``warcinfo`` record; the name must be free."""
        self.path = path
        self._out = path.open("xb", buffering=0)
        self.size = 0
        self.append([maker.warcinfo(path.name, note)])
        sync_folder(path.parent)

    def append(self, records: Sequence[Record]) -> list[Member]:
        """Write records one after the other, then wait until the disk has them; a full disk leaves no half record."""
        packed = [pack(record) for record in records]
        written = []
        end = self.size
        try:
            for piece in packed:
                _write_all(self._out, piece)
                written.append(Member(end, len(piece)))
                end += len(piece)
            os.fsync(self._out.fileno())
        except BaseException:
            self._out.truncate(self.size)
            self._out.seek(self.size)
            raise
        self.size = end
        return written

    def close(self) -> None:
        """Release the file."""
        self._out.close()


def _write_all(out: FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[out.write(view) :]


def pack(record: Record) -> bytes:
    """A record as one gzip member."""
    packed = BytesIO()
    WARCWriter(packed, gzip=True, warc_version="1.1").write_record(record)
    return packed.getvalue()


def sync_folder(folder: Path) -> None:
    """Make a new, renamed or removed name durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def stretches(path: Path, start: int = 0) -> Iterator[Stretch]:
    """A file from ``start`` to its end without gaps: its complete members, and whatever lies between or behind them.

    Behind a damaged record the next complete one is found, so that one flipped bit costs one record.
    """
    end = path.stat().st_size
    with path.open("rb") as file:
        while start < end:
            length = member_length(file, start)
            if length:
                yield Stretch(start, length, whole=True)
            else:
                length = _next_member(file, start + 1, end) - start
                yield Stretch(start, length, whole=False)
            start += length


def _next_member(file: IO[bytes], start: int, end: int) -> int:
    """Where the next complete gzip member begins; ``end`` where there is none."""
    while start < end:
        file.seek(start)
        chunk = file.read(CHUNK)
        at = chunk.find(GZIP_MAGIC)
        if at < 0:
            start += max(len(chunk) - len(GZIP_MAGIC) + 1, 1)
        elif member_length(file, start + at):
            return start + at
        else:
            start += at + 1
    return end


def member_length(file: IO[bytes], offset: int, take: Callable[[bytes], object] | None = None) -> int:
    """The length of the complete gzip member at ``offset``, its checksum proven; 0 where there is none.

    ``take`` gets what it unpacks to, piece by piece.
    """
    file.seek(offset)
    inflate = zlib.decompressobj(wbits=31)  # 16 + 15: gzip with its largest window
    read = 0
    while chunk := file.read(CHUNK):
        read += len(chunk)
        try:
            piece = inflate.decompress(chunk, CHUNK)
            while True:
                if take:
                    take(piece)
                if inflate.eof:
                    return read - len(inflate.unused_data)
                if not inflate.unconsumed_tail:
                    break
                piece = inflate.decompress(inflate.unconsumed_tail, CHUNK)
        except zlib.error:
            return 0
    return 0


@contextmanager
def record_at(path: Path, offset: int, *, parse: bool = True, check: bool = False) -> Iterator[Record]:
    """The record at an offset, to be read inside the ``with``; raises ``RecordUnreadableError``."""
    with path.open("rb") as file:
        file.seek(offset)
        yield first_record(file, f"{path.name} at {offset}", parse=parse, check=check)


def first_record(file: IO[bytes], where: str, *, parse: bool = True, check: bool = False) -> Record:
    """The record that begins at a file's position; raises ``RecordUnreadableError``."""
    try:
        return next(iter(ArchiveIterator(file, no_record_parse=not parse, check_digests=check)))
    except (ArchiveLoadFailed, StopIteration, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise RecordUnreadableError(
            f"No WARC record can be read from {where}; `crossforce verify` says more."
        ) from error


def digest(record: Record) -> Digested:
    """Hash the decoded body of a record that was not read yet; the record is spent by it."""
    decoded, raw, size = sha256(), sha256(), 0
    stream = _Tee(record.raw_stream, raw.update)
    record.raw_stream = stream
    for piece in pieces(record):
        decoded.update(piece)
        size += len(piece)
        if size > BODY_LIMIT:
            while stream.read(CHUNK):
                pass
            return Digested(raw.hexdigest(), BODY_LIMIT + 1)
    return Digested(decoded.hexdigest(), size)


def decoded(exchange: Exchange) -> bytes:
    """The body of an exchange that is in no file yet; empty where it unpacks to more than ``BODY_LIMIT``."""
    found, size = [], 0
    for piece in pieces(RecordMaker().response(exchange)):
        found.append(piece)
        size += len(piece)
        if size > BODY_LIMIT:
            return b""
    return b"".join(found)


def pieces(record: Record) -> Iterator[bytes]:
    """The decoded body, piece by piece."""
    stream = record.content_stream()
    while piece := stream.read(CHUNK):
        yield piece


class _Tee:
    """A stream that shows what it hands out."""

    def __init__(self, stream: Any, show: Callable[[bytes], object]) -> None:
        self._stream, self._show = stream, show

    def read(self, length: int | None = None) -> bytes:
        data: bytes = self._stream.read(length) if length is not None else self._stream.read()
        self._show(data)
        return data

    def readline(self, length: int | None = None) -> bytes:
        data: bytes = self._stream.readline(length)
        self._show(data)
        return data


def http_headers(record: Record) -> Headers:
    """The HTTP header pairs of a record, empty where it has none."""
    return tuple(record.http_headers.headers) if record.http_headers else ()
