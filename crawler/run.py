"""``crawl``: logs in, reports out. Blocks until every log's run has ended; may be called again and again."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from crawler import settings as own
from crawler.desk import Desk
from crawler.gate import Courtesy, Gate, is_invented
from crawler.network import network_loop
from crawler.spiders import SPIDERS, LogSpider, Progress
from indexer.bodies import plain_host
from indexer.platforms import NO_READER_YET

if TYPE_CHECKING:
    from scrapy import Spider
    from twisted.python.failure import Failure

    from crawler.health import LogReport
    from indexer.archive import Archive
    from indexer.forces import ForceRegistry, Log

CONTACT_VARIABLE = "CROSSFORCE_CONTACT"
SAMPLE_CONTACT = "samples; no real site is asked"


class CrawlRefusedError(Exception):
    """The crawl was not begun; the message says what to mend."""


def crawl(
    logs: Sequence[Log],
    archive: Archive,
    registry: ForceRegistry,
    *,
    proxy: str | None = None,
    delay: float | None = None,
    contact: str | None = None,
    progress: Callable[[Progress], None] | None = None,
    overrides: dict[str, object] | None = None,
) -> list[LogReport]:
    """Crawl logs into an archive and say what became of each, in the order given.

    ``archive`` is open for writing, and is only touched by the calling thread, as ``progress`` is, which is called
    after each answer. ``proxy`` is the address of an HTTP proxy (``http://127.0.0.1:8000``), such as the samples'
    server. ``delay`` is seconds between requests to a host: real hosts never get less than two. ``contact`` is whom a
    site may write to (an address of a page or a mailbox; ``CROSSFORCE_CONTACT`` where it is not said). ``overrides``
    are Scrapy settings, for tests.

    Raises ``CrawlRefusedError`` where it must not begin, ``KeyboardInterrupt`` after an orderly stop (the run goes on
    from there next time), and whatever the archive raises.
    """
    refuse_unfit(logs, registry, proxy)
    courtesy = courtesy_for(logs, proxy=proxy, delay=delay, contact=contact)
    chosen = scrapy_settings(courtesy, overrides)
    chosen.set("DOWNLOADER_MIDDLEWARES", {**chosen.getdict("DOWNLOADER_MIDDLEWARES"), **own.CAPTURE_MIDDLEWARE})
    groups: defaultdict[str, list[Log]] = defaultdict(list)
    for log in logs:
        groups[log.platform].append(log)
    desk = Desk()
    runner = AsyncCrawlerRunner(chosen)
    spiders: list[LogSpider] = []
    errors: list[Failure] = []

    async def everything() -> None:
        tasks = []
        for platform, members in groups.items():
            crawler = runner.create_crawler(SPIDERS[platform])
            crawler.signals.connect(_noter(errors), signals.spider_error, weak=False)
            crawler.signals.connect(_spider_noter(spiders), signals.spider_opened, weak=False)
            tasks.append(
                runner.crawl(crawler, logs=members, archive=archive, desk=desk, courtesy=courtesy, progress=progress)
            )
        await asyncio.gather(*tasks)

    loop = network_loop()
    done = asyncio.run_coroutine_threadsafe(everything(), loop)

    async def stop() -> None:
        courtesy.gate.stop()
        await runner.stop()

    desk.serve(done, stop=lambda: asyncio.run_coroutine_threadsafe(stop(), loop))
    done.result()
    if errors:
        errors[0].raiseException()
    reports = {errand.log.id: errand.report for spider in spiders for errand in spider.errands if errand.report}
    if missing := [log.id for log in logs if log.id not in reports]:
        raise RuntimeError(f"these logs were left in the middle, which is a fault of ours: {', '.join(missing)}")
    return [reports[log.id] for log in logs]


def refuse_unfit(logs: Sequence[Log], registry: ForceRegistry, proxy: str | None) -> None:
    """Raise ``CrawlRefusedError`` for a log that may not be crawled or cannot be."""
    for log in logs:
        if registry.logs.get(log.id) != log:
            raise CrawlRefusedError(
                f"the log {log.id!r} is not in the registry {registry.id!r}: only its logs are crawled"
            )
        if log.platform not in SPIDERS:
            known = "has no spider yet" if log.platform in NO_READER_YET else "is not known"
            raise CrawlRefusedError(
                f"the platform {log.platform!r} of the log {log.id!r} {known}; what a person saved of it can be "
                "brought in with `crossforce import`"
            )
        hosts = {plain_host(host) for host in log.hosts}
        if proxy is None and any(host == "example" or host.endswith(".example") for host in hosts):
            raise CrawlRefusedError(
                f"the log {log.id!r} is of an invented force, whose host exists nowhere: name the samples' server with "
                "--proxy http://127.0.0.1:PORT, or run `crossforce demo`"
            )
    if len({log.id for log in logs}) != len(logs):
        raise CrawlRefusedError("a log is named twice")


def courtesy_for(logs: Sequence[Log], *, proxy: str | None, delay: float | None, contact: str | None) -> Courtesy:
    """Gate and name for these logs; raises ``CrawlRefusedError`` where a real site could not write to anyone."""
    hosts = {plain_host(host) for log in logs for host in log.hosts}
    contact = contact or os.environ.get(CONTACT_VARIABLE)
    if not contact:
        if real := sorted(host for host in hosts if not is_invented(host)):
            raise CrawlRefusedError(
                f"whom may {real[0]} write to? Put an address of a page or a mailbox into {CONTACT_VARIABLE}: it "
                "stands in the User-Agent of every request"
            )
        contact = SAMPLE_CONTACT
    return Courtesy(gate=Gate(hosts, delay), user_agent=own.user_agent(contact), proxy=proxy)


def scrapy_settings(courtesy: Courtesy, overrides: dict[str, object] | None = None) -> Settings:
    """Scrapy's settings for one crawl."""
    chosen = Settings()
    chosen.setmodule(own)
    chosen.set("USER_AGENT", courtesy.user_agent)
    chosen.set("DOWNLOAD_DELAY", 0)  # the gate keeps it, from the end of an answer, for all crawlers of the run
    chosen.setdict(overrides or {}, priority="cmdline")
    return chosen


def _noter(errors: list[Failure]) -> Callable[..., None]:
    def note(failure: Failure) -> None:
        errors.append(failure)

    return note


def _spider_noter(spiders: list[LogSpider]) -> Callable[..., None]:
    def note(spider: Spider) -> None:
        assert isinstance(spider, LogSpider)
        spiders.append(spider)

    return note
