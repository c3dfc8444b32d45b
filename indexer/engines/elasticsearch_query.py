"""A plan as the dict that Elasticsearch is asked with, and its answer as ``Results``: pure both ways.

Nothing that a person typed reaches a query language of the server's: words arrive as tokens in ``term`` and
``match_phrase``. No query here is one that ``search.allow_expensive_queries: false`` refuses.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from importlib import resources
from typing import Any, Final

from indexer import grammar
from indexer.disclosure import Disclosure, Regime
from indexer.document import FORMAT, Document, decode, provision_key
from indexer.engines.base import Hidden
from indexer.engines.nearness import CANDIDATES, Frequencies
from indexer.engines.plan import Plan, tallied, weight
from indexer.query import Facet, Hit, Results, Sort
from indexer.snippets import Highlighter

Json = dict[str, Any]

MOST_TERMS: Final = 50_000  # marks in one list: the server takes 65,536 (index.max_terms_count)
MOST_VALUES: Final = 9_000  # of one facet; seven facets stay below search.max_buckets, 65,536; the law knows some 500
WINDOW: Final = 10_000  # index.max_result_window: beyond it a page is reached by search_after
SERVER_PATIENCE: Final = "10s"  # after which the server answers with what it has, and says so
_WORDS = (grammar.Word, grammar.Phrase, grammar.And, grammar.Or)


def index_body() -> Json:
    """Settings and strict mapping of a new index, from ``mappings/disclosures.json``."""
    body: Json = json.loads(resources.files("mappings").joinpath("disclosures.json").read_text("utf-8"))
    body["mappings"]["_meta"] = {"format": FORMAT}
    return body


def source(document: Document) -> Json:
    """A document as the mapping wants it."""
    body: Json = {
        "id": document.id,
        "record": document.record.decode("utf-8"),
        "words": document.words,
        "stems": document.stems,
        "title": document.title,
        "request": document.request,
        "reference": document.reference,
        "under": document.under,
        "marks": document.marks,
    }
    body |= {facet.value: values for facet, values in document.facets.items()}
    if document.day is not None:
        body["dated_on"] = iso(document.day)
    return body


def iso(day: int) -> str:
    """A proleptic Gregorian ordinal as ISO 8601."""
    return date.fromordinal(day).isoformat()


def flatter(tree: grammar.Tree, *, unless: bool = False) -> grammar.Tree:
    """The same set with negations at its leaves alone (De Morgan): two levels a bracket, not three.

    Elasticsearch refuses what is nested deeper than ``indices.query.bool.max_nested_depth``, 30. ``unless`` asks for
    the opposite.
    """
    if isinstance(tree, grammar.Not):
        return flatter(tree.item, unless=not unless)
    if isinstance(tree, grammar.And | grammar.Or):
        joined = grammar.all_of if isinstance(tree, grammar.And) is not unless else grammar.any_of
        return joined(flatter(item, unless=unless) for item in tree.items)
    return grammar.Not(tree) if unless else tree


def compiled(tree: grammar.Tree) -> Json:
    """The tree as a query clause."""
    return _compiled(flatter(tree))


def _compiled(tree: grammar.Tree) -> Json:
    match tree:
        case grammar.Everything():
            return {"match_all": {}}
        case grammar.Word():
            return _side_by_side("stems", tree.stems, weight(tree) if tree.added else None)
        case grammar.Phrase():
            return _side_by_side("words", tree.words)
        case grammar.Member():
            return {"term": {tree.facet: {"value": tree.value}}}
        case grammar.Under():
            regimes = [tree.regime] if tree.regime else list(Regime)
            return {"terms": {"under": [provision_key(regime, tree.provision) for regime in regimes]}}
        case grammar.HasReference():
            return {"term": {"reference": {"value": tree.key}}}
        case grammar.After():
            return {"range": {"dated_on": {"gte": tree.day.isoformat()}}}
        case grammar.Before():
            return {"range": {"dated_on": {"lt": tree.day.isoformat()}}}
        case grammar.Not():
            return {"bool": {"must_not": [_compiled(tree.item)]}}
        case grammar.And():
            return _both(tree.items)
        case grammar.Or():
            return {"bool": {"should": [_weighed(item) for item in tree.items], "minimum_should_match": 1}}


def _both(items: Sequence[grammar.Tree]) -> Json:
    """Words and phrases weigh; what merely narrows does not."""
    clauses: dict[str, list[Json]] = {"must": [], "filter": [], "must_not": []}
    for item in items:
        if isinstance(item, grammar.Not):
            clauses["must_not"].append(_compiled(item.item))
        else:
            clauses["must" if isinstance(item, _WORDS) else "filter"].append(_compiled(item))
    return {"bool": {occur: found for occur, found in clauses.items() if found}}


def _weighed(item: grammar.Tree) -> Json:
    clause = _compiled(item)
    return clause if isinstance(item, _WORDS) else {"constant_score": {"filter": clause, "boost": 0.0}}


def _side_by_side(field: str, words: Sequence[str], boost: float | None = None) -> Json:
    more = {"boost": boost} if boost is not None else {}
    if len(words) == 1:
        return {"term": {field: {"value": words[0], **more}}}
    return {"match_phrase": {field: {"query": " ".join(words), **more}}}


def ranked(plan: Plan) -> Json:
    """The query with what only orders: titles and requests that hold its words come first."""
    clause = compiled(plan.tree)
    boosts = [_side_by_side(field, stems, boost) for field, stems, boost in plan.ranked]
    if plan.order is not Sort.RELEVANCE or not boosts:
        return clause
    return {"bool": {"must": [clause], "should": boosts}}


def narrowing(plan: Plan, besides: Facet | None = None) -> list[Json]:
    """The choices as filters, but that of one facet."""
    return [{"terms": {facet.value: sorted(values)}} for facet, values in plan.chosen.items() if facet is not besides]


def order(plan: Plan) -> list[Json]:
    """The order of a result; ids settle ties."""
    by_id: Json = {"id": {"order": "asc"}}
    if plan.order is Sort.RELEVANCE:
        return [{"_score": {"order": "desc"}}, by_id]
    direction = "desc" if plan.order is Sort.NEWEST else "asc"
    return [{"dated_on": {"order": direction, "missing": "_last"}}, by_id]


def search_body(plan: Plan, start: int, size: int) -> Json:
    """One page with exact total and all facets; no hits where the page lies beyond the window."""
    body: Json = {
        "query": ranked(plan),
        "sort": order(plan),
        "from": start,
        "size": size,
        "track_total_hits": True,
        "_source": ["record"],
        "timeout": SERVER_PATIENCE,
        "aggs": {facet.value: _facet(plan, facet) for facet in Facet},
    }
    if start + size > WINDOW:
        body |= {"from": 0, "size": 0}
    if plan.chosen:
        body["post_filter"] = {"bool": {"filter": narrowing(plan)}}
    return body


def _facet(plan: Plan, facet: Facet) -> Json:
    terms: Json = {"terms": {"field": facet.value, "size": MOST_VALUES}}
    others = narrowing(plan, besides=facet)
    return {"filter": {"bool": {"filter": others}}, "aggs": {"values": terms}} if others else terms


def walk_body(plan: Plan, size: int, after: Sequence[Any] | None, *, whole: bool) -> Json:
    """The next rows of a walk over a result, with their records where ``whole``."""
    body: Json = {
        "query": {"bool": {"must": [ranked(plan)], "filter": narrowing(plan)}},
        "sort": order(plan),
        "size": size,
        "track_total_hits": False,
        "_source": ["record"] if whole else False,
    }
    if after is not None:
        body["search_after"] = list(after)
    return body


def without(body: Json, hidden: Collection[Hidden]) -> Json:
    """The same question, leaving out what is hidden; in place of its query one that wraps it."""
    if not hidden:
        return body
    marks = [one.mark for one in hidden if one.unless is None]
    unwanted: list[Json] = [
        {"terms": {"marks": marks[start : start + MOST_TERMS]}} for start in range(0, len(marks), MOST_TERMS)
    ]
    unwanted += [
        {"bool": {"filter": [{"term": {"marks": {"value": one.mark}}}], "must_not": [{"term": {"marks": one.unless}}]}}
        for one in hidden
        if one.unless is not None
    ]
    return body | {"query": {"bool": {"must": [body.get("query", {"match_all": {}})], "must_not": unwanted}}}


def id_body(record_id: str) -> Json:
    """One record by its id."""
    return {"query": {"term": {"id": {"value": record_id}}}, "size": 1, "_source": ["record"]}


def reference_body(key: str, force: str | None) -> Json:
    """The ids of the records with this canonical reference."""
    clauses: list[Json] = [{"term": {"reference": {"value": key}}}]
    clauses += [{"term": {Facet.FORCE.value: {"value": force}}}] if force else []
    return {"query": {"bool": {"filter": clauses}}, "size": WINDOW, "_source": False}


def similar_body(telling: Sequence[str], leave_out: Sequence[str]) -> Json:
    """Records whose requests hold telling words."""
    without: list[Json] = [{"terms": {"id": list(leave_out)}}] if leave_out else []
    return {
        "query": {"bool": {"must": [_any_of("request", telling)], "must_not": without}},
        "size": CANDIDATES,
        "_source": ["record"],
        "timeout": SERVER_PATIENCE,
    }


def _any_of(field: str, words: Sequence[str]) -> Json:
    return {"bool": {"should": [{"term": {field: {"value": word}}} for word in words], "minimum_should_match": 1}}


def frequencies_body(words: Iterable[str]) -> Json:
    """How many requests hold each of these words, asked by a document that is not there."""
    return {
        "doc": {"request": " ".join(sorted(set(words)))},
        "fields": ["request"],
        "term_statistics": True,
        "field_statistics": True,
        "positions": False,
        "offsets": False,
    }


def frequencies(answer: Mapping[str, Any]) -> Frequencies:
    """The answer to ``frequencies_body``."""
    told = answer["term_vectors"].get("request", {"terms": {}, "field_statistics": {"doc_count": 0}})
    holding = {word: found["doc_freq"] for word, found in told["terms"].items() if "doc_freq" in found}
    return Frequencies(max(told["field_statistics"]["doc_count"], 0), holding)


def records(answer: Mapping[str, Any]) -> list[Disclosure]:
    """The records of an answer, in its order."""
    return [decode(row["_source"]["record"]) for row in answer["hits"]["hits"]]


def partial(answer: Mapping[str, Any]) -> bool:
    """Whether a shard failed or time ran out."""
    return bool(answer.get("timed_out")) or bool(answer["_shards"]["failed"])


def parsed(answer: Mapping[str, Any], plan: Plan) -> Results:
    """An answer to ``search_body``."""
    highlighter = Highlighter(plan.tree)
    found = {facet: answer["aggregations"][facet.value] for facet in Facet}
    counts = {
        facet: {bucket["key"]: bucket["doc_count"] for bucket in told.get("values", told)["buckets"]}
        for facet, told in found.items()
    }
    return Results(
        total=answer["hits"]["total"]["value"],
        hits=tuple(Hit(disclosure=found, snippets=highlighter.snippets(found)) for found in records(answer)),
        facets=tallied(counts, plan.chosen),
        also_searched=plan.also_searched,
        partial=partial(answer),
    )
