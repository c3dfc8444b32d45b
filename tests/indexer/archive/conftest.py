"""An invented site in memory and a plain crawler that walks it through the archive's own interface."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from indexer.archive import Archive, Counts, Exchange, Item, Kind, Listed, Page, RunStatus, Want

ROOT = "https://www.ambershire.police.example/foi/"
LOG = "ambershire"
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@dataclass
class Served:
    """What the site answers at one address."""

    body: bytes = b""
    status: int = 200
    page: Page | None = None
    target: str | None = None  # of a redirect
    etag: str | None = None
    gzipped: bool = False
    media_type: str = "text/html; charset=utf-8"


def words_of(text: str) -> str:
    """The content key of a text."""
    return sha256(text.encode()).hexdigest()


def item(
    text: str,
    *,
    reference: str | None = None,
    title: str | None = None,
    files: Sequence[tuple[str, str]] = (),
    part: str = "",
    missing: tuple[str, ...] = (),
) -> Item:
    """What a page reader would see of one answer."""
    return Item(
        title=title or text,
        reference=reference,
        content_key=words_of(text),
        attachments=tuple(files),
        part=part,
        missing=missing,
    )


def html(text: str, chrome: str = "") -> bytes:
    """A page around a text."""
    return f"<html><body>{chrome}<h1>{text}</h1><p>{text}</p></body></html>".encode()


@dataclass
class Site:
    """A disclosure log. ``listed`` are the addresses on its listing; ``served`` says what each answers."""

    served: dict[str, Served] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # every request, in order
    bodies: int = 0  # how many answers were a body

    def add(
        self,
        url: str,
        text: str,
        *,
        reference: str | None = None,
        files: Sequence[tuple[str, str]] = (),
        chrome: str = "",
        etag: str | None = None,
        canonical: str | None = None,
        alternates: tuple[str, ...] = (),
        secondary: bool = False,
        gzipped: bool = False,
        missing: tuple[str, ...] = (),
    ) -> None:
        """A page with one answer, listed."""
        one = item(text, reference=reference, files=files, missing=missing)
        page = Page(items=(one,), canonical=canonical, alternates=alternates, secondary=secondary)
        self.served[url] = Served(html(text, chrome), page=page, etag=etag, gzipped=gzipped)
        if url not in self.listed:
            self.listed.append(url)

    def file(self, url: str, data: bytes, *, etag: str | None = None) -> None:
        """A document that pages link to."""
        self.served[url] = Served(data, etag=etag, media_type="application/pdf")

    def take_down(self, url: str, *, status: int = 404) -> None:
        """The page answers no more, and the listing leaves it out."""
        self.served[url] = Served(b"<h1>Not found</h1>", status=status)
        self.listed = [known for known in self.listed if known != url]

    def answer(self, url: str, etag: str | None, now: datetime) -> Exchange:
        """What the site says."""
        self.asked.append(url)
        if url == ROOT:
            served = Served(b"<h1>Disclosure log</h1>" + " ".join(self.listed).encode())
        else:
            served = self.served.get(url, Served(b"<h1>Not found</h1>", status=404))
        headers = [("Content-Type", served.media_type)]
        if served.etag:
            headers.append(("ETag", served.etag))
        if served.target:
            headers.append(("Location", served.target))
        if etag and etag == served.etag:
            return Exchange(
                url=url,
                status=304,
                reason="Not Modified",
                headers=tuple(headers),
                body=b"",
                fetched_at=now,
                request_headers=(("If-None-Match", etag),),
            )
        body = served.body
        if served.gzipped:
            body = gzip.compress(body, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
        self.bodies += served.status == 200 and url != ROOT
        return Exchange(
            url=url,
            status=served.status,
            reason="OK" if served.status == 200 else "Other",
            headers=tuple(headers),
            body=body,
            fetched_at=now,
            request_headers=(("Host", "www.ambershire.police.example"),),
        )


@dataclass
class Crawler:
    """Walks a site as a spider would; ``days`` after ``START`` is when."""

    archive: Archive
    site: Site

    def crawl(
        self,
        *,
        days: int = 0,
        order: Callable[[list[Want]], list[Want]] = list,
        status: RunStatus = RunStatus.OK,
        complete: bool = True,
        stop_after: int | None = None,
    ) -> Counts:
        """One run; ``stop_after`` so many requests leaves it unfinished, as a kill would."""
        run = self.archive.begin_run(LOG)
        now = START + timedelta(days=days)
        run.want(ROOT, Kind.LISTING)
        waiting = list(run.pending())
        asked = 0
        unlisted = not complete
        while waiting or not unlisted:
            if not waiting:
                waiting = list(run.unlisted())
                unlisted = True
                continue
            want = order(waiting)[0]
            waiting.remove(want)
            if stop_after is not None and asked >= stop_after:
                return run.counts()
            asked += 1
            waiting += self._fetch(run, want, now + timedelta(seconds=asked))
        return run.finish(status)

    def _fetch(self, run, want: Want, now: datetime) -> list[Want]:
        etag, _ = run.validators(want.url)
        exchange = self.site.answer(want.url, etag, now)
        capture = self.archive.keep(exchange)
        served = self.site.served.get(want.url)
        if want.url == ROOT:
            lines = [Listed(url=url) for url in self.site.listed]
            return list(run.file_listing(want.url, capture, lines))
        if exchange.status == 304:
            return [more for filed in run.same(want.url, capture) for more in filed.wanted]
        if exchange.status in (301, 302, 308):
            return list(run.redirected(want.url, served.target, capture))
        if exchange.status in (404, 410):
            run.gone(want.url, capture)
        elif exchange.status != 200:
            run.failed(want.url, f"status {exchange.status}")
        elif want.kind is Kind.ATTACHMENT:
            run.file_attachment(want.url, capture)
        elif served.page:
            return [more for filed in run.file_item(want.url, capture, served.page) for more in filed.wanted]
        else:
            run.done(want.url, capture)
        return []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the archive is."""
    return tmp_path / "archive"


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    """A new archive, open to write."""
    with Archive.open(folder, write=True) as opened:
        yield opened


@pytest.fixture
def site() -> Site:
    """A log of three answers, one with a file."""
    made = Site()
    made.add(
        ROOT + "tasers/",
        "How many tasers",
        reference="FOI 101/26",
        files=[("t.pdf", ROOT + "media/t.pdf")],
        etag='"t1"',
    )
    made.add(ROOT + "dogs/", "How many dogs", reference="FOI 102/26")
    made.add(ROOT + "drones/", "How many drones", reference="FOI 103/26", gzipped=True)
    made.file(ROOT + "media/t.pdf", b"%PDF-1.4 tasers", etag='"p1"')
    return made


@pytest.fixture
def crawler(archive: Archive, site: Site) -> Crawler:
    """A crawler of that log."""
    return Crawler(archive, site)


def exchange(url: str, body: bytes = b"", *, status: int = 200, headers=(), days: float = 0, **more) -> Exchange:
    """One answer of an invented site."""
    return Exchange(
        url=url,
        status=status,
        headers=(("Content-Type", "text/html; charset=utf-8"), *headers),
        body=body,
        fetched_at=START + timedelta(days=days),
        **more,
    )


@pytest.fixture
def answer() -> Callable[..., Exchange]:
    """Makes one answer of an invented site."""
    return exchange
