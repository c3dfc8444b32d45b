"""What a server sees of us: measured at the server, over real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from harness import THORNWICK, Harness
from loopback import LISTING, Loopback, Reply, Seen, SohSite, page

from crawler import settings
from crawler.gate import delay_for, is_invented
from crawler.waits import retry_after
from indexer.archive import RunStatus

QUILLMERE = "www.quillmere.police.example"
OLDER = "/foi-ai/thornwick-police/older/"


def two_logs(server: Loopback) -> None:
    """A second log on Thornwick's host."""
    links = "".join(f'<a href="older-{n}/">Older {n}</a> ' for n in range(4))
    server.put(THORNWICK, OLDER, page(f"<main><h1>Older answers</h1>{links}</main>"))
    for n in range(4):
        server.put(THORNWICK, f"{OLDER}older-{n}/", page(f"<main><h1>Older {n}</h1><p>Ref: {n}/11</p></main>"))


def gaps(seen: list[Seen]) -> list[float]:
    """Seconds from the end of each answer to the next request; below zero where two overlap."""
    return [after.started - before.finished for before, after in pairwise(seen)]


def test_one_request_at_a_time_per_host_and_never_too_soon(harness: Harness, site: SohSite, server: Loopback) -> None:
    two_logs(server)
    other = SohSite(server, QUILLMERE, "quillmere-police")
    for name in ("one", "two", "three"):
        other.add(name)
    server.thinks = 0.03  # an answer that takes a while shows requests that overlap
    reports = harness.crawl("thornwick", "thornwick-older", "quillmere", delay=0.12)
    assert [report.status for report in reports.values()] == [RunStatus.OK] * 3
    by_host = {host: [one for one in server.seen if one.host == host] for host in (THORNWICK, QUILLMERE)}
    assert (len(by_host[THORNWICK]), len(by_host[QUILLMERE])) == (18, 5)
    for seen in by_host.values():
        assert min(gaps(seen)) >= 0.12
    first, last = by_host[QUILLMERE][0].started, by_host[QUILLMERE][-1].finished
    assert any(first < one.started < last for one in by_host[THORNWICK]), "hosts do not wait for each other"
    paths = server.paths(THORNWICK)
    assert any(path.startswith(OLDER) for path in paths[:4]), "two logs of one host take turns"


def test_the_stated_delay_holds_where_none_is_asked_for(harness: Harness, server: Loopback) -> None:
    SohSite(server, THORNWICK, "thornwick-police").add("dogs")
    harness.one(delay=None)
    assert len(server.seen) == 3
    assert min(gaps(server.seen)) >= 2.0


@pytest.mark.parametrize(
    ("host", "asked", "delay"),
    [
        ("www.gov.uk", None, 2.0),
        ("www.gov.uk", 0.0, 2.0),
        ("www.gov.uk", 5.0, 5.0),
        ("example.police.uk", 0.1, 2.0),
        ("notexample", 0.1, 2.0),
        ("10.0.0.1", 0.1, 2.0),
        ("x.police.example", None, 2.0),
        ("x.police.example", 0.1, 0.1),
        ("127.0.0.1", 0.1, 0.1),
        ("::1", 0.0, 0.0),
        ("localhost", 0.3, 0.3),
    ],
)
def test_only_invented_hosts_may_be_asked_faster(host: str, asked: float | None, delay: float) -> None:
    assert delay_for(host, asked) == delay
    assert is_invented(host) is (delay < 2.0 or host == "x.police.example")


def test_crawl_delay_is_obeyed(harness: Harness, site: SohSite, server: Loopback) -> None:
    two_logs(server)
    robots = b"User-agent: *\nCrawl-delay: 0.4\n"
    server.put(THORNWICK, "/robots.txt", Reply(body=robots, kind="text/plain", zipped=True))
    harness.crawl("thornwick-older", delay=0.05)
    assert len(server.seen) == 6
    assert min(gaps(server.seen)) >= 0.4


