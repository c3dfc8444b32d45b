"""What a query means, in words: also where it asks for a force that nobody knows."""

from __future__ import annotations

import pytest

import samples
from indexer.grammar import parse
from indexer.knowledge import Knowledge, load_knowledge
from indexer.wording import in_words, unknown_force


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(samples.registry_path())


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("force:ambershire", False),
        ("force:nowhere", True),
        ("taser -force:nowhere", True),
        ("taser (force:ambershire OR force:nowhere)", True),
        ("force:none", False),
        ("outcome:ncnd nowhere", False),
    ],
)
def test_a_force_that_nobody_knows_is_told(typed: str, unknown: bool, knowledge: Knowledge) -> None:
    assert unknown_force(parse(typed), knowledge) is unknown
    assert ("no force’s name" in in_words(parse(typed), knowledge)) is unknown
