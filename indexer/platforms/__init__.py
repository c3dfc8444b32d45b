"""Publishing platforms: one file each, pure: (address, bytes) → listing, item, challenge or other.

``reader(platform)`` is the way in. Which platforms of the registry have no reader yet is a list, and it is tested.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from indexer.platforms.markup import parse
from indexer.platforms.page import (
    Challenge,
    Entry,
    Finding,
    Item,
    Link,
    Listing,
    Other,
    Page,
    Piece,
    Reader,
    Selector,
)
from indexer.platforms.police_scotland import PoliceScotlandReader
from indexer.platforms.single_online_home import SingleOnlineHomeReader
from indexer.platforms.tree import challenge

__all__ = [
    "NO_READER_YET",
    "READERS",
    "Challenge",
    "Entry",
    "Finding",
    "Item",
    "Link",
    "Listing",
    "Other",
    "Page",
    "Piece",
    "Reader",
    "Selector",
    "UnknownPlatformError",
    "is_challenge",
    "item_text",
    "reader",
]

READERS: Mapping[str, type[SingleOnlineHomeReader | PoliceScotlandReader]] = MappingProxyType(
    {made.platform: made for made in (SingleOnlineHomeReader, PoliceScotlandReader)}
)

# Platforms that forces.toml names and nobody has written a reader and a spider for. A test keeps the list true.
NO_READER_YET = frozenset(
    {
        "psni",
        "west-yorkshire",
        "avon-and-somerset",
        "west-midlands-legacy",
        "northumbria-legacy",
        "lancashire",
        "npcc",
        "govuk",
        "govje",
        "unknown",
    }
)


class UnknownPlatformError(LookupError):
    """No reader exists for this platform; the message says what to do about it."""


@cache
def reader(platform: str) -> Reader:
    """The reader of a platform; raises ``UnknownPlatformError``."""
    try:
        return READERS[platform]()
    except KeyError:
        raise UnknownPlatformError(
            f"no reader for the platform {platform!r}: there are {', '.join(sorted(READERS))}. "
            "A new one is a file in indexer/platforms/ and a spider in crawler/spiders/."
        ) from None


def item_text(platform: str, url: str, body: bytes, part: str = "") -> str:
    """The words of a disclosure's page as a person reads them, its platform's chrome and banners dropped.

    ``part`` names one answer of a page that holds several (``Piece.key``). Raises ``UnknownPlatformError``.
    """
    return reader(platform).text(url, body, part)


def is_challenge(body: bytes) -> bool:
    """Whether these bytes are a page that keeps robots out, whatever platform lies behind it."""
    return challenge(parse(body)) is not None
