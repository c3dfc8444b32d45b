"""Every way of hiding something in an Excel workbook: held, and not read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hiding_places import CANARY, VISIBLE, related, repacked, swap
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from indexer.disclosure import Extraction

Change = Callable[[Workbook], None]
SHEET = "xl/worksheets/sheet1.xml"


def saved(change: Change | None = None) -> bytes:
    """A small ordinary workbook after one change."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Answer"
    sheet.append([VISIBLE, "2023", "2024"])
    sheet.append(["Town", 1234, 2345])
    sheet.append(["Coast", 12, 34])
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(book: Workbook, place: str = "B3") -> None:
    book["Answer"][place] = CANARY


def hidden_sheet(state: str) -> Change:
    def change(book: Workbook) -> None:
        raw = book.create_sheet("Raw")
        raw["A1"] = CANARY
        raw.sheet_state = state

    return change


def hidden_row(book: Workbook) -> None:
    put(book)
    book["Answer"].row_dimensions[3].hidden = True


def low_row(book: Workbook) -> None:
    put(book)
    book["Answer"].row_dimensions[3].height = 0.5


def hidden_column(book: Workbook) -> None:
    put(book)
    book["Answer"].column_dimensions["B"].hidden = True


def zero_width(book: Workbook) -> None:
    put(book)
    book["Answer"].column_dimensions["B"].width = 0.01


def grouped(book: Workbook) -> None:
    put(book)
    book["Answer"].column_dimensions.group("B", "C", hidden=True)


def filtered(book: Workbook) -> None:
    put(book)
    sheet = book["Answer"]
    sheet.auto_filter.ref = "A1:C3"
    sheet.auto_filter.add_filter_column(0, ["Town"])
    sheet.row_dimensions[3].hidden = True


def commented(book: Workbook) -> None:
    book["Answer"]["A1"].comment = Comment(CANARY, "nobody")


def white(book: Workbook) -> None:
    put(book)
    book["Answer"]["B3"].font = Font(color="FFFFFFFF")


def dark_on_dark(book: Workbook) -> None:
    put(book)
    book["Answer"]["B3"].font = Font(color="FF101010")
    book["Answer"]["B3"].fill = PatternFill("solid", fgColor="FF000000")


def tiny(book: Workbook) -> None:
    put(book)
    book["Answer"]["B3"].font = Font(size=1)


def unshown_format(book: Workbook) -> None:
    put(book)
    book["Answer"]["B3"].number_format = ";;;"


def named_text(book: Workbook) -> None:
    book.defined_names["note"] = DefinedName("note", attr_text=f'"{CANARY}"')


def formula_text(book: Workbook) -> None:
    book["Answer"]["B3"] = f'=IF(A1="","{CANARY}",0)'


def choices(book: Workbook) -> None:
    rule = DataValidation(type="list", formula1=f'"Yes,{CANARY}"')
    rule.add("B3")
    book["Answer"].add_data_validation(rule)


def chart_of_hidden(book: Workbook) -> None:
    hidden_sheet("hidden")(book)
    book["Raw"].append([CANARY, 5])
    chart = BarChart()
    chart.add_data(Reference(book["Raw"], min_col=1, max_col=2, min_row=1, max_row=2), titles_from_data=True)
    book["Answer"].add_chart(chart, "E5")


BY_OPENPYXL = {
    "hidden sheet": (hidden_sheet("hidden"), "hidden_sheet"),
    "very hidden sheet": (hidden_sheet("veryHidden"), "hidden_sheet"),
    "hidden row": (hidden_row, "hidden_row"),
    "row without height": (low_row, "hidden_row"),
    "hidden column": (hidden_column, "hidden_column"),
    "column without width": (zero_width, "hidden_column"),
    "collapsed group of columns": (grouped, "hidden_column"),
    "filter": (filtered, "hidden_filter"),
    "comment": (commented, "hidden_comment"),
    "white letters": (white, "hidden_text"),
    "dark letters on a dark cell": (dark_on_dark, "hidden_text"),
    "letters of one point": (tiny, "hidden_text"),
    "a format that shows nothing": (unshown_format, "hidden_text"),
    "text in a defined name": (named_text, "hidden_formula"),
    "text in a formula": (formula_text, "hidden_formula"),
    "list of choices": (choices, "hidden_choice_list"),
    "chart of a hidden sheet": (chart_of_hidden, "hidden_chart_cache"),
}

