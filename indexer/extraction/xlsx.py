"""Excel workbooks (XLSX, XLSM): visible sheets, rows, columns and cells, and what is hidden beside them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from indexer.disclosure import FailureKind
from indexer.extraction.colours import WHITE, alike
from indexer.extraction.document import Document, Limits, UnreadableError
from indexer.extraction.numberformat import shown, shows
from indexer.extraction.ooxml import R, Relations, inspect_parts, relations, theme_colours
from indexer.extraction.package import Package
from indexer.extraction.workbook import LOWEST, NARROWEST, Workbook
from indexer.extraction.xlsxdrawings import Drawing, drawing
from indexer.extraction.xlsxstyles import S, styles

# What a sheet may consist of. ``controls`` and ``oleObjects`` are held by their parts, the rest is held here.
_ELEMENTS = """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges autoFilter
    sortState mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup
    headerFooter rowBreaks colBreaks ignoredErrors drawing legacyDrawing legacyDrawingHF picture tableParts extLst
    controls oleObjects
"""
ELEMENTS = frozenset(f"{S}{name}" for name in _ELEMENTS.split())
Box = tuple[int, int, int, int]  # first column, first row, last column, last row


@dataclass(slots=True)
class _Text:
    """A shared string: what shows of it, and whether part of it is written in the paper's colour."""

    text: str
    hides: bool = False


@dataclass(slots=True)
class _Part:
    """One sheet while it is read."""

    name: str
    hidden: bool
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    default_hidden: bool = False  # rows that say nothing of their height are hidden
    merged: list[Box] = field(default_factory=list)
    tables: list[Box] = field(default_factory=list)
    covered: list[Box] = field(default_factory=list)
    hiding: list[Box] = field(default_factory=list)  # ranges whose conditional format can hide
    choices: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)


def workbook(document: Document, limits: Limits) -> Workbook:
    """Reads a workbook. Raises UnreadableError for a broken or oversized package."""
    found = Workbook(limits)
    with Package(document.data, limits) as package:
        arrows = relations(package)
        main = arrows.main_part()
        if main is None or main not in package:
            raise UnreadableError(FailureKind.CORRUPT, "the package has no workbook")
        found.holds.extend(inspect_parts(package, arrows))
        _Reader(package, arrows, main, found).read()
    return found


