"""Queries as URL parameters, both ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.disclosure import Outcome, Regime
from indexer.grammar import PREFIXES, QueryError
from indexer.query import LARGEST_PAGE, LAST_PAGE, PARAMETERS, Facet, Query, Sort, from_parameters, to_parameters

SLUG = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
PROVISION = st.sampled_from(
    ["FOIA 31", "FOIA 31(1)(a)", "FOISA 35(1)(a)(ii)", "EIR 12(4)(b)", "FOIA 22A", "FOIA 40(5B)(a)(i)"]
)
VALUES = {
    Facet.FORCE: SLUG,
    Facet.SECTION: PROVISION,
    Facet.PROVISION: PROVISION,
    Facet.CONCEPT: SLUG.map(lambda slug: slug.replace("-", "_")),
    Facet.REGIME: st.sampled_from([regime.value for regime in Regime]),
    Facet.OUTCOME: st.sampled_from([outcome.value for outcome in Outcome]),
    Facet.YEAR: st.integers(1000, 9999).map(str),
}
QUERIES = st.builds(
    Query,
    text=st.text(max_size=30),
    chosen=st.fixed_dictionaries(
        {}, optional={facet: st.frozensets(values | st.just("none"), max_size=3) for facet, values in VALUES.items()}
    ),
    sort=st.none() | st.sampled_from(Sort),
    page=st.integers(1, LAST_PAGE),
    size=st.integers(1, LARGEST_PAGE),
    synonyms=st.booleans(),
)


@given(QUERIES)
def test_every_query_comes_back_from_its_parameters(query: Query) -> None:
    pairs = to_parameters(query)
    assert from_parameters(pairs) == query
    assert to_parameters(from_parameters(reversed(pairs))) == pairs
    assert {name for name, _ in pairs} <= set(PARAMETERS)


def test_defaults_are_left_out() -> None:
    assert to_parameters(Query()) == []
    assert from_parameters([]) == Query()
    assert from_parameters([("q", ""), ("force", ""), ("sort", ""), ("page", ""), ("size", "")]) == Query()


def test_values_are_read_as_people_write_them() -> None:
    query = from_parameters([("section", "foia 31"), ("regime", "foisa"), ("outcome", "Not held"), ("force", "Gwent")])
    assert query.chosen == {
        Facet.SECTION: {"FOIA 31"},
        Facet.REGIME: {"FOISA"},
        Facet.OUTCOME: {"not_held"},
        Facet.FORCE: {"gwent"},
    }


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([("page", "0")], "whole number from 1"),
        ([("page", "-1")], "whole number"),
        ([("page", "١")], "whole number"),
        ([("page", "1e3")], "whole number"),
        ([("page", "9" * 5000)], "whole number"),
        ([("size", "201")], "from 1 to 200"),
        ([("sort", "best")], "relevance, newest, oldest"),
        ([("synonyms", "maybe")], "on, off"),
        ([("year", "23")], "year:2023"),
        ([("outcome", "gone")], "Choose from"),
        ([("force", "—")], "force:gwent"),
        ([("q", "a"), ("q", "b")], "once"),
    ],
)
def test_a_value_that_none_allows_is_refused_with_a_mend(pairs: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        from_parameters(pairs)
    assert message in caught.value.mend


def test_names_that_nobody_knows_are_refused_where_the_caller_asks() -> None:
    assert from_parameters([("view", "table"), ("q", "x")]) == Query(text="x")
    assert from_parameters([("view", "table"), ("q", "x")], besides=["view"]) == Query(text="x")
    with pytest.raises(QueryError, match="forces"):
        from_parameters([("forces", "gwent")], besides=["view"])


def test_a_choice_of_nothing_is_no_choice_and_none_can_change() -> None:
    chosen = {Facet.YEAR: frozenset[str](), Facet.FORCE: frozenset({"gwent"})}
    query = Query(chosen=chosen)
    chosen.clear()
    assert query.chosen == {Facet.FORCE: {"gwent"}}
    with pytest.raises(TypeError):
        query.chosen[Facet.YEAR] = frozenset()  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("FOI2017/01696", "foi-2017-1696"),
        (" foi 2017 1696 ", "foi-2017-1696"),
        ("FOI-2017-01696", "foi-2017-1696"),
        ("01.FOI.23.030730", "1-foi-23-30730"),
        ("667-24", "667-24"),
        ("taser", None),
        ("ref:667-24", None),
        ('"667 24"', None),
        ("", None),
        ("1 " * 50, None),
    ],
)
def test_a_reference_alone_in_any_spelling(text: str, key: str | None) -> None:
    assert Query(text=text).as_reference() == key


def test_the_order_follows_the_words() -> None:
    assert Query(text="taser").order() is Sort.RELEVANCE
    assert Query(text="s:31").order() is Sort.NEWEST
    assert Query().order() is Sort.NEWEST
    assert Query(sort=Sort.RELEVANCE).order() is Sort.NEWEST
    assert Query(text="taser", sort=Sort.OLDEST).order() is Sort.OLDEST


def test_every_parameter_value_and_prefix_is_explained() -> None:
    page = (Path(__file__).parents[2] / "docs" / "searching.md").read_text("utf-8")
    for name in (*PARAMETERS, *(sort.value for sort in Sort), *(outcome.value for outcome in Outcome)):
        assert f"`{name}`" in page, name
    for prefix in PREFIXES:
        assert f"`{prefix}:" in page, prefix
