"""Text → tokens with offsets: the one analysis that both engines index and every query uses.

Split on everything that is no letter or digit, fold case and accents, stem. Stop words are never removed. Engines get
the tokens of this module under a plain white-space analysis, so that no engine's own tokenizer or stemmer can differ.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import Stemmer

LONGEST_WORD = (
    60  # code points; a longer run (base64, a torn table) is cut, so that no engine's own limit on terms is met
)
LONGEST_TERM = (
    120  # code points after folding, where one letter may become several; 240 UTF-16 units, Lucene's limit is 255
)
CACHED_WORDS = 200_000  # some ten times the vocabulary of all letters seen; about 30 MB when full

# Raised digits are footnote marks and vulgar fractions have no one reading: both part words.
_LETTER = r"[^\W_¹²³⁰⁴-⁹¼-¾⅐-⅟↉]"
# Accents written apart, soft hyphens and joiners belong to the word that they stand in.
_INSIDE = "\u0300-\u036f\u00ad\u200c\u200d\u2060\ufeff"
_WORD = re.compile(f"{_LETTER}+(?:[{_INSIDE}]+{_LETTER}*)*")
_ASCII_WORD = re.compile("[0-9A-Za-z]+")
_PART_OF_WORD = re.compile(f"{_LETTER}|[{_INSIDE}]")
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


class Token(NamedTuple):
    """One word of a text, folded and stemmed, and where it stands, in code points of the original."""

    text: str
    stem: str
    start: int
    end: int


class _Stemmers(threading.local):
    """PyStemmer's objects must not be shared between threads."""

    def __init__(self) -> None:
        self.english = Stemmer.Stemmer("english")


_stemmers = _Stemmers()


@lru_cache(maxsize=CACHED_WORDS)
def fold(word: str) -> str:
    """One word without case and accents; empty where nothing that is a letter or digit remains."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()).translate(_UNDECOMPOSED)
    return "".join(filter(str.isalnum, plain))[:LONGEST_TERM]


@lru_cache(maxsize=CACHED_WORDS)
def stem(folded: str) -> str:
    """The stem of a folded word (Snowball's English)."""
    return str(_stemmers.english.stemWord(folded))


def tokens(text: str) -> list[Token]:
    """Every word of a text in order."""
    found = []
    for start, end in _spans(text):
        folded = fold(text[start:end])
        if folded:
            found.append(Token(folded, stem(folded), start, end))
    return found


def streams(text: str) -> tuple[list[str], list[str]]:
    """The folded words of a text and their stems, without offsets: what an index is made of."""
    folded = [word for word in (fold(text[start:end]) for start, end in _spans(text)) if word]
    return folded, [stem(word) for word in folded]


def next_token(text: str, start: int) -> Token | None:
    """The first word that begins at or after a place where none stands."""
    while found := _WORD.search(text, start):
        start, end = found.start(), min(found.end(), found.start() + LONGEST_WORD)
        if folded := fold(text[start:end]):
            return Token(folded, stem(folded), start, end)
        start = end
    return None


def in_word(letter: str) -> bool:
    """Whether a character goes with the word that it stands in or behind."""
    return bool(_PART_OF_WORD.match(letter))


def _spans(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in (_ASCII_WORD if text.isascii() else _WORD).finditer(text)]
    if any(end - start > LONGEST_WORD for start, end in spans):
        return [(cut, min(cut + LONGEST_WORD, end)) for start, end in spans for cut in range(start, end, LONGEST_WORD)]
    return spans
