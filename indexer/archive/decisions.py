"""What an operator decided: taken out, masked, released. Each decision survives a re-crawl, an import, a rebuild."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256

from indexer.archive.addresses import address_key
from indexer.archive.catalogue import Catalogue, to_day, to_moment, to_text
from indexer.archive.errors import ArchiveError, UnknownDisclosureError
from indexer.archive.masks import Mask
from indexer.archive.model import Marks
from indexer.reading.references import reference_key


class Action(StrEnum):
    """What was decided."""

    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    MASK = "mask"
    ERASE = "erase"
    RELEASE = "release"
    LICENCE = "licence"


NOTHING = sha256(b"").hexdigest()  # an empty body is nobody's
PUBLIC = (Action.WITHDRAW, Action.SUSPEND, Action.ERASE)  # a release or mask in public would point at what it is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision as taken. ``reason`` is for the operator alone."""

    number: int
    action: Action
    reason: str
    decided_at: datetime
    id: str | None
    log: str | None = None
    forces: tuple[str, ...] = ()
    reference_key: str | None = None
    until: date | None = None
    mask: Mask | None = None
    attachment: int | None = None
    full_text: bool | None = None  # licence: may full text be shown in public
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What stands about one disclosure today."""

    withdrawn: bool = False
    erased: bool = False
    suspended_until: date | None = None  # it shows again on this day
    masks: tuple[Mask, ...] = ()
    obeyed: tuple[int, ...] = ()  # numbers of the decisions that those masks come from
    released: frozenset[str] = frozenset()  # SHA-256 of bodies whose hold was undone
    hidden_files: frozenset[str] = frozenset()  # SHA-256 of attachments taken out with another disclosure

    @property
    def hidden(self) -> bool:
        """Not to be indexed, shown, exported or served in any way."""
        return self.withdrawn or self.erased or self.suspended_until is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One mark of a decision that stands: whatever carries it is not to be seen, or only as the mask leaves it."""

    number: int
    action: Action  # WITHDRAW, SUSPEND, ERASE or MASK
    kind: str  # "id", "reference" ("force|key") or "hash" (SHA-256 of a main document or of a file)
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEntry:
    """A line of the public log: what was taken out and when, not why."""

    on: date
    action: Action
    id: str
    forces: tuple[str, ...]
    reference_key: str | None
    until: date | None = None


