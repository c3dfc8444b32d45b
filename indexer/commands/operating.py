"""``letter``, ``licence``, ``reuse-request``: what an operator writes to a force, and what its licence allows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from indexer.archive import Archive, UnknownDisclosureError
from indexer.build import Builder
from indexer.commands.options import Status, archive_registry, common_options, json_option, print_json, say
from indexer.correspondence import reuse_letter
from indexer.extraction import Extractor
from indexer.forces import UnknownIdError
from indexer.knowledge import load_knowledge
from indexer.overview import decision_json, letter_about, overview


@click.command()
@click.argument("record_id", metavar="ID")
@common_options
def letter(record_id: str, archive_folder: Path, engine_url: str | None) -> int:  # noqa: ARG001
    """Write a letter to the force about hidden data in a record's files, to be read, changed and sent by you.

    It says which file, what kind of hiding and where, and how to mend it; never what is hidden. `crossforce status`
    names the records whose originals are held back.
    """
    knowledge = load_knowledge(archive_registry(archive_folder))
    with Archive.open(archive_folder, registry=knowledge.forces) as archive, Extractor() as extractor:
        if archive.stored(record_id) is None:
            raise UnknownDisclosureError(f"The archive has no record {record_id!r}.")
        builder = Builder(archive, knowledge, extractor, today=datetime.now(UTC).date())
        text = letter_about(archive, knowledge, overview(builder), record_id)
    if text is None:
        say("Nothing of this record is held back, so there is nothing to write about.")
        return Status.FELL_SHORT
    click.echo(text)
    return Status.DONE


@click.command()
@click.argument("log")
@click.option(
    "--full-text/--no-full-text",
    default=None,
    help="Whether whole texts and kept copies of this log may be shown in public.",
)
@click.option("--reason", required=True, help="What allows it, or forbids it; kept for the operator.")
@json_option
@common_options
def licence(
    log: str,
    full_text: bool | None,
    reason: str,
    as_json: bool,
    archive_folder: Path,
    engine_url: str | None,  # noqa: ARG001
) -> int:
    """Say for one log whether a public site may show whole texts, whatever the registry knows of its licence.

    LOG is an id of the registry. Without this, a public site shows whole texts only where the licence is known to be
    open. A site that is running obeys at once. A reading room on this machine shows everything either way.
    """
    if full_text is None:
        raise click.UsageError("Say --full-text or --no-full-text.")
    knowledge = load_knowledge(archive_registry(archive_folder))
    try:
        known = knowledge.forces.log(log)
    except UnknownIdError as error:
        raise click.UsageError(f"{error}.") from error
    with Archive.open(archive_folder, decide=True, registry=knowledge.forces) as archive:
        decision = archive.decisions.licence(known.id, full_text=full_text, reason=reason)
    if as_json:
        print_json(decision_json(decision))
    else:
        what = "may be shown whole" if full_text else "are not shown whole"
        say(f"In public, texts of {known.id} {what} (decision {decision.number}; licence: {known.licence}).")
    return Status.DONE


@click.command("reuse-request")
@click.argument("force_id", metavar="FORCE")
@common_options
def reuse_request(force_id: str, archive_folder: Path, engine_url: str | None) -> int:  # noqa: ARG001
    """Write a request to a force for a licence to re-use its answers (Re-use of Public Sector Information Regulations).

    To be read, changed and sent by you. FORCE is an id of the registry, such as gwent.
    """
    knowledge = load_knowledge(archive_registry(archive_folder))
    try:
        force = knowledge.forces.force(force_id)
    except UnknownIdError as error:
        raise click.UsageError(f"{error}.") from error
    click.echo(reuse_letter(force, force.logs))
    return Status.DONE
