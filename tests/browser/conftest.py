"""A real Chromium over the real site on loopback. Nothing is fetched from anywhere else."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from werkzeug.serving import make_server

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "webapp"))

from siterecords import CORPUS
from window import Window

import samples
from indexer.engines import open_engine
from indexer.knowledge import load_knowledge
from webapp import Settings, create_app

QUIET = (
    "--no-sandbox",  # tests run as root in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each has a window of its own."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield opened
        opened.close()


def _serve(*, public: bool) -> Iterator[str]:
    engine = open_engine("memory:")
    engine.rebuild(CORPUS)
    app = create_app(
        engine=engine,
        knowledge=load_knowledge(samples.registry_path()),
        public=public,
        settings=Settings(exports_per_minute=1000),
    )
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    engine.close()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """A reading room's address."""
    yield from _serve(public=False)


@pytest.fixture(scope="session")
def public_site() -> Iterator[str]:
    """A public site's address."""
    yield from _serve(public=True)


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    """Opens windows; each notes what the page complained of and refuses to leave this machine."""
    contexts: list[BrowserContext] = []

    def stay_here(route: Route) -> None:
        if route.request.url.startswith("http://127.0.0.1:"):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    def opened(*, width: int = 1280, height: int = 900, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.route("**/*", stay_here)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_default_timeout(20_000)
        return page

    strangers: list[str] = []
    complaints: list[str] = []
    opened.complaints = complaints  # type: ignore[attr-defined]
    yield opened
    for context in contexts:
        context.close()
    assert not strangers, "the page asked somebody else"
    unexpected = [c for c in complaints if "the server responded with a status of" not in c]
    assert not unexpected, "the browser complained"
