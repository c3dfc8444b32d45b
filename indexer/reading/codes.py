"""What a reference looks like: the run of letters, figures and strokes after a label, and codes that say of themselves
what they number (``FOI 0844/21``, ``01.FOI.24.000205``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.reading import dates, fields
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.reading.joined import Joined

_CODE = compiled(r"[A-Za-z0-9][A-Za-z0-9./_\\&:-]*")
_SPELT = compiled(r"[A-Z]{2,6}/[A-Z]{5,10}(?:/[A-Z]{1,4})?")  # a code without a figure
_INITIALS = compiled(r"[A-Z]{1,5}(?:[/.][A-Za-z]{1,5})*")  # longer runs of capitals are words
_GAP = compiled(r" ?[/&|-]? ?")
_DIGIT = compiled(r"\d")
_YEAR = compiled(r"(?:19|20)\d\d")
_SPAN = compiled(r"((?:19|20)\d\d) ?[-–/] ?((?:19|20)\d\d|\d\d)")
LONG = 4  # figures of a whole year
_ORDINAL = compiled(r"\d{1,2}(?:st|nd|rd|th)\b")
_SMALL = compiled(r"\d{1,2}")
_TAIL = " .,;:)/-_&"
LEAST = 3  # figures of a code that has no label: "FOI 20" is part of a sentence
_MARKER = compiled(r"(?<![a-z@])(?:foi|foia|foisa|eir|eirs|rfi|sar|foir|f\.o\.i\.?)(?![a-z])")
_ATTACHED = compiled(r"[a-z0-9./_-]{1,20}$")
_AFTER = compiled(
    r"(?: ?[-/.:#_] ?| )?(?!acts? )(?:[a-z]{1,4}(?:[-/.]| ?(?=\d)))?\d[\w/.-]*(?: \d{2,4}\b(?! ?(?:%|[a-z])))?"
)
_NOT_CODE = compiled(r"@| email\]|mailto:|www\.|https?:|\.(?:pdf|docx?|xlsx?|html?|msg|csv|rtf|odt|png|jpe?g)\b")


def end_of(joined: Joined, start: int) -> int | None:
    """Where the reference that begins at ``start`` ends; None where nothing like one begins there."""
    text = joined.text
    line_end = _line_end(joined, start)
    position, end = start, None
    digits = False
    while position < len(text):
        hit = _CODE.match(text, position)
        if hit is None:
            break
        token = hit.group()
        has_digit = _DIGIT.search(token) is not None
        between = text[end:position].strip(" ") if end is not None else ""
        if not _continues(token, between, has_digit=has_digit, digits=digits, first=end is None):
            break
        if token.endswith(":") and not has_digit:
            break  # the next label
        end = position + len(token.rstrip(_TAIL))
        digits = digits or has_digit or _SPELT.fullmatch(token) is not None
        position = hit.end()
        if token.endswith(":"):
            break
        if position >= line_end:
            if digits and not token.endswith(("/", "-")) and not text.startswith((" /", " -"), position):
                break
            line_end = _line_end(joined, position + 1)
        gap = _GAP.match(text, position)
        position = gap.end() if gap else position
    return end


def _continues(token: str, between: str, *, has_digit: bool, digits: bool, first: bool) -> bool:
    bare = token.strip(_TAIL)
    if not bare or "@" in token or bare.lower().startswith(("http", "www.")):
        return False
    if has_digit:
        if first or between or not digits:
            return True
        return bare.isdigit() and len(bare) <= 4  # "FOI 21 091", "ECC1 05 18": short groups of figures
    if first and _SPELT.fullmatch(bare):
        return True
    return _INITIALS.fullmatch(bare) is not None and (between == "/" or not digits)


def _line_end(joined: Joined, position: int) -> int:
    number = fields.line_at(joined, position)
    return joined.rows[number][fields.END] if number >= 0 else len(joined.text)


def plausible(printed: str, *, labelled: bool) -> bool:
    """Whether a value may be a reference: it has a figure, or is a code of capitals with a stroke.

    A day of the calendar is none, nor is the year in an Act's name.
    """
    if _DIGIT.search(printed) is None:
        return labelled and _SPELT.fullmatch(printed) is not None
    low = printed.lower()
    if dates.begins(low):
        whole = dates.find(low)
        if whole and whole[0].day is not None and whole[0].start == 0 and whole[0].end >= len(low) - 1:
            return False
    if not labelled and _is_span(printed):
        return False
    if _YEAR.fullmatch(printed) or (not labelled and _SMALL.fullmatch(printed)):
        return False
    return _ORDINAL.match(low) is None


def _is_span(printed: str) -> bool:
    """Whether it is some years: "2016 – 2021", or one financial year, "2019/20"."""
    years = _SPAN.fullmatch(printed)
    return years is not None and (len(years[2]) == LONG or (int(years[1]) + 1) % 100 == int(years[2]))


def telling(joined: Joined, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Codes within a stretch that say of themselves what they number; no file names, no addresses."""
    lower = joined.lower
    for marker in _MARKER.finditer(lower, start, end):
        attached = _ATTACHED.search(lower, max(start, marker.start() - 20), marker.start())
        first = attached.start() if attached else marker.start()
        after = _AFTER.match(lower, marker.end(), end)
        if after is None:
            continue
        value = after.group().strip(_TAIL + "#")
        last = marker.end() + after.group().index(value) + len(value)
        if len(_DIGIT.findall(lower, first, last)) < LEAST or _NOT_CODE.search(lower, first, min(end, last + 60)):
            continue
        if plausible(value, labelled=False):
            yield first, last
