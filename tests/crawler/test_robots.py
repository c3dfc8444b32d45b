"""robots.txt in every state, with what the server saw of us afterwards."""

from __future__ import annotations

import pytest
from harness import THORNWICK, Harness
from loopback import LISTING, Loopback, Reply, SohSite

from crawler.robots import rules
from indexer.archive import Archive, RunStatus

WEB_PAGE = b"<!DOCTYPE html><html><h1>Welcome</h1></html>"


@pytest.mark.parametrize(
    "robots",
    [
        Reply(status=401),
        Reply(status=403, body=WEB_PAGE),
        Reply(status=429),
        Reply(status=500),
        Reply(status=503, headers={"Retry-After": "1"}),
        Reply(status=200, body=WEB_PAGE),
        Reply(status=200, body=WEB_PAGE, kind="text/plain"),
        Reply(status=200, body=b"\xef\xbb\xbf \n<?xml version='1.0'?><x/>", kind="application/xml", zipped=True),
        Reply(status=200, body=b"User-agent: *\nAllow: /\n", kind="text/html"),
        Reply(status=301, headers={"Location": "/welcome/"}),
        Reply(status=301, headers={"Location": "/robots.txt"}),
        Reply(status=302, headers={"Location": "http://www.elsewhere.example/robots.txt"}),
        Reply(status=418),
        Reply(status=200, body=b"User-agent: *\nDisallow: /\n", kind="text/plain"),
        Reply(status=200, body=b"User-agent: crossforce\nDisallow: /foi-ai/\n", kind="text/plain"),
    ],
    ids=lambda reply: f"{reply.status}-{reply.kind}-{reply.body[:12].decode('latin-1').strip()}",
)
def test_where_robots_txt_says_no_or_nothing_readable_nothing_is_fetched(
    harness: Harness, site: SohSite, server: Loopback, robots: Reply
) -> None:
    server.put(THORNWICK, "/robots.txt", robots)
    server.put(THORNWICK, "/welcome/", Reply(body=WEB_PAGE))
    report = harness.one()
    assert report.status is RunStatus.DISALLOWED
    assert "robots.txt" in report.reason
    assert set(server.paths()) <= {"/welcome/"}
    assert {one.host for one in server.seen} == {THORNWICK}
    assert len(server.seen) <= 7, "asked once, or led on six times"
    assert harness.stored() == []


def test_a_robots_txt_that_never_comes_is_a_no(harness: Harness, site: SohSite, server: Loopback) -> None:
    server.put(THORNWICK, "/robots.txt", Reply(seconds=1.5, kind="text/plain"))
    report = harness.one(overrides={"DOWNLOAD_TIMEOUT": 0.4})
    assert (report.status, report.reason) == (RunStatus.DISALLOWED, "robots.txt timed out")
    assert server.paths() == []


@pytest.mark.parametrize(
    "robots",
    [
        Reply(status=404, body=WEB_PAGE),
        Reply(status=410),
        Reply(status=200, body=b"", kind="text/plain"),
        Reply(status=200, body=b"User-agent: *\nDisallow: /admin/\n", kind="text/plain", zipped=True),
        Reply(status=200, body=b"User-agent: otherbot\nDisallow: /\n", kind="text/plain"),
    ],
    ids=["404", "410", "empty", "other path", "other robot"],
)
def test_where_robots_txt_has_no_rule_for_us_the_log_is_crawled(
    harness: Harness, site: SohSite, server: Loopback, robots: Reply
) -> None:
    server.put(THORNWICK, "/robots.txt", robots)
    assert harness.one().status is RunStatus.OK
    assert [one.path for one in server.seen].count("/robots.txt") == 1


def test_a_redirected_robots_txt_is_followed_on_the_host(harness: Harness, site: SohSite, server: Loopback) -> None:
    server.put(THORNWICK, "/robots.txt", Reply(status=301, headers={"Location": "/rules.txt"}))
    server.put(THORNWICK, "/rules.txt", Reply(body=b"User-agent: *\nDisallow: /foi-ai/af/\n", kind="text/plain"))
    assert harness.one().status is RunStatus.DISALLOWED
    assert server.paths() == ["/rules.txt"]


def test_forbidden_paths_are_left_out_and_the_rest_is_fetched(
    harness: Harness, site: SohSite, server: Loopback
) -> None:
    body = f"User-agent: *\nDisallow: /SysSiteAssets/\nDisallow: {site.path('dogs')}\n".encode()
    server.put(THORNWICK, "/robots.txt", Reply(body=body, kind="text/plain"))
    report = harness.one()
    assert (report.status, report.new) == (RunStatus.PARTIAL, 6)
    assert report.failures == {"robots.txt forbids it": 4}
    assert not [path for path in server.paths() if path.startswith("/SysSite") or path == site.path("dogs")]
    assert LISTING in server.paths()


def test_robots_txt_is_kept_as_evidence(harness: Harness, site: SohSite, server: Loopback) -> None:
    server.put(THORNWICK, "/robots.txt", Reply(status=403, body=WEB_PAGE))
    harness.one()
    with Archive.open(harness.folder, registry=harness.registry) as archive:
        (kept,) = archive.captures(f"http://{THORNWICK}/robots.txt")
        assert kept.status == 403
        assert archive.body(kept) == WEB_PAGE


def test_rules_without_a_server() -> None:
    text = b"User-agent: *\nCrawl-delay: 3\nRequest-rate: 1/10s\nDisallow: /private/\n"
    found = rules(200, "text/plain", text, "Crossforce/1.0 (+x)")
    assert (found.refusal, found.delay) == (None, 10.0)
    assert found.allows("http://h.example/public/", "Crossforce/1.0 (+x)")
    assert not found.allows("http://h.example/private/x", "Crossforce/1.0 (+x)")
