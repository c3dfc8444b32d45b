"""Legacy Word documents (DOC): the text that a person sees, and what is hidden or deleted in between."""

from __future__ import annotations

import re
import struct
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from indexer.disclosure import Hold
from indexer.extraction.colours import WHITE, Colour, alike
from indexer.extraction.columns import table_lines
from indexer.extraction.docfile import HEADERS, DocFile, Properties
from indexer.extraction.document import Content, Document, Limits
from indexer.extraction.glyphs import mend
from indexer.extraction.wordstyles import fitting, written

# Numbers of properties ([MS-DOC] 2.6): of characters …
VANISH, DELETED, INSERTED, CHANGED, SIZE, INK, INK_FULL, HIGHLIGHT, STYLE, SHADE, SYMBOL = (
    0x083C, 0x0800, 0x0801, 0xCA57, 0x4A43, 0x2A42, 0x6870, 0x2A0C, 0x4A30, 0xCA71, 0x6A09,
)  # fmt: skip
# … and of paragraphs.
IN_TABLE, ROW_END, LEVEL, LIST_USE, DEPTH, INNER_CELL, INNER_ROW, ROW_HEIGHT = (
    0x2416, 0x2417, 0x260A, 0x460B, 0x6649, 0x244B, 0x244C, 0x9407,
)  # fmt: skip
INKS: tuple[Colour | None, ...] = (
    None, (0, 0, 0), (0, 0, 255), (0, 255, 255), (0, 255, 0), (255, 0, 255), (255, 0, 0), (255, 255, 0),
    (255, 255, 255), (0, 0, 128), (0, 128, 128), (0, 128, 0), (128, 0, 128), (128, 0, 0), (128, 128, 0),
    (128, 128, 128), (192, 192, 192),
)  # fmt: skip
KINDS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    5: "ordinal",
    22: "decimalZero",
}
BULLET, NO_NUMBER = 23, 255
SMALLEST = 3  # half points: smaller letters cannot be read
# Streams that carry the text and its properties; all others are held.
ALLOWED = re.compile(
    r"WordDocument|[01]Table|Data|\x05(?:Document)?SummaryInformation|\x01CompObj|MsoDataStore/.*|\x01Ole",
    re.IGNORECASE,
)
STREAMS = (("ObjectPool", "hidden_embedded_file"), ("Macros", "hidden_macro"), ("_VBA", "hidden_macro"))
FIELD_START, FIELD_MIDDLE, FIELD_END = "\x13", "\x14", "\x15"
CELL = "\x07"
DEEPEST = 8  # tables within tables: more is no layout that a person made
SIGNS = {"\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\x1f": "", "\t": " ", "\x02": "", "\x05": "", "\x01": "", "\x08": ""}


