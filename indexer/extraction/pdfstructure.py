"""What a PDF carries beside its pages' painting: annotations, embedded files, layers, scripts, earlier versions."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
import pypdfium2 as pdfium

from indexer.disclosure import Hold
from indexer.extraction.glyphs import Box

# Entries of the catalogue and of a page (ISO 32000-2, tables 29 and 31) that show something or only say how to show it.
_CATALOGUE = """
    Type Version Extensions Pages PageLabels Names Dests ViewerPreferences PageLayout PageMode Outlines Threads
    OpenAction URI Metadata StructTreeRoot MarkInfo Lang OutputIntents OCProperties Legal Perms DSS AcroForm SpiderInfo
    Requirements AF Collection NeedsRendering AA PieceInfo LastModified
"""
CATALOGUE = frozenset(f"/{name}" for name in _CATALOGUE.split())
_NAMES = "Dests AP URLS IDS Renditions AlternatePresentations"
NAMES = frozenset(f"/{name}" for name in _NAMES.split())
LINKS = frozenset({"/Link"})
_ANNOTATIONS = """
    Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Stamp Ink Popup
    FileAttachment Sound Movie Screen Widget PrinterMark TrapNet Watermark 3D Redact Projection RichMedia
"""
ANNOTATIONS = frozenset(f"/{name}" for name in _ANNOTATIONS.split())  # ISO 32000-2, table 171
PIECES = frozenset({"/ADBE_CompoundType"})  # Acrobat's note of the headers and footers that it printed on the page
EOF = re.compile(rb"%%EOF")
TEXT_SHOWN = re.compile(rb"\bT[jJ]\b|[)\]]\s*['\"]")
MOST_REVISIONS = 20  # earlier versions that are compared; more than that is held without looking
MOST_OBJECTS = 500_000  # of a file: more is no letter
WORDS = re.compile(r"\w{3,}")


@dataclass(slots=True)
class Structure:
    """What was found: holds, the redaction marks of each page, whether some layer is switched off."""

    holds: list[Hold] = field(default_factory=list)
    marks: dict[int, list[Box]] = field(default_factory=dict)
    layers_off: bool = False


def inspect(data: bytes) -> Structure:
    """Looks through a PDF. Raises what pikepdf raises on a file that it cannot open."""
    found = Structure()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _catalogue(pdf, found)
        _layers(pdf, found)
        for number, page in enumerate(pdf.pages):
            _page(page, number, found)
        orphans = sum(1 for _ in _orphans(pdf))
    if orphans:
        found.holds.append(Hold(kind="hidden_earlier_version", where=f"{orphans} streams of text that no page uses"))
    _revisions(data, found)
    return found


def _catalogue(pdf: pikepdf.Pdf, found: Structure) -> None:
    root = pdf.Root
    names = root.get("/Names", pikepdf.Dictionary())
    if len(pdf.attachments) or "/EmbeddedFiles" in names or "/AF" in root:
        found.holds.append(Hold(kind="hidden_embedded_file", where=f"{max(1, len(pdf.attachments))} embedded files"))
    if "/Collection" in root:
        found.holds.append(Hold(kind="hidden_embedded_file", where="a portfolio of files"))
    if "/JavaScript" in names or "/AA" in root or _script(root.get("/OpenAction")):
        found.holds.append(Hold(kind="hidden_macro", where="a script of the document"))
    form = root.get("/AcroForm", pikepdf.Dictionary())
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        found.holds.append(Hold(kind="hidden_unknown_part", where="an XFA form"))
    if set(root.keys()) - CATALOGUE:
        found.holds.append(Hold(kind="hidden_unknown_part", where="an entry of the catalogue that is not understood"))
    if set(names.keys()) - NAMES - {"/EmbeddedFiles", "/JavaScript"}:
        found.holds.append(Hold(kind="hidden_unknown_part", where="a list of names that is not understood"))
    if set(root.get("/PieceInfo", pikepdf.Dictionary()).keys()) - PIECES:
        found.holds.append(Hold(kind="hidden_unknown_part", where="data of the program that made the file"))


def _script(action: object) -> bool:
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "/GoTo")) not in ("/GoTo", "/URI", "/Named")


def _layers(pdf: pikepdf.Pdf, found: Structure) -> None:
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return
    default = properties.get("/D", pikepdf.Dictionary())
    groups = [group for group in properties.get("/OCGs", []) if isinstance(group, pikepdf.Dictionary)]
    off = {group.objgen for group in default.get("/OFF", [])}
    if str(default.get("/BaseState", "/ON")) == "/OFF":
        off |= {group.objgen for group in groups} - {group.objgen for group in default.get("/ON", [])}
    for group in groups:
        usage = group.get("/Usage", pikepdf.Dictionary())
        view = usage.get("/View", pikepdf.Dictionary())
        if str(view.get("/ViewState", "/ON")) == "/OFF":
            off.add(group.objgen)
    if off:
        found.layers_off = True
        found.holds.append(Hold(kind="hidden_layer", where=f"{len(off)} layers switched off"))


def _page(page: pikepdf.Page, number: int, found: Structure) -> None:
    kinds: Counter[str] = Counter()
    for annotation in page.obj.get("/Annots", []):
        if not isinstance(annotation, pikepdf.Dictionary):
            continue
        kind = str(annotation.get("/Subtype", "/Unknown"))
        if kind == "/Redact":
            found.marks.setdefault(number, []).extend(_marked(annotation))
        if kind not in LINKS:
            kinds[kind] += 1
        elif _script(annotation.get("/A")) and str(annotation["/A"].get("/S")) in ("/JavaScript", "/Launch"):
            found.holds.append(Hold(kind="hidden_macro", where=f"page {number + 1}: a link that runs something"))
    for kind, count in sorted(kinds.items()):
        sort = "hidden_embedded_file" if kind == "/FileAttachment" else "hidden_annotation"
        found.holds.append(
            Hold(
                kind=sort, where=f"page {number + 1}: {count} of kind {kind[1:] if kind in ANNOTATIONS else 'unknown'}"
            )
        )
    if "/Thumb" in page.obj:
        found.holds.append(Hold(kind="hidden_unknown_part", where=f"page {number + 1}: a small picture of the page"))
    if "/AF" in page.obj:
        found.holds.append(Hold(kind="hidden_embedded_file", where=f"page {number + 1}: an associated file"))
    if set(page.obj.get("/PieceInfo", pikepdf.Dictionary()).keys()) - PIECES:
        where = f"page {number + 1}: data of the program that made the page"
        found.holds.append(Hold(kind="hidden_unknown_part", where=where))


def _marked(annotation: pikepdf.Dictionary) -> Iterator[Box]:
    """The boxes that a redaction mark covers."""
    points = [float(number) for number in annotation.get("/QuadPoints", [])]
    if len(points) >= 8:
        for i in range(0, len(points) - 7, 8):
            xs, ys = points[i : i + 8 : 2], points[i + 1 : i + 8 : 2]
            yield (min(xs), min(ys), max(xs), max(ys))
        return
    rect = [float(number) for number in annotation.get("/Rect", [])]
    if len(rect) == 4:
        yield (min(rect[0], rect[2]), min(rect[1], rect[3]), max(rect[0], rect[2]), max(rect[1], rect[3]))


def _orphans(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Streams that paint text and that nothing in the file points to: the page as it was before a change."""
    reached: set[tuple[int, int]] = set()
    waiting: list[pikepdf.Object] = [pdf.trailer]
    steps = 0
    while waiting and steps < MOST_OBJECTS:
        steps += 1
        item = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            continue
        if item.is_indirect:
            if item.objgen in reached:
                continue
            reached.add(item.objgen)
        waiting.extend(item if isinstance(item, pikepdf.Array) else (item[key] for key in item.keys()))  # noqa: SIM118
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream) or item.objgen in reached:
            continue
        if str(item.get("/Type", "")) in ("/ObjStm", "/XRef") or str(item.get("/Subtype", "")) == "/Image":
            continue
        try:
            if TEXT_SHOWN.search(item.read_bytes()):
                yield item
        except pikepdf.PdfError:
            continue  # packed in a way that holds no page's text, or broken: no program can read it either


