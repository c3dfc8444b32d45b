"""Letters of invented forces, written for these tests, and the reader that they go through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.disclosure import APPLIED_ROLES, Part, Reading
from indexer.exemptions import load_exemptions
from indexer.forces import load_forces
from indexer.reading import read

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "forces.toml"

Reader = Callable[..., Reading]


@pytest.fixture(scope="session")
def letter() -> Reader:
    """Reads one text, or several pages, as the main document; attachments as further texts."""
    registry, provisions = load_forces(SAMPLES), load_exemptions()

    def run(*pages: str, publisher: tuple[str, ...] = (), attachments: tuple[str, ...] = ()) -> Reading:
        parts = [Part(part="page", page=number, text=text) for number, text in enumerate(pages, start=1)]
        parts += [Part(part=f"attachment-{n}", page=1, text=text) for n, text in enumerate(attachments, start=1)]
        return read(parts, registry=registry, provisions=provisions, publisher=publisher)

    return run


def applied(reading: Reading) -> set[str]:
    """What the letter relies on, as answers name it."""
    return {f"{c.regime} {c.provision}" for c in reading.citations if c.role in APPLIED_ROLES}


def roles(reading: Reading) -> list[tuple[str, str]]:
    """Every citation in order of print with its role."""
    return [(f"{c.regime} {c.provision}", c.role.value) for c in reading.citations]


def outcomes(reading: Reading) -> set[str]:
    """The letter's outcomes."""
    return {outcome.value for outcome in reading.outcomes}


def by_question(reading: Reading) -> dict[str | None, set[str]]:
    """Outcomes per numbered question."""
    return {answer.question: {outcome.value for outcome in answer.outcomes} for answer in reading.answers}
