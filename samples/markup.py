"""The small language that the sample letters are written in, and the blocks it becomes.

One line is one thing: ``# heading``, ``- bullet``, ``1. item``, ``| cell | cell |``, ``---`` (new page), anything
else a paragraph that runs until a blank line. Inside a line, ``**bold**``, ``^th^`` (raised), ``((address|text))``
and the mark of a provision, ``[[role provision …|as printed]]``.

A mark says what the provision does in the letter, so that what a reader must find is known because it was written,
not because somebody read it again. Roles are one letter: a(pplied), n (applied to neither confirm nor deny),
m(ention), q (the requester's words), r(epeat), s (statute quoted), z (no longer relied on), and x for another law,
which is no citation at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from indexer.disclosure import CitationRole, Regime, Voice

ROLES = {
    "a": CitationRole.APPLIED,
    "n": CitationRole.APPLIED_NCND,
    "m": CitationRole.MENTION,
    "q": CitationRole.REQUESTER,
    "r": CitationRole.REPEAT,
    "s": CitationRole.QUOTED,
    "z": CitationRole.NO_LONGER,
}
OTHER_LAW = "x"

_INLINE = re.compile(
    r"\[\[(?P<role>[a-z]) (?P<provisions>[^|\]]*)\|(?P<printed>.*?)\]\]"
    r"|\(\((?P<href>[^|\s]+)\|(?P<label>[^()]*)\)\)"
    r"|\*\*(?P<bold>.+?)\*\*"
    r"|\^(?P<raised>[a-z]{1,2})\^"
)
_ITEM = re.compile(r"(?P<indent> *)(?P<label>(?:Q?\d{1,2}[a-h]?|[a-h]|[ivx]{1,4})[.)]|-) (?P<text>.+)")


@dataclass(frozen=True, slots=True)
class Cited:
    """One provision marked in the text. ``question`` is the number it answers, None where it stands for the letter."""

    regime: Regime
    provision: str
    role: CitationRole
    printed: str
    question: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text set in one way. ``marked`` tells a provision or another law from a number left unmarked."""

    text: str
    bold: bool = False
    raised: bool = False
    href: str | None = None
    cited: tuple[Cited, ...] = ()
    marked: bool = False


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    PAGE_BREAK = "page_break"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a letter. A row's cells are parted by ``cells``; an item carries its label and depth (from 0)."""

    kind: Kind
    voice: Voice
    runs: tuple[Run, ...] = ()
    question: str | None = None
    label: str = ""
    depth: int = 0
    cells: tuple[tuple[Run, ...], ...] = ()
    head: bool = False

    @property
    def text(self) -> str:
        """The block's words as printed, cells parted by a tab."""
        if self.kind is Kind.ROW:
            return "\t".join(plain(cell) for cell in self.cells)
        return plain(self.runs)

    @property
    def all_runs(self) -> tuple[Run, ...]:
        """Its runs, those of its cells too."""
        return self.runs + tuple(run for cell in self.cells for run in cell)


def plain(runs: tuple[Run, ...]) -> str:
    """Runs as plain text."""
    return "".join(run.text for run in runs)


def inline(text: str, regime: Regime, question: str | None = None) -> tuple[Run, ...]:
    """Parse one line's marks. Raises ``ValueError`` for a role or a regime that does not exist."""
    runs: list[Run] = []
    last = 0
    for found in _INLINE.finditer(text):
        if found.start() > last:
            runs.append(Run(text[last : found.start()]))
        last = found.end()
        if found["role"]:
            runs.append(_marked(found["role"], found["provisions"], found["printed"], regime, question))
        elif found["href"]:
            runs.append(Run(found["label"], href=found["href"]))
        elif found["bold"]:
            runs.extend(
                Run(run.text, bold=True, raised=run.raised, href=run.href, cited=run.cited, marked=run.marked)
                for run in inline(found["bold"], regime, question)
            )
        else:
            runs.append(Run(found["raised"], raised=True))
    if last < len(text):
        runs.append(Run(text[last:]))
    return tuple(runs)


def _marked(role: str, provisions: str, printed: str, regime: Regime, question: str | None) -> Run:
    if role == OTHER_LAW:
        return Run(printed, marked=True)
    if role not in ROLES:
        raise ValueError(f"no role {role!r} in the mark around {printed!r}")
    cited = []
    for provision in provisions.split():
        law, _, number = provision.rpartition(":")
        cited.append(Cited(Regime(law) if law else regime, number, ROLES[role], printed, question))
    return Run(printed, cited=tuple(cited), marked=True)


def blocks(script: str, voice: Voice, regime: Regime, question: str | None = None) -> list[Block]:
    """A script without macros as blocks, all of one voice and one question."""
    made: list[Block] = []
    paragraph: list[str] = []
    in_table = False

    def close() -> None:
        if paragraph:
            runs = inline(
                "\n".join(paragraph).replace(" \\\n", "\v").replace("\n", " ").replace("\v", "\n"), regime, question
            )
            made.append(Block(Kind.PARAGRAPH, voice, runs, question))
            paragraph.clear()

    for line in script.splitlines():
        item = _ITEM.fullmatch(line)
        head, in_table = not in_table, line.startswith("|")
        if not line.strip():
            close()
        elif line == "---":
            close()
            made.append(Block(Kind.PAGE_BREAK, voice, question=question))
        elif line.startswith("#"):
            close()
            made.append(Block(Kind.HEADING, voice, inline(line.lstrip("# "), regime, question), question))
        elif line.startswith("|"):
            close()
            cells = tuple(inline(cell.strip(), regime, question) for cell in line.strip("| ").split(" | "))
            made.append(Block(Kind.ROW, voice, question=question, cells=cells, head=head))
        elif item:
            close()
            made.append(
                Block(
                    Kind.ITEM,
                    voice,
                    inline(item["text"], regime, question),
                    question,
                    label="" if item["label"] == "-" else item["label"],
                    depth=len(item["indent"]) // 2,
                )
            )
        else:
            paragraph.append(line.strip() if paragraph else line.lstrip())
    close()
    return made
