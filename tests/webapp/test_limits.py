"""Limits that tell nobody apart."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest

from webapp.limits import BusyError, Turnstile


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_places_come_back_once_however_often_they_are_given_back() -> None:
    gate = Turnstile(at_once=1, per_minute=100)
    leave = gate.enter()
    with pytest.raises(BusyError):
        gate.enter()
    leave()
    leave()
    gate.enter()
    with pytest.raises(BusyError):
        gate.enter()


def test_tokens_come_back_with_time() -> None:
    clock = Clock()
    gate = Turnstile(at_once=100, per_minute=6, clock=clock)
    for _ in range(6):
        gate.enter()
    with pytest.raises(BusyError) as caught:
        gate.enter()
    assert 1 <= caught.value.retry_after <= 11
    clock.now += caught.value.retry_after
    gate.enter()


def test_a_long_rest_saves_up_no_more_than_a_minute() -> None:
    clock = Clock()
    gate = Turnstile(at_once=100, per_minute=3, clock=clock)
    clock.now += 10_000
    for _ in range(3):
        gate.enter()
    with pytest.raises(BusyError):
        gate.enter()


def test_threads_together_get_no_more_than_there_is() -> None:
    gate, got = Turnstile(at_once=5, per_minute=1000), []

    def ask() -> None:
        with suppress(BusyError):
            got.append(gate.enter())

    threads = [threading.Thread(target=ask) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 5
