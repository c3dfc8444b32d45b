"""Addresses of searches and records: the same words in the box, the address, the API and the export."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from flask import request, url_for

from indexer.disclosure import Span
from indexer.query import PARAMETERS, SYNONYMS, Facet, Query, Sort, from_parameters, to_parameters
from webapp.site import current_site

VIEW = "view"


class View(StrEnum):
    """How a page of results is laid out."""

    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page of results shows, and the addresses that lead on from it."""

    query: Query
    view: View = View.LIST

    def url(self, query: Query | None = None, view: View | None = None) -> str:
        """The page of this search, with another query or view where given."""
        return search_url(query or self.query, view or self.view)

    def facet_url(self, facet: Facet, values: frozenset[str]) -> str:
        """The same search with these values of a facet chosen, from its first page."""
        return self.url(replace(self.query, chosen={**self.query.chosen, facet: values}, page=1))

    def toggle_url(self, facet: Facet, value: str) -> str:
        """The same search with one value chosen too, or no more."""
        return self.facet_url(facet, self.query.chosen.get(facet, frozenset()) ^ {value})

    def only_url(self, facet: Facet, value: str) -> str:
        """The same search with one value of a facet and none other of it."""
        return self.facet_url(facet, frozenset({value}))

    def cleared_url(self) -> str:
        """The same words without any facet chosen."""
        return self.url(replace(self.query, chosen={}, page=1))

    def page_url(self, page: int) -> str:
        """Another page."""
        return self.url(replace(self.query, page=page))

    def sort_url(self, sort: Sort) -> str:
        """Another order, from the first page."""
        return self.url(replace(self.query, sort=sort, page=1))

    def without_synonyms_url(self) -> str:
        """The words as typed and no others."""
        return self.url(replace(self.query, synonyms=False, page=1))

    def other_url(self, endpoint: str) -> str:
        """The whole result in another form: an export, a feed, the API."""
        return with_query(endpoint, replace(self.query, page=1))


def asked_for(besides: tuple[str, ...] = ()) -> Query:
    """The query of this request; raises ``QueryError`` on a parameter or value that none allows."""
    return from_parameters(request.args.items(multi=True), besides=besides)


def search_url(query: Query, view: View = View.LIST) -> str:
    """The page of a search."""
    return with_query("searching.search", query, **({VIEW: view.value} if view is not View.LIST else {}))


def with_query(endpoint: str, query: Query, **besides: str) -> str:
    """An endpoint's address with a query's parameters."""
    pairs = [*to_parameters(query), *besides.items()]
    return f"{url_for(endpoint)}?{urlencode(pairs)}" if pairs else url_for(endpoint)


def hidden_fields(query: Query, view: View) -> list[tuple[str, str]]:
    """What a form that holds the words and the facets must send besides."""
    kept = [
        (name, value)
        for name, value in to_parameters(replace(query, text="", chosen={}, page=1))
        if name in PARAMETERS and (name != SYNONYMS or not query.synonyms)
    ]
    return [*kept, *([(VIEW, view.value)] if view is not View.LIST else [])]


def record_url(record_id: str, *, words: str = "", anchor: str = "") -> str:
    """A record's page, its words marked and a place in it gone to where given."""
    marked = {"q": words} if words else {}
    return url_for("records.record", record_id=record_id, _anchor=anchor or None, _external=False, **marked)


def page_anchor(part: str, page: int) -> str:
    """The name of a page of a record: ``attachment-1-p3``."""
    return f"{part}-p{page}"


def span_anchor(span: Span) -> str:
    """The name of a stretch of a record's text: ``page-1-812-825``."""
    return f"at-{span.part}-{span.page}-{span.start}-{span.end}"


def absolute(path: str) -> str:
    """A whole address for what leaves the site: feeds, citations, exports."""
    base = current_site().settings.base_url or request.url_root
    return base.rstrip("/") + path
