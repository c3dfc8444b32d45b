#!/usr/bin/env python3
"""How well letters are read, beside what a plain pattern over the same text gets, fact by fact.

    .venv/bin/python benchmarks/reading.py [--only SET] [--misses N] [--by]

Runs on the project's frozen letters (benchmarks/letters), on the sets written later (benchmarks/later) and, where it is
present, on ../shared/evaluation; says what was skipped. Ends with status 0 where every figure that was promised is
reached, else 1.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import plainpattern
from factscores import APPLIED, KINDS, Facts, Scores, facts_of, unclear_curve
from labelled import (
    CITATIONS_GOAL,
    EVALUATION,
    LabelledSet,
    Letter,
    PrintedCitation,
    citations,
    comparable,
    evaluation,
    frozen,
    later,
)
from pdfminer.high_level import extract_text

from indexer.disclosure import CitationRole, Extraction, Outcome, Part, Reading
from indexer.exemptions import ExemptionRegistry, load_exemptions
from indexer.extraction import Document, Extractor
from indexer.forces import ForceRegistry, load_forces
from indexer.reading import read

CPU_GOAL: Final = 0.02  # of pdfminer's time for the same letters: reading must not be felt beside extraction
ROUNDS: Final = 3  # of pdfminer and then of the reader
READINGS: Final = 5  # a round: a letter is read in milliseconds, so a single reading measures the clock
Report = Callable[[str], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One letter as extracted and as read."""

    letter: Letter
    extraction: Extraction
    reading: Reading

    @property
    def facts(self) -> Facts:
        """What is scored; a letter that could not be extracted says nothing."""
        failure = self.extraction.failure
        return Facts(failure=failure.value) if failure and not self.extraction.pages else facts_of(self.reading)


def parts_of(pages: Iterable[str]) -> tuple[Part, ...]:
    """The pages of a letter as the reader takes them."""
    return tuple(Part(part="page", page=number, text=text) for number, text in enumerate(pages, start=1))


def read_set(letters: Sequence[Letter], forces: ForceRegistry, provisions: ExemptionRegistry) -> list[Read]:
    """Every letter extracted in a worker and read in this process. A legacy .doc that is named unsupported is left out,
    as the evaluation leaves it out."""
    documents = (Document(letter.path.read_bytes(), letter.path.name) for letter in letters)
    with Extractor() as extractor:
        extractions = list(extractor.extract_many(documents))
    return [
        Read(
            letter=letter,
            extraction=extraction,
            reading=read(parts_of(extraction.pages), registry=forces, provisions=provisions),
        )
        for letter, extraction in zip(letters, extractions, strict=True)
        if not (extraction.failure == "unsupported_type" and letter.path.suffix == ".doc")
    ]


def score_set(labelled: LabelledSet, say: Report, *, misses: int, by: bool) -> bool:
    """Prints one set's table; whether every goal is reached."""
    forces, provisions = load_forces(labelled.registry), load_exemptions()
    read_letters = read_set(labelled.letters, forces, provisions)
    ours, plain = Scores(provisions.parent), Scores(provisions.parent)
    for one in read_letters:
        ours.add(one.letter, one.facts)
        plain.add(one.letter, plainpattern.read("\n".join(one.extraction.pages), forces))
    say(f"\n## {labelled.name}: {len(read_letters)} letters")
    say(f"{'':13s} {'reader':>6s}{'':24s} {'plain pattern':>14s}")
    say(f"{'fact':13s} {'precision':>9s} {'recall':>6s} {'F1':>6s} {'exact':>6s}   {'F1':>6s} {'exact':>6s}   goal")
    fine = True
    for kind in KINDS:
        tally, other = ours.kinds[kind], plain.kinds[kind]
        if not tally.letters:
            continue
        words = [_goal(name, goal, ours) for name, goal in labelled.goals.items() if name in (kind, f"{kind}_f1")]
        fine &= all("falls short" not in word for word in words)
        say(
            f"{kind:13s} {tally.precision:9.3f} {tally.recall:6.3f} {tally.f1:6.3f} {tally.exact:6.3f}   "
            f"{other.f1:6.3f} {other.exact:6.3f}   {', '.join(words)}"
        )
    if by:
        _groups(ours, say)
    _curve(read_letters, provisions, say)
    for miss in ours.misses[:misses]:
        say(f"  miss: {miss}")
    if len(ours.misses) > misses:
        say(f"  … and {len(ours.misses) - misses} more misses (--misses N)")
    return fine


