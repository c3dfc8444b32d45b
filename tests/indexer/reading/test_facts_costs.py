"""The arithmetic of cost refusals, and figures that are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.disclosure import Reading

Reader = Callable[..., Reading]

HEAD = "Dear Ms Thorn\n\nI can confirm that the force holds this information.\n\n"
TAIL = "\n\nThe request is refused under section 12(1) of the Freedom of Information Act 2000.\n\nYours sincerely\n"


@pytest.mark.parametrize(
    ("words", "sum_"),
    [
        ("There are 2,802 crimes. At three minutes for each one this would take 140.1 hours.", (2802, 3, 140.1)),
        ("We would have to read 16,077 logs at four minutes apiece, some 1,071 hours.", (16077, 4, 1071)),
        ("The records (6,360 in the year, two minutes each: 212 hours) are on paper.", (6360, 2, 212)),
        ("4,318 records x 5 minutes = 21,590 minutes\n21,590 minutes / 60 = 359.8 hours", (4318, 5, 359.8)),
        ("219 officers made 9,400 claims. 9,400 claims at 1.5 minutes come to 235 hours.", (9400, 1.5, 235)),
        ("A sample took 20 to 45 minutes each. At 20 minutes, the 1,946 incidents need 648 hours.", (1946, 20, 648)),
    ],
)
def test_figures_belong_together_where_the_sum_comes_out(
    letter: Reader, words: str, sum_: tuple[int, float, float]
) -> None:
    (cost,) = letter(f"{HEAD}{words}{TAIL}").costs
    assert (cost.records, cost.minutes_each, cost.hours) == sum_


@pytest.mark.parametrize(
    ("words", "sum_"),
    [
        ("There are 900 files, and each would take ten minutes.", (900, 10, None)),
        ("There are 1,388 recordings; more than 300 hours would be needed.", (1388, None, 300)),
        ("At five minutes each this would take over 60 hours.", (None, 5, 60)),
    ],
)
def test_what_is_not_printed_is_not_worked_out(letter: Reader, words: str, sum_: tuple[object, ...]) -> None:
    (cost,) = letter(f"{HEAD}{words}{TAIL}").costs
    assert (cost.records, cost.minutes_each, cost.hours) == sum_


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("This exceeds the appropriate limit of 18 hours.", (18, None)),
        ("The limit is £450, or 18 hours at £25 an hour.", (18, 450)),
        ("The threshold is GBP 600.", (None, 600)),
        ("The limit of £600 (24 hours) applies to us.", (24, 600)),
        ("The limit is set at 12.5 hours of work.", (12.5, None)),
        ("It would cost £4,500.", (None, None)),
    ],
)
def test_the_limit_where_it_is_printed(letter: Reader, words: str, limit: tuple[object, object]) -> None:
    (cost,) = letter(f"{HEAD}There are 900 files at ten minutes each: 150 hours. {words}{TAIL}").costs
    assert (cost.limit_hours, cost.limit_pounds) == limit


@pytest.mark.parametrize(
    "words",
    [
        "The request would exceed the appropriate limit of 18 hours.",
        "On average officers wait 30 minutes with each of 12 patients.",
        "You have sent 61 requests, which took some 418 days to answer.",
        "The course lasts 90 minutes.",
    ],
)
def test_no_arithmetic(letter: Reader, words: str) -> None:
    assert letter(f"{HEAD}{words}\n\nYours sincerely\n").costs == ()


def test_the_requesters_sums_are_not_the_authoritys(letter: Reader) -> None:
    text = (
        "You asked:\n\n1. Please read 100 files at six minutes each, that is only 10 hours.\n\nResponse:\n\n"
        "The information is held and is attached.\n"
    )
    assert letter(text).costs == ()


def test_where_it_stands(letter: Reader) -> None:
    text = f"{HEAD}There are 900 files. At ten minutes each this is 150 hours.{TAIL}"
    span = letter(text).costs[0].span
    assert text[span.start : span.end] == "There are 900 files. At ten minutes each this is 150 hours."
