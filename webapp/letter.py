"""A record's text as the page shows it: who says what, side by side, with every fact's passage marked in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from indexer.disclosure import Attachment, Disclosure, Part, Span, Voice, Voiced
from webapp.links import page_anchor, span_anchor

MOST_TEXT = 60_000  # characters of one file on the page, some twenty pages of a letter; the rest is one click away
HARD_WRAPPED = (
    55  # characters: a line at least so long that ends in no stop was broken by a page's width, not by a writer
)

_LINE = re.compile(r"[^\n]*\n?")
_ITEM = re.compile(r"\s*(?:[-–•*▪●○o]\s|\(?[0-9ivxIVXa-zA-Z]{1,4}[.)]\s|Q\d|A\d|[|])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one page in one voice, marked and safe to print."""

    part: str
    page: int
    anchor: str  # of the page, on its first passage; else empty
    html: Markup


@dataclass(slots=True)
class Exchange:
    """What was asked beside what was answered; either may be empty."""

    request: list[Passage] = field(default_factory=list)
    answer: list[Passage] = field(default_factory=list)
    other: list[Passage] = field(default_factory=list)  # letterhead, signature, complaints: then the rest is empty


@dataclass(frozen=True, slots=True)
class Told:
    """A document that is a letter: the page itself, or an attachment in which somebody asks or answers."""

    attachment: Attachment | None
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class File:
    """One attachment with the text read from it; ``told`` where it stands among the letters already."""

    attachment: Attachment
    told: bool
    pages: tuple[Passage, ...]
    left_out: int  # pages whose text is too long for this page
    hits: int  # places where the searched words stand


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything there is to read in a record."""

    told: tuple[Told, ...]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to mark in one page."""

    start: int
    end: int
    name: str  # id of the element; empty for a searched word
    fact: bool = False  # whether it is shown as evidence, or only led to


class _Marks:
    """What is to be marked, page by page; a mark that is cut in pieces has its id on the first alone."""

    def __init__(self, facts: set[Span], places: set[Span], hits: Iterable[Span]) -> None:
        self._pages: dict[tuple[str, int], list[Mark]] = {}
        self._named: set[str] = set()
        for span in sorted(facts | places, key=lambda s: (s.part, s.page, s.start, s.end)):
            self._add(span, span_anchor(span), fact=span in facts)
        for span in hits:
            self._add(span, "", fact=False)

    def _add(self, span: Span, name: str, *, fact: bool) -> None:
        self._pages.setdefault((span.part, span.page), []).append(Mark(span.start, span.end, name, fact=fact))

    def of(self, part: Part) -> list[Mark]:
        """Everything to be marked in one page."""
        return self._pages.get((part.part, part.page), [])

    def passage(self, part: Part, start: int, end: int, *, opens: bool) -> Passage:
        """A stretch of a page, without the white space around it; ``opens`` gives it the page's name."""
        while start < end and part.text[start].isspace():
            start += 1
        while end > start and part.text[end - 1].isspace():
            end -= 1
        here = [mark for mark in self.of(part) if mark.start < end and start < mark.end]
        html = marked_text(flowing(part.text), start, end, here, self._named)
        return Passage(part.part, part.page, page_anchor(part.part, part.page) if opens else "", html)


def letter(record: Disclosure, facts: Iterable[Span], places: Iterable[Span], hits: Iterable[Span]) -> Letter:
    """The record's text with its facts' passages and the searched words marked; ``places`` are only led to."""
    marks = _Marks(set(facts), set(places), hits)
    told = [Told(None, tuple(_exchanges(_pages(record, "page"), marks)))]
    files = []
    for attachment in record.attachments:
        pages = _pages(record, f"attachment-{attachment.number}")
        if _is_letter(pages):
            told.append(Told(attachment, tuple(_exchanges(pages, marks))))
        files.append(_file(attachment, pages, marks))
    return Letter(tuple(told), tuple(files))


def _pages(record: Disclosure, name: str) -> list[Part]:
    return [part for part in record.parts if part.part == name]


def _is_letter(pages: Sequence[Part]) -> bool:
    """Whether somebody answers in it; what is too long for this page is no letter."""
    spoken = any(voiced.role is Voice.ANSWER for part in pages for voiced in part.roles)
    return spoken and sum(len(part.text) for part in pages) <= MOST_TEXT


