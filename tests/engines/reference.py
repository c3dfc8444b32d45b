"""What a search must find, worked out record by record in plain Python: the judge of every engine.

It shares the analysis and the grammar with the engines, which have tests of their own, and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from indexer import grammar
from indexer.analysis import tokens
from indexer.disclosure import Disclosure
from indexer.query import Facet, Query, Sort

APPLIED = {"applied", "applied_ncnd"}


class Reference:
    """A search over a list of records."""

    def __init__(self, records: Iterable[Disclosure]) -> None:
        self.records = {record.id: _Analysed(record) for record in records}

    def ids(self, query: Query) -> set[str]:
        """What matches, with every choice."""
        return self._chosen(query, self._satisfying(query), None)

    def total(self, query: Query) -> int:
        """How many match."""
        return len(self.ids(query))

    def facets(self, query: Query) -> Mapping[Facet, list[tuple[str, int, bool]]]:
        """(value, count, chosen) of each facet, by count, then value; a facet's own choices do not narrow it."""
        found = {}
        satisfying = self._satisfying(query)
        for facet in Facet:
            counts: Counter[str] = Counter()
            for record_id in self._chosen(query, satisfying, facet):
                counts.update(self.records[record_id].facets[facet])
            chosen = query.chosen.get(facet, frozenset())
            rows = [(value, counts[value], value in chosen) for value in {*counts, *chosen}]
            found[facet] = sorted(rows, key=lambda row: (-row[1], row[0]))
        return found

    def ordered(self, query: Query) -> list[str]:
        """Ids by date, then by id, undated last; only for the orders that go by date."""

        def place(record_id: str) -> tuple[bool, int, str]:
            day = self.records[record_id].day
            ascending = day.toordinal() if day else 0
            return day is None, ascending if query.order() is Sort.OLDEST else -ascending, record_id

        return sorted(self.ids(query), key=place)

    def _satisfying(self, query: Query) -> set[str]:
        tree = query.tree()
        return {record_id for record_id, record in self.records.items() if record.satisfies(tree)}

    def _chosen(self, query: Query, satisfying: set[str], besides: Facet | None) -> set[str]:
        return {
            record_id
            for record_id in satisfying
            if all(
                values & set(self.records[record_id].facets[facet])
                for facet, values in query.chosen.items()
                if facet is not besides
            )
        }


class _Analysed:
    def __init__(self, record: Disclosure) -> None:
        reading = record.reading
        texts = [*record.forces, record.title, reading.reference or ""]
        documents: dict[str, list[str]] = {}
        for part in record.parts:
            documents.setdefault(part.part, []).append(part.text)
        analysed = [tokens(text) for text in [*texts, *("\n".join(pages) for pages in documents.values())]]
        self.words = [_line(token.text for token in found) for found in analysed]
        self.stems = [_line(token.stem for token in found) for found in analysed]
        self.day: date | None = reading.answered_on or record.published_on
        self.key = reading.reference_key
        applied = [citation for citation in reading.citations if citation.role.value in APPLIED]
        self.provisions = {(c.regime, p) for c in applied for p in (c.provision, c.parent)}
        self.facets: dict[Facet, list[str]] = {
            Facet.FORCE: sorted(set(record.forces)),
            Facet.SECTION: sorted({f"{c.regime} {c.parent}" for c in applied}),
            Facet.PROVISION: sorted({f"{c.regime} {c.provision}" for c in applied}),
            Facet.CONCEPT: sorted({c.concept for c in applied if c.concept}),
            Facet.REGIME: sorted({r.value for r in reading.regimes}),
            Facet.OUTCOME: sorted({o.value for o in reading.outcomes}),
            Facet.YEAR: [str(self.day.year)] if self.day else [],
        }
        for facet, values in self.facets.items():
            self.facets[facet] = values or ["none"]

    def satisfies(self, tree: grammar.Tree) -> bool:
        match tree:
            case grammar.Everything():
                return True
            case grammar.Word():
                return any(_line(tree.stems) in line for line in self.stems)
            case grammar.Phrase():
                return any(_line(tree.words) in line for line in self.words)
            case grammar.Member():
                return tree.value in self.facets[Facet(tree.facet)]
            case grammar.Under():
                return any(
                    tree.regime in (None, regime)
                    and (provision == tree.provision or provision.startswith(f"{tree.provision}("))
                    for regime, provision in ((r, p.lower()) for r, p in self.provisions)
                )
            case grammar.HasReference():
                return self.key == tree.key
            case grammar.After():
                return self.day is not None and self.day >= tree.day
            case grammar.Before():
                return self.day is not None and self.day < tree.day
            case grammar.Not():
                return not self.satisfies(tree.item)
            case grammar.And():
                return all(self.satisfies(item) for item in tree.items)
            case grammar.Or():
                return any(self.satisfies(item) for item in tree.items)


def _line(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
