"""Every address of every sample host, and what it answers in each edition."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from . import chrome
from .documents import file_name, made, media_type
from .houses import WELSH_MONTHS, House, houses
from .letters import letter
from .markup import Kind
from .topics import Case, cases, month_name, source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .markup import Block

PER_PAGE = 10  # hits on one page of a listing; how many a real one shows was not seen
HTML = "text/html; charset=utf-8"
NOT_FOUND = (
    '<!DOCTYPE html>\n<html lang="en-GB"><head><title>Page not found</title></head>'
    "<body><main><h1>Page not found</h1></main></body></html>\n"
)


@dataclass(frozen=True, slots=True)
class Response:
    """What an address answers. ``changed`` is its Last-Modified."""

    status: int
    content_type: str
    body: bytes
    changed: datetime
    location: str | None = None

    @property
    def etag(self) -> str:
        """A strong validator: the same bytes, the same tag."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True, slots=True)
class Placed:
    """One disclosure as an edition publishes it."""

    case: Case
    path: str
    twin: str | None
    published: datetime
    files: tuple[chrome.FileLink, ...]
    listed: bool

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{self.case.house.host}{self.path}"


def _published(case: Case) -> datetime:
    rng = source("published", case.key)
    on = case.answered + timedelta(days=rng.randrange(1, 40))  # a log is kept by hand, some days or weeks behind
    return datetime.combine(on, time(rng.randrange(8, 18), rng.randrange(60)))


def _folders(case: Case, moved: bool) -> str:
    house = case.house
    on = _published(case).date()
    pattern = house.moved_folder if moved and house.moved_folder else house.folder
    return pattern.format(
        yyyy=on.year,
        yy=f"{on.year % 100:02}",
        month=month_name(on),
        mon=month_name(on)[:3],
        mm=f"{on.month:02}",
        topic=case.topic,
    )


def _path(case: Case, edition: int) -> str:
    folders = _folders(case, moved=case.moved_in is not None and edition >= case.moved_in)
    if case.house.platform == "scotland":
        return f"{chrome.SCOTTISH_LOG}{folders}/{case.slug}/"
    return f"/foi-ai/{case.house.page_slug}/{folders}/{case.slug}/"


def _twin(case: Case) -> str | None:
    if not case.welsh_twin:
        return None
    on = _published(case).date()
    month = WELSH_MONTHS[on.month - 1]
    return f"{chrome.WELSH}/foi-ai/{case.house.welsh_slug}/datgeliadau-{on.year}/{month}/{case.slug}/"


def _file_path(case: Case, number: int) -> str:
    name = file_name(case, number)
    if case.house.platform == "scotland":
        token = hashlib.sha256(f"{case.key} {number}".encode()).hexdigest()[:8]
        return f"/spa-media/{token}/{name}"
    folder = _folders(case, moved=False).replace("-", "_")  # files stay where they are when a page moves
    return f"/SysSiteAssets/foi-media/{case.house.media_slug}/{folder}/{name}"


def _at(case: Case, edition: int) -> Placed:
    files = []
    for number, spec in enumerate(case.files, 1):
        path = _file_path(case, number)
        label = f"{case.title} – {'response' if spec.holds == 'letter' else 'data'}"
        files.append(chrome.FileLink(path, label, len(made(case.key, number, 1).body)))
    return Placed(
        case=case,
        path=_path(case, edition),
        twin=_twin(case),
        published=_published(case),
        files=tuple(files),
        listed=case.gone_in is None or edition < case.gone_in,
    )


@cache
def placed(edition: int) -> tuple[Placed, ...]:
    """Every disclosure that was ever published up to this edition, newest first within its log."""
    known = [_at(case, edition) for case in cases() if case.since_edition <= edition]
    return tuple(sorted(known, key=lambda one: (one.case.log, -one.published.timestamp(), one.path)))


def _page_blocks(case: Case, edition: int) -> tuple[Block, ...]:
    written = letter(case.key, edition)
    if case.page == "full":
        return written.page
    if case.page == "request":
        return written.request
    return ()


def _main(one: Placed, edition: int, language: str = "en") -> str:
    blocks = tuple(block for block in _page_blocks(one.case, edition) if block.kind is not Kind.PAGE_BREAK)
    text = chrome.body_html(blocks, one.case.house.list_style)
    if one.case.page == "note":
        text = f"<p>Reference: {one.case.reference}</p>\n<p>Our response to this request is attached.</p>"
    return f"{text}\n{chrome.files_html(one.files, language)}"


def _html(text: str, changed: datetime) -> Response:
    return Response(200, HTML, text.encode(), changed)


