"""Police Scotland: one log in folders for years and months."""

from __future__ import annotations

from typing import ClassVar

from crawler.spiders.base import LogSpider


class PoliceScotlandSpider(LogSpider):
    """Log, years, months, disclosures, files."""

    name = "scotland"
    platform: ClassVar[str] = "scotland"
