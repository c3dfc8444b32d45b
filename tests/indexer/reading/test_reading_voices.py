"""Whose words are whose, under the headings that logs print, under none, in mails, in tables and after the "
"signature."""

from __future__ import annotations

import pytest

from indexer.disclosure import Voice

ASKED = "The number of otters reported as injured in each of the last three years."
ANSWERED = "In 2021 there were 4, in 2022 there were 9 and in 2023 there were 2."


@pytest.mark.parametrize(
    ("before", "between"),
    [
        ("You asked:", "In Response:"),
        ("You wrote:", "Our response:"),
        ("Request", "Response"),
        ("REQUEST", "Extent and Result of Searches to Locate Information"),
        ("Request:", "Response 1:"),
        ("Applicant Question:", "Our Response:"),
        ("Your request", "Reply"),
        ("You asked for:", "Decision"),
        ("Request for information", "Answer"),
        ("I note you seek access to the following information:", "DECISION"),
        ("Thank you for your request for information, which was as follows:", "Our response is set out below."),
        ("I refer to your email in which you asked for the following:", "I can confirm that the force holds this."),
        ("We received a request in these words:", "Response to your Request"),
        ("What you asked", "What we say"),
    ],
)
def test_headings(facts, before: str, between: str) -> None:
    text = f"Dear Ms Thorn\n\nFreedom of Information Act 2000\n\n{before}\n\n{ASKED}\n\n{between}\n\n{ANSWERED}\n"
    assert facts.voice(ASKED, text) is Voice.REQUEST
    assert facts.voice(ANSWERED, text) is Voice.ANSWER
    assert facts.outcomes(text) == {"disclosed"}


def test_no_heading_before_the_answer(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nI write about your request, in which you sought:\n\n1) the number of otters injured\n"
        "2) the name of the vet\n\nI can confirm that Ambershire Police holds both. There were 9 otters.\n"
    )
    assert facts.voice("the name of the vet", text) is Voice.REQUEST
    assert facts.voice("There were 9 otters", text) is Voice.ANSWER


def test_a_list_without_a_colon_before_it(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nYou wished to know\n\n  i.   how many otters\n  ii.  which vet\n\n"
        "Response i.   9\nResponse ii.  None\n"
    )
    assert facts.voice("how many otters", text) is Voice.REQUEST
    assert facts.questions(text) == {"i": {"disclosed"}, "ii": {"disclosed"}}


def test_each_question_repeated_before_its_answer(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nPlease see our answers below.\n\n1. How many otters were injured?\n\n9 otters.\n\n"
        "2. Which vet was called?\n\nThis is exempt under section 40(2) of the Freedom of Information Act 2000.\n"
    )
    assert facts.voice("How many otters", text) is facts.voice("Which vet", text) is Voice.REQUEST
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"refused_exemption"}}


def test_numbers_that_begin_again_are_the_answers(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nYou asked:\n\nQuestion 1. Number of otters.\nQuestion 2. Name of the vet.\n\nResponse\n\n"
        "Question 1. 2021 - 4. 2022 - 9.\nQuestion 2. Not held.\n"
    )
    assert facts.voice("2021 - 4", text) is Voice.ANSWER
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"not_held"}}


@pytest.mark.parametrize("separator", [" | ", "          ", "\t"])
def test_two_columns(facts, separator: str) -> None:
    rows = [
        ("You asked", "We respond"),
        ("1. How many otters?", "Nine."),
        ("2. Which vet was called?", "Not held."),
    ]
    text = "Dear Ms Thorn\n\n" + "\n".join(separator.join(row) for row in rows) + "\n"
    assert facts.voice("Which vet", text) is Voice.REQUEST
    assert facts.voice("Nine", text) is Voice.ANSWER
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"not_held"}}


def test_rows_of_two_columns_printed_over_several_lines(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nRequest | Response\n"
        "1. How many otters were | Nine were found along the\n"
        "injured last year? | river, all of them in\n"
        " | May.\n"
        "2. Which vet was called | That is exempt under section\n"
        "to them? | 40(2) of the Act.\n"
    )
    assert facts.voice("injured last year", text) is Voice.REQUEST
    assert facts.voice("all of them in", text) is Voice.ANSWER
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"refused_exemption"}}


def test_a_mail_thread(facts) -> None:
    text = (
        "From: Disclosure <foi@ambershire.police.example>\nTo: A Thorn\nSubject: RE: otters\nSent: 4 May 2023 09:17\n\n"
        "Dear Ms Thorn\n\nThere were nine otters. Their keeper's name is exempt under section 40(2) of the Freedom of "
        "Information Act 2000.\n\nKind regards\nDisclosure\n\n"
        "From: A Thorn\nSent: 1 April 2023 20:02\nTo: Disclosure\nSubject: otters\n\n"
        "Dear Ambershire Police\n\nI would like to request the number of otters. If you refuse under section 31 "
        "or 43, say "
        "so.\n\nYours faithfully\nA Thorn\n"
    )
    assert facts.voice("I would like to request", text) is Voice.REQUEST
    assert facts.applied(text) == {"FOIA 40(2)"}
    assert facts.role("FOIA 31", text) == {"requester"}


def test_quoted_lines_of_a_mail(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nYou asked:\n\n> 1. How many otters?\n>\n> 2. Which vet? Do not say section 40.\n\n"
        "Our response:\n\n1. Nine.\n2. None was called.\n"
    )
    assert facts.voice("How many otters", text) is Voice.REQUEST
    assert facts.questions(text)["1"] == {"disclosed"}


def test_complaints_and_what_follows_the_signature(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\nThere were nine otters.\n\nYours sincerely\nA B\n\n"
        "Complaint rights\n\nIf you are unhappy you may ask for an internal review. Section 50 of the Act says more.\n"
    )
    assert facts.voice("If you are unhappy", text) is Voice.OTHER
    assert facts.voice("There were nine", text) is Voice.ANSWER


def test_an_appendix_may_be_the_answer_again(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\nYour request is refused. Please see the appendix.\n\n"
        "Yours sincerely\nA B\n\nExemption applied\n\nThe information is exempt under section 31(1)(a).\n"
    )
    assert facts.applied(text) == {"FOIA 31(1)(a)"}


def test_what_the_authority_asks_is_no_request(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\nWe cannot tell what you want. So could you tell us:\n\n"
        "• which river you mean\n• which years\n\nUntil we hear from you the time does not run.\n"
    )
    assert facts.voice("which river", text) is Voice.ANSWER
    assert facts.outcomes(text) == {"clarification_requested"}


def test_running_heads_and_page_numbers_break_no_sentence(facts) -> None:
    pages = [
        (
            "Ambershire Police | Disclosure\nDear Ms Thorn\nFreedom of Information Act 2000\nThe list is exempt "
            "under section\nPage 1 of 3"
        ),
        "Ambershire Police | Disclosure\n31(1)(a) of the Act, as it would help those who steal\nPage 2 of 3",
        "Ambershire Police | Disclosure\nbicycles from sheds.\nYours sincerely\nPage 3 of 3",
    ]
    assert facts.applied(*pages) == {"FOIA 31(1)(a)"}
