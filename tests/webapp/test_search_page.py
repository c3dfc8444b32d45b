"""The page of results: what it counts, how it narrows, and that every way on from it says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from siterecords import CORPUS

from indexer.disclosure import Disclosure
from indexer.document import facet_values
from indexer.query import Facet


def soup(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "lxml")


def total(page: BeautifulSoup) -> int:
    status = page.select_one("[role=status]")
    assert status
    return int(status.get_text().split()[0].replace(",", ""))


def options(page: BeautifulSoup, facet: Facet) -> dict[str, tuple[int, bool]]:
    """Every value of a facet as the page offers it: its count and whether it is chosen."""
    found = {}
    for box in page.select(f"input[type=checkbox][name={facet.value}]"):
        count = page.select_one(f"label[for={box['id']}] .count")
        assert count
        found[str(box["value"])] = (int(count.get_text().replace(",", "")), box.has_attr("checked"))
    return found


def matching(
    records: Iterable[Disclosure], chosen: dict[Facet, set[str]], besides: Facet | None = None
) -> list[Disclosure]:
    """By plain comparison: any value inside a facet, every facet."""
    return [
        record
        for record in records
        if all(f is besides or values & set(facet_values(record, f)) for f, values in chosen.items())
    ]


def test_every_record_is_counted_with_its_denominators(client: FlaskClient) -> None:
    page = soup(client, "/search")
    forces = {force for record in CORPUS for force in record.forces}
    status = page.select_one("[role=status]")
    assert status
    words = " ".join(status.get_text().split())
    assert words == f"{len(CORPUS)} of {len(CORPUS)} published answers from {len(forces)} of {len(forces)} forces"


def test_choices_widen_inside_a_facet_and_narrow_between_facets(client: FlaskClient) -> None:
    chosen = {Facet.FORCE: {"ambershire", "dunmere"}, Facet.OUTCOME: {"disclosed", "ncnd"}}
    address = "/search?force=ambershire&force=dunmere&outcome=disclosed&outcome=ncnd"
    page = soup(client, address)
    assert total(page) == len(matching(CORPUS, chosen)) > 0
    for facet in Facet:
        expected = Counter(v for r in matching(CORPUS, chosen, besides=facet) for v in facet_values(r, facet))
        shown = options(page, facet)
        assert {value: count for value, (count, _) in shown.items() if count} == dict(expected), facet
        assert {value for value, (_, ticked) in shown.items() if ticked} == chosen.get(facet, set())


def test_a_chosen_value_stays_in_sight_at_none(client: FlaskClient) -> None:
    page = soup(client, "/search?q=heron&force=estwick")
    assert total(page) == 0
    assert options(page, Facet.FORCE)["estwick"] == (0, True)


def test_what_is_not_stated_can_be_chosen(client: FlaskClient) -> None:
    page = soup(client, "/search?force=none")
    assert total(page) == 1
    assert "Geese" in page.select("article")[0].get_text()


def test_the_form_sends_what_is_shown(client: FlaskClient) -> None:
    """Ticking a box and pressing the button must give what the page of that choice gives."""
    page = soup(client, "/search?q=taser&force=ambershire&sort=oldest&size=5&view=table&synonyms=off")
    form = page.select_one("form#search")
    assert form
    sent = [(str(i["name"]), str(i.get("value", ""))) for i in form.select("input[name]")]
    sent += [(str(i["name"]), str(i["value"])) for i in page.select("input[form=search][checked]")]
    assert sorted(sent) == sorted(
        [
            ("q", "taser"),
            ("force", "ambershire"),
            ("sort", "oldest"),
            ("size", "5"),
            ("view", "table"),
            ("synonyms", "off"),
        ]
    )


def test_chips_take_one_choice_away(client: FlaskClient) -> None:
    page = soup(client, "/search?q=taser&force=ambershire&force=dunmere&outcome=disclosed")
    chips = {" ".join(a.get_text().split()): str(a["href"]) for a in page.select(".chosen a")}
    assert set(chips) == {
        "Remove Force: Ambershire Police ×",
        "Remove Force: Dunmere Constabulary ×",
        "Remove Outcome: Disclosed in full ×",
        "Remove all",
    }
    assert parse_qsl(urlsplit(chips["Remove Force: Ambershire Police ×"]).query) == [
        ("q", "taser"),
        ("force", "dunmere"),
        ("outcome", "disclosed"),
    ]
    assert parse_qsl(urlsplit(chips["Remove all"]).query) == [("q", "taser")]


def test_only_leads_to_one_value_alone(client: FlaskClient) -> None:
    page = soup(client, "/search?force=ambershire&force=dunmere")
    only = next(a for a in page.select("a.only") if "Caldmoor" in a.get_text())
    assert total(soup(client, str(only["href"]))) == len(matching(CORPUS, {Facet.FORCE: {"caldmoor"}}))


def _cells(view: str, page: BeautifulSoup) -> list[str]:
    links = page.select(".card h2 a" if view == "list" else ".matrix td.title > a")
    return [urlsplit(str(link["href"])).path.rpartition("/")[2] for link in links]


@pytest.mark.parametrize("view", ["list", "table"])
@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_pages_hold_every_record_once_and_in_order(client: FlaskClient, view: str, sort: str) -> None:
    address: str | None = f"/search?size=16&sort={sort}&view={view}"
    seen: list[str] = []
    while address:
        page = soup(client, address)
        seen += _cells(view, page)
        onward = page.select_one("a[rel=next]")
        address = str(onward["href"]) if onward else None
    assert sorted(seen) == sorted(record.id for record in CORPUS)
    dates = {record.id: record.dated_on for record in CORPUS}
    dated = [day for i in seen if (day := dates[i])]
    assert dated == sorted(dated, reverse=sort == "newest")
    assert all(dates[i] is None for i in seen[len(dated) :]), "undated records come last"


def test_a_page_beyond_the_last_says_so(client: FlaskClient) -> None:
    page = soup(client, "/search?size=16&page=99", status=404)
    assert "no page 99" in page.get_text()
    link = page.select_one("main p a")
    assert link
    assert _cells("list", soup(client, str(link["href"])))


def test_the_table_shows_force_outcome_limbs_date_sentence_and_link(client: FlaskClient) -> None:
    page = soup(client, "/search?q=heron&view=table")
    row = page.select_one(".matrix tbody tr")
    assert row
    cells = [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])]
    assert cells[0] == "Ambershire Police"
    assert cells[1] == "Unmanned aircraft (drones)FOI 0433/25"
    assert cells[2] == "Disclosed in full; Neither confirmed nor denied; Refused: exemption"
    assert cells[3] == "FOIA s.30(3), FOIA s.31(3), FOIA s.31(1)(a)"
    assert cells[4] == "3 April 2025"
    assert cells[5].startswith("“Question 1: the force owns fourteen drones. … Question 2: ")
    place = row.select_one(".sentence a")
    assert isinstance(place, Tag)
    address = urlsplit(str(place["href"]))
    letter = soup(client, f"{address.path}?{address.query}")
    target = letter.find(id=address.fragment)
    assert isinstance(target, Tag)
    assert target.get_text() == "Question 1: the force owns fourteen drones."


def test_which_date_is_shown_is_said(client: FlaskClient) -> None:
    def dated(words: str) -> str:
        line = soup(client, f"/search?q={words}").select_one(".card .line")
        assert line
        return " ".join(line.get_text().split())

    assert "answered 3 April 2025" in dated("heron")
    assert "published 14 September 2021" in dated("football")
    assert "no date printed" in dated("geese")


def test_dates_leave_the_undated_out_and_say_so(client: FlaskClient) -> None:
    page = soup(client, "/search?q=after:2020")
    assert "no printed date" in page.select(".meaning")[0].get_text()
    assert total(page) == sum(record.dated_on is not None and record.dated_on.year >= 2020 for record in CORPUS)
    assert "no printed date" not in soup(client, "/search?q=taser").select(".meaning")[0].get_text()


def test_a_reference_alone_leads_to_its_record(client: FlaskClient) -> None:
    for spelling in ("FOI 0433/25", "foi-0433-25", "FOI043325"[:3] + " 0433 25"):
        answer = client.get("/search", query_string={"q": spelling})
        assert (answer.status_code, answer.location) == (302, "/record/drones-a1"), spelling


def test_a_reference_that_several_forces_have_lists_them(client: FlaskClient) -> None:
    page = soup(client, "/search?q=foi2021-00417")
    assert set(_cells("list", page)) == {"collision-r1", "collision-p1"}
    assert "References are not unique" in page.get_text()
    link = next(a for a in page.select(".controls a") if a.get_text() == "CSV")
    assert len(client.get(str(link["href"])).text.strip().split("\r\n")) == 1 + 2


def test_a_phrase_in_an_attachment_is_found_and_its_place_named(client: FlaskClient) -> None:
    page = soup(client, '/search?q="kestrel nest closed"')
    assert total(page) == 1
    place = page.select_one(".snippet footer a")
    marked = [mark.get_text() for mark in page.select(".snippet mark")]
    assert place
    assert place.get_text() == "attachment 1, page 2"
    assert marked == ["kestrel nest closed"]
    address = urlsplit(str(place["href"]))
    anchor = soup(client, f"{address.path}?{address.query}").find(id=address.fragment)
    assert isinstance(anchor, Tag)
    assert "kestrel nest closed" in anchor.get_text()


def test_the_query_is_said_back_in_words(client: FlaskClient) -> None:
    page = soup(client, '/search?q="strip search" s:31 -drone after:2020-05')
    words = page.select(".meaning")[0].get_text()
    for part in ("the exact phrase “strip search”", "provision 31 applied", "without the word “drone”", "1 May 2020"):
        assert part in words


def test_other_words_searched_are_named_and_can_be_turned_off(client: FlaskClient) -> None:
    page = soup(client, "/search?q=uav")
    meaning = page.select(".meaning")[0]
    assert "Also searched:" in meaning.get_text()
    link = meaning.select_one("a")
    assert link
    assert ("synonyms", "off") in parse_qsl(urlsplit(str(link["href"])).query)
    plain = soup(client, str(link["href"]))
    assert "Also searched" not in plain.get_text()
    assert total(plain) < total(page)


def test_nothing_found_says_what_that_means(client: FlaskClient) -> None:
    page = soup(client, "/search?q=zeppelin")
    assert total(page) == 0
    assert "a log is a selection" in page.select(".nothing")[0].get_text()


def test_every_link_of_a_result_answers(client: FlaskClient) -> None:
    page = soup(client, "/search?q=drones&view=list&size=5")
    links = {unescape(str(a["href"])) for a in page.select("main a[href]") if str(a["href"]).startswith("/")}
    assert len(links) > 20
    for link in sorted(links):
        assert client.get(link).status_code in {200, 302}, link


def test_sorts_are_always_in_sight(client: FlaskClient) -> None:
    names = [a.get_text() for a in soup(client, "/search?q=taser").select("[aria-label=Order] a")]
    assert names == ["Best match", "Newest first", "Oldest first"]
    page = soup(client, "/search")
    assert [a.get_text() for a in page.select("[aria-label=Order] a")] == ["Newest first", "Oldest first"]
    assert [a.get_text() for a in page.select("[aria-label=Order] a[aria-current]")] == ["Newest first"]


def test_partial_answers_are_said(make_partial: Callable[[], FlaskClient]) -> None:
    alert = soup(make_partial(), "/search?q=taser").select_one("[role=alert]")
    assert alert
    assert "did not answer in time" in alert.get_text()
