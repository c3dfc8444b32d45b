"""The sample server: real HTTP, as a proxy for hosts that do not exist, with every request written down."""

from __future__ import annotations

import gzip
import http.client
import socket
import struct
import threading
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest

from samples.server import Answer, SampleServer
from samples.truth import changes, truth

HOST = "www.ambershire.police.example"
PAGE = truth(1)[0].url.removeprefix(f"http://{HOST}")


@pytest.fixture
def server() -> Iterator[SampleServer]:
    with SampleServer(edition=1) as running:
        yield running


def ask(
    server: SampleServer, target: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_answers_whole_addresses_as_a_proxy_does_and_paths_with_a_host(server: SampleServer) -> None:
    whole, body = ask(server, f"http://{HOST}{PAGE}")
    plain, same = ask(server, PAGE, Host=HOST)
    assert (whole.status, plain.status) == (200, 200)
    assert body == same
    assert whole.headers["Content-Type"] == "text/html; charset=utf-8"
    assert [(one.host, one.path) for one in server.requests] == [(HOST, PAGE)] * 2


def test_unknown_addresses_and_hosts_are_404(server: SampleServer) -> None:
    assert ask(server, f"http://{HOST}/no/such/page/")[0].status == 404
    assert ask(server, "http://www.nowhere.example/")[0].status == 404
    assert ask(server, "/")[0].status == 404
    assert [one.status for one in server.requests] == [404, 404, 404]


def test_an_unchanged_page_is_304_by_tag_and_by_date(server: SampleServer) -> None:
    first, _ = ask(server, f"http://{HOST}{PAGE}")
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    by_tag, nothing = ask(server, f"http://{HOST}{PAGE}", If_None_Match=tag)
    by_date, _ = ask(server, f"http://{HOST}{PAGE}", If_Modified_Since=date)
    assert (by_tag.status, by_date.status, nothing) == (304, 304, b"")
    assert by_tag.headers["ETag"] == tag
    older = format_datetime(parsedate_to_datetime(date) - timedelta(days=1), usegmt=True)
    assert ask(server, f"http://{HOST}{PAGE}", If_Modified_Since=older)[0].status == 200
    assert ask(server, f"http://{HOST}{PAGE}", If_None_Match='"other"', If_Modified_Since=date)[0].status == 200
    assert ask(server, f"http://{HOST}{PAGE}", If_Modified_Since="yesterday")[0].status == 200
    assert [one.sent > 0 for one in server.requests] == [True, False, False, True, True, True]


def test_html_is_packed_for_those_who_ask_and_files_are_not(server: SampleServer) -> None:
    plain = ask(server, f"http://{HOST}{PAGE}")[1]
    packed, body = ask(server, f"http://{HOST}{PAGE}", Accept_Encoding="gzip, deflate")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == plain
    file = next(file for one in truth(1) for file in one.files if file.kind == "pdf")
    response, body = ask(server, file.url, Accept_Encoding="gzip")
    assert response.headers.get("Content-Encoding") is None
    assert response.headers["Content-Type"] == "application/pdf"
    assert body.startswith(b"%PDF-")


def test_an_address_that_is_nearly_right_is_301(server: SampleServer) -> None:
    bare, _ = ask(server, f"http://{HOST.removeprefix('www.')}{PAGE}")
    open_ended, _ = ask(server, f"http://{HOST}{PAGE.rstrip('/')}")
    assert (bare.status, open_ended.status) == (301, 301)
    assert bare.headers["Location"] == open_ended.headers["Location"] == f"http://{HOST}{PAGE}"


def test_a_client_that_hangs_up_does_no_harm(server: SampleServer) -> None:
    server.answer(HOST, PAGE, Answer(status=200, body=b"x" * 8_000_000, seconds=0.1))
    with socket.create_connection(("127.0.0.1", server.port)) as gone:
        gone.sendall(f"GET http://{HOST}{PAGE} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert ask(server, f"http://{HOST}/robots.txt")[0].status == 200


def test_head_sends_no_body(server: SampleServer) -> None:
    response, body = ask(server, f"http://{HOST}{PAGE}", method="HEAD")
    assert (response.status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 1000


def test_robots_of_each_host(server: SampleServer) -> None:
    response, body = ask(server, f"http://{HOST}/robots.txt")
    assert response.headers["Content-Type"] == "text/plain"
    assert b"Crawl-delay: 0.05" in body
    assert ask(server, "http://www.caldmoor.police.example/robots.txt")[0].status == 404
    assert ask(server, "http://www.thornmoor.police.example/robots.txt")[0].status == 200
    assert ask(server, "http://www.thornmoor.police.example/")[0].status == 403


def test_the_edition_can_change_while_it_runs(server: SampleServer) -> None:
    said = changes()
    (old, new) = said.moved[0]
    tag = ask(server, said.changed[0])[0].headers["ETag"]
    assert [ask(server, url)[0].status for url in (old, new, said.gone[0], said.new[0])] == [200, 404, 200, 404]
    server.set_edition(2)
    assert [ask(server, url)[0].status for url in (old, new, said.gone[0], said.new[0])] == [404, 200, 410, 200]
    assert ask(server, said.changed[0], If_None_Match=tag)[0].status == 200
    same, _ = ask(server, f"http://{HOST}{PAGE}")
    assert ask(server, f"http://{HOST}{PAGE}", If_None_Match=same.headers["ETag"])[0].status == 304


def test_a_test_can_let_an_address_answer_otherwise(server: SampleServer) -> None:
    server.answer(HOST, PAGE, Answer(status=503, headers={"Retry-After": "1"}, times=2))
    server.answer(HOST, PAGE, Answer(status=500, body=b"oh", times=1))
    asked = [ask(server, f"http://{HOST}{PAGE}") for _ in range(4)]
    assert [response.status for response, _ in asked] == [503, 503, 500, 200]
    assert asked[0][0].headers["Retry-After"] == "1"
    server.forget()
    assert server.requests == ()


def test_requests_at_once_are_seen_as_such(server: SampleServer) -> None:
    server.answer(HOST, PAGE, Answer(status=200, seconds=0.2))
    threads = [threading.Thread(target=ask, args=(server, f"http://{HOST}{PAGE}")) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = server.requests
    assert max(first.started, second.started) < min(first.finished, second.finished)
    assert first.headers["host"] == HOST


def test_it_listens_on_loopback_alone(server: SampleServer) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    with pytest.raises(OSError, match=r".+"):
        SampleServer(port=server.port)


def test_many_requests_go_over_one_connection(server: SampleServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    for _ in range(3):
        connection.request("GET", f"http://{HOST}{PAGE}")
        response = connection.getresponse()
        assert response.status == 200
        assert response.read()
    connection.close()
