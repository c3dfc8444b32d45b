"""What Word and Excel packages share: relations between parts, the list of parts that may be there, theme colours."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from indexer.disclosure import Hold
from indexer.extraction.package import Package

RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# Parts that carry no content of their own, or only what is shown. Everything else is held.
ALLOWED = re.compile(
    r"""
    \[Content_Types\]\.xml
  | (?:.*/)?_rels/[^/]*\.rels
  | docProps/(?:core|app|custom)\.xml
  | docProps/thumbnail\.(?:jpe?g|png|emf|wmf)
  | docMetadata/LabelInfo\.xml
  | (?:word|xl)/(?:theme/theme\d*|styles|fontTable|settings|webSettings|stylesWithEffects|numbering)\.xml
  | (?:word|xl)/theme/_rels/.*
  | (?:word|xl)/media/[^/]+\.(?:png|jpe?g|jpe|jfif|gif|bmp|dib|tiff?|emf|wmf|svg|wdp|emz|wmz)
  | (?:word|xl|docProps)/theme/media/[^/]+\.(?:png|jpe?g|gif)
  | word/(?:document|document\d|header\d*|footer\d*|footnotes|endnotes)\.xml
  | word/fonts/font\d+\.odttf
  | word/intelligence2?\.xml
  | word/(?:comments|commentsExtended|commentsIds|commentsExtensible|people)\.xml
  | word/diagrams/(?:data|drawing|layout|quickStyle|colors)\d*\.xml
  | word/glossary/.*
  | customXml/(?:item|itemProps)\d+\.xml
  | xl/(?:workbook|sharedStrings|calcChain|metadata)\.xml
  | xl/worksheets/sheet\d*\.xml
  | xl/tables/table\d+\.xml
  | xl/drawings/(?:drawing|vmlDrawing)\d+\.(?:xml|vml)
  | xl/charts/(?:chart(?:Ex)?|style|colors)\d+\.xml
  | xl/printerSettings/printerSettings\d+\.bin
  | xl/(?:comments\d*|comments/comment\d+|threadedComments/threadedComment\d+|persons/person\d*)\.xml
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Parts that are known and always a finding.
FORBIDDEN = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"xl/(?:pivotCache|pivotTables|slicerCaches|slicers|timelines?|timelineCaches)/", "hidden_pivot_cache"),
        (r"xl/externalLinks/", "hidden_external_link"),
        (r"xl/(?:model|queryTables|customData)/|xl/connections\.(?:xml|bin)", "hidden_data_model"),
        (
            r"(?:xl|word)/embeddings/|word/afchunk|.*\.(?:docx?|xlsx?|pptx?|pdf|msg|eml|zip|ole)$",
            "hidden_embedded_file",
        ),
        (r"xl/(?:comments|threadedComments|persons)|word/comments", "hidden_comment"),
        (r"xl/revisions/", "hidden_tracked_change"),
        (r"(?:xl|word)/vba|xl/(?:macrosheets|dialogsheets)|.*/activeX/", "hidden_macro"),
    )
)
PLAIN_NAME = re.compile(r"[A-Za-z]+(?:/[A-Za-z]+){0,3}\d{0,4}\.[A-Za-z]{2,5}")  # as programs name parts
# Property sheets that document management systems attach: properties of the document, not content.
PROPERTY_SPACES = re.compile(
    r"http://schemas\.microsoft\.com/(?:office/2006/metadata/|sharepoint/|office/(?:2006/)?(?:coverPageProps|"
    r"contentType))|http://schemas\.openxmlformats\.org/(?:officeDocument/2006/(?:bibliography|customXml)|package/)"
    r"|^FormTemplates$|sharepoint|office/2009/outspace|http://www\.w3\.org/2001/XMLSchema",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Relation:
    """One arrow from a part to another, or to an address outside (``external``)."""

    kind: str  # the last word of its type: "image", "hyperlink", "oleObject"
    target: str
    external: bool


@dataclass(slots=True)
class Relations:
    """The relations of every part, read once."""

    of: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def main_part(self) -> str | None:
        """The part that the package is about."""
        for relation in self.of.get("", {}).values():
            if relation.kind == "officeDocument" and not relation.external:
                return relation.target
        return None

    def targets(self, part: str, kind: str) -> list[str]:
        """The parts that ``part`` points to by relations of one kind."""
        return [r.target for r in self.of.get(part, {}).values() if r.kind == kind and not r.external]

    def reached(self) -> set[str]:
        """Every part that can be reached from the package's root."""
        seen: set[str] = set()
        waiting = [""]
        while waiting:
            for relation in self.of.get(waiting.pop(), {}).values():
                if not relation.external and relation.target not in seen:
                    seen.add(relation.target)
                    waiting.append(relation.target)
        return seen


def relations(package: Package) -> Relations:
    """All relations of a package."""
    found = Relations()
    for name in package:
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("_rels/")
        source = folder + file.removesuffix(".rels")
        arrows: dict[str, Relation] = {}
        for element in package.xml(name).iter(RELS):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, unquote(target))).lstrip("/")
            kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
            arrows[element.get("Id", "")] = Relation(kind, target, external)
        found.of[source] = arrows
    return found


