"""``/search``: a result as a list or a table, with every way to narrow it and to take it away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from indexer import grammar
from indexer.disclosure import Disclosure, Span
from indexer.evidence import answer_in_words, deciding
from indexer.grammar import NOT_STATED, QueryError
from indexer.labels import label
from indexer.query import Facet, Hit, Query, Results, Sort
from indexer.resultjson import applied
from indexer.wording import in_words
from webapp.errors import NoSuchPageError
from webapp.finding import resolved
from webapp.links import VIEW, Asked, View, asked_for, hidden_fields, page_anchor, record_url, span_anchor
from webapp.showing import TextRights, shown
from webapp.site import Coverage, Site, current_site

blueprint = Blueprint("searching", __name__)

FACETS = {
    Facet.FORCE: "Force",
    Facet.OUTCOME: "Outcome",
    Facet.SECTION: "Section or exception",
    Facet.YEAR: "Year",
    Facet.CONCEPT: "What it protects, in any law",
    Facet.PROVISION: "Exact provision",
    Facet.REGIME: "Law",
}
OPEN_AT_FIRST = {Facet.FORCE, Facet.OUTCOME, Facet.SECTION, Facet.YEAR}  # the other three say the same, finer or wider
SHOWN_AT_FIRST = 8  # values of a facet; the rest is one click away, and nothing is left out
PAGES_AROUND = 2  # page numbers on either side of the present one


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet as the page offers it."""

    value: str
    label: str
    count: int
    chosen: bool
    only_url: str
    field: str  # its id in the page


@dataclass(frozen=True, slots=True)
class Group:
    """One facet. Chosen values are always among ``first``."""

    facet: Facet
    name: str
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]
    opened: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, and the address without it."""

    name: str
    label: str
    without_url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a result."""

    record: Disclosure
    hit: Hit
    url: str
    provisions: tuple[str, ...]
    sentence: str
    sentence_url: str
    dated: date | None
    dated_as: str  # "answered", "published" or "undated": which date is shown
    snippet_urls: tuple[str, ...]


