"""How the set-up scripts reach Elasticsearch: by the same variables as the site, with a key or with a password."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

DEFAULT_PREFIX = "crossforce"
PATIENCE = 60.0  # seconds for one answer: a snapshot is begun, a key made, on a server that may just have started


@dataclass(frozen=True, slots=True)
class Server:
    """A client, and the prefix of the names that this deployment uses there."""

    client: Elasticsearch
    prefix: str


def connect(environment: Mapping[str, str] = os.environ) -> Server:
    """The server that ``CROSSFORCE_ENGINE`` names. Raises ``SystemExit`` with what is missing.

    A key comes from the file ``CROSSFORCE_ELASTICSEARCH_API_KEY_FILE`` names. Where there is none, the password of
    ``CROSSFORCE_ELASTICSEARCH_USER`` (``elastic``) comes from ``CROSSFORCE_ELASTICSEARCH_PASSWORD_FILE``.
    """
    scheme, _, rest = environment.get("CROSSFORCE_ENGINE", "").removeprefix("elasticsearch+").partition("://")
    hosts, _, prefix = rest.partition("/")
    if scheme not in {"http", "https"} or not hosts:
        raise SystemExit("CROSSFORCE_ENGINE must be like elasticsearch+https://elasticsearch:9200/crossforce.")
    authority = environment.get("CROSSFORCE_ELASTICSEARCH_CA")
    trust: dict[str, Any] = {"ca_certs": authority} if authority and scheme == "https" else {}
    client = Elasticsearch(
        [f"{scheme}://{host}" for host in hosts.split(",")],
        request_timeout=PATIENCE,
        **trust,
    )
    return Server(_signed_in(client, environment), prefix.strip("/") or DEFAULT_PREFIX)


def _signed_in(client: Elasticsearch, environment: Mapping[str, str]) -> Elasticsearch:
    if path := environment.get("CROSSFORCE_ELASTICSEARCH_API_KEY_FILE"):
        return client.options(api_key=_secret(path))
    if path := environment.get("CROSSFORCE_ELASTICSEARCH_PASSWORD_FILE"):
        return client.options(basic_auth=(environment.get("CROSSFORCE_ELASTICSEARCH_USER", "elastic"), _secret(path)))
    return client


def _secret(path: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise SystemExit(f"{path} cannot be read: {error.strerror}.") from error
