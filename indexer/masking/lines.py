"""A page as lines and table cells, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or a cell of a table row, without the white space and quote marks around it."""

    text: str  # of the page
    start: int
    end: int

    @property
    def words(self) -> str:
        """What it says."""
        return self.text[self.start : self.end]

    def __bool__(self) -> bool:
        return self.end > self.start


_EDGES = " \t\u00a0\r>*_|"  # quote marks of a thread, emphasis of Markdown, borders


def lines_of(text: str) -> list[Line]:
    """Every line, cells of a row each for itself; empty lines stand for the gaps between paragraphs."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for whole in text.split("\n"):
        cell = at
        for piece in whole.split("|"):
            start, end = cell, cell + len(piece)
            while start < end and text[start] in _EDGES:
                start += 1
            while end > start and text[end - 1] in _EDGES:
                end -= 1
            if end > start or "|" not in whole:
                yield Line(text, start, end)
            cell += len(piece) + 1
        at += len(whole) + 1
