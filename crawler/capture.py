"""Scrapy's side of the archive: every answer, as near the wire as Scrapy lets us, becomes a record.

At this place in the chain the body is still compressed and redirects are not yet followed. What is already undone:
``Transfer-Encoding``, the case of header names, and the order of headers with different names.
"""

from __future__ import annotations

from datetime import UTC, datetime
from http.client import responses as reasons
from typing import TYPE_CHECKING, Self, cast
from urllib.parse import urlsplit

from indexer.archive import Exchange

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.http.headers import Headers

    from crawler.spiders.base import LogSpider

NOT_OURS = frozenset({b"proxy-authorization"})  # between us and a proxy, never sent to the site


class CaptureMiddleware:
    """Keeps each answer before anything else sees it, and hangs its record's ``Capture`` on the request."""

    def __init__(self, crawler: Crawler) -> None:
        """The crawler's spider carries archive and desk."""
        self._spider = cast("LogSpider", crawler.spider)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Keep the answer; it is on disk when this returns."""
        exchange = Exchange(
            url=request.url,
            status=response.status,
            headers=_pairs(response.headers),
            body=response.body,
            fetched_at=request.meta.get("sent_at") or datetime.now(UTC),
            method=request.method,
            request_headers=(("Host", urlsplit(request.url).netloc), *_pairs(request.headers)),
            reason=reasons.get(response.status, ""),
            http_version=response.protocol or "HTTP/1.1",
        )
        request.meta["capture"] = await self._spider.desk.do(self._spider.archive.keep, exchange)
        self._spider.captured(request)
        return response


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        if name.lower() not in NOT_OURS
        for value in values
    )
