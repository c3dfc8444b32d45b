"""Every way of hiding something in a Word document: held, and not read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from docx import Document as NewDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from hiding_places import CANARY, VISIBLE, related, repacked, swap

from indexer.disclosure import Extraction

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY, RELS, SETTINGS = "word/document.xml", "word/_rels/document.xml.rels", "word/settings.xml"
END = b"<w:sectPr"
PLAIN = f"<w:p><w:r><w:t>{CANARY}</w:t></w:r></w:p>"


def letter() -> NewDocument:
    document = NewDocument()
    document.add_paragraph(VISIBLE)
    document.add_paragraph("Yours sincerely")
    return document


def saved(document: NewDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_run(change: Callable[[object], None]) -> bytes:
    document = letter()
    change(document.add_paragraph("See ").add_run(CANARY))
    return saved(document)


def inserted(xml: str, **added: bytes) -> bytes:
    """The letter with more at its end, as raw XML."""
    return repacked(saved(letter()), {BODY: swap(END, xml.encode() + END)}, added)


def white(run: object) -> None:
    run.font.color.rgb = RGBColor(255, 255, 255)


def black_highlight(run: object) -> None:
    run.font.color.rgb = RGBColor(0, 0, 0)
    run.font.highlight_color = WD_COLOR_INDEX.BLACK


def by_style() -> bytes:
    document = letter()
    style = document.styles.add_style("Unseen", 2)
    style.font.hidden = True
    document.add_paragraph("See ").add_run(CANARY, style="Unseen")
    return saved(document)


def commented() -> bytes:
    document = letter()
    document.add_comment(document.paragraphs[0].runs, text=CANARY, author="n", initials="n")
    return saved(document)


def unused_header() -> bytes:
    document = letter()
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = CANARY
    document.sections[0].different_first_page_header_footer = False
    return saved(document)


def low_row() -> bytes:
    document = letter()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "Shown"
    table.cell(1, 0).text = CANARY
    height = OxmlElement("w:trHeight")
    height.set(qn("w:val"), "20")
    height.set(qn("w:hRule"), "exact")
    table.rows[1]._tr.get_or_add_trPr().append(height)
    return saved(document)


def clipped_cell() -> bytes:
    document = letter()
    table = document.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "Shown"
    table.cell(0, 0).add_paragraph(CANARY)
    height = OxmlElement("w:trHeight")
    height.set(qn("w:val"), "284")
    height.set(qn("w:hRule"), "exact")
    table.rows[0]._tr.get_or_add_trPr().append(height)
    return saved(document)


FLOATING = (
    "<w:p><w:r><w:t>{text}</w:t></w:r><w:r><w:drawing>"
    '<wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" behindDoc="0">'
    "<wp:positionH><wp:posOffset>{offset}</wp:posOffset></wp:positionH>"
    '<wp:extent cx="2000000" cy="300000"/><wp:wrapNone/><wp:docPr id="9" name="Shape"{hidden}/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
    '<wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:spPr>'
    '<a:solidFill><a:srgbClr val="000000"/></a:solidFill></wps:spPr>{box}</wps:wsp></a:graphicData></a:graphic>'
    "</wp:anchor></w:drawing></w:r></w:p>"
)
BOX = f"<wps:txbx><w:txbxContent>{PLAIN}</w:txbxContent></wps:txbx>"
NOTES = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="5">{PLAIN}</w:footnote></w:footnotes>'.encode()
BLOCKS = f'<w:g xmlns:w="{W}"><w:docPart><w:docPartBody>{PLAIN}</w:docPartBody></w:docPart></w:g>'.encode()
SHADED = '<w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr>'

TRICKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "hidden text": (lambda: with_run(lambda run: setattr(run.font, "hidden", True)), "hidden_text"),
    "hidden by a style": (by_style, "hidden_text"),
    "white letters": (lambda: with_run(white), "hidden_text"),
    "black letters highlighted black": (lambda: with_run(black_highlight), "hidden_text"),
    "letters of one point": (lambda: with_run(lambda run: setattr(run.font, "size", Pt(1))), "hidden_text"),
    "dark letters in a dark cell": (
        lambda: inserted(
            f'<w:tbl><w:tr><w:tc>{SHADED}<w:p><w:r><w:rPr><w:color w:val="0A0A0A"/></w:rPr>'
            f"<w:t>{CANARY}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        ),
        "hidden_text",
    ),
    "deleted text": (
        lambda: inserted(
            f'<w:p><w:del w:author="n"><w:r><w:delText>{CANARY}</w:delText><w:t>{CANARY}</w:t></w:r></w:del></w:p>'
        ),
        "hidden_tracked_change",
    ),
    "moved text": (
        lambda: inserted(f"<w:p><w:moveFrom><w:r><w:t>{CANARY}</w:t></w:r></w:moveFrom></w:p>"),
        "hidden_tracked_change",
    ),
    "deleted row": (
        lambda: inserted(f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{PLAIN}</w:tc></w:tr></w:tbl>"),
        "hidden_tracked_change",
    ),
    "hidden row": (
        lambda: inserted(f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{PLAIN}</w:tc></w:tr></w:tbl>"),
        "hidden_row",
    ),
    "row without height": (low_row, "hidden_row"),
    "line below the edge of its row": (clipped_cell, "hidden_row"),
    "header that no page shows": (unused_header, "hidden_text"),
    "comment": (commented, "hidden_comment"),
    "embedded workbook": (
        lambda: repacked(saved(letter()), {}, {"word/embeddings/Microsoft_Excel_Sheet.xlsx": CANARY.encode()}),
        "hidden_embedded_file",
    ),
    "imported document": (lambda: inserted('<w:altChunk r:id="rId99"/>'), "hidden_embedded_file"),
    "chart": (
        lambda: repacked(saved(letter()), {}, {"word/charts/chart1.xml": CANARY.encode()}),
        "hidden_unknown_part",
    ),
    "macro": (lambda: repacked(saved(letter()), {}, {"word/vbaProject.bin": CANARY.encode()}), "hidden_macro"),
    "document variable": (
        lambda: repacked(
            saved(letter()),
            {
                SETTINGS: swap(
                    b"</w:settings>",
                    f'<w:docVars><w:docVar w:name="a" w:val="{CANARY}"/></w:docVars></w:settings>'.encode(),
                )
            },
        ),
        "hidden_text",
    ),
    "custom data": (
        lambda: repacked(
            saved(letter()),
            {RELS: related("customXml", "../customXml/item7.xml")},
            {"customXml/item7.xml": f'<x xmlns="urn:own">{CANARY}</x>'.encode()},
        ),
        "hidden_unknown_part",
    ),
    "field with words of its own": (
        lambda: inserted(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText> IF 1=2 "{CANARY}" "" </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        ),
        "hidden_text",
    ),
    "list of choices": (
        lambda: inserted(
            f'<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="{CANARY}"/></w:dropDownList></w:sdtPr>'
            "<w:sdtContent><w:p><w:r><w:t>Chosen</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
        "hidden_choice_list",
    ),
    "other words for older programs": (
        lambda: inserted(
            '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<mc:Choice><w:t>Seen</w:t></mc:Choice><mc:Fallback><w:t>{CANARY}</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
        "hidden_text",
    ),
    "hidden shape": (
        lambda: inserted(FLOATING.format(text="", offset=0, hidden=' hidden="1"', box=BOX)),
        "hidden_shape",
    ),
    "text box off the page": (
        lambda: inserted(FLOATING.format(text="", offset=-9000000, hidden="", box=BOX)),
        "hidden_off_page",
    ),
    "black box over the text": (
        lambda: inserted(FLOATING.format(text=CANARY, offset=0, hidden="", box="")),
        "hidden_under_fill",
    ),
    "paragraph left of the page": (
        lambda: inserted(f'<w:p><w:pPr><w:ind w:left="-9000"/></w:pPr><w:r><w:t>{CANARY}</w:t></w:r></w:p>'),
        "hidden_off_page",
    ),
    "footnote that nothing refers to": (
        lambda: repacked(
            saved(letter()),
            {RELS: related("footnotes", "footnotes.xml")},
            {"word/footnotes.xml": NOTES},
        ),
        "hidden_text",
    ),
    "building block": (
        lambda: repacked(
            saved(letter()),
            {RELS: related("glossaryDocument", "glossary/document.xml")},
            {"word/glossary/document.xml": BLOCKS},
        ),
        "hidden_text",
    ),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_what_a_word_document_can_hide(trick: str, extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    make, kind = TRICKS[trick]
    extraction = extract_bytes(make(), "letter.docx")
    assert extraction.failure is None, extraction.notes
    assert kind in {hold.kind for hold in extraction.held_back}, extraction.held_back
    text = "\n".join(extraction.pages)
    assert VISIBLE in text
    assert CANARY not in text
    assert all(CANARY not in hold.where for hold in extraction.held_back)


def test_a_letter_reads_in_order_with_its_numbers(extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    document = letter()
    for line in ("How many?", "Where?"):
        document.add_paragraph(line, style="List Number")
    document.add_paragraph("Weapons", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Year", "Count"), ("2024", "17")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.sections[0].header.paragraphs[0].text = "Ambershire Police"
    document.sections[0].footer.paragraphs[0].text = "Page foot"
    heading = (
        document.add_table(rows=1, cols=1, style="Light Grid Accent 1").cell(0, 0).paragraphs[0].add_run("Heading")
    )
    heading.font.color.rgb = RGBColor(255, 255, 255)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "1F3864")
    heading._r.getparent().getparent().get_or_add_tcPr().append(shade)
    extraction = extract_bytes(saved(document), "letter.docx")
    assert extraction.held_back == ()
    assert extraction.pages[0].split("\n") == [
        "Ambershire Police", "", VISIBLE, "Yours sincerely", "1. How many?", "2. Where?", "• Weapons", "",
        "Year | Count", "2024 | 17", "", "Heading", "", "Page foot",
    ]  # fmt: skip


def test_a_second_section_and_a_first_page_header_are_seen(extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    document = letter()
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "First page"
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "Later pages"
    extraction = extract_bytes(saved(document), "letter.docx")
    assert extraction.held_back == ()
    assert {"First page", "Later pages"} <= set(extraction.pages[0].split("\n"))