def read(document: Document, limits: Limits) -> Content:  # noqa: ARG001 every reader has one shape
    """The document as one page. Raises UnreadableError, or struct.error and the like on a broken file."""
    return _Reader(DocFile(document.data)).content()


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is put together."""

    text: str
    depth: int  # of tables around it
    cell_end: bool
    row_end: bool
    height: int | None  # twentieths of a point, where the row's height is exact


@dataclass(slots=True)
class _Table:
    rows: list[list[list[str]]] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, file: DocFile) -> None:
        self.file = file
        self.counts: Counter[str] = Counter()
        self.lists, self.uses, self.starts = file.levels()
        self.counted: dict[int, dict[int, int]] = defaultdict(dict)
        self.begun: set[int] = set()
        self.fields: list[bool] = []  # for each open field, whether its result has begun

    def content(self) -> Content:
        characters = list(self.file.text())
        at = 0
        sections: list[list[tuple[str, int]]] = []
        for length in self.file.lengths:
            sections.append(characters[at : at + length])
            at += length
        lines = self.lines(sections[0])
        head, foot = self.edges(sections[2])
        footnotes, endnotes, box_lines = (self.lines(sections[i]) for i in (1, 5, 6))
        parts = [head, lines, [line for line in box_lines if line], footnotes, endnotes, foot]
        text = "\n\n".join("\n".join(part).strip("\n") for part in parts if any(part))
        text = re.sub(r"\n{3,}", "\n\n", text).strip("\n ")
        holds = [
            Hold(kind=kind, where=f"{number} {'passage' if number == 1 else 'passages'}")
            for kind, number in sorted(self.counts.items())
            if number
        ]
        if sections[4]:
            holds.append(Hold(kind="hidden_comment", where="comments"))
        found = set()
        for stream in self.file.streams:
            if not ALLOWED.fullmatch(stream):
                found.add(next((kind for start, kind in STREAMS if stream.startswith(start)), "hidden_unknown_part"))
        holds.extend(Hold(kind=kind, where="a stream of the compound file") for kind in sorted(found))
        return Content(pages=(text,), holds=tuple(holds))

    def edges(self, characters: list[tuple[str, int]]) -> tuple[list[str], list[str]]:
        """Headers and footers of all sections. Stories come in sixes; the first six are the notes' separators."""
        plc = self.file.part(HEADERS)
        head: list[str] = []
        foot: list[str] = []
        if len(plc) < 12:
            return head, foot
        places = struct.unpack(f"<{len(plc) // 4}L", plc[: len(plc) // 4 * 4])
        for i in range(6, len(places) - 2):
            lines = [line for line in self.lines(characters[places[i] : places[i + 1]]) if line]
            into = head if (i - 6) % 6 in (0, 1, 4) else foot
            into.extend(line for line in lines if line not in into)
        return head, foot

    # paragraphs

    def lines(self, characters: list[tuple[str, int]]) -> list[str]:
        """The lines of one story: paragraphs, and tables row by row."""
        out: list[str] = []
        tables: list[_Table] = []
        for paragraph in self.paragraphs(characters):
            depth = paragraph.depth
            while len(tables) > depth:
                self.close(tables, out)
            while len(tables) < depth:
                tables.append(_Table())
            text_lines = [re.sub(r" {2,}", " ", line).strip() for line in paragraph.text.split("\n")]
            if not tables:
                out.extend(text_lines)
                continue
            table = tables[-1]
            if paragraph.row_end:
                shown = [fitting(cell, paragraph.height) for cell in table.cells]
                lost = sum(any(cell[len(kept) :]) for cell, kept in zip(table.cells, shown, strict=True))
                self.counts["hidden_row"] += lost
                table.rows.append([[line for line in cell if line] for cell in shown])
                table.cells, table.cell = [], []
                continue
            table.cell.extend(text_lines)
            if paragraph.cell_end:
                table.cells.append(table.cell)
                table.cell = []
        while tables:
            self.close(tables, out)
        return out

    def close(self, tables: list[_Table], out: list[str]) -> None:
        table = tables.pop()
        rows = table.rows + ([[[line for line in cell if line] for cell in table.cells]] if table.cells else [])
        lines = table_lines(rows)
        if tables:
            tables[-1].cell.extend(line for line in lines if line)
        else:
            out.extend(["", *lines, ""])

    def paragraphs(self, characters: list[tuple[str, int]]) -> list[_Paragraph]:
        out: list[_Paragraph] = []
        text = ""
        self.fields = []
        run: tuple[int, str | None] = (-1, None)  # the run of characters that was judged last, and the finding
        for char, offset in characters:
            if char in ("\r", CELL):
                out.append(self.paragraph(text, offset, ended_by=char))
                text = ""
                continue
            start, reason = self.judge(offset)
            if reason is not None and char.strip() and (start, reason) != run:
                self.counts[reason] += 1
            if char.strip():
                run = (start, reason)
            text += self.sign(char, offset) if reason is None else ""
        if text:
            out.append(self.paragraph(text, characters[-1][1], ended_by="\r"))
        return out

    def paragraph(self, text: str, offset: int, *, ended_by: str) -> _Paragraph:
        style, direct = self.file.paragraphs.at(offset)
        merged = {**self._inherited(style, paragraph=True), **direct}
        depth = 0
        if merged.get(IN_TABLE, b"\0")[0] or ended_by == CELL:
            depth = max(1, struct.unpack("<l", merged[DEPTH])[0]) if len(merged.get(DEPTH, b"")) == 4 else 1
        row_end = bool(merged.get(ROW_END, b"\0")[0] or merged.get(INNER_ROW, b"\0")[0])
        cell_end = ended_by == CELL or bool(merged.get(INNER_CELL, b"\0")[0])
        label = self.label(merged) if text.strip() and not row_end else ""
        height = struct.unpack("<h", merged[ROW_HEIGHT])[0] if len(merged.get(ROW_HEIGHT, b"")) == 2 else 0
        exact = -height if height < 0 else None  # a negative height is exact
        return _Paragraph(f"{label} {text}" if label else text, min(depth, DEEPEST), cell_end, row_end, exact)

    def label(self, merged: Properties) -> str:
        """The number or bullet of a paragraph in a list."""
        use = struct.unpack("<h", merged[LIST_USE])[0] if len(merged.get(LIST_USE, b"")) == 2 else 0
        levels = self.lists.get(self.uses.get(use, 0), [])
        depth = merged.get(LEVEL, b"\0")[0]
        if use <= 0 or depth >= len(levels):
            return ""
        counts = self.counted[self.uses[use]]
        if use not in self.begun:
            self.begun.add(use)
            counts.update({at: start - 1 for (owner, at), start in self.starts.items() if owner == use})
        level = levels[depth]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        if level.kind == BULLET:
            return "•"
        if level.kind == NO_NUMBER:
            return ""
        out = ""
        for char in level.text:
            at = ord(char)
            if at < 9:
                other = levels[at] if at < len(levels) else level
                out += written(counts.get(at, other.start), KINDS.get(other.kind, "decimal"))
            else:
                out += char
        return mend(out)

    # characters

    def _inherited(self, style: int, *, paragraph: bool) -> Properties:
        merged: Properties = {}
        seen: set[int] = set()
        while style in self.file.styles and style not in seen:
            seen.add(style)
            entry = self.file.styles[style]
            for number, operand in (entry.paragraph if paragraph else entry.character).items():
                merged.setdefault(number, operand)
            style = entry.parent
        return merged

    def judge(self, offset: int) -> tuple[int, str | None]:
        """The number of the run at a byte, and why it is not seen; None where it is."""
        _, direct = self.file.characters.at(offset)
        if not direct and not self.file.styles:
            return 0, None
        style, _ = self.file.paragraphs.at(offset)
        base = self._inherited(style, paragraph=False)
        named = direct.get(STYLE)
        if named is not None and len(named) == 2:
            base = {**base, **self._inherited(struct.unpack("<H", named)[0], paragraph=False)}
        merged = {**base, **direct}
        key = id(direct)
        if _on(direct.get(DELETED), None):
            return key, "hidden_tracked_change"
        if _on(direct.get(INSERTED), None) or CHANGED in direct:
            self.counts["hidden_tracked_change"] = max(1, self.counts["hidden_tracked_change"])
        if _on(direct.get(VANISH), base.get(VANISH)):
            return key, "hidden_text"
        if len(merged.get(SIZE, b"")) == 2 and struct.unpack("<H", merged[SIZE])[0] < SMALLEST:
            return key, "hidden_text"
        ink, paper = _ink(merged), _paper(merged)
        return key, "hidden_text" if ink is not None and alike(ink, paper or WHITE) else None

    def sign(self, char: str, offset: int) -> str:
        """What a character shows: fields show their results, some signs stand for others."""
        if char == FIELD_START:
            self.fields.append(False)
            return ""
        if char == FIELD_MIDDLE:
            if self.fields:
                self.fields[-1] = True
            return ""
        if char == FIELD_END:
            if self.fields:
                self.fields.pop()
            return ""
        if not all(self.fields):
            return ""
        if char == "(":
            _, direct = self.file.characters.at(offset)
            if len(direct.get(SYMBOL, b"")) == 4:
                return mend(chr(struct.unpack("<H", direct[SYMBOL][2:])[0]))
        return SIGNS[char] if char in SIGNS else mend(char)


def _on(direct: bytes | None, style: bytes | None) -> bool:
    """A toggle: 0, 1, as the style (0x80), or the contrary of the style (0x81)."""
    below = bool(style and style[0] == 1)
    if not direct:
        return below
    return {0: False, 1: True, 0x80: below, 0x81: not below}.get(direct[0], False)


def _ink(merged: Properties) -> Colour | None:
    full = merged.get(INK_FULL)
    if full is not None and len(full) == 4:
        return None if full[3] else (full[0], full[1], full[2])
    index = merged.get(INK, b"\0")[0]
    return INKS[index] if index < len(INKS) else None


def _paper(merged: Properties) -> Colour | None:
    highlight = merged.get(HIGHLIGHT, b"\0")[0]
    if highlight and highlight < len(INKS):
        return INKS[highlight]
    shade = merged.get(SHADE, b"")
    if len(shade) >= 9 and not shade[8]:  # length, foreground, background, pattern
        return shade[5], shade[6], shade[7]
    return None
