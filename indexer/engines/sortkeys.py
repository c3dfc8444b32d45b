"""Integers that sort records by day and then by id.

tantivy sorts by one field, breaks ties by where a record happens to lie, and finds a deep page by a string a hundred
times slower than by an integer. So the day and the beginning of the id make one integer, and more of the id a second,
which settles the ties of the first; ids that agree in their first sixteen letters are left to a sort by the id itself.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, NamedTuple

_ALPHABET: Final = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"  # 64, in the order of code points
_BITS: Final = 6  # of one letter
_FIRST: Final = 6  # letters beside the day: with its 22 bits 58, and a signed integer holds 63
_FURTHER: Final = 10  # letters: 60 bits
_UNDATED: Final = (1 << 22) - 1  # above every date that Python knows


class SortKeys(NamedTuple):
    """``newest`` ascends from newest to oldest, ``oldest`` from oldest to newest, undated last in both; ``further``
    settles their ties as far as it can. Of two ids of one day, the smaller never has the greater keys."""

    newest: int
    oldest: int
    further: int


def sort_keys(day: int | None, record_id: str) -> SortKeys:
    """``day`` is a proleptic Gregorian ordinal."""
    digits = _digits(record_id)
    first, further = _number(digits[:_FIRST]), _number(digits[_FIRST:])
    newest, oldest = (_UNDATED, _UNDATED) if day is None else (_UNDATED - 1 - day, day)
    shift = _BITS * _FIRST
    return SortKeys((newest << shift) + first, (oldest << shift) + first, further)


def _number(digits: list[int]) -> int:
    value = 0
    for digit in digits:
        value = (value << _BITS) + digit
    return value


def _digits(record_id: str) -> list[int]:
    """Letter by letter; from a letter outside the alphabet on, the bound that keeps the order true."""
    digits: list[int] = []
    for letter in record_id[: _FIRST + _FURTHER]:
        digit = max(bisect_right(_ALPHABET, letter) - 1, 0)
        digits.append(digit)
        if letter != _ALPHABET[digit]:
            rest = 0 if letter < _ALPHABET[0] else len(_ALPHABET) - 1
            break
    else:
        rest = 0
    return digits + [rest] * (_FIRST + _FURTHER - len(digits))
