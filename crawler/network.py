"""The thread that Scrapy runs in: Twisted's reactor can be started once in a process, so it is, and kept.

``crawl`` can therefore be called any number of times from one process, by a command, a test or a scheduler.
"""

from __future__ import annotations

import asyncio
import atexit
import threading
from functools import cache, partial
from typing import Any

from twisted.internet import asyncioreactor

LAST_WORDS = 5.0  # seconds that the reactor has to stop when the process ends


@cache
def network_loop() -> asyncio.AbstractEventLoop:
    """The event loop of the running reactor, which the first call starts."""
    loop = asyncio.new_event_loop()
    started = threading.Event()
    threading.Thread(target=_run, args=(loop, started), name="crossforce-network", daemon=True).start()
    started.wait()
    return loop


def _run(loop: asyncio.AbstractEventLoop, started: threading.Event) -> None:
    try:
        asyncio.set_event_loop(loop)
        asyncioreactor.install(eventloop=loop)  # type: ignore[no-untyped-call]  # Twisted leaves it so
        reactor = _reactor()
        # its worker threads look up host names; a process must not wait for them to end
        reactor.getThreadPool().threadFactory = partial(threading.Thread, daemon=True)
        atexit.register(_stop, reactor, threading.current_thread())
        reactor.callLater(0, started.set)
        reactor.run(installSignalHandlers=False)
    finally:
        started.set()  # where it could not start: whoever waits finds a loop that does not run


def _reactor() -> Any:
    """The installed reactor; its module is typed as an interface that it does much more than."""
    from twisted.internet import reactor  # importing it installs a reactor, so never before ours is

    return reactor


def _stop(reactor: Any, thread: threading.Thread) -> None:
    if thread.is_alive():
        reactor.callFromThread(reactor.stop)
        thread.join(LAST_WORDS)