def _revisions(data: bytes, found: Structure) -> None:
    """Earlier versions that are still in the file, where they say or show something that the last one does not."""
    ends = [match.end() for match in EOF.finditer(data)]
    if len(ends) < 2:
        return
    if len(ends) > MOST_REVISIONS:
        found.holds.append(Hold(kind="hidden_earlier_version", where=f"{len(ends)} versions in one file"))
        return
    words, pictures = _contents(data)
    for number, end in enumerate(ends[:-1], start=1):
        try:
            older_words, older_pictures = _contents(data[:end])
        except (pdfium.PdfiumError, pikepdf.PdfError):
            continue  # the first part of a linearised file is no version
        lost = len(older_words - words) + len(older_pictures - pictures)
        if lost:
            where = f"version {number} of {len(ends)}: {lost} words or pictures that the last one does not show"
            found.holds.append(Hold(kind="hidden_earlier_version", where=where))


def _contents(data: bytes) -> tuple[set[str], set[int]]:
    """The words and the pictures of one version."""
    words: set[str] = set()
    pictures: set[int] = set()
    with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
        for page in pdf.pages:
            pictures.update(hash(image.read_raw_bytes()) for image in page.images.values())
    document = pdfium.PdfDocument(data)
    try:
        for page in document:
            text_page = page.get_textpage()
            words.update(WORDS.findall(text_page.get_text_range()))
            text_page.close()
            page.close()
    finally:
        document.close()
    return words, pictures
