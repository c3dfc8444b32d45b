"""Records around a text, for tests of masking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from indexer.disclosure import Attachment, Disclosure, Part, Reading, Source
from indexer.masking import mask

MOMENT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SITE = "https://www.ambershire.police.example"


def record_of(text: str, *, title: str = "An answer", files: Sequence[str] = ()) -> Disclosure:
    """A record of one page, with files by these names."""
    return Disclosure(
        id="ambershire-1",
        log="ambershire",
        forces=("ambershire",),
        title=title,
        reading=Reading(parts=(Part(part="page", page=1, text=text),)),
        media_type="text/html",
        attachments=tuple(
            Attachment(
                number=number,
                name=name,
                url=f"{SITE}/media/{name}",
                media_type="application/pdf",
                size=1,
                sha256=f"{number:064}",
                pages=1,
            )
            for number, name in enumerate(files, start=1)
        ),
        sources=tuple(
            Source(
                url=f"{SITE}/media/{name}",
                kind="attachment",
                sha256=f"{number:064}",
                size=1,
                media_type="application/pdf",
                first_seen=MOMENT,
                last_seen=MOMENT,
                fetched_at=MOMENT,
            )
            for number, name in enumerate(files, start=1)
        ),
    )


def seen(text: str) -> str:
    """What anyone may read of a page."""
    return mask(record_of(text)).parts[0].text
