"""Where a name stands decides, never what sounds like one. Every name here is made up."""

from __future__ import annotations

import time

import pytest
from masked_letters import record_of, seen

from indexer.disclosure import Part
from indexer.masking import COVER, Kind, covered, is_covered, mask

LETTER = """Information Rights Office
Ambershire Police
Quarry House, Fen Road
Ambersford QA1 2BC

Ottoline Fairweather-Moss
By email

3 March 2024

Dear Ms Fairweather-Moss

You asked for the number of times that Captor was used in Ambersford. Mr Fairweather-Moss is your husband.

The figure was given by PC Tremarrick in evidence. Green waste was not counted.

Yours sincerely

Clementine Yarwood
Information Compliance Officer
Ambershire Police
"""


def test_requester_and_signatory_are_covered_wherever_they_stand_and_nothing_else_is() -> None:
    shown = seen(LETTER)
    for name in ("Ottoline", "Fairweather", "Moss", "Clementine", "Yarwood"):
        assert name not in shown
    for kept in ("Quarry House", "Captor", "Ambersford", "PC Tremarrick", "Green waste", "Ambershire Police", "Dear "):
        assert kept in shown
    assert len(shown) == len(LETTER)


@pytest.mark.parametrize(
    "text",
    [
        "Dear Clementine Yarwood,\nThank you for your request.",
        "Dear Clementine,\n\nfor Clementine",
        "Hi Clementine Thank you for your request",
        "Annwyl Clementine Yarwood\n\nDiolch",
        "Thank you for waiting.\n\nYours sincerely\n\n\nClementine Yarwood BA (Hons)\nDecision Maker",
        "Kind regards\n\npp Clementine Yarwood\nfor the Head of Disclosure",
        "Kind regards,\nYarwood, C 4721",
        "Yn gywir / Yours sincerely\n\nClementine ap Yarwood\nSwyddog Datgelu / Disclosure Officer",
        "Is mise le meas / Yours faithfully\n\nC. Yarwood\nInformation Manager",
        "Yours sincerely\nLt Cdr (retd) C Yarwood\nHead of Information Assurance",
        "Yours sincerely\nPC 1234 Clementine Yarwood\nAbove the Line",
        "Yours faithfully,\nInformation Officer\nClementine Yarwood\nDisclosure Manager",
        "Kind regards\n\nClementine Yarwood | Information Access Officer | Room 2",
        "Many thanks, Clementine",
        "I should like the report. Yours, Clementine Yarwood",
        "Please ask for: Clementine\nYarwood\nPhone: none",
        "Case officer: Clementine Yarwood",
        "Name: Clementine Yarwood\nDept: Data\nEmail: none",
        "From: Clementine Yarwood\nSent: Monday\nTo: FOI\nSubject: x",
        "From: Yarwood, Clementine (Data)\nSent: Monday\nTo: FOI\nSubject: x",
        "To: A Sample; Clementine Yarwood <c@d.example>\nCc: B\nSubject: y",
        "On 3 March 2024 at 10:14, Clementine Yarwood\n<c.y@ambershire.example> wrote:\n> text",
        "You may contact Clementine Yarwood on extension 4.",
        "Write to Ms Clementine Yarwood, Head of Information Governance, at the address above.",
        "My name is Clementine Yarwood and I write a book.",
        "Clementine Yarwood\nInformation Officer\n\nDear Sir or Madam\n\nThe answer is four.",
        "clementine.yarwood@ambershire.example asked Clementine Yarwood to reply.",
        "MR C YARWOOD\n\nDear Mr Yarwood\n\nYARWOOD (Clementine) asked.",
        "Dear Mr Yarwood\n\nMiss Clementine Mary Yarwood asked, and C. M. Yarwood signed.",
    ],
)
def test_names_of_staff_and_requesters(text: str) -> None:
    shown = seen(text)
    assert "arwood" not in shown.lower()
    assert "Clementine" not in shown or "(Clementine)" in text


