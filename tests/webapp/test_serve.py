"""The real server in a process of its own: where it listens, and that it keeps nothing of what is asked."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from siterecords import CORPUS

import samples
from indexer.engines import open_engine

CANARY = "canarywordqx"
STARTING = 60  # seconds that a start may take on a busy machine


@dataclass
class Served:
    """A running site."""

    process: subprocess.Popen[str]
    port: int
    folder: Path

    def get(self, address: str, host: str = "127.0.0.1") -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", address, headers={"Host": f"{host}:{self.port}"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def end(self) -> str:
        """Interrupt it as a person does; everything that it printed."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=30)
        return said


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "crossforce", "serve", *words]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive folder with an index in it, and nothing else."""
    home = tmp_path / "archive"
    home.mkdir()
    shutil.copyfile(samples.registry_path(), home / "forces.toml")
    engine = open_engine(f"path:{home / 'index'}")
    engine.rebuild(CORPUS)
    engine.close()
    return home


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    process = subprocess.Popen(
        command("--port", "0", "--archive", str(folder)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    assert process.stderr
    first: list[str] = []
    waiting = threading.Thread(target=lambda: first.append(process.stderr.readline()))  # type: ignore[union-attr]
    waiting.start()
    waiting.join(STARTING)
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", first[0] if first else "")
    if not found:
        process.kill()
        pytest.fail(f"no address was printed: {first} {process.communicate()}")
    yield Served(process, int(found[1]), folder)
    if process.poll() is None:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "foi.news.example"])
def test_a_reading_room_is_never_opened_to_elsewhere(host: str, folder: Path) -> None:
    done = subprocess.run(
        command("--host", host, "--port", "0", "--archive", str(folder)),
        capture_output=True,
        text=True,
        timeout=STARTING,
    )
    assert done.returncode == 2
    assert "--public" in done.stderr
    assert not done.stdout


def test_the_address_is_printed_and_only_this_machine_reached(served: Served) -> None:
    assert served.get("/healthz") == (200, f'{{"records":{len(CORPUS)},"status":"ok"}}\n')
    assert served.get("/search?q=drones")[0] == 200
    assert served.get("/search?q=drones", host="evil.example")[0] == 400
    with pytest.raises(ConnectionRefusedError):  # another address of this machine, where nothing listens
        socket.create_connection(("127.0.0.2", served.port), timeout=5)
    assert "Traceback" not in served.end()


def test_no_word_that_was_asked_is_kept_anywhere(served: Served) -> None:
    routes = [
        f"/search?q={CANARY}",
        f"/search?q={CANARY}&view=table",
        f"/search?q=({CANARY}",
        f"/search?q=outcome:{CANARY}",
        f"/search?force={CANARY}",
        f"/search?{CANARY}=1",
        f"/search?page={CANARY}",
        f"/record/drones-a1?q={CANARY}",
        f"/record/{CANARY}",
        f"/record/{CANARY}/text.txt",
        f"/record/drones-a1/attachment/{CANARY}",
        f"/force/{CANARY}",
        f"/provision/FOIA/{CANARY}",
        f"/provision/{CANARY}/31",
        f"/export.csv?q={CANARY}",
        f"/export.jsonl?q={CANARY}",
        f"/feed.atom?q={CANARY}",
        f"/api/search?q={CANARY}",
        f"/api/search?q=({CANARY}",
        f"/api/record/{CANARY}",
        f"/static/{CANARY}",
        f"/{CANARY}",
        f"/search?q={quote(chr(0))}{CANARY}",
        f"/search?q=%ff%fe{CANARY}",
    ]
    for route in routes:
        status, _ = served.get(route)
        assert status < 500, route
    broken = socket.create_connection(("127.0.0.1", served.port))
    broken.sendall(f"GET /{CANARY} NONSENSE\r\n{CANARY}\r\n\r\n".encode())
    broken.recv(4096)
    broken.close()
    live = (served.folder / "index" / "live").read_bytes()
    (served.folder / "index" / "live").write_bytes(b"v-nowhere")  # an engine that fails in the middle of a question
    assert served.get(f"/search?q={CANARY}")[0] in {500, 503}
    (served.folder / "index" / "live").write_bytes(live)
    said = served.end()
    assert CANARY not in said
    for file in served.folder.rglob("*"):
        if file.is_file():
            assert CANARY.encode() not in file.read_bytes(), file


def test_reader_who_leaves_in_the_middle_leaves_no_trace_and_no_place_taken(served: Served) -> None:
    for _ in range(6):
        gone = socket.create_connection(("127.0.0.1", served.port))
        gone.sendall(f"GET /export.jsonl?q=-{CANARY} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        gone.recv(100)
        gone.close()
    deadline = time.monotonic() + 10  # the server notices that a reader has left when it next writes to him
    while (answer := served.get("/export.csv?q=heron"))[0] == 429 and time.monotonic() < deadline:
        time.sleep(1)
    status, body = answer
    assert status == 200
    assert body.count("\r\n") == 2
    assert CANARY not in served.end()
