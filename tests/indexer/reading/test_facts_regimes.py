"""Which law a request was answered under."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.disclosure import Reading

Reader = Callable[..., Reading]


@pytest.mark.parametrize(
    ("sentence", "regimes"),
    [
        ("Your request was handled under the Freedom of Information Act 2000.", {"FOIA"}),
        ("I refer to your FOI request.", {"FOIA"}),
        ("It was dealt with in accordance with the Freedom of Information (Scotland) Act 2002.", {"FOISA"}),
        ("Your request is refused under section 43(2) of FOIA.", {"FOIA"}),
        ("It is environmental information, so your request was considered under the EIR 2004.", {"EIR"}),
        ("Your request was handled under the Environmental Information (Scotland) Regulations 2004.", {"EISR"}),
        (
            "Your request has been handled under both FOIA and the Environmental Information Regulations 2004.",
            {"FOIA", "EIR"},
        ),
        (
            "Your request has been processed as a subject access request under the Data Protection Act 2018.",
            {"DPA"},
        ),
    ],
)
def test_as_the_authority_says(letter: Reader, sentence: str, regimes: set[str]) -> None:
    text = f"Ellwater Council\n\nDear Ms Thorn\n\n{sentence}\n\nWe hold this: twelve.\n\nYours sincerely\n"
    assert {law.value for law in letter(text).regimes} == regimes


@pytest.mark.parametrize(
    "not_under",
    [
        "and not under the Freedom of Information Act",
        "rather than the Freedom of Information Act 2000",
        "instead of the Freedom of Information Act",
        "and has not been considered under the Freedom of Information Act 2000",
        "as opposed to FOIA",
    ],
)
def test_a_law_that_the_answer_is_not_under(letter: Reader, not_under: str) -> None:
    sentence = f"Your request was handled under the Environmental Information Regulations 2004 {not_under}."
    text = f"Dear Ms Thorn\n\n{sentence}\n\nWe hold this: twelve.\n\nYours sincerely\n"
    assert {law.value for law in letter(text).regimes} == {"EIR"}


@pytest.mark.parametrize(
    "words",
    [
        "You asked:\n\nUnder the Environmental Information Regulations, how many trees?\n\nResponse:\n\nTwelve.",
        "We hold twelve.\n\nYours sincerely\n\nYou may complain under the Environmental Information Regulations.",
        "We hold twelve. A leaflet on the FOI Act and the Environmental Information Regulations is on our website.",
    ],
)
def test_laws_named_in_passing(letter: Reader, words: str) -> None:
    text = f"Dear Ms Thorn\n\nYour request was considered under the Freedom of Information Act 2000.\n\n{words}\n"
    assert {law.value for law in letter(text).regimes} == {"FOIA"}
