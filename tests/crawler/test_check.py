"""``--check``: what every selector finds on a handful of pages, and nothing stored."""

from __future__ import annotations

import json

import pytest
from harness import THORNWICK, Harness
from loopback import CHALLENGE, LISTING, Loopback, Reply, SohSite, page

from crawler.check import CheckReport, check
from crawler.run import CrawlRefusedError


def checked(harness: Harness, log: str = "thornwick") -> CheckReport:
    return check(harness.registry.log(log), harness.registry, proxy=harness.server.url, delay=0.0)


def test_a_log_that_fits(harness: Harness, site: SohSite, server: Loopback) -> None:
    report = checked(harness)
    assert not report.fell_short
    assert [(one.wanted, one.found) for one in report.pages] == [
        ("listing", "listing"),
        ("listing", "listing"),
        ("item", "item"),
        ("item", "item"),
        ("item", "item"),
        ("file", "file"),
    ]
    assert len(server.seen) == 7, "robots.txt and a handful of pages"
    table = report.in_words()
    assert table.startswith("thornwick: the readers fit")
    assert "hit" in table
    assert "label: reference" in table
    assert json.loads(json.dumps(report.as_json()))["fell_short"] is False
    assert not harness.folder.exists(), "nothing is written"


def test_each_trouble_is_a_fault_in_words(harness: Harness, site: SohSite, server: Loopback) -> None:
    for name in site.titles:
        server.put(THORNWICK, site.path(name), page("<div>no heading at all</div>"))
    report = checked(harness)
    assert report.fell_short
    assert any("wanted item, got other (no heading" in fault for fault in report.faults)
    server.put(THORNWICK, LISTING, Reply(status=403, body=CHALLENGE))
    report = checked(harness)
    assert [one.found for one in report.pages] == ["challenge"]
    server.put(THORNWICK, "/robots.txt", Reply(status=500))
    report = checked(harness)
    assert [(one.found, one.says) for one in report.pages] == [("nothing", "robots.txt answers 500")]
    assert "no disclosure was read" in report.in_words()


def test_an_empty_log_is_no_fault(harness: Harness, server: Loopback) -> None:
    SohSite(server, THORNWICK, "thornwick-police")
    assert not checked(harness).fell_short


def test_an_absent_server_is_named(harness: Harness, server: Loopback) -> None:
    server.close()
    report = checked(harness)
    assert report.fell_short
    assert "robots.txt" in report.pages[0].says


def test_it_refuses_what_a_crawl_refuses(harness: Harness) -> None:
    with pytest.raises(CrawlRefusedError):
        check(harness.registry.log("thornwick"), harness.registry)
