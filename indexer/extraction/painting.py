"""What of a PDF page can be seen: the page is painted with and without its text by PDFium and the two are compared.

That settles every way of hiding at once: letters in the colour of the paper, dark letters on a dark fill, letters
under a fill, a picture or a mark, letters in a layer that is switched off, outside the page or clipped away. Light
letters on a dark heading, fills of tables and tiny boxes change the picture as ordinary text does, and are no finding.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Self, cast

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_pt, apply_matrix_rect, mult_matrix
from PIL import Image, ImageChops, ImageStat

from indexer.extraction.colours import Colour
from indexer.extraction.glyphs import Box, PageGlyphs

SCALE = 1.5  # pixels for a point: the smallest print, of 4 points, is 6 pixels high
MOST_PIXELS = 12_000_000  # of one page: posters are painted coarser
SEEN = 16  # of 255: a difference of less in every channel is not seen by anyone
COVERING = (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING)
DEEPEST = 12  # forms within forms: more is no page that a program made
TOUCHES = 0.3  # of the smaller text's area: texts that overlap more are tried one by one
MOST_TRIED = 200  # texts of one page that are tried one by one
FLAT = 12  # of 255: the spread of a surface without letters on it
COVERS = 0.4  # of the page: a picture larger than this is a scan
LEAST_BOX = (6.0, 4.0)  # points, width and height: a smaller box covers no word


@dataclass(slots=True)
class View:
    """One page as painted."""

    page: PageGlyphs
    whole: Image.Image
    textless: Image.Image
    alone: Image.Image  # the text without anything else
    mask: Image.Image = field(init=False)  # where text makes a difference
    scale_x: float = field(init=False)
    scale_y: float = field(init=False)
    buried: list[tuple[str, float, float]] = field(default_factory=list)  # signs under other text: sign, x, y
    covered: list[Box] = field(default_factory=list)  # boxes that lie over something drawn in a scan

    def __post_init__(self) -> None:
        self.mask = difference(self.whole, self.textless)
        x0, y0, x1, y1 = self.page.crop
        self.scale_x = self.whole.width / (x1 - x0)
        self.scale_y = self.whole.height / (y1 - y0)

    def pixels(self, box: Box, *, grow: float = 0.0) -> tuple[int, int, int, int]:
        """A box of the page in pixels, at least one wide and high, inside the picture."""
        x0, _, _, y1 = self.page.crop
        left = (box[0] - grow - x0) * self.scale_x
        right = (box[2] + grow - x0) * self.scale_x
        top = (y1 - box[3] - grow) * self.scale_y
        bottom = (y1 - box[1] + grow) * self.scale_y
        left, top = max(0, int(left)), max(0, int(top))
        return (
            min(left, self.whole.width - 1),
            min(top, self.whole.height - 1),
            max(min(left, self.whole.width - 1) + 1, min(self.whole.width, round(right))),
            max(min(top, self.whole.height - 1) + 1, min(self.whole.height, round(bottom))),
        )

    def differs(self, box: Box) -> bool:
        """Whether text makes a difference in a box."""
        return self.mask.crop(self.pixels(box)).getbbox() is not None

    def flat(self, box: Box) -> bool:
        """Whether a box shows one even surface."""
        crop = self.whole.crop(self.pixels(box))
        return _even(crop)

    def painted(self, box: Box) -> bool:
        """Whether text would be seen in a box if nothing lay over it: not so where it is clipped or switched off."""
        return not _even(self.alone.crop(self.pixels(box)))

    def surface(self, box: Box) -> Colour:
        """The mean colour in a box."""
        red, green, blue = ImageStat.Stat(self.whole.crop(self.pixels(box))).mean
        return round(red), round(green), round(blue)

    def blank(self) -> bool:
        """Whether nothing at all is to be seen on the page."""
        return _even(self.whole)


def _even(picture: Image.Image) -> bool:
    bands = cast(tuple[tuple[int, int], ...], picture.getextrema())
    return all(high - low < FLAT for low, high in bands)


def difference(a: Image.Image, b: Image.Image) -> Image.Image:
    """Where two pictures of one page differ visibly."""
    red, green, blue = ImageChops.difference(a, b).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point([0] * SEEN + [255] * (256 - SEEN))


class Painter:
    """A PDF open in PDFium. Use it as a context manager; raises pypdfium2.PdfiumError where PDFium cannot open it."""

    def __init__(self, data: bytes) -> None:
        self.document = pdfium.PdfDocument(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.document.close()

    def view(self, number: int, glyphs: PageGlyphs) -> View:
        """The page with that number (from 0), painted with and without its text."""
        page = self.document[number]
        try:
            scale = min(SCALE, (MOST_PIXELS / max(1.0, page.get_width() * page.get_height())) ** 0.5)
            whole = _paint(page, scale)
            texts = _texts(page, glyphs.ctm)
            drawn = list(_objects(page))
            words = [item for item in drawn if item.kind == pdfium_c.FPDF_PAGEOBJ_TEXT]
            others = [item for item in drawn if item.kind in COVERING]
            with _switched_off(others):
                alone = _paint(page, scale)
            with _switched_off(words):
                view = View(glyphs, whole, _paint(page, scale), alone)
            view.buried.extend(_buried(page, texts, scale, view))
            view.covered.extend(_covered(page, drawn, scale, view))
            return view
        finally:
            page.close()

    def picture(self, number: int, dots_per_inch: float) -> Image.Image:
        """The page as a grey picture, for OCR."""
        page = self.document[number]
        try:
            scale = dots_per_inch / 72  # PDF points are 72 to the inch
            return cast(Image.Image, page.render(scale=scale, grayscale=True).to_pil())
        finally:
            page.close()


def _paint(page: pdfium.PdfPage, scale: float) -> Image.Image:
    return cast(Image.Image, page.render(scale=scale).to_pil()).convert("RGB")


@dataclass(slots=True)
class _Drawn:
    """One object of a page: what it is, and how its own coordinates become the page's."""

    item: object
    kind: int
    matrix: Matrix


