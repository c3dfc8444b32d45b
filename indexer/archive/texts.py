"""Derived text beside the archive: what extraction made of a body, kept so that a rebuild need not extract again."""

from __future__ import annotations

import os
import zlib
from hashlib import sha256 as hash_of
from pathlib import Path

from indexer.archive.catalogue import Catalogue

LEVEL = 3  # zlib: text shrinks to a third either way, and a rebuild waits for it
VERSION_LENGTH = 16  # hexadecimal digits of the version's hash in the file name
PROOF_LENGTH = 32  # bytes of the SHA-256 in front of the data


class TextCache:
    """Files under ``texts/`` keyed by the body's SHA-256 and the extractor's version. Needs no lock."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        """``folder`` is made when the first text is kept."""
        self._folder = folder
        self._catalogue = catalogue

    def get(self, sha256: str, version: str) -> bytes | None:
        """What ``put`` was given, or None where it is not there or is damaged."""
        try:
            stored = self._path(sha256, version).read_bytes()
            data = zlib.decompress(stored[PROOF_LENGTH:])
        except (FileNotFoundError, zlib.error):
            return None
        return data if hash_of(data).digest() == stored[:PROOF_LENGTH] else None

    def put(self, sha256: str, version: str, data: bytes) -> None:
        """Keep derived data for a body; written whole or not at all. Other versions for the same body are dropped."""
        path = self._path(sha256, version)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        temporary.write_bytes(hash_of(data).digest() + zlib.compress(data, LEVEL))
        temporary.replace(path)
        for other in path.parent.glob(f"{sha256}.{'?' * VERSION_LENGTH}"):
            if other != path:
                other.unlink(missing_ok=True)
        if self._catalogue.is_erased(sha256):  # it was erased while its text was being made
            self.drop(sha256)

    def drop(self, sha256: str) -> None:
        """Forget everything derived from a body, half-written files of a killed process too."""
        for path in self._path(sha256, "").parent.glob(f"{sha256}.*"):
            path.unlink(missing_ok=True)

    def _path(self, sha256: str, version: str) -> Path:
        name = hash_of(version.encode()).hexdigest()[:VERSION_LENGTH]
        return self._folder / sha256[:2] / f"{sha256}.{name}"
