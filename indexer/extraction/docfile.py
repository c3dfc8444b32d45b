"""The structure of legacy Word files (DOC): pieces of text, and the properties of characters and paragraphs.

Offsets and names are those of [MS-DOC], Word (.doc) Binary File Format.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from indexer.disclosure import FailureKind
from indexer.extraction.document import UnreadableError

WORD_97 = 0xC1  # nFib: files of Word 95 and before are laid out otherwise
ENCRYPTED, TABLE_1 = 0x0100, 0x0200  # bits of FibBase
COUNTS = 0x4C  # FibRgLw97: lengths of main text, footnotes, headers, -, comments, endnotes, boxes, header boxes
PAIRS = 0x9A  # FibRgFcLcb97: pairs of offset and length in the table stream
STYLES, HEADERS, CHARACTERS, PARAGRAPHS, PIECES, LISTS, LIST_USES = 1, 11, 12, 13, 33, 73, 74
PAGE = 512  # bytes of a page of formatted properties
TAB_CHANGES, TABLE_DEFINITION = 0xC615, 0xD608  # properties whose length is counted in their own ways
OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes, by the kind in a property's number

Properties = dict[int, bytes]


@dataclass(slots=True)
class Piece:
    """A stretch of text: its characters and where each stands in the main stream."""

    text: str
    offset: int  # in bytes
    width: int  # bytes for one character


@dataclass(slots=True)
class Runs:
    """Properties by position in the main stream: ``starts`` in ascending order, each valid up to the next."""

    starts: list[int] = field(default_factory=list)
    properties: list[tuple[int, Properties]] = field(default_factory=list)  # style and direct properties

    def at(self, offset: int) -> tuple[int, Properties]:
        """The style number and the properties at a byte."""
        i = bisect_right(self.starts, offset) - 1
        return self.properties[i] if i >= 0 else (0, {})


@dataclass(slots=True)
class Style:
    """One style: its parent and what it sets."""

    parent: int
    paragraph: Properties
    character: Properties


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered: ``text`` has the numbers of levels as characters 0 to 8."""

    start: int
    kind: int
    text: str


class DocFile:
    """A legacy Word file, opened. Raises UnreadableError for a password or another version of the format."""

    def __init__(self, data: bytes) -> None:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            self.streams = ["/".join(path) for path in compound.listdir()]
            self.main = bytes(compound.openstream("WordDocument").read())
            magic, version = struct.unpack_from("<HH", self.main, 0)
            (flags,) = struct.unpack_from("<H", self.main, 0x0A)
            if flags & ENCRYPTED:
                raise UnreadableError(FailureKind.PASSWORD, "the document is encrypted")
            if magic != 0xA5EC or version < WORD_97:
                raise UnreadableError(FailureKind.UNSUPPORTED_TYPE, "a document of Word 95 or before")
            self.table = bytes(compound.openstream("1Table" if flags & TABLE_1 else "0Table").read())
        self.lengths = struct.unpack_from("<8l", self.main, COUNTS)
        self.pieces = list(self._pieces())
        self.characters = self._runs(CHARACTERS, paragraphs=False)
        self.paragraphs = self._runs(PARAGRAPHS, paragraphs=True)
        self.styles = self._styles()

    def part(self, number: int) -> bytes:
        """One structure of the table stream."""
        offset, length = struct.unpack_from("<LL", self.main, PAIRS + 8 * number)
        return self.table[offset : offset + length]

    def text(self) -> Iterator[tuple[str, int]]:
        """Every character in order, with its byte in the main stream."""
        for piece in self.pieces:
            for i, char in enumerate(piece.text):
                yield char, piece.offset + i * piece.width

    def _pieces(self) -> Iterator[Piece]:
        data = self.part(PIECES)
        at = 0
        while at < len(data) and data[at] == 1:  # properties that pieces refer to
            at += 3 + struct.unpack_from("<H", data, at + 1)[0]
        if at + 5 > len(data) or data[at] != 2:
            raise UnreadableError(FailureKind.CORRUPT, "the document has no table of its pieces")
        (length,) = struct.unpack_from("<L", data, at + 1)
        plc = data[at + 5 : at + 5 + length]
        count = (length - 4) // 12
        ends = struct.unpack_from(f"<{count + 1}L", plc, 0)
        for i in range(count):
            (place,) = struct.unpack_from("<L", plc, 4 * (count + 1) + 8 * i + 2)
            size = ends[i + 1] - ends[i]
            if place & 0x40000000:
                offset = (place & 0x3FFFFFFF) // 2
                yield Piece(self.main[offset : offset + size].decode("cp1252", errors="replace"), offset, 1)
            else:
                text = self.main[place : place + 2 * size].decode("utf-16-le", errors="surrogatepass")
                yield Piece(text, place, 2)

    def _runs(self, number: int, *, paragraphs: bool) -> Runs:
        """The properties of all characters or paragraphs, from their pages in the main stream."""
        plc = self.part(number)
        count = (len(plc) - 4) // 8
        found = Runs()
        for i in range(max(0, count)):
            (page,) = struct.unpack_from("<L", plc, 4 * (count + 1) + 4 * i)
            start = (page & 0x3FFFFF) * PAGE
            data = self.main[start : start + PAGE]
            if len(data) < PAGE:
                continue
            runs = data[PAGE - 1]
            places = struct.unpack_from(f"<{runs + 1}L", data, 0)
            for j in range(runs):
                found.starts.append(places[j])
                found.properties.append(_paragraph(data, runs, j) if paragraphs else _character(data, runs, j))
        order = sorted(range(len(found.starts)), key=found.starts.__getitem__)
        return Runs([found.starts[i] for i in order], [found.properties[i] for i in order])

    def _styles(self) -> dict[int, Style]:
        data = self.part(STYLES)
        if len(data) < 6:
            return {}
        header, count, base = struct.unpack_from("<HHH", data, 0)
        at = 2 + header
        found: dict[int, Style] = {}
        for number in range(count):
            if at + 2 > len(data):
                break
            (length,) = struct.unpack_from("<H", data, at)
            body = data[at + 2 : at + 2 + length]
            at += 2 + length + length % 2
            if length >= base:
                found[number] = _style(body, base)
        return found

    def levels(self) -> tuple[dict[int, list[Level]], dict[int, int], dict[tuple[int, int], int]]:
        """Lists by id; the list of each use (counted from 1); and starts that a use sets for itself."""
        lists: dict[int, list[Level]] = {}
        offset, length = struct.unpack_from("<LL", self.main, PAIRS + 8 * LISTS)
        if length >= 2:
            (count,) = struct.unpack_from("<H", self.table, offset)
            at = offset + 2 + 28 * count
            for i in range(count):
                entry = offset + 2 + 28 * i
                (name,) = struct.unpack_from("<l", self.table, entry)
                lists[name] = []
                for _ in range(1 if self.table[entry + 26] & 1 else 9):
                    level, at = _level(self.table, at)
                    lists[name].append(level)
        uses: dict[int, int] = {}
        starts: dict[tuple[int, int], int] = {}
        data = self.part(LIST_USES)
        if len(data) >= 4:
            (count,) = struct.unpack_from("<L", data, 0)
            at = 4 + 16 * count
            for i in range(count):
                uses[i + 1] = struct.unpack_from("<l", data, 4 + 16 * i)[0]
                at += 4
                for _ in range(data[4 + 16 * i + 12]):
                    start, flags = struct.unpack_from("<lL", data, at)
                    at += 8
                    if flags & 0x20:
                        _, at = _level(data, at)
                    elif flags & 0x10:
                        starts[i + 1, flags & 0xF] = start
        return lists, uses, starts


