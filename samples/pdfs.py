"""PDF files that answers come with: letters in one and two columns, long tables, scans, and the broken kinds.

Every file is the same, byte for byte, whenever and wherever it is made.
"""

from __future__ import annotations

import calendar
import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pypdfium2
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader, TimeStamp
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from indexer.disclosure import Voice

from .markup import Block, Kind, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .tables import Table as Figures

MADE = (2024, 1, 8, 9, 0, 0, 0, 8, 0)  # what the files' properties say of themselves
SCAN_DPI = 150  # enough for a person to read and for OCR to try, in some 40 kB a page
BOX_HEIGHT = 11  # points: covers one line of the report's type


@dataclass(frozen=True, slots=True)
class Look:
    """How a force sets its letters. ``running`` stands at the head of every page, in the text layer too."""

    serif: bool
    running: str | None


class _Mark(Flowable):  # type: ignore[misc]
    """Takes no room, and remembers the page it came to stand on."""

    def __init__(self, pages: list[int]) -> None:
        super().__init__()
        self.pages = pages
        self.width = self.height = 0

    def draw(self) -> None:
        self.pages.append(self.canv.getPageNumber())


class _Box(Flowable):  # type: ignore[misc]
    """A line of text with a black box drawn over the end of it: looks redacted, and is not."""

    def __init__(self, before: str, hidden: str, font: str) -> None:
        super().__init__()
        self.before, self.hidden, self.font = before, hidden, font
        self.width, self.height = 160 * mm, 16

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFont(self.font, 10)
        canvas.drawString(0, 4, self.before)
        start = canvas.stringWidth(self.before, self.font, 10)
        canvas.drawString(start, 4, self.hidden)
        canvas.setFillColor(colors.black)
        width = canvas.stringWidth(self.hidden, self.font, 10)
        canvas.rect(start - 1, 1, width + 2, BOX_HEIGHT, stroke=0, fill=1)


class _Setter:
    """Turns blocks into what reportlab sets."""

    def __init__(self, look: Look) -> None:
        name = "Times" if look.serif else "Helvetica"
        self.font = f"{name}-Roman" if look.serif else name
        self.bold = f"{name}-Bold"
        self.body = ParagraphStyle("body", fontName=self.font, fontSize=10, leading=13, spaceAfter=6)
        self.heading = ParagraphStyle(
            "heading", fontName=self.bold, fontSize=11, leading=14, spaceBefore=6, spaceAfter=4
        )
        self.cell = ParagraphStyle("cell", parent=self.body, fontSize=9, leading=11, spaceAfter=0)

    def text(self, runs: Iterable[Run]) -> str:
        """Runs in reportlab's inline markup."""
        pieces = []
        for run in runs:
            text = escape(run.text).replace("\n", "<br/>")
            if run.href:
                text = f'<a href="{escape(run.href)}" color="#1a4a8a">{text}</a>'
            if run.raised:
                text = f"<super>{text}</super>"
            pieces.append(f"<b>{text}</b>" if run.bold else text)
        return "".join(pieces)

    def blocks(self, blocks: Iterable[Block]) -> list[Any]:
        """Blocks as flowables; rows that follow each other are one table."""
        made: list[Any] = []
        rows: list[Block] = []
        for block in blocks:
            if rows and (block.kind is not Kind.ROW or block.head):
                made.append(self.table([[self.text(cell) for cell in row.cells] for row in rows]))
                rows = []
            if block.kind is Kind.ROW:
                rows.append(block)
            else:
                made.append(self.block(block))
        if rows:
            made.append(self.table([[self.text(cell) for cell in row.cells] for row in rows]))
        return made

    def block(self, block: Block) -> Any:
        """One block that is no row."""
        if block.kind is Kind.PAGE_BREAK:
            return PageBreak()
        if block.kind is Kind.HEADING:
            return Paragraph(self.text(block.runs), self.heading)
        if block.kind is Kind.ITEM:
            indent = 16 + 16 * block.depth
            style = ParagraphStyle("item", parent=self.body, leftIndent=indent, bulletIndent=indent - 14, spaceAfter=3)
            return Paragraph(self.text(block.runs), style, bulletText=block.label or "•")
        return Paragraph(self.text(block.runs), self.body)

    def table(self, rows: list[list[str]]) -> Any:
        """A table with lines, whose head is printed again on every page."""
        cells = [[Paragraph(cell, self.cell) for cell in row] for row in rows]
        return LongTable(cells, repeatRows=1, style=_LINES, spaceBefore=4, spaceAfter=8, hAlign="LEFT")

    def figures(self, figures: Figures) -> Any:
        """A long table of figures, in plain strings because it has thousands of them."""
        rows = [
            list(figures.head),
            *([f"{cell:,}" if isinstance(cell, int) else cell for cell in row] for row in figures.rows),
        ]
        style = TableStyle(
            [*_LINES.getCommands(), ("FONT", (0, 0), (-1, -1), self.font, 9), ("FONT", (0, 0), (-1, 0), self.bold, 9)]
        )
        return LongTable(rows, repeatRows=1, style=style, hAlign="LEFT")


_LINES = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)


class _FixedTime(TimeStamp):  # type: ignore[misc]
    """The moment every file is made at. reportlab's own invariant moment gives way to a variable of the environment."""

    def __init__(self) -> None:
        self.t = calendar.timegm(MADE)
        self.lt, self.YMDhms = MADE, MADE[:6]
        self.tzname, self.dhh, self.dmm = "UTC", 0, 0


