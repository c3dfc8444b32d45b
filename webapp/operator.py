"""The operator's own page, in a reading room alone: what is held back and why, what was decided, with the commands.

Metadata only: kinds of hiding, places, counts. No preview, and no buttons: a page elsewhere could press them.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from flask import Blueprint, Response, abort, current_app, render_template

from indexer.archive import Archive
from indexer.build import Builder
from indexer.extraction import Extractor
from indexer.extraction.holdback import kind_of
from indexer.overview import Overview, erase_command, letter_about, overview, release_command
from webapp.site import Site, current_site

blueprint = Blueprint("operator", __name__, url_prefix="/operator")


@dataclass(slots=True)
class Watch:
    """The latest overview of an archive: looking through a large one takes seconds, so it is kept until it changes."""

    stamp: tuple[int, int, date] | None = None
    seen: Overview | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def look(self, site: Site, archive: Archive) -> Overview:
        """What stands now."""
        today = datetime.now(UTC).date()
        newest = next((decision.number for decision in archive.decisions.all()), 0)
        stamp = (archive.marker, newest, today)
        with self.lock:
            if self.seen is None or self.stamp != stamp:
                self.seen = overview(Builder(archive, site.knowledge, Extractor(), today=today))
                self.stamp = stamp
            return self.seen


@blueprint.get("")
def page() -> str:
    """Everything at once."""
    site = current_site()
    with site.reading() as archive:
        seen = _watch().look(site, archive) if archive is not None else None
    return render_template(
        "operator.html", seen=seen, kind_of=kind_of, release_command=release_command, erase_command=erase_command
    )


@blueprint.get("/letter/<record_id>")
def letter(record_id: str) -> Response:
    """A letter to the force about what a record's files hide, as text to be read, changed and sent by a person."""
    site = current_site()
    with site.reading() as archive:
        text = None
        if archive is not None:
            text = letter_about(archive, site.knowledge, _watch().look(site, archive), record_id)
    if text is None:
        abort(404)
    return Response(text, content_type="text/plain; charset=utf-8")


def _watch() -> Watch:
    watch: Watch = current_app.extensions.setdefault("crossforce.operator", Watch())
    return watch
