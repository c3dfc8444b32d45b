"""What became of a request: every outcome, and the words that sound like one and are none."""

from __future__ import annotations

import pytest

HEAD = "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\n"
END = "\n\nYours sincerely\nA Disclosure Officer\n"


def letter_of(answer: str) -> str:
    return f"{HEAD}{answer}{END}"


@pytest.mark.parametrize(
    "answer",
    [
        "Please find attached the information you asked for.",
        "The policy is enclosed.",
        "I have today decided to disclose the located information to you in full. 2022: 14. 2023: 9.",
        "There were 212 thefts of bicycles in Amberton last year.",
        "None.",
        "0 complaints were recorded in the period.",
        "The figure for such stops is nil.",
        "Year    Swans\n2021    4\n2022    0\n2023    7",
        "The force has 41 drones.",
    ],
)
def test_disclosed(facts, answer: str) -> None:
    assert facts.outcomes(letter_of(answer)) == {"disclosed"}


@pytest.mark.parametrize(
    "answer",
    [
        "Ambershire Police does not hold this information.",
        "The information you asked for is not held by Ambershire Police.",
        "Our answer must be no information held.",
        "No information held. We do not keep records of it.",
        "Searches were made and failed to locate any records.",
        "There is no policy, and so no information is held.",
        "We don't hold any of the data that you seek.",
        "These papers were sent to the county archive in 1991 and are no longer held.",
        "No such research is held by the force.",
        "I have been unable to locate any correspondence.",
    ],
)
def test_not_held(facts, answer: str) -> None:
    assert facts.outcomes(letter_of(answer)) == {"not_held"}


@pytest.mark.parametrize(
    "answer",
    [
        (
            "Ambershire Police does not hold this information in a retrievable format. Each of 4,000 logs must be "
            "read by hand, which would take more than 18 hours."
        ),
        "It is not held in any reasonably retrievable form: someone would have to open each file and read through it.",
        (
            "Thefts of swans are not recorded under a code of their own. A manual search of 6,000 crimes would be "
            "needed and "
            "this would exceed the appropriate limit of 18 hours."
        ),
        "The cost of compliance would exceed the limit of £450.",
        "To find out whether we hold it would exceed the appropriate limit, so section 12(2) of the Act applies.",
        "At two minutes for each record this would take 60 hours, far beyond the 18 hours set by the fees regulations.",
    ],
)
def test_refused_on_cost_however_it_is_worded(facts, answer: str) -> None:
    assert facts.outcomes(letter_of(answer)) == {"refused_cost"}


def test_goodwill_beside_a_cost_refusal(facts) -> None:
    text = letter_of(
        "The cost would exceed the appropriate limit and section 12(1) applies to the request as a whole. As a "
        "gesture of "
        "goodwill I attach the figures that had been retrieved before this was known."
    )
    assert facts.outcomes(text) == {"refused_cost", "disclosed"}


@pytest.mark.parametrize(
    "answer",
    [
        "Ambershire Police can neither confirm nor deny that it holds the information.",
        "I am not obliged to confirm or deny whether any is held.",
        "We neither confirm nor deny holding it (NCND).",
        "The duty to confirm or deny in section 1(1)(a) does not arise, by virtue of section 30(3).",
        "To do so would breach section 40(5B)(a)(i), so we refuse to say whether any such report exists.",
    ],
)
def test_neither_confirmed_nor_denied(facts, answer: str) -> None:
    assert facts.outcomes(letter_of(answer)) == {"ncnd"}


@pytest.mark.parametrize(
    "talk",
    [
        "In 37 of these the force neither confirmed nor denied that it held anything.",
        'A letter in which a force "neither confirms nor denies" hides nothing.',
        "No inference can be taken from this as to whether information exists.",
        "You have a right to be told whether information is held.",
        "Officers are trained in when the duty to confirm or deny may be set aside.",
    ],
)
def test_talk_about_neither_confirming_nor_denying(facts, talk: str) -> None:
    assert facts.outcomes(letter_of(f"There were 1,204 requests last year.\n\n{talk}")) == {"disclosed"}


