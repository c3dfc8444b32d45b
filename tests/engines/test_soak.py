"""Long checks: a cluster whose nodes die, and exports of 200,000 records in flat memory."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import elasticsearch_server
import pytest
from maker import record

from indexer.disclosure import Disclosure
from indexer.engines import open_engine
from indexer.engines.base import Engine, EngineUnavailableError
from indexer.query import Query, Results, Sort

pytestmark = pytest.mark.soak
SIZE = 200_000
FLAT = 60_000  # kB: the growth between a tenth and the whole of a walk; 200,000 records would be some 400,000


def letters(size: int, word: str = "word", pause: Callable[[int], None] = lambda n: None) -> Iterator[Disclosure]:
    """Small records, told apart by their ids."""
    for n in range(size):
        pause(n)
        yield record(f"letter-{n:06}", answer=f"{word} {n} " + "of some letter or other " * 5)


def anonymous_memory() -> int:
    """Memory of this process in kB, files that are mapped left out."""
    found = re.search(r"RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found
    return int(found[1])


class Export:
    """A walk over 200,000 records takes no more memory at its end than near its beginning."""

    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls, request: pytest.FixtureRequest) -> Engine:
        engine: Engine = request.getfixturevalue("opener")()
        engine.rebuild(letters(SIZE))
        return engine

    @pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.RELEVANCE])
    def test_flat(self, engine: Engine, sort: Sort) -> None:
        query = Query(text="word", sort=sort)
        seen, early = 0, 0
        for _ in engine.scan(query):
            seen += 1
            if seen == SIZE // 10:
                early = anonymous_memory()
        assert anonymous_memory() - early < FLAT
        assert seen == engine.search(query).total == SIZE

    def test_the_last_page_can_be_reached(self, engine: Engine) -> None:
        results = engine.search(Query(sort=Sort.NEWEST, page=SIZE // 200, size=200))
        assert [hit.disclosure.id for hit in results.hits] == [f"letter-{n:06}" for n in range(SIZE - 200, SIZE)]


class TestInFolder(Export):
    """In a folder."""


@pytest.mark.elasticsearch
class TestElasticsearch(Export):
    """On the server that the environment names."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the cluster is written down."""
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture(scope="module")
def cluster(folder: Path) -> Iterator[elasticsearch_server.Cluster]:
    """Three nodes."""
    yield elasticsearch_server.start(folder, nodes=3)
    elasticsearch_server.stop(folder)


@pytest.fixture
def engine(cluster: elasticsearch_server.Cluster, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine that knows all three addresses."""
    hosts = ",".join(node.url.removeprefix("http://") for node in cluster.nodes)
    engine = open_engine(f"elasticsearch+http://{hosts}/soak-{abs(hash(request.node.name))}")
    yield engine
    engine.close()


def complete(engine: Engine, total: int, within: float) -> Results:
    """Search until the answer is whole again."""
    deadline = time.monotonic() + within
    while True:
        try:
            results = engine.search(Query(text="of", size=1))
            if not results.partial:
                assert results.total == total
                return results
        except EngineUnavailableError:
            pass
        assert time.monotonic() < deadline, "it did not recover"
        time.sleep(0.5)


@pytest.mark.elasticsearch
class TestCluster:
    """Nodes are killed as a power cut would; nothing is lost, and nothing partial is passed off as whole."""

    def test_killed_while_searching(self, cluster: elasticsearch_server.Cluster, engine: Engine, folder: Path) -> None:
        engine.rebuild(letters(3000))
        seen: list[Results | EngineUnavailableError] = []
        stop = threading.Event()

        def read() -> None:
            while not stop.is_set():
                try:
                    seen.append(engine.search(Query(text="of", size=1)))
                except EngineUnavailableError as trouble:
                    seen.append(trouble)

        for victim in cluster.nodes:
            reader = threading.Thread(target=read)
            reader.start()
            time.sleep(1)
            elasticsearch_server.kill(victim)
            complete(engine, 3000, within=120)
            stop.set()
            reader.join()
            stop.clear()
            elasticsearch_server.restart(cluster, victim, folder=folder)
        whole = [results for results in seen if isinstance(results, Results) and not results.partial]
        assert {results.total for results in whole} == {3000}
        assert len(whole) > len(seen) / 2

    @pytest.mark.parametrize("action", ["rebuild", "update"])
    def test_killed_while_writing(
        self, cluster: elasticsearch_server.Cluster, engine: Engine, folder: Path, action: str
    ) -> None:
        engine.rebuild(letters(10, "older"))
        killed = threading.Event()

        def pause(number: int) -> None:
            if number == 6000 and not killed.is_set():
                killed.set()
                elasticsearch_server.kill(cluster.nodes[1])

        report = getattr(engine, action)(letters(20_000, action, pause))
        assert killed.is_set()
        assert (report.indexed, report.rejected) == (20_000, ())
        complete(engine, 20_000, within=120)
        assert engine.search(Query(text=f'"{action}"')).total == 20_000
        assert sum(1 for _ in engine.scan(Query(text=action))) == 20_000
        elasticsearch_server.restart(cluster, cluster.nodes[1], folder=folder)

    def test_all_stopped_is_said_in_time_and_comes_back_by_itself(
        self, cluster: elasticsearch_server.Cluster, engine: Engine, folder: Path
    ) -> None:
        engine.rebuild(letters(100))
        for node in cluster.nodes:
            elasticsearch_server.kill(node)
        began = time.monotonic()
        with pytest.raises(EngineUnavailableError):
            engine.search(Query(text="of"))
        assert time.monotonic() - began < 20
        for node in cluster.nodes:
            elasticsearch_server.launch_again(node, folder=folder)
        complete(engine, 100, within=180)
