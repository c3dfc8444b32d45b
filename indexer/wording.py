"""What a query means, in words, so that a person sees how it was understood. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from indexer import grammar
from indexer.grammar import NOT_STATED, Tree
from indexer.knowledge import Knowledge
from indexer.labels import label
from indexer.query import Facet

FACET_NAMES = {
    Facet.FORCE: "force",
    Facet.SECTION: "section",
    Facet.PROVISION: "provision",
    Facet.CONCEPT: "concept",
    Facet.REGIME: "law",
    Facet.OUTCOME: "outcome",
    Facet.YEAR: "year",
}


def in_words(tree: Tree, knowledge: Knowledge) -> str:
    """``taser OR ced s:31`` as ``the word “taser” or the word “ced”, and section 31 applied, under any law``."""
    match tree:
        case grammar.Everything():
            return "every published answer"
        case grammar.Word():
            return f"the word “{tree.printed}” in any form" if len(tree.stems) == 1 else f"“{tree.printed}” together"
        case grammar.Phrase():
            kind = "the exact phrase" if len(tree.words) > 1 else "exactly the word"
            return f"{kind} “{' '.join(tree.printed.split())}”"
        case grammar.Member():
            return _member(tree, knowledge)
        case grammar.Under():
            return _under(tree, knowledge)
        case grammar.HasReference():
            return f"the reference “{tree.key}” in any spelling"
        case grammar.After():
            return f"dated on or after {_day(tree.day)}"
        case grammar.Before():
            return f"dated on or before {_day(tree.day - timedelta(days=1))}" if tree.day > date.min else "no date"
        case grammar.Not():
            return f"without {_grouped(tree.item, knowledge)}"
        case grammar.Or():
            return _listed((_grouped(item, knowledge) for item in tree.items), "or")
        case grammar.And():
            return _listed((_grouped(item, knowledge) for item in tree.items), "and")


def unknown_force(tree: Tree, knowledge: Knowledge) -> bool:
    """Whether a force is asked for that the registry does not know: then nothing is found, and the reason is said."""
    match tree:
        case grammar.Member(facet=Facet.FORCE):
            return tree.value != NOT_STATED and tree.value not in knowledge.forces.forces
        case grammar.Not():
            return unknown_force(tree.item, knowledge)
        case grammar.Or() | grammar.And():
            return any(unknown_force(item, knowledge) for item in tree.items)
        case _:
            return False


def _member(tree: grammar.Member, knowledge: Knowledge) -> str:
    facet = Facet(tree.facet)
    if tree.value == NOT_STATED:
        return f"{FACET_NAMES[facet]} not stated"
    if facet is Facet.FORCE and tree.value not in knowledge.forces.forces:
        return f"force: “{tree.value}”, which is no force’s name here"
    return f"{FACET_NAMES[facet]}: {label(facet, tree.value, knowledge)}"


def _under(tree: grammar.Under, knowledge: Knowledge) -> str:
    if tree.regime is None:
        return f"provision {tree.provision} applied, or anything beneath it, under any law"
    printed = knowledge.provisions.printed_label(tree.regime, tree.provision)
    return f"{printed} applied, or anything beneath it"


def _grouped(tree: Tree, knowledge: Knowledge) -> str:
    words = in_words(tree, knowledge)
    return f"({words})" if isinstance(tree, grammar.And | grammar.Or) else words


def _listed(items: Iterable[str], joint: str) -> str:
    *first, last = items
    return f"{', '.join(first)} {joint} {last}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
