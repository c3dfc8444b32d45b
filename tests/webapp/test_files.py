"""Archived copies: the very bytes, only ever to be saved, and none that was held back, taken out or not licensed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from harvest import harvest, index

from indexer.archive import Action, Archive, Marks, Mask
from indexer.engines import open_engine
from indexer.engines.base import Engine
from indexer.knowledge import Knowledge
from samples.documents import made
from webapp import Settings, create_app

OPEN, CLOSED, HELD = "shoplifting-ambershire", "body-worn-video-brackenshire", "hidden-sheet"
NAMED = "vehicles-northway"  # openly licensed, and its letter is signed
KEYS = (OPEN, CLOSED, HELD, NAMED, "hidden-rows", "minutes-docx")


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("archive")
    ids = harvest(folder, knowledge, KEYS)
    engine = open_engine(f"path:{folder / 'index'}")
    index(folder, knowledge, engine)
    engine.close()
    return folder, ids


@pytest.fixture
def archive_folder(harvested: tuple[Path, dict[str, str]], tmp_path: Path) -> Path:
    """An archive of the test's own, to decide about."""
    return Path(shutil.copytree(harvested[0], tmp_path / "archive"))


@pytest.fixture
def ids(harvested: tuple[Path, dict[str, str]]) -> dict[str, str]:
    return harvested[1]


@pytest.fixture
def opened(archive_folder: Path) -> Iterator[Engine]:
    engine = open_engine(f"path:{archive_folder / 'index'}")
    yield engine
    engine.close()


@pytest.fixture
def make(archive_folder: Path, opened: Engine, knowledge: Knowledge) -> Callable[..., FlaskClient]:
    def asked(*, public: bool = False, settings: Settings | None = None) -> FlaskClient:
        app = create_app(engine=opened, knowledge=knowledge, archive=archive_folder, public=public, settings=settings)
        return app.test_client()

    return asked


def decide(folder: Path, knowledge: Knowledge, action: Action, record_id: str, **how: object) -> None:
    with Archive.open(folder, write=True, registry=knowledge.forces) as archive:
        archive.decisions.decide(action, "a test", marks=Marks(id=record_id), **how)  # type: ignore[arg-type]


def test_the_very_bytes_are_served_to_be_saved(make: Callable[..., FlaskClient], ids: dict[str, str]) -> None:
    answer = make().get(f"/record/{ids[OPEN]}/attachment/1")
    assert answer.status_code == 200
    assert answer.data == made(OPEN, 1, 1).body
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = make().get(f"/record/{ids[OPEN]}").text
    assert f'href="/record/{ids[OPEN]}/attachment/1"' in page
    assert sha256(answer.data).hexdigest() in page


@pytest.mark.parametrize("key", [HELD, "hidden-rows"])
def test_what_is_held_back_is_served_to_nobody(make: Callable[..., FlaskClient], ids: dict[str, str], key: str) -> None:
    for client in (make(), make(public=True)):
        answer = client.get(f"/record/{ids[key]}/attachment/1")
        assert answer.status_code in {403, 404}
        page = client.get(f"/record/{ids[key]}").text
        assert "Attachment not available" in page
        assert (made(key, 1, 1).hidden or "") not in page
        assert "hidden" not in page.replace('" hidden>', "").replace("data-copy", "")
        assert f'/record/{ids[key]}/attachment/1"' not in page
        given = client.get(f"/api/record/{ids[key]}").get_json()["attachments"][0]
        assert (given["available"], given["url"], given["sha256"]) == (False, None, "")


def test_what_is_visible_in_it_can_be_read_and_found(make: Callable[..., FlaskClient], ids: dict[str, str]) -> None:
    text = make().get(f"/record/{ids[HELD]}/attachment/1/text.txt")
    assert text.status_code == 200
    assert "Areas are those of the year 2020." in text.text
    found = make().get('/api/search?q="Areas are those of the year 2020"').get_json()
    assert [hit["id"] for hit in found["hits"]] == [ids[HELD]]


def test_a_phrase_that_only_stands_in_a_pdf_is_found_and_its_page_named(
    make: Callable[..., FlaskClient], ids: dict[str, str]
) -> None:
    found = make().get('/api/search?q="parish of Long Wick"').get_json()
    assert [hit["id"] for hit in found["hits"]] == [ids[OPEN]]
    assert (found["hits"][0]["snippets"][0]["part"], found["hits"][0]["snippets"][0]["page"]) == ("attachment-1", 4)
    assert "attachment 1, page 4" in make().get('/search?q="parish of Long Wick"').text


