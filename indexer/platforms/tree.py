"""Logs that are a tree of pages: a listing or folders above, disclosures as leaves. Both platforms so far are such.

What a page is follows from where it stands and what stands in it: the log's own address and its further pages are
listings; a page with pages of the same tree beneath it is a folder; a leaf with a heading is a disclosure.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from indexer.extraction.html import visible_text
from indexer.platforms import labels
from indexer.platforms.address import absolute, beneath, file_name, host, number, on_hosts, parameters, path_of
from indexer.platforms.markup import MENUS, lines, main_element, outermost, parse, title, undress, words
from indexer.platforms.page import Challenge, Finding, Item, Link, Listing, Other, Page, Selector
from indexer.platforms.pieces import divide, key_of, stretches

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

    from indexer.bodies import Log

# What a person publishes beside a letter: a link to such a file on the log's hosts is an attachment wherever it lies.
# fmt: off
DOCUMENTS = (
    ".pdf", ".doc", ".docx", ".docm", ".dot", ".odt", ".rtf", ".txt", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods",
    ".csv", ".tsv", ".ppt", ".pptx", ".odp", ".zip", ".msg", ".eml", ".jpg", ".jpeg", ".png", ".tif", ".tiff",
)
# fmt: on
CHALLENGE_MARKS = "#challenge-form, #challenge-error-text, [src*='/cdn-cgi/challenge-platform/'], [id^=cf-challenge]"


class TreeReader(ABC):
    """The reader of one platform; see ``indexer.platforms.page.Reader``.

    A subclass sets ``platform``, ``selectors`` (at least ``main``, ``heading``, ``attachment``) and ``expected``, the
    fields that its disclosures always showed where they were seen; and it says in ``is_listing``, ``may_hold`` and
    ``listing`` what its tree looks like. Construction is refused where one of them is missing.
    """

    platform: ClassVar[str]
    selectors: ClassVar[Mapping[str, Selector]]
    expected: ClassVar[tuple[str, ...]]

    def __init__(self) -> None:
        for name in ("platform", "selectors", "expected"):
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} must set {name!r}: see TreeReader")
        if missing := {"main", "heading", "attachment"} - set(self.selectors):
            raise TypeError(f"{type(self).__name__}.selectors lacks {', '.join(sorted(missing))}")

    @abstractmethod
    def is_listing(self, url: str, log: Log) -> bool:
        """Whether this address is the log's listing or a further page of it."""

    @abstractmethod
    def may_hold(self, url: str, log: Log) -> bool:
        """Whether a disclosure or a folder of this log can stand at this address."""

    @abstractmethod
    def listing(self, url: str, soup: BeautifulSoup, log: Log) -> Listing:
        """The entries, further pages and folders of a listing or folder page."""

    def is_secondary(self, url: str) -> bool:  # noqa: ARG002 most platforms have no twins
        """Whether this address is the twin of another, in a second language's chrome."""
        return False

    def read(self, url: str, body: bytes, log: Log) -> Page:
        """What this page is."""
        soup = parse(body)
        if reason := challenge(soup):
            return Challenge(reason=reason)
        if not on_hosts(url, hosts_of(log)):
            return Other(reason="a page of another site")
        base = _base(url, soup)
        if self.is_listing(url, log):
            return self.listing(base, soup, log)
        if soup.select_one(self.selectors["heading"].css) is None:
            return Other(reason="no heading")
        if not self.may_hold(url, log):
            return Other(reason="outside the log's disclosures")
        if self._leads_on(base, soup, log):
            return self.listing(base, soup, log)
        return self._item(url, base, soup, log)

    def text(self, url: str, body: bytes, part: str = "") -> str:  # noqa: ARG002 a platform may tell by address
        """The words of a disclosure's page as a person reads them, without chrome and banners; of one piece where
        ``part`` names it. Empty where there is no such piece."""
        soup = parse(body)
        undress(soup)
        main = self.main(soup)
        if main is None:
            return ""
        if not part:
            return visible_text(main)
        chosen = [stretch for stretch in stretches(main) if key_of(stretch.reference) == part]
        return "\n\n".join(visible_text(element) for stretch in chosen for element in stretch.elements)

    def probe(self, url: str, body: bytes) -> tuple[Finding, ...]:  # noqa: ARG002
        """What every selector finds, and then every label."""
        soup = parse(body)
        found = []
        for name, selector in self.selectors.items():
            matches = soup.select(selector.css)
            sample = (matches[0].get("href") or words(matches[0])[:80]) if matches else None
            found.append(Finding(selector=name, found=len(matches), sample=None if sample is None else str(sample)))
        undress(soup)
        main = main_element(soup, self.selectors["main"].css)
        text = lines(main) if main else []
        for name, value in (
            ("label: reference", labels.reference(text)),
            ("label: published", labels.published_line(text)),
        ):
            found.append(Finding(selector=name, found=int(value is not None), sample=str(value) if value else None))
        return tuple(found)

    def _leads_on(self, base: str, soup: BeautifulSoup, log: Log) -> bool:
        """Whether the page's own words link to pages beneath it. A menu may do so too, so chrome does not count."""
        main = self.main(soup)
        return any(beneath(link, path_of(base)) for link in self.links(base, main, log))

    def main(self, soup: BeautifulSoup) -> Tag | None:
        """The element that holds the page's own words."""
        return main_element(soup, self.selectors["main"].css)

    def links(self, base: str, element: Tag | None, log: Log) -> Iterator[str]:
        """Every address that an element links to where this log's pages can stand, in order, repetitions kept."""
        for anchor in outermost(element, lambda e: e.name == "a" or e.name in MENUS) if element else ():
            link = absolute(base, str(anchor["href"])) if anchor.name == "a" and anchor.has_attr("href") else None
            if link and self.may_hold(link, log) and not self.is_file(link):
                yield link

    def is_file(self, url: str) -> bool:
        """Whether an address ends like a document's."""
        return file_name(url).lower().endswith(DOCUMENTS)

    def _item(self, url: str, base: str, soup: BeautifulSoup, log: Log) -> Page:
        canonical = self._canonical(base, soup, log) or url
        alternates = tuple(dict.fromkeys(a for a in self.alternates(base, soup, log) if a not in (url, canonical)))
        heading = soup.select_one(self.selectors["heading"].css)
        name = words(heading) if heading else ""
        undress(soup)
        main = self.main(soup)
        if main is None:
            return Other(reason="no content")
        text = lines(main)
        return Item(
            url=canonical,
            title=name,
            text="\n".join(text),
            reference=labels.reference(text),
            published_on=labels.published_line(text),
            alternates=alternates,
            secondary=self.is_secondary(url),
            attachments=self.attachments(base, [main], log),
            pieces=divide(main, lambda elements: self.attachments(base, elements, log)),
        )

    def _canonical(self, base: str, soup: BeautifulSoup, log: Log) -> str | None:
        """The page's own word for its address, believed only where it lies in this log and is no listing: templates
        are known to print the home page or the parent on every page."""
        for link in soup.select("link[rel=canonical][href]"):
            found = absolute(base, str(link["href"]))
            if found and self._in_log(found, log):
                return found
        return None

    def _in_log(self, url: str, log: Log) -> bool:
        return on_hosts(url, hosts_of(log)) and self.may_hold(url, log) and not self.is_listing(url, log)

    def alternates(self, base: str, soup: BeautifulSoup, log: Log) -> Iterator[str]:
        """The same page in another language, as ``hreflang`` says."""
        for link in soup.select("link[rel=alternate][hreflang][href], a[hreflang][href]"):
            found = absolute(base, str(link["href"]))
            if found and self._in_log(found, log):
                yield found

    def attachments(self, base: str, elements: Sequence[Tag], log: Log) -> tuple[Link, ...]:
        """The files that elements link to, each once: the platform's media folder, or a document on the log's hosts."""
        found: dict[str, Link] = {}
        for element in elements:
            media = {id(anchor) for anchor in element.select(self.selectors["attachment"].css)}
            for anchor in element.select("a[href]"):
                link = absolute(base, str(anchor["href"]))
                if link is None or link in found or not on_hosts(link, hosts_of(log)):
                    continue
                if id(anchor) in media or self.is_file(link):
                    found[link] = Link(name=file_name(link), url=link, label=words(anchor))
        return tuple(found.values())

    def next_pages(self, base: str, soup: BeautifulSoup, log: Log) -> tuple[str, ...]:
        """Further pages of a listing, as the page itself offers them: what it calls next, and higher page numbers.

        A fragment's address may stand in any attribute, so every attribute of a match that looks like one counts.
        """
        here = number(parameters(base).get("page"), 1)
        found: dict[str, None] = {}
        for name in ("next", "fragment"):
            if name not in self.selectors or found:  # a fragment repeats what the plain pages show
                continue
            for element in soup.select(self.selectors[name].css):
                forward = "next" in element.get_attribute_list("rel")
                for value in element.attrs.values():
                    link = absolute(base, value) if isinstance(value, str) and ("/" in value or "?" in value) else None
                    if link is None or link == base or not on_hosts(link, hosts_of(log)):
                        continue
                    same = path_of(link) == path_of(base) or self.is_listing(link, log)
                    if same and (forward or number(parameters(link).get("page"), 1) > here):
                        found[link] = None
        return tuple(found)


def hosts_of(log: Log) -> tuple[str, ...]:
    """The hosts that a log's pages may lie on: those of its entry, and that of its address."""
    return (*log.hosts, host(log.url))


def _base(url: str, soup: BeautifulSoup) -> str:
    element = soup.select_one("base[href]")
    return (absolute(url, str(element["href"])) if element else None) or url


def challenge(soup: BeautifulSoup) -> str | None:
    """Why a page is a challenge: it carries a challenge's script, or its title says so and it has no heading."""
    if soup.select_one(CHALLENGE_MARKS) is not None:
        return "a challenge script"
    phrase = labels.challenge_title(title(soup))
    if phrase is not None and soup.h1 is None:
        return f"the title says {phrase!r}"
    return None
