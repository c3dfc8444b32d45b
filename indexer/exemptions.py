"""The registry of provisions: what each section, regulation or article is, in every access law that letters cite.

Statute only (``mappings/exemptions.toml``): what a letter calls a provision is kept beside it and never corrected. The
regime comes first, since numbers mean nothing without it: FOISA s.17 is *not held*, FOIA s.17 is the refusal notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import mappings
from indexer import exemptionfile
from indexer.provisions import (
    RELIED_ON,
    AuthoritySource,
    Basis,
    Confidence,
    HarmTest,
    Law,
    OtherAct,
    Provision,
    ProvisionKind,
    head,
    lineage,
)
from mappings import RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from indexer.disclosure import Outcome, Regime

__all__ = [
    "AuthoritySource",
    "Basis",
    "Confidence",
    "ExemptionRegistry",
    "HarmTest",
    "Law",
    "OtherAct",
    "Provision",
    "ProvisionKind",
    "RegistryError",
    "load_exemptions",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExemptionRegistry:
    """Every provision of one file. Provisions are named as ``31(1)(a)``: no spaces, letters as the statute prints them.

    A provision that is not entered has what the deepest one above it has; nothing is known of one with none above it.
    """

    fingerprint: str  # short hash of the file: changes with every correction
    rows: Mapping[tuple[Regime, str], Provision]
    laws: Mapping[Regime, Law]
    concepts: Mapping[str, str]  # id → label
    sources: Mapping[str, AuthoritySource]
    acts: tuple[OtherAct, ...]  # Acts whose section numbers are no access law's

    def __iter__(self) -> Iterator[Provision]:
        """Provisions in the order of the file."""
        return iter(self.rows.values())

    def __len__(self) -> int:
        """How many provisions are entered."""
        return len(self.rows)

    def row(self, regime: Regime, provision: str) -> Provision | None:
        """The provision's own entry."""
        return self.rows.get((regime, provision))

    def nearest(self, regime: Regime, provision: str) -> Provision | None:
        """The provision's own entry, else that of the deepest provision above it."""
        row = self.rows.get((regime, provision))
        if row is not None:  # as most are
            return row
        return next((row for name in lineage(provision) if (row := self.rows.get((regime, name)))), None)

    def parent(self, regime: Regime, provision: str) -> str:
        """What the facet shows: the section; under the environmental regulations the exception, ``12(4)(b)``."""
        row = self.nearest(regime, provision)
        return row.parent if row else head(provision)

    def title(self, regime: Regime, provision: str) -> str | None:
        """The heading of the provision, else of the deepest one above it."""
        row = self.nearest(regime, provision)
        return row.title if row else None

    def concept(self, regime: Regime, provision: str) -> str | None:
        """What the provision protects or does, whatever the law: FOISA s.35 and FOIA s.31 have the same."""
        row = self.nearest(regime, provision)
        return row.concept if row else None

    def outcome(self, regime: Regime, provision: str) -> Outcome | None:
        """What relying on the provision comes to; None for duties, notices and whatever else decides nothing."""
        row = self.nearest(regime, provision)
        return row.outcome if row else None

    def is_exemption(self, regime: Regime, provision: str) -> bool:
        """Whether it is an exemption or exception, or a limb of one, its limb to neither confirm nor deny included."""
        row = self.nearest(regime, provision)
        if row is not None and row.kind is ProvisionKind.NCND:
            row = self.rows.get((regime, head(provision)))
        return row is not None and row.kind is ProvisionKind.EXEMPTION

    def is_ncnd(self, regime: Regime, provision: str) -> bool:
        """Whether the provision alone means neither confirm nor deny. FOIA s.12(2) does not: it refuses on cost."""
        row = self.nearest(regime, provision)
        return row is not None and row.kind is ProvisionKind.NCND

    def may_apply(self, regime: Regime, provision: str) -> bool:
        """Whether information can be withheld under it: exemptions, grounds to refuse, neither confirm nor deny."""
        row = self.nearest(regime, provision)
        return row is not None and row.kind in RELIED_ON

    def printed_label(self, regime: Regime, provision: str) -> str:
        """``FOIA s.31(1)(a)``, ``EIR reg 12(4)(b)``, ``JFOI art 42(a)``."""
        law = self.laws.get(regime)
        return f"{regime} {law.prefix if law else 's.'}{provision}"

    def acts_with(self, section: str) -> tuple[OtherAct, ...]:
        """Other Acts that have a section of this number which police letters name."""
        return tuple(act for act in self.acts if section in act.sections)


def load_exemptions(path: Path | None = None) -> ExemptionRegistry:
    """The registry in a file, or the real one that is part of the package; raises ``RegistryError``."""
    return _load(path) if path else _packaged()


@cache
def _packaged() -> ExemptionRegistry:
    return _load(None)


def _load(path: Path | None) -> ExemptionRegistry:
    document = mappings.read("exemptions.toml", path)
    contents = exemptionfile.contents(document)
    return ExemptionRegistry(
        fingerprint=document.fingerprint,
        rows=MappingProxyType({(row.regime, row.provision): row for row in contents.provisions}),
        laws=MappingProxyType({law.regime: law for law in contents.laws}),
        concepts=MappingProxyType(dict(contents.concepts)),
        sources=MappingProxyType({source.id: source for source in contents.sources}),
        acts=contents.acts,
    )
