"""Fifty ordinary files of ten kinds, as forces publish them: none is held, each says what it says."""

from __future__ import annotations

import colorsys
import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as NewDocument
from docx.shared import RGBColor
from hiding_places import VISIBLE
from odf.opendocument import OpenDocumentText
from odf.text import H, P
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as SheetTable
from openpyxl.worksheet.table import TableStyleInfo
from pdf_makers import columns, drawn, flowing, gap, grid, numbered, open_table, paragraph, scan
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle
from test_reading_order import passage, sentence

from indexer.disclosure import Extraction
from indexer.extraction import Document, Extractor

Maker = Callable[[random.Random], bytes]


def figures(rng: random.Random, rows: int = 12) -> list[list[str]]:
    return [
        ["Division", "2022", "2023"],
        *([f"Division {i}", *(str(rng.randrange(900)) for _ in "ab")] for i in range(rows)),
    ]


def tint(rng: random.Random, light: float) -> colors.Color:
    return colors.Color(*colorsys.hls_to_rgb(rng.random(), light, 0.5))


def letter_pdf(rng: random.Random) -> bytes:
    story = [
        paragraph(VISIBLE),
        *(paragraph(passage(rng)) for _ in range(9)),
        numbered(*(sentence(rng) for _ in range(5))),
    ]
    return flowing(*story, gap(), grid(figures(rng)), *(paragraph(passage(rng)) for _ in range(9)))


def column_pdf(rng: random.Random) -> bytes:
    return flowing(paragraph(VISIBLE), columns(*(paragraph(passage(rng)) for _ in range(8))))


def coloured_pdf(rng: random.Random) -> bytes:
    band, pale = (tint(rng, light) for light in (0.25, 0.9))
    style = TableStyle([
        ("BACKGROUND", (0, 0), (-1, 0), band), ("TEXTCOLOR", (0, 0), (-1, 0), colors.white),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [pale, colors.white]), ("LINEBELOW", (0, 0), (-1, -1), 0.3, band),
    ])  # fmt: skip
    plain = open_table(figures(rng), [70 * mm, 30 * mm, 30 * mm])
    return flowing(paragraph(VISIBLE), gap(), Table(figures(rng, 30), style=style), gap(), plain)


def headed_pdf(rng: random.Random) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(tint(rng, 0.3))
        canvas.rect(0, 760, 595, 82, stroke=0, fill=1)
        canvas.circle(520, 800, 25, stroke=0, fill=0)
        canvas.setFillColor(colors.white)
        canvas.setFont("Helvetica-Bold", 22)
        canvas.drawString(72, 795, "Ambershire Police")
        canvas.setFillColor(colors.grey)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(72, 30, "Castle Road, Seatown AM9 9ZZ")
        canvas.linkURL("https://www.ambershire.police.example/", (72, 28, 220, 40))

    return drawn(draw, pages=2)


def scanned_pdf(rng: random.Random) -> bytes:
    return scan([VISIBLE, *(sentence(rng, 6) for _ in range(3))])


