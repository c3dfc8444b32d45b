"""The main job end to end: what the demo promises a newcomer, and what two editions of the samples must show."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from commandline import crossforce, last_row

from indexer.engines import open_engine
from indexer.query import Query
from samples.site import placed, site
from samples.truth import truth

First = tuple[Path, dict[str, Any]]


def _records(folder: Path) -> dict[str, Any]:
    engine = open_engine(f"path:{folder / 'index'}")
    try:
        return {source.url: record for record in engine.scan(Query()) for source in record.sources}
    finally:
        engine.close()


def test_the_demo_brings_every_disclosure_into_the_index(first_demo: First) -> None:
    folder, row = first_demo
    expected = truth(1)
    assert row["disclosures"] == row["new"] == len(expected)
    assert row["changed"] == row["unchanged"] == row["moved"] == row["gone"] == 0
    assert row["attachments"] == sum(len(t.files) for t in expected)
    assert row["held_back"] == sum(f.held for t in expected for f in t.files)
    records = _records(folder)
    assert {t.url for t in expected} <= set(records)


def test_the_last_line_has_the_keys_of_the_contract(first_demo: First) -> None:
    assert list(first_demo[1]) == [
        "requests",
        "bodies_fetched",
        "disclosures",
        "new",
        "changed",
        "unchanged",
        "moved",
        "gone",
        "attachments",
        "held_back",
        "failed",
        "seconds",
    ]


def test_a_second_run_asks_for_every_page_and_fetches_none(first_demo: First, demo_copy: Path) -> None:
    row = last_row(crossforce("demo", "--no-serve", "--json", folder=demo_copy))
    assert row["bodies_fetched"] == 0
    assert row["requests"] >= first_demo[1]["disclosures"] + first_demo[1]["attachments"]
    assert row["unchanged"] == row["disclosures"] == first_demo[1]["disclosures"]
    assert {key: row[key] for key in ("attachments", "held_back", "failed")} == {
        key: first_demo[1][key] for key in ("attachments", "held_back", "failed")
    }


def test_the_second_edition_shows_what_changed_moved_and_went(first_demo: First, demo_copy: Path) -> None:
    before = _records(demo_copy)
    row = last_row(crossforce("demo", "--edition", "2", "--no-serve", "--json", folder=demo_copy))
    after = _records(demo_copy)
    first, second = ({t.key: t for t in truth(edition)} for edition in (1, 2))
    new = second.keys() - first.keys()
    gone = first.keys() - second.keys()
    moved = {key for key in first.keys() & second.keys() if first[key].url != second[key].url}
    assert (row["new"], row["gone"], row["moved"]) == (len(new), 1, 1)
    assert len(gone) == len(moved) == 1
    kept = first.keys() & second.keys()
    assert {key: before[first[key].url].id for key in kept} == {key: after[second[key].url].id for key in kept}
    assert after[first[gone.pop()].url].gone_since is not None
    assert row["bodies_fetched"] == _bodies_that_differ()


def _bodies_that_differ() -> int:
    """Pages and files of the second edition that the first did not serve at the same address with the same bytes."""
    first, second = site(1), site(2)
    wanted = {(one.case.house.host, path) for one in placed(2) for path in (one.path, *(f.path for f in one.files))}
    served = {key: answer for key, answer in second.items() if key in wanted and answer.status == 200}
    return sum(key not in first or first[key].body != answer.body for key, answer in served.items())


def test_facts_stand_in_show_by_reference_in_any_spelling(first_demo: First) -> None:
    folder, _ = first_demo
    case = next(t for t in truth(1) if t.reference and "FOI" in t.reference and "/" in t.reference)
    assert case.reference
    spelt = case.reference.lower().replace(" ", "-").replace("/", " ")
    rows = [json.loads(line) for line in crossforce("show", spelt, "--json", folder=folder).stdout.splitlines()]
    assert case.forces in [tuple(row["forces"]) for row in rows]


def test_a_phrase_of_a_pdf_attachment_finds_its_disclosure(first_demo: First) -> None:
    folder, _ = first_demo
    files = [(t, f) for t in truth(1) for f in t.files if f.kind.startswith("pdf") and not f.failure and not f.held]
    case, file = next((t, f) for t, f in files if f.phrase)
    done = crossforce("search", f'"{file.phrase}"', "--json", folder=folder)
    found = json.loads(done.stdout)
    assert found["total"] == 1
    snippet = found["hits"][0]["snippets"][0]
    assert (snippet["part"], snippet["page"]) == (f"attachment-{file.number}", file.phrase_page)
    assert found["hits"][0]["url"] == case.url


def test_verify_finds_every_record_whole(first_demo: First) -> None:
    crossforce("verify", folder=first_demo[0])


def test_search_prints_ascii_and_nothing_else(first_demo: First) -> None:
    done = crossforce("search", "police", "--facets", "--json", folder=first_demo[0])
    assert done.stdout.isascii()
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("search", '"open'), 2, ""),
        (("search", "force:"), 2, ""),
        (("crawl", "no-such-log"), 2, "no log has the id"),
        (("crawl",), 2, "one of the three"),
        (("read",), 2, "one of the two"),
        (("show", "nothing-of-this-name"), 1, "No record"),
    ],
)
def test_wrong_use_is_named(first_demo: First, words: tuple[str, ...], status: int, said: str) -> None:
    done = crossforce(*words, folder=first_demo[0], expect=status)
    assert said in done.stderr
    assert done.stdout == ""


def test_an_engine_out_of_reach_ends_with_3(first_demo: First) -> None:
    done = crossforce("search", "x", "--engine", "elasticsearch+http://127.0.0.1:9", folder=first_demo[0], expect=3)
    assert "out of reach" in done.stderr


def test_a_real_force_cannot_be_crawled_into_the_samples(first_demo: First) -> None:
    crossforce("crawl", "gwent", folder=first_demo[0], expect=2)


def test_export_holds_the_whole_result(first_demo: First, tmp_path: Path) -> None:
    folder, row = first_demo
    for form, header in (("csv", 1), ("jsonl", 0)):
        target = tmp_path / f"all.{form}"
        crossforce("export", "", "--format", form, "--to", str(target), folder=folder)
        lines = target.read_bytes().split(b"\r\n" if form == "csv" else b"\n")
        assert len([line for line in lines if line]) == row["disclosures"] + header


def _status(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_status_counts_what_is_there(first_demo: First) -> None:
    folder, row = first_demo
    rows = _status(crossforce("status", "--json", folder=folder))
    assert sum(r.get("disclosures", 0) for r in rows if "log" in r) == row["disclosures"]
    assert {r["last_status"] for r in rows if "log" in r} == {"ok", "blocked", "disallowed", "empty"}
