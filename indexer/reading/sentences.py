"""The flat text cut into sentences, headings, list items and cells: the pieces that every rule looks at."""

from __future__ import annotations

import re
import sys
from itertools import product
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING

from indexer.reading import hints
from indexer.reading.letter import Piece
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from indexer.reading.joined import Joined, Row

    _Block = tuple[Row, int, int]  # its first line, where its last line ends, where the mark ends that it begins with


_ENDS = tuple(  # each begins with one sign, and is looked for only where the text has it: a search for one runs fastest
    (sign, compiled(rf"{re.escape(sign)}{follows}"))
    for signs, follows in ((".?!", r"[\"')\]]{0,2} (?=[\"'(\[]{0,2}[A-Z0-9·])"), (":;", " (?=·)"))
    for sign in signs
)
_NO_END = (sys.maxsize, 0)  # after the last
_ABBREVIATED = frozenset(
    (
        *("s", "ss", "sec", "sect", "reg", "regs", "art", "arts", "no", "nos", "ref", "refs", "para", "paras", "sch"),
        *("mr", "mrs", "ms", "dr", "st", "vs", "cf", "v", "p", "pp", "tel", "ext", "fig", "approx", "inc", "ltd"),
        *("dept", "supt", "insp", "sgt", "ch", "hon", "rev", "i", "ii", "iii", "iv", *ascii_lowercase),
    )
)
_ABBREVIATION = compiled(rf"(?:\b(?:{'|'.join(sorted(_ABBREVIATED))}|[a-z]\.[a-z]|\d))\.$", re.IGNORECASE)
_LONG_WORD = 7  # letters: no short form is as long
_COUNTED = compiled(  # a figure that ends a sentence, and does not number the next
    r"\b(?:enclosures?|annex|appendix|questions?|tables?|pages?|figures?|attachments?|schedule|parts?|points?|items?|"
    r"than|was|were|is|are|total|to|and|of|q|[a-z]{3,}:) \d\.$",
    re.IGNORECASE,
)
MARK = compiled(
    r"(?:[·>-] ?)?(?:(?:\(?\d{1,2}(?:\.\d{1,2})?\s?[a-z]?[.):]|\(?(?:[a-zA-Z]|[ivx]{2,4})[.)]|\d{1,2}\.[A-Za-z])"
    r"(?=\s|$)|\d{1,2} - )\s*|(?:[·>]|-|[oO](?= [A-Z]))\s*"
)
_WORDED = compiled(
    r"(?:question|q|answer|a|ans|response|request|part|point|item|query)s?\s?(?:no\.?|number)?\s?\d{1,2}\s?[a-z]?\b",
    re.IGNORECASE,
)
_FIELD = compiled(r"[A-Z][A-Za-z'()/&-]*(?: [A-Za-z'()/&-]+){0,4}:(?= |$)")
_DANGLING = frozenset(
    (
        *("section", "sections", "ss", "s", "regulation", "regulations", "article", "articles", "question"),
        *("questions", "q", "number", "no", "nos", "part", "parts", "paragraph", "paragraphs", "and", "or"),
        *("of", "the", "to", "for", "in", "by", "with", "under", "a", "an", "on", "at", "from", "page"),
        *("appendix", "annex", "table", "point", "item", "than", "over", "within", "about", "is", "are"),
        *("was", "were", "between", "per"),
    )
)
_NUMBERED = frozenset(  # of these: what a number or a letter belongs to
    (
        *("section", "sections", "ss", "s", "regulation", "regulations", "article", "articles", "question"),
        *("questions", "q", "number", "no", "nos", "part", "parts", "paragraph", "paragraphs", "and", "or", "to"),
        *("page", "appendix", "annex", "table", "point", "item", "under"),
    )
)
_STOPPED = (".", "?", "!", ":", ":-", ";", '."', ".'", '?"', ".)", "?)", '!"')
_STOPS = frozenset(stop[-1] for stop in _STOPPED)
HEADING_LENGTH = 70  # characters: longer lines are text even without a full stop
LABEL_LENGTH = 40  # characters: a line that is a heading even in a text of short lines
ROOMY_LINE = 0.85  # of the page's usual width: a line that ends a sentence here ends a paragraph, too
FULL_LINE = 0.72  # of the page's usual width: a line shorter than this was ended on purpose
FEW_LINES = 3  # long lines that tell how a text is wrapped
UNWRAPPED = 0.7  # of the long lines: in wrapped text one in five ends a sentence
_ENDING = ".?!:;"
PRINTED_LINE = 150  # characters: a text with longer lines than paper holds has one line a paragraph
LONGEST = 1500  # characters of one piece: a longer one is no sentence, and every rule stays linear
SALUTATION = compiled(
    r"dear\b|to whom it may concern|good (?:morning|afternoon|evening|day)\b|hello\b|hi\b(?=[ ,.!]|$)", re.IGNORECASE
)
CLOSING = compiled(
    r"(?:yours? (?:sincerely|faithfully|truly)|"
    r"(?:kind(?:est)? |best |warm(?:est)? |with (?:kind |best )?)?regards|best wishes|"
    r"(?:many |with )?thanks|thank you|cofion|yn gywir)\b[\s,.!]*$",
    re.IGNORECASE,
)
CLOSES = ("your", "ki", "be", "wa", "wi", "regard", "many", "thank", "cof", "yn")  # how closings begin


