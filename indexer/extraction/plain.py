"""Text, Markdown and CSV files: one part, exactly as it stands, decoded."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from indexer.extraction.document import Content, Document, Limits

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(document: Document, limits: Limits) -> Content:  # noqa: ARG001 every reader has one shape
    """The whole file as one page."""
    text, note = decode(document.data)
    return Content(pages=(text,), notes=(note,) if note else ())


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of a file and, where its encoding had to be guessed, a note. Never fails."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace"), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    if _utf16_without_bom(data):
        encoding = "utf-16-le" if data[1::2].count(0) > data[0::2].count(0) else "utf-16-be"
        return data.decode(encoding, errors="replace"), f"encoding guessed: {encoding}"
    # British office files that are not UTF-8 are Windows-1252, unless something shows otherwise
    if not {0x81, 0x8D, 0x8F, 0x90, 0x9D}.intersection(data):
        return data.decode("cp1252"), "encoding guessed: windows-1252"
    best = from_bytes(data).best()
    if best is None:
        return data.decode("cp1252", errors="replace"), "encoding guessed: windows-1252"
    return str(best), f"encoding guessed: {best.encoding}"


def _utf16_without_bom(data: bytes) -> bool:
    """Whether nearly every second byte is zero, as in UTF-16 text of Latin letters."""
    sample = data[:4096]
    return len(sample) >= 8 and max(sample[0::2].count(0), sample[1::2].count(0)) > len(sample) * 0.4
