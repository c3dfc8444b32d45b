"""PDF files for tests, made with reportlab and pikepdf, all about invented forces."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
from hiding_places import CANARY, VISIBLE
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BalancedColumns,
    Flowable,
    ListFlowable,
    ListItem,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

WIDTH, HEIGHT = A4
BODY = getSampleStyleSheet()["BodyText"]
Draw = Callable[[Canvas], None]


def drawn(draw: Draw | None = None, *, pages: int = 1) -> bytes:
    """A page with one visible line, and what ``draw`` adds."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(pages):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, VISIBLE)
        if draw is not None:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def flowing(*story: Flowable) -> bytes:
    """A document of paragraphs, lists and tables."""
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm).build(list(story))
    return out.getvalue()


def paragraph(text: str) -> Paragraph:
    return Paragraph(text, BODY)


def numbered(*lines: str) -> ListFlowable:
    return ListFlowable([ListItem(paragraph(line)) for line in lines], bulletType="1", bulletFormat="%s.")


def grid(rows: list[list[object]], widths: list[float] | None = None) -> Table:
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(rows, colWidths=widths, style=TableStyle(style))


def open_table(rows: list[list[object]], widths: list[float] | None = None) -> Table:
    return Table(rows, colWidths=widths, style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))


def columns(*story: Flowable) -> BalancedColumns:
    return BalancedColumns(list(story), nCols=2)


def gap() -> Spacer:
    return Spacer(1, 6 * mm)


def scan(lines: list[str], *, layer: list[tuple[str, float, float]] = (), draw: Draw | None = None) -> bytes:
    """A page that is one picture of lines of print, with an invisible layer of text where given."""
    picture = Image.new("L", (1654, 2339), 255)  # A4 at 200 dots to the inch
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=38)
    for i, line in enumerate(lines):
        pen.text((180, 200 + 70 * i), line, fill=0, font=font)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    for text, x, y in layer:
        stretch = canvas.beginText(x, y)
        stretch.setFont("Helvetica", 13)
        stretch.setTextRenderMode(3)
        stretch.textOut(text)
        canvas.drawText(stretch)
    if draw is not None:
        draw(canvas)
    canvas.save()
    return out.getvalue()


def line_place(number: int) -> tuple[float, float]:
    """Where line ``number`` of a scan stands on its page, in points."""
    return 180 * 72 / 200, HEIGHT - (200 + 70 * number + 36) * 72 / 200


def edited(data: bytes, edit: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    """A PDF changed by pikepdf."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf)
        pdf.save(out, **options)
    return out.getvalue()


def appended(data: bytes, number: int, body: bytes) -> bytes:
    """A PDF after an incremental update that replaces one object: the earlier one stays in the file."""
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    root = re.findall(rb"/Root (\d+) (\d+) R", data)[-1]
    at = len(data) + 1
    new = b"\n%d 0 obj\n%s\nendobj\n" % (number, body)
    table = at + len(new) - 1
    return (
        data
        + new
        + b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size 99 /Root %s %s R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
        % (number, at, root[0], root[1], start, table)
    )


def canary(canvas: Canvas, y: float = 600) -> None:
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, y, f"Officer {CANARY} attended")
