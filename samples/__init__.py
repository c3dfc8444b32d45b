"""Disclosure logs of invented forces, for the demo and the tests."""

from __future__ import annotations

from pathlib import Path


def registry_path() -> Path:
    """The samples' own ``forces.toml``."""
    return Path(__file__).parent / "forces.toml"
