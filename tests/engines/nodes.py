"""What the engine tests share about servers: how an engine is opened, and a secured node with its keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import elasticsearch_server
from elasticsearch import Elasticsearch

from indexer.engines.base import Engine

Opener = Callable[[], Engine]
INDEXER_PRIVILEGES = ["read", "write", "manage"]  # docs/deploy.md gives the same
SITE_PRIVILEGES = ["read", "view_index_metadata"]


@dataclass(frozen=True)
class Secured:
    """A server with TLS and keys, which refuses expensive queries. ``admin`` may do everything."""

    cluster: elasticsearch_server.Cluster
    admin: Elasticsearch

    def key(self, folder: Path, name: str, privileges: list[str]) -> Path:
        """The file of a key that may do this with the indices ``secured-…`` and nothing else."""
        role = {"cluster": [], "indices": [{"names": ["secured-*"], "privileges": privileges}]}
        made = self.admin.security.create_api_key(name=name, role_descriptors={name: role})
        path = folder / f"{name}.key"
        path.write_text(made["encoded"] + "\n", "ascii")
        return path
