"""Queries as each engine's own terms, and answers as results: pure, so no engine runs here."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources
from typing import Any

import pytest
from maker import corpus, record

from indexer.disclosure import Outcome
from indexer.document import Document, encode, flatten
from indexer.engines import elasticsearch_query as asking
from indexer.engines.embedded_query import compiled as embedded
from indexer.engines.plan import REQUEST_BOOST, TITLE_BOOST, plan
from indexer.engines.sortkeys import sort_keys
from indexer.grammar import parse
from indexer.query import Facet, Query, Sort


def term(field: str, value: str, **more: float) -> dict[str, Any]:
    return {"term": {field: {"value": value, **more}}}


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("", {"match_all": {}}),
        ("tasers", term("stems", "taser")),
        ('"Tasers"', term("words", "tasers")),
        ("e-mail", {"match_phrase": {"stems": {"query": "e mail"}}}),
        ('"stop and search"', {"match_phrase": {"words": {"query": "stop and search"}}}),
        ("force:gwent", term("force", "gwent")),
        ("foia:31", {"terms": {"under": ["foia 31"]}}),
        ("s:31", {"terms": {"under": ["foia 31", "foisa 31", "eir 31", "eisr 31", "dpa 31", "jfoi 31"]}}),
        ("ref:667-24", term("reference", "667-24")),
        ("after:2020", {"range": {"dated_on": {"gte": "2020-01-01"}}}),
        ("before:2020-02", {"range": {"dated_on": {"lt": "2020-02-01"}}}),
        ("-a", {"bool": {"must_not": [term("stems", "a")]}}),
        (
            "a force:b -c",
            {
                "bool": {
                    "must": [term("stems", "a")],
                    "filter": [term("force", "b")],
                    "must_not": [term("stems", "c")],
                }
            },
        ),
        (
            "a OR force:b",
            {
                "bool": {
                    "should": [term("stems", "a"), {"constant_score": {"filter": term("force", "b"), "boost": 0.0}}],
                    "minimum_should_match": 1,
                }
            },
        ),
        (
            "-(a OR -b)",
            {"bool": {"must": [term("stems", "b")], "must_not": [term("stems", "a")]}},
        ),
    ],
)
def test_elasticsearch_is_asked_with_plain_clauses(text: str, clause: dict[str, Any]) -> None:
    assert asking.compiled(parse(text)) == clause


def test_a_whole_search_body() -> None:
    query = Query(
        text="taser",
        chosen={Facet.FORCE: frozenset({"gwent", "kent"}), Facet.YEAR: frozenset({"2020"})},
        page=3,
        size=10,
        synonyms=False,
    )
    body = asking.search_body(plan(query), 20, 10)
    forces, years = {"terms": {"force": ["gwent", "kent"]}}, {"terms": {"year": ["2020"]}}
    assert body["query"] == {
        "bool": {
            "must": [term("stems", "taser")],
            "should": [term("title", "taser", boost=TITLE_BOOST), term("request", "taser", boost=REQUEST_BOOST)],
        }
    }
    assert body["post_filter"] == {"bool": {"filter": [forces, years]}}
    assert (body["from"], body["size"], body["track_total_hits"]) == (20, 10, True)
    assert body["sort"] == [{"_score": {"order": "desc"}}, {"id": {"order": "asc"}}]
    assert body["timeout"]
    values = {facet: {"terms": {"field": facet, "size": asking.MOST_VALUES}} for facet in ("force", "year", "outcome")}
    assert set(body["aggs"]) == set(Facet)
    assert body["aggs"]["force"] == {"filter": {"bool": {"filter": [years]}}, "aggs": {"values": values["force"]}}
    assert body["aggs"]["year"] == {"filter": {"bool": {"filter": [forces]}}, "aggs": {"values": values["year"]}}
    assert body["aggs"]["outcome"] == {
        "filter": {"bool": {"filter": [forces, years]}},
        "aggs": {"values": values["outcome"]},
    }
    assert asking.search_body(plan(Query()), 0, 20)["aggs"]["outcome"] == values["outcome"]


def test_orders_put_the_undated_last() -> None:
    for sort, direction in ((Sort.NEWEST, "desc"), (Sort.OLDEST, "asc")):
        dated, by_id = asking.search_body(plan(Query(sort=sort)), 0, 20)["sort"]
        assert dated == {"dated_on": {"order": direction, "missing": "_last"}}
        assert by_id == {"id": {"order": "asc"}}


def test_beyond_the_window_the_page_is_walked_to() -> None:
    body = asking.search_body(plan(Query()), asking.WINDOW, 20)
    assert (body["from"], body["size"]) == (0, 0)
    walked = asking.walk_body(plan(Query(text="x")), 50, [1, "a"], whole=False)
    assert (walked["search_after"], walked["_source"], walked["size"]) == ([1, "a"], False, 50)


def test_no_expensive_query_and_no_query_language_is_ever_sent() -> None:
    """Whatever is typed: what ``search.allow_expensive_queries: false`` refuses, and every parser of users' words."""
    text = "(n OR force:o) "
    text += 'a* ~b [c TO d] /e.*/ f^2 _exists_:g +h "i j"~2 script:k k:v* (l OR -m) s:31 after:2020 ref:1 <script>'
    asked = set(keys(asking.search_body(plan(Query(text=text)), 0, 20)) | keys(asking.similar_body(["x"], ["y"])))
    clauses = {"bool", "term", "terms", "match_phrase", "range", "constant_score"}
    assert asked >= clauses
    refused = {"query_string", "simple_query_string", "wildcard", "prefix", "regexp", "fuzzy", "script", "script_score"}
    assert not asked & (
        refused | {"nested", "has_child", "has_parent", "percolate", "intervals", "match_phrase_prefix"}
    )


