"""One run over one log: what is still to fetch, what was found, and the count at its end."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from indexer.archive.addresses import address_key
from indexer.archive.catalogue import PAGE, Catalogue, to_day, to_text
from indexer.archive.decisions import Decisions
from indexer.archive.errors import ArchiveError
from indexer.archive.filing import Filing
from indexer.archive.model import Capture, Counts, Filed, Kind, Listed, Page, RunStatus, State, Want
from indexer.archive.settling import settle

RESUME_WITHIN = timedelta(hours=24)  # a listing that was walked longer ago has lines that were never seen
MOST_HOPS = 5  # redirects that end at the same address: a site that sends us in circles


class Run:
    """Every method commits before it returns, so that a run killed at any moment goes on where it was.

    The order of use: ``want`` the log's listing; for each ``pending`` address fetch it, ``keep`` it, and then say what
    it was with exactly one of ``file_listing``, ``file_item``, ``file_attachment``, ``same``, ``redirected``, ``gone``,
    ``failed`` or ``done``; when the listing was walked to its end, fetch what ``unlisted`` adds; then ``finish``.
    """

    def __init__(self, catalogue: Catalogue, filing: Filing, number: int, log: str, *, resumed: bool) -> None:
        """Use ``Archive.begin_run``."""
        self.number = number
        self.log = log
        self.resumed = resumed  # goes on with a run that was stopped
        self._catalogue = catalogue
        self._filing = filing

    # -- the list of what to fetch

    def want(self, url: str, kind: Kind, *, listed: Listed | None = None) -> bool:
        """Put an address on the list of what to fetch; false where it is there already, was fetched, or was erased."""
        with self._writing():
            return self._filing.want(url, kind, listed) is not None

    def pending(self) -> Iterator[Want]:
        """What is still to fetch, in the order it was asked for; what is added meanwhile comes at the end."""
        statement = (
            "SELECT f.position, a.* FROM frontier f JOIN addresses a ON a.id = f.address "
            "WHERE f.run = ? AND f.state = 'pending' AND f.position > ? ORDER BY f.position LIMIT ?"
        )
        last = 0
        while rows := self._catalogue.rows(statement, self.number, last, PAGE):
            for row in rows:
                listed = Listed(url=row["url"], title=row["title"], published_on=to_day(row["published_on"]))
                yield Want(url=row["url"], kind=Kind(row["kind"]), listed=listed if row["listed_in"] else None)
            last = rows[-1]["position"]

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """(ETag, Last-Modified) of the body held for this address, for a conditional request; None where unknown."""
        row = self._catalogue.row(
            "SELECT c.etag, c.last_modified FROM addresses a JOIN captures c ON c.number = a.capture "
            "WHERE a.log = ? AND a.key = ? AND a.gone_since IS NULL",
            self.log,
            address_key(url),
        )
        return (row["etag"], row["last_modified"]) if row else (None, None)

    # -- what came back

    def file_listing(
        self, url: str, capture: Capture, listed: Sequence[Listed], further: Sequence[str] = ()
    ) -> tuple[Want, ...]:
        """A listing page was read: its lines, and the further pages it leads to. Returns what is newly wanted."""
        with self._writing():
            self._answered(url, Kind.LISTING, "listed", capture)
            wanted = [self._filing.want(line.url, Kind.ITEM, line) for line in listed]
            wanted += [self._filing.want(page, Kind.LISTING, None) for page in further]
        return tuple(want for want in wanted if want)

    def file_item(self, url: str, capture: Capture, page: Page) -> tuple[Filed, ...]:
        """A page with one answer or several was read. Its attachments are put on the list. No items is ``done``."""
        with self._writing():
            self._answered(url, Kind.ITEM, "filed" if page.items else "done", capture)
            return self._filing.file_page(url, capture, page)

    def file_attachment(self, url: str, capture: Capture) -> State:
        """A file was fetched. One that changed makes its disclosure changed, even where the page did not."""
        with self._writing():
            self._answered(url, Kind.ATTACHMENT, "filed", capture)
            return self._filing.file_attachment(url, capture)

    def same(self, url: str, capture: Capture) -> tuple[Filed, ...]:
        """304: nothing changed at this address. For an item its attachments are put on the list."""
        with self._writing():
            self._answered(url, None, "same", capture)
            return self._filing.same(url, capture)

    def redirected(self, url: str, target: str, capture: Capture | None = None) -> tuple[Want, ...]:
        """301, 302, 307 or 308 to an address of the same log; the target is put on the list where it is not yet.

        A known page that permanently leads to one that is no disclosure (the log's front page) counts as gone.
        """
        with self._writing():
            if address_key(url) == address_key(target):
                return self._respelt(url, target)
            lasting = capture is None or capture.status in (301, 308)
            row = self._answered(url, None, "redirected", capture, "permanent" if lasting else "temporary")
            wanted = self._filing.want(target, Kind(row["kind"]), None)
            self._catalogue.run("UPDATE addresses SET redirects_to = ? WHERE id = ?", address_key(target), row["id"])
            return (wanted,) if wanted else ()

    def gone(self, url: str, capture: Capture | None = None) -> None:
        """404 or 410, and only that: a challenge page or a 5xx is ``failed``."""
        with self._writing():
            row = self._answered(url, None, "gone", capture)
            self._filing.gone(row["id"], capture.fetched_at if capture else datetime.now(UTC))

    def failed(self, url: str, reason: str) -> None:
        """It could not be fetched or read this time; what is known of it stays."""
        with self._writing():
            self._answered(url, None, "failed", None, reason)

    def done(self, url: str, capture: Capture | None = None) -> None:
        """Fetched, and nothing of ours: a policy page, a listing that was already walked."""
        with self._writing():
            self._answered(url, None, "done", capture)

    def unlisted(self) -> tuple[Want, ...]:
        """Known disclosures that the listing no longer shows, put on the list to be asked once more.

        Call it only where the listing was walked to its end.
        """
        with self._writing():
            rows = self._catalogue.rows(
                "SELECT d.id, (SELECT a.url FROM places p JOIN addresses a ON a.id = p.address WHERE p.disclosure = "
                "d.id "
                "AND a.capture IS NOT NULL AND a.gone_since IS NULL "
                "ORDER BY a.redirects_to IS NOT NULL, p.rank, p.position LIMIT 1) AS url "
                "FROM disclosures d WHERE d.log = ?1 AND d.gone_since IS NULL AND d.merged_into IS NULL AND d.erased "
                "= 0 "
                "AND NOT EXISTS (SELECT 1 FROM places p JOIN frontier f ON f.address = p.address AND f.run = ?2 "
                "WHERE p.disclosure = d.id) ORDER BY d.id",
                self.log,
                self.number,
            )
            wanted = [self._filing.want(row["url"], Kind.ITEM, None) for row in rows if row["url"]]
        return tuple(want for want in wanted if want)

    def finish(self, status: RunStatus) -> Counts:
        """Settle what moved and what is gone, and close the run."""
        with self._writing():
            settle(self._catalogue, self._filing, self.log, self.number)
            counts = self.counts()
            now = to_text(datetime.now(UTC))
            self._catalogue.run(
                "UPDATE runs SET ended = ?, active = ?, status = ?, counts = ? WHERE number = ?",
                now,
                now,
                status,
                json.dumps(asdict(counts)),
                self.number,
            )
        return counts

    def counts(self) -> Counts:
        """What was found so far; what moved is told apart from what is new when the run finishes."""
        found = "SELECT state, count(*) AS n FROM findings WHERE run = ? GROUP BY state"
        rows = self._catalogue.rows(found, self.number)
        states = {row["state"]: row["n"] for row in rows}
        pages = self._catalogue.value(
            "SELECT count(*) FROM frontier f JOIN addresses a ON a.id = f.address "
            "WHERE f.run = ? AND f.state IN ('listed', 'filed', 'same', 'done') AND a.kind != 'attachment'",
            self.number,
        )
        failed = self._catalogue.value("SELECT count(*) FROM frontier WHERE run = ? AND state = 'failed'", self.number)
        missing: dict[str, int] = {}
        for (names,) in self._catalogue.rows(
            "SELECT d.missing FROM findings f JOIN disclosures d ON d.id = f.disclosure "
            "WHERE f.run = ? AND f.state != 'gone' AND d.missing != '[]'",
            self.number,
        ):
            for name in json.loads(names):
                missing[name] = missing.get(name, 0) + 1
        by_state = {state.value: states.get(state.value, 0) for state in State}
        return Counts(pages=pages, failed=failed, missing_fields=missing, **by_state)

    # -- inside

    def _answered(
        self, url: str, kind: Kind | None, state: str, capture: Capture | None, reason: str | None = None
    ) -> sqlite3.Row:
        """Mark an address as dealt with, entering it where it was never asked for."""
        row = self._filing.address(url, kind or Kind.OTHER)
        if kind and row["kind"] != kind:
            self._catalogue.run("UPDATE addresses SET kind = ? WHERE id = ?", kind, row["id"])
        self._catalogue.run(
            "INSERT INTO frontier (run, address, state, reason) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (run, address) DO UPDATE SET state = excluded.state, reason = excluded.reason",
            self.number,
            row["id"],
            state,
            reason,
        )
        self._catalogue.run("UPDATE runs SET active = ? WHERE number = ?", to_text(datetime.now(UTC)), self.number)
        if capture and not capture.refused and state in ("listed", "done"):
            self._filing.hold_other(row["id"], capture)
        return row

    def _respelt(self, url: str, target: str) -> tuple[Want, ...]:
        row = self._filing.address(url, Kind.OTHER)
        self._catalogue.run("UPDATE addresses SET url = ? WHERE id = ?", target, row["id"])
        self._catalogue.run(
            "INSERT INTO frontier (run, address, state, hops) VALUES (?, ?, 'pending', 1) "
            "ON CONFLICT (run, address) DO UPDATE SET hops = hops + 1, state = 'pending'",
            self.number,
            row["id"],
        )
        hops = self._catalogue.value("SELECT hops FROM frontier WHERE run = ? AND address = ?", self.number, row["id"])
        if hops > MOST_HOPS:
            self._answered(url, None, "failed", None, "redirects in circles")
            return ()
        return (Want(url=target, kind=Kind(row["kind"])),)

    def _writing(self) -> AbstractContextManager[None]:
        ended = self._catalogue.value("SELECT ended FROM runs WHERE number = ?", self.number)
        if ended:
            raise ArchiveError(f"Run {self.number} of {self.log} has ended; begin another.")
        return self._catalogue.transaction()


def begin(
    catalogue: Catalogue,
    decisions: Decisions,
    log: str,
    forces: tuple[str, ...],
    now: datetime,
    resume_within: timedelta,
) -> Run:
    """See ``Archive.begin_run``."""

    def run_of(number: int, *, resumed: bool) -> Run:
        return Run(catalogue, Filing(catalogue, decisions, log, forces, run=number), number, log, resumed=resumed)

    with catalogue.transaction():
        for row in catalogue.rows("SELECT * FROM runs WHERE log = ? AND ended IS NULL ORDER BY number", log):
            stopped = run_of(row["number"], resumed=True)
            if row["active"] >= to_text(now - resume_within):
                return stopped
            stopped.finish(RunStatus.PARTIAL)
        done = catalogue.run(
            "INSERT INTO runs (log, started, active) VALUES (?, ?, ?)", log, to_text(now), to_text(now)
        )
        return run_of(done.lastrowid or 0, resumed=False)
