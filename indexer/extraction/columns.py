"""The order of pieces that no ruled line orders: columns of prose, aligned entries, plain lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from indexer.extraction.pieces import Piece

GUTTER = 0.8  # of the size: two columns stand at least so far apart where they are first seen
NARROW = 0.45  # of the size: … and so far where their longest lines come nearest
SAFE = 1.2  # of the size: a gutter as wide is one after two rows, a narrower one (which chance makes) after three
BODY = 14.0  # points: a heading's size asks for no wider gutter
OFFSET = 0.7  # of the size: lines of two columns that are nearer overlap; the lines of one column are farther apart
HEADING = 8  # lines: the highest heading of a table
FIRM = 3  # rows: a gap that stood so often is a gutter, and a line across it ends the columns
PROSE_WORDS = 3.5  # words in a line, on average: columns of prose have more, entries of a table fewer
LONG_CELL = 300  # characters: a longer cell is prose laid out in a table, and keeps its lines
PARAGRAPH = 1.3  # of the usual distance of lines: more starts a new paragraph
CONTINUES = 1.6  # of the usual distance of lines: a column goes on over at most so much
DEEPEST = 6  # columns within columns within cells: more is no layout that a person made
LABEL_GAP = 6.0  # of the size: a list's number stands at most so far before its text
LABEL = re.compile(
    r"[(\[]?(?:\d{1,2}(?:\.\d{1,3}){0,3}|[A-Za-z]|[ivx]{1,5})[.):\]]+|Q\d{1,2}[.):]?|[•▪➢●○◦■□❑❖✓·*–-]|o"
)
NUMBER_LABEL = re.compile(r"\d{1,2}")
LETTERHEAD = 12  # lines: the longest letterhead
ADDRESS = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|@|\b0\d{2,4}[ )]|\bwww\.|\bTel(?:ephone)?\b")

Row = list[Piece]
Gap = tuple[float, float]


@dataclass(slots=True)
class Run:
    """Rows ``start`` up to but not including ``end`` that share gutters."""

    start: int
    end: int
    gutters: list[Gap]


def flow(pieces: Sequence[Piece], depth: int) -> list[str]:
    """The lines of a region in reading order; an empty line parts paragraphs."""
    rows = [_labelled(row) for row in _rows(pieces)]
    pitch = _pitch(rows)
    out: list[str] = []
    runs = {run.start: run for run in _runs(rows, pitch)} if depth < DEEPEST else {}
    i = 0
    previous: Row | None = None
    while i < len(rows):
        if i in runs:
            run = runs[i]
            block = _columns(rows[run.start : run.end], run.gutters, depth)
            _add_block(out, block)
            previous = None
            i = run.end
            continue
        row = rows[i]
        lines = _row_lines(row)
        if any(piece.lines is not None for piece in row):
            _add_block(out, lines)
            previous = None
        else:
            if previous is None or _starts_paragraph(previous, row, pitch):
                _add_block(out, lines)
            else:
                out.extend(lines)
            previous = row
        i += 1
    return out


def table_lines(rows: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    """Rows of cells (each its lines) as lines of text: short cells side by side, long prose cell after cell."""
    out: list[str] = []
    for row in rows:
        joined = [" ".join(line for line in cell if line) for cell in row]
        if not any(joined):
            continue
        if any(len(cell) > LONG_CELL for cell in joined) or len(row) == 1:
            for cell in row:
                if cell:
                    _add_block(out, list(cell))
            out.append("")
        else:
            out.append(" | ".join(joined).rstrip(" "))
    while out and not out[-1]:
        out.pop()
    return out


def _add_block(out: list[str], lines: list[str]) -> None:
    if lines:
        if out and out[-1]:
            out.append("")
        out.extend(lines)


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces that stand side by side, from the top; each row from left to right."""
    rows: list[Row] = []
    bottom = 0.0
    for piece in sorted(pieces, key=lambda p: (-_middle(p), p.x0)):
        if rows and _middle(piece) > bottom and not (piece.lines and any(_above(p, piece) for p in rows[-1])):
            rows[-1].append(piece)
        else:
            rows.append([piece])
            bottom = piece.y0 if piece.lines else piece.baseline
            continue
        if piece.lines:
            bottom = min(bottom, piece.y0)
    for row in rows:
        row.sort(key=lambda p: (p.x0, -p.y1))
    return rows


