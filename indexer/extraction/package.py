"""Office packages (zip files of XML parts), opened so that no bomb, path or entity in them can do harm."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from lxml import etree

from indexer.disclosure import FailureKind, Hold
from indexer.extraction.document import Limits, UnreadableError

MOST_PARTS = 20_000  # a workbook with hundreds of sheets and pictures has some thousands
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
END, END_BYTES = b"PK\x05\x06", 22  # the record that ends a package
GAP = 64  # bytes: signature and sizes after a part's data take at most 24, alignment some more
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# ISO 29500 "strict" files use other names for the same vocabulary.
STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/chart", b"http://schemas.openxmlformats.org/drawingml/2006/chart"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    ),
)


class Package:
    """A package's parts by name. Use it as a context manager.

    Raises UnreadableError on opening or reading: ``too_large`` for a bomb, ``truncated`` or ``corrupt`` for a broken
    file, ``password`` for encrypted parts.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        self.limits = limits
        self.unpacked = 0
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile as error:
            raise UnreadableError(FailureKind.TRUNCATED, "the package has no list of its parts") from error
        infos = self.zip.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > limits.unpacked_bytes:
            raise UnreadableError(FailureKind.TOO_LARGE, "the package unpacks to more than the limit")
        if any(info.flag_bits & 0x1 for info in infos):
            raise UnreadableError(FailureKind.PASSWORD, "parts of the package are encrypted")
        self.parts = {info.filename: info for info in infos if not info.is_dir()}
        if len(self.parts) != sum(not info.is_dir() for info in infos):
            raise UnreadableError(FailureKind.CORRUPT, "two parts of the package have one name")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def __iter__(self) -> Iterator[str]:
        return iter(self.parts)

    def read(self, name: str) -> bytes:
        """A part's bytes. What it unpacks to is counted, whatever its header says."""
        try:
            with self.zip.open(self.parts[name]) as part:
                data = part.read(self.limits.unpacked_bytes - self.unpacked + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError) as error:
            raise UnreadableError(FailureKind.CORRUPT, "a part of the package cannot be unpacked") from error
        except NotImplementedError as error:
            raise UnreadableError(FailureKind.CORRUPT, "a part is packed in an unknown way") from error
        self.unpacked += len(data)
        if self.unpacked > self.limits.unpacked_bytes:
            raise UnreadableError(FailureKind.TOO_LARGE, "the package unpacks to more than the limit")
        return data

    def xml(self, name: str) -> etree._Element:
        """A part's root element. Document types and entities are refused: no office program writes them."""
        return parse_xml(self.read(name))

    def markup(self, name: str) -> bytes:
        """An XML part's bytes, checked as ``xml`` checks them, for a parser that reads as it goes."""
        return _checked(self.read(name))

    def strays(self) -> tuple[Hold, ...]:
        """A hold where the file has bytes that belong to no part: a remnant, or something packed on top."""
        end = 0
        for info in sorted(self.zip.infolist(), key=lambda info: info.header_offset):
            if info.header_offset - end > (GAP if end else 0):
                return (Hold(kind="hidden_unknown_part", where="bytes between the parts of the package"),)
            header = self.data[info.header_offset : info.header_offset + LOCAL_HEADER.size]
            if len(header) < LOCAL_HEADER.size:
                break
            fields = LOCAL_HEADER.unpack(header)
            end = info.header_offset + LOCAL_HEADER.size + fields[-2] + fields[-1] + info.compress_size
        listed = self.data.rfind(END) + END_BYTES
        if self.zip.comment or self.zip.start_dir - end > GAP or listed < len(self.data):
            return (Hold(kind="hidden_unknown_part", where="bytes after the parts of the package"),)
        return ()


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML part. Raises UnreadableError (``corrupt``) for broken XML, a document type or an entity."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(_checked(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(FailureKind.CORRUPT, "an XML part is not well formed") from error


def _checked(data: bytes) -> bytes:
    if DOCTYPE.search(data[:4096]):  # a document type can only stand before the root
        raise UnreadableError(FailureKind.CORRUPT, "an XML part declares a document type or an entity")
    if b"purl.oclc.org" in data[:8192]:  # bytes: name spaces are declared on the root
        for strict, usual in STRICT:
            data = data.replace(strict, usual)
    return data
