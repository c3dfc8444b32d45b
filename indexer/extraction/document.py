"""What goes into extraction and what a reader of one format gives back."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.disclosure import FailureKind, Hold

PDF = "application/pdf"
HTML = "text/html"
TEXT = "text/plain"
MARKDOWN = "text/markdown"
CSV = "text/csv"
RTF = "application/rtf"
DOC = "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLS = "application/vnd.ms-excel"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
UNKNOWN = "application/octet-stream"

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. A document that wants more ends as a named failure."""

    seconds: float = 180.0  # a letter takes one or two; thirty scanned pages of OCR take most of this
    memory_bytes: int = 2048 * MIB  # address space of a worker; the interpreter and its libraries map a quarter of it
    file_bytes: int = 200 * MIB  # the largest answers seen are tens of MiB
    unpacked_bytes: int = 400 * MIB  # all parts of a package together, unpacked
    pages: int = 2000  # the longest published answer seen has some hundreds
    cells: int = 2_000_000  # visible cells of a workbook that are written out as text
    ocr_seconds: float = 150.0  # leaves time for the rest inside ``seconds``


@dataclass(frozen=True, slots=True)
class Document:
    """One body as it was fetched. ``media_type`` is what the server said, and is checked, not trusted.

    ``platform`` and ``url`` let a web page be read by its platform's own reader, which drops the site's chrome.
    """

    data: bytes
    name: str
    media_type: str | None = None
    url: str | None = None
    platform: str | None = None
    piece: str = ""  # one answer of a page that holds several; empty is the whole page


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a reader of one format found: visible text page by page, and what it saw hidden on the way."""

    pages: tuple[str, ...] = ()
    holds: tuple[Hold, ...] = ()
    failure: FailureKind | None = None
    ocr: bool = False
    notes: tuple[str, ...] = ()


class UnreadableError(Exception):
    """A document that cannot be read, with the name of the reason. ``note`` is for people and quotes no content."""

    def __init__(self, kind: FailureKind, note: str) -> None:
        super().__init__(kind, note)  # both, so that it survives the way out of a worker process
        self.kind = kind
        self.note = note
