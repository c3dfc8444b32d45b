"""Single Online Home: the platform of about forty forces, which differ by host, folder names and reference shapes.

No raw page of it was seen: everything here follows from addresses, from copies of pages as text, and from two public
scrapers of its news search. Hence reading by structure, link prefix and label, and ``crossforce crawl LOG --check``.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from indexer.platforms import labels
from indexer.platforms.address import absolute, beneath, on_hosts, path_of, segments
from indexer.platforms.markup import words
from indexer.platforms.page import Entry, Listing, Selector
from indexer.platforms.tree import TreeReader

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

    from indexer.bodies import Log

TREE = "/foi-ai/"  # every disclosure seen lies beneath it, on twenty hosts
FORMS = "/foi-ai/af/"  # the platform's own forms and searches, the published-items listing among them
WELSH = "/cy-GB"  # prefix of the Welsh twin, seen on four Dyfed-Powys pages
FRAGMENT = "GetPaginatedResults"  # further results of a search, an HTML fragment; seen on the news search only

# First folders beneath a force's own that hold something else, where a log has no narrower prefix. Seen: "pp" and
# "Policy" (Humberside, Kent); the rest are named in the registry notes as content of the same tree.
OTHER_FOLDERS = frozenset(
    {"pp", "policy", "policies", "spending", "expenditure", "dpia", "dpias", "misconduct-hearings"}
)

CARD_DEPTH = 6  # elements around a hit that may be its card: nobody nests a line of a list deeper


class SingleOnlineHomeReader(TreeReader):
    """Listing at ``/foi-ai/af/accessing-information/published-items/`` or a folder; disclosures under ``/foi-ai/``."""

    platform: ClassVar[str] = "soh"
    expected: ClassVar[tuple[str, ...]] = ("title", "text", "reference", "published_on")
    selectors: ClassVar[Mapping[str, Selector]] = MappingProxyType(
        {
            "main": Selector(
                css="main, [role=main], #main-content, #main, article", evidence="guess: no raw page seen"
            ),
            "heading": Selector(css="h1", evidence="copies of pages begin with their title; a challenge page has none"),
            "hit": Selector(css="h3 > a[href]", evidence="two public scrapers of the platform's news search"),
            "next": Selector(
                css="a[rel~=next][href], link[rel~=next][href], a[href*='page=']",
                evidence="guess: news search takes page from 1",
            ),
            "fragment": Selector(
                css=", ".join(
                    f"[{name}*={FRAGMENT}]"
                    for name in ("href", "data-url", "data-href", "data-endpoint", "data-src", "hx-get")
                ),
                evidence="the address was seen in two scrapers; where the page names it was not",
            ),
            "attachment": Selector(css="a[href*='/SysSiteAssets/']", evidence="files of four forces"),
            "twin": Selector(css="a[href*='/cy-GB/'], a[hreflang]", evidence="guess: only the addresses were seen"),
        }
    )

    def is_listing(self, url: str, log: Log) -> bool:
        """The listing itself, its Welsh twin, or a fragment of its further results."""
        path = path_of(url)
        known = {path_of(address) for address in (log.url, log.welsh_url) if address}
        return path in known or (FRAGMENT in segments(url) and any(path.startswith(start) for start in known))

    def may_hold(self, url: str, log: Log) -> bool:
        """Beneath one of the log's prefixes; or anywhere in the tree, where the registry has no better prefix than the
        listing's own path, but for forms and folders known to hold something else."""
        if not on_hosts(url, log.hosts):
            return False
        path = urlsplit(url).path
        plain = path.removeprefix(WELSH)
        if not plain.startswith(TREE):
            return log.covers(url)
        if plain.startswith(FORMS):
            return False
        if len(segments(plain)) > 2 and segments(plain)[2].lower() in OTHER_FOLDERS:
            return False
        narrow = [prefix for prefix in log.prefixes if not prefix.startswith(FORMS)]
        if plain is not path and not any(prefix.startswith(WELSH) for prefix in narrow):
            return True  # the Welsh folder names are other words; the page itself links the twins
        return not narrow or path.startswith(tuple(narrow))

    def is_secondary(self, url: str) -> bool:
        """The Welsh twin: Welsh chrome around an English body in all four that were seen."""
        return urlsplit(url).path.startswith(WELSH + "/")

    def listing(self, url: str, soup: BeautifulSoup, log: Log) -> Listing:
        """Hits are headings that are links; a folder page, or a listing without hits, may have plain links instead."""
        main = self.main(soup) or soup
        hits = main.select(self.selectors["hit"].css)
        entries: dict[str, Entry] = {}
        left_out: dict[str, None] = {}
        for hit in hits:
            link = absolute(url, str(hit["href"]))
            if link is None or self.is_listing(link, log):
                continue
            if not self.may_hold(link, log) or self.is_file(link):
                left_out[link] = None
            elif link not in entries:
                date = labels.published_on(words(_card(hit)))
                entries[link] = Entry(url=link, title=words(hit), published_on=date)
        folders: dict[str, None] = {}
        if not (hits and self.is_listing(url, log)):
            nearby = self.links(url, main, log)
            folders = dict.fromkeys(
                link
                for link in nearby
                if link not in entries and (self.is_listing(url, log) or beneath(link, path_of(url)))
            )
        return Listing(
            entries=tuple(entries.values()),
            next_pages=self.next_pages(url, soup, log),
            folders=tuple(folders),
            says_empty=not hits and labels.says_empty(words(main)),
            left_out=tuple(left_out),
        )


def _card(hit: Tag) -> Tag:
    """The largest element around a hit that holds no other hit: its card in the listing."""
    card: Tag = hit
    for parent in islice(hit.parents, CARD_DEPTH):
        if parent.name in ("main", "body", "html", "[document]") or len(parent.select("h3 > a[href]", limit=2)) > 1:
            break
        card = parent
    return card
