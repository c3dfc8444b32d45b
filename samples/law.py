"""How a force prints a provision, and what it calls it: "Section 31(1)(a)&(b) – Law Enforcement"."""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.disclosure import Regime


class Label(NamedTuple):
    """The heading of a provision and the two words that letters use for its kind."""

    title: str
    basis: str  # "absolute" or "qualified"
    test: str  # "class" or "prejudice"


LABELS: dict[Regime, dict[str, Label]] = {
    Regime.FOIA: {
        "12": Label("Exceeds the cost limit", "absolute", "class"),
        "14": Label("Vexatious or repeated requests", "absolute", "class"),
        "21": Label("Information accessible by other means", "absolute", "class"),
        "22": Label("Information intended for future publication", "qualified", "class"),
        "23": Label("Information supplied by, or concerning, certain security bodies", "absolute", "class"),
        "24": Label("National Security", "qualified", "prejudice"),
        "27": Label("International relations", "qualified", "prejudice"),
        "30": Label("Investigations and proceedings", "qualified", "class"),
        "31": Label("Law Enforcement", "qualified", "prejudice"),
        "32": Label("Court records", "absolute", "class"),
        "36": Label("Prejudice to effective conduct of public affairs", "qualified", "prejudice"),
        "37": Label("Communications with the Royal Household", "qualified", "class"),
        "38": Label("Health and Safety", "qualified", "prejudice"),
        "40": Label("Personal Information", "absolute", "class"),
        "41": Label("Information provided in confidence", "absolute", "class"),
        "42": Label("Legal professional privilege", "qualified", "class"),
        "43": Label("Commercial Interests", "qualified", "prejudice"),
        "44": Label("Prohibitions on disclosure", "absolute", "class"),
    },
    Regime.FOISA: {
        "12": Label("Excessive cost of compliance", "absolute", "class"),
        "14": Label("Vexatious or repeated requests", "absolute", "class"),
        "18": Label("Neither confirm nor deny", "qualified", "class"),
        "25": Label("Information otherwise accessible", "absolute", "class"),
        "27": Label("Information intended for future publication", "qualified", "class"),
        "30": Label("Effective conduct of public affairs", "qualified", "prejudice"),
        "31": Label("National security and defence", "qualified", "class"),
        "33": Label("Commercial interests", "qualified", "prejudice"),
        "34": Label("Investigations", "qualified", "class"),
        "35": Label("Law enforcement", "qualified", "prejudice"),
        "36": Label("Confidentiality", "qualified", "class"),
        "38": Label("Personal information", "absolute", "class"),
        "39": Label("Health, safety and the environment", "qualified", "prejudice"),
    },
    Regime.EIR: {
        "12(4)(a)": Label("Information not held", "qualified", "class"),
        "12(4)(b)": Label("Manifestly unreasonable", "qualified", "class"),
        "12(4)(d)": Label("Material in the course of completion", "qualified", "class"),
        "12(4)(e)": Label("Internal communications", "qualified", "class"),
        "12(5)(a)": Label("National security and public safety", "qualified", "prejudice"),
        "12(5)(b)": Label("The course of justice", "qualified", "prejudice"),
        "12(5)(e)": Label("Commercial or industrial information", "qualified", "prejudice"),
        "12(5)(g)": Label("Protection of the environment", "qualified", "prejudice"),
        "13": Label("Personal data", "absolute", "class"),
    },
    Regime.EISR: {
        "10(4)(a)": Label("Information not held", "qualified", "class"),
        "10(5)(b)": Label("The course of justice", "qualified", "prejudice"),
        "11": Label("Personal data", "absolute", "class"),
    },
}
ACTS = {
    Regime.FOIA: "Freedom of Information Act 2000",
    Regime.FOISA: "Freedom of Information (Scotland) Act 2002",
    Regime.EIR: "Environmental Information Regulations 2004",
    Regime.EISR: "Environmental Information (Scotland) Regulations 2004",
    Regime.DPA: "Data Protection Act 2018",
}
_BRACKET = re.compile(r"\([^)]*\)")


def by_regulation(regime: Regime) -> bool:
    """Whether its provisions are regulations, and its exemptions exceptions."""
    return regime in (Regime.EIR, Regime.EISR)


def section(provision: str) -> str:
    """The section of a provision: "31" of "31(1)(a)"."""
    return provision.partition("(")[0]


def label(regime: Regime, provision: str) -> Label:
    """Its heading and kind. Raises ``LookupError`` for one that no sample applies."""
    known = LABELS[regime]
    for key in (provision, section(provision)):
        if key in known:
            return known[key]
    for key, value in known.items():
        if provision.startswith(key):
            return value
    raise LookupError(f"no label for {regime} {provision}")


def _groups(provisions: list[str]) -> list[list[str]]:
    """Provisions of one section side by side stand together."""
    groups: list[list[str]] = []
    for provision in provisions:
        if groups and section(groups[-1][0]) == section(provision):
            groups[-1].append(provision)
        else:
            groups.append([provision])
    return groups


def _joined(group: list[str], joiner: str, spaced: bool) -> str:
    """ "31(1)(a)" and "31(1)(b)" as "31(1)(a)&(b)": what the next one shares with the first is not printed again."""
    first = _BRACKET.findall(group[0])
    printed = group[0]
    for provision in group[1:]:
        brackets = _BRACKET.findall(provision)
        shared = 0
        while shared < min(len(first), len(brackets)) - 1 and first[shared] == brackets[shared]:
            shared += 1
        printed += joiner + "".join(brackets[shared:])
    return re.sub(r"\s*\(", " (", printed) if spaced else printed


def cite(style: str, regime: Regime, provisions: list[str], role: str, titled: bool = True) -> list[str]:
    """Marked texts, one for each section, in one of the styles that forces use.

    ``amp`` Section 31(1)(a)&(b) – Law Enforcement; ``run`` Section 31(1)(a)(b) - ‘Law Enforcement’; ``spaced``
    Section 31 (1) (a) (b) Law Enforcement; ``short`` S31(1)(a)&(b) Law Enforcement; ``dot`` s.31(1)(a) and (b)
    (law enforcement). Raises ``KeyError`` for any other.
    """
    word, joiner, title = {
        "amp": ("Section ", "&", " – {}"),
        "run": ("Section ", "", " - ‘{}’"),
        "spaced": ("Section ", "", " {}"),
        "short": ("S", "&", " {}"),
        "dot": ("s.", " and ", " ({})"),
    }[style]
    if by_regulation(regime):
        word = {"amp": "Regulation ", "dot": "regulation ", "short": "Reg "}.get(style, "Regulation ")
    marked = []
    for group in _groups(provisions):
        printed = word + _joined(group, joiner, style == "spaced")
        heading = label(regime, group[0]).title
        tail = title.format(heading.lower() if style == "dot" else heading) if titled else ""
        marked.append(f"[[{role} {' '.join(f'{regime}:{one}' for one in group)}|{printed}]]{tail}")
    return marked


def sections(regime: Regime, provisions: list[str], role: str = "r") -> str:
    """The sections alone, named again: "Section 24 and Section 31"."""
    word = "Regulation" if by_regulation(regime) else "Section"
    seen = list(dict.fromkeys(one if by_regulation(regime) else section(one) for one in provisions))
    marked = [f"[[{role} {regime}:{one}|{word} {one}]]" for one in seen]
    return " and ".join([", ".join(marked[:-1]), marked[-1]] if len(marked) > 1 else marked)
