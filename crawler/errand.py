"""One log's errand in a crawl: what to ask next, and what an answer was. Knows the archive and the reader, not Scrapy.

The order: listing pages, then known disclosures, then new ones, then files; what the listing no longer shows is asked
once more, among the known. The list itself lies in the catalogue, so that a killed crawl goes on where it was.
"""

from __future__ import annotations

from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.gate import RefusedError, TooLongError
from crawler.health import LogReport, Tally, judge, report
from crawler.robots import DisallowedError, UnreachableError
from crawler.settings import FAILURES_IN_A_ROW, REFUSALS_IN_A_ROW
from indexer.archive import Kind, RunStatus, Want
from indexer.platforms import Challenge, Item, Listing, is_challenge, reader
from indexer.platforms.address import absolute, on_hosts
from indexer.platforms.filing import filed, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.archive import Archive, Capture
    from indexer.forces import Log

REDIRECTS = frozenset({301, 302, 303, 307, 308})
GONE = frozenset({404, 410})
WEB_PAGE = ("text/html", "application/xhtml+xml")
WEB_PAGE_NAMES = (".htm", ".html", ".xhtml")  # a file that is a web page by its name may be one
SNIFFED = 512  # bytes; the markup of a page that poses as a file begins there


class Phase(IntEnum):
    """The order within a run; the first is asked first."""

    LISTING = 0
    KNOWN = 1
    NEW = 2
    FILE = 3


