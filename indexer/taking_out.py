"""Taking things out: a decision in the archive, and at once its effect in every index version that is kept.

A decision is written down first. Should the engine be out of reach then, or this process be killed, nothing is lost:
every answer already leaves out what stands (``indexer.guard``), and the next index run carries it out
(``reapply``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from rapidfuzz import fuzz

from indexer.archive import Action, Archive, Decision, Erasure, Marks, Mask, Stored, UnknownDisclosureError, Verdict
from indexer.build import Builder, for_index, marks_of
from indexer.disclosure import Disclosure
from indexer.document import request_of
from indexer.engines.base import Engine, EngineDataError, EngineUnavailableError
from indexer.indexstate import IndexState

ALIKE: Final = 90.0  # of 100: the same letter with another date, a few words mended or a new banner
CANDIDATES: Final = 100  # records that are compared: those whose requests are nearest
COMPARED: Final = 20_000  # code points of each: some seven pages, and a comparison in milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A record of the same force with nearly the same text. It was not taken out: the operator looks at it first."""

    id: str
    title: str
    reference: str | None
    likeness: float  # 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a decision did."""

    decision: Decision
    removed: tuple[str, ...] = ()  # ids that no index version holds any more
    remade: tuple[str, ...] = ()  # ids that the version in use holds anew, as the decision leaves them
    lost: tuple[str, ...] = ()  # ids in which the masked passage does not stand
    alike: tuple[Alike, ...] = ()
    erasure: Erasure | None = None
    waiting: str | None = None  # why the index does not hold it yet; it is hidden all the same


class Operator:
    """Decisions about one archive, carried out in one engine. The engine must not be a guarded one: it sees all."""

    def __init__(self, archive: Archive, engine: Engine, address: str, builder: Builder) -> None:
        """``archive`` opened to decide, or to write where something is erased; ``address`` is the engine's."""
        self.archive = archive
        self.engine = engine
        self.address = address
        self.builder = builder

    def withdraw(self, record_id: str, reason: str) -> Done:
        """Take a record out until the decision is revoked. Raises ``UnknownDisclosureError``."""
        _, _, marks, alike = self._looked_at(record_id)
        return self._carried_out(self.archive.decisions.decide(Action.WITHDRAW, reason, marks=marks), alike)

    def suspend(self, record_id: str, until: date, reason: str) -> Done:
        """Take a record out until the morning of a day. Raises ``UnknownDisclosureError``."""
        _, _, marks, alike = self._looked_at(record_id)
        decision = self.archive.decisions.decide(Action.SUSPEND, reason, marks=marks, until=until)
        return self._carried_out(decision, alike)

    def mask(self, record_id: str, part: str, page: int, start: int, end: int, reason: str) -> Done:
        """Cover a passage; offsets are those of the record's text as shown. It is widened to whole words.

        Raises ``UnknownDisclosureError``; ``ValueError`` where there is no such passage.
        """
        _, record, marks, alike = self._looked_at(record_id)
        pages = record.parts if record else ()
        text = next((one.text for one in pages if (one.part, one.page) == (part, page)), None)
        if text is None:
            known = ", ".join(f"{one.part} {one.page}" for one in pages) or "none"
            raise ValueError(f"there is no page {page} of {part}; its pages are: {known}")
        passage = Mask.over(text, part=part, page=page, start=start, end=end)
        return self._carried_out(self.archive.decisions.decide(Action.MASK, reason, marks=marks, mask=passage), alike)

    def release(self, record_id: str, attachment: int | None, reason: str) -> Done:
        """Undo a hold, for exactly the bytes that are held now. Raises ``ArchiveError`` where there are none."""
        stored = self._stored(record_id)
        decision = self.archive.decisions.decide(Action.RELEASE, reason, marks=stored.marks, attachment=attachment)
        return self._carried_out(decision, ())

    def revoke(self, number: int, reason: str) -> Done:
        """Undo a decision, but never an erasure. Raises ``ArchiveError``."""
        decision = self.archive.decisions.revoke(number, reason)
        return Done(decision=decision) if decision.action is Action.LICENCE else self._carried_out(decision, ())

    def erase(self, record_id: str, reason: str) -> Done:
        """Take a record's bytes out of archive and index for good.

        Raises ``UnknownDisclosureError``, ``SharedPageError``; ``ArchiveError`` where the archive was not opened to
        write.
        """
        stored, _, marks, alike = self._looked_at(record_id)
        erasure = self.archive.erase(stored.id, reason, marks=marks)
        decision = next(d for d in self.archive.decisions.all() if d.action is Action.ERASE and d.id == stored.id)
        done = self._carried_out(decision, alike, erasure=erasure)
        if done.waiting is None:
            purge(self.archive, self.engine, self.address)
        return done

    # -- before

    def _stored(self, record_id: str) -> Stored:
        stored = self.archive.stored(record_id)
        if stored is None:
            raise UnknownDisclosureError(
                f"The archive has no record {record_id!r}. `crossforce search` and `crossforce show` print ids."
            )
        return stored

    def _looked_at(self, record_id: str) -> tuple[Stored, Disclosure | None, Marks, tuple[Alike, ...]]:
        stored = self._stored(record_id)
        record = self.builder.as_read(stored)
        if record is None:
            return stored, None, stored.marks, ()
        return stored, record, marks_of(stored, record), tuple(self._alike(record))

    def _alike(self, record: Disclosure) -> Iterator[Alike]:
        """Near-identical text of the same force, nearest first; what the decision takes out itself is among it."""
        shown, _ = for_index(record, Verdict())
        words = _words(shown)
        found: list[Alike] = []
        try:
            near = self.engine.similar(request_of(shown), limit=CANDIDATES, leave_out=(record.id,))
        except (EngineDataError, EngineUnavailableError):
            return  # without an index nothing can be compared; the decision itself does not wait for that
        for hit in near:
            other = hit.disclosure
            if set(other.forces) & set(record.forces):
                likeness = fuzz.ratio(words, _words(other), score_cutoff=ALIKE)
                if likeness:
                    reference = other.reading.reference
                    found.append(
                        Alike(id=other.id, title=other.title, reference=reference, likeness=round(likeness / 100, 3))
                    )
        yield from sorted(found, key=lambda one: (-one.likeness, one.id))

    # -- after

    def _carried_out(self, decision: Decision, alike: Iterable[Alike], *, erasure: Erasure | None = None) -> Done:
        ids = dict.fromkeys((*self.archive.decisions.affected(decision.number), *(erasure.ids if erasure else ())))
        known = [stored for name in ids if (stored := self.archive.stored(name))]
        present = {one.id: one for one in known if not one.erased and not one.merged_into}
        made = list(self.builder.make(present.values()))
        records = [one.record for one in made if one.record is not None]
        kept = {record.id for record in records}
        removed = [name for name in ids if name not in kept]
        waiting = None
        try:
            self._put(
                removed, records, everywhere=decision.revoked_at is None and decision.action is not Action.RELEASE
            )
        except EngineUnavailableError as error:
            waiting = str(error)
        return Done(
            decision=decision,
            removed=tuple(removed),
            remade=tuple(sorted(kept)),
            lost=tuple(name for name, number in self.builder.tally.lost if number == decision.number),
            alike=tuple(one for one in alike if one.id not in ids),
            erasure=erasure,
            waiting=waiting,
        )

    def _put(self, removed: list[str], records: list[Disclosure], *, everywhere: bool) -> None:
        """Out of every version; as remade into the one in use. Kept versions get it back when they are used again."""
        if not self.engine.versions():
            return
        if everywhere:
            self.engine.remove_everywhere([*removed, *(record.id for record in records)])
        if records:
            self.engine.update(records)


