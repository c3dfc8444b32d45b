"""Masks: passages that an operator covers, kept only as a hash and found again where the text has shifted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from indexer.disclosure import Part

COVER = "█"  # what a masked letter becomes
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """A passage of whole words to cover. Offsets are code points into the text of the page as extracted.

    ``words`` are counted and hashed without what stands between them, so that a new line break is no hiding place.
    """

    part: str
    page: int
    start: int
    end: int
    words: int
    passage: str  # SHA-256

    @classmethod
    def over(cls, text: str, *, part: str, page: int, start: int, end: int) -> Mask:
        """A mask over ``text[start:end]``, widened to whole words.

        Raises ``ValueError`` where that is outside the text or holds no word.
        """
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no passage from {start} to {end}: the page has {len(text)} characters")
        touched = [found for found in WORD.finditer(text) if found.end() > start and found.start() < end]
        if not touched:
            raise ValueError(f"there is no word from {start} to {end}")
        return cls(
            part=part,
            page=page,
            start=min(start, touched[0].start()),
            end=max(end, touched[-1].end()),
            words=len(touched),
            passage=_hash(touched),
        )

    def fits(self, text: str) -> bool:
        """Whether the passage stands exactly where it stood."""
        return _hash(list(WORD.finditer(text, self.start, self.end))) == self.passage

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Every place of a text that reads like the passage."""
        found = list(WORD.finditer(text))
        windows = (found[at : at + self.words] for at in range(len(found) - self.words + 1))
        return [(window[0].start(), window[-1].end()) for window in windows if _hash(window) == self.passage]


def cover(parts: Sequence[Part], masks: Iterable[Mask]) -> tuple[tuple[Part, ...], tuple[Mask, ...]]:
    """Parts with every masked passage covered, same length; and the masks whose passage is nowhere in them any more.

    A passage that no longer stands where it stood is covered wherever in the record it is found.
    """
    spans: list[list[tuple[int, int]]] = [[] for _ in parts]
    lost: list[Mask] = []
    for mask in masks:
        home = next((n for n, p in enumerate(parts) if (p.part, p.page) == (mask.part, mask.page)), None)
        if home is not None and mask.fits(parts[home].text):
            spans[home].append((mask.start, mask.end))
            continue
        found = [mask.spans(part.text) for part in parts]
        for n, more in enumerate(found):
            spans[n] += more
        if not any(found):
            lost.append(mask)
    return tuple(replace(p, text=_covered(p.text, s)) for p, s in zip(parts, spans, strict=True)), tuple(lost)


def _covered(text: str, spans: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = [letter if letter.isspace() else COVER for letter in letters[start:end]]
    return "".join(letters)


def _hash(words: Sequence[re.Match[str]]) -> str:
    text = " ".join(word[0].casefold() for word in words)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
