"""Home, forces, provisions and the pages that explain."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from siterecords import CORPUS

from indexer.disclosure import OUTCOME_LABELS
from indexer.engines import open_engine
from indexer.knowledge import Knowledge, load_knowledge
from webapp import create_app


def words(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    main = BeautifulSoup(answer.text, "lxml").main
    assert main
    return " ".join(main.get_text().split())


def test_home_says_what_is_here_and_offers_what_works(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/").text, "lxml")
    forces = {force for record in CORPUS for force in record.forces}
    assert f"{len(CORPUS)} answers that {len(forces)} police forces published" in page.get_text()
    for link in page.select("main a[href]"):
        assert client.get(str(link["href"])).status_code in {200, 302}, link
    years = [row.th.get_text() for row in page.select(".by-year tbody tr") if row.th]
    assert years == sorted(years, reverse=True)


def test_an_empty_index_has_a_home_too(knowledge: Knowledge) -> None:
    engine = open_engine("memory:")
    engine.rebuild([])
    client = create_app(engine=engine, knowledge=knowledge).test_client()
    for address in ("/", "/search", "/forces", "/force/ambershire", "/provision/FOIA/31", "/feed.atom", "/export.csv"):
        assert client.get(address, buffered=True).status_code == 200, address
    assert "0 answers" in words(client, "/")


def test_forces_without_answers_are_named_too(client: FlaskClient, knowledge: Knowledge) -> None:
    page = words(client, "/forces")
    for force in knowledge.forces.forces.values():
        assert force.name in page
    assert "Zealholm" in page
    assert "none here" in page
    assert "compares nobody" in page


def test_a_force_page_says_what_is_known_and_how_much_is_here(client: FlaskClient) -> None:
    page = words(client, "/force/ambershire")
    total = sum("ambershire" in record.forces for record in CORPUS)
    for part in (
        f"{total} published answers",
        "Freedom of Information Act 2000",
        "Single Online Home",
        "OGL-UK-3.0",
        "none recorded here",
        "own selection",
        "Not a measure of how the force answers requests",
    ):
        assert part in page, part
    assert "No answer of this force is here" in words(client, "/force/zealholm")


def test_years_of_a_force_lead_to_their_answers(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/force/ambershire").text, "lxml")
    for row in page.select(".by-year tbody tr"):
        link = row.select_one("a")
        number = int(row.find_all("td")[0].get_text().strip())
        if link:
            total = client.get(str(link["href"]).replace("/search", "/api/search")).get_json()["total"]
            assert total == number > 0
        else:
            assert number == 0, "a year without any is shown"


def test_a_search_inside_a_force_stays_inside(client: FlaskClient) -> None:
    form = BeautifulSoup(client.get("/force/dunmere").text, "lxml").select_one("form#search")
    assert form
    assert [(i["name"], i["value"]) for i in form.select("input[type=hidden]")] == [("force", "dunmere")]


def test_a_provision_is_explained_and_leads_to_who_applied_it(client: FlaskClient) -> None:
    page = words(client, "/provision/foia/31(1)(a)")
    for part in (
        "FOIA s.31(1)(a)",
        "qualified, prejudice based",
        "FOISA s.35",
        "Not legal advice",
        "1 published answer from 1 force",
    ):
        assert part in page, part
    whole = words(client, "/provision/FOIA/31")
    assert "Beneath it" in whole
    assert "FOISA s.35" in whole
    assert "FOIA s.31(3)" in whole
    deeper = words(client, "/provision/FOIA/31(1)(a)(zz)")
    assert "31(1)(a)(zz) has no entry of its own" in deeper


def test_every_provision_of_the_registry_has_a_page(client: FlaskClient, knowledge: Knowledge) -> None:
    for row in list(knowledge.provisions)[::7]:  # every seventh: each page searches
        assert client.get(f"/provision/{row.regime}/{row.provision}").status_code == 200, row.key


def test_every_force_of_the_real_registry_has_a_page() -> None:
    engine = open_engine("memory:")
    engine.rebuild([])
    knowledge = load_knowledge()
    client = create_app(engine=engine, knowledge=knowledge).test_client()
    for force in knowledge.forces.forces.values():
        assert force.name in words(client, f"/force/{force.id}")


def test_help_names_every_outcome_and_its_examples_work(client: FlaskClient) -> None:
    page = words(client, "/help")
    for value, label in OUTCOME_LABELS.items():
        assert f"outcome:{value.value} {label}" in page
    for link in BeautifulSoup(client.get("/help").text, "lxml").select("main td a"):
        assert client.get(str(link["href"])).status_code in {200, 302}, link


def test_about_says_who_runs_it_and_how_to_have_something_removed(make_client: Callable[..., FlaskClient]) -> None:
    page = words(make_client(public=True, operator="The Daily Example", contact="desk@news.example"), "/about")
    for part in ("run by The Daily Example", "desk@news.example", "A log is a selection", "Nobody is watched here"):
        assert part in page
    assert "not named an address" in words(make_client(public=True), "/about")


@pytest.mark.parametrize("address", ["/", "/search", "/forces", "/force/ambershire", "/about", "/help", "/withdrawn"])
def test_every_page_has_one_heading_a_language_and_a_way_past_the_menu(client: FlaskClient, address: str) -> None:
    page = BeautifulSoup(client.get(address).text, "lxml")
    assert len(page.select("h1")) == 1
    assert page.html
    assert page.html["lang"] == "en-GB"
    skip = page.select_one("body > a")
    assert skip
    assert page.find(id=str(skip["href"]).removeprefix("#"))
    assert page.title
    assert page.title.get_text().strip()
