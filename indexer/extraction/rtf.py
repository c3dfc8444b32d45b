"""Rich text (RTF): hidden and deleted text is cut out, then striprtf turns the rest into plain text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from striprtf.striprtf import rtf_to_text

from indexer.disclosure import FailureKind, Hold
from indexer.extraction.colours import WHITE, Colour, alike
from indexer.extraction.document import Content, Document, Limits, UnreadableError
from indexer.extraction.glyphs import mend

TOKEN = re.compile(r"\\([a-z]+)(-?\d+)? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.IGNORECASE)
COLOUR = re.compile(r"(?:\\red(\d+))?\s*(?:\\green(\d+))?\s*(?:\\blue(\d+))?\s*;")
COLOUR_TABLE = re.compile(r"\{\\colortbl\s*([^{}]*)\}")
CELL_PAPER = re.compile(r"\\clcbpat[1-9]")
BINARY = re.compile(r"\\bin(\d+) ?")
# Destinations that hold no text of the document: dropped, and no finding.
_SILENT = """
    fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator info pict themedata colorschememapping
    latentstyles datastore xmlnstbl mmathPr fldinst pgdsctbl pgptbl pgp filetbl revtbl blipuid nonesttables shppict
    nonshppict defchp defpap wgrffmtfilter ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn bkmkstart bkmkend panose falt
    fname listname listpicture picprop sp sn sv xe tc tcn userprops protusertbl shprslt pnseclvl pn pntxta pntxtb
    nesttableprops formfield fchars lchars template passwordhash writereservhash background private company operator
    fontemb fontfile htmltag mhtmltag listlevel listoverride lfolevel leveltext levelnumbers ebcstart ebcend ud
    rtfsp aftnsepc factoidname svb hsv gridtbl objclass objname oleclsid cs ts ds
"""
SILENT = frozenset(_SILENT.split())
# Destinations whose text a reader sees, but striprtf passes over: read where they stand.
_SEEN = """
    header headerl headerr headerf footer footerl footerr footerf footnote pntext listtext shp shpinst shptxt shpgrp do
    dptxbxtext
