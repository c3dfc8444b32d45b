"""How near two requests are: an engine brings candidates that share telling words, this puts them in order."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz

from indexer.analysis import streams
from indexer.disclosure import Disclosure
from indexer.document import request_of
from indexer.query import Hit

CANDIDATES = 60  # records that an engine brings: the reranking of measured.md found all of its families within 12
MOST_TERMS = 25  # telling words of a request: Lucene's and tantivy's own choice
LONGEST_COMPARED = 4000  # characters of stems; a longer request is told apart by its beginning
LEAST = 35.0  # of 100: below this, requests in tests/relevance share only what every request says


def nearest(text: str, candidates: Iterable[Disclosure], limit: int) -> tuple[Hit, ...]:
    """The nearest candidates, nearest first; those that only share what every request says are left out."""
    wanted = _comparable(text)
    scored = [(_score(wanted, _comparable(request_of(found))), found.id, found) for found in candidates]
    scored.sort(key=lambda row: (-row[0], row[1]))
    return tuple(Hit(disclosure=found) for score, _, found in scored[:limit] if score >= LEAST)


def _comparable(text: str) -> str:
    return " ".join(streams(text)[1])[:LONGEST_COMPARED]


def _score(one: str, other: str) -> float:
    """Half for shared words whatever else is said, half for saying nothing else."""
    return 0.5 * fuzz.token_set_ratio(one, other) + 0.5 * fuzz.token_sort_ratio(one, other)
