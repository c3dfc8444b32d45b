"""PDF to text, page by page."""

from __future__ import annotations

import io

import pikepdf
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException

from indexer.disclosure import FailureKind
from indexer.extraction.document import Content, Document, Limits, UnreadableError
from indexer.extraction.glyphs import PageGlyphs
from indexer.extraction.glyphs import pages as pdfminer_pages
from indexer.extraction.layout import page_text

# What pdfminer raises on files that break its expectations, beside its own errors: a broken file is no reason to stop.
BROKEN = (PSException, PDFException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
          ArithmeticError, NotImplementedError, EOFError, RecursionError)  # fmt: skip


def read(document: Document, limits: Limits) -> Content:
    """The visible text of a PDF.

    Raises UnreadableError for a file under a password; a cut or broken one gives what could be saved, with its failure.
    """
    failure: FailureKind | None = None
    notes: list[str] = []
    data = document.data
    try:
        pages = _pages(data, limits)
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise UnreadableError(FailureKind.PASSWORD, "the PDF asks for a password") from error
    except BROKEN as error:
        failure = _damage(data)
        notes.append(f"pdfminer: {type(error).__name__}")
        pages = _pages(_repaired(data, failure), limits)
    texts = tuple(page_text(page) for page in pages)
    return Content(pages=texts, failure=failure, notes=tuple(notes))


def _pages(data: bytes, limits: Limits) -> list[PageGlyphs]:
    pages = []
    for page in pdfminer_pages(data):
        pages.append(page)
        if len(pages) > limits.pages:
            raise UnreadableError(FailureKind.TOO_LARGE, f"more than {limits.pages} pages")
    return pages


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
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableError(failure, f"qpdf: {type(error).__name__}") from error
    return out.getvalue()
