"""What is drawn on an Excel sheet: boxes with text, pictures and shapes that cover cells, charts."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from lxml import etree

from indexer.extraction.ooxml import A, Relations
from indexer.extraction.package import Package
from indexer.extraction.workbook import Workbook

XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
OWNER = re.compile(r"('(?:[^']|'')+'|[^\s(),!']+)!")  # the sheet in "Sheet1!$A$1:$A$9"
Box = tuple[int, int, int, int]  # first column, first row, last column, last row, counted from 1


@dataclass(slots=True)
class Drawing:
    """The visible text of the boxes, and the cells that lie wholly under something drawn."""

    texts: list[str] = field(default_factory=list)
    covered: list[Box] = field(default_factory=list)


def drawing(
    package: Package, arrows: Relations, name: str, sheet: str, visible: Collection[str], found: Workbook
) -> Drawing:
    """Reads one drawing part. ``visible`` are the names of the visible sheets, in lower case."""
    out = Drawing()
    root = package.xml(name)
    for anchor in root:
        if not isinstance(anchor.tag, str):
            continue
        hidden = any(e.get("hidden") in ("1", "true") for e in anchor.iter(f"{XDR}cNvPr"))
        text = paragraphs(anchor)
        if hidden:
            found.hold("hidden_text", f"{sheet}: a hidden shape")
            continue
        if text:
            out.texts.append(text)
        if anchor.find(f".//{XDR}pic") is not None or _filled(anchor):
            box = _covered(anchor)
            if box is not None:
                out.covered.append(box)
    for chart in (*arrows.targets(name, "chart"), *arrows.targets(name, "chartEx")):
        if chart in package:
            _chart(package, chart, sheet, visible, found)
    return out


def paragraphs(element: etree._Element) -> str:
    """The text of drawn shapes, a line for each paragraph."""
    lines = ("".join(run.text or "" for run in p.iter(f"{A}t")) for p in element.iter(f"{A}p"))
    return "\n".join(line for line in lines if line.strip())


def _filled(anchor: etree._Element) -> bool:
    """Whether a shape hides what is under it. A shape without a word on its fill takes its style's, which is solid."""
    for shape in anchor.iter(f"{XDR}sp"):
        properties = shape.find(f"{XDR}spPr")
        if properties is None:
            continue
        if properties.find(f"{A}noFill") is not None:
            continue
        solid = properties.find(f"{A}solidFill")
        if solid is not None and any(int(alpha.get("val", "100000")) < 90000 for alpha in solid.iter(f"{A}alpha")):
            continue  # thousandths of a per cent: what is under it shines through
        fills = (f"{A}solidFill", f"{A}gradFill", f"{A}blipFill", f"{A}pattFill")
        styled = shape.find(f"{XDR}style/{A}fillRef")
        if any(properties.find(fill) is not None for fill in fills) or (
            styled is not None and styled.get("idx") != "0"
        ):
            return True
    return False


def _covered(anchor: etree._Element) -> Box | None:
    """The cells that lie wholly between an anchor's corners."""
    start, end = anchor.find(f"{XDR}from"), anchor.find(f"{XDR}to")
    if start is None or end is None:
        return None

    def place(corner: etree._Element, axis: str) -> tuple[int, bool]:
        whole = corner.findtext(f"{XDR}{axis}Off") or "0"
        return int(corner.findtext(f"{XDR}{axis}") or 0), int(re.sub(r"\D", "", whole) or 0) > 0

    (left, left_off), (top, top_off) = place(start, "col"), place(start, "row")
    (right, _), (bottom, _) = place(end, "col"), place(end, "row")
    box = (left + 1 + left_off, top + 1 + top_off, right, bottom)
    return box if box[0] <= box[2] and box[1] <= box[3] else None


def _chart(package: Package, name: str, sheet: str, visible: Collection[str], found: Workbook) -> None:
    """A chart may repeat what visible sheets of this workbook show; a copy of anything else is a hidden copy."""
    for element in package.xml(name).iter():
        local = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if local == "externalData":
            found.hold("hidden_chart_cache", f"{sheet}: a chart with data of its own")
        elif local == "f" and element.text:
            owners = {unquoted(owner) for owner in OWNER.findall(element.text)}
            if not owners or not owners <= set(visible):
                found.hold("hidden_chart_cache", f"{sheet}: a chart of cells that are not shown")


def unquoted(owner: str) -> str:
    """A sheet's name out of a reference, as names are compared."""
    return owner.strip("'").replace("''", "'").lower()
