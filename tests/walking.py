"""Every answer that the site and the commands can give: what a test that must not find something walks through.

A route or command that this file does not know fails the walk, so that nothing new is left unwalked.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import click
import pytest
from werkzeug.routing import Rule

from crossforce import cli, main
from indexer.commands.options import archive_registry
from indexer.guard import open_guarded
from indexer.knowledge import load_knowledge
from webapp.application import create_app

SWITCHES = ({}, {"text": "on"}, {"view": "table"}, {"sort": "oldest"})
# What each command is called with; ``{id}`` and ``{word}`` are filled in. None: walked by a test of its own, or named
# by what it does: it serves, fetches, or takes the archive itself away.
COMMANDS: dict[str, Sequence[Sequence[str]] | None] = {
    "search": [["{word}"], ["{word}", "--json", "--facets"], ["", "--limit", "200", "--json"]],
    "show": [["{id}"], ["{id}", "--text"], ["{id}", "--text", "--json"], ["{word}", "--json"]],
    "export": [["{word}", "--format", form, "--to", "-"] for form in ("csv", "jsonl")]
    + [["", "--format", "jsonl", "--to", "-"]],
    "status": [[], ["--json"]],
    "verify": [[], ["--json"]],
    "letter": [["{id}"]],
    "licence": [["ambershire", "--full-text", "--reason", "the registry's evidence"]],
    "reuse-request": [["ambershire"], ["{word}"]],
    "index": [["--json"]],
    "crawl": None,
    "demo": None,
    "import": None,
    "preflight": None,  # takes files, not an archive: tests/indexer/safety/test_preflight.py
    "read": None,
    "serve": None,
    "erase": None,
    "mask": None,
    "release": None,
    "revoke": None,
    "suspend": None,
    "withdraw": None,
}


@dataclass(frozen=True)
class Answered:
    """One answer: how it was asked for, and all that came."""

    how: str
    data: bytes


def routes(
    folder: Path,
    *,
    ids: Sequence[str],
    words: Sequence[str],
    public: bool = False,
    numbers: Iterable[int] = range(3),
) -> Iterator[Answered]:
    """The answer of every route of the URL map, with every record and word, and with the parameters that show more."""
    engine = open_guarded(f"path:{folder / 'index'}", folder)
    app = create_app(engine=engine, knowledge=load_knowledge(archive_registry(folder)), archive=folder, public=public)
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        for address in _addresses(rule, ids, words, [str(number) for number in numbers]):
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                asked = {"q": words[0], "request": words[0], "text": words[0]} if method == "POST" else None
                answer = client.open(address, method=method, data=asked, buffered=True)
                headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
                yield Answered(f"{method} {address}", headers.encode() + b"\n\n" + answer.data)
                assert answer.status_code < 500, f"{address} answered {answer.status_code}"
    engine.close()


def _addresses(rule: Rule, ids: Sequence[str], words: Sequence[str], numbers: Sequence[str]) -> Iterator[str]:
    values = {
        "record_id": ids,
        "number": numbers,
        "page": ["1", "2", "3"],
        "force_id": ["ambershire"],
        "regime": ["FOIA", "foia"],
        "provision": ["31", "40(2)"],
        "filename": ["site.css"],
    }
    found = [rule.rule]
    for name in rule.arguments:
        assert name in values, f"{rule} takes {name}, which the walk cannot fill in"
        converter = next(part for part in rule.rule.split("/") if f"{name}>" in part)
        placeholder = converter[converter.index("<") : converter.index(">") + 1]
        found = [address.replace(placeholder, value) for address in found for value in values[name]]
    for address in found:
        yield address
        if "number" in rule.arguments:  # the bytes and text of one file: no parameter changes them
            continue
        for switch in SWITCHES[1:]:
            yield f"{address}?{urlencode(switch)}"
        for word in words:
            for switch in SWITCHES:
                yield f"{address}?{urlencode({'q': word, **switch})}"


def commands(folder: Path, *, ids: Sequence[str], words: Sequence[str]) -> Iterator[Answered]:
    """What every command prints, on both streams."""
    for name in cli.list_commands(click.Context(cli)):
        assert name in COMMANDS, f"the walk does not know the command {name}"
        for arguments in COMMANDS[name] or ():
            for record_id in ids if "{id}" in arguments else [""]:
                for word in words if "{word}" in arguments else [""]:
                    filled = [argument.format(id=record_id, word=word) for argument in arguments]
                    yield Answered(f"{name} {' '.join(filled)}", run(name, *filled, folder=folder))


def run(name: str, *arguments: str, folder: Path) -> bytes:
    """One command through the front door, in this process; everything it printed."""
    return _run(name, *arguments, folder=folder)[1]


def status(name: str, *arguments: str, folder: Path) -> int:
    """The exit status of one command."""
    return _run(name, *arguments, folder=folder)[0]


def _run(name: str, *arguments: str, folder: Path) -> tuple[int, bytes]:
    printed, ended = io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed), redirect_stderr(printed):
        patch.setattr(sys, "argv", ["crossforce", name, *arguments, "--archive", str(folder)])
        try:
            main()
        except SystemExit as end:
            ended = int(end.code or 0)
    return ended, printed.getvalue().encode("utf-8", "surrogateescape")


def every(
    folder: Path, *, ids: Sequence[str], words: Sequence[str], numbers: Iterable[int] = range(3)
) -> Iterator[Answered]:
    """Site and commands, reading room and public."""
    yield from routes(folder, ids=ids, words=words, numbers=numbers)
    yield from routes(folder, ids=ids, words=words, public=True, numbers=numbers)
    yield from commands(folder, ids=ids, words=words)