PIVOT = f'<pivotCacheRecords xmlns="x"><r><s v="{CANARY}"/></r></pivotCacheRecords>'.encode()
PART = f"<x>{CANARY}</x>".encode()
BOOK_RELS, SHEET_RELS = "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ARROWS = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'

BY_HAND = {
    "pivot cache": ({}, {"xl/pivotCache/pivotCacheRecords1.xml": PIVOT}, "hidden_pivot_cache"),
    "slicer": ({}, {"xl/slicerCaches/slicerCache1.xml": PART}, "hidden_pivot_cache"),
    "cache of another workbook": ({}, {"xl/externalLinks/externalLink1.xml": PART}, "hidden_external_link"),
    "data model": ({}, {"xl/model/item.data": PART}, "hidden_data_model"),
    "connection": ({}, {"xl/connections.xml": PART}, "hidden_data_model"),
    "embedded workbook": ({}, {"xl/embeddings/Microsoft_Excel_Sheet1.xlsx": PART}, "hidden_embedded_file"),
    "threaded comment": (
        {BOOK_RELS: related("threadedComment", "threadedComments/threadedComment1.xml")},
        {"xl/threadedComments/threadedComment1.xml": f"<a><threadedComment>{CANARY}</threadedComment></a>".encode()},
        "hidden_comment",
    ),
    "macro": ({}, {"xl/vbaProject.bin": PART}, "hidden_macro"),
    "shared workbook's history": ({}, {"xl/revisions/revisionLog1.xml": PART}, "hidden_tracked_change"),
    "a part of no known kind": ({}, {"xl/secrets.xml": PART}, "hidden_unknown_part"),
    "a part that nothing points to": ({}, {"xl/worksheets/sheet77.xml": PART}, "hidden_unknown_part"),
    "power query": (
        {BOOK_RELS: related("customXml", "../customXml/item1.xml")},
        {
            "customXml/item1.xml": f'<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">{CANARY}</DataMashup>'.encode()
        },
        "hidden_data_model",
    ),
    "text that no cell shows": (
        {BOOK_RELS: related("sharedStrings", "sharedStrings.xml")},
        {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{CANARY}</t></si></sst>'.encode()},
        "hidden_text",
    ),
    "cell inside a merged cell": (
        {
            SHEET: swap(
                b"</sheetData>",
                f'<row r="5"><c r="A5" t="inlineStr"><is><t>Seen</t></is></c>'
                f'<c r="B5" t="inlineStr"><is><t>{CANARY}</t></is></c>'
                '</row></sheetData><mergeCells count="1"><mergeCell ref="A5:B5"/></mergeCells>'.encode(),
            )
        },
        {},
        "hidden_text",
    ),
    "white run in a cell": (
        {
            SHEET: swap(
                b"</sheetData>",
                '<row r="5"><c r="A5" t="inlineStr"><is><r><t>Seen </t></r><r><rPr><color rgb="FFFFFFFF"/></rPr>'
                f"<t>{CANARY}</t></r></is></c></row></sheetData>".encode(),
            )
        },
        {},
        "hidden_text",
    ),
    "element of no known kind": (
        {SHEET: swap(b"</sheetData>", f"</sheetData><scenarios><scenario name='{CANARY}'/></scenarios>".encode())},
        {},
        "hidden_unknown_part",
    ),
    "shape over cells": (
        {
            SHEET: swap(
                b"</worksheet>",
                b'<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
                b'r:id="rId1"/></worksheet>',
            )
        },
        {
            SHEET_RELS: ARROWS.replace(
                b"></Relationships>",
                b'><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"'
                b' Target="../drawings/drawing1.xml"/></Relationships>',
            ),
            "xl/drawings/drawing1.xml": b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
            b' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col>'
            b"<xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>3</xdr:col>"
            b"<xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp><xdr:spPr><a:solidFill>"
            b'<a:srgbClr val="000000"/></a:solidFill></xdr:spPr></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>',
        },
        "hidden_under_fill",
    ),
    "bytes after the package": ({}, {}, "hidden_unknown_part"),
}


def check(extraction: Extraction, kind: str) -> None:
    assert extraction.failure is None, extraction.notes
    assert kind in {hold.kind for hold in extraction.held_back}, extraction.held_back
    assert all(CANARY not in hold.where for hold in extraction.held_back)
    text = "\n".join(extraction.pages)
    assert VISIBLE in text
    assert CANARY.lower() not in text.lower()
    assert not any(CANARY in note for note in extraction.notes)


@pytest.mark.parametrize("trick", BY_OPENPYXL)
def test_what_openpyxl_can_hide(trick: str, extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    change, kind = BY_OPENPYXL[trick]
    check(extract_bytes(saved(change), "answer.xlsx"), kind)


@pytest.mark.parametrize("trick", BY_HAND)
def test_what_an_editor_of_packages_can_hide(trick: str, extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    edits, added, kind = BY_HAND[trick]
    data = repacked(saved(), edits, added)
    if trick == "bytes after the package":
        data += CANARY.encode() * 20
    extraction = extract_bytes(data, "answer.xlsx")
    check(extraction, kind)
    if trick == "shape over cells":
        assert "1234" not in extraction.pages[0]
        assert "Town" in extraction.pages[0]


def test_visible_cells_come_out_as_a_person_sees_them(extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Answer"]
        sheet["A5"], sheet["B5"] = "Cost", 1234.5
        sheet["B5"].number_format = '"£"#,##0.00'
        sheet["A6"], sheet["B6"] = "Share", 0.256
        sheet["B6"].number_format = "0.0%"
        sheet["A7"], sheet["B7"] = "Asked on", 45000
        sheet["B7"].number_format = "dd/mm/yyyy"
        sheet["A8"] = "Two\nlines"
        book.create_sheet("Second")["A1"] = "On the second sheet"

    extraction = extract_bytes(saved(change), "answer.xlsx")
    assert extraction.held_back == ()
    assert extraction.pages[0].split("\n") == [
        f"{VISIBLE} | 2023 | 2024",
        "Town | 1234 | 2345",
        "Coast | 12 | 34",
        "Cost | £1,234.50 |",
        "Share | 25.6% |",
        "Asked on | 15/03/2023 |",
        "Two lines |  |",
    ]
    assert extraction.pages[1] == "On the second sheet"
    assert extraction.text_quality is not None
    assert extraction.text_quality > 0.9


def test_what_hides_nothing_is_not_held(extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Answer"]
        sheet.auto_filter.ref = "A1:C3"  # buttons, and no filter that is on
        sheet["D2"] = "=SUM(B2:C2)"
        sheet["E2"] = '=COUNTIF(A2:A3,"Town")'
        sheet["A1"].font = Font(color="FFFFFFFF", bold=True)
        sheet["A1"].fill = PatternFill("solid", fgColor="FF1F3864")
        sheet.column_dimensions["Z"].hidden = True  # empty
        sheet.row_dimensions[90].hidden = True
        sheet.merge_cells("A9:C9")
        sheet["A9"] = "Merged"
        sheet["A10"].hyperlink = "https://www.ambershire.police.example/"
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, max_col=3, min_row=1, max_row=3), titles_from_data=True)
        sheet.add_chart(chart, "G5")

    assert extract_bytes(saved(change), "answer.xlsx").held_back == ()
