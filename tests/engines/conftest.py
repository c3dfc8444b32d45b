"""Engines for the contract: which one, by the name of the class that takes the contract over."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # contract, maker and reference are shared by the files of this folder
pytest.register_assert_rewrite("contract")

from indexer.engines import open_engine  # noqa: E402
from indexer.engines.base import Engine  # noqa: E402

Opener = Callable[[], Engine]


@pytest.fixture(scope="class")
def opener(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
    """Opens a new, empty engine of the class's kind at each call; all are closed, and servers tidied, at the end."""
    opened: list[Engine] = []
    prefixes: list[str] = []

    def address() -> str:
        if request.cls.__name__ == "TestInMemory":
            return "memory:"
        if request.cls.__name__ == "TestInFolder":
            return f"path:{tmp_path_factory.mktemp('engine') / 'index'}"
        prefixes.append(f"test-{uuid.uuid4().hex[:12]}")
        return f"elasticsearch+{os.environ['CROSSFORCE_TEST_ELASTICSEARCH']}/{prefixes[-1]}"

    def open_new() -> Engine:
        opened.append(open_engine(address()))
        return opened[-1]

    yield open_new
    for engine in opened:
        engine.close()
    if prefixes:
        _tidy(prefixes)


@pytest.fixture
def engine(opener: Opener) -> Engine:
    """An engine without any index."""
    return opener()


def _tidy(prefixes: list[str]) -> None:
    from elasticsearch import Elasticsearch

    with Elasticsearch(os.environ["CROSSFORCE_TEST_ELASTICSEARCH"]) as client:
        for prefix in prefixes:
            for name in client.indices.get(index=f"{prefix}*", expand_wildcards="all"):
                client.indices.delete(index=name)
