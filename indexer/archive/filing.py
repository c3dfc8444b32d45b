"""What an answer means for the catalogue: whose it is, and whether it is new, changed or the same.

Used by runs, which keep a list of what to fetch, and by imports, which have none. Always inside a transaction.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from indexer.archive.addresses import address_key, mint
from indexer.archive.catalogue import Catalogue, to_text
from indexer.archive.decisions import Decisions, address_mark
from indexer.archive.merging import merge
from indexer.archive.model import Capture, Filed, Item, Kind, Listed, Marks, Page, State, Want
from indexer.archive.stored import PLACES
from indexer.reading.references import reference_key

RANK = {State.GONE: 0, State.UNCHANGED: 1, State.CHANGED: 2, State.MOVED: 3, State.NEW: 4}  # the higher one is counted


class Filing:
    """Files answers under one log. ``run`` is None for an import."""

    def __init__(
        self, catalogue: Catalogue, decisions: Decisions, log: str, forces: tuple[str, ...], *, run: int | None = None
    ) -> None:
        """``forces`` are whose log it is; an erasure by reference is known by them."""
        self._catalogue = catalogue
        self._decisions = decisions
        self._log = log
        self._forces = forces
        self._run = run

    # -- addresses

    def address(self, url: str, kind: Kind) -> sqlite3.Row:
        """The row of an address of this log, made where it is new."""
        key = address_key(url)
        self._catalogue.run(
            "INSERT INTO addresses (log, key, url, kind) VALUES (?, ?, ?, ?) ON CONFLICT (log, key) DO NOTHING",
            self._log,
            key,
            url,
            kind,
        )
        row = self._catalogue.row("SELECT * FROM addresses WHERE log = ? AND key = ?", self._log, key)
        assert row
        return row

    def want(self, url: str, kind: Kind, listed: Listed | None) -> Want | None:
        """Put an address on the run's list; None where it is there, was dealt with, was erased, or there is no run."""
        if self._decisions.erases_address(self._log, url):
            return None
        row = self.address(url, kind)
        if listed:
            self._catalogue.run(
                "UPDATE addresses SET url = ?, title = ?, published_on = ?, listed_in = ? WHERE id = ?",
                url,
                listed.title,
                listed.published_on.isoformat() if listed.published_on else None,
                self._run,
                row["id"],
            )
        if self._run is None:
            return None
        done = self._catalogue.run(
            "INSERT INTO frontier (run, address, state) VALUES (?, ?, 'pending') ON CONFLICT (run, address) DO NOTHING",
            self._run,
            row["id"],
        )
        return Want(url=url, kind=Kind(row["kind"]), listed=listed) if done.rowcount else None

    def hold(self, address_id: int, capture: Capture) -> bool:
        """Make a capture the one that an address stands for, unless a later one does; whether it now does."""
        row = self._catalogue.row(
            "SELECT a.gone_since, c.fetched_at FROM addresses a LEFT JOIN captures c ON c.number = a.capture WHERE "
            "a.id = ?",
            address_id,
        )
        assert row
        moment = to_text(capture.fetched_at)
        newer = row["fetched_at"] is None or moment >= row["fetched_at"]
        alive = row["gone_since"] is None or moment > row["gone_since"]
        self._catalogue.run(
            "UPDATE addresses SET first_seen = min(coalesce(first_seen, ?1), ?1), last_seen = max(coalesce(last_seen, "
            "?1), ?1)"
            ", capture = iif(?2, ?3, capture), gone_since = iif(?4, NULL, gone_since), "
            "redirects_to = iif(?2 AND ?4, NULL, redirects_to) WHERE id = ?5",
            moment,
            newer,
            capture.number,
            alive,
            address_id,
        )
        return newer and alive

    def hold_other(self, address_id: int, capture: Capture) -> None:
        """The same for a page that is no disclosure: what is known of one that was there before stays."""
        if not self.standing_at(address_id) and not self._owners(address_id):
            self.hold(address_id, capture)

    def standing_at(self, address_id: int) -> list[sqlite3.Row]:
        """The disclosures at an address."""
        return self._catalogue.rows(
            "SELECT d.* FROM places p JOIN disclosures d ON d.id = p.disclosure "
            "WHERE p.address = ? AND d.erased = 0 ORDER BY d.first_seen, d.id",
            address_id,
        )

    def _owners(self, address_id: int) -> list[sqlite3.Row]:
        return self._catalogue.rows(
            "SELECT d.* FROM attachments t JOIN disclosures d ON d.id = t.disclosure WHERE t.address = ?", address_id
        )

    # -- answers

    def file_page(self, url: str, capture: Capture, page: Page) -> tuple[Filed, ...]:
        """File every answer of a page, and say which of those it held before it no longer holds."""
        if capture.refused:
            return tuple(Filed(id=None, state=State.UNCHANGED) for _ in page.items)
        row = self.address(url, Kind.ITEM)
        before = [known for known in self.standing_at(row["id"]) if self._still(known, row["id"], page)]
        filed: list[Filed] = []
        speaks = False
        for item in page.items:
            known = _known(before, item)
            if known is None and (erasure := self._erased(url, capture, page, item)):
                self._purge(url, capture, page, erasure)
                filed.append(Filed(id=None, state=State.UNCHANGED))
                continue
            speaks = self.hold(row["id"], capture)
            filed.append(self._file(row["id"], url, capture, page, item, known, speaks=speaks))
        if speaks:
            kept = {answer.id for answer in filed}
            self._end([d["id"] for d in before if d["id"] not in kept], row["id"], capture)
        return tuple(filed)

    def file_attachment(self, url: str, capture: Capture) -> State:
        """File a document that disclosures link to."""
        if capture.refused:
            return State.UNCHANGED
        row = self.address(url, Kind.ATTACHMENT)
        held = self._catalogue.row(
            "SELECT c.sha256, a.gone_since FROM addresses a JOIN captures c ON c.number = a.capture WHERE a.id = ?",
            row["id"],
        )
        if not self.hold(row["id"], capture):
            return State.UNCHANGED
        if held and held["sha256"] == capture.sha256 and held["gone_since"] is None:
            return State.UNCHANGED
        for owner in self._owners(row["id"]):
            self.found(owner["id"], State.CHANGED)
            self._catalogue.touch([owner["id"]])
        return State.CHANGED if held else State.NEW

    def same(self, url: str, capture: Capture) -> tuple[Filed, ...]:
        """The body held for an address is still what the site serves."""
        row = self.address(url, Kind.OTHER)
        back = row["gone_since"] is not None
        self.hold(row["id"], capture)
        if back:
            for owner in self._owners(row["id"]):
                self.found(owner["id"], State.CHANGED)
                self._catalogue.touch([owner["id"]])
        filed = []
        for disclosure in self.standing_at(row["id"]):
            state = State.CHANGED if self._back(disclosure) else State.UNCHANGED
            state = self.found(disclosure["id"], state)
            filed.append(Filed(id=disclosure["id"], state=state, wanted=self._want_attachments(disclosure["id"])))
        return tuple(filed)

    def gone(self, address_id: int, moment: datetime) -> None:
        """An address answers no more. A disclosure is gone when none of its addresses does."""
        if self._catalogue.value("SELECT gone_since FROM addresses WHERE id = ?", address_id):
            return
        self._catalogue.run("UPDATE addresses SET gone_since = ? WHERE id = ?", to_text(moment), address_id)
        for disclosure in self.standing_at(address_id):
            self._end_if_nowhere(disclosure["id"], moment)
        for owner in self._owners(address_id):
            self.found(owner["id"], State.CHANGED)
            self._catalogue.touch([owner["id"]])

    def found(self, disclosure_id: str, state: State) -> State:
        """Note what this run found about a disclosure; what weighs more stays. Returns what stands."""
        if self._run is None:
            return state
        noted = self._catalogue.value(
            "SELECT state FROM findings WHERE run = ? AND disclosure = ?", self._run, disclosure_id
        )
        if noted and RANK[State(noted)] >= RANK[state]:
            return State(noted)
        self._catalogue.run(
            "INSERT INTO findings VALUES (?, ?, ?) ON CONFLICT (run, disclosure) DO UPDATE SET state = excluded.state",
            self._run,
            disclosure_id,
            state,
        )
        return state

    # -- one answer

    def _still(self, known: sqlite3.Row, address_id: int, page: Page) -> bool:
        """Whether a page is still about the disclosure that stood there: one that moved away may have been followed by
        another at its old address."""
        speaker = self._catalogue.row(PLACES + " LIMIT 1", known["id"])
        if (
            speaker is None
            or speaker["id"] == address_id
            or any(_agree(known, item, strict=False) for item in page.items)
        ):
            return True
        self._catalogue.run("DELETE FROM places WHERE disclosure = ? AND address = ?", known["id"], address_id)
        return False

    def _file(
        self,
        address_id: int,
        url: str,
        capture: Capture,
        page: Page,
        item: Item,
        known: sqlite3.Row | None,
        *,
        speaks: bool,
    ) -> Filed:
        known = known or self._elsewhere(url, page, item)
        state = State.UNCHANGED
        if known is None:
            known = self._mint(_trusted(url, page.canonical) or url, capture, item)
            state = State.NEW
        disclosure_id = known["id"]
        self._catalogue.run(
            "UPDATE disclosures SET first_seen = min(first_seen, ?) WHERE id = ?",
            to_text(capture.fetched_at),
            disclosure_id,
        )
        self._place(disclosure_id, address_id, rank=int(page.secondary))
        for other in _others(url, page):
            self._stands_also(disclosure_id, other, item, rank=int(not page.secondary))
        speaker = self._catalogue.row(PLACES + " LIMIT 1", disclosure_id)
        if speaks and speaker and speaker["id"] == address_id:
            changed = self._write_down(disclosure_id, address_id, capture, item)
            back = self._back(known)
            if state is not State.NEW and (changed or back):
                state = State.CHANGED
        state = self.found(disclosure_id, state)
        return Filed(id=disclosure_id, state=state, wanted=self._want_attachments(disclosure_id))

    def _write_down(self, disclosure_id: str, address_id: int, capture: Capture, item: Item) -> bool:
        """Take over what the page says; whether that differs from what it said before."""
        listed = self._catalogue.row("SELECT title, published_on FROM addresses WHERE id = ?", address_id)
        assert listed
        title = item.title or listed["title"]
        published = item.published_on.isoformat() if item.published_on else listed["published_on"]
        files = list({address_key(url): (name, url) for name, url in reversed(item.attachments)}.values())[::-1]
        filed_as = json.dumps(
            [
                title,
                published,
                item.reference,
                item.content_key or capture.sha256,
                [[n, address_key(u)] for n, u in files],
            ]
        )
        if filed_as == self._catalogue.value("SELECT filed_as FROM disclosures WHERE id = ?", disclosure_id):
            return False
        self._catalogue.run(
            "UPDATE disclosures SET title = ?, published_on = ?, reference = ?, reference_key = ?, content_key = ?, "
            "missing = ?, filed_as = ? WHERE id = ?",
            title,
            published,
            item.reference,
            reference_key(item.reference) if item.reference else None,
            item.content_key,
            json.dumps(item.missing),
            filed_as,
            disclosure_id,
        )
        self._catalogue.run("DELETE FROM attachments WHERE disclosure = ?", disclosure_id)
        for number, (name, url) in enumerate(files, start=1):
            self._catalogue.run(
                "INSERT INTO attachments VALUES (?, ?, ?, ?)",
                disclosure_id,
                number,
                name,
                self.address(url, Kind.ATTACHMENT)["id"],
            )
        self._catalogue.touch([disclosure_id])
        return True

    def _mint(self, url: str, capture: Capture, item: Item) -> sqlite3.Row:
        generation = 1
        while self._catalogue.row(
            "SELECT 1 FROM disclosures WHERE id = ?", new_id := mint(self._log, url, item.part, generation)
        ):
            generation += 1  # the address served another disclosure before, which moved on
        self._catalogue.run(
            "INSERT INTO disclosures (id, log, forces, part, missing, first_seen, revision) VALUES (?, ?, '[]', ?, "
            "'[]', ?, ?)",
            new_id,
            self._log,
            item.part,
            to_text(capture.fetched_at),
            self._catalogue.next_revision(),
        )
        row = self._catalogue.row("SELECT * FROM disclosures WHERE id = ?", new_id)
        assert row
        return row

    def _elsewhere(self, url: str, page: Page, item: Item) -> sqlite3.Row | None:
        """The disclosure that stands at another address which this page names as its own or its twin's."""
        for other in _others(url, page):
            row = self._catalogue.row(
                "SELECT * FROM addresses WHERE log = ? AND key = ? AND kind != 'listing'", self._log, address_key(other)
            )
            for known in self.standing_at(row["id"]) if row else ():
                if known["part"] == item.part and _agree(known, item, strict=other == page.canonical):
                    return known
        return None

    def _stands_also(self, disclosure_id: str, url: str, item: Item, *, rank: int) -> None:
        """Enter a twin's address; where another disclosure stands there and they agree, the two become one."""
        row = self.address(url, Kind.ITEM)
        if row["kind"] == Kind.LISTING:
            return
        there = [d for d in self.standing_at(row["id"]) if d["id"] != disclosure_id]
        if not there:
            self._place(disclosure_id, row["id"], rank=rank, known_only=True)
        elif there[0]["part"] == item.part and _agree(there[0], item, strict=False):
            merge(self._catalogue, there[0]["id"], disclosure_id)

    def _place(self, disclosure_id: str, address_id: int, *, rank: int, known_only: bool = False) -> None:
        self._catalogue.run(
            "INSERT INTO places VALUES (?1, ?2, ?3, (SELECT count(*) FROM places WHERE disclosure = ?1)) "
            "ON CONFLICT (disclosure, address) DO UPDATE SET rank = iif(?4, rank, excluded.rank)",
            disclosure_id,
            address_id,
            rank,
            known_only,
        )

    def _want_attachments(self, disclosure_id: str) -> tuple[Want, ...]:
        rows = self._catalogue.rows(
            "SELECT a.url FROM attachments t JOIN addresses a ON a.id = t.address WHERE t.disclosure = ? ORDER BY "
            "t.number",
            disclosure_id,
        )
        return tuple(want for row in rows if (want := self.want(row["url"], Kind.ATTACHMENT, None)))

    def _back(self, disclosure: sqlite3.Row) -> bool:
        """Note that a gone disclosure is there again; whether it was gone."""
        if disclosure["gone_since"] is None:
            return False
        self._catalogue.run("UPDATE disclosures SET gone_since = NULL WHERE id = ?", disclosure["id"])
        self._catalogue.touch([disclosure["id"]])
        return True

    # -- what is no longer there

    def _end(self, disclosure_ids: list[str], address_id: int, capture: Capture) -> None:
        """Answers that a page held before and no longer does."""
        for disclosure_id in disclosure_ids:
            if self._catalogue.value("SELECT merged_into FROM disclosures WHERE id = ?", disclosure_id):
                continue
            self._catalogue.run("DELETE FROM places WHERE disclosure = ? AND address = ?", disclosure_id, address_id)
            self._end_if_nowhere(disclosure_id, capture.fetched_at)

    def _end_if_nowhere(self, disclosure_id: str, moment: datetime) -> None:
        speaker = self._catalogue.row(PLACES + " LIMIT 1", disclosure_id)
        ended = self._catalogue.value("SELECT gone_since FROM disclosures WHERE id = ?", disclosure_id)
        if ended or (speaker and speaker["live"]):
            return
        self._catalogue.run("UPDATE disclosures SET gone_since = ? WHERE id = ?", to_text(moment), disclosure_id)
        self.found(disclosure_id, State.GONE)
        self._catalogue.touch([disclosure_id])

    # -- what was erased

    def _erased(self, url: str, capture: Capture, page: Page, item: Item) -> int | None:
        whole = [capture.sha256] if len(page.items) == 1 else []
        return self._decisions.erases(
            Marks(
                id=mint(self._log, _trusted(url, page.canonical) or url, item.part),
                forces=self._forces,
                reference_key=item.reference,
                hashes=tuple(h for h in (*whole, item.content_key) if h),
            )
        )

    def _purge(self, url: str, capture: Capture, page: Page, erasure: int) -> None:
        """What was erased came back at another address: its bytes go again, and it is not fetched from there again."""
        if len(page.items) == 1:
            self._catalogue.run("INSERT OR IGNORE INTO purges VALUES (?, ?)", capture.number, erasure)
            mark = address_mark(self._log, url)
            self._catalogue.run("INSERT OR IGNORE INTO marks VALUES (?, 'address', ?)", erasure, mark)