class Decisions:
    """The table of decisions of one archive: ``archive.decisions``."""

    def __init__(self, catalogue: Catalogue, *, writable: bool) -> None:
        """Use ``Archive.decisions``."""
        self._catalogue = catalogue
        self._writable = writable

    def decide(
        self,
        action: Action,
        reason: str,
        *,
        marks: Marks,
        until: date | None = None,
        mask: Mask | None = None,
        attachment: int | None = None,
    ) -> Decision:
        """Take a decision about one disclosure; the archive adds the hashes it knows to ``marks``.

        ``until`` goes with SUSPEND, ``mask`` with MASK, ``attachment`` with RELEASE (None is the main document; a
        release holds for exactly those bytes). To erase, use ``Archive.erase``; for a log's licence, ``licence``.
        Raises ``UnknownDisclosureError``; ``ValueError`` where the arguments do not fit the action.
        """
        if action in (Action.ERASE, Action.LICENCE):
            raise ValueError(f"{action} has a method of its own")
        if (until is not None) != (action is Action.SUSPEND) or (mask is not None) != (action is Action.MASK):
            raise ValueError(f"{action} was given the wrong arguments")
        with self.writing():
            row = self.disclosure(marks.id)
            if action is Action.RELEASE:
                known = [("release", self._released_body(row["id"], attachment))]
            else:
                known = self.known_marks(row, marks)
            return self.enter(
                action, reason, row, known, marks=marks, until=until, mask=mask, attachment=attachment, log=None
            )

    def licence(self, log: str, *, full_text: bool, reason: str) -> Decision:
        """The operator's switch for one log: may its full text and files be shown in public."""
        with self.writing():
            return self.enter(Action.LICENCE, reason, None, [], marks=Marks(), log=log, full_text=full_text)

    def full_text(self, log: str) -> bool | None:
        """The switch as it stands, None where it was never set."""
        found = self._catalogue.value(
            "SELECT full_text FROM decisions WHERE action = 'licence' AND log = ? AND revoked_at IS NULL "
            "ORDER BY number DESC LIMIT 1",
            log,
        )
        return None if found is None else bool(found)

    def revoke(self, number: int, reason: str) -> Decision:
        """Undo a decision (never an erasure); the table keeps both. Raises ``ArchiveError``."""
        with self.writing():
            row = self._catalogue.row("SELECT * FROM decisions WHERE number = ? AND revoked_at IS NULL", number)
            if row is None:
                raise ArchiveError(f"No decision number {number} stands; `crossforce status` lists those that do.")
            if row["action"] == Action.ERASE:
                raise ArchiveError("What was erased is gone and cannot be brought back.")
            now = to_text(datetime.now(UTC))
            self._catalogue.run(
                "UPDATE decisions SET revoked_at = ?, revoked_because = ? WHERE number = ?", now, reason, number
            )
            self._touch_matching(number)
        return self.decision(number)

    def all(self) -> tuple[Decision, ...]:
        """Every decision, newest first, revoked ones too."""
        return tuple(_decision_of(row) for row in self._catalogue.rows("SELECT * FROM decisions ORDER BY number DESC"))

    def verdict(self, marks: Marks, today: date) -> Verdict:
        """What stands about a disclosure, by any of its marks; a suspension ends on its day."""
        found: dict[int, sqlite3.Row] = {}
        for row in self._matching(self._looked_up(marks)):
            found[row["number"]] = row
        rows = list(found.values())
        untils = [u for row in rows if row["action"] == "suspend" and (u := to_day(row["until"])) and today < u]
        hidden_files = {row["value"] for row in self._matching([("hash", h) for h in marks.files])} - set(marks.hashes)
        releases = self._matching([("release", h) for h in (*marks.hashes, *marks.files)])
        return Verdict(
            withdrawn=any(row["action"] == "withdraw" for row in rows),
            erased=any(row["action"] == "erase" for row in rows),
            suspended_until=max(untils, default=None),
            masks=tuple(Mask(**json.loads(row["mask"])) for row in rows if row["action"] == "mask"),
            obeyed=tuple(row["number"] for row in rows if row["action"] == "mask"),
            released=frozenset(row["value"] for row in releases),
            hidden_files=frozenset(hidden_files) & self._taken_out(hidden_files, today),
        )

    def standing(self, today: date) -> tuple[Standing, ...]:
        """Every mark of every withdrawal, erasure and mask that stands, and of suspensions that have not ended."""
        rows = self._catalogue.rows(
            "SELECT d.number, d.action, m.kind, m.value FROM decisions d JOIN marks m ON m.decision = d.number "
            "WHERE d.revoked_at IS NULL AND m.kind IN ('id', 'reference', 'hash') "
            "AND (d.action IN ('withdraw', 'erase', 'mask') OR (d.action = 'suspend' AND d.until > ?)) "
            "ORDER BY d.number, m.kind, m.value",
            today.isoformat(),
        )
        return tuple(
            Standing(number=row["number"], action=Action(row["action"]), kind=row["kind"], value=row["value"])
            for row in rows
        )

    def decision(self, number: int) -> Decision:
        """The decision with this number; raises ``ArchiveError``."""
        row = self._catalogue.row("SELECT * FROM decisions WHERE number = ?", number)
        if row is None:
            raise ArchiveError(f"There is no decision number {number}.")
        return _decision_of(row)

    def affected(self, number: int) -> tuple[str, ...]:
        """Ids of the disclosures that a decision bears on, by any of its marks; erased and merged ones too."""
        return tuple(self._bearing_on(number))

    def public_log(self) -> tuple[PublicEntry, ...]:
        """Withdrawals, suspensions and erasures that stand, newest first."""
        return tuple(
            PublicEntry(
                on=decision.decided_at.date(),
                action=decision.action,
                id=decision.id or "",
                forces=decision.forces,
                reference_key=decision.reference_key,
                until=decision.until,
            )
            for decision in self.all()
            if decision.action in PUBLIC and decision.revoked_at is None
        )

    def lapsing(self, after: date, today: date) -> tuple[str, ...]:
        """Ids whose suspension ended after one day and by another: an index made in between must take them in again."""
        rows = self._catalogue.rows(
            "SELECT DISTINCT disclosure FROM decisions WHERE action = 'suspend' AND revoked_at IS NULL "
            "AND until > ? AND until <= ? ORDER BY disclosure",
            after.isoformat(),
            today.isoformat(),
        )
        return tuple(row["disclosure"] for row in rows)

    # -- for the archive itself

    def known_marks(self, row: sqlite3.Row, marks: Marks) -> list[tuple[str, str]]:
        """Every mark of a disclosure: those given, and those that the catalogue knows."""
        shared_page = row["part"] != ""
        hashes = set(marks.hashes)
        files = set(marks.files)
        for found in self._catalogue.rows(
            "SELECT c.sha256 FROM places p JOIN addresses a ON a.id = p.address JOIN captures c ON c.number = "
            "a.capture "
            "WHERE p.disclosure = ?",
            row["id"],
        ):
            (hashes.discard if shared_page else hashes.add)(found["sha256"])
        for found in self._catalogue.rows(
            "SELECT c.sha256 FROM attachments t JOIN addresses a ON a.id = t.address "
            "JOIN captures c ON c.number = a.capture WHERE t.disclosure = ?",
            row["id"],
        ):
            files.add(found["sha256"])
        files = {digest for digest in files if not self._held_elsewhere(digest, row["id"])}
        if row["content_key"] and not self._catalogue.value(
            "SELECT 1 FROM disclosures WHERE content_key = ? AND id != ? AND merged_into IS NULL AND erased = 0",
            row["content_key"],
            row["id"],
        ):
            hashes.add(row["content_key"])
        known = [("hash", digest) for digest in sorted((hashes | files) - {NOTHING})]
        keys = {key for key in (marks.reference_key, row["reference_key"]) if key}
        known += [("reference", mark) for mark in sorted(_reference_marks(marks.forces, keys))]
        former = self._catalogue.rows("SELECT id FROM disclosures WHERE merged_into = ?", row["id"])
        return [("id", row["id"]), *(("id", f["id"]) for f in former), *known]

    def enter(
        self,
        action: Action,
        reason: str,
        row: sqlite3.Row | None,
        known: list[tuple[str, str]],
        *,
        marks: Marks,
        log: str | None,
        until: date | None = None,
        mask: Mask | None = None,
        attachment: int | None = None,
        full_text: bool | None = None,
    ) -> Decision:
        """Write a decision down with its marks, and touch what it is about. Inside a transaction."""
        done = self._catalogue.run(
            "INSERT INTO decisions (action, reason, decided_at, disclosure, log, forces, reference_key, until, mask, "
            "attachment, full_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            action,
            reason,
            to_text(datetime.now(UTC)),
            row["id"] if row else None,
            row["log"] if row else log,
            json.dumps(list(marks.forces)),
            marks.reference_key or (row["reference_key"] if row else None),
            until.isoformat() if until else None,
            json.dumps(asdict(mask)) if mask else None,
            attachment,
            full_text,
        )
        number = done.lastrowid or 0
        for kind, value in dict.fromkeys(known):
            self._catalogue.run("INSERT OR IGNORE INTO marks VALUES (?, ?, ?)", number, kind, value)
        self._touch_matching(number)
        return self.decision(number)

    def erases_address(self, log: str, url: str) -> bool:
        """Whether this address belonged to a disclosure that was erased: it is not fetched again."""
        return bool(self._matching([("address", address_mark(log, url))]))

    def erases(self, marks: Marks) -> int | None:
        """The erasure that a disclosure falls under, by any of its marks."""
        found = [row["number"] for row in self._matching(self._looked_up(marks)) if row["action"] == Action.ERASE]
        return min(found, default=None)

    def _looked_up(self, marks: Marks) -> list[tuple[str, str]]:
        wanted = [("hash", digest) for digest in marks.hashes]
        wanted += [("reference", mark) for mark in _reference_marks(marks.forces, [marks.reference_key or ""])]
        if marks.id:
            wanted.append(("id", marks.id))
            former = self._catalogue.rows("SELECT id FROM disclosures WHERE merged_into = ?", marks.id)
            wanted += [("id", row["id"]) for row in former]
        return wanted

    def _matching(self, wanted: Iterable[tuple[str, str]]) -> list[sqlite3.Row]:
        rows: list[sqlite3.Row] = []
        for kind, value in wanted:
            rows += self._catalogue.rows(
                "SELECT d.*, m.value FROM marks m JOIN decisions d ON d.number = m.decision "
                "WHERE m.kind = ? AND m.value = ? AND d.revoked_at IS NULL ORDER BY d.number",
                kind,
                value,
            )
        return rows

    def _taken_out(self, digests: Iterable[str], today: date) -> frozenset[str]:
        """Those hashes whose decision hides: a masked or merely released one does not."""
        return frozenset(
            digest
            for digest in digests
            for row in self._matching([("hash", digest)])
            if row["action"] in ("withdraw", "erase")
            or (row["action"] == "suspend" and (until := to_day(row["until"])) and today < until)
        )

    def _touch_matching(self, number: int) -> None:
        self._catalogue.touch(self._bearing_on(number))

    def _bearing_on(self, number: int) -> list[str]:
        rows = self._catalogue.rows(
            "SELECT d.id FROM marks m JOIN disclosures d ON d.id = m.value WHERE m.decision = ?1 AND m.kind = 'id' "
            "UNION SELECT d.id FROM marks m JOIN disclosures d ON d.content_key = m.value "
            "WHERE m.decision = ?1 AND m.kind = 'hash' "
            "UNION SELECT d.id FROM marks m JOIN disclosures d ON d.reference_key = substr(m.value, instr(m.value, "
            "'|') + 1) "
            "WHERE m.decision = ?1 AND m.kind = 'reference' "
            "UNION SELECT p.disclosure FROM marks m JOIN captures c ON c.sha256 = m.value "
            "JOIN addresses a ON a.capture = c.number JOIN places p ON p.address = a.id "
            "WHERE m.decision = ?1 AND m.kind IN ('hash', 'release') "
            "UNION SELECT t.disclosure FROM marks m JOIN captures c ON c.sha256 = m.value "
            "JOIN addresses a ON a.capture = c.number JOIN attachments t ON t.address = a.id "
            "WHERE m.decision = ?1 AND m.kind IN ('hash', 'release') "
            "UNION SELECT d.id FROM decisions o JOIN disclosures d ON d.log = o.log "
            "WHERE o.number = ?1 AND o.action = 'licence'",
            number,
        )
        return [row["id"] for row in rows]

    def _held_elsewhere(self, digest: str, disclosure_id: str) -> bool:
        return bool(
            self._catalogue.value(
                "SELECT 1 FROM captures c JOIN addresses a ON a.capture = c.number JOIN attachments t ON t.address = "
                "a.id "
                "JOIN disclosures d ON d.id = t.disclosure "
                "WHERE c.sha256 = ? AND d.id != ? AND d.merged_into IS NULL AND d.erased = 0",
                digest,
                disclosure_id,
            )
        )

    def _released_body(self, disclosure_id: str, attachment: int | None) -> str:
        if attachment is None:
            statement = (
                "SELECT c.sha256 FROM places p JOIN addresses a ON a.id = p.address JOIN captures c ON c.number = "
                "a.capture "
                "WHERE p.disclosure = ? ORDER BY a.gone_since IS NOT NULL, p.rank, p.position LIMIT 1"
            )
            found = self._catalogue.value(statement, disclosure_id)
        else:
            statement = (
                "SELECT c.sha256 FROM attachments t JOIN addresses a ON a.id = t.address "
                "JOIN captures c ON c.number = a.capture WHERE t.disclosure = ? AND t.number = ?"
            )
            found = self._catalogue.value(statement, disclosure_id, attachment)
        if found is None:
            what = f"attachment {attachment}" if attachment else "document"
            raise ArchiveError(f"{disclosure_id} has no {what} in the archive; `crossforce show` lists what it has.")
        return str(found)

    def disclosure(self, disclosure_id: str | None) -> sqlite3.Row:
        """The row of a disclosure, now or formerly so named; raises ``UnknownDisclosureError``."""
        row = self._catalogue.row("SELECT * FROM disclosures WHERE id = ?", disclosure_id)
        while row and row["merged_into"]:
            row = self._catalogue.row("SELECT * FROM disclosures WHERE id = ?", row["merged_into"])
        if row is None:
            raise UnknownDisclosureError(f"The archive has no disclosure with the id {disclosure_id!r}.")
        return row

    def writing(self) -> AbstractContextManager[None]:
        """A transaction, where the archive was opened to write."""
        if not self._writable:
            raise ArchiveError("This archive was opened for reading only.")
        return self._catalogue.transaction()


def address_mark(log: str, url: str) -> str:
    """An erased address as its tombstone keeps it: hashed, for an address may say what it was about."""
    return _hash(f"{log}\n{address_key(url)}")


def _reference_marks(forces: Iterable[str], keys: Iterable[str]) -> set[str]:
    return {f"{force}|{reference_key(key)}" for force in forces for key in keys if key}


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _decision_of(row: sqlite3.Row) -> Decision:
    return Decision(
        number=row["number"],
        action=Action(row["action"]),
        reason=row["reason"],
        decided_at=to_moment(row["decided_at"]),
        id=row["disclosure"],
        log=row["log"] or None,
        forces=tuple(json.loads(row["forces"])),
        reference_key=row["reference_key"],
        until=to_day(row["until"]),
        mask=Mask(**json.loads(row["mask"])) if row["mask"] else None,
        attachment=row["attachment"],
        full_text=None if row["full_text"] is None else bool(row["full_text"]),
        revoked_at=to_moment(row["revoked_at"]) if row["revoked_at"] else None,
    )