class Errand:
    """One run over one log. Every method is for the thread that owns the archive."""

    def __init__(self, log: Log, archive: Archive) -> None:
        """Begin a run, or go on with one that was stopped."""
        self.log = log
        self.reader = reader(log.platform)
        self.tally = Tally()
        self.report: LogReport | None = None
        self._archive = archive
        self._run = archive.begin_run(log.id)
        self._queue: list[tuple[Phase, int, Want]] = []
        self._order = count()
        self._walked = False
        self._failures = 0  # in a row
        self._refusals = 0  # in a row
        self._run.want(log.url, Kind.LISTING)
        self._add(self._run.pending())

    @property
    def waiting(self) -> int:
        """How many addresses are known to be still asked."""
        return len(self._queue)

    def next(self) -> tuple[Want, dict[str, str]] | None:
        """What to ask next, with the headers that make the request conditional; None where the run has ended."""
        if self.tally.stopped is None:
            if not self._walked and (not self._queue or self._queue[0][0] is not Phase.LISTING):
                self._walked = True
                if self.tally.listings_failed == 0:  # a listing that was not read to its end proves nothing
                    self._add(self._run.unlisted())
            if self._queue:
                want = heappop(self._queue)[2]
                return want, self._conditions(want.url)
        self._finish()
        return None

    def answered(self, want: Want, status: int, headers: dict[str, str], body: bytes, capture: Capture) -> None:
        """An answer came. ``body`` is decoded; it is not looked at where the archive has it (304)."""
        if status in (401, 403, 429):
            self._refused(want, f"HTTP {status}", body)
            return
        if status >= 500:
            self._server_error(want, status, body)
            return
        self._failures = 0
        if status in GONE:
            self._gone(want, capture)
        elif status in REDIRECTS:
            self._redirected(want, headers.get("location"), capture)
        elif status == 304 and want.kind is not Kind.LISTING and self._filed(want):
            self._same(want, capture)
        elif status in (200, 304):
            self._read(want, body if status == 200 else self._archive.body(capture), capture)
        else:
            self._failed(want, f"HTTP {status}")

    def unanswered(self, want: Want, error: BaseException) -> None:
        """No answer came, or the request was not sent."""
        if isinstance(error, DisallowedError):
            if want.kind is Kind.LISTING or "forbids" not in error.reason:
                self.tally.stop(RunStatus.DISALLOWED, error.reason)
            self._failed(want, error.reason)
        elif isinstance(error, UnreachableError):
            self.tally.stop(RunStatus.UNREACHABLE, error.reason)
            self._failed(want, error.reason)
        elif isinstance(error, TooLongError):
            self.tally.stop(RunStatus.BLOCKED, error.reason)
            self._failed(want, error.reason)
        elif isinstance(error, RefusedError):
            self._failed(want, error.reason)
        else:
            self._failed(want, _in_words(error), in_a_row=True)

    # -- inside

    def _add(self, wants: Iterable[Want]) -> None:
        for want in wants:
            heappush(self._queue, (self._phase(want), next(self._order), want))

    def _phase(self, want: Want) -> Phase:
        if want.kind is Kind.LISTING:
            return Phase.LISTING
        if want.kind is Kind.ATTACHMENT:
            return Phase.FILE
        return Phase.KNOWN if self._archive.find(want.url) else Phase.NEW

    def _conditions(self, url: str) -> dict[str, str]:
        etag, modified = self._run.validators(url)
        found = {"If-None-Match": etag, "If-Modified-Since": modified}
        return {name: value for name, value in found.items() if value}

    def _filed(self, want: Want) -> bool:
        """Whether what stands at this address is known: a folder's 304 must be read again for what it leads to."""
        return want.kind is Kind.ATTACHMENT or bool(self._archive.find(want.url))

    def _same(self, want: Want, capture: Capture) -> None:
        self._refusals = 0
        if want.kind is not Kind.ATTACHMENT:
            self.tally.items_read += 1
        for known in self._run.same(want.url, capture):
            self._add(known.wanted)

    def _read(self, want: Want, body: bytes, capture: Capture) -> None:
        if want.kind is Kind.ATTACHMENT:
            self._file(want, body, capture)
            return
        page = self.reader.read(want.url, body, self.log)
        if isinstance(page, Challenge):
            self._blocked(want, page.reason)
            return
        self._refusals = 0
        if isinstance(page, Listing):
            self.tally.listings_read += 1
            self.tally.entries += len(page.entries)
            self.tally.folders += len(page.folders)
            self.tally.says_empty |= page.says_empty
            self.tally.left_out.update(page.left_out)
            further = (*page.next_pages, *page.folders)
            self._add(self._run.file_listing(want.url, capture, listed(page), further))
        elif isinstance(page, Item):
            self.tally.items_read += 1
            self.tally.bodies_fetched += capture.status == 200
            date = want.listed.published_on if want.listed else None
            for known in self._run.file_item(want.url, capture, filed(page, self.reader.expected, date)):
                self._add(known.wanted)
        elif want.kind is Kind.LISTING and want.url != self.log.url:
            self._run.done(want.url, capture)  # a folder's link that leads elsewhere
        else:
            self.tally.items_unread += want.kind is not Kind.LISTING
            self._failed(want, f"no disclosure: {page.reason}")

    def _file(self, want: Want, body: bytes, capture: Capture) -> None:
        if capture.media_type in WEB_PAGE and not urlsplit(want.url).path.lower().endswith(WEB_PAGE_NAMES):
            if is_challenge(body):
                self._blocked(want, "a challenge page in place of a file")
            else:
                self._failed(want, "a web page in place of a file")
            return
        self._refusals = 0
        self.tally.bodies_fetched += capture.status == 200
        self._run.file_attachment(want.url, capture)

    def _gone(self, want: Want, capture: Capture) -> None:
        if want.kind is Kind.LISTING and want.url == self.log.url:
            self.tally.stop(RunStatus.DRIFTED, f"the listing's address answers {capture.status}")
            self._failed(want, f"HTTP {capture.status}")
            return
        self._run.gone(want.url, capture)

    def _redirected(self, want: Want, location: str | None, capture: Capture) -> None:
        target = absolute(want.url, location)
        if target is None or not on_hosts(target, self.log.hosts):
            self._failed(want, "redirects to another site" if target else "redirects nowhere")
            return
        self._add(self._run.redirected(want.url, target, capture))

    def _server_error(self, want: Want, status: int, body: bytes) -> None:
        if status == 503 and is_challenge(body):
            self._blocked(want, "a challenge page")
            return
        if status == 503:  # it was given time, more than once: see crawler.patience
            self.tally.stop(RunStatus.UNREACHABLE, "HTTP 503, even after waiting")
        self._failed(want, f"HTTP {status}")

    def _refused(self, want: Want, reason: str, body: bytes) -> None:
        """401, 403, 429: for a page it is a block; for one file it may be a mistake, for several it is none."""
        self._refusals += 1
        if want.kind is Kind.ATTACHMENT and not is_challenge(body) and self._refusals < REFUSALS_IN_A_ROW:
            self._failed(want, reason)
            return
        self._blocked(want, reason)

    def _blocked(self, want: Want, reason: str) -> None:
        self.tally.stop(RunStatus.BLOCKED, reason)
        self._failed(want, f"blocked: {reason}")

    def _failed(self, want: Want, reason: str, *, in_a_row: bool = False) -> None:
        self.tally.failures[reason] += 1
        self.tally.listings_failed += want.kind is Kind.LISTING
        self._run.failed(want.url, reason)
        self._failures += 1 if in_a_row or reason.startswith("HTTP 5") else 0
        if want.url == self.log.url and want.kind is Kind.LISTING:
            drifted = reason.startswith(("no disclosure", "redirects"))
            self.tally.stop(RunStatus.DRIFTED if drifted else RunStatus.UNREACHABLE, reason)
        elif self._failures >= FAILURES_IN_A_ROW:
            self.tally.stop(RunStatus.UNREACHABLE, f"{self._failures} failures in a row, the last: {reason}")

    def _finish(self) -> None:
        if self.report is None:
            status, reason = judge(self.tally, self._run.counts(), resumed=self._run.resumed)
            self.report = report(self.log.id, self.tally, self._run.finish(status), status, reason)


def _in_words(error: BaseException) -> str:
    """A network failure as a phrase for the report."""
    name = type(error).__name__
    return {
        "DownloadTimeoutError": "timed out",
        "DownloadConnectionRefusedError": "connection refused",
        "CannotResolveHostError": "host name not known",
        "ResponseDataLossError": "the answer broke off",
        "DownloadCancelledError": "too large",
        "IgnoreRequest": "too large once unpacked",
    }.get(name, name)
