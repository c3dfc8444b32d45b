"""Exports: the whole result, no more and no less, and nothing in it that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient

from indexer.disclosure import Disclosure
from indexer.engines.base import Engine, EngineUnavailableError
from indexer.knowledge import Knowledge
from indexer.query import Query
from indexer.tables import COLUMNS
from webapp import create_app
from webapp.exports import ExportCutShortError

QUERIES = (
    "",
    "q=taser",
    "q=drones+-football",
    "force=ambershire&force=dunmere&outcome=ncnd",
    "q=s:40(2)&year=2019",
    "q=zeppelin",
    "q=foi2021-00417",
    "section=none",
)


def rows(client: FlaskClient, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/export.csv?{query}", buffered=True)
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    assert re.search(r'attachment; filename="?crossforce-\d{4}-\d\d-\d\d\.csv', answer.headers["Content-Disposition"])
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def page_total(client: FlaskClient, query: str) -> int:
    found = re.search(r'role="status"><strong>([\d,]+) of', client.get(f"/search?{query}").text)
    assert found
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize("query", QUERIES)
def test_rows_are_the_total_that_the_page_shows(client: FlaskClient, query: str) -> None:
    total = page_total(client, query)
    assert len(rows(client, query)) == total
    lines = client.get(f"/export.jsonl?{query}", buffered=True).text.splitlines()
    assert len(lines) == total
    assert client.get(f"/api/search?{query}").json["total"] == total  # type: ignore[index]
    assert [json.loads(line)["id"] for line in lines] == [row["id"] for row in rows(client, query)]


def test_columns_are_the_documented_ones_in_order(client: FlaskClient) -> None:
    header = client.get("/export.csv?q=zeppelin", buffered=True).text.strip()
    assert header == ",".join(COLUMNS)


def test_no_cell_is_a_formula(client: FlaskClient) -> None:
    for row in rows(client, ""):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row.values())
    assert rows(client, "force=estwick&q=HYPERLINK")[0]["title"].startswith("'=HYPERLINK(")


def test_facts_are_in_the_row(client: FlaskClient) -> None:
    row = rows(client, "q=heron")[0]
    assert row["force_name"] == "Ambershire Police"
    assert row["answered_on"] == "2025-04-03"
    assert row["provision"] == "FOIA 30(3); FOIA 31(3); FOIA 31(1)(a)"
    assert row["provision_ncnd"] == "FOIA 30(3); FOIA 31(3)"
    one, two, three = row["evidence"].split(" … ")  # a sentence for each outcome
    assert one == "Question 1: the force owns fourteen drones."
    assert "neither confirm nor deny" in two
    assert three == "The flight plans are withheld under Section 31(1)(a)."
    assert (row["attachments"], row["attachments_available"]) == ("2", "1")


def test_exports_follow_the_order_asked_for(client: FlaskClient) -> None:
    dates = [row["answered_on"] or row["published_on"] for row in rows(client, "sort=oldest")]
    dated = [d for d in dates if d]
    assert dated == sorted(dated)
    assert dates[: len(dated)] == dated


def test_a_page_number_cuts_nothing_off(client: FlaskClient) -> None:
    assert len(rows(client, "q=taser&page=2&size=5")) == page_total(client, "q=taser")


def test_a_few_at_once_and_then_a_clear_answer(make_client: Callable[..., FlaskClient]) -> None:
    client = make_client(exports_at_once=1, exports_per_minute=100)
    first = client.get("/export.csv", buffered=False)
    refused = client.get("/export.jsonl")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "shared" in refused.text
    first.close()
    assert client.get("/export.jsonl").status_code == 200, "a reader who went away gives the place back"


def test_a_few_a_minute_and_then_a_clear_answer(make_client: Callable[..., FlaskClient]) -> None:
    client = make_client(exports_per_minute=3)
    assert [client.get("/export.csv?q=heron", buffered=True).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.get("/search?q=heron").status_code == 200, "pages are not limited with it"


class _Failing:
    """A real engine that goes away after so many records of a walk."""

    def __init__(self, engine: Engine, after: int) -> None:
        self._engine, self._after = engine, after

    def scan(self, query: Query) -> Iterator[Disclosure]:
        for number, record in enumerate(self._engine.scan(query)):
            if number == self._after:
                raise EngineUnavailableError("gone while reading canaryword")
            yield record

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)


def test_an_engine_that_goes_away_never_leaves_half_a_file_that_looks_whole(
    engine: Engine, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.exports.AT_ONCE", 2000)
    early = create_app(engine=_Failing(engine, 0), knowledge=knowledge).test_client()  # type: ignore[arg-type]
    assert early.get("/export.csv").status_code == 503
    late = create_app(engine=_Failing(engine, 40), knowledge=knowledge).test_client()  # type: ignore[arg-type]
    answer = late.get("/export.csv", buffered=False)
    with pytest.raises(ExportCutShortError) as caught:
        list(answer.response)
    assert "canaryword" not in str(caught.value)
