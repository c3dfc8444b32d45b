"""Elasticsearch behind the engine protocol: for a newsroom, a national service, many readers.

One index a version, named ``PREFIX-v-<time>``; the alias ``PREFIX-live`` names the one that readers see, and moves in
one step. While a version is built, the alias ``PREFIX-building`` marks it, and every write goes through an alias, so
that a mistake never makes an index without the mapping.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import elasticsearch
from elastic_transport import ObjectApiResponse
from elasticsearch import helpers

from indexer.disclosure import Disclosure
from indexer.document import FORMAT, UnfitError, decode, flatten, request_of
from indexer.engines import elasticsearch_query as asking
from indexer.engines.base import EngineDataError, EngineUnavailableError, Hidden, IndexReport, Version
from indexer.engines.nearness import Frequencies, nearest, telling, words_of
from indexer.engines.plan import Plan, plan
from indexer.query import Hit, Query, Results

PATIENCE: Final = 15.0  # seconds for one question: more than the server takes before it answers with what it has
WRITING_PATIENCE: Final = 120.0  # seconds for one bulk request or merge on a busy server
BATCH: Final = 500  # records of a scan or of one bulk request: about 5 MB
BULK_BYTES: Final = 10 * 1024 * 1024  # of one bulk request: Elastic's advice is 5 to 15 MB
RETRIES: Final = 8  # of a bulk request, backing off from 1 to 30 seconds: a node that restarts is back within a minute
BUSY: Final = (429, 502, 503, 504)  # a server that cannot answer now, not a question that is wrong
KEEP_ALIVE: Final = "5m"  # of a point in time: how long a slow reader of an export may pause
DEFAULT_PREFIX: Final = "crossforce"
KEY_FILE, CA_FILE = "CROSSFORCE_ELASTICSEARCH_API_KEY_FILE", "CROSSFORCE_ELASTICSEARCH_CA"
CHECKED_FOR: Final = 60.0  # seconds that a look at an index's format is good for
_ADDRESS = re.compile(r"elasticsearch\+(https?)://([^/@]+)(?:/([a-z0-9][a-z0-9_-]{0,99}))?/?")
STAMP: Final = "%Y%m%dt%H%M%S.%fz"  # index names have no capitals


def connect(url: str) -> ElasticsearchEngine:
    """The engine at ``elasticsearch+https://host:9200[,host:9200…][/PREFIX]``; nothing is sent before a question is.

    The API key and the certificate authority are read from the files that the environment names. Raises
    ``EngineDataError`` where the address or a file is wrong.
    """
    found = _ADDRESS.fullmatch(url)
    if not found:
        raise EngineDataError(
            f"“{url}” is no address of Elasticsearch. Write elasticsearch+https://host:9200/PREFIX, the prefix in "
            "small letters, and put the API key into a file that CROSSFORCE_ELASTICSEARCH_API_KEY_FILE names."
        )
    scheme, hosts, prefix = found.groups()
    ca = os.environ.get(CA_FILE) if scheme == "https" else None
    if ca and not Path(ca).is_file():
        raise EngineDataError(f"{CA_FILE} names {ca}, which is no file.")
    trust: dict[str, Any] = {"ca_certs": ca} if ca else {}
    client = elasticsearch.Elasticsearch(
        [f"{scheme}://{host}" for host in hosts.split(",")],
        api_key=_key(os.environ.get(KEY_FILE)),
        request_timeout=PATIENCE,
        max_retries=2,  # another node may answer at once; a server that is down is said within the patience of a reader
        retry_on_status=BUSY[1:],
        **trust,
    )
    return ElasticsearchEngine(client, prefix or DEFAULT_PREFIX)


def _key(path: str | None) -> str | None:
    if not path:
        return None
    try:
        return Path(path).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise EngineDataError(f"{KEY_FILE} names {path}, which cannot be read as a key.") from error


@contextmanager
def _speaking() -> Iterator[None]:
    """What the client raises, by the names that the rest of the project knows. No message repeats the question."""
    try:
        yield
    except elasticsearch.UnsupportedProductError as error:
        raise EngineDataError("The address answers, but not as Elasticsearch does.") from error
    except elasticsearch.NotFoundError as error:
        raise EngineDataError("There is no index yet. Run `crossforce index`.") from error
    except (elasticsearch.AuthenticationException, elasticsearch.AuthorizationException) as error:
        raise EngineDataError(
            f"Elasticsearch does not let this key do that ({error.status_code}). {KEY_FILE} names the key's file; "
            "docs/deploy.md says which rights it needs."
        ) from error
    except elasticsearch.ApiError as error:
        if error.status_code not in BUSY:
            raise
        raise EngineUnavailableError(f"Elasticsearch is too busy to answer ({error.status_code}).") from error
    except elasticsearch.TransportError as error:
        raise EngineUnavailableError(f"Elasticsearch cannot be reached ({type(error).__name__}).") from error


class ElasticsearchEngine:
    """See ``indexer.engines.base.Engine``."""

    def __init__(self, client: elasticsearch.Elasticsearch, prefix: str) -> None:
        self._client = client
        self._writer = client.options(
            request_timeout=WRITING_PATIENCE, max_retries=RETRIES, retry_on_timeout=True, retry_on_status=BUSY
        )
        self._prefix = prefix
        self._live = f"{prefix}-live"
        self._building = f"{prefix}-building"
        self._checked = -CHECKED_FOR
        self._hidden: tuple[Hidden, ...] = ()

    def search(self, query: Query) -> Results:
        """See ``Engine``."""
        began = time.perf_counter()
        planned = plan(query)
        start = (query.page - 1) * query.size
        with _speaking():
            answer = self._ask(asking.search_body(planned, start, query.size))
            if start + query.size > asking.WINDOW and start < answer["hits"]["total"]["value"]:
                answer["hits"]["hits"] = self._far_page(planned, start, query.size)
        return replace(asking.parsed(answer, planned), took_ms=(time.perf_counter() - began) * 1000)

    def get(self, record_id: str) -> Disclosure | None:
        """See ``Engine``."""
        with _speaking():
            found = asking.records(self._ask(asking.id_body(record_id)))
        return found[0] if found else None

    def by_reference(self, key: str, force: str | None = None) -> tuple[str, ...]:
        """See ``Engine``."""
        with _speaking():
            answer = self._ask(asking.reference_body(key, force))
        return tuple(sorted(row["_id"] for row in answer["hits"]["hits"]))

    def scan(self, query: Query) -> Iterator[Disclosure]:
        """See ``Engine``."""
        planned = plan(query)
        self._check()
        return self._walk(planned)

    def similar(self, text: str, *, limit: int, leave_out: Sequence[str] = ()) -> tuple[Hit, ...]:
        """See ``Engine``."""
        words = words_of(text)
        with _speaking():
            wanted = telling(words, self._frequencies(words))
            if not wanted:
                return ()
            found = asking.records(self._ask(asking.similar_body(wanted, leave_out)))
            compared = [*words, *(word for candidate in found for word in words_of(request_of(candidate)))]
            return nearest(words, found, self._frequencies(compared), limit)

    def hide(self, hidden: Collection[Hidden]) -> None:
        """See ``Engine``."""
        self._hidden = tuple(dict.fromkeys(hidden))

    def update(self, records: Iterable[Disclosure], remove: Iterable[str] = ()) -> IndexReport:
        """See ``Engine``. Before the first build it makes the first version."""
        with _speaking():
            live = self._live_index()
            if live is None:
                return self._build(records)
            self._check()
            load = _Load(self._writer, self._live)
            load.run(records, remove)
            self._writer.indices.refresh(index=self._live)
        return load.report(self._public(live))

    def rebuild(self, records: Iterable[Disclosure]) -> IndexReport:
        """See ``Engine``. What a build that was cut short left behind is swept away first."""
        with _speaking():
            return self._build(records)

    def remove_everywhere(self, ids: Iterable[str]) -> None:
        """See ``Engine``."""
        unwanted = list(dict.fromkeys(ids))
        with _speaking():
            for index in self._kept():
                _Load(self._writer, index, through_alias=False).run((), unwanted)
                self._writer.indices.refresh(index=index)

    def purge(self) -> None:
        """See ``Engine``. What a snapshot of the server holds is the operator's: see docs/deploy.md."""
        with _speaking():
            for index in self._kept():
                self._writer.indices.forcemerge(index=index, only_expunge_deletes=True)
                self._writer.indices.flush(index=index)

    def versions(self) -> tuple[Version, ...]:
        """See ``Engine``."""
        with _speaking():
            return tuple(
                Version(
                    name=self._public(index),
                    records=_whole(self._client.count(index=index)),
                    live=self._live in aliases,
                    made_at=datetime.strptime(index.rpartition("-v-")[2], STAMP).replace(tzinfo=UTC).isoformat(),
                )
                for index, aliases in self._kept().items()
            )

    def use(self, version: str) -> None:
        """See ``Engine``."""
        with _speaking():
            kept = {self._public(index): index for index in self._kept()}
            if version not in kept:
                raise EngineDataError(f"There is no version {version}. Kept: {', '.join(kept) or 'none'}.")
            self._check(kept[version])
            self._switch(kept[version])

    def count(self) -> int:
        """See ``Engine``; before the first build there are none."""
        with _speaking():
            live = self._live_index()
            visible = asking.without({}, self._hidden).get("query")
            return _whole(self._client.count(index=live, query=visible)) if live else 0

    def close(self) -> None:
        """See ``Engine``."""
        self._client.close()

    # -- reading ----------------------------------------------------------------------------------------------------

    def _ask(self, body: asking.Json) -> asking.Json:
        self._check()
        return dict(self._client.search(index=self._live, body=asking.without(body, self._hidden)).body)

    def _frequencies(self, words: Iterable[str]) -> Frequencies:
        self._check()
        answer = self._client.termvectors(index=self._live, body=asking.frequencies_body(words))
        return asking.frequencies(answer.body)

    def _check(self, index: str | None = None) -> None:
        """That the index was made with this analysis; looked at once a minute, as others may switch versions."""
        if index is None and time.monotonic() - self._checked < CHECKED_FOR:
            return
        with _speaking():
            mappings = self._client.indices.get_mapping(index=index or self._live).body
        for name, found in mappings.items():
            if found["mappings"].get("_meta", {}).get("format") != FORMAT:
                raise EngineDataError(
                    f"The index {name} was made by another edition of Crossforce. Run `crossforce index --full`."
                )
        if index is None:
            self._checked = time.monotonic()

    @contextmanager
    def _moment(self) -> Iterator[str]:
        """A point in time; whatever is asked at it sees the index as it was."""
        with _speaking():
            opened = self._client.open_point_in_time(index=self._live, keep_alive=KEEP_ALIVE)["id"]
        try:
            yield opened
        finally:
            with suppress(elasticsearch.ApiError, elasticsearch.TransportError):  # it ends by itself
                self._client.close_point_in_time(id=opened)

    def _rows(
        self, moment: str, planned: Plan, size: int, after: Sequence[Any] | None, *, whole: bool
    ) -> list[dict[str, Any]]:
        body = asking.without(asking.walk_body(planned, size, after, whole=whole), self._hidden)
        body["pit"] = {"id": moment, "keep_alive": KEEP_ALIVE}
        with _speaking():
            answer = self._client.search(body=body, allow_partial_search_results=False)
        return list(answer["hits"]["hits"])

    def _walk(self, planned: Plan) -> Iterator[Disclosure]:
        with self._moment() as moment:
            after = None
            while rows := self._rows(moment, planned, BATCH, after, whole=True):
                yield from (decode(row["_source"]["record"]) for row in rows)
                after = rows[-1]["sort"]

    def _far_page(self, planned: Plan, start: int, size: int) -> list[dict[str, Any]]:
        """A page beyond the window, reached by walking there without the records."""
        with self._moment() as moment:
            after, passed = None, 0
            while passed < start:
                rows = self._rows(moment, planned, min(asking.WINDOW, start - passed), after, whole=False)
                if not rows:
                    return []
                after, passed = rows[-1]["sort"], passed + len(rows)
            return self._rows(moment, planned, size, after, whole=True)

    # -- writing ----------------------------------------------------------------------------------------------------

    def _build(self, records: Iterable[Disclosure]) -> IndexReport:
        before = self._live_index()
        for leftover in self._aliased(self._building):
            self._writer.indices.delete(index=leftover)
        index = f"{self._prefix}-v-{datetime.now(UTC):{STAMP}}"
        body = asking.index_body()
        self._writer.indices.create(
            index=index, settings=body["settings"], mappings=body["mappings"], aliases={self._building: {}}
        )
        load = _Load(self._writer, self._building)
        load.run(records, ())
        self._writer.indices.refresh(index=index)
        counted = _whole(self._client.count(index=index))
        if counted != len(load.indexed):
            raise EngineDataError(
                f"The new index holds {counted} records and not {len(load.indexed)}; the old one goes on serving."
            )
        self._switch(index)
        for old in self._kept():
            if old not in {index, before}:
                self._writer.indices.delete(index=old)
        return load.report(self._public(index))

    def _switch(self, index: str) -> None:
        """In one step, so that no reader finds two versions or none."""
        actions: list[dict[str, Any]] = [{"add": {"index": index, "alias": self._live}}]
        actions += [
            {"remove": {"index": old, "alias": self._live}} for old in self._aliased(self._live) if old != index
        ]
        actions += [
            {"remove": {"index": index, "alias": self._building}}
            for name in self._aliased(self._building)
            if name == index
        ]
        self._writer.indices.update_aliases(actions=actions)
        self._checked = -CHECKED_FOR

    def _public(self, index: str) -> str:
        return index.removeprefix(f"{self._prefix}-")

    def _live_index(self) -> str | None:
        return next(iter(self._aliased(self._live)), None)

    def _aliased(self, alias: str) -> list[str]:
        found = self._client.options(ignore_status=404).indices.get_alias(name=alias)
        return [] if found.meta.status == HTTPStatus.NOT_FOUND else sorted(found.body)

    def _kept(self) -> dict[str, list[str]]:
        """Whole versions, newest first, with their aliases."""
        found = self._client.indices.get_alias(index=f"{self._prefix}-v-*").body
        whole = {index: list(row["aliases"]) for index, row in found.items() if self._building not in row["aliases"]}
        return dict(sorted(whole.items(), reverse=True))


