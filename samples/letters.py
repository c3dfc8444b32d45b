"""From the bones of a case to a letter in its force's own words, with every provision in it accounted for."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.disclosure import Regime, Voice

from . import law
from .houses import House, houses, printed_date
from .markup import Block, Kind, blocks
from .topics import Case, source
from .topics import case as by_key

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

_PLACEHOLDER = re.compile(r"\{([a-z_]+|ref:[a-z0-9-]+)\}")
_MACRO = re.compile(r"@([a-z_]+)(?: (.*))?")
_DEEPEST = 5  # passages call each other three deep at most; beyond this they call each other in a circle
_PROVISION = re.compile(r"\d+[A-Z]?(?:\([0-9A-Za-z]+\))*")
_HOUR = 60
_FEES = "Freedom of Information and Data Protection (Appropriate Limit and Fees) Regulations 2004"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter in words: what stands on the web page, and the whole as it would be put in an envelope."""

    case: Case
    whole: tuple[Block, ...]  # letterhead, request, answer, complaints, signature
    page: tuple[Block, ...]  # the same without letterhead and signature, as forces publish it
    request: tuple[Block, ...]
    answer: tuple[Block, ...]


@cache
def _passages() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "passages.toml").read_text(encoding="utf-8"))


@cache
def _arguments() -> dict[str, dict[str, list[str]]]:
    raw = tomllib.loads((Path(__file__).parent / "arguments.toml").read_text(encoding="utf-8"))
    return {kind: parts for kind, parts in raw.items() if kind != "kind"}


@cache
def _kinds() -> dict[str, dict[str, str]]:
    raw = tomllib.loads((Path(__file__).parent / "arguments.toml").read_text(encoding="utf-8"))
    kinds: dict[str, dict[str, str]] = raw["kind"]
    return kinds


