"""What a letter calls an exemption: absolute or qualified, class- or prejudice-based. As printed, never corrected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.disclosure import Voice
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from indexer.disclosure import Regime
    from indexer.reading.citations import Cited
    from indexer.reading.letter import Letter

# a name looked up in an enumeration takes five times as long as one of the module
_REQUEST_VOICE = Voice.REQUEST

_KIND = r"(?:absolute|qualified|class|prejudice|harm)(?:[ -]?(?:based?|base\(d\)|tested))?"
_LABEL = compiled(rf"\b{_KIND}(?:(?:,? (?:and|&|but) (?:is )?(?:an? )?|, ?(?:an? )?|/| )(?:{_KIND}))*\b")
AFTER = 120  # characters between the citations and what they are called


def find(letter: Letter, cited: list[Cited]) -> dict[tuple[Regime, str], str]:
    """By law and section, the first label that a sentence of the answer gives it."""
    joined = letter.joined
    by_piece: dict[int, list[Cited]] = {}
    for item in cited:
        by_piece.setdefault(item.piece, []).append(item)
    labels: dict[tuple[Regime, str], str] = {}
    for place, items in by_piece.items():
        piece = letter.pieces[place]
        if piece.voice is _REQUEST_VOICE or not (
            "absolute" in piece.low or "qualified" in piece.low or "based" in piece.low
        ):
            continue
        hits = [
            hit
            for hit in _LABEL.finditer(joined.lower, piece.start, piece.end)
            if re.search(r"absolute|qualified|based?", hit.group())
        ]
        for item in items:
            hit = _of(item, hits, joined.lower)
            if hit is not None:
                span = joined.span(hit.start(), hit.end())
                labels.setdefault((item.regime, item.parent), joined.printed(span, hit.start()))
    return labels


def _of(item: Cited, hits: list[re.Match[str]], lower: str) -> re.Match[str] | None:
    """The label said of a citation: the first after it, else the nearest before it."""
    after = [
        hit for hit in hits if 0 <= hit.start() - item.end < AFTER and " not " not in lower[item.end : hit.start()]
    ]
    if after:
        return after[0]
    before = [hit for hit in hits if 0 <= item.start - hit.end() < AFTER // 2]
    return before[-1] if before else None