def _above(upper: Piece, lower: Piece) -> bool:
    return upper.x0 < lower.x1 and lower.x0 < upper.x1 and upper.y0 >= lower.y1 - 2.0


def _middle(piece: Piece) -> float:
    """A height inside the letters: a third of the size above the baseline; the top of a block."""
    return piece.y1 if piece.lines is not None else piece.baseline + 0.3 * piece.size


def _labelled(row: Row) -> Row:
    """A list's number or bullet joined with the text that it stands before."""
    out: Row = []
    for piece in row:
        if (
            out
            and out[-1].lines is None
            and piece.lines is None
            and piece.x0 - out[-1].x1 <= LABEL_GAP * piece.size
            and (LABEL.fullmatch(out[-1].text) or (len(row) == 2 and len(out) == 1 and _numbered(out[-1], piece)))
        ):
            last = out[-1]
            out[-1] = Piece(
                last.x0, min(last.y0, piece.y0), piece.x1, max(last.y1, piece.y1), piece.baseline, piece.size,
                f"{last.text} {piece.text}",
            )  # fmt: skip
        else:
            out.append(piece)
    return out


def _numbered(label: Piece, piece: Piece) -> bool:
    return bool(NUMBER_LABEL.fullmatch(label.text)) and len(piece.text.split()) >= PROSE_WORDS


def _pitch(rows: Sequence[Row]) -> float:
    """The usual distance from one line to the next."""
    steps = [
        a[0].baseline - b[0].baseline for a, b in itertools.pairwise(rows) if a[0].lines is None and b[0].lines is None
    ]
    return median(steps) if steps else 0.0


def _starts_paragraph(previous: Row, row: Row, pitch: float) -> bool:
    step = previous[0].baseline - row[0].baseline
    size = max(piece.size for piece in row)
    return step > PARAGRAPH * min(pitch, 1.5 * size) and step > PARAGRAPH * size


def _row_lines(row: Row) -> list[str]:
    out: list[str] = []
    text = ""
    for piece in row:
        if piece.lines is not None:
            if text:
                out.append(text)
                text = ""
            _add_block(out, piece.lines)
        else:
            text = f"{text} {piece.text}" if text else piece.text
    if text:
        out.append(text)
    return out


# columns


def _gaps(row: Row) -> list[Gap]:
    gaps: list[Gap] = []
    end = None
    for piece in row:
        if end is not None and piece.x0 - end >= GUTTER * min(piece.size, BODY):
            gaps.append((end, piece.x0))
        end = piece.x1 if end is None else max(end, piece.x1)
    return gaps


def _narrowed(gutter: Gap, row: Row) -> Gap | None:
    """What a row leaves free of a gutter; None where a piece stands across it."""
    a, b = gutter
    for piece in row:
        if piece.x1 <= a or piece.x0 >= b:
            continue
        if piece.x0 <= a and piece.x1 >= b:
            return None
        if piece.x0 <= a:
            a = piece.x1
        elif piece.x1 >= b:
            b = piece.x0
        else:
            return None
    return (a, b) if b - a >= NARROW * min(*(piece.size for piece in row), BODY) else None


def _beside(rows: list[Row], i: int) -> Row:
    """The pieces of a row and of those less than a line away: two columns need not stand on the same lines."""
    row = rows[i]
    if any(piece.lines is not None for piece in row):
        return row
    out = list(row)
    reach = OFFSET * min(piece.size for piece in row)
    for j in (i - 1, i + 1):
        if 0 <= j < len(rows) and abs(rows[j][0].baseline - row[0].baseline) < reach:
            out.extend(piece for piece in rows[j] if piece.lines is None)
    return sorted(out, key=lambda piece: piece.x0)


