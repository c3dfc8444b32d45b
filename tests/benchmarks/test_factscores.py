"""The scoring itself: a reader that says what the labels say is perfect, and each mistake costs what it should."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import plainpattern
import pytest
from factscores import KINDS, Facts, Scores, unclear_curve
from labelled import FROZEN, Letter, Question, comparable, evaluation, frozen

from indexer.exemptions import load_exemptions
from indexer.forces import load_forces

PARENT = load_exemptions().parent


def as_labelled(letter: Letter) -> Facts:
    expect = letter.expect
    assert letter.roles is not None
    return Facts(
        forces=frozenset(expect["forces"]),
        reference=expect["reference"],
        received_on=date.fromisoformat(expect["received_on"]) if expect["received_on"] else None,
        answered_on=date.fromisoformat(expect["answered_on"]) if expect["answered_on"] else None,
        regimes=frozenset(expect["regimes"]),
        cited=frozenset((role, *provision.split(" ", 1)) for role, provision in letter.roles),
        outcomes=frozenset(expect["outcomes"]),
        questions={question.number: question.outcomes for question in letter.questions},
    )


def scored(*pairs: tuple[Letter, Facts]) -> Scores:
    scores = Scores(PARENT)
    for letter, facts in pairs:
        scores.add(letter, facts)
    return scores


def one(**expect: object) -> Letter:
    return Letter(path=Path("letter.txt"), body="Wexmoor Constabulary", expect=expect)


def test_what_the_labels_say_is_perfect_on_every_frozen_letter() -> None:
    scores = scored(*((letter, as_labelled(letter)) for letter in frozen().letters))
    assert scores.misses == []
    assert all(scores.kinds[kind].letters for kind in KINDS)
    assert all(scores.figure(name) == 1.0 for name in frozen().goals)


def test_a_letter_that_could_not_be_read_misses_every_fact_it_has() -> None:
    letter = frozen().letters[0]
    scores = scored((letter, Facts(failure="timeout")))
    assert scores.figure("applied_f1") == 0.0
    assert scores.figure("reference") == 0.0
    assert scores.misses[0].startswith("f01.txt (Wexmoor Constabulary): forces is timeout, expected wexmoor")


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("forces", {"forces": frozenset({"oxmead"})}),
        ("reference", {"reference": "FOI 4417/23"}),
        ("received_on", {"received_on": date(2023, 10, 31)}),
        ("answered_on", {"answered_on": None}),
        ("regimes", {"regimes": frozenset({"FOISA"})}),
        ("ncnd", {"outcomes": frozenset({"refused_exemption"})}),
        ("outcomes", {"outcomes": frozenset({"ncnd", "not_held"})}),
    ],
)
def test_each_mistake_is_named_and_costs_its_own_figure(kind: str, change: dict[str, object]) -> None:
    letter = frozen().letters[0]
    scores = scored((letter, replace(as_labelled(letter), **change)))
    assert scores.kinds[kind].exact == 0.0
    assert any(f": {kind} is " in miss for miss in scores.misses)
    untouched = set(KINDS) - {kind, "outcomes", "questions"}
    assert all(scores.kinds[other].exact == 1.0 for other in untouched)


def test_a_limb_too_shallow_is_wrong_at_the_limb_and_right_at_the_section() -> None:
    letter = one(applied=["FOIA 31(1)(a)"])
    scores = scored((letter, Facts(cited=frozenset({("applied", "FOIA", "31")}))))
    assert scores.figure("applied_f1") == 0.0
    assert scores.figure("parents_f1") == 1.0


def test_sections_named_twice_are_not_forgiven_but_the_conditions_of_one_limb_are() -> None:
    letter = one(applied=["FOIA 40(2)"])
    twice = scored((letter, Facts(cited=frozenset({("applied", "FOIA", "40"), ("applied", "FOIA", "40(2)")}))))
    assert twice.kinds["applied"].precision == 0.5
    conditions = {("applied", "FOIA", "40(2)(a)"), ("applied", "FOIA", "40(2)(b)")}
    assert scored((letter, Facts(cited=frozenset(conditions)))).figure("applied_f1") == 1.0
    assert comparable("FOISA", {"17(1)", "12(1)"}) == {"12(1)"}


def test_a_trap_that_was_applied_and_a_role_that_was_swapped_are_seen() -> None:
    letter = replace(
        one(applied=["FOIA 24(2)"]),
        mentions=frozenset({"FOIA 12"}),
        roles=frozenset({("applied_ncnd", "FOIA 24(2)")}),
    )
    trapped = scored((letter, Facts(cited=frozenset({("applied", "FOIA", "24(2)"), ("applied", "FOIA", "12")}))))
    assert trapped.kinds["kept apart"].recall == 0.0
    assert trapped.kinds["roles"].hit == 0


def test_the_nearest_of_several_defensible_values_counts() -> None:
    letter = Letter(
        path=Path("letter.txt"),
        body="Oxmead Police",
        expect={"received_on": None, "outcomes": ["not_held"]},
        also_ok={"received_on": ["2022-09-26"]},
        questions=(
            Question(
                number="1 (a)", outcomes=frozenset({"disclosed_part"}), also_ok=(frozenset({"already_accessible"}),)
            ),
        ),
    )
    said = Facts(
        received_on=date(2022, 9, 26),
        outcomes=frozenset({"not_held"}),
        questions={"1a": frozenset({"disclosed", "refused_exemption"})},
    )
    assert scored((letter, said)).misses == []
    assert scored((letter, replace(said, questions={"1A": frozenset({"already_accessible"})}))).misses == []
    assert scored((letter, replace(said, questions={"2": frozenset({"disclosed"})}))).kinds["questions"].hit == 0


def test_asking_for_more_passages_trades_answers_for_unclear_letters() -> None:
    letter = one(outcomes=["disclosed"])
    rows = [(letter, frozenset({"disclosed", "not_held"}), {"disclosed": 2, "not_held": 1})]
    assert unclear_curve(rows) == [(0, 0.0, 0.5), (1, 0.0, 0.5), (2, 0.0, 1.0)]


def test_the_plain_pattern_reads_the_easy_facts_and_falls_for_the_traps() -> None:
    own = frozen()
    forces = load_forces(FROZEN / "forces.toml")
    plain = [x for x in own.letters if x.path.suffix == ".txt"]
    scores = scored(*((x, plainpattern.read(x.path.read_text(encoding="utf-8"), forces)) for x in plain))
    assert scores.kinds["applied"].recall > 0.6
    assert scores.kinds["applied"].precision < 0.5
    assert scores.figure("answered_on") > 0.3


def test_an_absent_evaluation_is_said_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        evaluation(tmp_path)
