#!/usr/bin/env python3
"""Runs commands again and again, as the first process of a container: no cron, no shell.

    schedule.py --every HOURS COMMAND…     each COMMAND is one argument, split as a shell would
    schedule.py --health                   ends with 1 where the last whole round fell short

Every command of a round is run, whatever became of the one before it: a log that blocks us must not keep what others
published out of the index. Statuses 0 and 1 are the commands' own for "done" and "done, something named fell short".
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

FELL_SHORT: Final = 1  # the highest status of a command that did its work; see docs/commands.md
STATE: Final = Path(os.environ.get("CROSSFORCE_SCHEDULE_STATE", "/tmp/crossforce-schedule.json"))  # noqa: S108


class Schedule:
    """The rounds, and an orderly end between or within them."""

    def __init__(self, commands: Sequence[str], *, say: Callable[[str], None]) -> None:
        self._commands = [shlex.split(command) for command in commands]
        self._say = say
        self._running: subprocess.Popen[bytes] | None = None
        self._stop = threading.Event()

    def stop(self, *_: object) -> None:
        """No further round; a command that runs is interrupted as by Ctrl+C, which all of ours take in order."""
        self._stop.set()
        if self._running is not None:
            self._running.send_signal(signal.SIGINT)

    def run(self, every_hours: float) -> None:
        """Rounds until stopped; the pause is counted from a round's end."""
        while not self._stop.is_set():
            self.round()
            self._stop.wait(every_hours * 3600)

    def round(self) -> None:
        """Every command once. The outcome of a whole round is kept for the health check."""
        statuses = []
        for command in self._commands:
            if self._stop.is_set():
                return
            status = self._one(command)
            statuses.append(status)
            self._say(f"{shlex.join(command)}: {'done' if status <= FELL_SHORT else 'failed'} ({status})")
        if not self._stop.is_set():
            fresh = STATE.with_suffix(".new")
            fresh.write_text(json.dumps({"ended": datetime.now(UTC).isoformat(), "statuses": statuses}), "ascii")
            fresh.replace(STATE)

    def _one(self, command: Sequence[str]) -> int:
        try:
            self._running = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - the operator's own
        except OSError as error:
            self._say(f"{command[0]}: {error.strerror}")
            return 127  # what a shell says of a command that it cannot find
        try:
            if self._stop.is_set():  # told to stop while it was being started
                self._running.send_signal(signal.SIGINT)
            status = self._running.wait()
            return status if status >= 0 else 128 - status  # ended by a signal, as a shell tells it
        finally:
            self._running = None


def healthy() -> bool:
    """Whether every command of the last whole round did its work; the first round may take days."""
    try:
        state = json.loads(STATE.read_text("ascii"))
    except FileNotFoundError:
        return True
    return all(status <= FELL_SHORT for status in state["statuses"])


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; its status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--every", type=float, metavar="HOURS", help="pause between two rounds")
    parser.add_argument("--health", action="store_true", help="only say whether the last round did its work")
    parser.add_argument("commands", nargs="*", metavar="COMMAND")
    chosen = parser.parse_args(arguments)
    if chosen.health:
        return 0 if healthy() else 1
    if not chosen.every or not chosen.commands:
        parser.error("name --every HOURS and at least one command")
    schedule = Schedule(chosen.commands, say=lambda words: print(f"schedule: {words}", file=sys.stderr, flush=True))
    signal.signal(signal.SIGTERM, schedule.stop)
    signal.signal(signal.SIGINT, schedule.stop)
    schedule.run(chosen.every)
    return 0


if __name__ == "__main__":
    sys.exit(main())
