"""What only a server can do: be out of reach, be too busy, refuse a key, hold more than one request brings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from builder import letters
from elasticsearch import Elasticsearch
from maker import record

from indexer.document import FORMAT
from indexer.engines import elasticsearch as server_engine
from indexer.engines import open_engine
from indexer.engines.base import Engine, EngineDataError, EngineUnavailableError
from indexer.query import Facet, Query, Sort

HERE = Path(__file__).parent


class Stub(BaseHTTPRequestHandler):
    """A server that gives the same answer to everything."""

    status, body, product, delay = 200, b"{}", "Elasticsearch", 0.0
    bodies: ClassVar[dict[str, bytes]] = {}  # by the end of the path

    def do_POST(self) -> None:
        time.sleep(self.delay)
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.partition("?")[0]
        body = next((told for end, told in self.bodies.items() if path.endswith(end)), self.body)
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if self.product:
            self.send_header("X-Elastic-Product", self.product)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_DELETE = do_HEAD = do_POST  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def stub() -> Iterator[Callable[..., Engine]]:
    """Makes an engine that talks to a server which answers as told."""
    started: list[tuple[ThreadingHTTPServer, Engine]] = []

    def make(**told: Any) -> Engine:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Told", (Stub,), told))
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        engine = open_engine(f"elasticsearch+http://127.0.0.1:{server.server_port}/test")
        started.append((server, engine))
        return engine

    yield make
    for server, engine in started:
        engine.close()
        server.shutdown()
        server.server_close()


def error(kind: str) -> bytes:
    """An error as Elasticsearch tells it."""
    return json.dumps({"error": {"type": kind, "reason": "because"}, "status": 0}).encode()


QUESTIONS: list[Callable[[Engine], object]] = [
    lambda engine: engine.search(Query(text="canaryword")),
    lambda engine: engine.get("x"),
    lambda engine: engine.by_reference("x"),
    lambda engine: list(engine.scan(Query(text="canaryword"))),
    lambda engine: engine.similar("canaryword", limit=1),
    lambda engine: engine.versions(),
    lambda engine: engine.count(),
    lambda engine: engine.use("v-x"),
]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ({"status": 429, "body": error("circuit_breaking_exception")}, EngineUnavailableError),
        ({"status": 503, "body": error("search_phase_execution_exception")}, EngineUnavailableError),
        ({"status": 401, "body": error("security_exception")}, EngineDataError),
        ({"status": 403, "body": error("security_exception")}, EngineDataError),
        ({"product": ""}, EngineDataError),
    ],
)
def test_trouble_has_a_name_and_repeats_no_word(
    stub: Callable[..., Engine],
    question: Callable[[Engine], object],
    told: dict[str, Any],
    raised: type[Exception],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = stub(**told)
    with pytest.raises(raised) as caught:
        question(engine)
    assert "canaryword" not in str(caught.value)


def live_index(items: list[dict[str, Any]]) -> dict[str, bytes]:
    """A server with one live version, that answers a bulk request with these items."""
    told = {
        "/_alias/test-live": {"test-v-1": {"aliases": {"test-live": {}}}},
        "/_mapping": {"test-v-1": {"mappings": {"_meta": {"format": FORMAT}}}},
        "/_bulk": {"errors": True, "items": items},
    }
    return {path: json.dumps(body).encode() for path, body in told.items()}


def test_a_record_that_the_server_refuses_is_named(stub: Callable[..., Engine]) -> None:
    items = [
        {"delete": {"_id": "never", "status": 404}},
        {"index": {"_id": "good", "status": 201}},
        {"index": {"_id": "bad", "status": 400, "error": {"type": "x", "reason": "because"}}},
    ]
    report = stub(bodies=live_index(items)).update([record("good"), record("bad")], remove=["never"])
    assert (report.indexed, report.removed, report.rejected) == (1, 0, (("bad", "because"),))


def test_a_server_that_stays_busy_drops_nothing_silently(
    stub: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_engine, "RETRIES", 0)
    items = [{"index": {"_id": "late", "status": 429, "error": {"type": "x", "reason": "queue full"}}}]
    with pytest.raises(EngineUnavailableError, match="late"):
        stub(bodies=live_index(items)).update([record("late")])


def counted(records: int, *, answering: int = 1) -> bytes:
    """A count as the server gives it, of an index of one shard."""
    return json.dumps({"count": records, "_shards": {"total": 1, "successful": answering}}).encode()


def test_a_count_that_no_shard_added_to_is_no_count(stub: Callable[..., Engine]) -> None:
    engine = stub(bodies={**live_index([]), "/_count": counted(0, answering=0)})
    with pytest.raises(EngineUnavailableError, match="part of the index"):
        engine.count()


def test_a_build_that_lost_records_is_not_switched_to(stub: Callable[..., Engine]) -> None:
    items = [{"index": {"_id": "a", "status": 201}}]
    bodies = {**live_index(items), "/_count": counted(0), "/_alias/test-building": b"{}"}
    with pytest.raises(EngineDataError, match="the old one goes on serving"):
        stub(bodies=bodies).rebuild([record("a")])


def test_a_server_that_does_not_answer_is_given_up_in_time(
    stub: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_engine, "PATIENCE", 0.3)
    engine = stub(delay=1.0)
    began = time.monotonic()
    with pytest.raises(EngineUnavailableError, match="cannot be reached"):
        engine.search(Query(text="x"))
    assert time.monotonic() - began < 3


def test_nobody_there() -> None:
    engine = open_engine("elasticsearch+http://127.0.0.1:1/test")
    began = time.monotonic()
    with pytest.raises(EngineUnavailableError, match="cannot be reached"):
        engine.search(Query(text="x"))
    assert time.monotonic() - began < 3
    engine.close()


@pytest.mark.parametrize(
    "address",
    [
        "elasticsearch+http://",
        "elasticsearch+ftp://host:9200",
        "elasticsearch+https://host:9200/UPPER",
        "elasticsearch+https://host:9200/a/b",
        "elasticsearch+https://user:secret@host:9200/",
    ],
)
def test_an_address_that_is_none_says_how_to_write_one(address: str) -> None:
    with pytest.raises(EngineDataError, match="small letters") as caught:
        open_engine(address)
    assert "API key" in str(caught.value)


def test_files_of_keys_that_are_not_there_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(server_engine.KEY_FILE, str(tmp_path / "key"))
    with pytest.raises(EngineDataError, match="API_KEY_FILE"):
        open_engine("elasticsearch+https://127.0.0.1:1/x")
    monkeypatch.delenv(server_engine.KEY_FILE)
    monkeypatch.setenv(server_engine.CA_FILE, str(tmp_path / "ca"))
    with pytest.raises(EngineDataError, match="ELASTICSEARCH_CA"):
        open_engine("elasticsearch+https://127.0.0.1:1/x")


@pytest.fixture
def prefix() -> Iterator[str]:
    """Names of this test's own on the server, gone afterwards."""
    name = f"test-{uuid.uuid4().hex[:12]}"
    yield name
    with Elasticsearch(os.environ["CROSSFORCE_TEST_ELASTICSEARCH"]) as client:
        for index in client.indices.get(index=f"{name}*", expand_wildcards="all"):
            client.indices.delete(index=index)


