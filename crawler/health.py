"""What a run must report, and when it must fail. Zero is a failure until proven otherwise."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from indexer.archive import Counts, RunStatus

NO_LINK = "the listing was read and no link to a disclosure found in it"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogReport:
    """What one crawl of one log did. The first ten fields are the contract of ``crawl --json``.

    ``pages`` are pages seen, not files; the states count disclosures; ``failed`` counts addresses that could not be
    fetched or read. ``requests`` were sent for this log, robots.txt included; ``bodies_fetched`` are bodies of
    disclosures and attachments that came over the wire, a 304 being none.
    """

    log: str
    status: RunStatus
    pages: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    gone: int = 0
    failed: int = 0
    missing_fields: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    bodies_fetched: int = 0
    reason: str = ""  # why the run stopped or what fell short, in plain words
    failures: dict[str, int] = field(default_factory=dict)  # by reason
    left_out: int = 0  # lines of the listing that lead out of the log: policies, spending …

    @property
    def fell_short(self) -> bool:
        """Whether a person should look: everything but ``ok``, and ``empty`` where the site itself says so."""
        return self.status not in (RunStatus.OK, RunStatus.EMPTY)

    def as_json(self) -> dict[str, Any]:
        """One object of ``crawl --json``; the contract's keys come first."""
        return asdict(self)


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a crawl noted about one log on the way, beside what the catalogue counts."""

    stopped: RunStatus | None = None  # the site or the network ended the run
    reason: str = ""
    listings_read: int = 0
    listings_failed: int = 0
    entries: int = 0  # lines of listing pages
    folders: int = 0  # links of listing pages to pages that may be folders or disclosures
    says_empty: bool = False  # a listing prints that nothing was found
    items_read: int = 0  # pages that were disclosures, unchanged ones too
    items_unread: int = 0  # pages where a disclosure was expected and none was found
    requests: int = 0
    bodies_fetched: int = 0
    left_out: set[str] = field(default_factory=set)
    failures: Counter[str] = field(default_factory=Counter)

    def stop(self, status: RunStatus, reason: str) -> None:
        """End the run; the first word stands."""
        if self.stopped is None:
            self.stopped, self.reason = status, reason


def judge(tally: Tally, counts: Counts, *, resumed: bool = False) -> tuple[RunStatus, str]:
    """How a run ended, and why in words. ``counts`` are the catalogue's, of the whole run; a run that was resumed may
    have read its listing before it was stopped."""
    if tally.stopped is not None:
        return tally.stopped, tally.reason
    here = counts.new + counts.changed + counts.unchanged + counts.moved
    if tally.listings_read == 0 and not resumed:
        return RunStatus.DRIFTED, "the listing's address no longer holds a listing"
    if here == 0:
        return _nothing(tally, counts)
    if not (tally.entries or tally.folders or resumed):  # known pages still answer, but nothing leads to them
        return RunStatus.DRIFTED, NO_LINK
    if tally.items_unread > tally.items_read and not resumed:
        return RunStatus.DRIFTED, f"{tally.items_unread} pages were no disclosures, {tally.items_read} were"
    if counts.failed:
        return RunStatus.PARTIAL, f"{counts.failed} addresses could not be fetched or read"
    return RunStatus.OK, ""


def _nothing(tally: Tally, counts: Counts) -> tuple[RunStatus, str]:
    """Zero disclosures: right only where the site says so and nothing speaks against it."""
    if tally.says_empty and not (tally.entries or counts.gone or counts.failed):
        return RunStatus.EMPTY, "the listing says that there is nothing"
    if tally.entries == 0:
        return RunStatus.DRIFTED, NO_LINK
    if tally.items_unread:
        return RunStatus.DRIFTED, f"the listing leads to {tally.entries} pages and none of them is a disclosure"
    if counts.gone:
        return RunStatus.DRIFTED, "every disclosure is gone"
    return RunStatus.PARTIAL, f"{counts.failed} addresses could not be fetched or read"


def report(log: str, tally: Tally, counts: Counts, status: RunStatus, reason: str) -> LogReport:
    """The report of one log from the crawl's notes and the catalogue's counts."""
    return LogReport(
        log=log,
        status=status,
        pages=counts.pages,
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        moved=counts.moved,
        gone=counts.gone,
        failed=counts.failed,
        missing_fields=dict(sorted(counts.missing_fields.items())),
        requests=tally.requests,
        bodies_fetched=tally.bodies_fetched,
        reason=reason,
        failures=dict(sorted(tally.failures.items())),
        left_out=len(tally.left_out),
    )
