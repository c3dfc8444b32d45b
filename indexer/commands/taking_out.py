"""``withdraw``, ``suspend``, ``mask``, ``erase``, ``release``, ``revoke``: what an operator decides about a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from indexer.archive import Action, Archive
from indexer.build import Builder
from indexer.commands.options import (
    Status,
    archive_registry,
    common_options,
    engine_address,
    json_option,
    print_json,
    say,
)
from indexer.engines import open_engine
from indexer.extraction import Extractor
from indexer.knowledge import load_knowledge
from indexer.records import iso
from indexer.taking_out import Done, Operator

PAST = {
    Action.WITHDRAW: "Withdrawn",
    Action.SUSPEND: "Suspended",
    Action.MASK: "Masked",
    Action.ERASE: "Erased",
    Action.RELEASE: "Released",
}

reason_option = click.option(
    "--reason",
    required=True,
    help="Why, for the operator alone. It is kept: name nobody and nothing here that is to be taken out.",
)


@contextmanager
def deciding(archive_folder: Path, engine_url: str | None, *, write: bool = False) -> Iterator[Operator]:
    """Archive and engine for a decision; a crawl that goes on is no hindrance, except to an erasure."""
    knowledge = load_knowledge(archive_registry(archive_folder))
    address = engine_address(engine_url, archive_folder)
    with (
        Archive.open(archive_folder, write=write, decide=True, registry=knowledge.forces) as archive,
        Extractor() as extractor,
        closing(open_engine(address)) as engine,
    ):
        today = datetime.now(UTC).date()
        yield Operator(archive, engine, address, Builder(archive, knowledge, extractor, today=today))


def _carry_out(
    act: Callable[[Operator], Done], archive_folder: Path, engine_url: str | None, *, as_json: bool, write: bool = False
) -> int:
    with deciding(archive_folder, engine_url, write=write) as operator:
        try:
            done = act(operator)
        except ValueError as error:
            raise click.UsageError(f"{error}.") from error
    if as_json:
        print_json(done_json(done))
    else:
        say_done(done)
    if done.waiting:
        return Status.OUT_OF_REACH
    return Status.FELL_SHORT if done.lost or (done.erasure and not done.erasure.clean) else Status.DONE


def done_json(done: Done) -> dict[str, Any]:
    """What a decision did, as ``--json`` prints it."""
    decision = done.decision
    return {
        "decision": decision.number,
        "action": decision.action,
        "id": decision.id,
        "decided_at": iso(decision.decided_at),
        "revoked_at": iso(decision.revoked_at),
        "until": iso(decision.until),
        "removed": list(done.removed),
        "remade": list(done.remade),
        "lost": list(done.lost),
        "alike": [asdict(one) for one in done.alike],
        "erasure": done.erasure
        and {
            "records": done.erasure.records,
            "files_rewritten": done.erasure.files_rewritten,
            "files_scanned": done.erasure.files_scanned,
            "bytes_scanned": done.erasure.bytes_scanned,
            "kept": list(done.erasure.kept),
            "left": list(done.erasure.left),
        },
        "waiting": done.waiting,
    }


def say_done(done: Done) -> None:
    """What a decision did, in words."""
    decision = done.decision
    what = "Revoked" if decision.revoked_at else PAST[decision.action]
    until = f" until {decision.until}" if decision.until and not decision.revoked_at else ""
    say(f"{what}: {decision.id or decision.log}{until} (decision {decision.number}).")
    if done.removed:
        say(f"Taken out of every index version: {', '.join(done.removed)}.")
    if done.remade:
        say(f"Made anew in the version in use: {', '.join(done.remade)}.")
    for name in done.lost:
        say(f"In {name} the masked passage is not found, so the record is left out of every answer.")
    if done.erasure:
        _say_erasure(done)
    for one in done.alike:
        say(f"Nearly the same text, not taken out: {one.id} ({one.likeness:.0%} alike) {one.title}")
    if done.alike:
        say("Look at each with `crossforce show ID --text`; take it out with a decision of its own.")
    if done.waiting:
        say(f"Decided, and hidden from every answer; the index could not be changed yet: {done.waiting}")
        say("`crossforce index` carries it out.")


def _say_erasure(done: Done) -> None:
    erasure = done.erasure
    assert erasure
    say(
        f"{erasure.records} records taken out of {erasure.files_rewritten} WARC files; "
        f"{erasure.files_scanned} files ({erasure.bytes_scanned:,} bytes) searched for what was in them: "
        + ("nothing left." if erasure.clean else f"still found in {', '.join(erasure.left)}.")
    )
    for address in erasure.kept:
        say(f"Kept, because another record links to it too: {address}")


@click.command()
@click.argument("record_id", metavar="ID")
@reason_option
@json_option
@common_options
def withdraw(record_id: str, reason: str, as_json: bool, archive_folder: Path, engine_url: str | None) -> int:
    """Take a record out of every answer, for good.

    It stays out if it is crawled again at another address, imported, or the index is built anew or rolled back. The
    archive keeps it as evidence; `erase` removes the bytes too. Nearly identical texts of the same force are listed
    and stay. The public log says that and when it was withdrawn, never why.
    """
    act = partial(Operator.withdraw, record_id=record_id, reason=reason)
    return _carry_out(act, archive_folder, engine_url, as_json=as_json)


def _future(_: click.Context, __: click.Parameter, value: datetime) -> date:
    if value.date() <= datetime.now(UTC).date():
        raise click.BadParameter("the day must be after today.")
    return value.date()


@click.command()
@click.argument("record_id", metavar="ID")
@click.option(
    "--until",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_future,
    help="The day on which it may be seen again.",
)
@reason_option
@json_option
@common_options
def suspend(
    record_id: str, until: date, reason: str, as_json: bool, archive_folder: Path, engine_url: str | None
) -> int:
    """Take a record out until a day, as while proceedings are live.

    On that day it is no longer hidden, and the next `crossforce index` brings it back.
    """
    act = partial(Operator.suspend, record_id=record_id, until=until, reason=reason)
    return _carry_out(act, archive_folder, engine_url, as_json=as_json)


@click.command()
@click.argument("record_id", metavar="ID")
@click.option("--part", default="page", show_default=True, help="page, attachment-1, attachment-2 …")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Page of that document.")
@click.option("--start", type=click.IntRange(0), required=True, help="First character, counted from 0.")
@click.option("--end", type=click.IntRange(1), required=True, help="The character after the last.")
@reason_option
@json_option
@common_options
def mask(
    record_id: str,
    part: str,
    page: int,
    start: int,
    end: int,
    reason: str,
    as_json: bool,
    archive_folder: Path,
    engine_url: str | None,
) -> int:
    """Cover a passage of a record's text, wherever it stands in the record, also after the page has changed.

    Offsets are those of `crossforce show ID --text --json`. Whole words are covered. The original is then no longer
    served.
    """
    act = partial(Operator.mask, record_id=record_id, part=part, page=page, start=start, end=end, reason=reason)
    return _carry_out(act, archive_folder, engine_url, as_json=as_json)


@click.command()
@click.argument("record_id", metavar="ID")
@reason_option
@json_option
@common_options
def erase(record_id: str, reason: str, as_json: bool, archive_folder: Path, engine_url: str | None) -> int:
    """Take a record's bytes out of archive and index, and prove it. This cannot be undone.

    The WARC files are written anew without it, its text and words go, every index version is written anew; then every
    file is searched for what was in it. A tombstone of hashes keeps it from being taken in again. Wait for a crawl to
    end, or `withdraw` first. Copies elsewhere (backups, snapshots of Elasticsearch) are yours to clean.
    """
    act = partial(Operator.erase, record_id=record_id, reason=reason)
    return _carry_out(act, archive_folder, engine_url, as_json=as_json, write=True)


@click.command()
@click.argument("record_id", metavar="ID")
@click.option("--attachment", type=click.IntRange(1), help="Its number; without it the main document is released.")
@reason_option
@json_option
@common_options
def release(
    record_id: str, attachment: int | None, reason: str, as_json: bool, archive_folder: Path, engine_url: str | None
) -> int:
    """Let an original be served that was held back for what it hides.

    `crossforce status` names what is held, and why. It holds for exactly these bytes: should the force replace the
    file, the new one is looked at afresh.
    """
    act = partial(Operator.release, record_id=record_id, attachment=attachment, reason=reason)
    return _carry_out(act, archive_folder, engine_url, as_json=as_json)


@click.command()
@click.argument("number", type=int, metavar="DECISION")
@reason_option
@json_option
@common_options
def revoke(number: int, reason: str, as_json: bool, archive_folder: Path, engine_url: str | None) -> int:
    """Undo a decision by its number, but never an erasure. `crossforce status` lists those that stand."""
    act = partial(Operator.revoke, number=number, reason=reason)
    return _carry_out(act, archive_folder, engine_url, as_json=as_json)
