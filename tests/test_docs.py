"""Documentation is checked: a command, option or environment variable that no page explains fails here."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from crossforce import cli

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md")), ROOT / "mappings" / "README.md"]
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")
CONTEXT = click.Context(cli)
NAMES = cli.list_commands(CONTEXT)
COMMON = {"--archive", "--engine", "--json", "--help", "-h"}


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_is_explained(name: str) -> None:
    command = cli.get_command(CONTEXT, name)
    assert command
    assert f"`{name}" in COMMANDS, f"docs/commands.md does not explain {name}"
    assert command.help, f"{name} has no help"
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            for option in set(parameter.opts) - COMMON:
                assert option in COMMANDS, f"docs/commands.md does not explain {option} of {name}"


def test_every_environment_variable_is_explained() -> None:
    used: set[str] = set()
    for package in ("crawler", "indexer", "webapp", "samples"):
        for path in (ROOT / package).rglob("*.py"):
            used |= set(re.findall(r"CROSSFORCE_[A-Z_]+[A-Z]", path.read_text("utf-8")))
    assert {name for name in used if name not in COMMANDS} == set()


def test_no_page_names_a_command_or_make_target_that_does_not_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in PAGES:
        text = page.read_text("utf-8")
        for name in re.findall(r"`(?:\.venv/bin/)?crossforce ([a-z][a-z-]+)", text):
            assert name in NAMES, f"{page.name} names crossforce {name}"
        for name in re.findall(r"`make ([a-z-]+)`", text):
            assert name in targets, f"{page.name} names make {name}"


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"
