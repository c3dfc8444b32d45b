"""Erasing: no byte is left, nothing else is hurt, and a kill at any moment leaves a readable archive."""

from __future__ import annotations

import gzip
import sqlite3
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from indexer.archive import Archive, ArchiveError, RunStatus, SharedPageError, UnknownDisclosureError, erasing
from indexer.archive.verify import verify

ROOT = "https://www.ambershire.police.example/foi/"
CANARY = "Kanarienvogel-9174"
TODAY = date(2026, 6, 1)


def everything(folder: Path) -> bytes:
    """Every byte of the folder, and what every WARC record says when it is unpacked and decoded."""
    found = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    for path in sorted((folder / "warc").glob("*")):
        found += gzip.decompress(path.read_bytes())
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                found += record.content_stream().read()
    return found


@pytest.fixture
def canary(crawler, archive, site):
    """A log with one answer that has to go: page (gzip), file, captures of three runs, cached texts."""
    url, file = ROOT + f"{CANARY}/", ROOT + f"media/{CANARY}.pdf"
    site.add(
        url,
        f"Answer about {CANARY}",
        reference=f"FOI {CANARY}",
        files=[(f"{CANARY}.pdf", file)],
        gzipped=True,
        etag='"c"',
    )
    site.file(file, f"%PDF {CANARY} ".encode() * 200)
    crawler.crawl()
    crawler.crawl(days=1)
    site.add(url, f"Answer about {CANARY}, corrected", reference=f"FOI {CANARY}", files=[(f"{CANARY}.pdf", file)])
    crawler.crawl(days=2)
    stored = archive.find(url)[0]
    for capture in (stored.main, stored.attachments[0].capture):
        archive.texts.put(capture.sha256, "v1", CANARY.encode())
    archive.texts.put(stored.main.sha256[:-1] + "0", "v1", b"another text")
    return stored


def test_no_byte_is_left_and_nothing_else_is_hurt(canary, archive, folder, site):
    others = {s.id: (s, archive.body(s.main)) for s in archive.disclosures() if s.id != canary.id}
    assert CANARY.encode() in everything(folder)
    proof = archive.erase(canary.id, "a person asked for it")
    assert proof.clean
    assert (proof.ids, proof.kept) == ((canary.id,), ())
    assert proof.records == 6
    assert proof.files_scanned > 2
    archive.close()
    left = everything(folder)
    site.listed.remove(ROOT + f"{CANARY}/")
    assert left.count(CANARY.encode()) == left.count(f"/{CANARY}/".encode()), "only the listing's own link may name it"
    assert b"%PDF " + CANARY.encode() not in left
    assert CANARY.encode() not in (folder / "catalogue.sqlite").read_bytes()
    assert canary.main.sha256.encode() in left, "the tombstone keeps its hashes"
    assert list(verify(folder)) == []
    with Archive.open(folder, write=True) as again:
        assert again.repairs == ()
        for stored, body in others.values():
            assert again.stored(stored.id).title == stored.title
            assert again.body(again.stored(stored.id).main) == body
        assert again.texts.get(canary.main.sha256[:-1] + "0", "v1") == b"another text"
        assert again.texts.get(canary.main.sha256, "v1") is None
        erased = again.stored(canary.id)
        assert (erased.erased, erased.title, erased.url, erased.main) == (True, None, None, None)
        assert canary.id not in [stored.id for stored in again.disclosures()]