def _canvas(*arguments: Any, **named: Any) -> Canvas:
    canvas = Canvas(*arguments, **named)
    canvas._doc._timeStamp = _FixedTime()
    canvas._doc.signature = hashlib.md5(b"", usedforsecurity=False)  # the file's id; began with the time before
    return canvas


def _set(flowables: list[Any], look: Look, title: str, encrypt: Any = None) -> bytes:
    out = io.BytesIO()
    font = "Times-Roman" if look.serif else "Helvetica"

    def running(canvas: Canvas, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(font, 8)
        if look.running:
            for number, line in enumerate(look.running.split("\n")):
                canvas.drawString(22 * mm, A4[1] - 12 * mm - 10 * number, line)
        canvas.drawRightString(A4[0] - 22 * mm, 10 * mm, f"Page {document.page}")
        canvas.restoreState()

    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=22 * mm,
        rightMargin=22 * mm,
        topMargin=(32 if look.running else 20) * mm,
        bottomMargin=20 * mm,
        title=title,
        author="",
        invariant=1,
        encrypt=encrypt,
        lang="en-GB",
    )
    document.build(flowables, onFirstPage=running, onLaterPages=running, canvasmaker=_canvas)
    return out.getvalue()


def letter(blocks: Iterable[Block], look: Look, title: str, phrase: str | None) -> tuple[bytes, int | None]:
    """A letter in one column, and the page on which the phrase came to stand: on an annex of its own."""
    setter = _Setter(look)
    pages: list[int] = []
    flowables = [*setter.blocks(blocks), *_annex(setter, phrase, pages)]
    return _set(flowables, look, title), pages[0] if pages else None


def _annex(setter: _Setter, phrase: str | None, pages: list[int]) -> list[Any]:
    if phrase is None:
        return []
    return [
        PageBreak(),
        Paragraph("Annex: note by the department", setter.heading),
        _Mark(pages),
        Paragraph(phrase, setter.body),
    ]


def two_columns(blocks: tuple[Block, ...], look: Look, title: str, phrase: str | None) -> tuple[bytes, int | None]:
    """A letter whose request and answer stand side by side in a table, question by question."""
    setter = _Setter(look)
    asked = [block for block in blocks if block.voice is Voice.REQUEST]
    answered = [block for block in blocks if block.voice is Voice.ANSWER]
    first = next(number for number, block in enumerate(blocks) if block.voice is not Voice.OTHER)
    last = max(number for number, block in enumerate(blocks) if block.voice is not Voice.OTHER)
    numbers = list(dict.fromkeys(block.question for block in answered if block.question))
    rows: list[list[Any]] = [[Paragraph("<b>Request</b>", setter.body), Paragraph("<b>Response</b>", setter.body)]]
    opening = [block for block in asked if block.question not in numbers]
    leading = [block for block in answered if block.question is None]
    if opening or leading:
        rows.append([setter.blocks(opening), setter.blocks(leading)])
    rows.extend(
        [
            setter.blocks(block for block in asked if block.question == number),
            setter.blocks(block for block in answered if block.question == number),
        ]
        for number in numbers
    )
    side_by_side = Table(rows, colWidths=[78 * mm, 88 * mm], repeatRows=1, style=_LINES, splitInRow=1)
    pages: list[int] = []
    flowables = [
        *setter.blocks(blocks[:first]),
        side_by_side,
        Spacer(1, 8),
        *setter.blocks(blocks[last + 1 :]),
        *_annex(setter, phrase, pages),
    ]
    return _set(flowables, look, title), pages[0] if pages else None


def long_table(figures: Figures, look: Look, phrase: str | None) -> tuple[bytes, int | None]:
    """A table that runs over pages, with a note beneath it."""
    setter = _Setter(look)
    pages: list[int] = []
    note = [_Mark(pages), Paragraph(phrase, setter.body)] if phrase else []
    flowables = [Paragraph(figures.title, setter.heading), setter.figures(figures), Spacer(1, 8), *note]
    return _set(flowables, look, figures.title), pages[0] if pages else None


def enclosure(
    blocks: Iterable[Block], look: Look, title: str, phrase: str | None, *, hidden: str | None = None
) -> tuple[bytes, int | None]:
    """A document disclosed as it is. ``hidden`` comes to stand under a black box, in the text layer all the same."""
    setter = _Setter(look)
    pages: list[int] = []
    flowables: list[Any] = []
    for block in blocks:
        if phrase and phrase in block.text:
            flowables.append(_Mark(pages))
        if hidden and hidden in block.text:
            flowables.append(_Box(block.text.replace(hidden, ""), hidden, setter.font))
        else:
            flowables.append(setter.block(block))
    return _set(flowables, look, title), pages[0] if pages else None


def locked(blocks: Iterable[Block], look: Look, title: str, password: str) -> bytes:
    """A document that opens with a password only."""
    lock = pdfencrypt.StandardEncryption(userPassword=password, ownerPassword=f"{password}-owner", strength=128)
    return _set(_Setter(look).blocks(blocks), look, title, lock)


def truncated(whole: bytes) -> bytes:
    """The first three fifths of a file, as a broken upload leaves it."""
    return whole[: len(whole) * 3 // 5]


def scan(whole: bytes, title: str) -> bytes:
    """The pages of a file as pictures: what a flat-bed scanner makes of a letter, without any text."""
    out = io.BytesIO()
    canvas = _canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    source = pypdfium2.PdfDocument(whole)
    try:
        for page in source:
            image = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil().convert("1")
            canvas.drawImage(ImageReader(image.convert("L")), 0, 0, *A4)
            canvas.showPage()
    finally:
        source.close()
    canvas.save()
    return out.getvalue()
