"""From what a reader saw to what the archive files: used by the crawler and by imports, so that both file alike."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from indexer.archive.model import Item as FiledItem
from indexer.archive.model import Listed
from indexer.archive.model import Page as FiledPage
from indexer.platforms.page import Item, Link, Listing


def content_key(text: str) -> str:
    """SHA-256 of a text without its case and white space: a new banner, a moved line break or another template is no
    change of what a force said."""
    return sha256("".join(text.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()


def listed(page: Listing) -> tuple[Listed, ...]:
    """A listing's entries as the archive takes them."""
    return tuple(
        Listed(url=entry.url, title=entry.title or None, published_on=entry.published_on) for entry in page.entries
    )


def filed(page: Item, expected: tuple[str, ...] = (), listed_on: date | None = None) -> FiledPage:
    """A disclosure's page as the archive takes it, one item per answer on it.

    ``expected`` are the fields that the platform's pages showed wherever they were seen (``Reader.expected``): those
    that neither page nor listing has are counted as missing, never guessed. ``listed_on`` is the listing's date.
    """
    published = page.published_on or listed_on
    if not page.pieces:
        whole = _item(page.title, page.text, page.reference, published, page.attachments, expected)
        return FiledPage(items=(whole,), canonical=page.url, alternates=page.alternates, secondary=page.secondary)
    items = tuple(
        _item(
            piece.title or page.title,
            piece.text,
            piece.reference,
            published,
            piece.attachments,
            expected,
            part=piece.key,
        )
        for piece in page.pieces
    )
    return FiledPage(items=items, canonical=page.url, alternates=page.alternates, secondary=page.secondary)


def _item(
    title: str,
    text: str,
    reference: str | None,
    published_on: date | None,
    attachments: tuple[Link, ...],
    expected: tuple[str, ...],
    part: str = "",
) -> FiledItem:
    values = {"title": title, "text": text, "reference": reference, "published_on": published_on}
    return FiledItem(
        title=title or None,
        published_on=published_on,
        reference=reference,
        content_key=content_key(text),
        attachments=tuple((link.name, link.url) for link in attachments),
        missing=tuple(name for name in expected if not values[name]),
        part=part,
    )
