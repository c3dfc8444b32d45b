"""The site over a real engine, with records whose facts are known because they were written so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

sys.path.insert(0, str(Path(__file__).resolve().parent))

from siterecords import CORPUS

import samples
from indexer.engines import open_engine
from indexer.engines.base import Engine
from indexer.knowledge import Knowledge, load_knowledge
from indexer.query import Query, Results
from webapp import Settings, create_app


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The invented forces of the samples, and the law."""
    return load_knowledge(samples.registry_path())


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """A real engine in memory over the shared records."""
    opened = open_engine("memory:")
    opened.rebuild(CORPUS)
    yield opened
    opened.close()


@pytest.fixture
def app(engine: Engine, knowledge: Knowledge) -> Flask:
    """A private reading room."""
    return create_app(engine=engine, knowledge=knowledge)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Asks the reading room."""
    return app.test_client()


@pytest.fixture
def public_client(engine: Engine, knowledge: Knowledge) -> FlaskClient:
    """Asks a public site over the same records."""
    return create_app(engine=engine, knowledge=knowledge, public=True).test_client()


@pytest.fixture
def make_client(engine: Engine, knowledge: Knowledge) -> Callable[..., FlaskClient]:
    """Asks a site with settings of the test's own."""

    def make(*, public: bool = False, **settings: object) -> FlaskClient:
        chosen = Settings(**settings)  # type: ignore[arg-type]
        return create_app(engine=engine, knowledge=knowledge, public=public, settings=chosen).test_client()

    return make


class Limping:
    """A real engine of which a part does not answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(self, query: Query) -> Results:
        return replace(self._engine.search(query), partial=True)

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)


@pytest.fixture
def make_partial(engine: Engine, knowledge: Knowledge) -> Callable[[], FlaskClient]:
    """Asks a site whose engine answers in part."""
    return lambda: create_app(engine=Limping(engine), knowledge=knowledge).test_client()  # type: ignore[arg-type]