class _Reader:
    def __init__(self, package: Package, arrows: Relations, main: str, found: Workbook) -> None:
        self.package = package
        self.arrows = arrows
        self.main = main
        self.found = found
        self.root = package.xml(main)
        theme = next(iter(arrows.targets(main, "theme")), "")
        style = next(iter(arrows.targets(main, "styles")), "")
        self.styles = styles(package.xml(style) if style in package else None, theme_colours(package, theme))
        properties = self.root.find(f"{S}workbookPr")
        self.since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        shared = next(iter(arrows.targets(main, "sharedStrings")), "")
        self.strings = self._strings(package.xml(shared)) if shared in package else []
        self.used: set[int] = set()
        self.visible = {
            sheet.get("name", "").lower()
            for sheet in self.root.iterfind(f"{S}sheets/{S}sheet")
            if sheet.get("state", "visible") == "visible"
        }
        self.formulas: dict[str, list[str]] = {}
        self.choices: dict[str, list[str]] = {}

    def read(self) -> None:
        """All sheets, then what belongs to the whole workbook."""
        for element in self.root.iterfind(f"{S}sheets/{S}sheet"):
            name = element.get("name", "")
            target = self.arrows.of.get(self.main, {}).get(element.get(f"{R}id", ""))
            if target is None or target.external or target.target not in self.package:
                self.found.hold("hidden_unknown_part", "a sheet that has no part")
                continue
            hidden = element.get("state", "visible") != "visible"
            if hidden:
                self.found.hold("hidden_sheet", name)
            if target.kind not in ("worksheet", "chartsheet"):
                self.found.hold("hidden_macro", f"{name}: a sheet of kind {target.kind}")
                continue
            self._sheet(_Part(name, hidden), target.target)
        unused = sum(bool(text.text.strip()) for i, text in enumerate(self.strings) if i not in self.used)
        if unused:
            self.found.hold("hidden_text", f"{unused} texts that no cell shows")
        for defined in self.root.iter(f"{S}definedName"):
            if '"' in (defined.text or "") or "{" in (defined.text or ""):
                self.found.hold("hidden_formula", "a defined name that holds text")
        self.found.hidden_words(self.formulas)
        self.found.hidden_choices(self.choices)
        for part in self.package:
            if re.match(r"xl/(comments|threadedComments)", part, re.IGNORECASE):
                number = sum(etree.QName(e).localname in ("comment", "threadedComment") for e in self._elements(part))
                if number:
                    self.found.hold("hidden_comment", f"{number} comments")

    def _elements(self, part: str) -> Iterator[etree._Element]:
        return (element for element in self.package.xml(part).iter() if isinstance(element.tag, str))

    def _strings(self, root: etree._Element) -> list[_Text]:
        return [self._rich(element) for element in root.iterfind(f"{S}si")]

    def _rich(self, element: etree._Element) -> _Text:
        """The text of a plain or rich string without its phonetic guide and without runs that cannot be seen."""
        text, hides = "", False
        for child in element:
            if child.tag == f"{S}t":
                text += child.text or ""
            elif child.tag == f"{S}r":
                run = child.findtext(f"{S}t") or ""
                ink = self.styles.colour(child.find(f"{S}rPr/{S}color"))
                if ink is not None and run.strip() and alike(ink, WHITE):
                    hides = True
                else:
                    text += run
        return _Text(re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), text), hides)

    def _sheet(self, part: _Part, name: str) -> None:
        for table in self.arrows.targets(name, "table"):
            self._table(part, table)
        shapes = Drawing()
        for target in self.arrows.targets(name, "drawing"):
            if target in self.package:
                shapes = drawing(self.package, self.arrows, target, part.name, self.visible, self.found)
        part.covered = shapes.covered
        sheet = None if part.hidden else self.found.sheet(part.name)
        if sheet is not None:
            sheet.boxes.extend(shapes.texts)
        data = self.package.markup(name)
        self._frame(part, data)
        for row, hidden, cells in self._rows(part, data):
            for column, text, kind in cells:
                reason = "hidden_sheet" if part.hidden else self._reason(part, row, column, hidden, kind)
                if reason is None and sheet is not None:
                    self.found.put(sheet, row, column, text)
                elif reason is not None and reason != "hidden_sheet":
                    self.found.count(reason, part.name)
        self.formulas[part.name] = [] if part.hidden else part.formulas
        self.choices[part.name] = [] if part.hidden else part.choices

    def _table(self, part: _Part, name: str) -> None:
        root = self.package.xml(name)
        part.tables.append(_box(root.get("ref", "A1")))
        if root.find(f".//{S}filterColumn/*") is not None:
            self.found.hold("hidden_filter", part.name)

    def _frame(self, part: _Part, data: bytes) -> None:
        """Everything of a sheet but its cells."""
        root = None
        for _, element in etree.iterparse(io.BytesIO(data), events=("end",), resolve_entities=False, no_network=True):
            if element.tag == f"{S}row":
                element.clear()
            root = element
        if root is None:
            return
        for child in root:
            if not isinstance(child.tag, str):
                continue
            if child.tag not in ELEMENTS and root.tag == f"{S}worksheet":
                self.found.hold("hidden_unknown_part", f"{part.name}: an element that is not understood")
        self._columns(part, root)
        part.merged = [_box(m.get("ref", "A1")) for m in root.iterfind(f"{S}mergeCells/{S}mergeCell")]
        if root.find(f"{S}autoFilter/{S}filterColumn/*") is not None:
            self.found.hold("hidden_filter", part.name)
        for rule in root.iterfind(f"{S}conditionalFormatting"):
            numbers = [int(r.get("dxfId", "-1")) for r in rule.iterfind(f"{S}cfRule")]
            if any(0 <= n < len(self.styles.conditional) and self.styles.conditional[n] for n in numbers):
                part.hiding.extend(_box(ref) for ref in rule.get("sqref", "").split())
        for rule in root.iter(f"{S}dataValidation"):
            formula = rule.findtext(f"{S}formula1") or ""
            if rule.get("type") == "list" and formula.startswith('"'):
                part.choices.append(formula)

    def _columns(self, part: _Part, root: etree._Element) -> None:
        form = root.find(f"{S}sheetFormatPr")
        part.default_hidden = form is not None and form.get("zeroHeight") in ("1", "true")
        narrow = form is not None and float(form.get("defaultColWidth") or 9) < NARROWEST
        if narrow:
            part.hidden_columns.append((1, 16384))  # every column that Excel has
        for column in root.iterfind(f"{S}cols/{S}col"):
            width = column.get("width")
            if column.get("hidden") in ("1", "true") or (width is not None and float(width) < NARROWEST):
                part.hidden_columns.append((int(column.get("min", "1")), int(column.get("max", "1"))))

    def _rows(self, part: _Part, data: bytes) -> Iterator[tuple[int, bool, list[tuple[int, str, str | None]]]]:
        """Each row's number, whether it is hidden, and its cells: column, text, and what hides the text in its cell."""
        number = 0
        for _, row in etree.iterparse(
            io.BytesIO(data), events=("end",), tag=f"{S}row", resolve_entities=False, no_network=True
        ):
            number = int(row.get("r") or number + 1)
            height = row.get("ht")
            hidden = row.get("hidden") in ("1", "true") or (height is not None and float(height) < LOWEST)
            if part.default_hidden and row.get("hidden") not in ("0", "false") and height is None:
                hidden = True
            cells = []
            column = 0
            for cell in row.iterfind(f"{S}c"):
                place = cell.get("r")
                column = column_index_from_string(coordinate_from_string(place)[0]) if place else column + 1
                text, kind = self._cell(cell, part)
                if text or kind:
                    cells.append((column, text, kind))
            yield number, hidden, cells
            row.clear()
            parent = row.getparent()
            while parent is not None and row.getprevious() is not None:
                del parent[0]

    def _cell(self, cell: etree._Element, part: _Part) -> tuple[str, str | None]:
        """What a cell shows, and the kind of finding where its look hides what it holds."""
        formula = cell.findtext(f"{S}f")
        if formula:
            part.formulas.append(formula)
        look = self.styles.look(int(cell.get("s") or 0))
        kind = cell.get("t", "n")
        raw = cell.findtext(f"{S}v")
        hides = False
        if kind == "inlineStr":
            inline = cell.find(f"{S}is")
            rich = self._rich(inline) if inline is not None else _Text("")
            text, hides = rich.text, rich.hides
        elif raw is None:
            return "", None
        elif kind == "s":
            index = int(raw)
            self.used.add(index)
            shared = self.strings[index] if index < len(self.strings) else _Text("")
            text, hides = shared.text, shared.hides
        elif kind == "b":
            text = "TRUE" if raw == "1" else "FALSE"
        elif kind in ("str", "e", "d"):
            text = raw
        else:
            return self._number(raw, look.code, hides=look.hides())
        if not text.strip() and not hides:
            return "", None
        hides = hides or look.hides() or not shows(look.code, text)
        return text, "hidden_text" if hides else None

    def _number(self, raw: str, code: str, *, hides: bool) -> tuple[str, str | None]:
        try:
            value = float(raw)
        except ValueError:
            return raw, "hidden_text" if hides else None
        if hides or not shows(code, value):
            return raw, "hidden_text"
        return shown(value, code, since_1904=self.since_1904), None

    def _reason(self, part: _Part, row: int, column: int, hidden_row: bool, kind: str | None) -> str | None:
        """Why a cell cannot be seen; None where it can."""
        if hidden_row:
            return "hidden_row"
        if any(first <= column <= last for first, last in part.hidden_columns):
            return "hidden_column"
        if any(_in(box, row, column) and (column, row) != box[:2] for box in part.merged):
            return "hidden_text"
        if any(_in(box, row, column) for box in part.covered):
            return "hidden_under_fill"
        if kind and any(_in(box, row, column) and row == box[1] for box in part.tables):
            return None  # a table's own style paints its heading dark, with light letters
        return kind or ("hidden_text" if any(_in(box, row, column) for box in part.hiding) else None)


def _box(reference: str) -> Box:
    try:
        first_column, first_row, last_column, last_row = range_boundaries(reference)
    except ValueError:
        return (0, 0, 0, 0)
    return (first_column or 1, first_row or 1, last_column or 16384, last_row or 1048576)


def _in(box: Box, row: int, column: int) -> bool:
    return box[0] <= column <= box[2] and box[1] <= row <= box[3]
