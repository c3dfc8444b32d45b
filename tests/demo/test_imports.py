"""What a person brings: real letters for measuring, and a web archive that another tool made, found by search."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from commandline import crossforce
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import samples
from samples.site import placed, site
from samples.truth import truth
from webapp.application import create_app

FACTS = ("forces", "reference", "reference_key", "received_on", "answered_on", "regimes", "outcomes", "answers")


def _rows(folder: Path, *words: str) -> list[dict[str, Any]]:
    done = crossforce(*words, "--json", folder=folder, expect=None)
    assert done.returncode in (0, 1), done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_real_letters_stand_in_show_and_on_their_pages_as_they_were_read(evaluation: Path, tmp_path: Path) -> None:
    """The facts that ``read`` finds are those of ``show`` after an import, and the page shows them too."""
    folder = tmp_path / "archive"
    sources = [evaluation / "letters", evaluation.parent / "seeds"]
    read = {row["file"]: row for row in _rows(tmp_path / "none", "read", *map(str, sources))}
    brought = _rows(folder, "import", *map(str, sources))
    assert len(brought) == len(read)
    crossforce("index", folder=folder, expect=None)
    page = _pages(folder)
    for path, row in read.items():
        digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
        shown = [r for r in _rows(folder, "show", _id(brought, path)) if r["sources"][0]["sha256"] == digest]
        assert len(shown) == 1, path
        assert {key: shown[0][key] for key in FACTS} == {key: row[key] for key in FACTS}
        keys = ("regime", "provision", "role", "question")
        assert [[c[k] for k in keys] for c in shown[0]["citations"]] == [[c[k] for k in keys] for c in row["citations"]]
        html = page(f"/record/{shown[0]['id']}")
        assert row["reference"] is None or row["reference"] in html


def _id(brought: list[dict[str, Any]], path: str) -> str:
    return next(str(row["id"]) for row in brought if Path(row["file"]).name == Path(path).name)


def _pages(folder: Path) -> Any:
    from indexer.engines import open_engine
    from indexer.knowledge import load_knowledge

    client = create_app(engine=open_engine(f"path:{folder / 'index'}"), knowledge=load_knowledge()).test_client()

    def page(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    return page


def test_a_wacz_made_by_hand_is_found_by_search(tmp_path: Path) -> None:
    """One page and its file, saved by another tool on a day of its own, filed under the log they belong to."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "forces.toml").write_bytes(samples.registry_path().read_bytes())
    case, file = next(
        (t, f)
        for t in truth(1)
        for f in t.files
        if f.phrase and f.kind.startswith("pdf") and not f.failure and not f.held
    )
    wacz = tmp_path / "browsing.wacz"
    _write_wacz(wacz, [case.url, file.url])
    outcomes = {row["url"]: row["outcome"] for row in _rows(folder, "import", str(wacz)) if row["url"]}
    assert outcomes[case.url] == "new"
    crossforce("index", folder=folder, expect=None)
    found = _rows(folder, "search", f'"{file.phrase}"')[0]
    assert found["total"] == 1
    assert found["hits"][0]["url"] == case.url
    shown = _rows(folder, "show", found["hits"][0]["id"])[0]
    assert shown["log"] == case.log
    assert shown["sources"][0]["fetched_at"].startswith("2024-02-03T04:05:06")
    crossforce("verify", folder=folder)


def _write_wacz(path: Path, urls: list[str]) -> None:
    pages = {f"http://{one.case.house.host}{p}": (one.case.house.host, p) for one in placed(1) for p in _paths(one)}
    body = io.BytesIO()
    writer = WARCWriter(body, gzip=True)
    for url in urls:
        answer = site(1)[pages[url]]
        headers = StatusAndHeaders("200 OK", [("Content-Type", answer.content_type)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(answer.body),
            length=len(answer.body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2024-02-03T04:05:06Z"},
        )
        writer.write_record(record)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("archive/data.warc.gz", body.getvalue())
        package.writestr(
            "datapackage.json", json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": []})
        )


def _paths(one: Any) -> list[str]:
    return [one.path, *(link.path for link in one.files)]
