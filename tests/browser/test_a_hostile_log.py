"""A log that means harm, filed as the crawler files it: its scripts run nowhere in the site."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server
from window import Window

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from invented_log import InventedLog

from indexer.engines import open_engine
from indexer.knowledge import load_knowledge
from webapp import create_app

OWNED = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
HOSTILE = f"""<html><body onload="document.title='owned'"><main>
<h1>Drones &lt;script&gt;document.title='owned'&lt;/script&gt;</h1>
{OWNED}<p>Date: 4 May 2023</p><p>Response</p><p>The force owns nine wombatophones.
&lt;img src=x onerror="document.title='owned'"&gt;</p><iframe src="javascript:parent.document.title='owned'"></iframe>
<svg onload="document.title='owned'"></svg></main></body></html>"""


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The site's address, and the record's id."""
    log = InventedLog(tmp_path / "archive")
    url = log.publish("a", "Drones", "Response")
    log.pages[url] = HOSTILE.encode()
    record = log.crawl()[url]
    engine = open_engine(log.address)
    log.index(engine, full=True)
    knowledge = load_knowledge(tmp_path / "archive" / "forces.toml")
    server = make_server(
        "127.0.0.1", 0, create_app(engine=engine, knowledge=knowledge, archive=log.folder), threaded=True
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", record
    server.shutdown()
    thread.join()
    server.server_close()
    engine.close()


def test_a_page_of_a_hostile_log_cannot_run(window: Window, hostile: tuple[str, str]) -> None:
    site, record = hostile
    page = window()
    for address in (f"/record/{record}", "/search?q=wombatophones", "/search?q=wombatophones&view=table"):
        page.goto(site + address)
        page.wait_for_load_state("load")
        assert "wombatophones" in (page.locator("main").text_content() or "")
        assert page.title() != "owned"
        assert page.locator("main script, main img, main iframe, main object, main embed").count() == 0
    kept = page.request.get(f"{site}/record/{record}/attachment/0")
    assert kept.status == 404  # a page that a browser would run is handed out as text alone
