"""A letter as one line of plain text, with the way back to its pages.

Sentences run over lines and pages, so cues are looked for in a *flat* text: one space for every run of white space,
plain quotes and dashes, letters without accents, the furniture of pages (running heads, page numbers) left out. Every
position in it leads back to a code point of a part. Lines are kept beside it: headings and numbered questions are told
by where a line begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import normalize

from indexer.disclosure import Span
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.disclosure import Part


def _plain() -> dict[str, str]:
    """One character for one, so that offsets stay: what differs only in typing becomes the same."""
    table: dict[str, str] = {}
    for chars, plain in (
        ("\r\x00\x1c\x1d\x1e\x1f\xa0\u1680\u202f\u205f\u3000*#", " "),  # Markdown's marks count as space
        ("\x0b\x0c\x85\u2028\u2029", "\n"),
        ("‘’‚‛′`´", "'"),
        ("“”„‟″«»", '"'),
        ("‐‑‒–—―−﹣－", "-"),
        ("●▪◦•‣■□➢\uf0b7\uf0a7\ufffd", "·"),  # of one byte, as all else; the last: of a font that cannot be read
        ("…", "."),
        ("İ", "I"),  # the one letter whose small form is longer than itself
    ):
        table |= dict.fromkeys(chars, plain)
    table |= dict.fromkeys(map(chr, range(8192, 8203)), " ")
    table |= dict(zip("ᵗʰˢⁿʳᵈ", "thsnrd", strict=True))  # 15ᵗʰ
    for char in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))):  # Welsh and Gaelic letters, names: "Bràigh"
        letter = normalize("NFD", char)[0]
        if letter.isascii():
            table.setdefault(char, letter)
    return table


_PLAIN = _plain()
_ODD_ASCII = tuple((char, plain) for char, plain in _PLAIN.items() if char.isascii())
_ASCII = bytes(range(128))
_UNEVEN_CHARS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeffﬀﬁﬂﬃﬄ"  # nothing, or several letters, in the flat text
_UNEVEN = compiled(f"[{_UNEVEN_CHARS}]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_DIGITS = compiled(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")  # of any script
EDGE_LINES = 8  # lines at the top and bottom of a page among which running heads are looked for: a long letterhead
FURNITURE_LENGTH = 160  # characters; no running head or foot is longer than two lines of print


Row = tuple[int, int, int, int, bool]
"""A printed line: start and end in the flat text, blank lines before it, its cell in a table's row (0 for the first, or
for no table), and whether it begins a row of several cells. ``fields`` names the places; without names, since every
stage reads all of them."""


@dataclass(slots=True)
class Joined:
    """The flat text of all parts, in order. ``lower`` has the same length as ``text``."""

    parts: Sequence[Part]
    text: str = ""
    lower: str = ""
    rows: list[Row] = field(default_factory=list)
    reordered: bool = False  # some cells stand in another order than they are printed in
    part_starts: list[int] = field(default_factory=list)  # in the flat text, one a part
    _flat: list[int] = field(default_factory=list)
    _original: list[int] = field(default_factory=list)

    def part_at(self, position: int) -> int:
        """The number of the part that a flat position lies in."""
        return bisect_right(self.part_starts, position) - 1 if len(self.part_starts) > 1 else 0

    def original(self, position: int) -> int:
        """The code point, in its part, that a flat position stands for."""
        at = bisect_right(self._flat, position) - 1
        return self._original[at] + position - self._flat[at] if at >= 0 else 0

    def span(self, start: int, end: int) -> Span:
        """The stretch of a part that a stretch of flat text stands for; at a page's end it stops."""
        borders, text, flat = self.part_starts, self.text, self._flat
        number = 0
        if len(borders) > 1:
            number = bisect_right(borders, start)
            if number < len(borders) and borders[number] < end:
                end = borders[number]
            number -= 1
        while end > start + 1 and text[end - 1] == " ":
            end -= 1
        part = self.parts[number]
        if not flat:
            return Span(part=part.part, page=part.page, start=0, end=0)
        after = bisect_right(flat, start)
        shift = self._original[after - 1] - flat[after - 1]
        first = last = start + shift
        if end > start:
            if after < len(flat) and flat[after] < end:  # else it ends on the line on which it begins
                after = bisect_right(flat, end - 1, after)
                shift = self._original[after - 1] - flat[after - 1]
            last = end + shift
        length = len(part.text)
        if last > length or first > length:
            first, last = min(first, length), min(last, length)
        if last < first:
            last = first
        return Span(part=part.part, page=part.page, start=first, end=last)

    def printed(self, span: Span, start: int) -> str:
        """The words of a span as printed; ``start`` is its flat beginning."""
        return self.parts[self.part_at(start)].text[span.start : span.end]


