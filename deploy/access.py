#!/usr/bin/env python3
"""Keys of few rights, and a place for snapshots: what the other services need before they can speak to Elasticsearch.

    access.py --keys DIR [--snapshots DIR] [--renew]

Run with the administrator's password after every start. ``--keys`` gets a folder for each service with its key in it:
a service that can read its own folder alone has its own rights alone. ``--renew`` makes new keys and ends the old.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import elasticsearch
from certificates import replace
from elasticsearch import Elasticsearch
from server import connect

STARTING: Final = 180.0  # seconds: three nodes on two busy cores were up after 39
KEY_FILE: Final = "key"


def roles(prefix: str) -> dict[str, dict[str, Any]]:
    """What each service may do, and nothing else. ``docs/deploy.md`` gives the same."""
    own = [f"{prefix}-*"]
    return {
        "site": {"cluster": [], "indices": [{"names": own, "privileges": ["read", "view_index_metadata"]}]},
        "indexer": {"cluster": [], "indices": [{"names": own, "privileges": ["read", "write", "manage"]}]},
        "snapshots": {
            # there is no named privilege for taking old snapshots away that gives less than the whole cluster
            "cluster": ["create_snapshot", "cluster:admin/snapshot/delete"],
            "indices": [{"names": own, "privileges": ["view_index_metadata"]}],
        },
    }


def wait(client: Elasticsearch, patience: float = STARTING) -> None:
    """Until the server answers and can keep keys; raises ``SystemExit`` where it does not."""
    deadline = time.monotonic() + patience
    while True:
        try:
            if not client.cluster.health(wait_for_status="yellow", timeout="5s")["timed_out"]:
                return
            why = "it is not yet whole"
        except elasticsearch.AuthenticationException:
            why = "it does not take the password"  # a server that has just started may not know it yet
        except (elasticsearch.TransportError, elasticsearch.ApiError) as error:
            why = type(error).__name__
        if time.monotonic() > deadline:
            raise SystemExit(f"Elasticsearch is not ready: {why}.")
        time.sleep(1)


def refuse_expensive(client: Elasticsearch) -> None:
    """Raise ``SystemExit`` where the server would run queries that a reader could slow everybody down with."""
    found = client.cluster.get_settings(include_defaults=True, flat_settings=True).body
    told = {**found["defaults"], **found["persistent"], **found["transient"]}
    if told.get("search.allow_expensive_queries") != "false":
        raise SystemExit("This server allows expensive queries: start it with deploy/elasticsearch.yml.")


def keep_key(client: Elasticsearch, folder: Path, name: str, role: dict[str, Any], *, renew: bool) -> str:
    """See that ``folder`` holds a working key with exactly these rights; what was done, in words."""
    path = folder / KEY_FILE
    held = None if renew else _id_of(client, path)
    if held is not None:
        changed = client.security.update_api_key(id=held, role_descriptors={name: role})["updated"]
        return "rights brought up to date" if changed else "good"
    made = client.security.create_api_key(name=name, role_descriptors={name: role})
    folder.mkdir(exist_ok=True)
    replace(path, f"{made['encoded']}\n".encode("ascii"), 0o400)
    others = [key["id"] for key in client.security.get_api_key(name=name, active_only=True)["api_keys"]]
    if old := [key for key in others if key != made["id"]]:
        client.security.invalidate_api_key(ids=old)
    return f"made{f', {len(old)} older ended' if old else ''}"


def _id_of(client: Elasticsearch, path: Path) -> str | None:
    """The id of the key in a file; None where there is none, or the server does not know it."""
    if not path.exists():
        return None
    try:
        found = client.options(api_key=path.read_text("ascii").strip()).security.authenticate()
    except elasticsearch.AuthenticationException:
        return None
    return str(found["api_key"]["id"])


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--keys", type=Path, required=True, help="folder that gets site/key, indexer/key, snapshots/key"
    )
    parser.add_argument("--snapshots", help="folder for snapshots, as the server sees it (path.repo)")
    parser.add_argument("--renew", action="store_true", help="make new keys and end the old ones")
    chosen = parser.parse_args(arguments)
    os.umask(0o077)
    server = connect()
    wait(server.client)
    refuse_expensive(server.client)
    for service, role in roles(server.prefix).items():
        name = f"{server.prefix}-{service}"
        done = keep_key(server.client, chosen.keys / service, name, role, renew=chosen.renew)
        print(f"access: key of {service}: {done}", file=sys.stderr)
    if chosen.snapshots:
        repository = {"type": "fs", "settings": {"location": chosen.snapshots, "compress": True}}
        server.client.snapshot.create_repository(name=server.prefix, repository=repository)
        print(f"access: snapshots go to {chosen.snapshots}", file=sys.stderr)


if __name__ == "__main__":
    main()