@pytest.fixture
def client() -> Iterator[Elasticsearch]:
    """The server by hand."""
    with Elasticsearch(os.environ["CROSSFORCE_TEST_ELASTICSEARCH"]) as client:
        yield client


@pytest.fixture
def address(prefix: str) -> str:
    """Where an engine of this test's own is."""
    return f"elasticsearch+{os.environ['CROSSFORCE_TEST_ELASTICSEARCH']}/{prefix}"


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    """An engine on the server."""
    engine = open_engine(address)
    yield engine
    engine.close()


@pytest.mark.elasticsearch
class TestRealServer:
    """On the server that the environment names."""

    def test_deep_pages_and_whole_results_beyond_the_window(self, engine: Engine) -> None:
        size = 10_400
        engine.rebuild(record(f"r{n:05}", answer="word", forces=("ambershire",)) for n in range(size))
        for page, first in ((50, 9_800), (51, 10_000), (52, 10_200)):
            results = engine.search(Query(text="word", sort=Sort.NEWEST, page=page, size=200))
            assert results.total == size
            assert [hit.disclosure.id for hit in results.hits] == [f"r{n:05}" for n in range(first, first + 200)]
            assert [(v.value, v.count) for v in results.facets[Facet.FORCE]] == [("ambershire", size)]
        assert engine.search(Query(text="word", page=53, size=200)).hits == ()
        assert [found.id for found in engine.scan(Query(text="word"))] == [f"r{n:05}" for n in range(size)]

    def test_a_build_cut_short_by_a_kill_leaves_the_old_one_serving(self, engine: Engine, address: str) -> None:
        engine.rebuild(letters(0, 150))
        for wait in (0.1, 0.4, 0.9):
            process = subprocess.Popen(
                [sys.executable, HERE / "builder.py", "rebuild", address],
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": str(HERE)},
            )
            time.sleep(0.5 + wait)
            process.kill()
            said, _ = process.communicate()
            time.sleep(1)  # what the process had sent before it was killed is still carried out
            done = [tuple(map(int, line.split())) for line in said.splitlines()]
            _, size = done[-1] if done else (None, None)
            found = engine.count()
            assert found in {150, size, (size or 200) + 1}
            assert engine.search(Query(text="words", size=1)).total == found
        engine.rebuild(letters(9, 10))
        assert len(engine.versions()) == 2
        assert engine.count() == 10

    def test_no_reader_sees_fewer_while_a_build_and_a_crawl_go_on(self, engine: Engine, address: str) -> None:
        engine.rebuild(letters(1, 300))
        seen: list[int] = []
        troubles: list[BaseException] = []
        stop = threading.Event()

        def read() -> None:
            reader = open_engine(address)
            try:
                while not stop.is_set():
                    seen.append(reader.search(Query(text="words", size=1)).total)
            except BaseException as trouble:  # noqa: BLE001 - told to the test's own thread
                troubles.append(trouble)
            finally:
                reader.close()

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        crawl = open_engine(address)
        for number in range(2, 6):
            engine.rebuild(letters(number, 300 + number * 20))
            crawl.update([record(f"crawled-{number}-{n}", answer="words too") for n in range(5)])
        stop.set()
        for reader in readers:
            reader.join()
        crawl.close()
        assert not troubles
        assert len(seen) > 20
        # What a crawl adds between two builds goes into the older one, and comes again with the archive's next build.
        assert min(seen) >= 300
        assert engine.count() == 405

    def test_nothing_is_written_where_no_index_was_made(
        self, engine: Engine, client: Elasticsearch, prefix: str
    ) -> None:
        first = engine.rebuild([record("a")]).version
        client.indices.delete(index=f"{prefix}-{first}")
        with pytest.raises(EngineDataError):
            list(engine.scan(Query()))
        assert engine.count() == 0
        assert not client.indices.exists(index=f"{prefix}-live")

    def test_the_mapping_is_strict(self, engine: Engine, client: Elasticsearch, prefix: str) -> None:
        engine.rebuild([record("a", reference="FOI2017/01696")])
        found = client.options(ignore_status=400).index(index=f"{prefix}-live", document={"id": "b", "unknown": 1})
        assert found.body["error"]["type"] == "strict_dynamic_mapping_exception"
        for typed in ("FOI2017/01696", "foi 2017 1696", "FOI-2017-01696", "foi-2017-1696"):
            counted = client.count(index=f"{prefix}-live", query={"term": {"reference.typed": typed}})
            assert counted["count"] == 1, typed

    def test_an_index_of_another_edition_says_build_again(
        self, engine: Engine, client: Elasticsearch, prefix: str, address: str
    ) -> None:
        version = engine.rebuild([record("a")]).version
        client.indices.put_mapping(index=f"{prefix}-{version}", meta={"format": "0"})
        other = open_engine(address)
        with pytest.raises(EngineDataError, match="index --full"):
            other.search(Query())
        with pytest.raises(EngineDataError, match="index --full"):
            other.use(version)
        other.close()

    def test_no_slow_log_holds_a_query(self, engine: Engine, client: Elasticsearch, prefix: str) -> None:
        version = engine.rebuild([record("a")]).version
        settings = client.indices.get_settings(index=f"{prefix}-{version}", flat_settings=True)
        told = settings[f"{prefix}-{version}"]["settings"]
        limits = [value for key, value in told.items() if "slowlog.threshold" in key]
        assert limits == ["-1"] * 8

    def test_withdrawn_stays_gone_after_a_roll_back_and_a_restored_snapshot(
        self, engine: Engine, client: Elasticsearch, prefix: str
    ) -> None:
        before = engine.rebuild([record("keep", answer="x"), record("gone", answer="canary")]).version
        if not self._snapshots(client, prefix):
            pytest.fail("the test server has no folder for snapshots")
        client.snapshot.create(repository=prefix, snapshot="old", indices=f"{prefix}-*", wait_for_completion=True)
        after = engine.rebuild([record("keep", answer="x"), record("gone", answer="canary")]).version
        engine.remove_everywhere(["gone"])
        client.indices.delete(index=f"{prefix}-{before}")
        client.snapshot.restore(
            repository=prefix, snapshot="old", indices=f"{prefix}-v-*", include_aliases=False, wait_for_completion=True
        )
        assert [(version.name, version.live) for version in engine.versions()] == [(after, True), (before, False)]
        engine.remove_everywhere(["gone"])  # what `crossforce index --use` does before it switches
        engine.use(before)
        assert (engine.count(), engine.get("gone"), engine.search(Query(text="canary")).total) == (1, None, 0)
        with suppress(Exception):
            client.snapshot.delete_repository(name=prefix)

    @staticmethod
    def _snapshots(client: Elasticsearch, name: str) -> bool:
        nodes = client.nodes.info(metric="settings")["nodes"].values()
        folders = [folder for node in nodes for folder in node["settings"]["path"].get("repo", [])]
        if not folders:
            return False
        client.snapshot.create_repository(
            name=name, repository={"type": "fs", "settings": {"location": f"{folders[0]}/{name}"}}
        )
        return True
