"""Facts of a letter side by side with its labels: right, wrong and missed, kind by kind.

A single fact (a date, a reference) counts once as found wrong and once as missed where another value was read. A set
is compared member by member; of several values that the labels allow, the nearest counts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from labelled import Letter, comparable

from indexer.disclosure import Reading, Regime

Parent = Callable[[Regime, str], str]  # section of a provision, or exception under the environmental regulations

APPLIED = ("applied", "applied_ncnd")
SCORED_ROLES = (*APPLIED, "no_longer")
SINGLE = ("reference", "received_on", "answered_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one reader, of whatever kind, says of a letter."""

    forces: frozenset[str] = frozenset()
    reference: str | None = None
    received_on: date | None = None
    answered_on: date | None = None
    regimes: frozenset[str] = frozenset()
    cited: frozenset[tuple[str, str, str]] = frozenset()  # role, regime, provision
    outcomes: frozenset[str] = frozenset()
    questions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    failure: str | None = None


def facts_of(reading: Reading) -> Facts:
    """The facts that are scored, out of a reading."""
    return Facts(
        forces=frozenset(reading.forces),
        reference=reading.reference,
        received_on=reading.received_on,
        answered_on=reading.answered_on,
        regimes=frozenset(regime.value for regime in reading.regimes),
        cited=frozenset((c.role.value, c.regime.value, c.provision) for c in reading.citations),
        outcomes=frozenset(outcome.value for outcome in reading.outcomes),
        questions={a.question: frozenset(o.value for o in a.outcomes) for a in reading.answers if a.question},
    )


@dataclass(slots=True)
class Tally:
    """Counts of one kind of fact. ``same`` of ``letters`` were right altogether."""

    hit: int = 0
    found: int = 0
    wanted: int = 0
    same: int = 0
    letters: int = 0

    def add(self, got: frozenset[Any], allowed: Iterable[frozenset[Any]]) -> bool:
        """Counts one letter; whether it is right altogether."""
        best = min(allowed, key=lambda want: len(want ^ got))
        self.hit += len(got & best)
        self.found += len(got)
        self.wanted += len(best)
        self.letters += 1
        self.same += got == best
        return got == best

    @property
    def precision(self) -> float:
        """Share of what was said that is so; 1 where nothing was said."""
        return self.hit / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is so that was said; 1 where there was nothing to say."""
        return self.hit / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.hit / (self.found + self.wanted) if self.found + self.wanted else 1.0

    @property
    def exact(self) -> float:
        """Share of letters that are right altogether."""
        return self.same / self.letters if self.letters else 1.0


KINDS = (
    "forces",
    "reference",
    "received_on",
    "answered_on",
    "regimes",
    "ncnd",
    "applied",
    "parents",
    "roles",
    "kept apart",
    "outcomes",
    "questions",
)


@dataclass(slots=True)
class Scores:
    """Every kind of fact over a set of letters, and again for each force and each regime, with the misses in words."""

    parent: Parent
    kinds: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    groups: defaultdict[tuple[str, str], dict[str, Tally]] = field(
        default_factory=lambda: defaultdict(lambda: {kind: Tally() for kind in KINDS})
    )
    misses: list[str] = field(default_factory=list)

    def add(self, letter: Letter, got: Facts) -> None:
        """Scores one letter. One that could not be read says nothing, and so misses every fact that it has."""
        groups = [("force", letter.body), *(("regime", law) for law in letter.expect.get("regimes", ()))]
        for kind, found, allowed in compared(letter, got, self.parent):
            same = self.kinds[kind].add(found, allowed)
            for group in groups:
                self.groups[group][kind].add(found, allowed)
            if not same:
                said = got.failure or _words(found)
                self.misses.append(
                    f"{letter.path.name} ({letter.body}): {kind} is {said}, expected {_words(allowed[0])}"
                )

    def figure(self, name: str) -> float:
        """The figure that a goal names: ``applied_f1``, or ``reference`` for the share that is exact."""
        kind, _, measure = name.partition("_f1")
        tally = self.kinds[kind if name.endswith("_f1") else name]
        return tally.f1 if name.endswith("_f1") and not measure else tally.exact


def compared(letter: Letter, got: Facts, parent: Parent) -> Iterator[tuple[str, frozenset[Any], list[frozenset[Any]]]]:
    """(kind, what was said, the values that count as right) for every kind of fact that the letter's labels settle."""
    said: dict[str, frozenset[Any]] = {
        "forces": got.forces,
        "regimes": got.regimes,
        "ncnd": frozenset({"ncnd"} & got.outcomes),
        "outcomes": _coarse(got.outcomes),
        "reference": _single(_key(got.reference)),
        "received_on": _day(got.received_on),
        "answered_on": _day(got.answered_on),
    }
    for fact, found in said.items():
        if fact in letter.expect:
            values = (letter.expect[fact], *letter.also_ok.get(fact, ()))
            yield fact, found, [_wanted(fact, value) for value in values]
    if "applied" in letter.expect:
        yield from _cited(letter, got, parent)
    if letter.questions:
        yield "questions", *_questions(letter, got)


