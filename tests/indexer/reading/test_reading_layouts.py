"""How requests and answers interleave where no heading tells: quotation marks, mails within mails, rows, ordinals."""

from __future__ import annotations

import pytest

from indexer.disclosure import Voice

HEAD = "Wexmoor Constabulary\n\nDear Mr Alder\n\nFreedom of Information Act 2000\n\n"
END = "\n\nYours sincerely\nA Disclosure Officer\n"


def test_a_request_in_quotation_marks_ends_where_they_close(facts) -> None:
    text = (
        f'{HEAD}You have asked for "all letters about the weir, the names of those who wrote them and any map".\n\n'
        "I have decided that the request is vexatious within section 14(1) of the Freedom of Information Act. The "
        f"burden on the force has been great.{END}"
    )
    assert facts.voice("The burden on the force", text) is Voice.ANSWER
    assert facts.outcomes(text) == {"refused_vexatious"}
    assert facts.applied(text) == {"FOIA 14(1)"}


def test_quotation_marks_that_nobody_closes(facts) -> None:
    text = f'{HEAD}You asked:\n\n"How many boats does the force own?\n\nOur response:\n\nThere are 3 boats.{END}'
    assert facts.voice("There are 3 boats", text) is Voice.ANSWER


def test_a_quoted_word_ends_no_request(facts) -> None:
    text = (
        f'{HEAD}You asked:\n\nPlease say what is meant by "patrol"\nand how many there were in 2021.\n\n'
        f"Our response:\n\nThere were 44.{END}"
    )
    assert facts.voice("and how many there were", text) is Voice.REQUEST


def test_what_was_asked_told_in_one_sentence(facts) -> None:
    text = (
        f"{HEAD}You wrote to the force on 2 May 2022 to request the minutes of the Board, the advice given to it "
        f"and the "
        "register of gifts.\n\nThe minutes\n\nThese are enclosed.\n\nThe advice\n\nThis is exempt under section "
        "42(1).\n\n"
        f"The register of gifts\n\nNo such register is held.{END}"
    )
    assert facts.voice("These are enclosed", text) is Voice.ANSWER
    assert facts.applied(text) == {"FOIA 42(1)"}
    assert facts.outcomes(text) == {"disclosed", "refused_exemption", "not_held"}


def test_numbers_that_begin_again_under_a_heading_no_rule_knows(facts) -> None:
    text = (
        "Wexmoor Constabulary\nInformation requested\nPlease provide for 2022:\nQ1 How many dogs are there?\n"
        "Q2 The cost of their food.\nQ3 Their names.\nInformation supplied\nQ1. 12\nQ2. £4,118\nQ3. This is not held.\n"
    )
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"disclosed"}, "3": {"not_held"}}


def test_a_list_before_the_answer_without_a_heading_of_its_own(facts) -> None:
    text = (
        "Wexmoor Constabulary\nFOI 616-25 - Boats\nRe: Freedom of Information Request\n1. The log of every patrol\n"
        "2. The reason for each\n3. The names of the crew\nAnswer\n1. Attached.\n2. This is not recorded.\n"
        "3. Exempt under section 40(2).\n"
    )
    assert facts.voice("The log of every patrol", text) is Voice.REQUEST
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"not_held"}, "3": {"refused_exemption"}}


def test_answers_within_the_requesters_own_mail(facts) -> None:
    text = (
        "From: Information <foi@wexmoor.example>\nSubject: RE: Freedom of Information request\n\nDear Mr Alder,\n\n"
        "Please see our replies in capitals within your message below.\n\nKind regards\n\nDilys\n\n"
        "-----Original Message-----\nFrom: P Alder\nSent: 28 August 2019 20:14\nTo: foi@wexmoor.example\n"
        "Subject: Freedom of Information request\n\nDear Wexmoor Constabulary,\n\nUnder the FOI Act 2000 please "
        "tell me:\n\n"
        "1) How many boats do you own today?\n\nSEVENTEEN\n\n2) How many did you own in 2009?\n\nTWENTY SIX\n"
    )
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"disclosed"}}


