"""The spider under every platform's: it takes each log's errand from request to answer, and knows no markup at all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy import Request, Spider

from crawler.errand import Errand
from crawler.gate import Courtesy, StoppedError
from crawler.settings import LARGEST_PAGE
from indexer.archive import Kind
from indexer.platforms import READERS

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.desk import Desk
    from indexer.archive import Archive, Capture, Want
    from indexer.forces import Log


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a log's crawl stands, after each answer. ``waiting`` grows while listings are still being read."""

    log: str
    kind: str  # of what was just dealt with: "listing", "item", "attachment"
    url: str
    requests: int
    bodies_fetched: int
    waiting: int
    failed: int
    ended: bool = False


class LogSpider(Spider):
    """Crawls the disclosure logs of one publishing platform.

    A platform's spider is a subclass that sets two things and needs nothing else:

    ``name``
        the spider's name, as it is seen in Scrapy's statistics;
    ``platform``
        the platform's id in ``forces.toml``, for which ``indexer.platforms`` has a reader. What a page is, that reader
        says; override nothing here to tell it.

    It refuses to start without them, and with a log of another platform. Each log has one request under way at a time,
    so that its order holds; requests to one host wait for each other at the gate.
    """

    name: str
    platform: ClassVar[str]

    def __init__(
        self,
        *,
        logs: Sequence[Log],
        archive: Archive,
        desk: Desk,
        courtesy: Courtesy,
        progress: Callable[[Progress], None] | None = None,
        **kwargs: Any,
    ) -> None:
        """As ``crawler.run.crawl`` makes it."""
        kind = type(self)
        if not getattr(kind, "platform", None) or not getattr(kind, "name", None):
            raise TypeError(f"{kind.__name__} must set 'name' and 'platform': see LogSpider")
        if kind.platform not in READERS:
            raise TypeError(f"{kind.__name__}: no reader for the platform {kind.platform!r} in indexer.platforms")
        if wrong := [log.id for log in logs if log.platform != kind.platform]:
            raise ValueError(f"{kind.__name__} crawls {kind.platform!r}, and these logs are of another: {wrong}")
        super().__init__(**kwargs)
        self.logs = tuple(logs)
        self.archive = archive
        self.desk = desk
        self.courtesy = courtesy
        self.errands: list[Errand] = []
        self._progress = progress

    async def start(self) -> AsyncIterator[Request]:
        """The first request of every log."""
        for log in self.logs:
            errand = await self.desk.do(Errand, log, self.archive)
            self.errands.append(errand)
            async for request in self._onward(errand):
                yield request

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Request]:  # noqa: ARG002 Scrapy's own signature
        """File an answer, and ask for what comes next."""
        errand: Errand = response.meta["errand"]
        want: Want = response.meta["want"]
        capture: Capture = response.meta["capture"]
        headers = {
            name.decode("latin-1").lower(): values[0].decode("latin-1")
            for name, values in response.headers.items()
            if values
        }
        await self.desk.do(errand.answered, want, response.status, headers, response.body, capture)
        async for request in self._onward(errand, want):
            yield request

    async def failed(self, failure: Failure) -> AsyncIterator[Request]:
        """Note that no answer came, and ask for what comes next."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy hangs it on
        errand: Errand = request.meta["errand"]
        assert failure.value is not None
        if isinstance(failure.value, StoppedError):
            return
        await self.desk.do(errand.unanswered, request.meta["want"], failure.value)
        async for following in self._onward(errand, request.meta["want"]):
            yield following

    def captured(self, request: Request) -> None:
        """An answer was kept."""
        errand: Errand = request.meta["errand"]
        errand.tally.requests += 1

    async def _onward(self, errand: Errand, done: Want | None = None) -> AsyncIterator[Request]:
        following = await self.desk.do(errand.next)
        if self._progress and done:
            tally = errand.tally
            step = Progress(
                log=errand.log.id,
                kind=done.kind,
                url=done.url,
                requests=tally.requests,
                bodies_fetched=tally.bodies_fetched,
                waiting=errand.waiting,
                failed=sum(tally.failures.values()),
                ended=following is None,
            )
            await self.desk.do(self._progress, step)
        if following:
            want, headers = following
            yield Request(
                want.url,
                headers=headers,
                callback=self.parse,
                errback=self.failed,
                meta={"errand": errand, "want": want, **_limit(want)},
                dont_filter=True,  # the catalogue says what was asked for in this run, across kills
            )


def _limit(want: Want) -> dict[str, int]:
    """A page is read here and now, a file in a worker with limits of its own."""
    return {} if want.kind is Kind.ATTACHMENT else {"download_maxsize": LARGEST_PAGE}
