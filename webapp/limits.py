"""Limits without sessions: nobody is told apart, so nobody is watched; what is costly is shared out in portions."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

MINUTE = 60.0  # seconds


class BusyError(Exception):
    """Too much of this is going on. ``retry_after`` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Turnstile:
    """Lets a few through at once and a few a minute (a token bucket), in this process, whoever they are."""

    def __init__(self, *, at_once: int, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._free = at_once
        self._per_minute = per_minute
        self._tokens = float(per_minute)
        self._clock = clock
        self._filled = clock()
        self._lock = threading.Lock()

    def enter(self) -> Callable[[], None]:
        """Take a place; raises ``BusyError``. What is returned gives it back, once however often it is called."""
        with self._lock:
            now = self._clock()
            self._tokens = min(self._per_minute, self._tokens + (now - self._filled) * self._per_minute / MINUTE)
            self._filled = now
            if self._tokens < 1:
                raise BusyError(int((1 - self._tokens) * MINUTE / self._per_minute) + 1)
            if self._free < 1:
                raise BusyError(10)  # seconds: what is ahead is being written out now
            self._tokens -= 1
            self._free -= 1
        left = threading.Event()

        def leave() -> None:
            with self._lock:
                if not left.is_set():
                    left.set()
                    self._free += 1

        return leave
