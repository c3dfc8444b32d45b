"""The samples as the demo harvests them: two editions, by the spiders, settings and gate of a real crawl."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import samples
from crawler.health import LogReport
from crawler.run import crawl
from indexer.archive import Archive
from indexer.forces import ForceRegistry, load_forces
from samples.houses import houses
from samples.server import SampleServer
from samples.site import placed

BY_DIFFICULTY = {"challenge": "blocked", "disallowed": "disallowed", "empty": "empty", None: "ok"}


@pytest.fixture(scope="module")
def registry() -> ForceRegistry:
    return load_forces(Path(samples.__file__).with_name("forces.toml"))


@pytest.fixture(scope="module")
def edition_server() -> Iterator[SampleServer]:
    with SampleServer(edition=1) as made:
        yield made


def harvest(folder: Path, registry: ForceRegistry, server: SampleServer) -> list[LogReport]:
    server.forget()
    with Archive.open(folder, write=True, registry=registry) as archive:
        return crawl(list(registry.logs.values()), archive, registry, proxy=server.url, delay=0.0)


def total(reports: list[LogReport], field: str) -> int:
    return sum(getattr(report, field) for report in reports)


def ids(folder: Path, registry: ForceRegistry) -> set[str]:
    with Archive.open(folder, registry=registry) as archive:
        return {one.id for one in archive.disclosures()}


def test_two_editions_twice_each(tmp_path: Path, registry: ForceRegistry, edition_server: SampleServer) -> None:
    first = harvest(tmp_path, registry, edition_server)
    expected = {house.id: BY_DIFFICULTY[house.difficulty] for house in houses().values()}
    assert {report.log: report.status.value for report in first if report.log in expected} == {
        log: status for log, status in expected.items() if log in registry.logs
    }
    known = [one for one in placed(1) if one.listed]
    assert total(first, "new") == len({(one.case.house, one.path) for one in known})
    before = ids(tmp_path, registry)

    again = harvest(tmp_path, registry, edition_server)
    assert total(again, "bodies_fetched") == 0
    assert total(again, "requests") >= total(first, "new")
    assert total(again, "unchanged") == total(first, "new")
    assert not {one.status for one in edition_server.requests} - {304, 200, 403, 404}

    edition_server.set_edition(2)
    second = harvest(tmp_path, registry, edition_server)
    cases = {one.case.key: one.case for one in placed(2)}
    moved = [case for case in cases.values() if case.moved_in == 2]
    gone = [case for case in cases.values() if case.gone_in == 2]
    new = [case for case in cases.values() if case.since_edition == 2]
    found = tuple(total(second, field) for field in ("moved", "gone", "new"))
    assert found == (len(moved), len(gone), len(new))
    assert (len(moved), len(gone)) == (1, 1)
    assert total(second, "changed") > 0
    pages = {(one.case.house.host, one.path) for one in placed(2)}
    files = ("/SysSiteAssets/", "/spa-media/")
    came = [one for one in edition_server.requests if one.status == 200]
    bodies = [one for one in came if (one.host, one.path) in pages or one.path.startswith(files)]
    assert total(second, "bodies_fetched") == len(bodies), "as the server counts them"
    assert before <= ids(tmp_path, registry), "every id as before"

    last = harvest(tmp_path, registry, edition_server)
    assert total(last, "bodies_fetched") == 0
    assert tuple(total(last, field) for field in ("moved", "gone", "new", "changed")) == (0, 0, 0, 0)
