"""What every spreadsheet format is read into: visible sheets of visible cells, as text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field

from indexer.disclosure import FailureKind, Hold
from indexer.extraction.document import Content, Limits, UnreadableError

NARROWEST = 0.35  # characters: a narrower column shows not even one letter
LOWEST = 2.0  # points: a lower row shows no letter
SMALLEST = 1.5  # points: smaller letters cannot be read
FORMULA_TEXT = re.compile(r'"((?:[^"]|"")*)"')
FORMAT_CODE = re.compile(r"[dmyhsDMYHS0#?.,:/\\ \-%£$€;@_*()<>=]*")
ADDRESS = re.compile(r"https?://|mailto:|\A[#']?\S+!\$?[A-Z]{1,3}\$?\d+", re.IGNORECASE)
# Words that formulas and lists of ordinary workbooks choose between; they name nobody.
_COMMON_CHOICES = """
    yes/no/y/n/n/a/na/nil/none/true/false/unknown/not known/other/error/not found/missing/blank/total/high/medium/low
    over/under/pass/fail/ok/check/open/closed/male/female/not stated/not recorded/not applicable/please select/select
    overdue/on time/complete/incomplete/increase/decrease/no change/up/down/same/above/below/met/not met
"""
COMMON_CHOICES = frozenset(re.split(r"[/\n]\s*", _COMMON_CHOICES.strip())) | {"n/a"}


@dataclass(slots=True)
class Sheet:
    """A visible sheet. ``cells`` holds what a person sees, by row and column counted from 1."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)  # the text of drawn boxes, in the order of the file

    def rows(self) -> list[list[str]]:
        """The cells as rows; empty rows and columns are left out, empty cells between others are kept."""
        columns = sorted({column for _, column in self.cells})
        by_row: dict[int, dict[int, str]] = {}
        for (row, column), text in self.cells.items():
            by_row.setdefault(row, {})[column] = text
        return [[by_row[row].get(column, "") for column in columns] for row in sorted(by_row)]

    def text(self) -> str:
        """One line a row, cells parted by `` | ``; what stands in drawn boxes follows."""
        lines = [" | ".join(" ".join(cell.split()) for cell in row).rstrip(" ") for row in self.rows()]
        return "\n".join([*lines, *self.boxes])

    def csv(self) -> str:
        """The rows as CSV (RFC 4180), with formulas of a spreadsheet program made harmless."""
        out = io.StringIO()
        writer = csv.writer(out)
        for row in self.rows():
            writer.writerow([harmless(cell) for cell in row])
        return out.getvalue()


@dataclass(slots=True)
class Workbook:
    """What a reader of one format found."""

    limits: Limits
    sheets: list[Sheet] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    cells: int = 0

    def sheet(self, name: str) -> Sheet:
        """A new visible sheet."""
        self.sheets.append(Sheet(name))
        return self.sheets[-1]

    def put(self, sheet: Sheet, row: int, column: int, text: str) -> None:
        """A visible cell. Raises UnreadableError (``too_large``) above the limit."""
        self.cells += 1
        if self.cells > self.limits.cells:
            raise UnreadableError(FailureKind.TOO_LARGE, f"more than {self.limits.cells} cells")
        if text:
            sheet.cells[row, column] = text

    def count(self, kind: str, sheet: str) -> None:
        """One more cell of a sheet that is hidden in one way; told as one hold with the number of cells."""
        self.counts[kind, sheet] += 1

    def hold(self, kind: str, where: str) -> None:
        """A finding, told once."""
        found = Hold(kind=kind, where=where)
        if found not in self.holds:
            self.holds.append(found)

    def content(self) -> Content:
        """The workbook as pages, one for each visible sheet."""
        counted = (
            Hold(kind=kind, where=f"{sheet}: {number} {'cell' if number == 1 else 'cells'}")
            for (kind, sheet), number in sorted(self.counts.items())
        )
        return Content(pages=tuple(sheet.text() for sheet in self.sheets), holds=(*self.holds, *counted))

    def hidden_words(self, formulas: dict[str, list[str]]) -> None:
        """Counts the formulas (by sheet) that carry words which no visible cell shows.

        Functions that carry their arguments are on the regulator's list ("How to disclose information safely", 2018).
        """
        seen = "\n".join(text for sheet in self.sheets for text in sheet.cells.values()).lower()
        for name, texts in formulas.items():
            for formula in texts:
                if any(_unseen(words, seen) for words in FORMULA_TEXT.findall(formula)):
                    self.count("hidden_formula", name)

    def hidden_choices(self, choices: dict[str, list[str]]) -> None:
        """Holds lists of choices (by sheet, separated by commas) with words that no visible cell shows."""
        seen = "\n".join(text for sheet in self.sheets for text in sheet.cells.values()).lower()
        for name, lists in choices.items():
            options = [option.strip() for text in lists for option in text.strip('"').split(",")]
            if any(_unseen(option, seen) for option in options):
                self.hold("hidden_choice_list", name)


def _unseen(words: str, seen: str) -> bool:
    words = words.strip().lower()
    return (
        len(words) >= 3  # shorter ones are units and separators
        and any(c.isalpha() for c in words)
        and not FORMAT_CODE.fullmatch(words)
        and not ADDRESS.match(words)
        and words not in COMMON_CHOICES
        and words not in seen
    )


def harmless(cell: str) -> str:
    """A CSV cell that no spreadsheet program takes for a formula (OWASP, "CSV Injection"). Negative numbers stay."""
    if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"[+-]?[£$€]?[\d,.]+%?", cell):
        return "'" + cell
    return cell
