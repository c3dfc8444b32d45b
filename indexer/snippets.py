"""The passages of a record that match a query: one implementation for every engine, over the stored parts.

A letter is not analysed again for each search: the beginnings that every word with a sought stem must have are looked
up with ``str.find``, and only what begins so is folded and stemmed, beside the few words with letters beyond ASCII.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from indexer import grammar
from indexer.analysis import Token, in_word, next_token, stem, tokens
from indexer.disclosure import Disclosure, Part, Span, Voice
from indexer.evidence import deciding, sentence_bounds
from indexer.query import Snippet

PASSAGES: Final = 3  # of one record in a list: more hide the next record
LENGTH: Final = 240  # code points: three lines of a result at 1280 px
LEAD: Final = 70  # of these before the first mark: enough to see what the sentence is about
MOST_MATCHES: Final = 200  # of one word in one document: enough to find the best passage of a long workbook
WEIGHT_OF_PHRASE: Final = 3.0  # a phrase in full says more than its words here and there
WEIGHT_OF_VOICE: Final = {
    Voice.ANSWER: 0.4,
    Voice.REQUEST: 0.2,
    Voice.OTHER: 0.0,
}  # ties: the answer before boilerplate

_SIGNS: Final = "’‘“”–—•…£\u00a0"  # what letters print most beyond ASCII; no letters, so each may stand as a space
_WORD: Final = re.compile("[0-9a-z]+")
_NEXT_WORD: Final = re.compile("[^0-9a-z]*([0-9a-z]+)")
_BEYOND_ASCII: Final = re.compile("[^\\x00-\\x7f]")
_SENTENCE_END: Final = re.compile(r"[.!?][)\"”’]*\s+|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Target:
    """Words side by side: stems, or as written."""

    words: tuple[str, ...]
    exact: bool

    def anchor(self) -> str:
        """How every word that matches the first one begins. A stem keeps all but its last letters: *hoping* has *hope*,
        *capability* has *capabl*; short irregular words (*dying*: *die*) keep their first letter."""
        first = self.words[0]
        if self.exact:
            return first
        return first[:-2] if len(first) > 4 else first[:1]


@dataclass(frozen=True, slots=True)
class _Match:
    target: int
    page: int  # position among the record's parts
    start: int
    end: int


class Highlighter:
    """Finds the passages of records that match one query."""

    def __init__(self, tree: grammar.Tree) -> None:
        self._targets = tuple(dict.fromkeys(_targets(tree)))

    def snippets(self, disclosure: Disclosure) -> tuple[Snippet, ...]:
        """The best passages, best first; where no word of the query stands in the text, what the answer says."""
        matches = list(self._matches(disclosure.parts)) if self._targets else []
        if not matches:
            return _gist(disclosure)
        return tuple(
            _snippet(disclosure.parts[group[0].page], group) for group in self._best(disclosure.parts, matches)
        )

    def spans(self, disclosure: Disclosure) -> tuple[Span, ...]:
        """Every place where a word or phrase of the query stands, in order, none overlapping."""
        found = []
        matches = sorted(self._matches(disclosure.parts), key=lambda match: (match.page, match.start))
        for page, group in groupby(matches, key=lambda match: match.page):
            part = disclosure.parts[page]
            marks = _joined((match.start, _closed(part.text, match)) for match in group)
            found += [Span(part=part.part, page=part.page, start=start, end=end) for start, end in marks]
        return tuple(found)

    def _matches(self, parts: Sequence[Part]) -> Iterator[_Match]:
        for _, run in groupby(range(len(parts)), key=lambda position: parts[position].part):
            pages = list(run)
            begins, text = [0], "\n".join(parts[position].text for position in pages)
            for position in pages:
                begins.append(begins[-1] + len(parts[position].text) + 1)
            searched = _searchable(text)
            for number, target in enumerate(self._targets):
                for start, end in searched.find(target):
                    yield from _by_page(number, start, end, pages, begins)

    def _best(self, parts: Sequence[Part], matches: list[_Match]) -> list[list[_Match]]:
        """Groups of matches that fit in one passage, best first, none overlapping."""
        often = Counter(match.target for match in matches)
        matches.sort(key=lambda match: (match.page, match.start, -match.end))
        scored = []
        for first, match in enumerate(matches):
            group = [match]
            for other in matches[first + 1 :]:
                if other.page != match.page or other.end > match.start + LENGTH - LEAD:
                    break
                group.append(other)
            worth = sum(self._worth(target, often) for target in {m.target for m in group})
            scored.append(
                (worth + WEIGHT_OF_VOICE[_voice(parts[match.page], match.start) or Voice.OTHER], -first, group)
            )
        scored.sort(key=lambda row: row[:2], reverse=True)
        best: list[list[_Match]] = []
        for _, _, group in scored:
            if all(apart(group, other) for other in best):
                best.append(group)
            if len(best) == PASSAGES:
                break
        return best

    def _worth(self, target: int, often: Counter[int]) -> float:
        rarity = 1.0 / (1.0 + often[target] / 10)  # a word that fills the record tells little about any one passage
        return rarity * (WEIGHT_OF_PHRASE if len(self._targets[target].words) > 1 else 1.0)


def _targets(tree: grammar.Tree) -> Iterator[Target]:
    if isinstance(tree, grammar.Word):
        yield Target(tree.stems, exact=False)
    elif isinstance(tree, grammar.Phrase):
        yield Target(tree.words, exact=True)
    elif isinstance(tree, grammar.And | grammar.Or):
        for item in tree.items:
            yield from _targets(item)


def _by_page(target: int, start: int, end: int, pages: Sequence[int], begins: Sequence[int]) -> Iterator[_Match]:
    """A match, cut where a page breaks it."""
    page = bisect_right(begins, start) - 1
    while start < end:
        stop = min(end, begins[page + 1] - 1)
        if start < stop:
            yield _Match(target, pages[page], start - begins[page], stop - begins[page])
        start, page = begins[page + 1], page + 1


class _Plain:
    """Text without letters beyond ASCII, which is nearly every letter: same length, small letters."""

    def __init__(self, plain: str) -> None:
        self._plain = plain

    def find(self, target: Target) -> Iterator[tuple[int, int]]:
        plain, anchor, position, found = self._plain, target.anchor(), 0, 0
        while found < MOST_MATCHES and (position := plain.find(anchor, position)) >= 0:
            if (position and _wordlike(plain[position - 1])) or not (word := _WORD.match(plain, position)):
                position += 1
                continue
            if (end := self._end(target, word)) is not None:
                found += 1
                yield position, end
            position = word.end()

    def _end(self, target: Target, word: re.Match[str]) -> int | None:
        """Where a run of words that begins with ``word`` ends, if it is the target."""
        end = word.end()
        if not _is(word[0], target.words[0], target.exact):
            return None
        for wanted in target.words[1:]:
            following = _NEXT_WORD.match(self._plain, end)
            if not following or not _is(following[1], wanted, target.exact):
                return None
            end = following.end()
        return end


class _Mixed:
    """Text with some letters beyond ASCII: those words are looked at one by one, all others by how they begin."""

    def __init__(self, text: str, small: str) -> None:
        self._text, self._small = text, small
        self._odd = {self._start(found.start()) for found in _BEYOND_ASCII.finditer(text) if in_word(found[0])}

    def find(self, target: Target) -> Iterator[tuple[int, int]]:
        found, last = 0, -1
        for position in sorted(self._odd | set(self._beginnings(target.anchor()))):
            span = self._span(target, position)
            if span and span[0] > last and found < MOST_MATCHES:  # two places may lead to the same word
                found, last = found + 1, span[0]
                yield span

    def _beginnings(self, anchor: str) -> Iterator[int]:
        position = self._small.find(anchor)
        while position >= 0:
            if not position or not in_word(self._text[position - 1]):
                yield position
            position = self._small.find(anchor, position + 1)

    def _start(self, position: int) -> int:
        while position and in_word(self._text[position - 1]):
            position -= 1
        return position

    def _span(self, target: Target, position: int) -> tuple[int, int] | None:
        first = token = next_token(self._text, position)
        for number, wanted in enumerate(target.words):
            if number and token:
                token = next_token(self._text, token.end)
            if not token or (token.text if target.exact else token.stem) != wanted:
                return None
        return (first.start, token.end) if first and token else None


class _Analysed:
    """Text that changes its length in small letters, token by token."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._words = [token.text for token in found]
        self._stems = [token.stem for token in found]

    def find(self, target: Target) -> Iterator[tuple[int, int]]:
        stream, width = (self._words if target.exact else self._stems), len(target.words)
        position, found, wanted = -1, 0, list(target.words)
        while found < MOST_MATCHES:
            try:
                position = stream.index(wanted[0], position + 1)
            except ValueError:
                return
            if width == 1 or stream[position : position + width] == wanted:
                found += 1
                yield self._tokens[position].start, self._tokens[position + width - 1].end


