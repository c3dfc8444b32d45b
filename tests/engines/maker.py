"""Small records of invented forces for the engines' tests, one by one or many from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from indexer.disclosure import (
    Citation,
    CitationRole,
    Disclosure,
    Evidence,
    Outcome,
    Part,
    Reading,
    Regime,
    Span,
    Voice,
    Voiced,
)
from indexer.reading.references import reference_key

NOWHERE = Span(part="page", page=1, start=0, end=1)
CONCEPTS = {
    "FOIA 31": "law_enforcement",
    "FOISA 35": "law_enforcement",
    "FOIA 40": "personal_data",
    "FOIA 12": "cost",
    "FOIA 24": "national_security",
    "FOISA 31": "national_security",
    "EIR 12(4)(b)": None,
}


def citation(provision: str, role: CitationRole = CitationRole.APPLIED) -> Citation:
    """``FOIA 31(1)(a)`` as a citation; under the EIR the parent is the exception."""
    regime, limb = provision.split(" ", 1)
    parent = limb if regime == "EIR" else limb.partition("(")[0]
    return Citation(
        regime=Regime(regime),
        provision=limb,
        parent=parent,
        concept=CONCEPTS.get(f"{regime} {parent}"),
        role=role,
        printed=f"Section {limb}",
        span=NOWHERE,
    )


def record(
    record_id: str,
    *,
    answer: str | Sequence[str] = "",
    request: str = "",
    title: str = "An answer",
    forces: Sequence[str] = ("ambershire",),
    reference: str | None = None,
    answered_on: date | None = None,
    published_on: date | None = None,
    applied: Sequence[str] = (),
    other: Sequence[Citation] = (),
    outcomes: Sequence[Outcome] = (),
    regimes: Sequence[Regime] = (),
    attachments: Sequence[Sequence[str]] = (),
    evidence: Sequence[Evidence] = (),
) -> Disclosure:
    """One record. ``answer`` is the page's text (or its pages'); ``request`` stands before it on the first page."""
    pages = [answer] if isinstance(answer, str) else list(answer)
    parts = []
    for number, page in enumerate(pages, start=1):
        asked = f"{request}\n\n" if request and number == 1 else ""
        roles = (Voiced(role=Voice.REQUEST, start=0, end=len(asked)),) if asked else ()
        text = asked + page
        parts.append(
            Part(
                part="page",
                page=number,
                text=text,
                roles=(*roles, Voiced(role=Voice.ANSWER, start=len(asked), end=len(text))),
            )
        )
    for position, attached in enumerate(attachments, start=1):
        parts += [Part(part=f"attachment-{position}", page=n, text=text) for n, text in enumerate(attached, start=1)]
    return Disclosure(
        id=record_id,
        log="ambershire-log",
        forces=tuple(forces),
        title=title,
        media_type="text/html",
        published_on=published_on,
        reading=Reading(
            forces=tuple(forces),
            reference=reference,
            reference_key=reference_key(reference) if reference else None,
            answered_on=answered_on,
            published_on=published_on,
            citations=(*(citation(provision) for provision in applied), *other),
            outcomes=tuple(outcomes),
            regimes=tuple(regimes),
            evidence=tuple(evidence),
            parts=tuple(parts),
        ),
    )


# fmt: off
WORDS = (
    "taser", "tasers", "tasered", "drone", "drones", "officer", "officer’s", "officers", "deployment",
    "deployments", "deployed", "e-mail", "emails", "stop", "search", "and", "of", "the", "information", "act",
    "freedom", "internal", "review", "university", "emergency", "café", "naïve", "straße", "31(1)(a)", "40(2)",
    "2019", "CO₂", "Gwêr", "policy", "policies", "£1,200", "café-bar", "hearing",
)
# fmt: on
FORCES = ("ambershire", "bryn-mawr", "port-callan", "west-fenland")
PROVISIONS = (
    "FOIA 31(1)(a)",
    "FOIA 31(1)(b)",
    "FOIA 31(3)",
    "FOIA 31",
    "FOIA 40(2)",
    "FOIA 12(1)",
    "FOISA 35(1)(a)",
    "FOISA 31(1)",
    "EIR 12(4)(b)",
)
REFERENCES = ("FOI2017/01696", "foi 2017 1696", "667-24", "01.FOI.23.030730", "IM-FOI-2021-0942")


def text(chance: random.Random, words: int) -> str:
    """Words in any order, with signs between some of them."""
    return " ".join(chance.choice(WORDS) + chance.choice(["", "", "", ",", ".", ":", " –"]) for _ in range(words))


def corpus(seed: int, size: int) -> list[Disclosure]:
    """Records that share few words, forces, dates and provisions, so that random queries find some and not all."""
    chance = random.Random(seed)
    return [_any_record(chance, number) for number in range(size)]


def _any_record(chance: random.Random, number: int) -> Disclosure:
    applied = chance.sample(PROVISIONS, chance.choice([0, 0, 1, 1, 2, 3]))
    day = date(chance.randint(2017, 2021), chance.randint(1, 12), chance.randint(1, 28))
    mentions = [citation("FOIA 17(1)", CitationRole.MENTION), citation("FOIA 31(2)", CitationRole.REQUESTER)]
    return record(
        f"{chance.choice(['a', 'same-start', 'Z.', 'q'])}-{number:04}",
        title=text(chance, chance.randint(1, 4)),
        request=text(chance, chance.randint(0, 6)),
        answer=[text(chance, chance.randint(0, 12)) for _ in range(chance.randint(1, 3))],
        attachments=[
            [text(chance, 5) for _ in range(chance.randint(1, 2))] for _ in range(chance.choice([0, 0, 1, 2]))
        ],
        forces=chance.sample(FORCES, chance.choice([0, 1, 1, 1, 2])),
        reference=chance.choice([None, *REFERENCES]),
        answered_on=chance.choice([None, day, day]),
        published_on=chance.choice([None, date(2020, 2, 2)]),
        applied=applied,
        other=chance.sample(mentions, chance.randint(0, 2)),
        outcomes=chance.sample([Outcome.NCND, Outcome.DISCLOSED, Outcome.REFUSED_COST], chance.choice([0, 1, 1, 2])),
        regimes=sorted({Regime(provision.split(" ")[0]) for provision in applied}),
    )
