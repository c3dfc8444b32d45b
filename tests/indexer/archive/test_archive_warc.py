"""The WARC files by themselves: whatever reads web archives must read ours."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from indexer.archive import Archive, BodyTooLargeError, warc
from indexer.archive.addresses import address_key, letter_id, mint
from indexer.reading.references import reference_key

URL = "https://www.ambershire.police.example/foi/dogs/"


def files(archive: Archive) -> list[Path]:
    return sorted((archive.folder / "warc").glob("*.warc.gz"))


def records(archive: Archive) -> list[tuple[str, dict[str, str], bytes]]:
    """Type, WARC headers and replayed body of every record, as an independent reader sees them."""
    found = []
    for path in files(archive):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                headers = {name.lower(): value for name, value in record.rec_headers.headers}
                found.append((record.rec_type, headers, record.content_stream().read()))
    return found


def checked(archive: Archive) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", *map(str, files(archive))]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_warcio_validates_and_replays_every_kind_of_answer(archive, answer):
    page = b"<h1>How many dogs</h1>" * 50
    archive.keep(answer(URL, gzip.compress(page), headers=(("Content-Encoding", "gzip"), ("ETag", '"1"'))))
    archive.keep(answer(URL, status=304, days=1))
    archive.keep(answer(URL, gzip.compress(page), headers=(("Content-Encoding", "gzip"),), days=2))
    archive.keep(answer(URL + "old/", status=301, reason="Moved Permanently", headers=(("Location", URL),)))
    archive.keep(answer(URL + "none/", b"<h1>Not found</h1>", status=404, reason="Not Found"))
    archive.keep(answer(URL + "chunked/", page, headers=(("Transfer-Encoding", "chunked"),)))
    archive.keep(answer(URL + "empty/", b""))
    found = checked(archive)
    assert found.returncode == 0, found.stdout
    assert "digest pass" in found.stdout
    assert "failed" not in found.stdout
    kinds = [kind for kind, _, _ in records(archive)]
    assert kinds == ["warcinfo", *["response", "request"], *["revisit", "request"] * 2, *["response", "request"] * 4]
    bodies = {h["warc-target-uri"]: body for kind, h, body in records(archive) if kind == "response"}
    assert bodies[URL] == bodies[URL + "chunked/"] == page
    assert bodies[URL + "none/"] == b"<h1>Not found</h1>"
    assert bodies[URL + "old/"] == bodies[URL + "empty/"] == b""


def test_records_are_warc_1_1_and_point_at_each_other(archive, answer):
    first = archive.keep(answer(URL, b"one", request_headers=(("User-Agent", "Crossforce"),)))
    archive.keep(answer(URL, status=304, days=1))
    archive.keep(answer(URL, b"one", days=2))
    with files(archive)[0].open("rb") as file:
        assert gzip.decompress(file.read()).startswith(b"WARC/1.1\r\n")
    _, response, request, unmodified, _, identical, _ = [headers for _, headers, _ in records(archive)]
    assert request["warc-concurrent-to"] == response["warc-record-id"]
    assert response["warc-date"] == "2026-03-01T09:00:00.000000Z"
    for revisit, profile in ((unmodified, "server-not-modified"), (identical, "identical-payload-digest")):
        assert revisit["warc-profile"] == f"http://netpreserve.org/warc/1.1/revisit/{profile}"
        assert revisit["warc-refers-to"] == response["warc-record-id"]
        assert revisit["warc-refers-to-target-uri"] == URL
        assert revisit["warc-refers-to-date"] == response["warc-date"]
        assert revisit["warc-payload-digest"] == response["warc-payload-digest"] == first.payload_digest


def test_request_is_kept_as_it_was_sent(archive, answer):
    archive.keep(answer(URL + "?page=2#top", b"x", request_headers=(("User-Agent", "Crossforce"), ("Accept", "*/*"))))
    with files(archive)[0].open("rb") as file:
        (request,) = (record for record in ArchiveIterator(file) if record.rec_type == "request")
        assert (request.http_headers.protocol, request.http_headers.statusline) == ("GET", "/foi/dogs/?page=2 HTTP/1.1")
        assert request.http_headers.headers == [("User-Agent", "Crossforce"), ("Accept", "*/*")]


def test_captures_say_what_changed(archive, answer):
    one = archive.keep(answer(URL, b"one"))
    same = archive.keep(answer(URL, b"one", days=1))
    two = archive.keep(answer(URL, b"two", days=2))
    back = archive.keep(answer(URL, b"one", days=3))
    assert [capture.changed for capture in (one, same, two, back)] == [True, False, True, True]
    assert [capture.kind for capture in (one, same, two, back)] == ["response", "revisit", "response", "revisit"]
    assert [archive.body(capture) for capture in archive.captures(URL)] == [b"one", b"one", b"two", b"one"]
    assert archive.captures("http://ambershire.police.example/foi/dogs") == (one, same, two, back)


def test_body_is_the_decoded_one_and_headers_are_as_sent(archive, answer):
    pairs = (("Content-Encoding", "gzip"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    capture = archive.keep(answer(URL, gzip.compress(b"decoded"), headers=pairs))
    assert archive.body(capture) == b"decoded"
    assert (capture.size, capture.media_type, capture.charset) == (7, "text/html", "utf-8")
    assert archive.record_headers(capture) == (("Content-Type", "text/html; charset=utf-8"), *pairs)


@pytest.mark.parametrize(
    ("said", "media_type", "charset"),
    [
        ("application/pdf", "application/pdf", None),
        ("TEXT/HTML; Charset=ISO-8859-1", "text/html", "iso-8859-1"),
        ("nonsense", "application/octet-stream", None),
        ("", "application/octet-stream", None),
    ],
)
def test_media_types_as_servers_say_them(archive, answer, said, media_type, charset):
    exchange = answer(URL, b"x")
    odd = type(exchange)(
        url=URL, status=200, headers=(("Content-Type", said),), body=b"x", fetched_at=exchange.fetched_at
    )
    capture = archive.keep(odd)
    assert (capture.media_type, capture.charset) == (media_type, charset)


@pytest.mark.parametrize("value", ["a\r\nX-Injected: 1", "naïve “quoted”", "", "x" * 20_000])
def test_odd_header_values_leave_a_valid_record(archive, answer, value):
    capture = archive.keep(answer(URL, b"body", headers=(("X-Odd", value),)))
    assert checked(archive).returncode == 0
    assert archive.body(capture) == b"body"
    assert "X-Injected" not in dict(archive.record_headers(capture))


def test_brotli_is_decoded(archive, answer):
    page = b"<h1>How many dogs</h1>" * 5_000
    capture = archive.keep(answer(URL, brotli.compress(page), headers=(("Content-Encoding", "br"),)))
    assert archive.body(capture) == page


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
@pytest.mark.parametrize("cut", [1, 30, 200])
def test_cut_compression_is_kept_and_read_as_far_as_it_goes(archive, answer, encoding, cut):
    page = bytes(range(256)) * 40
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[encoding](page)
    capture = archive.keep(answer(URL, packed[:-cut], headers=(("Content-Encoding", encoding),)))
    assert len(archive.body(capture)) == capture.size <= len(page)


def test_broken_compression_is_kept_as_it_came(archive, answer):
    capture = archive.keep(answer(URL, b"this is not gzip", headers=(("Content-Encoding", "gzip"),)))
    assert archive.body(capture) == b"this is not gzip"
    assert checked(archive).returncode == 0


def test_body_over_the_limit_is_kept_but_not_handed_out(archive, answer, monkeypatch):
    monkeypatch.setattr(warc, "BODY_LIMIT", 100_000)
    capture = archive.keep(answer(URL, gzip.compress(b"0" * 5_000_000), headers=(("Content-Encoding", "gzip"),)))
    with pytest.raises(BodyTooLargeError):
        archive.body(capture)
    assert checked(archive).returncode == 0


def test_files_roll_at_a_size(archive, answer, monkeypatch):
    monkeypatch.setattr(warc, "ROLL_AT", 4_000)
    for number in range(12):
        archive.keep(answer(f"{URL}{number}/", f"page {number}".encode()))
    assert len(files(archive)) > 2
    assert checked(archive).returncode == 0
    assert [archive.body(archive.captures(f"{URL}{n}/")[0]) for n in range(12)] == [b"page %d" % n for n in range(12)]


def test_a_full_disk_leaves_no_half_record(archive, answer, monkeypatch):
    archive.keep(answer(URL, b"first"))
    good = files(archive)[0].stat().st_size
    real = warc._write_all
    writes = iter(range(10))

    def full(out, data):
        if next(writes) == 1:  # the request after the response
            out.write(data[: len(data) // 2])
            raise OSError(28, "No space left on device")
        real(out, data)

    monkeypatch.setattr(warc, "_write_all", full)
    with pytest.raises(OSError, match="No space left"):
        archive.keep(answer(URL, b"second", days=1))
    assert files(archive)[0].stat().st_size == good
    third = archive.keep(answer(URL, b"third", days=2))
    assert archive.body(third) == b"third"
    assert checked(archive).returncode == 0
    assert len(archive.captures(URL)) == 2


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-02-29T10:11:12Z", datetime(2024, 2, 29, 10, 11, 12, tzinfo=UTC)),
        ("2024-02-29T10:11:12.5Z", datetime(2024, 2, 29, 10, 11, 12, 500_000, tzinfo=UTC)),
        ("2024-02-29T10:11:12.123456789Z", datetime(2024, 2, 29, 10, 11, 12, 123_456, tzinfo=UTC)),
    ],
)
def test_dates_of_other_tools(text, moment):
    assert warc.read_date(text) == moment


@pytest.mark.parametrize("text", [None, "", "2024", "yesterday"])
def test_no_date_is_an_error(text):
    with pytest.raises(ValueError, match=r"no WARC-Date|does not match"):
        warc.read_date(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "http://www.a.example/x/"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("http://a.example:80/x", "https://a.example/x"),
        ("https://a.example/x?utm_source=y", "https://a.example/x"),
        ("https://a.example/x?p=1&utm_source=y", "https://a.example/x?p=1"),
        ("https://a.example/x%20y", "https://a.example/x y"),
        ("https://a.example/%7Ex", "https://a.example/~x"),
        ("https://a.example/a/../x", "https://a.example/x"),
        ("https://a.example/x#y", "https://a.example/x"),
    ],
)
def test_addresses_that_are_one(one, other):
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://b.example/x"),
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x?p=1", "https://a.example/x?p=2"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://a.example/x%2Fy", "https://a.example/x/y"),
        ("https://a.example/x?p=a%26b", "https://a.example/x?p=a&b"),
    ],
)
def test_addresses_that_differ(one, other):
    assert address_key(one) != address_key(other)


@pytest.mark.parametrize(
    "url", ["", "http://[::1", "https://a.example:port/x", "urn:sha256:00", "https://a.example/\udcff"]
)
def test_no_address_stops_a_crawl(url):
    assert isinstance(address_key(url), str)


def test_ids_are_stable_and_apart():
    assert mint("ambershire", "https://www.a.example/x/") == mint("ambershire", "http://a.example/x")
    assert mint("ambershire", "https://a.example/x") == "ambershire-74ipsqnuodmh"
    made = {
        mint("l", "https://a.example/x"),
        mint("m", "https://a.example/x"),
        mint("l", "https://a.example/x", "1"),
        mint("l", "https://a.example/x", "", 2),
        mint("l", "https://a.example/y"),
    }
    assert len(made) == 5
    assert letter_id("ab" * 32) == "abababababababab"


@pytest.mark.parametrize("printed", ["FOI2017/01696", "foi 2017 1696", "FOI-2017-01696", "foi-2017-1696"])
def test_references_meet(printed):
    assert reference_key(printed) == "foi-2017-1696"
