"""Reading a name where one may stand: how far it runs, and whether it can be a person's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from indexer.analysis import fold
from indexer.masking.contacts import emails
from indexer.masking.wordlist import WordList

MOST_WORDS: Final = 6  # of one name: two given names, a particle and a double surname, with one to spare
_WORD = re.compile(r"[^\W\d_]+(?:['’‘\-‐‑][^\W\d_]+)*\.?")
_GAP = re.compile(r"[ \t\u00a0]{1,3}")
_BESIDE_TITLE = re.compile(r"(?:\d{1,6}|\((?:retd|rtd|ret'd)\.?\))[ \t]+", re.IGNORECASE)  # a collar number, "(retd)"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LOWER = re.compile(r"(?<![^\W_])[^\W\d_]{3,}(?![^\W_])")
_CAPITAL = re.compile(r"(?<![^\W_])[^\W\d_]+")
_CAPITALS = re.compile(r"(?<![\w'’-])[^\W\d_][\w'’-]*(?:[ \t]+[^\W\d_][\w'’-]*)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A name as printed in one place, its title or rank included in the span but not in the words."""

    start: int
    end: int
    words: tuple[str, ...]
    titled: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The words folded."""
        return tuple(fold(word) for word in self.words)


def name_at(text: str, start: int, end: int, lists: WordList) -> Printed | None:
    """The name that begins at ``start``, as far as its words are a name's; None where none begins."""
    at = start
    while at < end and text[at] in " \t\u00a0\"'“‘(>*|":
        at += 1
    begin, titled = at, False
    while (before := _WORD.match(text, at, end)) and fold(before.group().rstrip(".")) in lists.before_names:
        gap = _GAP.match(text, before.end(), end)
        if gap is None or not before.group()[0].isupper():
            return None
        at, titled = gap.end(), True
        beside = _BESIDE_TITLE.match(text, at, end)
        at = beside.end() if beside else at
    words: list[str] = []
    stop = at
    while len(words) < MOST_WORDS and (word := _WORD.match(text, at, end)):
        bare = word.group().rstrip(".")
        key = fold(bare)
        small = not bare[0].isupper()
        if (small and (key not in lists.particles or not words)) or key in lists.stops:
            break
        words.append(bare)
        stop = word.end() if len(bare) == 1 else word.start() + len(bare)
        gap = _GAP.match(text, word.end(), end)
        if gap is None or (word.group().endswith(".") and len(bare) > 2):  # "Dear Mr Day. Thank you": a sentence ended
            break
        at = gap.end()
    while words and not words[-1][0].isupper():
        stop -= len(words.pop()) + 1
    if not any(len(word) > 1 for word in words):
        return None
    return Printed(start=begin, end=stop, words=tuple(words), titled=titled)


class Surroundings:
    """What a whole record's words tell about a capitalised one: is it a word, or a place that a body is named after?"""

    def __init__(self, texts: list[str], lists: WordList) -> None:
        self.texts = texts
        self.lists = lists

    @cached_property
    def small(self) -> frozenset[str]:
        """Words that the record prints in small letters too, outside addresses: no one's name by themselves."""
        found: set[str] = set()
        for text in self.texts:
            for word in _LOWER.finditer(_without_addresses(text)):
                if word.group().islower():
                    found.add(fold(word.group()))
        return frozenset(found)

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Words that the record prints with a capital, outside addresses."""
        return frozenset(
            fold(word)
            for text in self.texts
            for word in _CAPITAL.findall(_without_addresses(text))
            if word[0].isupper()
        )

    @cached_property
    def places(self) -> frozenset[str]:
        """Words that bodies are named after here: "Ambershire" of "Ambershire Police"."""
        found: set[str] = set()
        for text in self.texts:
            for run in _CAPITALS.finditer(text):
                words = [word for word in run.group().split() if word[0].isupper()]
                keys = [fold(word) for word in words]
                for first, second in pairwise(keys):
                    if second in self.lists.bodies and first not in self.lists.before_names:
                        found.add(first)
        return frozenset(found)

    def is_word(self, key: str) -> bool:
        """Whether it says nothing by itself."""
        return key in self.small or key in self.lists.also_words


def is_person(name: Printed, around: Surroundings, *, sure: bool, place: bool = False) -> bool:
    """Whether this can be a person's name. ``sure``: it stands where nothing but a name, a role or a body stands;
    ``place``: even where bodies are named after the same word ("Dear Clare", of Clare Street)."""
    lists, keys = around.lists, name.keys
    if any(key in lists.bodies and key not in lists.also_words for key in keys):
        return False
    if any(key in lists.roles for key in keys) and not (name.titled and len(keys) == 1):
        return False
    if name.titled:
        return True
    if len(keys) == 1 and keys[0] in lists.bodies:
        return False
    if sure:
        return place or len(keys) > 1 or keys[0] not in around.places
    if any(len(key) > 2 and (key in around.small or key in lists.bodies) for key in keys):
        return False
    if not name.words[0].isupper() and any(len(word) > 1 and word.isupper() for word in name.words):
        return False  # "Ambershire CCG"
    return not all(key in around.places or key in lists.also_words for key in keys)


def _without_addresses(text: str) -> str:
    pieces, done = [], 0
    stretches: Iterator[tuple[int, int]] = (found.span() for found in _ADDRESS.finditer(text))
    for start, end in sorted([*stretches, *emails(text)]):
        if start >= done:
            pieces.append(text[done:start])
        done = max(done, end)
    return " ".join([*pieces, text[done:]])
