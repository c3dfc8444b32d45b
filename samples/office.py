"""Office files that answers come with, made so that the same contents give the same bytes on every machine."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import docx
import openpyxl
from docx.enum.text import WD_BREAK
from odf import teletype, text
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from openpyxl.styles import Font

from .markup import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.worksheet.worksheet import Worksheet

    from .tables import Table

MADE = datetime(2024, 1, 8, 9, 0)  # what the files' properties say of themselves
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file can name
_TIMES = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?")
_DATED = ("docProps/core.xml", "meta.xml")  # the only members in which the libraries write the time of day


def packed(data: bytes) -> bytes:
    """The same package with every time in it fixed: those of the zip's members, and those that properties name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, ZIP_DATE)
            info.compress_type = member.compress_type
            body = source.read(member)
            if member.filename in _DATED:
                body = _TIMES.sub(MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), body)
            target.writestr(info, body)
    return out.getvalue()


def word(blocks: Iterable[Block], title: str, author: str, phrase: str | None) -> bytes:
    """A Word document; the phrase stands at its end."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = author
    document.core_properties.created = document.core_properties.modified = MADE
    rows: list[Block] = []
    for block in [*blocks]:
        if rows and (block.kind is not Kind.ROW or block.head):
            _word_table(document, rows)
            rows = []
        if block.kind is Kind.ROW:
            rows.append(block)
        elif block.kind is Kind.PAGE_BREAK:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif block.kind is Kind.HEADING:
            document.add_heading(block.text, level=2)
        else:
            style = "List Bullet" if block.kind is Kind.ITEM and not block.label else None
            paragraph = document.add_paragraph(f"{block.label} " if block.label else "", style=style)
            for run in block.runs:
                written = paragraph.add_run(run.text)
                written.bold = run.bold or None
                written.font.superscript = run.raised or None
    if rows:
        _word_table(document, rows)
    if phrase:
        document.add_paragraph(phrase)
    out = io.BytesIO()
    document.save(out)
    return packed(out.getvalue())


def _word_table(document: docx.document.Document, rows: list[Block]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0].cells), style="Table Grid")
    for row in rows:
        for cell, runs in zip(table.add_row().cells, row.cells, strict=True):
            cell.text = "".join(run.text for run in runs)


def workbook(
    table: Table, phrase: str | None, *, hidden_sheet: str | None = None, hidden_row: str | None = None
) -> bytes:
    """An Excel workbook. What is hidden in it is a sheet, or a row in the middle of the visible one."""
    book = openpyxl.Workbook()
    book.properties.creator = "Performance and Analysis"
    sheet: Worksheet = book.worksheets[0]
    sheet.title = table.name
    sheet.append([table.title])
    sheet.append(list(table.head))
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for row in table.rows:
        sheet.append(list(row))
    if hidden_row:
        place = 2 + len(table.rows) // 2
        sheet.insert_rows(place)
        sheet.cell(place, 1, hidden_row)
        sheet.row_dimensions[place].hidden = True
    if phrase:
        book.create_sheet("Notes").append([phrase])
    if hidden_sheet:
        raw = book.create_sheet("Raw data")
        raw.append(["Name", "Date of birth", "Address"])
        raw.append([hidden_sheet, "03/05/1991", "4 Mill Row"])
        raw.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return packed(out.getvalue())


def comma_separated(table: Table, phrase: str | None) -> bytes:
    """A CSV file as Excel writes it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.head)
    writer.writerows(table.rows)
    if phrase:
        writer.writerow([phrase])
    return out.getvalue().encode("utf-8-sig")


def open_spreadsheet(table: Table, phrase: str | None) -> bytes:
    """An OpenDocument spreadsheet."""
    document = OpenDocumentSpreadsheet()
    sheets: list[tuple[str, list[tuple[object, ...]]]] = [(table.name, [(table.title,), table.head, *table.rows])]
    if phrase:
        sheets.append(("Notes", [(phrase,)]))
    for name, rows in sheets:
        sheet = OdfTable(name=name)
        for row in rows:
            line = TableRow()
            for value in row:
                number = isinstance(value, int)
                cell = TableCell(valuetype="float", value=str(value)) if number else TableCell(valuetype="string")
                cell.addElement(text.P(text=str(value)))
                line.addElement(cell)
            sheet.addElement(line)
        document.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    document.write(out)
    return packed(out.getvalue())


def open_text(blocks: Iterable[Block], phrase: str | None) -> bytes:
    """An OpenDocument text."""
    document = OpenDocumentText()
    for block in blocks:
        element = text.H(outlinelevel=2) if block.kind is Kind.HEADING else text.P()
        label = f"{block.label} " if block.label else ""
        teletype.addTextToElement(element, label + block.text)
        document.text.addElement(element)
    if phrase:
        document.text.addElement(text.P(text=phrase))
    out = io.BytesIO()
    document.write(out)
    return packed(out.getvalue())


def rich_text(blocks: Iterable[Block], phrase: str | None) -> bytes:
    """An RTF document, as an old case system writes it."""
    lines = [r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}}\fs22"]
    for block in blocks:
        if block.kind is Kind.ROW:
            width = 9000 // len(block.cells)  # twips across an A4 page
            edges = "".join(rf"\cellx{width * (number + 1)}" for number in range(len(block.cells)))
            cells = "".join(rf"\intbl {_rtf(''.join(run.text for run in cell))}\cell" for cell in block.cells)
            lines.append(rf"\trowd{edges} {cells}\row")
        elif block.kind is Kind.HEADING:
            lines.append(rf"\pard{{\b {_rtf(block.text)}}}\par")
        else:
            lines.append(rf"\pard {_rtf(f'{block.label} ' if block.label else '')}{_rtf(block.text)}\par")
    if phrase:
        lines.append(rf"\pard {_rtf(phrase)}\par")
    return ("\r\n".join(lines) + "}").encode("ascii")


def _rtf(plain: str) -> str:
    escaped = []
    for letter in plain:
        if letter in "\\{}":
            escaped.append("\\" + letter)
        elif letter == "\n":
            escaped.append(r"\line ")
        elif ord(letter) < 128:  # RTF is plain ASCII
            escaped.append(letter)
        else:
            escaped.append(rf"\u{ord(letter)}?")
    return "".join(escaped)
