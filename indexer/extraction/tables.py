"""Ruled tables: from the lines on a page to cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from indexer.extraction.glyphs import MOST_RULES, Box, Rule

TOUCH = 3.0  # points: lines that come so near meet (borders are drawn cell by cell, with small gaps)
LIKE = 6.0  # times: a cell is at most so much larger than the paragraph in it
MOST_SHADES = 2000  # of one page: more is a drawing
SHORTEST = 6.0  # points: shorter strokes are ornaments or letters drawn as lines


@dataclass(slots=True)
class Table:
    """A grid with at least two columns or two rows. ``rows`` holds the boxes of the cells, from top left."""

    box: Box
    rows: list[list[Box]]
    columns: list[float]  # the borders of the columns


def tables(rules: list[Rule], shades: list[Box]) -> list[Table]:
    """Every ruled table of a page, from the top. Shaded cells count where they lie outside what is ruled."""
    if len(rules) + 4 * len(shades) > MOST_RULES:
        return []
    found = _ruled(rules)
    loose = [box for box in _outermost(shades) if not any(_inside(_middle(box), table.box) for table in found)]
    if loose:
        wider = _ruled([*rules, *(edge for box in loose for edge in _edges(box))])
        found = [table for table in found if not any(_inside(_middle(table.box), other.box) for other in wider)] + wider
    return sorted(found, key=lambda table: -table.box[3])


def _outermost(shades: list[Box]) -> list[Box]:
    """Fills without those that lie in another of like size: a shaded paragraph lies in its shaded cell."""
    if len(shades) > MOST_SHADES:
        return []
    return [
        box
        for box in shades
        if not any(
            other is not box and _area(box) < _area(other) < LIKE * _area(box) and _inside(_middle(box), other)
            for other in shades
        )
    ]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _edges(box: Box) -> list[Rule]:
    x0, y0, x1, y1 = box
    return [Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1)]


def _inside(point: tuple[float, float], box: Box) -> bool:
    return box[0] - TOUCH <= point[0] <= box[2] + TOUCH and box[1] - TOUCH <= point[1] <= box[3] + TOUCH


def _ruled(rules: list[Rule]) -> list[Table]:
    across = _merged([(r.y0, r.x0, r.x1) for r in rules if r.x1 - r.x0 >= SHORTEST])
    down = _merged([(r.x0, r.y0, r.y1) for r in rules if r.y1 - r.y0 >= SHORTEST])
    found = []
    for group_across, group_down in _groups(across, down):
        table = _table(group_across, group_down)
        if table is not None:
            found.append(table)
    return found


Line = tuple[float, float, float]  # where it stands (y or x), and from where to where it runs


def _merged(lines: list[Line]) -> list[Line]:
    """Pieces of one line joined: borders come cell by cell, and twice where two cells meet."""
    out: list[Line] = []
    clusters: list[list[Line]] = []
    for line in sorted(lines):
        if clusters and line[0] - clusters[-1][-1][0] <= TOUCH / 2:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    for cluster in clusters:
        place = sum(line[0] for line in cluster) / len(cluster)
        start, end = None, 0.0
        for _, a, b in sorted(cluster, key=lambda line: line[1]):
            if start is None:
                start, end = a, b
            elif a <= end + TOUCH:
                end = max(end, b)
            else:
                out.append((place, start, end))
                start, end = a, b
        if start is not None:
            out.append((place, start, end))
    return out


def _groups(across: list[Line], down: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines that meet one another, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, (y, x0, x1) in enumerate(across):
        for j, (x, y0, y1) in enumerate(down, start=len(across)):
            if x0 - TOUCH <= x <= x1 + TOUCH and y0 - TOUCH <= y <= y1 + TOUCH:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for i, line in enumerate(across):
        groups[root(i)][0].append(line)
    for j, line in enumerate(down, start=len(across)):
        groups[root(j)][1].append(line)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _places(lines: list[Line]) -> list[float]:
    places: list[float] = []
    for place, _, _ in sorted(lines):
        if not places or place - places[-1] > TOUCH:
            places.append(place)
    return places


def _drawn(lines: list[Line], place: float, start: float, end: float) -> bool:
    """Whether a line at ``place`` runs at least along the middle of the stretch."""
    third = (end - start) / 3
    return any(abs(p - place) <= TOUCH and a <= start + third and b >= end - third for p, a, b in lines)


def _open_ended(places: list[float], lines: list[Line]) -> list[float]:
    """Row borders, with one more where the lines down go on: a table that runs over the page has no rule at its end."""
    bottom = sorted(start for _, start, _ in lines)[len(lines) // 2]
    top = sorted(end for _, _, end in lines)[len(lines) // 2]
    out = list(places)
    if bottom < out[0] - TOUCH * 2:
        out.insert(0, bottom)
    if top > out[-1] + TOUCH * 2:
        out.append(top)
    return out


def _table(across: list[Line], down: list[Line]) -> Table | None:
    ys, xs = _open_ended(_places(across), down), _places(down)
    left, right = min(a for _, a, _ in across), max(b for _, _, b in across)
    if left < xs[0] - TOUCH * 2:  # tables without outer borders end where their rules end
        xs.insert(0, left)
    if right > xs[-1] + TOUCH * 2:
        xs.append(right)
    columns, lines = len(xs) - 1, len(ys) - 1
    if columns < 1 or lines < 1 or columns * lines < 2:
        return None
    rows = _cells(across, down, xs, ys)
    if sum(len(row) for row in rows) < 2:
        return None
    return Table((xs[0], ys[0], xs[-1], ys[-1]), rows, xs)


def _cells(across: list[Line], down: list[Line], xs: list[float], ys: list[float]) -> list[list[Box]]:
    """The cells of a grid, from top left; those that no line parts are one."""
    columns, lines = len(xs) - 1, len(ys) - 1
    taken = [[False] * columns for _ in range(lines)]
    rows: list[list[Box]] = []
    for i in range(lines - 1, -1, -1):  # y grows upwards, rows are read downwards
        row: list[Box] = []
        for j in range(columns):
            if taken[i][j]:
                continue
            width = 1
            while j + width < columns and not taken[i][j + width] and not _drawn(down, xs[j + width], ys[i], ys[i + 1]):
                width += 1
            height = 1
            while i - height >= 0 and not any(
                _drawn(across, ys[i - height + 1], xs[k], xs[k + 1]) for k in range(j, j + width)
            ):
                height += 1
            for di in range(height):
                for dj in range(width):
                    taken[i - di][j + dj] = True
            row.append((xs[j], ys[i - height + 1], xs[j + width], ys[i + 1]))
        if row:
            rows.append(row)
    return rows
