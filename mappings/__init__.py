"""Knowledge as data: the registries of forces and of exemptions, and the one way in which they are read.

A registry is a TOML file that a person who writes no Python can mend, so every refusal says which file, which entry,
which key, what is wrong and how to put it right.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, get_args

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Row = TypeVar("Row", bound=msgspec.Struct)

_PLACE = re.compile(r" - at (?:`key` in )?`\$\.?(?P<place>[^`]*)`$")
_FIELD = re.compile(r"(?:unknown|required) field `(?P<field>[^`]+)`")


class RegistryError(ValueError):
    """A registry file is malformed: ``file``, ``entry``, ``key`` say where, ``problem`` what, ``mend`` the way out."""

    def __init__(self, *, file: str, entry: str, key: str | None, problem: str, mend: str) -> None:
        """``key`` is None where the entry as a whole, or the file, is at fault."""
        self.file, self.entry, self.key, self.problem, self.mend = file, entry, key, problem, mend
        place = f"{file}, {entry}" + (f", key {key!r}" if key else "")
        super().__init__(f"{place}: {problem}. To mend: {mend}.")

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors cross from worker processes, so they must survive pickling."""
        return _rebuilt, (self.file, self.entry, self.key, self.problem, self.mend)


def _rebuilt(file: str, entry: str, key: str | None, problem: str, mend: str) -> RegistryError:
    return RegistryError(file=file, entry=entry, key=key, problem=problem, mend=mend)


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML file as read: its name, a short hash of its bytes, and its tables."""

    file: str
    fingerprint: str
    tables: dict[str, Any]

    def refuse(self, entry: str, key: str | None, problem: str, mend: str) -> NoReturn:
        """Raise the ``RegistryError`` that names this file."""
        raise RegistryError(file=self.file, entry=entry, key=key, problem=problem, mend=mend)

    def rows(
        self, kind: type[Row], table: str, raws: Iterable[Mapping[str, Any]], mends: Mapping[str, str]
    ) -> tuple[Row, ...]:
        """All entries of one table, each named in a refusal by what it calls itself, else by its place."""
        return tuple(self.row(kind, raw, entry_name(table, raw, number), mends) for number, raw in enumerate(raws, 1))

    def row(self, kind: type[Row], raw: Mapping[str, Any], entry: str, mends: Mapping[str, str]) -> Row:
        """One entry, strictly typed, unknown keys refused; ``mends`` says per key what belongs there."""
        try:
            return msgspec.convert(raw, kind)
        except msgspec.ValidationError as error:
            message = str(error)
            found = _PLACE.search(message)
            place = found["place"] if found else ""
            problem = message[: found.start()] if found else message
            field = _FIELD.search(problem)
            key = ".".join(piece for piece in (place, field["field"] if field else "") if piece) or None
            self.refuse(entry, key, problem, _mend(kind, key, problem, mends))


def entry_name(table: str, raw: Mapping[str, Any], number: int) -> str:
    """What a refusal calls an entry: ``force 'gwent'``, ``provision 'FOIA 31'``, or ``force number 3``."""
    own = raw.get("id") or raw.get("title")
    if "provision" in raw:
        own = f"{raw.get('regime', '')} {raw['provision']}".strip()
    return f"{table} {own!r}" if isinstance(own, str) else f"{table} number {number}"


def _mend(kind: type[msgspec.Struct], key: str | None, problem: str, mends: Mapping[str, str]) -> str:
    names = re.sub(r"\[[^\]]*\]", "", key or "").split(".")
    if "unknown field" in problem:
        near = difflib.get_close_matches(names[-1], _keys(kind, names[:-1]), n=1)
        return f"did you mean {near[0]!r}" if near else "take it out, or see mappings/README.md for the keys that exist"
    if names[-1] in mends:
        return mends[names[-1]]
    if "missing required field" in problem:
        return f"add the key {names[-1]!r} (mappings/README.md says what belongs there)"
    return "see mappings/README.md for what belongs there"


def _keys(kind: type[msgspec.Struct], names: list[str]) -> tuple[str, ...]:
    """The keys of the table that lies below a row under these names."""
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    if not names:
        return tuple(fields)
    held = fields[names[0]]
    below = [held, *get_args(held)]
    return next(
        (_keys(one, names[1:]) for one in below if isinstance(one, type) and issubclass(one, msgspec.Struct)), ()
    )


def read(name: str, path: Path | None = None) -> Document:
    """The file at ``path``, or the packaged file ``name``. Raises ``RegistryError`` where it cannot be read as TOML."""
    file = str(path) if path else name
    try:
        data = path.read_bytes() if path else resources.files(__name__).joinpath(name).read_bytes()
    except OSError as error:
        raise RegistryError(
            file=file,
            entry="the file",
            key=None,
            problem=f"cannot be read ({error.strerror})",
            mend="name a file that exists and may be read",
        ) from error
    try:
        tables = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(
            file=file,
            entry="the file",
            key=None,
            problem=f"is not TOML ({error})",
            mend="correct the line that is named; text stands in quotes, lists in square brackets",
        ) from error
    fingerprint = hashlib.sha256(data).hexdigest()[:12]  # 48 bits: enough to tell editions of one file apart
    return Document(file, fingerprint, tables)
