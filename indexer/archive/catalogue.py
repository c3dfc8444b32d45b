"""The catalogue: one SQLite file that knows whose each record of the WARC files is. Its schema, and opening it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from indexer.archive.errors import ArchiveMissingError, ArchiveVersionError

FILE_NAME = "catalogue.sqlite"
SCHEMA_VERSION = 1
APPLICATION_ID = 0x43464F49  # "CFOI": so that another program's SQLite file is told apart
BUSY_SECONDS = 20.0  # a checkpoint of a large write-ahead log takes a second or two on a slow disk
PAGE = 500  # rows fetched at a time: no read transaction stays open while a caller works

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE warcs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL           -- bytes up to the end of the last record entered here
);

CREATE TABLE captures (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    url TEXT NOT NULL,
    status INTEGER NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    charset TEXT,
    payload_digest TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    warc INTEGER NOT NULL REFERENCES warcs (id),
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    revisit_of INTEGER REFERENCES captures (number),
    changed INTEGER NOT NULL,
    etag TEXT,
    last_modified TEXT,
    origin TEXT,
    UNIQUE (warc, offset)
);
CREATE INDEX captures_by_key ON captures (key, fetched_at);
CREATE INDEX captures_by_hash ON captures (sha256);
CREATE INDEX captures_by_root ON captures (revisit_of) WHERE revisit_of IS NOT NULL;

CREATE TABLE runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    log TEXT NOT NULL,
    started TEXT NOT NULL,
    active TEXT NOT NULL,           -- last sign of life
    ended TEXT,
    status TEXT,
    counts TEXT
);
CREATE INDEX runs_by_log ON runs (log, number);

CREATE TABLE addresses (
    id INTEGER PRIMARY KEY,
    log TEXT NOT NULL,              -- '' for loose letters
    key TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT,                     -- as listed
    published_on TEXT,              -- as listed
    listed_in INTEGER,              -- the last run whose listing showed it
    first_seen TEXT,
    last_seen TEXT,
    capture INTEGER REFERENCES captures (number),
    redirects_to TEXT,              -- key
    gone_since TEXT,
    UNIQUE (log, key)
);
CREATE INDEX addresses_by_key ON addresses (key);
CREATE INDEX addresses_by_capture ON addresses (capture) WHERE capture IS NOT NULL;

CREATE TABLE disclosures (
    id TEXT PRIMARY KEY,
    log TEXT NOT NULL,
    forces TEXT NOT NULL,           -- JSON: said by the operator, for a loose letter
    part TEXT NOT NULL,
    title TEXT,
    published_on TEXT,
    reference TEXT,
    reference_key TEXT,
    content_key TEXT,
    missing TEXT NOT NULL,          -- JSON
    filed_as TEXT,                  -- what was read last time, to tell a change
    first_seen TEXT NOT NULL,
    gone_since TEXT,
    revision INTEGER NOT NULL,
    merged_into TEXT,
    erased INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX disclosures_by_revision ON disclosures (revision);
CREATE INDEX disclosures_by_reference ON disclosures (reference_key, log) WHERE reference_key IS NOT NULL;
CREATE INDEX disclosures_by_content ON disclosures (content_key) WHERE content_key IS NOT NULL;
CREATE INDEX disclosures_by_log ON disclosures (log, gone_since);
CREATE INDEX disclosures_merged ON disclosures (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE places (               -- at which addresses a disclosure stands
    disclosure TEXT NOT NULL REFERENCES disclosures (id),
    address INTEGER NOT NULL REFERENCES addresses (id),
    rank INTEGER NOT NULL,          -- 0 speaks for it before 1 (a twin)
    position INTEGER NOT NULL,      -- in the order in which they were found
    PRIMARY KEY (disclosure, address)
) WITHOUT ROWID;
CREATE INDEX places_by_address ON places (address);

CREATE TABLE attachments (
    disclosure TEXT NOT NULL REFERENCES disclosures (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    address INTEGER NOT NULL REFERENCES addresses (id),
    PRIMARY KEY (disclosure, number)
) WITHOUT ROWID;
CREATE INDEX attachments_by_address ON attachments (address);

CREATE TABLE frontier (             -- what a run has fetched and has still to fetch
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL REFERENCES runs (number),
    address INTEGER NOT NULL REFERENCES addresses (id),
    state TEXT NOT NULL,
    hops INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    UNIQUE (run, address)
);
CREATE INDEX frontier_by_state ON frontier (run, state, position);
CREATE INDEX frontier_by_address ON frontier (address);

CREATE TABLE findings (             -- what a run found about each disclosure
    run INTEGER NOT NULL REFERENCES runs (number),
    disclosure TEXT NOT NULL REFERENCES disclosures (id),
    state TEXT NOT NULL,
    PRIMARY KEY (run, disclosure)
) WITHOUT ROWID;
CREATE INDEX findings_by_disclosure ON findings (disclosure);

CREATE TABLE decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    disclosure TEXT,
    log TEXT,
    forces TEXT NOT NULL,           -- JSON, for the public log
    reference_key TEXT,
    until TEXT,
    mask TEXT,                      -- JSON
    attachment INTEGER,
    full_text INTEGER,
    revoked_at TEXT,
    revoked_because TEXT
);

CREATE TABLE marks (                -- by what a decision knows its disclosure again
    decision INTEGER NOT NULL REFERENCES decisions (number),
    kind TEXT NOT NULL,             -- id, reference, hash, release, address
    value TEXT NOT NULL,
    PRIMARY KEY (kind, value, decision)
) WITHOUT ROWID;

CREATE TABLE purges (               -- captures whose bytes are still to be taken out of the WARC files
    capture INTEGER NOT NULL,
    decision INTEGER NOT NULL REFERENCES decisions (number),
    PRIMARY KEY (decision, capture)
) WITHOUT ROWID;

CREATE TABLE rewrites (             -- WARC files being replaced; see ``erasing``
    old TEXT NOT NULL PRIMARY KEY,
    new TEXT NOT NULL,
    switched INTEGER NOT NULL
) WITHOUT ROWID;
"""