@pytest.mark.parametrize(
    "text",
    [
        "Dear Ambershire Police,\n\nPlease answer.",
        "Dear Sir/Madam\nDear Requester\nDear All\nDear Data Justice Lab",
        "Yours sincerely\n\nFOI Team\nAmbershire Police\nQuarry House\nAmbersford\nQA1 2BC",
        "Kind regards\n\nInformation Management Unit\nBody Worn Video",
        "Yours sincerely\n\nClementine Yarwood\nChief Constable",
        "Chief Constable: Clementine Yarwood\nPolice and Crime Commissioner: Jago Tremarrick",
        "From: Ambersford\nTo: Fenchester\nMiles: 12",
        "Clare's Law and Victoria Street were named by Sergeant Tremarrick.",
        "Request\n\nThank you\n\nBurglary Statistics\n\nThe burglary statistics are attached.",
        "You may wish to contact Ambershire CCG or the Crown Prosecution Service.",
        "Clementine Yarwood was murdered in 1987. The file on Clementine Yarwood is closed.",
    ],
)
def test_what_the_letter_is_about_bodies_and_public_roles_stay(text: str) -> None:
    assert seen(text) == text


def test_a_given_name_that_begins_another_name_stays() -> None:
    shown = seen("Dear Clare\n\nClare's Law was used in Clare Street. I told Clare so.")
    assert "Clare's Law" in shown
    assert "Clare Street" in shown
    assert "Dear Clare" not in shown


def test_a_name_that_is_a_word_is_covered_where_it_is_a_name() -> None:
    shown = seen("Dear Jane Green\n\nThe green waste of Green Lane.\n\nJane Green asked. Ms Green paid.\n\nJane")
    assert "green waste of Green Lane" in shown
    assert "Ms" not in shown
    assert "Jane" not in shown


def test_the_address_under_an_addressee_is_covered() -> None:
    text = "Mr J Yarwood\n12 Orchard Way\nAmbersford\nQA1 2BC\n\nDear Mr Yarwood\n\nThe answer."
    shown = seen(text)
    assert "Orchard" not in shown
    assert "QA1" not in shown
    assert "The answer." in shown


def test_files_titles_and_addresses_are_covered_by_the_names_of_the_letter() -> None:
    record = record_of(
        LETTER,
        title="Reply to Ottoline Fairweather-Moss",
        files=("response_Ottoline_Fairweather-Moss.pdf", "captor figures.xlsx", "reply-fairweather-moss.pdf"),
    )
    shown = mask(record)
    assert "Fairweather" not in shown.title
    assert "Fairweather" not in shown.attachments[0].name
    assert shown.attachments[1].name == "captor figures.xlsx"
    assert shown.attachments[2].name == f"reply-{11 * COVER}-{4 * COVER}.pdf"
    assert all("Fairweather" not in (a.url or "") for a in shown.attachments)
    assert shown.attachments[0].url is None  # an address with a covered name leads nowhere
    assert is_covered(shown.sources[0].url)
    assert shown.attachments[1].url == record.attachments[1].url
    assert all("Fairweather" not in source.url for source in shown.sources)


def test_everything_covered_is_told_with_its_kind_and_place() -> None:
    parts = record_of(LETTER + "Telephone 01632 960877, foi@ambershire.police.example\n").parts
    found = covered(parts)
    assert {one.kind for one in found} == {Kind.NAME, Kind.SIGNATURE, Kind.TELEPHONE, Kind.EMAIL}
    for one in found:
        assert 0 <= one.start < one.end <= len(parts[0].text)


def test_covering_twice_changes_nothing() -> None:
    once = mask(record_of(LETTER))
    assert mask(once) == once


@pytest.mark.parametrize(
    "unit",
    ["Dear John Smith,\n", "a@", "xxxxxxxxxx@b.", "a", ", information ", "On x, John wrote:", "01234 ", "Mr ",
     "John Smith ", "From: A\nTo: B\n", "Regards\n", "Yours, ", "| ", "Contact: ", "\n", " ", "-a", "O'", "(", "call "],
)  # fmt: skip
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        part = Part(part="page", page=1, text=text)
        began = time.process_time()
        covered((part,))
        return time.process_time() - began

    seconds(1000)
    measured = []
    for _ in range(3):  # what is worse than linear is so every time, a hiccup of the machine is not
        measured.append((seconds(40_000), seconds(160_000)))
        if measured[-1][1] < 16 * max(measured[-1][0], 0.02):  # linear is 4; quadratic would be 16 and more
            return
    pytest.fail(f"seconds for a text and for four times as much: {measured}")


def test_nothing_to_cover_is_left_alone() -> None:
    record = record_of("The answer is four.")
    assert mask(record) == record
    assert COVER not in mask(record).title
