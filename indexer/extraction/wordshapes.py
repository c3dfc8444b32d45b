"""Shapes in a Word document: whether they lie off the page, what they paint, whether they cover the text."""

from __future__ import annotations

import re

from lxml import etree

from indexer.extraction.colours import hexadecimal
from indexer.extraction.ooxml import A
from indexer.extraction.wordstyles import OFF, Paper, W

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
V = "{urn:schemas-microsoft-com:vml}"
FAR_EMU = 3_000_000  # English metric units: some 8 cm beyond the edge of the page
THIN_EMU = 60_000  # five points: a thinner shape is a line, not a cover
MINIMAL_EMU = 20_000  # a box less than two points wide or high shows no letter
DARK = 64  # of 255: a fill darker than this in every channel may cover text, as may white
INVISIBLE = re.compile(r"visibility\s*:\s*hidden|display\s*:\s*none")


def hidden(element: etree._Element) -> bool:
    """Whether a drawing says of itself that it is hidden."""
    if any(p.get("hidden", "0") not in OFF for p in element.iter(f"{WP}docPr")):
        return True
    return any(vml(child) and INVISIBLE.search(child.get("style", "")) for child in element.iter())


def vml(element: etree._Element) -> bool:
    """Whether an element is of the older drawing language."""
    return isinstance(element.tag, str) and element.tag.startswith(V)


def integer(text: str | None) -> int:
    """A whole number; 0 where there is none."""
    return int(text) if text is not None and re.fullmatch(r"-?\d+", text) else 0


def off_page(anchor: etree._Element) -> bool:
    """Whether a floating shape stands where no page is, or is too small to show a letter."""
    offsets = [integer(offset.text) for offset in anchor.iter(f"{WP}posOffset")]
    extent = anchor.find(f"{WP}extent")
    small = extent is not None and min(integer(extent.get("cx")), integer(extent.get("cy"))) < MINIMAL_EMU
    return small or any(offset < -FAR_EMU or offset > 10 * FAR_EMU for offset in offsets)


def fill(text_box: etree._Element) -> Paper:
    """What a text box paints behind its text."""
    for parent in text_box.iterancestors():
        if parent.tag == f"{WPS}wsp":
            solid = parent.find(f"{WPS}spPr/{A}solidFill/{A}srgbClr")
            colour = hexadecimal(solid.get("val")) if solid is not None else None
            return Paper(colour) if colour else Paper(unsure=True)
        if vml(parent) and parent.get("fillcolor"):
            colour = hexadecimal(parent.get("fillcolor", "").partition(" ")[0])
            return Paper(colour) if colour else Paper(unsure=True)
    return Paper(unsure=True)


def covers(element: etree._Element, anchor: etree._Element | None) -> bool:
    """Whether a shape without words, filled black or white, floats over the text."""
    if element.find(f".//{W}txbxContent") is not None:
        return False
    if anchor is not None and anchor.get("behindDoc") not in ("1", "true"):
        extent = anchor.find(f"{WP}extent")
        thick = extent is not None and min(integer(extent.get("cx")), integer(extent.get("cy"))) > THIN_EMU
        solids = [s for shape in anchor.iter(f"{WPS}spPr") for s in shape.iterfind(f"{A}solidFill")]
        return thick and anchor.find(f"{WP}wrapNone") is not None and any(_black_or_white(s) for s in solids)
    for shape in element.iter(f"{V}rect", f"{V}roundrect", f"{V}shape", f"{V}oval"):
        filled = shape.get("filled", "t") not in ("f", "false") and shape.find(f"{V}imagedata") is None
        colour = shape.get("fillcolor", "white").partition(" ")[0]
        value = {"black": (0, 0, 0), "white": (255, 255, 255)}.get(colour) or hexadecimal(colour)
        floats = "position:absolute" in shape.get("style", "").replace(" ", "") and "z-index:-" not in shape.get(
            "style", ""
        )
        if filled and floats and value is not None and (max(value) < DARK or min(value) > 255 - DARK // 2):
            return True
    return False


def _black_or_white(solid: etree._Element) -> bool:
    for colour in solid:
        if any(integer(alpha.get("val")) < 90_000 for alpha in colour.iter(f"{A}alpha")):
            return False  # thousandths of a per cent: the text shines through
        if colour.get("val") in ("tx1", "dk1", "bg1", "lt1", "black", "white", "windowText", "window"):
            return True
        value = hexadecimal(colour.get("lastClr") or colour.get("val"))
        if value is not None and (max(value) < DARK or min(value) > 255 - DARK // 2):
            return True
    return False
