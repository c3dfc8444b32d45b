"""A public site over logs of unknown licence: facts, the sentences they were read from, and the link; no more."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from test_headers import addresses

from indexer.engines.base import Engine
from indexer.knowledge import Knowledge
from webapp import create_app
from webapp.showing import is_open

UNREAD = "heron survey was of no use"  # stands in the letter, in no sentence that a fact was read from
IN_FILE = "kestrel nest closed"


@pytest.fixture
def public_app(engine: Engine, knowledge: Knowledge) -> Flask:
    return create_app(engine=engine, knowledge=knowledge, public=True)


def test_no_route_gives_the_whole_text(public_app: Flask, public_client: FlaskClient) -> None:
    """Every route of the URL map, and every way to ask for text."""
    asked = [
        *addresses(public_app),
        "/api/record/drones-a1?text=on",
        "/record/drones-a1?q=drones",
        "/record/drones-a1/attachment/0",
        "/record/drones-a1/attachment/1",
        "/record/drones-a1/attachment/1/text.txt",
        "/record/drones-a1/attachment/2/sheet-1.csv",
        "/export.csv?q=drones",
        "/export.jsonl?q=drones",
        "/feed.atom?q=drones",
        "/api/search?q=drones",
        "/search?q=drones&view=table",
    ]
    for address in asked:
        text = public_client.get(address, buffered=True).text
        assert UNREAD not in text, address
        assert IN_FILE not in text, address
        assert "Constable" not in text, address


def test_facts_sentences_and_the_link_are_shown(public_client: FlaskClient) -> None:
    page = public_client.get("/record/drones-a1").text
    assert "Question 1: the force owns fourteen drones." in page
    assert "FOIA s.31(3)" in page
    assert 'href="http://www.ambershire.police.example/disclosure/drones-a1/"' in page
    assert "licence of this log is not known" in page
    assert 'href="#at-' not in page, "no link to a letter that is not there"


def test_a_snippet_shows_the_passage_and_no_more(public_client: FlaskClient) -> None:
    page = public_client.get("/search?q=heron").text
    assert "<mark>heron</mark>" in page
    assert "How many drones does the force own?" not in page


def test_text_is_refused_with_its_reason(public_client: FlaskClient) -> None:
    for place in ("text.txt", "attachment/1/text.txt", "attachment/1", "attachment/2/sheet-1.csv"):
        address = f"/record/drones-a1/{place}"
        answer = public_client.get(address)
        assert answer.status_code == 403, address
        assert "licence" in answer.text
    given = public_client.get("/api/record/drones-a1?text=on").get_json()
    assert given["text_withheld"] == "licence"
    assert "parts" not in given


def test_an_open_licence_shows_the_whole_text(public_client: FlaskClient) -> None:
    assert "wolfhound sleeps" in public_client.get("/record/open-n1").text
    assert "wolfhound sleeps" in public_client.get("/record/open-n1/text.txt").text
    assert public_client.get("/api/record/open-n1?text=on").get_json()["parts"]


def test_a_licence_that_forbids_some_uses_is_not_open(public_client: FlaskClient) -> None:
    assert "dun mare" not in public_client.get("/record/closed-n1").text


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("OGL-UK-3.0", True),
        ("OGL v2", True),
        ("Open Government Licence v3.0", True),
        ("CC BY 4.0", True),
        ("CC-BY-SA-4.0", True),
        ("CC0-1.0", True),
        ("unknown", False),
        ("", False),
        ("CC BY-NC 4.0", False),
        ("CC-BY-ND-4.0", False),
        ("all rights reserved", False),
        ("not OGL", False),
    ],
)
def test_what_is_open(licence: str, expected: bool) -> None:
    assert is_open(licence) is expected