def _both_sides(row: Row, gutter: Gap) -> bool:
    return any(p.x1 <= gutter[0] + 0.1 for p in row) and any(p.x0 >= gutter[1] - 0.1 for p in row)


def _runs(rows: list[Row], pitch: float) -> list[Run]:
    runs: list[Run] = []
    i = 0
    while i < len(rows):
        floor = runs[-1].end if runs else 0
        run = _run(rows, i, pitch, floor)
        if run is None:
            i += 1
            continue
        finer = _finer(rows, run, i, pitch)
        if finer is not None:  # the rows above are a heading that spans columns
            head = _run(rows[: finer.start], i, pitch, floor)
            runs.extend([head, finer] if head is not None else [finer])
            i = finer.end
            continue
        runs.append(run)
        i = run.end
    return runs


def _finer(rows: list[Row], run: Run, first: int, pitch: float) -> Run | None:
    """A run that starts a little later inside another and has more columns."""
    best: Run | None = None
    for start in range(first + 1, min(first + HEADING, run.end - FIRM) + 1):
        other = _run(rows, start, pitch, floor=start)
        if other is None or other.end - other.start < FIRM:
            continue
        if len(other.gutters) > len(best.gutters if best else run.gutters):
            best = other
    return best


def _run(rows: list[Row], first: int, pitch: float, floor: int) -> Run | None:
    """The longest run of rows with common gutters that starts with row ``first``, and what hangs on to it above."""
    gutters = [(gap, 1) for gap in _gaps(_beside(rows, first))]
    if not gutters:
        return None
    last, both = first, 1
    i = first + 1
    while i < len(rows):
        kept: list[tuple[Gap, int]] = []
        crossed = False
        for gutter, support in gutters:
            narrowed = _narrowed(gutter, rows[i])
            if narrowed is not None:
                kept.append((narrowed, support + _both_sides(_beside(rows, i), narrowed)))
            elif support >= FIRM:
                crossed = True
        if crossed or not kept:
            break
        if any(_both_sides(_beside(rows, i), gutter) for gutter, _ in kept):
            if not _joins(rows, i, [g for g, _ in kept], range(first, last + 1), pitch, far=3.0):
                break
            last, both = i, both + 1
            gutters = kept
        elif not _joins(rows, i, [g for g, _ in kept], range(first, i), pitch, far=3.0):
            break
        i += 1
    safe = SAFE * min(BODY, max(piece.size for piece in rows[first]))
    final = [gap for gap, support in gutters if support >= (2 if gap[1] - gap[0] >= safe else FIRM)]
    if both < 2 or not final:
        return None
    end = last + 1
    while end < len(rows) and _joins(rows, end, final, range(first, end), pitch):
        end += 1
    start = first
    while start > floor and _joins(rows, start - 1, final, range(start, end), pitch):
        start -= 1
    return Run(start, end, final)


def _joins(rows: list[Row], i: int, gutters: list[Gap], run: range, pitch: float, far: float = CONTINUES) -> bool:
    """Whether row ``i`` goes on with a column of the run: crosses no gutter, is near, and stands in line with it."""
    if any(_narrowed(gutter, rows[i]) is None for gutter in gutters):
        return False
    for piece in rows[i]:
        column = _column(piece, gutters)
        near = [p for j in run for p in rows[j] if _column(p, gutters) == column]
        if not near:
            continue
        step = min(_distance(piece, p) for p in near)
        if step <= far * max(min(pitch, 2 * piece.size), 1.1 * piece.size):
            return True
    return False


def _distance(a: Piece, b: Piece) -> float:
    if a.lines is not None or b.lines is not None:
        return max(0.0, max(a.y0, b.y0) - min(a.y1, b.y1)) + max(a.size, b.size)
    return abs(a.baseline - b.baseline)


def _column(piece: Piece, gutters: Sequence[Gap]) -> int:
    middle = (piece.x0 + piece.x1) / 2
    return sum(middle > (a + b) / 2 for a, b in gutters)


