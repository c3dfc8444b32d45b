"""``import``: web archives, saved pages and loose letters into the archive."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from indexer.archive.importing import Brought, Importer, Outcome
from indexer.commands.keeping import opened
from indexer.commands.options import Status, common_options, json_option, print_json, progress, say
from indexer.forces import UnknownIdError


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH…")
@click.option("--force", "force_id", help="Who answers, for loose letters that do not say.")
@json_option
@common_options
def import_(
    paths: tuple[Path, ...],
    force_id: str | None,
    as_json: bool,
    archive_folder: Path,
    engine_url: str | None,  # noqa: ARG001 - every command takes the common options
) -> int:
    """Bring pages and letters that you have into the archive: WARC, WACZ, saved pages, loose letters, or folders.

    Pages are read by the same readers as a crawl and filed under their own addresses; a letter belongs to the force
    that it names, else to --force, else to nobody. What is not taken is named, with the reason. Run `crossforce index`
    afterwards.

    \b
    crossforce import browsing.wacz
    crossforce import letters/ --force gwent
    """
    tally: Counter[Outcome] = Counter()
    with opened(archive_folder, write=True) as (archive, knowledge):
        for repair in archive.repairs:
            say(f"mended: {repair}")
        try:
            forces = (knowledge.forces.force(force_id).id,) if force_id else ()
        except UnknownIdError as error:
            raise click.BadParameter(f"{error}.", param_hint="--force") from error
        found = Importer(archive, knowledge.forces, forces=forces).bring(paths)
        for brought in progress(found, what="importing"):
            tally[brought.outcome] += 1
            if as_json:
                print_json(_row(brought))
            elif brought.outcome in (Outcome.FAILED, Outcome.SKIPPED):
                say(f"{brought.outcome.value}: {brought.url or brought.file}: {brought.reason}")
    if not as_json:
        say(", ".join(f"{count:,} {outcome.value}" for outcome, count in tally.items()) or "Nothing was found there.")
        if tally[Outcome.NEW] or tally[Outcome.CHANGED]:
            say("`crossforce index` makes them searchable.")
    return Status.FELL_SHORT if tally[Outcome.FAILED] or not tally else Status.DONE


def _row(brought: Brought) -> dict[str, str | None]:
    return {
        "file": brought.file,
        "what": brought.what,
        "outcome": brought.outcome.value,
        "url": brought.url,
        "id": brought.id,
        "log": brought.log,
        "reason": brought.reason,
    }