def test_listing_is_the_only_place_that_still_names_it(canary, archive, folder):
    archive.erase(canary.id, "x")
    archive.close()
    for path in (folder / "warc").glob("*"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if CANARY.encode() in record.content_stream().read():
                    assert record.rec_headers.get_header("WARC-Target-URI") == ROOT


def test_warc_files_stay_valid(canary, archive, folder):
    archive.erase(canary.id, "x")
    archive.close()
    paths = map(str, (folder / "warc").glob("*.warc.gz"))
    found = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", *paths], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


def test_index_is_told(canary, archive):
    marker = archive.marker
    archive.erase(canary.id, "x")
    assert [(stored.id, stored.erased) for stored in archive.changed_since(marker)] == [(canary.id, True)]


def test_it_is_not_fetched_or_taken_in_again(canary, archive, crawler, site, folder):
    archive.erase(canary.id, "x")
    site.asked.clear()
    counts = crawler.crawl(days=3)
    assert (counts.new, counts.changed, counts.gone) == (0, 0, 0)
    assert not any(CANARY in url for url in site.asked)
    # the same bytes elsewhere
    site.served[ROOT + "elsewhere/"] = site.served[ROOT + f"{CANARY}/"]
    site.listed.append(ROOT + "elsewhere/")
    assert crawler.crawl(days=4).new == 0
    # the same words in another template, elsewhere again
    site.add(ROOT + "third/", f"Answer about {CANARY}, corrected", chrome="<nav>new template</nav>")
    assert crawler.crawl(days=5).new == 0
    archive.close()
    for path in (folder / "warc").glob("*"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                assert CANARY.encode() not in record.content_stream().read().replace(f"/{CANARY}/".encode(), b"")
    assert list(verify(folder)) == []


def test_same_reference_of_the_same_force_is_not_taken_in_again(folder, site, archive, canary, crawler):
    archive.erase(canary.id, "x")
    site.add(ROOT + "fourth/", "Other words altogether", reference=f"foi-{CANARY}")
    counts = crawler.crawl(days=3)
    assert counts.new == 1  # without a registry nobody knows whose log it is: the verdict, by force, decides


def test_file_that_another_letter_links_to_stays_and_is_named(archive, crawler, site, folder):
    shared = ROOT + "media/t.pdf"
    site.add(ROOT + "dogs/", "How many dogs", reference="FOI 102/26", files=[("t.pdf", shared)])
    crawler.crawl()
    dogs = archive.find(ROOT + "dogs/")[0]
    proof = archive.erase(dogs.id, "x")
    assert proof.clean
    assert proof.kept == (shared,)
    tasers = archive.find(ROOT + "tasers/")[0]
    assert archive.body(tasers.attachments[0].capture) == b"%PDF-1.4 tasers"
    assert not archive.decisions.verdict(tasers.marks, TODAY).hidden_files
    # once nobody links to it any more it goes with the last
    proof = archive.erase(tasers.id, "x")
    assert proof.kept == ()
    archive.close()
    assert b"%PDF-1.4 tasers" not in everything(folder)


def test_one_answer_of_a_page_of_several_cannot_be_cut_out(archive, crawler, site):
    from indexer.archive import Item, Page

    url = ROOT + "all.aspx"
    site.add(url, "unused")
    site.served[url].page = Page(items=tuple(Item(title=f"A{n}", part=str(n), content_key=f"k{n}") for n in (1, 2)))
    crawler.crawl()
    one, two = archive.find(url)
    with pytest.raises(SharedPageError, match=two.id):
        archive.erase(one.id, "x")
    assert archive.body(archive.find(url)[0].main)
    assert archive.decisions.all() == ()


def test_what_is_not_there_or_was_erased_before(canary, archive):
    with pytest.raises(UnknownDisclosureError):
        archive.erase("nobody", "x")
    archive.erase(canary.id, "x")
    with pytest.raises(ArchiveError, match="erased before"):
        archive.erase(canary.id, "x")
    with pytest.raises(ArchiveError, match="cannot be brought back"):
        archive.decisions.revoke(archive.decisions.all()[0].number, "x")


def test_archive_goes_on_writing_and_erasing(canary, archive, crawler, folder):
    archive.erase(canary.id, "x")
    crawler.crawl(days=3)
    archive.erase(archive.find(ROOT + "dogs/")[0].id, "x")
    archive.erase(archive.find(ROOT + "tasers/")[0].id, "x")
    assert crawler.crawl(days=4).unchanged == 1
    archive.close()
    assert list(verify(folder)) == []


STEPS = (
    "INSERT INTO rewrites",
    "UPDATE warcs SET name",
    "UPDATE rewrites SET switched",
    "DELETE FROM rewrites",
    "DELETE FROM purges",
    "VACUUM",
)

KILLED = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    from indexer.archive import Archive
    from indexer.archive.catalogue import Catalogue

    folder, disclosure, step, before = sys.argv[1:]
    run = Catalogue.run

    def dying(self, statement, *values):
        if before == "before" and statement.startswith(step):
            os._exit(9)
        result = run(self, statement, *values)
        if before == "after" and statement.startswith(step):
            os._exit(9)
        return result

    with Archive.open(Path(folder), write=True) as archive:
        Catalogue.run = dying
        archive.erase(disclosure, "x")
    """
)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_erasing_it_is_carried_out_to_its_end(canary, archive, folder, step, when):
    archive.close()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder), canary.id, step, when], check=False)
    assert killed.returncode == 9, "the step never came"
    with Archive.open(folder) as reader:  # readable at once, even before anybody repairs it
        for stored in reader.disclosures():
            assert reader.body(stored.main)
    with Archive.open(folder, write=True) as again:
        assert again.stored(canary.id).erased
        assert not erasing.pending(again._catalogue)
    assert b"%PDF " + CANARY.encode() not in everything(folder)
    assert list(verify(folder)) == []
    database = sqlite3.connect(folder / "catalogue.sqlite")
    assert database.execute("SELECT count(*) FROM rewrites").fetchone() == (0,)
    assert {name for (name,) in database.execute("SELECT name FROM warcs")} == {
        p.name for p in (folder / "warc").iterdir()
    }
    database.close()


def test_reader_with_an_old_capture_finds_the_record_in_its_new_file(canary, archive, folder):
    dogs = archive.find(ROOT + "dogs/")[0]
    with Archive.open(folder) as reader:
        archive.erase(canary.id, "x")
        assert reader.body(dogs.main) == archive.body(archive.stored(dogs.id).main)


def test_text_that_was_being_made_while_its_body_was_erased_is_not_kept(canary, archive):
    archive.erase(canary.id, "x")
    archive.texts.put(canary.main.sha256, "v2", CANARY.encode())
    assert archive.texts.get(canary.main.sha256, "v2") is None


def test_proof_says_where_something_is_left(canary, archive, folder):
    (folder / "texts" / "zz").mkdir()
    (folder / "texts" / "zz" / "stray").write_bytes(archive.body(canary.attachments[0].capture))
    proof = archive.erase(canary.id, "x")
    assert proof.left == ["texts/zz/stray"]
    assert not proof.clean


def test_run_that_is_going_on_is_not_disturbed(canary, archive, site):
    run = archive.begin_run("ambershire")
    run.want(ROOT + f"{CANARY}/", "item")
    archive.erase(canary.id, "x")
    assert [want.url for want in run.pending()] == []
    assert run.finish(RunStatus.PARTIAL).gone == 0


# -- cached texts


def test_texts_are_kept_by_body_and_version(archive):
    digest = "ab" * 32
    assert archive.texts.get(digest, "v1") is None
    archive.texts.put(digest, "v1", b"text one")
    assert archive.texts.get(digest, "v1") == b"text one"
    assert archive.texts.get(digest, "v2") is None
    archive.texts.put(digest, "v2", b"text two")
    assert (archive.texts.get(digest, "v1"), archive.texts.get(digest, "v2")) == (None, b"text two")
    archive.texts.drop(digest)
    assert archive.texts.get(digest, "v2") is None


def test_damaged_text_is_no_text(archive, folder):
    digest = "ab" * 32
    archive.texts.put(digest, "v1", b"text" * 100)
    (path,) = (folder / "texts" / "ab").iterdir()
    good = path.read_bytes()
    for bad in (good[:-5], good[:10], b"", bytes([good[0] ^ 1]) + good[1:]):
        path.write_bytes(bad)
        assert archive.texts.get(digest, "v1") is None


@pytest.mark.parametrize("damaged", ["dogs", "canary"])
def test_damaged_record_hinders_no_erasure_and_loses_nothing_else(canary, archive, folder, damaged):
    victim = archive.find(ROOT + "dogs/")[0].main if damaged == "dogs" else canary.main
    bodies = {s.id: archive.body(s.main) for s in archive.disclosures() if s.id != canary.id}
    archive.keeper.close()
    path = folder / "warc" / victim.warc
    data = bytearray(path.read_bytes())
    data[victim.offset + victim.length // 2] ^= 0xFF
    path.write_bytes(data)
    assert archive.erase(canary.id, "x").clean
    hurt = [s.id for s in archive.disclosures() if s.main.sha256 == victim.sha256]
    for one, body in bodies.items():
        if one not in hurt:
            assert archive.body(archive.stored(one).main) == body
    archive.close()
    assert [problem.kind for problem in verify(folder)] == (["damaged"] if damaged == "dogs" else [])
    assert b"%PDF " + CANARY.encode() not in b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())


def test_erasure_goes_on_where_a_warc_file_was_lost(canary, archive, folder):
    archive.keeper.close()
    for path in (folder / "warc").iterdir():
        path.unlink()
    assert archive.erase(canary.id, "x").clean
    assert not erasing.pending(archive.catalogue)


def test_empty_body_marks_nothing(archive, crawler, site, answer):
    site.add(ROOT + "empty/", "Empty", files=[("e.pdf", ROOT + "media/e.pdf")])
    site.file(ROOT + "media/e.pdf", b"")
    crawler.crawl()
    archive.erase(archive.find(ROOT + "empty/")[0].id, "x")
    assert not archive.keep(answer(ROOT + "other/", b"", status=301)).refused
