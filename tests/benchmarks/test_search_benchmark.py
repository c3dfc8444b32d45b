"""The search benchmark's corpus is the same every time and true to itself, and its three engines answer alike."""

from __future__ import annotations

from pathlib import Path

import corpus
import pytest
import search
from plainsearch import PlainSearch

from indexer.disclosure import Voice
from indexer.engines import open_engine
from indexer.query import Facet, Query

LETTERS = 400


def test_letters_are_the_same_every_time_and_every_span_holds_what_it_says() -> None:
    letters = list(corpus.letters(60))
    assert letters == list(corpus.letters(60))
    assert letters != list(corpus.letters(60, seed=2))
    assert len({letter.id for letter in letters}) == 60
    for letter in letters:
        (part,) = letter.parts
        assert letter.voice(Voice.REQUEST) in part.text
        assert part.roles[0].start == 0
        assert part.roles[-1].end == len(part.text)
        for citation in letter.reading.citations:
            assert part.text[citation.span.start : citation.span.end] == citation.printed
        for evidence in letter.reading.evidence:
            assert part.text[evidence.span.start : evidence.span.end].endswith(".")


def test_letters_are_as_long_as_real_ones() -> None:
    lengths = [len(letter.parts[0].text) for letter in corpus.letters(200)]
    assert 5_000 < sum(lengths) / len(lengths) < 7_000


def test_plain_sql_counts_as_the_engine_does_where_no_stemmer_is_asked(tmp_path: Path) -> None:
    engine, plain = open_engine("memory:"), PlainSearch(tmp_path / "letters.sqlite")
    try:
        engine.rebuild(corpus.letters(LETTERS))
        plain.build(corpus.letters(LETTERS))
        kinds = ("section and date", "everything, newest first", "words, force and outcome")
        asked = [one for one in search.questions() if one.kind in kinds]
        compared = 0
        for one in asked:
            theirs = engine.search(one.query)
            total, _, facets = plain.search(one.match, dict(one.chosen), under=one.under, after=one.after)
            assert total == theirs.total, one
            for facet in Facet:
                counts = {value.value: value.count for value in theirs.facets[facet] if value.count}
                assert dict(facets[facet]) == counts, (one, facet)
            compared += total > 0
        assert compared > len(asked) / 4
    finally:
        engine.close()
        plain.close()


def test_each_kind_of_search_finds_something_often_enough_to_be_measured() -> None:
    engine = open_engine("memory:")
    engine.rebuild(corpus.letters(LETTERS))
    found: dict[str, list[int]] = {}
    for one in search.questions():
        found.setdefault(one.kind, []).append(engine.search(one.query).total)
    assert len(found) == 8
    assert all(any(totals) for kind, totals in found.items() if kind != "a rare word")
    assert engine.search(Query()).total == LETTERS


def test_the_command_prints_rates_times_and_ratios(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CROSSFORCE_TEST_ELASTICSEARCH", raising=False)
    assert search.main(["--letters", "50", "--markdown"]) == 0
    said = capsys.readouterr()
    assert "| a phrase of common words |" in said.out
    assert "| ratio of the 95th |" in said.out
    assert said.err.startswith("skipped: no Elasticsearch")
