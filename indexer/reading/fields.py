"""Labelled values: ``Our ref: 12/3``, a table's row or column, a definition list, labels and values in two blocks.

A label is looked for where letters print it: before the value on its line, in the cell to its left, in the column's
heading, on the line above, or in a block of labels that stands over (or beside) a block of values.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.reading.joined import Joined, Line

LABEL = 48  # characters: a longer line labels nothing
BLOCK = 8  # lines of one block of labels
COLUMNS = 12  # cells of one row of a table
_MARKS = " :.|-•>(["


def line_at(joined: Joined, position: int) -> int:
    """The number of the line that holds a place of the flat text; -1 where there is none."""
    return bisect_right(joined.lines, (position, len(joined.text) + 1, 0, 0)) - 1


def labels(joined: Joined, number: int) -> list[str]:
    """What may label the value at the beginning of a line, the nearest first, in small letters and without marks."""
    lines = joined.lines
    line = lines[number]
    found = []
    if number:
        before = lines[number - 1]
        if before.cell == line.cell - 1 or (line.cell == 0 and before.cell == 0):
            found.append(_words(joined, before))
        if line.cell or before.cell:
            above = _above(lines, number)
            if above is not None:
                found.append(_words(joined, above))
        beside = _beside(joined, number)
        if beside is not None:
            found.insert(0, beside)
    return [label for label in found if label]


def _words(joined: Joined, line: Line) -> str:
    return joined.lower[line.start : line.end].strip(_MARKS) if line.end - line.start <= LABEL else ""


def _above(lines: list[Line], number: int) -> Line | None:
    """The cell over this one, in the row before."""
    place, wanted = number - 1, lines[number].cell
    while place >= 0 and number - place < COLUMNS and lines[place].cell < lines[place + 1].cell:
        place -= 1  # back to the end of the row before
    while place >= 0 and number - place < 2 * COLUMNS:
        if lines[place].cell == wanted:
            return lines[place]
        if lines[place].cell == 0:
            return None
        place -= 1
    return None


def _beside(joined: Joined, number: int) -> str | None:
    """Labels one under the other, then their values one under the other: the label in the value's place."""
    lines, lower = joined.lines, joined.lower
    for count in range(2, BLOCK + 1):
        if number - count < 0:
            return None
        label = lines[number - count]
        if label.end - label.start > LABEL:
            return None
        if lower[label.end - 1] != ":":
            continue
        first = number - count
        while first > 0 and number - first < 2 * BLOCK and lower[lines[first - 1].end - 1] == ":":
            first -= 1
        last = number - count
        while last + 1 < number and lower[lines[last + 1].end - 1] == ":":
            last += 1
        size = last - first + 1
        if size > 1 and number - size >= first and number - size <= last:
            return _words(joined, lines[number - size])
        return None
    return None
