"""Labelled values: ``Our ref: 12/3``, a table's row or column, a definition list, labels and values in two blocks.

A label is looked for where letters print it: before the value on its line, in the cell to its left, in the column's
heading, on the line above, or in a block of labels that stands over (or beside) a block of values.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.reading.joined import Joined, Row

START, END, CELL = 0, 1, 3  # of a line: rows are tuples, since most are never looked at
LABEL = 48  # characters: a longer line labels nothing
COLUMNS = 12  # cells of one row of a table
BLOCK = 8  # lines of one block of labels
_MARKS = " :.|-·>(["


def line_at(joined: Joined, position: int) -> int:
    """The number of the line that holds a place of the flat text; -1 where there is none."""
    return bisect_right(joined.rows, (position, len(joined.text) + 1, 0, 0)) - 1


def labels(joined: Joined, number: int) -> list[str]:
    """What may label the value at the beginning of a line, the nearest first, in small letters and without marks."""
    lines = joined.rows
    line = lines[number]
    found = []
    if number:
        before = lines[number - 1]
        if before[CELL] == line[CELL] - 1 or (line[CELL] == 0 and before[CELL] == 0):
            found.append(_words(joined, before))
        if line[CELL] or before[CELL]:
            above = _above(lines, number)
            if above is not None:
                found.append(_words(joined, above))
        beside = _beside(joined, number)
        if beside is not None:
            found.insert(0, beside)
    return [label for label in found if label]


def left(joined: Joined, number: int) -> str:
    """The cell to the left of a line, in small letters; empty where there is none."""
    return _words(joined, joined.rows[number - 1]) if number and joined.rows[number][CELL] else ""


def _words(joined: Joined, line: Row) -> str:
    return joined.lower[line[START] : line[END]].strip(_MARKS) if line[END] - line[START] <= LABEL else ""


def _above(lines: list[Row], number: int) -> Row | None:
    """The cell over this one, in the row before."""
    column = lines[number][CELL]
    last = number - column - 1  # the last cell of the row before
    place = last - (lines[last][CELL] - column) if last >= 0 else -1
    return lines[place] if 0 <= place <= last and lines[place][CELL] == column else None


def _beside(joined: Joined, number: int) -> str | None:
    """Labels one under the other, then their values one under the other: the label in the value's place."""
    lines, lower = joined.rows, joined.lower
    place = number
    while place and number - place < BLOCK and lower[lines[place - 1][END] - 1] != ":":
        place -= 1
    size = 0
    while place - size and size <= BLOCK and lower[lines[place - size - 1][END] - 1] == ":":
        size += 1
    values = number - place
    return _words(joined, lines[place - size + values]) if 1 < size <= BLOCK and values < size else None


def values(joined: Joined, number: int) -> Iterator[int]:
    """Where the value of a label that has a line to itself may begin, the likeliest first."""
    lines, lower = joined.rows, joined.lower
    line = lines[number]
    first, last = number, number
    while first and lower[lines[first - 1][END] - 1] == ":" and number - first < BLOCK:
        first -= 1
    while last + 1 < len(lines) and lower[lines[last + 1][END] - 1] == ":" and last - number < BLOCK:
        last += 1
    if last > first and lower[line[END] - 1] == ":" and last + number - first + 1 < len(lines):
        yield lines[last + number - first + 1][START]
    if number + 1 < len(lines) and (
        lines[number + 1][CELL] == line[CELL] + 1 or lines[number + 1][CELL] == line[CELL] == 0
    ):
        yield lines[number + 1][START]
    below = number + 1
    while below < len(lines) and lines[below][CELL] and below - number < COLUMNS:
        below += 1  # to the end of the row
    if below + line[CELL] < len(lines) and lines[below + line[CELL]][CELL] == line[CELL]:
        yield lines[below + line[CELL]][START]
