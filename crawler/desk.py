"""Where the crawl hands its archive work in: the archive is for one thread, and the network runs in another.

Whoever called ``crawl`` sits at the desk and does what comes in, one piece after the other. So the archive is written
by the thread that opened it, no piece of work is torn by an interrupt, and a crawl ends in order.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Job = tuple[Callable[[], Any], Future[Any]]


class Desk:
    """Passes work from coroutines of the network's thread to the thread that serves."""

    def __init__(self) -> None:
        """Nothing to do yet."""
        self._jobs: SimpleQueue[Job | KeyboardInterrupt | None] = SimpleQueue()

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Have a piece of work done in the serving thread; gives its result or raises its error."""
        done: Future[T] = Future()
        self._jobs.put((partial(work, *args, **kwargs), done))
        return await asyncio.wrap_future(done)

    def serve(self, until: Future[Any], stop: Callable[[], object]) -> None:
        """Do what comes in until the crawl has ended.

        A piece of work that fails is an error of the archive or of ours: the crawl is stopped (``stop``), nothing more
        is written, and the error raised at the end. An interrupt stops the crawl too, after the work at hand; a second
        one is raised at once.
        """
        until.add_done_callback(lambda _: self._jobs.put(None))
        broken: BaseException | None = None
        with self._interrupts_wait():
            while (job := self._jobs.get()) is not None:
                if isinstance(job, KeyboardInterrupt):
                    error: BaseException | None = job
                elif isinstance(broken, Exception):
                    error = _refuse(*job)
                else:
                    error = _do(*job)
                if error is not None and broken is None:
                    broken = error
                    stop()
        if broken is not None:
            raise broken

    @contextmanager
    def _interrupts_wait(self) -> Iterator[None]:
        """An interrupt comes in like work, where it would else be raised in the middle of some."""
        ours = threading.current_thread() is threading.main_thread()  # signals are the main thread's
        if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
            yield
            return

        def note(*_: object) -> None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self._jobs.put(KeyboardInterrupt())

        signal.signal(signal.SIGINT, note)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def _do(work: Callable[[], Any], done: Future[Any]) -> BaseException | None:
    try:
        done.set_result(work())
    except Exception as error:  # noqa: BLE001 handed on whole: to the coroutine that waits, and out of ``serve``
        done.set_exception(error)
        return error
    return None


def _refuse(_: Callable[[], Any], done: Future[Any]) -> BaseException | None:
    done.set_exception(RuntimeError("the crawl is being stopped, since the archive cannot be written"))
    return None
