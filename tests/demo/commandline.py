"""Commands in processes of their own, as a program or a person calls them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def crossforce(*words: str, folder: Path, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
    """One command over an archive; fails the test where it ends with another status than ``expect``."""
    done = subprocess.run(
        [sys.executable, "-c", "from crossforce import main; main()", *words, "--archive", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert expect is None or done.returncode == expect, done.stderr[-2000:]
    return done


def last_row(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The last line of JSON that a command printed."""
    row: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return row
