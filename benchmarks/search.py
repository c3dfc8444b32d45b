#!/usr/bin/env python3
"""How fast searches are: the embedded engine, Elasticsearch and plain SQLite FTS5 over the same letters, in one run.

    .venv/bin/python benchmarks/search.py [--letters N] [--elasticsearch http://127.0.0.1:9200] [--markdown]

A search is what the site asks: the exact total, twenty records, their snippets and every facet. Elasticsearch is left
out, and said to be, where neither --elasticsearch nor CROSSFORCE_TEST_ELASTICSEARCH names a server.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

import corpus
from plainsearch import PlainSearch

from indexer.disclosure import Disclosure
from indexer.engines import open_engine
from indexer.engines.base import Engine
from indexer.query import Facet, Query

PER_KIND: Final = 12  # queries of each kind, so that one odd word does not make the figure
ROUNDS: Final = 3  # timed, after one untimed, since a site that serves is warm
PREFIX: Final = "benchmark-search"  # of the indices made on Elasticsearch, emptied afterwards


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One search, as the engines take it and as SQL takes it."""

    kind: str
    query: Query
    match: str = ""
    chosen: Mapping[Facet, str] = field(default_factory=lambda: MappingProxyType({}))
    under: str = ""
    after: int = 0


@dataclass(slots=True, kw_only=True)
class Measured:
    """What one engine took."""

    name: str
    seconds: float = 0.0  # of building, the making of letters left out
    size: int = 0  # bytes
    totals: list[int] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)  # milliseconds


class Stream:
    """The letters, and the time that making them took, so that it can be taken off."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Disclosure]:
        letters = corpus.letters(self._count)
        while True:
            begun = time.perf_counter()
            record = next(letters, None)
            self.seconds += time.perf_counter() - begun
            if record is None:
                return
            yield record


def questions() -> list[Asked]:
    """Eight kinds of search, the same for the same seed."""
    dice, words = random.Random(corpus.SEED), corpus.vocabulary().words
    common, middling, rare = words[8:120], words[200:2000], words[20_000:60_000]
    asked = []
    for _ in range(PER_KIND):
        one, two, three = dice.sample(common, 3)
        some, other = dice.sample(middling, 2)
        force, outcome = dice.choice(corpus.FORCES[:8]), dice.choice(("disclosed", "refused_exemption", "not_held"))
        section, year = dice.choice(("12", "31", "40(2)")), dice.choice(range(2008, 2022))
        seldom = dice.choice(rare)
        choices = {Facet.FORCE: force, Facet.OUTCOME: outcome}
        asked += [
            Asked(kind="a common word", query=Query(text=one), match=one),
            Asked(kind="a rare word", query=Query(text=seldom), match=seldom),
            Asked(kind="three words", query=Query(text=f"{one} {two} {some}"), match=f"{one} {two} {some}"),
            _phrase(dice),
            Asked(
                kind="either, and not",
                query=Query(text=f"{one} ({some} OR {other}) -{three}"),
                match=f"({one} AND ({some} OR {other})) NOT {three}",
            ),
            Asked(
                kind="words, force and outcome",
                query=Query(
                    text=f"{one} {two}", chosen={facet: frozenset({value}) for facet, value in choices.items()}
                ),
                match=f"{one} {two}",
                chosen=choices,
            ),
            Asked(
                kind="section and date",
                query=Query(text=f"{one} s:{section} after:{year}"),
                match=one,
                under=f"foia {section}",
                after=date(year, 1, 1).toordinal(),
            ),
            Asked(
                kind="everything, newest first",
                query=Query(chosen={Facet.FORCE: frozenset({force})}, page=dice.randrange(1, 4)),
                chosen={Facet.FORCE: force},
            ),
        ]
    return asked


def _phrase(dice: random.Random) -> Asked:
    """Some words of the set phrases, which nearly every letter holds: the hardest phrases there are."""
    words = dice.choice((corpus.LAW, corpus.OPENING, corpus.DECISION, corpus.REVIEW)).replace(",", "").split()
    start = dice.randrange(len(words) - 3)
    phrase = " ".join(words[start : start + dice.choice((2, 3, 4))]).replace(".", "")
    return Asked(kind="a phrase of common words", query=Query(text=f'"{phrase}"'), match=f'"{phrase}"')


def measure_engine(name: str, engine: Engine, size: Callable[[], int], count: int, asked: Sequence[Asked]) -> Measured:
    """Builds an engine's index and times every search on it."""

    def search(one: Asked) -> int:
        return engine.search(one.query).total

    return _measure(name, engine.rebuild, search, size, count, asked)


def measure_plain(path: Path, count: int, asked: Sequence[Asked]) -> Measured:
    """The same for SQLite."""
    plain = PlainSearch(path)

    def search(one: Asked) -> int:
        offset = (one.query.page - 1) * one.query.size
        return plain.search(one.match, dict(one.chosen), under=one.under, after=one.after, offset=offset)[0]

    try:
        return _measure("SQLite FTS5", plain.build, search, lambda: _folder_size(path.parent), count, asked)
    finally:
        plain.close()


