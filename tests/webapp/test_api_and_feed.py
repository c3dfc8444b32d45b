"""The API and the feed: the page's own parameters, the page's own answers."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

from flask.testing import FlaskClient

from indexer.engines.base import Engine
from indexer.knowledge import Knowledge
from indexer.query import Query
from indexer.resultjson import results_json

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_the_api_answers_what_the_command_prints(client: FlaskClient, engine: Engine, knowledge: Knowledge) -> None:
    given = client.get("/api/search?q=taser&force=dunmere&size=5").get_json()
    results = engine.search(Query(text="taser", chosen={}, size=5))
    assert set(given) == set(results_json(results, knowledge, hits=results.hits, with_facets=True))
    assert all(hit["forces"] == ["dunmere"] for hit in given["hits"])
    chosen = [value for value in given["facets"]["force"] if value["chosen"]]
    assert [value["value"] for value in chosen] == ["dunmere"]
    assert chosen[0]["label"] == "Dunmere Constabulary"
    assert chosen[0]["count"] == given["total"]


def test_pages_of_the_api_are_pages_of_the_result(client: FlaskClient) -> None:
    ids = []
    for page in range(1, 4):
        ids += [hit["id"] for hit in client.get(f"/api/search?size=10&page={page}&sort=newest").get_json()["hits"]]
    whole = [hit["id"] for hit in client.get("/api/search?size=30&sort=newest").get_json()["hits"]]
    assert ids == whole


def test_mistakes_are_told_with_their_place_and_mend(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=taser+(ced")
    assert answer.status_code == 400
    error = answer.get_json()["error"]
    assert error["position"] == 6
    assert error["message"]
    assert error["mend"]
    for wrong in ("page=0", "size=9999", "sort=best", "outcome=maybe", "colour=red", "q=a&q=b", "view=table"):
        answer = client.get(f"/api/search?{wrong}")
        assert answer.status_code == 400, wrong
        assert answer.get_json()["error"]["message"]


def test_a_record_has_its_text_only_when_asked(client: FlaskClient) -> None:
    plain = client.get("/api/record/drones-a1").get_json()
    assert "parts" not in plain
    assert plain["text_withheld"] is None
    assert plain["page"].endswith("/record/drones-a1")
    whole = client.get("/api/record/drones-a1?text=on").get_json()
    texts = {(p["part"], p["page"]): p["text"] for p in whole["parts"]}
    for fact in (*whole["citations"], *whole["evidence"]):
        text = texts[fact["part"], fact["page"]]
        assert 0 <= fact["start"] < fact["end"] <= len(text)
    assert client.get("/api/record/drones-a1?text=perhaps").status_code == 400
    assert client.get("/api/record/nix").get_json()["error"]["status"] == 404


def test_the_feed_is_atom_with_facts_and_absolute_addresses(make_client: Callable[..., FlaskClient]) -> None:
    client = make_client(base_url="https://foi.news.example/")
    answer = client.get("/feed.atom?q=drones&sort=oldest")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.data)
    entries = feed.findall("a:entry", ATOM)
    total = client.get("/api/search?q=drones").get_json()["total"]
    assert len(entries) == total == len({e.findtext("a:id", namespaces=ATOM) for e in entries})
    first = next(e for e in entries if e.findtext("a:title", namespaces=ATOM) == "Unmanned aircraft (drones)")
    link = first.find("a:link", ATOM)
    assert link is not None
    assert link.get("href") == "https://foi.news.example/record/drones-a1"
    assert first.findtext("a:published", namespaces=ATOM) == "2025-04-03T00:00:00Z"
    assert first.findtext("a:author/a:name", namespaces=ATOM) == "Ambershire Police"
    assert {c.get("term") for c in first.findall("a:category", ATOM)} == {"disclosed", "ncnd", "refused_exemption"}
    assert "fourteen drones" in (first.findtext("a:summary", namespaces=ATOM) or "")
    assert "heron" not in answer.text, "facts and one sentence, never the letter"
    for needed in ("a:title", "a:id", "a:updated"):
        assert feed.findtext(needed, namespaces=ATOM)
        assert all(entry.findtext(needed, namespaces=ATOM) for entry in entries)


def test_the_feed_shows_newest_first_whatever_the_page_does(client: FlaskClient) -> None:
    feed = ET.fromstring(client.get("/feed.atom?q=taser&sort=oldest").data)
    days = [e.findtext("a:published", namespaces=ATOM) for e in feed.findall("a:entry", ATOM)]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)
