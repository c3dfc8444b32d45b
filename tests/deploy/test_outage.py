"""The server of a site that runs is killed and comes back: readers are told in words, and need do nothing."""

from __future__ import annotations

import time
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import elasticsearch_server
import pytest
from composed import LETTER, PREFIX, Deployed, as_deployed, certificates, command, run
from elasticsearch import Elasticsearch
from served import Served

pytestmark = [pytest.mark.elasticsearch, pytest.mark.soak]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Deployed]:
    """A node of this test's own, since it is killed."""
    certificates(tmp_path)
    (tmp_path / "password").write_text(elasticsearch_server.PASSWORD + "\n", "ascii")
    (tmp_path / "keys").mkdir()
    cluster = elasticsearch_server.start(tmp_path, secure=True, configure=as_deployed(tmp_path))
    login = (elasticsearch_server.ADMIN, elasticsearch_server.PASSWORD)
    try:
        with Elasticsearch(cluster.url, basic_auth=login, ca_certs=str(cluster.ca)) as admin:
            yield Deployed(cluster, tmp_path, admin)
    finally:
        elasticsearch_server.stop(tmp_path)


def test_the_site_says_so_in_time_and_recovers_by_itself(own: Deployed, tmp_path: Path) -> None:
    run(command("access", own.places), **own.environment())
    archive = tmp_path / "archive"
    (tmp_path / "letter.txt").write_text(LETTER, "utf-8")
    run(["crossforce", "import", str(tmp_path / "letter.txt"), "--archive", str(archive)])
    run(["crossforce", "index"], CROSSFORCE_ARCHIVE=str(archive), **own.environment("indexer"))
    served = Served({**own.environment("site"), "CROSSFORCE_ARCHIVE": str(archive)}, tmp_path / "said.log")
    try:
        served.wait()
        assert "FOI 2024/00017" in served.page("/search?q=herons")
        elasticsearch_server.kill(own.cluster.nodes[0])
        for path in ("/search?q=herons", "/healthz", "/export.csv?q=herons"):
            began = time.monotonic()
            with pytest.raises(urllib.error.HTTPError) as told:
                served.page(path)
            assert told.value.code == 503
            assert int(told.value.headers["Retry-After"]) > 0
            assert path == "/healthz" or b"this is no empty result" in told.value.read()
            assert time.monotonic() - began < 20
        elasticsearch_server.restart(own.cluster, own.cluster.nodes[0], folder=own.folder)
        own.admin.cluster.health(index=f"{PREFIX}-live", wait_for_status="yellow", timeout="60s")
        assert "FOI 2024/00017" in served.page("/search?q=herons")
    finally:
        said = served.end()
    assert "herons" not in said
