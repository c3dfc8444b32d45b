"""Web pages to text: what a person sees, in order, with headings, lists and tables kept."""

from __future__ import annotations

import re
import warnings

import soupsieve
from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.dammit import EncodingDetector
from bs4.element import CData, NavigableString, PreformattedString

from indexer.extraction.document import Content, Document, Limits

# Never text for a reader, whatever the style says.
_DROPPED = """
    script style template noscript head title meta link object embed iframe frame canvas svg math audio video
    source map area select option datalist textarea input progress meter rp
"""
DROPPED = frozenset(_DROPPED.split())
_BLOCKS = """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer
    form header hgroup html legend main nav search section summary
"""
BLOCKS = frozenset(_BLOCKS.split())
_PARAGRAPHS = """
    p h1 h2 h3 h4 h5 h6 ul ol table pre blockquote dl figure
"""
PARAGRAPHS = frozenset(_PARAGRAPHS.split())
HIDING = re.compile(
    r"""(?:^|[;\s{])(?:
        display\s*:\s*none
      | visibility\s*:\s*(?:hidden|collapse)
      | opacity\s*:\s*0*\.?0*(?:%|\s|;|!|$)
      | font-size\s*:\s*0*\.?0*(?:px|pt|em|rem|%|\s|;|!|$)
      | (?:left|right|top|text-indent|margin-left)\s*:\s*-\d{4,}(?:\.\d+)?px
      | (?:left|text-indent|margin-left)\s*:\s*-\d{3,}(?:em|rem|%|vw)
      | clip-path\s*:\s*inset\((?:50|100)%
      | clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Names that widespread style sheets (Bootstrap, GOV.UK, WordPress, Drupal) give to text kept off the screen.
_OFF_SCREEN = """
    visually-hidden visuallyhidden sr-only screen-reader-text screen-reader-only govuk-visually-hidden
    element-invisible d-none hidden-print-only
"""
OFF_SCREEN = frozenset(_OFF_SCREEN.split())
# What these names mean on the web (WHATWG Encoding Standard, section 4.2).
LATIN = frozenset({"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "l1"})
RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"[ \t\r\n\f\u200b]+")
LONG_CELL = 300  # characters: a longer cell is prose laid out in a table, and is read as paragraphs
TITLE_PARTS = re.compile(r"\s[|\u2013\u2014\u00b7:-]{1,2}\s|\s?\|\s?")
TITLE = 120  # characters of a part of a title
MAIN_TEXT = 80  # characters: a <main> with less is an empty frame, and the page is read whole


def read(document: Document, limits: Limits) -> Content:  # noqa: ARG001 every reader has one shape
    """One page of text. With a known platform its own reader finds the answer, so that the site's chrome is dropped."""
    if document.platform and document.url:
        from indexer.platforms import UnknownPlatformError, item_text

        try:
            text = item_text(document.platform, document.url, document.data, document.piece)
        except UnknownPlatformError:
            text = ""
        if text:
            return Content(pages=(text,))
    soup = parse(document.data, charset=_charset(document.media_type))
    main = soup.select_one("main, [role=main], article")
    if main is not None:
        hidden = _hidden_by_rules(soup)
        text = _Writer(hidden).page(main)
        if len(text) >= MAIN_TEXT:
            return Content(pages=(_under_title(soup, text),))
    return Content(pages=(_under_title(soup, visible_text(soup)),))


def _under_title(soup: BeautifulSoup, text: str) -> str:
    """The text under those parts of the page's title that it does not say itself: whose site it is, on most pages."""
    title = SPACE.sub(" ", soup.title.get_text()).strip() if soup.title else ""
    known = text.casefold()
    parts = (part.strip() for part in TITLE_PARTS.split(title))
    said = [part for part in parts if 0 < len(part) <= TITLE and part.casefold() not in known]
    return "\n\n".join((*said, text)) if said and text else text


def visible_text(html: bytes | str | Tag) -> str:
    """The visible text of a page or of one element of it.

    A paragraph, heading or list ends with a line break, a table row is one line with its cells parted by `` | ``, the
    items of an ordered list carry their numbers. Scripts, styles, comments and hidden elements are left out.
    """
    element = html if isinstance(html, Tag) else parse(html)
    root = element
    while root.parent is not None:
        root = root.parent
    return _Writer(_hidden_by_rules(root)).page(element)


def parse(html: bytes | str, charset: str | None = None) -> BeautifulSoup:
    """A parsed page. Its encoding is that of ``charset`` (the server's), of a byte order mark or of its own mark."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML is read as the web reads it
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        if isinstance(html, str):
            return BeautifulSoup(html, "lxml")
        declared = charset or EncodingDetector.find_declared_encoding(html, is_html=True)
        if (declared or "").lower() in LATIN:
            charset = "windows-1252"
        return BeautifulSoup(html, "lxml", from_encoding=charset)


def _charset(media_type: str | None) -> str | None:
    found = re.search(r"charset=[\"']?([\w.:-]+)", media_type or "", re.IGNORECASE)
    return found.group(1) if found else None


def _hidden_by_rules(root: Tag) -> frozenset[int]:
    """The elements that the page's own style sheet hides on a screen, by identity."""
    hidden: set[int] = set()
    for sheet in root.find_all("style"):
        css = MEDIA.sub("", STYLE_COMMENT.sub("", sheet.get_text()))
        for selector, declarations in RULE.findall(css):
            if HIDING.search(declarations):
                try:
                    hidden.update(id(tag) for tag in soupsieve.select(selector.strip(), root))
                except (soupsieve.SelectorSyntaxError, NotImplementedError):
                    continue  # a selector of a kind that cannot apply to a page at rest, such as ::before
    return frozenset(hidden)


class _Writer:
    """Walks the elements and writes lines."""

    def __init__(self, hidden: frozenset[int]) -> None:
        self.hidden = hidden
        self.lines: list[str] = []
        self.line = ""
        self.gap = False  # a blank line is due before the next text

    def page(self, element: Tag) -> str:
        self.walk(element)
        self.end_line()
        return "\n".join(self.lines).strip("\n")

    def end_line(self) -> None:
        text = self.line.strip(" ")
        self.line = ""
        if text:
            if self.gap and self.lines:
                self.lines.append("")
            self.gap = False
            self.lines.append(text)

    def end_paragraph(self) -> None:
        self.end_line()
        self.gap = True

    def add(self, text: str) -> None:
        text = SPACE.sub(" ", text).replace("\xa0", " ").replace("\xad", "")
        if not self.line or self.line.endswith(" "):
            text = text.lstrip(" ")
        self.line += text

    def walk(self, element: Tag) -> None:
        for child in element.children:
            if isinstance(child, Tag):
                self.element(child)
            elif isinstance(child, NavigableString) and (
                isinstance(child, CData) or not isinstance(child, PreformattedString)
            ):
                self.add(str(child))

    def element(self, tag: Tag) -> None:
        name = tag.name.lower()
        if name in DROPPED or self.is_hidden(tag):
            return
        if name == "br":
            self.end_line()
        elif name == "hr":
            self.end_paragraph()
        elif name in ("ul", "ol", "menu"):
            self.end_paragraph() if tag.find_parent("li") is None else self.end_line()
            self.items(tag, ordered=name == "ol")
            self.end_paragraph() if tag.find_parent("li") is None else self.end_line()
        elif name == "table":
            self.end_paragraph()
            self.table(tag)
            self.end_paragraph()
        elif name == "pre":
            self.end_paragraph()
            kept = [line.rstrip() for line in tag.get_text().strip("\n").split("\n")]
            self.lines.extend(["", *kept] if self.lines and any(kept) else kept)
            self.gap = True
        elif name in PARAGRAPHS:
            self.end_paragraph()
            self.walk(tag)
            self.end_paragraph()
        elif name in BLOCKS:
            self.end_line()
            self.walk(tag)
            self.end_line()
        else:
            self.walk(tag)

    def is_hidden(self, tag: Tag) -> bool:
        if id(tag) in self.hidden or tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
            return True
        if OFF_SCREEN.intersection(tag.get_attribute_list("class")):
            return True
        return bool(HIDING.search(str(tag.get("style", ""))))

    def items(self, tag: Tag, *, ordered: bool) -> None:
        kind = str(tag.get("type", "1"))
        children = [child for child in tag.children if isinstance(child, Tag)]
        step = -1 if tag.has_attr("reversed") else 1
        number = _integer(tag.get("start"), len(children) if step < 0 else 1)
        for child in children:
            if child.name != "li":
                self.element(child)
                continue
            if self.is_hidden(child):
                continue
            self.end_line()
            if ordered:
                number = _integer(child.get("value"), number)
                self.line = f"{_ordinal(number, str(child.get('type', kind)))}. "
                number += step
            else:
                self.line = "• "
            marker = self.line
            self.walk_item(child, marker)
            if self.line == marker:
                self.line = ""
            self.end_line()

    def walk_item(self, item: Tag, marker: str) -> None:
        """The first paragraph of an item stands on the line of its number."""
        inner = _Writer(self.hidden)
        inner.walk(item)
        inner.end_line()
        if not inner.lines:
            return
        self.line = marker + inner.lines[0]
        for line in inner.lines[1:]:
            self.end_line()
            self.line = line

    def table(self, table: Tag) -> None:
        for caption in table.find_all("caption", recursive=False):
            self.element(caption)
            self.end_line()
        for row in self.rows(table):
            cells = [
                self.cell(cell) for cell in row.find_all(["td", "th"], recursive=False) if not self.is_hidden(cell)
            ]
            if any(len(" ".join(cell)) > LONG_CELL for cell in cells) or len(cells) == 1:
                for cell in cells:
                    self.end_paragraph()
                    for line in cell:
                        self.line = line
                        self.end_line()
                self.gap = True
            elif any(cells):
                self.end_line()
                self.line = " | ".join(" ".join(cell) for cell in cells).rstrip(" ")
                self.end_line()

    def rows(self, table: Tag) -> list[Tag]:
        """The table's own visible rows, not those of tables inside it."""
        rows: list[Tag] = []
        for child in table.find_all(["tr", "thead", "tbody", "tfoot"], recursive=False):
            if not self.is_hidden(child):
                rows.extend([child] if child.name == "tr" else child.find_all("tr", recursive=False))
        return [row for row in rows if not self.is_hidden(row)]

    def cell(self, tag: Tag) -> list[str]:
        inner = _Writer(self.hidden)
        inner.walk(tag)
        inner.end_line()
        return [line for line in inner.lines if line]


def _integer(value: object, default: int) -> int:
    try:
        return int(str(value).strip())
    except ValueError:
        return default


def _ordinal(number: int, kind: str) -> str:
    """A list number in the style of the ``type`` attribute: 1, a, A, i or I."""
    if kind in ("a", "A") and number > 0:
        letters = ""
        while number > 0:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord(kind) + rest) + letters
        return letters
    if kind in ("i", "I") and 0 < number < 4000:  # Roman numerals go no further
        numeral = roman(number)
        return numeral if kind == "I" else numeral.lower()
    return str(number)


def roman(number: int) -> str:
    """A Roman numeral in capitals, for 1 to 3999."""
    signs = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    out = ""
    for value, sign in signs:
        while number >= value:
            out += sign
            number -= value
    return out