def _searchable(text: str) -> _Plain | _Mixed | _Analysed:
    plain = text
    if not plain.isascii():
        for sign in _SIGNS:
            plain = plain.replace(sign, " ")
    small = plain.lower()
    if plain.isascii():
        return _Plain(small)
    return _Mixed(text, small) if len(small) == len(text) else _Analysed(tokens(text))


def _wordlike(letter: str) -> bool:
    return letter.isalnum()


def _is(word: str, wanted: str, exact: bool) -> bool:
    return word == wanted if exact else stem(word) == wanted


def apart(one: Sequence[_Match], other: Sequence[_Match]) -> bool:
    """Whether two passages share no text."""
    if one[0].page != other[0].page:
        return True
    return (
        one[0].start - LEAD >= other[0].start - LEAD + LENGTH or other[0].start - LEAD >= one[0].start - LEAD + LENGTH
    )


def _voice(part: Part, position: int) -> Voice | None:
    return next((voiced.role for voiced in part.roles if voiced.start <= position < voiced.end), None)


def _snippet(part: Part, group: Sequence[_Match]) -> Snippet:
    first, last = group[0].start, max(match.end for match in group)
    start = _word_start(part.text, _sentence_start(part.text, first, first - LEAD))
    end = _word_end(part.text, max(start + LENGTH, last))
    marks = _joined((match.start - start, _closed(part.text, match) - start) for match in group)
    return _cut(part, start, end, marks, voiced_at=first)


