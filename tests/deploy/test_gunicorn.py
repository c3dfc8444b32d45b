"""The site as the compose file serves it: gunicorn with its configuration over a real index, no word in any log."""

from __future__ import annotations

import json
import logging
import runpy
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from composed import LETTER, ROOT, compose, run
from served import Served

from webapp.wsgi import DeploymentError, create

Server = Callable[..., "Served"]
SITE = compose()["services"]["site"]
CANARY = "quixotic" + "zymurgy"


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Server]:
    """Starts the site with these variables."""
    started: list[Served] = []

    def start(**environment: str) -> Served:
        started.append(Served(environment, tmp_path / f"said-{len(started)}.log"))
        started[-1].wait()
        return started[-1]

    yield start
    for served in started:
        if served.process.poll() is None:
            served.end()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one letter of an invented force, and its embedded index."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "letter.txt").write_text(LETTER, "utf-8")
    run(["crossforce", "import", folder / "letter.txt", "--archive", folder / "archive"])
    run(["crossforce", "index", "--archive", folder / "archive"])
    return folder / "archive"


def test_the_site_is_served_in_public_and_its_logs_hold_no_query(serve: Server, archive: Path) -> None:
    served = serve(CROSSFORCE_ARCHIVE=str(archive), CROSSFORCE_NAME="Heron Watch", CROSSFORCE_OPERATOR="The Herald")
    assert json.loads(served.page("/healthz")) == {"status": "ok", "records": 1}
    assert "Heron Watch" in served.page("/search?q=herons")
    assert json.loads(served.page("/api/search?q=herons"))["total"] == 1
    assert "The Herald" in served.page("/about")
    assert CANARY in served.page(f"/search?q={CANARY}")
    with pytest.raises(urllib.error.HTTPError, match="400"):
        served.page(f"/search?q=%22{CANARY}")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        served.page(f"/{CANARY}")
    for spoilt in (
        f"GET /search?q={CANARY} with spaces HTTP/1.1\r\nHost: x\r\n\r\n",
        f"GET /search?q={CANARY} HTTP/7.7\r\nHost: x\r\n\r\n",
        f"GET /search?q={CANARY} HTTP/1.1\r\nHost: x\r\n{CANARY} no colon\r\n\r\n",
        f"GET /search?q={CANARY * 700} HTTP/1.1\r\nHost: x\r\n\r\n",
        f"POST /search?q={CANARY} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{CANARY}\r\n",
    ):
        assert served.raw(spoilt).split()[1].startswith("4"), spoilt[:60]
    said = served.end()
    assert "Booting worker" in said
    assert "could not be read or answered" in said  # the worker did speak of them
    assert CANARY not in said
    written = [path for path in served.said.parent.rglob("*") if path.is_file()]
    written += [path for path in archive.rglob("*") if path.is_file()]
    assert not [path for path in written if CANARY.encode() in path.read_bytes()]


def test_a_reading_room_answers_to_this_machine_alone(serve: Server, archive: Path) -> None:
    served = serve(CROSSFORCE_ARCHIVE=str(archive), CROSSFORCE_PUBLIC="no")
    assert "herons" in served.page("/search?q=herons", host="localhost")
    with pytest.raises(urllib.error.HTTPError, match="400"):
        served.page("/search?q=herons", host="www.site.example")


def test_before_the_first_crawl_there_are_no_records_and_no_error(serve: Server, tmp_path: Path) -> None:
    served = serve(CROSSFORCE_ARCHIVE=str(tmp_path / "not-yet"))
    assert json.loads(served.page("/healthz"))["records"] == 0
    assert not (tmp_path / "not-yet").exists()


def test_the_health_check_of_the_compose_file(serve: Server, archive: Path) -> None:
    served = serve(CROSSFORCE_ARCHIVE=str(archive))
    words = [word.replace("127.0.0.1:8000", f"127.0.0.1:{served.port}") for word in SITE["healthcheck"]["test"][1:]]
    run(words)
    served.end()
    run(words, expect=1)


def test_an_unknown_answer_to_public_or_not_is_refused() -> None:
    with pytest.raises(DeploymentError, match="CROSSFORCE_PUBLIC"):
        create({"CROSSFORCE_PUBLIC": "true", "CROSSFORCE_ENGINE": "memory:"})


def test_what_a_worker_logs_is_cut_down_to_kind_and_place() -> None:
    without_words = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))["without_words"]
    with pytest.raises(ValueError) as caught:
        int(CANARY)
    mistake = (caught.type, caught.value, caught.tb)
    told = logging.LogRecord("gunicorn.error", logging.ERROR, "x", 1, "GET %s", (CANARY,), mistake)
    assert without_words(told)
    shown = logging.Formatter().format(told)
    assert CANARY not in shown
    assert "ValueError at test_gunicorn.py" in shown
    chatter = logging.LogRecord("gunicorn.error", logging.DEBUG, "x", 1, "GET %s", (CANARY,), None)
    assert not without_words(chatter)
