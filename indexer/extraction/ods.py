"""OpenDocument spreadsheets (ODS): visible tables, rows, columns and cells."""

from __future__ import annotations

import re

from lxml import etree

from indexer.disclosure import FailureKind
from indexer.extraction.document import Document, Limits, UnreadableError
from indexer.extraction.opendocument import (
    DRAW,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    XLINK,
    Styles,
    inspect_parts,
    length,
    plain_text,
    unseen,
)
from indexer.extraction.package import Package
from indexer.extraction.workbook import LOWEST, Sheet, Workbook

NARROWEST = 2.0  # points: a narrower column shows not even one letter
REPEATED = 10_000  # a cell with content that repeats oftener is no table that a person made
# Elements that hold data which no cell shows.
HOLDS = {
    f"{TABLE}data-pilot-tables": "hidden_pivot_cache",
    f"{TABLE}tracked-changes": "hidden_tracked_change",
    f"{TABLE}scenario": "hidden_unknown_part",
    f"{TABLE}table-source": "hidden_external_link",
    f"{TABLE}cell-range-source": "hidden_external_link",
    f"{TABLE}dde-links": "hidden_external_link",
    f"{TABLE}filter": "hidden_filter",
}


def workbook(document: Document, limits: Limits) -> Workbook:
    """Reads a workbook. Raises UnreadableError for a broken, locked or oversized package."""
    found = Workbook(limits)
    with Package(document.data, limits) as package:
        if "content.xml" not in package:
            raise UnreadableError(FailureKind.CORRUPT, "the package has no content")
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise UnreadableError(FailureKind.PASSWORD, "the OpenDocument file is encrypted")
        root = package.xml("content.xml")
        reader = _Reader(found, Styles())
        reader.styles.add(root)
        if "styles.xml" in package:
            reader.styles.add(package.xml("styles.xml"))
        body = root.find(f"{OFFICE}body/{OFFICE}spreadsheet")
        if body is None:
            raise UnreadableError(FailureKind.CORRUPT, "the content is no spreadsheet")
        for element in body.iter():
            if element.tag in HOLDS:
                found.hold(HOLDS[element.tag], "the workbook")
        for table in body.iterfind(f"{TABLE}table"):
            reader.table(table)
        found.hidden_words(reader.formulas)
        found.holds.extend(inspect_parts(package, also=_charts(package, found)))
    return found


def _charts(package: Package, found: Workbook) -> re.Pattern[str] | None:
    """The parts of embedded charts that draw nothing but what visible cells say; None where there are none.

    A chart in a spreadsheet keeps a copy of its cells; another object, or a chart of other cells, is held.
    """
    shown = {text.strip() for sheet in found.sheets for text in sheet.cells.values()}
    words = {word for text in shown for word in re.findall(r"[^\W\d_]+", text.lower())} | {"row", "column"}
    plain: list[str] = []
    for name in package:
        match = re.fullmatch(r"(Object \d+)/content\.xml", name)
        if match is None:
            continue
        root = package.xml(name)
        texts = [plain_text(p).strip() for p in root.iter(f"{TEXT}p")]
        figures = [text for text in texts if not re.search(r"[^\W\d_]", text)]
        said = {word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())}
        counts = {str(i) for i in range(len(texts) + 1)} | {""}  # a chart without labels counts its points
        if root.find(f"{OFFICE}body/{OFFICE}chart") is None or not said <= words or not set(figures) <= shown | counts:
            continue
        plain.append(re.escape(match.group(1)))
    if not plain:
        return None
    one = "|".join(plain)
    return re.compile(
        rf"(?:{one})/(?:content|styles|meta|settings)\.xml|ObjectReplacements/(?:{one})|(?:{one})/mimetype"
    )


