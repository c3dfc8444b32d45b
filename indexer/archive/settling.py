"""What a run settles at its end: pages that moved are told from new ones, and twins are joined.

Only then is everything known that it takes: whichever of the old and the new address was fetched first, the outcome is
the same.
"""

from __future__ import annotations

import sqlite3
from collections import Counter

from indexer.archive.catalogue import Catalogue, to_moment
from indexer.archive.filing import Filing
from indexer.archive.merging import merge
from indexer.archive.model import State

CHAIN = 10  # redirects followed from one address: browsers give up at twenty, sites that moved twice need two
SAME_LOG = (
    "SELECT n.id AS new, o.id AS old FROM findings f JOIN disclosures n ON n.id = f.disclosure "
    "JOIN disclosures o ON o.log = n.log AND o.id != n.id AND o.merged_into IS NULL AND o.erased = 0 "
    "WHERE f.run = ? AND f.state = 'new' AND n.gone_since IS NULL "
)


def settle(catalogue: Catalogue, filing: Filing, log: str, run: int) -> None:
    """Tell moved from new and gone. Inside a transaction; doing it twice changes nothing."""
    _follow_redirects(catalogue, filing, log, run)
    by_reference = SAME_LOG + "AND o.gone_since IS NOT NULL AND o.reference_key = n.reference_key"
    by_content = (
        SAME_LOG + "AND o.gone_since IS NOT NULL AND o.content_key = n.content_key "
        "AND coalesce(o.reference_key, n.reference_key, '') = coalesce(n.reference_key, o.reference_key, '') "
        "AND coalesce(o.title, n.title, '') = coalesce(n.title, o.title, '')"  # two pages may say "please see attached"
    )
    for statement in (by_reference, by_content):
        for pair in _one_to_one(catalogue.rows(statement, run)):
            _move(catalogue, filing, pair["new"], pair["old"])
    twins = (
        SAME_LOG + "AND o.gone_since IS NULL AND o.reference_key = n.reference_key AND o.content_key = n.content_key "
        "AND o.part = n.part AND (o.first_seen, o.id) < (n.first_seen, n.id) ORDER BY o.first_seen, o.id"
    )
    joined: set[str] = set()
    for pair in catalogue.rows(twins, run):
        if pair["new"] not in joined and pair["old"] not in joined:
            merge(catalogue, pair["new"], pair["old"])
            joined.add(pair["new"])


def join_twins(catalogue: Catalogue, new: list[str]) -> dict[str, str]:
    """Join disclosures that an import made with those of the same log, reference and words; new id → the id it is "
    "now."""
    joined: dict[str, str] = {}
    for one in new:
        old = catalogue.value(
            "SELECT o.id FROM disclosures n JOIN disclosures o ON o.log = n.log AND o.reference_key = n.reference_key "
            "AND o.content_key = n.content_key AND o.part = n.part AND o.id != n.id "
            "WHERE n.id = ? AND o.merged_into IS NULL AND o.erased = 0 ORDER BY o.first_seen, o.id LIMIT 1",
            one,
        )
        if old:
            merge(catalogue, one, old)
            joined[one] = old
    return joined


def _move(catalogue: Catalogue, filing: Filing, new: str, old: str) -> None:
    merge(catalogue, new, old, moved=True)
    filing.found(old, State.MOVED)


def _one_to_one(pairs: list[sqlite3.Row]) -> list[sqlite3.Row]:
    """Pairs neither side of which has another match: where two pages could be the moved one, nothing is guessed."""
    new = Counter(pair["new"] for pair in pairs)
    old = Counter(pair["old"] for pair in pairs)
    return [pair for pair in pairs if new[pair["new"]] == 1 and old[pair["old"]] == 1]


def _follow_redirects(catalogue: Catalogue, filing: Filing, log: str, run: int) -> None:
    rows = catalogue.rows(
        "SELECT a.*, f.reason FROM frontier f JOIN addresses a ON a.id = f.address "
        "WHERE f.run = ? AND f.state = 'redirected' ORDER BY f.position",
        run,
    )
    for row in rows:
        target = _target(catalogue, log, row)
        if target is None:
            continue
        there = {found["part"]: found for found in filing.standing_at(target["id"])}
        for known in filing.standing_at(row["id"]):
            found = there.get(known["part"]) or (next(iter(there.values())) if len(there) == 1 else None)
            if found is None:
                over = row["reason"] == "permanent" and _was_answered(catalogue, run, target["id"])
            else:
                over = found["id"] != known["id"] and not _joined(catalogue, filing, run, known, found)
            if over:
                filing.gone(row["id"], to_moment(target["last_seen"] or row["last_seen"]))


def _target(catalogue: Catalogue, log: str, row: sqlite3.Row) -> sqlite3.Row | None:
    """Where a chain of redirects ends."""
    for _ in range(CHAIN):
        if row["redirects_to"] is None:
            return row
        following = catalogue.row("SELECT * FROM addresses WHERE log = ? AND key = ?", log, row["redirects_to"])
        if following is None:
            return None
        row = following
    return None


def _joined(catalogue: Catalogue, filing: Filing, run: int, known: sqlite3.Row, found: sqlite3.Row) -> bool:
    """The page of ``known`` leads to the page of ``found``: make them one where they are."""
    state = catalogue.value("SELECT state FROM findings WHERE run = ? AND disclosure = ?", run, found["id"])
    if state == State.NEW:
        _move(catalogue, filing, found["id"], known["id"])
        return True
    agree = any(known[key] and known[key] == found[key] for key in ("reference_key", "content_key"))
    if agree:
        merge(catalogue, known["id"], found["id"])
    return agree


def _was_answered(catalogue: Catalogue, run: int, address_id: int) -> bool:
    return bool(
        catalogue.value(
            "SELECT 1 FROM frontier WHERE run = ? AND address = ? AND state IN ('done', 'listed', 'same', 'gone', "
            "'filed')",
            run,
            address_id,
        )
    )
