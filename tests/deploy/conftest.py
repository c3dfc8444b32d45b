"""A node that runs with the deployment's own files, set up by the compose file's own commands."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

sys.path.insert(0, str(Path(__file__).resolve().parent))  # composed
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # elasticsearch_server

import elasticsearch_server
from composed import Deployed, as_deployed, certificates, command, run


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """One node with the deployment's settings, certificates and keys, set up by the compose file's commands."""
    folder = tmp_path_factory.mktemp("deployed")
    certificates(folder)
    (folder / "password").write_text(elasticsearch_server.PASSWORD + "\n", "ascii")
    (folder / "keys").mkdir()
    cluster = elasticsearch_server.start(folder, secure=True, configure=as_deployed(folder))
    login = (elasticsearch_server.ADMIN, elasticsearch_server.PASSWORD)
    try:
        with Elasticsearch(cluster.url, basic_auth=login, ca_certs=str(cluster.ca)) as admin:
            node = Deployed(cluster, folder, admin)
            run(command("access", node.places), **node.environment())
            yield node
    finally:
        elasticsearch_server.stop(folder)