class _Reader:
    def __init__(self, found: Workbook, styles: Styles) -> None:
        self.found = found
        self.styles = styles
        self.formulas: dict[str, list[str]] = {}

    def table(self, table: etree._Element) -> None:
        name = table.get(f"{TABLE}name", "")
        if self.styles.value("table", table.get(f"{TABLE}style-name"), "table", f"{TABLE}display") == "false":
            self.found.hold("hidden_sheet", name)
            return
        sheet = self.found.sheet(name)
        self.formulas[name] = []
        columns: list[tuple[int, bool, str | None]] = []  # how many, whether hidden, their cells' style
        for column in table.iter(f"{TABLE}table-column"):
            if _owner(column) is table:
                number = int(column.get(f"{TABLE}number-columns-repeated", "1"))
                columns.append((number, self.hidden(column, "column"), column.get(f"{TABLE}default-cell-style-name")))
        row_number = 0
        for row in table.iter(f"{TABLE}table-row"):
            if _owner(row) is not table:
                continue
            repeated = int(row.get(f"{TABLE}number-rows-repeated", "1"))
            if any(len(cell) or cell.get(f"{OFFICE}value") for cell in row):
                for _ in range(min(repeated, REPEATED)):
                    row_number += 1
                    self.row(row, row_number, columns, sheet)
                row_number += max(0, repeated - REPEATED)
            else:
                row_number += repeated
        for shape in table.iterfind(f"{TABLE}shapes/*"):
            lines = [plain_text(p) for p in shape.iter(f"{TEXT}p")]
            if shape.get(f"{DRAW}display", "always") == "none":
                self.found.hold("hidden_text", f"{name}: a hidden shape")
            elif any(lines):
                sheet.boxes.append("\n".join(line for line in lines if line))
        for link in table.iter(f"{DRAW}object", f"{DRAW}object-ole"):
            if "://" in link.get(f"{XLINK}href", ""):
                self.found.hold("hidden_external_link", name)

    def hidden(self, element: etree._Element, axis: str) -> bool:
        """Whether a row or column is collapsed, filtered out or has no extent."""
        if element.get(f"{TABLE}visibility", "visible") != "visible":
            return True
        style = element.get(f"{TABLE}style-name")
        attribute = f"{STYLE}column-width" if axis == "column" else f"{STYLE}row-height"
        extent = length(self.styles.value(f"table-{axis}", style, f"table-{axis}", attribute))
        return extent is not None and extent < (NARROWEST if axis == "column" else LOWEST)

    def row(self, row: etree._Element, number: int, columns: list[tuple[int, bool, str | None]], sheet: Sheet) -> None:
        hidden = self.hidden(row, "row")
        if row.get(f"{TABLE}visibility") == "filter":
            self.found.hold("hidden_filter", sheet.name)
        column = 0
        for cell in row:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            repeated = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            if cell.find(f"{OFFICE}annotation") is not None:
                self.found.count("hidden_comment", sheet.name)
            formula = cell.get(f"{TABLE}formula")
            if formula and not hidden:
                self.formulas[sheet.name].append(formula)
            text = "\n".join(plain_text(p) for p in cell.iterfind(f"{TEXT}p")).strip()
            value = cell.get(f"{OFFICE}value") or cell.get(f"{OFFICE}string-value")
            if text or value:
                for i in range(min(repeated, REPEATED)):
                    self.cell(cell, text, (number, column + 1 + i), columns, sheet, hidden_row=hidden)
            column += repeated

    def cell(
        self,
        cell: etree._Element,
        text: str,
        place: tuple[int, int],
        columns: list[tuple[int, bool, str | None]],
        sheet: Sheet,
        *,
        hidden_row: bool,
    ) -> None:
        end, hidden_column, default = 0, False, None
        for count, hides, style in columns:
            end += count
            if place[1] <= end:
                hidden_column, default = hides, style
                break
        if hidden_row:
            self.found.count("hidden_row", sheet.name)
        elif hidden_column:
            self.found.count("hidden_column", sheet.name)
        elif cell.tag == f"{TABLE}covered-table-cell" or not text or self.invisible(cell, default):
            self.found.count("hidden_text", sheet.name)
        else:
            self.found.put(sheet, place[0], place[1], text)

    def invisible(self, cell: etree._Element, default: str | None) -> bool:
        style = cell.get(f"{TABLE}style-name") or default
        paper = self.styles.paper("table-cell", style, "table-cell")
        spans = [span for span in cell.iter(f"{TEXT}span") if plain_text(span).strip()]
        inks = [self.styles.ink("text", span.get(f"{TEXT}style-name")) for span in spans]
        if self.styles.value("table-cell", style, "table-cell", f"{STYLE}cell-protect") == "hidden-and-protected":
            return True
        return (
            self.styles.hides("table-cell", style)
            or unseen(self.styles.ink("table-cell", style), paper)
            or any(unseen(ink, paper) for ink in inks)
            or any(self.styles.hides("text", span.get(f"{TEXT}style-name")) for span in spans)
        )


def _owner(element: etree._Element) -> etree._Element | None:
    """The table that a row or column belongs to."""
    parent = element.getparent()
    while parent is not None and parent.tag != f"{TABLE}table":
        parent = parent.getparent()
    return parent
