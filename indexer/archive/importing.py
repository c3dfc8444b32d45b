"""Bringing in what others hold: web archives, saved pages, loose letters. Read by the same page readers as a crawl.

Every file that is brought in is said, and so is every record that is not taken, with the reason.
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from indexer.archive import foreign, savedpages, warc
from indexer.archive.addresses import address_key, letter_id
from indexer.archive.catalogue import to_day
from indexer.archive.filing import Filing
from indexer.archive.folder import Archive
from indexer.archive.foreign import ForeignFileError, Found
from indexer.archive.model import Capture, Exchange, Kind, Listed, State
from indexer.archive.settling import join_twins
from indexer.extraction.document import Document, UnreadableError
from indexer.extraction.readers import READERS
from indexer.extraction.sniffing import EXTENSIONS
from indexer.extraction.sniffing import media_type as sniffed_type
from indexer.forces import ForceRegistry, Log
from indexer.platforms import Challenge, Item, Listing, UnknownPlatformError, reader
from indexer.platforms.filing import filed, listed

HTML = ("text/html", "application/xhtml+xml")
ERASED = "an operator erased it before"
ASSETS = "_files"  # the folder that a browser puts a saved page's pictures and scripts into


class Outcome(StrEnum):
    """What became of one file or record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"  # held already, or an older copy of what is held
    LISTING = "listing"
    SKIPPED = "skipped"  # not taken; ``reason`` says why
    FAILED = "failed"  # could not be read; ``reason`` says why


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One file, record or letter, and what became of it. ``what`` is "page", "attachment", "letter" or "file"."""

    file: str
    what: str
    outcome: Outcome
    url: str | None = None
    id: str | None = None
    log: str | None = None
    reason: str = ""


class Importer:
    """Brings files into an archive that is open to write."""

    def __init__(self, archive: Archive, registry: ForceRegistry, *, forces: tuple[str, ...] = ()) -> None:
        """``forces`` are who answers in loose letters, where the operator knows."""
        self._archive = archive
        self._registry = registry
        self._forces = forces

    def bring(self, paths: Iterable[Path]) -> Iterator[Brought]:
        """Bring in files, and every file of a folder. Again brings nothing twice."""
        for path in paths:
            for file in _files(path):
                if file.resolve().is_relative_to(self._archive.folder.resolve()):
                    yield Brought(
                        file=str(file), what="file", outcome=Outcome.SKIPPED, reason="lies inside this archive"
                    )
                else:
                    for brought in self._file(file):
                        yield replace(brought, file=str(file))  # two folders may hold files of one name

    def _file(self, path: Path) -> Iterator[Brought]:
        try:
            with path.open("rb") as file:
                head = file.read(warc.CHUNK)
            size = path.stat().st_size
        except OSError as error:
            yield Brought(file=path.name, what="file", outcome=Outcome.FAILED, reason=error.strerror or str(error))
            return
        if foreign.is_warc(head) or (head.startswith(foreign.ZIP) and foreign.is_wacz(path)):
            yield from self._web_archive(path)
        elif size > warc.BODY_LIMIT:
            yield Brought(
                file=path.name, what="file", outcome=Outcome.SKIPPED, reason=f"larger than {warc.BODY_LIMIT >> 20} MB"
            )
        elif size == 0:
            yield Brought(file=path.name, what="file", outcome=Outcome.FAILED, reason="empty")
        else:
            data = path.read_bytes()
            page = savedpages.read(data, savedpages.sidecar_of(path)) if savedpages.may_be_page(path) else None
            if page and self._logs(page.url):
                yield from self._saved(path, page)
            else:
                yield self.letter(data, path)

    # -- web archives

    def _web_archive(self, path: Path) -> Iterator[Brought]:
        """Pages first, since they say which of the other records are their files."""
        for pages in (True, False):
            try:
                for found in foreign.records(path):
                    yield from self._record(found, pages=pages)
            except ForeignFileError as error:
                if not pages:
                    yield Brought(file=path.name, what="file", outcome=Outcome.FAILED, reason=str(error))

    def _record(self, found: Found, *, pages: bool) -> Iterator[Brought]:
        answer = found.answer
        if answer is None:
            if pages:
                yield Brought(
                    file=found.where, what="page", outcome=Outcome.SKIPPED, url=found.url, reason=found.reason
                )
        elif _is_html(answer) and not self._owners(answer.url):
            if pages:
                yield from self._page(answer, found.where, served=found.served)
        elif not pages:
            yield from self._attachment(answer, found.where, served=found.served)

    def _page(self, answer: Exchange, origin: str, *, served: bool) -> Iterator[Brought]:
        """``served`` is whether a web server's own answer is at hand, or only the page that it gave."""
        logs = self._logs(answer.url)
        reason = "on no site of a known disclosure log"
        if logs and answer.status != 200:
            logs, reason = (), f"status {answer.status}"
        body = warc.decoded(answer) if logs else b""
        for log in logs:
            try:
                platform = reader(log.platform)
            except UnknownPlatformError as error:
                reason = str(error)
                continue
            page = platform.read(answer.url, body, log)
            if isinstance(page, Item):
                yield from self._item(page, platform.expected, self._keep(answer, origin, served=served), log, origin)
                return
            if isinstance(page, Listing):
                self._listing(page, self._keep(answer, origin, served=served), log)
                yield Brought(file=origin, what="page", outcome=Outcome.LISTING, url=answer.url, log=log.id)
                return
            reason = f"a page that keeps robots out: {page.reason}" if isinstance(page, Challenge) else page.reason
        yield Brought(file=origin, what="page", outcome=Outcome.SKIPPED, url=answer.url, reason=reason)

    def _keep(self, answer: Exchange, origin: str, *, served: bool) -> Capture:
        if served:
            return self._archive.keep(answer, origin=origin)
        (_, content_type), *_ = answer.headers
        return self._archive.keeper.keep_file(answer.url, answer.body, content_type, answer.fetched_at, origin)

    def _item(
        self, page: Item, expected: tuple[str, ...], capture: Capture, log: Log, origin: str
    ) -> Iterator[Brought]:
        with self._archive.filing(log.id) as filing:
            listed_on = to_day(filing.address(capture.url, Kind.ITEM)["published_on"])
            answers = filing.file_page(capture.url, capture, filed(page, expected, listed_on))
            new = [answer.id for answer in answers if answer.id and answer.state is State.NEW]
            joined = join_twins(self._archive.catalogue, new)
        for answer in answers:
            told = Brought(file=origin, what="page", outcome=Outcome.UNCHANGED, url=capture.url, log=log.id)
            if answer.id is None:
                yield replace(told, outcome=Outcome.SKIPPED, reason=ERASED)
            elif answer.id in joined:
                yield replace(told, id=joined[answer.id])
            else:
                yield replace(told, id=answer.id, outcome=Outcome(answer.state.value))

    def _listing(self, page: Listing, capture: Capture, log: Log) -> None:
        """A listing says titles and dates of pages that may come later in the file."""
        with self._archive.filing(log.id) as filing:
            filing.hold_other(filing.address(capture.url, Kind.LISTING)["id"], capture)
            for line in listed(page):
                filing.want(line.url, Kind.ITEM, Listed(url=line.url, title=line.title, published_on=line.published_on))

    def _attachment(self, answer: Exchange, origin: str, *, served: bool) -> Iterator[Brought]:
        told = Brought(file=origin, what="attachment", outcome=Outcome.SKIPPED, url=answer.url)
        logs = self._owners(answer.url)
        if not logs:
            known = bool(self._logs(answer.url))
            reason = "no page in the archive links to it" if known else "on no site of a known disclosure log"
            yield replace(told, reason=reason)
            return
        if answer.status != 200:
            yield replace(told, reason=f"status {answer.status}")
            return
        capture = self._keep(answer, origin, served=served)
        for log in logs:
            if capture.refused:
                yield replace(told, log=log, reason=ERASED)
                continue
            with self._archive.filing(log) as filing:
                state = filing.file_attachment(answer.url, capture)
            yield replace(told, log=log, outcome=Outcome(state.value))

    def _owners(self, url: str) -> list[str]:
        """Logs with a disclosure that links to this address as its file."""
        rows = self._archive.catalogue.rows(
            "SELECT DISTINCT a.log FROM addresses a JOIN attachments t ON t.address = a.id WHERE a.key = ? ORDER BY "
            "a.log",
            address_key(url),
        )
        return [row["log"] for row in rows]

    def _logs(self, url: str) -> tuple[Log, ...]:
        """Logs that a page at this address may belong to, the likeliest first."""
        likeliest = self._registry.by_url(url)
        on_host = self._registry.by_host(urlsplit(url).netloc)
        return tuple(dict.fromkeys((*((likeliest,) if likeliest else ()), *on_host)))

    # -- saved pages and letters

    def _saved(self, path: Path, page: savedpages.SavedPage) -> Iterator[Brought]:
        answer = Exchange(
            url=page.url,
            status=200,
            headers=(("Content-Type", page.content_type),),
            body=page.body,
            fetched_at=page.saved_at or datetime.fromtimestamp(path.stat().st_mtime, UTC),
        )
        yield from self._page(answer, path.name, served=False)

    def letter(self, data: bytes, path: Path) -> Brought:
        """Bring in a letter that came from nowhere; the same bytes under another name are the same letter."""
        digest = sha256(data).hexdigest()
        if reason := _unreadable(data, path):
            return Brought(file=path.name, what="file", outcome=Outcome.SKIPPED, reason=reason)
        if held := self._held_as_file(digest):
            reason = "held already as a file of this disclosure"
            return Brought(file=path.name, what="letter", outcome=Outcome.UNCHANGED, id=held, reason=reason)
        url = f"urn:sha256:{digest}"
        moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        capture = self._archive.keeper.keep_file(url, data, _media_type(path), moment, path.name)
        if capture.refused:
            return Brought(file=path.name, what="letter", outcome=Outcome.SKIPPED, reason=ERASED)
        with self._archive.filing("") as filing:
            outcome = _file_letter(filing, self._archive, capture, digest, self._forces)
        return Brought(file=path.name, what="letter", outcome=outcome, id=letter_id(digest))

    def _held_as_file(self, digest: str) -> str | None:
        found: str | None = self._archive.catalogue.value(
            "SELECT t.disclosure FROM captures c JOIN addresses a ON a.capture = c.number "
            "JOIN attachments t ON t.address = a.id JOIN disclosures d ON d.id = t.disclosure "
            "WHERE c.sha256 = ? AND d.erased = 0 AND d.merged_into IS NULL ORDER BY t.disclosure LIMIT 1",
            digest,
        )
        return found


