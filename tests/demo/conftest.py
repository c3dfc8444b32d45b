"""The demo, run as a person runs it: the real command in a process of its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from commandline import crossforce, last_row


@pytest.fixture(scope="session")
def first_demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The archive after one run of the demo, and the last line it printed. Never written to."""
    folder = tmp_path_factory.mktemp("demo") / "archive"
    return folder, last_row(crossforce("demo", "--no-serve", "--json", folder=folder))


@pytest.fixture
def demo_copy(first_demo: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """A copy of the demo's archive to do anything with."""
    return Path(shutil.copytree(first_demo[0], tmp_path / "archive"))