def test_a_crawl_delay_of_hours_is_a_no(harness: Harness, site: SohSite, server: Loopback) -> None:
    server.put(THORNWICK, "/robots.txt", Reply(body=b"User-agent: *\nCrawl-delay: 3600\n", kind="text/plain"))
    report = harness.one()
    assert report.status is RunStatus.DISALLOWED
    assert "3600 s" in report.reason
    assert server.paths() == []


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_in_seconds_holds_for_every_log_of_the_host(
    harness: Harness, site: SohSite, server: Loopback, status: int
) -> None:
    two_logs(server)

    def busy(before: int) -> Reply:
        return Reply(status=status, headers={"Retry-After": "1"}) if before == 0 else dogs

    dogs = server.pages[THORNWICK, site.path("dogs")]
    assert isinstance(dogs, Reply)
    server.put(THORNWICK, site.path("dogs"), busy)
    reports = harness.crawl("thornwick", "thornwick-older", delay=0.02)
    assert [report.status for report in reports.values()] == [RunStatus.OK] * 2
    asked = server.seen
    at = next(i for i, one in enumerate(asked) if one.status == status)
    assert asked[at + 1].started - asked[at].finished >= 1.0
    assert sum(one.path == site.path("dogs") for one in asked) == 2


def test_retry_after_as_a_date(harness: Harness, site: SohSite, server: Loopback) -> None:
    until: list[datetime] = []

    def busy(before: int) -> Reply:
        if before:
            return listing
        until.append((datetime.now(UTC) + timedelta(seconds=2)).replace(microsecond=0))
        return Reply(status=503, headers={"Retry-After": format_datetime(until[0], usegmt=True)})

    listing = server.pages[THORNWICK, LISTING]
    assert isinstance(listing, Reply)
    server.put(THORNWICK, LISTING, busy)
    harness.one()
    ((first, second), *_) = [pair for pair in pairwise(server.seen) if pair[0].status == 503]
    assert second.started - first.finished >= 0.95, "the date is in whole seconds, so one to two of them away"


def test_a_wait_longer_than_a_run_ends_it(harness: Harness, site: SohSite, server: Loopback) -> None:
    two_logs(server)
    server.put(THORNWICK, site.path("dogs"), Reply(status=429, headers={"Retry-After": "7200"}))
    reports = harness.crawl("thornwick", "thornwick-older", delay=0.0)
    assert reports["thornwick"].status is RunStatus.BLOCKED
    assert reports["thornwick-older"].status is RunStatus.BLOCKED, "the other log of the host is not asked either"
    assert server.seen[-1].status == 429


def test_the_host_is_closed_before_anybody_elses_turn(harness: Harness, site: SohSite, server: Loopback) -> None:
    two_logs(server)
    server.put(THORNWICK, site.path("dogs"), Reply(status=429, headers={"Retry-After": "7200"}))
    late = {"crawler.patience.PatienceMiddleware": None}  # as if it came too late
    never = {**settings.DOWNLOADER_MIDDLEWARES, **settings.CAPTURE_MIDDLEWARE, **late}
    harness.crawl("thornwick", "thornwick-older", delay=0.0, overrides={"DOWNLOADER_MIDDLEWARES": never})
    assert server.seen[-1].status == 429


def test_without_a_word_the_wait_doubles_and_ends(harness: Harness, site: SohSite, server: Loopback) -> None:
    server.put(THORNWICK, site.path("dogs"), Reply(status=503, body=b"<h1>Busy</h1>"))
    report = harness.one(overrides={"WAIT_WITHOUT_WORD": 0.1})
    assert report.status is RunStatus.UNREACHABLE
    times = [one for one in server.seen if one.path == site.path("dogs")]
    assert len(times) == 4
    assert [gap > least for gap, least in zip(gaps(times), (0.1, 0.2, 0.4), strict=True)] == [True] * 3
    assert server.seen[-1] == times[-1]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("-5", None),
        ("soon", None),
        ("Tue, 24 Nov 2026 12:00:30 GMT", 30.0),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0.0),
        ("Tuesday, 24-Nov-26 12:00:10 GMT", 10.0),
        ("Tue Nov 24 12:00:20 2026", 20.0),
    ],
)
def test_retry_after_is_read_in_every_form(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, datetime(2026, 11, 24, 12, tzinfo=UTC)) == seconds


def test_we_say_who_we_are_and_carry_nothing(
    harness: Harness, site: SohSite, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSFORCE_CONTACT", "mailbox@newsroom.example")
    first = server.pages[THORNWICK, LISTING]
    assert isinstance(first, Reply)
    server.put(THORNWICK, LISTING, Reply(body=first.body, headers={"Set-Cookie": "session=1"}))
    harness.one()
    for one in server.seen:
        assert one.headers["user-agent"].startswith("Crossforce/")
        assert "mailbox@newsroom.example" in one.headers["user-agent"]
        assert one.headers["accept-encoding"] == "gzip"
        assert "cookie" not in one.headers
        assert "referer" not in one.headers
