"""A person named once, found again everywhere: by full name in any order, initial and surname, title and surname.

A surname or given name alone is covered where it can mean no one else: not where it is a word or a place too, and not
inside another name ("Clare's Law", "Victoria Street").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from indexer.analysis import fold
from indexer.masking.printed import Printed, Surroundings

_TOKEN = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"(?:[\s.,_'’‘\-‐‑+]|%20){0,3}")
BETWEEN: Final = 3  # characters, or "%20" in an address, between two words of one name
MIDDLE: Final = 2  # middle names or initials that one place prints and another leaves out
AHEAD: Final = 6  # tokens within which the other half of a name begins: a double name and two in the middle
SHORTEST: Final = 3  # letters of half a name that tells by itself: "Al" and "Ng" do not
_SAME_LINE = re.compile(r"[ \t\u00a0]{1,2}")


class _Token(NamedTuple):
    key: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Folded words, each split as a search splits it (Fairweather-Moss is two). Either half may be unknown."""

    given: tuple[str, ...]
    family: tuple[str, ...]

    @classmethod
    def of(cls, printed: Printed) -> Person | None:
        """The person that a printed name is of; None where nothing but initials is left of it."""
        words = [tuple(fold(piece) for piece in _TOKEN.findall(word)) for word in printed.words]
        words = [word for word in words if any(word)]
        long = [word for word in words if len("".join(word)) > 1]
        if not long:
            return None
        if len(words) == 1:
            return cls((), words[0]) if printed.titled else cls(words[0], ())
        if words[-1] != long[-1]:  # "Lindsay M"
            return cls(long[0], ())
        return cls(words[0], words[-1])


@dataclass(slots=True)
class _Half:
    """One half of one or several names: what is known of those who bear it."""

    keys: tuple[str, ...]
    family: bool
    initials: set[str]  # of the given names that go with this surname
    titled_only: bool = False  # somebody is known as "Ms Example" alone


class People:
    """Everyone whom a record's private places name, and where each is named again."""

    def __init__(self, printed: Iterable[Printed], around: Surroundings) -> None:
        self._around = around
        self._lists = around.lists
        self._forward: dict[str, dict[str, list[Person]]] = {}  # first key of the given name, then of the surname
        self._backward: dict[str, dict[str, list[Person]]] = {}
        self._run_together: dict[str, Person] = {}  # "janeexample"
        self._halves: dict[str, dict[tuple[tuple[str, ...], bool], _Half]] = {}
        for person in dict.fromkeys(person for name in printed if (person := Person.of(name)) is not None):
            self._take_in(person)

    def _take_in(self, person: Person) -> None:
        given, family = person.given, person.family
        if given and family:
            self._forward.setdefault(given[0], {}).setdefault(family[0], []).append(person)
            self._backward.setdefault(family[0], {}).setdefault(given[0], []).append(person)
            if len("".join(given)) > 1:
                self._run_together["".join((*given, *family))] = person
        for keys, is_family in ((family, True), (given, False)):
            if keys:
                known = self._halves.setdefault(keys[0], {})
                half = known.setdefault((keys, is_family), _Half(keys, is_family, set()))
                if is_family and given:
                    half.initials.add(given[0][0])
                elif is_family:
                    half.titled_only = True

    def found_in(self, text: str, *, whole_only: bool = False, small: bool = False) -> Iterator[tuple[int, int]]:
        """(start, end) wherever one of them is named.

        ``whole_only`` leaves out single names, as in an address; ``small`` takes surnames in small letters too, as in
        the name of a file.
        """
        if not self._halves:
            return
        line = _Line(text)
        for at, token in enumerate(line.tokens):
            last = self._whole(line, at)
            first: int | None = at
            if last is None and token.key in self._halves:
                found = self._half(line, at, alone=not whole_only, small=small)
                first, last = found or (None, None)
            if first is not None and last is not None:
                yield line.tokens[self._with_title(line, first)].start, line.tokens[last].end

    def _whole(self, line: _Line, at: int) -> int | None:
        """The last token of a name with both halves that begins here, in either order."""
        token = line.tokens[at]
        if token.key in self._run_together:
            return at
        for table, backwards in ((self._forward, False), (self._backward, True)):
            others = table.get(token.key)
            if not others:
                continue
            for ahead in line.tokens[at + 1 : at + 1 + AHEAD]:
                for person in others.get(ahead.key, ()):
                    end = line.name(at, person, backwards=backwards)
                    if end is not None and (token.capital or not self._are_words(person)):
                        return end
        return None

    def _half(self, line: _Line, at: int, *, alone: bool, small: bool) -> tuple[int, int] | None:
        """A surname behind a title or initial, or one half of a name by itself: first and last token."""
        capital = line.tokens[at].capital
        for half in self._halves[line.tokens[at].key].values():
            last = line.sequence(at, half.keys)
            if last is None or not (capital or (small and half.family)):
                continue
            first = line.before_initials(at)
            initial = line.tokens[first].key if first < at else ""
            if half.family and initial and (half.titled_only or initial in half.initials):
                return first, last
            if self._with_title(line, at) < at:
                return at, last
            if alone and (begin := self._alone(line, at, last, half)) is not None:
                return begin, last
        return None

    def _alone(self, line: _Line, at: int, last: int, half: _Half) -> int | None:
        """The first token of one half of a name by itself; None where it can mean somebody or something else."""
        if len("".join(half.keys)) < SHORTEST or (len(half.keys) == 1 and self._around.is_word(half.keys[0])):
            return None
        if self._begins_another_name(line, last):
            return None
        return self._begin(line, at, half)

    def _are_words(self, person: Person) -> bool:
        return all(len(half) == 1 and self._around.is_word(half[0]) for half in (person.given, person.family))

    def _begins_another_name(self, line: _Line, last: int) -> bool:
        """Whether a name goes on behind: "Victoria Street", "Clare's Law"."""
        after = line.beside(last, last + 1)
        if after is not None:
            return after.capital and after.key not in self._lists.stops and after.key not in self._lists.roles
        law = line.tokens[last + 1 : last + 3]
        return len(law) == 2 and law[0].key == "s" and law[1].key == "law"

    def _begin(self, line: _Line, at: int, half: _Half) -> int | None:
        """Where this mention begins; None where another's given name stands before it."""
        begin = at
        while begin > at - 1 - MIDDLE and (before := line.beside(begin, begin - 1)) and self._names_somebody(before):
            if not half.titled_only:  # known as "Ms Example": whatever her given names are, they are hers
                return None
            begin -= 1
        return begin

    def _names_somebody(self, token: _Token) -> bool:
        lists = self._lists
        return token.capital and token.key not in lists.no_names and token.key not in self._around.small

    def _with_title(self, line: _Line, first: int) -> int:
        while first and line.tokens[first - 1].key in self._lists.before_names and line.close(first - 1, first):
            first -= 1
        return first