def test_question_and_answer_in_one_line(facts) -> None:
    text = (
        f"{HEAD}Please find our answers to your questions.\n1. Total number of boats: 23\n2. Number of those on "
        f"loan: 6\n"
        f"3. Cost of fuel in 2022/23: £1,806\n4. Number of boats lost: none\n{END}"
    )
    assert facts.questions(text) == {name: {"disclosed"} for name in "1234"}


def test_ordinals(facts) -> None:
    text = (
        f"{HEAD}Your first question: when the weir was last inspected\nIn March 2021, by the river warden.\n\n"
        "Your second question: any photograph of it\nWe took none and nothing is held.\n\n"
        f"As to your third question, this is withheld under section 31(1)(a).{END}"
    )
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"not_held"}, "3": {"refused_exemption"}}


@pytest.mark.parametrize(
    "marks", [("A", "B", "C"), ("a)", "b)", "c)"), ("i.", "ii.", "iii."), ("(i)", "(ii)", "(iii)")]
)
def test_letters_and_roman_numerals(facts, marks: tuple[str, str, str]) -> None:
    asked = ("How many patrols were there?", "Which harbours were visited?", "What did they cost?")
    answers = ("There were 40.", "This is exempt under section 31(1)(a).", "This information is not held.")

    def listed(lines: tuple[str, ...]) -> str:
        between = "\n" if len(marks[0]) == 1 else " "  # some logs set the letter on a line of its own
        return "\n".join(f"{mark}{between}{words}" for mark, words in zip(marks, lines, strict=True))

    text = f"Request\n\n{listed(asked)}\n\nResponse\n\n{listed(answers)}\n"
    names = [mark.strip("().").lower() for mark in marks]
    expected = dict(zip(names, ({"disclosed"}, {"refused_exemption"}, {"not_held"}), strict=False))
    assert facts.questions(text) == expected


def test_letters_beyond_h_and_several_at_once(facts) -> None:
    asked = "\n".join(f"{letter}) How many boats of kind {letter.upper()}?" for letter in "abcdefghij")
    text = (
        f"{HEAD}You asked:\n\n{asked}\n\nOur response:\n\nA to H: there are 3 of each.\n\nI and J: these are withheld "
        f"under section 31(1)(a).{END}"
    )
    expected = {name: {"disclosed"} for name in "abcdefgh"} | {name: {"refused_exemption"} for name in "ij"}
    assert facts.questions(text) == expected


def test_a_limb_of_the_law_is_no_answer_to_question_a(facts) -> None:
    text = (
        f"{HEAD}You asked:\n\nA. How many boats?\nB. Where are they kept?\n\nOur response:\n\nA. Three.\n\n"
        "B. This is exempt under section 31 as disclosure would prejudice\n(a) the prevention of crime\n"
        f"(b) the apprehension of offenders.{END}"
    )
    assert facts.questions(text) == {"a": {"disclosed"}, "b": {"refused_exemption"}}


def test_parts_of_a_question_are_named_as_printed(facts) -> None:
    text = (
        f"{HEAD}1. For each patrol please give\na) the date\n4 May 2022 and 6 June 2022.\nb) the names of the crew\n"
        f"The names are exempt under section 40(2).\n2. How many complaints were there?\nThere were 3.{END}"
    )
    assert facts.questions(text)["1b"] == {"refused_exemption"}
    assert facts.questions(text)["2"] == {"disclosed"}


def test_two_questions_and_then_their_answer(facts) -> None:
    text = (
        f"{HEAD}1. How many boats were bought?\n2. How many were sold?\nThis information is not held.\n"
        f"3. What did fuel cost?\n£4,000{END}"
    )
    assert facts.questions(text) == {"1": {"not_held"}, "2": {"not_held"}, "3": {"disclosed"}}


def test_a_date_after_response_is_no_number(facts) -> None:
    text = (
        "FOI Request - Boats\nPlease could I request the following:\n1. The cost of boats\n2. The number of boats\n"
        "Response 05-01-21\n1. £4,000\n2. There are 3 boats.\n"
    )
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"disclosed"}}


