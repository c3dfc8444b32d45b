"""A real node with the deployment's settings: who may do what, what is written down, snapshots and their return."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import elasticsearch_server
import pytest
from composed import LETTER, PREFIX, ROOT, Deployed, command, compose, run
from elasticsearch import AuthorizationException, BadRequestError, Elasticsearch

from indexer.engines import open_engine
from indexer.engines.base import Engine, EngineDataError
from indexer.engines.elasticsearch import CA_FILE, KEY_FILE
from indexer.query import Query

sys.path.insert(0, str(ROOT / "tests" / "engines"))

from maker import record

pytestmark = pytest.mark.elasticsearch
ASKING = """
from webapp.wsgi import create

reader = create().test_client()
print(reader.get("/healthz").json, reader.get("/search?q=herons").status_code)
"""
CANARY = "quixotic" + "zymurgy"


@pytest.fixture(autouse=True)
def empty(deployed: Deployed) -> Iterator[None]:
    """No index and no snapshot of an earlier test."""
    yield
    for name in deployed.admin.indices.get(index=f"{PREFIX}-*", expand_wildcards="all"):
        deployed.admin.indices.delete(index=name)
    for row in deployed.admin.snapshot.get(repository=PREFIX, snapshot="*")["snapshots"]:
        deployed.admin.snapshot.delete(repository=PREFIX, snapshot=row["snapshot"])


@pytest.fixture
def indexer(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The engine with the indexer's key."""
    yield from opened(deployed, "indexer", monkeypatch)


