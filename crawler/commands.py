"""``crawl``: fetch disclosure logs into the archive, politely, and say what became of each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import click
from tqdm import tqdm

from crawler.health import LogReport
from crawler.run import CrawlRefusedError
from crawler.run import crawl as run_crawl
from crawler.spiders import SPIDERS, Progress
from indexer.archive import Archive, ArchiveMissingError
from indexer.commands.options import (
    PROGRESS_AFTER,
    Status,
    archive_registry,
    common_options,
    json_option,
    print_json,
    say,
)
from indexer.forces import ForceRegistry, Log, UnknownIdError
from indexer.knowledge import load_knowledge

DUE_AFTER = timedelta(hours=20)  # a daily schedule that drifts by an hour or two still finds every log due


@click.command()
@click.argument("logs", nargs=-1, metavar="LOG…")
@click.option("--all", "every", is_flag=True, help="Every log that has a spider.")
@click.option("--due", is_flag=True, help="Every log that was not crawled within 20 hours.")
@click.option("--check", is_flag=True, help="Fetch a handful of pages, say which selectors found what, keep nothing.")
@click.option("--proxy", metavar="URL", help="HTTP proxy, such as the samples' server.")
@click.option("--delay", type=float, metavar="SECONDS", help="Longer pauses than the two seconds that every site gets.")
@json_option
@common_options
def crawl(
    logs: tuple[str, ...],
    every: bool,
    due: bool,
    check: bool,
    proxy: str | None,
    delay: float | None,
    as_json: bool,
    archive_folder: Path,
    engine_url: str | None,  # noqa: ARG001 - every command takes the common options
) -> int:
    """Fetch disclosure logs into the archive: what is new, changed, moved or gone since last time.

    LOG is an id of the registry (`crossforce status` names those that were crawled). One request at a time goes to a
    host, at least two seconds apart, slower where its robots.txt says so; a site that blocks us is left alone and
    named. A crawl that was stopped goes on where it was.

    \b
    crossforce crawl gwent --check
    crossforce crawl --due && crossforce index
    """
    if sum((bool(logs), every, due)) != 1:
        raise click.UsageError("Name logs, or say --all or --due: one of the three.")
    registry = load_knowledge(archive_registry(archive_folder)).forces
    chosen = _chosen(logs, registry, archive_folder, due=due)
    try:
        if check:
            return _check(chosen, registry, proxy=proxy, as_json=as_json)
        with Archive.open(archive_folder, write=True, registry=registry) as archive:
            for repair in archive.repairs:
                say(f"mended: {repair}")
            reports = harvest(chosen, archive, registry, proxy=proxy, delay=delay)
    except CrawlRefusedError as error:
        raise click.UsageError(str(error)) from error
    for report in reports:
        if as_json:
            print_json(report.as_json())
        else:
            click.echo(in_words(report))
    return Status.FELL_SHORT if any(r.fell_short or r.failed for r in reports) else Status.DONE


def _chosen(names: Sequence[str], registry: ForceRegistry, archive_folder: Path, *, due: bool) -> list[Log]:
    if names:
        try:
            return [registry.log(name) for name in dict.fromkeys(names)]
        except UnknownIdError as error:
            raise click.UsageError(f"{error}.") from error
    able = [log for log in registry.logs.values() if log.platform in SPIDERS]
    if left := [log.id for log in registry.logs.values() if log.platform not in SPIDERS]:
        say(f"{len(left)} logs have no spider yet: {', '.join(left)}.")
    return [log for log in able if _is_due(log, archive_folder)] if due else able


def _is_due(log: Log, archive_folder: Path) -> bool:
    try:
        with Archive.open(archive_folder) as archive:
            runs = archive.runs(log.id)
    except ArchiveMissingError:
        return True
    return not runs or runs[0].ended is None or datetime.now(UTC) - runs[0].started > DUE_AFTER


def harvest(
    logs: Sequence[Log], archive: Archive, registry: ForceRegistry, *, proxy: str | None, delay: float | None = None
) -> list[LogReport]:
    """Crawl with a bar of answers, rate and what is waiting on standard error."""
    with _bar() as show:
        return run_crawl(logs, archive, registry, proxy=proxy, delay=delay, progress=show)


@contextmanager
def _bar() -> Iterator[_Bar]:
    bar = tqdm(desc="fetching", delay=PROGRESS_AFTER, file=sys.stderr, unit="", leave=False)
    with bar:
        yield _Bar(bar)


class _Bar:
    """Adds up the logs of a crawl for one bar: how many answers, how many addresses are known to wait."""

    def __init__(self, bar: tqdm[NoReturn]) -> None:
        self._bar = bar
        self._latest: dict[str, Progress] = {}

    def __call__(self, progress: Progress) -> None:
        """One answer was dealt with."""
        self._latest[progress.log] = progress
        self._bar.total = self._bar.n + 1 + sum(p.waiting for p in self._latest.values())
        failed = sum(p.failed for p in self._latest.values())
        self._bar.set_postfix_str(f"{progress.log}{f', {failed} failed' if failed else ''}", refresh=False)
        self._bar.update()


def in_words(report: LogReport) -> str:
    """One log's report on a line."""
    states = ("new", "changed", "unchanged", "moved", "gone", "failed")
    counts = ", ".join(f"{getattr(report, state)} {state}" for state in states if getattr(report, state))
    missing = ", ".join(f"{field} missing on {count}" for field, count in report.missing_fields.items())
    told = "; ".join(words for words in (counts or "nothing found", missing, report.reason) if words)
    return f"{report.log:<28} {report.status.value:<12} {report.pages:>5} pages  {told}"


def _check(logs: Sequence[Log], registry: ForceRegistry, *, proxy: str | None, as_json: bool) -> int:
    from crawler.check import check

    short = False
    for log in logs:
        found = check(log, registry, proxy=proxy)
        short = short or found.fell_short
        if as_json:
            print_json(found.as_json())
        else:
            click.echo(found.in_words())
    return Status.FELL_SHORT if short else Status.DONE
