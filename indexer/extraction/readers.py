"""Which reader reads which kind of file, and how its findings become an Extraction. Runs inside a worker process."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from indexer.disclosure import Extraction, FailureKind, Hold
from indexer.extraction.document import (
    CSV,
    DOC,
    DOCX,
    HTML,
    MARKDOWN,
    ODS,
    ODT,
    PDF,
    RTF,
    TEXT,
    UNKNOWN,
    XLS,
    XLSB,
    XLSM,
    XLSX,
    Content,
    Document,
    Limits,
    UnreadableError,
)
from indexer.extraction.quality import text_quality
from indexer.extraction.sniffing import claimed, media_type

VERSION = "3"  # raised whenever the same bytes may give another text or another hold

Reader = Callable[[Document, Limits], Content]

READERS = {
    PDF: "pdf",
    HTML: "html",
    TEXT: "plain",
    MARKDOWN: "plain",
    CSV: "plain",
    DOC: "doc",
    DOCX: "word",
    ODT: "odt",
    RTF: "rtf",
    XLSX: "spreadsheet",
    XLSM: "spreadsheet",
    XLSB: "spreadsheet",
    XLS: "spreadsheet",
    ODS: "spreadsheet",
}


def read(document: Document, limits: Limits) -> Extraction:
    """Reads one document in this process. May raise whatever a library raises on a hostile file, or never return."""
    kind = claimed(document) or UNKNOWN
    if not document.data:
        return finished(kind, Content(failure=FailureKind.EMPTY))
    if len(document.data) > limits.file_bytes:
        return finished(kind, Content(failure=FailureKind.TOO_LARGE))
    try:
        kind = media_type(document)
        content = _reader(kind)(document, limits)
    except UnreadableError as error:
        content = Content(failure=error.kind, notes=(error.note,))
    said = claimed(document)
    if said in READERS and said != kind and not {said, kind} <= {TEXT, MARKDOWN, CSV}:
        content = Content(
            pages=content.pages,
            holds=content.holds,
            failure=content.failure,
            ocr=content.ocr,
            notes=(*content.notes, f"named as {said}, is {kind}"),
        )
    return finished(kind, content)


def _reader(kind: str) -> Reader:
    if kind not in READERS:
        raise UnreadableError(FailureKind.UNSUPPORTED_TYPE, kind)
    reader: Reader = import_module(f"indexer.extraction.{READERS[kind]}").read
    return reader


def finished(kind: str, content: Content) -> Extraction:
    """The Extraction of a document's content, with its quality and, where it could not be inspected, its hold."""
    failure = content.failure
    if failure is None and not any(page.strip() for page in content.pages):
        failure = FailureKind.EMPTY
    holds = content.holds
    if failure not in (None, FailureKind.EMPTY, FailureKind.SCANNED):
        holds = (*holds, Hold(kind="hidden_not_inspected", where=f"whole file: {failure.value}"))
    return Extraction(
        media_type=kind,
        pages=content.pages,
        text_quality=text_quality("\n".join(content.pages)),
        failure=failure,
        held_back=holds,
        ocr=content.ocr,
        notes=content.notes,
        version=VERSION,
    )
