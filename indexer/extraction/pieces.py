"""Signs put together into stretches of a line."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from indexer.extraction.glyphs import Glyph

SAME_LINE = 0.15  # of the size: baselines nearer belong to one line
WORD_GAP = 0.17  # of the size: a wider gap is a space; the spaces of usual fonts are 0.25 to 0.33
PIECE_GAP = 0.55  # of the size: a wider gap may part two columns; where it does not, the pieces are joined again
TWICE = 0.15  # of the size: the same sign printed again so near makes bold, not a second letter
SMALLER = 0.85  # of the size: raised and lowered signs are smaller than their line
RAISED, LOWERED = 0.65, 0.35  # of the line's size: as far as a raised or lowered sign's baseline goes


@dataclass(slots=True)
class Piece:
    """A stretch of one line without a wide gap, or a whole block (``lines`` set) such as a table."""

    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    text: str
    lines: list[str] | None = None


def pieces(glyphs: Sequence[Glyph]) -> list[Piece]:
    """The pieces of a region, in no particular order."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -g.baseline):
        if lines and abs(lines[-1][0].baseline - glyph.baseline) <= SAME_LINE * max(glyph.size, 1.0):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    out: list[Piece] = []
    for line in _with_raised(lines):
        line.sort(key=lambda g: g.x0)
        run: list[Glyph] = []
        end = size = 0.0
        for glyph in line:
            if not glyph.text.strip():
                if run:
                    run.append(glyph)
                continue
            if run and glyph.x0 - end > PIECE_GAP * max(glyph.size, size):
                out.append(_piece(run))
                run = []
            run.append(glyph)
            end, size = max(end, glyph.x1) if len(run) > 1 else glyph.x1, glyph.size
        if run:
            out.append(_piece(run))
    return out


def _with_raised(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Raised and lowered signs (``14th``, a footnote's mark) put into the line that they hang on."""
    sizes = [median(glyph.size for glyph in line) for line in lines]
    for i, line in enumerate(lines):
        for j in (i + 1, i - 1, i + 2, i - 2):
            if not 0 <= j < len(lines) or not lines[j] or sizes[i] > SMALLER * sizes[j]:
                continue
            rise = line[0].baseline - lines[j][0].baseline if line else 0.0
            if not -LOWERED * sizes[j] < rise < RAISED * sizes[j]:
                continue
            ends = sorted(glyph.x1 for glyph in lines[j] if glyph.text.strip())
            moved: list[Glyph] = []
            kept: list[Glyph] = []
            near = False
            last = None
            for glyph in sorted(line, key=lambda g: g.x0):
                if last is None or glyph.x0 - last > WORD_GAP * glyph.size:
                    at = bisect_left(ends, glyph.x0 - 0.5 * sizes[j])
                    near = at < len(ends) and ends[at] < glyph.x0 + 0.5 * sizes[j]
                last = glyph.x1
                (moved if near else kept).append(glyph)
            lines[j].extend(replace(glyph, baseline=lines[j][0].baseline) for glyph in moved)
            line[:] = kept
    return [line for line in lines if line]


def _piece(run: list[Glyph]) -> Piece:
    solid = [glyph for glyph in run if glyph.text.strip()]
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(solid)]
    # letters set wide apart: the usual distance is no space
    letters = all(len(glyph.text) == 1 for glyph in solid)
    tracking = max(0.0, median(gaps)) if letters and len(gaps) >= 4 else 0.0
    text = ""
    last: Glyph | None = None
    space = False
    for glyph in run:
        if not glyph.text.strip():
            space = True
            continue
        if last is not None:
            if glyph.text == last.text and abs(glyph.x0 - last.x0) < TWICE * glyph.size:
                continue
            gap = glyph.x0 - last.x1 - tracking
            if space or glyph.text[0] == " " or gap > WORD_GAP * min(glyph.size, last.size):
                text += " "
        text += glyph.text.strip()
        space = glyph.text[-1] == " "
        last = glyph
    return Piece(
        min(g.x0 for g in solid), min(g.y0 for g in solid), max(g.x1 for g in solid), max(g.y1 for g in solid),
        solid[0].baseline, median(g.size for g in solid), text,
    )  # fmt: skip
