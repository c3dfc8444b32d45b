"""Options that every command takes, and the way each one ends."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from pathlib import Path
from typing import Any, TypeVar

import click
from tqdm import tqdm

Item = TypeVar("Item")
Command = Callable[..., Any]

PROGRESS_AFTER = 2  # seconds before a bar shows: anything shorter needs none


class Status(IntEnum):
    """Exit statuses of the command contract."""

    DONE = 0
    FELL_SHORT = 1  # done, but something named fell short
    WRONG_USE = 2
    OUT_OF_REACH = 3  # a needed service
    OUR_ERROR = 70  # EX_SOFTWARE of sysexits.h


def common_options(command: Command) -> Command:
    """``--archive`` and ``--engine``, on every command alike."""
    command = click.option(
        "--engine",
        "engine_url",
        metavar="URL",
        envvar="CROSSFORCE_ENGINE",
        help="Search engine: path:FOLDER, memory: or elasticsearch+https://host:9200/PREFIX. "
        "Default: the embedded index inside the archive folder.",
    )(command)
    return click.option(
        "--archive",
        "archive_folder",
        metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="CROSSFORCE_ARCHIVE",
        default=Path("archive"),
        show_default="./archive",
        help="Folder of the archive.",
    )(command)


def json_option(command: Command) -> Command:
    """``--json``: one ASCII object a line on standard output, and nothing else there."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")(command)


def engine_address(engine_url: str | None, archive_folder: Path) -> str:
    """The engine's address: as given, else the embedded index inside the archive folder."""
    return engine_url or f"path:{archive_folder / 'index'}"


def print_json(row: dict[str, Any]) -> None:
    """One object, ASCII, on a line of its own, at once: a reader of the pipe sees it as it is made."""
    sys.stdout.write(json.dumps(row, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def say(words: str) -> None:
    """Words for a person, on standard error, so that standard output stays for results."""
    click.echo(words, err=True)


def progress(items: Iterable[Item], *, what: str, total: int | None = None) -> Iterator[Item]:
    """The same items, with a bar of count and rate on standard error once it takes longer than two seconds."""
    yield from tqdm(items, desc=what, total=total, delay=PROGRESS_AFTER, file=sys.stderr, unit="", leave=False)


def archive_registry(archive_folder: Path) -> Path | None:
    """The ``forces.toml`` that an archive keeps beside itself because it was made with another than the real one."""
    kept = archive_folder / "forces.toml"
    return kept if kept.is_file() else None
