"""The signs of a PDF page with their place on it, and the lines ruled on it, as pdfminer.six finds them."""

from __future__ import annotations

import io
import itertools
import logging
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTPage
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextSeq
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSException
from pdfminer.utils import MATRIX_IDENTITY, Matrix, PathSegment, apply_matrix_pt, apply_matrix_rect

from indexer.extraction.colours import WHITE, Colour

Box = tuple[float, float, float, float]

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # its warnings quote the document

# What pdfminer raises on files that break its expectations, beside its own errors: a broken file is no reason to stop.
BROKEN = (PSException, PDFException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
          ArithmeticError, NotImplementedError, EOFError, RecursionError)  # fmt: skip
INVISIBLE = 3  # text render mode of the layer that OCR adds
THIN = 3.0  # points: a filled rectangle no thicker is a ruled line
STRAIGHT = 0.7  # points: a line that leans less is horizontal or vertical
MOST_RULES = 20_000  # on one page: tables have hundreds; more is a drawing, and no table is looked for
UNDECODED = "\ufffd"
# Bullets of the Symbol and Wingdings fonts, which have no Unicode of their own and come as private characters.
PRIVATE = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf06f": "o", "\uf0e0": "→", "\uf02d": "-",
    "\uf0a8": "□", "\uf0fe": "☒", "\uf071": "❑", "\uf076": "❖", "\uf06c": "●", "\uf0b0": "°", "\uf0de": "⇒",
}  # fmt: skip
LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
MENDED = str.maketrans({**PRIVATE, **LIGATURES, "\xa0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\t": " "})


@dataclass(slots=True)
class Glyph:
    """One sign. Coordinates are points from the page's lower left corner, as the page is turned for reading."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    baseline: float  # y of the line it stands on
    angle: int = 0  # degrees, anticlockwise
    invisible: bool = False  # drawn in render mode 3
    ink: Colour | None = None  # where the file says it in a device's own colours


@dataclass(slots=True)
class Rule:
    """A ruled line or the edge of a box: horizontal (y0 == y1) or vertical (x0 == x1)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class PageGlyphs:
    """What stands on one page."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shades: list[Box] = field(default_factory=list)  # fills without a border, as shaded cells have
    pictures: list[Box] = field(default_factory=list)
    crop: Box = (0.0, 0.0, 0.0, 0.0)  # what of the page is shown
    drawn: int = 0  # paths painted
    ctm: Matrix = MATRIX_IDENTITY  # from the file's coordinates to these


def mend(text: str) -> str:
    """Ligatures taken apart, bullets of symbol fonts named, control characters dropped."""
    text = text.translate(MENDED)
    return "".join(c for c in text if c >= " " and not "\x7f" <= c <= "\x9f")


class _Collector(PDFLayoutAnalyzer):
    """Takes signs and lines from pdfminer's interpreter, with the render mode that pdfminer itself forgets."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager, laparams=None)
        self.found = PageGlyphs(0.0, 0.0)
        self.render_mode = 0

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        x0, y0, x1, y1 = apply_matrix_rect(ctm, page.mediabox)
        self.found = PageGlyphs(abs(x1 - x0), abs(y1 - y0))
        self.found.ctm = ctm
        self.found.crop = crop_box(
            apply_matrix_rect(ctm, page.cropbox), (0.0, 0.0, self.found.width, self.found.height)
        )
        self.cur_item = LTPage(1, (0, 0, self.found.width, self.found.height))

    def end_page(self, page: PDFPage) -> None:
        """Nothing to analyse: the layout is read elsewhere."""

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002 pdfminer's signature
        self.found.pictures.append(self.cur_item.bbox)

    def render_string(
        self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        self.render_mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,  # noqa: ARG002 pdfminer's signature
        graphicstate: PDFGraphicState,
    ) -> float:
        try:
            text = mend(font.to_unichr(cid))
        except PDFUnicodeNotDefined:
            text = UNDECODED
        advance = font.char_width(cid) * fontsize * scaling
        if text:
            glyph = _glyph(text, matrix, font, fontsize, rise, advance)
            glyph.invisible = self.render_mode == INVISIBLE
            glyph.ink = _colour(graphicstate.ncolor)
            self.found.glyphs.append(glyph)
        return advance

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,  # noqa: ARG002 pdfminer's signature
        path: Sequence[PathSegment],
    ) -> None:
        self.found.drawn += 1
        if len(self.found.rules) > MOST_RULES or (fill and not stroke and _colour(gstate.ncolor) == WHITE):
            return
        points: list[tuple[float, float]] = []
        for segment in path:
            if segment[0] == "m" and len(segment) == 3:
                self._edges(points, fill=fill, stroke=stroke)
                points = [apply_matrix_pt(self.ctm, (segment[1], segment[2]))]
            elif segment[0] == "l" and len(segment) == 3:
                points.append(apply_matrix_pt(self.ctm, (segment[1], segment[2])))
            elif segment[0] == "h":
                points.extend(points[:1])
            else:
                points = []  # a curve: no part of a table
        self._edges(points, fill=fill, stroke=stroke)

    def _edges(self, points: list[tuple[float, float]], *, fill: bool, stroke: bool) -> None:
        if len(points) < 2:
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        if fill and min(x1 - x0, y1 - y0) <= THIN:
            if x1 - x0 >= y1 - y0:
                self.found.rules.append(Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
            else:
                self.found.rules.append(Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))
            return
        if not stroke:
            self.found.shades.append((x0, y0, x1, y1))
            return
        lines = self.found.rules
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            if abs(ay - by) <= STRAIGHT < abs(ax - bx):
                lines.append(Rule(min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2))
            elif abs(ax - bx) <= STRAIGHT < abs(ay - by):
                lines.append(Rule((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by)))