GREETS = ("dear", "to whom", "good ", "hello", "hi")
_ALONE = (*CLOSES, *GREETS)


_SHORT = compiled(r"\b(ca|wo|sha|[a-z]+)n't\b|\b(i|we|you|they|he|she|it|there|that|what)'(m|re|ve|ll|d|s)\b")
_AFTER_WHO = compiled(  # the same without "n't": the quote comes first, so that the search looks at nothing else
    r"'(?:(?<=\bi')|(?<=\b(?:we|he|it)')|(?<=\b(?:you|she)')|(?<=\b(?:they|that|what)')|(?<=\bthere'))"
    r"(m|re|ve|ll|d|s)\b"
)
_IRREGULAR = {"ca": "cannot", "wo": "will not", "sha": "shall not"}
_AFTER = {"m": " am", "re": " are", "ve": " have", "ll": " will", "d": " would", "s": " is"}


def written_out(low: str) -> str:
    """``can't`` and ``we've`` as ``cannot`` and ``we have``, so that one pattern reads both."""
    if "'" not in low:
        return low
    if "n't" in low:
        return _SHORT.sub(_written_out, low)
    return _AFTER_WHO.sub(_suffix, low)


def _written_out(short: re.Match[str]) -> str:
    if short[1] is not None:
        return _IRREGULAR.get(short[1], f"{short[1]} not")
    return short[2] + _AFTER[short[3]]


def _suffix(short: re.Match[str]) -> str:
    return _AFTER[short[1]]


def split(joined: Joined) -> list[Piece]:
    """All sentences in order. Every character that is not a space lies in one of them."""
    lines = joined.rows
    if not lines:
        return []
    text, lower = joined.text, joined.lower
    width = _usual_width(text, lines)
    blocks: list[_Block] = []
    first = lines[0]
    above, last, _, column, _ = first
    mark_end = first_end = _mark_end(text, above, last)
    full = max(FULL_LINE * width, HEADING_LENGTH)
    for line in lines[1:]:
        start, end, gap, cell, row = line
        final = text[last - 1]
        next_end = start
        if _MAY_MARK[text[start : start + 3]]:
            next_end = _mark_end(text, start, end)
        if cell != column or (gap and mark_end < last and (next_end > start or final in ".?!:;")):
            breaks = True
        elif (
            next_end == start
            and not (gap or row)
            and final not in _STOPS
            and text[start : start + 2] not in _BEGINNINGS
            and (
                last - above >= full
                or (
                    text[start].islower()
                    and mark_end < last
                    and (last - above >= HEADING_LENGTH or not lower.startswith(_ALONE, above))
                )
            )
        ):
            breaks = False  # nothing that could begin anything, after running text
        else:
            breaks = _breaks(text, lower, above, last, line, width, mark_end, next_end > start)
        if breaks:
            blocks.append((first, last, first_end))
            first, first_end = line, next_end
        above, last, column, mark_end = start, end, cell, next_end
    blocks.append((first, last, first_end))
    return _sentences(text, lower, blocks)


def _mark_end(text: str, start: int, end: int) -> int:
    """Where the mark of a list ends that begins a line; ``start`` where none does."""
    mark = MARK.match(text, start, end)
    return mark.end() if mark else start


def _usual_width(text: str, lines: list[Row]) -> int:
    """The length that lines of running text have: of the lines that hold most of the characters.

    Where nearly every long line ends a sentence nobody wrapped them: each is a paragraph, however long.
    """
    lengths = [end - start for start, end, _, _, _ in lines]
    long = [end for start, end, _, _, _ in lines if end - start > HEADING_LENGTH]
    if len(long) >= FEW_LINES and sum([text[end - 1] in _ENDING for end in long]) >= UNWRAPPED * len(long):
        return PRINTED_LINE + 1
    rest = sum(lengths)
    short = rest * 0.6  # of all characters: below this are the short lines of addresses and lists
    lengths.sort(reverse=True)
    for length in lengths:
        rest -= length
        if rest <= short:
            break
    return max(length, 40)  # 40: narrower than any letter, wider than a column of figures


