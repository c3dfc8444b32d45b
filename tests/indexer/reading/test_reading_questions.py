"""Outcomes of each numbered question, in all the ways that letters number."""

from __future__ import annotations

import pytest

HEAD = "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\nYou asked:\n\n"
END = "\n\nYours sincerely\nA Disclosure Officer\n"
ANSWERS = ("There were 12.", "This is not held.", "It is exempt under section 40(2).")
EXPECTED = {"1": {"disclosed"}, "2": {"not_held"}, "3": {"refused_exemption"}}


def request(mark: str) -> str:
    asked = ("How many swans?", "Who fed them?", "What is her name?")
    return "\n".join(f"{mark.format(n)} {words}" for n, words in enumerate(asked, start=1))


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("{}.", "{}."),
        ("{})", "{})"),
        ("({})", "({})"),
        ("Q{}.", "A{}."),
        ("Question {}:", "Answer {}:"),
        ("Question {}.", "Question {}."),
        ("{}.", "Response {}:"),
        ("{}.", "Q{}:"),
        ("{}.", "In relation to question {},"),
        ("{}.", "With regard to point {} of your request:"),
        ("Item {} -", "Item {} -"),
        ("{} -", "Part {}:"),
    ],
)
def test_marks(facts, asked: str, answered: str) -> None:
    answers = "\n\n".join(f"{answered.format(n)} {words}" for n, words in enumerate(ANSWERS, start=1))
    assert facts.questions(f"{HEAD}{request(asked)}\n\nOur response:\n\n{answers}{END}") == EXPECTED


def test_a_number_alone_over_its_answer(facts) -> None:
    answers = "\n\n".join(f"Question {n}\n\n{words}" for n, words in enumerate(ANSWERS, start=1))
    assert facts.questions(f"{HEAD}{request('{}.')}\n\nOur response:\n\n{answers}{END}") == EXPECTED


def test_several_questions_answered_together(facts) -> None:
    text = (
        f"{HEAD}{request('{}.')}\n\nOur response:\n\nQuestions 1 and 2: neither is held.\n\n"
        f"Question 3 is exempt under section 40(2).{END}"
    )
    assert facts.questions(text) == {"1": {"not_held"}, "2": {"not_held"}, "3": {"refused_exemption"}}


def test_a_range(facts) -> None:
    text = f"{HEAD}{request('{}.')}\n\nOur response:\n\nQuestions 1-3: no information is held.{END}"
    assert facts.questions(text) == {name: {"not_held"} for name in "123"}


def test_the_remainder(facts) -> None:
    text = (
        f"{HEAD}{request('{}.')}\n\nOur response:\n\n1. There were 12.\n\n"
        f"The remainder of your request is refused under section 31(1)(a).{END}"
    )
    assert facts.questions(text) == {"1": {"disclosed"}, "2": {"refused_exemption"}, "3": {"refused_exemption"}}


@pytest.mark.parametrize(
    "pointer",
    ["Please see the answer to question 1.", "See response to Q1.", "As per question 1.", "As above."],
)
def test_a_question_that_points_to_another(facts, pointer: str) -> None:
    text = f"{HEAD}{request('{}.')}\n\nOur response:\n\n1. This is not held.\n\n2. {pointer}\n\n3. There were 4.{END}"
    assert facts.questions(text)["2"] == {"not_held"}


def test_items_named_by_their_numbers_in_brackets(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\nThank you for your request, in which you asked for:\n\n"
        "(1) the minutes;\n(2) the draft;\n(3) the cost.\n\n"
        "Please find attached the minutes (1) and the cost (3), which was £4,100. The rest is withheld under section "
        f"43(2).{END}"
    )
    assert facts.questions(text)["2"] == {"refused_exemption"}
    assert facts.questions(text)["3"] == {"disclosed"}


def test_letters_and_roman_numerals(facts) -> None:
    letters = f"{HEAD}a) How many swans?\nb) Who fed them?\n\nOur response:\n\na) 12.\nb) Not held.{END}"
    romans = f"{HEAD}(i) How many swans?\n(ii) Who fed them?\n\nOur response:\n\n(i) 12.\n(ii) Not held.{END}"
    assert facts.questions(letters) == {"a": {"disclosed"}, "b": {"not_held"}}
    assert facts.questions(romans) == {"i": {"disclosed"}, "ii": {"not_held"}}


def test_a_given_and_a_withheld_part_of_one_question(facts) -> None:
    answer = "1. There were 12. Their owners are exempt under section 40(2)."
    text = f"{HEAD}{request('{}.')}\n\nOur response:\n\n{answer}{END}"
    assert facts.questions(text)["1"] == {"disclosed_part", "refused_exemption"}


def test_numbers_in_an_answer_number_other_things(facts) -> None:
    text = (
        f"{HEAD}How many swans?\n\nOur response:\n\nThere were 12. The exemptions that we considered for the "
        f"names are:\n\n"
        f"1. Law enforcement\n2. Health and safety\n\nThe names are exempt under section 40(2).{END}"
    )
    assert facts.questions(text) == {}


def test_an_outline_numbers_paragraphs(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nInternal review\n\n1. THE REQUEST\n\n1.1 You asked for the map on 3 May 2022.\n\n"
        "2. FINDINGS\n\n2.1 I have completed an internal review.\n\n2.2 Section 31(1)(a) of the Freedom of "
        "Information Act "
        f"2000 was correctly applied.{END}"
    )
    assert facts.questions(text) == {}
    assert facts.outcomes(text) == {"refused_exemption"}


def test_the_whole_request_refused_on_cost(facts) -> None:
    text = (
        f"{HEAD}{request('{}.')}\n\nDecision\n\nI refuse the whole of your request: the cost of compliance would "
        f"exceed the "
        "appropriate limit. Section 12(1) applies.\n\nTo be sure of question 1 each of 4,000 records would have "
        "to be read. "
        f"Question 2 asks for more of the same.{END}"
    )
    assert facts.outcomes(text) == {"refused_cost"}
    assert "1" not in facts.questions(text)


def test_provisions_stand_with_their_question(letter) -> None:
    answers = "\n\n".join(f"{n}. {words}" for n, words in enumerate(ANSWERS, start=1))
    reading = letter(f"{HEAD}{request('{}.')}\n\nOur response:\n\n{answers}{END}")
    assert {a.question: a.provisions for a in reading.answers if a.provisions} == {"3": ("FOIA 40(2)",)}
    assert [c.question for c in reading.citations] == ["3"]
