"""Plain text and archived bytes of a record: never a byte that was held back, taken out, masked or not licensed."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from flask import Blueprint, Response, abort

from indexer.archive import Archive, BodyTooLargeError, Capture, RecordUnreadableError, Stored
from indexer.build import marks_of
from indexer.disclosure import Disclosure, Part
from indexer.extraction.workbook import harmless
from indexer.labels import force_name
from webapp.errors import RefusedError
from webapp.filters import is_workbook
from webapp.finding import found_or_gone
from webapp.links import absolute, record_url
from webapp.showing import ORIGINAL, TextRights, names_are_covered, page_address, shown
from webapp.site import Site, current_site

blueprint = Blueprint("files", __name__, url_prefix="/record")

SANDBOX = "sandbox; default-src 'none'"  # what a browser opens all the same can run and fetch nothing
UNSHOWN = {"text/html", "application/xhtml+xml", "image/svg+xml"}  # a browser runs these: their words are in the text
CELLS = " | "  # between the cells of a row in the text of a sheet
NOT_AVAILABLE = "Attachment not available"
UNLICENSED = "The licence of this log is not known, so the whole text and the kept copies are not shown here."


@blueprint.get("/<record_id>/text.txt")
def text(record_id: str) -> Response:
    """Everything that was read from the record, as plain text."""
    site = current_site()
    record = _allowed(site, record_id)
    return _plain(_heading(record, site), record.parts)


@blueprint.get("/<record_id>/attachment/<int:number>/text.txt")
def attachment_text(record_id: str, number: int) -> Response:
    """The visible text of one attachment."""
    site = current_site()
    record = _allowed(site, record_id)
    parts = [part for part in record.parts if part.part == f"attachment-{number}"]
    if not parts:
        abort(404)
    return _plain(_heading(record, site), parts)


@blueprint.get("/<record_id>/attachment/<int:number>/sheet-<int:page>.csv")
def sheet_csv(record_id: str, number: int, page: int) -> Response:
    """The visible cells of one sheet of a workbook as CSV, made from the text that is searched and so masked like it.

    This is what the regulator asks authorities to publish in place of workbooks (advisory note of September 2023).
    """
    site = current_site()
    record = _allowed(site, record_id)
    found = next((a for a in record.attachments if a.number == number), None)
    part = next((p for p in record.parts if (p.part, p.page) == (f"attachment-{number}", page)), None)
    if found is None or part is None or not is_workbook(found.media_type):
        abort(404)
    cells = io.StringIO()
    writer = csv.writer(cells)
    for line in part.text.splitlines():
        writer.writerow([harmless(cell) for cell in line.split(CELLS)])
    response = Response(cells.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{record.id}-{number}-sheet-{page}.csv")
    return response


@blueprint.get("/<record_id>/attachment/<int:number>")
def attachment(record_id: str, number: int) -> Response:
    """The kept copy of an attachment, or of the main document as number 0; only ever to be saved, never to be run."""
    site = current_site()
    record = _allowed(site, record_id)
    if number == ORIGINAL:
        name, media_type, available = record.title, record.media_type, record.available
        inspected = {source.sha256 for source in record.sources if source.kind != "attachment"}
    else:
        found = next((a for a in record.attachments if a.number == number), None)
        if found is None:
            abort(404)
        name, media_type, available, inspected = found.name, found.media_type, found.available, {found.sha256}
    if site.public and names_are_covered(record, number):  # the copy would show what every other page covers
        available = False
    if not available or media_type.partition(";")[0] in UNSHOWN:
        raise RefusedError(404, NOT_AVAILABLE)
    leave = site.archived.enter()
    try:
        body = _kept(site, record, number, inspected)
    finally:
        leave()
    if body is None:
        raise RefusedError(404, NOT_AVAILABLE)
    response = Response(body, content_type=media_type)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers.set("Content-Disposition", "attachment", filename=_file_name(name, media_type))
    return response


def _allowed(site: Site, record_id: str) -> Disclosure:
    """The record, where its whole text may be shown; raises ``RefusedError`` where not."""
    record = shown(found_or_gone(site, record_id))
    if not TextRights(site).of(record):
        raise RefusedError(403, UNLICENSED)
    return record


def _heading(record: Disclosure, site: Site) -> list[str]:
    """What a saved text must say of itself."""
    source = page_address(record)
    names = ", ".join(force_name(force, site.knowledge) for force in record.forces)
    return [
        record.title,
        names or "Force not stated",
        f"Reference: {record.reading.reference or 'not stated'}",
        f"Source: {source.url if source else 'not stated'}",
        f"Licence: {record.licence}",
        f"Record: {absolute(record_url(record.id))}",
    ]


def _plain(heading: Iterable[str], parts: Iterable[Part]) -> Response:
    lines = [*heading]
    for part in parts:
        lines += ["", f"--- {part.part}, page {part.page} ---", "", part.text]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _kept(site: Site, record: Disclosure, number: int, inspected: Collection[str]) -> bytes | None:
    """The bytes that the index was made from; None where they are not there, or where anything was decided about them.

    Only bytes with one of the ``inspected`` hashes are served: a copy that was fetched since waits for the next index.
    """
    with site.reading() as archive:
        stored = archive.stored(record.id) if archive is not None else None
        if archive is None or stored is None:
            return None
        files = [stored.main] if number == ORIGINAL else [attachment.capture for attachment in stored.attachments]
        capture = next((found for found in files if found is not None and found.sha256 in inspected), None)
        if capture is None or _decided(archive, stored, record, capture):
            return None
        try:
            return archive.body(capture)
        except (RecordUnreadableError, BodyTooLargeError):
            return None


def _decided(archive: Archive, stored: Stored, record: Disclosure, capture: Capture) -> bool:
    """Taken out, or covered in part: then the original would show what the page does not."""
    verdict = archive.decisions.verdict(marks_of(stored, record), datetime.now(UTC).date())
    return verdict.hidden or bool(verdict.masks) or capture.sha256 in verdict.hidden_files


def _file_name(name: str, media_type: str) -> str:
    """A name without paths or control characters, with an ending that fits where it has none."""
    plain = "".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|').strip(" .")[:150] or "attachment"
    return plain if "." in plain[-6:] else plain + ENDINGS.get(media_type.partition(";")[0], "")


ENDINGS = {
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
