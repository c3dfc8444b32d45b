"""A plan as tantivy's calls: pure, so that it is tested without an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur

from indexer import grammar
from indexer.disclosure import Regime
from indexer.document import provision_key
from indexer.engines.plan import Plan, weight
from indexer.engines.sortkeys import SortKeys
from indexer.query import Facet


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_bytes_field("record", stored=True)
    builder.add_text_field("id", fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("words", "stems", "title", "request"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("reference", "under", "marks"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for facet in Facet:
        builder.add_text_field(facet.value, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True)
    for name in SortKeys._fields:
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


SCHEMA = _schema()


def compiled(tree: grammar.Tree, *, ranking: bool = False) -> tantivy.Query:
    """The tree as tantivy's calls; with ``ranking``, words and phrases weigh and what merely narrows does not."""
    query = _compiled(tree, ranking)
    if ranking and isinstance(tree, grammar.Word) and tree.added:
        return tantivy.Query.boost_query(query, weight(tree))
    narrows = not isinstance(tree, grammar.Word | grammar.Phrase | grammar.And | grammar.Or)
    return tantivy.Query.const_score_query(query, 0.0) if ranking and narrows else query


def _compiled(tree: grammar.Tree, ranking: bool) -> tantivy.Query:
    match tree:
        case grammar.Everything():
            return tantivy.Query.all_query()
        case grammar.Word():
            return side_by_side("stems", tree.stems)
        case grammar.Phrase():
            return side_by_side("words", tree.words)
        case grammar.Member():
            return term(tree.facet, tree.value)
        case grammar.Under():
            regimes = [tree.regime] if tree.regime else list(Regime)
            return any_of([term("under", provision_key(regime, tree.provision)) for regime in regimes])
        case grammar.HasReference():
            return term("reference", tree.key)
        case grammar.After():
            return between("day", tree.day.toordinal(), None)
        case grammar.Before():
            return between("day", None, tree.day.toordinal() - 1)
        case grammar.Not():
            return all_of([], [compiled(tree.item)])
        case grammar.And():
            wanted = [compiled(item, ranking=ranking) for item in tree.items if not isinstance(item, grammar.Not)]
            return all_of(wanted, [compiled(item.item) for item in tree.items if isinstance(item, grammar.Not)])
        case grammar.Or():
            return any_of([compiled(item, ranking=ranking) for item in tree.items])


def term(field: str, value: str) -> tantivy.Query:
    """Records that hold a value."""
    return tantivy.Query.term_query(SCHEMA, field, value)


def side_by_side(field: str, words: Sequence[str]) -> tantivy.Query:
    """Words in a row; a phrase of one word makes tantivy panic."""
    return term(field, words[0]) if len(words) == 1 else tantivy.Query.phrase_query(SCHEMA, field, list(words))


def between(field: str, least: int | None, most: int | None) -> tantivy.Query:
    """Records whose number lies in between, both bounds included."""
    return tantivy.Query.range_query(SCHEMA, field, tantivy.FieldType.Integer, least, most)


def any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """The disjunction of at least one."""
    return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(Occur.Should, q) for q in queries])


def all_of(wanted: Sequence[tantivy.Query], unwanted: Sequence[tantivy.Query] = ()) -> tantivy.Query:
    """The conjunction; a query of negations alone finds nothing in tantivy, and means everything but."""
    wanted = wanted or [tantivy.Query.all_query()]
    if len(wanted) == 1 and not unwanted:
        return wanted[0]
    return tantivy.Query.boolean_query([(Occur.Must, q) for q in wanted] + [(Occur.MustNot, q) for q in unwanted])


@dataclass(frozen=True, slots=True)
class Compiled:
    """A plan in tantivy's terms."""

    matching: tantivy.Query
    choices: dict[Facet, tantivy.Query]
    ranking: tantivy.Query

    @classmethod
    def of(cls, planned: Plan, hidden: Sequence[tantivy.Query] = ()) -> Compiled:
        """Compile a plan that leaves out what is hidden."""
        choices = {f: any_of([term(f.value, v) for v in sorted(values)]) for f, values in planned.chosen.items()}
        weighed = [(Occur.Must, compiled(planned.tree, ranking=True))]
        weighed += [(Occur.Must, tantivy.Query.const_score_query(choice, 0.0)) for choice in choices.values()]
        for field, stems, boost in planned.ranked:
            weighed.append((Occur.Should, tantivy.Query.boost_query(side_by_side(field, stems), boost)))
        weighed += [(Occur.MustNot, one) for one in hidden]
        return cls(all_of([compiled(planned.tree)], hidden), choices, tantivy.Query.boolean_query(weighed))

    def narrowed(self, besides: Facet | None = None) -> tantivy.Query:
        """What matches under every choice, but that of one facet."""
        return all_of([self.matching, *(query for facet, query in self.choices.items() if facet is not besides)])
