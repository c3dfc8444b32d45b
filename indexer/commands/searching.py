"""``search``, ``show``, ``export``: what the site does, for programs and for people at a terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from indexer.archive import Archive
from indexer.build import Builder
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
from indexer.disclosure import OUTCOME_LABELS, Disclosure, Source
from indexer.engines.base import Engine
from indexer.extraction import Extractor
from indexer.grammar import QueryError
from indexer.guard import open_guarded
from indexer.knowledge import Knowledge, load_knowledge
from indexer.labels import label
from indexer.query import Facet, Hit, Query
from indexer.reading.references import reference_key
from indexer.records import as_json as record_json
from indexer.resultjson import results_json
from indexer.tables import Format, lines
from indexer.wording import unknown_force

_TYPED = re.compile("“[^”]*”")  # what a message repeats of the query


def open_knowledge(archive_folder: Path) -> Knowledge:
    """The registries that an archive was made with; the real ones where there is no archive."""
    return load_knowledge(archive_registry(archive_folder))


def as_query(text: str, **settings: Any) -> Query:
    """A query from the command line; a mistake in it is wrong use, its place told by number.

    The words themselves are not printed: what a command prints may be kept by a scheduler or a terminal.
    """
    query = Query(text=text, **settings)
    try:
        query.tree()
    except QueryError as error:
        where = f" (character {error.position + 1} of the query)" if error.position is not None else ""
        typed = text[error.position or 0 :].rstrip()
        mend = "" if error.mend.endswith(f'{typed}"') else error.mend
        message = _TYPED.sub("this", error.message)
        raise click.UsageError(f"{message[:1].upper()}{message[1:]}{where} {mend}".rstrip()) from None
    return query


@click.command()
@click.argument("query")
@click.option("--facets", "with_facets", is_flag=True, help="Count the result by force, section, outcome …")
@click.option("--limit", type=click.IntRange(0, 200), default=10, show_default=True, help="Records to print.")
@click.option("--no-synonyms", is_flag=True, help="Search the words as typed and no others.")
@json_option
@common_options
def search(
    query: str,
    with_facets: bool,
    limit: int,
    no_synonyms: bool,
    as_json: bool,
    archive_folder: Path,
    engine_url: str | None,
) -> int:
    """Search the index: words, "phrases", -not, OR, and terms such as force:gwent s:31 outcome:ncnd after:2020.

    \b
    crossforce search 'taser deployments s:31'
    crossforce search '"live facial recognition" after:2022' --facets --json
    """
    asked = as_query(query, size=max(limit, 1), synonyms=not no_synonyms)
    knowledge = open_knowledge(archive_folder)
    with closing(open_guarded(engine_address(engine_url, archive_folder), archive_folder)) as engine:
        results = engine.search(asked)
    if unknown_force(asked.tree(), knowledge):
        say("A force that is asked for is not in the registry; mappings/forces.toml lists every id.")
    hits = results.hits[:limit]
    if as_json:
        print_json(results_json(results, knowledge, hits=hits, with_facets=with_facets))
        return Status.DONE
    click.echo(f"{results.total:,} {'answer' if results.total == 1 else 'answers'}")
    if results.partial:
        say("Part of the index did not answer: there may be more.")
    for hit in hits:
        click.echo(_hit_in_words(hit, knowledge))
    if with_facets:
        for facet, values in results.facets.items():
            click.echo(f"\n{facet.value}")
            for value in values:
                click.echo(f"  {value.count:>7,}  {label(facet, value.value, knowledge)}")
    return Status.DONE


def _hit_in_words(hit: Hit, knowledge: Knowledge) -> str:
    record = hit.disclosure
    names = ", ".join(knowledge.forces.name(f) for f in record.forces) or "force not stated"
    head = (
        f"\n{record.title}\n  {names} · {record.reading.reference or 'no reference'} · {record.dated_on or 'undated'}"
    )
    outcomes = ", ".join(OUTCOME_LABELS[o] for o in record.reading.outcomes)
    found = [f"  {outcomes}" if outcomes else "", f"  {record.id}"]
    found += [f"    … {' '.join(s.text.split())} …" for s in hit.snippets[:2]]
    return "\n".join([head, *(line for line in found if line)])


def find_records(engine: Engine, name: str, force: str | None) -> list[Disclosure]:
    """Records by id, else by reference in any spelling."""
    record = engine.get(name)
    if record is not None:
        return [record]
    ids = engine.by_reference(reference_key(name), force)
    return [found for found in (engine.get(i) for i in ids) if found is not None]


@click.command()
@click.argument("name", metavar="ID_OR_REFERENCE")
@click.option("--force", "force_id", help="Only this force's: references are not unique.")
@click.option("--text", is_flag=True, help="The text too.")
@json_option
@common_options
def show(
    name: str, force_id: str | None, text: bool, as_json: bool, archive_folder: Path, engine_url: str | None
) -> int:
    """Show one record whole: its facts, where it was found, and with --text every page.

    A reference may be spelt in any way; where several forces use it, each record is shown.
    """
    knowledge = open_knowledge(archive_folder)
    with closing(open_guarded(engine_address(engine_url, archive_folder), archive_folder)) as engine:
        found = find_records(engine, name, force_id)
    for record, file in _with_originals(found, archive_folder, knowledge):
        if as_json:
            print_json(record_json(record, file=file, text=text))
        else:
            click.echo(_record_in_words(record, knowledge, text=text))
    if not found:
        say("No record has this id or reference. `crossforce search ref:…` lists what is near.")
        return Status.FELL_SHORT
    return Status.DONE


def _with_originals(
    found: list[Disclosure], archive_folder: Path, knowledge: Knowledge
) -> Iterator[tuple[Disclosure, str | None]]:
    """Each record as its operator knows it, and the name of the file that a loose letter came in."""
    if not found or not archive_folder.is_dir():
        yield from ((record, None) for record in found)
        return
    with Archive.open(archive_folder, registry=knowledge.forces) as archive, Extractor() as extractor:
        builder = Builder(archive, knowledge, extractor, today=datetime.now(UTC).date())
        for record in found:
            stored = archive.stored(record.id)
            if stored is None:
                yield record, None
            else:
                loose = stored.main.origin if stored.main and stored.log is None else None
                yield builder.with_originals(record, stored), loose


def _record_in_words(record: Disclosure, knowledge: Knowledge, *, text: bool) -> str:
    from indexer.commands.letters import in_words

    lines_ = [record.title, f"  id         {record.id}", in_words(record, "", knowledge).lstrip("\n")]
    lines_ += [f"  {s.kind:<10} {s.url} ({_seen(s)}, sha256 {s.sha256[:16]}…)" for s in record.sources]
    lines_ += [
        f"  file {a.number}     {a.name} ({a.media_type}, {a.size:,} bytes)"
        + ("" if a.available else " — attachment not available")
        for a in record.attachments
    ]
    if text:
        for part in record.parts:
            lines_ += [f"\n--- {part.part}, page {part.page}", part.text]
    return "\n".join(lines_)


def _seen(source: Source) -> str:
    moment = f"{source.fetched_at:%Y-%m-%d %H:%M} UTC"
    if source.kind == "letter":
        return f"imported, dated {moment}"
    state = f"gone since {source.gone_since:%Y-%m-%d}" if source.gone_since else "live when last seen"
    return f"fetched {moment}, {state}"


@click.command()
@click.argument("query")
@click.option("--format", "form", type=click.Choice([f.value for f in Format]), required=True)
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    required=True,
    help="File to write, or - for standard output.",
)
@click.option("--facet", "facets", multiple=True, metavar="NAME=VALUE", help="A facet choice, as on the page.")
@common_options
def export(
    query: str, form: str, target: Path, facets: tuple[str, ...], archive_folder: Path, engine_url: str | None
) -> int:
    """Write the whole of a result to a file, in the order of the page, every record of it.

    \b
    crossforce export 's:31 after:2018' --format csv --to section-31.csv
    """
    if not target.parent.is_dir():
        raise click.BadParameter(f"there is no folder {target.parent}; make it first.", param_hint="--to")
    asked = as_query(query, chosen=_choices(facets))
    knowledge = open_knowledge(archive_folder)
    snapshot = datetime.now(UTC)
    with closing(open_guarded(engine_address(engine_url, archive_folder), archive_folder)) as engine:
        total = engine.search(asked).total
        records = progress(engine.scan(asked), what="exporting", total=total)
        rows = lines(records, Format(form), knowledge, snapshot)
        if str(target) == "-":
            for line in rows:
                sys.stdout.write(line)
            return Status.DONE
        fresh = target.with_name(
            f".{target.name}.{os.getpid()}.part"
        )  # nothing half-written stays under the name asked for
        try:
            with fresh.open("w", encoding="utf-8", newline="") as file:
                file.writelines(rows)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    say(f"{total:,} records written to {target}")
    return Status.DONE


def _choices(facets: tuple[str, ...]) -> dict[Facet, frozenset[str]]:
    chosen: dict[Facet, set[str]] = {}
    for choice in facets:
        name, _, value = choice.partition("=")
        if name not in set(Facet) or not value:
            raise click.BadParameter(
                f"{choice!r} is no choice; write NAME=VALUE with a name of {', '.join(Facet)}.", param_hint="--facet"
            )
        chosen.setdefault(Facet(name), set()).add(value)
    return {facet: frozenset(values) for facet, values in chosen.items()}
