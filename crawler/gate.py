"""The last door before the wire: one request at a time per host, never too soon, and to no host but those of the logs.

Scrapy's slots are per crawler and count from the start of a request; this counts from the end of an answer, and one
gate serves all crawlers of a run, so that what a server sees holds whatever runs above.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING, Protocol, cast

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from crawler.settings import DOWNLOAD_DELAY, LONGEST_WAIT
from crawler.waits import BUSY, retry_after
from indexer.bodies import plain_host

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

ROBOTS = "robots"  # the meta key of our own request for robots.txt
TOLD = "told"  # the meta key of the seconds that a busy host asks to wait; None where it does not say


class RefusedError(IgnoreRequest):
    """A request that we do not send. ``reason`` is a word for the report."""

    def __init__(self, reason: str) -> None:
        """``reason`` in plain words."""
        super().__init__(reason)
        self.reason = reason


class TooLongError(RefusedError):
    """The host asks for a longer wait than a run has."""


class StoppedError(RefusedError):
    """The crawl is being stopped: nothing more is sent, and nothing was found out."""


def is_invented(host: str) -> bool:
    """Whether a host can only be a sample or a test: under ``.example`` (RFC 2606) or on loopback."""
    if host == "localhost" or host == "example" or host.endswith(".example"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def delay_for(host: str, asked: float | None) -> float:
    """Seconds between an answer and the next request: as asked, but for a real host never less than is stated."""
    if asked is None:
        return DOWNLOAD_DELAY
    return max(asked, 0.0) if is_invented(host) else max(asked, DOWNLOAD_DELAY)


class Gate:
    """Lets one request at a time through to a host. For one event loop."""

    def __init__(self, hosts: Collection[str], delay: float | None = None) -> None:
        """``hosts`` are the only ones that may be asked, plain (see ``plain_host``); ``delay`` as in ``delay_for``."""
        self.hosts = frozenset(map(plain_host, hosts))
        self._asked = delay
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._delays: dict[str, float] = {}
        self._answered: dict[str, float] = {}
        self._closed_until: dict[str, float] = {}
        self._stopped = asyncio.Event()

    def delay(self, host: str) -> float:
        """The delay that holds for a host now."""
        return self._delays.get(plain_host(host), delay_for(host, self._asked))

    def slow_down(self, host: str, seconds: float) -> None:
        """The host asks for a longer delay; a shorter one changes nothing."""
        self._delays[plain_host(host)] = max(self.delay(host), seconds)

    def close_for(self, host: str, seconds: float) -> None:
        """Let nothing through to a host for so long."""
        key = plain_host(host)
        self._closed_until[key] = max(self._closed_until.get(key, 0.0), monotonic() + seconds)

    def stop(self) -> None:
        """Let nothing more through; whoever waits is told so."""
        self._stopped.set()

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for one's turn; what happens inside is alone with the host. Raises ``RefusedError``."""
        key = plain_host(host)
        if key not in self.hosts:
            raise RefusedError("a host outside the log")
        async with self._locks[key]:
            while (wait := self._opens(key) - monotonic()) > 0:
                if wait > LONGEST_WAIT:
                    raise TooLongError(f"the host asks to wait {wait:.0f} s")
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopped.wait(), wait)
                if self._stopped.is_set():
                    raise StoppedError("the crawl is being stopped")
            try:
                yield
            finally:
                self._answered[key] = monotonic()

    def _opens(self, key: str) -> float:
        """When the next request may go; worked out anew, since the answer just come may ask for a longer delay."""
        after = self._answered[key] + self.delay(key) if key in self._answered else 0.0
        return max(after, self._closed_until.get(key, 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Courtesy:
    """What every request of a run has in common."""

    gate: Gate
    user_agent: str
    proxy: str | None = None


class CourteousSpider(Protocol):
    """A spider whose requests go through the gate."""

    courtesy: Courtesy


class PoliteHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler behind the gate."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        """The crawler's spider carries the courtesy of the run."""
        super().__init__(crawler)
        self._gate = cast("CourteousSpider", crawler.spider).courtesy.gate

    async def download_request(self, request: Request) -> Response:
        """Send a request when it is its host's turn."""
        host = urlparse_cached(request).hostname or ""
        async with self._gate.turn(host):
            request.meta["sent_at"] = datetime.now(UTC)
            response = await super().download_request(request)
            if response.status in BUSY and ROBOTS not in request.meta:
                header = response.headers.get("Retry-After")
                told = retry_after(header.decode("latin-1") if header else None, datetime.now(UTC))
                request.meta[TOLD] = told
                if told is not None:
                    self._gate.close_for(host, told)  # before the next turn, which may be another log's of the host
            return response
