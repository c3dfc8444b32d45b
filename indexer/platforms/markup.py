"""A page's bytes as a tree, its main element, and everything that is only there to dress it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

# Declared in the first kilobyte, where HTML requires it to stand.
DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
DECLARATION_LIMIT = 1024  # bytes; HTML Living Standard, "prescan a byte stream"

# Elements that dress a page, by name, by role, and by what their class or id says.
CHROME_NAMES = frozenset({"noscript", "template", "iframe", "svg", "form", "header", "nav", "footer", "button"})
CHROME_ROLES = frozenset({"banner", "navigation", "contentinfo", "search", "dialog", "alertdialog"})
CHROME_WORDS = ("breadcrumb", "cookie", "skip-link", "share-this")
MENUS = frozenset({"nav", "header", "footer"})  # a link in one of these leads through the site, not through the log

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
        elif _is_text(node):
            yield str(node)


def undress(soup: BeautifulSoup) -> None:
    """Take out of the tree what is no part of a disclosure: navigation, forms, and banners by their words.

    Style sheets stay: what they hide must be known when the text is read. An element around the page's heading stays
    whatever it is called, since some sites wrap the whole page in a form.
    """
    kept = around(soup, {"h1"})
    for element in list(outermost(soup, lambda e: _is_chrome(e) and id(e) not in kept)):
        element.decompose()
    kept = around(soup, {"h1", "h2", "h3", "table"})
    texts = short_texts(soup, BANNER_LENGTH)
    for element in list(outermost(soup, lambda e: id(e) not in kept and _is_banner(texts.get(id(e), "")))):
        element.decompose()


def _is_chrome(element: Tag) -> bool:
    if element.name in CHROME_NAMES or element.get("role") in CHROME_ROLES or element.has_attr("hidden"):
        return True
    if element.name in ("html", "body", "main"):  # a class there describes the page, "cookie-banner-visible"
        return False
    named = " ".join(
        (*element.get_attribute_list("class"), str(element.get("id", "")), str(element.get("aria-label", "")))
    )
    if any(word in named.lower() for word in CHROME_WORDS):
        return True
    return "display:none" in str(element.get("style", "")).replace(" ", "")


def _is_banner(text: str) -> bool:
    text = text.replace("'", "’").lower()
    return text in BANNERS_ALONE or text.startswith(BANNERS)


def outermost(root: Tag, matches: Callable[[Tag], bool]) -> Iterator[Tag]:
    """The elements beneath ``root`` that match, in order, and none beneath one of them."""
    stack = list(reversed(root.contents))
    while stack:
        node = stack.pop()
        if not isinstance(node, Tag):
            continue
        if matches(node):
            yield node
        else:
            stack.extend(reversed(node.contents))


def around(root: Tag, names: Collection[str]) -> set[int]:
    """The elements (by identity) that are of these names or hold one."""
    found: set[int] = set()
    for element in root.find_all(list(names)):
        node: Tag | None = element
        while node is not None and id(node) not in found:
            found.add(id(node))
            node = node.parent
    return found


def short_texts(root: Tag, most: int) -> dict[int, str]:
    """The words of every element (by identity) whose text is no longer than ``most`` code points.

    One pass from the leaves up: asking each element for its own text would take the square of the depth, and a page
    that means harm nests deep.
    """
    found: dict[int, str] = {}
    for node in reversed([root, *root.descendants]):
        if not isinstance(node, Tag):
            continue
        pieces: list[str] = []
        length = 0
        for child in node.contents:
            if isinstance(child, Tag):
                piece = found.get(id(child))
            else:
                piece = " ".join(str(child).split()) if _is_text(child) else ""
            if piece is None or (length := length + len(piece) + 1) > most + 1:
                break
            if piece:
                pieces.append(piece)
        else:
            found[id(node)] = " ".join(pieces)
    return found


def _is_text(node: object) -> bool:
    """Whether a node is words of the page: comments, doctypes, scripts and styles are subclasses of their own."""
    return type(node) is NavigableString


def main_element(soup: BeautifulSoup, css: str) -> Tag | None:
    """The element that holds the page's own words: what the selector names, else the body; None for an empty tree."""
    found = soup.select_one(css)
    if found is not None and words(found):
        return found
    return soup.body