def join(parts: Sequence[Part]) -> Joined:
    """All parts as one flat text. Linear in their length."""
    joined = Joined(parts)
    texts = [plain_text(part.text) for part in parts]
    plain = [text.split("\n") for text in texts]
    furniture = _furniture(parts, plain)
    pieces: list[str] = []
    lines, flat, original = joined.rows, joined._flat, joined._original
    length = gap = 0
    for number, text in enumerate(texts):
        joined.part_starts.append(length)
        if number and parts[number].part != parts[number - 1].part:
            gap = 1
        rows = furniture.get(number, _NO_ROWS)
        if _is_even(text):  # as most pages are: nothing to strip, to squeeze or to put in order
            place = blank = 0
            shift: int | None = None  # between the flat text and the part
            for row, line in enumerate(plain[number]):
                offset, place = place, place + len(line) + 1
                shown = line.strip(" ")
                if not shown:
                    blank += 1
                elif row in rows:
                    pass
                elif shown[0] in _DRAWN and _RULE.fullmatch(shown):
                    blank += 1
                else:
                    if line[0] == " ":
                        offset += 1
                    if offset - length != shift:  # else it stands for the next code points, as the line before
                        flat.append(length)
                        original.append(offset)
                        shift = offset - length
                    end = length + len(shown)
                    lines.append((length, end, gap + blank, 0, False))
                    pieces.append(shown)
                    length = end + 1
                    gap = blank = 0
            continue
        odd = _has_uneven(text)
        spaced = "  " in text or "\t" in text
        before = 0
        for offset, shown, blank, cell, row in _fragments(text, plain[number], rows):
            gap += blank
            if offset < before:
                joined.reordered = True
            before = offset
            flat.append(length)
            original.append(offset)
            if (spaced and "  " in shown) or (odd and _UNEVEN.search(shown)):
                shown = _flatten(joined, shown, length, offset)
                if not shown:
                    continue
            end = length + len(shown)
            lines.append((length, end, gap, cell, row))
            pieces.append(shown)
            length = end + 1
            gap = 0
    joined.text = " ".join(pieces)
    joined.lower = joined.text.lower()
    return joined


def _is_even(text: str) -> bool:
    """Whether every line is printed just as it stands: no table, no quotation, no space but single ones."""
    return not ("|" in text or "\t" in text or ">" in text or "  " in text or _has_uneven(text))


_STAR = compiled(r"(?m)^([ \t]*)\*(?=[ \t])")  # the mark of a list; any other star is emphasis


def plain_text(text: str) -> str:
    """A text with what differs only in typing the same, character for character."""
    if "\n" not in text and "\r" in text:
        text = text.replace("\r", "\n")
    if "*" in text:
        text = _STAR.sub(r"\1·", text)
    if not text.isascii():  # what is not ASCII is left when its bytes are dropped, in one pass
        for char in set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")):
            if char in _PLAIN:
                text = text.replace(char, _PLAIN[char])
    for char, plain in _ODD_ASCII:
        if char in text:
            text = text.replace(char, plain)
    return text


def _has_uneven(text: str) -> bool:
    return not text.isascii() and any(map(text.__contains__, _UNEVEN_CHARS))


_Fragment = tuple[int, str, int, int, bool]  # place in the part, text, blank lines before it, column, begins a row
_NO_ROWS: frozenset[int] = frozenset()


