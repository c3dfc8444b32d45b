"""The site as the compose file starts it, on a port of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from composed import command, free_port


class Served:
    """A running gunicorn, and all that it has said."""

    def __init__(self, environment: dict[str, str], said: Path) -> None:
        self.port, self.said = free_port(), said
        self.url = f"http://127.0.0.1:{self.port}"
        words = command("site", {"0.0.0.0:8000": f"127.0.0.1:{self.port}"})
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        with said.open("ab") as file:
            self.process = subprocess.Popen(
                words, env={"PATH": path, **environment}, cwd=said.parent, stdout=file, stderr=file
            )

    def wait(self) -> None:
        """Until it listens; fails with its words where it ended."""
        deadline = time.monotonic() + 60
        while True:
            with suppress(ConnectionError), socket.create_connection(("127.0.0.1", self.port)):
                return
            assert self.process.poll() is None, self.said.read_text("utf-8")
            assert time.monotonic() < deadline, self.said.read_text("utf-8")
            time.sleep(0.2)

    def page(self, path: str, host: str = "www.site.example") -> str:
        """What a reader gets."""
        asked = urllib.request.Request(self.url + path, headers={"Host": host})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            body: bytes = answer.read()
        return body.decode("utf-8")

    def raw(self, sent: str) -> str:
        """What is answered to bytes that no browser sends."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(sent.encode("latin-1"))
            connection.shutdown(socket.SHUT_WR)
            return connection.makefile("rb").read().decode("latin-1")

    def end(self) -> str:
        """Stop it as a container is stopped; its words."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        return self.said.read_text("utf-8", "replace")
