"""OpenDocument texts (ODT): the text that a person sees, in order, and what is hidden in between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from indexer.disclosure import FailureKind, Hold
from indexer.extraction.colours import Colour
from indexer.extraction.columns import table_lines
from indexer.extraction.document import Content, Document, Limits, UnreadableError
from indexer.extraction.glyphs import mend
from indexer.extraction.html import roman
from indexer.extraction.opendocument import (
    DRAW,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    XLINK,
    Styles,
    drawn,
    inspect_parts,
    plain_text,
    unseen,
)
from indexer.extraction.package import Package

WORD = re.compile(r"\w+")
BLOCKS = frozenset({f"{TEXT}section", f"{TEXT}index-body", f"{TEXT}table-of-content", f"{TEXT}illustration-index",
                    f"{TEXT}alphabetical-index", f"{TEXT}user-index", f"{TEXT}object-index", f"{TEXT}bibliography",
                    f"{TEXT}index-title", f"{TEXT}numbered-paragraph", f"{DRAW}a"})  # fmt: skip
HIDING = frozenset({f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph", f"{TEXT}conditional-text", f"{TEXT}script"})
COMMENTS = frozenset({f"{OFFICE}annotation", f"{OFFICE}annotation-end"})
EDGES = ("header", "header-first", "header-left", "footer", "footer-first", "footer-left")


def read(document: Document, limits: Limits) -> Content:
    """The document as one page. Raises UnreadableError for a broken, locked or oversized package."""
    with Package(document.data, limits) as package:
        if "content.xml" not in package:
            raise UnreadableError(FailureKind.CORRUPT, "the package has no content")
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise UnreadableError(FailureKind.PASSWORD, "the OpenDocument file is encrypted")
        root = package.xml("content.xml")
        body = root.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise UnreadableError(FailureKind.CORRUPT, "the content is no text")
        edges = package.xml("styles.xml") if "styles.xml" in package else None
        reader = _Reader(inspect_parts(package))
        for part in (root, edges):
            if part is not None:
                reader.styles.add(part)
                reader.list_styles(part)
        return reader.content(root, body, edges)


@dataclass(slots=True)
class _List:
    """A list while it is read: its style, and how far each level has counted."""

    style: str | None
    counts: dict[int, int] = field(default_factory=dict)


class _Reader:
    def __init__(self, holds: list[Hold]) -> None:
        self.holds = holds
        self.styles = Styles()
        self.lists: dict[str, dict[int, etree._Element]] = {}
        self.ended: dict[str | None, _List] = {}
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []

    def list_styles(self, root: etree._Element) -> None:
        """Takes in the list styles of one part."""
        for style in root.iter(f"{TEXT}list-style"):
            levels = {int(level.get(f"{TEXT}level", "1")): level for level in style if isinstance(level.tag, str)}
            self.lists.setdefault(style.get(f"{STYLE}name", ""), levels)

    def content(self, root: etree._Element, body: etree._Element, edges: etree._Element | None) -> Content:
        for changes in body.iter(f"{TEXT}tracked-changes"):
            self.counts["hidden_tracked_change"] += sum(1 for _ in changes.iter(f"{TEXT}changed-region"))
        lines = self.blocks(body, None)
        head, foot, other = self.edges(root, edges)
        text = "\n".join([*head, "", *lines, "", *self.notes, "", *foot])
        text = re.sub(r"[ \t]+\n", "\n", re.sub(r"\n{3,}", "\n\n", text)).strip("\n ")
        seen = set(WORD.findall(text.lower()))
        self.counts["hidden_text"] += sum(not set(WORD.findall(words.lower())) <= seen for words in other)
        counted = tuple(
            Hold(kind=kind, where=f"{number} {'passage' if number == 1 else 'passages'}")
            for kind, number in sorted(self.counts.items())
            if number
        )
        return Content(pages=(text,), holds=(*self.holds, *counted))

    def edges(self, root: etree._Element, edges: etree._Element | None) -> tuple[list[str], list[str], list[str]]:
        """The headers, the footers, and the text of those that no page shows."""
        head: list[str] = []
        foot: list[str] = []
        other: list[str] = []
        if edges is None:
            return head, foot, other
        used = {style.get(f"{STYLE}master-page-name") for part in (root, edges) for style in part.iter(f"{STYLE}style")}
        masters = list(edges.iter(f"{STYLE}master-page"))
        for i, master in enumerate(masters):
            name = master.get(f"{STYLE}name")
            shown = name in used or name == "Standard" or i == 0
            for kind in EDGES:
                for edge in master.iterfind(f"{STYLE}{kind}"):
                    if not shown or edge.get(f"{STYLE}display") == "false":
                        other.append(" ".join(plain_text(p) for p in edge.iter(f"{TEXT}p")))
                        continue
                    into = head if kind.startswith("header") else foot
                    into.extend(line for line in self.blocks(edge, None) if line and line not in into)
        return head, foot, other

    # blocks

    def blocks(
        self, parent: etree._Element, paper: Colour | None, current: _List | None = None, depth: int = 0
    ) -> list[str]:
        """The lines of paragraphs, lists and tables."""
        out: list[str] = []
        for child in parent:
            if not isinstance(child.tag, str):
                continue
            if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                out.extend(self.paragraph(child, paper))
            elif child.tag == f"{TEXT}list":
                out.extend(self.listing(child, paper, current, depth + 1))
            elif child.tag == f"{TABLE}table":
                out.extend(["", *self.table(child, paper), ""])
            elif child.tag == f"{TEXT}section" and child.get(f"{TEXT}display", "true") != "true":
                self.counts["hidden_text"] += 1
            elif child.tag in BLOCKS:
                out.extend(self.blocks(child, paper))
            elif child.tag == f"{OFFICE}forms" and len(child):
                self.holds.append(Hold(kind="hidden_unknown_part", where="a form"))
            elif drawn(child):
                out.extend(self.drawing(child))
        return out

    def listing(self, element: etree._Element, paper: Colour | None, outer: _List | None, depth: int) -> list[str]:
        """A list's items, each with its number or bullet."""
        if outer is None:
            style = element.get(f"{TEXT}style-name")
            goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
            current = self.ended.get(style) if goes_on else None
            current = current or _List(style)
            self.ended[style] = current
        else:
            current = outer
            current.counts.pop(depth, None)
        out: list[str] = []
        for item in element:
            if item.tag == f"{TEXT}list-header":
                out.extend(self.blocks(item, paper, current, depth))
            elif item.tag == f"{TEXT}list-item":
                label = self.label(current, depth, item.get(f"{TEXT}start-value")) if _has_paragraph(item) else ""
                lines = self.blocks(item, paper, current, depth)
                first = next((i for i, line in enumerate(lines) if line), None)
                if label and first is not None:
                    lines[first] = f"{label} {lines[first]}"
                out.extend(lines)
        return out

    def label(self, current: _List, depth: int, start: str | None) -> str:
        levels = self.lists.get(current.style or "", {})
        level = levels.get(depth)
        if level is None:
            return ""
        if level.tag != f"{TEXT}list-level-style-number":
            return "•"
        first = start or (level.get(f"{TEXT}start-value", "1") if depth not in current.counts else None)
        current.counts[depth] = int(first) if first else current.counts[depth] + 1
        shown = int(level.get(f"{TEXT}display-levels", "1"))
        numbers = []
        for at in range(depth - shown + 1, depth + 1):
            other = levels.get(at)
            if other is not None and other.tag == f"{TEXT}list-level-style-number":
                kind = other.get(f"{STYLE}num-format", "1")
                numbers.append(_written(current.counts.get(at, 1), kind) if kind else "")
        prefix, suffix = level.get(f"{STYLE}num-prefix", ""), level.get(f"{STYLE}num-suffix", "")
        return prefix + ".".join(number for number in numbers if number) + suffix

    def table(self, table: etree._Element, paper: Colour | None) -> list[str]:
        """The rows of a table, each a line where its cells are short."""
        if self.styles.value("table", table.get(f"{TABLE}style-name"), "table", f"{TABLE}display") == "false":
            self.counts["hidden_text"] += 1
            return []
        rows = []
        for row in _rows(table):
            if row.get(f"{TABLE}visibility", "visible") != "visible":
                self.counts["hidden_row"] += 1
                continue
            cells: list[list[str]] = []
            for cell in row:
                if cell.tag == f"{TABLE}covered-table-cell":
                    self.counts["hidden_text"] += any(plain_text(p).strip() for p in cell.iter(f"{TEXT}p"))
                elif cell.tag == f"{TABLE}table-cell":
                    behind = self.styles.paper("table-cell", cell.get(f"{TABLE}style-name"), "table-cell")
                    cells.append([line for line in self.blocks(cell, behind or paper) if line])
            rows.append(cells)
        return table_lines(rows)

    def drawing(self, element: etree._Element) -> list[str]:
        """The words of text boxes and shapes; an object inside is held by its part, a linked one here."""
        if element.get(f"{DRAW}display", "always") == "none":
            self.counts["hidden_shape"] += 1
            return []
        if element.find(f".//{DRAW}object") is not None or element.find(f".//{DRAW}object-ole") is not None:
            link = element.find(f".//{DRAW}object")
            if link is not None and "://" in link.get(f"{XLINK}href", ""):
                self.holds.append(Hold(kind="hidden_external_link", where="a linked object"))
        out: list[str] = []
        style = element.get(f"{DRAW}style-name")
        behind = None
        if self.styles.value("graphic", style, "graphic", f"{DRAW}fill") != "none":
            behind = self.styles.paper("graphic", style, "graphic")
        for box in element.iter(f"{DRAW}text-box"):
            out.extend(line for line in self.blocks(box, behind) if line)
        if element.tag not in (f"{DRAW}frame", f"{DRAW}g"):
            out.extend(line for line in self.blocks(element, behind) if line)
        elif element.tag == f"{DRAW}g":
            for child in element:
                if drawn(child) and child.tag != f"{DRAW}frame":
                    out.extend(self.drawing(child))
        return out

    # inside a paragraph

    def paragraph(self, element: etree._Element, paper: Colour | None) -> list[str]:
        style = element.get(f"{TEXT}style-name")
        behind = self.styles.paper("paragraph", style, "paragraph") or paper
        boxes: list[str] = []
        text = self.inline(element, ("paragraph", style), behind, boxes)
        return [*(re.sub(r" {2,}", " ", line).strip() for line in text.split("\n")), *boxes]

    def inline(
        self, element: etree._Element, style: tuple[str, str | None], paper: Colour | None, boxes: list[str]
    ) -> str:
        """The visible text of an element and of what is in it."""
        out = self.seen(element.text, style, paper)
        for child in element:
            out += self.child(child, style, paper, boxes) if isinstance(child.tag, str) else ""
            out += self.seen(child.tail, style, paper)
        return out

    def child(
        self, child: etree._Element, style: tuple[str, str | None], paper: Colour | None, boxes: list[str]
    ) -> str:
        if child.tag == f"{TEXT}s":
            return " "
        if child.tag == f"{TEXT}tab":
            return " "
        if child.tag == f"{TEXT}line-break":
            return "\n"
        if child.tag == f"{TEXT}span":
            name = child.get(f"{TEXT}style-name")
            behind = self.styles.paper("text", name, "text") or paper
            inner = ("text", name) if self.says(name) else style
            return self.inline(child, inner, behind, boxes)
        if child.tag == f"{TEXT}note":
            mark = child.find(f"{TEXT}note-citation")
            citation = plain_text(mark) if mark is not None else ""
            body = child.find(f"{TEXT}note-body")
            if body is not None:
                self.notes.append(f"[{citation}] " + " ".join(line for line in self.blocks(body, None) if line))
            return f"[{citation}]"
        if child.tag in COMMENTS:
            self.counts["hidden_comment"] += child.tag == f"{OFFICE}annotation"
            return ""
        if child.tag in HIDING or child.get(f"{TEXT}display") == "none":
            self.counts["hidden_text"] += 1
            return ""
        if drawn(child):
            boxes.extend(self.drawing(child))
            return ""
        return self.inline(child, style, paper, boxes)

    def says(self, name: str | None) -> bool:
        """Whether a character style says anything of colour, size or display."""
        return (
            self.styles.ink("text", name) is not None
            or self.styles.hides("text", name)
            or self.styles.value("text", name, "text", f"{TEXT}display") is not None
        )

    def seen(self, text: str | None, style: tuple[str, str | None], paper: Colour | None) -> str:
        if not text or not text.strip():
            return " " if text else ""
        if self.styles.hides(*style) or unseen(self.styles.ink(*style), paper):
            self.counts["hidden_text"] += 1
            return ""
        return mend(re.sub(r"\s+", " ", text))


def _has_paragraph(item: etree._Element) -> bool:
    first = next((child for child in item if isinstance(child.tag, str)), None)
    return first is not None and first.tag != f"{TEXT}list"


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(child)


def _written(number: int, kind: str) -> str:
    if kind in ("a", "A") and number > 0:
        letter = chr(ord(kind) + (number - 1) % 26)
        return letter * ((number - 1) // 26 + 1)
    if kind in ("i", "I") and 0 < number < 4000:  # Roman numerals go no further
        return roman(number) if kind == "I" else roman(number).lower()
    return str(number)
