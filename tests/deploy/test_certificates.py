"""Certificates: good for the names they are asked for, renewed in time, and no key where it does not belong."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from composed import ROOT, command, run

sys.path.insert(0, str(ROOT / "deploy"))

import certificates

NAMES = ["elasticsearch", "localhost", "127.0.0.1"]


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    made = {name: tmp_path / name[1:] for name in ("/authority", "/server", "/trust")}
    for place in made.values():
        place.mkdir()
    return made


def handshake(places: dict[str, Path], name: str) -> None:
    """One TLS connection to a server with the made certificate, by a client that asks for this name."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(places["/server"] / "node.pem", places["/server"] / "node-key.pem")
    asking = ssl.create_default_context(cafile=str(places["/trust"] / "ca.pem"))
    here, there = socket.socketpair()

    def serve() -> None:
        try:
            with serving.wrap_socket(there, server_side=True) as secured:
                secured.recv(1)
        except (ssl.SSLError, ConnectionError):
            there.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with here, asking.wrap_socket(here, server_hostname=name) as secured:
            secured.send(b"x")
    finally:
        thread.join()


def test_the_command_of_the_compose_file_makes_what_a_client_trusts(places: dict[str, Path]) -> None:
    said = run(command("certificates", places)).stderr
    assert "a new authority" in said
    for name in NAMES:
        handshake(places, name)
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(places, "elsewhere")
    assert {path.name: path.stat().st_mode & 0o777 for place in places.values() for path in place.iterdir()} == {
        "ca.pem": 0o444,
        "ca-key.pem": 0o400,
        "node.pem": 0o444,
        "node-key.pem": 0o400,
    }
    assert [path.name for path in places["/trust"].iterdir()] == ["ca.pem"]
    before = {path: path.read_bytes() for place in places.values() for path in place.iterdir()}
    assert "good until" in run(command("certificates", places)).stderr
    assert {path: path.read_bytes() for place in places.values() for path in place.iterdir()} == before


def test_it_is_renewed_before_it_ends_and_the_authority_stays(places: dict[str, Path]) -> None:
    folders = (places["/authority"], places["/server"], places["/trust"])
    now = datetime.now(UTC)
    certificates.bring_up_to_date(*folders, NAMES, now)
    trusted, shown = (places["/trust"] / "ca.pem").read_bytes(), (places["/server"] / "node.pem").read_bytes()
    certificates.bring_up_to_date(*folders, NAMES, now + timedelta(days=500))
    assert (places["/server"] / "node.pem").read_bytes() == shown
    said = certificates.bring_up_to_date(*folders, NAMES, now + timedelta(days=600))
    assert any("new certificate" in line for line in said)
    assert (places["/server"] / "node.pem").read_bytes() != shown
    assert (places["/trust"] / "ca.pem").read_bytes() == trusted
    said = certificates.bring_up_to_date(*folders, NAMES, now + timedelta(days=3600))
    assert "new authority" in said[0]
    assert (places["/trust"] / "ca.pem").read_bytes() == (places["/server"] / "ca.pem").read_bytes() != trusted


def test_further_nodes_get_a_certificate_with_their_names(places: dict[str, Path]) -> None:
    folders = (places["/authority"], places["/server"], places["/trust"])
    certificates.bring_up_to_date(*folders, NAMES, datetime.now(UTC))
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(places, "elasticsearch-2")
    certificates.bring_up_to_date(*folders, ["elasticsearch-2", *NAMES], datetime.now(UTC))
    handshake(places, "elasticsearch-2")
