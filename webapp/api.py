"""The JSON API: the page's own parameters, the command line's own answers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from indexer.disclosure import Disclosure
from indexer.grammar import QueryError
from indexer.records import as_json
from indexer.resultjson import results_json
from webapp.finding import found_or_gone, resolved
from webapp.links import absolute, asked_for
from webapp.showing import TextRights, shown
from webapp.site import current_site

blueprint = Blueprint("api", __name__, url_prefix="/api")

TEXT_SWITCH = "text"


@blueprint.get("/search")
def search() -> Response:
    """One page of results, as ``crossforce search --json`` prints it."""
    site = current_site()
    results = site.engine.search(resolved(site, asked_for()).query)
    hits = tuple(hit.__class__(disclosure=shown(hit.disclosure), snippets=hit.snippets) for hit in results.hits)
    return jsonify(results_json(results, site.knowledge, hits=hits, with_facets=True))


@blueprint.get("/record/<record_id>")
def record(record_id: str) -> Response:
    """One record whole; ``text=on`` adds its text where it may be shown."""
    site = current_site()
    unknown = set(request.args) - {TEXT_SWITCH}
    switch = request.args.get(TEXT_SWITCH, "off")
    if unknown or switch not in {"on", "off"}:
        raise QueryError("A record takes one parameter, text=on or text=off.", mend="Leave out the others.")
    found = found_or_gone(site, record_id)
    return jsonify(public_json(found, text=switch == "on", rights=TextRights(site)))


def public_json(record: Disclosure, *, text: bool, rights: TextRights) -> dict[str, Any]:
    """A record as anyone may read it. ``text_withheld`` says why there is no text where it was asked for."""
    allowed = rights.of(record)
    row = as_json(shown(record), text=text and allowed)
    row.pop("held_back")  # told to the operator alone
    for attachment in row["attachments"]:
        attachment.pop("held_back")
    row["text_withheld"] = "licence" if text and not allowed else None
    row["page"] = absolute(url_for("records.record", record_id=record.id))
    return row