"""
SEEN = frozenset(_SEEN.split())
FINDINGS = {
    "object": "hidden_embedded_file",
    "objdata": "hidden_embedded_file",
    "annotation": "hidden_comment",
    "docvar": "hidden_unknown_part",
    "mailmerge": "hidden_external_link",
    "oldcprops": "hidden_tracked_change",
    "oldpprops": "hidden_tracked_change",
}
COMMENT_MARKS = frozenset(
    ["atnid", "atnauthor", "atndate", "atnref", "atnparent", "atnicn", "atntime", "atrfstart", "atrfend"]
)
_FIELDS = "PAGE NUMPAGES HYPERLINK DATE TIME TOC PAGEREF REF SEQ FILENAME SYMBOL FORMTEXT FORMCHECKBOX TITLE MERGEFIELD"
FIELDS = frozenset(_FIELDS.split())
SMALLEST = 3  # half points: smaller letters cannot be read


@dataclass(frozen=True, slots=True)
class _State:
    """How the letters of a group look."""

    hidden: bool = False
    deleted: bool = False
    ink: int = 0
    paper: int = 0
    size: int = 24
    silent: str = ""  # the destination that swallows the text


def read(document: Document, limits: Limits) -> Content:
    """The document as one page. Raises UnreadableError (``truncated``) where its groups do not close."""
    source = document.data.decode("latin-1")
    source = _without_binary(source)
    visible, findings, open_groups = _visible(source)
    if open_groups > 0:
        raise UnreadableError(FailureKind.TRUNCATED, "the groups of the file do not close")
    text = str(rtf_to_text(visible, encoding="cp1252", errors="replace"))  # type: ignore[no-untyped-call]
    if len(text) > limits.unpacked_bytes:
        raise UnreadableError(FailureKind.TOO_LARGE, "the text is longer than the limit")
    text = "\n".join(_line(line) for line in text.split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", text).strip("\n ")
    holds = tuple(
        Hold(kind=kind, where=f"{number} {'passage' if number == 1 else 'passages'}")
        for kind, number in sorted(findings.items())
    )
    return Content(pages=(text,), holds=holds)


def _line(line: str) -> str:
    """striprtf parts cells by ``|``; a person reads `` | ``."""
    cells = [mend(re.sub(r"[ \t]+", " ", cell)).strip() for cell in line.split("|")]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return " | ".join(cells)


def _without_binary(source: str) -> str:
    """The file without raw binary data, which may hold braces."""
    out, at = [], 0
    for match in BINARY.finditer(source):
        if match.start() < at:
            continue
        out.append(source[at : match.start()])
        at = match.end() + int(match.group(1))
    return "".join([*out, source[at:]])


def _colours(source: str) -> list[Colour | None]:
    """The colour table; None for the automatic colour."""
    table = COLOUR_TABLE.search(source)
    if table is None:
        return [None]
    out: list[Colour | None] = []
    for red, green, blue in COLOUR.findall(table.group(1)):
        out.append((int(red or 0), int(green or 0), int(blue or 0)) if red or green or blue else None)
    return out


def _visible(source: str) -> tuple[str, Counter[str], int]:
    """The file without its hidden runs, what was found in them, and how many groups were left open."""
    walk = _Walk(_colours(source), CELL_PAPER.search(source) is not None)
    for match in TOKEN.finditer(source):
        walk.token(match)
    return "".join(walk.out), walk.findings, len(walk.stack)


class _Walk:
    """Passes over the tokens and keeps those that are seen."""

    def __init__(self, colours: list[Colour | None], painted: bool) -> None:
        self.colours = colours
        self.painted = painted  # some table cell has a colour of its own: light letters may stand on it
        self.findings: Counter[str] = Counter()
        self.out: list[str] = []
        self.stack: list[_State] = []
        self.state = _State()
        self.counted: _State | None = None
        self.opened = self.starred = False  # the last token opened a group, or said that a destination follows

    def token(self, match: re.Match[str]) -> None:
        word, _, code, sign, brace, text = match.groups()
        if brace == "{":
            self.stack.append(self.state)
        elif brace == "}":
            self.state = self.stack.pop() if self.stack else self.state
        elif word is not None:
            if self.destination(word) or self.state.silent:
                self.opened = self.starred = False
                return
            self.control(word, match.group(2))
            if word == "u" and self.reason() is not None:
                return
        elif sign == "*":
            self.starred = self.opened
            return
        elif code is not None or text is not None or sign is not None:
            if self.swallowed(text or code or ""):
                return
        else:
            return
        self.opened = brace == "{"
        self.starred = False
        self.out.append(match.group() if word is None else f"\\{word}{match.group(2) or ''} ")  # line ends are dropped

    def destination(self, word: str) -> bool:
        """Whether a control word starts a destination; its text is then kept, swallowed or found hidden."""
        if word == "object" or (self.opened and word in FINDINGS):
            self.findings[FINDINGS[word]] += not self.state.silent
            self.state = replace(self.state, silent=word)
            return True
        if not self.opened:
            return False
        if word in SEEN:
            return True
        if word in SILENT or word in COMMENT_MARKS:
            self.state = replace(self.state, silent=word)
            return True
        if self.starred:
            self.findings["hidden_unknown_part"] += not self.state.silent
            self.state = replace(self.state, silent=word)
            return True
        return False

    def control(self, word: str, number: str | None) -> None:
        on, value = number != "0", int(number or 0)
        if word == "v":
            self.state = replace(self.state, hidden=on)
        elif word == "deleted":
            self.state = replace(self.state, deleted=on)
        elif word == "revised" and on:
            self.findings["hidden_tracked_change"] += 1
        elif word == "cf":
            self.state = replace(self.state, ink=value)
        elif word in ("highlight", "cb", "chcbpat", "cbpat"):
            self.state = replace(self.state, paper=value)
        elif word == "fs":
            self.state = replace(self.state, size=value)
        elif word == "plain":
            self.state = _State(silent=self.state.silent)

    def swallowed(self, text: str) -> bool:
        """Whether text is not seen; hidden text is counted once for each run."""
        if self.state.silent:
            name = text.strip().partition(" ")[0].upper()
            if self.state.silent == "fldinst" and name.isalpha() and name not in FIELDS and self.counted != self.state:
                self.findings["hidden_text"] += 1
            if self.state.silent == "fldinst":
                self.counted = self.state
            return True
        reason = self.reason()
        if reason is None:
            self.counted = None
            return False
        if text.strip() and self.counted != self.state:
            self.findings[reason] += 1
            self.counted = self.state
        return True

    def reason(self) -> str | None:
        state = self.state
        if state.deleted:
            return "hidden_tracked_change"
        if state.hidden or state.size < SMALLEST:
            return "hidden_text"
        ink = self.colours[state.ink] if state.ink < len(self.colours) else None
        paper = self.colours[state.paper] if 0 < state.paper < len(self.colours) else None
        if ink is not None and alike(ink, paper or WHITE) and not (paper is None and self.painted):
            return "hidden_text"
        return None
