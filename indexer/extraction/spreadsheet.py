"""Spreadsheets of every format: their visible cells as text, page for sheet, and as clean CSV."""

from __future__ import annotations

from indexer.disclosure import FailureKind
from indexer.extraction import ods, xls, xlsb, xlsx
from indexer.extraction.document import ODS, XLS, XLSB, XLSM, XLSX, Content, Document, Limits, UnreadableError
from indexer.extraction.sniffing import media_type
from indexer.extraction.workbook import Workbook

FORMATS = {XLSX: xlsx.workbook, XLSM: xlsx.workbook, XLSB: xlsb.workbook, XLS: xls.workbook, ODS: ods.workbook}


def read(document: Document, limits: Limits) -> Content:
    """The visible cells, one page for each visible sheet, and what is hidden beside them."""
    return workbook(document, limits).content()


def workbook(document: Document, limits: Limits) -> Workbook:
    """The workbook as one model. Raises UnreadableError, also for a document that is no spreadsheet."""
    kind = media_type(document)
    if kind not in FORMATS:
        raise UnreadableError(FailureKind.UNSUPPORTED_TYPE, kind)
    return FORMATS[kind](document, limits)
