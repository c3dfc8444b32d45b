"""What the tests need from the machine: named where missing, with how to bring it. In CI nothing may be missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

IN_CI = os.environ.get("CI") == "true"
EVALUATION = Path(__file__).resolve().parents[2] / "shared" / "evaluation"


def chromium() -> str | None:
    """The browser that the page tests drive."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


NEEDS = {
    "browser": (
        lambda: chromium() is not None,
        "Chromium: on Debian, apt-get install chromium",
    ),
    "ocr": (
        lambda: shutil.which("tesseract") is not None,
        "OCR: on Debian, apt-get install tesseract-ocr",
    ),
    "elasticsearch": (
        lambda: bool(os.environ.get("CROSSFORCE_TEST_ELASTICSEARCH")),
        "Elasticsearch: make elasticsearch prints the address of one; export CROSSFORCE_TEST_ELASTICSEARCH=ADDRESS",
    ),
    "office": (
        lambda: shutil.which("soffice") is not None,
        "LibreOffice: on Debian, apt-get install libreoffice-calc libreoffice-writer",
    ),
}
_missing: set[str] = set()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests that need what is not here are left out by name; in CI that is a failure."""
    for mark, (present, how) in NEEDS.items():
        if item.get_closest_marker(mark) and not present():
            _missing.add(mark)
            if IN_CI:
                pytest.fail(f"CI must have what the tests need. {how}", pytrace=False)
            pytest.skip(how)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what was left out and how to bring it."""
    for mark in sorted(_missing):
        terminalreporter.write_line(f"left out the tests marked {mark}. {NEEDS[mark][1]}")


@pytest.fixture(scope="session")
def evaluation() -> Path:
    """The real letters for measuring; they lie beside the project and are never part of it."""
    if not (EVALUATION / "letters.jsonl").exists():
        pytest.skip("the real letters are not here: ../shared/evaluation is absent")
    return EVALUATION
