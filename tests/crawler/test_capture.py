"""What lies in the WARC file after a crawl is what went over the wire."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from harness import THORNWICK, Harness
from loopback import LISTING, Loopback, Reply, SohSite
from warcio.archiveiterator import ArchiveIterator

from indexer.archive import Archive
from indexer.archive.verify import verify


def records(folder: Path, kind: str) -> Iterator[tuple[str, str, dict[str, str], bytes]]:
    """(address, status line, headers, raw body) of every record of one kind."""
    for path in sorted((folder / "warc").glob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, no_record_parse=False):
                if record.rec_type == kind:
                    headers = dict(record.http_headers.headers)
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    yield url, record.http_headers.statusline, headers, record.raw_stream.read()


def test_bodies_are_kept_compressed_as_they_came(harness: Harness, site: SohSite, server: Loopback) -> None:
    harness.one()
    found = {url: (status, headers, raw) for url, status, headers, raw in records(harness.folder, "response")}
    status, headers, raw = found[f"http://{THORNWICK}{site.path('dogs')}"]
    sent = server.pages[THORNWICK, site.path("dogs")]
    assert isinstance(sent, Reply)
    assert status.startswith("200")
    assert headers["Content-Encoding"] == "gzip"
    assert raw == gzip.compress(sent.body, mtime=0)
    assert headers["Content-Length"] == str(len(raw))
    with Archive.open(harness.folder, registry=harness.registry) as archive:
        (capture,) = archive.captures(f"http://{THORNWICK}{site.path('dogs')}")
        assert archive.body(capture) == sent.body


def test_requests_are_kept_with_what_we_said(harness: Harness, site: SohSite) -> None:
    harness.one()
    asked = {url: headers for url, _, headers, _ in records(harness.folder, "request")}
    assert set(asked) == {url for url, *_ in records(harness.folder, "response")}
    headers = asked[f"http://{THORNWICK}{LISTING}"]
    assert headers["Host"] == THORNWICK
    assert headers["User-Agent"].startswith("Crossforce/")
    assert not any(name.lower().startswith("proxy") for name in headers)


def test_every_answer_is_kept_also_a_redirect_a_304_and_a_failure(
    harness: Harness, site: SohSite, server: Loopback
) -> None:
    harness.one()
    server.put(THORNWICK, site.path("dogs"), Reply(status=301, headers={"Location": site.path("cats")}))
    site.add("cats", listed=False)
    server.put(THORNWICK, site.path("boats"), Reply(status=500, body=b"<h1>Error</h1>"))
    harness.one()
    with Archive.open(harness.folder, registry=harness.registry) as archive:
        history = {name: archive.captures(f"http://{THORNWICK}{site.path(name)}") for name in ("dogs", "boats", "vans")}
    assert [one.status for one in history["dogs"]] == [200, 301]
    assert [one.status for one in history["boats"]] == [200, 500, 500, 500]
    assert [(one.status, one.kind) for one in history["vans"]] == [(200, "response"), (304, "revisit")]


def test_what_a_crawl_wrote_verifies(harness: Harness, site: SohSite) -> None:
    harness.one()
    harness.one()
    assert list(verify(harness.folder)) == []