class Catalogue:
    """A connection to the catalogue. For one thread."""

    def __init__(self, path: Path, *, write: bool) -> None:
        """Open it, making it where ``write`` is set; raises ``ArchiveMissingError``, ``ArchiveVersionError``."""
        self.path = path
        new = not path.exists()
        if new and not write:
            raise ArchiveMissingError(
                f"There is no archive in {path.parent}. Name its folder with --archive, or make one with "
                "`crossforce crawl`, `crossforce import` or `crossforce demo`."
            )
        mode = "rwc" if write else "ro"
        uri = path.resolve().as_uri() + f"?mode={mode}"
        self.connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
        try:
            self._prepare(write=write)
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self, *, write: bool) -> None:
        self.connection.row_factory = sqlite3.Row
        try:
            version = self.value("PRAGMA user_version")
            application = self.value("PRAGMA application_id")
        except sqlite3.DatabaseError as error:
            raise ArchiveVersionError(
                f"{self.path} is no catalogue, or is damaged ({error}). Restore it from a copy; or import the folder's "
                f"WARC files into a new archive: `crossforce import {self.path.parent / 'warc'} --archive NEW`."
            ) from error
        if write:
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = FULL")  # a decision must outlive a power cut
            self.connection.execute("PRAGMA secure_delete = ON")  # what is erased leaves no bytes in free pages
        self.connection.execute("PRAGMA foreign_keys = ON")
        if version == 0 and write and not self.value("SELECT count(*) FROM sqlite_master"):
            with self.transaction():
                for statement in SCHEMA.split(";\n"):
                    self.connection.execute(statement)
                self.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            return
        check_version(self.path, version, application)

    def close(self) -> None:
        """Release the file."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Inside another transaction it is part of that one."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads as of one moment. Inside a transaction it is part of that one."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")

    def run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        """Execute one statement."""
        return self.connection.execute(statement, values)

    def row(self, statement: str, *values: Any) -> sqlite3.Row | None:
        """The first row, or None."""
        found: sqlite3.Row | None = self.connection.execute(statement, values).fetchone()
        return found

    def rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        """Every row, at once: for what is known to be few."""
        return self.connection.execute(statement, values).fetchall()

    def value(self, statement: str, *values: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.row(statement, *values)
        return row[0] if row else None

    def walk(self, statement: str, start: Any, column: str, *values: Any) -> Iterator[sqlite3.Row]:
        """Every row of a statement that takes a starting key and a limit as its last two values, a page at a time.

        ``column`` is the key that rows are ordered by; a row that appears behind the walk is not seen, none twice.
        """
        while rows := self.rows(statement, *values, start, PAGE):
            yield from rows
            start = rows[-1][column]

    def next_revision(self) -> int:
        """Count the archive's revision up; inside a transaction."""
        self.run(
            "INSERT INTO meta VALUES ('revision', '1') ON CONFLICT (name) DO UPDATE SET value = CAST(value AS "
            "INTEGER) + 1"
        )
        return self.revision()

    def revision(self) -> int:
        """The revision of the last touch of any disclosure."""
        return int(self.value("SELECT value FROM meta WHERE name = 'revision'") or 0)

    def is_erased(self, digest: str) -> bool:
        """Whether an operator erased a body with this SHA-256."""
        return bool(
            self.value(
                "SELECT 1 FROM marks m JOIN decisions d ON d.number = m.decision "
                "WHERE m.kind = 'hash' AND m.value = ? AND d.action = 'erase'",
                digest,
            )
        )

    def touch(self, disclosure_ids: Iterable[str]) -> None:
        """Say that disclosures changed, so that the next index reads them again; inside a transaction."""
        for disclosure_id in disclosure_ids:
            self.run("UPDATE disclosures SET revision = ? WHERE id = ?", self.next_revision(), disclosure_id)


def check_version(path: Path, version: int, application: int) -> None:
    """Refuse a catalogue of another version, or no catalogue; raises ``ArchiveVersionError``."""
    if application != APPLICATION_ID:
        raise ArchiveVersionError(f"{path} is not a catalogue of Crossforce. Name another folder with --archive.")
    if version > SCHEMA_VERSION:
        raise ArchiveVersionError(
            f"The archive in {path.parent} was written by a newer Crossforce (catalogue version {version}; this one "
            f"knows "
            f"{SCHEMA_VERSION}). Upgrade Crossforce, or restore the folder from before it was upgraded."
        )
    if version < SCHEMA_VERSION:
        raise ArchiveVersionError(
            f"The archive in {path.parent} was written by an older Crossforce (catalogue version {version}; this one "
            f"needs "
            f"{SCHEMA_VERSION}). Bring its pages into a new archive: "
            f"`crossforce import {path.parent / 'warc'} --archive NEW`."
        )


def to_text(moment: datetime) -> str:
    """A moment as the catalogue writes it: UTC with microseconds, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def to_moment(text: str) -> datetime:
    """The moment written by ``to_text``."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def to_day(text: str | None) -> date | None:
    """A day written in ISO form."""
    return date.fromisoformat(text) if text else None
