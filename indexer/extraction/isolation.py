"""Each document in a worker process with a time and a memory limit, so that no file can take the run down."""

from __future__ import annotations

import multiprocessing
import os
import resource
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from types import TracebackType
from typing import Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from indexer.disclosure import Extraction, FailureKind
from indexer.extraction import readers
from indexer.extraction.document import UNKNOWN, Content, Document, Limits, UnreadableError
from indexer.extraction.sniffing import claimed

T = TypeVar("T")

TASKS = 200  # documents: a worker is then replaced, so that what libraries leak stays small
AHEAD = 3  # documents for each worker that wait or are done, so that memory stays bounded while workers stay busy
PRELOADED = [f"indexer.extraction.{name}" for name in sorted(set(readers.READERS.values()))]


class Extractor:
    """A pool of workers. Use it as a context manager; it can be used for any number of documents.

    Workers come from a fork server: they inherit neither the caller's threads nor its open files and locks.
    """

    def __init__(self, *, limits: Limits | None = None, workers: int | None = None) -> None:
        self.limits = limits or Limits()
        self.workers = workers or os.cpu_count() or 1
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        self._pool = ProcessPool(
            max_workers=self.workers,
            max_tasks=TASKS,
            initializer=_confine,
            initargs=[self.limits.memory_bytes],
            context=context,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.stop() if kind is not None else self._pool.close()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def extract(self, document: Document) -> Extraction:
        """The visible text of one document, or the named reason why there is none. Never raises for bad input."""
        return self._result(document, self._submit(document))

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One Extraction for each document, in order, while later ones are being read. Reads its input as it goes."""
        waiting: deque[tuple[Document, ProcessFuture[Extraction]]] = deque()
        for document in documents:
            waiting.append((document, self._submit(document)))
            if len(waiting) >= self.workers * AHEAD:
                yield self._result(*waiting.popleft())
        while waiting:
            yield self._result(*waiting.popleft())

    def _submit(self, document: Document) -> ProcessFuture[Extraction]:
        return self.schedule(readers.read, document)

    def schedule(self, function: Callable[[Document, Limits], T], document: Document) -> ProcessFuture[T]:
        """Any reading of a document in a worker; ``function`` is named at the top of a module."""
        if self._pool is None:
            raise RuntimeError("an Extractor is a context manager: use it in a with statement")
        return self._pool.schedule(function, args=[document, self.limits], timeout=self.limits.seconds)

    def _result(self, document: Document, future: ProcessFuture[Extraction]) -> Extraction:
        error = future.exception()
        if error is None:
            return future.result()
        kind, note = _named(error)
        return readers.finished(claimed(document) or UNKNOWN, Content(failure=kind, notes=(note,)))


def extract(document: Document, *, limits: Limits | None = None) -> Extraction:
    """Reads one document in a worker process of its own. For many, use an Extractor. Never raises for bad input."""
    with Extractor(limits=limits, workers=1) as extractor:
        return extractor.extract(document)


def run(function: Callable[[Document, Limits], T], document: Document, limits: Limits) -> T:
    """What a function makes of a document, in a worker process of its own. Raises UnreadableError with the reason."""
    with Extractor(limits=limits, workers=1) as extractor:
        future = extractor.schedule(function, document)
        error = future.exception()
    if error is not None:
        raise UnreadableError(*_named(error)) from error
    return future.result()


def _confine(memory_bytes: int) -> None:
    """Runs first in each worker."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the document
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # libraries complain by quoting what they read
        os.dup2(nowhere, stream)


def _named(error: BaseException) -> tuple[FailureKind, str]:
    """The name of what ended a worker, and a note for people that quotes nothing of the document."""
    if isinstance(error, NameError | ImportError):  # no file causes these: they are ours
        raise error
    if isinstance(error, UnreadableError):
        return error.kind, error.note
    if isinstance(error, FutureTimeoutError):
        return FailureKind.TIMEOUT, "stopped at the time limit"
    if isinstance(error, ProcessExpired):
        return FailureKind.CRASH, f"the worker ended with code {error.exitcode}"
    if isinstance(error, MemoryError):
        return FailureKind.MEMORY, "stopped at the memory limit"
    return FailureKind.CORRUPT, f"the file breaks its format: {type(error).__name__}"
