"""Files that answers come with."""

from __future__ import annotations

from .topics import Case, FileSpec, words


def file_name(case: Case, spec: FileSpec, number: int) -> str:
    """The name a file has on the site."""
    return f"{words(case.title)}-{number}.{spec.kind}"


def media_type(spec: FileSpec) -> str:
    """What the server says it is."""
    return {"pdf": "application/pdf"}[spec.kind]


def file_body(key: str, number: int, edition: int) -> bytes:
    """The bytes of one file."""
    raise NotImplementedError
