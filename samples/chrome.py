"""Web pages of the two platforms, made up from what is known of their structure; no real page was at hand.

What surrounds a disclosure (quick exit, cookie banner, beta notice, navigation, footer) is there because a reader of
such pages must learn to leave it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from .houses import MONTHS, House
from .markup import Block, Kind, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

LISTING = "/foi-ai/af/accessing-information/published-items/"
WELSH = "/cy-GB"
TERMS = "/hyg/terms/"
SCOTTISH_LOG = "/access-to-information/freedom-of-information/disclosure-log/"
_COOKIES = {
    "en": "We use some essential cookies to make our website work. We’d like to set additional cookies to remember "
    "your preferences and to understand how you use it.",
    "cy": "Rydym yn defnyddio rhai cwcis hanfodol er mwyn gwneud i’n gwefan weithio.",
}
_WORDS = {
    "en": {
        "exit": "Quickly exit this site by pressing the Escape key",
        "leave": "Leave this site",
        "home": "Home",
        "about": "Accessing information",
        "published": "Published items",
        "beta": "This site is a beta, which means it's a work in progress and we'll be adding more to it.",
        "trouble": "Sorry, there was a technical problem. Please try again.",
        "files": "Attachments",
        "other": "Cymraeg",
    },
    "cy": {
        "exit": "Gadewch y wefan hon yn gyflym drwy wasgu’r fysell Escape",
        "leave": "Allanfa Gyflym",
        "home": "Hafan",
        "about": "Cael gafael ar wybodaeth",
        "published": "Eitemau a gyhoeddwyd",
        "beta": "Fersiwn beta yw’r wefan hon, sy’n golygu bod gwaith yn mynd rhagddo arni.",
        "trouble": "Mae’n ddrwg gennym, roedd problem dechnegol.",
        "files": "Atodiadau",
        "other": "English",
    },
}


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file as a page offers it."""

    path: str
    label: str
    size: int


@dataclass(frozen=True, slots=True)
class Card:
    """One entry of a listing."""

    path: str
    title: str
    published: datetime
    kind: str = "Freedom of information disclosure"


def run_html(run: Run) -> str:
    """One run as HTML."""
    text = escape(run.text, quote=False).replace("\n", "<br>\n")
    if run.href:
        return f'<a href="{escape(run.href)}">{text}</a>'
    if run.raised:
        return f"<sup>{text}</sup>"
    return f"<strong>{text}</strong>" if run.bold else text


def runs_html(runs: Iterable[Run]) -> str:
    """Runs as HTML."""
    return "".join(map(run_html, runs))


def body_html(blocks: Iterable[Block], list_style: str) -> str:
    """Blocks as the HTML that an editor in a publishing system leaves behind."""
    return "\n".join(_pieces(list(blocks), list_style))


def _pieces(blocks: list[Block], list_style: str) -> Iterator[str]:
    position = 0
    while position < len(blocks):
        block = blocks[position]
        end = position
        while end < len(blocks) and blocks[end].kind is block.kind:
            end += 1
        if block.kind is Kind.ITEM:
            yield _list(blocks[position:end], list_style)
            position = end
        elif block.kind is Kind.ROW:
            while position < end:
                stop = next((other for other in range(position + 1, end) if blocks[other].head), end)
                yield _table(blocks[position:stop])
                position = stop
        else:
            if block.kind is Kind.HEADING:
                yield f"<h2>{runs_html(block.runs)}</h2>"
            elif block.kind is Kind.PARAGRAPH:
                yield f"<p>{runs_html(block.runs)}</p>"
            position += 1


