"""``docs/crawling.md`` explains every setting, status and key of a report."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from crawler import settings
from crawler.health import LogReport
from indexer.archive import RunStatus

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "crawling.md").read_text("utf-8")
SETTINGS = [name for name in vars(settings) if name.isupper()]


@pytest.mark.parametrize("name", [*SETTINGS, *RunStatus, *(field.name for field in fields(LogReport))])
def test_it_is_explained(name: str) -> None:
    assert f"`{name}`" in PAGE