def _goal(name: str, goal: float, scores: Scores) -> str:
    measure = "F1" if name.endswith("_f1") else "exact"
    short = "" if scores.figure(name) >= goal else " falls short"
    return f"{measure} {goal:.2f}{short}"


def _groups(scores: Scores, say: Report) -> None:
    """Per force and per regime; what a group lacks is left blank."""
    shown = ("forces", "reference", "received_on", "answered_on", "applied", "outcomes", "questions")
    say(f"\n{'':44s}" + "".join(f"{kind:>12s}" for kind in shown))
    for group, name in sorted(scores.groups):
        tallies = scores.groups[group, name]
        cells = (
            f"{tallies[kind].f1 if kind in ('applied', 'outcomes', 'questions') else tallies[kind].exact:12.3f}"
            if tallies[kind].letters
            else f"{'':12s}"
            for kind in shown
        )
        say(f"{group:7s} {name[:35]:36s}" + "".join(cells))


def support(reading: Reading, provisions: ExemptionRegistry) -> Counter[str]:
    """How many passages bear out each outcome: those given as evidence, answers to questions, provisions relied on."""
    passages = {(e.value, e.span) for e in reading.evidence if e.fact.startswith("outcome")}
    passages |= {(outcome.value, answer.span) for answer in reading.answers for outcome in answer.outcomes}
    for citation in reading.citations:
        if citation.role is CitationRole.APPLIED_NCND:
            passages.add((Outcome.NCND.value, citation.span))
        elif citation.role is CitationRole.APPLIED:
            given = provisions.outcome(citation.regime, citation.provision) or Outcome.REFUSED_EXEMPTION
            passages.add((given.value, citation.span))
    return Counter(outcome for outcome, _ in passages)


def _curve(read_letters: Sequence[Read], provisions: ExemptionRegistry, say: Report) -> None:
    """Precision of outcomes against the share of letters called unclear, as more passages are asked for."""
    rows = [(one.letter, one.facts.outcomes, support(one.reading, provisions)) for one in read_letters]
    say("\nOutcomes that fewer than N passages bear out are taken back; a letter without any left is unclear:")
    for least, unclear, precision in unclear_curve(rows):
        say(f"  N {least}: {unclear:6.1%} unclear, precision {precision:.3f}")


def score_citations(cases: Sequence[PrintedCitation], say: Report, *, misses: int) -> bool:
    """Prints how many printed citations are read right, by role; whether the goal is reached."""
    forces, provisions = load_forces(), load_exemptions()
    right, plain_right, tally, missed = 0, 0, Counter[tuple[str, bool]](), []
    for case in cases:
        reading = read(parts_of([case.text]), registry=forces, provisions=provisions)
        good = _cited_right(case, facts_of(reading)) and all(
            case.text[c.span.start : c.span.end] == c.printed for c in reading.citations
        )
        plain_right += _cited_right(case, plainpattern.read(case.text, forces))
        right += good
        tally[case.role, good] += 1
        if not good:
            missed.append(f"{case.regime} {case.role} {case.printed!r}, expected {sorted(case.provisions)}")
    share = right / len(cases)
    say(f"\n## evaluation: {len(cases)} printed citations")
    for role in sorted({role for role, _ in tally}):
        say(f"{role:13s} {tally[role, True]:4d} of {tally[role, True] + tally[role, False]}")
    short = "" if share >= CITATIONS_GOAL else " falls short"
    say(f"right {share:.3f}, plain pattern {plain_right / len(cases):.3f}   goal {CITATIONS_GOAL:.2f}{short}")
    for miss in missed[:misses]:
        say(f"  miss: {miss}")
    return share >= CITATIONS_GOAL


