"""What OpenDocument texts and spreadsheets share: the list of parts, and styles with their parents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from indexer.disclosure import Hold
from indexer.extraction.colours import WHITE, Colour, alike, hexadecimal
from indexer.extraction.ooxml import shown
from indexer.extraction.package import Package

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"

ALLOWED = re.compile(
    r"""mimetype|content\.xml|styles\.xml|meta\.xml|settings\.xml|manifest\.rdf|layout-cache
      | META-INF/(?:manifest|documentsignatures)\.xml
      | Thumbnails/thumbnail\.(?:png|pdf)
      | (?:Pictures|media)/[^/]+\.(?:png|jpe?g|gif|svg|svm|emf|wmf|tiff?|bmp)
      | Configurations2/.*
      | Fonts/[^/]+\.(?:ttf|otf)""",
    re.VERBOSE | re.IGNORECASE,
)
FORBIDDEN = (
    (re.compile(r"Object \d+|ObjectReplacements|Objects?/", re.IGNORECASE), "hidden_embedded_file"),
    (re.compile(r"Basic/|Scripts/|Dialogs/", re.IGNORECASE), "hidden_macro"),
    (re.compile(r"Versions/|VersionList\.xml", re.IGNORECASE), "hidden_earlier_version"),
    (re.compile(r"database/|forms/|reports/", re.IGNORECASE), "hidden_data_model"),
)
SMALLEST = 1.5  # points: smaller letters cannot be read


def inspect_parts(package: Package, also: re.Pattern[str] | None = None) -> list[Hold]:
    """Holds for the parts of an OpenDocument package that are neither on the list nor in ``also``."""
    holds = list(package.strays())
    for name in sorted(package):
        if not ALLOWED.fullmatch(name) and not (also is not None and also.fullmatch(name)):
            finding = next((kind for pattern, kind in FORBIDDEN if pattern.match(name)), "hidden_unknown_part")
            holds.append(Hold(kind=finding, where=shown(name)))
    return holds


@dataclass(slots=True)
class Styles:
    """Styles by (family, name), those of ``content.xml`` before those of ``styles.xml``."""

    elements: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    defaults: dict[str, etree._Element] = field(default_factory=dict)

    def add(self, root: etree._Element) -> None:
        """Takes in the styles of one part."""
        for element in root.iter(f"{STYLE}style", f"{STYLE}default-style"):
            family = element.get(f"{STYLE}family", "")
            if element.tag == f"{STYLE}default-style":
                self.defaults.setdefault(family, element)
            else:
                self.elements.setdefault((family, element.get(f"{STYLE}name", "")), element)

    def chain(self, family: str, name: str | None) -> Iterator[etree._Element]:
        """A style, its parents, then the family's default."""
        seen: set[str] = set()
        while name is not None and name not in seen:
            seen.add(name)
            element = self.elements.get((family, name))
            if element is None:
                break
            yield element
            name = element.get(f"{STYLE}parent-style-name")
        if family in self.defaults:
            yield self.defaults[family]

    def value(self, family: str, name: str | None, group: str, attribute: str) -> str | None:
        """The first value of a property along the chain."""
        for element in self.chain(family, name):
            for properties in element.iterfind(f"{STYLE}{group}-properties"):
                found = properties.get(attribute)
                if found is not None:
                    return found
        return None

    def ink(self, family: str, name: str | None) -> Colour | None:
        """The colour of letters; None where it is automatic or unsaid."""
        if self.value(family, name, "text", f"{STYLE}use-window-font-color") == "true":
            return None
        return hexadecimal(self.value(family, name, "text", f"{FO}color"))

    def paper(self, family: str, name: str | None, group: str) -> Colour | None:
        """The colour behind; None where it is transparent or unsaid."""
        return hexadecimal(self.value(family, name, group, f"{FO}background-color"))

    def hides(self, family: str, name: str | None) -> bool:
        """Whether a style says that its text is not displayed, or sets it too small to be read."""
        if self.value(family, name, "text", f"{TEXT}display") == "none":
            return True
        size = length(self.value(family, name, "text", f"{FO}font-size"))
        return size is not None and size < SMALLEST


def unseen(ink: Colour | None, paper: Colour | None) -> bool:
    """Whether letters cannot be told from what is behind them."""
    return ink is not None and alike(ink, paper or WHITE)


def drawn(element: etree._Element) -> bool:
    """Whether an element is a shape, a frame or a group of them."""
    return isinstance(element.tag, str) and element.tag.startswith(DRAW)


UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "pc": 12.0}


def length(text: str | None) -> float | None:
    """A length in points; None where it is unsaid or relative."""
    match = re.fullmatch(r"(-?[\d.]+)([a-z]{2})", (text or "").strip())
    if match is None or match.group(2) not in UNITS:
        return None
    return float(match.group(1)) * UNITS[match.group(2)]


def plain_text(element: etree._Element) -> str:
    """The text of a paragraph or heading, with its spaces, tabs and line breaks; annotations left out."""
    out = element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            out += " " * int(child.get(f"{TEXT}c", "1"))
        elif child.tag == f"{TEXT}tab":
            out += "\t"
        elif child.tag == f"{TEXT}line-break":
            out += "\n"
        elif isinstance(child.tag, str) and not child.tag.startswith((OFFICE, DRAW)):
            out += plain_text(child)
        out += child.tail or ""
    return out
