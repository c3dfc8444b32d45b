"""What pages print after a label or as a fixed phrase. Each rule names where the habit was seen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

# fmt: off
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)
# Dyfed-Powys names folders in Welsh, and its chrome is Welsh.
WELSH_MONTHS = (
    "ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin", "gorffennaf", "awst", "medi", "hydref",
    "tachwedd", "rhagfyr",
)
# fmt: on

# "Published: 09:45 20/11/2025" in the cards of Single Online Home's searches; "Cyhoeddwyd" (its Welsh) is a guess.
PUBLISHED = re.compile(
    r"\b(?:date )?(?:published|cyhoeddwyd)(?: on)?\s*:\s*(?:\d{1,2}:\d{2}\s+)?"
    r"(?:(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})\b"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)?\s+(?P<name>[A-Za-z]{3,9}),?\s+(?P<year2>\d{4})\b)",
    re.IGNORECASE,
)

# "Our reference: 01/FOI/24/005802/O", "FOI Reference: 996/2025", "Enquiry Reference: 667 - 24", "Request Number:
# 001006/22", "Freedom of information request reference no: 01.FOI.23.030730", "Our Ref: IM-FOI-2021-0942 Date: …".
REFERENCE_LABEL = (
    r"(?:our |foi |enquiry |request |disclosure )?(?:freedom of information )?(?:request )?"
    r"(?:reference|ref|request number|number)(?:\.|(?: (?:no|number)\b\.?))?\s*:"
)
REFERENCE = re.compile(
    rf"^\s*{REFERENCE_LABEL}\s*(?P<value>(?=[^\n]{{0,40}}\d)[A-Za-z0-9][A-Za-z0-9./\- ]{{1,39}}?)"
    r"\s*(?:$|[,;(]|\s(?:date|dated|received)\b)",
    re.IGNORECASE,
)

# A challenge is told by its title (disclosure-log notes: "Just a moment"); the others are the same vendors' wording.
CHALLENGE_TITLES = ("just a moment", "attention required", "access denied", "one more step", "pardon our interruption")
NOTHING_FOUND = re.compile(
    r"\b(?:no (?:results|items|articles|disclosures|publications|matches)(?: were| have been)?(?: found|\b)|0 results"
    r"|nothing (?:was )?found|there are (?:currently )?no (?:disclosures|published items|items)|dim canlyniadau)\b",
    re.IGNORECASE,
)


def published_on(text: str) -> date | None:
    """The first "Published: …" date of a listing's line; None where there is none or it is no day of any calendar."""
    return _date(PUBLISHED.search(text))


def published_line(lines: Iterable[str]) -> date | None:
    """The date of the first line that begins with "Published:"; a sentence about another publication is none."""
    return next((_date(found) for line in lines if (found := PUBLISHED.match(line))), None)


def _date(found: re.Match[str] | None) -> date | None:
    if found is None:
        return None
    if found["year"]:
        return _day(int(found["year"]), int(found["month"]), int(found["day"]))
    month = month_number(found["name"])
    return _day(int(found["year2"]), month, int(found["day2"])) if month else None


def month_number(name: str) -> int | None:
    """1 to 12 for an English or Welsh month name, or an English one cut to three letters or more."""
    name = name.lower()
    for position, (english, welsh) in enumerate(zip(MONTHS, WELSH_MONTHS, strict=True), start=1):
        if name == welsh or (
            len(name) >= 3 and english.startswith(name)
        ):  # "Mar", "Sept": no two months share three letters
            return position
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def reference(lines: Iterable[str]) -> str | None:
    """The first reference that stands after a label at the beginning of a line, as printed."""
    for line in lines:
        if found := REFERENCE.match(line):
            return " ".join(found["value"].split())
    return None


def challenge_title(title: str) -> str | None:
    """Which challenge a page's title announces, if any."""
    title = title.strip().lower()
    return next((phrase for phrase in CHALLENGE_TITLES if title.startswith(phrase)), None)


def says_empty(text: str) -> bool:
    """Whether a listing prints that nothing was found: the only proof that zero is right."""
    return NOTHING_FOUND.search(text) is not None