def test_overt_not_held_and_covert_neither_confirmed_nor_denied(facts) -> None:
    text = letter_of(
        "No record is held of any overt use.\n\nIn addition Ambershire Police neither confirms nor denies that "
        "it holds any "
        "other information, relating to covert use, by virtue of section 24(2) and section 31(3)."
    )
    assert facts.outcomes(text) == {"not_held", "ncnd"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The map is exempt under section 31(1)(a).", {"refused_exemption"}),
        ("This information has been withheld as it would identify people.", {"refused_exemption"}),
        ("I am not obliged to supply the information you have asked for; it is exempt.", {"refused_exemption"}),
        ("The policy is attached with names redacted under section 40(2).", {"disclosed_part", "refused_exemption"}),
        (
            "This is published on our website, see https://www.ambershire.police.example/statistics.",
            {"already_accessible"},
        ),
        ("It is reasonably accessible to you elsewhere: section 21(1) applies.", {"already_accessible"}),
        ("It will be published in May and is exempt under section 22(1).", {"refused_exemption"}),
        ("Your request is vexatious. It is refused under section 14(1).", {"refused_vexatious"}),
        (
            "This is substantially similar to your last request and is refused under section 14(2).",
            {"refused_repeated"},
        ),
        (
            "Please clarify which division you mean. Until we receive this the time does not run.",
            {"clarification_requested"},
        ),
        ("We have transferred your request to the council, which will reply to you.", {"transferred"}),
        (
            "You ask for your own data. We have passed your request to our team as a subject access request.",
            {"redirected_sar"},
        ),
        ("This is not a valid request: section 8 requires your real name.", {"invalid_request"}),
        (
            (
                "We need further time to weigh the public interest, under section 10(3), and expect to reply by 5 "
                "July 2024."
            ),
            {"pit_extension"},
        ),
    ],
)
def test_other_endings(facts, answer: str, expected: set[str]) -> None:
    assert facts.outcomes(letter_of(answer)) == expected


@pytest.mark.parametrize(
    "boilerplate",
    [
        "If you are not satisfied you may ask for an internal review, and then complain to the Commissioner.",
        (
            "Please note that police forces in the United Kingdom are routinely asked for such figures and that no "
            "two systems "
            "are alike, so they should not be used to compare."
        ),
        "If you would like a review please let us know which part of the answer you mean.",
        "This response will be published on our disclosure log.",
        "Disclosure under the Act is disclosure to the world at large.",
        "If a future request would exceed the cost limit we may refuse it under section 12.",
    ],
)
def test_boilerplate_changes_nothing(facts, boilerplate: str) -> None:
    assert facts.outcomes(letter_of(f"There were 212 thefts.\n\n{boilerplate}")) == {"disclosed"}


def test_a_stated_decision_is_not_the_truth(facts) -> None:
    text = f"Decision: Disclosed\n\n{HEAD}There were 9 operations. Their places are exempt under section 31(1)(a).{END}"
    assert facts.outcomes(text) >= {"refused_exemption"}


def test_an_answer_that_says_nothing_is_unclear(facts) -> None:
    assert facts.outcomes(f"{HEAD}Thank you for your request.{END}") == {"unclear"}


def test_no_text_at_all(letter) -> None:
    assert [outcome.value for outcome in letter("").outcomes] == ["unclear"]
    assert letter().citations == ()


@pytest.mark.parametrize(
    "answer",
    [
        "I am looking into it.",
        "The figures you asked for will be sent to you next week.",
        "Your request is being processed and we will respond by 12 May 2021.",
        "Our redacted letters are to follow.",
        "Unfortunately I am unable to provide this. I have attached my formal response, which sets out why.",
        "NOTE: Please do not edit the subject line when replying to this email.",
        "x",
    ],
)
def test_unclear(facts, answer: str) -> None:
    assert facts.outcomes(letter_of(answer)) == {"unclear"}


def test_a_promise_beside_an_answer(facts) -> None:
    text = (
        f"{HEAD}You asked:\n\n1. How many swans?\n2. Who fed them?\n\nOur response:\n\n1. Forty.\n"
        f"2. This is to follow.{END}"
    )
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"unclear"}}


@pytest.mark.parametrize(
    "answer",
    [
        "To answer this we would have to open each of 4,000 logs and read it.",
        "Answering would involve a manual review of every file since 2012.",
        "The cost of locating the information is above the amount to which we are legally required to respond.",
    ],
)
def test_work_told_instead_of_a_refusal(facts, answer: str) -> None:
    assert facts.outcomes(letter_of(answer)) == {"refused_cost"}


