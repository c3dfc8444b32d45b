"""From signs on a page to text in the order in which a person reads it.

Ruled tables come out row by row with cells parted by `` | ``; columns of prose come one whole column after the
other; columns of short aligned entries are read as a table without rules.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from indexer.extraction.columns import DEEPEST, flow, table_lines
from indexer.extraction.glyphs import Box, Glyph, PageGlyphs
from indexer.extraction.pieces import Piece, pieces
from indexer.extraction.tables import Table, tables


def page_text(page: PageGlyphs) -> str:
    """The text of one page. Text at another angle (a margin, a stamp) follows the upright text."""
    by_angle: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in page.glyphs:
        by_angle[glyph.angle].append(glyph)
    parts = []
    if upright := by_angle.pop(0, None):
        parts.append("\n".join(_region(upright, tables(page.rules, page.shades), 0)))
    for angle, glyphs in sorted(by_angle.items(), key=lambda pair: -len(pair[1])):
        parts.append("\n".join(_region(_turned(glyphs, angle), [], 0)))
    return "\n\n".join(part for part in parts if part)


def _turned(glyphs: list[Glyph], angle: int) -> list[Glyph]:
    """The same signs seen with their own line upright."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    out = []
    for g in glyphs:
        x, y = (g.x0 + g.x1) / 2, (g.y0 + g.y1) / 2
        u, v = x * cos + y * sin, y * cos - x * sin
        breadth = abs((g.x1 - g.x0) * cos) if abs(cos) > abs(sin) else abs((g.y1 - g.y0) * sin)
        out.append(
            replace(
                g,
                x0=u - breadth / 2,
                x1=u + breadth / 2,
                y0=v - g.size / 2,
                y1=v + g.size / 2,
                baseline=v - g.size * 0.3,
            )
        )
    return out


def _region(glyphs: Sequence[Glyph], grids: Sequence[Table], depth: int) -> list[str]:
    blocks: list[Piece] = []
    rest = list(glyphs)
    for grid in grids:
        inside: list[Glyph] = []
        outside: list[Glyph] = []
        for glyph in rest:
            (inside if _within(glyph, grid.box) else outside).append(glyph)
        if not any(glyph.text.strip() for glyph in inside):
            continue
        lines = _table_lines(grid, inside, depth)
        if lines is None:
            continue
        rest = outside
        x0, y0, x1, y1 = grid.box
        blocks.append(Piece(x0, y0, x1, y1, y0, 10.0, "", lines))
    return flow(pieces(rest) + blocks, depth)


def _within(glyph: Glyph, box: Box) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _parted(glyphs: list[Glyph], box: Box, columns: list[float]) -> list[list[Glyph]]:
    """A cell over several columns (a heading shaded in one piece): its parts, where no text stands across a border."""
    inner = [x for x in columns if box[0] + 1 < x < box[2] - 1]
    if not inner or not glyphs:
        return [glyphs]
    found = pieces(glyphs)
    owners = {bisect_right(inner, piece.x0) for piece in found}
    if len(owners) < 2 or any(bisect_right(inner, piece.x0) != bisect_right(inner, piece.x1) for piece in found):
        return [glyphs]
    parts: list[list[Glyph]] = [[] for _ in range(len(inner) + 1)]
    for glyph in glyphs:
        parts[bisect_right(inner, (glyph.x0 + glyph.x1) / 2)].append(glyph)
    return parts


def _table_lines(grid: Table, glyphs: list[Glyph], depth: int) -> list[str] | None:
    """The rows of a ruled table; None where only one cell has text (a frame round a passage, not a table)."""
    rows: list[list[list[str]]] = []
    for boxes in grid.rows:
        row: list[list[str]] = []
        for box in boxes:
            parts = _parted([glyph for glyph in glyphs if _within(glyph, box)], box, grid.columns)
            row.extend(_region(part, [], depth + 1) if part and depth < DEEPEST else [] for part in parts)
        rows.append(row)
    if sum(bool(cell) for row in rows for cell in row) < 2:
        return None
    return table_lines(rows)
