"""PDF to text, page by page: what can be seen, in the order in which a person reads it."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field, replace

import pikepdf
import pypdfium2 as pdfium
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.utils import apply_matrix_rect

from indexer.disclosure import FailureKind, Hold
from indexer.extraction import ocr
from indexer.extraction.document import Content, Document, Limits, UnreadableError
from indexer.extraction.glyphs import BROKEN, Box, PageGlyphs
from indexer.extraction.glyphs import pages as pdfminer_pages
from indexer.extraction.hyphens import joined
from indexer.extraction.layout import page_text
from indexer.extraction.painting import COVERS, Painter, View
from indexer.extraction.pdfstructure import Structure, inspect
from indexer.extraction.quality import text_quality
from indexer.extraction.secondopinion import page_glyphs
from indexer.extraction.seeing import Lost, seen, told

QPDF_BROKEN = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError)
SCRAMBLED = 0.5  # quality: scrambled fonts give 0.2, tables of figures and names 0.8
FEW = 12  # letters and figures: a page with fewer says nothing, and is a picture if anything is on it
STAMP = 150  # letters and figures: as much may be stamped on a scan


def read(document: Document, limits: Limits) -> Content:
    """The visible text of a PDF.

    Raises UnreadableError for a file under a password; a cut or broken one gives what could be saved, with its failure.
    """
    data, failure, notes = document.data, None, []
    pages: list[PageGlyphs | None] | None = None
    try:
        pages = _pages(data, limits)
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise UnreadableError(FailureKind.PASSWORD, "the PDF asks for a password") from error
    except BROKEN as error:
        failure = _damage(data)
        notes.append(f"pdfminer: {type(error).__name__}")
        data = _repaired(data, failure)
    try:
        structure = inspect(data)
    except QPDF_BROKEN as error:
        failure = failure or _damage(data)
        notes.append(f"qpdf: {type(error).__name__}")
        data, pages = _repaired(data, failure), None
        structure = inspect(data)
    reader = _Reader(structure, limits, notes)
    try:
        with Painter(data) as painter:
            for number, page in enumerate(pages or _second_try(data, limits, len(painter.document))):
                reader.page(painter, number, page)
    except pdfium.PdfiumError as error:  # what cannot be painted cannot be told from what is hidden
        raise UnreadableError(failure or FailureKind.CORRUPT, "PDFium cannot open the file") from error
    return reader.content(failure)


def _pages(data: bytes, limits: Limits) -> list[PageGlyphs | None]:
    pages = []
    for page in pdfminer_pages(data):
        pages.append(page)
        if len(pages) > limits.pages:
            raise UnreadableError(FailureKind.TOO_LARGE, f"more than {limits.pages} pages")
    return pages


def _second_try(data: bytes, limits: Limits, count: int) -> list[PageGlyphs | None]:
    """The pages of a repaired file; where pdfminer fails again, PDFium reads each."""
    try:
        return _pages(data, limits)
    except BROKEN:
        return [None] * min(count, limits.pages)


def _damage(data: bytes) -> FailureKind:
    return FailureKind.TRUNCATED if b"%%EOF" not in data[-2048:] else FailureKind.CORRUPT


def _repaired(data: bytes, failure: FailureKind) -> bytes:
    """The file as QPDF can rebuild it. Raises UnreadableError where nothing can be saved."""
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if not pdf.pages:
                raise UnreadableError(failure, "no page could be saved")
            pdf.save(out)
    except pikepdf.PasswordError as error:
        raise UnreadableError(FailureKind.PASSWORD, "the PDF asks for a password") from error
    except QPDF_BROKEN as error:
        raise UnreadableError(failure, f"qpdf: {type(error).__name__}") from error
    return out.getvalue()


@dataclass(slots=True)
class _Reader:
    structure: Structure
    limits: Limits
    notes: list[str]
    texts: list[str] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    lost: list[tuple[int, list[Lost]]] = field(default_factory=list)  # by page, counted from 1
    painted: list[str] = field(default_factory=list)  # the visible words of each page in the order of painting
    unread: list[int] = field(default_factory=list)  # pages that are pictures, counted from 1
    by_pdfium: list[int] = field(default_factory=list)
    read_by_ocr: list[int] = field(default_factory=list)
    deadline: float = 0.0

    def page(self, painter: Painter, number: int, page: PageGlyphs | None) -> None:
        """Reads one page; None is one that pdfminer cannot read."""
        if page is None:
            self.by_pdfium.append(number + 1)
            page = page_glyphs(painter.document, number)
        view = painter.view(number, page)
        marks = [apply_matrix_rect(page.ctm, box) for box in self.structure.marks.get(number, [])]
        found = seen(view, marks, layers_off=self.structure.layers_off)
        self.lost.append((number + 1, found.lost))
        self.painted.append(" ".join(found.words))
        if found.covered:
            where = f"page {number + 1}: {found.covered} boxes over a scan"
            self.holds.append(Hold(kind="hidden_under_fill", where=where))
        text = page_text(replace(page, glyphs=found.glyphs))
        quality = text_quality(text)
        if quality is not None and quality < SCRAMBLED and number + 1 not in self.by_pdfium:
            text = self._by_pdfium(painter, number, text, marks)
            quality = text_quality(text)
        if _is_picture(view, text) or (quality is not None and quality < SCRAMBLED):
            text = self._recognised(painter, number, text)
        self.texts.append(text)

    def _by_pdfium(self, painter: Painter, number: int, text: str, marks: list[Box]) -> str:
        """The page as PDFium reads it, where that looks more like words."""
        page = page_glyphs(painter.document, number)
        found = seen(painter.view(number, page), marks, layers_off=self.structure.layers_off)
        other = page_text(replace(page, glyphs=found.glyphs))
        if (text_quality(other) or 0.0) <= (text_quality(text) or 0.0):
            return text
        self.by_pdfium.append(number + 1)
        return other

    def _recognised(self, painter: Painter, number: int, text: str) -> str:
        """The page by OCR, where that is to be had and says more than the file's own text."""
        if not ocr.installed():
            self.unread.append(number + 1)
            return text
        now = time.monotonic()
        self.deadline = self.deadline or now + self.limits.ocr_seconds
        if now >= self.deadline:
            self.unread.append(number + 1)
            return text
        recognised = ocr.text(painter.picture(number, ocr.DOTS_PER_INCH), self.deadline - now)
        if recognised is None:
            self.unread.append(number + 1)
            return text
        if (text_quality(recognised) or 0.0) * len(recognised) <= (text_quality(text) or 0.0) * len(text):
            return text
        self.read_by_ocr.append(number + 1)
        return recognised

    def content(self, failure: FailureKind | None) -> Content:
        texts = joined(self.texts)
        shown = "\n".join([*texts, *self.painted])
        for number, lost in self.lost:
            counted = sorted(told(lost, shown).items())
            self.holds.extend(Hold(kind=kind, where=f"page {number}: {count} letters") for kind, count in counted)
        if self.by_pdfium:
            self.notes.append("pages read by PDFium: " + ", ".join(map(str, self.by_pdfium)))
        if self.unread:
            self.notes.append("pages that could not be read well: " + ", ".join(map(str, self.unread)))
        if self.read_by_ocr:
            self.notes.append("pages read by OCR: " + ", ".join(map(str, self.read_by_ocr)))
        if failure is None and self.unread and not any(len(text.split()) > FEW for text in texts):
            failure = FailureKind.SCANNED
        return Content(
            pages=tuple(texts),
            holds=(*self.structure.holds, *self.holds),
            failure=failure,
            ocr=bool(self.read_by_ocr),
            notes=tuple(self.notes),
        )


def _is_picture(view: View, text: str) -> bool:
    """Whether what a page says is in a picture: it has hardly any text and is not blank, or is a scan with a stamp."""
    letters = sum(c.isalnum() for c in text)
    if letters >= STAMP:
        return False
    x0, y0, x1, y1 = view.page.crop
    area = (x1 - x0) * (y1 - y0)
    scan = any((box[2] - box[0]) * (box[3] - box[1]) > COVERS * area for box in view.page.pictures)
    layer = sum(glyph.invisible for glyph in view.page.glyphs)
    return (letters < FEW and not view.blank()) or (scan and layer < FEW)
