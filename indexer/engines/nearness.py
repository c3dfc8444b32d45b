"""How near two requests are: words that few requests hold, weighed by how few, against all that either says.

An engine brings candidates that share telling words and tells how many requests hold a word; the choice of words and
the order are made here, so that engines agree. ``docs/decisions/similar-requests.md`` has the figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from indexer.analysis import streams
from indexer.disclosure import Disclosure
from indexer.document import request_of
from indexer.query import Hit

CANDIDATES: Final = 60  # records that an engine brings: all of a family of fifty forces and a few more
MOST_TERMS: Final = 25  # telling words that candidates are found by: what Lucene and tantivy take of a long text
MOST_COMPARED: Final = 600  # words; a longer request is told apart by its beginning
LEAST: Final = (
    0.15  # of 1: of the pairs at or above it in the samples, two of three are about one thing; below, one of five
)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many of an index's requests hold each word."""

    requests: int
    holding: Mapping[str, int]

    def rarity(self, word: str) -> float:
        """The weight of a word, as BM25 has it; always above 0."""
        held = self.holding.get(word, 0)
        return log(1 + (max(self.requests - held, 0) + 0.5) / (held + 0.5))


def words_of(text: str) -> list[str]:
    """The stems of a request that are compared."""
    return streams(text)[1][:MOST_COMPARED]


def telling(words: Sequence[str], frequencies: Frequencies) -> list[str]:
    """The words by which candidates are found, most telling first: often here, seldom elsewhere, somewhere at all."""
    weights = _weights(words, frequencies)
    known = [word for word in weights if frequencies.holding.get(word)]
    return sorted(known, key=lambda word: (-weights[word], word))[:MOST_TERMS]


def nearest(
    words: Sequence[str], candidates: Iterable[Disclosure], frequencies: Frequencies, limit: int
) -> tuple[Hit, ...]:
    """The nearest candidates, nearest first; those that only share what every request says are left out."""
    wanted = _weights(words, frequencies)
    scored = [(_nearness(wanted, _weights(words_of(request_of(c)), frequencies)), c.id, c) for c in candidates]
    scored.sort(key=lambda row: (-round(row[0], 9), row[1]))
    return tuple(Hit(disclosure=found) for score, _, found in scored[:limit] if score >= LEAST)


def _weights(words: Sequence[str], frequencies: Frequencies) -> dict[str, float]:
    return {word: (1 + log(times)) * frequencies.rarity(word) for word, times in Counter(words).items()}


def _nearness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine between two requests, from 0 to 1."""
    shared = sum(weight * other[word] for word, weight in one.items() if word in other)
    lengths = sqrt(sum(weight**2 for weight in one.values()) * sum(weight**2 for weight in other.values()))
    return shared / lengths if lengths else 0.0
