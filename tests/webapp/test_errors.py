"""What a reader is told when something is wrong: what, where, and how to mend it."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from indexer.engines import open_engine
from indexer.engines.base import EngineUnavailableError
from indexer.knowledge import Knowledge
from webapp import create_app

WRONG = {
    "q=(taser": "A bracket is never closed.",
    'q=taser+"ced': "A quotation is never closed.",
    "q=taser+OR": "OR needs something on both sides.",
    "q=forces:gwent": "There is no “forces:” to search by.",
    "q=s:": "“s:” needs its value right after it.",
    "q=after:soon": "“soon” is no year, month or day.",
    "page=0": "“0” is no page.",
    "page=99999999999": "“99999999999” is no page.",
    "size=1000": "“1000” is no size.",
    "sort=best": "“best” is no order.",
    "view=cloud": "“cloud” is no view.",
    "view=list&view=table": "“view” is given twice.",
    "outcome=maybe": "“maybe” is no outcome.",
    "regime=magna-carta": "“magna-carta” is no regime.",
    "section=31": "“31” is no section.",
    "year=last": "“last” is no year.",
    "synonyms=perhaps": "“perhaps” is no switch.",
    "colour=red": "There is no parameter “colour”.",
}


@pytest.mark.parametrize("query", WRONG)
def test_what_cannot_be_understood_is_a_clear_page(client: FlaskClient, query: str) -> None:
    for route in ("/search", "/export.csv", "/feed.atom"):
        answer = client.get(f"{route}?{query}")
        assert answer.status_code == 400, route
        page = BeautifulSoup(answer.text, "lxml")
        if not query.startswith("view") or route == "/search":
            assert WRONG[query] in page.get_text()
        mend = page.select_one(".mend")
        assert mend
        assert mend.get_text().strip()


def test_the_place_that_is_not_understood_is_pointed_at(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/search?q=taser+(ced+stop").text, "lxml")
    mark = page.select_one(".pointed mark")
    box = page.select_one("input[name=q]")
    assert mark
    assert box
    assert mark.get_text() == "("
    assert box["value"] == "taser (ced stop", "nobody types it again"


@pytest.mark.parametrize(
    "address",
    ["/nix", "/record/nix", "/record/nix/text.txt", "/force/nix", "/provision/FOIA/999", "/provision/XX/1",
     "/record/drones-a1/attachment/9", "/record/drones-a1/attachment/x", "/record/drones-a1/attachment/9/text.txt"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_of_its_own(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert BeautifulSoup(answer.text, "lxml").select_one("main h1")


def test_only_questions_are_answered(client: FlaskClient) -> None:
    for method in ("post", "put", "delete", "patch"):
        answer = getattr(client, method)("/search")
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]


class _Away:
    """An engine that is out of reach, with a message that quotes the query."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        def refuse(*words: object, **_: object) -> object:
            raise EngineUnavailableError(f"connection refused for {words}")

        return refuse


ADDRESSES = (
    "/", "/search?q=canaryword", "/search?q=canaryword&view=table", "/record/drones-a1", "/force/ambershire", "/forces",
    "/provision/FOIA/31", "/export.csv?q=canaryword", "/export.jsonl?q=canaryword", "/feed.atom?q=canaryword",
    "/api/search?q=canaryword", "/api/record/drones-a1", "/record/drones-a1/text.txt", "/healthz",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_outage_is_503_in_words_and_never_no_results(
    knowledge: Knowledge, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(engine=_Away(), knowledge=knowledge).test_client()  # type: ignore[arg-type]
    answer = client.get(address)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "No published answer matches" not in answer.text
    assert "connection refused" not in answer.text
    assert "canaryword" not in caplog.text
    if address != "/healthz":
        assert "this is no empty result" in answer.text


def test_a_site_without_an_index_says_how_to_make_one(knowledge: Knowledge) -> None:
    empty = open_engine("memory:")
    reading_room = create_app(engine=empty, knowledge=knowledge).test_client()
    answer = reading_room.get("/search")
    assert answer.status_code == 503
    assert "crossforce index" in answer.text
    public = create_app(engine=empty, knowledge=knowledge, public=True).test_client().get("/search")
    assert public.status_code == 503
    assert "crossforce index" not in public.text


def test_pages_that_need_no_engine_stand_while_it_is_away(knowledge: Knowledge) -> None:
    client = create_app(engine=_Away(), knowledge=knowledge).test_client()  # type: ignore[arg-type]
    for address in ("/about", "/help", "/withdrawn"):
        assert client.get(address).status_code == 200, address


def test_a_mistake_of_ours_is_logged_without_a_word_of_the_reader(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("canaryword in a message")

    monkeypatch.setattr("webapp.searching.groups", stumble)
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/search?q=canaryword&force=canaryforce")
    assert answer.status_code == 500
    assert "our mistake" in answer.text
    assert "canaryword" not in answer.text.replace('value="canaryword"', "")
    assert "ZeroDivisionError" in caplog.text
    assert "searching.py" in caplog.text
    assert "canary" not in caplog.text