def _list(items: list[Block], style: str) -> str:
    first = items[0].label.rstrip(".)")
    numbered = first.isdigit() or (first.islower() and first.isalpha())  # "Q1" and "1a" are numbers no list has
    if first and (style == "text" or not numbered):
        return "\n".join(f"<p>{'&nbsp;&nbsp;' * item.depth}{item.label} {runs_html(item.runs)}</p>" for item in items)
    depth = items[0].depth
    rows: list[str] = []
    position = 0
    while position < len(items):
        end = position + 1
        while end < len(items) and items[end].depth > depth:
            end += 1
        inner = "\n" + _list(items[position + 1 : end], style) if end > position + 1 else ""
        rows.append(f"<li>{runs_html(items[position].runs)}{inner}</li>")
        position = end
    if not first:
        tag, attributes = "ul", ""
    elif first.isdigit():
        tag, attributes = "ol", "" if first == "1" else f' start="{first}"'
    else:
        tag, attributes = "ol", ' type="i"' if first == "i" else ' type="a"'
    listed = "\n".join(rows)
    return f"<{tag}{attributes}>\n{listed}\n</{tag}>"


def _table(rows: list[Block]) -> str:
    made = []
    for row in rows:
        tag = "th" if row.head else "td"
        made.append("<tr>" + "".join(f"<{tag}>{runs_html(cell)}</{tag}>" for cell in row.cells) + "</tr>")
    head, body = made[0], "\n".join(made[1:])
    return f"<table>\n<thead>\n{head}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _crumbs(trail: Iterable[tuple[str, str]]) -> str:
    items = "".join(f'<li><a href="{escape(path)}">{escape(name)}</a></li>' for name, path in trail)
    return f'<nav aria-label="Breadcrumb"><ol>{items}</ol></nav>'


def soh_page(house: House, title: str, main: str, *, path: str, twin: str | None = None, language: str = "en") -> str:
    """A page of Single Online Home's kind. ``main`` is HTML, ``twin`` the address of the page in the other language."""
    say = _WORDS[language]
    name = house.welsh_name if language == "cy" and house.welsh_name else house.name
    root = WELSH if language == "cy" else ""
    other = "en" if language == "cy" else "cy"
    switch = f'<a lang="{other}" hreflang="{other}" href="{escape(twin)}">{say["other"]}</a>' if twin else ""
    crumbs = _crumbs(((say["home"], f"{root}/"), (say["about"], f"{root}/rqo/request/ri/request-information/")))
    return f"""<!DOCTYPE html>
<html lang="{"cy" if language == "cy" else "en-GB"}">
<head>
<meta charset="utf-8">
<title>{escape(title, quote=False)} | {escape(name, quote=False)}</title>
<link rel="canonical" href="http://{house.host}{escape(path)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<script>window.siteSettings = {{"force": "{house.page_slug}", "beta": true}};</script>
</head>
<body>
<div data-exit><p>{say["exit"]}</p><a href="https://www.weather.example/" rel="nofollow">{say["leave"]}</a></div>
<div role="region" aria-label="Cookies"><p>{_COOKIES[language]}</p><p>{_COOKIES[language]}</p>
<button type="button">OK</button></div>
<div hidden role="alert"><p>{say["trouble"]}</p></div>
<header>
<a href="{root}/">{escape(name, quote=False)}</a> {switch}
<nav aria-label="Main"><ul><li><a href="{root}/ro/report/">Report</a></li>
<li><a href="{root}/tua/tell-us-about/">Tell us about</a></li>
<li><a href="{root}{LISTING}">{say["published"]}</a></li></ul></nav>
<form action="{root}/search/" method="get" role="search"><label>Search <input name="q"></label></form>
</header>
<p>{say["beta"]}</p>
{crumbs}
<main>
<h1>{escape(title, quote=False)}</h1>
{main}
</main>
<footer>
<p>Is something wrong on this page? <a href="{root}/feedback/">Tell us</a></p>
<ul><li><a href="{root}/hyg/privacy/">Privacy</a></li><li><a href="{TERMS}">Terms of use</a></li></ul>
<p>© {escape(name, quote=False)}. All rights reserved.</p>
</footer>
</body>
</html>
"""


