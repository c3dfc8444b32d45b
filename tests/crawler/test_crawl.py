"""A log crawled over real HTTP: what is fetched in which order, what is found, and how each kind of trouble ends."""

from __future__ import annotations

import pytest
from harness import THORNWICK, Harness
from loopback import CHALLENGE, LISTING, Loopback, Reply, SohSite, page

from crawler.settings import LARGEST_PAGE
from indexer.archive import RunStatus

PDF = "application/pdf"


def test_the_first_crawl_finds_everything_in_order(harness: Harness, site: SohSite, server: Loopback) -> None:
    report = harness.one()
    assert (report.status, report.new, report.failed, report.reason) == (RunStatus.OK, 7, 0, "")
    assert (report.pages, report.requests, report.bodies_fetched) == (9, 13, 10)
    assert server.seen[0].path == "/robots.txt"
    paths = server.paths()
    assert paths[:2] == [LISTING, f"{LISTING}?page=2"], "listings first"
    assert all(path.startswith("/foi-ai/") for path in paths[:9])
    assert all(path.startswith("/SysSiteAssets/") for path in paths[9:]), "files last"
    assert len(set(paths)) == len(paths) == 12, "nothing is asked twice"
    held = harness.stored()
    assert sorted(one.title or "" for one in held) == sorted(f"About {name}" for name in site.titles)
    assert all(one.main and one.published_on for one in held)
    assert sum(len(one.attachments) for one in held) == 3
    assert all(file.capture and file.capture.media_type == PDF for one in held for file in one.attachments)


def test_the_second_crawl_asks_conditionally_and_fetches_no_body(
    harness: Harness, site: SohSite, server: Loopback
) -> None:
    first = harness.one()
    server.forget()
    second = harness.one()
    assert (second.unchanged, second.new, second.changed, second.bodies_fetched) == (7, 0, 0, 0)
    assert second.requests == first.requests
    assert {one.status for one in server.seen if one.path != "/robots.txt"} == {304}
    assert all("if-none-match" in one.headers for one in server.seen if one.path != "/robots.txt")


def test_without_validators_an_equal_body_is_unchanged_but_counted(harness: Harness, server: Loopback) -> None:
    site = SohSite(server, THORNWICK, "thornwick-police")
    site.add("drones")
    untagged = server.pages[THORNWICK, site.path("drones")]
    assert isinstance(untagged, Reply)
    server.put(THORNWICK, site.path("drones"), Reply(body=untagged.body, tagged=False))
    harness.one()
    second = harness.one()
    assert (second.unchanged, second.changed, second.bodies_fetched) == (1, 0, 1)


def test_known_disclosures_are_asked_before_new_ones(harness: Harness, site: SohSite, server: Loopback) -> None:
    harness.one()
    titles = site.titles
    site.titles = {}
    site.add("a-new-one")  # first on the listing
    site.titles |= titles
    site.publish()
    server.forget()
    assert harness.one().new == 1
    items = [path for path in server.paths() if path.startswith(site.root)]
    assert items[-1] == site.path("a-new-one")
    assert len(items) == 8


def test_changed_moved_gone_and_new(harness: Harness, site: SohSite, server: Loopback) -> None:
    harness.one()
    before = {one.title: one.id for one in harness.stored()}
    site.add("dogs", "The answer was corrected: there are forty-one dogs and one handler for each.")
    site.add("goats")
    del server.pages[THORNWICK, site.path("boats")]
    site.drop("boats")
    horses = server.pages[THORNWICK, site.path("horses")]
    server.put(THORNWICK, site.path("horses-2025"), horses)
    site.titles["horses-2025"] = site.titles.pop("horses")
    site.publish()
    server.put(THORNWICK, site.path("horses"), Reply(status=301, headers={"Location": site.path("horses-2025")}))
    server.forget()
    report = harness.one()
    found = (report.status, report.changed, report.new, report.gone, report.moved, report.unchanged, report.failed)
    assert found == (RunStatus.OK, 1, 1, 1, 1, 4, 0)
    assert report.bodies_fetched == 3, "the changed, the new and the moved one"
    assert server.paths().count(site.path("boats")) == 1, "asked once more, then known to be gone"
    after = {one.title: one for one in harness.stored()}
    assert {title: one.id for title, one in after.items() if title in before} == before, "every id as before"
    assert after["About boats"].gone_since is not None
    assert (after["About horses"].url or "").endswith("horses-2025/")
    again = harness.one()
    assert (again.unchanged, again.bodies_fetched, again.gone, again.moved) == (7, 0, 0, 0)


