"""Archive to engine: bodies to text (kept beside the archive), text to facts, facts to records, records to the index.

An index can always be thrown away and built again. Incremental runs take up what the archive touched since the
version in use was made; a change of readers or registries makes a full rebuild, which readers never see half of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

import msgspec

from indexer import extraction
from indexer.archive import Archive, BodyTooLargeError, Capture, Marks, RecordUnreadableError, Stored, Verdict
from indexer.archive.masks import cover
from indexer.assembly import Body, Material, assemble
from indexer.disclosure import Attachment, Disclosure, Extraction, FailureKind, Hold
from indexer.engines.base import Engine, IndexReport
from indexer.extraction import Document, Extractor
from indexer.indexstate import IndexState
from indexer.knowledge import Knowledge
from indexer.masking import mask

BATCH = 512  # records that one commit of an update takes in: some tens of megabytes
CHUNK = 64  # records whose texts are in memory at once: some tens of megabytes at worst
NAMELESS = "attachment"  # a file that was taken out with another disclosure

Progress = Callable[[Iterable[Stored], int], Iterable[Stored]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A document that could not be read; the rest of its disclosure is in the index."""

    id: str
    document: str  # "page" or "attachment-1"
    name: str
    why: FailureKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An original that is held back, for the operator's eyes."""

    id: str
    document: str
    name: str
    holds: tuple[Hold, ...]


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a build met on its way."""

    records: int = 0
    attachments: int = 0
    hidden: int = 0  # withdrawn, suspended or erased
    unfetched: int = 0  # listed, but no body was ever held
    unread: int = 0  # bodies that no index run has come to yet
    failed: list[Failed] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    lost: list[tuple[str, int]] = field(default_factory=list)  # (record, decision): its masked passage is not there

    def note(self, record: str, document: str, name: str, why: FailureKind | None, holds: tuple[Hold, ...]) -> None:
        """One document: a failure and a hold may stand together."""
        if why:
            self.failed.append(Failed(id=record, document=document, name=name, why=why))
        if holds:
            self.held.append(Held(id=record, document=document, name=name, holds=holds))


class _Outline(msgspec.Struct):
    """What ``Builder.survey`` needs of a kept extraction: its pages are passed over."""

    failure: FailureKind | None = None
    held_back: tuple[Hold, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did."""

    full: bool
    version: str
    indexed: int
    removed: int
    rejected: tuple[tuple[str, str], ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Made:
    """A record ready for the index, or ``None`` where an operator took it out."""

    id: str
    record: Disclosure | None


def marks_of(stored: Stored | None, record: Disclosure) -> Marks:
    """By what this disclosure is known again after a move, an import or a rebuild."""
    if stored is None:
        return Marks(
            id=record.id,
            forces=record.forces,
            reference_key=record.reading.reference_key,
            hashes=tuple(source.sha256 for source in record.sources),
        )
    return replace(
        stored.marks,
        forces=tuple(dict.fromkeys((*record.forces, *stored.forces))),
        reference_key=record.reading.reference_key or stored.reference,
    )


class Builder:
    """Makes records out of one archive. Not safe for two threads, as the archive is not."""

    def __init__(self, archive: Archive, knowledge: Knowledge, extractor: Extractor, *, today: date) -> None:
        self.archive = archive
        self.knowledge = knowledge
        self.extractor = extractor
        self.today = today
        self.tally = Tally()

    def make(self, found: Iterable[Stored]) -> Iterator[Made]:
        """A record for each disclosure, in order; those without any body are counted and left out."""
        waiting = iter(found)
        while chunk := list(islice(waiting, CHUNK)):
            readable = [stored for stored in chunk if stored.main is not None]
            self.tally.unfetched += len(chunk) - len(readable)
            texts = self._texts(readable)
            for stored in readable:
                yield Made(stored.id, self._record(stored, texts))

    def survey(self) -> Tally:
        """What stands in the whole archive, from the texts kept beside it: nothing is extracted and no engine asked."""
        tally = Tally()
        for stored in self.archive.disclosures():
            if stored.main is None:
                tally.unfetched += 1
                continue
            verdict = self.archive.decisions.verdict(stored.marks, self.today)
            tally.records += 1
            if verdict.hidden:  # its files' names are nobody's concern any more
                tally.hidden += 1
                continue
            self._look(stored, verdict, tally)
        return tally

    def with_originals(self, record: Disclosure, stored: Stored) -> Disclosure:
        """The record as its operator knows it: where it was found, and what holds its originals back."""
        tally = Tally()
        self._look(stored, self.archive.decisions.verdict(stored.marks, self.today), tally)
        holds = {held.document: held.holds for held in tally.held}
        return replace(
            record,
            held_back=holds.get("page", ()),
            sources=stored.sources,
            attachments=tuple(
                replace(a, held_back=holds.get(f"attachment-{a.number}", ())) for a in record.attachments
            ),
        )

    def _look(self, stored: Stored, verdict: Verdict, tally: Tally) -> None:
        for capture, name, part in _bodies(stored):
            tally.attachments += part != "page"
            kept = self.archive.texts.get(capture.sha256, self._version(stored, part))
            if kept is None:
                tally.unread += 1
                continue
            found = msgspec.json.decode(kept, type=_Outline)
            free = capture.sha256 in verdict.released
            tally.note(stored.id, part, name, found.failure, () if free else found.held_back)

    def _texts(self, chunk: Sequence[Stored]) -> dict[tuple[str, str], Extraction]:
        """Text of every body of a chunk, from beside the archive where it was extracted before."""
        texts: dict[tuple[str, str], Extraction] = {}
        missing: list[tuple[tuple[str, str], Document]] = []
        for stored in chunk:
            for capture, name, part in _bodies(stored):
                key = (capture.sha256, self._version(stored, part))
                if key in texts or any(key == known for known, _ in missing):
                    continue
                kept = self.archive.texts.get(*key)
                if kept is not None:
                    texts[key] = msgspec.json.decode(kept, type=Extraction)
                    continue
                document = self._document(stored, capture, name, part)
                if document is None:
                    texts[key] = Extraction(media_type=capture.media_type, failure=FailureKind.CORRUPT)
                else:
                    missing.append((key, document))
        results = self.extractor.extract_many(document for _, document in missing)
        for (key, _), result in zip(missing, results, strict=True):
            texts[key] = result
            self.archive.texts.put(*key, msgspec.json.encode(result))
        return texts

    def _version(self, stored: Stored, part: str) -> str:
        """A body is read differently as a page of a platform and as a loose file."""
        reader = self._platform(stored) if part == "page" else None
        piece = f"-{stored.part}" if part == "page" and stored.part else ""
        return f"{extraction.VERSION}-{reader or 'file'}{piece}"

    def _platform(self, stored: Stored) -> str | None:
        return self.knowledge.forces.log(stored.log).platform if stored.log else None

    def _document(self, stored: Stored, capture: Capture, name: str, part: str) -> Document | None:
        try:
            data = self.archive.body(capture)
        except (RecordUnreadableError, BodyTooLargeError):
            return None
        page = part == "page"
        return Document(
            data=data,
            name=name,
            media_type=capture.media_type or None,
            url=capture.url if page else None,
            platform=self._platform(stored) if page else None,
            piece=stored.part if page else "",
        )

    def as_read(self, stored: Stored) -> Disclosure | None:
        """The record with nothing covered or left out, for the operator's decisions and never for an index.

        None where no body is held.
        """
        if stored.main is None:
            return None
        texts = self._texts([stored])
        return assemble(self._material(stored, self._read_bodies(stored, texts)), self.knowledge)

    def _read_bodies(self, stored: Stored, texts: dict[tuple[str, str], Extraction]) -> list[Body]:
        return [
            Body(
                name=name,
                url=capture.url,
                sha256=capture.sha256,
                size=capture.size,
                extraction=texts[capture.sha256, self._version(stored, part)],
            )
            for capture, name, part in _bodies(stored)
        ]

    def _material(self, stored: Stored, bodies: Sequence[Body]) -> Material:
        log = self.knowledge.forces.log(stored.log) if stored.log else None
        return Material(
            id=stored.id,
            main=bodies[0],
            attachments=bodies[1:],
            log=stored.log,
            publisher=stored.forces,
            title=stored.title,
            published_on=stored.published_on,
            sources=stored.sources,
            aliases=stored.aliases,
            licence=log.licence if log else "unknown",
            gone_since=stored.gone_since,
        )

    def _record(self, stored: Stored, texts: dict[tuple[str, str], Extraction]) -> Disclosure | None:
        bodies = self._read_bodies(stored, texts)
        record = assemble(self._material(stored, bodies), self.knowledge)
        verdict = self.archive.decisions.verdict(marks_of(stored, record), self.today)
        self.tally.records += 1
        if verdict.hidden:
            self.tally.hidden += 1
            return None
        self._count(stored, bodies, verdict)
        if verdict.hidden_files:
            bodies = [_emptied(body) if body.sha256 in verdict.hidden_files else body for body in bodies]
            record = assemble(self._material(stored, bodies), self.knowledge)
        shown, missing = for_index(release(record, bodies, verdict), verdict)
        if lost := [number for number in missing if self._is_about(number, stored)]:
            self.tally.lost += [(stored.id, number) for number in lost]
            return None  # what was to be covered may stand there in other words: an operator looks first
        return shown

    def _is_about(self, number: int, stored: Stored) -> bool:
        """Whether a mask was laid on this very record, and not on another with the same reference."""
        about = self.archive.stored(self.archive.decisions.decision(number).id or "")
        return about is not None and about.id == stored.id

    def _count(self, stored: Stored, bodies: Sequence[Body], verdict: Verdict) -> None:
        self.tally.attachments += len(bodies) - 1
        for position, body in enumerate(bodies):
            document = f"attachment-{position}" if position else "page"
            holds = () if body.sha256 in verdict.released else body.extraction.held_back
            self.tally.note(stored.id, document, body.name, body.extraction.failure, holds)


def _bodies(stored: Stored) -> Iterator[tuple[Capture, str, str]]:
    """(capture, name, part) of the main document and of every attachment that was fetched."""
    if stored.main is not None:
        named = stored.main.origin if stored.log is None else None  # a loose letter has no address but its hash
        yield stored.main, named or (stored.url or stored.id).rstrip("/").rsplit("/", 1)[-1], "page"
        for attachment in stored.attachments:
            if attachment.capture is not None:
                yield attachment.capture, attachment.name, f"attachment-{attachment.number}"


def _emptied(body: Body) -> Body:
    """A file that was taken out together with another disclosure: it is here no longer, without a word on why."""
    return replace(
        body,
        name=NAMELESS,
        extraction=Extraction(media_type=body.extraction.media_type, version=body.extraction.version),
    )


def release(record: Disclosure, bodies: Sequence[Body], verdict: Verdict) -> Disclosure:
    """Holds that the operator undid, for exactly those bytes, are lifted."""

    def lifted(attachment: Attachment) -> Attachment:
        free = not attachment.held_back or attachment.sha256 in verdict.released
        free = free and attachment.sha256 not in verdict.hidden_files
        return replace(attachment, held_back=() if free else attachment.held_back, available=free)

    free = not record.held_back or bodies[0].sha256 in verdict.released
    return replace(
        record,
        held_back=() if free else record.held_back,
        available=free,
        attachments=tuple(lifted(a) for a in record.attachments),
    )


def for_index(record: Disclosure, verdict: Verdict) -> tuple[Disclosure, tuple[int, ...]]:
    """The record as everyone may see it: masked, and silent on why an original is not there.

    Also the numbers of the operator's masks whose passage is nowhere in it any more.
    """
    parts, lost = cover(record.parts, verdict.masks)
    record = mask(replace(record, reading=replace(record.reading, parts=parts), obeyed=verdict.obeyed))
    return without_originals(record), tuple(
        number for number, one in zip(verdict.obeyed, verdict.masks, strict=True) if one in lost
    )


def without_originals(record: Disclosure) -> Disclosure:
    """The record without what leads to an original that is not served: reason, address, hash, place.

    No engine, export or answer ever holds them; the operator's side reads them from the archive.
    """
    unavailable = [a for a in record.attachments if not a.available]
    hashes = {a.sha256 for a in unavailable}
    addresses = {a.url for a in unavailable if a.url}
    if not record.available:
        main = [source for source in record.sources if source.kind != "attachment"]
        hashes |= {source.sha256 for source in main}
        addresses |= {source.url for source in main} | set(record.aliases)
    return replace(
        record,
        held_back=(),
        attachments=tuple(
            replace(a, held_back=()) if a.available else replace(a, held_back=(), url=None, sha256="")
            for a in record.attachments
        ),
        sources=tuple(s for s in record.sources if s.url not in addresses and s.sha256 not in hashes),
        aliases=tuple(alias for alias in record.aliases if alias not in addresses),
    )


def bring_up_to_date(
    archive: Archive,
    engine: Engine,
    address: str,
    builder: Builder,
    *,
    full: bool = False,
    progress: Progress = lambda found, _: found,
) -> BuildReport:
    """Bring an engine up to date with an archive, rebuilding where ``full``, or where the readers have changed."""
    state = IndexState(archive.folder)
    live = next((v for v in engine.versions() if v.live), None)
    known = state.get(address, live.name) if live else None
    full = full or known is None or known["knowledge"] != builder.knowledge.version
    marker = archive.marker
    if full:
        total = sum(1 for _ in archive.disclosures())
        report = engine.rebuild(m.record for m in builder.make(progress(archive.disclosures(), total)) if m.record)
        seen = archive.marker
        late = _update(archive, engine, builder, marker, builder.today, progress)  # a crawl may have gone on meanwhile
        removed = late.removed
        state.put(address, report.version, seen, knowledge=builder.knowledge.version, today=builder.today)
    else:
        assert known is not None
        since = date.fromisoformat(str(known["day"]))
        report = _update(archive, engine, builder, int(known["marker"]), since, progress)
        removed = report.removed
        state.put(address, report.version, marker, knowledge=builder.knowledge.version, today=builder.today)
    return BuildReport(
        full=full,
        version=report.version,
        indexed=report.indexed,
        removed=removed,
        rejected=report.rejected,
        tally=builder.tally,
    )


def _update(
    archive: Archive, engine: Engine, builder: Builder, marker: int, since: date, progress: Progress
) -> IndexReport:
    """What was touched since ``marker``, and what a suspension that ran out since a day gives back; in batches."""
    touched = {stored.id: stored for stored in archive.changed_since(marker)}
    for lapsed in archive.decisions.lapsing(since, builder.today):
        if lapsed not in touched and (stored := archive.stored(lapsed)):
            touched[stored.id] = stored
    dead = [stored.id for stored in touched.values() if stored.erased or stored.merged_into]
    alive = [stored for stored in touched.values() if not stored.erased and not stored.merged_into]
    total = engine.update((), dead)
    made = builder.make(progress(alive, len(alive)))
    while batch := list(islice(made, BATCH)):
        report = engine.update(
            [m.record for m in batch if m.record is not None], [m.id for m in batch if m.record is None]
        )
        total = replace(
            report,
            indexed=total.indexed + report.indexed,
            removed=total.removed + report.removed,
            rejected=(*total.rejected, *report.rejected),
        )
    return total
