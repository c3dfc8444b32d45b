"""How the cells of an Excel workbook look: number format, colours, size of letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS

from indexer.extraction.colours import BLACK, WHITE, Colour, alike, hexadecimal, tinted
from indexer.extraction.workbook import SMALLEST

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(slots=True)
class Look:
    """One cell format."""

    code: str = "General"
    ink: Colour | None = None  # None: automatic, always to be seen
    fill: Colour | None = None  # None: no fill, the sheet's white
    patterned: bool = False  # hatched or shaded: any ink can be told from it
    size: float = 11.0

    def hides(self) -> bool:
        """Whether letters in this look cannot be seen."""
        if 0 < self.size < SMALLEST:
            return True
        return self.ink is not None and not self.patterned and alike(self.ink, self.fill or WHITE)


@dataclass(slots=True)
class Styles:
    """The looks of a workbook, by the number that a cell names."""

    looks: list[Look] = field(default_factory=list)
    conditional: list[bool] = field(
        default_factory=list
    )  # for each conditional format: whether it hides what it is set on
    theme: Sequence[str] = ()

    def look(self, number: int) -> Look:
        """The look of a cell; the plain one where the number is none."""
        return self.looks[number] if 0 <= number < len(self.looks) else Look()

    def colour(self, element: etree._Element | None) -> Colour | None:
        """A colour element's value; None for the automatic one."""
        if element is None or element.get("auto") == "1":
            return None
        found: Colour | None = None
        if (rgb := element.get("rgb")) is not None:
            found = hexadecimal(rgb)
        elif (number := element.get("theme")) is not None and number.isdigit() and int(number) < len(self.theme):
            found = hexadecimal(self.theme[int(number)])
        elif (number := element.get("indexed")) is not None and number.isdigit():
            index = int(number)
            if index in (64, 65):  # the system's own colours for letters and paper
                return None
            found = hexadecimal(COLOR_INDEX[index]) if index < len(COLOR_INDEX) else None
        if found is None:
            return None
        return tinted(found, float(element.get("tint") or 0.0))


def styles(root: etree._Element | None, theme: Sequence[str]) -> Styles:
    """The looks of ``xl/styles.xml``."""
    found = Styles(theme=theme)
    if root is None:
        return found
    codes = dict(BUILTIN_FORMATS)
    for element in root.iter(f"{S}numFmt"):
        codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "General")
    fonts = [_font(found, element) for element in root.iterfind(f"{S}fonts/{S}font")]
    fills = [_fill(found, element) for element in root.iterfind(f"{S}fills/{S}fill")]
    for element in root.iterfind(f"{S}cellXfs/{S}xf"):
        font, fill = int(element.get("fontId", "0")), int(element.get("fillId", "0"))
        ink, size = fonts[font] if font < len(fonts) else (None, 11.0)
        paper, patterned = fills[fill] if fill < len(fills) else (None, False)
        code = codes.get(int(element.get("numFmtId", "0")), "General")
        found.looks.append(Look(code, ink, paper, patterned, size))
    for element in root.iterfind(f"{S}dxfs/{S}dxf"):
        found.conditional.append(_conditional(found, element))
    return found


def _font(found: Styles, element: etree._Element) -> tuple[Colour | None, float]:
    size = element.find(f"{S}sz")
    return found.colour(element.find(f"{S}color")), float(size.get("val", "11")) if size is not None else 11.0


def _fill(found: Styles, element: etree._Element) -> tuple[Colour | None, bool]:
    pattern = element.find(f"{S}patternFill")
    if pattern is None:
        return None, element.find(f"{S}gradientFill") is not None
    kind = pattern.get("patternType", "none")
    if kind == "solid":
        return found.colour(pattern.find(f"{S}fgColor")) or BLACK, False
    return None, kind not in ("none", "gray125", "gray0625")


def _conditional(found: Styles, element: etree._Element) -> bool:
    code = element.find(f"{S}numFmt")
    if code is not None and not code.get("formatCode", "x").strip("; "):
        return True
    font = element.find(f"{S}font")
    ink = found.colour(font.find(f"{S}color")) if font is not None else None
    if ink is None:
        return False
    pattern = element.find(f"{S}fill/{S}patternFill")
    paper = None
    if pattern is not None:  # a conditional format's solid colour stands in bgColor
        paper = found.colour(pattern.find(f"{S}bgColor")) or found.colour(pattern.find(f"{S}fgColor"))
    return alike(ink, paper or WHITE)
