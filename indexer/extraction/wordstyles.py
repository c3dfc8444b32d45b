"""How the text of a Word document looks: styles with their parents, and the numbers of its lists."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

from indexer.extraction.colours import BLACK, WHITE, Colour, alike, hexadecimal
from indexer.extraction.html import roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SMALLEST = 3  # half points: smaller letters cannot be read
NARROWEST = 5  # per cent of the usual width: letters pressed flatter are a line
LOWEST_ROW = 60  # twentieths of a point: an exact height that shows no letter
LOWEST_LINE = 184  # twentieths of a point: a line of 8 points with its leading, the smallest print of a letter
OFF = ("0", "false", "off")
NAMED = {
    "black": (0, 0, 0), "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0), "magenta": (255, 0, 255),
    "red": (255, 0, 0), "yellow": (255, 255, 0), "white": (255, 255, 255), "darkBlue": (0, 0, 128),
    "darkCyan": (0, 128, 128), "darkGreen": (0, 128, 0), "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0),
    "darkYellow": (128, 128, 0), "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip


def fitting(lines: list[str], height: int | None) -> list[str]:
    """The lines of a cell that fit into a row of exact height (twentieths of a point); None is a height that grows."""
    if height is None:
        return lines
    return [] if height < LOWEST_ROW else lines[: max(1, height // LOWEST_LINE)]


@dataclass(slots=True)
class Paper:
    """What is behind the letters. ``unsure``: a table style, a picture or a shape may paint something there."""

    colour: Colour = WHITE
    unsure: bool = False


@dataclass(slots=True)
class Styles:
    """The styles of one document."""

    by_id: dict[str, etree._Element] = field(default_factory=dict)
    default_paragraph: str | None = None
    default_run: etree._Element | None = None

    def chain(self, name: str | None) -> list[etree._Element]:
        """A style and its parents, nearest first."""
        out: list[etree._Element] = []
        seen: set[str] = set()
        while name is not None and name in self.by_id and name not in seen:
            seen.add(name)
            out.append(self.by_id[name])
            parent = self.by_id[name].find(f"{W}basedOn")
            name = parent.get(f"{W}val") if parent is not None else None
        return out

    def run_properties(self, run: etree._Element, paragraph_style: str | None) -> list[list[etree._Element]]:
        """The properties that bear on a run: its own, its character style's, its paragraph style's, the defaults'."""
        own = run.find(f"{W}rPr")
        named = own.find(f"{W}rStyle") if own is not None else None
        levels = [[own] if own is not None else []]
        names = (named.get(f"{W}val") if named is not None else None, paragraph_style or self.default_paragraph)
        levels += [[p for style in self.chain(name) if (p := style.find(f"{W}rPr")) is not None] for name in names]
        levels.append([self.default_run] if self.default_run is not None else [])
        return levels

    def hides(self, run: etree._Element, paragraph_style: str | None, paper: Paper) -> bool:
        """Whether a run's letters are hidden, too small or of the paper's colour."""
        levels = self.run_properties(run, paragraph_style)
        flat = [properties for level in levels for properties in level]
        if _toggled(levels, f"{W}vanish"):
            return True
        size = _value(flat, f"{W}sz")
        if size is not None and size.replace(".", "").isdigit() and float(size) < SMALLEST:
            return True
        width = _value(flat, f"{W}w")
        if width is not None and width.rstrip("%").isdigit() and int(width.rstrip("%")) < NARROWEST:
            return True
        if any(fill.find(f"{W14}noFill") is not None for p in flat[:1] for fill in p.iterfind(f"{W14}textFill")):
            return True
        return self._colourless(flat, paper)

    def _colourless(self, flat: list[etree._Element], paper: Paper) -> bool:
        ink = hexadecimal(_value(flat, f"{W}color"))
        if ink is None:
            return False
        highlight = _value(flat, f"{W}highlight")
        if highlight in NAMED:
            return alike(ink, NAMED[highlight])
        own = next((shade for p in flat if (shade := p.find(f"{W}shd")) is not None), None)
        behind = shading(own)
        if behind is not None:
            return alike(ink, behind)
        return not paper.unsure and alike(ink, paper.colour)


def _toggled(levels: list[list[etree._Element]], tag: str) -> bool:
    """A toggle property (ISO 29500-1, 17.7.3): said directly it counts as said; styles at several levels cancel out."""
    states = []
    for level in levels:
        found = next((e for p in level if (e := p.find(tag)) is not None), None)
        states.append(None if found is None else found.get(f"{W}val", "1") not in OFF)
    if states[0] is not None:
        return states[0]
    return sum(bool(state) for state in states[1:]) % 2 == 1


