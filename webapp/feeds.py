"""An Atom feed (RFC 4287) of any search: its newest answers, with facts and one sentence, never the full text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from flask import Blueprint, Response, render_template

from indexer.disclosure import OUTCOME_LABELS, Disclosure
from indexer.evidence import answer_in_words
from indexer.labels import force_name
from indexer.query import Query, Sort
from indexer.resultjson import applied
from indexer.wording import in_words
from webapp.finding import resolved
from webapp.links import absolute, asked_for, record_url, search_url, with_query
from webapp.showing import shown
from webapp.site import Site, current_site

blueprint = Blueprint("feeds", __name__)

ENTRIES = 50  # a reader that asks once a day misses nothing: all forces together publish fewer on most days
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as a feed shows it."""

    id: str
    url: str
    title: str
    updated: str
    published: str | None
    authors: tuple[str, ...]
    summary: str
    categories: tuple[str, ...]


@blueprint.get("/feed.atom")
def atom() -> Response:
    """The newest answers of a search, whatever order its page has."""
    site = current_site()
    asked = asked_for()
    query = replace(resolved(site, asked).query, sort=Sort.NEWEST, page=1, size=ENTRIES)
    entries = [_entry(shown(hit.disclosure), site) for hit in site.engine.search(query).hits]
    plain = Query(text=asked.text, chosen=asked.chosen, synonyms=asked.synonyms)
    body = render_template(
        "feed.xml",
        title=_clean(f"{site.settings.name}: {in_words(query.tree(), site.knowledge)}"),
        entries=entries,
        updated=max((entry.updated for entry in entries), default=_stamp(datetime.now(UTC))),
        feed_url=absolute(with_query("feeds.atom", plain)),
        page_url=absolute(search_url(plain)),
    )
    return Response(body, content_type="application/atom+xml; charset=utf-8")


def _entry(record: Disclosure, site: Site) -> Entry:
    facts = record.reading
    said = [
        ", ".join(OUTCOME_LABELS[outcome] for outcome in facts.outcomes),
        ", ".join(applied(record)),
        answer_in_words(record),
    ]
    touched = [source.fetched_at for source in record.sources]
    dated = record.dated_on
    day = datetime.combine(dated, time(), UTC) if dated else None
    names = tuple(force_name(force, site.knowledge) for force in record.forces)
    return Entry(
        id=f"urn:crossforce:record:{record.id}",
        url=absolute(record_url(record.id)),
        title=_clean(record.title),
        updated=_stamp(max(touched, default=day or datetime.fromtimestamp(0, UTC))),
        published=_stamp(day) if day else None,
        authors=names or ("Force not stated",),
        summary=_clean(" — ".join(words for words in said if words)),
        categories=tuple(facts.outcomes),
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _clean(words: str) -> str:
    return NOT_XML.sub(" ", words)