@dataclass(slots=True)
class _Text:
    """One text object: its signs with their places on the page."""

    item: object
    signs: list[tuple[str, float, float]] = field(default_factory=list)
    box: Box = (1e9, 1e9, -1e9, -1e9)

    def add(self, sign: str, origin: tuple[float, float], box: Box) -> None:
        self.signs.append((sign, *origin))
        x0, y0, x1, y1 = self.box
        self.box = (min(x0, box[0]), min(y0, box[1]), max(x1, box[2]), max(y1, box[3]))


@contextmanager
def _switched_off(drawn: Sequence[_Drawn | _Text]) -> Iterator[None]:
    for one in drawn:
        pdfium_c.FPDFPageObj_SetIsActive(one.item, False)
    try:
        yield
    finally:
        for one in drawn:
            pdfium_c.FPDFPageObj_SetIsActive(one.item, True)


def _objects(page: pdfium.PdfPage) -> Iterator[_Drawn]:
    """Every object on a page, those inside forms too, in the order of painting."""
    count, get = pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject
    waiting = [(get(page.raw, i), MATRIX_IDENTITY, 0) for i in reversed(range(count(page.raw)))]
    while waiting:
        item, matrix, depth = waiting.pop()
        kind = pdfium_c.FPDFPageObj_GetType(item)
        yield _Drawn(item, kind, matrix)
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            own = pdfium_c.FS_MATRIX()
            pdfium_c.FPDFPageObj_GetMatrix(item, own)
            inner = mult_matrix((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
            number = pdfium_c.FPDFFormObj_CountObjects(item)
            waiting.extend((pdfium_c.FPDFFormObj_GetObject(item, i), inner, depth + 1) for i in reversed(range(number)))


def _texts(page: pdfium.PdfPage, ctm: Matrix) -> list[_Text]:
    """The text objects of a page in the order of reading, with the places of their signs."""
    found: dict[int, _Text] = {}
    text_page = page.get_textpage()
    try:
        x, y, rect = ctypes.c_double(), ctypes.c_double(), pdfium_c.FS_RECTF()
        for i in range(pdfium_c.FPDFText_CountChars(text_page.raw)):
            if pdfium_c.FPDFText_IsGenerated(text_page.raw, i):
                continue
            item = pdfium_c.FPDFText_GetTextObject(text_page.raw, i)
            code = pdfium_c.FPDFText_GetUnicode(text_page.raw, i)
            if not item or code < 33:  # blanks and control signs
                continue
            pdfium_c.FPDFText_GetCharOrigin(text_page.raw, i, x, y)
            pdfium_c.FPDFText_GetLooseCharBox(text_page.raw, i, rect)
            box = apply_matrix_rect(ctm, (rect.left, rect.bottom, rect.right, rect.top))
            key = ctypes.addressof(item.contents)
            found.setdefault(key, _Text(item)).add(chr(code), apply_matrix_pt(ctm, (x.value, y.value)), box)
    finally:
        text_page.close()
    return list(found.values())


def _overlaps(a: Box, b: Box) -> bool:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return False
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return width * height > TOUCHES * smaller


def _buried(page: pdfium.PdfPage, texts: list[_Text], scale: float, view: View) -> Iterator[tuple[str, float, float]]:
    """The signs of texts that other text is printed on, and that make no difference by themselves."""
    ordered = sorted(texts, key=lambda text: text.box[1])
    suspects: dict[int, _Text] = {}
    for i, lower in enumerate(ordered):
        for upper in ordered[i + 1 :]:
            if upper.box[1] > lower.box[3]:
                break
            same = [sign for sign, _, _ in lower.signs] == [sign for sign, _, _ in upper.signs]
            if not same and _overlaps(lower.box, upper.box):
                suspects[id(lower)] = lower
                suspects[id(upper)] = upper
    for text in list(suspects.values())[:MOST_TRIED]:
        with _switched_off([text]):
            without = _paint(page, scale)
        pixels = view.pixels(text.box)
        if difference(view.whole.crop(pixels), without.crop(pixels)).getbbox() is None:
            yield from text.signs


def _covered(page: pdfium.PdfPage, drawn: list[_Drawn], scale: float, view: View) -> Iterator[Box]:
    """Even boxes, black or white, that lie over something to be seen in a scan."""
    x0, y0, x1, y1 = view.page.crop
    area = (x1 - x0) * (y1 - y0)
    if not any((p[2] - p[0]) * (p[3] - p[1]) > COVERS * area for p in view.page.pictures):
        return
    boxes: list[tuple[_Drawn, Box]] = []
    edges = [ctypes.c_float() for _ in range(4)]
    for one in drawn:
        if one.kind not in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE):
            continue
        if not pdfium_c.FPDFPageObj_GetBounds(one.item, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        own = apply_matrix_rect(one.matrix, (left, bottom, right, top))
        box = apply_matrix_rect(view.page.ctm, own)
        big = box[2] - box[0] >= LEAST_BOX[0] and box[3] - box[1] >= LEAST_BOX[1]
        if big and (box[2] - box[0]) * (box[3] - box[1]) < COVERS * area and view.flat(_inner(box)):
            boxes.append((one, box))
    if not boxes:
        return
    with _switched_off([one for one, _ in boxes]):
        bare = View(view.page, _paint(page, scale), view.textless, view.alone)
    for _, box in boxes:
        if not bare.flat(_inner(box)) and not view.differs(box):
            yield box


def _inner(box: Box) -> Box:
    """A box without its edge."""
    return (box[0] + 1.5, box[1] + 1.5, box[2] - 1.5, box[3] - 1.5)
