"""``index``, ``status``, ``verify``: the archive's side, and what an operator wants to know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from indexer.archive import Archive, Stored
from indexer.archive.verify import verify as verify_archive
from indexer.build import Builder, BuildReport, Tally, bring_up_to_date
from indexer.commands.options import (
    Status,
    archive_registry,
    common_options,
    engine_address,
    json_option,
    print_json,
    progress,
    say,
)
from indexer.engines import open_engine
from indexer.engines.base import Engine
from indexer.extraction import Extractor
from indexer.knowledge import Knowledge, load_knowledge
from indexer.overview import decision_json, held_json, overview, overview_lines
from indexer.records import iso
from indexer.taking_out import reapply


@contextmanager
def opened(archive_folder: Path, *, write: bool = False) -> Iterator[tuple[Archive, Knowledge]]:
    """The archive with the registries it was made with."""
    knowledge = load_knowledge(archive_registry(archive_folder))
    with Archive.open(archive_folder, write=write, registry=knowledge.forces) as archive:
        yield archive, knowledge


def build(archive_folder: Path, engine: Engine, address: str, *, full: bool = False) -> BuildReport:
    """Bring the engine up to date with the archive, with a progress bar where it takes long."""
    with opened(archive_folder) as (archive, knowledge), Extractor() as extractor:
        builder = Builder(archive, knowledge, extractor, today=datetime.now(UTC).date())
        report = bring_up_to_date(archive, engine, address, builder, full=full, progress=_bar)
        reapply(archive, engine, address, builder)
        return report


def survey(archive_folder: Path) -> Tally:
    """What stands in the whole archive: held back, failed, hidden."""
    with opened(archive_folder) as (archive, knowledge), Extractor() as extractor:
        return Builder(archive, knowledge, extractor, today=datetime.now(UTC).date()).survey()


def _bar(found: Iterable[Stored], total: int) -> Iterable[Stored]:
    return progress(found, what="reading", total=total)


def report_json(report: BuildReport) -> dict[str, Any]:
    """What a build did, as ``index --json`` prints it."""
    tally = report.tally
    return {
        "version": report.version,
        "full": report.full,
        "indexed": report.indexed,
        "removed": report.removed,
        "rejected": [{"id": name, "reason": reason} for name, reason in report.rejected],
        "attachments": tally.attachments,
        "hidden": tally.hidden,
        "unfetched": tally.unfetched,
        "held_back": len(tally.held),
        "failed": [{"id": f.id, "document": f.document, "name": f.name, "reason": f.why} for f in tally.failed],
        "lost_masks": [{"id": name, "decision": number} for name, number in tally.lost],
    }


def say_report(report: BuildReport) -> None:
    """What a build did, in words for the person who started it."""
    removed = f", {report.removed:,} taken out" if report.removed else ""
    how = "built anew" if report.full else "brought up to date"
    say(f"{report.indexed:,} records indexed{removed}; version {report.version} {how}.")
    for name, reason in report.rejected:
        say(f"refused by the engine: {name}: {reason}")


def say_tally(tally: Tally) -> None:
    """What was held back and what could not be read, with the reasons."""
    if tally.held:
        kinds = Counter(hold.kind for held in tally.held for hold in held.holds)
        named = ", ".join(f"{kind} ×{count}" for kind, count in kinds.most_common())
        say(f"{len(tally.held):,} originals held back: {named}.")
    if tally.failed:
        kinds = Counter(failed.why.value.replace("_", " ") for failed in tally.failed)
        named = ", ".join(f"{kind} ×{count}" for kind, count in kinds.most_common())
        say(f"{len(tally.failed):,} documents not read whole: {named}.")
    for name, number in tally.lost:
        say(
            f"The passage that decision {number} masks is not found in {name}, so the record is left out: look at its "
            "page, mask it anew if need be, and revoke that decision."
        )


@click.command()
@click.option("--full", is_flag=True, help="Build a new version from nothing; readers never see half of it.")
@click.option("--use", "version", help="Go back to a version that is kept; `crossforce status` names them.")
@json_option
@common_options
def index(full: bool, version: str | None, as_json: bool, archive_folder: Path, engine_url: str | None) -> int:
    """Read what is new in the archive and bring the search index up to date.

    Run it after every crawl or import. The previous version is kept, so that --use can go back to it.
    """
    if full and version:
        raise click.UsageError("--full makes a new version and --use goes back to a kept one: choose one.")
    address = engine_address(engine_url, archive_folder)
    with closing(open_engine(address)) as engine:
        if version:
            engine.use(version)
        report = build(archive_folder, engine, address, full=full)
    if as_json:
        print_json(report_json(report))
    else:
        say_report(report)
        say_tally(report.tally)
    short = report.rejected or report.tally.failed or report.tally.lost
    return Status.FELL_SHORT if short else Status.DONE


@click.command()
@json_option
@common_options
def status(as_json: bool, archive_folder: Path, engine_url: str | None) -> int:
    """What is in the archive and the index: logs with their last crawl, records, versions; what is held back, where
    and why; what was decided and stands.

    Of what is held back only the kind of hiding and its place are told, never what it says.
    """
    with (
        opened(archive_folder) as (archive, knowledge),
        Extractor() as extractor,
        closing(open_engine(engine_address(engine_url, archive_folder))) as engine,
    ):
        seen = overview(Builder(archive, knowledge, extractor, today=datetime.now(UTC).date()))
        versions = engine.versions()
        totals = Counter(stored.log for stored in archive.disclosures())
        latest = {run.log: run for run in reversed(archive.runs())}
    rows = [
        {
            "log": log,
            "disclosures": totals.get(log, 0),
            "last_run": iso(latest[log].started) if log in latest else None,
            "last_status": latest[log].status if log in latest else None,
        }
        for log in sorted({*(k for k in totals if k), *latest})
    ]
    if as_json:
        for row in rows:
            print_json(row)
        print_json(
            {
                "disclosures": sum(totals.values()),
                "loose_letters": totals.get(None, 0),
                "versions": [
                    {"version": v.name, "records": v.records, "live": v.live, "made_at": v.made_at} for v in versions
                ],
                "not_indexed_yet": seen.tally.unread,
                "held_back": [held_json(held) for held in seen.tally.held],
                "failed": [
                    {"id": f.id, "document": f.document, "name": f.name, "reason": f.why} for f in seen.tally.failed
                ],
                "decisions": [decision_json(decision) for decision in seen.decisions],
            }
        )
        return Status.DONE
    for row in rows:
        name = knowledge.forces.name(knowledge.forces.log(str(row["log"])).force)
        click.echo(
            f"{name:<40} {row['disclosures']:>7,}  {row['last_status'] or 'never crawled'}  {row['last_run'] or ''}"
        )
    click.echo(f"{sum(totals.values()):,} disclosures, {totals.get(None, 0):,} of them loose letters")
    for v in versions:
        click.echo(f"index {v.name}  {v.records:,} records  {'in use' if v.live else 'kept'}")
    for line in overview_lines(seen):
        click.echo(line)
    return Status.DONE


@click.command()
@json_option
@common_options
def verify(as_json: bool, archive_folder: Path, engine_url: str | None) -> int:  # noqa: ARG001
    """Check every digest of every record, and that catalogue and WARC files tell the same."""
    problems = 0
    for problem in progress(verify_archive(archive_folder), what="verifying"):
        problems += 1
        if as_json:
            print_json({"kind": problem.kind, "where": problem.where, "what": problem.what})
        else:
            click.echo(f"{problem.kind}: {problem.where}: {problem.what}")
    if not as_json:
        say("Every record is whole." if not problems else f"{problems:,} problems.")
    return Status.FELL_SHORT if problems else Status.DONE
