"""Binary Excel workbooks (XLSB). Records are laid out in [MS-XLSB] 2.1.4: number, length, data."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS

from indexer.disclosure import FailureKind
from indexer.extraction.colours import BLACK, Colour, hexadecimal, tinted
from indexer.extraction.document import Document, Limits, UnreadableError
from indexer.extraction.numberformat import shown, shows
from indexer.extraction.ooxml import Relations, inspect_parts, relations, theme_colours
from indexer.extraction.package import Package
from indexer.extraction.workbook import LOWEST, NARROWEST, Sheet, Workbook
from indexer.extraction.xlsxstyles import Look

# Record numbers ([MS-XLSB] 2.3).
ROW, BLANK, RK, ERROR, BOOL, REAL, TEXT, SHARED = 0, 1, 2, 3, 4, 5, 6, 7
FORMULA_TEXT, FORMULA_NUMBER, FORMULA_BOOL, FORMULA_ERROR = 8, 9, 10, 11
SHARED_ITEM, FONT, FORMAT, FILL, XF, COLUMN = 19, 43, 44, 45, 47, 60
BOOK_PROPERTIES, BUNDLE, RICH, MERGE, FILTER_COLUMN, CELL_XFS, CELL_XFS_END = 153, 156, 62, 176, 163, 617, 618
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
# Parts of XLSB beside those of every Office package.
ALLOWED = re.compile(
    r"xl/(?:workbook|sharedStrings|styles|calcChain|metadata)\.bin|xl/worksheets/(?:sheet|binaryIndex)\d+\.bin"
    r"|xl/tables/table\d+\.bin|xl/(?:comments\d+|persons/person\d*)\.(?:bin|xml)",
    re.IGNORECASE,
)


def workbook(document: Document, limits: Limits) -> Workbook:
    """Reads a workbook. Raises UnreadableError, or struct.error and the like on a broken file."""
    found = Workbook(limits)
    with Package(document.data, limits) as package:
        arrows = relations(package)
        main = arrows.main_part()
        if main is None or main not in package:
            raise UnreadableError(FailureKind.CORRUPT, "the package has no workbook")
        found.holds.extend(inspect_parts(package, arrows, also=ALLOWED))
        theme = theme_colours(package, next(iter(arrows.targets(main, "theme")), None))
        looks = _looks(package, next(iter(arrows.targets(main, "styles")), None), theme)
        strings = _strings(package, next(iter(arrows.targets(main, "sharedStrings")), None))
        used: set[int] = set()
        _sheets(package, arrows, main, found, _Book(looks, strings, used))
        unused = sum(bool(text.strip()) for i, text in enumerate(strings) if i not in used)
        if unused:
            found.hold("hidden_text", f"{unused} texts that no cell shows")
        if any(re.match(r"xl/comments", part, re.IGNORECASE) for part in package):
            found.hold("hidden_comment", "comments")
    return found


@dataclass(slots=True)
class _Book:
    looks: list[Look]
    strings: list[str]
    used: set[int]
    since_1904: bool = False


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        number = data[at]
        at += 1
        if number & 0x80:
            number = (number & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = 0
        for i in range(4):
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << 7 * i
            if not byte & 0x80:
                break
        yield number, data[at : at + length]
        at += length


def _string(data: bytes, at: int) -> tuple[str, int]:
    """A counted UTF-16 string at an offset, and the offset behind it."""
    (length,) = struct.unpack_from("<L", data, at)
    if length == 0xFFFFFFFF:  # no string
        return "", at + 4
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le", errors="replace"), end


def _sheets(package: Package, arrows: Relations, main: str, found: Workbook, book: _Book) -> None:
    for number, data in _records(package.read(main)):
        if number == BOOK_PROPERTIES:
            book.since_1904 = bool(data[0] & 1)
        if number != BUNDLE:
            continue
        state, _ = struct.unpack_from("<LL", data, 0)
        relation, at = _string(data, 8)
        name, _ = _string(data, at)
        target = arrows.of.get(main, {}).get(relation)
        if state:
            found.hold("hidden_sheet", name)
        if target is None or target.target not in package or target.kind != "worksheet":
            found.hold("hidden_unknown_part", "a sheet that is no worksheet")
        elif state:
            _cells(package.read(target.target), None, name, found, book)
        else:
            _cells(package.read(target.target), found.sheet(name), name, found, book)


def _cells(data: bytes, sheet: Sheet | None, name: str, found: Workbook, book: _Book) -> None:
    row, hidden = 0, False
    hidden_columns: list[tuple[int, int]] = []
    merged: list[tuple[int, int, int, int]] = []
    cells: list[tuple[int, int, bool, float | str, Look]] = []
    for number, record in _records(data):
        if number == COLUMN:
            first, last, width = struct.unpack_from("<LLL", record, 0)
            if record[16] & 1 or width < NARROWEST * 256:  # widths are in 256ths of a character
                hidden_columns.append((first, last))
        elif number == ROW:
            row, _, height = struct.unpack_from("<LLH", record, 0)
            hidden = bool(record[11] & 0x10) or (bool(record[11] & 0x20) and height < LOWEST * 20)
        elif number == MERGE:
            merged.append(struct.unpack_from("<LLLL", record, 0))
        elif number == FILTER_COLUMN:
            found.hold("hidden_filter", name)
        elif BLANK < number <= FORMULA_ERROR or number == RICH:
            column, style = struct.unpack_from("<LL", record, 0)
            look = book.looks[style & 0xFFFFFF] if (style & 0xFFFFFF) < len(book.looks) else Look()
            value = _value(number, record, book)
            if value != "":
                cells.append((row, column, hidden, value, look))
    if sheet is None:
        return
    for row, column, hidden, value, look in cells:
        covered = any(
            top <= row <= bottom and left <= column <= right and (row, column) != (top, left)
            for top, bottom, left, right in merged
        )
        if hidden:
            found.count("hidden_row", name)
        elif any(first <= column <= last for first, last in hidden_columns):
            found.count("hidden_column", name)
        elif covered or look.hides() or not shows(look.code, value):
            found.count("hidden_text", name)
        else:
            text = value if isinstance(value, str) else shown(value, look.code, since_1904=book.since_1904)
            found.put(sheet, row + 1, column + 1, text)


def _value(number: int, record: bytes, book: _Book) -> float | str:
    if number == RK:
        (raw,) = struct.unpack_from("<L", record, 8)
        if raw & 2:
            value = float(struct.unpack("<l", struct.pack("<L", raw))[0] >> 2)
        else:
            value = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<L", raw & 0xFFFFFFFC))[0]
        return value / 100 if raw & 1 else value
    if number in (REAL, FORMULA_NUMBER):
        return float(struct.unpack_from("<d", record, 8)[0])
    if number in (BOOL, FORMULA_BOOL):
        return "TRUE" if record[8] else "FALSE"
    if number in (ERROR, FORMULA_ERROR):
        return ERRORS.get(record[8], "#ERROR!")
    if number in (TEXT, FORMULA_TEXT):
        return _string(record, 8)[0]
    if number == RICH:
        return _string(record, 9)[0]
    (index,) = struct.unpack_from("<L", record, 8)
    book.used.add(index)
    return book.strings[index] if index < len(book.strings) else ""


def _strings(package: Package, part: str | None) -> list[str]:
    if part is None or part not in package:
        return []
    return [_string(record, 1)[0] for number, record in _records(package.read(part)) if number == SHARED_ITEM]


def _looks(package: Package, part: str | None, theme: list[str]) -> list[Look]:
    if part is None or part not in package:
        return []
    codes = dict(BUILTIN_FORMATS)
    fonts: list[tuple[Colour | None, float]] = []
    fills: list[tuple[int, Colour | None]] = []
    looks: list[Look] = []
    cells = False
    for number, record in _records(package.read(part)):
        if number == FORMAT:
            codes[struct.unpack_from("<H", record, 0)[0]] = _string(record, 2)[0]
        elif number == FONT:
            fonts.append((_colour(record, 12, theme), struct.unpack_from("<H", record, 0)[0] / 20))
        elif number == FILL:
            fills.append((struct.unpack_from("<L", record, 0)[0], _colour(record, 4, theme)))
        elif number in (CELL_XFS, CELL_XFS_END):
            cells = number == CELL_XFS
        elif number == XF and cells:
            _, code, font, fill = struct.unpack_from("<HHHH", record, 0)
            ink, size = fonts[font] if font < len(fonts) else (None, 11.0)
            pattern, paper = fills[fill] if fill < len(fills) else (0, None)
            solid = (paper or BLACK) if pattern == 1 else None
            patterned = pattern not in (0, 1, 17, 18)  # 17 and 18 are the lightest hatchings
            looks.append(Look(codes.get(code, "General"), ink, solid, patterned, size))
    return looks


def _colour(record: bytes, at: int, theme: list[str]) -> Colour | None:
    """A colour structure ([MS-XLSB] 2.5.20); None for the automatic one."""
    kind, index = record[at] >> 1, record[at + 1]
    (tint,) = struct.unpack_from("<h", record, at + 2)
    found: Colour | None = None
    if kind == 1 and index < len(COLOR_INDEX) and index not in (64, 65):
        found = hexadecimal(COLOR_INDEX[index])
    elif kind == 2:
        found = (record[at + 4], record[at + 5], record[at + 6])
    elif kind == 3 and index < len(theme):
        found = hexadecimal(theme[index])
    return None if found is None else tinted(found, tint / 32767)