class _Line:
    """The tokens of a text and what stands between them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [
            _Token(fold(word.group()), word.start(), word.end(), word.group()[0].isupper())
            for word in _TOKEN.finditer(text)
        ]

    def close(self, one: int, other: int) -> bool:
        """Whether two tokens follow each other as words of a name do."""
        start, end = self.tokens[one].end, self.tokens[other].start
        return end - start <= BETWEEN and _BETWEEN.fullmatch(self.text, start, end) is not None

    def sequence(self, at: int, keys: tuple[str, ...], *, after: int | None = None) -> int | None:
        """The last token of these keys in a row from ``at``, close behind ``after`` where given."""
        if at + len(keys) > len(self.tokens):
            return None
        for offset, key in enumerate(keys):
            if self.tokens[at + offset].key != key:
                return None
            if (offset or after is not None) and not self.close(at + offset - 1, at + offset):
                return None
        return at + len(keys) - 1

    def name(self, at: int, person: Person, *, backwards: bool) -> int | None:
        """The last token of a whole name: "Jane Mary Example", or backwards "Example, Jane"."""
        first, second = (person.family, person.given) if backwards else (person.given, person.family)
        last = self.sequence(at, first)
        if last is None:
            return None
        for skipped in range(1 if backwards else MIDDLE + 1):
            if skipped and not self.middle(last + skipped):
                return None
            end = self.sequence(last + skipped + 1, second, after=last + skipped)
            if end is not None:
                return end
        return None

    def middle(self, at: int) -> bool:
        """Whether a token can be a middle name: a capital, close behind."""
        return at < len(self.tokens) and self.tokens[at].capital and self.close(at - 1, at)

    def before_initials(self, at: int) -> int:
        """The first of the initials that stand before a token, else the token itself."""
        first = at
        while first and at - first < MIDDLE and self._initial(first - 1) and self.close(first - 1, first):
            first -= 1
        return first

    def _initial(self, at: int) -> bool:
        token = self.tokens[at]
        return token.end - token.start == 1 and token.capital and token.key.isalpha()

    def beside(self, here: int, there: int) -> _Token | None:
        """The neighbour, where nothing but a space on the same line lies between; else None."""
        if not 0 <= there < len(self.tokens):
            return None
        one, other = sorted((here, there))
        gap = _SAME_LINE.fullmatch(self.text, self.tokens[one].end, self.tokens[other].start)
        return self.tokens[there] if gap else None