def test_a_page_that_left_the_listing_but_still_answers_is_no_loss(
    harness: Harness, site: SohSite, server: Loopback
) -> None:
    harness.one()
    site.drop("dogs")
    server.forget()
    report = harness.one()
    assert (report.unchanged, report.gone) == (7, 0)
    assert server.paths().count(site.path("dogs")) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=403, body=CHALLENGE),
        Reply(status=503, body=CHALLENGE),
        Reply(status=200, body=CHALLENGE, tagged=False),
        Reply(status=403, body=b"<h1>Forbidden</h1>"),
    ],
    ids=["403", "503", "200", "plain 403"],
)
def test_a_challenge_ends_the_run_and_is_no_removal(
    harness: Harness, site: SohSite, server: Loopback, reply: Reply
) -> None:
    harness.one()
    server.put(THORNWICK, site.path("dogs"), reply)
    server.forget()
    report = harness.one()
    assert report.status is RunStatus.BLOCKED
    assert report.gone == 0
    assert server.paths()[-1] == site.path("dogs"), "nothing is asked after a block"
    assert server.paths().count(site.path("dogs")) == 1, "nor is it tried again"
    assert all(one.gone_since is None and one.main for one in harness.stored())
    assert all((one.main and one.main.size > 200) for one in harness.stored()), "the challenge is not the document"


def test_a_blocked_listing_leaves_what_is_known(harness: Harness, site: SohSite, server: Loopback) -> None:
    harness.one()
    server.put(THORNWICK, LISTING, Reply(status=403, body=CHALLENGE))
    server.forget()
    report = harness.one()
    assert (report.status, report.gone) == (RunStatus.BLOCKED, 0)
    assert server.paths() == [LISTING]


def test_empty_only_where_the_site_says_so(harness: Harness, server: Loopback) -> None:
    SohSite(server, THORNWICK, "thornwick-police")
    assert harness.one().status is RunStatus.EMPTY
    server.put(THORNWICK, LISTING, page("<main><h1>Published items</h1><div id=app></div></main>"))
    assert harness.one().status is RunStatus.DRIFTED


def test_listing_that_leads_to_no_known_page_drifted_though_pages_answer(
    harness: Harness, site: SohSite, server: Loopback
) -> None:
    harness.one()
    server.put(THORNWICK, LISTING, page("<main><h1>Published items</h1><div id=app></div></main>"))
    report = harness.one()
    assert (report.status, report.unchanged, report.gone) == (RunStatus.DRIFTED, 7, 0)


def test_pages_without_the_expected_structure_drifted(harness: Harness, site: SohSite, server: Loopback) -> None:
    for name in site.titles:
        server.put(THORNWICK, site.path(name), page("<div class=title>A page of another make</div>"))
    report = harness.one()
    assert (report.status, report.new, report.failed) == (RunStatus.DRIFTED, 0, 7)
    assert report.failures == {"no disclosure: no heading": 7}


def test_a_listing_that_moved_away_drifted(harness: Harness, site: SohSite, server: Loopback) -> None:
    harness.one()
    del server.pages[THORNWICK, LISTING]
    report = harness.one()
    assert (report.status, report.gone) == (RunStatus.DRIFTED, 0)


def test_all_gone_is_not_simply_believed(harness: Harness, site: SohSite, server: Loopback) -> None:
    harness.one()
    for name in list(site.titles):
        del server.pages[THORNWICK, site.path(name)]
        site.drop(name)
    report = harness.one()
    assert (report.status, report.gone) == (RunStatus.DRIFTED, 7)


def test_a_web_page_in_place_of_a_file_is_a_named_failure(harness: Harness, site: SohSite, server: Loopback) -> None:
    harness.one()
    server.put(THORNWICK, site.file("vans-letter"), page("<h1>Sorry</h1><p>The file could not be opened.</p>"))
    report = harness.one()
    assert (report.status, report.failed) == (RunStatus.PARTIAL, 1)
    assert report.failures == {"a web page in place of a file": 1}
    (file,) = next(one for one in harness.stored() if one.title == "About vans").attachments
    assert file.capture
    assert file.capture.media_type == PDF, "what is known of it stays"


def test_one_forbidden_file_does_not_end_the_run_but_three_do(
    harness: Harness, site: SohSite, server: Loopback
) -> None:
    server.put(THORNWICK, site.file("vans-letter"), Reply(status=403, body=b"<h1>Forbidden</h1>"))
    report = harness.one()
    assert (report.status, report.failed, report.new) == (RunStatus.PARTIAL, 1, 7)
    for file in ("cameras-letter", "cameras-table"):
        server.put(THORNWICK, site.file(file), Reply(status=403, body=b"<h1>Forbidden</h1>"))
    assert harness.one().status is RunStatus.BLOCKED


