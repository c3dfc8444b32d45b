"""What a run finds: new, changed, moved, gone, whatever the order in which pages came."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from indexer.archive import ArchiveError, Counts, Item, Kind, Page, RunStatus, Want

LOG = "ambershire"
ROOT = "https://www.ambershire.police.example/foi/"


def ids(archive):
    return {stored.title: stored.id for stored in archive.disclosures()}


def moved_last(waiting: list[Want]) -> list[Want]:
    return sorted(waiting, key=lambda want: "new-place" in want.url)


def moved_first(waiting: list[Want]) -> list[Want]:
    return sorted(waiting, key=lambda want: "new-place" not in want.url)


def test_first_run_finds_everything_new(crawler, archive):
    assert crawler.crawl() == Counts(pages=4, new=3)
    tasers = next(s for s in archive.disclosures() if s.title == "How many tasers")
    assert tasers.log == LOG
    assert tasers.reference == "FOI 101/26"
    assert archive.body(tasers.main).startswith(b"<html>")
    assert [(a.number, a.name, archive.body(a.capture)) for a in tasers.attachments] == [
        (1, "t.pdf", b"%PDF-1.4 tasers")
    ]
    assert [(source.kind, source.url) for source in tasers.sources] == [
        ("item", ROOT + "tasers/"),
        ("attachment", ROOT + "media/t.pdf"),
    ]


def test_second_run_asks_for_every_page_and_finds_nothing_changed(crawler, archive, site):
    crawler.crawl()
    before, marker = ids(archive), archive.marker
    site.asked.clear()
    assert crawler.crawl(days=7) == Counts(pages=4, unchanged=3)
    assert sorted(site.asked) == sorted([ROOT, *site.listed, ROOT + "media/t.pdf"])
    assert ids(archive) == before
    assert list(archive.changed_since(marker)) == []


def test_last_seen_follows_though_nothing_changed(crawler, archive):
    crawler.crawl()
    crawler.crawl(days=7)
    for stored in archive.disclosures():
        source = stored.sources[0]
        assert source.last_seen - source.first_seen > timedelta(days=6)


def test_changed_words_are_a_change_and_a_new_banner_is_none(crawler, archive, site):
    crawler.crawl()
    before, marker = ids(archive), archive.marker
    site.add(ROOT + "dogs/", "How many dogs", reference="FOI 102/26", chrome="<p>We use cookies</p>")
    site.add(ROOT + "drones/", "How many drones, corrected", reference="FOI 103/26")
    counts = crawler.crawl(days=7)
    assert (counts.changed, counts.unchanged, counts.new) == (1, 2, 0)
    assert [stored.id for stored in archive.changed_since(marker)] == [before["How many drones"]]
    assert b"cookies" in archive.body(archive.find(ROOT + "dogs/")[0].main)


def test_changed_file_under_an_unchanged_page_is_a_change(crawler, archive, site):
    crawler.crawl()
    marker = archive.marker
    site.file(ROOT + "media/t.pdf", b"%PDF-1.4 tasers, corrected", etag='"p2"')
    counts = crawler.crawl(days=7)
    assert (counts.changed, counts.unchanged) == (1, 2)
    (touched,) = archive.changed_since(marker)
    assert archive.body(touched.attachments[0].capture) == b"%PDF-1.4 tasers, corrected"


def test_gone_is_said_once_and_comes_back(crawler, archive, site):
    crawler.crawl()
    before = ids(archive)
    page = site.served[ROOT + "dogs/"]
    site.take_down(ROOT + "dogs/")
    counts = crawler.crawl(days=7)
    assert (counts.gone, counts.unchanged) == (1, 2)
    dogs = archive.stored(before["How many dogs"])
    assert dogs.gone_since is not None
    assert archive.body(dogs.main) == page.body  # evidence outlives the page
    assert crawler.crawl(days=14).gone == 0
    site.served[ROOT + "dogs/"] = page
    site.listed.append(ROOT + "dogs/")
    counts = crawler.crawl(days=21)
    assert (counts.changed, counts.new, counts.gone) == (1, 0, 0)
    assert archive.stored(before["How many dogs"]).gone_since is None


def test_page_that_left_the_listing_but_answers_is_not_gone(crawler, archive, site):
    crawler.crawl()
    site.listed.remove(ROOT + "dogs/")
    site.asked.clear()
    assert crawler.crawl(days=7) == Counts(pages=4, unchanged=3)
    assert ROOT + "dogs/" in site.asked


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_blocked_or_broken_page_is_failed_and_never_gone(crawler, archive, site, status):
    crawler.crawl()
    site.served[ROOT + "dogs/"].status = status
    counts = crawler.crawl(days=7, status=RunStatus.PARTIAL)
    assert (counts.gone, counts.failed) == (0, 1)
    assert all(stored.gone_since is None for stored in archive.disclosures())


@pytest.mark.parametrize("order", [moved_first, moved_last])
@pytest.mark.parametrize("reference", ["FOI 102/26", "FOI-102-26", None])
def test_moved_without_redirect_keeps_its_id(crawler, archive, site, order, reference):
    crawler.crawl()
    before = ids(archive)
    site.take_down(ROOT + "dogs/")
    site.add(ROOT + "new-place/dogs/", "How many dogs", reference=reference)
    counts = crawler.crawl(days=7, order=order)
    assert counts == Counts(pages=4, unchanged=2, moved=1)
    assert ids(archive) == before
    dogs = archive.stored(before["How many dogs"])
    assert dogs.url == ROOT + "new-place/dogs/"
    assert dogs.aliases == (ROOT + "dogs/",)
    assert dogs.gone_since is None


@pytest.mark.parametrize("order", [moved_first, moved_last])
@pytest.mark.parametrize("status", [301, 302, 308])
def test_moved_with_redirect_keeps_its_id(crawler, archive, site, order, status):
    crawler.crawl()
    before = ids(archive)
    site.add(ROOT + "new-place/dogs/", "How many dogs there are", reference="FOI 102/26 amended")
    site.served[ROOT + "dogs/"].status = status
    site.served[ROOT + "dogs/"].target = ROOT + "new-place/dogs/"
    counts = crawler.crawl(days=7, order=order)
    assert counts == Counts(pages=4, unchanged=2, moved=1)
    dogs = archive.stored(before["How many dogs"])
    assert (dogs.url, dogs.title) == (ROOT + "new-place/dogs/", "How many dogs there are")
    assert len(ids(archive)) == 3
    assert crawler.crawl(days=14) == Counts(pages=4, unchanged=3)


def test_moved_in_a_later_run_than_it_went(crawler, archive, site):
    crawler.crawl()
    before = ids(archive)
    site.take_down(ROOT + "dogs/")
    assert crawler.crawl(days=7).gone == 1
    site.add(ROOT + "new-place/dogs/", "How many dogs", reference="FOI 102/26")
    counts = crawler.crawl(days=14)
    assert (counts.moved, counts.new, counts.gone) == (1, 0, 0)
    assert ids(archive) == before


def test_moved_file_goes_with_its_page(crawler, archive, site):
    crawler.crawl()
    before = ids(archive)
    site.take_down(ROOT + "tasers/")
    site.add(
        ROOT + "new-place/tasers/",
        "How many tasers",
        reference="FOI 101/26",
        files=[("t2.pdf", ROOT + "new-place/media/t2.pdf")],
    )
    site.file(ROOT + "new-place/media/t2.pdf", b"%PDF-1.4 moved")
    assert crawler.crawl(days=7).moved == 1
    tasers = archive.stored(before["How many tasers"])
    assert [a.name for a in tasers.attachments] == ["t2.pdf"]


def test_two_that_could_each_be_the_moved_one_are_not_guessed(crawler, archive, site):
    crawler.crawl()
    site.take_down(ROOT + "dogs/")
    site.add(ROOT + "new-place/one/", "First part", reference="FOI 102/26")
    site.add(ROOT + "new-place/two/", "Second part", reference="FOI 102/26")
    counts = crawler.crawl(days=7)
    assert (counts.moved, counts.new, counts.gone) == (0, 2, 1)


def test_same_words_under_another_reference_did_not_move(crawler, archive, site):
    crawler.crawl()
    site.take_down(ROOT + "dogs/")
    site.add(ROOT + "new-place/dogs/", "How many dogs", reference="FOI 999/26")
    counts = crawler.crawl(days=7)
    assert (counts.moved, counts.new, counts.gone) == (0, 1, 1)


def test_former_id_of_a_merged_page_still_finds_it(crawler, archive, site):
    crawler.crawl()
    before, marker = ids(archive), archive.marker
    site.take_down(ROOT + "dogs/")
    site.add(ROOT + "new-place/dogs/", "How many dogs", reference="FOI 102/26")
    crawler.crawl(days=7)
    touched = {stored.id: stored.merged_into for stored in archive.changed_since(marker)}
    (former,) = (one for one, into in touched.items() if into == before["How many dogs"])
    assert archive.stored(former).id == before["How many dogs"]


def test_permanent_redirect_to_the_front_page_is_gone(crawler, archive, site):
    crawler.crawl()
    before = ids(archive)
    site.served[ROOT + "dogs/"].status = 301
    site.served[ROOT + "dogs/"].target = ROOT
    counts = crawler.crawl(days=7)
    assert (counts.gone, counts.unchanged) == (1, 2)
    assert archive.stored(before["How many dogs"]).gone_since is not None


def test_old_address_that_serves_another_answer_later_is_another_disclosure(crawler, archive, site):
    crawler.crawl()
    before = ids(archive)
    site.add(ROOT + "new-place/dogs/", "How many dogs", reference="FOI 102/26")
    site.served[ROOT + "dogs/"].status = 301
    site.served[ROOT + "dogs/"].target = ROOT + "new-place/dogs/"
    crawler.crawl(days=7)
    site.add(ROOT + "dogs/", "How many horses", reference="FOI 777/26")
    counts = crawler.crawl(days=14)
    assert (counts.new, counts.unchanged) == (1, 3)
    assert {**before, "How many horses": ids(archive)["How many horses"]} == ids(archive)


@pytest.mark.parametrize(
    "other",
    [
        "http://www.ambershire.police.example/foi/dogs/",
        "https://ambershire.police.example/foi/dogs",
        "https://www.ambershire.police.example:443/foi/dogs/",
        "https://www.ambershire.police.example/foi/dogs/?utm_source=mail&utm_medium=link",
        "https://WWW.Ambershire.police.example/foi/do%67s/#answer",
    ],
)
def test_spellings_of_one_address_are_one_disclosure(crawler, archive, site, other):
    site.listed.append(other)
    assert crawler.crawl().new == 3
    assert archive.find(other) == archive.find(ROOT + "dogs/")


@pytest.mark.parametrize("seed", range(6))
def test_welsh_twin_is_the_same_disclosure_in_any_order(crawler, archive, site, seed):
    welsh = ROOT.replace("/foi/", "/cy-GB/foi/") + "cwn/"
    site.add(ROOT + "dogs/", "How many dogs", reference="FOI 102/26", alternates=(welsh,))
    site.add(welsh, "Faint o gŵn", reference="FOI 102/26", alternates=(ROOT + "dogs/",), secondary=True)
    shuffled = random.Random(seed)
    assert crawler.crawl(order=lambda waiting: shuffled.sample(waiting, len(waiting))).new == 3
    (dogs,) = archive.find(welsh)
    assert (dogs.title, dogs.url, dogs.aliases) == ("How many dogs", ROOT + "dogs/", (welsh,))
    again = crawler.crawl(days=7, order=lambda waiting: shuffled.sample(waiting, len(waiting)))
    assert again == Counts(pages=5, unchanged=3)


def test_twin_that_nothing_links_is_joined_by_reference_and_words(crawler, archive, site):
    crawler.crawl()
    site.add("https://beta.ambershire.police.example/foi/dogs/", "How many dogs", reference="FOI 102/26")
    counts = crawler.crawl(days=7)
    assert (counts.new, counts.moved, counts.unchanged) == (0, 0, 3)
    assert archive.find("https://beta.ambershire.police.example/foi/dogs/") == archive.find(ROOT + "dogs/")


def test_front_page_as_canonical_of_every_page_joins_nothing(crawler, archive, site):
    for url in list(site.listed):
        text = site.served[url].page.items[0].title
        site.add(url, text, canonical=ROOT)
    assert crawler.crawl().new == 3


def test_page_of_several_answers(crawler, archive, site):
    url = ROOT + "all.aspx"
    site.add(url, "unused")
    site.served[url].page = Page(
        items=tuple(
            Item(title=f"Answer {n}", part=f"{n}-18", reference=f"{n}-18", content_key=f"k{n}") for n in (1, 2, 3)
        )
    )
    assert crawler.crawl().new == 6
    before = ids(archive)
    assert len({before[f"Answer {n}"] for n in (1, 2, 3)}) == 3
    two = archive.stored(before["Answer 2"])
    assert (two.part, two.url) == ("2-18", url)
    assert two.main.sha256 not in two.marks.hashes  # the page's bytes mark none of its answers
    site.served[url].body += b"<!-- edited -->"
    site.served[url].page = Page(
        items=(
            Item(title="Answer 1", part="1-18", reference="1-18", content_key="k1"),
            Item(title="Answer 3", part="3-18", reference="3-18", content_key="k3 corrected"),
        )
    )
    counts = crawler.crawl(days=7)
    assert (counts.changed, counts.gone, counts.unchanged) == (1, 1, 4)
    assert archive.stored(before["Answer 2"]).gone_since is not None


def test_missing_fields_are_counted(crawler, site):
    site.add(ROOT + "dogs/", "How many dogs", missing=("reference", "published_on"))
    site.add(ROOT + "drones/", "How many drones", missing=("published_on",))
    assert crawler.crawl().missing_fields == {"reference": 1, "published_on": 2}
    assert crawler.crawl(days=7).missing_fields == {"reference": 1, "published_on": 2}


def test_redirect_to_another_spelling_is_followed_and_not_for_ever(archive):
    run = archive.begin_run(LOG)
    url, other = ROOT + "dogs", ROOT + "dogs/"
    run.want(url, Kind.ITEM)
    for _ in range(5):
        assert [want.url for want in run.redirected(url, other)] == [other]
        url, other = other, url
    assert run.redirected(url, other) == ()
    assert run.finish(RunStatus.PARTIAL).failed == 1


@pytest.mark.parametrize("stop_after", range(1, 5))
def test_stopped_run_goes_on_where_it_was(crawler, archive, site, stop_after):
    crawler.crawl(stop_after=stop_after)
    first = list(site.asked)
    counts = crawler.crawl()
    assert counts == Counts(pages=4, new=3)
    assert len(site.asked) == len(set(site.asked)), "an address was asked for twice"
    assert first == site.asked[: len(first)]
    assert len(archive.runs(LOG)) == 1


def test_run_stopped_long_ago_is_closed_and_a_new_one_walks_the_listing_again(archive, crawler, site):
    crawler.crawl(stop_after=2)
    run = archive.begin_run(LOG, resume_within=timedelta(0))
    assert not run.resumed
    assert [record.status for record in archive.runs(LOG)] == [None, "partial"]


def test_ended_run_takes_nothing_more(archive, crawler):
    run = archive.begin_run(LOG)
    run.finish(RunStatus.EMPTY)
    with pytest.raises(ArchiveError, match="has ended"):
        run.want(ROOT, Kind.LISTING)


def test_validators_are_those_of_the_body_that_was_filed(archive, answer):
    run = archive.begin_run(LOG)
    url = ROOT + "dogs/"
    assert run.validators(url) == (None, None)
    capture = archive.keep(
        answer(url, b"one", headers=(("ETag", '"1"'), ("Last-Modified", "Mon, 02 Mar 2026 09:00:00 GMT")))
    )
    run.file_item(url, capture, Page(items=(Item(title="One"),)))
    archive.keep(answer(url, b"two", headers=(("ETag", '"2"'),), days=1))  # killed before it was filed
    assert run.validators(url) == ('"1"', "Mon, 02 Mar 2026 09:00:00 GMT")
    assert archive.body(archive.keep(answer(url, status=304, days=2))) == b"one"
