"""What templates need to print facts: dates, sizes, names, labels, marked passages."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, url_for
from markupsafe import Markup, escape

from indexer.disclosure import OUTCOME_LABELS, Disclosure, Outcome, Regime, Voice
from indexer.labels import REGIME_NAMES, force_name, label
from indexer.query import Facet, Query, Snippet
from webapp import links
from webapp.showing import names_are_covered
from webapp.site import current_site

KILO = 1000  # bytes in a kilobyte, as file managers count
KINDS = {
    "application/pdf": "PDF",
    "text/html": "web page",
    "text/plain": "text",
    "text/markdown": "Markdown text",
    "text/csv": "CSV",
    "application/rtf": "RTF document",
    "application/msword": "Word document (.doc)",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/vnd.oasis.opendocument.text": "OpenDocument text",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument spreadsheet",
    "application/vnd.ms-excel": "Excel workbook (.xls)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel workbook",
    "application/vnd.ms-excel.sheet.macroEnabled.12": "Excel workbook with macros",
    "application/vnd.ms-excel.sheet.binary.macroEnabled.12": "Excel workbook (binary)",
}
FAILURES = {
    "password": "locked with a password, not read",
    "truncated": "cut short: its text is incomplete",
    "corrupt": "damaged, not read",
    "timeout": "took too long to read: its text is incomplete",
    "memory": "too large to read: its text is incomplete",
    "crash": "could not be read",
    "too_large": "too large to read",
    "unsupported_type": "of a kind that is not read here",
    "scanned": "scanned, not read",
    "empty": "empty",
}
BEGINS = re.compile(r"\W*[A-Z0-9]")  # as a sentence or a row of a table does
ENDS = re.compile(r"[.?!:;]\W*$")
POOR_TEXT = 0.6  # of 1: below this a third of the "words" are none, and searches miss what stands there


def day(when: date | datetime | None) -> str:
    """``3 May 2024``."""
    return f"{when.day} {when:%B %Y}" if when else ""


def moment(when: datetime) -> str:
    """``3 May 2024, 14:05 UTC``: archives keep UTC."""
    return f"{day(when)}, {when:%H:%M} UTC"


def size(count: int) -> str:
    """``412 kB``."""
    if count < KILO:
        return f"{count} bytes"
    if count < KILO * KILO:
        return f"{count / KILO:.0f} kB"
    return f"{count / KILO / KILO:.1f} MB"


def count(number: int) -> str:
    """``9,310``."""
    return f"{number:,}"


def plural(number: int, one: str, many: str = "") -> str:
    """``1 answer``, ``9,310 answers``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def kind(media_type: str) -> str:
    """A media type in words."""
    plain = media_type.partition(";")[0].strip()
    return KINDS.get(plain, plain or "unknown type")


def outcome(value: str) -> str:
    """An outcome in words."""
    return OUTCOME_LABELS[Outcome(value)] if value in set(Outcome) else value


def force(value: str) -> str:
    """A force's name."""
    return force_name(value, current_site().knowledge)


def law(value: str) -> str:
    """An access law's title."""
    return REGIME_NAMES[Regime(value)] if value in set(Regime) else value


def provision(value: str) -> str:
    """``FOIA 31(1)(a)`` as ``FOIA s.31(1)(a)``."""
    return label(Facet.PROVISION, value, current_site().knowledge)


def section(value: str) -> str:
    """``FOIA 31`` as ``FOIA s.31 Law enforcement``."""
    return label(Facet.SECTION, value, current_site().knowledge)


def marked(snippet: Snippet) -> Markup:
    """A passage with what matched in ``<mark>``, and dots where it was cut in the middle of a sentence."""
    pieces: list[Markup] = [] if BEGINS.match(snippet.text) else [Markup("… ")]
    done = 0
    for start, end in snippet.marks:
        pieces += [
            escape(snippet.text[done:start]),
            Markup("<mark>"),
            escape(snippet.text[start:end]),
            Markup("</mark>"),
        ]
        done = end
    pieces.append(escape(snippet.text[done:]))
    if not ENDS.search(snippet.text):
        pieces.append(Markup(" …"))
    return Markup("").join(pieces)


def place(part: str, page: int, voice: str | None, record: Disclosure) -> str:
    """``answer``, ``attachment 2, page 3``: where in a record a passage stands."""
    if part != "page":
        number = int(part.rpartition("-")[2])
        found = next((a for a in record.attachments if a.number == number), None)
        sheets = found is not None and is_workbook(found.media_type)
        return f"attachment {number}, {'sheet' if sheets else 'page'} {page}"
    words = {Voice.REQUEST: "request", Voice.ANSWER: "answer"}.get(Voice(voice)) if voice else None
    pages = sum(p.part == "page" for p in record.parts)
    return (words or "letter") + (f", page {page}" if pages > 1 else "")


def is_workbook(media_type: str) -> bool:
    """Whether its pages are sheets."""
    return "spreadsheet" in media_type or "ms-excel" in media_type


def unread(record: Disclosure) -> str:
    """What a reader must know of a text that is not whole; empty where it is."""
    if record.failure is not None:
        return f"The document is {FAILURES[record.failure]}."
    failed = [a.number for a in record.attachments if a.failure is not None]
    if failed:
        numbers = ", ".join(str(number) for number in failed)
        return f"Attachment {numbers} could not be read whole, so words in it may be missing from searches."
    if record.text_quality is not None and record.text_quality < POOR_TEXT:
        return "Much of what was read does not look like words, so searches may miss what stands there."
    return ""


def static_url(name: str) -> str:
    """A file of the site, at an address that changes when the file does."""
    return url_for("static", filename=name, v=_fingerprint(name))


@cache
def _fingerprint(name: str) -> str:
    return sha256((Path(__file__).parent / "static" / name).read_bytes()).hexdigest()[:12]


def contact_url(address: str) -> str:
    """A mail address or web address as something to click."""
    return address if "://" in address or address.startswith("mailto:") else f"mailto:{address}"


def install(app: Flask) -> None:
    """Make the filters and the site's own facts known to every template."""
    for filter_ in (day, moment, size, count, plural, kind, outcome, force, law, provision, section, marked):
        app.add_template_filter(filter_)
    for global_ in (
        names_are_covered,
        place,
        unread,
        is_workbook,
        static_url,
        links.record_url,
        links.search_url,
        links.span_anchor,
    ):
        app.add_template_global(global_)

    @app.context_processor
    def site() -> dict[str, object]:
        here = current_site()
        contact = here.settings.contact
        return {
            "site": here,
            "settings": here.settings,
            "failures": FAILURES,
            "View": links.View,
            "Query": Query,
            "contact_url": contact_url(contact) if contact else None,
        }