def test_a_server_error_is_tried_three_times_and_named(harness: Harness, site: SohSite, server: Loopback) -> None:
    server.put(THORNWICK, site.path("dogs"), Reply(status=500, body=b"<h1>Error</h1>"))
    report = harness.one()
    assert (report.status, report.new, report.failures) == (RunStatus.PARTIAL, 6, {"HTTP 500": 1})
    assert server.paths().count(site.path("dogs")) == 3


def test_a_server_that_fails_again_and_again_is_left_alone(harness: Harness, site: SohSite, server: Loopback) -> None:
    for name in site.titles:
        server.put(THORNWICK, site.path(name), Reply(status=500, body=b"<h1>Error</h1>"))
    report = harness.one()
    assert report.status is RunStatus.UNREACHABLE
    assert sum(path.startswith(site.root) for path in server.paths()) == 15, "five pages, three tries each"


def test_no_server_at_all_is_unreachable(harness: Harness, site: SohSite, server: Loopback) -> None:
    harness.one()
    server.close()
    report = harness.one()
    assert (report.status, report.gone) == (RunStatus.UNREACHABLE, 0)


def test_a_file_beyond_the_limit_is_named(harness: Harness, site: SohSite, server: Loopback) -> None:
    server.put(THORNWICK, site.file("vans-letter"), Reply(body=b"%PDF" + b"x" * 50_000, kind=PDF))
    report = harness.one(overrides={"DOWNLOAD_MAXSIZE": 20_000})
    assert (report.status, report.failures) == (RunStatus.PARTIAL, {"too large": 1})


def test_a_page_that_unpacks_beyond_the_limit_is_named(harness: Harness, site: SohSite, server: Loopback) -> None:
    server.put(THORNWICK, site.path("dogs"), Reply(body=b"<h1>x</h1>" + b" " * LARGEST_PAGE, zipped=True))
    server.put(THORNWICK, site.path("boats"), Reply(body=b"<h1>x</h1>" + b" " * LARGEST_PAGE))
    report = harness.one()
    assert (report.status, report.new) == (RunStatus.PARTIAL, 5)
    assert report.failures == {"too large": 1, "too large once unpacked": 1}


def test_an_answer_that_breaks_off_is_no_answer(harness: Harness, site: SohSite, server: Loopback) -> None:
    server.put(THORNWICK, site.file("vans-letter"), Reply(body=b"%PDF-1.4 half", kind=PDF, broken=True))
    report = harness.one()
    assert (report.status, report.failures) == (RunStatus.PARTIAL, {"the answer broke off": 1})
    assert server.paths().count(site.file("vans-letter")) == 3


def test_redirects_stay_on_the_log_s_hosts(harness: Harness, site: SohSite, server: Loopback) -> None:
    away = {"Location": "http://www.elsewhere.example/"}
    server.put(THORNWICK, site.path("dogs"), Reply(status=302, headers=away))
    report = harness.one()
    assert (report.status, report.failures) == (RunStatus.PARTIAL, {"redirects to another site": 1})
    assert {one.host for one in server.seen} == {THORNWICK}


def test_redirects_in_circles_end(harness: Harness, site: SohSite, server: Loopback) -> None:
    server.put(THORNWICK, site.path("dogs"), Reply(status=301, headers={"Location": site.path("cats")}))
    server.put(THORNWICK, site.path("cats"), Reply(status=301, headers={"Location": site.path("dogs")}))
    report = harness.one()
    assert report.new == 6
    assert len(server.paths()) < 20


def test_a_twin_in_another_language_is_the_same_disclosure(harness: Harness, server: Loopback) -> None:
    site = SohSite(server, THORNWICK, "thornwick-police")
    site.add("dogs")
    twin = "/cy-GB/foi-ai/heddlu-thornwick/datgeliadau/dogs/"
    words = "<p>FOI Reference: 1/2025</p><p>We hold four records of that kind in our systems.</p>"
    server.put(
        THORNWICK,
        site.path("dogs"),
        page(f'<header><a hreflang="cy" href="{twin}">Cymraeg</a></header><main><h1>About dogs</h1>{words}</main>'),
    )
    back = f'<header><a hreflang="en" href="{site.path("dogs")}">English</a></header>'
    server.put(THORNWICK, twin, page(f"{back}<main><h1>About dogs</h1>{words}</main>"))
    hits = f'<h3><a href="{twin}">About dogs</a></h3>'
    hits += f'<ul><li><h3><a href="{site.path("dogs")}">About dogs</a></h3></li></ul>'
    server.put(THORNWICK, LISTING, page(f"<main><h1>Published items</h1>{hits}</main>"))
    report = harness.one()
    assert (report.status, report.pages) == (RunStatus.OK, 3)
    (only,) = harness.stored()
    assert (only.url or "").endswith(site.path("dogs")), "the English page speaks"
    assert any(twin.rstrip("/") in alias for alias in only.aliases)


