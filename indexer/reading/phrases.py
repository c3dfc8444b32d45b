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


class Openings:
    """How sentences begin, and turns of phrase further on, each behind a word that it cannot do without.

    ``.{0,90}\\bneither confirm`` is tried at ninety places of a sentence; to ask whether "neither" is in it takes a
    fiftieth of that.
    """

    __slots__ = ("_begins", "_later")

    def __init__(self, *turns: str, later: tuple[tuple[str, str], ...]) -> None:
        self._begins = phrases(*turns).match if turns else None
        self._later = tuple((word, re.compile(turn).match) for word, turn in later)

    def match(self, low: str) -> re.Match[str] | None:
        """As a pattern's own: the first turn of phrase that matches from the beginning."""
        if self._begins is not None:
            hit = self._begins(low)
            if hit is not None:
                return hit
        for word, turn in self._later:
            if word in low:
                hit = turn(low)
                if hit is not None:
                    return hit
        return None
