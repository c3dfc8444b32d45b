"""The plain alternative: what a person with a folder of letters writes first. One pattern for sections, key words for
outcomes, the first date for the date. It is kept as it would be written, and gets no rule that its failures suggest.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from factscores import Facts

from indexer.forces import ForceRegistry

SECTION = re.compile(
    r"\b(?:sections?|regulations?|articles?|s\.?)\s*(\d{1,2}[A-Z]?(?:\s*\([0-9a-z]{1,3}\))*)", re.IGNORECASE
)
REFERENCE = re.compile(r"\bref(?:erence)?(?: no)?[.:]*\s*(\S*\d\S*)", re.IGNORECASE)
DATE = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?(?:[/ ])(\d{1,2}|January|February|March|April|May|June|July|August|September|October|"
    r"November|December)(?:[/ ])(\d{4})\b"
)
RECEIVED = re.compile(r"received", re.IGNORECASE)
NCND = re.compile(r"neither\s+confirms?\s+n?or\s+den(?:y|ies)", re.IGNORECASE)
LAWS = (
    ("FOISA", "(Scotland) Act 2002"),
    ("EISR", "Environmental Information (Scotland)"),
    ("EIR", "Environmental Information Regulations"),
    ("JFOI", "(Jersey) Law"),
)
OUTCOMES = (
    ("refused_cost", re.compile(r"appropriate limit|18 hours", re.IGNORECASE)),
    ("not_held", re.compile(r"not\s+hold|not\s+held|no\s+information\s+held", re.IGNORECASE)),
    ("refused_vexatious", re.compile(r"vexatious", re.IGNORECASE)),
    ("refused_exemption", re.compile(r"\bexempt", re.IGNORECASE)),
    ("disclosed", re.compile(r"\bdisclosed?\b|set out below|attached", re.IGNORECASE)),
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(text: str, registry: ForceRegistry) -> Facts:
    """The facts of a letter by pattern alone."""
    regime = next((law for law, words in LAWS if words in text), "FOIA")
    ncnd = bool(NCND.search(text))
    dates = [(match.start(), found) for match in DATE.finditer(text) if (found := _date(match))]
    received = next((d for at, d in dates if RECEIVED.search(text[max(0, at - 40) : at])), None)
    reference = REFERENCE.search(text)
    role = "applied_ncnd" if ncnd else "applied"
    cited = {re.sub(r"\s", "", match[1]) for match in SECTION.finditer(text)}
    return Facts(
        forces=frozenset(_first_force(text, registry)),
        reference=reference[1] if reference else None,
        received_on=received,
        answered_on=next((d for _, d in dates if d != received), None),
        regimes=frozenset({regime}),
        cited=frozenset((role, regime, provision) for provision in cited),
        outcomes=frozenset(name for name, words in OUTCOMES if words.search(text)) | ({"ncnd"} if ncnd else set()),
        questions={},
    )


def _date(match: re.Match[str]) -> date | None:
    day, month, year = match.groups()
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    try:
        return datetime(int(year), number, int(day)).date()
    except ValueError:
        return None


def _first_force(text: str, registry: ForceRegistry) -> set[str]:
    found = [(text.find(name), force) for name, force in registry.names(abbreviations=False) if name in text]
    return {min(found)[1]} if found else set()
