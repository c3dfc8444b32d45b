"""What a provision of an access law is, and how its name is taken apart: the words of the registry, without its file.

``indexer.exemptions`` is the way in; this module holds no data and reads nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from indexer.disclosure import Outcome, Regime

ENVIRONMENTAL = ("EIR", "EISR")  # one regulation holds all their exceptions, so the exception is the unit, not it


class ProvisionKind(StrEnum):
    """What a provision is for. Only ``EXEMPTION``, ``REFUSAL`` and ``NCND`` can be relied on to withhold."""

    EXEMPTION = "exemption"  # an exception, under the environmental regulations
    REFUSAL = "refusal"  # cost, vexatious, repeated: no exemption, but a ground to refuse
    NCND = "ncnd"  # removes the duty to confirm or deny
    CLARIFICATION = "clarification"
    VALIDITY = "validity"
    DUTY = "duty"
    NOTICE = "notice"
    PUBLIC_INTEREST = "public_interest"
    TIMING = "timing"
    FEE = "fee"
    FORMAT = "format"
    TRANSFER = "transfer"
    REVIEW = "review"
    APPEAL = "appeal"
    CODE = "code"
    SUPPLEMENTARY = "supplementary"  # conditions, certificates, definitions
    HEADING = "heading"  # holds exceptions of several kinds and is none itself


RELIED_ON = frozenset({ProvisionKind.EXEMPTION, ProvisionKind.REFUSAL, ProvisionKind.NCND})


class Basis(StrEnum):
    """Whether the public interest is weighed, as the statute has it; what a letter says instead is not corrected."""

    ABSOLUTE = "absolute"
    QUALIFIED = "qualified"
    MIXED = "mixed"
    CONTESTED = "contested"  # tribunals and the regulator differ
    NO_TEST = "no_test"  # no exemption, so no public interest test


class HarmTest(StrEnum):
    """What has to be shown, as the statute has it."""

    CLASS = "class"
    PREJUDICE = "prejudice"
    ENDANGER = "endanger"
    MIXED = "mixed"
    OTHER = "other"


class Confidence(StrEnum):
    """How a row is known."""

    STATUTE = "statute"  # the provision's wording was read in a copy of the statute book
    SECONDARY = "secondary"  # agrees with an official or practitioner's source that was read
    KNOWLEDGE = "knowledge"  # from knowledge of the statute, not checked again


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One provision. What a limb's own entry leaves out it has from the provision above it."""

    regime: Regime
    provision: str  # "31(1)(a)"
    parent: str  # the facet's value: the section, or the exception under the environmental regulations
    title: str
    kind: ProvisionKind
    basis: Basis | None = None
    test: HarmTest | None = None
    concept: str | None = None
    outcome: Outcome | None = None  # what relying on it comes to
    ncnd: tuple[str, ...] = ()  # provisions of the same law that remove the duty to confirm or deny
    equivalents: tuple[str, ...] = ()  # "FOIA 31"
    aliases: tuple[str, ...] = ()  # words that people type for it
    since: str | None = None  # a year, month or day in ISO form
    until: str | None = None
    confidence: Confidence
    sources: tuple[str, ...] = ()  # ids of ``ExemptionRegistry.sources``
    note: str = ""
    caution: str = ""

    @property
    def key(self) -> str:
        """``FOIA 31(1)(a)``: how facets and answers name it."""
        return f"{self.regime} {self.provision}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """An access law, and what a reader needs to know of it."""

    regime: Regime
    title: str
    prefix: str  # what a provision is called in print: "s.", "reg ", "art "
    applies_to: str
    regulator: str
    time_limit: str = ""
    cost_limit: str = ""
    confidence: Confidence
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherAct:
    """An Act that is no access law, with the sections of it that police letters name."""

    title: str
    aliases: tuple[str, ...] = ()
    sections: Mapping[str, str]  # number → what it is about
    confidence: Confidence = Confidence.KNOWLEDGE


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoritySource:
    """Where a row was read."""

    id: str
    what: str
    url: str | None = None
    caution: str = ""


def lineage(provision: str) -> Iterator[str]:
    """A provision and all above it, deepest first: ``31(1)(a)``, ``31(1)``, ``31``."""
    while provision:
        yield provision
        provision = provision[: provision.rfind("(")] if "(" in provision else ""


def head(provision: str) -> str:
    """The section, regulation or article: ``31`` of ``31(1)(a)``."""
    return provision.split("(", 1)[0]