def test_paragraph_numbers_of_the_letter_are_no_questions(facts) -> None:
    text = (
        f"{HEAD}1. Thank you for your e-mail of 2 March 2022, received on 3 March 2022.\n\n2. You have requested "
        f"the number "
        "of boats at each station.\n\n3. A search has been completed and there are 40 boats.\n\n4. The number at each "
        f"station is withheld under section 31(1)(a).{END}"
    )
    assert facts.questions(text) == {}
    assert facts.applied(text) == {"FOIA 31(1)(a)"}


def test_text_that_nobody_wrapped_has_one_line_a_paragraph(facts) -> None:
    text = (
        "1. Number of enforcement notices issued to boat yards under the Harbours (Safety) Order 2005, article 30, "
        "in total.\n"
        "1 (at Wexmoor Quay, in November).\n"
        "2. Do you hold the risk assessments that the yards have to make under that Order, and if so for which yards?\n"
        "No, they are for the yards to keep.\n"
        "3. What has the force spent on the inspection of boat yards under that Order in each of the last three "
        "years?\n"
        "£4,000 a year.\n"
    )
    assert facts.voice("1 (at Wexmoor Quay", f"{HEAD}{text}{END}") is Voice.ANSWER
    assert set(facts.questions(f"{HEAD}{text}{END}")) == {"1", "2", "3"}


def test_a_thread_that_begins_with_the_request(facts) -> None:
    text = (
        "Dear Wexmoor Constabulary,\n\nPlease supply me with all information about the fire at Tolly Quay.\n\n"
        "Yours faithfully,\n\nP. Alder\n\nDear Mr Alder,\n\nI write in connection with your application for "
        "information "
        "which was received on 25 June 2012.\n\nTo enable the force to meet your request could you please provide this "
        "office with further information: please specify which quay you mean.\n\nYours sincerely\n\nDisclosure "
        "Officer\n"
    )
    assert facts.voice("Please supply me with all", text) is Voice.REQUEST
    assert facts.outcomes(text) == {"clarification_requested"}


def test_the_sites_own_questions_are_nobodys(facts) -> None:
    text = f"{HEAD}You asked:\n\nHow many boats?\n\nOur response:\n\nThere are 3.\n\nWas this page useful?\n\nYes No\n"
    assert facts.outcomes(text) == {"disclosed"}
    assert facts.voice("Yes No", text) is Voice.OTHER


def test_questions_numbered_in_words_each_before_its_answer(facts) -> None:
    text = (
        f"{HEAD}Question One\nHow many boats does the force own?\n\nThe boats are listed in the attached workbook.\n\n"
        "Question Two\nWhere are they kept?\n\nThis is exempt under section 31(1)(a).\n\n"
        f"Question Three\nWhat did their paint cost?\n\nThis information is not held.{END}"
    )
    expected = {"1": {"disclosed"}, "2": {"refused_exemption"}, "3": {"not_held"}}
    assert facts.questions(text) == expected
    assert facts.voice("This is exempt under", text) is Voice.ANSWER


def test_a_label_with_the_figure_that_answers_it(facts) -> None:
    asked = "1. How many boats are there?\n2. How many sank?"
    text = f"{HEAD}You asked:\n\n{asked}\n\nOur response:\n\nQ1 - 17\nQ2 - This information is not held.{END}"
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"not_held"}}


def test_several_questions_under_one_label(facts) -> None:
    asked = "\n".join(f"{number}. How many boats of kind {number} are there?" for number in range(1, 5))
    text = (
        f"{HEAD}You asked:\n\n{asked}\n\nOur response:\n\nQuestions 1 - 3: this information is exempt under section "
        f"31(1)(a).\n\nQuestion 4: there are 12.{END}"
    )
    refused = {"refused_exemption"}
    assert facts.questions(text) == {"1": refused, "2": refused, "3": refused, "4": {"disclosed"}}


def test_the_number_after_answer_is_the_answer(facts) -> None:
    text = (
        f"{HEAD}Question 1: How many boats are there?\nAnswer: 58\n\nQuestion 2: How many sank?\nAnswer: This is "
        f"not held."
        f"{END}"
    )
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"not_held"}}
