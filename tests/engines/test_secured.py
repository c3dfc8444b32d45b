"""Keys of few rights, and no query in any log, on a server of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from maker import record
from nodes import INDEXER_PRIVILEGES, SITE_PRIVILEGES, Secured

from indexer.engines import open_engine
from indexer.engines.base import EngineDataError, EngineUnavailableError
from indexer.engines.elasticsearch import CA_FILE, KEY_FILE
from indexer.query import Query

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def address(secured: Secured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """An index with one record, made with the indexer's key; the site's key is the one in use."""
    monkeypatch.setenv(CA_FILE, str(secured.cluster.ca))
    monkeypatch.setenv(KEY_FILE, str(secured.key(tmp_path, "indexer", INDEXER_PRIVILEGES)))
    url = f"elasticsearch+{secured.cluster.url}/secured-{tmp_path.name.replace('_', '-').lower()[:60]}"
    engine = open_engine(url)
    engine.rebuild([record("a", answer="word", request="words")])
    engine.close()
    monkeypatch.setenv(KEY_FILE, str(secured.key(tmp_path, "site", SITE_PRIVILEGES)))
    return url


def test_the_site_s_key_reads_and_no_more(address: str) -> None:
    site = open_engine(address)
    assert site.search(Query(text="word")).total == 1
    assert [found.id for found in site.scan(Query())] == ["a"]
    assert len(site.similar("words", limit=1)) == 1
    assert (site.count(), len(site.versions())) == (1, 1)
    for attempt in (
        lambda: site.update([record("b")]),
        lambda: site.update([], remove=["a"]),
        lambda: site.rebuild([record("b")]),
        lambda: site.remove_everywhere(["a"]),
        lambda: site.purge(),
    ):
        with pytest.raises(EngineDataError, match="rights"):
            attempt()
    assert (site.count(), site.get("a") is not None) == (1, True)
    site.close()


def test_the_indexer_s_key_stays_within_its_names(
    address: str, secured: Secured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(KEY_FILE, str(secured.key(tmp_path, "indexer", INDEXER_PRIVILEGES)))
    other = open_engine(f"elasticsearch+{secured.cluster.url}/elsewhere")
    with pytest.raises(EngineDataError, match="rights"):
        other.rebuild([record("b")])
    other.close()


def test_without_a_key_or_the_authority_nothing_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_FILE)
    nobody = open_engine(address)
    with pytest.raises(EngineDataError, match="401"):
        nobody.search(Query())
    nobody.close()
    monkeypatch.delenv(CA_FILE)
    stranger = open_engine(address)
    with pytest.raises(EngineUnavailableError, match="cannot be reached"):
        stranger.search(Query())
    stranger.close()


def test_no_log_of_the_server_holds_what_was_searched_for(address: str, secured: Secured) -> None:
    site = open_engine(address)
    canary = "quixotic" + "zymurgy"
    site.search(Query(text=f'{canary} "{canary} phrase" s:31'))
    list(site.scan(Query(text=canary)))
    site.similar(canary, limit=3)
    site.by_reference(canary)
    site.get(canary)
    site.close()
    folder = secured.cluster.nodes[0].folder
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "output.log" and path.stat().st_size for path in written)
    assert not [path for path in written if canary.encode() in path.read_bytes()]
