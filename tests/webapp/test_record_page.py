"""The record's page: every fact beside its words, who said what, what came with it, and where it was found."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient


def page_of(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def words(element: Tag | None) -> str:
    assert element is not None
    return " ".join(element.get_text().split())


def test_every_fact_leads_to_the_words_it_was_read_from(client: FlaskClient) -> None:
    page = page_of(client, "/record/drones-a1")
    rows = {}
    for row in page.select("dl.facts > div"):
        value, link = words(row.select_one(".value")), row.select_one("a.where")
        target = page.find(id=str(link["href"]).removeprefix("#")) if link else None
        rows[f"{words(row.dt)}: {value}"] = target.get_text() if isinstance(target, Tag) else None
    assert rows["Reference: FOI 0433/25"] == "FOI 0433/25"
    assert rows["Answered: 3 April 2025"] == "3 April 2025"
    assert rows["Received: 28 January 2025"] == "28 January 2025"
    assert rows["Force: Ambershire Police"] == "Ambershire Police"
    assert rows["Outcome: Disclosed in full"] == "Question 1: the force owns fourteen drones."
    ncnd = rows["Outcome: Neither confirmed nor denied"]
    assert ncnd
    assert ncnd.startswith("Ambershire Police can neither confirm nor deny")
    applied = next(key for key in rows if key.startswith("Applied: FOIA s.31(3)"))
    assert "used to neither confirm nor deny, question 2" in applied
    assert rows[applied] == "Section 31(3)"


def test_the_statute_and_the_letter_are_shown_beside_each_other_and_neither_corrected(client: FlaskClient) -> None:
    page = page_of(client, "/record/drones-a1")
    value = next(v for v in page.select("dl.facts .value") if "s.31(1)(a)" in v.get_text())
    said = words(value)
    assert "Statute: qualified, prejudice based" in said
    assert "This letter: “absolute, class based”" in said
    assert "The two are not the same" in said


def test_request_and_answer_stand_side_by_side(client: FlaskClient) -> None:
    page = page_of(client, "/record/drones-a1")
    exchange = page.select_one(".exchange")
    assert exchange
    asked, answered = words(exchange.select_one(".asked")), words(exchange.select_one(".answered"))
    assert "How many drones does the force own?" in asked
    assert "fourteen" not in asked
    assert "fourteen drones" in answered
    assert "heron survey" in answered
    others = [words(details) for details in page.select("details.other")]
    assert others[0].startswith("Before the answer Ambershire Police")
    assert others[-1].startswith("After the answer If you are unhappy")


def test_a_letter_that_came_as_a_file_is_told_as_one(client: FlaskClient) -> None:
    page = page_of(client, "/record/enclosed-1?q=parrot")
    assert "In attachment 1: Response.pdf" in words(page.select_one("#letter"))
    assert "How many parrots" in words(page.select_one(".asked"))
    assert "One parrot is held" in words(page.select_one(".answered"))
    assert "Its text stands above" in words(page.select_one("#attachments"))
    assert page.find(id="attachment-1-p1"), "a passage found in it leads there"
    facts = {words(row.dt): row.select_one("a.where") for row in page.select("dl.facts > div")}
    link = facts["Reference"]
    assert link
    assert page.find(id=str(link["href"]).removeprefix("#"))


def test_the_whole_text_is_there_once_and_in_order(client: FlaskClient) -> None:
    page = page_of(client, "/record/drones-a1?q=drones")
    letter = page.select_one("#letter")
    assert letter
    shown = "".join("".join(p.get_text().split()) for p in letter.select(".passage"))
    text = client.get("/record/drones-a1/text.txt").text
    printed = text.partition("--- page, page 1 ---")[2].partition("--- attachment-1")[0]
    assert shown == "".join(printed.split())


def test_ids_are_unique_and_marks_nest(client: FlaskClient) -> None:
    for record in ("drones-a1", "cost-k1", "review-a1", "hostile-1"):
        html = client.get(f"/record/{record}?q=drones+force").text
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), record
        for tag in ("span", "mark", "div", "section"):
            assert len(re.findall(rf"<{tag}[\s>]", html)) == html.count(f"</{tag}>"), (record, tag)


def test_questions_have_their_own_outcomes(client: FlaskClient) -> None:
    page = page_of(client, "/record/drones-a1")
    table = next(t for t in page.select("table") if "numbered question" in words(t.caption))
    rows = [[words(cell) for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]
    assert rows[0][:3] == ["1", "Disclosed in full", "–"]
    assert rows[1][:3] == ["2", "Neither confirmed nor denied", "FOIA s.30(3), FOIA s.31(3)"]


def test_searched_words_are_marked_where_they_stand(client: FlaskClient) -> None:
    page = page_of(client, "/record/drones-a1?q=heron+kestrel")
    assert [mark.get_text() for mark in page.select("#letter .passage mark")] == ["heron"]
    opened = page.select("details.file[open]")
    assert len(opened) == 1
    assert [mark.get_text() for mark in opened[0].select(".passage mark")] == ["kestrel"]
    assert not page_of(client, "/record/drones-a1").select(".passage mark")
    assert not page_of(client, "/record/drones-a1?q=(((").select(".passage mark"), "not understood"


def test_attachments_say_type_size_and_pages_or_that_they_are_not_available(client: FlaskClient) -> None:
    page = page_of(client, "/record/drones-a1")
    first, second = page.select("ol.files > li")
    assert "PDF · 41 kB · 2 pages" in words(first)
    assert "http://www.ambershire.police.example/files/drones-a1-1" in str(first)
    assert "Excel workbook · Attachment not available" in words(second)
    assert "Constable | 11" in second.get_text(), "what is visible in it can be read all the same"


def test_a_sheet_can_be_had_as_csv(client: FlaskClient) -> None:
    answer = client.get("/record/drones-a1/attachment/2/sheet-1.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.text == "Rank,Pilots\r\nSergeant,4\r\nConstable,11\r\n"
    assert "sheet-1.csv" in client.get("/record/drones-a1").text
    assert client.get("/record/drones-a1/attachment/1/sheet-1.csv").status_code == 404, "no workbook"
    assert client.get("/record/drones-a1/attachment/2/sheet-9.csv").status_code == 404


def test_nothing_leads_to_an_original_that_is_not_available(client: FlaskClient, public_client: FlaskClient) -> None:
    for asked in (client, public_client):
        for address in ("/record/drones-a1", "/api/record/drones-a1", "/export.jsonl?q=heron", "/export.csv?q=heron"):
            answer = asked.get(address).text
            assert "drones-a1-2" not in answer, address
            for reason in ("held back", "held_back", "hidden_", "hidden sheet"):
                assert reason not in answer.lower(), address


def test_cost_arithmetic_is_shown_as_printed(client: FlaskClient) -> None:
    assert "3,715 records × 3 minutes = 185 hours; limit 18 hours £450" in words(
        page_of(client, "/record/cost-k1").select_one("dl.facts")
    )


def test_sources_have_hash_time_and_state(client: FlaskClient) -> None:
    sources = words(page_of(client, "/record/drones-a1").select_one("table.sources"))
    assert "Fetched 2 March 2025, 14:05 UTC, 18 kB" in sources
    assert "Live when last seen, 2 March 2025" in sources
    assert re.search(r"SHA-256 [0-9a-f]{64}", sources)
    gone = page_of(client, "/record/collision-p1")
    assert "has not had this page since 1 June 2025" in words(gone.select_one(".banner"))


def test_similar_requests_show_force_and_outcome(client: FlaskClient) -> None:
    page = page_of(client, "/record/plain-00")
    rows = page.select("#similar tbody tr")
    assert 1 <= len(rows) <= 12
    titles = {words(row.select_one(".title")) for row in rows}
    assert "Taser in area 0" not in titles, "not itself"
    assert all("Taser" in title for title in titles)
    assert words(rows[0].th)
    assert words(rows[0].find_all("td")[1])


def test_a_review_and_what_it_reviews_lead_to_each_other(client: FlaskClient) -> None:
    review = page_of(client, "/record/review-a1").select_one(".banner")
    assert "the first answer was varied" in words(review)
    assert review
    assert [a["href"] for a in review.select("a")] == ["/record/drones-a1"]
    banner = page_of(client, "/record/drones-a1").select_one(".banner")
    assert "Reviewed since" in words(banner)
    assert banner
    assert [a["href"] for a in banner.select("a")] == ["/record/review-a1"]


def test_labels_are_attributed_and_a_wrong_one_can_be_reported(make_client: Callable[..., FlaskClient]) -> None:
    page = page_of(make_client(report_to="https://desk.example/wrong?from=site"), "/record/drones-a1")
    assert "Read by Crossforce from the published text; the labels are not the force’s." in words(
        page.select_one("#facts")
    )
    link = page.find("a", string="Report a wrong reading")
    assert isinstance(link, Tag)
    assert link["href"] == "https://desk.example/wrong?from=site&record=drones-a1"
    mail = page_of(make_client(contact="desk@news.example"), "/record/drones-a1").find(
        "a", string="Report a wrong reading"
    )
    assert isinstance(mail, Tag)
    assert str(mail["href"]).startswith("mailto:desk@news.example?subject=")
    assert not page_of(make_client(), "/record/drones-a1").find("a", string="Report a wrong reading")


def test_a_citation_names_who_what_when_and_the_proof(make_client: Callable[..., FlaskClient]) -> None:
    page = page_of(make_client(base_url="https://foi.news.example"), "/record/drones-a1")
    cited = words(page.select_one("#citation"))
    for part in (
        "Ambershire Police, “Unmanned aircraft (drones)”",
        "reference FOI 0433/25",
        "answered 3 April 2025",
        "Copy kept 2 March 2025",
        "https://foi.news.example/record/drones-a1",
    ):
        assert part in cited
    assert re.search("[0-9a-f]{64}", cited)


def test_ncnd_is_told_without_a_hint(client: FlaskClient) -> None:
    for address in ("/record/drones-a1", "/search?outcome=ncnd", "/search?outcome=ncnd&view=table", "/help", "/about"):
        said = BeautifulSoup(client.get(address).text, "lxml").get_text().lower()
        for hint in ("secret", "hidden", "conceal", "withheld from you"):
            assert hint not in said, address
