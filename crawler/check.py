"""A look at a log by hand: a handful of pages, and what every selector finds on each. Nothing is stored.

No raw page of either platform was at hand when the readers were written, so the first person with a live connection
can tell in a minute whether they fit: ``crossforce crawl LOG --check``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner

from crawler.gate import Courtesy, RefusedError
from crawler.network import network_loop
from crawler.robots import NETWORK_ERRORS
from crawler.run import courtesy_for, refuse_unfit, scrapy_settings
from crawler.settings import LARGEST_PAGE
from indexer.archive import RunStatus
from indexer.platforms import Finding, Item, Listing, Page, Reader, reader

if TYPE_CHECKING:
    from indexer.forces import ForceRegistry, Log

DEEPEST = 4  # listing pages looked into: log, year, month, and one to spare


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPage:
    """One page as it was read. ``found`` is "listing", "item", "file", "challenge", "other" or "nothing"."""

    url: str
    wanted: str  # "listing", "item", "file"
    status: int | None
    found: str
    says: str  # what a person should know, in a few words
    findings: tuple[Finding, ...] = ()
    empty: bool = False  # a listing that prints that nothing was found


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check saw. ``faults`` are in words; none means that the readers fit this log."""

    log: str
    pages: tuple[CheckedPage, ...]
    faults: tuple[str, ...]

    @property
    def fell_short(self) -> bool:
        """Whether a person should look."""
        return bool(self.faults)

    def as_json(self) -> dict[str, Any]:
        """One object for ``--check --json``, of the same shape as a crawl's, with what the selectors found."""
        counts = dict.fromkeys(("new", "changed", "unchanged", "moved", "gone", "failed"), 0)
        status = RunStatus.DRIFTED if self.fell_short else RunStatus.OK
        said = {"log": self.log, "status": status, "pages": len(self.pages), **counts, "missing_fields": {}}
        return {
            **said,
            "checked": [asdict(page) for page in self.pages],
            "faults": list(self.faults),
            "fell_short": self.fell_short,
        }

    def in_words(self) -> str:
        """A table for people: a row per selector, a column per page."""
        letters = [chr(ord("A") + position) for position in range(len(self.pages))]
        lines = [f"{self.log}: {'look at this' if self.fell_short else 'the readers fit'}", ""]
        for letter, page in zip(letters, self.pages, strict=True):
            answer = page.status if page.status is not None else "no answer"
            lines += [f"{letter}  {page.wanted}: {page.url}", f"   {answer}, read as {page.found}: {page.says}"]
        names = list(dict.fromkeys(f.selector for page in self.pages for f in page.findings))
        if names:
            width = max(map(len, names))
            lines += ["", " " * width + "".join(f"{letter:>6}" for letter in letters)]
        for name in names:
            counts = [next((str(f.found) for f in page.findings if f.selector == name), "") for page in self.pages]
            matching = (f for page in self.pages for f in page.findings if f.selector == name)
            sample = next((f.sample for f in matching if f.sample), "")
            lines.append(f"{name:<{width}}" + "".join(f"{found:>6}" for found in counts) + f"   {sample}".rstrip())
        lines += ["", *(f"- {fault}" for fault in self.faults)] if self.faults else []
        return "\n".join(lines)


@dataclass(slots=True)
class _Notes:
    pages: list[CheckedPage] = field(default_factory=list)
    walked: bool = False  # to its end; an error of ours would leave it in the middle


