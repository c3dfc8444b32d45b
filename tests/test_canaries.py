"""A word in every place where a file can hide one, and a word that is searched for: each is nowhere it must not be.

The files are those of the tests of extraction, put into a real archive, read, indexed and served; then every route and
every command is walked, and every file that was written is looked into.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import walking
from invented_log import InventedLog

from indexer.document import encode
from indexer.engines import open_engine
from indexer.guard import open_guarded
from indexer.query import Query

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "indexer" / "extraction"))

import hiding_places  # noqa: E402
import pdf_makers  # noqa: E402
import test_hidden_docx  # noqa: E402
import test_hidden_others  # noqa: E402
import test_hidden_pdf  # noqa: E402
import test_hidden_xlsx  # noqa: E402

CANARY = hiding_places.CANARY
SEEN = hiding_places.VISIBLE
SOUGHT = "wombatophone"  # what is searched for


def tricks() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Format, trick, and what makes the file."""
    others, pdf, xlsx = test_hidden_others, test_hidden_pdf, test_hidden_xlsx
    for name, (change, _) in xlsx.BY_OPENPYXL.items():
        yield "xlsx", name, lambda change=change: xlsx.saved(change)
    for name, (edits, added, _) in xlsx.BY_HAND.items():
        tail = CANARY.encode() * 20 if name == "bytes after the package" else b""
        yield "xlsm", name, lambda e=edits, a=added, t=tail: hiding_places.repacked(xlsx.saved(), e, a) + t
    for name, (make, _) in test_hidden_docx.TRICKS.items():
        yield "docx", name, make
    for name, (draw, _) in pdf.DRAWN.items():
        yield "pdf", name, lambda draw=draw: pdf_makers.drawn(draw)
    for name, (edit, _) in pdf.EDITED.items():
        yield "pdf", f"edited {name}", lambda edit=edit: pdf_makers.edited(pdf_makers.drawn(), edit)
    for name, (make, _) in others.ODT.items():
        yield "odt", name, make
    for name, (hidden, _) in others.ODS.items():
        yield "ods", name, lambda hidden=hidden: others.sheet_file(**hidden)
    for name, (body, _) in others.RTF.items():
        yield "rtf", name, lambda body=body: f"{others.HEAD}\\pard {SEEN}\\par {body}\\par End}}".encode()
    for name, (options, _) in others.XLSB.items():
        yield "xlsb", name, lambda options=options: others.xlsb(**options)


@dataclass(frozen=True)
class Kept:
    """An archive of files that all hide the canary."""

    folder: Path
    ids: list[str]
    files: int


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """One disclosure for each format, with a file for each trick."""
    log = InventedLog(tmp_path_factory.mktemp("canaries") / "archive")
    files: dict[str, dict[str, bytes]] = {}
    for form, trick, make in tricks():
        files.setdefault(form, {})[f"{form}-{trick.replace(' ', '-')}.{form}"] = make()
    for form, found in files.items():
        log.publish(form, f"Figures as {form}", f"Reference: FOI 10{len(form)}0/26\n\nThe figures are attached.", found)
    ids = log.crawl()
    with closing(open_engine(log.address)) as engine:
        log.index(engine)
    return Kept(log.folder, sorted(ids.values()), sum(map(len, files.values())))


def test_every_file_is_held_and_what_can_be_seen_of_it_is_found(kept: Kept) -> None:
    assert kept.files > 100
    with closing(open_guarded(f"path:{kept.folder / 'index'}", kept.folder)) as engine:
        found = engine.search(Query(text=f'"{SEEN}"', size=50))
        assert sorted(hit.disclosure.id for hit in found.hits) == kept.ids
        records = [hit.disclosure for hit in found.hits]
    assert sum(len(record.attachments) for record in records) == kept.files
    for record in records:
        for attachment in record.attachments:
            assert not attachment.available, attachment.name
            assert any(SEEN in part.text for part in record.parts if part.part == f"attachment-{attachment.number}")


