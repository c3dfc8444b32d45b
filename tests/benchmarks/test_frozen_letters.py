"""The benchmark's letters and labels are what was committed: changing one shows here, and in the list of checksums."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from indexer.disclosure import Outcome, Regime
from indexer.forces import load_forces

LETTERS = Path(__file__).resolve().parents[2] / "benchmarks" / "letters"
FACTS = {"forces", "reference", "received_on", "answered_on", "regimes", "applied", "ncnd", "outcomes"}


def labels() -> list[dict]:
    return [json.loads(line) for line in (LETTERS / "letters.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_letter_and_label_is_as_it_was_frozen() -> None:
    listed = dict(reversed(line.split("  ")) for line in (LETTERS / "SHA256SUMS").read_text().splitlines())
    present = {
        str(path.relative_to(LETTERS))
        for path in (*LETTERS.glob("f??.*"), *LETTERS.glob("sources/*"), LETTERS / "letters.jsonl")
    }
    assert set(listed) == present
    changed = [name for name in listed if hashlib.sha256((LETTERS / name).read_bytes()).hexdigest() != listed[name]]
    assert changed == []


def test_forty_letters_each_labelled_once_in_words_that_the_program_knows() -> None:
    rows = labels()
    assert len(rows) == 40
    assert {row["file"] for row in rows} == {path.name for path in LETTERS.glob("f??.*")}
    known = load_forces(LETTERS / "forces.toml").forces
    for row in rows:
        expect = row["expect"]
        assert set(expect) == FACTS, row["file"]
        assert set(expect["forces"]) <= set(known)
        assert set(expect["regimes"]) <= set(Regime)
        assert set(expect["outcomes"]) <= set(Outcome)
        assert expect["ncnd"] == ("ncnd" in expect["outcomes"])
        roles = row["roles"]
        assert set(roles.get("applied", ())) | set(roles.get("applied_ncnd", ())) == set(expect["applied"]), row["file"]
        for question in row["per_question"]:
            assert set(question["outcomes"]) <= set(expect["outcomes"]), (row["file"], question["question"])
            assert set(question["applied"]) <= set(expect["applied"]), (row["file"], question["question"])


def test_the_invented_forces_are_nobody_elses() -> None:
    here = load_forces(LETTERS / "forces.toml")
    real = load_forces()
    names = {name.casefold() for name, _ in here.names(abbreviations=False)}
    assert names.isdisjoint(name.casefold() for name, _ in real.names(abbreviations=False))
    assert set(here.forces).isdisjoint(real.forces)
