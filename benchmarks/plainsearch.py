"""The plain alternative to an engine: SQLite with FTS5, as a person who knows SQL sets it up in an afternoon.

It ranks, counts, filters, makes snippets and counts every facet under the other facets' choices. It hands over titles,
not records, and has SQLite's own stemmer, so that its totals may differ a little.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from indexer.disclosure import Disclosure
from indexer.document import facet_values
from indexer.query import Facet

SCHEMA = """
CREATE VIRTUAL TABLE letter USING fts5(title, text, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TABLE fact (facet TEXT, value TEXT, letter INTEGER, PRIMARY KEY (facet, value, letter)) WITHOUT ROWID;
CREATE INDEX fact_letter ON fact (letter, facet, value);
CREATE TABLE day (letter INTEGER PRIMARY KEY, day INTEGER);
CREATE TEMP TABLE found (letter INTEGER PRIMARY KEY);
CREATE TEMP TABLE wide (letter INTEGER PRIMARY KEY);
"""
BATCH = 1000  # letters between commits


class PlainSearch:
    """One SQLite file of letters."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.executescript(SCHEMA)

    def build(self, records: Iterable[Disclosure]) -> None:
        """Adds every record."""
        self._database.execute("BEGIN")
        for number, record in enumerate(records, start=1):
            text = "\n".join(part.text for part in record.parts)
            self._database.execute(
                "INSERT INTO letter (rowid, title, text) VALUES (?, ?, ?)", (number, record.title, text)
            )
            pairs = [(facet.value, value) for facet in Facet for value in facet_values(record, facet)]
            pairs += [("under", value) for value in _under(record)]
            self._database.executemany("INSERT INTO fact VALUES (?, ?, ?)", [(*pair, number) for pair in pairs])
            day = record.dated_on.toordinal() if record.dated_on else None
            self._database.execute("INSERT INTO day VALUES (?, ?)", (number, day))
            if number % BATCH == 0:
                self._database.execute("COMMIT")
                self._database.execute("BEGIN")
        self._database.execute("COMMIT")
        self._database.execute("INSERT INTO letter (letter) VALUES ('optimize')")
        self._database.execute("ANALYZE")

    def search(
        self, match: str, chosen: dict[Facet, str], *, under: str = "", after: int = 0, offset: int = 0
    ) -> tuple[int, list[tuple[str, str]], dict[Facet, list[tuple[str, int]]]]:
        """(total, titles with snippets of one page, facets). ``match`` is FTS5's own language; "" is every letter."""
        self._find("found", match, chosen, under, after)
        total = self._database.execute("SELECT count(*) FROM found").fetchone()[0]
        facets = {}
        for facet in Facet:
            table = "found"
            if facet in chosen:
                self._find("wide", match, {f: v for f, v in chosen.items() if f is not facet}, under, after)
                table = "wide"
            facets[facet] = self._database.execute(
                f"SELECT value, count(*) FROM {table} JOIN fact USING (letter) WHERE facet = ? GROUP BY value "
                "ORDER BY 2 DESC, 1",
                (facet.value,),
            ).fetchall()
        if match:
            page = self._database.execute(
                "SELECT title, snippet(letter, 1, '[', ']', '…', 40) FROM letter WHERE letter MATCH ? "
                "AND +rowid IN (SELECT letter FROM found) ORDER BY bm25(letter, 4, 1) LIMIT 20 OFFSET ?",
                (match, offset),
            )
        else:
            page = self._database.execute(
                "SELECT title, substr(text, 1, 240) FROM day JOIN letter ON letter.rowid = day.letter "
                "WHERE day.letter IN (SELECT letter FROM found) ORDER BY day DESC LIMIT 20 OFFSET ?",
                (offset,),
            )
        return total, page.fetchall(), facets

    def close(self) -> None:
        """Releases the file."""
        self._database.close()

    def _find(self, table: str, match: str, chosen: dict[Facet, str], under: str, after: int) -> None:
        clauses, values = [], []
        if match:
            clauses.append("rowid IN (SELECT rowid FROM letter WHERE letter MATCH ?)")
            values.append(match)
        for facet, value in (*((f.value, v) for f, v in chosen.items()), *([("under", under)] if under else [])):
            clauses.append("rowid IN (SELECT letter FROM fact WHERE facet = ? AND value = ?)")
            values += [facet, value]
        where = " AND ".join(["day >= ?", *clauses])
        self._database.execute(f"DELETE FROM {table}")
        self._database.execute(f"INSERT INTO {table} SELECT letter FROM day WHERE {where}", (after, *values))


def _under(record: Disclosure) -> set[str]:
    """Each applied provision and all that it lies beneath; every citation of the corpus is an applied one."""
    found = set()
    for citation in record.reading.citations:
        limbs = citation.provision.split("(")
        found |= {f"{citation.regime} {'('.join(limbs[:n])}".lower() for n in range(1, len(limbs) + 1)}
    return found