def test_what_they_hide_is_nowhere_outside_the_warc_files(kept: Kept) -> None:
    needle = CANARY.lower().encode()
    assert any(needle in data.lower() for data in _contents(kept.folder / "warc")), "or this test proves nothing"
    for path in kept.folder.rglob("*"):
        if path.is_file() and "warc" not in path.relative_to(kept.folder).parts:
            for data in _unpacked(path):
                assert needle not in data.lower(), path
    with closing(open_engine(f"path:{kept.folder / 'index'}")) as engine:
        assert engine.search(Query(text=CANARY)).total == 0
        for record in engine.scan(Query()):
            assert needle not in encode(record).lower(), record.id
            assert b"hidden_" not in encode(record), record.id


def test_no_route_and_no_command_tells_it(kept: Kept) -> None:
    needle = CANARY.lower().encode()
    walked = 0
    for answer in walking.every(kept.folder, ids=kept.ids, words=[SEEN], numbers=range(24)):
        assert needle not in answer.data.lower(), answer.how
        walked += 1
    assert walked > 1000


def test_nobody_but_the_operator_is_told_why(kept: Kept) -> None:
    """The public, the API, feeds and exports say "attachment not available", with nothing that tells why."""
    kinds = [kind.encode() for kind in ("hidden_", "held_back", "held back")]
    said = 0
    for answer in walking.routes(kept.folder, ids=kept.ids, words=[SEEN], public=True):
        said += b"not available" in answer.data.lower() or b'"available":false' in answer.data.replace(b" ", b"")
        for kind in kinds:
            assert kind not in answer.data, answer.how
    assert said
    for name, *rest in (
        ["export", "", "--format", "jsonl", "--to", "-"],
        ["export", "", "--format", "csv", "--to", "-"],
    ):
        printed = walking.run(name, *rest, folder=kept.folder)
        assert all(kind not in printed for kind in kinds)


def test_the_operator_is_told_what_where_and_why(kept: Kept) -> None:
    told = walking.run("status", folder=kept.folder).decode()
    assert f"{kept.files} originals held back" in told
    pages = [answer for answer in walking.routes(kept.folder, ids=[], words=["x"]) if answer.how == "GET /operator"]
    assert len(pages) == 1
    assert "a sheet that is hidden" in pages[0].data.decode()
    assert not [a for a in walking.routes(kept.folder, ids=[], words=["x"], public=True) if "/operator" in a.how]
    letter = walking.run("letter", kept.ids[0], folder=kept.folder).decode()
    assert "Nobody here has looked at what they say" in letter


@pytest.fixture
def small(tmp_path: Path) -> Kept:
    """A few answers of a log whose licence is not known."""
    log = InventedLog(tmp_path / "archive", log="brackenshire")
    log.publish(
        "drones",
        "Drones",
        "Reference: 01.FOI.26.000101\n\nDate: 3 March 2026\n\nYou asked how many drones there are.\n\nResponse\n\n"
        "The force holds four drones. Section 31(1)(a) applies to their places.\n\n"
        + "\n\n".join(f"Paragraph {n} says nothing of them, and says so at some length." for n in range(40))
        + "\n\nThe hangar is painted green and has a door of oak.",
        {"drones.txt": b"A list follows. " * 60 + b"The kestrel is the largest of the four."},
    )
    ids = log.crawl()
    with closing(open_engine(log.address)) as engine:
        log.index(engine)
    return Kept(log.folder, sorted(ids.values()), 1)


def test_in_public_an_unknown_licence_gives_facts_snippet_and_link_and_no_whole_text(small: Kept) -> None:
    unread = (b"door of oak", b"kestrel is the largest")
    everything = list(walking.routes(small.folder, ids=small.ids, words=["drones"], public=True))
    for answer in everything:
        assert not any(words in answer.data for words in unread), answer.how
    whole = b"".join(answer.data for answer in everything)
    assert b"FOIA s.31(1)(a)" in whole
    assert b"holds four <mark>drones</mark>" in whole or b"four <mark>drones</mark>" in whole
    assert b"http://www.brackenshire.police.example/foi-ai/" in whole
    private = b"".join(a.data for a in walking.routes(small.folder, ids=small.ids, words=["drones"]))
    assert all(words in private for words in unread)
    walking.run("licence", "brackenshire", "--full-text", "--reason", "they said so", folder=small.folder)
    opened = b"".join(a.data for a in walking.routes(small.folder, ids=small.ids, words=["drones"], public=True))
    assert all(words in opened for words in unread)


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """An environment whose home and temporary folder are a test's own, so that all that is written there is found."""
    home = tmp_path / "home"
    home.mkdir()
    return {**os.environ, "HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": str(ROOT)}


