"""The sentence that a fact was read from: what a result's row, an export and a record page all show."""

from __future__ import annotations

from indexer.disclosure import Disclosure, Evidence, Outcome, Span

LONGEST = 400  # code points to either side; a "sentence" longer than that is a table or a list without stops
ENDS = ".?!\n"
ABBREVIATIONS = ("s.", "ss.", "no.", "reg.", "art.", "ref.", "e.g.", "i.e.", "mr.", "mrs.", "ms.", "dr.", "v.")


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """(start, end) of the sentence around ``text[start:end]``; single line breaks do not end one, blank lines do."""
    first = max(0, start - LONGEST)
    begin = start
    while begin > first and not _ends(text, begin - 1):
        begin -= 1
    last = min(len(text), end + LONGEST)
    finish = end
    if not (end > start and _ends(text, end - 1)):  # what was read may be whole sentences already
        while finish < last and not _ends(text, finish):
            finish += 1
        if finish < last and text[finish] != "\n":
            finish += 1
    while begin < start and text[begin].isspace():
        begin += 1
    while finish > end and text[finish - 1].isspace():
        finish -= 1
    return begin, finish


def _ends(text: str, position: int) -> bool:
    """Whether a sentence ends with the character at this position."""
    char = text[position]
    if char not in ENDS:
        return False
    following = text[position + 1] if position + 1 < len(text) else " "
    if char == "\n":
        return following in "\n•-*" or (position > 0 and text[position - 1] in "\n:|") or following == "|"
    if not following.isspace():
        return False
    word = text[max(0, position - 5) : position + 1].lower().split()
    return not (word and word[-1] in ABBREVIATIONS)


def sentence(record: Disclosure, span: Span) -> str:
    """The words around a span, on one line; empty where the record's text has no such part."""
    for part in record.parts:
        if part.part == span.part and part.page == span.page:
            start, end = sentence_bounds(part.text, span.start, min(span.end, len(part.text)))
            return " ".join(part.text[start:end].split())
    return ""


def line(record: Disclosure, span: Span) -> str:
    """The line, or lines, of the page that a span stands in: for what stands in a letterhead, where no sentence is."""
    for part in record.parts:
        if part.part == span.part and part.page == span.page:
            start = part.text.rfind("\n", 0, span.start) + 1
            end = part.text.find("\n", max(span.start, span.end - 1))
            return " ".join(part.text[start : end if end >= 0 else None].split())
    return ""


def deciding(record: Disclosure) -> Evidence | None:
    """The evidence of the outcome, or of what was applied where no outcome is clear: the answer in one sentence."""
    found = [e for e in record.reading.evidence if e.fact in ("outcome", "outcomes")]
    clear = [e for e in found if e.value != Outcome.UNCLEAR]
    return next(iter(clear or found), None)
