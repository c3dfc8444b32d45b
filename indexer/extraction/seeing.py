"""Which signs of a PDF page a person sees. The others are taken out of the text, and where they were is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from indexer.extraction.colours import alike
from indexer.extraction.glyphs import Box, Glyph
from indexer.extraction.painting import View

DARK = 110  # of 255: a surface darker than this in every channel is a dark fill
SMALLEST = 1.5  # points: smaller letters cannot be read
LEAST_RUN = 2  # letters: one letter alone in a word that PDFium cannot paint is a fault of its font
LEAST_LAYER = 4  # letters: the layer that OCR adds reads specks as shorter words


@dataclass(slots=True)
class Seen:
    """The visible signs of a page, and how many letters were hidden in which way."""

    glyphs: list[Glyph]
    hidden: Counter[str] = field(default_factory=Counter)
    covered: int = 0  # boxes that lie over something in a scan


def seen(view: View, marks: list[Box], *, layers_off: bool) -> Seen:
    """The signs of a page that are seen. ``marks`` are its redaction marks; ``layers_off``: some layer is not shown."""
    buried = {(sign, round(x), round(y)) for sign, x, y in view.buried}
    out = Seen([])
    hidden = False
    for word in _words(view.page.glyphs):
        if hidden and not word[0].text.strip():
            continue  # a blank of a hidden line
        states = [_state(glyph, view, marks, buried) for glyph in word]
        before = len(out.glyphs)
        _judge(word, states, out, layers_off=layers_off)
        hidden = len(out.glyphs) == before
    out.covered = len(view.covered)
    return out


def _words(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Signs that follow one another on a line without a gap, in the order of painting; blanks end a word."""
    words: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        joined = (
            last is not None
            and bool(glyph.text.strip())
            and bool(last.text.strip())
            and glyph.angle == last.angle
            and glyph.invisible == last.invisible
            and abs(glyph.baseline - last.baseline) < 0.5 * glyph.size
            and abs(glyph.x0 - last.x1) < 0.5 * glyph.size
        )
        if joined:
            words[-1].append(glyph)
        else:
            words.append([glyph])
        last = glyph
    return words


def _core(glyph: Glyph) -> Box:
    """Where a letter has ink and its neighbours above and below have none."""
    if glyph.angle:
        return (glyph.x0, glyph.y0, glyph.x1, glyph.y1)
    return (glyph.x0, glyph.baseline - 0.05 * glyph.size, glyph.x1, glyph.baseline + 0.6 * glyph.size)


def _state(glyph: Glyph, view: View, marks: list[Box], buried: set[tuple[str, int, int]]) -> str | None:
    """How a sign is hidden; None where it is seen, or is a blank."""
    if not glyph.text.strip():
        return None
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    crop = view.page.crop
    if not (crop[0] <= x <= crop[2] and crop[1] <= y <= crop[3]):
        return "hidden_off_page"
    if any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in marks):
        return "hidden_under_fill"
    if glyph.invisible:
        return _layer_state(glyph, view)
    if view.differs(_core(glyph)):
        return "hidden_under_fill" if view.buried and _is_buried(glyph, buried) else None
    if not glyph.text.isalnum() and view.differs((glyph.x0, glyph.y0, glyph.x1, glyph.y1)):
        return None
    if glyph.size < SMALLEST:
        return "hidden_text"
    surface = view.surface(_core(glyph))
    if max(surface) < DARK or glyph.ink is None or not alike(glyph.ink, surface):
        return "hidden_under_fill"
    return "hidden_text"


def _is_buried(glyph: Glyph, buried: set[tuple[str, int, int]]) -> bool:
    return any(
        (glyph.text[0], round(glyph.x0) + dx, round(glyph.baseline) + dy) in buried
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
    )


def _layer_state(glyph: Glyph, view: View) -> str | None:
    """A sign of the invisible layer that OCR adds is seen where the scan under it shows something."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    if not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in view.page.pictures):
        return "hidden_text"
    box = (glyph.x0, glyph.y0, glyph.x1, glyph.y1)
    if not view.flat(box):
        return None
    return "hidden_under_fill" if max(view.surface(box)) < DARK else "hidden_text"


def _judge(word: list[Glyph], states: list[str | None], out: Seen, *, layers_off: bool) -> None:
    """Keeps the visible signs of a word and counts the hidden ones."""
    runs: list[tuple[int, int]] = []  # stretches of hidden signs
    for i, state in enumerate(states):
        if state is not None and runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        elif state is not None:
            runs.append((i, i + 1))
    gone: set[int] = set()
    for start, end in runs:
        letters = sum(glyph.text.isalnum() for glyph in word[start:end])
        whole = end - start == len(word)
        least = LEAST_LAYER if word[start].invisible else LEAST_RUN
        if letters >= least or (whole and letters and not word[start].invisible):
            kind = next(state for state in states[start:end] if state is not None)
            if layers_off and kind in ("hidden_text", "hidden_under_fill"):
                kind = "hidden_layer"
            out.hidden[kind] += letters
            gone.update(range(start, end))
        elif whole or word[start].invisible:
            gone.update(range(start, end))
    out.glyphs.extend(glyph for i, glyph in enumerate(word) if i not in gone)
