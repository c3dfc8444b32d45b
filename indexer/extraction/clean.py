"""What may be offered in place of an original that is held back: what can be seen of it, as text or CSV."""

from __future__ import annotations

from indexer.disclosure import Extraction
from indexer.extraction.document import Document, Limits
from indexer.extraction.isolation import run


def clean_text(extraction: Extraction) -> str:
    """The visible text of a document, pages parted by a form feed."""
    return "\f".join(extraction.pages)


def clean_csv(document: Document, *, limits: Limits | None = None) -> list[tuple[str, str]]:
    """The visible cells of a workbook: the name of each visible sheet and its rows as CSV.

    Runs in a worker process. Raises UnreadableError with the named reason where the workbook cannot be read, also for a
    document that is no workbook (``unsupported_type``).
    """
    return run(_sheets, document, limits or Limits())


def _sheets(document: Document, limits: Limits) -> list[tuple[str, str]]:
    from indexer.extraction.spreadsheet import workbook

    return [(sheet.name, sheet.csv()) for sheet in workbook(document, limits).sheets]