def _cited_right(case: PrintedCitation, facts: Facts) -> bool:
    applied = [(role, regime, provision) for role, regime, provision in facts.cited if role in APPLIED]
    same = {p for _, regime, q in applied for p in comparable(regime, {q})} == case.provisions
    law = all(regime == case.regime for _, regime, _ in applied)
    roles = {role for role, _, _ in applied}
    return same and law and (not case.provisions or case.any_applied or roles == {case.role})


def score_time(named: Mapping[str, Sequence[Letter]], forces: ForceRegistry, say: Report) -> bool:
    """Prints the CPU time of reading beside pdfminer's on the same PDF letters; whether the goal is reached over all.

    Each letter counts with the least time it took in any round, for pdfminer as for the reader: what a busy machine
    adds to a round is no cost of either.
    """
    provisions = load_exemptions()
    paths = {
        name: [letter.path for letter in letters if letter.path.suffix == ".pdf"] for name, letters in named.items()
    }
    paths = {name: found for name, found in paths.items() if found}
    every = [path for found in paths.values() for path in found]
    with Extractor() as extractor:
        documents = (Document(path.read_bytes(), path.name) for path in every)
        texts = [parts_of(extraction.pages) for extraction in extractor.extract_many(documents)]

    def read_one(parts: Sequence[Part]) -> None:
        read(parts, registry=forces, provisions=provisions)

    pdfminer, ours = [math.inf] * len(every), [math.inf] * len(every)
    for _ in range(ROUNDS):
        pdfminer = _least(pdfminer, extract_text, every)
        for _ in range(READINGS):
            ours = _least(ours, read_one, texts)
    say(f"\n## CPU time for {len(every)} PDF letters")
    first = 0
    for name, found in paths.items():
        those = slice(first, first := first + len(found))
        say(_ratio(f"{name} ({len(found)})", sum(pdfminer[those]), sum(ours[those])))
    fine = sum(ours) <= CPU_GOAL * sum(pdfminer)
    say(f"{_ratio('all', sum(pdfminer), sum(ours))}   goal {CPU_GOAL:.0%}{'' if fine else ' falls short'}")
    return fine


def _least(known: Sequence[float], work: Callable[[T], object], items: Sequence[T]) -> list[float]:
    """For each item the least CPU time, in seconds, of those known and that of one more round."""
    least = []
    for before, item in zip(known, items, strict=True):
        begun = time.process_time()
        work(item)
        least.append(min(before, time.process_time() - begun))
    return least


def _ratio(name: str, pdfminer: float, ours: float) -> str:
    return f"{name}: pdfminer {pdfminer:.2f} s, reading {ours:.4f} s: {ours / pdfminer:.2%}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its status."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--only", choices=["frozen", "later", "evaluation", "time"], help="one part of the benchmark")
    options.add_argument("--misses", type=int, default=40, help="how many misses of each set to print")
    options.add_argument("--by", action="store_true", help="also per force and per regime")
    options.add_argument("--evaluation", type=Path, default=EVALUATION, help="folder of the evaluation")
    chosen = options.parse_args(arguments)
    own = frozen()
    real: tuple[LabelledSet, ...] = ()
    printed: tuple[PrintedCitation, ...] = ()
    try:
        real, printed = evaluation(chosen.evaluation), citations(chosen.evaluation)
    except FileNotFoundError as error:
        print(f"\nskipped: the evaluation is not here ({error.filename}); only the project's own letters count")
    wanted: dict[str, tuple[LabelledSet, ...]] = {"frozen": (own,), "later": later(), "evaluation": real}
    fine = True
    for name, labelled_sets in wanted.items():
        if chosen.only in (None, name):
            for labelled in labelled_sets:
                shown = chosen.misses if name != "later" or chosen.only == name else 0  # a miss that is read is spent
                fine &= score_set(labelled, print, misses=shown, by=chosen.by)
    if printed and chosen.only in (None, "evaluation"):
        fine &= score_citations(printed, print, misses=chosen.misses)
    if chosen.only in (None, "time"):
        named = {labelled.name: labelled.letters for labelled in (own, *real)}
        fine &= score_time(named, load_forces(own.registry), print)
    print("\nevery figure is reached" if fine else "\nfalls short of a figure above")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
