"""The lists of ``mappings/names.toml``: titles, closings, labels, and the words that are no one's name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib import resources

from indexer.analysis import fold


@dataclass(frozen=True, kw_only=True)
class WordList:
    """Single words are folded as ``indexer.analysis.fold`` folds; phrases are in small letters."""

    titles: frozenset[str]
    ranks: frozenset[str]
    public_roles: tuple[str, ...]
    closings: tuple[str, ...]
    weak_closings: tuple[str, ...]
    labels: tuple[str, ...]
    particles: frozenset[str]  # small words inside a name
    stops: frozenset[str]  # never part of a name: a name ends before them
    bodies: frozenset[str]  # a run of capitals with one of these is no person
    also_words: frozenset[str]  # names that are also words or places
    roles: frozenset[str]
    units: frozenset[str]  # the last word of a team, a body or a building
    publics: frozenset[str]  # bodies: a line with one of them is no person's role
    programs: frozenset[str]  # what stands in a document's properties where nobody is named
    fingerprint: str  # of the file

    @cached_property
    def before_names(self) -> frozenset[str]:
        """What stands before a name and is covered with it."""
        return self.titles | self.ranks

    @cached_property
    def no_names(self) -> frozenset[str]:
        """What may stand before a name and is no other name."""
        return self.stops | self.titles | self.ranks | self.roles | self.bodies


@cache
def word_list() -> WordList:
    """The lists as the project ships them."""
    file = (resources.files("mappings") / "names.toml").read_bytes()
    table = tomllib.loads(file.decode("utf-8"))
    also = _words(table["also_words"])
    return WordList(
        titles=_words(table["titles"]),
        ranks=_words(table["ranks"]),
        particles=_words(table["particles"]),
        public_roles=tuple(table["public_roles"]),
        closings=tuple(table["closings"]),
        weak_closings=tuple(table["weak_closings"]),
        labels=tuple(table["labels"]),
        stops=_words(table["never_a_name"]) | _words(table["labels_that_follow"]),
        bodies=_words(table["not_a_person"]),
        also_words=also,
        roles=_words(table["role_words"]),
        units=_words(table["unit_words"]),
        publics=_words(table["body_words"]),
        programs=_words(table["program_words"]),
        fingerprint=sha256(file).hexdigest()[:8],
    )


def any_phrase(phrases: tuple[str, ...]) -> str:
    """A pattern for one of these phrases, any white space between their words; the longest is tried first."""
    return "|".join(r"[ \t]+".join(map(re.escape, phrase.split())) for phrase in sorted(phrases, key=len, reverse=True))


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())
