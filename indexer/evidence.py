"""The sentence that a fact was read from: what a result's row, an export and a record page all show."""

from __future__ import annotations

from indexer.disclosure import Disclosure, Evidence, Outcome, Span

TELLING = 30  # code points: a shorter sentence ("Nine.", "None held.") says little without the one before it
MOST_SENTENCES = 3  # that fit a table's row; the record's page has all
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
    """The evidence of the first outcome that is clear, else of any: where the answer stands in the letter."""
    return next(iter(_outcomes(record)), None)


def answer_in_words(record: Disclosure) -> str:
    """The answer as the letter says it: one sentence for each outcome, in the order of the outcomes."""
    found = dict.fromkeys(_told(record, evidence.span) for evidence in _outcomes(record))
    return " … ".join(words for words in list(found)[:MOST_SENTENCES] if words)


def _outcomes(record: Disclosure) -> list[Evidence]:
    found = [e for e in record.reading.evidence if e.fact == "outcomes"]
    return [e for e in found if e.value != Outcome.UNCLEAR] or found


def _told(record: Disclosure, span: Span) -> str:
    """The sentence; where it is a bare "Nine." or a heading, with what stands before it."""
    words = sentence(record, span)
    if len(words) >= TELLING:
        return words
    for part in record.parts:
        if part.part == span.part and part.page == span.page:
            before = len(part.text[: span.start].rstrip())
            start, _ = sentence_bounds(part.text, max(before - 1, 0), before)
            return " ".join(f"{part.text[start:before]} {words}".split())
    return words