def _fragments(text: str, lines: list[str], furniture: frozenset[int]) -> list[_Fragment]:
    """Lines in reading order: a row of two columns printed over several lines comes cell by cell."""
    found: list[_Fragment] = []
    table: list[list[_Fragment]] = []
    gap = position = 0
    tabular = "|" in text or "\t" in text or "    " in text
    for row, line in enumerate(lines):
        offset, position = position, position + len(line) + 1
        shown = line.strip(" \t")
        if not shown:
            gap += 1
            continue
        if row in furniture:
            continue
        if shown[0] in _DRAWN:
            if _RULE.fullmatch(shown):
                gap += "|" not in shown
                continue
            if shown[0] == ">":
                shown = shown.lstrip("> \t")
                line = " " * line.index(shown) + shown
        if tabular and ("|" in shown or "\t" in shown or ("    " in shown and _WIDE.search(shown))):
            cells = [(offset + start, text, 0, cell, False) for cell, start, text in _cells(line)]
            if cells:
                if gap and table:
                    found += _row_by_row(table)
                    table = []
                first = cells[0]
                cells[0] = (first[0], first[1], gap, first[3], len(cells) > 1)
                table.append(cells)
                gap = 0
            continue
        if table:
            found += _row_by_row(table)
            table = []
        if line[0] in " \t":
            offset += line.index(shown)
        found.append((offset, shown, gap, 0, False))
        gap = 0
    if table:
        found += _row_by_row(table)
    return found


_DRAWN = "|:+-_=~>"
_RULE = compiled(
    r"[\s|:+-]*\|[\s|:+-]*|[\s_=~-]{5,}|[\s>]+"
)  # a ruled line, a Markdown table's, an empty line of a quotation


def _row_by_row(table: list[list[_Fragment]]) -> list[_Fragment]:
    """The fragments of consecutive lines of a table, where a row goes on over lines put together again."""
    if len(table) < 2 or max(cell for cells in table for _, _, _, cell, _ in cells) != 1:
        return [fragment for cells in table for fragment in cells]
    rows: list[list[_Fragment]] = []
    for cells in table:
        place, shown, gap, column, _ = cells[0]
        goes_on = column == 1 or shown.lstrip(" (\"'")[:1].islower()
        if rows and goes_on:
            rows[-1] += [(place, shown, gap, column, False), *cells[1:]]
        else:
            rows.append(list(cells))
    return [fragment for row in rows for fragment in sorted(row, key=_column)]


def _column(fragment: _Fragment) -> int:
    return fragment[3]


_CELL = compiled(r"\t+| ?(?<![^ \t])\|(?![^ \t]) ?| {4,}")  # extraction writes a table's row with " | " between cells
_WIDE = compiled(r"(?<=[^\s:]) {4,}(?=\S)")  # columns set with spaces; after a colon stands a label's value
_ONE_CELL = compiled(  # the mark of a list, a provision before its title, a label before its value
    r"\s*(?:\(?[\w.]{1,3}[).]?|[·>o&-]|(?:section|regulation|article|exemption|reg|s)s?\.? ?\d[\w()]*|"
    r".{0,24}\b(?:ref|reference|date|dated|received|issued|answered|responded|decided|case|number|no|subject|to|from)\b"
    r"\.?) *$",
    re.IGNORECASE,
)


_BULLET_CELL = compiled(r"(\s*·\s*)\|")


def _cells(line: str) -> list[tuple[int, int, str]]:
    """The cells of a table's row: its column, where it starts, its text without space around it."""
    if " | " in line and not any(map(line.__contains__, _UNUSUAL)) and line[0] != "|" != line[-1]:
        return _plain_cells(line)
    ruled = "|" in line or "\t" in line
    if line.startswith("|") and line.rstrip(" \t").endswith("|"):  # Markdown's outer rules
        line = " " + line[1:].rstrip(" \t")[:-1]
    bullet = _BULLET_CELL.match(line)
    if bullet:  # the mark of a list, set in a column of its own
        line = bullet[1] + " " + line[bullet.end() :]
    cells: list[tuple[int, int, str]] = []
    start = columns = 0
    for mark in _CELL.finditer(line):
        shown = line[start : mark.start()]
        blank = not shown.strip(" -")
        if (
            mark.group()[0] == " "
            and "|" not in mark.group()
            and (ruled or blank or shown.endswith(":") or _ONE_CELL.match(shown))
        ):
            continue
        if not blank:
            cells.append((columns, start, shown))
        columns += 1
        start = mark.end()
    if line[start:].strip(" -"):
        cells.append((columns, start, line[start:]))
    cells = [
        (column, begin + len(shown) - len(shown.lstrip(" \t")), shown.strip(" \t")) for column, begin, shown in cells
    ]
    if columns > 1:  # of a wide table the empty cells say nothing
        return [(number, start, shown) for number, (_, start, shown) in enumerate(cells)]
    return cells


