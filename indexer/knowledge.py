"""The registries that reading and indexing look things up in, loaded once and handed around together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexer import extraction, masking, reading
from indexer.exemptions import ExemptionRegistry, load_exemptions
from indexer.forces import ForceRegistry, load_forces


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Who the forces are and what the law says."""

    forces: ForceRegistry
    provisions: ExemptionRegistry

    @property
    def version(self) -> str:
        """What a record was read with: extractors, reader, both registries. It explains next year's difference."""
        return (
            f"extract-{extraction.VERSION} read-{reading.VERSION} mask-{masking.VERSION} "
            f"forces-{self.forces.fingerprint} exemptions-{self.provisions.fingerprint}"
        )


def load_knowledge(registry: Path | None = None) -> Knowledge:
    """Both registries; ``registry`` names another ``forces.toml`` (the samples'). Raises ``RegistryError``."""
    return Knowledge(load_forces(registry), load_exemptions())
