"""Reading of scanned pages by tesseract, where it is installed."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess

from PIL import Image

from indexer.extraction.glyphs import Glyph, PageGlyphs
from indexer.extraction.layout import page_text

DOTS_PER_INCH = 200  # measured: 300 takes half as long again and reads no better
SURE = 5.0  # tesseract's confidence, of 100: words below it are specks and lines
BULLETS = dict.fromkeys(("e", "¢", "°", "«", "©"), "•")  # what tesseract takes a bullet for, at the start of a line
POINTS = 72 / DOTS_PER_INCH


def installed() -> bool:
    """Whether tesseract can be called."""
    return shutil.which("tesseract") is not None


def text(picture: Image.Image, seconds: float) -> str | None:
    """The words of a picture of a page, in reading order; None where tesseract fails or needs longer."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    command = [program, "stdin", "stdout", "-l", "eng", "--dpi", str(DOTS_PER_INCH), "tsv"]
    try:
        done = subprocess.run(  # noqa: S603 a fixed command
            command,
            input=buffer.getvalue(),
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # threads of its own would fight with the other workers
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        return None
    return page_text(_page(done.stdout.decode("utf-8", errors="replace"), picture))


def _page(table: str, picture: Image.Image) -> PageGlyphs:
    """Tesseract's table of words as signs on a page: one for each word, standing on the baseline of its line."""
    page = PageGlyphs(picture.width * POINTS, picture.height * POINTS)
    line = (0.0, 0.0)  # bottom and height
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        left, top, width, height = (float(row[key]) for key in ("left", "top", "width", "height"))
        if row["level"] == "4":
            line = (top + height, height)
        if row["level"] != "5" or float(row["conf"]) < SURE or not row["text"].strip():
            continue
        word = row["text"].strip()
        if row["word_num"] == "1":
            word = BULLETS.get(word, word)
        size = line[1] * 0.9 * POINTS  # a line's box reaches from its highest to its lowest letter
        baseline = page.height - (line[0] - 0.2 * line[1]) * POINTS
        x0, x1 = left * POINTS, (left + width) * POINTS
        page.glyphs.append(Glyph(word, x0, baseline - 0.2 * size, x1, baseline + 0.8 * size, size, baseline))
    return page
