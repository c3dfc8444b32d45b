"""robots.txt as a careful reader takes it: where it cannot be read, the answer is no.

404 or 410 means that there are no rules. 401, 403, 429, 5xx, a timeout, a web page in its place or anything else that
is no set of rules means stop: a site that answers so is not inviting anyone.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, cast
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawler.gate import ROBOTS, CourteousSpider, RefusedError, StoppedError
from crawler.settings import LONGEST_CRAWL_DELAY

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

MOST_REDIRECTS = 5  # RFC 9309, 2.3.1.2
NETWORK_ERRORS = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)


class DisallowedError(RefusedError):
    """robots.txt forbids this address, or could not be read."""


class UnreachableError(RefusedError):
    """There is no server to ask for robots.txt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a host's robots.txt says to us. ``refusal`` is why nothing may be fetched at all."""

    refusal: str | None = None
    delay: float | None = None  # seconds between requests
    parsed: Protego | None = None

    def allows(self, url: str, user_agent: str) -> bool:
        """Whether an address may be fetched."""
        return self.refusal is None and (self.parsed is None or self.parsed.can_fetch(url, user_agent))


def rules(status: int, content_type: str, body: bytes, user_agent: str) -> Rules:
    """The rules in an answer for robots.txt. ``body`` is decoded of any content encoding."""
    if status in (404, 410):
        return Rules()
    if status != 200:
        return Rules(refusal=f"robots.txt answers {status}")
    text = body.decode("utf-8-sig", errors="replace")
    if "html" in content_type.lower() or text.lstrip().startswith("<"):
        return Rules(refusal="robots.txt is a web page")
    parsed = Protego.parse(text)
    crawl_delay, rate = parsed.crawl_delay(user_agent), parsed.request_rate(user_agent)
    asked = [crawl_delay or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0]
    if max(asked) > LONGEST_CRAWL_DELAY:
        return Rules(refusal=f"robots.txt asks for {max(asked):.0f} s between requests")
    return Rules(delay=max(asked) or None, parsed=parsed)


class RobotsMiddleware:
    """Asks each host for its rules before the first request, obeys them, and keeps its Crawl-delay at the gate."""

    def __init__(self, crawler: Crawler) -> None:
        """The crawler's spider carries the courtesy of the run."""
        self._crawler = crawler
        self._courtesy = cast("CourteousSpider", crawler.spider).courtesy
        self._known: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or raise ``DisallowedError`` or ``UnreachableError``."""
        if self._courtesy.proxy:  # else Scrapy takes the one of the operator's environment, if any
            request.meta.setdefault("proxy", self._courtesy.proxy)
        if ROBOTS in request.meta:
            return
        found = await self._rules(request)
        if found.refusal:
            raise DisallowedError(found.refusal)
        if not found.allows(request.url, self._courtesy.user_agent):
            raise DisallowedError("robots.txt forbids it")

    async def _rules(self, request: Request) -> Rules:
        """The rules of a request's host, asked for once, however many requests wait for them."""
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._known:
            self._known[origin] = asyncio.ensure_future(self._ask(origin, dict(request.meta)))
        return await asyncio.shield(self._known[origin])

    async def _ask(self, origin: str, meta: dict[str, object]) -> Rules:
        carried = {key: value for key, value in meta.items() if key == "errand"}
        url = f"{origin}/robots.txt"
        for _ in range(MOST_REDIRECTS + 1):
            wanted = Request(url, meta={**carried, ROBOTS: True, "dont_retry": True}, dont_filter=True)
            try:
                answer = await self._crawler.engine.download_async(wanted)
            except DownloadTimeoutError:
                return Rules(refusal="robots.txt timed out")
            except NETWORK_ERRORS as error:
                raise UnreachableError(f"robots.txt: {type(error).__name__}") from error
            except StoppedError:
                raise
            except RefusedError as error:
                return Rules(refusal=f"robots.txt leads to {error.reason}")
            location = answer.headers.get("Location")
            if answer.status not in (301, 302, 303, 307, 308) or location is None:
                return self._obey(origin, answer)
            url = urljoin(url, location.decode("latin-1"))
        return Rules(refusal="robots.txt redirects in circles")

    def _obey(self, origin: str, answer: Response) -> Rules:
        kind = (answer.headers.get("Content-Type") or b"").decode("latin-1")
        found = rules(answer.status, kind, answer.body, self._courtesy.user_agent)
        if found.delay:
            self._courtesy.gate.slow_down(urlsplit(origin).hostname or "", found.delay)
        return found
