"""The thread that Scrapy runs in: Twisted's reactor can be started once in a process, so it is, and kept.

``crawl`` can therefore be called any number of times from one process, by a command, a test or a scheduler.
"""

from __future__ import annotations

import asyncio
import atexit
import threading
from functools import cache, partial
from typing import Any

from scrapy.utils.reactor import install_reactor

REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LAST_WORDS = 5.0  # seconds that the reactor has to stop when the process ends


@cache
def network_loop() -> asyncio.AbstractEventLoop:
    """The event loop of the running reactor, started at the first call; a reactor that cannot start raises."""
    started = threading.Event()
    loops: list[asyncio.AbstractEventLoop] = []
    thread = threading.Thread(target=partial(_run, started, loops), name="crossforce-network", daemon=True)
    thread.start()
    started.wait()
    if not loops:
        raise RuntimeError("the network thread could not start")
    return loops[0]


def _run(started: threading.Event, loops: list[asyncio.AbstractEventLoop]) -> None:
    try:
        install_reactor(REACTOR)
        reactor = _reactor()
    except BaseException:
        started.set()
        raise

    def ready() -> None:
        loops.append(asyncio.get_running_loop())
        started.set()

    # its worker threads look up host names; a process must not wait for them to end
    reactor.getThreadPool().threadFactory = partial(threading.Thread, daemon=True)
    reactor.callWhenRunning(ready)
    atexit.register(_stop, reactor, threading.current_thread())
    reactor.run(installSignalHandlers=False)


def _reactor() -> Any:
    """The installed reactor; its module is typed as an interface that it does much more than."""
    from twisted.internet import reactor  # importing it installs a reactor, so never before ours is

    return reactor


def _stop(reactor: Any, thread: threading.Thread) -> None:
    if thread.is_alive():
        reactor.callFromThread(reactor.stop)
        thread.join(LAST_WORDS)
