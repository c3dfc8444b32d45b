"""Labelled letters and citations in the evaluation's format: what a careful reader found, to compare a reading with.

The frozen letters lie beside this file. The evaluation lies outside the project and may be absent; nothing of it is
copied here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
FROZEN: Final = HERE / "letters"
LATER: Final = HERE / "later"  # sets of invented letters that were unseen when they were written: see its README
EVALUATION: Final = HERE.parent.parent / "shared" / "evaluation"  # ../shared/evaluation from the project's root

ACTS: Final = {
    "FOIA": "Freedom of Information Act 2000",
    "FOISA": "Freedom of Information (Scotland) Act 2002",
    "EIR": "Environmental Information Regulations 2004",
}
# A citation of citations.jsonl is set in a short letter where its role puts it, as the evaluation does.
CARRIERS: Final = {
    "applied": "Response\n\nThe information is held. By virtue of {printed} it is exempt from disclosure.",
    "applied_ncnd": "Response\n\nThe force neither confirms nor denies that it holds this, by virtue of {printed}.",
    "requester": "You asked:\n\nPlease send me figures for each year. They concern {printed}.\n\n"
    "Response\n\nThe information is held and is set out below.\n\n2019: 12\n2020: 15",
    "mention": "Response\n\nThe information is held and is disclosed below, and this letter is given in accordance "
    "with {printed}.\n\n2019: 12\n2020: 15",
}
ROLES: Final = {
    "applied": "applied",
    "applied_ncnd": "applied_ncnd",
    "generic_or_repeat": "applied",
    "requester_text": "requester",
    "mention_not_exemption": "mention",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one numbered question got; ``also_ok`` holds other sets of outcomes that can be defended."""

    number: str
    outcomes: frozenset[str]
    also_ok: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One labelled letter. ``expect`` has no key for a fact that its labels leave open."""

    path: Path
    body: str
    expect: dict[str, Any]
    also_ok: dict[str, list[Any]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    mentions: frozenset[str] = frozenset()
    roles: frozenset[tuple[str, str]] | None = None  # (role, provision); None where the labels give none


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSet:
    """Letters with the figures that must be reached on them; ``registry`` is None for the real forces."""

    name: str
    letters: tuple[Letter, ...]
    goals: dict[str, float]
    registry: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCitation:
    """One citation as printed, in a short letter that gives it its role."""

    printed: str
    regime: str
    role: str
    provisions: frozenset[str]  # bare, "31(1)(a)"; empty where it is no exemption
    text: str
    any_applied: bool  # the label does not say which of the two applied roles


# What the issue that asked for the reader must show. ``_f1`` weighs precision and recall, the rest is the share right.
FROZEN_GOALS: Final = {
    "forces": 1.0,
    "reference": 0.98,
    "received_on": 0.98,
    "answered_on": 0.98,
    "regimes": 0.99,
    "ncnd_f1": 0.98,
    "applied_f1": 0.98,
    "parents_f1": 0.99,
    "outcomes_f1": 0.95,
}
# The evaluation's own goals for whole letters; its police letters must be right in every fact.
WHOLE_GOALS: Final = {
    "forces": 0.98,
    "reference": 0.95,
    "received_on": 0.95,
    "answered_on": 0.95,
    "regimes": 0.97,
    "ncnd": 0.98,
    "applied_f1": 0.95,
    "outcomes_f1": 0.90,
    "questions_f1": 0.85,
}
EXACT: Final = dict.fromkeys(("forces", "reference", "received_on", "answered_on", "regimes", "ncnd"), 1.0) | {
    "applied_f1": 1.0,
    "outcomes_f1": 1.0,
}
CITATIONS_GOAL: Final = 0.98


def frozen() -> LabelledSet:
    """The project's own letters, of forces that do not exist."""
    return LabelledSet(
        name="frozen letters",
        letters=_letters(FROZEN / "letters.jsonl"),
        goals=FROZEN_GOALS,
        registry=FROZEN / "forces.toml",
    )


def later() -> tuple[LabelledSet, ...]:
    """The invented letters that were written after the reader, in the order of their writing, with the evaluation's
    goals: they are the project's own measure of letters that no rule was written for."""
    return tuple(
        LabelledSet(
            name=f"later letters: {name}",
            letters=_letters(LATER / name / "letters.jsonl"),
            goals=WHOLE_GOALS,
            registry=LATER / name / "forces.toml",
        )
        for name in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
    )


def evaluation(folder: Path = EVALUATION) -> tuple[LabelledSet, ...]:
    """The evaluation's letters; raises ``FileNotFoundError`` where it is absent."""
    return (
        LabelledSet(name="evaluation: police letters", letters=_letters(folder / "letters.jsonl"), goals=EXACT),
        LabelledSet(name="evaluation: whole letters", letters=_letters(folder / "whole.jsonl"), goals=WHOLE_GOALS),
    )


def citations(folder: Path = EVALUATION) -> tuple[PrintedCitation, ...]:
    """The evaluation's printed citations, each set in a letter; raises ``FileNotFoundError`` where it is absent."""
    found = []
    for row in _rows(folder / "citations.jsonl"):
        role = ROLES.get(row["role"])
        applied = role in ("applied", "applied_ncnd")
        if role is None or (applied and not row["normal"]):
            continue
        regime, printed = row["legislation"][0], row["as_printed"]
        within = f"section {printed}" if applied and printed[0].isdigit() else printed
        provisions = {_bare(provision) for provision in row["normal"]} if applied else set()
        found.append(
            PrintedCitation(
                printed=printed,
                regime=regime,
                role=role,
                provisions=frozenset(comparable(regime, provisions)),
                text=f"Request under the {ACTS[regime]}.\n\n{CARRIERS[role].format(printed=within)}\n",
                any_applied=row["role"] == "generic_or_repeat",
            )
        )
    return tuple(found)


def comparable(regime: str, provisions: set[str]) -> set[str]:
    """Provisions as the house rules of the labels compare them: 40(2)(a) and (b) are the conditions of one limb, and
    FOISA 17 is the notice that nothing is held, so an outcome."""
    same = {"40(2)" if regime == "FOIA" and p in ("40(2)(a)", "40(2)(b)") else p for p in provisions}
    return {p for p in same if not (regime == "FOISA" and p.split("(")[0] == "17")}


def _bare(provision: str) -> str:
    return re.sub(r"^(?:s|reg|art)", "", provision)


def _letters(path: Path) -> tuple[Letter, ...]:
    return tuple(_letter(row, path.parent) for row in _rows(path))


def _letter(row: dict[str, Any], folder: Path) -> Letter:
    roles = row.get("roles")
    return Letter(
        path=folder / row["file"],
        body=row["body"],
        expect=row["expect"],
        also_ok=row.get("also_ok", {}),
        questions=tuple(
            Question(
                number=entry["question"],
                outcomes=frozenset(entry["outcomes"]),
                also_ok=tuple(frozenset(other) for other in entry.get("also_ok", ())),
            )
            for entry in row.get("per_question") or ()
        ),
        mentions=frozenset(row.get("mentions", ())),
        roles=frozenset((role, provision) for role, provisions in roles.items() for provision in provisions)
        if roles is not None
        else None,
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
