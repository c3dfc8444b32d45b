"""What an operator must know: what is held back and why, what was decided, what could not be read. Metadata alone.

No preview: moderating files by opening them harms whoever does it, and nothing here needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from indexer.archive import Action, Archive, Decision
from indexer.build import Builder, Held, Tally
from indexer.correspondence import HeldFile, hidden_data_letter
from indexer.extraction.holdback import kind_of
from indexer.knowledge import Knowledge
from indexer.records import iso


@dataclass(frozen=True, slots=True)
class Overview:
    """As of now."""

    tally: Tally
    decisions: tuple[Decision, ...]  # that stand, newest first


def overview(builder: Builder) -> Overview:
    """Look through the whole archive's kept texts; nothing is extracted and no engine asked."""
    standing = tuple(d for d in builder.archive.decisions.all() if d.revoked_at is None and not _over(d, builder))
    return Overview(builder.survey(), standing)


def _over(decision: Decision, builder: Builder) -> bool:
    return decision.action is Action.SUSPEND and decision.until is not None and decision.until <= builder.today


def held_json(held: Held) -> dict[str, Any]:
    """One original that is held back."""
    return {
        "id": held.id,
        "document": held.document,
        "name": held.name,
        "holds": [{"kind": h.kind, "where": h.where, "meaning": kind_of(h).meaning} for h in held.holds],
        "release": release_command(held),
    }


def decision_json(decision: Decision) -> dict[str, Any]:
    """One decision that stands."""
    return {
        "decision": decision.number,
        "action": decision.action,
        "id": decision.id,
        "log": decision.log,
        "decided_at": iso(decision.decided_at),
        "until": iso(decision.until),
        "attachment": decision.attachment,
        "full_text": decision.full_text,
        "reason": decision.reason,
    }


def release_command(held: Held) -> str:
    """The command that lets an original be served."""
    number = held.document.removeprefix("attachment-")
    attachment = f" --attachment {number}" if number != held.document else ""
    return f'crossforce release {held.id}{attachment} --reason "…"'


def erase_command(held: Held) -> str:
    """The command that takes a record with its bytes out of the archive."""
    return f'crossforce erase {held.id} --reason "…"'


def letter_about(archive: Archive, knowledge: Knowledge, seen: Overview, record_id: str) -> str | None:
    """A letter to the force about what is hidden in a record's files; None where nothing is held of it."""
    stored = archive.stored(record_id)
    held = [one for one in seen.tally.held if stored and one.id == stored.id]
    if stored is None or not held:
        return None
    urls = {f"attachment-{attachment.number}": attachment.url for attachment in stored.attachments}
    files = [HeldFile(name=one.name, url=urls.get(one.document, stored.url), holds=one.holds) for one in held]
    names = " and ".join(knowledge.forces.name(force) for force in stored.forces) or "[the force]"
    return hidden_data_letter(names, stored.reference, stored.url, files)


def overview_lines(seen: Overview) -> Iterator[str]:
    """The same for a person at a terminal."""
    if seen.tally.unread:
        yield f"{seen.tally.unread:,} documents wait for `crossforce index`"
    if seen.tally.held:
        yield f"\n{len(seen.tally.held):,} originals held back (nobody else is told)"
    for held in seen.tally.held:
        yield f"  {held.id}  {held.document}  {held.name}"
        yield from (f"    {hold.kind}: {kind_of(hold).meaning} ({hold.where})" for hold in held.holds)
        yield f"    {release_command(held)}"
    if seen.decisions:
        yield f"\n{len(seen.decisions):,} decisions stand"
    for decision in seen.decisions:
        until = f" until {decision.until}" if decision.until else ""
        what = f"{decision.action.value} {decision.id or decision.log}{until}"
        yield f"  {decision.number:>4}  {decision.decided_at:%Y-%m-%d}  {what}: {decision.reason}"
