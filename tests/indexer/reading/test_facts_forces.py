"""Who answers: sentences, letterheads, mailboxes, shared offices, lists of forces, and bodies that are no force."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.disclosure import Part, Reading
from indexer.exemptions import load_exemptions
from indexer.forces import load_forces
from indexer.reading import read
from samples import registry_path

Reader = Callable[..., Reading]

DEAR = "\n\nDear Ms Thorn\n\nFreedom of Information Act 2000\n\n"
SIGNED = "\n\nYours sincerely\nDisclosure Officer\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "Ambershire Police can confirm that it holds the information.",
        "I can confirm that the information is held by Ambershire Police.",
        "Ambershire Police neither confirms nor denies that it holds any information.",
        "Ambershire Police holds this: 12.",
        "Your request was received by Ambershire Police on 3 May 2022. It holds nothing.",
        "Ambershire Police has today decided to disclose the information.",
        "Searches were conducted within Ambershire Police to locate the information. It is not held.",
        "The information that you asked for is held, in part, by Ambershire Police.",
        "The Ambershire Police Service can confirm that it holds the information.",
        "Ambershire Police received this request on 3 May 2022.",
        "Ambershire Police does not pay its officers by results.",
        "Ambershire Police are charged with enforcing the law and protecting those whom they serve.",
        "Please find your questions and the Ambershire Police responses set out below.",
    ],
)
def test_an_answering_sentence(letter: Reader, sentence: str) -> None:
    assert letter(f"Our ref: 7/22{DEAR}{sentence}{SIGNED}").forces == ("ambershire",)


@pytest.mark.parametrize(
    "text",
    [
        f"AMBERSHIRE POLICE\nInformation Access{DEAR}The force holds 12.{SIGNED}",
        f"PO Box 1, Amberton\nAmbershire Police Headquarters{DEAR}We hold 12.{SIGNED}",
        f"Our ref: 7/22{DEAR}We hold 12.{SIGNED}Ambershire Police\n",
        f"Our ref: 7/22{DEAR}We hold 12.\n\nQuestions: foi@ambershire.police.example{SIGNED}",
        "Vans | Ambershire Police\n\nRequest\n\nHow many vans?\n\nResponse\n\nTwelve.\n",
    ],
)
def test_letterhead_signature_and_mailbox_where_no_other_body_is_named(letter: Reader, text: str) -> None:
    assert letter(text).forces == ("ambershire",)


def test_the_letterhead_yields_to_the_sentence(letter: Reader) -> None:
    text = f"Ambershire Police{DEAR}Caldmoor Police can confirm that it holds the information.{SIGNED}"
    assert letter(text).forces == ("caldmoor",)


@pytest.mark.parametrize(
    ("head", "sentence", "forces"),
    [
        ("Dunmere Constabulary Headquarters", "Estwick Police can confirm that it holds 12.", ("estwick",)),
        ("Dunmere Constabulary Headquarters", "The information is held: 12.", ()),
        ("Dunmere Constabulary", "Dunmere and Estwick Constabularies have considered it.", ("dunmere", "estwick")),
        ("Information Compliance", "Estwick and Dunmere Constabularies have decided it.", ("estwick", "dunmere")),
        ("Information Compliance\nfoi@estwick.police.example", "The information is held: 12.", ("estwick",)),
    ],
)
def test_the_letterhead_of_a_shared_office_says_little(
    letter: Reader, head: str, sentence: str, forces: tuple[str, ...]
) -> None:
    assert letter(f"{head}{DEAR}{sentence}{SIGNED}").forces == forces


@pytest.mark.parametrize(
    "text",
    [
        f"Ellwater Council{DEAR}The council does not hold this. It is held by Ambershire Police.{SIGNED}",
        f"Orrin NHS Foundation Trust{DEAR}The Trust gave figures to Ambershire Police in 2021. It holds 12.{SIGNED}",
        f"Our ref: 7/22{DEAR}You may wish to contact Ambershire Police, which holds custody records.{SIGNED}",
        f"Our ref: 7/22{DEAR}Your request was sent on to foi@ambershire.police.example, who are responsible.{SIGNED}",
        f"Office of the Police and Crime Commissioner{DEAR}The OPCC has none; it is held by Ambershire Police.{SIGNED}",
        f"University of Pelham{DEAR}The University can confirm 12. Ambershire Police may hold more.{SIGNED}",
        f"Our ref: 7/22{DEAR}The council can confirm that Ambershire Police asked for 12 recordings.{SIGNED}",
    ],
)
def test_a_body_that_is_no_force(letter: Reader, text: str) -> None:
    assert letter(text).forces == ()


def test_the_requesters_words_name_nobody(letter: Reader) -> None:
    text = (
        "Our ref: 7/22\n\nRequest:\nHow often did Caldmoor Police and Ambershire Police can confirm or hold dogs?\n\n"
        "Response:\nTwelve times.\n"
    )
    assert letter(text).forces == ()


def test_a_list_of_forces_is_no_answer(letter: Reader) -> None:
    text = (
        f"Zealholm Police{DEAR}You asked us and Ambershire Police, Brackenshire Constabulary, Caldmoor Police, Glyndaf "
        f"Police and Harrowfell Police.\n\nZealholm Police can confirm that 12 are held.{SIGNED}"
    )
    assert letter(text).forces == ("zealholm",)


def test_who_the_letter_is_addressed_to_does_not_answer(letter: Reader) -> None:
    assert letter(f"To: Ambershire Police\nFrom: Ellwater Council{DEAR}We hold 12.{SIGNED}").forces == ()


def test_the_publishing_site_decides(letter: Reader) -> None:
    text = f"Our ref: 7/22{DEAR}The information is held: 12.{SIGNED}"
    assert letter(text, publisher=("estwick",)).forces == ("estwick",)
    joint = f"Our ref: 7/22{DEAR}Dunmere and Estwick Constabularies have considered your request.{SIGNED}"
    assert set(letter(joint, publisher=("estwick",)).forces) == {"dunmere", "estwick"}


@pytest.mark.parametrize(
    ("sentence", "forces"),
    [
        ("Your request was received by Dunmere Constabulary and Estwick Police on 3 May 2022.", {"dunmere", "estwick"}),
        ("Dunmere Constabulary and Estwick Police can confirm that they hold 12.", {"dunmere", "estwick"}),
        ("Estwick Police & Dunmere Constabulary have considered it together.", {"dunmere", "estwick"}),
        ("Dunmere Constabulary and Estwick Police provides you with the right to ask for a review.", {"dunmere"}),
        ("This is the copyright of Dunmere Constabulary and Estwick Police.", {"dunmere"}),
        ("You may wish to contact Dunmere Constabulary and Estwick Police.", {"dunmere"}),
    ],
)
def test_two_forces_answer_where_a_sentence_says_that_both_do(letter: Reader, sentence: str, forces: set[str]) -> None:
    head = "Joint Information Compliance\nDunmere Constabulary and Estwick Police"
    text = f"{head}{DEAR}{sentence}\n\nThere were twelve.{SIGNED}"
    assert set(letter(text, publisher=("dunmere",)).forces) == forces


PAGE = "Drone flights (498A/21)\n\nRequest\n\nHow many flights?\n\nResponse\n\n"


@pytest.mark.parametrize(
    ("page", "forces"),
    [
        (f"{PAGE}The list of Caldmoor Police drones is attached.\n", ("caldmoor",)),
        (f"{PAGE}The list is at www.caldmoor.police.example/drones.\n", ("caldmoor",)),
        (f"{PAGE}The force holds 12.\n", ()),
        (f"{PAGE}The list of Ambershire Police drones is attached.\n", ()),
        (f"{PAGE}The lists of Caldmoor Police and of Ambershire Police are attached.\n", ()),
        (f"{PAGE}You may wish to contact Caldmoor Police.\n", ()),
        (f"{PAGE}The Council can confirm that Caldmoor Police flies drones.\n", ()),
    ],
)
def test_a_shape_bears_out_a_name_and_never_stands_for_one(letter: Reader, page: str, forces: tuple[str, ...]) -> None:
    assert letter(page).forces == forces


def test_initials_name_a_force_where_the_reference_has_its_shape(letter: Reader) -> None:
    text = (
        f"Reference: 1623-21{DEAR}At question 1 you ask where the NTP has jurisdiction. We police the railway.{SIGNED}"
    )
    assert letter(text).forces == ("northway",)
    assert letter(text.replace("1623-21", "KW/7")).forces == ()
    assert letter(text.replace("NTP", "ntp")).forces == ()
    assert letter(text.replace("you ask where the NTP", "you may wish to ask the NTP, which")).forces == ()


def test_a_name_with_a_hyphen_may_be_printed_without(tmp_path: Path) -> None:
    path = tmp_path / "forces.toml"
    path.write_text(
        registry_path().read_text(encoding="utf-8").replace("Caldmoor Police", "Cald-Moor Police"), encoding="utf-8"
    )
    text = f"Our ref: 7/22{DEAR}Section 17 of the Act requires Cald Moor Police, when refusing, to say so.{SIGNED}"
    part = Part(part="page", page=1, text=text)
    assert read([part], registry=load_forces(path), provisions=load_exemptions()).forces == ("caldmoor",)
