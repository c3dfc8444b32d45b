"""One spider per publishing platform: it schedules; what a page *is* it asks ``indexer.platforms``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from crawler.spiders.base import LogSpider, Progress
from crawler.spiders.police_scotland import PoliceScotlandSpider
from crawler.spiders.single_online_home import SohSpider

__all__ = ["SPIDERS", "LogSpider", "PoliceScotlandSpider", "Progress", "SohSpider"]

SPIDERS: Mapping[str, type[LogSpider]] = MappingProxyType(
    {spider.platform: spider for spider in (SohSpider, PoliceScotlandSpider)}
)
