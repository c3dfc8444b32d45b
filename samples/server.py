"""The sample sites over real HTTP, on loopback: to be named as the proxy for every sample host.

``GET http://www.ambershire.police.example/… HTTP/1.1`` is answered as that host would answer, and so is a plain
``GET /…`` with that ``Host``. Every request is kept, so that a test can measure how polite a crawler was.
"""

from __future__ import annotations

import gzip
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from .site import HTML, NOT_FOUND, Response, redirect, site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

SETTLE_SECONDS = 5.0  # a client may have its answer a moment before the server has written the request down
IDLE_SECONDS = 20.0  # a kept connection that says nothing for so long is closed, so that a test's end never waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One request as the server saw it. Times are seconds of ``time.monotonic``; ``sent`` counts body bytes.

    ``finished`` is when the answer was ready to be sent: no client can have had it before, so a client that asks one
    thing at a time never begins before it.
    """

    host: str
    path: str  # with its query
    method: str
    headers: Mapping[str, str]  # names in small letters
    status: int
    started: float
    finished: float
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a test lets an address answer instead of its page, ``times`` times (None: until the server ends)."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0  # how long the server thinks before it answers
    times: int | None = None


class SampleServer:
    """Serves one edition at a time; ``with SampleServer(edition=1) as server: server.url, server.requests``.

    ``url`` is the proxy's address, ``requests`` what was asked so far. Only 127.0.0.1 is bound.
    """

    def __init__(self, edition: int = 1, port: int = 0) -> None:
        """``port`` 0 takes a free one. Raises ``OSError`` where the port is taken."""
        self._pages = site(edition)
        self._kept: list[Recorded] = []
        self._answers: defaultdict[tuple[str, str], list[Answer]] = defaultdict(list)
        self._lock = threading.Condition()
        self._busy = 0
        self._http = _Http(self, port)
        self._thread = threading.Thread(target=self._http.serve_forever, name="samples", daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._http.server_address[1])

    @property
    def url(self) -> str:
        """Its address, to be used as ``http_proxy``."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def requests(self) -> tuple[Recorded, ...]:
        """Every request so far, in the order in which they were answered; those being answered are waited for."""
        with self._lock:
            self._settle()
            return tuple(self._kept)

    def forget(self) -> None:
        """Begin a new list of requests."""
        with self._lock:
            self._settle()
            self._kept.clear()

    def set_edition(self, edition: int) -> None:
        """From now on answer as that edition."""
        self._pages = site(edition)

    def answer(self, host: str, path: str, answer: Answer) -> None:
        """Let an address answer something else; several answers for one address come in turn."""
        with self._lock:
            self._answers[host, path].append(answer)

    def start(self) -> Self:
        """Begin to serve."""
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop serving."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def __enter__(self) -> Self:
        """Begin to serve."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving."""
        self.close()

    def _next_answer(self, host: str, path: str) -> Answer | None:
        with self._lock:
            waiting = self._answers.get((host, path))
            if not waiting:
                return None
            answer = waiting[0]
            if answer.times is not None:
                left = answer.times - 1
                waiting[:1] = [] if left <= 0 else [replace(answer, times=left)]
            return answer

    def _page(self, host: str, path: str) -> Response | None:
        return self._pages.get((host, path)) or redirect(self._pages, host, path)

    def _settle(self) -> None:
        self._lock.wait_for(lambda: self._busy == 0, SETTLE_SECONDS)

    def _begin(self) -> None:
        with self._lock:
            self._busy += 1

    def _end(self, recorded: Recorded | None) -> None:
        with self._lock:
            self._busy -= 1
            if recorded:
                self._kept.append(recorded)
            self._lock.notify_all()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, samples: SampleServer, port: int) -> None:
        self.samples = samples
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "samples"
    sys_version = ""
    timeout = IDLE_SECONDS
    server: _Http

    def do_GET(self) -> None:
        """Answer one request."""
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        """Answer one request without its body."""
        self._respond(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: requests are kept, not printed."""

    def _respond(self, *, with_body: bool) -> None:
        self.server.samples._begin()
        recorded = None
        try:
            recorded = self._answered(with_body=with_body)
        finally:
            self.server.samples._end(recorded)

    def _answered(self, *, with_body: bool) -> Recorded:
        started = time.monotonic()
        parts = urlsplit(self.path)
        host = (parts.netloc or self.headers.get("Host", "")).rsplit(":", 1)[0].lower()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        samples = self.server.samples
        override = samples._next_answer(host, path)
        if override:
            time.sleep(override.seconds)
            status, headers, body = override.status, dict(override.headers), override.body
        else:
            status, headers, body = self._page(samples._page(host, path))
        finished = time.monotonic()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        sent = 0
        if with_body and body:
            self.wfile.write(body)
            sent = len(body)
        return Recorded(
            host=host,
            path=path,
            method=self.command,
            headers={name.lower(): value for name, value in self.headers.items()},
            status=status,
            started=started,
            finished=finished,
            sent=sent,
        )

    def _page(self, page: Response | None) -> tuple[int, dict[str, str], bytes]:
        if page is None:
            return HTTPStatus.NOT_FOUND, {"Content-Type": HTML}, NOT_FOUND.encode()
        headers = {"Content-Type": page.content_type}
        if page.location:
            return page.status, headers | {"Location": page.location}, page.body
        if page.status != HTTPStatus.OK:
            return page.status, headers, page.body
        headers |= {"ETag": page.etag, "Last-Modified": _http_date(page.changed), "Vary": "Accept-Encoding"}
        if self._unchanged(page):
            del headers["Content-Type"]
            return HTTPStatus.NOT_MODIFIED, headers, b""
        if page.content_type.startswith("text/") and "gzip" in self.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return HTTPStatus.OK, headers, gzip.compress(page.body, mtime=0)
        return HTTPStatus.OK, headers, page.body

    def _unchanged(self, page: Response) -> bool:
        """RFC 9110 13.1: a tag decides alone where one is sent; else the date does."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return page.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")] or tags.strip() == "*"
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            known = parsedate_to_datetime(since)
        except ValueError:
            return False
        return _utc(page.changed) <= (known if known.tzinfo else known.replace(tzinfo=UTC))


def _utc(when: datetime) -> datetime:
    return when.replace(microsecond=0, tzinfo=UTC)


def _http_date(when: datetime) -> str:
    return format_datetime(_utc(when), usegmt=True)
