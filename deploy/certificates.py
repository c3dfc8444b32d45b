#!/usr/bin/env python3
"""The certificates that Elasticsearch speaks TLS with: an authority of our own, and one certificate for its nodes.

    certificates.py --authority DIR --server DIR --trust DIR [--name NAME …]

Run before every start; it makes what is missing or will end within half a year, and leaves alone what is good. The
authority's key stays in its own folder, the nodes get their key, and everybody else only what they must trust.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_LASTS: Final = timedelta(days=3650)  # ten years: every client must be told when it changes
SERVER_LASTS: Final = timedelta(days=730)  # two years: the longest that a yearly upgrade surely renews
RENEW_BEFORE: Final = timedelta(days=183)  # half a year: one missed upgrade does no harm
ALWAYS: Final = ("localhost", "127.0.0.1")  # the health check asks the node from inside


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def lasts(self, now: datetime) -> bool:
        """Whether it is good for another half year."""
        return self.certificate.not_valid_after_utc - now > RENEW_BEFORE


def make_authority(now: datetime) -> Pair:
    """A new authority that signs servers and nothing else."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Crossforce deployment")])
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(name, name, key.public_key(), now, AUTHORITY_LASTS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(sign=True), critical=True)
    return Pair(builder.sign(key, hashes.SHA256()), key)


def make_server(authority: Pair, names: Sequence[str], now: datetime) -> Pair:
    """One certificate for all nodes, good for every name; nodes show it to each other as well."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(subject, authority.certificate.subject, key.public_key(), now, SERVER_LASTS)
    builder = builder.add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(sign=False), critical=True)
    both = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    builder = builder.add_extension(x509.ExtendedKeyUsage(both), critical=False)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False
    )
    return Pair(builder.sign(authority.key, hashes.SHA256()), key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # clocks of two machines differ
        .not_valid_after(now + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign,
        key_cert_sign=sign,
        crl_sign=sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def covers(certificate: x509.Certificate, names: Sequence[str]) -> bool:
    """Whether a certificate is good for exactly these names."""
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(found) == {_general(name) for name in names}


def read(certificate: Path, key: Path) -> Pair | None:
    """What an earlier run made; None where a file is missing."""
    if not certificate.exists() or not key.exists():
        return None
    secret = serialization.load_pem_private_key(key.read_bytes(), None)
    assert isinstance(secret, ec.EllipticCurvePrivateKey), f"{key} was not made here"
    return Pair(x509.load_pem_x509_certificate(certificate.read_bytes()), secret)


def write(pair: Pair, certificate: Path, key: Path) -> None:
    """Each file in one step, the key for its owner alone."""
    secret = pair.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    replace(key, secret, 0o400)
    replace(certificate, pair.certificate.public_bytes(serialization.Encoding.PEM), 0o444)


def replace(path: Path, content: bytes, mode: int) -> None:
    """Write a file so that nobody ever reads half of it, or a secret before it is closed to others."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        os.fchmod(file.fileno(), mode)  # whatever the umask was
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def bring_up_to_date(authority: Path, server: Path, trust: Path, names: Sequence[str], now: datetime) -> list[str]:
    """Make what is missing, ending or for other names; what was made, in words."""
    said = []
    signing = read(authority / "ca.pem", authority / "ca-key.pem")
    if fresh := signing is None or not signing.lasts(now):
        signing = make_authority(now)
        write(signing, authority / "ca.pem", authority / "ca-key.pem")
        said.append("a new authority: restart everything, as clients must be told of it")
    assert signing is not None
    public = signing.certificate.public_bytes(serialization.Encoding.PEM)
    held = read(server / "node.pem", server / "node-key.pem")
    if fresh or held is None or not held.lasts(now) or not covers(held.certificate, names):
        held = make_server(signing, names, now)
        write(held, server / "node.pem", server / "node-key.pem")
        said.append(f"a new certificate for {', '.join(names)}, good until {held.certificate.not_valid_after_utc:%F}")
    for place in (server, trust):
        if not (place / "ca.pem").exists() or (place / "ca.pem").read_bytes() != public:
            replace(place / "ca.pem", public, 0o444)
    return said or [f"good until {held.certificate.not_valid_after_utc:%F}"]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--authority", type=Path, required=True, help="folder of the authority's key")
    parser.add_argument("--server", type=Path, required=True, help="folder that the nodes read")
    parser.add_argument("--trust", type=Path, required=True, help="folder that everybody else reads")
    parser.add_argument("--name", action="append", default=[], help="host name or address of a node; may be repeated")
    chosen = parser.parse_args(arguments)
    names = [*dict.fromkeys([*chosen.name, *ALWAYS])]
    for line in bring_up_to_date(chosen.authority, chosen.server, chosen.trust, names, datetime.now(UTC)):
        print(f"certificates: {line}", file=sys.stderr)


if __name__ == "__main__":
    main()