def test_what_commands_search_for_is_written_nowhere(small: Kept, surroundings: dict[str, str]) -> None:
    """By every command that takes words, also into an error, in processes of their own."""
    said: list[bytes] = []
    for words in (SOUGHT, f'"{SOUGHT}', f"{SOUGHT} OR", f"outcome:{SOUGHT}", f"{SOUGHT} " * 400):
        for command in (
            ["search", words, "--facets"],
            ["export", words, "--format", "csv", "--to", "-"],
            ["show", words],
        ):
            done = subprocess.run(
                [sys.executable, "-m", "crossforce", *command, "--archive", str(small.folder)],
                env=surroundings,
                capture_output=True,
                check=False,
                timeout=120,
            )
            assert done.returncode in (0, 1, 2), done.stderr
            said += [done.stdout, done.stderr]
    _is_nowhere(said, small.folder, Path(surroundings["HOME"]))


@pytest.mark.parametrize("public", [False, True])
def test_what_readers_search_for_is_written_nowhere(small: Kept, surroundings: dict[str, str], public: bool) -> None:
    """By every route that takes words, also into an error, with the real server."""
    said = _served(small, surroundings, public=public)
    _is_nowhere(said, small.folder, Path(surroundings["HOME"]))


def _is_nowhere(said: list[bytes], *folders: Path) -> None:
    assert not any(SOUGHT.encode() in output.lower() for output in said), [o for o in said if SOUGHT.encode() in o]
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                assert SOUGHT not in path.name
                for data in _unpacked(path):
                    assert SOUGHT.encode() not in data.lower(), path


def _served(small: Kept, environment: dict[str, str], *, public: bool) -> list[bytes]:
    """Start the server, ask it everything with the word, and give back what it printed."""
    command = [sys.executable, "-m", "crossforce", "serve", "--port", "0", "--archive", str(small.folder)]
    said = small.folder.parent / "server-said"
    with said.open("wb") as out:
        process = subprocess.Popen(
            [*command, *(["--public"] if public else [])], env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        first = _first_line(said)
        port = int(first.decode().split("127.0.0.1:")[1].split("/")[0])
        for address in _asked(small):
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            assert answer.status < 500, address
            connection.close()
        for raw in (f"GET /search?q={SOUGHT} HTTP/9\r\n\r\n", f"{SOUGHT} / HTTP/1.1\r\n\r\n", f"GET {SOUGHT}\r\n\r\n"):
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.connect()
            connection.sock.sendall(raw.encode())
            with suppress(OSError):
                connection.sock.recv(1000)
            connection.close()
    finally:
        process.terminate()
        process.wait(timeout=30)
    return [said.read_bytes()]


def _first_line(said: Path) -> bytes:
    """What a server says when it listens."""
    for _ in range(600):  # a busy machine takes seconds to start it
        if b"\n" in (printed := said.read_bytes()):
            return printed
        time.sleep(0.1)
    raise AssertionError("the server did not start")


def _asked(small: Kept) -> Iterator[str]:
    for words in (SOUGHT, f'"{SOUGHT}', f"force:{SOUGHT}"):
        for route in (
            "/search",
            "/api/search",
            "/export.csv",
            "/export.jsonl",
            "/feed.atom",
            f"/record/{small.ids[0]}",
        ):
            yield f"{route}?{urlencode({'q': words})}"
            yield f"{route}?{urlencode({'q': words, 'page': SOUGHT})}"
            yield f"{route}?{urlencode({'force': SOUGHT})}"
    for route in ("/record/", "/api/record/", "/force/", "/provision/FOIA/", "/static/", "/"):
        yield route + quote(SOUGHT)


def _contents(folder: Path) -> Iterator[bytes]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield from _unpacked(path)


def _unpacked(path: Path) -> Iterator[bytes]:
    """A file, and every stretch of it that is packed with zlib or gzip."""
    data = path.read_bytes()
    yield data
    for header, bits in ((b"\x1f\x8b\x08", 31), (b"\x78\x5e", 15), (b"\x78\x9c", 15), (b"\x78\x01", 15)):
        at = data.find(header)
        while at >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj(bits).decompress(data[at:], 50_000_000)
            at = data.find(header, at + 1)
