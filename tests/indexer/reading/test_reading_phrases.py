"""Turns of phrase regrouped for speed must match what their plain list matches, and as much of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.reading.phrases import Openings, Words, by_first_letter, phrases

TURNS = [
    ("we hold", "we do not hold", "no", "none", "no records?"),
    (r"\d+ (?:were|are)", "are", r"(?:an?|the) answer", "answers?"),
    ("(?:we|i) (?:can|could) not", "(?:the )?force", "[a-c]at", "i hold", "x?yes"),
    (r"(?:information|it) (?:is|was)(?: not)? held", r"not? held\b", "(?:a|b)+c", r"\(a\)", "data|dates"),
    ("(?P<what>files|fees)", "f", "(?!no )n", "(?:q(?:1|2)|r)s?"),
]
SAID = st.text("abcdefhilnorstwxyq12 ()", max_size=24)


def plain(turns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{turn})" for turn in turns))


def found(hit: re.Match[str] | None) -> tuple[int, int] | None:
    return hit.span() if hit else None


@pytest.mark.parametrize("turns", TURNS)
@given(text=SAID)
def test_any_text(turns: tuple[str, ...], text: str) -> None:
    grouped = re.compile(by_first_letter(turns))
    assert found(grouped.match(text)) == found(plain(turns).match(text))
    assert found(grouped.search(text)) == found(plain(turns).search(text))


@pytest.mark.parametrize("turns", TURNS)
@pytest.mark.parametrize(
    "text",
    [
        "none of it",
        "no record",
        "the answer",
        "an answer",
        "12 are",
        "i could not",
        "force",
        "bat",
        "yes",
        "it was not held",
        "no held",
        "ababc",
        "(a)",
        "dates",
        "fees",
        "q2s",
        "n",
    ],
)
def test_texts_that_match(turns: tuple[str, ...], text: str) -> None:
    assert found(phrases(*turns).match(text)) == found(plain(turns).match(text))


def test_words_begin_where_a_word_begins_and_signs_anywhere() -> None:
    turns = Words("held", "no data", opens=("nil",), signs=("£", r"\[link\]"))
    assert turns.search("withheld") is None
    assert turns.search("it_held") is None
    assert found(turns.search("held")) == (0, 4)
    assert found(turns.search("it is held")) == (5, 10)  # with the space
    assert turns.search("is it (held)")
    assert turns.search("nil returns")
    assert turns.search("it is nil") is None
    assert found(turns.search("sum£4")) == (3, 4)
    assert turns.search("see[link]")


@pytest.mark.parametrize("turns", [TURNS[0], TURNS[2], (*TURNS[3][:3], "data|dates"), TURNS[4]])
@given(text=SAID)
def test_words_are_found_where_a_boundary_is(turns: tuple[str, ...], text: str) -> None:
    assert bool(Words(*turns).search(text)) == bool(re.search(rf"\b(?:{plain(turns).pattern})", text))


def test_what_stands_further_on_needs_its_word() -> None:
    openings = Openings("we hold", later=(("neither", r".{0,20}\bneither confirm"),))
    assert found(openings.match("we hold it")) == (0, 7)
    assert found(openings.match("the force can neither confirm")) is not None
    assert openings.match("the force holds neither") is None
    assert openings.match("it is so far in the sentence that one must neither confirm") is None