def _exchanges(pages: Sequence[Part], marks: _Marks) -> Iterator[Exchange]:
    """Runs of one voice, a request with the answer that follows it."""
    present: Exchange | None = None
    for voice, run in groupby(_voiced(pages), key=lambda row: row[1].role):
        passages = [marks.passage(part, v.start, v.end, opens=v.start == first) for part, v, first in _firsts(run)]
        if voice is Voice.OTHER:
            if present:
                yield present
            yield Exchange(other=passages)
            present = None
        elif voice is Voice.REQUEST or present is None:
            if present:
                yield present
            present = Exchange(request=passages) if voice is Voice.REQUEST else Exchange(answer=passages)
        else:
            present.answer += passages
            yield present
            present = None
    if present:
        yield present


def _voiced(pages: Sequence[Part]) -> Iterator[tuple[Part, Voiced]]:
    """Every stretch that holds words; a page whose voices were not read is answered for by nobody."""
    for part in pages:
        for voiced in part.roles or (Voiced(role=Voice.OTHER, start=0, end=len(part.text)),):
            if part.text[voiced.start : voiced.end].strip():
                yield part, voiced


def _firsts(run: Iterable[tuple[Part, Voiced]]) -> Iterator[tuple[Part, Voiced, int]]:
    for part, voiced in run:
        stretches = part.roles or (voiced,)
        first = next((v.start for v in stretches if part.text[v.start : v.end].strip()), 0)
        yield part, voiced, first


def _file(attachment: Attachment, parts: Sequence[Part], marks: _Marks) -> File:
    hits = sum(not mark.name for part in parts for mark in marks.of(part))
    if _is_letter(parts):
        return File(attachment, told=True, pages=(), left_out=0, hits=hits)
    shown, used = [], 0
    for part in parts:
        if used < MOST_TEXT or (marks.of(part) and used < 2 * MOST_TEXT):
            shown.append(marks.passage(part, 0, min(len(part.text), MOST_TEXT), opens=True))
            used += len(part.text)
    return File(attachment, told=False, pages=tuple(shown), left_out=len(parts) - len(shown), hits=hits)


def flowing(text: str) -> str:
    """The text with lines joined that only a page's width broke; every character keeps its place."""
    lines = _LINE.findall(text)
    joined = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        bare = line.rstrip("\n")
        breaks = (
            not line.endswith("\n")
            or len(bare.strip()) < HARD_WRAPPED
            or bare.rstrip().endswith((".", "?", "!", ":", ";", "|"))
            or not following.strip()
            or following.startswith((" ", "\t"))
            or _ITEM.match(following)
        )
        joined.append(line if breaks else bare + " ")
    return "".join(joined)


def marked_text(text: str, start: int, end: int, marks: Sequence[Mark], named: set[str]) -> Markup:
    """``text[start:end]`` with marks around facts and searched words, properly nested where they overlap.

    ``named`` holds the names given so far and takes up new ones: each is given once.
    """
    pieces: list[Markup | str] = []
    opened: list[Mark] = []
    edges = sorted({start, end, *(e for m in marks for e in (m.start, m.end) if start < e < end)})
    ordered = sorted(marks, key=lambda m: (m.start, -m.end, not m.name))
    for here, following in pairwise(edges):
        while opened and any(mark.end <= here for mark in opened):
            pieces.append(_closing(opened.pop()))
        inside = [m for m in ordered if m.start <= here and m.end > here]
        for mark in inside:
            if mark not in opened:
                pieces.append(_opening(mark, first=mark.name not in named))
                named.add(mark.name)
                opened.append(mark)
        pieces.append(escape(text[here:following]))
    pieces += [_closing(mark) for mark in reversed(opened)]
    return Markup("").join(pieces)


def _opening(mark: Mark, *, first: bool) -> Markup:
    if not mark.name:
        return Markup("<mark>")
    kind = "fact" if mark.fact else "place"
    if first:
        return Markup('<span class="{}" id="{}">').format(kind, mark.name)
    return Markup('<span class="{}">').format(kind)


def _closing(mark: Mark) -> Markup:
    return Markup("</span>") if mark.name else Markup("</mark>")
