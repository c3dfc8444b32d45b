"""Word documents (DOCX): the text that a person sees, in order, and what is hidden in between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from indexer.disclosure import FailureKind, Hold
from indexer.extraction.columns import table_lines
from indexer.extraction.document import Content, Document, Limits, UnreadableError
from indexer.extraction.glyphs import mend
from indexer.extraction.ooxml import A, R, Relations, inspect_parts, relations
from indexer.extraction.package import Package
from indexer.extraction.wordshapes import WP, covers, fill, hidden, integer, off_page
from indexer.extraction.wordstyles import OFF, Numbering, Paper, Styles, W, fitting, numbering, shading, styles
from indexer.extraction.workbook import COMMON_CHOICES

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DSP = "{http://schemas.microsoft.com/office/drawing/2008/diagram}"
DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
CHANGES = re.compile(
    r"ins|del|moveFrom|moveTo|(?:rPr|pPr|sectPr|tblPr|trPr|tcPr|tblGrid|numbering|tblPrEx)Change|cell(?:Ins|Del|Merge)"
)
# Fields whose instruction says nothing but what to show. Others may carry words of their own.
_FIELDS = """
    PAGE NUMPAGES SECTION SECTIONPAGES HYPERLINK TOC PAGEREF REF NOTEREF SEQ STYLEREF DATE TIME SAVEDATE CREATEDATE
    PRINTDATE EDITTIME FILENAME FILESIZE AUTHOR LASTSAVEDBY TITLE SUBJECT KEYWORDS USERNAME USERINITIALS USERADDRESS
    DOCPROPERTY MERGEFIELD FORMTEXT FORMCHECKBOX INCLUDEPICTURE SYMBOL EQ TC XE INDEX LISTNUM AUTONUM AUTONUMLGL
    AUTONUMOUT MERGEREC MERGESEQ NUMCHARS NUMWORDS REVNUM TEMPLATE SHAPE BIBLIOGRAPHY CITATION GREETINGLINE
    ADDRESSBLOCK NEXT
