"""Dates as letters print them: day first, only where day, month and year are printed, impossible ones refused."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr",
            "february feb chwefror",
            "march mar mawrth",
            "april apr ebrill",
            "may mai",
            "june jun mehefin",
            "july jul gorffennaf",
            "august aug awst",
            "september sept sep medi",
            "october oct hydref",
            "november nov tachwedd",
            "december dec rhagfyr",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ORDINAL = r"(?: ?[\^(]? ?(?:st|nd|rd|th|ain|fed|ydd|eg|af)[\^)]?)?"  # raised, in brackets, or Welsh
_WORDS = re.compile(
    rf"(?<![\d/.-])(?:(?P<day>\d{{1,2}}){_ORDINAL}(?: day)?(?: of?\b)?[ ,./-]{{0,2}}(?P<month>{_MONTH})\b"
    r"[ ,./'-]{0,3}(?P<year>\d{4}|(?<=[ '/-])\d{2}(?![\d:]))"
    rf"|(?P<us_month>\b(?:{_MONTH}))\.? (?P<us_day>\d{{1,2}}){_ORDINAL},? (?P<us_year>\d{{4}}))(?!\d)"
)
_FIGURES = re.compile(
    r"(?<![\d/.,£-])(?:(?P<day>\d{1,2}) ?(?P<mark>[/.-]) ?(?P<month>\d{1,2}) ?(?P=mark) ?(?P<year>\d{4}|\d{2})"
    r"|(?P<iso_year>(?:19|20)\d\d)(?P<iso_mark>[-/])(?P<iso_month>\d{2})(?P=iso_mark)(?P<iso_day>\d{2}))(?![\d/-]|\.\d)"
)
_YEARS = range(1990, 2100)  # the Acts are of 2000; older and later years in a letter are its subject or a misprint
_HINT = re.compile(rf"\b(?:{_MONTH})\b")
CENTURY = 2000  # a year of two figures is this century's: no such letter is older than the Acts


class Found(NamedTuple):
    """A date as printed, by its place in the flat text. ``day`` is None where no calendar has it, which is said only of
    what was meant for a day: the thirty-first of June, a month and a day in the American order."""

    start: int
    end: int
    day: date | None


def find(low: str, start: int = 0, end: int | None = None) -> list[Found]:
    """Every complete date in a stretch of the flat text (in small letters), in order."""
    end = len(low) if end is None else end
    found = [_written(hit) for hit in _WORDS.finditer(low, start, end)]
    found += [_numeric(hit) for hit in _FIGURES.finditer(low, start, end)]
    return sorted(item for item in found if item is not None)


def _written(hit: re.Match[str]) -> Found | None:
    month = _MONTHS[hit["month"] or hit["us_month"]]
    return _found(hit, hit["year"] or hit["us_year"], month, hit["day"] or hit["us_day"])


def _numeric(hit: re.Match[str]) -> Found | None:
    if hit["iso_year"]:
        return _found(hit, hit["iso_year"], int(hit["iso_month"]), hit["iso_day"])
    if hit["mark"] == "." and len(hit["year"]) == 2 and hit["year"] < "10":
        return None  # "1.2.03" numbers a paragraph more often than a day
    return _found(hit, hit["year"], int(hit["month"]), hit["day"])


def _found(hit: re.Match[str], year: str, month: int, printed_day: str) -> Found | None:
    number = int(year) + (CENTURY if len(year) == 2 else 0)
    day = int(printed_day)
    if number not in _YEARS:
        return None
    try:
        return Found(hit.start(), hit.end(), date(number, month, day))
    except ValueError:
        american = 0 < day <= 12 < month <= 31
        return Found(hit.start(), hit.end(), None) if american or (0 < day <= 31 and 0 < month <= 12) else None


def mentions_month(low: str) -> bool:
    """Whether a month is named, perhaps without a year."""
    return _HINT.search(low) is not None
