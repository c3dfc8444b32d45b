"""Dates as letters print them: day first, only where day, month and year are printed, impossible ones refused."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from indexer.reading import hints
from indexer.reading.phrases import by_first_letter, compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.reading.letter import Piece

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
_NAMES = tuple(_MONTHS)
_MONTH = by_first_letter(tuple(sorted(_MONTHS, key=len, reverse=True)))
_ORDINAL = r"(?: ?[\^(]? ?(?:st|nd|rd|th|ain|fed|ydd|eg|af)[\^)]?)?"  # raised, in brackets, or Welsh
_DATE = compiled(  # begins with a figure, so that one scan for every form skips from figure to figure
    rf"(?P<day>[0-9](?<![\d/.£-].)\d?)(?=[ ,./^(a-z-]|\d\d[/-])(?:{_ORDINAL}(?:"  # what follows tells most apart
    rf"(?: day)?(?: of?\b)?[ ,./-]{{0,2}}(?P<name>{_MONTH})\b[ ,./'-]{{0,3}}(?P<year>\d{{4}}|"
    rf"(?<=[ '/-])\d{{2}}(?![\d:]))(?!\d)"
    r"|,? (?P<us_year>\d{4})(?!\d|[/-]\d\d[/-]))"
    r"|(?<!,\d)(?<!,\d\d) ?(?P<mark>[/.-]) ?(?P<month>\d{1,2}) ?(?P=mark) ?(?P<short>\d{4}|\d{2})(?![\d/-]|\.\d)"
    r"|(?<=[12]\d)(?<!,\d\d)(?P<decade>\d\d)(?P<dash>[/-])(?P<second>\d\d)(?P=dash)(?P<last>\d\d)(?![\d/-]|\.\d))"
)
_MONTH_BEFORE = compiled(rf"\b({_MONTH})\.? $")
LONGEST = 12  # characters of a month's name with its dot and space
_YEARS = range(1990, 2100)  # the Acts are of 2000; older and later years in a letter are its subject or a misprint
_HINT = compiled(rf"\b(?:{_MONTH})\b")
CENTURY = 2000  # a year of two figures is this century's: no such letter is older than the Acts


class Found(NamedTuple):
    """A date as printed, by its place in the flat text. ``day`` is None where no calendar has it, which is said only of
    what was meant for a day: the thirty-first of June, a month and a day in the American order."""

    start: int
    end: int
    day: date | None


def find(low: str, start: int = 0, end: int | None = None) -> list[Found]:
    """Every complete date in a stretch of the flat text (in small letters), in order."""
    hits = _DATE.finditer(low, start, len(low) if end is None else end)
    return [found for found in [_read(low, hit) for hit in hits] if found is not None]


def printed(lower: str, pieces: Iterable[Piece]) -> list[Found]:
    """Every complete date in these sentences of the flat text, in order.

    Only those are searched that name a month, or have two strokes, dashes or dots, as most have neither.
    """
    figures = hints.FIGURES
    either = hints.MONTHS | figures
    stretches: list[tuple[int, int]] = []
    for piece in pieces:
        said, start, end = piece.hint & either, piece.start, piece.end
        if not said or (said == figures and end - start < SHORTEST) or not _may_say(lower, start, end, said):
            continue
        if stretches and start <= stretches[-1][1] + 2 * BESIDE:
            start, _ = stretches.pop()
        stretches.append((start, end))
    return [found for start, end in stretches for found in find(lower, max(start - BESIDE, 0), end + BESIDE)]


def _may_say(lower: str, start: int, end: int, hint: int) -> bool:
    """Whether a sentence with a month or a figure may say a day: in words, or in three numbers."""
    if hint & hints.MONTHS:
        # a month without a figure, mostly the verb "may", at least ends where one follows
        return bool(hint & hints.FIGURES) or any(map(str.isdigit, lower[end : end + YEAR]))
    return lower.count("/", start, end) > 1 or lower.count("-", start, end) > 1 or lower.count(".", start, end) > 1


YEAR = 4  # characters after a month within which its year begins, or a day in the American order
SHORTEST = 5  # characters: a figure of a table is no day
BESIDE = 16  # characters before a month, and after it, where day and year may stand in cells of their own


def _read(low: str, hit: re.Match[str]) -> Found | None:
    day, name, year, us_year, mark, month, short, decade, _, second, last = hit.groups()
    if name:
        start, end = hit.span()
        return _found(start, end, year, _MONTHS[name], day)
    if mark:
        if mark == "." and len(short) == 2 and short < "10":
            return None  # "1.2.03" numbers a paragraph more often than a day
        return _found(hit.start(), hit.end(), short, int(month), day)
    if decade:  # year first
        return _found(hit.start(), hit.end(), day + decade, int(second), last)
    named = _MONTH_BEFORE.search(low, max(0, hit.start() - LONGEST), hit.start())
    return _found(named.start(), hit.end(), us_year, _MONTHS[named[1]], day) if named else None


def _found(start: int, end: int, year: str, month: int, printed_day: str) -> Found | None:
    number = int(year) + (CENTURY if len(year) == 2 else 0)
    day = int(printed_day)
    if number not in _YEARS:
        return None
    try:
        return Found(start, end, date(number, month, day))
    except ValueError:
        american = 0 < day <= 12 < month <= 31
        return Found(start, end, None) if american or (0 < day <= 31 and 0 < month <= 12) else None


def begins(low: str) -> bool:
    """Whether a text may begin with a date: with a figure, or with a month in the American order."""
    return low[:1].isdigit() or low.startswith(_NAMES)


def mentions_month(low: str) -> bool:
    """Whether a month is named, perhaps without a year."""
    return _HINT.search(low) is not None
