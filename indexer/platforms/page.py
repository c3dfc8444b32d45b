"""What a fetched page is: one of four values, whatever platform published it.

A reader turns (address, bytes, log) into a listing, an item, a challenge or something else. It is pure: no clock, no
network, no logging. Spiders, imports and extraction all ask the same reader, so a page means the same everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from indexer.bodies import Log


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One disclosure as a listing names it. ``published_on`` only where the listing prints day, month and year."""

    url: str
    title: str
    published_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page that leads to disclosures. Zero entries prove nothing unless the page itself says that there are none."""

    entries: tuple[Entry, ...] = ()
    next_pages: tuple[str, ...] = ()  # further pages of this listing, exactly as the page offers them
    folders: tuple[str, ...] = ()  # year and month pages beneath this one
    says_empty: bool = False  # the page prints that nothing was found
    left_out: tuple[str, ...] = ()  # links of the same kind that lead out of the log: policies, spending …


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A file that a page offers. ``name`` is the file's own name, ``label`` the words of the link."""

    name: str
    url: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One answer of a page that holds several. ``key`` names it for good: it goes into the disclosure's identity."""

    key: str
    title: str
    reference: str
    text: str
    attachments: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A disclosure's page, its chrome and banners dropped. ``text`` has one line per block: it tells whether the page
    changed and what stands after a label; what people read is ``indexer.platforms.item_text``."""

    url: str  # canonical: as the page itself says, where that is inside the log
    title: str
    text: str
    reference: str | None = None  # as printed after a label, only there
    published_on: date | None = None
    alternates: tuple[str, ...] = ()  # the same disclosure in another language's chrome
    secondary: bool = False  # this one is the twin: its facts give way to the alternate's
    attachments: tuple[Link, ...] = ()
    pieces: tuple[Piece, ...] = ()  # two or more, or none


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """The site would not let us in. Never an empty document, never a removal, and never worked around."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A page of the site that is no disclosure and leads to none."""

    reason: str


Page = Listing | Item | Challenge | Other


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Where a platform's pages keep something. ``evidence`` says how well that is known."""

    css: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one named selector found on one page; ``sample`` is the text or address of its first match."""

    selector: str
    found: int
    sample: str | None


class Reader(Protocol):
    """The reader of one platform."""

    @property
    def platform(self) -> str:
        """Its id in ``forces.toml``."""

    @property
    def selectors(self) -> Mapping[str, Selector]:
        """Every place it looks at, by name."""

    @property
    def expected(self) -> tuple[str, ...]:
        """The fields that its disclosures showed wherever they were seen; a missing one is counted."""

    def read(self, url: str, body: bytes, log: Log) -> Page:
        """What this page is. ``body`` is decoded of any content encoding; any bytes are accepted."""

    def text(self, url: str, body: bytes, part: str = "") -> str:
        """The words of a disclosure's page as a person reads them, or of one of its pieces."""

    def probe(self, url: str, body: bytes) -> tuple[Finding, ...]:
        """What every named selector and label finds on this page, for a person who checks a log by hand."""