def _file_letter(filing: Filing, archive: Archive, capture: Capture, digest: str, forces: tuple[str, ...]) -> Outcome:
    catalogue = archive.catalogue
    one = letter_id(digest)
    said = json.dumps(list(forces))
    row = filing.address(capture.url, Kind.ITEM)
    filing.hold(row["id"], capture)
    known = catalogue.row("SELECT forces FROM disclosures WHERE id = ?", one)
    if known:
        if not forces or known["forces"] == said:
            return Outcome.UNCHANGED
        catalogue.run("UPDATE disclosures SET forces = ? WHERE id = ?", said, one)
        catalogue.touch([one])
        return Outcome.CHANGED
    catalogue.run(
        "INSERT INTO disclosures (id, log, forces, part, missing, first_seen, revision) VALUES (?, '', ?, '', '[]', "
        "(SELECT first_seen FROM addresses WHERE id = ?), ?)",
        one,
        said,
        row["id"],
        catalogue.next_revision(),
    )
    catalogue.run("INSERT INTO places VALUES (?, ?, 0, 0)", one, row["id"])
    return Outcome.NEW


def _unreadable(data: bytes, path: Path) -> str:
    """Why a file can be nobody's letter; one that is locked or broken is kept, since it may be one all the same."""
    try:
        kind = sniffed_type(Document(data=data, name=path.name))
    except UnreadableError:
        return ""
    return "" if kind in READERS else f"{kind}: no kind of letter that can be read"


def _files(path: Path) -> Iterator[Path]:
    """A file as named; the files of a folder in order of name, but hidden ones, sidecars and what belongs to pages."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if not hidden and file.is_file() and file.suffix != savedpages.SIDECAR and not _is_asset(file, path):
            yield file


def _is_asset(file: Path, root: Path) -> bool:
    """Whether a file lies in the folder that a browser puts a saved page's pictures and scripts into."""
    folders = (parent for parent in file.parents if parent.is_relative_to(root) and parent.name.endswith(ASSETS))
    pages = (
        folder.with_name(folder.name.removesuffix(ASSETS) + end) for folder in folders for end in (".html", ".htm")
    )
    return any(page.exists() for page in pages)


def _is_html(answer: Exchange) -> bool:
    kinds = [value for name, value in answer.headers if name.lower() == "content-type"]
    return bool(kinds) and kinds[0].partition(";")[0].strip().lower() in HTML


def _media_type(path: Path) -> str:
    ending = path.suffix.removeprefix(".").lower()
    return EXTENSIONS.get(ending) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
