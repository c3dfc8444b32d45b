"""From a compiled query to records in order: one page anywhere, or all of them a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

import tantivy
from tantivy import Order

from indexer.disclosure import Disclosure
from indexer.document import decode
from indexer.engines.embedded_query import Compiled, all_of, between
from indexer.query import Sort

BATCH: Final = 1000  # records between two looks at the index: about 10 MB of text
KEYS: Final = {
    Sort.NEWEST: ("newest", "further"),
    Sort.OLDEST: ("oldest", "further"),
}  # each settles the ties before it


def page(searcher: tantivy.Searcher, asked: Compiled, order: Sort, start: int, size: int) -> list[tantivy.DocAddress]:
    """Where the records of one page lie."""
    if order is Sort.RELEVANCE:
        return [address for _, address in searcher.search(asked.ranking, size, count=False, offset=start).hits]
    return _window(searcher, asked.narrowed(), KEYS[order], start, size)


def walk(searcher: tantivy.Searcher, asked: Compiled, order: Sort) -> Iterator[Disclosure]:
    """Every record of a result in order, in constant memory."""
    if order is not Sort.RELEVANCE:
        for address in _all(searcher, asked.narrowed(), KEYS[order]):
            yield record_at(searcher, address)
        return
    start = 0
    while batch := page(searcher, asked, order, start, BATCH):
        yield from (record_at(searcher, address) for address in batch)
        start += len(batch)


def record_at(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Disclosure:
    """The record that lies here."""
    return decode(searcher.doc(address)["record"][0])


def number(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """How many records match."""
    return int(searcher.search(query, 1).count)  # type: ignore[attr-defined]  # there, but not in tantivy's own stubs


def _window(
    searcher: tantivy.Searcher, query: tantivy.Query, keys: Sequence[str], start: int, size: int
) -> list[tantivy.DocAddress]:
    """Some records in the order of the keys and then of the ids."""
    if not keys:
        found = searcher.search(query, size, count=False, order_by_field="id", order=Order.Asc, offset=start)
        return [address for _, address in found.hits]
    key, *further = keys
    first = max(start - 1, 0)  # with a neighbour on either side, to see whether a tie runs over the edge
    keyed = _by_key(searcher, query, key, start + size + 1 - first, first)
    window = {position: address for position, (_, address) in enumerate(keyed, first)}
    for tied in {one for (one, _), (other, _) in pairwise(keyed) if one == other}:
        group = all_of([query, between(key, tied, tied)])
        begin = number(searcher, all_of([query, between(key, None, tied - 1)]))
        low, high = max(begin, start), min(begin + number(searcher, group), start + size)
        if low < high:
            window.update(enumerate(_window(searcher, group, further, low - begin, high - low), low))
    return [window[position] for position in range(start, start + size) if position in window]


def _all(searcher: tantivy.Searcher, query: tantivy.Query, keys: Sequence[str]) -> Iterator[tantivy.DocAddress]:
    """Every record in the order of the keys and then of the ids, each batch asked for from where the last one ended."""
    if not keys:
        start = 0
        while batch := _window(searcher, query, (), start, BATCH):
            yield from batch
            start += len(batch)
        return
    key, *further = keys
    reached = -1
    while keyed := _by_key(searcher, all_of([query, between(key, reached + 1, None)]), key, BATCH):
        last, whole = keyed[-1][0], len(keyed) < BATCH
        for value, group in groupby(keyed, key=lambda row: row[0]):
            tied = [address for _, address in group]
            if len(tied) == 1 and (whole or value != last):
                yield tied[0]
            elif whole or value != last or len(tied) > 1:
                yield from _all(searcher, all_of([query, between(key, value, value)]), further)
            else:  # the last one: another like it may lie beyond the batch, so the next batch begins with it
                break
            reached = value


def _by_key(
    searcher: tantivy.Searcher, query: tantivy.Query, key: str, limit: int, offset: int = 0
) -> list[tuple[int, tantivy.DocAddress]]:
    return searcher.search(query, limit, count=False, order_by_field=key, order=Order.Asc, offset=offset).hits
