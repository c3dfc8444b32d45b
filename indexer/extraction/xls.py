"""Legacy Excel workbooks (XLS, BIFF), read by xlrd with their formats, so that hidden rows and columns are known."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import olefile
import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as Raw

from indexer.disclosure import FailureKind
from indexer.extraction.colours import Colour
from indexer.extraction.document import Document, Limits, UnreadableError
from indexer.extraction.numberformat import shown, shows
from indexer.extraction.workbook import LOWEST, NARROWEST, Sheet, Workbook
from indexer.extraction.xlsxstyles import Look

# Streams of a compound file that carry the cells or properties of the document.
ALLOWED = frozenset(
    {"workbook", "book", "\x05summaryinformation", "\x05documentsummaryinformation", "\x01compobj", "\x01ole"}
)
STREAMS = (("_sx_db", "hidden_pivot_cache"), ("_vba", "hidden_macro"), ("mbd", "hidden_embedded_file"),
           ("lnk", "hidden_external_link"), ("revision log", "hidden_tracked_change"))  # fmt: skip
# Records of BIFF8 ([MS-XLS] 2.3): what they stand for here.
BOUNDSHEET, FILTER_MODE, NOTE, SUPBOOK, LABEL_SST, PIVOT_VIEW, OBJECT = 0x85, 0x9B, 0x1C, 0x1AE, 0xFD, 0xB0, 0x5D
OWN_BOOK = 0x0401  # in a SUPBOOK record: the references are to this workbook
ADD_IN = 0x3A01  # … or to functions
CONTROLS = frozenset({0x07, 0x0B, 0x0C, 0x0D, 0x0E, 0x10, 0x11, 0x12, 0x13})  # buttons, boxes, lists
AUTOMATIC = 0x7FFF  # colour index of automatic letters
WORKSHEET, CHART = 0, 2  # kinds of sheet in a BOUNDSHEET record


def workbook(document: Document, limits: Limits) -> Workbook:
    """Reads a workbook. Raises UnreadableError, or what xlrd raises on a broken file."""
    found = Workbook(limits)
    stream = _streams(document.data, found)
    try:
        book = xlrd.open_workbook(
            file_contents=document.data,
            formatting_info=True,
            on_demand=True,  # else xlrd forgets the texts that no cell uses before they can be counted
            logfile=io.StringIO(),
        )
    except XLRDError as error:
        locked = "password" in str(error).lower() or "encrypted" in str(error).lower()
        kind = FailureKind.PASSWORD if locked else FailureKind.CORRUPT
        raise UnreadableError(kind, "xlrd cannot open the workbook") from error
    _records(stream, book, found)
    for raw in book.sheets():
        if raw.visibility:
            found.hold("hidden_sheet", raw.name)
        else:
            _sheet(book, raw, found.sheet(raw.name), found)
    return found


def _streams(data: bytes, found: Workbook) -> bytes:
    """The stream of records; a hold for every stream that is not on the list."""
    with olefile.OleFileIO(io.BytesIO(data)) as compound:
        for path in compound.listdir():
            name = path[0].lower()
            if len(path) == 1 and name in ALLOWED:
                continue
            kind = next((kind for start, kind in STREAMS if name.startswith(start)), "hidden_unknown_part")
            found.hold(kind, "a stream of the compound file")
        return bytes(compound.openstream("Workbook" if compound.exists("Workbook") else "Book").read())


def _iterate(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        yield number, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _records(stream: bytes, book: Book, found: Workbook) -> None:
    """What xlrd does not tell: sheets of other kinds, filters, pivot tables, links to other files, unused texts."""
    used: set[int] = set()
    notes = 0
    for number, data in _iterate(stream):
        if number == LABEL_SST and len(data) >= 10:
            used.add(struct.unpack_from("<L", data, 6)[0])
        elif number == NOTE:
            notes += 1
        elif number == FILTER_MODE:
            found.hold("hidden_filter", "a sheet with a filter that is on")
        elif number == PIVOT_VIEW:
            found.hold("hidden_pivot_cache", "a pivot table")
        elif number == SUPBOOK and len(data) >= 4 and struct.unpack_from("<H", data, 2)[0] not in (OWN_BOOK, ADD_IN):
            found.hold("hidden_external_link", "a link to another workbook")
        elif number == BOUNDSHEET and len(data) >= 6:
            if data[5] not in (WORKSHEET, CHART):
                found.hold("hidden_macro", "a sheet of macros")
            elif data[5] == CHART and data[4] & 3:
                found.hold("hidden_sheet", "a chart")
        elif number == OBJECT and len(data) >= 6 and struct.unpack_from("<H", data, 4)[0] in CONTROLS:
            found.hold("hidden_unknown_part", "a form control")
    if notes:
        found.hold("hidden_comment", f"{notes} comments")
    texts: list[str] = vars(book)["_sharedstrings"]  # xlrd keeps it to itself
    unused = sum(bool(text.strip()) for i, text in enumerate(texts) if i not in used)
    if unused:
        found.hold("hidden_text", f"{unused} texts that no cell shows")


def _sheet(book: Book, raw: Raw, sheet: Sheet, found: Workbook) -> None:
    covered = {
        (row, column)
        for top, bottom, left, right in raw.merged_cells
        for row in range(top, min(bottom, raw.nrows))
        for column in range(left, min(right, raw.ncols))
        if (row, column) != (top, left)
    }
    hidden_columns = {
        column for column, info in raw.colinfo_map.items() if info.hidden or info.width < NARROWEST * 256
    }  # widths are in 256ths of a character
    for row in range(raw.nrows):
        info = raw.rowinfo_map.get(row)
        low = (
            info is not None and info.height is not None and info.height < LOWEST * 20
        )  # heights are in 20ths of a point
        hidden = bool(raw.default_row_hidden) if info is None else bool(info.hidden) or low
        for column in range(raw.row_len(row)):
            cell = raw.cell(row, column)
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or cell.value == "":
                continue
            look = _look(book, cell.xf_index)
            text = _text(book, cell, look.code)
            if hidden:
                found.count("hidden_row", raw.name)
            elif column in hidden_columns:
                found.count("hidden_column", raw.name)
            elif (row, column) in covered or look.hides() or not shows(look.code, cell.value):
                found.count("hidden_text", raw.name)
            else:
                found.put(sheet, row + 1, column + 1, text)


def _look(book: Book, index: int | None) -> Look:
    if index is None or index >= len(book.xf_list):
        return Look()
    xf = book.xf_list[index]
    font = book.font_list[xf.font_index]
    ink = None if font.colour_index == AUTOMATIC else _colour(book, font.colour_index)
    background = xf.background
    pattern = background.fill_pattern if background else 0
    fill = _colour(book, background.pattern_colour_index) if background and pattern == 1 else None
    form = book.format_map.get(xf.format_key)
    return Look(form.format_str if form else "General", ink, fill, pattern > 1, font.height / 20)


def _colour(book: Book, index: int) -> Colour | None:
    found: Colour | None = book.colour_map.get(index)
    return found


def _text(book: Book, cell: Cell, code: str) -> str:
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return shown(float(cell.value), code, since_1904=bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(int(cell.value), "#ERROR!"))
    return str(cell.value)
