"""A letter as one line of plain text, with the way back to its pages.

Sentences run over lines and pages, so cues are looked for in a *flat* text: one space for every run of white space,
plain quotes and dashes, the furniture of pages (running heads, page numbers) left out. Every position in it leads back to
a code point of a part. Lines are kept beside it, since headings and numbered questions are told by where a line begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from indexer.disclosure import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.disclosure import Part


def _plain() -> dict[int, str]:
    """One character for one, so that offsets stay: what differs only in typing becomes the same."""
    table: dict[int, str] = {}
    for chars, plain in (
        ("\r\x00\x1c\x1d\x1e\x1f\xa0\u1680\u202f\u205f\u3000*#", " "),  # Markdown's marks count as space
        ("\x0b\x0c\x85\u2028\u2029", "\n"),
        ("‘’‚‛′`´", "'"),
        ("“”„‟″«»", '"'),
        ("‐‑‒–—―−﹣－", "-"),
        ("●▪◦·‣■□➢\uf0b7\uf0a7", "•"),
        ("…", "."),
        ("İ", "I"),  # the one letter whose small form is longer than itself
    ):
        table |= dict.fromkeys(map(ord, chars), plain)
    table |= dict.fromkeys(range(8192, 8203), " ")
    table |= {ord(raised): low for raised, low in zip("ᵗʰˢⁿʳᵈ", "thsnrd", strict=True)}  # 15ᵗʰ
    return table


PLAIN = _plain()
_UNEVEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeffﬀﬁﬂﬃﬄ]")  # nothing, or several letters, in the flat text
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
EDGE_LINES = 8  # lines at the top and bottom of a page among which running heads are looked for: a long letterhead
FURNITURE_LENGTH = 160  # characters; no running head or foot is longer than two lines of print


class Line(NamedTuple):
    """One printed line: where it stands in the flat text, and how many blank lines came before it."""

    start: int
    end: int
    gap: int
    cell: int  # 0 for the first cell of a table's row, or no table


@dataclass(slots=True)
class Joined:
    """The flat text of all parts, in order. ``lower`` has the same length as ``text``."""

    parts: Sequence[Part]
    text: str = ""
    lower: str = ""
    lines: list[Line] = field(default_factory=list)
    part_starts: list[int] = field(default_factory=list)  # in the flat text, one a part
    _flat: list[int] = field(default_factory=list)
    _original: list[int] = field(default_factory=list)

    def part_at(self, position: int) -> int:
        """The number of the part that a flat position lies in."""
        return max(bisect_right(self.part_starts, position) - 1, 0)

    def original(self, position: int) -> int:
        """The code point, in its part, that a flat position stands for."""
        at = bisect_right(self._flat, position) - 1
        return self._original[at] + position - self._flat[at] if at >= 0 else 0

    def span(self, start: int, end: int) -> Span:
        """The stretch of a part that a stretch of flat text stands for; at a page's end it stops."""
        number = self.part_at(start)
        if number + 1 < len(self.part_starts):
            end = min(end, self.part_starts[number + 1])
        while end > start + 1 and self.text[end - 1] == " ":
            end -= 1
        part = self.parts[number]
        first = min(self.original(start), len(part.text))
        last = min(self.original(max(end - 1, start)) + 1, len(part.text)) if end > start else first
        return Span(part=part.part, page=part.page, start=first, end=max(last, first))

    def printed(self, span: Span, start: int) -> str:
        """The words of a span as printed; ``start`` is its flat beginning."""
        return self.parts[self.part_at(start)].text[span.start : span.end]


def join(parts: Sequence[Part]) -> Joined:
    """All parts as one flat text. Linear in their length."""
    joined = Joined(parts)
    plain = [_lines_of(part.text) for part in parts]
    furniture = _furniture(parts, plain)
    pieces: list[str] = []
    length = 0
    for number, (part, lines) in enumerate(zip(parts, plain, strict=True)):
        joined.part_starts.append(length)
        gap = 1 if number and part.part != parts[number - 1].part else 0
        position = 0
        heads, feet = furniture.get(number, (frozenset(), frozenset()))
        for row, line in enumerate(lines):
            offset, position = position, position + len(line) + 1
            if not line.strip(" \t"):
                gap += 1
                continue
            if row in heads or row in feet:
                continue
            for cell, (start, shown) in enumerate(_cells(line)):
                flat = _flatten(joined, shown, length, offset + start)
                if not flat:
                    continue
                joined.lines.append(Line(length, length + len(flat), gap, cell))
                pieces.append(flat)
                length += len(flat) + 1
                gap = 0
    joined.text = " ".join(pieces)
    joined.lower = joined.text.lower()
    return joined