def test_what_is_not_recorded_explains_the_cost(facts) -> None:
    answer = (
        "Claims are not logged as complaints. We would need to check 1,000 complaints, which is 83 hours, and so "
        "section 12 applies as this would exceed the appropriate limit."
    )
    assert facts.outcomes(letter_of(answer)) == {"refused_cost"}


def test_a_working_day_limit_is_no_cost_limit(facts) -> None:
    assert facts.outcomes(letter_of("No response exceeded the 20 working day limit. There were 16 requests.")) == {
        "disclosed"
    }


def test_a_decision_to_disclose_stands_beside_what_was_requested(facts) -> None:
    answer = "I have today decided to disclose some of the requested information. Section 40(2) applies to the names."
    assert facts.outcomes(letter_of(answer)) >= {"refused_exemption"}
    assert facts.outcomes(letter_of(answer)) & {"disclosed", "disclosed_part"}


@pytest.mark.parametrize(
    "answer",
    [
        "You can find the information on our website via the following link: https://www.ambershire.example/swans",
        "This information is published by the Swan Warden every year.",
    ],
)
def test_a_link_that_is_the_answer(facts, answer: str) -> None:
    assert facts.outcomes(letter_of(answer)) == {"already_accessible"}


def test_what_the_force_could_do_is_an_offer(facts) -> None:
    answer = (
        "Section 12(1) applies, as this would exceed the limit of 18 hours. What we could provide within the time is:\n"
        "- the number of swans for each year\n- the number of cygnets"
    )
    assert facts.outcomes(letter_of(answer)) == {"refused_cost"}


def test_small_numbers_kept_back_in_plain_words(facts) -> None:
    answer = (
        "Swans: 40. Cygnets: numbers of four or under are not given, so that no child who found one can be identified."
    )
    assert "refused_exemption" in facts.outcomes(letter_of(answer))


def test_an_extension_told_of_afterwards_is_none(facts) -> None:
    answer = (
        "I wrote to you on 9 April 2024 to say that more time was needed to consider the public interest. I am now "
        "able "
        "to reply. There were 12 swans."
    )
    assert facts.outcomes(letter_of(answer)) == {"disclosed"}


def test_what_another_body_holds_is_not_held(facts) -> None:
    text = (
        "Wexmoor Constabulary\n\nDear Mr Alder\n\nFreedom of Information Act 2000\n\nYou asked how many boats were "
        "licensed."
        "\n\nWexmoor Constabulary does not hold this information. It may be held by the Harbour Board.\n\nYours "
        "sincerely\n"
    )
    assert facts.outcomes(text) == {"not_held"}


def test_any_other_information_neither_confirmed_nor_denied_beside_an_answer(facts) -> None:
    text = (
        "Wexmoor Constabulary\n\nDear Mr Alder\n\nFreedom of Information Act 2000\n\nYou asked about drones.\n\n"
        "Our response\n\nThe force owns 4 drones, which were bought in 2019.\n\nThe force neither confirms nor "
        "denies that "
        "it holds any other information by virtue of section 24(2).\n\nYours sincerely\n"
    )
    assert facts.outcomes(text) == {"disclosed", "ncnd"}


def test_a_figure_without_a_word_in_the_head_answers_nothing(facts) -> None:
    head = "16228\n\nSwan protests\n\nFull refusal\n\nN/A\n\n2 November 2021\n\nN/A\n\n"
    refused = "The cost of complying would exceed the appropriate limit, so section 12(1) of the Act applies.\n"
    assert facts.outcomes(head + refused) == {"refused_cost"}


def test_what_was_asked_is_no_answer(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nYou sent four requests in January. The four requests ask for every e-mail about 3 swans.\n\n"
        "We are refusing the four requests under section 12(1) of the Freedom of Information Act 2000.\n"
    )
    assert facts.outcomes(text) == {"refused_cost"}


def test_to_hold_back_is_not_to_hold(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\nThe figures are attached. The force needs advice that "
        "does not hold back.\n"
    )
    assert facts.outcomes(text) == {"disclosed"}


def test_a_copy_that_comes_with_the_letter_is_disclosed(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\nOne contract has been let. A copy comes with this letter. "
        "The prices are removed under section 43(2).\n"
    )
    assert facts.outcomes(text) == {"disclosed_part", "refused_exemption"}
