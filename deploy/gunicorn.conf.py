"""How gunicorn serves the site: a few processes with threads, and no word of a request in any log."""

from __future__ import annotations

import logging
import os
import traceback
from typing import Any

bind = "127.0.0.1:8000"  # --bind names another; only a server that speaks TLS should reach it
workers = int(os.environ.get("CROSSFORCE_WORKERS", "2"))  # one a core: a search keeps a core busy
worker_class = "gthread"
threads = 8  # of each process: most of them wait for the engine, or for a reader who is slow to take an export
worker_tmp_dir = "/dev/shm"  # noqa: S108 - in memory: a heartbeat on a slow disk would look like a hanging worker
graceful_timeout = 30  # seconds for an export that is being written while the site is restarted
limit_request_line = 8190  # bytes, the most that gunicorn takes: a search with every facet chosen is a long address
limit_request_fields = 50  # far above what browsers send
control_socket_disable = True  # nothing but signals steers it
accesslog = None
errorlog = "-"
loglevel = "info"

DEEPEST_FRAMES = 8  # of a traceback: enough to find the place


def post_worker_init(worker: Any) -> None:
    """From here on a worker's messages may be about requests."""
    worker.log.error_log.addFilter(without_words)


def without_words(record: logging.LogRecord) -> bool:
    """Cut what a worker logs down to the kind of mistake and the lines of code: gunicorn quotes requests otherwise."""
    if record.levelno >= logging.WARNING:
        kind, _, trace = record.exc_info or (None, None, None)
        frames = traceback.extract_tb(trace)[-DEEPEST_FRAMES:]
        places = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in reversed(frames))
        named = f" {kind.__name__} at {places}" if kind else ""
        record.msg = f"A request could not be read or answered.{named}"
        record.args, record.exc_info, record.exc_text, record.stack_info = None, None, None, None
    return record.levelno >= logging.INFO