def _breaks(
    text: str,
    lower: str,
    above: int,
    last: int,
    line: Row,
    width: int,
    mark_end: int,
    marked: bool,
) -> bool:
    """Whether a new piece begins with this line, of the same column as the line before.

    The line before lies from ``above`` to ``last``; ``mark_end`` is its mark's, ``marked`` is of this one.
    """
    start, end, gap, cell, row = line
    first = text[start]
    if row and not first.islower():
        return True
    final = text[last - 1]
    ended = final in _STOPS and text.endswith(_STOPPED, above, last)
    if cell and not gap and not ended and first.islower():
        return False  # a line in a later column goes on with the cell above it
    if mark_end >= last and text[above] != "-":
        # a number alone on its line numbers what follows, unless that is "Question 2", or has a number too
        return (marked and first.isdigit() and text[above].isdigit()) or (
            first in _WORDED_START and _WORDED.match(text, start, end) is not None
        )
    if gap and (ended or marked):
        return True
    length = last - above
    if gap:
        new = not first.islower()
    else:
        new = (
            marked
            or final == ":"
            or (length < FULL_LINE * width and (first.isupper() or (ended and not first.islower())))
            or _begins(text, start, end, ended, length, width)
        )
    if new and (
        ended
        # the end of an address, or a dash, before a number of a list; or its first item
        or (marked and (final in "/-" or first in "·-" or _begins_list(text, lower, above, last, start)))
        or not _dangles(text, lower, above, last)
    ):
        return True
    return length < HEADING_LENGTH and lower.startswith(_ALONE, above) and _stands_alone(text, lower, above, last)


def _stands_alone(text: str, lower: str, start: int, end: int) -> bool:
    """A salutation or a closing: nothing joins it."""
    if text[start] in "dDtTgGhH" and SALUTATION.match(text, start, end):
        return True
    return (
        end - start < LABEL_LENGTH and lower.startswith(CLOSES, start) and CLOSING.match(text, start, end) is not None
    )


def _begins(text: str, start: int, end: int, ended: bool, before: int, width: int) -> bool:
    """Whether a line without a mark or a gap begins something new after one of length ``before``."""
    first, pair = text[start], text[start : start + 2]
    if pair in _BEGINNINGS and (
        _WORDED.match(text, start, end) or (end - start < HEADING_LENGTH and SALUTATION.match(text, start, end))
    ):
        return True
    if not ended and before >= FULL_LINE * width:
        return first.isupper() and text[start:end].partition(" ")[0] in _STARTERS  # else a full line goes on
    if first.isupper() and text.find(":", start, end) > 0 and _FIELD.match(text, start, end):
        return True
    if ended and max(width, before, end - start) > PRINTED_LINE:
        return not first.islower()
    if ended and first.isupper() and end - start < LABEL_LENGTH and text[end - 1].isalnum():
        return True  # "Answer" alone on its line
    if ended and before < ROOMY_LINE * width and not first.islower():
        return True
    short = before < FULL_LINE * width
    return short and not first.islower() and (ended or first.isupper() or first in "\"'([£<" or first.isdigit())


def _dangles(text: str, lower: str, start: int, last: int) -> bool:
    """Whether a line of several words ends with a word that cannot end anything."""
    space = text.rfind(" ", start, last)
    if space < 0:
        return False
    char = text[last - 1]
    if not char.isalpha():
        return char in ",(&/" or (char == "-" and text[last - 2] != ":")
    if last - space > LONGEST_DANGLING:
        return False
    word = lower[space + 1 : last]
    return word in _DANGLING or (not word.isalpha() and word.rpartition("-")[2].lstrip("([\"'/") in _DANGLING)


def _begins_list(text: str, lower: str, above: int, last: int, start: int) -> bool:
    """Whether "Please provide me with" leads to the first item of a list, and is no "section" before its number."""
    return text.startswith(_FIRSTS, start) and lower[lower.rfind(" ", above, last) + 1 : last] not in _NUMBERED


_FIRSTS = ("1. ", "1) ", "(1) ", "a. ", "a) ", "(a) ", "i. ", "i) ", "(i) ", "A. ", "A) ")
LONGEST_DANGLING = 14  # characters: "(regulations", with a space before it
_OPENS_MARK = compiled(r"[·>(-]|[a-zA-Z][.)]|[ivx]{2}[ivx.)]|[oO] [A-Z]|\d[.):a-z]|\d\s[a-z.):-]|\d\d[.):a-z\s]")
_MOST_STARTS = 10_000


class _MayMark(dict[str, bool]):
    """Whether a mark may begin with three characters: kept, since most lines begin with some that were met."""

    def __missing__(self, start: str) -> bool:
        if len(self) >= _MOST_STARTS:
            self.clear()
        self[start] = _OPENS_MARK.match(start) is not None
        return self[start]