def letter_docx(rng: random.Random) -> bytes:
    document = NewDocument()
    document.sections[0].header.paragraphs[0].text = "Ambershire Police"
    document.add_heading(VISIBLE, 1)
    for _ in range(4):
        document.add_paragraph(passage(rng))
        document.add_paragraph(sentence(rng), style="List Number")
    document.add_paragraph("Shown in blue").runs[0].font.color.rgb = RGBColor(0, 60, 160)
    table = document.add_table(
        rows=0, cols=3, style=rng.choice(["Table Grid", "Light Shading", "Medium Grid 3 Accent 5"])
    )
    for values in figures(rng, 5):
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def letter_odt(rng: random.Random) -> bytes:
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text=VISIBLE))
    for _ in range(6):
        document.text.addElement(P(text=passage(rng)))
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def workbook(rng: random.Random) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Answer"
    sheet["A1"] = VISIBLE
    for i, values in enumerate(figures(rng), start=3):
        for j, value in enumerate(values, start=1):
            cell = sheet.cell(i, j, int(value) if value.isdigit() else value)
            cell.border = Border(bottom=Side("thin"))
            if i == 3:
                cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor="FF203864")
                cell.alignment = Alignment(wrap_text=True)
    sheet["B17"] = "=SUM(B4:B15)"
    sheet.freeze_panes = "A4"
    sheet.column_dimensions["A"].width = 30
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=3, max_row=9), titles_from_data=True)
    sheet.add_chart(chart, "F3")
    second = book.create_sheet("Data")
    for values in [["Force", "Count"], *[[f"Unit {i}", rng.randrange(99)] for i in range(20)]]:
        second.append(values)
    listed = SheetTable(displayName="Counts", ref=f"A1:{get_column_letter(2)}21")
    listed.tableStyleInfo = TableStyleInfo(name="TableStyleMedium9", showRowStripes=True)
    second.add_table(listed)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rich_text(rng: random.Random) -> bytes:
    body = "".join(rf"\pard {passage(rng)}\par" "\n" for _ in range(6))
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Calibri;}}{\colortbl;\red0\green0\blue0;\red200\green0\blue0;}"
        r"{\stylesheet{\s0 Normal;}}{\*\generator Word;}{\info{\author Unit}}{\header Ambershire Police\par}"
        rf"\f0\fs22\cf1 {VISIBLE}\par \b Bold\b0  and {{\cf2 red}}\par {body}}}"
    ).encode()


def web_page(rng: random.Random) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in figures(rng))
    return f"<!doctype html><main><h1>{VISIBLE}</h1><p>{passage(rng)}</p><table>{rows}</table></main>".encode()


MAKERS: dict[str, tuple[Maker, str]] = {
    "letter.pdf": (letter_pdf, "pdf"),
    "columns.pdf": (column_pdf, "pdf"),
    "coloured.pdf": (coloured_pdf, "pdf"),
    "headed.pdf": (headed_pdf, "pdf"),
    "letter.docx": (letter_docx, "docx"),
    "letter.odt": (letter_odt, "odt"),
    "figures.xlsx": (workbook, "xlsx"),
    "letter.rtf": (rich_text, "rtf"),
    "page.html": (web_page, "html"),
}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", MAKERS)
def test_an_ordinary_file_is_not_held(name: str, seed: int, extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    make, _ = MAKERS[name]
    extraction = extract_bytes(make(random.Random(f"{name} {seed}")), name)
    assert extraction.failure is None
    assert extraction.held_back == ()
    assert VISIBLE in "\n".join(extraction.pages)
    assert (extraction.text_quality or 0) > 0.95


@pytest.mark.ocr
@pytest.mark.parametrize("seed", range(5))
def test_an_ordinary_scan_is_not_held(seed: int, extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    extraction = extract_bytes(scanned_pdf(random.Random(seed)), "scan.pdf")
    assert extraction.failure is None
    assert extraction.held_back == ()
    assert VISIBLE in extraction.pages[0]


# Each of the real files was opened and looked at: what is held in these is truly hidden, and nothing is in the others.
HIDING = {
    "Barnsley.doc": {"hidden_row"},
    "Bedford.pdf": {"hidden_text"},
    "w001.doc": {"hidden_text"},
    "w059.pdf": {"hidden_under_fill"},
    "w090.docx": {"hidden_shape"},
}


def held(files: list[Path], extractor: Extractor) -> dict[str, set[str]]:
    found = extractor.extract_many(Document(file.read_bytes(), file.name) for file in files)
    return {file.name: {h.kind for h in e.held_back} for file, e in zip(files, found, strict=True) if e.held_back}


def test_real_letters_are_held_only_where_something_is_hidden(evaluation: Path, extractor: Extractor) -> None:
    files = [*sorted((evaluation / "letters").iterdir()), *sorted((evaluation / "whole").glob("*.doc*"))]
    names = {file.name for file in files}
    assert held(files, extractor) == {name: kinds for name, kinds in HIDING.items() if name in names}


@pytest.mark.soak
def test_all_real_files_are_held_only_where_something_is_hidden(evaluation: Path, extractor: Extractor) -> None:
    files = [*sorted((evaluation / "letters").iterdir()), *sorted((evaluation / "whole").iterdir())]
    assert held(files, extractor) == HIDING