class _Writer:
    """Puts one case into the words of its house."""

    def __init__(self, case: Case, edition: int) -> None:
        self.case = case
        self.house: House = case.house
        self.era = self.house.era(case.answered)
        self.edition = edition
        self.rng = source("letter", case.key)
        staff, role = case.staff
        titles = (
            case.requester,
            case.requester,
            f"Mr {case.requester.split()[-1]}",
            f"Ms {case.requester.split()[-1]}",
        )
        self.values = {
            "reference": case.reference,
            "answered": self.on(case.answered),
            "received": case.received_as or self.on(case.received),
            "force": " and ".join(_names(case)),
            "requester": case.requester,
            "salutation": self.rng.choice(titles),
            "staff": staff,
            "staff_role": role,
            "email": self.house.email,
            "phone": self.house.phone,
            "address": self.house.address,
            "host": self.house.host,
            "title": case.title,
            "act": law.ACTS[case.regime],
            "fees": f"[[x |{_FEES}]]",
            "department": self.rng.choice(
                (
                    "Performance and Analysis team",
                    "Professional Standards department",
                    "Criminal Justice unit",
                    "Force Operations centre",
                )
            ),
            **case.values,
        }
        self.values["thanks"] = self.fill(self.passage("thanks").strip())

    def on(self, when: date) -> str:
        """A date in the words of the house at that time."""
        return printed_date(when, self.era.date)

    def passage(self, name: str) -> str:
        """The house's own wording of a stock passage. Raises ``KeyError`` where there is none."""
        variants = _passages()[name]
        fitting = variants.get(self.case.regime) or variants.get("any") or variants["FOIA"]
        return fitting[self.house.voice % len(fitting)]

    def argument(self, kind: str, part: str) -> str:
        """What is argued for an exemption of this kind; wordings change from letter to letter."""
        return self.rng.choice(_arguments()[kind][part])

    def fill(self, text: str, extra: dict[str, str] | None = None) -> str:
        """Put values in the place of their names. Raises ``KeyError`` for a name that has none."""
        values = {**self.values, **(extra or {})}

        def value(found: re.Match[str]) -> str:
            name = found[1]
            if name.startswith("ref:"):
                return by_key(name.removeprefix("ref:")).reference
            return values[name]

        for _ in range(_DEEPEST):
            text, found = _PLACEHOLDER.subn(value, text)
            if not found:
                break
        return text

    def expand(self, script: str, extra: dict[str, str] | None = None, depth: int = 0) -> str:
        """A script with its macros written out and its names filled in."""
        if depth > _DEEPEST:
            raise ValueError(f"{self.case.key}: passages call each other in a circle")
        lines = []
        for line in script.splitlines():
            macro = _MACRO.fullmatch(line.strip())
            if macro:
                text, values = self.macro(macro[1], macro[2] or "", extra or {})
                lines.append("\n" + self.expand(text, values, depth + 1).strip("\n") + "\n")
            else:
                lines.append(self.fill(line, extra))
        return "\n".join(lines)

    def macro(self, name: str, arguments: str, outer: dict[str, str]) -> tuple[str, dict[str, str]]:
        """The passage a macro stands for, and the values that it is filled with.

        ``@name provision … | subject | key=value``: the provisions are applied (``@ncnd``: to neither confirm nor
        deny); a first word such as ``EIR`` puts them under another law than the letter's.
        """
        pieces = [piece.strip() for piece in arguments.removeprefix("| ").split(" | ")] if arguments else []
        named = dict(piece.split("=", 1) for piece in pieces if re.match(r"[a-z_]+=", piece))
        pieces = [piece for piece in pieces if not re.match(r"[a-z_]+=", piece)]
        values = {**outer, **named}
        regime = self.case.regime
        provisions: list[str] = []
        if pieces:
            first, *others = pieces[0].split()
            if first in Regime.__members__:
                regime, pieces[0] = Regime(first), " ".join(others)
            if all(_PROVISION.fullmatch(one) for one in pieces[0].split()):
                provisions = pieces.pop(0).split()
        if pieces:
            values["subject"] = pieces[0]
        if provisions:
            values.update(self.provisions(regime, provisions, "n" if name == "ncnd" else "a", values))
        if name == "ncnd":
            values["other"] = f"{values['other']} " if "other" in values else ""
            values |= {part: self.fill(self.passage(f"ncnd_{part}"), values) for part in ("harm", "favour", "against")}
        if name == "figures":
            return _figures(self.rng, values), values
        if name == "cost":
            hours = int(values["records"].replace(",", "")) * float(values["minutes"]) / _HOUR
            values["hours"] = f"{hours:,.0f}" if hours == int(hours) else f"{hours:,.1f}"
        if name == "weigh" and outer.get("absolute"):
            return "", values
        return self.passage(name), values

    def provisions(self, regime: Regime, provisions: list[str], role: str, values: dict[str, str]) -> dict[str, str]:
        """The values that a passage about these provisions is filled with."""
        style = self.house.cite
        titled = law.cite(style, regime, provisions, role)
        bare = law.cite(style, regime, provisions, role, titled=False)
        labels = [law.label(regime, one) for one in provisions]
        heads = list(dict.fromkeys(provisions if law.by_regulation(regime) else map(law.section, provisions)))
        word = "exception" if law.by_regulation(regime) else "exemption"
        kinds = [
            f"{law.sections(regime, [head])} is {_article(label.basis)} {label.basis}, {label.test}-based {word}."
            for head, label in ((head, law.label(regime, head)) for head in heads)
        ]
        known = _kinds().get(regime, {})
        kind = next((known[key] for key in (*provisions, *heads) if key in known), None)
        absolute = all(label.basis == "absolute" for label in labels)
        made = {
            "bullets": "\n".join(f"- {one}" for one in titled),
            "cites": " and ".join(bare),
            "cite": bare[0],
            "sections": law.sections(regime, provisions),
            "kinds": " ".join(kinds),
            "absolute": "yes" if absolute else "",
        }
        if kind:
            for part in ("harm", "favour", "against"):
                made[part] = values.get(part) or self.argument(kind, part)
        return made

    def layout(self, script: str) -> Iterator[Block]:
        """A layout's blocks, with the request and the answer in their places."""
        for number, chunk in enumerate(re.split(r"^>> (request|answer)$", script, flags=re.MULTILINE)):
            if number % 2 == 0:
                yield from blocks(self.expand(chunk), Voice.OTHER, self.case.regime)
            else:
                yield from self.request() if chunk == "request" else self.answer()

    def request(self) -> list[Block]:
        """The requester's words."""
        made = blocks(self.expand(self.case.request), Voice.REQUEST, self.case.regime)
        return [replace(block, question=block.label.strip("Q.)") or None) for block in made]

    def answer(self) -> Iterator[Block]:
        """The answer, question by question where the script says which."""
        script = self.case.answer
        if self.edition > 1 and self.case.second_answer:
            script = self.case.second_answer
        question: str | None = None
        asked = {block.question: block for block in self.request() if block.kind is Kind.ITEM}
        for piece in re.split(r"^(\? .*)$", script, flags=re.MULTILINE):
            if not piece.startswith("? "):
                yield from blocks(self.expand(piece), Voice.ANSWER, self.case.regime, question)
                continue
            number, _, silent = piece.removeprefix("? ").partition(" ")
            question = None if number == "end" else number
            if question is None or silent:
                continue
            if self.house.question:
                yield from blocks(self.house.question.format(n=number), Voice.ANSWER, self.case.regime, question)
            if self.house.repeat_questions and number in asked:
                yield replace(asked[number], kind=Kind.PARAGRAPH, label="", depth=0)


def _figures(rng: random.Random, values: dict[str, str]) -> str:
    """A table of made-up counts, a row for each year. ``small=yes`` leaves low ones in, printed as "<5"."""
    first, last = map(int, values["years"].split("-"))
    names = values["rows"].split(",")
    scale = int(values["scale"])
    lines = [f"| {' | '.join([values.get('head', 'Year'), *names])} |"]
    for year in range(first, last + 1):
        counts = [max(6, round(scale * rng.uniform(0.4, 1.6) / (1 + place))) for place in range(len(names))]
        printed = [f"{count:,}" for count in counts]
        if values.get("small") and year % 2:
            printed[-1] = "<5"
        label = f"{year}/{(year + 1) % 100:02}" if values.get("financial") else str(year)
        lines.append(f"| {' | '.join([label, *printed])} |")
    return "\n".join(lines)


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def _names(case: Case) -> list[str]:
    return [houses()[force].name for force in case.forces]


@cache
def letter(key: str, edition: int = 1) -> Letter:
    """One case in words. Raises ``KeyError`` for a key that no case has."""
    case = by_key(key)
    writer = _Writer(case, edition)
    return Letter(
        case=case,
        whole=tuple(writer.layout(writer.era.letter)),
        page=tuple(_Writer(case, edition).layout(writer.era.page)),
        request=tuple(_Writer(case, edition).request()),
        answer=tuple(_Writer(case, edition).answer()),
    )
