"""The invented forces as houses of style: how each writes its letters, numbers them and lays out its site."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WELSH_MONTHS = (
    "ionawr",
    "chwefror",
    "mawrth",
    "ebrill",
    "mai",
    "mehefin",
    "gorffennaf",
    "awst",
    "medi",
    "hydref",
    "tachwedd",
    "rhagfyr",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """How a force wrote from ``since`` on. ``reference`` and ``slug`` are formats of n, yy, yyyy, fy and words."""

    since: date
    reference: str
    slug: str
    date: str
    page: str
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One invented force, or one joint unit's way of writing for it."""

    id: str
    name: str
    host: str
    platform: str  # "soh" or "scotland"
    page_slug: str
    media_slug: str
    folder: str
    voice: int  # which of several wordings of a stock passage this force uses
    cite: str  # how it prints a provision
    question: str  # how it heads the answer to one question, a line of markup with {n}
    repeat_questions: bool
    email: str
    phone: str
    address: str
    staff: tuple[tuple[str, str], ...]
    eras: tuple[Era, ...]
    welsh_name: str | None = None
    welsh_slug: str | None = None
    list_style: str = "ol"  # numbered questions as a list, or "text": the numbers printed as words
    difficulty: str | None = None  # "challenge", "disallowed" or "empty": a log that cannot be harvested
    robots: str | None = None  # the whole of robots.txt; None answers 404
    licence: str | None = None  # what its terms allow; None: everything is reserved
    file: str | None = None  # the kind of file that it puts most of its letters into, beside the page
    file_page: str = "full"  # what the page then holds: "full", "request" or "note"
    moved_folder: str | None = None  # where pages lie after the site was tidied up

    def era(self, on: date) -> Era:
        """How it wrote on that day. Raises ``LookupError`` before its first era."""
        fitting = [era for era in self.eras if era.since <= on]
        if not fitting:
            raise LookupError(f"{self.id} had no way of writing on {on}")
        return fitting[-1]


@cache
def houses() -> dict[str, House]:
    """Every house by its id, in the order of the file."""
    raw = tomllib.loads((Path(__file__).parent / "houses.toml").read_text(encoding="utf-8"))
    made = {}
    for entry in raw["house"]:
        eras = tuple(
            Era(
                since=era["from"],
                reference=era["reference"],
                slug=era["slug"],
                date=era["date"],
                page=era.get("page", entry["page"]),
                letter=era.get("letter", entry["letter"]),
            )
            for era in entry.get("era", ())
        )
        plain = {key: value for key, value in entry.items() if key not in {"era", "page", "letter", "staff"}}
        staff = tuple((name, role) for name, role in entry["staff"])
        made[entry["id"]] = House(**plain, staff=staff, eras=eras)
    return made


def _ordinal(day: int) -> str:
    if 11 <= day <= 13:  # eleventh to thirteenth are irregular
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def printed_date(on: date, style: str) -> str:
    """A date as a force prints it. Raises ``KeyError`` for a style that no force has."""
    month, ending = MONTHS[on.month - 1], _ordinal(on.day)
    return {
        "d month yyyy": f"{on.day} {month} {on.year}",
        "dth month yyyy": f"{on.day}{ending} {month} {on.year}",
        "d^th month yyyy": f"{on.day}^{ending}^ {month} {on.year}",
        "dd/mm/yy": f"{on.day:02}/{on.month:02}/{on.year % 100:02}",
        "dd/mm/yyyy": f"{on.day:02}/{on.month:02}/{on.year}",
        "dd.mm.yyyy": f"{on.day:02}.{on.month:02}.{on.year}",
        "dd-mm-yyyy": f"{on.day:02}-{on.month:02}-{on.year}",
        "dd month, yyyy": f"{on.day:02} {month}, {on.year}",
        "month d, yyyy": f"{month} {on.day}, {on.year}",
        "weekday": f"{WEEKDAYS[on.weekday()]}, {on.day} {month}, {on.year}",
        "d mon yyyy": f"{on.day} {month[:3]} {on.year}",
        "dth of month yyyy": f"{on.day}{ending} of {month} {on.year}",
    }[style]