class CheckSpider(Spider):
    """Walks a handful of a log's pages, as politely as a crawl."""

    name = "check"

    def __init__(self, *, log: Log, courtesy: Courtesy, notes: _Notes, **kwargs: Any) -> None:
        """As ``check`` makes it."""
        super().__init__(**kwargs)
        self.target = log
        self.courtesy = courtesy
        self.reader: Reader = reader(log.platform)
        self._notes = notes

    async def start(self) -> AsyncIterator[Request]:
        """Ask one page after the other; nothing is left for Scrapy to schedule."""
        items = await self._walk()
        chosen = dict.fromkeys(items[position] for position in (0, len(items) // 2, -1)) if items else {}
        files: list[str] = []
        for url in chosen:
            page = await self._look(url, "item")
            if isinstance(page, Item):
                files += [link.url for link in page.attachments]
        if files:
            await self._look(files[0], "file")
        self._notes.walked = True
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def _walk(self) -> list[str]:
        """Addresses of disclosures on the first listing pages; one way down, and one further page."""
        items: list[str] = []
        following = [self.target.url]
        for _ in range(DEEPEST):
            if not following:
                break
            page = await self._look(following[0], "listing")
            if not isinstance(page, Listing):
                if isinstance(page, Item):
                    items.append(following[0])
                break
            further = bool(items)
            items += [entry.url for entry in page.entries]
            if further:  # this was the further page
                break
            following = list(page.next_pages[:1] if items else page.folders[:1])
        return items

    async def _look(self, url: str, wanted: str) -> Page | None:
        limit = {} if wanted == "file" else {"download_maxsize": LARGEST_PAGE}
        try:
            answer = await self.crawler.engine.download_async(Request(url, meta=limit, dont_filter=True))
        except (RefusedError, *NETWORK_ERRORS) as error:
            says = error.reason if isinstance(error, RefusedError) else type(error).__name__
            self._notes.pages.append(CheckedPage(url=url, wanted=wanted, status=None, found="nothing", says=says))
            return None
        kind = (answer.headers.get("Content-Type") or b"no Content-Type").decode("latin-1")
        if wanted == "file" and "html" not in kind:
            says = f"{len(answer.body)} bytes, {kind}"
            self._notes.pages.append(CheckedPage(url=url, wanted=wanted, status=answer.status, found="file", says=says))
            return None
        page = self.reader.read(url, answer.body, self.target)
        self._notes.pages.append(
            CheckedPage(
                url=url,
                wanted=wanted,
                status=answer.status,
                found=type(page).__name__.lower(),
                says=_says(page),
                findings=self.reader.probe(url, answer.body),
                empty=isinstance(page, Listing) and page.says_empty,
            )
        )
        return page if answer.status == 200 else None


def check(
    log: Log,
    registry: ForceRegistry,
    *,
    proxy: str | None = None,
    delay: float | None = None,
    contact: str | None = None,
    overrides: dict[str, object] | None = None,
) -> CheckReport:
    """Fetch a handful of a log's pages and say what the readers find on them. Parameters as for ``crawler.run.crawl``;
    raises ``CrawlRefusedError``."""
    refuse_unfit([log], registry, proxy)
    courtesy = courtesy_for([log], proxy=proxy, delay=delay, contact=contact)
    runner = AsyncCrawlerRunner(scrapy_settings(courtesy, overrides))
    notes = _Notes()

    async def everything() -> None:
        await runner.crawl(CheckSpider, log=log, courtesy=courtesy, notes=notes)

    asyncio.run_coroutine_threadsafe(everything(), network_loop()).result()
    if not notes.walked:
        raise RuntimeError(f"the check of {log.id} was left in the middle, which is a fault of ours")
    return CheckReport(log=log.id, pages=tuple(notes.pages), faults=tuple(_faults(notes.pages)))


def _says(page: Page) -> str:
    if isinstance(page, Listing):
        counted = {"entries": page.entries, "further pages": page.next_pages, "folders": page.folders}
        parts = [f"{len(found)} {name}" for name, found in counted.items()]
        dated = sum(entry.published_on is not None for entry in page.entries)
        parts += [f"{dated} dated"] if page.entries else []
        parts += [f"{len(page.left_out)} left out"] if page.left_out else []
        parts += ["says that it is empty"] if page.says_empty else []
        return ", ".join(parts)
    if isinstance(page, Item):
        return (
            f"{page.title!r}, reference {page.reference or 'not found'}, {len(page.text)} characters, "
            f"{len(page.attachments)} files, {len(page.alternates)} twins, {len(page.pieces) or 1} answers"
        )
    return page.reason


def _faults(pages: Sequence[CheckedPage]) -> list[str]:
    faults = [
        f"{page.url}: wanted {page.wanted}, got {page.found} ({page.says}, status {page.status})"
        for page in pages
        if page.found != page.wanted or page.status != 200
    ]
    if not any(page.found == "item" or page.empty for page in pages):
        faults.append("no disclosure was read")
    for page in pages:
        if page.found == "item":
            short = [name for name in ("heading", "main") if not _found(page, name)]
            faults += [f"{page.url}: the selector {name!r} finds nothing" for name in short]
    return faults


def _found(page: CheckedPage, selector: str) -> int:
    return next((f.found for f in page.findings if f.selector == selector), 0)
