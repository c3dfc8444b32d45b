"""What a person types: the table of docs/searching.md, row by row; errors say where and how to mend."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.disclosure import Regime
from indexer.grammar import (
    DEEPEST,
    LONGEST_QUERY,
    PREFIXES,
    After,
    And,
    Before,
    Everything,
    HasReference,
    Member,
    Not,
    Or,
    Phrase,
    QueryError,
    Tree,
    Under,
    Word,
    has_words,
    parse,
    unparse,
)


def w(*stems: str) -> Word:
    return Word(stems, "")


def p(*words: str) -> Phrase:
    return Phrase(words, "")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Everything()),
        ("  \n ", Everything()),
        ("taser deployments", And((w("taser"), w("deploy")))),
        ('"freedom of information act"', p("freedom", "of", "information", "act")),
        ('"Deployments"', p("deployments")),
        ("“stop and search”", p("stop", "and", "search")),
        ("«stop» „search‟", And((p("stop"), p("search")))),
        ('stop"search"now', And((w("stop"), p("search"), w("now")))),
        ("taser OR ced", Or((w("taser"), w("ced")))),
        ("a b OR c d", And((w("a"), Or((w("b"), w("c"))), w("d")))),
        ("a OR b OR c", Or((w("a"), w("b"), w("c")))),
        ("a or b", And((w("a"), w("or"), w("b")))),
        ("a AND b", And((w("a"), w("b")))),
        ("ORANGE ANDY NOTE", And((w("orang"), w("andi"), w("note")))),
        ("-drone", Not(w("drone"))),
        ("taser -drone", And((w("taser"), Not(w("drone"))))),
        ('-"stop and search"', Not(p("stop", "and", "search"))),
        ("-a OR b", Or((Not(w("a")), w("b")))),
        ("-(a b)", Not(And((w("a"), w("b"))))),
        ("-(a OR b) c", And((Not(Or((w("a"), w("b")))), w("c")))),
        ("taser - drone", And((w("taser"), w("drone")))),
        ("taser --drone", And((w("taser"), w("drone")))),
        ("taser – drone", And((w("taser"), w("drone")))),
        ("(a b) OR c", Or((And((w("a"), w("b"))), w("c")))),
        ("((a))", w("a")),
        ("() a ( )", w("a")),
        ("(a (b c))", And((w("a"), w("b"), w("c")))),
        ("e-mail", w("e", "mail")),
        ("31(1)(a)", w("31", "1", "a")),
        ("officer(s)", w("offic", "s")),
        ("(see 31(1)(a))", And((w("see"), w("31", "1", "a")))),
        ("officer’s", w("offic", "s")),
        ("Café", w("cafe")),
        ("http://www.example/x", w("http", "www", "exampl", "x")),
        ("re: taser", And((w("re"), w("taser")))),
        ("10:30", w("10", "30")),
        ("force:gwent", Member("force", "gwent")),
        ("FORCE:Gwent", Member("force", "gwent")),
        ('force:"Devon and Cornwall"', Member("force", "devon-and-cornwall")),
        ("-force:gwent", Not(Member("force", "gwent"))),
        ("force:none", Member("force", "none")),
        ("outcome:ncnd", Member("outcome", "ncnd")),
        ('outcome:"Not held"', Member("outcome", "not_held")),
        ("regime:foisa", Member("regime", "FOISA")),
        ("concept:law_enforcement", Member("concept", "law_enforcement")),
        ("concept:law-enforcement", Member("concept", "law_enforcement")),
        ("year:2023", Member("year", "2023")),
        ('section:"FOIA 31"', Member("section", "FOIA 31")),
        ("section:foia:31", Member("section", "FOIA 31")),
        ('section:"eir 12(4)(b)"', Member("section", "EIR 12(4)(b)")),
        ("provision:FOIA31(1)(A)", Member("provision", "FOIA 31(1)(a)")),
        ('provision:"foia 40(5b)(A)(I)"', Member("provision", "FOIA 40(5B)(a)(i)")),
        ("ref:FOI2017/01696", HasReference("foi-2017-1696")),
        ('ref:"foi 2017 1696"', HasReference("foi-2017-1696")),
        ("s:31", Under(None, "31")),
        ("s:40(2)", Under(None, "40(2)")),
        ("S:22A", Under(None, "22a")),
        ("(s:40(2))", Under(None, "40(2)")),
        ("foia:31", Under(Regime.FOIA, "31")),
        ("foisa:35(1)(a)", Under(Regime.FOISA, "35(1)(a)")),
        ("eir:12(4)(b)", Under(Regime.EIR, "12(4)(b)")),
        ("eisr:10(4)(b)", Under(Regime.EISR, "10(4)(b)")),
        ("jfoi:25", Under(Regime.JFOI, "25")),
        ('s:"31 (1) (a)"', Under(None, "31(1)(a)")),
        ("after:2020", After(date(2020, 1, 1), "")),
        ("after:2020-05", After(date(2020, 5, 1), "")),
        ("after:2020-05-17", After(date(2020, 5, 17), "")),
        ("before:2019-05", Before(date(2019, 5, 1), "")),
        ("before:2019", Before(date(2019, 1, 1), "")),
    ],
)
def test_what_is_typed_means(text: str, tree: Tree) -> None:
    assert parse(text) == tree
    assert parse(unparse(parse(text))) == tree


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ('taser "stop and', 6, 'Close it: "stop and"'),
        ("taser (drone", 6, "never closed"),
        ("taser) drone", 5, "never opened"),
        ("OR taser", 0, "both sides"),
        ("taser OR", 6, "both sides"),
        ("taser OR OR drone", 9, "both sides"),
        ("(taser OR) drone", 9, "both sides"),
        ("NOT drone", 0, "-drone"),
        ("force: gwent", 0, "right after it"),
        ("taser ref:", 6, "right after it"),
        ('force:""', 0, "right after it"),
        ("forces:gwent", 0, "Did you mean force"),
        ("taser outcom:ncnd", 6, "Did you mean outcome"),
        ("outcome:nonsense", 0, "Choose from: disclosed"),
        ("regime:fio", 0, "Choose from: FOIA"),
        ("section:31", 0, 'section:"FOIA 31"'),
        ("s:abc", 0, "s:31(1)(a)"),
        ("s:foia31", 0, "s:31(1)(a)"),
        ("year:23", 0, "year:2023"),
        ("x after:2020-13", 2, "after:2019-05"),
        ("before:2019-02-30", 0, "before:2019-05-31"),
        ("before:yesterday", 0, "before:2020"),
        ("after:0000", 0, "after:2020"),
        ("ref:---", 0, "ref:FOI-2017-1696"),
        ("x" * (LONGEST_QUERY + 1), LONGEST_QUERY, "1,000"),
        ("(" * (DEEPEST + 1) + "x" + ")" * (DEEPEST + 1), DEEPEST, "nested"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_a_mend(text: str, position: int, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.position == position
    assert message in str(caught.value)
    assert caught.value.mend


def test_smart_quotes_keep_positions() -> None:
    with pytest.raises(QueryError) as caught:
        parse("“stop” “search")
    assert caught.value.position == 7


def _parsed(text: str) -> Tree | QueryError:
    try:
        return parse(text)
    except QueryError as error:
        return error


PIECES = st.one_of(
    st.sampled_from(
        [
            "OR",
            "AND",
            "(",
            ")",
            "-",
            '"',
            " ",
            "“",
            "taser",
            "31(1)(a)",
            "e-mail",
            "s:",
            "foia:31",
            "after:",
            "2020",
            "(a)",
        ]
    ),
    st.sampled_from([f"{prefix}:" for prefix in PREFIXES]),
    st.text(max_size=6),
)


@given(st.lists(PIECES, max_size=14).map(lambda pieces: " ".join(pieces)) | st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=400)
def test_anything_typed_is_a_tree_that_prints_back_or_a_clear_error(text: str) -> None:
    parsed = _parsed(text)
    if isinstance(parsed, QueryError):
        assert parsed.position is not None
        assert 0 <= parsed.position <= len(text)
        assert parsed.mend
    else:
        printed = unparse(parsed)
        assert parse(printed) == parsed
        assert unparse(parse(printed)) == printed


@pytest.mark.parametrize("text", ["31" + "(1" * 400, "(a)" * 300, "-" * 900, "a" * 1000, ":" * 999, "a:" * 499])
def test_time_does_not_run_away(text: str) -> None:
    began = time.perf_counter()
    _parsed(text)
    assert time.perf_counter() - began < 0.5


def test_only_words_searched_for_are_worth_ranking_by() -> None:
    assert has_words(parse("taser"))
    assert has_words(parse('s:31 (force:gwent OR "x y")'))
    assert not has_words(parse("s:31 -taser force:gwent"))
    assert not has_words(parse(""))