def reapply(archive: Archive, engine: Engine, address: str, builder: Builder) -> int:
    """Carry out in the version in use whatever stands and is not carried out there; how many records that took.

    For versions that somebody went back to, snapshots that were restored, and decisions that were taken while the
    engine was out of reach. ``engine`` must not be a guarded one.
    """
    numbers = dict.fromkeys(standing.number for standing in archive.decisions.standing(builder.today))
    names = dict.fromkeys(name for number in numbers for name in archive.decisions.affected(number))
    known = {name: stored for name in names if (stored := archive.stored(name))}
    former = [name for name, stored in known.items() if stored.id != name and engine.get(name)]
    amiss = {s.id: s for s in known.values() if not _obeys(archive, engine, builder, s)}
    made = list(builder.make(s for s in amiss.values() if not s.erased and not s.merged_into))
    records = [one.record for one in made if one.record is not None]
    if dead := [*former, *(amiss.keys() - {record.id for record in records})]:
        engine.remove_everywhere(dead)
    if records:
        engine.update(records)
    purge(archive, engine, address)
    return len({*former, *amiss})


def _obeys(archive: Archive, engine: Engine, builder: Builder, stored: Stored) -> bool:
    """Whether the version in use holds a record as the decisions leave it."""
    held = engine.get(stored.id)
    if held is None:
        return True
    if stored.erased or stored.merged_into:
        return False
    verdict = archive.decisions.verdict(marks_of(stored, held), builder.today)
    files = {attachment.sha256 for attachment in held.attachments}
    return not verdict.hidden and set(held.obeyed) == set(verdict.obeyed) and not files & verdict.hidden_files


def purge(archive: Archive, engine: Engine, address: str) -> None:
    """Leave no byte of what was erased in any kept version, where that was not done since the last erasure."""
    erased = max((d.number for d in archive.decisions.all() if d.action is Action.ERASE), default=0)
    state = IndexState(archive.folder)
    if erased > state.purged(address):
        engine.purge()
        state.note_purge(address, erased)


def _words(record: Disclosure) -> str:
    """The text to compare, without white space and marks of a layout."""
    return " ".join(" ".join(part.text for part in record.parts).split())[:COMPARED]
