"""What a person types → a small tree. Pure; every error has a position and a mend. See ``docs/searching.md``.

Three stages: characters to lexemes, lexemes to a tree, and back to text (``unparse``). What the tree means is said in
words by ``indexer.wording``. Nothing here knows of an engine, a registry or the law beyond the names of the regimes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

from rapidfuzz.distance import OSA

from indexer.analysis import fold, tokens
from indexer.disclosure import Outcome, Regime
from indexer.reading.references import reference_key

LONGEST_QUERY = 1000  # characters: a long paragraph; whole requests belong on the page that finds similar ones
DEEPEST = 8  # brackets inside brackets: nobody types more, and each may cost an engine three of the 30 levels it allows
NOT_STATED = "none"  # the value of records that have none


class QueryError(Exception):
    """A query that cannot be understood. ``position`` counts characters from 0 (None: not in the words typed)."""

    def __init__(self, message: str, position: int | None = None, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.message} {self.mend}".strip()


@dataclass(frozen=True, slots=True)
class Everything:
    """Every record."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, by stem; several stems where it splits (``e-mail``), side by side in this order.

    ``added`` tells a synonym from a word that was typed: it finds as much and weighs less.
    """

    stems: tuple[str, ...]
    printed: str = field(compare=False)
    added: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, side by side, unstemmed."""

    words: tuple[str, ...]
    printed: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Member:
    """Records that have this value of a facet, or none where the value is ``none``."""

    facet: str
    value: str


@dataclass(frozen=True, slots=True)
class Under:
    """Records in which this provision, or anything beneath it, is applied; in any regime where none is named."""

    regime: Regime | None
    provision: str


@dataclass(frozen=True, slots=True)
class HasReference:
    """Records with this canonical reference."""

    key: str


@dataclass(frozen=True, slots=True)
class After:
    """Records dated on or after a day. ``printed`` is the period as typed, ``2019-05``."""

    day: date
    printed: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Before:
    """Records dated before a day."""

    day: date
    printed: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but."""

    item: Tree


@dataclass(frozen=True, slots=True)
class And:
    """All of at least two."""

    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of at least two."""

    items: tuple[Tree, ...]


Tree: TypeAlias = Everything | Word | Phrase | Member | Under | HasReference | After | Before | Not | And | Or