def keys(body: Any) -> set[str]:
    """Every name in a body; what a person typed is never one."""
    if isinstance(body, dict):
        return set(body) | {name for inner in body.values() for name in keys(inner)}
    return {name for inner in body for name in keys(inner)} if isinstance(body, list) else set()


def answer(**more: Any) -> dict[str, Any]:
    rows = [{"_source": {"record": encode(found).decode()}} for found in (record("a", answer="A taser."), record("b"))]
    buckets = {facet.value: {"buckets": [{"key": "none", "doc_count": 2}]} for facet in Facet}
    forces = {"doc_count": 9, "values": {"buckets": [{"key": "x", "doc_count": 1}, {"key": "b", "doc_count": 2}]}}
    return {
        "timed_out": False,
        "_shards": {"total": 2, "successful": 2, "failed": 0},
        "hits": {"total": {"value": 12, "relation": "eq"}, "hits": rows},
        "aggregations": {**buckets, "force": forces, "outcome": {"buckets": []}},
        **more,
    }


def test_an_answer_is_parsed() -> None:
    planned = plan(Query(text="taser", chosen={Facet.FORCE: frozenset({"x", "gone"})}))
    results = asking.parsed(answer(), planned)
    assert (results.total, [hit.disclosure.id for hit in results.hits], results.partial) == (12, ["a", "b"], False)
    assert [(v.value, v.count, v.chosen) for v in results.facets[Facet.FORCE]] == [
        ("b", 2, False),
        ("x", 1, True),
        ("gone", 0, True),
    ]
    assert results.facets[Facet.OUTCOME] == ()
    assert results.hits[0].snippets[0].marks == ((2, 7),)


@pytest.mark.parametrize(
    "more", [{"timed_out": True}, {"_shards": {"total": 3, "successful": 2, "failed": 1, "failures": [{}]}}]
)
def test_what_is_partial_is_said(more: dict[str, Any]) -> None:
    assert asking.parsed(answer(**more), plan(Query())).partial


def test_the_mapping_is_strict_and_takes_every_field_of_a_document() -> None:
    body = asking.index_body()
    assert body["mappings"]["dynamic"] == "strict"
    fields = set(body["mappings"]["properties"])
    for found in corpus(seed=1, size=30):
        assert set(asking.source(flatten(found))) <= fields
    assert fields == {*Document.__dataclass_fields__, *Facet, "dated_on"} - {"facets", "day"}
    assert json.loads(resources.files("mappings").joinpath("disclosures.json").read_text("utf-8"))


def test_a_document_holds_what_searches_need() -> None:
    found = record(
        "x",
        title="Tasers",
        request="How many?",
        answer=["End of", "page"],
        attachments=[["other"]],
        reference="FOI2017/01696",
        applied=["FOIA 31(1)(a)", "EIR 12(4)(b)"],
        outcomes=[Outcome.NCND],
        published_on=date(2020, 2, 2),
    )
    flat = flatten(found)
    assert flat.words == ("ambershire", "tasers", "foi2017 01696", "how many end of page", "other")
    assert (flat.title, flat.request, flat.reference) == ("taser", "taser how mani", ("foi-2017-1696",))
    assert flat.under == ("eir 12", "eir 12(4)", "eir 12(4)(b)", "foia 31", "foia 31(1)", "foia 31(1)(a)")
    assert flat.facets[Facet.SECTION] == ("EIR 12(4)(b)", "FOIA 31")
    assert flat.facets[Facet.REGIME] == ("none",)
    assert asking.source(flat)["dated_on"] == "2020-02-02"


@pytest.mark.parametrize(
    "text", ["", "a", '"a"', '"a b"', "e-mail", "-a", "-a OR b", "s:31 after:2020 before:2021", "ref:1"]
)
def test_the_embedded_engine_compiles_without_an_index(text: str) -> None:
    for ranking in (False, True):
        assert embedded(parse(text), ranking=ranking) is not None


def test_sort_keys_keep_the_order_of_day_and_id() -> None:
    ids = [
        "",
        "-",
        "0",
        "a",
        "a-",
        "a-b",
        "a.b",
        "a.c",
        "a0",
        "aB",
        "a_",
        "ab",
        "abcdefgh",
        "abcdefgi",
        "aé",
        "é",
        "z",
        "😀",
    ]
    ids += ["abcdefg" + "h" * n + end for n in (5, 8, 9, 12) for end in (".", "-", "1", "z", "é")]
    for one in ids:
        for other in ids:
            if one < other:
                for key in ("newest", "oldest"):
                    keys = [(getattr(found, key), found.further) for found in (sort_keys(5, one), sort_keys(5, other))]
                    assert keys[0] <= keys[1], (one, other)
    found = [sort_keys(day, "x" * 20) for day in (1, 737000, 3652059, None)]
    assert [keys.oldest for keys in found] == sorted(keys.oldest for keys in found)
    assert [keys.newest for keys in found[:3]] == sorted((keys.newest for keys in found[:3]), reverse=True)
    assert max(keys.newest for keys in found) == found[3].newest
    assert max(max(keys) for keys in found) < 2**63
    assert sort_keys(5, "zzzzzz").newest < sort_keys(4, "------").newest
    assert sort_keys(5, "letter-000001").further < sort_keys(5, "letter-000002").further


def test_every_field_of_the_index_is_explained() -> None:
    page = resources.files("mappings").joinpath("README.md").read_text("utf-8")
    for field in asking.index_body()["mappings"]["properties"]:
        assert f"`{field}`" in page, field
