"""What a force is told before it publishes: every kind of finding, its place, and silence where nothing is wrong."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest
import walking
from reportlab.pdfgen.canvas import Canvas

import samples
from indexer.extraction import Document, Extractor
from indexer.knowledge import load_knowledge
from indexer.preflight import Finding, Report, preflight
from indexer.preflight.properties import names_a_person

LETTER = """Ambershire Police

Reference: FOI 1001/26

Date: 3 March 2026

Your request

{asked}

Our response

{answer}

Yours faithfully

Information Rights Team
"""


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor(workers=2) as pool:
        yield pool


@pytest.fixture
def look(extractor: Extractor):
    knowledge = load_knowledge(samples.registry_path())

    def looked_at(data: bytes | str, name: str = "letter.txt", **more: bool) -> Report:
        document = Document(data=data.encode() if isinstance(data, str) else data, name=name)
        return next(preflight([document], knowledge, extractor, **more))

    return looked_at


def letter(answer: str, asked: str = "How many drones does the force own?") -> str:
    return LETTER.format(asked=asked, answer=answer)


def kinds(report: Report) -> list[str]:
    return sorted({one.kind for one in report.findings})


def only(report: Report, kind: str) -> Finding:
    found = [one for one in report.findings if one.kind == kind]
    assert len(found) == 1, report.findings
    return found[0]


def test_a_clean_letter_has_no_finding(look) -> None:
    report = look(letter("The force owns four drones."))
    assert report.findings == ()
    assert report.held_back == ()


def test_hidden_data_is_told_with_place_and_mend(look) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Town", 12])
    book.create_sheet("Raw").append(["Zanzibarcanary"])
    book["Raw"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    report = look(out.getvalue(), "figures.xlsx")
    assert [(hold.kind, hold.where) for hold in report.held_back] == [("hidden_sheet", "Raw")]
    found = only(report, "hidden_sheet")
    assert found.where == "Raw"
    assert "Delete the sheet" in found.mend
    assert "Zanzibarcanary" not in str(report)


def test_names_and_contacts_are_told_by_place_and_never_repeated(look) -> None:
    report = look(
        "Dear Ms Yarwood\n\nFour drones. Call 01632 960877 or jo.sample@ambershire.example.\n\n"
        "Yours sincerely\n\nJago Tremarrick\nFOI Officer\n"
    )
    assert kinds(report) == ["masked_email_address", "masked_name", "masked_signature", "masked_telephone_number"]
    assert {one.where for one in report.findings if one.kind == "masked_name"} == {"line 1", "line 7"}
    for word in ("Yarwood", "Tremarrick", "960877", "jo.sample"):
        assert word not in str(report)


def test_a_limb_that_is_left_out(look) -> None:
    found = only(
        look(letter("We hold the list and withhold it. It is exempt under Section 31 of the Act.")), "limb_missing"
    )
    assert "31(1)(a)" in found.mend
    assert found.where.endswith("FOIA s.31")
    assert "limb_missing" not in kinds(
        look(letter("We hold the list and withhold it under Section 31(1)(a) of the Act."))
    )


def test_the_limb_to_neither_confirm_nor_deny(look) -> None:
    said = "The force can neither confirm nor deny that it holds any information, by virtue of Section 31 of the Act."
    assert "31(3)" in only(look(letter(said)), "ncnd_limb_missing").mend
    assert kinds(look(letter(said.replace("Section 31", "Section 31(3)")))) == []


def test_an_outcome_that_its_text_contradicts(look) -> None:
    said = (
        "I have today decided to disclose the located information to you in full.\n\nThe addresses of the hangars are "
        "withheld under Section 31(1)(a) of the Act."
    )
    found = only(look(letter(said)), "outcome_contradicts_text")
    assert "FOIA s.31(1)(a)" in found.mend
    assert "outcome_contradicts_text" not in kinds(
        look(letter("I disclose the information in full. There are four drones."))
    )


def test_sentences_that_are_taken_for_something_else(look) -> None:
    report = look(
        letter(
            "The force does not hold this information in a retrievable format. To read 5,000 records at 5 minutes "
            "each would exceed the limit of Section 12(1)."
        )
    )
    assert "not held" in only(report, "read_as_not_held").mend
    assert only(look(letter("N/A")), "answer_says_little").where.startswith("line ")


def test_sums_that_do_not_come_out(look) -> None:
    said = (
        "To read {} records at 6 minutes each would take {} hours, above the limit of 18 hours: Section 12(1) applies."
    )
    assert "100.0 hours" in only(look(letter(said.format("1,000", 300))), "arithmetic").mend
    assert "not above the limit" in only(look(letter(said.format(100, 10))), "within_the_limit").mend


def test_a_day_that_does_not_exist(look) -> None:
    assert "impossible_date" in kinds(look(letter("Four.").replace("3 March 2026", "31 February 2026")))


PUBLISHED = (
    "The figures are already published at {link}. They are exempt under Section 21(1) of the Act, as they are "
    "reasonably accessible to you."
)


class Site(BaseHTTPRequestHandler):
    """Answers one page."""

    asked: list[str] = []  # noqa: RUF012 - one list for all requests of a test

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200 if self.path == "/there" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_links_are_listed_and_not_fetched_unless_asked(look, site: str) -> None:
    Site.asked.clear()
    for path in ("/there", "/gone"):
        assert only(look(letter(PUBLISHED.format(link=site + path))), "link_to_check").where.endswith(path)
    assert Site.asked == []
    assert "link_dead" not in kinds(look(letter(PUBLISHED.format(link=f"{site}/there")), fetch_links=True))
    found = only(look(letter(PUBLISHED.format(link=f"{site}/gone")), fetch_links=True), "link_dead")
    assert "404" in found.mend
    assert sorted(set(Site.asked)) == ["/gone", "/there"]


def test_links_that_cannot_lead_anywhere(look) -> None:
    assert (
        "legislation.gov.uk"
        in only(look(letter(PUBLISHED.format(link="http://www.opsi.gov.uk/acts"))), "link_dead").mend
    )
    cut = PUBLISHED.replace("{link}.", "https://www.ambershire.police.example/foi-ai/af/ac…")
    assert "link_cut_short" in kinds(look(letter(cut)))
    assert "link_to_check" not in kinds(
        look(letter("We own four drones. See https://www.ambershire.police.example/drones."))
    )


def test_authors_in_the_properties_of_each_format(look) -> None:
    def word(author: str) -> bytes:
        document = docx.Document()
        document.add_paragraph("The force owns four drones.")
        document.core_properties.author = author
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    def pdf(author: str) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out)
        canvas.drawString(72, 700, "The force owns four drones.")
        canvas.setAuthor(author)
        canvas.save()
        return out.getvalue()

    def workbook(author: str) -> bytes:
        book = openpyxl.Workbook()
        book.active.append(["Drones", 4])
        book.properties.creator = author
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def rich(author: str) -> bytes:
        return rf"{{\rtf1\ansi{{\info{{\author {author}}}}}\pard Four drones.\par}}".encode()

    for name, make in (("a.docx", word), ("a.pdf", pdf), ("a.xlsx", workbook), ("a.rtf", rich)):
        found = only(look(make("Jago Tremarrick"), name), "author")
        assert found.where == "document properties: author"
        assert "Tremarrick" not in str(found)
        for program in ("openpyxl", "Microsoft Office User", "Ambershire Police", "FOI Team", ""):
            assert "author" not in kinds(look(make(program), name)), (name, program)


def test_what_names_a_person() -> None:
    assert names_a_person("J Tremarrick")
    assert names_a_person("yarwoodc")
    assert not names_a_person("Information Management Unit")
    assert not names_a_person("  - ")


def test_a_file_that_cannot_be_read_is_a_finding(look) -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    assert {"hidden_not_inspected", "unreadable_password"} <= set(kinds(look(out.getvalue(), "locked.pdf")))


def test_the_command_keeps_its_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean, other = tmp_path / "clean.txt", tmp_path / "other.txt"
    clean.write_text(letter("The force owns four drones."))
    other.write_text("Dear Ms Yarwood\n\nFour.")
    printed = walking.run("preflight", str(clean), str(other), "--json", folder=tmp_path)
    rows = [json.loads(line) for line in printed.splitlines()]
    assert [list(row) for row in rows] == [["file", "held_back", "findings"]] * 2
    assert [row["file"] for row in rows] == [str(clean), str(other)]
    assert rows[0]["findings"] == []
    assert [list(one) for one in rows[1]["findings"]] == [["kind", "where", "mend"]]
    words = walking.run("preflight", str(clean), str(other), folder=tmp_path).decode()
    assert "Nothing was found." in words
    assert "Nothing was stored, and nothing left this machine." in words
    assert (
        walking.status("preflight", str(clean), folder=tmp_path),
        walking.status("preflight", str(other), folder=tmp_path),
    ) == (0, 1)