def _closed(text: str, match: _Match) -> int:
    """``31(1)(a)`` ends in a bracket that is no letter, and looks wrong without it."""
    opened = "(" in text[match.start : match.end] and text.startswith(")", match.end)
    return match.end + 1 if opened else match.end


def _cut(
    part: Part, start: int, end: int, marks: tuple[tuple[int, int], ...] = (), voiced_at: int | None = None
) -> Snippet:
    voice = _voice(part, start if voiced_at is None else voiced_at)
    return Snippet(part=part.part, page=part.page, start=start, text=part.text[start:end], marks=marks, voice=voice)


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Marks in order; those that overlap become one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _sentence_start(text: str, position: int, earliest: int) -> int:
    """The last beginning of a sentence in between, else the earliest place."""
    earliest = max(earliest, 0)
    start = earliest
    for boundary in _SENTENCE_END.finditer(text, earliest, position):
        start = boundary.end()
    return start


def _word_start(text: str, position: int) -> int:
    while 0 < position < len(text) and _wordlike(text[position - 1]) and _wordlike(text[position]):
        position += 1
    return position


def _word_end(text: str, position: int) -> int:
    position = min(position, len(text))
    while 0 < position < len(text) and _wordlike(text[position - 1]) and _wordlike(text[position]):
        position -= 1
    return position


def _gist(disclosure: Disclosure) -> tuple[Snippet, ...]:
    """The sentence that decides, else the answer's beginning, else the text's."""
    evidence = deciding(disclosure)
    if evidence and (found := _part_of(disclosure, evidence.span)):
        return (_cut(found, *sentence_bounds(found.text, evidence.span.start, evidence.span.end)),)
    for part in disclosure.parts:
        for voiced in part.roles:
            if voiced.role is Voice.ANSWER and part.text[voiced.start : voiced.end].strip():
                return (_beginning(part, voiced.start, voiced.end),)
    return tuple(_beginning(part, 0, len(part.text)) for part in disclosure.parts if part.text.strip())[:1]


def _part_of(disclosure: Disclosure, span: Span) -> Part | None:
    return next((part for part in disclosure.parts if (part.part, part.page) == (span.part, span.page)), None)


def _beginning(part: Part, start: int, end: int) -> Snippet:
    while start < end and part.text[start].isspace():
        start += 1
    return _cut(part, start, _trimmed(part.text, start, min(end, start + LENGTH)))


def _trimmed(text: str, start: int, end: int) -> int:
    end = _word_end(text, end)
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
