"""The reading side: disclosures, captures and bodies as the catalogue and the WARC files have them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from indexer.archive import warc
from indexer.archive.addresses import address_key
from indexer.archive.catalogue import Catalogue, to_day, to_moment
from indexer.archive.errors import BodyTooLargeError, RecordUnreadableError
from indexer.archive.keeping import CAPTURE_COLUMNS, capture_of
from indexer.archive.model import Capture, Counts, Headers, RunRecord, Stored, StoredAttachment
from indexer.disclosure import Source

LIVE = "merged_into IS NULL AND erased = 0"
PLACES = (
    "SELECT a.*, p.rank, p.position, (a.capture IS NOT NULL AND a.gone_since IS NULL AND a.redirects_to IS NULL) AS "
    "live "
    "FROM places p JOIN addresses a ON a.id = p.address WHERE p.disclosure = ? "
    "ORDER BY live DESC, a.capture IS NULL, p.rank, p.position"
)  # the first speaks for the disclosure


class Shelves:
    """Everything that can be read without the lock."""

    def __init__(self, catalogue: Catalogue, folder: Path, forces: dict[str, tuple[str, ...]]) -> None:
        """``folder`` is the archive's ``warc``; ``forces`` tells whose each log is."""
        self._catalogue = catalogue
        self._folder = folder
        self._forces = forces

    def forces_of(self, log: str) -> tuple[str, ...]:
        """Whose log it is, as far as the registry was given."""
        return self._forces.get(log, ())

    def disclosures(self) -> Iterator[Stored]:
        """See ``Archive.disclosures``."""
        statement = f"SELECT id FROM disclosures WHERE {LIVE} AND id > ? ORDER BY id LIMIT ?"  # noqa: S608 - constants
        for row in self._catalogue.walk(statement, "", "id"):
            yield from self._stored(row["id"])

    def changed_since(self, marker: int) -> Iterator[Stored]:
        """See ``Archive.changed_since``."""
        statement = "SELECT id, revision FROM disclosures WHERE revision > ? ORDER BY revision LIMIT ?"
        for row in self._catalogue.walk(statement, marker, "revision"):
            yield from self._stored(row["id"])

    def stored(self, disclosure_id: str) -> Stored | None:
        """See ``Archive.stored``."""
        while into := self._catalogue.value("SELECT merged_into FROM disclosures WHERE id = ?", disclosure_id):
            disclosure_id = into
        return next(self._stored(disclosure_id), None)

    def find(self, url: str) -> tuple[Stored, ...]:
        """See ``Archive.find``."""
        rows = self._catalogue.rows(
            "SELECT p.disclosure FROM addresses a JOIN places p ON p.address = a.id WHERE a.key = ? ORDER BY "
            "p.disclosure",
            address_key(url),
        )
        return tuple(stored for row in rows for stored in self._stored(row["disclosure"]))

    def capture(self, number: int | None) -> Capture | None:
        """See ``Archive.capture``."""
        row = self._catalogue.row(CAPTURE_COLUMNS + "WHERE c.number = ?", number) if number else None
        return capture_of(row) if row else None

    def captures(self, url: str) -> tuple[Capture, ...]:
        """See ``Archive.captures``."""
        rows = self._catalogue.rows(
            CAPTURE_COLUMNS + "WHERE c.key = ? ORDER BY c.fetched_at, c.number", address_key(url)
        )
        return tuple(capture_of(row) for row in rows)

    def body(self, capture: Capture) -> bytes:
        """See ``Archive.body``."""
        if capture.size > warc.BODY_LIMIT:
            raise BodyTooLargeError(f"The body of {capture.url} unpacks to more than {warc.BODY_LIMIT >> 20} MB.")
        with self._record(capture.revisit_of or capture.number) as (record, where):
            body = b"".join(warc.pieces(record))
        if sha256(body).hexdigest() != capture.sha256:
            raise RecordUnreadableError(f"The record in {where} is damaged; `crossforce verify` says more.")
        return body

    def record_headers(self, capture: Capture) -> Headers:
        """See ``Archive.record_headers``."""
        with self._record(capture.number) as (record, _):
            return warc.http_headers(record)

    def runs(self, log: str | None) -> tuple[RunRecord, ...]:
        """See ``Archive.runs``."""
        rows = self._catalogue.rows(
            "SELECT * FROM runs WHERE ?1 IS NULL OR log = ?1 ORDER BY number DESC",
            log,
        )
        return tuple(
            RunRecord(
                number=row["number"],
                log=row["log"],
                started=to_moment(row["started"]),
                ended=to_moment(row["ended"]) if row["ended"] else None,
                status=row["status"],
                counts=Counts(**json.loads(row["counts"])) if row["counts"] else Counts(),
            )
            for row in rows
        )

    def _record(self, number: int) -> _Open:
        return _Open(self._catalogue, self._folder, number)

    def _stored(self, disclosure_id: str) -> Iterator[Stored]:
        with self._catalogue.snapshot():
            row = self._catalogue.row("SELECT * FROM disclosures WHERE id = ?", disclosure_id)
            found = self._assembled(row) if row else None
        if found:
            yield found

    def _assembled(self, row: sqlite3.Row) -> Stored:
        places = self._catalogue.rows(PLACES, row["id"])
        main = self.capture(places[0]["capture"]) if places else None
        attachments = self._attachments(row["id"])
        sources = [
            self._source(place, capture, "item") for place in places if (capture := self.capture(place["capture"]))
        ]
        for address, attachment in attachments:
            if attachment.capture:
                sources.append(self._source(address, attachment.capture, "attachment"))
        forces = json.loads(row["forces"]) or self._forces.get(row["log"], ())
        return Stored(
            id=row["id"],
            log=row["log"] or None,
            forces=tuple(forces),
            title=row["title"] or (places[0]["title"] if places else None),
            published_on=to_day(row["published_on"] or (places[0]["published_on"] if places else None)),
            reference=row["reference"],
            part=row["part"],
            url=places[0]["url"] if places else None,
            main=main,
            attachments=tuple(attachment for _, attachment in attachments),
            sources=tuple(sources),
            aliases=tuple(place["url"] for place in places[1:]),
            first_seen=to_moment(row["first_seen"]),
            gone_since=to_moment(row["gone_since"]) if row["gone_since"] else None,
            revision=row["revision"],
            content_key=row["content_key"],
            erased=bool(row["erased"]),
            merged_into=row["merged_into"],
        )

    def _attachments(self, disclosure_id: str) -> list[tuple[sqlite3.Row, StoredAttachment]]:
        rows = self._catalogue.rows(
            "SELECT a.*, t.number, t.name FROM attachments t JOIN addresses a ON a.id = t.address "
            "WHERE t.disclosure = ? ORDER BY t.number",
            disclosure_id,
        )
        return [
            (
                row,
                StoredAttachment(
                    number=row["number"],
                    name=row["name"],
                    url=row["url"],
                    capture=self.capture(row["capture"]),
                    gone_since=to_moment(row["gone_since"]) if row["gone_since"] else None,
                ),
            )
            for row in rows
        ]

    def _source(self, address: sqlite3.Row, capture: Capture, kind: str) -> Source:
        root = self.capture(capture.revisit_of) or capture
        return Source(
            url=address["url"],
            kind=kind if address["log"] else "letter",
            sha256=root.sha256,
            size=root.size,
            media_type=root.media_type,
            first_seen=to_moment(address["first_seen"]),
            last_seen=to_moment(address["last_seen"]),
            fetched_at=root.fetched_at,
            gone_since=to_moment(address["gone_since"]) if address["gone_since"] else None,
            warc=f"warc/{root.warc}",
            offset=root.offset,
        )


class _Open:
    """A record opened by its capture's number, looked up anew: an erasure may have moved it to another file."""

    def __init__(self, catalogue: Catalogue, folder: Path, number: int) -> None:
        self._catalogue, self._folder, self._number = catalogue, folder, number

    def __enter__(self) -> tuple[warc.Record, str]:
        try:
            path, offset = self._place()
            self._file = path.open("rb")
        except FileNotFoundError:  # replaced between the two lines above: the catalogue knows by now
            path, offset = self._place()
            try:
                self._file = path.open("rb")
            except FileNotFoundError as error:
                raise RecordUnreadableError(
                    f"{path.name} is missing from the archive; restore it from a copy."
                ) from error
        self._file.seek(offset)
        where = f"{path.name} at {offset}"
        try:
            return warc.first_record(self._file, where), where
        except BaseException:
            self._file.close()
            raise

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _place(self) -> tuple[Path, int]:
        row = self._catalogue.row(CAPTURE_COLUMNS + "WHERE c.number = ?", self._number)
        if row is None:
            raise RecordUnreadableError(f"Capture {self._number} is not in the archive; it was erased.")
        return self._folder / row["file"], row["offset"]