@pytest.fixture
def site(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The engine with the site's key."""
    yield from opened(deployed, "site", monkeypatch)


def opened(deployed: Deployed, service: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    told = deployed.environment(service)
    monkeypatch.setenv(CA_FILE, told[CA_FILE])
    monkeypatch.setenv(KEY_FILE, told[KEY_FILE])
    engine = open_engine(told["CROSSFORCE_ENGINE"])
    yield engine
    engine.close()


def client(deployed: Deployed, service: str) -> Elasticsearch:
    """A client with a service's key, by hand."""
    key = (deployed.folder / "keys" / service / "key").read_text("ascii").strip()
    return Elasticsearch(deployed.cluster.url, api_key=key, ca_certs=str(deployed.cluster.ca))


def snapshots(deployed: Deployed, *words: str, expect: int = 0, by: str | None = "snapshots") -> str:
    """One run of the script; its words and what it printed."""
    done = run(
        [sys.executable, str(ROOT / "deploy" / "snapshots.py"), *words], expect=expect, **deployed.environment(by)
    )
    return done.stdout + done.stderr


def test_each_key_does_its_work_and_no_more(deployed: Deployed, indexer: Engine, site: Engine) -> None:
    indexer.rebuild([record("a", answer="word", request="words")])
    indexer.update([record("b", answer="word")])
    indexer.remove_everywhere(["b"])
    indexer.purge()
    assert (site.search(Query(text="word")).total, site.count(), len(site.versions())) == (1, 1, 1)
    assert [found.id for found in site.scan(Query())] == ["a"]
    assert len(site.similar("words", limit=1)) == 1
    for attempt in (
        lambda: site.update([record("c")]),
        lambda: site.rebuild([record("c")]),
        lambda: site.remove_everywhere(["a"]),
    ):
        with pytest.raises(EngineDataError, match="403"):
            attempt()
    live = f"{PREFIX}-live"
    for service in ("site", "snapshots"):
        with client(deployed, service) as by_hand, pytest.raises(AuthorizationException):
            by_hand.index(index=live, document={"id": "c"})
    with client(deployed, "snapshots") as by_hand, pytest.raises(AuthorizationException):
        by_hand.search(index=live)
    for service in ("site", "indexer", "snapshots"):
        with client(deployed, service) as by_hand:
            for forbidden in (
                lambda c: c.indices.create(index="elsewhere"),
                lambda c: c.cluster.put_settings(persistent={"search.allow_expensive_queries": True}),
                lambda c: c.security.create_api_key(name="another"),
                lambda c: c.snapshot.restore(repository=PREFIX, snapshot="any"),
                lambda c: c.snapshot.create_repository(
                    name="x", repository={"type": "fs", "settings": {"location": "x"}}
                ),
            ):
                with pytest.raises(AuthorizationException):
                    forbidden(by_hand)
    assert site.count() == 1


def test_a_second_set_up_leaves_good_keys_and_mends_the_rest(deployed: Deployed) -> None:
    keys = {service: deployed.folder / "keys" / service / "key" for service in ("site", "indexer", "snapshots")}
    before = {service: path.read_bytes() for service, path in keys.items()}
    assert all(path.stat().st_mode & 0o777 == 0o400 for path in keys.values())
    words = command("access", deployed.places)
    assert run(words, **deployed.environment()).stderr.count(": good") == 3
    assert {service: path.read_bytes() for service, path in keys.items()} == before

    with client(deployed, "site") as by_hand:
        held = by_hand.security.authenticate()["api_key"]["id"]
    none: dict[str, object] = {"cluster": ["all"], "indices": []}
    deployed.admin.security.update_api_key(id=held, role_descriptors={"crossforce-site": none})
    assert "key of site: rights brought up to date" in run(words, **deployed.environment()).stderr
    with client(deployed, "site") as by_hand, pytest.raises(AuthorizationException):
        by_hand.cluster.get_settings()

    keys["site"].unlink()
    keys["indexer"].chmod(0o600)
    keys["indexer"].write_text("c3BvaWx0OmtleQ==\n", "ascii")
    said = run(words, **deployed.environment()).stderr
    assert "key of site: made, 1 older ended" in said
    assert "key of indexer: made, 1 older ended" in said
    renewed = run([*words, "--renew"], **deployed.environment()).stderr
    assert renewed.count("made, 1 older ended") == 3
    for service in keys:
        with client(deployed, service) as by_hand:
            assert by_hand.security.authenticate()["api_key"]["name"] == f"{PREFIX}-{service}"


def test_a_server_that_is_not_set_up_right_is_refused(deployed: Deployed) -> None:
    setting = "search.allow_expensive_queries"
    words = command("access", deployed.places)
    deployed.admin.cluster.put_settings(persistent={setting: True})
    try:
        assert "expensive queries" in run(words, expect=1, **deployed.environment()).stderr
    finally:
        deployed.admin.cluster.put_settings(persistent={setting: None})
    wrong = {**deployed.environment(), "CROSSFORCE_ENGINE": "path:/nowhere"}
    assert "CROSSFORCE_ENGINE must be like" in run(words, expect=1, **wrong).stderr


def test_no_file_of_the_server_holds_what_was_asked(deployed: Deployed, indexer: Engine, site: Engine) -> None:
    indexer.rebuild([record("a", answer="word")])
    site.search(Query(text=f'{CANARY} "{CANARY} phrase" s:31'))
    list(site.scan(Query(text=CANARY)))
    site.similar(CANARY, limit=3)
    with client(deployed, "site") as by_hand:
        for refused in (
            {"prefix": {"words": CANARY}},
            {"wildcard": {"words": f"*{CANARY}*"}},
            {"query_string": {"query": f"({CANARY}"}},
            {CANARY: {}},
        ):
            with pytest.raises(BadRequestError):
                by_hand.search(index=f"{PREFIX}-live", query=refused)
        by_hand.options(ignore_status=(400, 500)).search(index=f"{PREFIX}-live", sort=[{"words": "asc"}], q=CANARY)
    written = [path for path in deployed.cluster.nodes[0].folder.rglob("*") if path.is_file()]
    assert any(path.name == "output.log" and path.stat().st_size for path in written)
    assert not [path for path in written if CANARY.encode() in path.read_bytes()]


def test_the_node_runs_with_the_deployment_s_settings(deployed: Deployed) -> None:
    found = deployed.admin.cluster.get_settings(include_defaults=True, flat_settings=True)["defaults"]
    told = {key: found[key] for key in ("search.allow_expensive_queries", "xpack.security.transport.ssl.enabled")}
    assert told == {"search.allow_expensive_queries": "false", "xpack.security.transport.ssl.enabled": "true"}
    pid = next(iter(deployed.admin.nodes.info(metric="jvm")["nodes"].values()))["jvm"]["pid"]
    options = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    dumps = [option for option in options if b"HeapDumpOnOutOfMemoryError" in option]
    assert dumps[-1] == b"-XX:-HeapDumpOnOutOfMemoryError"
    with pytest.raises(BadRequestError):  # one by one, never by a pattern
        deployed.admin.indices.delete(index="cross*")


def test_the_health_check_of_the_compose_file(deployed: Deployed, tmp_path: Path) -> None:
    _, words = compose()["services"]["elasticsearch"]["healthcheck"]["test"]
    words = words.replace("$$", "$")  # as compose hands it on
    for there, here in {
        "elastic:": f"{elasticsearch_server.ADMIN}:",
        "/run/secrets/elastic-password": str(deployed.folder / "password"),
        "/usr/share/elasticsearch/config/certificates": str(deployed.folder / "server"),
        "https://localhost:9200": deployed.cluster.url.replace("127.0.0.1", "localhost"),
    }.items():
        assert there in words
        words = words.replace(there, here)
    run(["sh", "-c", words])
    (tmp_path / "wrong").write_text("wrong", "ascii")
    run(["sh", "-c", words.replace(str(deployed.folder / "password"), str(tmp_path / "wrong"))], expect=22)


def test_snapshots_are_taken_thinned_out_and_brought_back(deployed: Deployed, indexer: Engine, site: Engine) -> None:
    assert "no index" in snapshots(deployed, "take", expect=1)
    first = indexer.rebuild([record("keep", answer="x"), record("gone", answer="canary")]).version
    assert "holds 1 versions" in snapshots(deployed, "take")
    (name,) = snapshots(deployed, "list").split()
    second = indexer.rebuild([record("keep", answer="x"), record("new", answer="x")]).version
    assert "Every version" in snapshots(deployed, "restore", name, expect=1, by=None)
    deployed.admin.indices.delete(index=f"{PREFIX}-{first}")
    said = snapshots(deployed, "restore", name, by=None)
    assert f"crossforce index --use {first}" in said
    assert [(version.name, version.live) for version in site.versions()] == [(second, True), (first, False)]
    assert site.search(Query(text="canary")).total == 0  # nobody sees it before it is used
    indexer.use(first)
    assert {found.id for found in site.scan(Query())} == {"keep", "gone"}


def test_the_oldest_snapshots_go_and_half_built_versions_are_never_taken(deployed: Deployed, indexer: Engine) -> None:
    indexer.rebuild([record("a")])
    deployed.admin.indices.create(index=f"{PREFIX}-v-half", aliases={f"{PREFIX}-building": {}})
    kept = []
    for _ in range(3):
        snapshots(deployed, "take", "--keep", "2")
        kept = snapshots(deployed, "list").split()
    assert len(kept) == 2
    found = deployed.admin.snapshot.get(repository=PREFIX, snapshot=kept[-1])["snapshots"][0]
    assert f"{PREFIX}-v-half" not in found["indices"]
    assert len(found["indices"]) == 1
    assert "at least 1" in snapshots(deployed, "take", "--keep", "0", expect=2)


def test_from_a_letter_to_a_page_with_the_services_own_keys(deployed: Deployed, tmp_path: Path) -> None:
    """Import, index with the indexer's key, serve with the site's: the whole way, by the commands that compose runs."""
    archive = tmp_path / "archive"
    (tmp_path / "letter.txt").write_text(LETTER, "utf-8")
    run(["crossforce", "import", str(tmp_path / "letter.txt"), "--archive", str(archive)])
    run(["crossforce", "index"], CROSSFORCE_ARCHIVE=str(archive), **deployed.environment("indexer"))
    told = {**deployed.environment("site"), "CROSSFORCE_ARCHIVE": str(archive)}
    found = json.loads(run(["crossforce", "search", "herons", "--json"], **told).stdout.splitlines()[0])
    assert found["total"] == 1
    refused = run(["crossforce", "index", "--full"], expect=2, **told)
    assert "403" in refused.stderr
    page = run([sys.executable, "-c", ASKING], **told)
    assert page.stdout.strip() == "{'records': 1, 'status': 'ok'} 200"
