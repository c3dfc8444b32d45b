"""429 and 503: wait as long as the site says, and ask again; or end the run where that is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast
from urllib.parse import urlsplit

from crawler.gate import ROBOTS, TOLD, CourteousSpider
from crawler.settings import LONGEST_WAIT, MOST_WAITS, WAIT_WITHOUT_WORD
from crawler.waits import BUSY
from indexer.platforms import is_challenge

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class PatienceMiddleware:
    """Sends a request again once the host has had its wait; where it does not say how long, closes the gate for it."""

    def __init__(self, crawler: Crawler) -> None:
        """The crawler's spider carries the courtesy of the run."""
        self._courtesy = cast("CourteousSpider", crawler.spider).courtesy
        self._without_word = crawler.settings.getfloat("WAIT_WITHOUT_WORD", WAIT_WITHOUT_WORD)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The answer, or the request once more; a challenge page is handed on at once."""
        if response.status not in BUSY or ROBOTS in request.meta or is_challenge(response.body):
            return response
        waits: int = request.meta.get("waits", 0)
        told: float | None = request.meta.get(TOLD)
        seconds = self._without_word * 2**waits if told is None else told
        if told is None:  # else the gate is closed already
            self._courtesy.gate.close_for(urlsplit(request.url).hostname or "", seconds)
        if waits >= MOST_WAITS or seconds > LONGEST_WAIT:
            return response
        again = request.copy()
        again.meta["waits"] = waits + 1
        again.dont_filter = True
        return again
