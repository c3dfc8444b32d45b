"""Random queries from the whole grammar, as a person could type them, with random choices beside them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from maker import FORCES, PROVISIONS, REFERENCES, WORDS

from indexer.disclosure import Disclosure
from indexer.query import Facet, Query, Sort

CHOICES = {
    Facet.FORCE: [*FORCES, "none", "nowhere"],
    Facet.SECTION: ["FOIA 31", "FOIA 40", "FOISA 35", "EIR 12(4)(b)", "none"],
    Facet.PROVISION: [*PROVISIONS, "none"],
    Facet.CONCEPT: ["law_enforcement", "personal_data", "cost", "none"],
    Facet.REGIME: ["FOIA", "FOISA", "EIR", "none"],
    Facet.OUTCOME: ["ncnd", "disclosed", "refused_cost", "transferred", "none"],
    Facet.YEAR: ["2017", "2018", "2019", "2020", "none", "1999"],
}


def any_query(chance: random.Random, records: Sequence[Disclosure]) -> Query:
    """A query with up to three choices; half of its phrases stand in some record, a few across a page break."""
    texts = ["\n".join(part.text for part in record.parts if part.part == "page") for record in records]
    chosen = {
        facet: frozenset(chance.sample(CHOICES[facet], chance.randint(1, 2)))
        for facet in chance.sample(list(Facet), chance.choice([0, 0, 1, 2, 3]))
    }
    text = _all(chance, texts, 0) if chance.random() < 0.9 else ""
    return Query(text=text, chosen=chosen, sort=chance.choice([None, Sort.NEWEST, Sort.OLDEST]), synonyms=False)


def _all(chance: random.Random, texts: Sequence[str], depth: int) -> str:
    return " ".join(_any(chance, texts, depth) for _ in range(chance.choice([1, 1, 2, 2, 3])))


def _any(chance: random.Random, texts: Sequence[str], depth: int) -> str:
    return " OR ".join(_one(chance, texts, depth) for _ in range(chance.choice([1, 1, 1, 2, 3])))


def _one(chance: random.Random, texts: Sequence[str], depth: int) -> str:
    minus = "-" if chance.random() < 0.2 else ""
    if depth < 3 and chance.random() < 0.2:
        return f"{minus}({_all(chance, texts, depth + 1)})"
    kind = chance.choice([_word, _word, _word, _phrase, _typed, _quoted])
    return minus + (_quoted(chance, texts) if kind is _quoted else kind(chance))


def _word(chance: random.Random) -> str:
    return chance.choice(WORDS)


def _phrase(chance: random.Random) -> str:
    return f'"{" ".join(chance.choice(WORDS) for _ in range(chance.choice([1, 2, 2, 3])))}"'


def _quoted(chance: random.Random, texts: Sequence[str]) -> str:
    words = chance.choice(texts).replace('"', "").split()
    start = chance.randrange(len(words) or 1)
    return f'"{" ".join(words[start : start + chance.randint(1, 4)])}"'


def _typed(chance: random.Random) -> str:
    facet = chance.choice(list(Facet))
    regime, provision = chance.choice(PROVISIONS).split(" ")
    while chance.random() < 0.4 and provision.endswith(")"):
        provision = provision.rpartition("(")[0]
    period = f"{chance.randint(2016, 2022)}{chance.choice(['', '-02', '-11', '-02-02'])}"
    return chance.choice(
        [
            f'{facet.value}:"{chance.choice(CHOICES[facet])}"',
            f"s:{provision}",
            f"{regime.lower()}:{provision}",
            f'ref:"{chance.choice(REFERENCES)}"',
            f"after:{period}",
            f"before:{period}",
        ]
    )