def test_folders_are_walked_and_the_scottish_platform_too(harness: Harness, server: Loopback) -> None:
    host = "www.strathmarr.police.example"
    log = "/access-to-information/freedom-of-information/disclosure-log/"
    server.put(host, log, page('<main><h1>Disclosure log</h1><a href="disclosure-log-2024/">2024</a></main>'))
    server.put(host, f"{log}disclosure-log-2024/", page('<main><h1>2024</h1><a href="march/">March</a></main>'))
    server.put(
        host,
        f"{log}disclosure-log-2024/march/",
        page('<main><h1>March</h1><a href="24-0634-dogs/">24-0634 Dogs</a></main>'),
    )
    server.put(
        host,
        f"{log}disclosure-log-2024/march/24-0634-dogs/",
        page(
            "<main><h1>24-0634 Dogs</h1><p>Our Ref: 24-0634 Date: 1 March 2024</p><p>Seventeen dogs.</p>"
            '<a href="/spa-media/abcd1234/data.csv">Data</a></main>'
        ),
    )
    server.put(host, "/spa-media/abcd1234/data.csv", Reply(body=b"year,dogs\n2024,17\n", kind="text/csv"))
    report = harness.one("strathmarr")
    assert (report.status, report.new, report.pages, report.bodies_fetched) == (RunStatus.OK, 1, 4, 2)
    (only,) = harness.stored()
    assert only.reference == "24-0634"
    assert [file.name for file in only.attachments] == ["data.csv"]
    again = harness.one("strathmarr")
    assert (again.unchanged, again.bodies_fetched) == (1, 0)


def test_a_new_disclosure_in_an_unchanged_folder_s_sibling_is_found_after_304s(
    harness: Harness, server: Loopback
) -> None:
    host = "www.strathmarr.police.example"
    log = "/access-to-information/freedom-of-information/disclosure-log/"
    server.put(host, log, page('<main><h1>Log</h1><a href="2024/">2024</a> <a href="odd-folder/">Others</a></main>'))
    server.put(host, f"{log}2024/", page('<main><h1>2024</h1><a href="24-0001-a/">A</a></main>'))
    server.put(host, f"{log}odd-folder/", page('<main><h1>Others</h1><a href="24-0002-b/">B</a></main>'))
    for path in ("2024/24-0001-a/", "odd-folder/24-0002-b/"):
        server.put(host, log + path, page(f"<main><h1>{path}</h1><p>Words that answer {path}.</p></main>"))
    assert harness.one("strathmarr").new == 2
    server.put(
        host,
        f"{log}odd-folder/24-0002-b/",
        page("<main><h1>24-0002 B</h1><p>Words that answer otherwise now.</p></main>"),
    )
    server.forget()
    report = harness.one("strathmarr")
    assert (report.status, report.changed, report.unchanged) == (RunStatus.OK, 1, 1)


def test_several_logs_in_one_crawl_report_each(harness: Harness, site: SohSite, server: Loopback) -> None:
    older = "/foi-ai/thornwick-police/older/"
    server.put(THORNWICK, older, page('<main><h1>Older</h1><a href="boots/">Boots</a></main>'))
    server.put(THORNWICK, f"{older}boots/", page("<main><h1>Boots</h1><p>Ref: 7/2011</p><p>Two pairs.</p></main>"))
    reports = harness.crawl("thornwick-older", "quillmere", "thornwick")
    assert list(reports) == ["thornwick-older", "quillmere", "thornwick"]
    assert [report.status for report in reports.values()] == [RunStatus.OK, RunStatus.DRIFTED, RunStatus.OK]
    assert [report.new for report in reports.values()] == [1, 0, 7]


def test_progress_is_told_after_each_answer_in_the_calling_thread(harness: Harness, site: SohSite) -> None:
    import threading

    steps = []
    threads = set()

    def note(step: object) -> None:
        steps.append(step)
        threads.add(threading.current_thread())

    harness.one(progress=note)
    assert len(steps) == 12
    assert threads == {threading.current_thread()}
    last = steps[-1]
    assert (last.ended, last.waiting, last.requests, last.bodies_fetched) == (True, 0, 13, 10)  # type: ignore[attr-defined]
