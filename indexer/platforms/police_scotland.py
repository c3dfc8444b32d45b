"""Police Scotland's own site: a log since January 2018 in folders for years and months, under Scottish law.

No raw page was seen; addresses, the label "Our Ref: IM-FOI-2021-0942 Date: 31st May 2021" and the media folder were.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from indexer.platforms import labels
from indexer.platforms.address import absolute, beneath, on_hosts, path_of, segments
from indexer.platforms.markup import words
from indexer.platforms.page import Entry, Listing, Selector
from indexer.platforms.tree import TreeReader

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from indexer.bodies import Log

# "disclosure-log-2024", "0", "2019", "may": the folders seen. Others are known by having pages beneath them.
FOLDER = re.compile(r"(?:disclosure-log-)?20\d{2}|0|" + "|".join(labels.MONTHS), re.IGNORECASE)


class PoliceScotlandReader(TreeReader):
    """Log at ``…/disclosure-log/``, then year, then month, then one page per disclosure."""

    platform: ClassVar[str] = "scotland"
    expected: ClassVar[tuple[str, ...]] = ("title", "text", "reference")
    selectors: ClassVar[Mapping[str, Selector]] = MappingProxyType(
        {
            "main": Selector(
                css="main, [role=main], #main-content, #main, article", evidence="guess: no raw page seen"
            ),
            "heading": Selector(css="h1", evidence="copies of pages begin with their title"),
            "link": Selector(css="a[href*='/disclosure-log/']", evidence="addresses of disclosures and folders"),
            "next": Selector(
                css="a[rel~=next][href], link[rel~=next][href], a[href*='page=']",
                evidence="guess: folders may be paged",
            ),
            "attachment": Selector(css="a[href*='/spa-media/']", evidence="files of other pages of the site"),
        }
    )

    def is_listing(self, url: str, log: Log) -> bool:
        """The top of the log; a folder for a year or a month is told by its name."""
        if path_of(url) == path_of(log.url):
            return True
        last = segments(url)[-1] if segments(url) else ""
        return self.may_hold(url, log) and FOLDER.fullmatch(last) is not None

    def may_hold(self, url: str, log: Log) -> bool:
        """Beneath the log's own path."""
        return on_hosts(url, log.hosts) and log.covers(url)

    def listing(self, url: str, soup: BeautifulSoup, log: Log) -> Listing:
        """Links beneath this page: those named like years and months are folders, the others disclosures."""
        main = self.main(soup) or soup
        entries: dict[str, Entry] = {}
        folders: dict[str, None] = {}
        for anchor in main.select("a[href]"):
            link = absolute(url, str(anchor["href"]))
            if link is None or not self.may_hold(link, log) or self.is_file(link) or not beneath(link, path_of(url)):
                continue
            if self.is_listing(link, log):
                folders[link] = None
            elif (
                link not in entries or not entries[link].title
            ):  # an empty link around a picture comes before the words
                date = labels.published_on(words(anchor.parent)) if anchor.parent else None
                entries[link] = Entry(url=link, title=words(anchor), published_on=date)
        return Listing(
            entries=tuple(entries.values()),
            next_pages=self.next_pages(url, soup, log),
            folders=tuple(folders),
            says_empty=not entries and not folders and labels.says_empty(words(main)),
        )
