"""The whole of a result as a file, streamed: every record of it, however many, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from flask import Blueprint, Response

from indexer.engines.base import EngineDataError, EngineUnavailableError
from indexer.tables import MEDIA_TYPES, Format, lines
from webapp.finding import resolved
from webapp.links import asked_for
from webapp.showing import all_shown
from webapp.site import current_site

blueprint = Blueprint("exports", __name__)

AT_ONCE = 64 * 1024  # characters written at once: rows are short, and each write is a round through the server


class ExportCutShortError(Exception):
    """The engine went away in the middle: the connection is cut, so that no half file passes for a whole one."""


@blueprint.get("/export.csv")
def export_csv() -> Response:
    """Fixed, documented columns; no cell is a formula."""
    return _export(Format.CSV)


@blueprint.get("/export.jsonl")
def export_jsonl() -> Response:
    """One record a line with all its facts; never the full text."""
    return _export(Format.JSONL)


def _export(form: Format) -> Response:
    site = current_site()
    query = resolved(site, asked_for()).query
    leave = site.exports.enter()
    try:
        moment = datetime.now(UTC)
        records = all_shown(site.engine.scan(query))
        body = _in_portions(lines(records, form, site.knowledge, moment))
        first = next(body, "")  # an engine that is out of reach says so before anything is sent
    except BaseException:
        leave()
        raise
    response = Response(_joined(first, body), mimetype=MEDIA_TYPES[form].partition(";")[0])
    response.headers["Content-Type"] = MEDIA_TYPES[form]
    response.headers["Content-Disposition"] = f'attachment; filename="crossforce-{moment:%Y-%m-%d}.{form.value}"'
    response.call_on_close(leave)
    return response


def _joined(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    try:
        yield from rest
    except (EngineUnavailableError, EngineDataError):
        raise ExportCutShortError from None


def _in_portions(rows: Iterator[str]) -> Iterator[str]:
    portion: list[str] = []
    length = 0
    for row in rows:
        portion.append(row)
        length += len(row)
        if length >= AT_ONCE:
            yield "".join(portion)
            portion, length = [], 0
    if portion:
        yield "".join(portion)
