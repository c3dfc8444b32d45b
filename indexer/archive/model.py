"""The archive's own vocabulary: what goes in, what is kept, what comes out. Plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from indexer.disclosure import Source

Headers = tuple[tuple[str, str], ...]


class Kind(StrEnum):
    """What an address is for."""

    LISTING = "listing"
    ITEM = "item"
    ATTACHMENT = "attachment"
    ROBOTS = "robots"
    OTHER = "other"


class State(StrEnum):
    """What a run found about one disclosure, each counted once and the first that fits."""

    NEW = "new"
    MOVED = "moved"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"


class RunStatus(StrEnum):
    """How the crawl of one log ended."""

    OK = "ok"
    EMPTY = "empty"
    BLOCKED = "blocked"
    DISALLOWED = "disallowed"
    DRIFTED = "drifted"
    UNREACHABLE = "unreachable"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer as they went over the wire, but for what a client library already undid.

    ``body`` is as it came: still gzip where ``Content-Encoding`` says so, already without ``Transfer-Encoding``.
    Header pairs keep their order and their repetitions.
    """

    url: str
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime  # aware; microseconds are kept
    method: str = "GET"
    request_headers: Headers = ()
    reason: str = ""
    http_version: str = "HTTP/1.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One kept answer. ``sha256`` and ``size`` are of the decoded body; a revisit has those of the body it stands for.

    ``changed`` is whether the decoded body differs from that of the capture before it at the same address (true for
    the first). ``refused`` means that an operator erased this body before: nothing was written, ``number`` is 0.
    """

    number: int
    url: str
    status: int
    kind: str  # "response", "revisit" or "resource": the WARC record's type
    sha256: str
    size: int
    media_type: str
    fetched_at: datetime
    payload_digest: str
    warc: str  # file name inside the archive folder's ``warc``
    offset: int
    length: int
    charset: str | None = None  # as the server said
    revisit_of: int | None = None
    changed: bool = True
    refused: bool = False
    origin: str | None = None  # the file it was imported from; None where our crawler fetched it


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a listing."""

    url: str
    title: str | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a page reader saw of one answer. ``part`` names it on a page that holds several; empty is the whole page.

    ``content_key`` is the SHA-256 of the page's own words (title, main text, names of attachments; chrome left out), so
    that a new banner is no change. Two pages with one key are taken for the same answer: where a page says no more than
    "please see attached", leave it None or take the attachments' names in.
    ``missing`` names expected fields that were not found, counted per run.
    """

    title: str | None = None
    published_on: date | None = None
    reference: str | None = None  # as printed
    content_key: str | None = None
    attachments: tuple[tuple[str, str], ...] = ()  # (name, absolute address), in the page's order
    missing: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page reader saw of one address. ``alternates`` are the same answer elsewhere (a Welsh twin), ``canonical``
    what the page calls its own address. ``secondary`` marks a twin whose facts give way to an alternate's."""

    items: tuple[Item, ...]
    canonical: str | None = None
    alternates: tuple[str, ...] = ()
    secondary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """An address that a run has still to fetch."""

    url: str
    kind: Kind
    listed: Listed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What became of one disclosure on a page; ``wanted`` are addresses to fetch because of it (attachments).

    ``state`` is as known now: a new page that turns out to be a moved one is settled when the run finishes.
    ``id`` is None where the disclosure was erased before and is not taken in again.
    """

    id: str | None
    state: State
    wanted: tuple[Want, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a run found. ``pages`` are answers of every kind that were kept; the states count disclosures."""

    pages: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    gone: int = 0
    failed: int = 0
    missing_fields: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run of one log, as the catalogue remembers it. ``status`` is None while it is unfinished."""

    number: int
    log: str
    started: datetime
    ended: datetime | None
    status: str | None
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """By what a disclosure is known again: its id, (force, reference), and hashes.

    ``hashes`` are SHA-256 of the main body and of its normalised text, ``files`` those of attachments. A file that was
    taken out with one disclosure and turns up with another is left out there; the other disclosure stays.
    """

    id: str | None = None
    forces: tuple[str, ...] = ()
    reference_key: str | None = None
    hashes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAttachment:
    """A file that a disclosure links to; ``capture`` is None where it was never fetched."""

    number: int
    name: str
    url: str
    capture: Capture | None
    gone_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One disclosure as the archive holds it: everything that making a record of it needs but the text.

    ``main`` is None where no body is held (only listed so far, or erased). ``merged_into`` is set where this id was
    found to be another disclosure: search for that one instead.
    """

    id: str
    log: str | None
    forces: tuple[str, ...]
    title: str | None
    published_on: date | None
    reference: str | None
    part: str
    url: str | None
    main: Capture | None
    attachments: tuple[StoredAttachment, ...]
    sources: tuple[Source, ...]
    aliases: tuple[str, ...]
    first_seen: datetime
    gone_since: datetime | None
    revision: int
    content_key: str | None = None
    erased: bool = False
    merged_into: str | None = None

    @property
    def marks(self) -> Marks:
        """By what decisions know it. A caller that has read the letter puts its forces and reference key in."""
        hashes = (
            [self.main.sha256] if self.main and not self.part else []
        )  # a page of several answers marks none of them
        if self.content_key:
            hashes.append(self.content_key)
        return Marks(
            id=self.id,
            forces=self.forces,
            reference_key=self.reference,
            hashes=tuple(hashes),
            files=tuple(dict.fromkeys(a.capture.sha256 for a in self.attachments if a.capture)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that ``verify`` found wrong."""

    kind: str  # "digest", "missing", "orphan", "damaged", "catalogue", "erasure"
    where: str
    what: str