REGIME_PREFIXES = {regime.value.lower(): regime for regime in Regime if regime is not Regime.DPA}
FACET_PREFIXES = ("force", "section", "provision", "concept", "regime", "outcome", "year")
PREFIXES = (*FACET_PREFIXES, "ref", "s", *REGIME_PREFIXES, "after", "before")

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_SPACE = re.compile(r"\s+")
_OPERATOR = re.compile(r'(?:OR|AND|NOT)(?=[\s()"]|$)')
_PREFIX = re.compile(rf"({'|'.join(sorted(PREFIXES, key=len, reverse=True))}):", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"')
_LIMBED = re.compile(r'(?:[^\s()"]|(?<=[^\W_])\([0-9A-Za-z]{1,5}\)|(?<=\))\([0-9A-Za-z]{1,5}\))+')
_PLAIN = re.compile(r'[^\s()"]+')
_UNKNOWN_PREFIX = re.compile(r"([A-Za-z]{4,}):(?=[^\s/])")
_PROVISION = re.compile(r"\s*(?:([A-Za-z]{3,5})[\s:._-]*)?(\d{1,3}[A-Za-z]{0,2})((?:\s*\([0-9A-Za-z]{1,5}\))*)\s*")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


class _Kind(Enum):
    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    NOT = auto()
    TERM = auto()


class _Lexeme(NamedTuple):
    kind: _Kind
    position: int
    term: Tree | None = None  # of a TERM; None where nothing in it is a letter or digit


def parse(text: str) -> Tree:
    """The tree of a query; raises ``QueryError``."""
    if len(text) > LONGEST_QUERY:
        raise QueryError(
            f"The query is longer than {LONGEST_QUERY:,} characters.",
            LONGEST_QUERY,
            "Leave out all but the telling words.",
        )
    return _Parser(list(_lexemes(text.translate(_QUOTES)))).whole()


def all_of(items: Iterable[Tree]) -> Tree:
    """The conjunction of some trees, flat; of none, everything."""
    flat = [inner for item in items for inner in (item.items if isinstance(item, And) else (item,))]
    kept = [item for item in flat if not isinstance(item, Everything)]
    if len(kept) < 2:
        return kept[0] if kept else Everything()
    return And(tuple(kept))


def any_of(items: Iterable[Tree]) -> Tree:
    """The disjunction of at least one tree, flat."""
    flat = tuple(inner for item in items for inner in (item.items if isinstance(item, Or) else (item,)))
    return flat[0] if len(flat) == 1 else Or(flat)


def _lexemes(text: str) -> Iterable[_Lexeme]:
    position = 0
    while position < len(text):
        here = text[position]
        if space := _SPACE.match(text, position):
            position = space.end()
        elif here == "(":
            yield _Lexeme(_Kind.OPEN, position)
            position += 1
        elif here == ")":
            yield _Lexeme(_Kind.CLOSE, position)
            position += 1
        elif operator := _OPERATOR.match(text, position):
            if operator[0] == "NOT":
                raise QueryError(
                    "NOT is no operator here.",
                    position,
                    "Write -drone to leave out drone; for the word itself write not.",
                )
            if operator[0] == "OR":
                yield _Lexeme(_Kind.OR, position)
            position = operator.end()  # AND says what standing side by side says already
        elif here == "-":
            end = position + len(text[position:]) - len(text[position:].lstrip("-"))
            if end == position + 1 and end < len(text) and not text[end].isspace() and text[end] != ")":
                yield _Lexeme(_Kind.NOT, position)
            position = end
        else:
            term, end = _term(text, position)
            yield _Lexeme(_Kind.TERM, position, term)
            position = end


def _term(text: str, position: int) -> tuple[Tree | None, int]:
    if text[position] == '"':
        quoted = _QUOTED.match(text, position)
        if not quoted:
            raise QueryError("A quotation is never closed.", position, f'Close it: {text[position:].rstrip()}"')
        words = tuple(token.text for token in tokens(quoted[1]))
        return (Phrase(words, quoted[1]) if words else None), quoted.end()
    if prefix := _PREFIX.match(text, position):
        return _typed(prefix[1].lower(), text, prefix.end(), position)
    _refuse_near_miss(text, position)
    raw = _LIMBED.match(text, position)
    assert raw, "every other character was met before"
    stems = tuple(token.stem for token in tokens(raw[0]))
    return (Word(stems, raw[0]) if stems else None), raw.end()


def _refuse_near_miss(text: str, position: int) -> None:
    """``forces:gwent`` must not quietly search for two words; ``http:`` and ``re:`` are words."""
    unknown = _UNKNOWN_PREFIX.match(text, position)
    if not unknown:
        return
    typed = unknown[1].lower()
    for prefix in PREFIXES:
        if len(prefix) >= 4 and OSA.distance(typed, prefix) == 1:  # one slip of the finger
            raise QueryError(
                f"There is no “{unknown[1]}:” to search by.",
                position,
                f"Did you mean {prefix}: ? For the words themselves, put them in quotes.",
            )


def _typed(prefix: str, text: str, start: int, position: int) -> tuple[Tree, int]:
    quoted = _QUOTED.match(text, start)
    provision = prefix in {"s", "section", "provision", *REGIME_PREFIXES}
    value = quoted or (_LIMBED if provision else _PLAIN).match(text, start)
    if not value or not (typed := (quoted[1] if quoted else value[0]).strip()):
        raise QueryError(
            f"“{prefix}:” needs its value right after it.",
            position,
            f"For example {_EXAMPLES[prefix]}; for the word itself leave out the colon.",
        )
    return _valued(prefix, typed, position), value.end()


_EXAMPLES = {
    "force": "force:gwent",
    "section": 'section:"FOIA 31"',
    "provision": 'provision:"FOIA 31(1)(a)"',
    "concept": "concept:law_enforcement",
    "regime": "regime:foisa",
    "outcome": "outcome:ncnd",
    "year": "year:2023",
    "ref": "ref:FOI-2017-1696",
    "s": "s:31(1)(a)",
    "foia": "foia:31",
    "foisa": "foisa:35(1)(a)",
    "eir": "eir:12(4)(b)",
    "eisr": "eisr:10(4)(b)",
    "jfoi": "jfoi:25",
    "after": "after:2020",
    "before": "before:2019-05",
}


def _valued(prefix: str, typed: str, position: int) -> Tree:
    if prefix == "ref":
        key = reference_key(typed)
        if not key:
            raise QueryError("That reference has no letter or digit.", position, f"For example {_EXAMPLES['ref']}.")
        return HasReference(key)
    if prefix == "after":
        return After(_first_day(typed, prefix, position), typed)
    if prefix == "before":
        return Before(_first_day(typed, prefix, position), typed)
    if prefix == "s" or prefix in REGIME_PREFIXES:
        return _under(prefix, typed, position)
    return Member(prefix, facet_value(prefix, typed, position))


def _under(prefix: str, typed: str, position: int) -> Under:
    found = _PROVISION.fullmatch(typed)
    if not found or found[1]:
        raise QueryError(f"“{typed}” is no provision.", position, f"Write it like {_EXAMPLES[prefix]}.")
    return Under(REGIME_PREFIXES.get(prefix), _SPACE.sub("", found[2] + found[3]).lower())


def _first_day(typed: str, prefix: str, position: int) -> date:
    found = _PERIOD.fullmatch(typed)
    try:
        if found:
            return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        found = None
    raise QueryError(
        f"“{typed}” is no year, month or day.",
        position,
        f"Write {prefix}:2020, {prefix}:2019-05 or {prefix}:2019-05-31.",
    )


def facet_value(facet: str, typed: str, position: int | None = None) -> str:
    """A facet's value as the index spells it; raises ``QueryError`` on one that cannot exist."""
    if typed.strip().lower() == NOT_STATED:
        return NOT_STATED
    value: str | None
    if facet in {"section", "provision"}:
        value = _provision_value(typed)
    elif facet == "year":
        value = typed.strip() if re.fullmatch(r"\s*[0-9]{4}\s*", typed) else None
    elif facet == "regime":
        value = typed.strip().upper() if typed.strip().lower() in {r.value.lower() for r in Regime} else None
    elif facet == "outcome":
        slug = _slug(typed, "_")
        value = slug if slug in {o.value for o in Outcome} else None
    else:
        value = _slug(typed, "_" if facet == "concept" else "-") or None
    if value is None:
        raise QueryError(f"“{typed.strip()}” is no {facet}.", position, _choices(facet))
    return value


def _provision_value(typed: str) -> str | None:
    found = _PROVISION.fullmatch(typed)
    regimes = {r.value.lower(): r for r in Regime}
    if not found or not found[1] or found[1].lower() not in regimes:
        return None
    limbs = re.findall(r"[0-9A-Za-z]+", found[3])
    spelt = "".join(f"({limb.upper() if limb[0].isdigit() else limb.lower()})" for limb in limbs)  # 40(5B)(a)(i)
    return f"{regimes[found[1].lower()]} {found[2].upper()}{spelt}"


def _choices(facet: str) -> str:
    if facet == "outcome":
        return f"Choose from: {', '.join(o.value for o in Outcome)}, {NOT_STATED}."
    if facet == "regime":
        return f"Choose from: {', '.join(r.value for r in Regime)}, {NOT_STATED}."
    return f"Write it like {_EXAMPLES[facet]}."


def _slug(typed: str, joint: str) -> str:
    return joint.join(folded for token in re.findall(r"[^\W_]+", typed) if (folded := fold(token)))


class _Parser:
    """OR binds tighter than standing side by side; ``-`` binds tightest."""

    def __init__(self, lexemes: list[_Lexeme]) -> None:
        self._lexemes = lexemes
        self._next = 0
        self._depth = 0

    def whole(self) -> Tree:
        tree = self._all()
        if stray := self._peek():
            raise QueryError(
                "A bracket closes that was never opened.", stray.position, "Leave it out, or open it before."
            )
        return tree or Everything()

    def _peek(self) -> _Lexeme | None:
        return self._lexemes[self._next] if self._next < len(self._lexemes) else None

    def _all(self) -> Tree | None:
        items = []
        while (lexeme := self._peek()) and lexeme.kind is not _Kind.CLOSE:
            if (item := self._any()) is not None:
                items.append(item)
        return all_of(items) if items else None

    def _any(self) -> Tree | None:
        items = [self._one()]
        while (lexeme := self._peek()) and lexeme.kind is _Kind.OR:
            self._next += 1
            items.append(self._one())
        kept = [item for item in items if item is not None]
        return any_of(kept) if kept else None

    def _one(self) -> Tree | None:
        lexeme = self._peek()
        if lexeme is None or lexeme.kind in {_Kind.OR, _Kind.CLOSE}:
            at = self._lexemes[min(self._next, len(self._lexemes) - 1)].position
            raise QueryError(
                "OR needs something on both sides.", at, "For example taser OR ced; for the word itself write or."
            )
        self._next += 1
        if lexeme.kind is _Kind.NOT:
            item = self._one()
            return Not(item) if item is not None else None
        if lexeme.kind is _Kind.TERM:
            return lexeme.term
        return self._group(lexeme)

    def _group(self, opening: _Lexeme) -> Tree | None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(
                f"Brackets are nested deeper than {DEEPEST}.", opening.position, "Leave out some brackets."
            )
        tree = self._all()
        if not self._peek():
            raise QueryError("A bracket is never closed.", opening.position, "Close it, or leave it out.")
        self._next += 1
        self._depth -= 1
        return tree


def has_words(tree: Tree) -> bool:
    """Whether there is something to rank by: words or phrases searched for. Words to leave out rank nothing."""
    if isinstance(tree, And | Or):
        return any(has_words(item) for item in tree.items)
    return isinstance(tree, Word | Phrase)


def unparse(tree: Tree) -> str:
    """Text that parses to this tree."""
    match tree:
        case Everything():
            return ""
        case Word():
            return tree.printed
        case Phrase():
            return f'"{tree.printed}"'
        case Member():
            return f'{tree.facet}:"{tree.value}"' if " " in tree.value else f"{tree.facet}:{tree.value}"
        case Under():
            return f"{tree.regime.value.lower() if tree.regime else 's'}:{tree.provision}"
        case HasReference():
            return f"ref:{tree.key}"
        case After():
            return f"after:{tree.printed}"
        case Before():
            return f"before:{tree.printed}"
        case Not():
            return f"-{_bracketed(tree.item)}" if isinstance(tree.item, And | Or) else f"-{unparse(tree.item)}"
        case Or():
            return " OR ".join(_bracketed(item) if isinstance(item, And) else unparse(item) for item in tree.items)
        case And():
            return " ".join(unparse(item) for item in tree.items)


def _bracketed(tree: Tree) -> str:
    return f"({unparse(tree)})"
