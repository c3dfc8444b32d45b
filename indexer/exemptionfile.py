"""``exemptions.toml`` as rows: strictly typed, completed from the provision above, checked against each other.

A fault is refused with ``RegistryError``, which names file, entry, key and the mend.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec

from indexer.disclosure import Outcome, Regime
from indexer.provisions import (
    ENVIRONMENTAL,
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

if TYPE_CHECKING:
    from mappings import Document

Member = TypeVar("Member", bound=StrEnum)

NOTHING = "none"  # overrules what a limb would have from above

Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*\Z")]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,3}[A-Z]{0,2}(\([0-9A-Za-z]{1,4}\))*\Z")]
Period = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")]
Text = Annotated[str, msgspec.Meta(pattern=r"\S")]

_MENDS = {
    "id": "write small letters, digits, and single hyphens or underscores",
    "regime": "write one of " + ", ".join(Regime),
    "provision": "write one provision alone, as in '31(1)(a)': a range or a pair is several entries",
    "kind": "write one of " + ", ".join(ProvisionKind),
    "basis": "write one of " + ", ".join((*Basis, NOTHING)),
    "test": "write one of " + ", ".join((*HarmTest, NOTHING)),
    "outcome": "write one of " + ", ".join((*Outcome, NOTHING)),
    "concept": "name the id of a [[concept]] entry of this file, or 'none'",
    "confidence": "write one of " + ", ".join(Confidence),
    "sources": "name ids of [[source]] entries of this file",
    "ncnd": "list provisions of the same regime whose kind is 'ncnd'",
    "equivalents": 'list provisions with their regime, as in ["FOIA 31"]',
    "since": 'write a year, month or day in quotes, as in "2018-05-25"',
    "until": 'write a year, month or day in quotes, as in "2018-05-24"',
    "sections": 'write { "17" = "entry and search" }',
    "title": "write the heading of the provision in quotes",
    "aliases": "write a list of words, each in quotes",
}


class ProvisionRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """``[[provision]]``; what a limb leaves out it has from the provision above it."""

    regime: Regime
    provision: Number
    title: Text
    kind: ProvisionKind | None = None
    basis: str | None = None
    test: str | None = None
    concept: Name | None = None
    outcome: str | None = None
    ncnd: tuple[Number, ...] | None = None
    equivalents: tuple[Text, ...] = ()
    aliases: tuple[Text, ...] = ()
    since: Period | None = None
    until: Period | None = None
    confidence: Confidence | None = None
    sources: tuple[Name, ...] = ()
    note: str = ""
    caution: str = ""


class LawRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """``[[regime]]``."""

    id: Regime
    title: Text
    prefix: Text
    applies_to: Text
    regulator: Text
    time_limit: str = ""
    cost_limit: str = ""
    confidence: Confidence
    sources: tuple[Name, ...] = ()
    note: str = ""


class ConceptRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """``[[concept]]``."""

    id: Name
    label: Text


class SourceRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """``[[source]]``."""

    id: Name
    what: Text
    url: Text | None = None
    caution: str = ""


class ActRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """``[[act]]``."""

    title: Text
    aliases: tuple[Text, ...] = ()
    sections: dict[Number, Text]
    confidence: Confidence = Confidence.KNOWLEDGE


class FileRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The whole file, its entries not yet looked into."""

    regime: tuple[dict[str, Any], ...]
    concept: tuple[dict[str, Any], ...]
    source: tuple[dict[str, Any], ...]
    provision: tuple[dict[str, Any], ...]
    act: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What an exemptions file says, checked."""

    laws: tuple[Law, ...]
    concepts: tuple[tuple[str, str], ...]
    sources: tuple[AuthoritySource, ...]
    provisions: tuple[Provision, ...]
    acts: tuple[OtherAct, ...]


def contents(document: Document) -> Contents:
    """Every entry of the file, or ``RegistryError`` at the first fault."""
    return _Reader(document).contents()


class _Reader:
    """One pass over one file: rows first, then what rows say about each other."""

    def __init__(self, document: Document) -> None:
        self.document = document
        top = document.row(FileRow, document.tables, "the top of the file", _MENDS)
        self.laws = document.rows(LawRow, "regime", top.regime, _MENDS)
        self.concepts = document.rows(ConceptRow, "concept", top.concept, _MENDS)
        self.sources = document.rows(SourceRow, "source", top.source, _MENDS)
        self.acts = document.rows(ActRow, "act", top.act, _MENDS)
        self.listed = document.rows(ProvisionRow, "provision", top.provision, _MENDS)
        self.rows = {(row.regime, row.provision): row for row in self.listed}

    def contents(self) -> Contents:
        self._once("regime", [row.id.value for row in self.laws])
        self._once("concept", [row.id for row in self.concepts])
        self._once("source", [row.id for row in self.sources])
        self._once("act", [row.title for row in self.acts])
        self._once("provision", [_key(row) for row in self.listed])
        laws = {row.id for row in self.laws}
        for law in self.laws:
            self._sources(f"regime {law.id.value!r}", law.sources)
        provisions = tuple(self._provision(row, laws) for row in self.listed)
        self._ncnd(provisions)
        self._equivalents(provisions)
        self._concepts_used(provisions)
        return Contents(
            laws=tuple(_law(row) for row in self.laws),
            concepts=tuple((row.id, row.label) for row in self.concepts),
            sources=tuple(
                AuthoritySource(id=row.id, what=row.what, url=row.url, caution=row.caution) for row in self.sources
            ),
            provisions=provisions,
            acts=tuple(
                OtherAct(
                    title=row.title,
                    aliases=row.aliases,
                    sections=MappingProxyType(dict(row.sections)),
                    confidence=row.confidence,
                )
                for row in self.acts
            ),
        )

    # one entry

    def _provision(self, row: ProvisionRow, laws: set[Regime]) -> Provision:
        entry = _entry(row)
        if row.regime not in laws:
            self.document.refuse(entry, "regime", f"no [[regime]] entry has the id {row.regime.value!r}", "add one")
        above = [self.rows[row.regime, name] for name in lineage(row.provision) if (row.regime, name) in self.rows]
        if above[-1].provision != head(row.provision):
            self.document.refuse(
                entry, "provision", f"{head(row.provision)!r} has no entry", "add one for the provision that holds it"
            )
        kind = next((one.kind for one in above if one.kind), None)
        certain = next((one for one in above if one.confidence), None)
        if kind is None:
            self.document.refuse(entry, "kind", "is missing, here and above", _MENDS["kind"])
        if certain is None or certain.confidence is None:
            self.document.refuse(entry, "confidence", "is missing, here and above", _MENDS["confidence"])
        if row.since and row.until and row.since[: len(row.until)] > row.until[: len(row.since)]:
            self.document.refuse(
                entry, "until", f"{row.until} lies before since, {row.since}", "correct one of the two"
            )
        self._sources(entry, certain.sources)
        return Provision(
            regime=row.regime,
            provision=row.provision,
            parent=_parent(row, above),
            title=row.title,
            kind=kind,
            basis=self._member(Basis, entry, "basis", [one.basis for one in above]),
            test=self._member(HarmTest, entry, "test", [one.test for one in above]),
            concept=_value([one.concept for one in above]),
            outcome=self._member(Outcome, entry, "outcome", [one.outcome for one in above]),
            ncnd=() if kind is ProvisionKind.NCND else next((one.ncnd for one in above if one.ncnd is not None), ()),
            equivalents=row.equivalents,
            aliases=row.aliases,
            since=row.since,
            until=row.until,
            confidence=certain.confidence,
            sources=certain.sources,
            note=row.note,
            caution=row.caution,
        )

    def _member(self, kind: type[Member], entry: str, key: str, values: list[str | None]) -> Member | None:
        value = _value(values)
        if value is None:
            return None
        try:
            return kind(value)
        except ValueError:
            self.document.refuse(entry, key, f"{value!r} is no {key}", _MENDS[key])

    def _sources(self, entry: str, sources: tuple[str, ...]) -> None:
        known = {row.id for row in self.sources}
        for source in sources:
            if source not in known:
                self.document.refuse(entry, "sources", f"no [[source]] entry has the id {source!r}", _MENDS["sources"])

    # entries against each other

    def _once(self, table: str, names: list[str]) -> None:
        seen: set[str] = set()
        for name in names:
            if name in seen:
                self.document.refuse(f"{table} {name!r}", None, "is entered twice", "keep one entry")
            seen.add(name)

    def _ncnd(self, provisions: tuple[Provision, ...]) -> None:
        kinds = {(row.regime, row.provision): row.kind for row in provisions}
        named = {(row.regime, one) for row in provisions for limb in row.ncnd for one in lineage(limb)}
        for row in provisions:
            for limb in row.ncnd:
                if kinds.get((row.regime, limb)) is not ProvisionKind.NCND:
                    self.document.refuse(
                        _entry(row), "ncnd", f"{limb!r} is no provision of kind 'ncnd'", _MENDS["ncnd"]
                    )
            if row.kind is ProvisionKind.NCND and not any((row.regime, one) in named for one in lineage(row.provision)):
                self.document.refuse(
                    _entry(row), "kind", "no entry lists it under ncnd", "list it where it removes the duty"
                )

    def _equivalents(self, provisions: tuple[Provision, ...]) -> None:
        known = {row.key for row in provisions}
        for row in provisions:
            for other in row.equivalents:
                if other not in known or other == row.key:
                    self.document.refuse(
                        _entry(row), "equivalents", f"no other provision {other!r}", _MENDS["equivalents"]
                    )

    def _concepts_used(self, provisions: tuple[Provision, ...]) -> None:
        known = {row.id for row in self.concepts}
        for row in provisions:
            if row.concept and row.concept not in known:
                self.document.refuse(_entry(row), "concept", f"no concept {row.concept!r}", _MENDS["concept"])
        for unused in sorted(known - {row.concept for row in provisions if row.concept}):
            self.document.refuse(f"concept {unused!r}", "id", "no provision has it", "take it out, or correct the id")


def _law(row: LawRow) -> Law:
    return Law(
        regime=row.id,
        title=row.title,
        prefix=row.prefix,
        applies_to=row.applies_to,
        regulator=row.regulator,
        time_limit=row.time_limit,
        cost_limit=row.cost_limit,
        confidence=row.confidence,
        sources=row.sources,
        note=row.note,
    )


def _value(values: list[str | None]) -> str | None:
    value = next((value for value in values if value is not None), None)
    return None if value == NOTHING else value


def _parent(row: ProvisionRow, above: list[ProvisionRow]) -> str:
    if row.regime not in ENVIRONMENTAL:
        return head(row.provision)
    for kind in (ProvisionKind.EXEMPTION, ProvisionKind.NCND):
        for one in above:
            if one.kind is kind:
                return one.provision
    return head(row.provision)


def _key(row: ProvisionRow | Provision) -> str:
    return f"{row.regime} {row.provision}"


def _entry(row: ProvisionRow | Provision) -> str:
    return f"provision {_key(row)!r}"
