"""Names under a closing, with the role printed beneath them: the signature block.

The walk goes down from "Yours sincerely" and ends at an address, at running text or at the next mail. A name that
stands beside a public role ("Chief Constable") is left readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from indexer.analysis import fold
from indexer.masking.lines import Line
from indexer.masking.printed import Printed, Surroundings, is_person, name_at
from indexer.masking.wordlist import WordList, any_phrase, word_list

BELOW: Final = 8  # lines with words under a closing among which names and roles stand
REACH: Final = 50  # lines, empty ones too, in which those are looked for
LONGEST: Final = 80  # characters of a line that can be a name with its role
LONGEST_ROLE: Final = 90  # "Public Access and Disclosure Decision Maker, Information Management"
_FOR = re.compile(r"(?:p\.?p\.?|for and on behalf of|on behalf of|for)[ \t:]+", re.IGNORECASE)
_LETTERS_AFTER = re.compile(
    r"[ \t,]*(?:\(?(?:\d{3,6}|[A-Z][A-Za-z]{0,4}\.?(?:[ \t]?\(Hons\))?"
    r"|he/him(?:/his)?|she/her(?:/hers)?|they/them)\)?[ \t,]*){0,4}"
)
_CONTACT = re.compile(r"https?:|www\.|\w@|\d{5,}", re.IGNORECASE)
_SENTENCE = re.compile(
    r"(?:\S+[ \t]+){11,}\S|\b(?:please|you|your|this|we|our|is|are|was|will|which|that)\b", re.IGNORECASE
)
_AFTER_CLOSING = r"(?![^\W_])[ \t]*[,.:!–-]*[ \t]*"
NOT_INSIDE: Final = frozenset({"signed", "best", "thank you"})  # too common in the middle of a line
_SPLIT = re.compile(r"[ \t]*(?:,|\s[–—-]\s|\(|/|\||:)[ \t]*")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a closing is followed by: names to find again, and lines that only belong to the block."""

    names: tuple[Printed, ...]
    roles: tuple[tuple[int, int], ...]


@cache
def _closing() -> re.Pattern[str]:
    lists = word_list()
    strong, weak = any_phrase(lists.closings), any_phrase(lists.weak_closings)
    twice = rf"(?:[ \t]*/[ \t]*(?:{strong}))?"  # in two languages
    return re.compile(rf"(?:(?P<strong>{strong})|(?P<weak>{weak})){twice}{_AFTER_CLOSING}", re.IGNORECASE)


@cache
def _inner_closing() -> re.Pattern[str]:
    """A closing in the middle of a line, as where a request is quoted in one paragraph."""
    lists = word_list()
    phrases = any_phrase((*lists.closings, *(set(lists.weak_closings) - NOT_INSIDE)))
    return re.compile(rf"(?<=[.!?,)] )(?:{phrases}){_AFTER_CLOSING}", re.IGNORECASE)


@cache
def public_role() -> re.Pattern[str]:
    """A role in which a person answers to the public, at the beginning of a line."""
    return re.compile(
        rf"(?:(?:the|acting|temporary|interim|t/|a/)[ \t]*)*(?:{any_phrase(word_list().public_roles)})(?![^\W_])",
        re.IGNORECASE,
    )


def signatures(lines: Sequence[Line], around: Surroundings) -> Iterator[Signature]:
    """Every signature block of a page."""
    for number, line in enumerate(lines):
        found = _closing().match(line.text, line.start, line.end)
        if found:
            yield from _after(lines, number, found, around)
        elif line.end - line.start > len("yours, x"):
            yield from _inside(line, around)


def _after(lines: Sequence[Line], number: int, found: re.Match[str], around: Surroundings) -> Iterator[Signature]:
    line = lines[number]
    if found.end() >= line.end:
        yield _block(lines[number + 1 : number + REACH], around, strong=found["strong"] is not None)
        return
    on_the_line = _whole_name(Line(line.text, found.end(), line.end), around, sure=True)
    if on_the_line:
        below = _block(lines[number + 1 : number + REACH], around, strong=True, named=True)
        yield Signature((on_the_line, *below.names), below.roles)
    elif found["strong"]:  # "Yours sincerely Jane Example Disclosure Officer", all on one line
        name = name_at(line.text, found.end(), line.end, around.lists)
        if name and len(name.words) > 1 and is_person(name, around, sure=False):
            yield Signature((name,), ())


