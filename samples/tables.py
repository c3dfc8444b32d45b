"""Tables of made-up figures, for the workbooks and the long tables that answers come with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .houses import MONTHS
from .topics import source

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

Cell = str | int

_AREAS = (
    "Amberford",
    "Long Wick",
    "Sallow Bridge",
    "Fenn",
    "Market Harding",
    "Quarry Hill",
    "Stoke Dunning",
    "Westering",
)
_MAKES = ("Corvane Estate", "Corvane Van", "Hartwell 4x4", "Lumen E2", "Pell Motorcycle", "Trundle Minibus")
_LANGUAGES = ("Polish", "Romanian", "Arabic", "Punjabi", "Lithuanian", "Vietnamese", "Portuguese", "Sign language")
_DEPARTMENTS = ("Custody", "Contact centre", "Dogs", "Estates", "Finance", "Neighbourhood", "Roads", "Scenes of crime")
_HOTELS = ("The Copper Kettle", "Mere House", "Station Hotel", "The Three Plovers", "Abbot's Lodging")
_AGES = ("10 to 13", "14 to 15", "16 to 17")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading; ``name`` is that of the sheet."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def _vehicles(rng: random.Random, row: int) -> tuple[Cell, ...]:
    fuel = rng.choice(("Diesel", "Petrol", "Hybrid", "Electric"))
    return row + 1, rng.choice(_MAKES), fuel, rng.randrange(2009, 2024), rng.randrange(1200, 148000)


def _offences(rng: random.Random, row: int) -> tuple[Cell, ...]:
    month = MONTHS[row // len(_AREAS) % 12]
    year = 2020 + row // (12 * len(_AREAS))
    recorded = rng.randrange(4, 160)
    return f"{month} {year}", _AREAS[row % len(_AREAS)], recorded, rng.randrange(0, recorded // 3 + 1)


def _interpreters(rng: random.Random, row: int) -> tuple[Cell, ...]:
    return (
        _LANGUAGES[row % len(_LANGUAGES)],
        2015 + row // len(_LANGUAGES),
        rng.randrange(8, 900),
        rng.randrange(900, 90000),
    )


def _searches(rng: random.Random, row: int) -> tuple[Cell, ...]:
    return f"{MONTHS[row % 12]} {2017 + row // 12}", rng.choice(_AGES), rng.randrange(1, 30)


def _buildings(rng: random.Random, row: int) -> tuple[Cell, ...]:
    sold = date(2013, 4, 1) + timedelta(days=rng.randrange(4000))
    name = f"{_AREAS[row % len(_AREAS)]} {rng.choice(('police station', 'annexe', 'garage', 'police house'))}"
    return name, f"{sold:%d/%m/%Y}", rng.randrange(40, 900) * 1000


def _missing(rng: random.Random, row: int) -> tuple[Cell, ...]:
    ages = ("Under 12", "12 to 17", "18 to 64", "65 and over")
    return _AREAS[row % len(_AREAS)], ages[row // len(_AREAS) % len(ages)], rng.randrange(6, 240), rng.randrange(6, 240)


def _sickness(rng: random.Random, row: int) -> tuple[Cell, ...]:
    return _DEPARTMENTS[row % len(_DEPARTMENTS)], MONTHS[row // len(_DEPARTMENTS) % 12], rng.randrange(0, 190)


def _spending(rng: random.Random, row: int) -> tuple[Cell, ...]:
    paid = date(2018, 4, 2) + timedelta(days=5 * row)
    return f"{paid:%d/%m/%Y}", rng.choice(_HOTELS), rng.randrange(1, 9), rng.randrange(58, 1400)


_MAKERS: dict[str, tuple[str, tuple[str, ...], Callable[[random.Random, int], tuple[Cell, ...]]]] = {
    "vehicles": ("Fleet", ("Number", "Make and model", "Fuel", "Year", "Miles"), _vehicles),
    "offences": ("Offences", ("Month", "Ward", "Recorded", "Charged"), _offences),
    "interpreters": ("Languages", ("Language", "Year", "Hours", "Cost (£)"), _interpreters),
    "searches": ("Searches", ("Month", "Age", "Number"), _searches),
    "buildings": ("Buildings", ("Building", "Date", "Price (£)"), _buildings),
    "missing": ("Reports", ("Area", "Age group", "2019", "2020"), _missing),
    "sickness": ("Days lost", ("Department", "Month", "Days"), _sickness),
    "spending": ("Payments", ("Date", "To", "Number", "Sum (£)"), _spending),
}


def table(holds: str, key: str, title: str, rows: int) -> Table:
    """The table of one case. Raises ``KeyError`` for a kind that does not exist."""
    name, head, maker = _MAKERS[holds]
    rng = source("table", key)
    return Table(name, title, head, tuple(maker(rng, row) for row in range(rows)))
