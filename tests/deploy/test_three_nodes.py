"""Three nodes with the deployment's settings: the further ones join the first, and one may go."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import elasticsearch_server
import pytest
import yaml
from composed import PREFIX, ROOT, Deployed, as_deployed, certificates, command, run
from elasticsearch import Elasticsearch

from indexer.engines import open_engine
from indexer.engines.elasticsearch import CA_FILE, KEY_FILE
from indexer.query import Query

sys.path.insert(0, str(ROOT / "tests" / "engines"))

from maker import record

pytestmark = [pytest.mark.elasticsearch, pytest.mark.soak]


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Deployed]:
    """As deploy/three-nodes.yml has it: the first founds the cluster, the others only know where to look."""
    certificates(tmp_path)
    (tmp_path / "password").write_text(elasticsearch_server.PASSWORD + "\n", "ascii")
    (tmp_path / "keys").mkdir()
    ours = as_deployed(tmp_path)

    def configure(places: list[Path]) -> Path:
        trusted = ours(places)
        for number, place in enumerate(places):
            path = place / "conf" / "elasticsearch.yml"
            settings = yaml.safe_load(path.read_text("utf-8"))
            founders = settings.pop("cluster.initial_master_nodes")
            if number == 0:
                settings["cluster.initial_master_nodes"] = founders[:1]
            path.write_text(yaml.safe_dump(settings), "utf-8")
        return trusted

    cluster = elasticsearch_server.start(tmp_path, nodes=3, secure=True, configure=configure)
    login = (elasticsearch_server.ADMIN, elasticsearch_server.PASSWORD)
    try:
        with Elasticsearch([n.url for n in cluster.nodes], basic_auth=login, ca_certs=str(cluster.ca)) as admin:
            yield Deployed(cluster, tmp_path, admin)
    finally:
        elasticsearch_server.stop(tmp_path)


def test_one_of_three_may_go(three: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    all_three = ",".join(node.url.removeprefix("https://") for node in three.cluster.nodes)
    told = {"CROSSFORCE_ENGINE": f"elasticsearch+https://{all_three}/{PREFIX}"}
    run(command("access", three.places), **{**three.environment(), **told})
    assert three.admin.cluster.health(wait_for_nodes="3", timeout="60s")["number_of_nodes"] == 3
    monkeypatch.setenv(CA_FILE, three.environment("indexer")[CA_FILE])
    monkeypatch.setenv(KEY_FILE, three.environment("indexer")[KEY_FILE])
    engine = open_engine(told["CROSSFORCE_ENGINE"])
    engine.rebuild(record(f"r{n}", answer="word") for n in range(50))
    found = three.admin.cluster.health(index=f"{PREFIX}-live", wait_for_status="green", timeout="60s")
    assert (found["status"], found["timed_out"]) == ("green", False)  # a second copy, made by itself
    elasticsearch_server.kill(three.cluster.nodes[0])
    assert engine.search(Query(text="word")).total == 50
    engine.update([record("later", answer="word")])
    assert engine.search(Query(text="word")).total == 51
    elasticsearch_server.restart(three.cluster, three.cluster.nodes[0], folder=three.folder)
    assert three.admin.cluster.health(wait_for_nodes="3", timeout="120s")["number_of_nodes"] == 3
    assert engine.count() == 51
    engine.close()
