"""The signs of a PDF page as PDFium finds them: the second opinion where pdfminer.six fails or returns garbage."""

from __future__ import annotations

import ctypes
import math

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfminer.utils import Matrix, apply_matrix_pt, apply_matrix_rect

from indexer.extraction.glyphs import INVISIBLE, UNDECODED, Box, Glyph, PageGlyphs, crop_box, mend

BLANKS = (0, 2, 0xFFFE, 0xFFFF)  # codes that PDFium gives for a sign without a character


def page_glyphs(document: pdfium.PdfDocument, number: int) -> PageGlyphs:
    """The signs of one page (from 0), in the coordinates that ``glyphs`` uses. Ruled lines are not looked for."""
    page = document[number]
    try:
        ctm = _turned(page.get_rotation(), page.get_mediabox())
        media = apply_matrix_rect(ctm, page.get_mediabox())
        found = PageGlyphs(media[2] - media[0], media[3] - media[1], ctm=ctm)
        found.crop = crop_box(apply_matrix_rect(ctm, page.get_cropbox()), (0.0, 0.0, found.width, found.height))
        for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=8):
            left, bottom, right, top = item.get_bounds()
            found.pictures.append(apply_matrix_rect(ctm, (left, bottom, right, top)))
        _collect(page, ctm, found)
        return found
    finally:
        page.close()


def _turned(rotation: int, media: Box) -> Matrix:
    """From the file's coordinates to those of the page as it is turned for reading, as pdfminer computes them."""
    x0, y0, x1, y1 = media
    return {
        90: (0.0, -1.0, 1.0, 0.0, -y0, x1),
        180: (-1.0, 0.0, 0.0, -1.0, x1, y1),
        270: (0.0, 1.0, -1.0, 0.0, y1, -x0),
    }.get(rotation, (1.0, 0.0, 0.0, 1.0, -x0, -y0))


def _collect(page: pdfium.PdfPage, ctm: Matrix, found: PageGlyphs) -> None:
    text_page = page.get_textpage()
    turn = page.get_rotation()
    try:
        raw = text_page.raw
        x, y, rect = ctypes.c_double(), ctypes.c_double(), pdfium_c.FS_RECTF()
        channels = [ctypes.c_uint() for _ in range(4)]
        for i in range(pdfium_c.FPDFText_CountChars(raw)):
            if pdfium_c.FPDFText_IsGenerated(raw, i):
                continue
            code = pdfium_c.FPDFText_GetUnicode(raw, i)
            text = UNDECODED if code in BLANKS else mend(chr(code))
            if not text:
                continue
            pdfium_c.FPDFText_GetCharOrigin(raw, i, x, y)
            pdfium_c.FPDFText_GetLooseCharBox(raw, i, rect)
            box = apply_matrix_rect(ctm, (rect.left, rect.bottom, rect.right, rect.top))
            angle = round(math.degrees(pdfium_c.FPDFText_GetCharAngle(raw, i)) - turn) % 360
            size = box[3] - box[1] if angle in (0, 180) else max(box[2] - box[0], box[3] - box[1])
            item = pdfium_c.FPDFText_GetTextObject(raw, i)
            glyph = Glyph(text, *box, size or 1.0, apply_matrix_pt(ctm, (x.value, y.value))[1], angle)
            glyph.invisible = bool(item) and pdfium_c.FPDFTextObj_GetTextRenderMode(item) == INVISIBLE
            if pdfium_c.FPDFText_GetFillColor(raw, i, *channels):
                red, green, blue, _ = (channel.value for channel in channels)
                glyph.ink = (red, green, blue)
            found.glyphs.append(glyph)
    finally:
        text_page.close()