def pages(data: bytes) -> Iterator[PageGlyphs | None]:
    """Every page of a PDF by pdfminer.six; None for a page that it cannot read.

    Raises what pdfminer raises where it cannot open the file at all.
    """
    manager = PDFResourceManager(caching=True)
    device = _Collector(manager)
    interpreter = PDFPageInterpreter(manager, device)
    for page in PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data)))):
        try:
            interpreter.process_page(page)
        except BROKEN:
            yield None
        else:
            yield device.found


def _glyph(text: str, matrix: Matrix, font: PDFFont, fontsize: float, rise: float, advance: float) -> Glyph:
    a, b, c, d, _, _ = matrix
    if font.is_vertical():
        bottom, top, left, right = advance, 0.0, -fontsize / 2, fontsize / 2
    else:
        bottom = font.get_descent() * fontsize
        top, left, right = bottom + fontsize, 0.0, advance
    corners = [apply_matrix_pt(matrix, (x, y + rise)) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    forward = -1 if advance < 0 and not font.is_vertical() else 1
    angle = round(math.degrees(math.atan2(b * forward, a * forward))) % 360
    size = math.hypot(c, d) * abs(fontsize)
    origin = apply_matrix_pt(matrix, (0.0, rise))
    return Glyph(text, min(xs), min(ys), max(xs), max(ys), size, origin[1], angle)


def crop_box(crop: Box, media: Box) -> Box:
    """The part of the page that viewers show: the crop box inside the media box."""
    box = (max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3]))
    return box if box[0] < box[2] and box[1] < box[3] else media


def _colour(value: object) -> Colour | None:
    """A grey, RGB or CMYK value as a colour; None for patterns and broken values."""
    parts = value if isinstance(value, tuple) else (value,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return None
    levels = [min(1.0, max(0.0, float(part))) for part in parts if isinstance(part, int | float)]
    if len(levels) == 1:
        return (round(255 * levels[0]),) * 3
    if len(levels) == 3:
        return round(255 * levels[0]), round(255 * levels[1]), round(255 * levels[2])
    if len(levels) == 4:
        cyan, magenta, yellow, key = levels
        return (
            round(255 * (1 - cyan) * (1 - key)),
            round(255 * (1 - magenta) * (1 - key)),
            round(255 * (1 - yellow) * (1 - key)),
        )
    return None
