"""Questions by other ways of numbering: tables with a column of numbers, letters, words, and no number at all."""

from __future__ import annotations

import pytest

OPENING = "Ambershire Police\nOur ref: FOI 0412/23\n\nDear Ms Thorn\n\nFreedom of Information Act 2000\n\n"
CLOSING = "\n\nYours sincerely\nDisclosure Team\n"


def test_a_table_with_a_column_of_numbers(facts) -> None:
    text = (
        "No. | Your question | Our answer\n"
        "1 | How many swans were hurt in 2022? | 2021: 14 2022: 19\n"
        "2 | Which crews were sent out? | We do not hold this information.\n"
        "3 | Copies of the reports. | They are exempt under section 40(2) of the Act.\n"
    )
    assert facts.questions(OPENING + text + CLOSING) == {
        "1": {"disclosed"},
        "2": {"not_held"},
        "3": {"refused_exemption"},
    }


def test_a_heading_with_a_number_in_a_bracket(facts) -> None:
    text = (
        "REQUEST\n\n1) How many patrols were sent out under section 60?\n\n2) How many swans were seen?\n\n"
        "RESPONSE 1)\n\nSix.\n\nRESPONSE 2)\n\nThis information is not held."
    )
    assert facts.questions(OPENING + text + CLOSING) == {"1": {"disclosed"}, "2": {"not_held"}}


def test_the_first_answer_stands_before_the_second_question(facts) -> None:
    text = (
        "You requested the following information:\n\n"
        "1. The total number of swans ringed in each month of 2022.\nPlease provide the data as a table.\n\n"
        "Please refer to the attached document titled 'Rings'.\n\n"
        "2. The total number of geese ringed in each month of 2022.\n\n"
        "The force does not hold this information."
    )
    assert facts.questions(OPENING + text + CLOSING) == {"1": {"disclosed"}, "2": {"not_held"}}


def test_the_request_stands_in_quotation_marks_that_open_before_its_number(facts) -> None:
    text = (
        'Your request:-\n"1. Could you say whether the force counts swans?\n\n'
        '2. If so, please could you send me the count?"\n\nOur response:-\n1. Yes.\n2. We do not hold the information '
        "requested."
    )
    assert facts.questions(OPENING + text + CLOSING) == {"1": {"disclosed"}, "2": {"not_held"}}


@pytest.mark.parametrize("lead", ["For", "In relation to", "As to", "Regarding"])
def test_roman_numerals_named_at_the_beginning_of_a_sentence(facts, lead: str) -> None:
    text = (
        "You asked for the recorded information that the force holds about:\n\n"
        "(i) the sale of the boat house,\n(ii) offers made for it,\n(iii) its valuation.\n\nOur decision\n\n"
        f"{lead} (i) the force does not hold any information.\n\n"
        f"{lead} (ii) there were four offers.\n\n"
        f"{lead} (iii) the valuation is withheld under section 43(2)."
    )
    assert facts.questions(OPENING + text + CLOSING) == {
        "i": {"not_held"},
        "ii": {"disclosed"},
        "iii": {"refused_exemption"},
    }


def test_headings_with_letters_where_no_request_is_quoted(facts) -> None:
    text = (
        "You put three points to us and we answer them under the same letters.\n\n"
        "a. The business case for the boat house\n\nEnclosed.\n\n"
        "b. Letters from the neighbours\n\nThese are exempt under section 41(1).\n\n"
        "c. The swan impact assessment\n\nThis has not been written yet and so we do not hold it."
    )
    assert facts.questions(OPENING + text + CLOSING) == {
        "a": {"disclosed"},
        "b": {"refused_exemption"},
        "c": {"not_held"},
    }


def test_letters_below_numbers_are_no_questions_of_their_own(facts) -> None:
    text = "1. Spending on boats, by a) hire and b) fuel\n\na) Hire in total\n\nb) Fuel in total\n\nc) Other in total"
    assert "c" not in facts.questions(OPENING + text + CLOSING)


def test_numbers_in_words_behind_a_preposition(facts) -> None:
    text = (
        "You sent us three questions. Our replies are these.\n\n"
        "Question one asked how many moorings there are. There are 206.\n\n"
        "With question two you sought a map of them. We are withholding this under section 38(1)(b).\n\n"
        "In question three you wanted the names of the owners. We do not hold this information."
    )
    assert facts.questions(OPENING + text + CLOSING) == {
        "1": {"disclosed"},
        "2": {"refused_exemption"},
        "3": {"not_held"},
    }


def test_a_reference_is_no_question(facts) -> None:
    text = (
        "Request 24-118: moorings\n\nIn relation to question 1: there are 206.\n\n"
        "In relation to question 2: this is not held."
    )
    assert set(facts.questions(OPENING + text + CLOSING)) == {"1", "2"}


def test_questions_taken_up_by_their_words(facts) -> None:
    text = (
        "You asked:\n\nPlease provide me with\n1. Incidents of houseboats cast adrift in 2022\n"
        "2. Number of boat burglaries in 2022\n3. The number of dead swans recovered\n\nResponse:\n\n"
        "Houseboats cast adrift: 64.\n\nBoat burglaries: 38 were recorded.\n\n"
        "Dead swans: Ambershire Police does not hold this information."
    )
    assert facts.questions(OPENING + text + CLOSING) == {"1": {"disclosed"}, "2": {"disclosed"}, "3": {"not_held"}}


def test_all_the_other_parts(facts) -> None:
    text = (
        "Your request:\n\n1. How many boats?\n2. Which makers?\n3. What cost?\n\n"
        "In relation to question 1: there are 12.\n\n"
        "I have considered all the other parts of the request and they are exempt under section 43(2)."
    )
    assert facts.questions(OPENING + text + CLOSING) == {
        "1": {"disclosed"},
        "2": {"refused_exemption"},
        "3": {"refused_exemption"},
    }