def inspect_parts(package: Package, arrows: Relations, also: re.Pattern[str] | None = None) -> list[Hold]:
    """Holds for parts that are not on the list (nor in ``also``), or that nothing points to."""
    holds: list[Hold] = list(package.strays())
    reached = arrows.reached()
    for name in sorted(package):
        finding = next((kind for pattern, kind in FORBIDDEN if pattern.match(name)), None)
        if ALLOWED.fullmatch(name) or (also is not None and also.fullmatch(name)):
            known = name == "[Content_Types].xml" or name.endswith(".rels") or name in reached
            if not known:
                holds.append(Hold(kind="hidden_unknown_part", where=f"a part that nothing points to: {shown(name)}"))
        else:
            holds.append(Hold(kind=finding or "hidden_unknown_part", where=shown(name)))
    for source, of in sorted(arrows.of.items()):
        holds.extend(
            Hold(kind="hidden_external_link", where=f"a link from {shown(source)}")
            for relation in of.values()
            if relation.external and relation.kind in ("oleObject", "externalLinkPath", "subDocument", "package")
        )
    for name in sorted(package):
        if re.fullmatch(r"customXml/item\d+\.xml", name) and name in reached:
            holds.extend(_custom(package, name))
    return holds


def _custom(package: Package, name: str) -> list[Hold]:
    """Holds a custom data part, unless it holds document properties."""
    root = package.xml(name)
    name_in_space = etree.QName(root)
    space = name_in_space.namespace or name_in_space.localname
    if PROPERTY_SPACES.search(space):
        return []
    if not any((element.text or "").strip() for element in root.iter()) and not root.attrib:
        return []
    kind = "hidden_data_model" if "DataMashup" in space else "hidden_unknown_part"
    return [Hold(kind=kind, where=f"custom data: {shown(name)}")]


def shown(name: str) -> str:
    """A part's name where it is one that programs give; a name that a person gave could itself be hidden content."""
    return name if PLAIN_NAME.fullmatch(name) else "a part with a name of its own"


def theme_colours(package: Package, part: str | None) -> list[str]:
    """The theme's twelve colours as RRGGBB in the order in which styles count them."""
    if part is None or part not in package:
        return []
    scheme = package.xml(part).find(f".//{A}clrScheme")
    if scheme is None:
        return []
    found = []
    for slot in ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
                 "hlink", "folHlink"):  # fmt: skip
        element = scheme.find(f"{A}{slot}")
        colour = element[0] if element is not None and len(element) else None
        found.append((colour.get("lastClr") or colour.get("val") or "000000") if colour is not None else "000000")
    return found
