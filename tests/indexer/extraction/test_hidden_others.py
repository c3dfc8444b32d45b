"""Every way of hiding something in OpenDocument, RTF, binary and legacy files: held, and not read."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hiding_places import CANARY, VISIBLE, repacked, swap
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.style import Style, TableColumnProperties, TableProperties, TextProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import List, ListItem, P, Span

from indexer.disclosure import Extraction

Extract = Callable[[bytes, str], Extraction]


def check(extraction: Extraction, kind: str) -> None:
    assert extraction.failure is None, extraction.notes
    assert kind in {hold.kind for hold in extraction.held_back}, extraction.held_back
    text = "\n".join(extraction.pages)
    assert VISIBLE in text
    assert CANARY not in text
    assert all(CANARY not in hold.where for hold in extraction.held_back)


def saved(document: OpenDocumentText) -> bytes:
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


# OpenDocument text


def text_file(change: Callable[[OpenDocumentText], None] | None = None) -> bytes:
    document = OpenDocumentText()
    document.text.addElement(P(text=VISIBLE))
    if change is not None:
        change(document)
    return saved(document)


def styled(**properties: str) -> Callable[[OpenDocumentText], None]:
    def change(document: OpenDocumentText) -> None:
        style = Style(name="Unseen", family="text")
        style.addElement(TextProperties(attributes=properties))
        document.automaticstyles.addElement(style)
        paragraph = P(text="See ")
        paragraph.addElement(Span(stylename=style, text=CANARY))
        document.text.addElement(paragraph)

    return change


def in_body(xml: str) -> bytes:
    return repacked(text_file(), {"content.xml": swap(b"</office:text>", xml.encode() + b"</office:text>")})


ODT = {
    "hidden text": (lambda: text_file(styled(display="none")), "hidden_text"),
    "white letters": (lambda: text_file(styled(color="#ffffff")), "hidden_text"),
    "letters of one point": (lambda: text_file(styled(fontsize="1pt")), "hidden_text"),
    "deleted text": (
        lambda: in_body(
            f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{CANARY}</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>"
        ),
        "hidden_tracked_change",
    ),
    "hidden section": (
        lambda: in_body(f'<text:section text:display="none"><text:p>{CANARY}</text:p></text:section>'),
        "hidden_text",
    ),
    "hidden field": (
        lambda: in_body(f'<text:p><text:hidden-text text:string-value="{CANARY}">{CANARY}</text:hidden-text></text:p>'),
        "hidden_text",
    ),
    "comment": (
        lambda: in_body(f"<text:p>a<office:annotation><text:p>{CANARY}</text:p></office:annotation></text:p>"),
        "hidden_comment",
    ),
    "embedded object": (
        lambda: repacked(text_file(), {}, {"Object 1/content.xml": CANARY.encode()}),
        "hidden_embedded_file",
    ),
    "macro": (lambda: repacked(text_file(), {}, {"Basic/Standard/Module1.xml": CANARY.encode()}), "hidden_macro"),
    "earlier version": (lambda: repacked(text_file(), {}, {"Versions/v1": CANARY.encode()}), "hidden_earlier_version"),
    "a part of no known kind": (
        lambda: repacked(text_file(), {}, {"notes.bin": CANARY.encode()}),
        "hidden_unknown_part",
    ),
}


@pytest.mark.parametrize("trick", ODT)
def test_what_an_opendocument_text_can_hide(trick: str, extract_bytes: Extract) -> None:
    make, kind = ODT[trick]
    check(extract_bytes(make(), "letter.odt"), kind)


def test_an_opendocument_letter_reads_with_its_numbers(extract_bytes: Extract) -> None:
    document = OpenDocumentText()
    document.text.addElement(P(text=VISIBLE))
    numbered = (
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1"'
        ' style:num-suffix="."/></text:list-style></office:automatic-styles>'
    )
    questions = List(stylename="N")
    for line in ("How many?", "Where?"):
        item = ListItem()
        item.addElement(P(text=line))
        questions.addElement(item)
    document.text.addElement(questions)
    table = Table(name="T")
    for cells in (("Year", "Count"), ("2024", "17")):
        row = TableRow()
        for text in cells:
            cell = TableCell()
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.text.addElement(table)
    data = repacked(
        saved(document),
        {"content.xml": swap(b"<office:automatic-styles/>", b"<office:automatic-styles>" + numbered.encode())},
    )
    extraction = extract_bytes(data, "letter.odt")
    assert extraction.held_back == ()
    assert extraction.pages[0].split("\n") == [VISIBLE, "1. How many?", "2. Where?", "", "Year | Count", "2024 | 17"]


# OpenDocument spreadsheets


def sheet_file(**hidden: str) -> bytes:
    document = OpenDocumentSpreadsheet()
    unseen = Style(name="gone", family="table")
    unseen.addElement(TableProperties(display="false"))
    thin = Style(name="thin", family="table-column")
    thin.addElement(TableColumnProperties(columnwidth="0cm"))
    pale = Style(name="pale", family="table-cell")
    pale.addElement(TextProperties(color="#ffffff"))
    for style in (unseen, thin, pale):
        document.automaticstyles.addElement(style)
    table = Table(name="Answer")
    column = {"stylename": "thin"} if hidden.get("column") == "thin" else {}
    column |= {"visibility": "collapse"} if hidden.get("column") == "collapse" else {}
    table.addElement(TableColumn())
    table.addElement(TableColumn(**column))
    for number, text in enumerate((VISIBLE, "Town")):
        row = TableRow(visibility=hidden["row"]) if number and "row" in hidden else TableRow()
        for value in (text, CANARY if number and hidden and "sheet" not in hidden else "2024"):
            cell = TableCell(stylename="pale") if value == CANARY and "cell" in hidden else TableCell()
            cell.addElement(P(text=value))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    if "sheet" in hidden:
        raw = Table(name="Raw", stylename="gone")
        row, cell = TableRow(), TableCell()
        cell.addElement(P(text=CANARY))
        row.addElement(cell)
        raw.addElement(row)
        document.spreadsheet.addElement(raw)
    return saved(document)


ODS = {
    "hidden sheet": ({"sheet": "gone"}, "hidden_sheet"),
    "hidden row": ({"row": "collapse"}, "hidden_row"),
    "filtered row": ({"row": "filter"}, "hidden_filter"),
    "hidden column": ({"column": "collapse"}, "hidden_column"),
    "column without width": ({"column": "thin"}, "hidden_column"),
    "white letters": ({"cell": "pale"}, "hidden_text"),
}


@pytest.mark.parametrize("trick", ODS)
def test_what_an_opendocument_spreadsheet_can_hide(trick: str, extract_bytes: Extract) -> None:
    hidden, kind = ODS[trick]
    check(extract_bytes(sheet_file(**hidden), "answer.ods"), kind)


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (b"<table:data-pilot-tables/>", "hidden_pivot_cache"),
        (b"<table:tracked-changes/>", "hidden_tracked_change"),
        (b"<table:dde-links/>", "hidden_external_link"),
    ],
)
def test_what_an_opendocument_spreadsheet_can_carry(xml: bytes, kind: str, extract_bytes: Extract) -> None:
    data = repacked(sheet_file(), {"content.xml": swap(b"</office:spreadsheet>", xml + b"</office:spreadsheet>")})
    check(extract_bytes(data, "answer.ods"), kind)


def test_an_ordinary_opendocument_spreadsheet_is_not_held(extract_bytes: Extract) -> None:
    extraction = extract_bytes(sheet_file(), "answer.ods")
    assert extraction.held_back == ()
    assert extraction.pages == (f"{VISIBLE} | 2024\nTown | 2024",)


@pytest.mark.office
def test_a_chart_of_visible_cells_is_no_hidden_copy(tmp_path: Path, extract_bytes: Extract) -> None:
    from openpyxl import Workbook
    from openpyxl.chart import BarChart, Reference

    book = Workbook()
    sheet = book.active
    for row in ((VISIBLE, "Count"), ("Town", 12), ("Coast", 34)):
        sheet.append(row)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E2")
    out = io.BytesIO()
    book.save(out)
    data = converted({"chart": out.getvalue()}, "xlsx", "ods", tmp_path)["chart"]
    assert extract_bytes(data, "answer.ods").held_back == ()
    other = repacked(data, {"Object 1/content.xml": lambda part: part.replace(b">12<", f">{CANARY}<".encode())})
    check(extract_bytes(other, "answer.ods"), "hidden_embedded_file")


# RTF

HEAD = r"{\rtf1\ansi\ansicpg1252{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}"
RTF = {
    "hidden text": (rf"{{\v {CANARY}}}", "hidden_text"),
    "hidden text in two pieces": (rf"\v {CANARY[:5]}\b {CANARY[5:]}\v0 ", "hidden_text"),
    "hidden text as codes": (r"{\v " + "".join(f"\\'{ord(c):02x}" for c in CANARY) + "}", "hidden_text"),
    "deleted text": (rf"{{\deleted {CANARY}}}", "hidden_tracked_change"),
    "inserted text": (r"{\revised\revauth1 added}", "hidden_tracked_change"),
    "white letters": (rf"{{\cf2 {CANARY}}}", "hidden_text"),
    "letters of half a point": (rf"{{\fs1 {CANARY}}}", "hidden_text"),
    "comment": (rf"{{\*\annotation {CANARY}}}", "hidden_comment"),
    "embedded object": (rf"{{\object\objemb{{\*\objdata {CANARY.encode().hex()}}}}}", "hidden_embedded_file"),
    "field with words of its own": (rf'{{\field{{\*\fldinst IF 1=2 "{CANARY}"}}{{\fldrslt x}}}}', "hidden_text"),
    "a destination of no known kind": (rf"{{\*\secret {CANARY}}}", "hidden_unknown_part"),
    "document variable": (rf"{{\*\docvar {{name}}{{{CANARY}}}}}", "hidden_unknown_part"),
}


@pytest.mark.parametrize("trick", RTF)
def test_what_rich_text_can_hide(trick: str, extract_bytes: Extract) -> None:
    body, kind = RTF[trick]
    extraction = extract_bytes(f"{HEAD}\\pard {VISIBLE}\\par {body}\\par End}}".encode(), "letter.rtf")
    check(extraction, kind)
    assert extraction.pages[0].rstrip().endswith("End")


def test_rich_text_reads_with_its_table_and_signs(extract_bytes: Extract) -> None:
    body = (
        r"{\header Ambershire Police\par}" + VISIBLE + r"\par" + "\n"
        r"{\listtext 1.\tab}How many?\par \trowd\intbl Year\cell Count\cell\row\trowd\intbl 2024\cell 17\cell\row"
        r"\pard A \lquote quoted\rquote  \'a35 and \u8364?5\par{\field{\*\fldinst HYPERLINK "
        r'"https://www.ambershire.police.example/"}{\fldrslt our site}}\par'
    )
    extraction = extract_bytes(f"{HEAD}{body}}}".encode(), "letter.rtf")
    assert extraction.held_back == ()
    assert [line for line in extraction.pages[0].split("\n") if line] == [
        "Ambershire Police", VISIBLE, "1. How many?", "Year | Count", "2024 | 17", "A ‘quoted’ £5 and €5", "our site",
    ]  # fmt: skip


# XLSB, written record by record: no library writes it


def record(number: int, data: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    length = b""
    rest = len(data)
    while True:
        length += bytes([rest & 0x7F | (0x80 if rest > 0x7F else 0)])
        rest >>= 7
        if not rest:
            return head + length + data


def wide(text: str) -> bytes:
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def row(number: int, *, flags: int = 0) -> bytes:
    return record(0, struct.pack("<LLHBBB", number, 0, 300, 0, flags, 0))


def cell(column: int, text: str, style: int = 0) -> bytes:
    return record(6, struct.pack("<LL", column, style) + wide(text))


def xlsb(*, state: int = 0, row_flags: int = 0, column: bytes = b"", style: int = 0) -> bytes:
    answer = column + row(0) + cell(0, VISIBLE) + record(5, struct.pack("<LLd", 1, 0, 2024.0)) + row(1, flags=row_flags)
    answer += cell(1, CANARY if row_flags or column or style else "Town", style)
    raw = row(0) + cell(0, CANARY)
    sheets = record(156, struct.pack("<LL", 0, 1) + wide("rId1") + wide("Answer"))
    sheets += record(156, struct.pack("<LL", state, 2) + wide("rId2") + wide("Raw")) if state else b""
    white = struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 0, 0, 0) + bytes([5, 0, 0, 0, 255, 255, 255, 255])
    black = struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 0, 0, 0) + bytes([0, 0, 0, 0, 0, 0, 0, 255])
    look = record(43, black) + record(43, white) + record(617) + record(47, struct.pack("<8H", 0, 0, 0, 0, 0, 0, 0, 0))
    look += record(47, struct.pack("<8H", 0, 0, 1, 0, 0, 0, 0, 0)) + record(618)
    types = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    arrows = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    arrow = '<Relationship Id="{}" Type="' + base + '/{}" Target="{}"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml", f'<Types><Override PartName="/xl/workbook.bin" ContentType="{types}"/></Types>'
        )
        package.writestr("_rels/.rels", arrows.format(arrow.format("rId1", "officeDocument", "xl/workbook.bin")))
        package.writestr(
            "xl/_rels/workbook.bin.rels",
            arrows.format(
                arrow.format("rId1", "worksheet", "worksheets/sheet1.bin")
                + (arrow.format("rId2", "worksheet", "worksheets/sheet2.bin") if state else "")
                + arrow.format("rId3", "styles", "styles.bin")
            ),
        )
        package.writestr("xl/workbook.bin", sheets)
        package.writestr("xl/worksheets/sheet1.bin", answer)
        if state:
            package.writestr("xl/worksheets/sheet2.bin", raw)
        package.writestr("xl/styles.bin", look)
    return out.getvalue()


HIDDEN_COLUMN = record(60, struct.pack("<LLLLH", 1, 1, 2304, 0, 1))
XLSB = {
    "hidden sheet": ({"state": 1}, "hidden_sheet"),
    "very hidden sheet": ({"state": 2}, "hidden_sheet"),
    "hidden row": ({"row_flags": 0x10}, "hidden_row"),
    "hidden column": ({"column": HIDDEN_COLUMN}, "hidden_column"),
    "white letters": ({"style": 1}, "hidden_text"),
}


@pytest.mark.parametrize("trick", XLSB)
def test_what_a_binary_workbook_can_hide(trick: str, extract_bytes: Extract) -> None:
    options, kind = XLSB[trick]
    check(extract_bytes(xlsb(**options), "answer.xlsb"), kind)


def test_an_ordinary_binary_workbook_is_not_held(extract_bytes: Extract) -> None:
    extraction = extract_bytes(xlsb(), "answer.xlsb")
    assert extraction.held_back == ()
    assert extraction.pages == (f"{VISIBLE} | 2024\n | Town",)


# Legacy files, made by LibreOffice from the files above


def converted(files: dict[str, bytes], ending: str, to: str, folder: Path) -> dict[str, bytes]:
    """Files in another format, all by one run of LibreOffice."""
    sources = []
    for number, data in enumerate(files.values()):
        sources.append(folder / f"source{number}.{ending}")
        sources[-1].write_bytes(data)
    program = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(folder), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {name: (folder / f"source{number}.{to}").read_bytes() for number, name in enumerate(files)}


@pytest.mark.office
def test_what_a_legacy_workbook_can_hide(tmp_path: Path, extract_bytes: Extract) -> None:
    from test_hidden_xlsx import BY_OPENPYXL
    from test_hidden_xlsx import saved as workbook

    tricks = ("hidden sheet", "hidden row", "hidden column", "white letters", "comment")
    made = {trick: workbook(BY_OPENPYXL[trick][0]) for trick in tricks} | {"none": workbook()}
    files = converted(made, "xlsx", "xls", tmp_path)
    for trick in tricks:
        check(extract_bytes(files[trick], "answer.xls"), BY_OPENPYXL[trick][1])
    extraction = extract_bytes(files["none"], "answer.xls")
    assert extraction.held_back == ()
    assert extraction.pages == (f"{VISIBLE} | 2023 | 2024\nTown | 1234 | 2345\nCoast | 12 | 34",)


@pytest.mark.office
def test_what_a_legacy_letter_can_hide(tmp_path: Path, extract_bytes: Extract) -> None:
    from test_hidden_docx import TRICKS

    tricks = ("hidden text", "white letters", "letters of one point", "deleted text", "comment")
    files = converted({trick: TRICKS[trick][0]() for trick in tricks}, "docx", "doc", tmp_path)
    for trick in tricks:
        check(extract_bytes(files[trick], "letter.doc"), TRICKS[trick][1])


@pytest.mark.office
def test_a_legacy_letter_reads_in_order(tmp_path: Path, extract_bytes: Extract) -> None:
    from docx import Document as NewDocument
    from test_hidden_docx import saved as letter

    document = NewDocument()
    document.add_paragraph(VISIBLE)
    for line in ("How many?", "Where?"):
        document.add_paragraph(line, style="List Number")
    table = document.add_table(rows=2, cols=2)
    for line, cells in zip(table.rows, (("Year", "Count"), ("2024", "17")), strict=True):
        for place, text in zip(line.cells, cells, strict=True):
            place.text = text
    document.sections[0].header.paragraphs[0].text = "Ambershire Police – Heddlu"
    files = converted({"letter": letter(document)}, "docx", "doc", tmp_path)
    extraction = extract_bytes(files["letter"], "letter.doc")
    assert extraction.held_back == ()
    assert [line for line in extraction.pages[0].split("\n") if line] == [
        "Ambershire Police – Heddlu", VISIBLE, "1. How many?", "2. Where?", "Year | Count", "2024 | 17",
    ]  # fmt: skip
