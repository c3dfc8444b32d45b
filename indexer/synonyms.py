"""The trade's words: ``taser`` also means *conducted energy device*.

They are put into the query's tree, so that every engine does the same. Quotations and words to leave out stay as they
are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexer import grammar
from indexer.analysis import tokens
from indexer.grammar import Tree, Word

Stems = tuple[str, ...]


class SynonymError(ValueError):
    """A line of ``mappings/synonyms.txt`` is malformed; says which, why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What else each term means, by the stems of the term."""

    others: Mapping[Stems, tuple[Word, ...]]

    @property
    def longest(self) -> int:
        """Words in the longest term."""
        return max(map(len, self.others), default=0)

    def expanded(self, tree: Tree) -> tuple[Tree, tuple[str, ...]]:
        """The tree with every synonym beside its word, and what is searched for that was not typed, in order."""
        widened = self._widened(tree)
        typed = _stems(tree)
        added = {word.stems: word.printed for word in _words(widened) if word.stems not in typed}
        return widened, tuple(added.values())

    def _widened(self, tree: Tree) -> Tree:
        if isinstance(tree, Word):
            return self._run((tree,))
        if isinstance(tree, grammar.Or):
            return grammar.any_of(_once(self._widened(item) for item in tree.items))
        if not isinstance(tree, grammar.And):
            return tree
        items: list[Tree] = []
        run: list[Word] = []
        for item in tree.items:
            if isinstance(item, Word):
                run.append(item)
                continue
            items += [self._run(run), self._widened(item)]
            run = []
        return grammar.all_of([*items, self._run(run)])

    def _run(self, words: Sequence[Word]) -> Tree:
        """Words side by side: the longest terms in them, from the left, each with what else it means."""
        items: list[Tree] = []
        at = 0
        while at < len(words):
            for width in range(min(self.longest, len(words) - at), 0, -1):
                term = words[at : at + width]
                others = self.others.get(tuple(stem for word in term for stem in word.stems))
                if others:
                    items.append(grammar.any_of(_once([grammar.all_of(term), *others])))
                    at += width
                    break
            else:
                items.append(words[at])
                at += 1
        return grammar.all_of(items)


def load(text: str) -> Synonyms:
    """Groups of terms, one a line, parted by commas. Raises ``SynonymError``."""
    others: dict[Stems, tuple[Word, ...]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        terms = [word for term in line.split(",") for word in _term(term.strip())]
        if len(terms) < 2 or not all(term.stems for term in terms):
            raise SynonymError(f"Line {number} needs two terms or more, parted by commas: {line!r}")
        for term in terms:
            if term.stems in others:
                raise SynonymError(f"Line {number}: “{term.printed}” stands in an earlier group; join the two groups.")
            if sum(term.stems == other.stems for other in terms) > 1:
                raise SynonymError(f"Line {number}: “{term.printed}” is there twice, once its endings are taken off.")
        for term in terms:
            others[term.stems] = tuple(other for other in terms if other is not term)
    return Synonyms(others)


def _term(printed: str) -> list[Word]:
    """A term; an abbreviation without a vowel (RTC) does not lose its plural's s by stemming, so RTCs goes with it."""
    spellings = [printed]
    if printed.isalpha() and printed.isupper() and _stemmed(printed) != _stemmed(f"{printed}s"):
        spellings.append(f"{printed}s")
    return [Word(_stemmed(spelling), spelling, added=True) for spelling in spellings]


def _stemmed(printed: str) -> Stems:
    return tuple(token.stem for token in tokens(printed))


@cache
def synonyms() -> Synonyms:
    """Those of ``mappings/synonyms.txt``."""
    return load(resources.files("mappings").joinpath("synonyms.txt").read_text("utf-8"))


def _once(items: Iterable[Tree]) -> list[Tree]:
    flat = [inner for item in items for inner in (item.items if isinstance(item, grammar.Or) else (item,))]
    return list(dict.fromkeys(flat))


def _words(tree: Tree) -> list[Word]:
    if isinstance(tree, Word):
        return [tree]
    if isinstance(tree, grammar.And | grammar.Or):
        return [word for item in tree.items for word in _words(item)]
    return []


def _stems(tree: Tree) -> set[Stems]:
    return {word.stems for word in _words(tree)}