@blueprint.get("/search")
def search() -> str | Response:
    """The page; a reference alone that one record has leads straight to it."""
    site = current_site()
    query, view = asked_for((VIEW,)), _view()
    found = resolved(site, query)
    if found.only_id and query.page == 1:
        return redirect(record_url(found.only_id))
    results = site.engine.search(found.query)
    asked = Asked(replace(found.query, text=query.text), view)
    last = max(1, -(-results.total // query.size))
    if query.page > last:
        raise NoSuchPageError(query.page, last, asked.page_url(last))
    coverage = site.coverage()
    tree = found.query.tree()
    return render_template(
        "search.html",
        asked=asked,
        query=query,
        view=view,
        results=results,
        rows=[row(hit, query.text) for hit in results.hits],
        groups=groups(results, asked, site),
        chips=chips(asked, site),
        meaning=in_words(tree, site.knowledge),
        reference=found.reference,
        total_words=total_words(results, coverage),
        forces_words=forces_words(results, coverage),
        coverage=coverage,
        dated_terms=_has_dates(tree),
        hidden=hidden_fields(query, view),
        sorts=sorts(query),
        pages=page_numbers(query.page, last),
        last=last,
        rights=TextRights(site),
    )


def _view() -> View:
    views = request.args.getlist(VIEW)
    if len(views) > 1:
        raise QueryError(f"“{VIEW}” is given twice.", mend="Give it once.")
    try:
        return View(views[0]) if views and views[0] else View.LIST
    except ValueError:
        raise QueryError(f"“{views[0]}” is no view.", mend=f"Choose from: {', '.join(View)}.") from None


def row(hit: Hit, words: str) -> Row:
    """A record as a list or table shows it: with the sentence that decides, and the way to its place in the letter."""
    record = shown(hit.disclosure)
    found = deciding(record)
    facts = record.reading
    dated_as = "answered" if facts.answered_on else "published" if record.published_on else "undated"
    return Row(
        record=record,
        hit=hit,
        url=record_url(record.id, words=words),
        provisions=applied(record),
        sentence=answer_in_words(record),
        sentence_url=_place_url(record, words, found.span) if found else "",
        dated=record.dated_on,
        dated_as=dated_as,
        snippet_urls=tuple(
            record_url(record.id, words=words, anchor=page_anchor(snippet.part, snippet.page))
            for snippet in hit.snippets
        ),
    )


def _place_url(record: Disclosure, words: str, span: Span) -> str:
    return record_url(record.id, words=words, anchor=span_anchor(span))


def groups(results: Results, asked: Asked, site: Site) -> list[Group]:
    """Every facet with every value that the result has, and chosen ones even at 0."""
    found = []
    for facet, name in FACETS.items():
        choices = [
            Choice(
                value=value.value,
                label=label(facet, value.value, site.knowledge),
                count=value.count,
                chosen=value.chosen,
                only_url=asked.only_url(facet, value.value),
                field=f"{facet.value}-{number}",
            )
            for number, value in enumerate(results.facets.get(facet, ()))
        ]
        if facet is Facet.YEAR:
            choices.sort(key=lambda choice: (choice.value != NOT_STATED, choice.value), reverse=True)
        first = [choice for number, choice in enumerate(choices) if number < SHOWN_AT_FIRST or choice.chosen]
        more = [choice for choice in choices if choice not in first]
        opened = facet in OPEN_AT_FIRST or any(choice.chosen for choice in choices)
        found.append(Group(facet, name, tuple(first), tuple(more), opened))
    return found


def chips(asked: Asked, site: Site) -> list[Chip]:
    """What is chosen, one by one, in the order of the facets."""
    return [
        Chip(name, label(facet, value, site.knowledge), asked.toggle_url(facet, value))
        for facet, name in FACETS.items()
        for value in sorted(asked.query.chosen.get(facet, ()))
    ]


def total_words(results: Results, coverage: Coverage) -> str:
    """``412 of 9,310 published answers``."""
    return f"{results.total:,} of {coverage.records:,} published {'answer' if coverage.records == 1 else 'answers'}"


def forces_words(results: Results, coverage: Coverage) -> str:
    """``from 38 of 45 forces``; a force chosen and one typed both narrow what is counted."""
    values = results.facets.get(Facet.FORCE, ())
    narrowed = any(value.chosen for value in values)
    found = {v.value for v in values if v.count and (v.chosen or not narrowed)} - {NOT_STATED}
    return f"from {len(found):,} of {len(coverage.forces):,} {'force' if len(coverage.forces) == 1 else 'forces'}"


def sorts(query: Query) -> list[tuple[Sort, str, bool]]:
    """The orders on offer: value, name, whether it is the present one. Without words there is nothing to rank by."""
    names = {Sort.RELEVANCE: "Best match", Sort.NEWEST: "Newest first", Sort.OLDEST: "Oldest first"}
    ranked = grammar.has_words(query.tree())
    return [(sort, name, sort is query.order()) for sort, name in names.items() if ranked or sort is not Sort.RELEVANCE]


def page_numbers(page: int, last: int) -> list[int | None]:
    """Pages to offer; None is a gap."""
    wanted = sorted({1, last, *range(max(1, page - PAGES_AROUND), min(last, page + PAGES_AROUND) + 1)})
    numbers: list[int | None] = []
    for number in wanted:
        if numbers and number - (numbers[-1] or 0) > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


def _has_dates(tree: grammar.Tree) -> bool:
    if isinstance(tree, grammar.And | grammar.Or):
        return any(_has_dates(item) for item in tree.items)
    if isinstance(tree, grammar.Not):
        return _has_dates(tree.item)
    return isinstance(tree, grammar.After | grammar.Before)
