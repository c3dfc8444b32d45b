"""The script that makes the secrets: once, closed to others, and never over what is there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from composed import ROOT, compose


@pytest.fixture
def made(tmp_path: Path) -> Path:
    subprocess.run(
        ["sh", ROOT / "deploy" / "secrets.sh", "www.site.example"], cwd=tmp_path, check=True, capture_output=True
    )
    return tmp_path / "secrets"


def test_every_secret_of_the_compose_file_is_made(made: Path) -> None:
    wanted = {Path(secret["file"]).name for secret in compose()["secrets"].values()}
    assert {path.name for path in made.iterdir()} == wanted
    for path in made.iterdir():
        assert path.stat().st_mode & 0o777 == 0o400, "Elasticsearch refuses a password file that others may read"
        assert os.geteuid() != 0 or path.stat().st_uid == 1000
    password = (made / "elastic-password").read_text("ascii")
    assert len(password) == 32
    assert password.isalnum()


def test_a_second_run_changes_nothing(made: Path) -> None:
    before = {path: path.read_bytes() for path in made.iterdir()}
    done = subprocess.run(
        ["sh", ROOT / "deploy" / "secrets.sh", "www.site.example"],
        cwd=made.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    assert {path: path.read_bytes() for path in made.iterdir()} == before
    assert "made" not in done.stdout


def test_it_asks_for_the_host(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", ROOT / "deploy" / "secrets.sh"], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "host" in done.stderr
    assert not (tmp_path / "secrets").exists()