def _level(data: bytes, at: int) -> tuple[Level, int]:
    start, kind = struct.unpack_from("<lB", data, at)
    characters, paragraph = data[at + 24], data[at + 25]
    at += 28 + characters + paragraph
    (length,) = struct.unpack_from("<H", data, at)
    text = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", errors="replace")
    return Level(start, kind, text), at + 2 + 2 * length


def _character(page: bytes, runs: int, number: int) -> tuple[int, Properties]:
    offset = 2 * page[4 * (runs + 1) + number]
    return (0, properties(page[offset + 1 : offset + 1 + page[offset]])) if offset else (0, {})


def _paragraph(page: bytes, runs: int, number: int) -> tuple[int, Properties]:
    offset = 2 * page[4 * (runs + 1) + 13 * number]
    if not offset:
        return 0, {}
    words = page[offset]
    start = offset + 1 if words else offset + 2
    length = 2 * words - 1 if words else 2 * page[offset + 1]
    body = page[start : start + length]
    if len(body) < 2:
        return 0, {}
    return struct.unpack_from("<H", body, 0)[0], properties(body[2:])


def _style(body: bytes, base: int) -> Style:
    kind_and_parent, sets = struct.unpack_from("<HH", body, 2)
    kind, parent = kind_and_parent & 0xF, kind_and_parent >> 4
    (name,) = struct.unpack_from("<H", body, base)
    at = base + 2 + 2 * (name + 1)
    groups: list[bytes] = []
    for _ in range(sets & 0xF):
        if at + 2 > len(body):
            break
        (length,) = struct.unpack_from("<H", body, at)
        groups.append(body[at + 2 : at + 2 + length])
        at += 2 + length + length % 2
    paragraph = properties(groups[0][2:]) if kind == 1 and groups else {}
    character = properties(groups[-1]) if groups and (kind == 2 or (kind == 1 and len(groups) > 1)) else {}
    return Style(parent, paragraph, character)


def properties(group: bytes) -> Properties:
    """A group of properties by number."""
    found: Properties = {}
    at = 0
    while at + 2 <= len(group):
        (number,) = struct.unpack_from("<H", group, at)
        at += 2
        kind = number >> 13
        if number == TABLE_DEFINITION and at + 2 <= len(group):
            size = struct.unpack_from("<H", group, at)[0] + 1
        elif kind == 6 and at < len(group):
            size = group[at] + 1
            if number == TAB_CHANGES and group[at] == 255:
                break  # a form that only the largest tab lists need; no text depends on what follows it
        else:
            size = OPERANDS.get(kind, 1)
        found[number] = group[at : at + size]
        at += size
    return found