def _value(flat: list[etree._Element], tag: str) -> str | None:
    found = next((e for p in flat if (e := p.find(tag)) is not None), None)
    return None if found is None else found.get(f"{W}val")


def shading(element: etree._Element | None) -> Colour | None:
    """The colour of a ``w:shd`` element; None where it paints nothing."""
    if element is None:
        return None
    pattern = element.get(f"{W}val", "clear")
    if pattern == "solid":
        return hexadecimal(element.get(f"{W}color")) or BLACK
    return hexadecimal(element.get(f"{W}fill"))


def styles(root: etree._Element | None) -> Styles:
    """The styles of ``word/styles.xml``."""
    found = Styles()
    if root is None:
        return found
    found.default_run = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    for element in root.iterfind(f"{W}style"):
        name = element.get(f"{W}styleId", "")
        found.by_id[name] = element
        if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") not in (None, *OFF):
            found.default_paragraph = name
    return found


@dataclass(slots=True)
class Level:
    """One level of a list: how its number is written."""

    kind: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by abstract list
    abstract: dict[str, str] = field(default_factory=dict)  # list → abstract list
    overrides: dict[tuple[str, int], Level | int] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    begun: set[str] = field(default_factory=set)

    def label(self, number: str, depth: int) -> str:
        """The number or bullet of the next paragraph in a list, and counts on; empty where the list shows none."""
        abstract = self.abstract.get(number)
        if abstract is None:
            return ""
        levels = dict(self.levels.get(abstract, {}))
        for (owner, at), override in self.overrides.items():
            if owner == number and isinstance(override, Level):
                levels[at] = override
        if depth not in levels:
            return ""
        counts = self.counts[abstract]
        if number not in self.begun:
            self.begun.add(number)
            for (owner, at), override in self.overrides.items():
                if owner == number and isinstance(override, int):
                    counts[at] = override - 1
        level = levels[depth]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        if level.kind == "bullet":
            return "•"
        if level.kind == "none":
            return ""

        def counted(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = levels.get(at)
            return "" if other is None else written(counts.get(at, other.start), other.kind)

        return re.sub(r"%(\d)", counted, level.text)


def written(number: int, kind: str) -> str:
    """A list number in one of Word's formats."""
    if kind in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)  # Word counts z, aa, bb
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4000:  # Roman numerals go no further
        return roman(number).lower() if kind == "lowerRoman" else roman(number)
    if kind == "decimalZero":
        return f"{number:02d}"
    if kind == "ordinal":
        ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    return str(number)


def numbering(root: etree._Element | None, found_styles: Styles) -> Numbering:
    """The lists of ``word/numbering.xml``."""
    found = Numbering()
    if root is None:
        return found
    links: dict[str, str] = {}
    for element in root.iterfind(f"{W}abstractNum"):
        name = element.get(f"{W}abstractNumId", "")
        found.levels[name] = {int(level.get(f"{W}ilvl", "0")): _level(level) for level in element.iterfind(f"{W}lvl")}
        link = element.find(f"{W}numStyleLink")
        if link is not None:
            links[name] = link.get(f"{W}val", "")
    for element in root.iterfind(f"{W}num"):
        name = element.get(f"{W}numId", "")
        target = element.find(f"{W}abstractNumId")
        found.abstract[name] = target.get(f"{W}val", "") if target is not None else ""
        for override in element.iterfind(f"{W}lvlOverride"):
            depth = int(override.get(f"{W}ilvl", "0"))
            level, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
            if start is not None:
                found.overrides[name, depth] = int(start.get(f"{W}val", "1"))
            if level is not None:
                found.overrides[name, depth] = _level(level)
    for name, style in links.items():  # a list that takes its levels from a list style
        for element in found_styles.chain(style):
            number = element.find(f"{W}pPr/{W}numPr/{W}numId")
            if number is not None and not found.levels[name]:
                source = found.abstract.get(number.get(f"{W}val", ""), "")
                found.levels[name] = found.levels.get(source, {})
    return found


def _level(element: etree._Element) -> Level:
    def value(tag: str, default: str) -> str:
        child = element.find(f"{W}{tag}")
        return default if child is None else child.get(f"{W}val", default)

    start = value("start", "1")
    return Level(value("numFmt", "decimal"), value("lvlText", ""), int(start) if start.lstrip("-").isdigit() else 1)