"""
FIELDS = frozenset(_FIELDS.split())
FAR_OUT = 6000  # twentieths of a point beyond the margin: off any page
# Document management systems keep numbers of theirs in a document's variables: these say nothing.
IDENTIFIER = re.compile(
    r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b|\b(?:true|false)\b|[\d.:/-]+", re.IGNORECASE
)
WORD = re.compile(r"\w+")
CHOOSE = re.compile(r"choose an item\.?|select\b.*|please select\b.*", re.IGNORECASE)


def read(document: Document, limits: Limits) -> Content:
    """The document as one page. Raises UnreadableError for a broken or oversized package."""
    with Package(document.data, limits) as package:
        arrows = relations(package)
        main = arrows.main_part()
        if main is None or main not in package:
            raise UnreadableError(FailureKind.CORRUPT, "the package has no document")
        return _Document(package, arrows, main).content()


@dataclass(slots=True)
class _Field:
    """A field while its parts pass by."""

    instruction: str = ""
    result: bool = False


class _Document:
    def __init__(self, package: Package, arrows: Relations, main: str) -> None:
        self.package = package
        self.arrows = arrows
        self.main = main
        self.part = main
        self.styles: Styles = styles(self._related("styles"))
        self.numbering: Numbering = numbering(self._related("numbering"), self.styles)
        self.counts: Counter[str] = Counter()
        self.holds: list[Hold] = inspect_parts(package, arrows)
        self.fields: list[_Field] = []
        self.notes: list[tuple[str, str]] = []  # kind and id of each note referred to
        self.choices: list[str] = []
        self.unseen: list[str] = []  # texts that are hidden unless the visible text says the same
        self.covered = False

    def _related(self, kind: str) -> etree._Element | None:
        name = next(iter(self.arrows.targets(self.main, kind)), None)
        return self.package.xml(name) if name is not None and name in self.package else None

    def content(self) -> Content:
        root = self.package.xml(self.main)
        body = root.find(f"{W}body")
        if body is None:
            raise UnreadableError(FailureKind.CORRUPT, "the document has no body")
        settings = self._related("settings")
        self._settings(settings)
        self._changes(root)
        paper = Paper(unsure=root.find(f"{W}background") is not None)
        lines = self.blocks(body, paper)
        head, foot = self._edges(root, settings)
        text = "\n".join([*head, "", *lines, "", *self._notes(), "", *foot])
        text = re.sub(r"[ \t]+\n", "\n", re.sub(r"\n{3,}", "\n\n", text)).strip("\n ")
        self._comments()
        self._remains(text)
        return Content(pages=(text,), holds=tuple(self.holds) + self._counted())

    def _counted(self) -> tuple[Hold, ...]:
        return tuple(
            Hold(kind=kind, where=f"{number} {'passage' if number == 1 else 'passages'}")
            for kind, number in sorted(self.counts.items())
        )

    def _settings(self, settings: etree._Element | None) -> None:
        if settings is None:
            return
        for variable in settings.iterfind(f"{W}docVars/{W}docVar"):
            self.unseen.append(IDENTIFIER.sub("", variable.get(f"{W}val", "")))
        if settings.find(f"{W}mailMerge") is not None:
            self.holds.append(Hold(kind="hidden_external_link", where="the source of a mail merge"))

    def _changes(self, root: etree._Element) -> None:
        for element in root.iter():
            if isinstance(element.tag, str) and element.tag.startswith(W):
                if CHANGES.fullmatch(element.tag[len(W) :]):
                    self.counts["hidden_tracked_change"] += 1
                elif element.tag in (f"{W}helpText", f"{W}statusText") and element.get(f"{W}val"):
                    self.counts["hidden_text"] += 1

    def _comments(self) -> None:
        number = 0
        for name in self.arrows.targets(self.main, "comments"):
            if name in self.package:
                number += sum(1 for _ in self.package.xml(name).iter(f"{W}comment"))
        if number:
            self.holds.append(Hold(kind="hidden_comment", where=f"{number} comments"))

    def _remains(self, text: str) -> None:
        """What is in the file beside the visible text, unless it only repeats it."""
        seen = set(WORD.findall(text.lower()))
        self.counts["hidden_text"] += sum(not set(WORD.findall(t.lower())) <= seen for t in self.unseen)
        options = {option.strip().lower() for option in self.choices}
        if any(o not in COMMON_CHOICES and not CHOOSE.fullmatch(o) and o not in text.lower() for o in options if o):
            self.holds.append(Hold(kind="hidden_choice_list", where="a list to choose from"))
        glossary = next(iter(self.arrows.targets(self.main, "glossaryDocument")), None)
        if glossary is not None and glossary in self.package:
            for part in self.package.xml(glossary).iter(f"{W}docPart"):
                placeholder = any(kind.get(f"{W}val") == "bbPlcHdr" for kind in part.iter(f"{W}type"))
                words = {w for t in part.iter(f"{W}t") for w in WORD.findall((t.text or "").lower())}
                if not placeholder and not words <= seen:
                    self.holds.append(Hold(kind="hidden_text", where="a building block"))
        self.counts = +self.counts

    def _edges(self, root: etree._Element, settings: etree._Element | None) -> tuple[list[str], list[str]]:
        """The headers and the footers that some page shows; the others count as hidden."""
        even = settings is not None and _on(settings.find(f"{W}evenAndOddHeaders"))
        shown: dict[str, list[str]] = {"header": [], "footer": []}
        for section in root.iter(f"{W}sectPr"):
            first = _on(section.find(f"{W}titlePg"))
            for kind, names in shown.items():
                for reference in section.iterfind(f"{W}{kind}Reference"):
                    which = reference.get(f"{W}type", "default")
                    target = self.arrows.of.get(self.main, {}).get(reference.get(f"{R}id", ""))
                    visible = which == "default" or (which == "first" and first) or (which == "even" and even)
                    if target is not None and visible and target.target not in names:
                        names.append(target.target)
        out: dict[str, list[str]] = {"header": [], "footer": []}
        for kind, names in shown.items():
            for name in self.arrows.targets(self.main, kind):
                if name not in self.package:
                    continue
                edge = self.package.xml(name)
                if name in names:
                    self._changes(edge)
                    self.part = name
                    lines = [line for line in self.blocks(edge, Paper(unsure=True)) if line]
                    self.part = self.main
                    out[kind].extend(line for line in lines if line not in out[kind])
                else:
                    self.unseen.append(_all_text(edge))
        return out["header"], out["footer"]

    def _notes(self) -> list[str]:
        out = []
        for kind in ("footnote", "endnote"):
            root = self._related(f"{kind}s")
            if root is None:
                continue
            self._changes(root)
            for note in root.iterfind(f"{W}{kind}"):
                name = note.get(f"{W}id", "")
                if note.get(f"{W}type", "normal") != "normal":
                    continue
                if (kind, name) in self.notes:
                    out.append(f"[{name}] " + " ".join(line for line in self.blocks(note, Paper()) if line).strip())
                else:
                    self.unseen.append(_all_text(note))
        return out

    # blocks

    def blocks(self, parent: etree._Element, paper: Paper) -> list[str]:
        """The lines of paragraphs and tables."""
        out: list[str] = []
        for child in parent:
            if child.tag == f"{W}p":
                out.extend(self.paragraph(child, paper))
            elif child.tag == f"{W}tbl":
                out.extend(["", *self.table(child, paper), ""])
            elif child.tag == f"{W}sdt":
                self._sdt(child)
                content = child.find(f"{W}sdtContent")
                if content is not None:
                    out.extend(self.blocks(content, paper))
            elif child.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                out.extend(self.blocks(child, paper))
            elif child.tag == f"{MC}AlternateContent":
                out.extend(self.blocks(self._choice(child), paper))
            elif child.tag == f"{W}altChunk":
                self.holds.append(Hold(kind="hidden_embedded_file", where="an imported document"))
        return out

    def _sdt(self, element: etree._Element) -> None:
        for item in element.iterfind(f"{W}sdtPr//{W}listItem"):
            self.choices.append(item.get(f"{W}displayText") or item.get(f"{W}value") or "")

    def _choice(self, element: etree._Element) -> etree._Element:
        """The branch of alternate content that Word shows; a branch with other words is hidden."""
        choice, fallback = element.find(f"{MC}Choice"), element.find(f"{MC}Fallback")
        if choice is None:
            return fallback if fallback is not None else element
        if fallback is not None and not set(WORD.findall(_all_text(fallback))) <= set(WORD.findall(_all_text(choice))):
            self.unseen.append(_all_text(fallback))
        return choice

    def paragraph(self, element: etree._Element, paper: Paper) -> list[str]:
        """The lines of one paragraph, its number before it; what its text boxes say follows."""
        properties = element.find(f"{W}pPr")
        style = None
        if properties is not None:
            named = properties.find(f"{W}pStyle")
            style = named.get(f"{W}val") if named is not None else None
            behind = shading(properties.find(f"{W}shd"))
            if behind is not None:
                paper = Paper(behind)
            indent = properties.find(f"{W}ind")
            adjusted = properties.find(f"{W}jc")
            flush_left = adjusted is None or adjusted.get(f"{W}val") in ("left", "start", "both")
            left = indent.get(f"{W}left") or indent.get(f"{W}start") if indent is not None else None
            if flush_left and integer(left) < -FAR_OUT:
                if _all_text(element).strip():
                    self.counts["hidden_off_page"] += 1
                return []
        boxes: list[str] = []
        around, self.covered = self.covered, False
        text = self.inline(element, style, paper, boxes)
        label = self._label(properties, style)
        if self.covered:
            text = ""
        self.covered = around
        lines = [re.sub(r" {2,}", " ", line).strip() for line in text.split("\n")]
        if label and any(lines):
            lines[0] = f"{label} {lines[0]}"
        return [*lines, *boxes]

    def _label(self, properties: etree._Element | None, style: str | None) -> str:
        number, depth = None, None
        sources = [properties] if properties is not None else []
        sources += [p for s in self.styles.chain(style) if (p := s.find(f"{W}pPr")) is not None]
        for source in sources:
            listed = source.find(f"{W}numPr")
            if listed is None:
                continue
            number = number or listed.find(f"{W}numId")
            depth = depth if depth is not None else listed.find(f"{W}ilvl")
        if number is None or number.get(f"{W}val") in (None, "0"):
            return ""
        return mend(
            self.numbering.label(number.get(f"{W}val", ""), integer(depth.get(f"{W}val")) if depth is not None else 0)
        )

    def table(self, table: etree._Element, paper: Paper) -> list[str]:
        """The rows of a table, each a line where its cells are short."""
        named = table.find(f"{W}tblPr/{W}tblStyle")
        painted = (
            any(True for s in self.styles.chain(named.get(f"{W}val")) for _ in s.iter(f"{W}shd"))
            if (named is not None)
            else False
        )
        rows = []
        for row in _rows(table):
            properties = row.find(f"{W}trPr")
            gone = properties is not None and properties.find(f"{W}del") is not None
            height = properties.find(f"{W}trHeight") if properties is not None else None
            exact = None
            if height is not None and height.get(f"{W}hRule") == "exact":
                exact = integer(height.get(f"{W}val"))
            if gone or (properties is not None and _on(properties.find(f"{W}hidden"))):
                if _all_text(row).strip() and not gone:
                    self.counts["hidden_row"] += 1
                continue
            cells: list[list[str]] = []
            for cell in _cells(row):
                cell_properties = cell.find(f"{W}tcPr")
                behind = shading(cell_properties.find(f"{W}shd")) if cell_properties is not None else None
                merged = cell_properties.find(f"{W}vMerge") if cell_properties is not None else None
                if merged is not None and merged.get(f"{W}val", "continue") == "continue":
                    self.counts["hidden_text"] += bool(_all_text(cell).strip())
                    cells.append([])
                    continue
                lines = self.blocks(cell, Paper(behind) if behind else Paper(paper.colour, paper.unsure or painted))
                shown = fitting(lines, exact)
                self.counts["hidden_row"] += any(lines[len(shown) :])
                cells.append([line for line in shown if line])
            rows.append(cells)
        return table_lines(rows)

    # inside a paragraph

    def inline(self, parent: etree._Element, style: str | None, paper: Paper, boxes: list[str]) -> str:
        """The visible text of runs, links, fields and insertions."""
        out = ""
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in DELETED:
                continue
            if child.tag == f"{W}r":
                out += self.run(child, style, paper, boxes)
            elif child.tag == f"{W}fldSimple":
                self._field(child.get(f"{W}instr", ""))
                out += self.inline(child, style, paper, boxes)
            elif child.tag == f"{W}sdt":
                self._sdt(child)
                content = child.find(f"{W}sdtContent")
                out += self.inline(content, style, paper, boxes) if content is not None else ""
            elif child.tag == f"{MC}AlternateContent":
                out += self.inline(self._choice(child), style, paper, boxes)
            elif child.tag in (f"{M}oMath", f"{M}oMathPara"):
                out += "".join(t.text or "" for t in child.iter(f"{M}t"))
            elif child.tag != f"{W}pPr" and child.tag.startswith(W):
                out += self.inline(child, style, paper, boxes)
        return out

    def run(self, run: etree._Element, style: str | None, paper: Paper, boxes: list[str]) -> str:
        out = ""
        for child in run:
            if not isinstance(child.tag, str):
                continue
            if child.tag == f"{W}fldChar":
                self._field_mark(child)
            elif child.tag == f"{W}instrText":
                if self.fields:
                    self.fields[-1].instruction += child.text or ""
            elif child.tag in (f"{W}drawing", f"{W}pict", f"{W}object", f"{MC}AlternateContent"):
                shape = self._choice(child) if child.tag == f"{MC}AlternateContent" else child
                self.shapes(shape, boxes)
            elif all(field.result for field in self.fields):
                out += self._sign(child)
        if out.strip() and self.styles.hides(run, style, paper):
            self.counts["hidden_text"] += 1
            return ""
        return out

    def _sign(self, child: etree._Element) -> str:
        if child.tag == f"{W}t":
            return mend((child.text or "").replace("\n", " "))
        if child.tag in (f"{W}br", f"{W}cr"):
            return "\n"
        if child.tag in (f"{W}tab", f"{W}ptab"):
            return " "
        if child.tag == f"{W}noBreakHyphen":
            return "-"
        if child.tag == f"{W}sym":
            code = child.get(f"{W}char", "")
            return mend(chr(int(code, 16))) if re.fullmatch(r"[0-9A-Fa-f]{2,4}", code) else ""
        if child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            name = child.get(f"{W}id", "")
            self.notes.append(("footnote" if child.tag.endswith("footnoteReference") else "endnote", name))
            return f"[{name}]"
        return ""

    def _field_mark(self, mark: etree._Element) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self.fields.append(_Field())
            self.choices.extend(entry.get(f"{W}val", "") for entry in mark.iter(f"{W}listEntry"))
            if mark.find(f"{W}fldData") is not None:
                self.counts["hidden_text"] += 1
        elif kind == "separate" and self.fields:
            self.fields[-1].result = True
        elif kind == "end" and self.fields:
            self._field(self.fields.pop().instruction)

    def _field(self, instruction: str) -> None:
        name = instruction.strip().partition(" ")[0].upper().lstrip("\\=")
        if name and name not in FIELDS and not instruction.strip().startswith("=") and name != "FORMDROPDOWN":
            self.counts["hidden_text"] += 1

    # shapes

    def shapes(self, element: etree._Element, boxes: list[str]) -> None:
        """What is drawn: the words of text boxes, and shapes that lie over the text."""
        anchor = element.find(f".//{WP}anchor")
        off = anchor is not None and off_page(anchor)
        unseen = hidden(element)
        if unseen:
            self.counts["hidden_shape"] += 1
        for text_box in element.iter(f"{W}txbxContent"):
            if any(parent.tag == f"{W}txbxContent" for parent in text_box.iterancestors()):
                continue  # read with the box around it
            lines = [line for line in self.blocks(text_box, fill(text_box)) if line]
            if lines and off:
                self.counts["hidden_off_page"] += 1
            elif not unseen:
                boxes.extend(lines)
        if self.part == self.main and covers(element, anchor):
            self.covered = True
            self.counts["hidden_under_fill"] += 1
        for diagram in element.iter(f"{DGM}relIds"):
            boxes.extend(self._diagram(diagram))

    def _diagram(self, element: etree._Element) -> list[str]:
        """The words that a diagram draws; words of its data that it does not draw are hidden."""
        arrows = self.arrows.of.get(self.part, {})
        data = arrows.get(element.get(f"{R}dm", ""))
        if data is None or data.target not in self.package:
            return []
        root = self.package.xml(data.target)
        pointer = next((e.get("relId") for e in root.iter(f"{DSP}dataModelExt")), None)
        drawn = arrows.get(pointer or "")
        if drawn is None or drawn.target not in self.package:
            self.holds.append(Hold(kind="hidden_unknown_part", where="a diagram without its drawing"))
            return []
        lines = ["".join(t.text or "" for t in p.iter(f"{A}t")) for p in self.package.xml(drawn.target).iter(f"{A}p")]
        self.unseen.append(" ".join(t.text or "" for t in root.iter(f"{A}t")))
        return [line for line in lines if line.strip()]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _cells(child)


def _all_text(element: etree._Element) -> str:
    return " ".join(t.text or "" for t in element.iter(f"{W}t"))


def _on(element: etree._Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in OFF
