"""Every way of hiding something in a PDF: held, and not read. And what looks like hiding and is none."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from hiding_places import CANARY, VISIBLE
from pdf_makers import appended, canary, drawn, edited, flowing, line_place, paragraph, scan
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from indexer.disclosure import Extraction

Extract = Callable[[bytes, str], Extraction]
BAR = (70, 596, 200, 16)  # a box over the line that ``canary`` draws


def black_box_over(canvas: Canvas) -> None:
    canary(canvas)
    canvas.setFillColor(colors.black)
    canvas.rect(*BAR, stroke=0, fill=1)


def white_box_over(canvas: Canvas) -> None:
    canary(canvas)
    canvas.setFillColor(colors.white)
    canvas.rect(*BAR, stroke=0, fill=1)


def black_on_black(canvas: Canvas) -> None:
    canvas.setFillColor(colors.black)
    canvas.rect(*BAR, stroke=0, fill=1)
    canary(canvas)


def labelled_box(canvas: Canvas) -> None:
    black_box_over(canvas)
    canvas.setFillColor(colors.white)
    canvas.drawString(90, 600, "REDACTED BY US")


def box_over_part_of_a_word(canvas: Canvas) -> None:
    canvas.drawString(72, 600, CANARY)
    canvas.rect(72 + canvas.stringWidth(CANARY[:4]), 596, 200, 16, stroke=0, fill=1)


def white_letters(canvas: Canvas) -> None:
    canvas.setFillColor(colors.white)
    canary(canvas)


def nearly_white_letters(canvas: Canvas) -> None:
    canvas.setFillColor(colors.HexColor("#FAFAFA"))
    canary(canvas)


def picture_over(canvas: Canvas) -> None:
    canary(canvas)
    canvas.drawImage(ImageReader(Image.effect_noise((200, 16), 90).convert("RGB")), *BAR)


def off_page(canvas: Canvas) -> None:
    canvas.drawString(2000, 600, CANARY)


def below_page(canvas: Canvas) -> None:
    canvas.drawString(72, -300, CANARY)


def clipped(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(300, 300, 10, 10)
    canvas.clipPath(path, stroke=0)
    canary(canvas)
    canvas.restoreState()


def invisible_mode(canvas: Canvas) -> None:
    text = canvas.beginText(72, 600)
    text.setTextRenderMode(3)
    text.textOut(CANARY)
    canvas.drawText(text)


def in_form(canvas: Canvas) -> None:
    canvas.beginForm("block")
    black_box_over(canvas)
    canvas.endForm()
    canvas.doForm("block")


def microscopic(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.2)
    canvas.drawString(72, 600, f"{CANARY} attended the scene and spoke to the witness")


DRAWN = {
    "black box over text": (black_box_over, "hidden_under_fill"),
    "white box over text": (white_box_over, "hidden_under_fill"),
    "black letters on a black box": (black_on_black, "hidden_under_fill"),
    "black box with a label on it": (labelled_box, "hidden_under_fill"),
    "box over part of a word": (box_over_part_of_a_word, "hidden_under_fill"),
    "picture over text": (picture_over, "hidden_under_fill"),
    "black box in a form": (in_form, "hidden_under_fill"),
    "white letters": (white_letters, "hidden_text"),
    "nearly white letters": (nearly_white_letters, "hidden_text"),
    "letters of a fifth of a point": (microscopic, "hidden_text"),
    "invisible letters": (invisible_mode, "hidden_text"),
    "text beside the page": (off_page, "hidden_off_page"),
    "text below the page": (below_page, "hidden_off_page"),
    "text that is clipped away": (clipped, "hidden_off_page"),
}


def check(extraction: Extraction, kind: str) -> None:
    assert extraction.failure is None, extraction.notes
    assert kind in {hold.kind for hold in extraction.held_back}, extraction.held_back
    text = "\n".join(extraction.pages)
    assert VISIBLE in text
    assert CANARY not in text
    assert all(CANARY not in hold.where for hold in extraction.held_back)
    assert not any(CANARY in note for note in extraction.notes)


@pytest.mark.parametrize("trick", DRAWN)
def test_what_drawing_can_hide(trick: str, extract_bytes: Extract) -> None:
    draw, kind = DRAWN[trick]
    extraction = extract_bytes(drawn(draw), "letter.pdf")
    check(extraction, kind)
    if trick == "black box with a label on it":
        assert "REDACTED BY US" in extraction.pages[0]
    if trick == "box over part of a word":
        assert CANARY[:4] in extraction.pages[0]
        assert CANARY[4:] not in extraction.pages[0]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_are_found_on_turned_and_cropped_pages(turn: int, extract_bytes: Extract) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = turn
        pdf.pages[0].obj.MediaBox = Array([-20, -30, 620, 850])
        pdf.pages[0].obj.CropBox = Array([10, 20, 580, 820])

    check(extract_bytes(edited(drawn(black_box_over), edit), "letter.pdf"), "hidden_under_fill")


def annotated(subtype: str, **more: object) -> Callable[[pikepdf.Pdf], None]:
    def edit(pdf: pikepdf.Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([70, 596, 270, 612]), **more)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(annotation)])

    return edit


def field(pdf: pikepdf.Pdf) -> None:
    annotated("Widget", FT=Name.Tx, T=String("a"), V=String(CANARY))(pdf)
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots)


def layered(pdf: pikepdf.Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    page = pdf.pages[0]
    page.obj.Resources.Properties = Dictionary(L1=group)
    body = page.Contents.read_bytes()
    hidden = f"/OC /L1 BDC BT /F1 11 Tf 72 600 Td ({CANARY}) Tj ET EMC".encode()
    page.Contents = pdf.make_stream(body + b"\n" + hidden)


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments[f"{CANARY}.txt"] = CANARY.encode()


def thumbnail(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Thumb = pdf.make_stream(
        b"\0" * 12, Width=2, Height=2, BitsPerComponent=8, ColorSpace=Name.DeviceRGB
    )


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{CANARY}')"))


def private_data(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PieceInfo = Dictionary(Illustrator=Dictionary(Private=String(CANARY)))


def unknown_entry(pdf: pikepdf.Pdf) -> None:
    pdf.Root[f"/{CANARY}"] = String(CANARY)


def xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(XFA=pdf.make_stream(CANARY.encode()), Fields=Array([]))


EDITED = {
    "comment": (annotated("Text", Contents=String(CANARY)), "hidden_annotation"),
    "typed note": (annotated("FreeText", Contents=String(CANARY), DA=String("/Helv 9 Tf")), "hidden_annotation"),
    "form field": (field, "hidden_annotation"),
    "file in an annotation": (annotated("FileAttachment", Contents=String(CANARY)), "hidden_embedded_file"),
    "layer switched off": (layered, "hidden_layer"),
    "embedded file": (attached, "hidden_embedded_file"),
    "thumbnail": (thumbnail, "hidden_unknown_part"),
    "script": (script, "hidden_macro"),
    "private data of a program": (private_data, "hidden_unknown_part"),
    "an entry of no known kind": (unknown_entry, "hidden_unknown_part"),
    "XFA form": (xfa, "hidden_unknown_part"),
}


@pytest.mark.parametrize("trick", EDITED)
def test_what_a_pdf_can_carry(trick: str, extract_bytes: Extract) -> None:
    edit, kind = EDITED[trick]
    check(extract_bytes(edited(drawn(), edit), "letter.pdf"), kind)


def test_text_under_a_redaction_mark_that_was_never_applied(extract_bytes: Extract) -> None:
    extraction = extract_bytes(edited(drawn(canary), annotated("Redact")), "letter.pdf")
    check(extraction, "hidden_under_fill")
    assert "hidden_annotation" in {hold.kind for hold in extraction.held_back}


def test_an_earlier_version_inside_the_file(extract_bytes: Extract) -> None:
    first = edited(drawn(canary), lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
        body = pdf.pages[0].Contents.read_bytes()
    clean = body.replace(CANARY.encode(), b"withheld")
    assert clean != body
    new = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(clean), clean)
    check(extract_bytes(appended(first, number, new), "letter.pdf"), "hidden_earlier_version")


def test_a_page_as_it_was_before_a_change(extract_bytes: Extract) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.make_indirect(pdf.make_stream(f"BT /F1 11 Tf ({CANARY}) Tj ET".encode()))

    data = edited(drawn(), edit, preserve_pdfa=False)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        kept = any(isinstance(o, pikepdf.Stream) and CANARY.encode() in o.read_bytes() for o in pdf.objects)
    if not kept:  # QPDF leaves out what nothing points to, so the stream is put in by hand
        with pikepdf.open(io.BytesIO(drawn())) as pdf:
            number = len(pdf.objects) + 1
        body = f"BT /F1 11 Tf ({CANARY}) Tj ET".encode()
        data = appended(drawn(), number, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body))
    check(extract_bytes(data, "letter.pdf"), "hidden_earlier_version")


SCAN = [VISIBLE, "The officer attended at noon", "Nothing further is held"]


def ocr_layer() -> list[tuple[str, float, float]]:
    return [(line, *line_place(i)) for i, line in enumerate(SCAN)]


def test_the_layer_that_ocr_adds_is_the_text_of_the_scan(extract_bytes: Extract) -> None:
    extraction = extract_bytes(scan(SCAN, layer=ocr_layer()), "scan.pdf")
    assert extraction.failure is None
    assert extraction.held_back == ()
    assert extraction.pages == ("\n".join(SCAN),)
    assert not extraction.ocr


def test_a_box_over_a_scan_holds_it_with_or_without_a_layer(extract_bytes: Extract) -> None:
    def draw(canvas: Canvas) -> None:
        x, y = line_place(1)
        canvas.rect(x - 4, y - 6, 260, 22, stroke=0, fill=1)

    layered = extract_bytes(scan(SCAN, layer=ocr_layer(), draw=draw), "scan.pdf")
    assert {hold.kind for hold in layered.held_back} == {"hidden_under_fill"}
    assert "attended" not in layered.pages[0]
    assert VISIBLE in layered.pages[0]
    bare = extract_bytes(scan(SCAN, draw=draw), "scan.pdf")
    assert "hidden_under_fill" in {hold.kind for hold in bare.held_back}


def light_on_dark(canvas: Canvas) -> None:
    canvas.setFillColor(colors.HexColor("#1F3864"))
    canvas.rect(60, 590, 400, 30, stroke=0, fill=1)
    canvas.setFillColor(colors.white)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(72, 600, "Freedom of Information")


def tiny_boxes(canvas: Canvas) -> None:
    for i in range(60):
        canvas.rect(72 + 5 * i, 612, 1.5, 1.5, stroke=0, fill=1)
    canvas.drawString(72, 600, "Beneath a dotted rule")


def grey_watermark(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFillColor(colors.HexColor("#D0D0D0"))
    canvas.translate(150, 300)
    canvas.rotate(45)
    canvas.setFont("Helvetica-Bold", 60)
    canvas.drawString(0, 0, "DISCLOSED")
    canvas.restoreState()


def marker_pen(canvas: Canvas) -> None:
    canvas.setFillColor(colors.yellow)
    canvas.rect(70, 596, 160, 16, stroke=0, fill=1)
    canvas.setFillColor(colors.black)
    canvas.drawString(72, 600, "Highlighted, and to be read")


def link(canvas: Canvas) -> None:
    canvas.drawString(72, 600, "Our publication scheme")
    canvas.linkURL("https://www.ambershire.police.example/", (72, 596, 220, 612))


def doubled_bold(canvas: Canvas) -> None:
    canvas.drawString(72, 600, "Printed twice to be bold")
    canvas.drawString(72.3, 600, "Printed twice to be bold")


@pytest.mark.parametrize("draw", [light_on_dark, tiny_boxes, grey_watermark, marker_pen, link, doubled_bold])
def test_what_only_looks_like_hiding_is_not_held(draw: Callable[[Canvas], None], extract_bytes: Extract) -> None:
    extraction = extract_bytes(drawn(draw), "letter.pdf")
    assert extraction.held_back == ()
    words = {
        light_on_dark: "Freedom of Information",
        tiny_boxes: "Beneath a dotted rule",
        grey_watermark: "DISCLOSED",
        marker_pen: "Highlighted, and to be read",
        link: "Our publication scheme",
        doubled_bold: "Printed twice to be bold",
    }[draw]
    assert extraction.pages[0].count(words) == 1


def test_what_is_cut_at_the_edge_and_shown_on_the_next_page_is_not_held(extract_bytes: Extract) -> None:
    labels = "Axis 100 200 300 Divisions of the force"

    def draw(canvas: Canvas) -> None:
        canvas.drawString(580, 500, labels)
        canvas.showPage()
        canvas.drawString(20, 500, labels)

    extraction = extract_bytes(drawn(draw), "sheet.pdf")
    assert extraction.held_back == ()
    assert labels in extraction.pages[1]
    alone = extract_bytes(drawn(lambda canvas: canvas.drawString(580, 500, labels)), "sheet.pdf")
    assert {hold.kind for hold in alone.held_back} == {"hidden_off_page"}


def test_shaded_tables_are_not_held(extract_bytes: Extract) -> None:
    style = TableStyle([
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#222244")), ("TEXTCOLOR", (0, 0), (-1, 0), colors.white),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.whitesmoke, colors.lightgrey]),
        ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
    ])  # fmt: skip
    table = Table([["Year", "Offences"], *[[str(2000 + i), str(17 * i)] for i in range(20)]], style=style)
    extraction = extract_bytes(flowing(paragraph(VISIBLE), table), "table.pdf")
    assert extraction.held_back == ()
    assert "Year | Offences\n2000 | 0\n2001 | 17" in extraction.pages[0]
