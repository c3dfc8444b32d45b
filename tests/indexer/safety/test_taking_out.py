"""Withdraw, suspend, mask, erase, release: gone from every answer, and still gone after whatever comes next."""

from __future__ import annotations

import json
import os
import uuid
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import walking
from elasticsearch import Elasticsearch
from invented_log import InventedLog

from indexer.archive import Action, Archive, ArchiveBusyError, RunStatus, UnknownDisclosureError
from indexer.build import Builder, bring_up_to_date
from indexer.engines import open_engine
from indexer.engines.base import Engine, EngineUnavailableError
from indexer.extraction import Extractor
from indexer.guard import Guard, open_guarded
from indexer.knowledge import load_knowledge
from indexer.query import Query
from indexer.taking_out import Done, Operator, reapply

LETTER = """Reference: FOI {number}/26

Date: 3 March 2026

You asked how many times the {canary} was used in {year} and by which teams of the force it was used in that year.

Response

It was used four times in {year}, by the roads policing team and by the dog section. No other record is held of it."""


def letter(canary: str, number: int = 1001, year: int = 2024) -> str:
    return LETTER.format(canary=canary, number=number, year=year)


class Bench:
    """A log, its archive, its index and an operator."""

    def __init__(self, folder: Path, engine_url: str | None = None) -> None:
        self.log = InventedLog(folder, engine_url=engine_url)
        self.folder = folder
        self.engine: Engine = open_engine(self.log.address)

    def index(self, *, full: bool = False) -> None:
        self.log.index(self.engine, full=full)

    def decide(self, action: str, *arguments: object, write: bool = False, engine: Engine | None = None) -> Done:
        knowledge = load_knowledge(self.folder / "forces.toml")
        with (
            Archive.open(self.folder, write=write, decide=True, registry=knowledge.forces) as archive,
            Extractor() as extractor,
        ):
            builder = Builder(archive, knowledge, extractor, today=datetime.now(UTC).date())
            operator = Operator(archive, engine or self.engine, self.log.address, builder)
            return getattr(operator, action)(*arguments)

    def ids(self, words: str) -> list[str]:
        """What a site finds now."""
        with closing(open_guarded(self.log.address, self.folder)) as guarded:
            return sorted(hit.disclosure.id for hit in guarded.search(Query(text=words)).hits)

    def holds(self, words: str) -> list[str]:
        """What the version in use holds, guarded or not."""
        return sorted(hit.disclosure.id for hit in self.engine.search(Query(text=words)).hits)

    def versions(self) -> list[str]:
        return [version.name for version in self.engine.versions()]

    def bytes_hold(self, words: str) -> list[str]:
        """Files of the archive folder that hold these bytes, packed ones looked into."""
        found = []
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                data = path.read_bytes()
                if words.encode() in data or any(words.encode() in piece for piece in _unpacked(data)):
                    found.append(str(path.relative_to(self.folder)))
        return found


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Every stretch of a file that is compressed with zlib or gzip, wherever it begins."""
    for header in (b"\x1f\x8b\x08", b"\x78\x9c", b"\x78\x5e", b"\x78\x01", b"\x78\xda"):
        at = data.find(header)
        while at >= 0:
            bits = 31 if header[0] == 0x1F else 15
            with suppress(zlib.error):
                yield zlib.decompressobj(bits).decompress(data[at:], 50_000_000)
            at = data.find(header, at + 1)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "archive")
    yield made
    made.engine.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Bench]:
    """The same on a real Elasticsearch."""
    url, prefix = os.environ["CROSSFORCE_TEST_ELASTICSEARCH"], f"test-{uuid.uuid4().hex[:12]}"
    made = Bench(tmp_path / "archive", f"elasticsearch+{url}/{prefix}")
    yield made
    made.engine.close()
    with Elasticsearch(url) as client:
        for name in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
            client.indices.delete(index=name)


def published(bench: Bench) -> dict[str, str]:
    """Two letters of one force and an index in two versions."""
    for name, canary, number in (("a", "quaggaphone", 1001), ("b", "zebraphone", 1002)):
        bench.log.publish(name, f"The {canary}", letter(canary, number), {f"{name}.txt": f"{canary} table".encode()})
    ids = {url.rstrip("/")[-1]: found for url, found in bench.log.crawl().items()}
    bench.index(full=True)
    bench.index(full=True)
    return ids


@pytest.mark.parametrize("action", ["withdraw", "suspend", "erase"])
def test_gone_from_every_answer_and_after_whatever_comes(bench: Bench, action: str, tmp_path: Path) -> None:
    ids = published(bench)
    before = bench.versions()
    more: list[object] = [date.today() + timedelta(days=3)] if action == "suspend" else []
    done = bench.decide(action, ids["a"], *more, "because", write=action == "erase")
    assert done.removed == (ids["a"],)
    assert done.waiting is None
    assert bench.holds("quaggaphone") == bench.ids("quaggaphone") == []
    assert bench.ids("zebraphone") == [ids["b"]]

    # at another address, with another banner around it
    url = next(url for url in bench.log.pages if url.endswith("/a/"))
    body, file = bench.log.pages.pop(url), b"quaggaphone table"
    bench.log.pages[url.replace("/a/", "/moved/")] = body.replace(b"<main>", b"<p>A banner</p><main>")
    assert bench.log.crawl().keys() >= {u for u in bench.log.pages if "/b/" in u}
    bench.index()
    assert bench.ids("quaggaphone") == []

    # as a loose letter, page and file
    for name, data in (("page.html", body), ("a.txt", file)):
        (tmp_path / name).write_bytes(data)
    bench.log.bring(tmp_path / "page.html", tmp_path / "a.txt")
    bench.index()
    assert bench.ids("quaggaphone") == []

    for version in reversed(before):  # roll-back
        bench.engine.use(version)
        assert bench.ids("quaggaphone") == []
        bench.index()
        assert bench.holds("quaggaphone") == []
        assert bench.ids("zebraphone") == [ids["b"]]
    bench.index(full=True)
    assert bench.holds("quaggaphone") == []

    for answer in walking.every(bench.folder, ids=[ids["a"], ids["b"]], words=["zebraphone"]):
        assert b"quaggaphone" not in answer.data.lower(), answer.how
    if action == "erase":
        assert done.erasure
        assert done.erasure.clean
        assert bench.bytes_hold("quaggaphone") == []
        assert bench.bytes_hold("zebraphone") != []  # or the search would prove nothing


def test_a_restored_snapshot_shows_nothing_that_was_taken_out(bench: Bench) -> None:
    """An index that holds it all, put in the place of the one that was cleaned, while a site is running."""
    ids = published(bench)
    with closing(open_guarded(bench.log.address, bench.folder)) as site:
        assert site.count() == 2
        bench.decide("mask", ids["b"], "page", 1, *_place(bench, ids["b"], "dog section"), "because")
        bench.decide("withdraw", ids["a"], "because")
        knowledge = load_knowledge(bench.folder / "forces.toml")
        other = InventedLog(bench.folder.parent / "untouched")
        other.pages, other.files = bench.log.pages, bench.log.files
        other.crawl()
        with Archive.open(other.folder, registry=knowledge.forces) as archive, Extractor() as extractor:
            builder = Builder(archive, knowledge, extractor, today=datetime.now(UTC).date())
            old = [made.record for made in builder.make(archive.disclosures()) if made.record]
        assert {record.id for record in old} == set(ids.values())
        bench.engine.update(old)
        assert len(bench.holds("phone OR quaggaphone OR zebraphone")) == 2
        site._looked = -10  # type: ignore[attr-defined]  # a second has passed
        assert site.search(Query(text="quaggaphone OR zebraphone")).total == 0
        assert [site.get(name) for name in ids.values()] == [None, None]
    bench.index()
    assert bench.holds("quaggaphone OR zebraphone") == [ids["b"]]
    assert bench.holds('"dog section"') == []


@pytest.mark.elasticsearch
def test_elasticsearch_obeys_after_roll_back_restore_and_crawl(server: Bench) -> None:
    ids = published(server)
    before = server.versions()
    old = [record for name in ids.values() if (record := server.engine.get(name))]
    server.decide("mask", ids["b"], "page", 1, *_place(server, ids["b"], "dog section"), "because")
    server.decide("withdraw", ids["a"], "because")
    assert server.holds("quaggaphone") == server.ids("quaggaphone") == []
    assert server.holds('"dog section"') == []
    server.engine.use(before[-1])
    assert server.ids("quaggaphone OR zebraphone") == []
    server.engine.update(old)  # as a snapshot brings them back
    assert len(server.holds("quaggaphone OR zebraphone")) == 2
    assert server.ids("quaggaphone OR zebraphone") == []
    server.log.crawl()
    server.index()
    assert server.holds("quaggaphone OR zebraphone") == server.ids("zebraphone") == [ids["b"]]
    assert server.holds('"dog section"') == []
    done = server.decide("erase", ids["a"], "because", write=True)
    assert done.waiting is None
    assert server.bytes_hold("quaggaphone") == []


@pytest.mark.elasticsearch
def test_a_snapshot_of_the_server_brings_nothing_back(server: Bench) -> None:
    """A snapshot taken before, restored after everything was deleted: the index holds it again, no answer does."""
    ids = published(server)
    prefix = server.log.address.rpartition("/")[2]
    with Elasticsearch(os.environ["CROSSFORCE_TEST_ELASTICSEARCH"]) as client:
        client.snapshot.create_repository(
            name=prefix, repository={"type": "fs", "settings": {"location": prefix}}, verify=True
        )
        client.snapshot.create(repository=prefix, snapshot="before", indices=f"{prefix}-*", wait_for_completion=True)
        server.decide("withdraw", ids["a"], "because")
        assert server.holds("quaggaphone") == []
        for name in client.indices.get(index=f"{prefix}-*", expand_wildcards="all"):
            client.indices.delete(index=name)
        client.snapshot.restore(repository=prefix, snapshot="before", indices=f"{prefix}-*", wait_for_completion=True)
        assert server.holds("quaggaphone OR zebraphone") == sorted(ids.values())  # the old index is back as it was
        assert server.ids("quaggaphone OR zebraphone") == [ids["b"]]
        server.log.crawl()
        server.index()
        assert server.holds("quaggaphone") == server.ids("quaggaphone") == []
        client.snapshot.delete(repository=prefix, snapshot="before")
        client.snapshot.delete_repository(name=prefix)


def _place(bench: Bench, record_id: str, passage: str) -> tuple[int, int]:
    found = bench.engine.get(record_id)
    assert found
    start = found.parts[0].text.index(passage)
    return start, start + len(passage)


def test_a_mask_covers_its_passage_everywhere_and_for_ever(bench: Bench) -> None:
    ids = published(bench)
    before = bench.versions()
    start, end = _place(bench, ids["a"], "roads policing team")
    done = bench.decide("mask", ids["a"], "page", 1, start + 2, end - 2, "because")
    assert done.remade == (ids["a"],)
    assert done.lost == ()
    assert bench.ids('"roads policing"') == [ids["b"]]
    record = bench.engine.get(ids["a"])
    assert record
    assert "█████ ████████ ████" in record.parts[0].text
    url = next(url for url in bench.log.pages if url.endswith("/a/"))
    bench.log.pages[url] = bench.log.pages[url].replace(b"<main>", b"<main><p>A word before it all.</p>")
    bench.log.crawl()
    for version in [None, *reversed(before)]:
        if version:
            bench.engine.use(version)
            assert bench.ids('"roads policing"') in ([], [ids["b"]])
        bench.index()
        assert bench.ids('"roads policing"') == [ids["b"]]
        assert bench.ids("quaggaphone") == [ids["a"]]
    bench.index(full=True)
    assert bench.ids('"roads policing"') == [ids["b"]]
    with Archive.open(bench.folder) as archive:
        assert "roads" not in json.dumps([str(decision) for decision in archive.decisions.all()])
    bench.log.pages[url] = bench.log.pages[url].replace(b"roads policing team", b"team for the policing of roads")
    bench.log.crawl()
    assert b"not found" in walking.run("index", folder=bench.folder)
    assert bench.ids("quaggaphone") == []  # what was covered may stand there in other words
    bench.decide("revoke", done.decision.number, "looked at it")
    assert bench.ids("quaggaphone") == [ids["a"]]


def test_a_mask_is_refused_where_there_is_no_passage(bench: Bench) -> None:
    ids = published(bench)
    for part, page, start, end in (
        ("page", 2, 0, 5),
        ("attachment-9", 1, 0, 5),
        ("page", 1, 5, 5),
        ("page", 1, 0, 10**6),
    ):
        with pytest.raises(ValueError, match="no p"):
            bench.decide("mask", ids["a"], part, page, start, end, "because")


def test_a_suspension_ends_on_its_day(bench: Bench) -> None:
    ids = published(bench)
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    bench.decide("suspend", ids["a"], tomorrow, "because")
    bench.index()
    assert bench.holds("quaggaphone") == []
    knowledge = load_knowledge(bench.folder / "forces.toml")
    with Archive.open(bench.folder, registry=knowledge.forces) as archive, Extractor() as extractor:
        builder = Builder(archive, knowledge, extractor, today=tomorrow)
        bring_up_to_date(archive, bench.engine, bench.log.address, builder)
        reapply(archive, bench.engine, bench.log.address, builder)
    assert bench.holds("quaggaphone") == [ids["a"]]


def test_nearly_the_same_text_of_the_same_force_is_listed_and_stays(bench: Bench) -> None:
    for name, number, year in (("a", 1001, 2024), ("twin", 1002, 2025)):
        bench.log.publish(name, "The quaggaphone", letter("quaggaphone", number, year))
    bench.log.publish("far", "Horses", "Reference: FOI 1009/26\n\nHow many horses? There are nine horses.")
    ids = {url.rstrip("/").rsplit("/", 1)[-1]: found for url, found in bench.log.crawl().items()}
    bench.index()
    done = bench.decide("withdraw", ids["a"], "because")
    assert [one.id for one in done.alike] == [ids["twin"]]
    assert 0.9 < done.alike[0].likeness < 1
    assert bench.ids("quaggaphone") == [ids["twin"]]


def test_a_file_that_went_with_one_record_is_not_available_at_another(bench: Bench) -> None:
    for name, number in (("a", 1001), ("b", 1002)):
        bench.log.publish(
            name, f"The phone {name}", letter(f"phone{name}", number), {f"{name}.txt": b"quaggaphone data"}
        )
    bench.log.pages.pop(next(url for url in bench.log.pages if url.endswith("/b/")))
    first = next(iter(bench.log.crawl().values()))
    bench.index()
    bench.decide("withdraw", first, "because")
    bench.log.publish("b", "The phone b", letter("phoneb", 1002), {"b.txt": b"quaggaphone data"})
    second = next(found for url, found in bench.log.crawl().items() if url.endswith("/b/"))
    bench.index()
    assert bench.ids("phoneb") == [second]
    assert bench.ids("quaggaphone") == []
    for answer in walking.every(bench.folder, ids=[first, second], words=["phoneb"]):
        assert b"quaggaphone" not in answer.data, answer.how


def test_a_withdrawal_can_be_revoked_and_an_erasure_cannot(bench: Bench) -> None:
    ids = published(bench)
    done = bench.decide("withdraw", ids["a"], "because")
    assert bench.ids("quaggaphone") == []
    bench.decide("revoke", done.decision.number, "a mistake")
    assert bench.ids("quaggaphone") == [ids["a"]]
    erased = bench.decide("erase", ids["a"], "because", write=True)
    with pytest.raises(Exception, match="cannot be brought back"):
        bench.decide("revoke", erased.decision.number, "a mistake")


def test_a_decision_does_not_wait_for_a_crawl(bench: Bench) -> None:
    ids = published(bench)
    with Archive.open(bench.folder, write=True, registry=bench.log.registry) as crawling:
        run = crawling.begin_run("ambershire")
        bench.decide("withdraw", ids["a"], "because")
        assert bench.ids("quaggaphone") == []
        with pytest.raises(ArchiveBusyError):
            bench.decide("erase", ids["b"], "because", write=True)
        run.finish(RunStatus.OK)


def test_an_engine_out_of_reach_holds_no_decision_up(bench: Bench) -> None:
    ids = published(bench)

    class Unreachable(Guard):
        def remove_everywhere(self, ids: object) -> None:
            raise EngineUnavailableError("no answer")

    done = bench.decide("withdraw", ids["a"], "because", engine=Unreachable(bench.engine, bench.folder))
    assert done.waiting == "no answer"
    assert bench.holds("quaggaphone") == [ids["a"]]  # it is still there
    assert bench.ids("quaggaphone") == []  # and shown to nobody
    bench.index()
    assert bench.holds("quaggaphone") == []


def test_a_guard_that_cannot_know_shows_nothing(bench: Bench) -> None:
    published(bench)
    (bench.folder / "catalogue.sqlite").write_bytes(b"no catalogue at all" * 100)
    with pytest.raises(EngineUnavailableError, match="nothing is shown"):
        bench.ids("zebraphone")


def test_the_public_log_says_what_and_when_and_never_why(bench: Bench) -> None:
    ids = published(bench)
    bench.decide("withdraw", ids["a"], "quaggaphone is a secret reason")
    start, end = _place(bench, ids["b"], "dog section")
    bench.decide("mask", ids["b"], "page", 1, start, end, "another reason")
    with Archive.open(bench.folder) as archive:
        assert [(entry.action, entry.id) for entry in archive.decisions.public_log()] == [(Action.WITHDRAW, ids["a"])]
    for answer in walking.routes(bench.folder, ids=list(ids.values()), words=["x"]):
        assert b"secret reason" not in answer.data or "/operator" in answer.how, answer.how
    for answer in walking.routes(bench.folder, ids=list(ids.values()), words=["x"], public=True):
        assert b"secret reason" not in answer.data, answer.how


def test_what_is_not_there_cannot_be_decided_about(bench: Bench) -> None:
    published(bench)
    with pytest.raises(UnknownDisclosureError):
        bench.decide("withdraw", "ambershire-nothing", "because")
