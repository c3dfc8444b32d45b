"""The reader over the sample pages: what it finds beside what is true, because it was written so.

Only letters that stand on a page, so that it takes a second; ``benchmarks/reading.py`` is the measure of the reader.
The floors keep what was reached; they are to be raised, never lowered to please the reader.
"""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlsplit

import pytest

from indexer import reading
from indexer.disclosure import APPLIED_ROLES, CitationRole, Part, Reading
from indexer.knowledge import load_knowledge
from indexer.platforms import item_text
from samples import registry_path
from samples.site import site
from samples.truth import Truth, truth

FLOORS = {  # share of letters right in everything of this kind
    "applied": 0.98,
    "ncnd": 0.99,
    "forces": 1.0,
    "regimes": 1.0,
    "reference": 1.0,
    "received_on": 1.0,
    "answered_on": 1.0,
    "outcomes": 0.95,
}


def read(one: Truth) -> Reading:
    knowledge = load_knowledge(registry_path())
    parts = urlsplit(one.url)
    log = knowledge.forces.log(one.log)
    text = item_text(log.platform, one.url, site(1)[parts.netloc, parts.path].body)
    return reading.read(
        [Part(part="page", page=1, text=text)],
        registry=knowledge.forces,
        provisions=knowledge.provisions,
        publisher=(one.log,),
    )


def agreement(one: Truth) -> dict[str, bool]:
    """Which kinds of fact the reader has right."""
    found = read(one)
    named = {f"{cited.regime} {cited.provision}" for cited in found.citations if cited.role in APPLIED_ROLES}
    deepest = {name for name in named if not any(other.startswith(f"{name}(") for other in named)}
    return {
        "applied": deepest == set(one.applied),
        "ncnd": any(cited.role is CitationRole.APPLIED_NCND for cited in found.citations) == one.ncnd,
        "forces": set(found.forces) == set(one.forces),
        "regimes": set(found.regimes) == set(one.regimes) or not one.regimes,
        "reference": found.reference == one.reference,
        "received_on": one.files != () or found.received_on == one.received_on,  # a letter beside the page may print it
        "answered_on": one.files != () or found.answered_on == one.answered_on,
        "outcomes": set(found.outcomes) in [set(one.outcomes), *map(set, one.also_ok)],
    }


@pytest.fixture(scope="module")
def right() -> dict[str, list[tuple[str, bool]]]:
    kinds = defaultdict(list)
    for one in truth(1):
        if one.letter_in == "page":
            for kind, agreed in agreement(one).items():
                kinds[kind].append((one.key, agreed))
    return kinds


@pytest.mark.parametrize("kind", FLOORS)
def test_the_reader_finds_what_was_written(kind: str, right: dict[str, list[tuple[str, bool]]]) -> None:
    missed = [key for key, agreed in right[kind] if not agreed]
    assert 1 - len(missed) / len(right[kind]) >= FLOORS[kind], f"{kind} misread in {', '.join(missed)}"
