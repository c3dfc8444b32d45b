"""Turns of phrase as patterns: one alternative a line, and no search from the middle of a word."""

from __future__ import annotations

import re


def phrases(*turns: str) -> re.Pattern[str]:
    """A pattern that is any of these."""
    return re.compile(f"(?:{'|'.join(turns)})")


def words(*turns: str, signs: tuple[str, ...] = ()) -> re.Pattern[str]:
    """A pattern that is any of these where a word begins, or any of ``signs`` anywhere.

    Most places of a sentence lie within a word; told so, the search passes them by without trying every turn.
    """
    return re.compile("|".join((rf"\b(?:{'|'.join(turns)})", *signs)))
