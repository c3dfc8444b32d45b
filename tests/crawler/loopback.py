"""A real HTTP server on loopback that stands for invented hosts, as their proxy, and notes what it saw."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

LISTING = "/foi-ai/af/accessing-information/published-items/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request as the server saw it; times are of the monotonic clock."""

    host: str
    path: str
    headers: Mapping[str, str]
    status: int
    started: float
    finished: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an address answers. ``tagged`` gives it an ETag and obeys If-None-Match."""

    status: int = 200
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    tagged: bool = True
    zipped: bool = False
    broken: bool = False  # hangs up in the middle of the body


Page = Reply | Callable[[int], Reply]  # a function is told how often the address was asked before


class Loopback:
    """``server.put(host, path, Reply(…))``; ``server.url`` is the proxy's address, ``server.seen`` what was asked."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], Page] = {}
        self.thinks = 0.0  # seconds before every answer
        self._seen: dict[object, Seen] = {}
        self._asked: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()
        self._http = _Http(self)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def seen(self) -> list[Seen]:
        with self._lock:
            return sorted(self._seen.values(), key=lambda one: one.started)

    def paths(self, host: str | None = None) -> list[str]:
        """What was asked, in order, robots.txt left out."""
        return [one.path for one in self.seen if one.path != "/robots.txt" and host in (None, one.host)]

    def forget(self) -> None:
        with self._lock:
            self._seen.clear()

    def put(self, host: str, path: str, page: Page | str) -> None:
        self.pages[host, path] = Reply(body=page.encode()) if isinstance(page, str) else page

    def close(self) -> None:
        if not self._thread.is_alive():
            return
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def reply(self, host: str, path: str) -> Reply:
        with self._lock:
            before = self._asked.get((host, path), 0)
            self._asked[host, path] = before + 1
        page = self.pages.get((host, path))
        if page is None:
            return Reply(status=404, body=b"<h1>Page not found</h1>", tagged=False)
        return page(before) if callable(page) else page

    def note(self, seen: Seen) -> object:
        """Noted before the answer goes out: who has the whole answer may look at once. Returns what ``end`` takes."""
        ticket = object()
        with self._lock:
            self._seen[ticket] = seen
        return ticket

    def end(self, ticket: object) -> None:
        """The answer has gone out, or the crawler has hung up."""
        with self._lock:
            if ticket in self._seen:  # else it was forgotten meanwhile
                self._seen[ticket] = replace(self._seen[ticket], finished=time.monotonic())


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, owner: Loopback) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A crawler that was killed leaves its connection: nothing to say."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _Http

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the base class names it so
        """Nothing is printed."""

    def do_GET(self) -> None:
        started = time.monotonic()
        owner = self.server.owner
        parts = urlsplit(self.path)
        host = (parts.netloc or self.headers.get("Host", "")).split(":")[0]
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        reply = owner.reply(host, path)
        time.sleep(owner.thinks + reply.seconds)
        headers = dict(reply.headers)
        if reply.status == 200 and reply.tagged:
            headers["ETag"] = f'"{sha256(reply.body).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == headers["ETag"]:
                reply = replace(reply, status=304, body=b"")
        body = reply.body
        if reply.zipped and body:
            body = gzip.compress(body, mtime=0)
            headers["Content-Encoding"] = "gzip"
        ticket = owner.note(
            Seen(
                host=host,
                path=path,
                headers={name.lower(): value for name, value in self.headers.items()},
                status=reply.status,
                started=started,
                finished=time.monotonic(),
            )
        )
        try:
            self.send_response(reply.status)
            if reply.status != 304:
                self.send_header("Content-Type", reply.kind)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) + (1000 if reply.broken else 0)))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = self.close_connection or reply.broken
        except ConnectionError:  # the crawler was killed, or hung up
            self.close_connection = True
        owner.end(ticket)


class SohSite:
    """A log of the big platform on one host: listing pages of five, disclosures, files."""

    def __init__(
        self, server: Loopback, host: str, slug: str, *, listing: str = LISTING, folder: str = "disclosure"
    ) -> None:
        self.server = server
        self.host = host
        self.listing = listing
        self.root = f"/foi-ai/{slug}/{folder}/"
        self.titles: dict[str, str] = {}
        self.publish()

    def path(self, name: str) -> str:
        return f"{self.root}{name}/"

    def file(self, name: str) -> str:
        return f"/SysSiteAssets/foi-media/{name}.pdf"

    def add(self, name: str, words: str = "", *, files: tuple[str, ...] = (), listed: bool = True) -> None:
        """Publish a disclosure and its files."""
        links = "".join(f'<li><a href="{self.file(file)}">{file}</a></li>' for file in files)
        text = words or f"The answer about {name}: we hold {len(name)} records of that kind in our systems."
        body = (
            f"<title>{name}</title><main><h1>About {name}</h1><p>FOI Reference: {sum(map(ord, name))}/2025</p>"
            f"<h2>Request</h2><p>How many {name}?</p><h2>Response</h2><p>{text}</p><ul>{links}</ul></main>"
        )
        self.server.put(self.host, self.path(name), page(body))
        for file in files:
            self.server.put(
                self.host, self.file(file), Reply(body=b"%PDF-1.4 " + file.encode(), kind="application/pdf")
            )
        if listed:
            self.titles[name] = f"About {name}"
        self.publish()

    def drop(self, name: str) -> None:
        """Take a disclosure off the listing; its page stays."""
        del self.titles[name]
        self.publish()

    def publish(self) -> None:
        """Write the listing pages."""
        names = list(self.titles)
        for start in range(0, max(len(names), 1), 5):
            number = start // 5 + 1
            hits = "".join(
                f'<li><h3><a href="{self.path(name)}">{self.titles[name]}</a></h3>'
                f"<p>Published: 10:00 0{number}/05/2025</p></li>"
                for name in names[start : start + 5]
            )
            more = f'<a rel="next" href="?page={number + 1}">Next</a>' if start + 5 < len(names) else ""
            found = f"<ul>{hits}</ul>{more}" if names else "<p>No results found</p>"
            address = self.listing + (f"?page={number}" if number > 1 else "")
            self.server.put(
                self.host, address, page(f"<title>Items</title><main><h1>Published items</h1>{found}</main>")
            )


def page(inner: str) -> Reply:
    """A web page, zipped on the wire as real servers send it."""
    return Reply(body=f"<!DOCTYPE html><html><body>{inner}</body></html>".encode(), zipped=True)


CHALLENGE = b"<!DOCTYPE html><title>Just a moment...</title><body>Enable JavaScript and cookies to continue</body>"
