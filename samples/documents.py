"""Files that answers come with: which is made how, what stands in it, and what is hidden in it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.disclosure import Regime, Voice

from . import office, pdfs
from .letters import letter
from .markup import Block, blocks
from .tables import Table, table
from .topics import Case, FileSpec, case, source, words

if TYPE_CHECKING:
    from collections.abc import Callable

_TYPES = {
    "csv": ("csv", "text/csv"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "ods": ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    "odt": ("odt", "application/vnd.oasis.opendocument.text"),
    "rtf": ("rtf", "application/rtf"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_PDF = ("pdf", "application/pdf")
_ERROR_PAGE = (
    "<!DOCTYPE html>\n<html lang='en'><head><title>Document store</title></head><body><h1>Document store</h1>"
    "<p>Your session has ended. Please sign in again to see this document.</p></body></html>\n"
)
FIRST_SHEET, NOTES_SHEET = 1, 2  # pages of a workbook are its sheets in order


@dataclass(frozen=True, slots=True)
class Made:
    """One file. ``phrase_page`` is the page the phrase stands on; ``hidden`` is a word that nobody is meant to see."""

    body: bytes
    phrase_page: int | None = None
    hidden: str | None = None


def _type(spec: FileSpec) -> tuple[str, str]:
    return _TYPES.get(spec.kind.partition("-")[0], _PDF) if not spec.kind.startswith("html") else _PDF


def media_type(spec: FileSpec) -> str:
    """What the server says it is."""
    return _type(spec)[1]


def file_name(one: Case, number: int) -> str:
    """The name a file has on the site, escaped as an address; forces name their files as they like."""
    spec = one.files[number - 1]
    ending = _type(spec)[0]
    reference = one.reference.replace("/", "-")
    if one.log == "kingsmarsh":
        return f"Response%20{reference}.{ending}"
    if one.log == "penrock":  # puts the requester's name where the public can read it
        return f"{reference}_{one.requester.split()[-1]}_Final.{ending}"
    return f"{words(one.title)[:60]}-{words(reference)}{'' if number == 1 else f'-{number}'}.{ending}"


def _look(one: Case) -> pdfs.Look:
    running = "LINDENVALE POLICE\nPolice Headquarters, Priory Mews" if one.log == "lindenvale" else None
    return pdfs.Look(serif=one.house.voice % 3 == 0, running=running)


def hidden_word(key: str) -> str:
    """A word that stands nowhere else: what must never be found by anybody."""
    rng = source("hidden", key)
    return "Quill" + "".join(rng.choice("bdfglmnprst") + rng.choice("aeiou") for _ in range(4))


@cache
def _enclosures() -> dict[str, str]:
    return tomllib.loads((Path(__file__).parent / "enclosures.toml").read_text(encoding="utf-8"))


def _enclosure(spec: FileSpec, phrase: str | None, hidden: str) -> list[Block]:
    script = _enclosures()[spec.holds].replace("{phrase}", phrase or "").replace("{hidden}", f"Dr {hidden} Sedgemoor")
    return blocks(script, Voice.OTHER, Regime.FOIA)


def _edition(one: Case, spec: FileSpec, edition: int) -> int:
    """A file changes only where something in it does."""
    return edition if spec.second_edition or (one.second_answer and spec.holds == "letter") else 1


def made(key: str, number: int, edition: int) -> Made:
    """One file of one case, counted from 1. Raises ``KeyError`` for a kind that nobody makes."""
    one = case(key)
    return _made(key, number, _edition(one, one.files[number - 1], edition))


@cache
def _made(key: str, number: int, edition: int) -> Made:
    one = case(key)
    spec = one.files[number - 1]
    phrase = spec.second_edition if edition > 1 and spec.second_edition else spec.phrase
    makers: dict[str, Callable[[Case, FileSpec, str | None, int], Made]] = {
        "csv": lambda *asked: Made(office.comma_separated(_table(*asked), asked[2]), _first(asked[2])),
        "ods": lambda *asked: Made(office.open_spreadsheet(_table(*asked), asked[2]), _notes(asked[2])),
        "xlsx": lambda *asked: Made(office.workbook(_table(*asked), asked[2]), _notes(asked[2])),
        "xlsx-hidden-sheet": _hidden_sheet,
        "xlsx-hidden-rows": _hidden_rows,
        "docx": lambda *asked: Made(office.word(_blocks(*asked), one.title, one.staff[0], asked[2]), _first(asked[2])),
        "odt": lambda *asked: Made(office.open_text(_blocks(*asked), asked[2]), _first(asked[2])),
        "rtf": lambda *asked: Made(office.rich_text(_blocks(*asked), asked[2]), _first(asked[2])),
        "html-as-pdf": lambda *_asked: Made(_ERROR_PAGE.encode()),
    }
    return makers.get(spec.kind, _pdf)(one, spec, phrase, edition)


def _first(phrase: str | None) -> int | None:
    return FIRST_SHEET if phrase else None


def _notes(phrase: str | None) -> int | None:
    return NOTES_SHEET if phrase else None


def _table(one: Case, spec: FileSpec, _phrase: str | None, _edition: int) -> Table:
    return table(spec.holds, one.key, one.title, spec.rows)


def _blocks(one: Case, spec: FileSpec, phrase: str | None, edition: int) -> list[Block]:
    if spec.holds == "letter":
        return list(letter(one.key, edition).whole)
    return _enclosure(spec, phrase, hidden_word(one.key))


def _hidden_sheet(one: Case, spec: FileSpec, phrase: str | None, edition: int) -> Made:
    hidden = hidden_word(one.key)
    body = office.workbook(_table(one, spec, phrase, edition), phrase, hidden_sheet=f"Dr {hidden} Sedgemoor")
    return Made(body, _notes(phrase), hidden)


def _hidden_rows(one: Case, spec: FileSpec, phrase: str | None, edition: int) -> Made:
    hidden = hidden_word(one.key)
    body = office.workbook(_table(one, spec, phrase, edition), phrase, hidden_row=f"Dr {hidden} Sedgemoor")
    return Made(body, _notes(phrase), hidden)


def _pdf(one: Case, spec: FileSpec, phrase: str | None, edition: int) -> Made:
    look = _look(one)
    if spec.kind == "pdf-table":
        return Made(*pdfs.long_table(_table(one, spec, phrase, edition), look, phrase))
    if spec.kind == "pdf2":
        return Made(*pdfs.two_columns(letter(one.key, edition).whole, look, one.title, phrase))
    if spec.kind == "pdf-locked":
        return Made(pdfs.locked(_enclosure(spec, phrase, ""), look, one.title, "umbrella"))
    if spec.kind == "pdf-blackbox":
        hidden = hidden_word(one.key)
        made = pdfs.enclosure(
            _enclosure(spec, phrase, hidden), look, one.title, phrase, hidden=f"Dr {hidden} Sedgemoor"
        )
        return Made(*made, hidden)
    if spec.holds == "letter":
        body, page = pdfs.letter(letter(one.key, edition).whole, look, one.title, phrase)
    else:
        body, page = pdfs.enclosure(_enclosure(spec, phrase, ""), look, one.title, phrase)
    if spec.kind == "pdf-scan":
        return Made(pdfs.scan(body, one.title), page)
    if spec.kind == "pdf-truncated":
        return Made(pdfs.truncated(body))
    if spec.kind != "pdf":
        raise KeyError(f"{one.key}: nobody makes files of kind {spec.kind!r}")
    return Made(body, page)