def _lines_of(text: str) -> list[str]:
    if "\n" not in text and "\r" in text:
        text = text.replace("\r", "\n")
    return text.translate(PLAIN).split("\n")


_CELL = re.compile(r"\t+| ?(?<![^ \t])\|(?![^ \t]) ?")  # extraction writes a row of a table as cells with " | " between


def _cells(line: str) -> list[tuple[int, str]]:
    """The cells of a table's row with where each starts; a plain line is one cell."""
    if "|" not in line and "\t" not in line:
        return [(0, line)]
    cells = []
    start = 0
    for mark in _CELL.finditer(line):
        if line[start : mark.start()].strip(" -"):
            cells.append((start, line[start : mark.start()]))
        start = mark.end()
    if line[start:].strip(" -"):
        cells.append((start, line[start:]))
    return cells


def _flatten(joined: Joined, line: str, at: int, offset: int) -> str:
    """A line without double spaces, its offsets noted: flat position ``at`` stands for ``offset`` in the part."""
    shown = line.strip(" \t")
    offset += len(line) - len(line.lstrip(" \t"))
    joined._flat.append(at)
    joined._original.append(offset)
    if "  " not in shown and not _UNEVEN.search(shown):
        return shown
    pieces: list[str] = []
    length = position = 0
    for hit in re.finditer(f"  +|{_UNEVEN.pattern}", shown):
        before = shown[position : hit.start()]
        pieces.append(before)
        length += len(before)
        found = hit.group()
        put = " " if found[0] == " " else _LIGATURES.get(found, "")
        if put == " " and length and pieces[-1].endswith(" "):
            put = ""
        for number in range(len(put)):
            joined._flat.append(at + length + number)
            joined._original.append(offset + hit.start())
        pieces.append(put)
        length += len(put)
        position = hit.end()
        joined._flat.append(at + length)
        joined._original.append(offset + position)
    pieces.append(shown[position:])
    return "".join(pieces)


def _furniture(parts: Sequence[Part], plain: list[list[str]]) -> dict[int, tuple[frozenset[int], frozenset[int]]]:
    """Rows that every page of a document repeats: heads (kept on its first page) and feet, by number of the part."""
    found: dict[int, tuple[frozenset[int], frozenset[int]]] = {}
    documents: dict[str, list[int]] = {}
    for number, part in enumerate(parts):
        documents.setdefault(part.part, []).append(number)
    for pages in documents.values():
        if len(pages) < 2:  # one page repeats nothing
            continue
        edges = {number: _edges(plain[number]) for number in pages}
        tally: Counter[str] = Counter()
        for tops, bottoms in edges.values():
            tally.update(f"head {place} {_shape(line)}" for place, line in enumerate(tops.values()))
            tally.update(f"foot {place} {_shape(line)}" for place, line in enumerate(bottoms.values()))
        needed = max(2, (len(pages) * 2 + 2) // 3)  # two pages of three: a first page may have a head of its own
        for number in pages:
            tops, bottoms = edges[number]
            heads = _run("head", tops, tally, needed) if number != pages[0] else frozenset()
            found[number] = (heads, _run("foot", bottoms, tally, needed))
    return found


def _edges(lines: list[str]) -> tuple[dict[int, str], dict[int, str]]:
    shown = [(row, line.strip(" \t")) for row, line in enumerate(lines)]
    filled = [(row, line) for row, line in shown if line]
    half = min(EDGE_LINES, len(filled) // 2)
    return dict(filled[:half]), dict(reversed(filled[len(filled) - half :]))


def _run(where: str, edge: dict[int, str], tally: Counter[str], needed: int) -> frozenset[int]:
    """The rows from the page's edge inwards up to the last that is repeated, where all between are repeated too."""
    rows = []
    for place, (row, line) in enumerate(edge.items()):
        seen = tally[f"{where} {place} {_shape(line)}"]
        if len(line) > FURNITURE_LENGTH or seen < needed or not _LETTER.search(line):
            break  # figures alone may be a table's
        rows.append(row)
    return frozenset(rows)


def _shape(line: str) -> str:
    return _DIGITS.sub("0", line)