def test_in_public_the_licence_decides(make: Callable[..., FlaskClient], ids: dict[str, str]) -> None:
    public = make(public=True)
    assert public.get(f"/record/{ids[OPEN]}/attachment/1").status_code == 200
    assert public.get(f"/record/{ids[CLOSED]}/attachment/1").status_code == 403
    assert "knocked off its mount" not in public.get(f"/record/{ids[CLOSED]}").text
    assert make().get(f"/record/{ids[CLOSED]}/attachment/1").status_code == 200


def test_in_public_no_copy_shows_the_names_that_its_text_covers(
    make: Callable[..., FlaskClient], ids: dict[str, str]
) -> None:
    address = f"/record/{ids[NAMED]}/attachment/1"
    assert make().get(address).status_code == 200
    public = make(public=True)
    assert public.get(address).status_code == 404
    assert f'href="{address}"' not in public.get(f"/record/{ids[NAMED]}").text
    assert public.get(f"{address}/text.txt").status_code == 200


def test_the_operators_switch_overrides_the_licence_both_ways(
    make: Callable[..., FlaskClient], ids: dict[str, str], archive_folder: Path, knowledge: Knowledge
) -> None:
    with Archive.open(archive_folder, write=True, registry=knowledge.forces) as archive:
        archive.decisions.licence("brackenshire", full_text=True, reason="the force agreed")
        archive.decisions.licence("ambershire", full_text=False, reason="the force objected")
    public = make(public=True)
    assert public.get(f"/record/{ids[CLOSED]}/attachment/1").status_code == 200
    assert public.get(f"/record/{ids[OPEN]}/attachment/1").status_code == 403
    assert public.get(f"/record/{ids[OPEN]}/text.txt").status_code == 403


def test_an_archive_that_cannot_be_read_shows_no_more(
    make: Callable[..., FlaskClient], ids: dict[str, str], archive_folder: Path
) -> None:
    (archive_folder / "catalogue.sqlite").write_bytes(b"damaged")
    assert make(public=True).get(f"/record/{ids[OPEN]}/text.txt").status_code == 403
    assert make().get(f"/record/{ids[OPEN]}/attachment/1").status_code == 404
    assert make().get(f"/record/{ids[OPEN]}").status_code == 200


@pytest.mark.parametrize("action", [Action.WITHDRAW, Action.MASK])
def test_a_decision_holds_at_once_even_before_the_index_knows(
    make: Callable[..., FlaskClient], ids: dict[str, str], archive_folder: Path, knowledge: Knowledge, action: Action
) -> None:
    how = {"mask": Mask.over("Some words here", part="page", page=1, start=0, end=4)} if action is Action.MASK else {}
    decide(archive_folder, knowledge, action, ids[OPEN], **how)
    assert make().get(f"/record/{ids[OPEN]}/attachment/1").status_code == 404


def test_a_withdrawn_record_says_so_and_the_list_says_when(
    make: Callable[..., FlaskClient], ids: dict[str, str], archive_folder: Path, knowledge: Knowledge, opened: Engine
) -> None:
    decide(archive_folder, knowledge, Action.WITHDRAW, ids[OPEN])
    opened.remove_everywhere([ids[OPEN]])
    client = make()
    for address in (f"/record/{ids[OPEN]}", f"/api/record/{ids[OPEN]}", f"/record/{ids[OPEN]}/text.txt"):
        answer = client.get(address)
        assert answer.status_code == 410, address
        assert "taken out on" in answer.text
    listed = client.get("/withdrawn").text
    assert ids[OPEN] in listed
    assert "Withdrawn" in listed
    assert "a test" not in listed, "never the reason"


def test_a_force_page_says_when_its_log_was_last_crawled(make: Callable[..., FlaskClient]) -> None:
    page = make().get("/force/ambershire").text
    assert "ok, " in page
    assert "none recorded here" not in page


def test_files_have_a_gate_of_their_own(make: Callable[..., FlaskClient], ids: dict[str, str]) -> None:
    client = make(settings=Settings(archived_per_minute=2))
    codes = [client.get(f"/record/{ids[OPEN]}/attachment/1").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