def files_html(files: Iterable[FileLink], language: str = "en") -> str:
    """The list of files beneath an answer; empty where there are none."""
    listed = "\n".join(
        f'<li><a href="{escape(file.path)}">{escape(file.label, quote=False)}</a> '
        f"({file.path.rsplit('.', 1)[-1].upper()}, {max(1, round(file.size / 1024))} KB)</li>"
        for file in files
    )
    return f"<section>\n<h2>{_WORDS[language]['files']}</h2>\n<ul>\n{listed}\n</ul>\n</section>" if listed else ""


def soh_listing(house: House, cards: list[Card], page: int, pages: int, language: str = "en") -> str:
    """One page of the published-items listing."""
    root = WELSH if language == "cy" else ""
    label = "Cyhoeddwyd" if language == "cy" else "Published"
    hits = "\n".join(
        f'<li>\n<h3><a href="{escape(card.path)}">{escape(card.title, quote=False)}</a></h3>\n'
        f"<p>{escape(card.kind)}</p>\n<p>{label}: {card.published:%H:%M %d/%m/%Y}</p>\n</li>"
        for card in cards
    )
    found = f"<ul>\n{hits}\n</ul>" if cards else "<p>No results found</p>"
    links = "".join(
        f'<li><a href="{root}{LISTING}?page={number}"{" rel=next" if number == page + 1 else ""}>{number}</a></li>'
        for number in range(1, pages + 1)
        if number != page
    )
    paging = f'<nav aria-label="Pagination"><ul>{links}</ul></nav>' if links else ""
    search = '<form method="get"><label>Keyword <input name="q"></label> <button>Search</button></form>'
    path = f"{root}{LISTING}" + (f"?page={page}" if page > 1 else "")
    return soh_page(house, _WORDS[language]["published"], f"{search}\n{found}\n{paging}", path=path, language=language)


def scottish_page(house: House, title: str, main: str, trail: Iterable[tuple[str, str]] = ()) -> str:
    """A page of the national Scottish site's kind."""
    crumbs = _crumbs((("Home", "/"), ("Access to information", "/access-to-information/"), *trail))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{escape(title, quote=False)} - {house.name}</title>
</head>
<body>
<div id="cookies"><p>This website uses cookies to give you the best experience.</p><button>Accept all</button></div>
<header><a href="/">{house.name}</a>
<nav><ul><li><a href="/contact-us/">Contact us</a></li>
<li><a href="/your-community/">Your community</a></li></ul></nav></header>
{crumbs}
<main id="main">
<h1>{escape(title, quote=False)}</h1>
{main}
</main>
<footer><p>OFFICIAL</p><ul><li><a href="{TERMS}">Terms of use</a></li></ul>
<p>Keeping people safe</p></footer>
</body>
</html>
"""


def folder_html(links: Iterable[tuple[str, str]]) -> str:
    """Links to years, months or disclosures."""
    listed = "\n".join(f'<li><a href="{escape(path)}">{escape(name, quote=False)}</a></li>' for path, name in links)
    return f"<ul>\n{listed}\n</ul>"


def month_title(number: int, year: int) -> str:
    """ "March 2024"."""
    return f"{MONTHS[number - 1]} {year}"


def terms(house: House) -> str:
    """What a site says about re-use: the only place where a licence may be learnt."""
    if house.licence:
        return f"Disclosures on this site may be used again under the {house.licence}."
    return f"All content is the copyright of {house.name} and may not be used again without leave."


def challenge_page(host: str) -> str:
    """What a guard in front of a site answers to anything that it takes for a robot. It has no heading."""
    return (
        '<!DOCTYPE html>\n<html lang="en-US">\n<head><title>Just a moment...</title>'
        '<meta name="robots" content="noindex,nofollow">'
        "</head>\n<body>\n<div><noscript>Enable JavaScript and cookies to continue</noscript></div>\n"
        f"<p>{host} needs to review the security of your connection before proceeding.</p>\n</body>\n</html>\n"
    )
