"""One log of an invented force, made up by a test: pages and files, filed as the crawler files them, without a network.

What a test publishes goes through the real page reader, archive, extraction, reading and index.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import samples
from indexer.archive import Archive, Exchange, RunStatus
from indexer.archive.importing import Importer
from indexer.commands.keeping import build
from indexer.engines.base import Engine
from indexer.forces import ForceRegistry, load_forces
from indexer.platforms import Item, reader
from indexer.platforms.filing import filed

TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "xls": "application/vnd.ms-excel",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass
class InventedLog:
    """A log and what stands in it. ``log`` is one of the samples' registry."""

    folder: Path
    log: str = "ambershire"
    engine_url: str | None = None
    pages: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The archive folder, with the samples' registry beside it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(samples.registry_path(), self.folder / "forces.toml")

    @property
    def registry(self) -> ForceRegistry:
        """The samples' forces."""
        return load_forces(self.folder / "forces.toml")

    @property
    def address(self) -> str:
        """The engine's address."""
        return self.engine_url or f"path:{self.folder / 'index'}"

    def publish(self, name: str, title: str, text: str, files: Mapping[str, bytes] | None = None) -> str:
        """Put a page on the site; its address. Paragraphs are parted by an empty line."""
        log = self.registry.log(self.log)
        url = f"http://www.{log.hosts[0]}{log.prefixes[0].rstrip('/')}/{name}/".replace("disclosure-/", "disclosure-1/")
        links = ""
        for file, data in (files or {}).items():
            path = f"http://www.{log.hosts[0]}/SysSiteAssets/foi-media/{log.media_slug}/{file}"
            self.files[path] = data
            links += f'<li><a href="{path}">{escape(file.rsplit("/", 1)[-1])} ({len(data)} bytes)</a></li>'
        body = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n"))
        page = f"<html><body><main><h1>{escape(title)}</h1>{body}<ul>{links}</ul></main></body></html>"
        self.pages[url] = page.encode()
        return url

    def take_down(self, url: str) -> None:
        """The force removes a page."""
        del self.pages[url]

    def crawl(self) -> dict[str, str]:
        """File everything that stands there now; the id by address."""
        ids: dict[str, str] = {}
        registry = self.registry
        log = registry.log(self.log)
        with Archive.open(self.folder, write=True, registry=registry) as archive:
            run = archive.begin_run(self.log)
            for url, body in self.pages.items():
                capture = archive.keep(_answer(url, body, "text/html; charset=utf-8"))
                page = reader(log.platform).read(url, body, log)
                assert isinstance(page, Item), page
                for found in run.file_item(url, capture, filed(page)):
                    if found.id:
                        ids[url] = found.id
                    for want in found.wanted:
                        media_type = TYPES[want.url.rsplit(".", 1)[-1]]
                        run.file_attachment(want.url, archive.keep(_answer(want.url, self.files[want.url], media_type)))
            run.finish(RunStatus.OK)
        return ids

    def bring(self, *paths: Path) -> list[str]:
        """Import loose letters; their ids."""
        with Archive.open(self.folder, write=True, registry=self.registry) as archive:
            return [one.id for one in Importer(archive, self.registry).bring(paths) if one.id]

    def index(self, engine: Engine, *, full: bool = False) -> None:
        """Bring an engine up to date, as ``crossforce index`` does."""
        build(self.folder, engine, self.address, full=full)


def _answer(url: str, body: bytes, media_type: str) -> Exchange:
    return Exchange(
        url=url, status=200, headers=(("Content-Type", media_type),), body=body, fetched_at=datetime.now(UTC)
    )