def _cited(letter: Letter, got: Facts, parent: Parent) -> Iterator[tuple[str, frozenset[Any], list[frozenset[Any]]]]:
    allowed = [_normal(value) for value in (letter.expect["applied"], *letter.also_ok.get("applied", ()))]
    applied = _normal(f"{regime} {provision}" for role, regime, provision in got.cited if role in APPLIED)
    yield "applied", applied, allowed
    yield "parents", _parents(applied, parent), [_parents(value, parent) for value in allowed]
    named = frozenset().union(*allowed)
    traps = frozenset(p for p in _normal(letter.mentions) if not any(_related(p, other) for other in named))
    if traps:
        yield "kept apart", traps - applied, [traps]
    if letter.roles is not None:
        want = frozenset((role, p) for role, q in letter.roles if role in SCORED_ROLES for p in _normal((q,)))
        have = frozenset(
            (role, p) for role, regime, q in got.cited if role in SCORED_ROLES for p in _normal((f"{regime} {q}",))
        )
        spared = [allowed[0] - value for value in allowed]  # what another reading that is allowed leaves out
        yield "roles", have, [frozenset(pair for pair in want if pair[1] not in spare) for spare in spared]


def _questions(letter: Letter, got: Facts) -> tuple[frozenset[Any], list[frozenset[Any]]]:
    said = {_plain(number): _coarse(outcomes) for number, outcomes in got.questions.items()}
    want: set[tuple[str, str]] = set()
    for question in letter.questions:
        number = _plain(question.number)
        allowed = [_coarse(value) for value in (question.outcomes, *question.also_ok)]
        best = min(allowed, key=lambda value: len(value ^ said.get(number, frozenset())))
        want |= {(number, outcome) for outcome in best}
    return frozenset((number, outcome) for number, outcomes in said.items() for outcome in outcomes), [frozenset(want)]


def _wanted(fact: str, value: Any) -> frozenset[Any]:
    match fact:
        case "ncnd":
            return frozenset({"ncnd"} if value else ())
        case "outcomes":
            return _coarse(frozenset(value))
        case "reference":
            return _single(_key(value))
        case "received_on" | "answered_on":
            return _single(value)
        case _:
            return frozenset(value)


def _coarse(outcomes: frozenset[str]) -> frozenset[str]:
    """``disclosed_part`` is one question answered in part; over a whole letter it equals disclosed plus refused."""
    if "disclosed_part" in outcomes:
        return outcomes - {"disclosed_part"} | {"disclosed", "refused_exemption"}
    return outcomes


def _normal(provisions: Iterable[str]) -> frozenset[str]:
    return frozenset(
        f"{regime} {provision}"
        for regime, _, printed in (value.partition(" ") for value in provisions)
        for provision in comparable(regime, {printed})
    )


def _related(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}(") or other.startswith(f"{one}(")


def _parents(provisions: frozenset[str], parent: Parent) -> frozenset[str]:
    pairs = (value.partition(" ") for value in provisions)
    return frozenset(f"{regime} {parent(Regime(regime), provision)}" for regime, _, provision in pairs)


def _single(value: str | None) -> frozenset[str]:
    return frozenset({value} if value else ())


def _day(value: date | None) -> frozenset[str]:
    return _single(value.isoformat() if value else None)


def _key(reference: str | None) -> str | None:
    return _plain(reference) if reference else None


def _plain(value: str) -> str:
    return re.sub(r"[^a-z0-9]", "", value.lower())


def _words(value: frozenset[Any]) -> str:
    if not value:
        return "nothing"
    return ", ".join(sorted(item if isinstance(item, str) else " ".join(item) for item in value))


def unclear_curve(
    rows: Iterable[tuple[Letter, frozenset[str], Mapping[str, int]]],
) -> list[tuple[int, float, float]]:
    """(least passages asked for, share of letters then unclear, precision of the outcomes that remain).

    Each row is a letter, its outcomes as read, and how many passages bear each of them out.
    """
    seen = [(letter, outcomes, support) for letter, outcomes, support in rows if "outcomes" in letter.expect]
    most = max((n for _, _, support in seen for n in support.values()), default=0)
    curve = []
    for least in range(min(most, 5) + 1):  # five passages and more are given to few outcomes
        counts: Counter[str] = Counter()
        for letter, outcomes, support in seen:
            kept = frozenset(o for o in outcomes - {"unclear"} if support.get(o, 0) >= least)
            counts["unclear"] += not kept
            kept = _coarse(kept)
            values = (letter.expect["outcomes"], *letter.also_ok.get("outcomes", ()))
            best = min((_coarse(frozenset(v)) for v in values), key=lambda want: len(want ^ _coarse(outcomes)))
            counts["found"] += len(kept)
            counts["hit"] += len(kept & best)
        precision = counts["hit"] / counts["found"] if counts["found"] else 1.0
        curve.append((least, counts["unclear"] / max(len(seen), 1), precision))
    return curve