def _columns(rows: list[Row], gutters: list[Gap], depth: int) -> list[str]:
    """A run as text: whole columns one after the other where they are prose, else row by row."""
    count = len(gutters) + 1
    columns: list[list[Piece]] = [[] for _ in range(count)]
    for row in rows:
        for piece in row:
            columns[_column(piece, gutters)].append(piece)
    if (
        count > 2 and columns[0] and all(piece.text.endswith(":") for piece in columns[0])
    ):  # "Our ref:  12/34", an address
        out = flow([*columns[0], *columns[1]], depth + 1)
        _add_block(out, flow([piece for column in columns[2:] for piece in column], depth + 1))
        return out
    in_step = False
    if _prose(columns) or _letterhead(columns):
        in_step = _in_step([_paragraph_starts(column) for column in columns])
        if not in_step:
            out = []
            for column in columns:
                _add_block(out, flow(column, depth + 1))
            return out
    records = _records(rows, gutters, in_step=in_step)
    cells = [[flow(cell, depth + 1) for cell in record] for record in records]
    if count == 2 and all(not a or (len(a) == 1 and a[0].endswith(":")) for a, _ in cells):
        return [" ".join([*a, *b]) for a, b in cells]  # "Date:   5 May"
    return table_lines(cells)


def _prose(columns: list[list[Piece]]) -> bool:
    full = 0
    for column in columns:
        words = sum(len(piece.text.split()) for piece in column)
        full += any(piece.lines is not None for piece in column) or (
            len(column) >= 3 and words / len(column) >= PROSE_WORDS
        )
    return len(columns) <= 3 and full == len(columns)


def _letterhead(columns: list[list[Piece]]) -> bool:
    """Two blocks of addresses side by side, neither of them a column of labels."""
    return (
        len(columns) == 2
        and all(len(column) <= LETTERHEAD for column in columns)
        and any(ADDRESS.search(piece.text) for column in columns for piece in column)
        and not any(piece.text.endswith(":") for column in columns for piece in column)
    )


def _paragraph_starts(column: list[Piece]) -> list[float]:
    """The baselines at which a new paragraph of the column starts, after its first."""
    ordered = sorted(column, key=lambda p: -p.baseline)
    steps = [a.baseline - b.baseline for a, b in itertools.pairwise(ordered)]
    if not steps:
        return []
    usual = min(step for step in steps if step > 0) if any(step > 0 for step in steps) else 0.0
    return [b.baseline for b, step in zip(ordered[1:], steps, strict=True) if step > PARAGRAPH * usual]


def _in_step(starts: list[list[float]]) -> bool:
    """Whether the paragraphs of all columns start side by side, as questions and their answers do."""
    fewest = min(starts, key=len)
    if not fewest:
        return False
    met = sum(all(any(abs(y - other) < 2.0 for other in column) for column in starts) for y in fewest)
    return met >= 0.8 * len(fewest)


def _records(rows: list[Row], gutters: list[Gap], *, in_step: bool) -> list[list[list[Piece]]]:
    """Rows of a table without rules: a line that only goes on with the cells above it joins them.

    ``in_step``: the cells are passages that start side by side, so that only a gap parts two rows.
    """
    count = len(gutters) + 1
    steps = [a[0].baseline - b[0].baseline for a, b in itertools.pairwise(rows)]
    tight = min((step for step in steps if step > 0), default=0.0)
    apart = [step > PARAGRAPH * tight for step in steps]
    filled = [len({_column(piece, gutters) for piece in row}) for row in rows]
    close = [f for f, wide in zip(filled[1:], apart, strict=True) if not wide]
    by_gap = in_step or (any(apart) and bool(close) and sum(f < count for f in close) >= 0.5 * len(close))
    records: list[list[list[Piece]]] = []
    for i, row in enumerate(rows):
        first = any(_column(piece, gutters) == 0 for piece in row)
        goes_on = bool(records) and ((not apart[i - 1]) if by_gap else (not first and filled[i] == 1))
        if not goes_on:
            records.append([[] for _ in range(count)])
        for piece in row:
            records[-1][_column(piece, gutters)].append(piece)
    return records
