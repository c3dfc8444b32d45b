"""Pages that hold several answers, each under its own reference: parted where a new reference label stands.

Seen on old Cleveland pages ("Reference: 9999-18 Date: 11/09/2018") and in South Yorkshire's theme folders. A letter
that merely names other references in its text is not parted: only a label at the beginning of a block counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bs4 import Tag

from indexer.platforms import labels
from indexer.platforms.markup import lines, outermost, short_texts, words
from indexer.platforms.page import Link, Piece

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
LABELLED = (*HEADINGS, "p", "dt", "li", "div", "strong", "b", "td", "th", "summary")
LEAST_WORDS = 8  # beneath its label; less is a table of contents or a list of linked requests
MOST_PIECES = 200  # more labels on one page are a table of requests, each row of which is no answer
LABEL_LENGTH = 120  # code points: a label with reference and date; a longer block is a sentence


@dataclass(frozen=True, slots=True)
class Stretch:
    """One answer's elements, side by side in the tree."""

    reference: str
    title: str
    elements: tuple[Tag, ...]


def stretches(main: Tag) -> tuple[Stretch, ...]:
    """The answers of a page, two or more, or none where it is one answer."""
    starts = _starts(main)
    if len({reference for _, reference in starts}) < 2:
        return ()
    common = _common_parent(main, [element for element, _ in starts])
    children = [child for child in common.children if isinstance(child, Tag)]
    cuts = _cuts(common, children, starts)
    if len(cuts) < 2 or len({reference for _, reference in cuts}) != len(cuts):
        return ()
    ends = [position for position, _ in cuts[1:]] + [len(children)]
    made = tuple(
        Stretch(reference=reference, title=_title(children[start:end]), elements=tuple(children[start:end]))
        for (start, reference), end in zip(cuts, ends, strict=True)
    )
    if any(sum(len(words(element).split()) for element in stretch.elements) < LEAST_WORDS for stretch in made):
        return ()
    return made


def divide(main: Tag, attachments: Callable[[Sequence[Tag]], tuple[Link, ...]]) -> tuple[Piece, ...]:
    """The answers of a page as pieces, two or more, or none."""
    return tuple(
        Piece(
            key=key_of(stretch.reference),
            title=stretch.title,
            reference=stretch.reference,
            text="\n".join(line for element in stretch.elements for line in lines(element)),
            attachments=attachments(stretch.elements),
        )
        for stretch in stretches(main)
    )


def key_of(reference: str) -> str:
    """A piece's name: its reference in small letters, everything but letters and digits folded to hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", reference.lower()).strip("-")


def _starts(main: Tag) -> list[tuple[Tag, str]]:
    """Blocks that begin with a reference label, outermost first where one encloses another with the same words."""
    texts = short_texts(main, LABEL_LENGTH)
    found: list[tuple[Tag, str]] = []

    def begins(element: Tag) -> bool:
        reference = labels.reference([texts.get(id(element), "")]) if element.name in LABELLED else None
        if reference:
            found.append((element, reference))
        return reference is not None

    for _ in outermost(main, begins):
        if len(found) > MOST_PIECES:
            return []
    return found


def _common_parent(main: Tag, elements: Sequence[Tag]) -> Tag:
    """The innermost element that holds all of these."""
    shared: list[Tag] = []
    for element in elements:
        chain = [parent for parent in element.parents if isinstance(parent, Tag)][::-1]  # from the document down
        if not shared:
            shared = chain
        while shared and (len(chain) < len(shared) or chain[len(shared) - 1] is not shared[-1]):
            shared.pop()
    return shared[-1] if shared else main


def _cuts(common: Tag, children: Sequence[Tag], starts: Sequence[tuple[Tag, str]]) -> list[tuple[int, str]]:
    """Where each answer begins among the children: at its label, or at the heading right above it."""
    positions = {id(child): position for position, child in enumerate(children)}
    cuts = []
    for element, reference in starts:
        node = element
        while node.parent is not None and node.parent is not common:
            node = node.parent
        position = positions[id(node)]
        if position and children[position - 1].name in HEADINGS and children[position].name not in HEADINGS:
            position -= 1
        cuts.append((position, reference))
    return cuts


def _title(elements: Sequence[Tag]) -> str:
    """The heading of an answer, where it has one that is not only its reference."""
    for element in elements:
        heading = element if element.name in HEADINGS else element.find(HEADINGS)
        if heading is not None and labels.reference([words(heading)]) is None:
            return words(heading)
    return ""
