"""``read``: letters without any archive, for a researcher over a folder or an officer over a draft."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import click

from indexer.assembly import Body, Material, assemble
from indexer.commands.options import Status, common_options, json_option, print_json, progress, say
from indexer.disclosure import (
    APPLIED_ROLES,
    OUTCOME_LABELS,
    Citation,
    CitationRole,
    Disclosure,
    Extraction,
    FailureKind,
)
from indexer.extraction import Document, Extractor
from indexer.forces import UnknownIdError
from indexer.knowledge import Knowledge, load_knowledge
from indexer.records import as_json

registry_option = click.option(
    "--registry",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another forces.toml, such as the samples'.",
)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="FILE…")
@click.option(
    "--jsonl", type=click.File("rb"), help='Read {"id", "text"} lines from this file, or from - (standard input).'
)
@click.option("--force", "force_id", help="Who answers, where the letters do not say.")
@registry_option
@click.option("--text", is_flag=True, help="With --json: the text too, with whose words are where.")
@json_option
@common_options
def read(
    paths: tuple[Path, ...],
    jsonl: BinaryIO | None,
    force_id: str | None,
    registry: Path | None,
    text: bool,
    as_json: bool,
    archive_folder: Path,  # noqa: ARG001 - every command takes the common options
    engine_url: str | None,  # noqa: ARG001
) -> int:
    """Read letters and print the facts in them: force, reference, dates, exemptions, outcomes.

    FILE may be a letter in any format (PDF, DOCX, ODT, RTF, HTML, text, a workbook) or a folder of them. Nothing
    is stored, and nothing leaves this machine.

    \b
    crossforce read answer.pdf
    crossforce read letters/ --json > facts.jsonl
    """
    if bool(paths) == (jsonl is not None):
        raise click.UsageError("Name files to read, or --jsonl FILE: one of the two.")
    knowledge = load_knowledge(registry)
    publisher = _publisher(force_id, knowledge)
    readings = _read_lines(jsonl, knowledge, publisher) if jsonl else _read_files(paths, knowledge, publisher)
    short = 0
    for name, file, record, pages in readings:
        if isinstance(record, str):
            say(f"{name}: {record}")
            short += 1
            continue
        short += record.failure is not None
        if as_json:
            print_json(_row(record, given=name if file is None else None, file=file, text=text, pages=pages))
        else:
            click.echo(in_words(record, file or str(name), knowledge))
    return Status.FELL_SHORT if short else Status.DONE


Read = tuple[Any, str | None, Disclosure | str, int]  # name or id as given, file, record or what is wrong, pages


def _publisher(force_id: str | None, knowledge: Knowledge) -> tuple[str, ...]:
    if force_id is None:
        return ()
    try:
        return (knowledge.forces.force(force_id).id,)
    except UnknownIdError as error:
        raise click.BadParameter(str(error), param_hint="--force") from error


def _row(record: Disclosure, *, given: Any, file: str | None, text: bool, pages: int) -> dict[str, Any]:
    row = as_json(record, file=file, text=text, pages=pages)
    if given is not None:
        row["id"] = given
    return row


def letters_in(paths: Sequence[Path]) -> Iterator[Path]:
    """Files as named, and those of a folder, in order of name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        else:
            yield path


def _read_files(paths: Sequence[Path], knowledge: Knowledge, publisher: Sequence[str]) -> Iterator[Read]:
    files = list(letters_in(paths))
    with Extractor() as extractor:
        documents = (Document(data=path.read_bytes(), name=path.name) for path in files)
        found = zip(files, extractor.extract_many(documents), strict=True)
        for path, extraction in progress(found, what="reading", total=len(files)):
            data = path.read_bytes()
            record = _loose(data, path.name, extraction, knowledge, publisher)
            yield record.id, str(path), record, len(extraction.pages)


def _read_lines(lines: BinaryIO, knowledge: Knowledge, publisher: Sequence[str]) -> Iterator[Read]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        wrong = f"line {number} of --jsonl is no {{'id': …, 'text': …}} object"
        try:
            row = json.loads(line)
            name, text = row["id"], row["text"]
        except (ValueError, TypeError, KeyError) as error:
            yield f"line {number}", None, f"{wrong} ({error}); write one JSON object a line with those two keys.", 0
            continue
        if not isinstance(text, str):
            yield name, None, f"{wrong}: 'text' must be a string.", 0
            continue
        extraction = Extraction(
            media_type="text/plain", pages=(text,), failure=None if text.strip() else FailureKind.EMPTY
        )
        yield name, None, _loose(text.encode("utf-8", "surrogatepass"), str(name), extraction, knowledge, publisher), 1


def _loose(
    data: bytes, name: str, extraction: Extraction, knowledge: Knowledge, publisher: Sequence[str]
) -> Disclosure:
    digest = sha256(data).hexdigest()
    body = Body(name=name, url=None, sha256=digest, size=len(data), extraction=extraction)
    return assemble(Material(id=digest[:16], main=body, publisher=publisher), knowledge)


def in_words(record: Disclosure, name: str, knowledge: Knowledge) -> str:
    """The facts of one letter for a person at a terminal."""
    facts = record.reading
    lines = [click.style(name, bold=sys.stdout.isatty())]
    if record.failure:
        lines.append(f"  could not be read whole: {record.failure.value.replace('_', ' ')}")
    if record.held_back:
        lines.append("  held back: " + ", ".join(f"{h.kind} ({h.where})" for h in record.held_back))
    rows = [
        ("force", ", ".join(knowledge.forces.name(f) for f in record.forces)),
        ("reference", facts.reference),
        ("received", facts.received_on),
        ("answered", facts.answered_on),
        ("published", record.published_on),
        ("law", ", ".join(facts.regimes)),
        ("outcome", ", ".join(OUTCOME_LABELS[o] for o in facts.outcomes)),
    ]
    lines += [f"  {label:<10} {value or 'not stated'}" for label, value in rows]
    applied = {_applied(c, knowledge) for c in facts.citations if c.role in APPLIED_ROLES}
    lines.append(f"  {'applied':<10} {', '.join(sorted(applied)) or 'nothing'}")
    lines += [
        f"  question {answer.question}: {', '.join(OUTCOME_LABELS[o] for o in answer.outcomes)}"
        for answer in facts.answers
        if answer.question
    ]
    return "\n".join(lines)


def _applied(citation: Citation, knowledge: Knowledge) -> str:
    printed = knowledge.provisions.printed_label(citation.regime, citation.provision)
    return f"{printed} (neither confirm nor deny)" if citation.role is CitationRole.APPLIED_NCND else printed
