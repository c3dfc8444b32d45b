"""The reading benchmark as a person runs it: what it prints, what it skips, and how it ends."""

from __future__ import annotations

from pathlib import Path

import labelled
import pytest
import reading

from indexer.exemptions import load_exemptions
from indexer.forces import load_forces


def few(goals: dict[str, float]) -> labelled.LabelledSet:
    own = labelled.frozen()
    texts = tuple(letter for letter in own.letters if letter.path.name in ("f06.txt", "f17.md", "f20.txt"))
    return labelled.LabelledSet(name="a few", letters=texts, goals=goals, registry=own.registry)


def test_a_set_is_printed_fact_by_fact_beside_the_plain_pattern_with_the_curve(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert reading.score_set(few({"reference": 0.0}), print, misses=0, by=True)
    said = capsys.readouterr().out
    assert "a few: 3 letters" in said
    for kind in ("forces", "applied", "kept apart", "questions"):
        assert f"\n{kind}" in said
    assert "force   Greywater Police" in said
    assert "regime  FOIA" in said
    assert "N 0:" in said
    assert "miss:" not in said


def test_a_figure_that_is_missed_falls_short_and_ends_non_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert not reading.score_set(few({"applied_f1": 1.1}), print, misses=0, by=False)
    assert "F1 1.10 falls short" in capsys.readouterr().out


def test_where_the_evaluation_is_absent_it_says_so_and_the_rest_decides(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reading.main(["--only", "evaluation", "--evaluation", str(tmp_path)]) == 0
    assert "skipped: the evaluation is not here" in capsys.readouterr().out


def test_passages_that_bear_out_an_outcome_are_counted_once_each() -> None:
    text = (
        "Response\n\nWexmoor Constabulary holds the information. It is exempt by virtue of section 31(1)(a) of the "
        "Freedom of Information Act 2000 and will not be disclosed.\n"
    )
    forces, provisions = load_forces(labelled.FROZEN / "forces.toml"), load_exemptions()
    found = reading.read(reading.parts_of([text]), registry=forces, provisions=provisions)
    counted = reading.support(found, provisions)
    assert counted["refused_exemption"] >= 1
    assert counted["ncnd"] == 0
