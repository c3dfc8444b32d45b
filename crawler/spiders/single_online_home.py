"""Single Online Home: some forty forces, which differ only in ``forces.toml``."""

from __future__ import annotations

from typing import ClassVar

from crawler.spiders.base import LogSpider


class SohSpider(LogSpider):
    """Published-items listing, its further pages, disclosures, files."""

    name = "soh"
    platform: ClassVar[str] = "soh"
