"""Derived text beside the archive: what extraction made of a body, kept so that a rebuild need not extract again."""

from __future__ import annotations


class TextCache:
    """Files under ``texts/`` keyed by the body's SHA-256 and the extractor's version. Needs no lock."""

    def get(self, sha256: str, version: str) -> bytes | None:
        """What ``put`` was given, or None where it is not there or is damaged."""
        raise NotImplementedError

    def put(self, sha256: str, version: str, data: bytes) -> None:
        """Keep derived data for a body; written whole or not at all. Other versions for the same body are dropped."""
        raise NotImplementedError

    def drop(self, sha256: str) -> None:
        """Forget everything derived from a body."""
        raise NotImplementedError
