"""What the compose file would run, run here: commands are taken from it word by word, with this machine's paths."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from elasticsearch import Elasticsearch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # elasticsearch_server

import elasticsearch_server

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "crossforce"
LETTER = """Ambershire Police
Our reference: FOI 2024/00017
Date: 12 March 2024

Dear requester,

You asked how many herons nest on the roofs of police stations.

We hold no information on nesting birds. The information is not held.
"""


def compose() -> dict[str, Any]:
    """The compose file, its anchors resolved and its variables as written."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return loaded


def command(service: str, places: Mapping[str, Path | str]) -> list[str]:
    """The command of a service, with the folders and addresses of the container replaced by these."""
    return [at_home(word, places) for word in compose()["services"][service]["command"]]


def at_home(word: str, places: Mapping[str, Path | str]) -> str:
    """One word of a command, on this machine."""
    for there, here in {"/srv/deploy": ROOT / "deploy", **places}.items():
        word = word.replace(there, str(here))
    return word


def run(words: Sequence[str], *, expect: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command with nothing of ours in its environment but what is named; its status must be the expected one."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("CROSSFORCE_", "ELASTIC"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        words, env={**clean, "PATH": path, **environment}, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == expect, done.stdout + done.stderr
    return done


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Deployed:
    """A node that runs with the deployment's own files, and what the set-up made for the services."""

    cluster: elasticsearch_server.Cluster
    folder: Path
    admin: Elasticsearch

    @property
    def engine(self) -> str:
        """What the services get as CROSSFORCE_ENGINE."""
        return f"elasticsearch+{self.cluster.url}/{PREFIX}"

    def environment(self, service: str | None = None) -> dict[str, str]:
        """The variables of a service with its key; without one, of the set-up with the administrator's password."""
        common = {
            "CROSSFORCE_ENGINE": self.engine,
            "CROSSFORCE_ELASTICSEARCH_CA": str(self.folder / "trust" / "ca.pem"),
        }
        if service:
            return {**common, "CROSSFORCE_ELASTICSEARCH_API_KEY_FILE": str(self.folder / "keys" / service / "key")}
        return {
            **common,
            "CROSSFORCE_ELASTICSEARCH_USER": elasticsearch_server.ADMIN,
            "CROSSFORCE_ELASTICSEARCH_PASSWORD_FILE": str(self.folder / "password"),
        }

    @property
    def places(self) -> dict[str, Path | str]:
        """Folders of the containers on this machine."""
        snapshots = self.cluster.nodes[0].folder.parent / "snapshots"
        return {"/keys": self.folder / "keys", "--snapshots": "--snapshots", "/snapshots": snapshots}


def certificates(folder: Path) -> None:
    """What the service ``certificates`` does."""
    places = {name: folder / name[1:] for name in ("/authority", "/server", "/trust")}
    for place in places.values():
        place.mkdir(exist_ok=True)
    run(command("certificates", places))


def as_deployed(folder: Path) -> Callable[[list[Path]], Path]:
    """Gives nodes of the test server the deployment's settings and certificates; ports and paths stay the test's."""

    def configure(places: list[Path]) -> Path:
        ours = yaml.safe_load((ROOT / "deploy" / "elasticsearch.yml").read_text("utf-8"))
        for place in places:
            shutil.copytree(folder / "server", place / "conf" / "certificates")
            settings = yaml.safe_load((place / "conf" / "elasticsearch.yml").read_text("utf-8"))
            kept = {key: value for key, value in settings.items() if key.startswith("path.")}
            (place / "conf" / "elasticsearch.yml").write_text(yaml.safe_dump({**settings, **ours, **kept}), "utf-8")
            with (place / "conf" / "jvm.options").open("a", encoding="ascii") as options:
                options.write((ROOT / "deploy" / "jvm.options").read_text("ascii"))
        return folder / "trust" / "ca.pem"

    return configure
