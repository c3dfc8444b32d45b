"""The embedded engine, on tantivy: one machine, no server, in a folder or in memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur

from indexer.disclosure import Disclosure
from indexer.document import FORMAT, Document, UnfitError, flatten, request_of
from indexer.engines.base import EngineDataError, Hidden, IndexReport, Version
from indexer.engines.embedded_query import SCHEMA, Compiled, all_of, term
from indexer.engines.embedded_walk import number, page, record_at, walk
from indexer.engines.nearness import CANDIDATES, Frequencies, nearest, telling, words_of
from indexer.engines.plan import plan, tallied
from indexer.engines.shelf import Shelf, made_at, public
from indexer.engines.sortkeys import sort_keys
from indexer.query import Facet, Hit, Query, Results, Sort
from indexer.snippets import Highlighter

MOST_VALUES = 10_000  # of one facet; the law knows some 500 provisions, so this cuts nothing
BATCH = 1000  # records between two looks at the index in a walk over a result: about 10 MB of text
BUILDING = {"heap_size": 200_000_000, "num_threads": 2}  # bytes; more memory makes no build of 100,000 letters faster
UPDATING = {"heap_size": 30_000_000, "num_threads": 1}  # bytes; tantivy asks for at least 15 million a thread
FORMAT_FILE = "format"


@dataclass(frozen=True, slots=True)
class _Reader:
    """One version as of one moment. ``stamp`` tells whether the moment has passed."""

    name: str
    stamp: object
    index: tantivy.Index
    searcher: tantivy.Searcher
    hidden: tuple[tantivy.Query, ...]  # what it holds of what is to be hidden: nothing, unless it is an old one


class EmbeddedEngine:
    """See ``indexer.engines.base.Engine``."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._in_memory: dict[str, tantivy.Index] = {}
        self._reader: _Reader | None = None
        self._hidden: tuple[Hidden, ...] = ()
        self._refreshing = threading.Lock()

    def search(self, query: Query) -> Results:
        """See ``Engine``."""
        began = time.perf_counter()
        planned = plan(query)
        reader = self._read()
        asked, searcher = Compiled.of(planned, reader.hidden), reader.searcher
        total, counts = _counts(searcher, asked)
        start = (query.page - 1) * query.size
        found: list[tantivy.DocAddress] = []
        if start < total:  # tantivy sets memory aside for every record that a page skips
            found = page(searcher, asked, planned.order, start, query.size)
        highlighter = Highlighter(planned.tree)
        hits = []
        for address in found:
            disclosure = record_at(searcher, address)
            hits.append(Hit(disclosure=disclosure, snippets=highlighter.snippets(disclosure)))
        return Results(
            total=total,
            hits=tuple(hits),
            facets=tallied(counts, planned.chosen),
            also_searched=planned.also_searched,
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def get(self, record_id: str) -> Disclosure | None:
        """See ``Engine``."""
        reader = self._read()
        searcher = reader.searcher
        found = searcher.search(all_of([term("id", record_id)], reader.hidden), 1, count=False).hits
        return record_at(searcher, found[0][1]) if found else None

    def by_reference(self, key: str, force: str | None = None) -> tuple[str, ...]:
        """See ``Engine``."""
        reader = self._read()
        searcher = reader.searcher
        query = all_of([term("reference", key), *([term(Facet.FORCE.value, force)] if force else [])], reader.hidden)
        found = searcher.search(query, max(searcher.num_docs, 1), count=False).hits
        return tuple(sorted(record_at(searcher, address).id for _, address in found))

    def scan(self, query: Query) -> Iterator[Disclosure]:
        """See ``Engine``. Held in memory: one batch of records, whatever the result's size."""
        planned = plan(query)
        reader = self._read()
        return walk(reader.searcher, Compiled.of(planned, reader.hidden), planned.order)

    def similar(self, text: str, *, limit: int, leave_out: Sequence[str] = ()) -> tuple[Hit, ...]:
        """See ``Engine``."""
        reader, words = self._read(), words_of(text)
        searcher = reader.searcher
        known = _frequencies(searcher, words)
        wanted = [(Occur.Should, term("request", word)) for word in telling(words, known)]
        if not wanted:
            return ()
        left_out = [*(term("id", record_id) for record_id in leave_out), *reader.hidden]
        unwanted = [(Occur.MustNot, one) for one in left_out]
        query = tantivy.Query.boolean_query([(Occur.Must, tantivy.Query.boolean_query(wanted)), *unwanted])
        found = [record_at(searcher, address) for _, address in searcher.search(query, CANDIDATES, count=False).hits]
        compared = [*words, *(word for candidate in found for word in words_of(request_of(candidate)))]
        return nearest(words, found, _frequencies(searcher, compared), limit)

    def hide(self, hidden: Collection[Hidden]) -> None:
        """See ``Engine``. What a version does not hold costs no search anything."""
        self._hidden = tuple(dict.fromkeys(hidden))
        self._reader = None

    def update(self, records: Iterable[Disclosure], remove: Iterable[str] = ()) -> IndexReport:
        """See ``Engine``. Before the first build it makes the first version."""
        with self._shelf.writing():
            name = self._shelf.live()
            fresh = name is None
            name = name or self._draft()
            index = self._open(name)
            gone = [record_id for record_id in dict.fromkeys(remove) if _holds(index, record_id)]
            report = _write(index, records, gone, public(name), UPDATING, replacing=True)
            if fresh:
                self._shelf.publish(name)
                self._shelf.switch(name)
        self._reader = None
        return report

    def rebuild(self, records: Iterable[Disclosure]) -> IndexReport:
        """See ``Engine``."""
        with self._shelf.writing():
            before = self._shelf.live()
            name = self._draft()
            report = _write(self._open(name), records, (), public(name), BUILDING, replacing=False)
            self._shelf.publish(name)
            self._shelf.switch(name)
            for old in self._shelf.names():
                if old != name and (old != before or not self._usable(old)):
                    self._drop(old)
        self._reader = None
        return report

    def remove_everywhere(self, ids: Iterable[str]) -> None:
        """See ``Engine``."""
        unwanted = list(dict.fromkeys(ids))
        with self._shelf.writing():
            for name in self._cleanable():
                _write(self._open(name), (), unwanted, public(name), UPDATING, replacing=True)
        self._reader = None

    def purge(self) -> None:
        """See ``Engine``: every version is written anew, as tantivy keeps deleted text until it happens to merge."""
        with self._shelf.writing():
            for name in self._cleanable():
                searcher = self._open(name).searcher()
                asked = Compiled.of(plan(Query()))
                edition = self._draft(after=name)
                records = walk(searcher, asked, Sort.OLDEST)
                _write(self._open(edition), records, (), public(name), BUILDING, replacing=False)
                self._shelf.publish(edition)
                if self._shelf.live() == name:
                    self._shelf.switch(edition)
                self._drop(name)
        self._reader = None

    def versions(self) -> tuple[Version, ...]:
        """See ``Engine``; one that this edition cannot open is none, so that a build makes another."""
        live = self._shelf.live()
        return tuple(
            Version(
                name=public(name),
                records=self._open(name).searcher().num_docs,
                live=name == live,
                made_at=made_at(name),
            )
            for name in self._shelf.names()
            if self._usable(name)
        )

    def use(self, version: str) -> None:
        """See ``Engine``."""
        with self._shelf.writing():
            kept = {public(name): name for name in self._shelf.names()}
            if version not in kept:
                raise EngineDataError(f"There is no version {version}. Kept: {', '.join(kept) or 'none'}.")
            self._open(kept[version])
            self._shelf.switch(kept[version])
        self._reader = None

    def count(self) -> int:
        """See ``Engine``; before the first build there are none."""
        if not self._shelf.live():
            return 0
        reader = self._read()
        return number(reader.searcher, all_of([], reader.hidden)) if reader.hidden else reader.searcher.num_docs

    def close(self) -> None:
        """See ``Engine``."""
        self._reader = None
        self._in_memory.clear()

    def _read(self) -> _Reader:
        """The live version as it is now."""
        name = self._shelf.live()
        if name is None:
            raise EngineDataError("There is no index yet. Run `crossforce index`.")
        try:
            return self._read_version(name)
        except EngineDataError:
            switched = self._shelf.live()
            if switched in {name, None}:
                raise
            return self._read_version(str(switched))  # two builds went by while this one was being opened

    def _read_version(self, name: str) -> _Reader:
        reader, stamp = self._reader, self._stamp(name)
        if reader and (reader.name, reader.stamp) == (name, stamp):
            return reader
        with self._refreshing:
            reader, stamp = self._reader, self._stamp(name)
            if not reader or reader.name != name:
                index = self._open(name)
            elif reader.stamp != stamp:
                index = reader.index
                index.reload()
            else:
                return reader
            searcher = index.searcher()
            self._reader = reader = _Reader(name, stamp, index, searcher, _present(searcher, self._hidden))
            return reader

    def _stamp(self, name: str) -> object:
        """Changes with every commit, by whichever process."""
        place = self._shelf.place(name)
        if place is None:
            return None
        try:
            found = (place / "meta.json").stat()
        except FileNotFoundError:
            raise EngineDataError(f"The index {place} is gone. Run `crossforce index --full`.") from None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def _open(self, name: str) -> tantivy.Index:
        place = self._shelf.place(name)
        if place is None:
            return self._in_memory[name]
        if not (place / FORMAT_FILE).exists() or (place / FORMAT_FILE).read_text("ascii") != FORMAT:
            raise EngineDataError(
                f"The index {place} was made by another edition of Crossforce. Run `crossforce index --full`."
            )
        try:
            index = tantivy.Index.open(str(place))
        except ValueError as error:
            raise EngineDataError(f"The index {place} is damaged ({error}). Run `crossforce index --full`.") from error
        index.config_reader("manual")  # the default watches each index with a thread of its own
        index.reload()
        return index

    def _cleanable(self) -> list[str]:
        """Kept versions; one that cannot be opened cannot be cleaned either and is dropped: it can be built again."""
        for name in self._shelf.names():
            if not self._usable(name):
                self._drop(name)
        return list(self._shelf.names())

    def _usable(self, name: str) -> bool:
        try:
            self._open(name)
        except EngineDataError:
            return False
        return True

    def _draft(self, after: str | None = None) -> str:
        name = self._shelf.draft(after)
        place = self._shelf.place(name)
        if place is None:
            self._in_memory[name] = tantivy.Index(SCHEMA)
            self._in_memory[name].config_reader("manual")
        else:
            tantivy.Index(SCHEMA, str(place))
            (place / FORMAT_FILE).write_text(FORMAT, "ascii")
        return name

    def _drop(self, name: str) -> None:
        self._shelf.drop(name)
        self._in_memory.pop(name, None)


def _counts(searcher: tantivy.Searcher, asked: Compiled) -> tuple[int, dict[Facet, dict[str, int]]]:
    """The exact total, and every facet's counts under all choices but its own."""
    terms = {facet: {"terms": {"field": facet.value, "size": MOST_VALUES}} for facet in Facet}
    together = searcher.aggregate(
        asked.narrowed(), {f.value: terms[f] for f in Facet if f not in asked.choices or f is Facet.YEAR}
    )
    apart = {f: searcher.aggregate(asked.narrowed(f), {f.value: terms[f]}) for f in asked.choices}
    counts = {
        facet: {b["key"]: b["doc_count"] for b in apart.get(facet, together)[facet.value]["buckets"]} for facet in Facet
    }
    # Every record has exactly one year, or "none": so no second pass is needed to count them.
    return sum(bucket["doc_count"] for bucket in together[Facet.YEAR.value]["buckets"]), counts


def _frequencies(searcher: tantivy.Searcher, words: Iterable[str]) -> Frequencies:
    return Frequencies(searcher.num_docs, {word: searcher.doc_freq("request", word) for word in set(words)})


def _present(searcher: tantivy.Searcher, hidden: Iterable[Hidden]) -> tuple[tantivy.Query, ...]:
    """Of what is to be hidden, as queries, that which this moment of the index holds."""
    found = []
    for one in hidden:
        if searcher.doc_freq("marks", one.mark):
            unless = [term("marks", one.unless)] if one.unless else []
            query = all_of([term("marks", one.mark)], unless)
            if number(searcher, query):
                found.append(query)
    return tuple(found)


def _holds(index: tantivy.Index, record_id: str) -> bool:
    return bool(number(index.searcher(), term("id", record_id)))


def _write(
    index: tantivy.Index,
    records: Iterable[Disclosure],
    remove: Iterable[str],
    version: str,
    means: dict[str, int],
    *,
    replacing: bool,
) -> IndexReport:
    """Take out and put in, in one commit; where anything fails, nothing has happened."""
    writer = index.writer(**means)
    removed, seen, rejected = list(remove), set(), []
    try:
        for record_id in removed:
            writer.delete_documents_by_term("id", record_id)
        for record in records:
            try:
                document = flatten(record)
            except UnfitError as error:
                rejected.append((record.id, str(error)))
                continue
            if replacing or record.id in seen:
                writer.delete_documents_by_term("id", record.id)
            seen.add(record.id)
            writer.add_document(_filed(document))
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()  # it gives the lock back
    index.reload()
    return IndexReport(version=version, indexed=len(seen), removed=len(removed), rejected=tuple(rejected))


def _filed(document: Document) -> tantivy.Document:
    filed = tantivy.Document()
    filed.add_bytes("record", document.record)
    filed.add_text("id", document.id)
    for name in ("words", "stems"):
        for stream in getattr(document, name):
            filed.add_text(name, stream)
    filed.add_text("title", document.title)
    filed.add_text("request", document.request)
    for name in ("reference", "under", "marks"):
        for value in getattr(document, name):
            filed.add_text(name, value)
    for facet, values in document.facets.items():
        for value in values:
            filed.add_text(facet.value, value)
    if document.day is not None:
        filed.add_integer("day", document.day)
    for name, key in sort_keys(document.day, document.id)._asdict().items():
        filed.add_integer(name, key)
    return filed
