"""A real archive and a real index of a few sample disclosures, filed as the crawler files them, without a network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from indexer.archive import Archive, Capture, Exchange, RunStatus
from indexer.build import Builder, bring_up_to_date
from indexer.engines.base import Engine
from indexer.extraction import Extractor
from indexer.knowledge import Knowledge
from indexer.platforms import Item, reader
from indexer.platforms.filing import filed
from samples.site import Placed, placed, site


def harvest(folder: Path, knowledge: Knowledge, keys: Collection[str]) -> dict[str, str]:
    """File these samples; the id of each by its key."""
    ids: dict[str, str] = {}
    by_log: defaultdict[str, list[Placed]] = defaultdict(list)
    for one in placed(1):
        if one.case.key in keys:
            by_log[one.case.log].append(one)
    with Archive.open(folder, write=True, registry=knowledge.forces) as archive:
        for log, ones in by_log.items():
            run = archive.begin_run(log)
            known = knowledge.forces.log(log)
            for one in ones:
                capture = keep(archive, one.url)
                page = reader(known.platform).read(one.url, archive.body(capture), known)
                assert isinstance(page, Item)
                for found in run.file_item(one.url, capture, filed(page)):
                    assert found.id
                    ids[one.case.key] = found.id
                    for want in found.wanted:
                        run.file_attachment(want.url, keep(archive, want.url))
            run.finish(RunStatus.OK)
    return ids


def keep(archive: Archive, url: str) -> Capture:
    """What the sample site answers at an address, kept."""
    parts = urlsplit(url)
    answer = site(1)[parts.netloc, parts.path]
    return archive.keep(
        Exchange(
            url=url,
            status=answer.status,
            headers=(("Content-Type", answer.content_type),),
            body=answer.body,
            fetched_at=datetime.now(UTC),
        )
    )


def index(folder: Path, knowledge: Knowledge, engine: Engine) -> None:
    """Bring an engine up to date with the archive."""
    with Archive.open(folder, registry=knowledge.forces) as archive, Extractor() as extractor:
        builder = Builder(archive, knowledge, extractor, today=datetime.now(UTC).date())
        bring_up_to_date(archive, engine, f"path:{folder / 'index'}", builder)