def _known(before: list[sqlite3.Row], item: Item) -> sqlite3.Row | None:
    """Which of the disclosures at an address an answer is: by its part, else by its reference."""
    same_part = [row for row in before if row["part"] == item.part]
    if same_part:
        return same_part[0]
    key = reference_key(item.reference) if item.reference else None
    return next((row for row in before if key and row["reference_key"] == key), None)


def _others(url: str, page: Page) -> list[str]:
    named = [_trusted(url, other) for other in (page.canonical, *page.alternates)]
    return [other for other in dict.fromkeys(named) if other]


def _trusted(url: str, other: str | None) -> str | None:
    """Another address of a page, unless it is the same one, or one above it: a site whose every page calls the front
    page its own address would otherwise become a single disclosure."""
    if other is None:
        return None
    here, there = address_key(url), address_key(other)
    return None if here == there or here.startswith(there + "/") or "/" not in there else other


def _agree(known: sqlite3.Row, item: Item, *, strict: bool) -> bool:
    """Whether two pages can be one answer; ``strict`` where only a page's own claim says so."""
    key = reference_key(item.reference) if item.reference else None
    if key and known["reference_key"]:
        return bool(key == known["reference_key"])
    return not (strict and item.content_key and known["content_key"] and item.content_key != known["content_key"])
