"""Where a text prints e-mail addresses and telephone numbers. Linear in the length of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

LONGEST_LOCAL: Final = 64  # characters before the @ (RFC 5321, 4.5.3.1.1)
_AT = re.compile(r"@|[\[({<] ?at ?[\])}>]", re.IGNORECASE)
_DOMAIN = re.compile(r"\s?[^\W_][\w-]{0,62}(?:(?:\.\n?|\s?[\[({<] ?dot ?[\])}>]\s?)[\w-]{1,63}){0,6}", re.IGNORECASE)
_LOCAL = frozenset(".+%'’_-&=!#")

# Ofcom's National Telephone Numbering Plan: ten or eleven digits with the leading nought, which +44 stands for.
_LEAD = re.compile(r"(?<![\w£$€,/.-])\(?(?:(?:\+|00)44\)?[\s.-]{0,2}(?:\(0\))?[\s.-]{0,2}(?=[1235789])|0(?=[1235789]))")
_GROUP = re.compile(r"\d{1,11}")
_GAP = re.compile(r"(?:[ \t\u00a0().–-]{1,3}\n?|\n)(?=\d)")
_ENDS = re.compile(r"(?!\w)(?!/(?!\d{1,4}(?![\w/])))")  # "0191 498 0533/4" gives a second number its last digits
FULL_LENGTHS: Final = (11, 10)  # with the nought; the longer reading first
FIRST_GROUP: Final = range(3, 7)  # "020", "0191", "01632", "033301", where a number is printed in groups
_ABROAD = re.compile(r"(?<![\w.+])\+(?!44)[1-9]\d{0,2}(?:[ \t().-]{1,2}\d{1,5}){2,5}(?![\w/])")
_LABELLED = re.compile(
    r"(?<![^\W_])(?:tel(?:ephone)?|phone|mob(?:ile)?|fax|minicom|textphone|direct (?:line|dial))\b\.?"
    r"(?P<sure>[ \t]?(?:no|number|nos)\b\.?)?[ \t]?(?P<colon>[:.]?)[ \t]{0,3}"
    r"(?P<number>\(?\+?\d[\d \t().-]{3,18}\d)(?![\w/%])",
    re.IGNORECASE,
)
LEAST_LABELLED: Final = 6  # digits: fewer after the bare word "mobile" are a count of something
LEAST_SURE: Final = 5  # digits, where the label ends in a colon or "number"; 101 and 999 stay
_EXTENSION = re.compile(
    r"(?<![^\W_])(?:ext|extn|extension)\b\.?[ \t]?(?:no\.?|number)?[ \t]?:?[ \t]?(\d{3,7})(?![\w/%])", re.IGNORECASE
)


def emails(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every e-mail address, ``name [at] place [dot] uk`` and those torn by a line end too."""
    for at in _AT.finditer(text):
        start = at.start()
        if start and text[start - 1] in " \n" and start > 1:
            start -= 1  # "FOI @force.police.uk", as some letters space it
        begin = start
        while begin > max(0, start - LONGEST_LOCAL) and (text[begin - 1].isalnum() or text[begin - 1] in _LOCAL):
            begin -= 1
        while begin < start and not text[begin].isalnum():
            begin += 1
        domain = _DOMAIN.match(text, at.end())
        if domain is None or begin == start:
            continue
        host = domain.group().lstrip()
        spaced = start < at.start() or host != domain.group()
        if host[0].isdigit() or (spaced and host.lower().startswith("www.")):  # "our website @ www.…"
            continue
        if "." not in domain.group() and "dot" not in domain.group().lower() and (spaced or at.group() != "@"):
            continue
        yield begin, domain.end()


def telephones(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every telephone number; 101 and 999 are everyone's and stay."""
    for lead in _LEAD.finditer(text):
        end = _whole_number(text, lead)
        if end is not None:
            yield lead.start(), end
    for found in _ABROAD.finditer(text):
        yield found.span()
    for found in _LABELLED.finditer(text):
        digits = sum(character.isdigit() for character in found["number"])
        if digits >= (LEAST_SURE if found["sure"] or found["colon"] == ":" else LEAST_LABELLED):
            yield found.span("number")
    for found in _EXTENSION.finditer(text):
        yield found.span(1)


def _whole_number(text: str, lead: re.Match[str]) -> int | None:
    """The end of the number that begins here, at the group where it has all its digits; None where it never has."""
    at, count, first, ends = lead.end(), 1, True, {}
    while group := _GROUP.match(text, at):
        count += len(group.group())
        alone = _ENDS.match(text, group.end()) is not None
        if count in FULL_LENGTHS and alone:
            ends[count] = group.end()
        if first and count < min(FULL_LENGTHS) and count not in FIRST_GROUP and lead.group().endswith("0"):
            return None
        first = False
        gap = _GAP.match(text, group.end())
        if gap is None or count >= max(FULL_LENGTHS):
            break
        at = gap.end()
    return next((ends[length] for length in FULL_LENGTHS if length in ends), None)
