"""Engines for the contract: which one, by the name of the class that takes the contract over."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

sys.path.insert(0, str(Path(__file__).parents[1]))  # elasticsearch_server
sys.path.insert(0, str(Path(__file__).parent))  # contract, maker and reference are shared by the files of this folder
pytest.register_assert_rewrite("contract")

import elasticsearch_server  # noqa: E402
from nodes import INDEXER_PRIVILEGES, Opener, Secured  # noqa: E402

from indexer.engines import open_engine  # noqa: E402
from indexer.engines.base import Engine  # noqa: E402
from indexer.engines.elasticsearch import CA_FILE, KEY_FILE  # noqa: E402


@pytest.fixture(scope="session")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """Started once, beside the plain server that the environment names."""
    folder = tmp_path_factory.mktemp("secured")
    cluster = elasticsearch_server.start(folder, secure=True)
    login = (elasticsearch_server.ADMIN, elasticsearch_server.PASSWORD)
    with Elasticsearch(cluster.url, basic_auth=login, ca_certs=str(cluster.ca)) as admin:
        admin.cluster.put_settings(persistent={"search.allow_expensive_queries": False})
        yield Secured(cluster, admin)
    elasticsearch_server.stop(folder)


@pytest.fixture(scope="class")
def opener(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
    """Opens a new, empty engine of the class's kind at each call; all are closed, and servers tidied, at the end."""
    opened: list[Engine] = []
    prefixes: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        kind, url = request.cls.__name__, os.environ.get("CROSSFORCE_TEST_ELASTICSEARCH", "")
        if kind == "TestSecured":
            secured = request.getfixturevalue("secured")
            url = secured.cluster.url
            key = secured.key(tmp_path_factory.mktemp("keys"), "indexer", INDEXER_PRIVILEGES)
            patch.setenv(KEY_FILE, str(key))
            patch.setenv(CA_FILE, str(secured.cluster.ca))

        def address() -> str:
            if kind == "TestInMemory":
                return "memory:"
            if kind == "TestInFolder":
                return f"path:{tmp_path_factory.mktemp('engine') / 'index'}"
            prefixes.append(f"{'secured' if kind == 'TestSecured' else 'test'}-{uuid.uuid4().hex[:12]}")
            return f"elasticsearch+{url}/{prefixes[-1]}"

        def open_new() -> Engine:
            opened.append(open_engine(address()))
            return opened[-1]

        yield open_new
    for engine in opened:
        engine.close()
    if prefixes and kind == "TestElasticsearch":
        _tidy(prefixes)


@pytest.fixture
def engine(opener: Opener) -> Engine:
    """An engine without any index."""
    return opener()


def _tidy(prefixes: list[str]) -> None:
    with Elasticsearch(os.environ["CROSSFORCE_TEST_ELASTICSEARCH"]) as client:
        for prefix in prefixes:
            for name in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
                client.indices.delete(index=name)
