"""Which signs of a PDF page a person sees. The others are taken out of the text, and where they were is told."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from indexer.extraction.colours import WHITE, alike
from indexer.extraction.glyphs import Box, Glyph
from indexer.extraction.painting import View

DARK = 110  # of 255: a surface darker than this in every channel is a dark fill
SMALLEST = 1.5  # points: smaller letters cannot be read
LEAST_RUN = 2  # letters: one letter alone in a word that PDFium cannot paint is a fault of its font
LEAST_REPEATED = 8  # letters: shorter words stand elsewhere by chance
LEAST_LAYER = 4  # letters: the layer that OCR adds reads specks as shorter words


@dataclass(slots=True)
class Lost:
    """Words that follow one another and are hidden in one way. Kept only until it is known whether others show them."""

    kind: str
    letters: int
    words: str


@dataclass(slots=True)
class Seen:
    """The visible signs of a page, and what was hidden."""

    glyphs: list[Glyph]
    lost: list[Lost] = field(default_factory=list)
    covered: int = 0  # boxes that lie over something in a scan
    words: list[str] = field(default_factory=list)  # the visible words in the order of painting


def seen(view: View, marks: list[Box], *, layers_off: bool) -> Seen:
    """The signs of a page that are seen. ``marks`` are its redaction marks; ``layers_off``: some layer is not shown."""
    buried = {(sign, round(x), round(y)) for sign, x, y in view.buried}
    out = Seen([])
    last: Lost | None = None
    for word in _words(view.page.glyphs):
        if not word[0].text.strip():
            if last is None:  # else a blank of a hidden line
                out.glyphs.extend(word)
            continue
        states = [_state(glyph, view, marks, buried) for glyph in word]
        lost, wholly = _judge(word, states, out, layers_off=layers_off)
        if lost is not None and last is not None and last.kind == lost.kind:
            last.letters += lost.letters
            last.words += f" {lost.words}"
        elif lost is not None:
            out.lost.append(lost)
            last = lost
        elif not wholly:
            last = None
            out.words.append("".join(glyph.text for glyph in word))
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
    if glyph.ink is not None and alike(glyph.ink, surface) and max(surface) >= DARK:
        return "hidden_text"
    if glyph.ink is not None and not alike(glyph.ink, WHITE) and not view.painted(_core(glyph)):
        return "hidden_off_page"  # clipped: nothing needs to lie over it
    return "hidden_under_fill"


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


def _judge(word: list[Glyph], states: list[str | None], out: Seen, *, layers_off: bool) -> tuple[Lost | None, bool]:
    """Keeps the visible signs of a word; gives back the finding, if any, and whether nothing of the word is left."""
    runs: list[tuple[int, int]] = []  # stretches of hidden signs
    for i, state in enumerate(states):
        if state is not None and runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        elif state is not None:
            runs.append((i, i + 1))
    gone: set[int] = set()
    lost: Lost | None = None
    for start, end in runs:
        letters = sum(glyph.text.isalnum() for glyph in word[start:end])
        whole = end - start == len(word)
        least = LEAST_LAYER if word[start].invisible else LEAST_RUN
        if letters >= least or (whole and letters and not word[start].invisible):
            kind = next(state for state in states[start:end] if state is not None)
            if layers_off and kind in ("hidden_text", "hidden_under_fill"):
                kind = "hidden_layer"
            lost = Lost(kind, letters + (lost.letters if lost else 0), "".join(glyph.text for glyph in word))
            gone.update(range(start, end))
        elif whole or word[start].invisible:
            gone.update(range(start, end))
    out.glyphs.extend(glyph for i, glyph in enumerate(word) if i not in gone)
    return lost, len(gone) == len(word)


def told(lost: list[Lost], shown: str) -> Counter[str]:
    """How many letters are hidden in each way, without what the document shows elsewhere in the same words.

    A program that prints a sheet over two pages draws what is cut at the edge on both: of such text it is enough that
    each word is shown. ``shown`` is all visible text, as it is read and as it is painted.
    """
    seen_words = f" {_plain(shown)} "
    each = set(seen_words.split())
    counted: Counter[str] = Counter()
    for one in lost:
        words = _plain(one.words)
        if one.kind == "hidden_off_page" and set(words.split()) <= each:
            continue
        if len(words.replace(" ", "")) < LEAST_REPEATED or f" {words} " not in seen_words:
            counted[one.kind] += one.letters
    return counted


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
