"""One ``Query``, compiled by each engine, and one ``Results``, parsed by each engine. Nothing engine-shaped leaks.

A query's parameters are the same words in the search box, the page's URL, the API and the export.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from indexer.disclosure import Disclosure


class Facet(StrEnum):
    """A way to narrow a result. Each is also the name of its URL parameter, its export column and its typed prefix."""

    FORCE = "force"
    SECTION = "section"  # "FOIA 31"
    PROVISION = "provision"  # "FOIA 31(1)(a)"
    CONCEPT = "concept"
    REGIME = "regime"
    OUTCOME = "outcome"
    YEAR = "year"


NOT_STATED = "none"  # the facet value of records that have no value


class Sort(StrEnum):
    """Order of a result; ties fall by id, undated records last."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a person asked for."""

    text: str = ""  # as typed; see ``indexer.grammar``
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    sort: Sort | None = None  # None: relevance where words were typed, else newest
    page: int = 1
    size: int = 20
    synonyms: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a facet with the number of records behind it."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A passage that matches. ``marks`` are (start, end) in ``text``; ``start`` is where the passage begins in its part."""

    part: str
    page: int
    start: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    voice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record of a result, whole, with its matching passages."""

    disclosure: Disclosure
    snippets: tuple[Snippet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of a result. ``total`` is exact."""

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[Facet, tuple[FacetValue, ...]] = field(default_factory=lambda: MappingProxyType({}))
    also_searched: tuple[str, ...] = ()
    took_ms: float = 0.0
    partial: bool = False  # a shard failed or time ran out: said to the person, never hidden


def to_parameters(query: Query) -> list[tuple[str, str]]:
    """URL parameters of a query, defaults left out, in one fixed order."""
    raise NotImplementedError


def from_parameters(pairs: Iterable[tuple[str, str]]) -> Query:
    """The query that URL parameters say; raises ``indexer.grammar.QueryError`` on a value that none allows."""
    raise NotImplementedError
