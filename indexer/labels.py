"""What a person reads for a facet's value."""

from __future__ import annotations

from indexer.disclosure import OUTCOME_LABELS, Outcome, Regime
from indexer.forces import UnknownIdError
from indexer.knowledge import Knowledge
from indexer.query import NOT_STATED, Facet

REGIME_NAMES = {
    Regime.FOIA: "Freedom of Information Act 2000",
    Regime.FOISA: "Freedom of Information (Scotland) Act 2002",
    Regime.EIR: "Environmental Information Regulations 2004",
    Regime.EISR: "Environmental Information (Scotland) Regulations 2004",
    Regime.DPA: "Data protection law (subject access)",
    Regime.JFOI: "Freedom of Information (Jersey) Law 2011",
}


def label(facet: Facet, value: str, knowledge: Knowledge) -> str:
    """The words for a value: a force's name, a provision with its title. A value nobody knows is shown as it is."""
    if value == NOT_STATED:
        return "Not stated"
    match facet:
        case Facet.FORCE:
            return force_name(value, knowledge)
        case Facet.OUTCOME:
            return OUTCOME_LABELS[Outcome(value)] if value in set(Outcome) else value
        case Facet.REGIME:
            return REGIME_NAMES[Regime(value)] if value in set(Regime) else value
        case Facet.CONCEPT:
            return knowledge.provisions.concepts.get(value, value.replace("_", " "))
        case Facet.SECTION | Facet.PROVISION:
            return provision_label(value, knowledge, titled=facet is Facet.SECTION)
        case Facet.YEAR:
            return value


def force_name(force: str, knowledge: Knowledge) -> str:
    """A force's name, or its id where the registry has lost it."""
    try:
        return knowledge.forces.name(force)
    except UnknownIdError:
        return force


def provision_label(value: str, knowledge: Knowledge, *, titled: bool = True) -> str:
    """``FOIA 31`` as ``FOIA s.31 Law enforcement``."""
    code, _, provision = value.partition(" ")
    if code not in set(Regime):
        return value
    regime = Regime(code)
    printed = knowledge.provisions.printed_label(regime, provision)
    row = knowledge.provisions.nearest(regime, provision) if titled else None
    return f"{printed} {row.title}" if row else printed
