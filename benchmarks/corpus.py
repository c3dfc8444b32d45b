"""Letters by the hundred thousand, streamed: the same ones for the same seed, whichever engine asks.

Words are drawn by Zipf's law from an invented vocabulary, between the set phrases that letters of this trade share, so
that common words, rare words and phrases are each met as often as in life. Nothing in a letter means anything.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

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

SEED = 20260
VOCABULARY = 120_000  # distinct words; letters of forty forces use about as many once figures and names are counted
EXPONENT = 1.05  # of Zipf's law: what English prose has
REQUEST_WORDS, ANSWER_WORDS = 110, 620  # with the set phrases this makes about 6 kB, the mean of real letters
FIRST_DAY, DAYS = date(2005, 1, 4), 7600  # from the Act's first working day to this decade
SYLLABLES = "ba con der el fi gra ho in jo ka li mon nu or pre qui ra ste tion un ver wa ex yal zo ment ing er ly"
TRADE = (
    "the of to and in a for that police force officers information custody vehicles offences recorded crime number "
    "year request incidents drones taser spending stalking warrants burglary overtime dogs cameras"
)

FORCES = tuple(
    f"{first}{last}"
    for first in ("amble", "bracken", "carrow", "dun", "fell", "glan", "hart", "marl", "ruth", "sallow", "ullin")
    for last in ("shire", "dale", "moor", "ford")
)
LAW = "Request under the Freedom of Information Act 2000. "
OPENING = "Thank you for your request for information, in which you asked for the following. "
DECISION = "Following receipt of your request searches were made, and the decision is set out below. "
REVIEW = (
    "If you are not satisfied with this answer you may ask for an internal review. If you remain dissatisfied you may "
    "complain to the Information Commissioner under section 50 of the Freedom of Information Act. "
)
RULINGS = (  # weight, outcomes, provisions, wording
    (40, (Outcome.DISCLOSED,), (), "The information is held and is disclosed below. "),
    (15, (Outcome.NOT_HELD,), (), "There is no information held by the force. "),
    (12, (Outcome.REFUSED_COST,), ("12(1)",), "The cost would exceed the appropriate limit, so section {} applies. "),
    (10, (Outcome.DISCLOSED, Outcome.REFUSED_EXEMPTION), ("40(2)",), "Names are exempt by virtue of section {}. "),
    (9, (Outcome.REFUSED_EXEMPTION,), ("31(1)(a)", "31(1)(b)"), "It is exempt by virtue of section {} and {}. "),
    (6, (Outcome.ALREADY_ACCESSIBLE,), ("21(1)",), "It has been published, so section {} applies. "),
    (5, (Outcome.NCND,), ("23(5)", "24(2)", "31(3)"), "We neither confirm nor deny, by section {}, {} and {}. "),
    (2, (Outcome.REFUSED_EXEMPTION,), ("43(2)",), "Prices are exempt by virtue of section {}. "),
    (1, (Outcome.REFUSED_VEXATIOUS,), ("14(1)",), "The request is vexatious within section {}. "),
)
CONCEPTS = {
    "12": "cost",
    "14": "vexatious",
    "21": "already_accessible",
    "23": "security_bodies",
    "24": "national_security",
    "31": "law_enforcement",
    "40": "personal_data",
    "43": "commercial",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, commonest first, and the running totals of their weights."""

    words: tuple[str, ...]
    weights: tuple[float, ...]


@cache
def vocabulary() -> Vocabulary:
    """The invented words, the trade's own among the commonest."""
    dice = random.Random(SEED)
    words, syllables = dict.fromkeys(TRADE.split()), SYLLABLES.split()
    while len(words) < VOCABULARY:
        words["".join(dice.choices(syllables, k=dice.choice((2, 2, 3, 3, 3, 4))))] = None
    weights = accumulate(1 / rank**EXPONENT for rank in range(1, VOCABULARY + 1))
    return Vocabulary(tuple(words), tuple(weights))


def letters(count: int, seed: int = SEED) -> Iterator[Disclosure]:
    """``count`` records, made one at a time."""
    for number in range(count):
        yield letter(number, seed)


def letter(number: int, seed: int = SEED) -> Disclosure:
    """The record of this number: a letter of about 6 kB with its facts and where they stand in it."""
    dice = random.Random(f"{seed}/{number}")
    day = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
    force = FORCES[min(int(dice.paretovariate(0.8)) - 1, len(FORCES) - 1)]  # a few forces publish most
    reference = f"FOI {day.year}/{number:06}"
    _, outcomes, provisions, wording = dice.choices(RULINGS, [row[0] for row in RULINGS])[0]
    opening = f"Our ref: {reference}\n{day.day} {day:%B} {day.year}\n\n{LAW}{OPENING}\n\n"
    request = _prose(dice, REQUEST_WORDS)
    printed = _Ruling(wording, provisions)
    prose = _prose(dice, ANSWER_WORDS)
    answer = f"\n\n{DECISION}{printed.text}\n\n{prose}"
    text = f"{opening}{request}{answer}\n\n{REVIEW}"
    answer_from, answer_to = len(opening) + len(request), len(opening) + len(request) + len(answer)
    ruling_from = answer_from + len("\n\n") + len(DECISION)
    role = CitationRole.APPLIED_NCND if Outcome.NCND in outcomes else CitationRole.APPLIED
    voices = (
        Voiced(role=Voice.OTHER, start=0, end=len(opening)),
        Voiced(role=Voice.REQUEST, start=len(opening), end=answer_from),
        Voiced(role=Voice.ANSWER, start=answer_from, end=answer_to),
        Voiced(role=Voice.OTHER, start=answer_to, end=len(text)),
    )
    reading = Reading(
        forces=(force,),
        reference=reference,
        reference_key=f"foi-{day.year}-{number}",
        answered_on=day,
        regimes=(Regime.FOIA,),
        outcomes=outcomes,
        citations=tuple(
            Citation(
                regime=Regime.FOIA,
                provision=provision,
                parent=(section := provision.split("(")[0]),
                concept=CONCEPTS[section],
                role=role,
                printed=provision,
                span=_span(ruling_from + at, len(provision)),
            )
            for provision, at in printed.places
        ),
        evidence=tuple(
            Evidence(fact="outcomes", value=outcome.value, span=_span(ruling_from, len(printed.text.rstrip())))
            for outcome in outcomes
        ),
        parts=(Part(part="page", page=1, text=text, roles=voices),),
        version="benchmark",
    )
    return Disclosure(
        id=f"{number:08x}",
        log=force,
        forces=(force,),
        title=" ".join(request.split()[:8]),
        reading=reading,
        media_type="text/html",
    )


class _Ruling:
    """A ruling's words, and where in them each provision is printed."""

    def __init__(self, wording: str, provisions: tuple[str, ...]) -> None:
        self.text, self.places = "", []
        pieces = wording.split("{}")
        for piece, provision in zip(pieces, (*provisions, ""), strict=True):
            self.text += piece
            if provision:
                self.places.append((provision, len(self.text)))
                self.text += provision


def _span(start: int, length: int) -> Span:
    return Span(part="page", page=1, start=start, end=start + length)


def _prose(dice: random.Random, words: int) -> str:
    known = vocabulary()
    drawn = dice.choices(known.words, cum_weights=known.weights, k=int(words * dice.uniform(0.4, 1.6)))
    for at in range(0, len(drawn), 17):  # a sentence of average length
        drawn[at] = drawn[at].capitalize()
        if at:
            drawn[at - 1] += "."
    return " ".join(drawn)
