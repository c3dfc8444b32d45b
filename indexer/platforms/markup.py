"""A page's bytes as a tree, its main element, and everything that is only there to dress it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

# Declared in the first kilobyte, where HTML requires it to stand.
DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
DECLARATION_LIMIT = 1024  # bytes; HTML Living Standard, "prescan a byte stream"

CHROME = (
    "noscript, template, iframe, svg, form, header, nav, footer, button, "
    "[role=banner], [role=navigation], [role=contentinfo], [role=search], [role=dialog], [role=alertdialog], "
    "[hidden], [style*='display:none'], [style*='display: none'], [aria-label*=readcrumb], [class*=breadcrumb], "
    "[class*=cookie], [id*=cookie], [class*=skip-link], [class*=share]"
)

# What Single Online Home prints around every page (seen in copies of its pages), with its Welsh. Short ones count only
# alone, since a letter's sentence may begin with the same words.
BANNERS_ALONE = frozenset(
    {"leave this site", "allanfa gyflym", "skip to main content", "cymraeg", "is this page useful?"}
)
BANNERS = (
    "quickly exit this site by pressing the escape key",
    "we use some essential cookies to make our website work",
    "we’d like to set additional cookies",
    "sorry, there was a technical problem",
    "this site is a beta, which means",
    "we’re aware of an issue affecting the address finder",
)
BANNER_LENGTH = (
    400  # code points: the longest banner seen has about 200; a letter's passage is not dropped for how it begins
)

# fmt: off
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "li", "main",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
# fmt: on


def parse(body: bytes) -> BeautifulSoup:
    """The tree of a page; any bytes give one. UTF-8 where it is valid, else as declared, else Windows-1252, in which
    every byte that old sites sent means something."""
    return BeautifulSoup(decode(body), "lxml")


def decode(body: bytes) -> str:
    """Bytes of a web page as text; never raises."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    declared = DECLARED.search(body[:DECLARATION_LIMIT])
    for name in (declared[1].decode("ascii") if declared else "windows-1252", "windows-1252"):
        try:
            return body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("latin-1")


def title(soup: BeautifulSoup) -> str:
    """The text of ``<title>``, empty where there is none."""
    return words(soup.title) if soup.title else ""


def words(element: Tag) -> str:
    """All text of an element on one line."""
    return " ".join(element.get_text(" ").split())


def lines(element: Tag) -> list[str]:
    """The text of an element, one line per block, for rules about what a line begins with."""
    made: list[str] = []
    current: list[str] = []

    def close() -> None:
        text = " ".join("".join(current).split())
        current.clear()
        if text:
            made.append(text)

    for step in _walk(element):
        if isinstance(step, str):
            current.append(step)
        else:
            close()
    close()
    return made


def _walk(element: Tag) -> Iterator[str | None]:
    """Text as it comes, None wherever a line ends. A stack, since hostile pages nest deeper than Python recurses."""
    stack: list[object] = [element]
    while stack:
        node = stack.pop()
        if node is None:
            yield None
        elif isinstance(node, Tag):
            ends = node.name in BLOCKS or node.name == "br"
            if ends:
                yield None
                stack.append(None)
            stack.extend(reversed(node.contents))
        elif type(node).__name__ == "NavigableString":  # comments, doctypes and scripts are its subclasses
            yield str(node)


def undress(soup: BeautifulSoup) -> None:
    """Take out of the tree what is no part of a disclosure: navigation, forms, and banners by their words.

    Style sheets stay: what they hide must be known when the text is read."""
    for element in soup.select(CHROME):
        if not element.decomposed and element.name not in ("html", "body", "main") and element.find("h1") is None:
            element.decompose()
    for element in soup.find_all(["p", "div", "section", "aside", "li", "a", "span", "h2", "strong"]):
        if element.decomposed or element.find(["h1", "h2", "h3", "table"]) is not None:
            continue
        text = words(element).replace("'", "’").lower()
        if len(text) <= BANNER_LENGTH and (text in BANNERS_ALONE or text.startswith(BANNERS)):
            element.decompose()


def main_element(soup: BeautifulSoup, css: str) -> Tag | None:
    """The element that holds the page's own words: what the selector names, else the body; None for an empty tree."""
    found = soup.select_one(css)
    if found is not None and words(found):
        return found
    return soup.body