class _Builder:
    """One edition of everything."""

    def __init__(self, edition: int) -> None:
        self.edition = edition
        self.responses: dict[tuple[str, str], Response] = {}
        self.began = datetime(2026, 1, 5) + timedelta(days=90 * edition)  # listings change with every edition

    def build(self) -> dict[tuple[str, str], Response]:
        by_log: defaultdict[str, list[Placed]] = defaultdict(list)
        for one in placed(self.edition):
            by_log[one.case.log].append(one)
            self._disclosure(one)
        for house in houses().values():
            self._robots(house)
            self._chrome(house)
            if house.platform == "scotland":
                self._scottish_folders(house, by_log[house.id])
            else:
                self._listing(house, by_log[house.id])
            if house.difficulty == "challenge":
                self._guard(house)
        return self.responses

    def _put(self, house: House, path: str, response: Response) -> None:
        key = (house.host, path)
        if key in self.responses:
            raise ValueError(f"two pages at http://{house.host}{path}")
        self.responses[key] = response

    def _disclosure(self, one: Placed) -> None:
        case, house = one.case, one.case.house
        second = self.edition > 1 and case.second_answer is not None
        changed = one.published + timedelta(days=200 if second else 0)
        if not one.listed:
            self._put(house, one.path, Response(410, HTML, NOT_FOUND.encode(), changed))
        elif house.platform == "scotland":
            self._put(
                house, one.path, _html(chrome.scottish_page(house, case.title, _main(one, self.edition)), changed)
            )
        else:
            main = _main(one, self.edition)
            page = chrome.soh_page(house, case.title, main, path=one.path, twin=one.twin)
            self._put(house, one.path, _html(page, changed))
            if one.twin:
                main = _main(one, self.edition, "cy")
                page = chrome.soh_page(house, case.title, main, path=one.twin, twin=one.path, language="cy")
                self._put(house, one.twin, _html(page, changed))
        for number, (spec, file) in enumerate(zip(case.files, one.files, strict=True), 1):
            body = made(case.key, number, self.edition).body
            later = timedelta(days=200 if self.edition > 1 and spec.second_edition else 0)
            self._put(house, file.path, Response(200, media_type(spec), body, one.published + later))

    def _robots(self, house: House) -> None:
        if house.robots is not None:
            self._put(house, "/robots.txt", Response(200, "text/plain", house.robots.encode(), datetime(2024, 1, 8)))

    def _chrome(self, house: House) -> None:
        for path, title, text in (
            ("/", house.name, "<p>Welcome.</p>"),
            (chrome.TERMS, "Terms of use", f"<p>{chrome.terms(house)}</p>"),
        ):
            scottish = house.platform == "scotland"
            page = (
                chrome.scottish_page(house, title, text) if scottish else chrome.soh_page(house, title, text, path=path)
            )
            self._put(house, path, _html(page, datetime(2024, 1, 8)))

    def _listing(self, house: House, known: list[Placed]) -> None:
        cards = [chrome.Card(one.path, one.case.title, one.published) for one in known if one.listed]
        for title, path, published, kind, text in _others(house):
            cards.append(chrome.Card(path, title, published, kind))
            self._put(house, path, _html(chrome.soh_page(house, title, text, path=path), published))
        self._cards(house, cards, "en")
        twins = [chrome.Card(one.twin, one.case.title, one.published) for one in known if one.listed and one.twin]
        if twins:
            self._cards(house, twins, "cy")

    def _cards(self, house: House, cards: list[chrome.Card], language: str) -> None:
        cards.sort(key=lambda card: (card.published, card.path), reverse=True)
        root = chrome.WELSH if language == "cy" else ""
        pages = max(1, -(-len(cards) // PER_PAGE))
        for number in range(1, pages + 1):
            shown = cards[(number - 1) * PER_PAGE : number * PER_PAGE]
            page = _html(chrome.soh_listing(house, shown, number, pages, language), self.began)
            self._put(house, f"{root}{chrome.LISTING}?page={number}", page)
            if number == 1:
                self._put(house, f"{root}{chrome.LISTING}", page)

    def _scottish_folders(self, house: House, known: list[Placed]) -> None:
        folders: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for one in (one for one in known if one.listed):
            month = one.path.rsplit("/", 2)[0] + "/"
            year = month.rsplit("/", 2)[0] + "/"
            folders[month].append((one.path, one.case.title))
            for above, below in ((chrome.SCOTTISH_LOG, year), (year, month)):
                name = below.strip("/").rsplit("/", 1)[-1].replace("-", " ").capitalize()
                if (below, name) not in folders[above]:
                    folders[above].append((below, name))
        trail = (("Freedom of information", "/access-to-information/freedom-of-information/"),)
        for path, links in folders.items():
            title = path.strip("/").rsplit("/", 1)[-1].replace("-", " ").capitalize()
            page = chrome.scottish_page(house, title, chrome.folder_html(links), trail)
            self._put(house, path, _html(page, self.began))

    def _guard(self, house: House) -> None:
        guard = Response(403, HTML, chrome.challenge_page(house.host).encode(), datetime(2024, 1, 8))
        for host, path in list(self.responses):
            if host == house.host and path != "/robots.txt":
                self.responses[host, path] = guard


def _others(house: House) -> Iterator[tuple[str, str, datetime, str, str]]:
    """Items of the same tree that are no disclosures: policies and spending, as every such site has them."""
    rng = source("others", house.id)
    when = datetime(2023, rng.randrange(1, 13), rng.randrange(1, 28), 9, 30)
    root = f"/foi-ai/{house.page_slug}"
    if house.difficulty == "disallowed":  # a crawler that came so far did not read robots.txt
        yield "Not for robots", f"{root}/disclosure/2023/not-for-robots/", when, "Disclosure", "<p>Please keep out.</p>"
    if house.difficulty:
        return
    yield (
        "Freedom of information policy",
        f"{root}/pp/freedom-of-information-policy/",
        when,
        "Policy",
        "<p>How we handle requests. It refers to section 31 and section 40 by way of example.</p>",
    )
    yield (
        f"Expenditure over £500, {when.year}",
        f"{root}/spending/{when.year}/expenditure-over-500/",
        when + timedelta(days=60),
        "Publication scheme",
        "<p>Payments to suppliers above £500 are published every month.</p>",
    )


@cache
def site(edition: int) -> dict[tuple[str, str], Response]:
    """Everything that edition answers, by host and path with its query. What is not in it answers 404."""
    return _Builder(edition).build()


def redirect(pages: dict[tuple[str, str], Response], host: str, path: str) -> Response | None:
    """What a site answers to an address that is nearly right: without ``www.``, or without the slash at its end."""
    for target in ((host, f"{path}/"), (f"www.{host}", path)):
        if target in pages:
            return Response(301, HTML, b"", pages[target].changed, location=f"http://{target[0]}{target[1]}")
    return None
