"""The benchmarks are scripts beside the packages, so their folder is put where their tests can import from it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
