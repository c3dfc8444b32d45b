"""Each stored page, read, against its golden file. The pages are invented; their structure is what is known."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.bodies import Log
from indexer.platforms import Item, Listing, Other, Page, UnknownPlatformError, item_text, reader
from indexer.platforms.filing import content_key, filed, listed

PAGES = Path(__file__).parent / "pages"
SOH = "http://www.thornwick.police.example"
SOH_LISTING = f"{SOH}/foi-ai/af/accessing-information/published-items/"
SCOT = "http://www.strathmarr.police.example"
SCOT_LOG = f"{SCOT}/access-to-information/freedom-of-information/disclosure-log/"
LOGS = {
    "soh": Log(
        id="thornwick",
        force="thornwick",
        platform="soh",
        url=SOH_LISTING,
        hosts=("thornwick.police.example",),
        prefixes=("/foi-ai/",),
    ),
    "scotland": Log(
        id="strathmarr",
        force="strathmarr",
        platform="scotland",
        url=SCOT_LOG,
        hosts=("strathmarr.police.example",),
        prefixes=("/access-to-information/freedom-of-information/disclosure-log/",),
    ),
}
DRONES = f"{SOH}/foi-ai/thornwick-police/disclosure/2025/may/drones-12025/"
ADDRESSES = {
    "soh-listing": SOH_LISTING,
    "soh-fragment": f"{SOH_LISTING}GetPaginatedResults/?q=&page=2",
    "soh-empty": SOH_LISTING,
    "soh-drifted": SOH_LISTING,
    "soh-item": DRONES,
    "soh-twin": f"{SOH}/cy-GB/foi-ai/heddlu-thornwick/datgeliadau-2025/mai/drones-12025/",
    "soh-folder": f"{SOH}/foi-ai/thornwick-police/disclosure/2025/may/",
    "soh-several": f"{SOH}/foi-ai/thornwick-police/foi/june-2023/vehicles/",
    "soh-linked": f"{SOH}/foi-ai/thornwick-police/disclosure/2025/may/review/",
    "soh-policy": f"{SOH}/foi-ai/thornwick-police/pp/freedom-of-information-policy/",
    "soh-headless": f"{SOH}/foi-ai/thornwick-police/disclosure/2025/may/notice/",
    "challenge": SOH_LISTING,
    "challenge-with-heading": DRONES,
    "scotland-log": SCOT_LOG,
    "scotland-month": f"{SCOT_LOG}disclosure-log-2024/march/",
    "scotland-item": f"{SCOT_LOG}disclosure-log-2024/march/24-0634-crime-recording/",
}


def platform_of(name: str) -> str:
    return "scotland" if name.startswith("scotland") else "soh"


def stored(name: str) -> bytes:
    return (PAGES / f"{name}.html").read_bytes()


def read(name: str) -> Page:
    platform = platform_of(name)
    return reader(platform).read(ADDRESSES[name], stored(name), LOGS[platform])


def item(name: str) -> Item:
    page = read(name)
    assert isinstance(page, Item)
    return page


def written(name: str) -> str:
    page = read(name)
    row = {"url": ADDRESSES[name], "is": type(page).__name__.lower(), **asdict(page)}
    return json.dumps(row, indent=1, ensure_ascii=False, default=date.isoformat) + "\n"


def test_every_page_has_an_address_and_every_golden_file_its_page() -> None:
    pages = {path.stem for path in PAGES.glob("*.html")}
    assert pages == set(ADDRESSES)
    assert {path.stem for path in PAGES.glob("*.json")} <= pages


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_page_reads_as_its_golden_file_says(name: str) -> None:
    golden = PAGES / f"{name}.json"
    now = written(name)
    if not golden.exists():
        golden.write_text(now, encoding="utf-8")
        pytest.fail(f"{golden.name} was not there and now holds what the reader says: read it, then commit it")
    assert now == golden.read_text(encoding="utf-8")


def test_item_text_is_what_a_person_reads() -> None:
    text = item_text("soh", DRONES, stored("soh-item"))
    assert text.startswith("Drones and their pilots\n")
    assert "1. the number of drones\n2. the number of pilots" in text
    assert "2024 | 7" in text
    for chrome in ("Escape", "cookies", "technical problem", "address finder", "beta", "Cymraeg", "Home", "tracking"):
        assert chrome not in text
    assert "no reader sees" not in text, "hidden by the page's own style sheet"
    assert "Leave this site of the river" in text, "a sentence that only begins like a banner stays"


def test_item_text_of_one_piece_is_that_answer_alone() -> None:
    url, body = ADDRESSES["soh-several"], stored("soh-several")
    vans = item_text("soh", url, body, "0012-18")
    assert vans.startswith("Vans\n")
    assert "How many vans" in vans
    assert "horse" not in vans
    assert "marked cars" not in vans
    assert item_text("soh", url, body, "no-such-piece") == ""


def test_unknown_platform_is_named() -> None:
    with pytest.raises(UnknownPlatformError, match="no reader for the platform 'geocities'"):
        reader("geocities")


def test_only_the_host_of_the_log_is_read() -> None:
    page = reader("soh").read(DRONES.replace("thornwick", "elsewhere"), stored("soh-item"), LOGS["soh"])
    assert page == Other(reason="a page of another site")


def test_narrow_prefixes_keep_the_rest_of_the_tree_out() -> None:
    log = Log(
        id="t",
        force="t",
        platform="soh",
        url=SOH_LISTING,
        hosts=("thornwick.police.example",),
        prefixes=("/foi-ai/thornwick-police/disclosure/2024/",),
    )
    page = reader("soh").read(ADDRESSES["soh-fragment"], stored("soh-fragment"), log)
    assert isinstance(page, Listing)
    assert [entry.title for entry in page.entries] == ["Taser use in June 2024", "Defnydd Taser ym Mehefin 2024"]
    page = reader("soh").read(SOH_LISTING, stored("soh-listing"), log)
    assert isinstance(page, Listing)
    assert page.entries == ()
    assert len(page.left_out) == 4


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<h1>Å</h1><p>café £5</p>".encode(), "café £5"),
        ("<h1>Å</h1><p>café £5</p>".encode("windows-1252"), "café £5"),
        ('<meta charset="iso-8859-15"><h1>Å</h1><p>€ 5</p>'.encode("iso-8859-15"), "€ 5"),
        (b"\xef\xbb\xbf<h1>x</h1><p>bom</p>", "bom"),
    ],
)
def test_encodings(body: bytes, words: str) -> None:
    page = reader("soh").read(DRONES, body, LOGS["soh"])
    assert isinstance(page, Item)
    assert words in page.text


MANY = 10_000  # ten times as deep as Python recurses
HOSTILE = {
    "nested": b"<h1>Deep</h1>" + b"<div>" * MANY + b"bottom" + b"</div>" * MANY,
    "nested links": b"<h1>Deep</h1>" + b'<div><b><a href="/foi-ai/x/y/z/">x</a>' * (MANY // 4),
    "nested hits": b"<h1>Deep</h1>" + b'<div><h3><a href="/foi-ai/x/y/z/">x</a></h3>' * (MANY // 4),
    "nested labels": b"<h1>Deep</h1>" + b"".join(b"<div><p>Reference: %d/24</p>" % n for n in range(MANY // 4)),
    "labels": b"<h1>Long</h1>" + b"".join(b"<h2>Reference: %d/24</h2><p>word word</p>" % n for n in range(MANY // 2)),
    "headings": b"<div><h1>x</h1>" * (MANY // 2),
    "banners": b"<h1>x</h1>" + b"<p>We use some essential cookies to make our website work.</p>" * (MANY // 2),
    "one word": b"<h1>x</h1><p>" + b"Published" * 100_000,
    "digits": b"<h1>x</h1><p>Reference: " + b"1/" * 200_000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_page_that_means_harm_takes_time_in_proportion_to_its_length(name: str) -> None:
    began = process_time()
    for url in (DRONES, SOH_LISTING):
        reader("soh").read(url, HOSTILE[name], LOGS["soh"])
    reader("scotland").read(SCOT_LOG, HOSTILE[name], LOGS["scotland"])
    assert process_time() - began < 20, "three readings of a page of a quarter megabyte"


@given(st.binary(max_size=400), st.sampled_from(sorted(LOGS)))
def test_any_bytes_give_a_page(body: bytes, platform: str) -> None:
    for url in (LOGS[platform].url, LOGS[platform].url + "x/y/", "http://[", DRONES):
        assert isinstance(reader(platform).read(url, body, LOGS[platform]), Page)


def test_filing_counts_what_is_missing_and_takes_the_date_of_the_listing() -> None:
    expected = reader("soh").expected
    (alone,) = filed(item("soh-item"), expected).items
    assert alone.missing == ("published_on",)
    (dated,) = filed(item("soh-item"), expected, date(2025, 5, 20)).items
    assert (dated.missing, dated.published_on) == ((), date(2025, 5, 20))
    assert [name for name, _ in dated.attachments] == ["drones 12025.xlsx", "answer.PDF"]


def test_filing_keeps_the_pieces_of_a_page_apart() -> None:
    page = filed(item("soh-several"))
    assert [(piece.part, piece.reference) for piece in page.items] == [
        ("9999-18", "9999-18"),
        ("0012-18", "0012-18"),
        ("0013-18", "0013-18"),
    ]
    assert len({piece.content_key for piece in page.items}) == 3
    assert [piece.attachments for piece in page.items].count(()) == 2


def test_filing_knows_the_twin() -> None:
    twin = filed(item("soh-twin"))
    assert twin.secondary
    assert twin.alternates == (DRONES,)
    assert twin.items[0].published_on == date(2025, 5, 20)
    assert not filed(item("soh-item")).secondary


def test_a_new_banner_or_template_does_not_change_the_content() -> None:
    before = item("soh-item")
    body = stored("soh-item").replace(
        b"<main id", b"<p>This site is a beta, which means it changes.</p><main data-v=2 id"
    )
    body = body.replace(b"Sorry, there was a technical problem. Please try again.", b"")
    after = reader("soh").read(DRONES, body, LOGS["soh"])
    assert isinstance(after, Item)
    assert content_key(after.text) == content_key(before.text)
    changed = reader("soh").read(DRONES, body.replace(b"<td>7</td>", b"<td>8</td>"), LOGS["soh"])
    assert isinstance(changed, Item)
    assert content_key(changed.text) != content_key(before.text)


def test_listing_is_filed_with_titles_and_dates() -> None:
    page = read("soh-listing")
    assert isinstance(page, Listing)
    assert [(line.title, line.published_on) for line in listed(page)] == [
        ("Drones and their pilots", date(2025, 5, 20)),
        ("Body worn video", None),
    ]


def test_probe_names_every_selector() -> None:
    for name in ("soh-listing", "scotland-item"):
        made = reader(platform_of(name))
        findings = {f.selector: f for f in made.probe(ADDRESSES[name], stored(name))}
        assert set(findings) == {*made.selectors, "label: reference", "label: published"}
    assert findings["attachment"].found == 1
    assert findings["label: reference"].sample == "IM-FOI-2024-0634"
