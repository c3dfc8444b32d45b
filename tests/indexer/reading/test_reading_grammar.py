"""The grammar of printed provisions: chains, ranges, lists, missing brackets; and numbers that are none."""

from __future__ import annotations

import pytest

from indexer.reading.printed import WORD, bare, scan


def provisions(printed: str) -> list[str]:
    """All provisions of the first group of words that cites."""
    low = printed.lower()
    word = WORD.search(low)
    return [] if word is None else [name for group in scan(low, word) for name in group.provisions]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("section 40(2)", "40(2)"),
        ("s.40(2)", "40(2)"),
        ("S40(2)", "40(2)"),
        ("Sec. 40 (2)", "40(2)"),
        ("Section: 40(2)", "40(2)"),
        ("Section 031(1)", "31(1)"),
        ("section 22A", "22A"),
        ("section 40(5B)(a)(i)", "40(5B)(a)(i)"),
        ("section 40(3a)", "40(3A)"),
        ("section 31 (1) (g) (2) (a)", "31(1)(g) 31(2)(a)"),
        ("section 31(1)(a)(b)(c)", "31(1)(a) 31(1)(b) 31(1)(c)"),
        ("section 31(1)(a)&(b)", "31(1)(a) 31(1)(b)"),
        ("section 31(1)(a) and (b)", "31(1)(a) 31(1)(b)"),
        ("section 31(1)(a), (b) or (c)", "31(1)(a) 31(1)(b) 31(1)(c)"),
        ("section 31(1)(a)-(c)", "31(1)(a) 31(1)(b) 31(1)(c)"),
        ("section 31(1)(a) to (d)", "31(1)(a) 31(1)(b) 31(1)(c) 31(1)(d)"),
        ("section 31(1)(a, c & d)", "31(1)(a) 31(1)(c) 31(1)(d)"),
        ("section 22A(1)(a)(i-iii)", "22A(1)(a)(i) 22A(1)(a)(ii) 22A(1)(a)(iii)"),
        ("section 30(1)(a)(i),(ii)", "30(1)(a)(i) 30(1)(a)(ii)"),
        ("section 30(2)(a)(ii)(b)", "30(2)(a)(ii) 30(2)(b)"),
        ("section 36(2)(b)(i) and (ii) and (c)", "36(2)(b)(i) 36(2)(b)(ii) 36(2)(c)"),
        ("section 31(1)(g)(h)(i)", "31(1)(g) 31(1)(h) 31(1)(i)"),
        ("section 30(1)(a)(i)", "30(1)(a)(i)"),
        ("section 40(2) and (3A)(a)", "40(2) 40(3A)(a)"),
        ("S40(2)/(3A)", "40(2) 40(3A)"),
        ("section 40 subsection (2)", "40(2)"),
        ("section 31(1)(g) subsection 2(b)", "31(1)(g) 31(2)(b)"),
        ("sections 23(5), 24(2), 30(3) and 31(3)", "23(5) 24(2) 30(3) 31(3)"),
        ("Sections 24 & 31", "24 31"),
        ("ss.24(1) & 31(1)", "24(1) 31(1)"),
        ("section(s) 30 and 31", "30 31"),
        ("sections 12/14", "12 14"),
        ("sections 24, 31 and 38", "24 31 38"),
        ("section 40(2) by virtue of 40(3A)(a)", "40(2) 40(3A)(a)"),
        ("regulation 13(1) by reference to 13(2A)(a)", "13(1) 13(2A)(a)"),
        ("section 18(1) read with 35(1)(a)", "18(1) 35(1)(a)"),
        ("section 18(1) in conjunction with 38(1)(b)", "18(1) 38(1)(b)"),
        ("section 31 (law enforcement) and 38 (health and safety)", "31 38"),
        ("regulation 12(4)(b)", "12(4)(b)"),
        ("Regs 12(3) and 13(1)", "12(3) 13(1)"),
        ("Article 42(a), (b)", "42(a) 42(b)"),
        ("exemption 40(2)", "40(2)"),
        ("Secton 43(2)", "43(2)"),
        ("Section 38 1(b)", "38(1)(b)"),
        ("sections 38 1(b) and 40(2)", "38(1)(b) 40(2)"),
        ("Section 12 18 hours", "12"),
        ("Section 40.2 personal data", "40(2)"),
        ("section 12.5 hours", ""),
        ("section 4.2 of the policy", ""),
        ("section 21.3.1", ""),
    ],
)
def test_what_is_printed(printed: str, expected: str) -> None:
    assert provisions(printed) == expected.split()


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("section 31(1)a", "31(1)(a)"),
        ("section 31 1)(a)", "31(1)(a)"),
        ("section 40(2", "40(2)"),
        ("section 31((1)(a)", "31(1)(a)"),
        ("section 31 (1()(a)", "31(1)(a)"),
        ("section 40[2]", "40(2)"),
    ],
)
def test_broken_brackets(printed: str, expected: str) -> None:
    assert provisions(printed) == expected.split()


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("section 12 and 18 hours of work", "12"),
        ("section 12 (18 hours)", "12"),
        ("section 21, 2019", "21"),
        ("section 17 (we have not)", "17"),
        ("section 14(1) and 3 other requests", "14(1)"),
        ("section 12(1) and section 31", "12(1)"),
        ("section 42(1) - (4) is the opinion", "42(1)"),
        ("section 4.6 of the policy", ""),
        ("section 2019/20 of the report", ""),
        ("section 1,200 records", ""),
        ("FOIA 2000", ""),
    ],
)
def test_a_chain_ends_before_what_is_no_provision(printed: str, expected: str) -> None:
    assert provisions(printed) == expected.split()


def test_a_provision_without_a_word_needs_limbs() -> None:
    low = "12(5)(e) and 12"
    found = bare(low, 0)
    assert found is not None
    assert found.provisions == ["12(5)(e)"]
    assert bare(low, len("12(5)(e) and ")) is None


def test_names_go_no_deeper_than_print() -> None:
    assert provisions("section 31") == ["31"]
