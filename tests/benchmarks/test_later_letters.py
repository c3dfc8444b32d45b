"""The sets of letters written later are what was committed, and nobody else's."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from indexer.disclosure import Outcome, Regime
from indexer.forces import load_forces

LATER = Path(__file__).resolve().parents[2] / "benchmarks" / "later"
SETS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")


@pytest.mark.parametrize("name", SETS)
def test_every_file_is_as_it_was_written(name: str) -> None:
    folder = LATER / name
    listed = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    present = {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    assert set(listed) == present
    assert [n for n in listed if hashlib.sha256((folder / n).read_bytes()).hexdigest() != listed[n]] == []


@pytest.mark.parametrize("name", SETS)
def test_labels_are_in_words_that_the_program_knows(name: str) -> None:
    folder = LATER / name
    rows = [json.loads(line) for line in (folder / "letters.jsonl").read_text(encoding="utf-8").splitlines()]
    known = load_forces(folder / "forces.toml").forces
    assert len({row["file"] for row in rows}) == len(rows) >= 40
    for row in rows:
        expect = row["expect"]
        assert (folder / row["file"]).is_file()
        assert set(expect["forces"]) <= set(known), row["file"]
        assert set(expect["regimes"]) <= set(Regime), row["file"]
        assert set(expect["outcomes"]) <= set(Outcome), row["file"]
        for question in row["per_question"]:
            assert set(question["outcomes"]) <= set(Outcome), (row["file"], question["question"])


@pytest.mark.parametrize("name", SETS)
def test_the_invented_forces_are_nobody_elses(name: str) -> None:
    here, real = load_forces(LATER / name / "forces.toml"), load_forces()
    names = {force_name.casefold() for force_name, _ in here.names(abbreviations=False)}
    assert names.isdisjoint(force_name.casefold() for force_name, _ in real.names(abbreviations=False))
