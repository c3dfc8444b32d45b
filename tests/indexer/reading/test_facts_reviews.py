"""Internal reviews: that a letter is one, of which answer, and what became of it; and what letters call exemptions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.disclosure import Reading

Reader = Callable[..., Reading]

STOOD = "The decision to rely on section 31(1)(a) of the Freedom of Information Act 2000 is upheld."


@pytest.mark.parametrize(
    "opening",
    [
        "I have carried out an internal review of the handling of your request.",
        "Please take this letter as the response to your internal review.",
        "Thank you for your request for an internal review of our answer, received on 25 May 2018.",
        "You asked for a review of our decision of 6 May.",
        "Your email of 3 May asks for an internal review.",
        "The internal review has now been completed by an officer who had no part in the answer.",
        "As requested we have reviewed our original response.",
        "Outcome of internal review",
        "FOI 2210/23 - Internal review",
    ],
)
def test_a_letter_that_is_a_review(letter: Reader, opening: str) -> None:
    review = letter(f"Our ref: IR/22/044\n\nDear Ms Thorn\n\n{opening}\n\n{STOOD}\n\nYours sincerely\n").review
    assert review is not None
    assert review.result == "stood"


@pytest.mark.parametrize(
    "words",
    [
        "You can ask for an internal review within 40 working days.",
        "Internal review procedure",
        "If you are unhappy please request an internal review.",
        "The Trust has reviewed your request for information.",
        "The policy is under review.",
        "We hold the outcome of the judicial review of 2019.",
        "Requests for internal review should be sent to the address above.",
    ],
)
def test_a_letter_that_only_offers_one(letter: Reader, words: str) -> None:
    text = f"Our ref: 7/22\n\nDear Ms Thorn\n\nWe hold the information: 12.\n\n{words}\n\nYours sincerely\n"
    assert letter(text).review is None


@pytest.mark.parametrize(
    ("finding", "result"),
    [
        ("I uphold the original decision.", "stood"),
        ("Section 14(1) was applied correctly.", "stood"),
        ("Your complaint is not upheld.", "stood"),
        ("I therefore overturn the original decision.", "overturned"),
        ("Your complaint is upheld.", "overturned"),
        ("The information was wrongly withheld.", "overturned"),
        ("I partially uphold your complaint.", "varied"),
        ("Section 43(2) is no longer relied on, and the original decision is otherwise upheld.", "varied"),
        ("I will write to you again.", "unclear"),
    ],
)
def test_what_became_of_the_answer(letter: Reader, finding: str, result: str) -> None:
    text = f"Our ref: 7/22\n\nDear Ms Thorn\n\nI have completed an internal review of our answer.\n\n{finding}\n"
    review = letter(text).review
    assert review is not None
    assert review.result == result


@pytest.mark.parametrize(
    ("head", "reviews"),
    [
        ("Our ref: IR/22/044\nOriginal request: F-2022-01187", "f-2022-1187"),
        ("Case IR-0031-19 (review of FOI-0762-19)", "foi-762-19"),
        ("Our ref: IR/22/044\nOriginal reference: FOI-0762-19", "foi-762-19"),
        ("FOI-0762-19", "foi-762-19"),
    ],
)
def test_which_answer_it_is_of(letter: Reader, head: str, reviews: str) -> None:
    text = f"{head}\n\nDear Ms Thorn\n\nI have completed an internal review of our answer.\n\n{STOOD}\n"
    review = letter(text).review
    assert review is not None
    assert review.reviews == reviews


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("Section 31 is a qualified, prejudice-based exemption.", "qualified, prejudice-based"),
        ("Section 31 is class based but qualified.", "class based but qualified"),
        ("This is an absolute exemption (Section 31).", "absolute"),
        ("Section 31 (Law Enforcement) is absolute and class-based.", "absolute and class-based"),
        ("Section 31 is not an absolute exemption.", None),
        ("Section 31 applies; the absolute number is small.", "absolute"),
    ],
)
def test_what_the_letter_calls_an_exemption(letter: Reader, sentence: str, label: str | None) -> None:
    text = f"Dear Ms Thorn\n\nThe information is withheld under section 31(1)(a) of FOIA.\n\n{sentence}\n"
    labels = {cited.label for cited in letter(text).citations}
    assert labels == {label}