def _inside(line: Line, around: Surroundings) -> Iterator[Signature]:
    for found in _inner_closing().finditer(line.text, line.start, line.end):
        name = name_at(line.text, found.end(), line.end, around.lists)
        if name and (name.end >= line.end or line.text[name.end] in ".,\"”'") and is_person(name, around, sure=True):
            yield Signature((name,), ())


def _block(below: Sequence[Line], around: Surroundings, *, strong: bool, named: bool = False) -> Signature:
    """Names and roles among the lines under a closing."""
    lists = around.lists
    names: list[Printed] = []
    roles: list[tuple[int, int]] = []
    seen, body, last_was_name = 0, False, named
    for place, line in enumerate(below):
        if seen >= BELOW:
            break
        if not any(character.isalnum() for character in line.words):
            continue
        seen += 1
        words = line.words
        if public_role().match(words):
            if last_was_name and names:
                names.pop()
            break
        if len(words) > LONGEST_ROLE or _SENTENCE.search(words) or _closing().fullmatch(words):
            break
        if _CONTACT.search(words):
            last_was_name = False
            continue
        name = _signatory(line, around, strong=strong, first=seen == 1)
        if name and body and not _is_role(_next(below, place), lists):
            name = None
        if name:
            names.append(name)
            if name.end < line.end and _is_role(line.text[name.end : line.end], lists):
                roles.append((name.end, line.end))
            last_was_name = True
        elif (last_was_name or roles) and _is_role(words, lists) and not _is_body(words, lists):
            roles.append((line.start, line.end))
            last_was_name = False
        else:
            body = body or _is_body(words, lists)
            last_was_name = False
        if not strong and seen >= 2 and not names:
            break
    return Signature(tuple(names), tuple(roles))


def _signatory(line: Line, around: Surroundings, *, strong: bool, first: bool) -> Printed | None:
    """The name that a line under a closing is, or begins with before its role."""
    start = line.start
    if prefix := _FOR.match(line.text, start, line.end):
        start = prefix.end()
    rest = Line(line.text, start, line.end)
    whole = _whole_name(rest, around, sure=strong and first)
    if whole and (len(whole.words) > 1 or whole.titled or first):
        return whole
    cut = _SPLIT.search(line.text, start, line.end)
    if cut is None or len(rest.words) > LONGEST:
        return None
    piece = _whole_name(Line(line.text, start, cut.start()), around, sure=strong and first)
    beside = line.text[cut.end() : line.end]
    if piece is None or public_role().match(beside):
        return None
    keys = {fold(word) for word in re.findall(r"[^\W\d_]+", beside)}
    told = keys & (around.lists.roles | around.lists.bodies)
    return piece if told and (len(piece.words) > 1 or piece.titled) else None


def _whole_name(line: Line, around: Surroundings, *, sure: bool) -> Printed | None:
    """The name that a line is, but for letters and numbers after it."""
    name = name_at(line.text, line.start, line.end, around.lists)
    if name is None:
        return None
    rest = _LETTERS_AFTER.match(line.text, name.end, line.end)
    end = rest.end() if rest else name.end
    if line.text[end : line.end].strip(" \t.,()") or not is_person(name, around, sure=sure):
        return None
    return Printed(start=name.start, end=max(end, name.end), words=name.words, titled=name.titled)


def _is_role(words: str, lists: WordList) -> bool:
    keys = {fold(word) for word in re.findall(r"[^\W\d_]+", words)}
    return len(words) <= LONGEST_ROLE and bool(keys & lists.roles) and not _SENTENCE.search(words)


def _is_body(words: str, lists: WordList) -> bool:
    """Whether a line names a team, body or building rather than what one person does."""
    keys = [fold(word) for word in re.findall(r"[^\W\d_]+", words)]
    return (
        bool(keys) and (keys[-1] in lists.units or not lists.publics.isdisjoint(keys)) and keys[-1] not in lists.roles
    )


def _next(below: Sequence[Line], place: int) -> str:
    return next((line.words for line in below[place + 1 :] if line), "")