_MAY_MARK = _MayMark()
_WORDED_START = "qQaArRpPiI"
_STARTERS = frozenset(  # words that are no names, so that a capital begins a sentence
    (
        *("The", "This", "These", "There", "They", "It", "We", "Our", "No", "Yes", "None", "Please", "However", "In"),
        *("Unfortunately", "As", "For", "If", "Under", "You", "Your", "Section", "Not"),
    )
)


def _beginnings() -> frozenset[str]:
    """The first two characters of labels and salutations, in any case, and of words that begin sentences."""
    low = [*("re", "pa", "po", "it", "qu", "an", "de", "to", "go", "he", "hi"), *product("qa", f" sn{digits}")]
    cased = {first + second for one, other in low for first in one + one.upper() for second in other + other.upper()}
    return frozenset(cased | {word[:2] for word in _STARTERS})


_BEGINNINGS = _beginnings()


def _sentences(text: str, lower: str, blocks: list[_Block]) -> list[Piece]:
    """The sentences of all blocks of lines."""
    found: list[Piece] = []
    spans = [end.span() for sign, ending in _ENDS if sign in text for end in ending.finditer(text)]
    spans.sort()
    ends = iter([*spans, _NO_END])
    begin, following = next(ends)
    hint, append = hints.of, found.append
    for first, stop, body in blocks:
        start, _, gap, cell, _ = first
        position, at_line, after_gap = start, True, gap > 0
        while begin < stop:
            stopped, resumed = begin + 1, following
            begin, following = next(ends)
            if (
                resumed > stop  # what goes on there is another block
                or (at_line and stopped - start < LABEL_LENGTH and _labels(text, start, stopped))
                or (
                    text[stopped - 1] == "."
                    and (stopped - position <= _LONG_WORD or not text[stopped - 1 - _LONG_WORD : stopped - 1].isalpha())
                    and _abbreviated(text, lower, position, stopped)
                )
            ):
                continue
            if stopped - position > LONGEST:
                body = position = _pieces(text, lower, position, stopped, first, found)
                at_line = after_gap = False
            low = lower[body : resumed - 1]
            if "'" in low:
                low = written_out(low)
            append(Piece(position, body, resumed - 1, low, hint(low), at_line, after_gap, cell))
            body = position = resumed
            at_line = after_gap = False
            if _MAY_MARK[text[position : position + 3]]:
                body = _mark_end(text, position, stop)
        if stop - position > LONGEST:
            body = position = _pieces(text, lower, position, stop, first, found)
            at_line = after_gap = False
        low = lower[body:stop]
        if "'" in low:
            low = written_out(low)
        heading = at_line and stop - start < HEADING_LENGTH and text[stop - 1] not in ".?!;,"
        append(Piece(position, body, stop, low, hint(low), at_line, after_gap, cell, heading))
    return found


def _pieces(text: str, lower: str, position: int, stop: int, first: Row, into: list[Piece]) -> int:
    """An endless sentence in pieces, but for the last; returns where that begins."""
    start, _, gap, cell, _ = first
    while stop - position > LONGEST:
        space = text.rfind(" ", position + 1, position + LONGEST)
        end = space if space > 0 else position + LONGEST
        body = _mark_end(text, position, end)
        low = written_out(lower[body:end])
        at_line = position == start
        into.append(Piece(position, body, end, low, hints.of(low), at_line, at_line and gap > 0, cell))
        position = end + 1 if space > 0 else end
    return position


def _labels(text: str, start: int, stopped: int) -> bool:
    """Whether "10." or "Q1." numbers what follows, and is no sentence."""
    bullet = start + 2 if text[start] in "·-" else start
    return bool(MARK.fullmatch(text, start, stopped) or _WORDED.fullmatch(text, bullet, stopped - 1))


def _abbreviated(text: str, lower: str, position: int, stopped: int) -> bool:
    """Whether a full stop ends a short form, and no sentence; most words before one are too long for that."""
    start = max(position, stopped - 1 - _LONG_WORD)
    space = text.rfind(" ", start, stopped)
    if space < 0:
        if stopped - start > _LONG_WORD and text[start : stopped - 1].isalpha():
            return False
    else:
        start = space + 1
        word = lower[start : stopped - 1]
        if word not in _ABBREVIATED and ((word.isalpha() and word.isascii()) or not word[-1:].isalnum()):
            return False
        if len(word) > 1 and word.isdecimal():  # a year, or an amount
            return False
    if _ABBREVIATION.search(text, start, stopped) is None:
        return False
    return _COUNTED.search(text, max(position + 1, stopped - 16), stopped) is None
