"""One ``Query``, compiled by each engine, and one ``Results``, parsed by each engine. Nothing engine-shaped leaks.

A query's parameters are the same words in the search box, the page's URL, the API and the export.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from indexer import grammar
from indexer.disclosure import Disclosure
from indexer.grammar import NOT_STATED as NOT_STATED
from indexer.grammar import QueryError, facet_value
from indexer.reading.references import reference_key

DEFAULT_SIZE = 20  # records a page: two screens of scrolling
LARGEST_PAGE = 200  # records: what one screen or one API answer can hold; whole results go through the export
LAST_PAGE = 10_000_000  # beyond any index that one machine holds; keeps page × size inside every engine's integers
LONGEST_REFERENCE = 60  # characters: the longest shape in the registry is 27


class Facet(StrEnum):
    """A way to narrow a result. Each is also the name of its URL parameter, its export column and its typed prefix."""

    FORCE = "force"
    SECTION = "section"  # "FOIA 31"
    PROVISION = "provision"  # "FOIA 31(1)(a)"
    CONCEPT = "concept"
    REGIME = "regime"
    OUTCOME = "outcome"
    YEAR = "year"


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
    size: int = DEFAULT_SIZE
    synonyms: bool = True

    def __post_init__(self) -> None:
        """An empty choice is no choice; what was chosen cannot change afterwards."""
        kept = {facet: frozenset(self.chosen[facet]) for facet in Facet if self.chosen.get(facet)}
        object.__setattr__(self, "chosen", MappingProxyType(kept))

    def tree(self) -> grammar.Tree:
        """What was typed, parsed; raises ``QueryError``."""
        return grammar.parse(self.text)

    def order(self) -> Sort:
        """The order asked for, else relevance where words were typed, else newest first."""
        if self.sort in {Sort.NEWEST, Sort.OLDEST}:
            return self.sort or Sort.NEWEST
        return Sort.RELEVANCE if grammar.has_words(self.tree()) else Sort.NEWEST

    def as_reference(self) -> str | None:
        """The canonical key where the words typed may be one reference and nothing else; only a look-up tells."""
        text = self.text.strip()
        if not any(c.isdigit() for c in text) or len(text) > LONGEST_REFERENCE or any(c in '":' for c in text):
            return None
        return reference_key(text) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a facet with the number of records behind it."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A passage that matches. ``marks`` are (start, end) in ``text``; ``start`` is where it begins in its part."""

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


TEXT, SORT, PAGE, SIZE, SYNONYMS = "q", "sort", "page", "size", "synonyms"
PARAMETERS = (TEXT, *(facet.value for facet in Facet), SORT, PAGE, SIZE, SYNONYMS)


def to_parameters(query: Query) -> list[tuple[str, str]]:
    """URL parameters of a query, defaults left out, in one fixed order."""
    pairs = [(TEXT, query.text)] if query.text else []
    pairs += [(facet.value, value) for facet in Facet for value in sorted(query.chosen.get(facet, ()))]
    if query.sort is not None:
        pairs.append((SORT, query.sort.value))
    if query.page != 1:
        pairs.append((PAGE, str(query.page)))
    if query.size != DEFAULT_SIZE:
        pairs.append((SIZE, str(query.size)))
    if not query.synonyms:
        pairs.append((SYNONYMS, "off"))
    return pairs


def from_parameters(pairs: Iterable[tuple[str, str]], *, besides: Collection[str] | None = None) -> Query:
    """The query that URL parameters say; raises ``indexer.grammar.QueryError`` on a value that none allows.

    Names that are no parameter of a query are passed over, or, where ``besides`` names all others that the caller
    knows, refused. The words typed are parsed only when they are searched for.
    """
    single: dict[str, str] = {}
    chosen: dict[Facet, set[str]] = {}
    for name, value in pairs:
        if name in Facet.__members__.values():
            if value:
                chosen.setdefault(Facet(name), set()).add(facet_value(name, value))
        elif name in PARAMETERS:
            if name in single:
                raise QueryError(f"“{name}” is given twice.", mend="Give it once.")
            single[name] = value
        elif besides is not None and name not in besides:
            raise QueryError(
                f"There is no parameter “{name}”.", mend=f"Choose from: {', '.join((*PARAMETERS, *besides))}."
            )
    return Query(
        text=single.get(TEXT, ""),
        chosen={facet: frozenset(values) for facet, values in chosen.items()},
        sort=_sort(single.get(SORT, "")),
        page=_number(PAGE, single.get(PAGE, ""), 1, LAST_PAGE),
        size=_number(SIZE, single.get(SIZE, ""), DEFAULT_SIZE, LARGEST_PAGE),
        synonyms=_switch(single.get(SYNONYMS, "")),
    )


def _sort(value: str) -> Sort | None:
    try:
        return Sort(value) if value else None
    except ValueError:
        raise QueryError(f"“{value}” is no order.", mend=f"Choose from: {', '.join(Sort)}.") from None


def _number(name: str, value: str, default: int, largest: int) -> int:
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(largest)) and 1 <= int(value) <= largest):
        raise QueryError(f"“{value}” is no {name}.", mend=f"Give a whole number from 1 to {largest:,}.")
    return int(value)


def _switch(value: str) -> bool:
    if value not in {"", "on", "off"}:
        raise QueryError(f"“{value}” is no switch.", mend="Choose from: on, off.")
    return value != "off"
