"""The one analysis: what is a word, how it is folded and stemmed, and where it stands."""

from __future__ import annotations

import threading
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import LONGEST_TERM, LONGEST_WORD, fold, stem, streams, tokens

TEXT = st.text(st.one_of(st.characters(), st.sampled_from("aAéEß 1²½ﬁİ\u00ad\u0301_-’.\n")), max_size=80)


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Taser deployments", ["taser", "deployments"]),
        ("officer’s e-mail", ["officer", "s", "e", "mail"]),
        ("31(1)(a)&(b)", ["31", "1", "a", "b"]),
        ("FOI2017/01696", ["foi2017", "01696"]),
        ("a_b", ["a", "b"]),
        ("Café CAFÉ cafe\u0301", ["cafe", "cafe", "cafe"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("Gŵyl y Pâsg", ["gwyl", "y", "pasg"]),
        ("œuvre Ærø Łódź", ["oeuvre", "aero", "lodz"]),
        ("o\ufb03cer \ufb01nance", ["officer", "finance"]),
        ("infor\u00admation co\u200dop", ["information", "coop"]),
        ("CO₂ and m² and note³", ["co2", "and", "m", "and", "note"]),
        ("2½ hours ¾", ["2", "hours"]),
        ("£1,200.50", ["1", "200", "50"]),
        ("𝐛𝐨𝐥𝐝 😀 Ω", ["bold", "ω"]),
        ("١٢", ["١٢"]),
        ("", []),
        ("!? – …", []),
    ],
)
def test_what_a_word_is(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_stop_words_stay() -> None:
    assert words("Freedom of the Information and of it") == ["freedom", "of", "the", "information", "and", "of", "it"]


def test_stems_are_snowballs_english() -> None:
    assert [stem(word) for word in ("deployments", "internal", "emergency", "university", "policies", "dying")] == [
        "deploy",
        "internal",
        "emergenc",
        "universiti",
        "polici",
        "die",
    ]


def test_offsets_are_of_the_original_text() -> None:
    text = "ﬁ Straße — cafe\u0301s İzmir"
    assert [text[token.start : token.end] for token in tokens(text)] == ["ﬁ", "Straße", "cafe\u0301s", "İzmir"]


def test_a_run_without_end_is_cut_into_words_that_every_engine_takes() -> None:
    found = tokens("x" * (LONGEST_WORD * 2 + 5))
    assert [len(token.text) for token in found] == [LONGEST_WORD, LONGEST_WORD, 5]
    assert [token.start for token in found] == [0, LONGEST_WORD, LONGEST_WORD * 2]
    assert all(len(token.text.encode("utf-16-le")) // 2 <= 255 for token in tokens("\ufdfa" * 500))


@given(TEXT)
def test_every_letter_and_digit_is_in_a_word_and_nothing_else_parts_or_joins(text: str) -> None:
    inside = [False] * len(text)
    for token in tokens(text):
        for position in range(token.start, token.end):
            inside[position] = True
    for position, letter in enumerate(text):
        category = unicodedata.category(letter)
        if category == "Nd" or (category in {"Lu", "Ll"} and fold(letter)):
            assert inside[position], repr(letter)
        if category[0] in "ZPS" or category in {"Cc", "Cs"}:
            assert not inside[position], repr(letter)


@given(TEXT)
def test_tokens_are_in_order_and_safe_under_a_white_space_analysis(text: str) -> None:
    reached = 0
    for token in tokens(text):
        assert reached <= token.start < token.end <= len(text)
        reached = token.end
        assert token.text
        assert token.text.isalnum()
        assert len(token.text) <= LONGEST_TERM
        assert token.stem
        assert not any(letter.isspace() for letter in token.text + token.stem)


@given(TEXT)
def test_streams_are_the_same_tokens(text: str) -> None:
    assert streams(text) == ([t.text for t in tokens(text)], [t.stem for t in tokens(text)])


@given(st.text(st.characters(max_codepoint=127), max_size=80))
def test_plain_text_is_split_the_same_beside_a_letter_that_is_not(text: str) -> None:
    assert words(text + " é") == [*words(text), "e"]


@given(TEXT)
def test_case_never_tells_words_of_ascii_apart(text: str) -> None:
    plain = "".join(letter for letter in text if letter.isascii())
    assert words(plain.upper()) == words(plain.lower()) == words(plain)


def test_threads_share_nothing_that_breaks() -> None:
    text = " ".join(f"running{n} policies{n} deployment" for n in range(2000))
    expected, found = streams(text), []
    threads = [threading.Thread(target=lambda: found.append(streams(text))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4
