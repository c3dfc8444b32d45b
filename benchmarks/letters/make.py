"""Sets the PDF and DOCX letters of this folder from their sources, so that what is frozen can be read and remade.

A source is paragraphs parted by blank lines. ``@pdf`` or ``@docx`` comes first; then ``# `` and ``## `` head, ``: ``
keeps lines, ``- `` lists, ``> `` indents, ``>>> `` sets to the right, ``| a | b |`` is a table row (``//`` parts the
paragraphs of a cell), ``===`` breaks the page, ``**b**``, ``*i*`` and ``^sup^`` are set as such. ``@size`` is in
points, ``@columns`` gives the widths of the next tables in per cent, ``@plain`` draws them without lines, ``@running``
heads every page.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import docx.document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph as WordParagraph
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, TableStyle

HERE = Path(__file__).resolve().parent
MARGIN = 22 * mm  # what an office letter has
INLINE = re.compile(r"\*\*(?P<b>[^*]+)\*\*|\*(?P<i>[^*]+)\*|\^(?P<sup>[^^]+)\^")
KINDS = (">>> ", "## ", "# ", ": ", "- ", "> ", "|")


@dataclass
class Block:
    """One paragraph of a source: ``kind`` is its mark, "" for running text."""

    kind: str
    lines: list[str]


@dataclass
class Source:
    """A letter's source, its switches apart from its text."""

    medium: str
    blocks: list[Block]
    switches: dict[int, list[tuple[str, str]]] = field(default_factory=dict)  # before the block of this number


def parse(text: str) -> Source:
    """A source from its text; raises ``ValueError`` where it does not begin with its medium."""
    medium = ""
    blocks: list[Block] = []
    switches: dict[int, list[tuple[str, str]]] = {}
    for paragraph in re.split(r"\n\s*\n", text.strip("\n")):
        lines = []
        for line in paragraph.split("\n"):
            if line.startswith("@"):
                name, _, value = line[1:].partition(" ")
                if name in ("pdf", "docx"):
                    medium = name
                else:
                    switches.setdefault(len(blocks), []).append((name, value))
            else:
                lines.append(line)
        if not lines:
            continue
        if lines == ["==="]:
            blocks.append(Block("===", []))
            continue
        kind = next((k for k in KINDS if lines[0].startswith(k)), "")
        cut = len(kind) if kind != "|" else 0
        blocks.append(Block(kind.strip(), [line[cut:] if line.startswith(kind) else line for line in lines]))
    if not medium:
        raise ValueError("a source begins with @pdf or @docx")
    return Source(medium, blocks, switches)


def cells(line: str) -> list[str]:
    """The cells of one table row."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def marked(text: str) -> str:
    """Text in reportlab's own mark-up."""
    done = escape(text)
    done = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", done)
    done = re.sub(r"\*([^*]+)\*", r"<i>\1</i>", done)
    return re.sub(r"\^([^^]+)\^", r"<super>\1</super>", done)


def to_pdf(source: Source) -> bytes:
    """The letter as a PDF, the same bytes every time."""
    size, plain, running = 10.5, False, ""
    widths: list[float] = []
    for pairs in source.switches.values():
        for name, value in pairs:
            size = float(value) if name == "size" else size
            running = value if name == "running" else running
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=size, leading=size * 1.3, spaceAfter=size * 0.7)
    styles = {
        "": body,
        ":": body,
        "#": ParagraphStyle("h1", parent=body, fontName="Helvetica-Bold", fontSize=size + 2.5, leading=size * 1.6),
        "##": ParagraphStyle("h2", parent=body, fontName="Helvetica-Bold", fontSize=size + 0.5),
        "-": ParagraphStyle("list", parent=body, leftIndent=6 * mm, bulletIndent=2 * mm, spaceAfter=size * 0.3),
        ">": ParagraphStyle("quote", parent=body, leftIndent=10 * mm, rightIndent=10 * mm),
        ">>>": ParagraphStyle("right", parent=body, alignment=TA_RIGHT),
    }
    cell_style = ParagraphStyle("cell", parent=body, spaceAfter=size * 0.3)
    width = A4[0] - 2 * MARGIN
    story: list[Flowable] = []
    for number, block in enumerate(source.blocks):
        for name, value in source.switches.get(number, []):
            widths = [float(part) for part in value.split()] if name == "columns" else widths
            plain = plain or name == "plain"
        if block.kind == "===":
            story.append(PageBreak())
        elif block.kind == "|":
            rows = [
                [[Paragraph(marked(p), cell_style) for p in cell.split(" // ")] for cell in cells(line)]
                for line in block.lines
            ]
            shares = widths if len(widths) == len(rows[0]) else None
            table = LongTable(rows, colWidths=[width * s / 100 for s in shares] if shares else None, splitInRow=1)
            look = [("VALIGN", (0, 0), (-1, -1), "TOP")]
            table.setStyle(TableStyle(look if plain else [*look, ("GRID", (0, 0), (-1, -1), 0.5, colors.grey)]))
            story += [table, Spacer(1, size)]
        elif block.kind == "-":
            story += [Paragraph(marked(line), styles["-"], bulletText="\u2022") for line in block.lines]
        else:
            joint = "<br/>" if block.kind in (":", ">>>") else " "
            story.append(Paragraph(joint.join(marked(line) for line in block.lines), styles[block.kind]))

    def head(canvas: object, _document: object) -> None:
        if running:
            canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
            canvas.drawString(MARGIN, A4[1] - 12 * mm, running)  # type: ignore[attr-defined]

    held = io.BytesIO()
    SimpleDocTemplate(
        held, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN, invariant=1
    ).build(story, onFirstPage=head, onLaterPages=head)
    return held.getvalue()


def write(paragraph: WordParagraph, text: str) -> None:
    """Adds text to a Word paragraph, its marks as runs."""
    at = 0
    for match in INLINE.finditer(text):
        paragraph.add_run(text[at : match.start()])
        run = paragraph.add_run(match[match.lastgroup or 0])
        run.bold, run.italic = match["b"] is not None, match["i"] is not None
        run.font.superscript = match["sup"] is not None
        at = match.end()
    paragraph.add_run(text[at:])


def set_block(document: docx.document.Document, block: Block) -> None:
    """Adds one block to a Word document."""
    if block.kind == "|":
        rows = [cells(line) for line in block.lines]
        table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                write(table.cell(number, column).paragraphs[0], text)
    elif block.kind in ("#", "##"):
        write(document.add_heading(level=len(block.kind)), " ".join(block.lines))
    elif block.kind in ("-", ":", ">>>"):
        for line in block.lines:
            paragraph = document.add_paragraph(style="List Bullet" if block.kind == "-" else None)
            write(paragraph, line)
            if block.kind == ">>>":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        write(document.add_paragraph(), " ".join(block.lines))


def to_docx(source: Source) -> bytes:
    """The letter as a Word document, the same bytes every time."""
    document = docx.Document()
    for block in source.blocks:
        set_block(document, block)
    saved, held = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)  # ZipInfo's date is fixed
    return held.getvalue()


def main(folder: Path) -> None:
    """Writes every letter that has a source into ``folder``."""
    for path in sorted((HERE / "sources").glob("*.txt")):
        source = parse(path.read_text(encoding="utf-8"))
        made = (to_pdf if source.medium == "pdf" else to_docx)(source)
        (folder / f"{path.stem}.{source.medium}").write_bytes(made)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