def _measure(
    name: str,
    build: Callable[[Iterator[Disclosure]], object],
    search: Callable[[Asked], int],
    size: Callable[[], int],
    count: int,
    asked: Sequence[Asked],
) -> Measured:
    measured, stream = Measured(name=name), Stream(count)
    begun = time.perf_counter()
    build(iter(stream))
    measured.seconds = time.perf_counter() - begun - stream.seconds
    measured.size = size()
    measured.totals = [search(one) for one in asked]
    for _ in range(ROUNDS):
        for one in asked:
            begun = time.perf_counter()
            search(one)
            measured.times.setdefault(one.kind, []).append((time.perf_counter() - begun) * 1000)
    return measured


def _folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _server_size(address: str) -> int:
    with urllib.request.urlopen(f"{address}/{PREFIX}*/_stats/store", timeout=60) as answer:
        return int(json.load(answer)["_all"]["primaries"]["store"]["size_in_bytes"])


def percentile(times: Sequence[float], share: float) -> float:
    """The time within which this share of the searches were answered."""
    return statistics.quantiles(times, n=100, method="inclusive")[round(share * 100) - 1]


def report(measured: Sequence[Measured], count: int, *, markdown: bool) -> Iterator[str]:
    """The tables, line by line. The first engine is the one that the others are compared with."""
    mine, *others = measured
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield f"{count:,} letters; {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end;"
    yield f"Python {platform.python_version()}; this process took at most {peak:,} MB."
    yield ""
    yield from _table(
        ["engine", "letters a second", "size, MB"],
        [[m.name, f"{count / m.seconds:,.0f}", f"{m.size / 1e6:,.0f}"] for m in measured],
        markdown=markdown,
    )
    yield ""
    rows = []
    for kind, times in mine.times.items():
        row = [kind, f"{percentile(times, 0.5):.1f} / {percentile(times, 0.95):.1f}"]
        for other in others:
            theirs = other.times[kind]
            row.append(f"{percentile(theirs, 0.5):.1f} / {percentile(theirs, 0.95):.1f}")
            row.append(f"{percentile(times, 0.95) / percentile(theirs, 0.95):.2f}")
        rows.append(row)
    heads = ["ms, median / 95th percentile", mine.name, *(h for o in others for h in (o.name, "ratio of the 95th"))]
    yield from _table(heads, rows, markdown=markdown)
    for other in others:
        apart = sum(one != two for one, two in zip(mine.totals, other.totals, strict=True))
        yield f"\n{other.name}: {apart} of {len(mine.totals)} totals differ from those of {mine.name}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, markdown: bool) -> Iterator[str]:
    if markdown:
        yield f"| {' | '.join(heads)} |"
        yield f"|{'---|' * len(heads)}"
        for row in rows:
            yield f"| {' | '.join(row)} |"
        return
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    for row in (heads, *rows):
        cells = (f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        yield f"{row[0]:{widths[0]}}  {'  '.join(cells)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its status."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--letters", type=int, default=10_000, help="10,000, 100,000 or 300,000 make the usual tables")
    options.add_argument("--elasticsearch", default=os.environ.get("CROSSFORCE_TEST_ELASTICSEARCH", ""))
    options.add_argument("--without", action="append", choices=["sqlite", "elasticsearch"], default=[])
    options.add_argument("--markdown", action="store_true", help="tables for docs/performance.md")
    chosen = options.parse_args(arguments)
    asked, folder = questions(), Path(tempfile.mkdtemp(prefix="crossforce-benchmark-"))
    measured = []
    try:
        engine = open_engine(f"path:{folder / 'embedded'}")
        measured.append(
            measure_engine("embedded", engine, lambda: _folder_size(folder / "embedded"), chosen.letters, asked)
        )
        engine.close()
        address = chosen.elasticsearch.removeprefix("elasticsearch+").rstrip("/")
        if "elasticsearch" in chosen.without:
            pass
        elif address:
            server = open_engine(f"elasticsearch+{address}/{PREFIX}")
            measured.append(
                measure_engine("Elasticsearch", server, lambda: _server_size(address), chosen.letters, asked)
            )
            for _ in range(2):  # the previous version is kept, so the letters are gone after the second
                server.rebuild(())
            server.close()
        else:
            print("skipped: no Elasticsearch (--elasticsearch, or CROSSFORCE_TEST_ELASTICSEARCH)", file=sys.stderr)
        if "sqlite" not in chosen.without:
            (folder / "sqlite").mkdir()
            measured.append(measure_plain(folder / "sqlite" / "letters.sqlite", chosen.letters, asked))
    finally:
        shutil.rmtree(folder)
    for line in report(measured, chosen.letters, markdown=chosen.markdown):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
