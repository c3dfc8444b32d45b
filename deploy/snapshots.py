#!/usr/bin/env python3
"""Snapshots of the search index: taken, listed, thinned out, restored.

    snapshots.py take [--keep N] | list | restore NAME

A snapshot saves the hours of a rebuild and nothing more: the index can always be made again from the archive. Only
whole versions are taken. A restored version is one that is kept and not in use, until ``crossforce index --use`` has
taken out of it what was withdrawn meanwhile.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from server import Server, connect

KEPT: Final = 14  # two weeks of daily snapshots; they share what did not change
WAITING: Final = 1.0  # seconds between two looks at how far the server is
LONGEST: Final = 6 * 3600.0  # of one snapshot: the first copies everything, perhaps to a slow disk


def whole_versions(server: Server) -> list[str]:
    """Indices of versions, those left out that are just being built."""
    found = server.client.indices.get_alias(index=f"{server.prefix}-v-*").body
    return sorted(index for index, row in found.items() if f"{server.prefix}-building" not in row["aliases"])


def names(server: Server) -> list[str]:
    """Snapshots, oldest first; those that are being taken are not among them."""
    found = server.client.snapshot.get(repository=server.prefix, snapshot="*")["snapshots"]
    return sorted(row["snapshot"] for row in found if row["state"] == "SUCCESS")


def take(server: Server, keep: int) -> str:
    """Take one and throw the oldest away. Raises ``SystemExit`` where there is no index, or not all of it was taken."""
    indices = whole_versions(server)
    if not indices:
        raise SystemExit("There is no index to take a snapshot of yet.")
    name = f"{server.prefix}-{datetime.now(UTC):%Y%m%dt%H%M%Sz}"
    server.client.snapshot.create(
        repository=server.prefix,
        snapshot=name,
        indices=",".join(indices),
        include_global_state=False,  # keys and settings are made by the set-up, not carried about
        wait_for_completion=False,
    )
    deadline = time.monotonic() + LONGEST
    while (state := _state(server, name)) == "IN_PROGRESS":
        if time.monotonic() > deadline:
            raise SystemExit(f"The snapshot {name} is still not done.")
        time.sleep(WAITING)
    if state != "SUCCESS":
        raise SystemExit(f"The snapshot {name} ended as {state}; the older ones are left alone.")
    old = names(server)[:-keep]
    if old:
        server.client.snapshot.delete(repository=server.prefix, snapshot=",".join(old))
    return f"{name} holds {len(indices)} versions{f'; {len(old)} older thrown away' if old else ''}"


def _state(server: Server, name: str) -> str:
    found = server.client.snapshot.get(repository=server.prefix, snapshot=name)["snapshots"]
    return str(found[0]["state"])


def restore(server: Server, name: str) -> str:
    """Bring back the versions of a snapshot that are not there. Raises ``SystemExit`` where there is nothing to do."""
    found = server.client.snapshot.get(repository=server.prefix, snapshot=name)["snapshots"][0]["indices"]
    missing = sorted(set(found) - set(server.client.indices.get_alias(index=f"{server.prefix}-v-*").body))
    if not missing:
        raise SystemExit(f"Every version of {name} is there already: {', '.join(sorted(found))}.")
    server.client.options(request_timeout=LONGEST).snapshot.restore(
        repository=server.prefix,
        snapshot=name,
        indices=",".join(missing),
        include_aliases=False,  # readers go on with the version that they have
        include_global_state=False,
        wait_for_completion=True,
    )
    versions = [index.removeprefix(f"{server.prefix}-") for index in missing]
    return f"back and not yet in use: {', '.join(versions)}. Now run: crossforce index --use {versions[-1]}"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    actions = parser.add_subparsers(dest="action", required=True)
    taking = actions.add_parser("take", help="take one, then throw the oldest away")
    taking.add_argument("--keep", type=int, default=KEPT, help="snapshots that stay, the new one among them")
    actions.add_parser("list", help="names, oldest first")
    actions.add_parser("restore", help="bring versions back, not in use").add_argument("name")
    chosen = parser.parse_args(arguments)
    if chosen.action == "take" and chosen.keep < 1:
        parser.error("--keep must be at least 1: the new one stays")
    server = connect()
    if chosen.action == "list":
        print("\n".join(names(server)))
    else:
        done = take(server, chosen.keep) if chosen.action == "take" else restore(server, chosen.name)
        print(f"snapshots: {done}", file=sys.stderr)


if __name__ == "__main__":
    main()
