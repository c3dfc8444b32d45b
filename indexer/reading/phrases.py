"""Turns of phrase as patterns: one alternative a line, and no search from the middle of a word."""

from __future__ import annotations

import re


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    r"""A pattern for the flat text. Its ``\b``, ``\w`` and ``\d`` know the letters and figures of ASCII only.

    ``joined`` leaves no others of Latin script, and to ask whether a word begins takes far less so.
    """
    return re.compile(source, flags | re.ASCII)


def phrases(*turns: str) -> re.Pattern[str]:
    """A pattern that is any of these."""
    return compiled(f"(?:{by_first_letter(turns)})")


def by_first_letter(turns: tuple[str, ...]) -> str:
    """The same alternatives, in groups that share their first letter: one that begins otherwise is passed at a glance.

    What can match, and which alternative does so first, stays the same, since those of different letters exclude each
    other. Takes half the time of a plain list of fifty.
    """
    groups: list[tuple[str, list[str]]] = []
    place: dict[str, int] = {}
    for turn in turns:
        for flat in _flat(turn):
            letter = flat[0] if re.match(r"[a-z](?![?*{])", flat) else ""
            if not letter:  # may begin with anything: what stands after it stays after it
                groups.append(("", [flat]))
                place = {}
            elif letter in place:
                groups[place[letter]][1].append(flat[1:])
            else:
                place[letter] = len(groups)
                groups.append((letter, [flat[1:]]))
    return "|".join(f"{letter}(?:{'|'.join(rests)})" if letter else rests[0] for letter, rests in groups)


def _flat(turn: str) -> list[str]:
    """Alternatives that begin with a letter, where a turn of phrase begins with a group of them."""
    found: list[str] = []
    for alternative in _alternatives(turn):
        if not alternative.startswith("(?:") or re.search(r"\((?!\?[:=!<])|\(\?P", alternative):
            found.append(alternative)
            continue
        end = _closing(alternative)
        inner, rest = alternative[3:end], alternative[end + 1 :]
        if rest[:1] in ("*", "+", "{") or rest[:2] == "??":
            found.append(alternative)
            continue
        optional, rest = rest[:1] == "?", rest.removeprefix("?")
        for one in _alternatives(inner):
            found += _flat(one + rest)
        if optional:
            found += _flat(rest)
    return found


def _alternatives(pattern: str) -> list[str]:
    """The parts between the strokes that stand in no brackets."""
    found, start, depth = [], 0, 0
    for place, sign in _signs(pattern):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            found.append(pattern[start:place])
            start = place + 1
    return [*found, pattern[start:]]


def _closing(pattern: str) -> int:
    """Where the bracket closes that a pattern begins with."""
    depth = 0
    for place, sign in _signs(pattern):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place
    return len(pattern)


def _signs(pattern: str) -> list[tuple[int, str]]:
    """Brackets and strokes with their places, but for escaped ones and those in a set of characters."""
    found = []
    skip = within = False
    for place, sign in enumerate(pattern):
        if skip:
            skip = False
        elif sign == "\\":
            skip = True
        elif within:
            within = sign != "]"
        elif sign == "[":
            within = True
        elif sign in "(|)":
            found.append((place, sign))
    return found


class Words:
    """Turns of phrase that begin where a word does; ``opens`` only at the very beginning, ``signs`` anywhere.

    Most places of a sentence lie within a word: the search looks for what stands before one, and passes them by. A hit
    may begin with that sign.
    """

    __slots__ = ("search",)

    def __init__(self, *turns: str, opens: tuple[str, ...] = (), signs: tuple[str, ...] = ()) -> None:
        begins = phrases(*turns, *opens).match
        later = compiled(f"[^a-z0-9_](?:{by_first_letter(turns)})").search
        anywhere = tuple(compiled(sign).search for sign in signs)

        def search(low: str) -> re.Match[str] | None:
            """Any of them; not always the first."""
            return begins(low) or later(low)

        def search_signs(low: str) -> re.Match[str] | None:
            """The same with those that begin anywhere."""
            hit = begins(low) or later(low)
            if hit is None:
                for sign in anywhere:
                    hit = hit or sign(low)
            return hit

        self.search = search_signs if signs else search  # a function: an attribute less for each of its names


class Openings:
    """How sentences begin, and turns of phrase further on, each behind a word that it cannot do without.

    ``.{0,90}\\bneither confirm`` is tried at ninety places of a sentence; to ask whether "neither" is in it takes a
    fiftieth of that.
    """

    __slots__ = ("match",)

    def __init__(self, *turns: str, later: tuple[tuple[str, str], ...]) -> None:
        begins = phrases(*turns).match if turns else None
        behind = tuple((word, compiled(turn).match) for word, turn in later)

        def match(low: str) -> re.Match[str] | None:
            """As a pattern's own: the first turn of phrase that matches from the beginning."""
            if begins is not None:
                hit = begins(low)
                if hit is not None:
                    return hit
            for word, turn in behind:
                if word in low:
                    hit = turn(low)
                    if hit is not None:
                        return hit
            return None

        self.match = match  # a function of its own: an attribute less for each of its names
