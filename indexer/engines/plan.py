"""What both engines need to know of a query before they compile it: the tree, widened by synonyms, and the order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from indexer import grammar
from indexer.grammar import Tree
from indexer.query import Facet, FacetValue, Query, Sort
from indexer.synonyms import synonyms

TITLE_BOOST = 3.0  # a title is ten words that a person chose; measured by tests/relevance
REQUEST_BOOST = 1.0  # a word in the request counts twice what it counts in an appendix; measured by tests/relevance
SYNONYM_BOOST = 0.4  # a word that was typed goes before what it also means; measured by tests/relevance
MOST_RANKED = 32  # words that titles and requests are ranked by; beyond that a query is a pasted text


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A query ready to be compiled."""

    tree: Tree
    chosen: Mapping[Facet, frozenset[str]]
    order: Sort
    also_searched: tuple[str, ...]

    @property
    def ranked(self) -> tuple[tuple[str, tuple[str, ...], float], ...]:
        """What only orders: a field of the index, the stems that are worth something in it, and how much."""
        return tuple(
            (field, word.stems, boost * weight(word))
            for word in list(dict.fromkeys(_words(self.tree)))[:MOST_RANKED]
            for field, boost in (("title", TITLE_BOOST), ("request", REQUEST_BOOST))
        )


def weight(word: grammar.Word) -> float:
    """How much a word counts beside others."""
    return SYNONYM_BOOST if word.added else 1.0


def plan(query: Query) -> Plan:
    """Raises ``QueryError``."""
    tree, also_searched = synonyms().expanded(query.tree()) if query.synonyms else (query.tree(), ())
    return Plan(tree=tree, chosen=query.chosen, order=query.order(), also_searched=also_searched)


def _words(tree: Tree) -> Iterable[grammar.Word]:
    if isinstance(tree, grammar.Word):
        yield tree
    elif isinstance(tree, grammar.And | grammar.Or):
        for item in tree.items:
            yield from _words(item)


def tallied(
    counts: Mapping[Facet, Mapping[str, int]], chosen: Mapping[Facet, frozenset[str]]
) -> Mapping[Facet, tuple[FacetValue, ...]]:
    """Facets as a person reads them: by count, then by value; a chosen value stays, be it at 0."""
    facets = {}
    for facet in Facet:
        marked = chosen.get(facet, frozenset())
        found = {**dict.fromkeys(marked, 0), **counts.get(facet, {})}
        facets[facet] = tuple(
            FacetValue(value=value, label=value, count=count, chosen=value in marked)
            for value, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        )
    return MappingProxyType(facets)
