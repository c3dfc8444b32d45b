"""Letters of invented forces, written for these tests, and the reader that they go through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.disclosure import APPLIED_ROLES, Part, Reading, Voice
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


class Facts:
    """What tests ask of a reading."""

    def __init__(self, letter: Reader) -> None:
        self._letter = letter

    def applied(self, *pages: str) -> set[str]:
        """What the letter relies on, as answers name it."""
        return {f"{c.regime} {c.provision}" for c in self._letter(*pages).citations if c.role in APPLIED_ROLES}

    def roles(self, *pages: str) -> list[tuple[str, str]]:
        """Every citation in order of print with its role."""
        return [(f"{c.regime} {c.provision}", c.role.value) for c in self._letter(*pages).citations]

    def role(self, provision: str, *pages: str) -> set[str]:
        """The roles of one provision."""
        return {role for name, role in self.roles(*pages) if name == provision}

    def outcomes(self, *pages: str) -> set[str]:
        """The letter's outcomes."""
        return {outcome.value for outcome in self._letter(*pages).outcomes}

    def questions(self, *pages: str) -> dict[str, set[str]]:
        """Outcomes of each numbered question."""
        return {
            answer.question: {outcome.value for outcome in answer.outcomes}
            for answer in self._letter(*pages).answers
            if answer.question is not None
        }

    def voice(self, words: str, *pages: str) -> Voice:
        """Whose words these are, which one page prints once."""
        for part in self._letter(*pages).parts:
            start = part.text.find(words)
            if start >= 0:
                return next(role.role for role in part.roles if role.start <= start < role.end)
        raise AssertionError(f"not printed: {words}")


@pytest.fixture(scope="session")
def facts(letter: Reader) -> Facts:
    """The reader, asked for one kind of fact."""
    return Facts(letter)
