"""``preflight``: for a force, before it publishes a document."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import click

from indexer.commands.letters import letters_in, registry_option
from indexer.commands.options import Status, common_options, json_option, print_json, progress, say
from indexer.extraction import Document, Extractor
from indexer.extraction.holdback import kind_of
from indexer.knowledge import load_knowledge
from indexer.preflight import Report
from indexer.preflight import preflight as look


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE…")
@click.option("--fetch-links", is_flag=True, help="Ask each link of an “already published” answer whether it answers.")
@registry_option
@json_option
@common_options
def preflight(
    paths: tuple[Path, ...],
    fetch_links: bool,
    registry: Path | None,
    as_json: bool,
    archive_folder: Path,  # noqa: ARG001 - every command takes the common options
    engine_url: str | None,  # noqa: ARG001
) -> int:
    """Look at documents before they are published: hidden data, names and contacts, what will be misunderstood.

    FILE may be a letter or workbook in any format, or a folder of them. Each finding says where it is and how to mend
    it. Nothing is stored, and nothing leaves this machine. It ends with 1 where there is something to look at, and
    with 0 where there is nothing.

    \b
    crossforce preflight answer.docx figures.xlsx
    """
    files = list(letters_in(paths))
    knowledge = load_knowledge(registry)
    documents = [Document(data=file.read_bytes(), name=file.name) for file in files]
    short = False
    with Extractor() as extractor:
        reports = look(documents, knowledge, extractor, fetch_links=fetch_links)
        for file, report in progress(zip(files, reports, strict=True), what="looking", total=len(files)):
            named = replace(report, file=str(file))
            short = short or bool(report.findings)
            if as_json:
                print_json(_row(named))
            else:
                click.echo(_in_words(named))
    if not as_json:
        say(
            "Nothing was stored, and nothing left this machine."
            if not fetch_links
            else "Links were asked; no more left."
        )
    return Status.FELL_SHORT if short else Status.DONE


def _row(report: Report) -> dict[str, object]:
    return {
        "file": report.file,
        "held_back": [{"kind": hold.kind, "where": hold.where} for hold in report.held_back],
        "findings": [{"kind": one.kind, "where": one.where, "mend": one.mend} for one in report.findings],
    }


def _in_words(report: Report) -> str:
    """The report for a person who has never used a terminal: the worst first, each with what to do."""
    lines = [report.file]
    if not report.findings:
        return "\n".join([*lines, "  Nothing was found."])
    if report.held_back:
        lines.append("  DO NOT PUBLISH this file as it is: it holds more than it shows.")
        for hold in report.held_back:
            hiding = kind_of(hold)
            lines += [f"    {hiding.meaning} ({hold.where})", f"      → {hiding.mend}"]
    held = {(hold.kind, hold.where) for hold in report.held_back}
    rest = [one for one in report.findings if (one.kind, one.where) not in held]
    for kind, count in Counter(one.kind for one in rest).items():
        places = [one for one in rest if one.kind == kind]
        lines.append(f"  {kind.replace('_', ' ')}{f' ({count} places)' if count > 1 else ''}")
        for mend in dict.fromkeys(one.mend for one in places):
            lines += [f"    {one.where}" for one in places if one.mend == mend]
            lines.append(f"      → {mend}")
    return "\n".join(lines)
