"""Days of a letter: received, clarified, answered, published, and all the days that are none of these."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from indexer.disclosure import Reading

Reader = Callable[..., Reading]

REST = """
Dear Ms Thorn

Freedom of Information Act 2000

We hold this information: there were 41.

Yours sincerely
Disclosure Team
"""
DAY = date(2022, 5, 18)


@pytest.mark.parametrize(
    "head",
    [
        "Date: 18/05/2022",
        "Date 18 May 2022",
        "18th May, 2022",
        "Wednesday, 18 May 2022",
        "The 18th of May 2022",
        "May 18, 2022",
        "18^th^ May 2022",
        "18-May-2022",
        "18.05.22",
        "2022-05-18",
        "Date of response: 18 May 2022",
        "Response issued    Wednesday, 18 May 2022",
        "Our ref: KW/1   Date: 18 May 2022",
        "**Date responded:** 18/05/2022",
        "Issue date - 18 May 2022",
        "Responded to: 18th May 2022",
        "| Date received | 20 April 2022 |\n| Date of reply | 18 May 2022 |",
        "Date of disclosure\n18 May 2022",
        "Ref | Received | Closed\n7/22 | 20/04/2022 | 18/05/2022",
        "From: FOI Team\nSent: 18 May 2022 10:31\nTo: A Reader\nSubject: Your request",
        "Our ref:\nDate:\nKW/1\n18 May 2022",
        "Date of this letter | 18 May 2022",
        "| **Date in** | 20/04/2022 |\n| **Date out** | 18/05/2022 |",
        "From: FOI Team <foi@ellwater.example>\nDate: Wed, 18 May 2022 15:07:41 +0100\nSubject: RE: Bins",
        "From: FOI Team <foi@ellwater.example>\nDate: Thu, 18 May 2022 15:07:41 +0100\nSubject: RE: Bins",
        "Ms T Thorn\n3 Mill Lane                                                       18 May 2022",
    ],
)
def test_answered(letter: Reader, head: str) -> None:
    assert letter(f"Ellwater Council\n\n{head}\n{REST}").answered_on == DAY


@pytest.mark.parametrize(
    ("said", "received"),
    [
        ("I write in response to your request submitted on 20th of\nApril 2022.", date(2022, 4, 20)),
        ("This answers the request which you submitted to Ellwater Council on 20 April 2022.", date(2022, 4, 20)),
        ("The plans were submitted on 20 April 2022.", None),
    ],
)
def test_submitted(letter: Reader, said: str, received: date | None) -> None:
    assert letter(f"Ellwater Council\n\n{said}\n{REST}").received_on == received


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("The request was received on 20 April 2022 and answered on 18 May 2022.", DAY),
        ("We received your request on 20 April 2022 and responded to it on 18 May 2022.", DAY),
        ("Your request was received on 20 April 2022, and was closed on 18 May 2022.", DAY),
        ("A report received on 20 April 2022 was looked at again on 18 May 2022.", None),
    ],
)
def test_received_and_answered_in_one_sentence(letter: Reader, said: str, answered: date | None) -> None:
    facts = letter(f"Ellwater Council\n\n{said}\n{REST}")
    assert facts.answered_on == answered


@pytest.mark.parametrize(
    "tail",
    [
        *("18 May 2022", "Dated this 18th day of May 2022", "Date of this response: 18 May 2022", "Date: 18 May 2022"),
        *("Sent 18 May 2022", "Signed        Disclosure Officer\nDated         18th May 2022"),
    ],
)
def test_answered_below_the_signature(letter: Reader, tail: str) -> None:
    assert letter(f"{REST}\n{tail}\n").answered_on == DAY


COMPLAIN = "If you are unhappy with this response you may ask for an internal review within 40 working days."
UNSIGNED = "Ellwater Council\n\nDear Ms Thorn\n\nWe hold this information: 41.\n" + "\nBins were emptied.\n" * 20


@pytest.mark.parametrize(
    "foot",
    [
        f"{COMPLAIN}\n\n18th May 2022",
        f"{COMPLAIN}\n\nDate: 18 May 2022",
        f"Date: 18/05/2022\n\n{COMPLAIN}",
        f"Dated 18th May 2022\n\n{COMPLAIN}",
        "Date: 18 May 2022",
        "Date: 18 May 2022\n\nPlease note that councils count bins in different ways.",
        f"Signed    Disclosure Officer\nDated     18 May 2022\n\n{COMPLAIN}",
    ],
)
def test_answered_at_the_foot_of_a_letter_that_nobody_signs(letter: Reader, foot: str) -> None:
    assert letter(f"{UNSIGNED}\nThe rest is elsewhere.\n\n{foot}\n").answered_on == DAY


@pytest.mark.parametrize(
    "foot",
    [
        "Bins were emptied on these days.\n\nDate: 11 May 2022\n\nDate: 18 May 2022",
        f"Date of incident: 18 May 2022\n\n{COMPLAIN}",
        f"{COMPLAIN}\n\nReview date: 18 May 2022",
        f"{COMPLAIN}\n\nFrom: A Reader\nSent: 18 May 2022 10:00\nTo: Ellwater Council\nSubject: Bins",
        f"Date: 18 May 2022\n\nThe first bin was blue.\n\nThe next was red.\n\nThe last was grey.\n\n{COMPLAIN}",
    ],
)
def test_days_near_the_foot_that_are_not_the_letters(letter: Reader, foot: str) -> None:
    assert letter(f"{UNSIGNED}\nThe rest is elsewhere.\n\n{foot}\n").answered_on is None


@pytest.mark.parametrize("line", ["Response 18-05-2022", "Our response: 18 May 2022"])
def test_the_heading_between_request_and_answer_has_the_day(letter: Reader, line: str) -> None:
    asked = "Potholes\n\nRequest 1010\n\nPlease tell me:\n1) the number of potholes\n2) the cost"
    page = f"{asked}\n\n{line}\n\nWe hold 12.\n"
    assert letter(page).answered_on == DAY


def test_a_day_of_receipt_outweighs_the_day_of_the_request(letter: Reader) -> None:
    fields = "Date of request: 16 May 2022\nDate received: 18 May 2022\nDate out: 8 June 2022\n"
    reading = letter(f"Ellwater Council\n\n{fields}{REST}")
    assert (reading.received_on, reading.answered_on) == (DAY, date(2022, 6, 8))


def test_a_letters_date_is_the_answers(letter: Reader) -> None:
    reading = letter(f"Ellwater Council\n\nDate of letter: 18 May 2022\n{REST}")
    assert (reading.received_on, reading.answered_on) == (None, DAY)


@pytest.mark.parametrize(
    "line",
    [
        "The Localism Act came into force on 18 May 2022.",
        "Data as at 18 May 2022",
        "The policy, dated 18 May 2022, is attached.",
        "You must ask for a review by 18 May 2022.",
        "Next review: 18 May 2022",
        "Version date: 18/05/2022",
        "Response due: 18 May 2022",
        "Date of incident: 18 May 2022",
        "We answered an earlier request on 18 May 2022.",
        "Your request was received on 20 April 2022 and extended on 18 May 2022.",
        "Valid until 18 May 2022",
        "We acknowledged it on 18 May 2022.",
        "2 Attachments\nLetter of 18 May 2022.pdf\n285K",
        "Published: 18 May 2022",
        "The event took place between 1 May 2021 and 18 May 2022.",
    ],
)
def test_no_day_of_the_letter(letter: Reader, line: str) -> None:
    assert (
        letter(f"Ellwater Council\n{REST.replace('We hold', f'{line}{chr(10)}{chr(10)}We hold')}").answered_on is None
    )


@pytest.mark.parametrize(
    "line",
    [
        "Your request was received on 18 May 2022.",
        "Thank you for your request received 18th May 2022.",
        "We received your request on 18/05/2022.",
        "On 18 May 2022 the Council received your request.",
        "Your letter of 16 May 2022, which this office received on 18 May 2022, asks about bins.",
        "Your email reached this office on 18 May 2022.",
        "Your request was received by the Ellwater and District Council on Wednesday 18 May 2022.",
        "Thank you for your letter, which arrived on 18th May 2022.",
        "Recieved on 18 May 2022.",
        "Your request for information, received at this office on the 18th of May, 2022, has been considered.",
        "Date received: 18/05/2022",
        "Request received    Wednesday, 18 May 2022",
        "Date of receipt: 18/05/2022",
        "Date in: 18/05/2022",
        "Date of request: 18 May 2022",
        "Your request about radio call signs and intelligence, which was received on 18 May 2022, has been considered.",
        "Thank you for your request for figures of knife crime in the town, which we received on 18 May 2022.",
        "Your letter of 16 May 2022 was received here on 18 May 2022.",
        "Your request of 18 May 2022 (received the same day) has been considered.",
        "Your email of 18th May 2022, which we received on that day, asks about bins.",
        "You wrote to the Council on 16 May 2022 (received 18 May 2022) to request the minutes of the bins committee.",
        "Thank you for the request that we had from you on 18 May 2022.",
        "We got your letter on 18 May 2022.",
        "Your letter about the allotments came on Wednesday 18th May 2022 and I have looked.",
        "| Received | 18 May 2022 |",
    ],
)
def test_received(letter: Reader, line: str) -> None:
    assert letter(f"Ellwater Council\n\nDear Ms Thorn\n\n{line}\n\nWe hold it: there were 41.\n").received_on == DAY


@pytest.mark.parametrize(
    "line",
    [
        "Thank you for your request of 18 May 2022.",
        "Thank you for your email dated 18 May 2022.",
        "We received your clarification on 18 May 2022.",
        "Your request was received on 18 May.",
        "We received 12 complaints on 18 May 2022.",
        "The report was received from the contractor in 2021 and approved on 18 May 2022.",
        "We wrote to you on 18 May 2022 to acknowledge your request.",
        "If we have not received your payment by 18 May 2022 we will close the request.",
        "The Act received Royal Assent on 18 May 2022.",
        "You asked how many calls were received on 18 May 2022.",
        "Your request is about a payment received on 18 May 2022.",
        "Your request could not be answered until the fee, which was received on 18 May 2022, had been paid.",
        "The order came into force on 18 May 2022.",
        "We had a meeting about your request on 18 May 2022.",
        "The complaint of 18 May 2022 was received the same day.",
        "FOI date: 18 May 2022",
        "You wrote on 18 May 2022 to ask about bins.",
    ],
)
def test_not_received(letter: Reader, line: str) -> None:
    assert letter(f"Ellwater Council\n\nDear Ms Thorn\n\n{line}\n\nWe hold it: there were 41.\n").received_on is None


@pytest.mark.parametrize(
    "line",
    [
        "We wrote on 12 May 2022 asking for clarification, which you provided on 18 May 2022.",
        "You clarified your request on 18 May 2022.",
        "Clarification received: 18/05/2022",
        "You responded to us on 18 May 2022 and we could go on.",
        "Clarified: 18 May 2022",
    ],
)
def test_clarified(letter: Reader, line: str) -> None:
    reading = letter(f"Ellwater Council\n\nDear Ms Thorn\n\n{line}\n\nWe hold it: there were 41.\n")
    assert (reading.clarified_on, reading.received_on) == (DAY, None)


@pytest.mark.parametrize(
    "line",
    [
        "We asked you for clarification on 18 May 2022.",
        "Your request was responded to on 18 May 2022.",
        "The council clarified its policy; it was adopted on 18 May 2022.",
    ],
)
def test_not_clarified(letter: Reader, line: str) -> None:
    assert letter(f"Ellwater Council\n\nDear Ms Thorn\n\n{line}\n\nWe hold it: 41.\n").clarified_on is None


@pytest.mark.parametrize(
    "line",
    [
        "Published: 09:45 18/05/2022",
        "Date published: 18 May 2022",
        "Publication date\n18 May 2022",
        "| Published | 18 May 2022 |",
        "This response was published on 18 May 2022.",
    ],
)
def test_published(letter: Reader, line: str) -> None:
    reading = letter(f"Use of drones\n\n{line}\n\nRequest\n\nHow many?\n\nResponse\n\nNine are held.\n")
    assert (reading.published_on, reading.answered_on) == (DAY, None)


def test_a_policy_that_was_published_is_not_the_answer(letter: Reader) -> None:
    assert letter(REST.replace("We hold", "The policy was published on 18 May 2022. We hold")).published_on is None


@pytest.mark.parametrize("printed", ["31 June 2021", "31/02/2021", "30th February 2021", "05/13/2021"])
def test_an_impossible_day_is_noted_and_not_read(letter: Reader, printed: str) -> None:
    reading = letter(f"Date: {printed}\n{REST}")
    assert reading.answered_on is None
    assert reading.notes == (f"impossible date: {printed}",)


@pytest.mark.parametrize("printed", ["20/09/1088", "55/40/21", "1/50/2021", "01/04/2020-31/03/2021"])
def test_what_was_not_meant_for_a_day_is_no_impossible_one(letter: Reader, printed: str) -> None:
    assert letter(f"{REST.replace('41', printed)}").notes == ()


@pytest.mark.parametrize(
    ("words", "received"),
    [
        (
            "Thank you for your request, which was received by the\nEllwater District Council (EDC)\non 18 May 2022.",
            DAY,
        ),
        ("Your request was considered; we made a partial response to you on\n18 May 2022 and now send the rest.", None),
        ("The legal deadline was\n18 May 2022. We regret that it was missed by a good many working days.", None),
        ("As we said in the answer to your last letter, the\nresponse was sent out late, on 18 May 2022.", None),
    ],
)
def test_the_end_of_a_line_is_no_label(letter: Reader, words: str, received: date | None) -> None:
    reading = letter(f"Ellwater Council\n\nDear Ms Thorn\n\n{words}\n\nWe hold it: there were 41.\n")
    assert (reading.received_on, reading.answered_on) == (received, None)


def test_day_comes_before_month(letter: Reader) -> None:
    assert letter(f"Date: 03/04/2021\n{REST}").answered_on == date(2021, 4, 3)


def test_the_day_of_a_thread_is_that_of_its_newest_mail(letter: Reader) -> None:
    thread = (
        "From: FOI Team\nSent: 18 May 2022 10:31\nTo: A Reader\nSubject: RE: Boats\n\nDear Reader\n\n"
        "Thank you for your request. We hold the information: nine.\n\nRegards\nFOI Team\n\n"
        "-----Original Message-----\nFrom: A Reader\nSent: 20 April 2022 00:43\nTo: FOI Team\nSubject: Boats\n\n"
        "Please could you provide the number of boats under the Freedom of Information Act?\n"
    )
    assert letter(thread).answered_on == DAY
    assert letter(thread).received_on is None


def test_two_labelled_days_in_one_line(letter) -> None:
    reading = letter("Received 12 June 2024 Answered 10 July 2024\n" + REST)
    assert (reading.received_on, reading.answered_on) == (date(2024, 6, 12), date(2024, 7, 10))


def test_answers_that_are_dated_in_a_sentence(letter) -> None:
    text = (
        "Dear Ms Thorn\n\nYour request was handled under the Act. Our answers are dated 17 April 2025.\n\nThere were 4."
    )
    assert letter(text).answered_on == date(2025, 4, 17)