def _whole(answer: ObjectApiResponse[Any]) -> int:
    """A count to which every shard added; a part is never taken for the whole."""
    shards = answer["_shards"]
    if shards["successful"] < shards["total"]:
        raise EngineUnavailableError("a part of the index did not answer")
    return int(answer["count"])


class _Load:
    """One bulk load. Every record is acknowledged by the server or named with its reason; nothing is dropped."""

    def __init__(self, client: elasticsearch.Elasticsearch, target: str, *, through_alias: bool = True) -> None:
        self._client = client
        self._target: dict[str, Any] = {"_index": target, **({"require_alias": True} if through_alias else {})}
        self.indexed: set[str] = set()
        self.removed = 0
        self.rejected: list[tuple[str, str]] = []

    def run(self, records: Iterable[Disclosure], remove: Iterable[str]) -> None:
        """Send everything; raises ``EngineUnavailableError`` where the server stays too busy."""
        for went_well, row in helpers.streaming_bulk(
            self._client,
            self._actions(records, remove),
            chunk_size=BATCH,
            max_chunk_bytes=BULK_BYTES,
            max_retries=RETRIES,
            initial_backoff=1,
            max_backoff=30,
            retry_on_status=BUSY,
            raise_on_error=False,
        ):
            ((operation, told),) = row.items()
            if operation == "delete":
                self.removed += went_well
            elif went_well:
                self.indexed.add(told["_id"])
            if not went_well and told["status"] in BUSY:
                raise EngineUnavailableError(f"Elasticsearch stayed too busy to take {told['_id']}.")
            if not went_well and operation == "index":
                self.rejected.append((told["_id"], told["error"]["reason"]))

    def _actions(self, records: Iterable[Disclosure], remove: Iterable[str]) -> Iterator[dict[str, Any]]:
        for record_id in dict.fromkeys(remove):
            yield {"_op_type": "delete", "_id": record_id, **self._target}
        for record in records:
            try:
                source = asking.source(flatten(record))
            except UnfitError as error:
                self.rejected.append((record.id, str(error)))
                continue
            yield {"_op_type": "index", "_id": record.id, "_source": source, **self._target}

    def report(self, version: str) -> IndexReport:
        """What was done."""
        return IndexReport(
            version=version, indexed=len(self.indexed), removed=self.removed, rejected=tuple(self.rejected)
        )