_UNUSUAL = ("  ", "\t", "| |", "·")  # in a row: what only a search can cut


def _plain_cells(line: str) -> list[tuple[int, int, str]]:
    """The cells of a row that extraction has written: " | " between cells, and no more space than that."""
    cells: list[tuple[int, int, str]] = []
    start = 0
    columns = line.split(" | ")
    wide = len(columns) > 2  # of a wide table the empty cells say nothing
    for column, cell in enumerate(columns):
        shown = cell.strip(" ")
        if shown.strip(" -"):
            cells.append((len(cells) if wide else column, start + (cell[0] == " "), shown))
        start += len(cell) + 3
    return cells


_NUMBERED = compiled(
    r"(?:\d{1,2}|[A-H]) {2,}(?=[A-Z]|(?<=[A-H]  )\S|(?<=[A-H]   )\S)"
    r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)


_GAPS = compiled(f"  +|{_UNEVEN.pattern}")


def _flatten(joined: Joined, shown: str, at: int, offset: int) -> str:
    """A line without double spaces, its offsets noted: flat position ``at`` stands for ``offset`` in the part."""
    if _NUMBERED.match(shown):
        shown = shown.replace("  ", ". ", 1)  # "1   How many …": a number set apart numbers what follows
    pieces: list[str] = []
    length = position = 0
    for hit in _GAPS.finditer(shown):
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


def _furniture(parts: Sequence[Part], plain: list[list[str]]) -> dict[int, frozenset[int]]:
    """Rows that every page of a document repeats: heads (kept on its first page) and feet, by number of the part."""
    found: dict[int, frozenset[int]] = {}
    documents: dict[str, list[int]] = {}
    for number, part in enumerate(parts):
        documents.setdefault(part.part, []).append(number)
    for pages in documents.values():
        if len(pages) > 1:  # one page repeats nothing
            found.update(zip(pages, _repeated([plain[number] for number in pages]), strict=True))
    return found


_Edge = tuple[int, str]  # a row with its text
_MIDDLE: _Edge = (-1, "")  # where lines from the top and from the bottom have met


def _repeated(pages: list[list[str]]) -> list[frozenset[int]]:
    """The rows of each page, from its edges inwards up to the last, that two pages of three have in the same place."""
    edges = [(_filled(lines, range(len(lines))), _filled(lines, range(len(lines) - 1, -1, -1))) for lines in pages]
    found: list[set[int]] = [set() for _ in pages]
    heads = list(range(1, len(pages)))  # pages whose every line so far is repeated; the first page keeps its head
    feet = list(range(len(pages)))
    for _ in range(EDGE_LINES):
        pairs = [(next(top, _MIDDLE), next(bottom, _MIDDLE)) for top, bottom in edges]
        pairs = [pair if pair[0][0] < pair[1][0] else (_MIDDLE, _MIDDLE) for pair in pairs]
        if heads:
            heads = _going_on([top for top, _ in pairs], heads, found)
        if feet:
            feet = _going_on([bottom for _, bottom in pairs], feet, found)
        if not heads and not feet:  # of most letters after the first line
            break
    return [frozenset(rows) for rows in found]


def _filled(lines: list[str], rows: range) -> Iterator[_Edge]:
    for row in rows:
        shown = lines[row].strip(" \t")
        if shown:
            yield row, shown


def _going_on(edges: list[_Edge], going: list[int], found: list[set[int]]) -> list[int]:
    """Those pages whose line at this place is repeated too; its row is added to what was found."""
    firsts = {"0" if shown[:1].isdecimal() else shown[:1] for _, shown in edges}
    if len(firsts) == len(edges):
        return []  # as in most letters no two of them begin alike
    needed = max(2, (len(edges) * 2 + 2) // 3)  # two of three: a first page may have a head of its own
    shapes = [_shape(shown) for _, shown in edges]
    tally: dict[str, int] = {}
    for shape in shapes:
        tally[shape] = tally.get(shape, 0) + 1
    still = []
    for page in going:
        row, shown = edges[page]
        # figures alone may be a table's, and no running head is as long as a paragraph
        if tally[shapes[page]] >= needed and shown and len(shown) <= FURNITURE_LENGTH and _LETTER.search(shown):
            still.append(page)
            found[page].add(row)
    return still


def _shape(line: str) -> str:
    return _DIGITS.sub("0", line)
