"""The registry of forces: who answers, where each publishes, and how its references look.

Forces are data (``mappings/forces.toml``), platforms are code. ``mappings/README.md`` explains every key for a person
who writes no Python.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import mappings
from indexer import forcefile
from indexer.bodies import (
    Force,
    ForceKind,
    FormerName,
    Log,
    Nation,
    References,
    SharedUnit,
    Verified,
    plain_host,
)
from mappings import RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from indexer.disclosure import Regime

__all__ = [
    "Force",
    "ForceKind",
    "ForceRegistry",
    "FormerName",
    "Log",
    "Nation",
    "References",
    "RegistryError",
    "SharedUnit",
    "UnknownIdError",
    "Verified",
    "load_forces",
    "plain_host",
]


class UnknownIdError(KeyError):
    """No force, log or unit has this id; the message names those that are spelt nearly alike."""

    def __init__(self, kind: str, wanted: str, near: tuple[str, ...]) -> None:
        """``kind`` is "force", "log" or "unit"."""
        super().__init__(kind, wanted, near)
        self.kind, self.wanted, self.near = kind, wanted, near

    def __str__(self) -> str:
        """The sentence that a command line shows."""
        hint = f"; did you mean {' or '.join(self.near)}?" if self.near else ""
        return f"no {self.kind} has the id {self.wanted!r}{hint}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ForceRegistry:
    """All forces, logs and shared units of one file, checked against each other."""

    id: str  # stable name of the registry: "uk-police", or the samples'
    fingerprint: str  # short hash of the file: changes with every correction
    forces: Mapping[str, Force]
    logs: Mapping[str, Log]
    units: Mapping[str, SharedUnit]
    platforms: Mapping[str, str]  # id → name

    def force(self, force_id: str) -> Force:
        """The force with this id; raises ``UnknownIdError``."""
        try:
            return self.forces[force_id]
        except KeyError:
            raise UnknownIdError("force", force_id, _near(force_id, self.forces)) from None

    def log(self, log_id: str) -> Log:
        """The log with this id; raises ``UnknownIdError``."""
        try:
            return self.logs[log_id]
        except KeyError:
            raise UnknownIdError("log", log_id, _near(log_id, self.logs)) from None

    def name(self, force_id: str) -> str:
        """The force's name; raises ``UnknownIdError``."""
        return self.force(force_id).name

    def regime_of(self, force_id: str) -> Regime | None:
        """The law that the force answers under where a letter names none; raises ``UnknownIdError``."""
        return self.force(force_id).regime

    def unit_of(self, force_id: str) -> SharedUnit | None:
        """The shared unit that the force belongs or belonged to; raises ``UnknownIdError``."""
        unit = self.force(force_id).unit
        return self.units[unit] if unit else None

    def by_host(self, host: str) -> tuple[Log, ...]:
        """Logs on this host (any case, with or without ``www.`` or a port): those that lie there, else all logs of the
        forces that own it; empty where nobody does."""
        wanted = plain_host(host)
        named = tuple(log for log in self.logs.values() if wanted in log.hosts)
        if named:
            return named
        owners = (force for force in self.forces.values() if wanted in (*force.hosts, *force.guessed_hosts))
        return tuple(log for force in owners for log in force.logs)

    def by_url(self, url: str) -> Log | None:
        """The log in which an address lies, the one with the longest matching path where several cover it."""
        path = urlsplit(url).path
        covering = [log for log in self.by_host(urlsplit(url).netloc) if log.covers(url)]
        return max(
            covering,
            key=lambda log: max((len(prefix) for prefix in log.prefixes if path.startswith(prefix)), default=0),
            default=None,
        )

    def names(self, *, abbreviations: bool = True) -> Iterator[tuple[str, str]]:
        """Every (printed name, force id), longest name first, so that the first match is the fullest.

        A name that two forces go by ("WMP") is left out: it tells nothing.
        """
        claims: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for force in self.forces.values():
            former = (earlier.name for earlier in force.former_names)
            welsh = (force.welsh_name,) if force.welsh_name else ()
            short = force.abbreviations if abbreviations else ()
            for printed in (force.name, *welsh, *force.aliases, *former, *short):
                claims[printed.casefold()][force.id] = printed
        single = (next(iter(ids.items())) for ids in claims.values() if len(ids) == 1)
        pairs = ((printed, force_id) for force_id, printed in single)
        return iter(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def load_forces(path: Path | None = None) -> ForceRegistry:
    """The registry in a file, or the real one that is part of the package; raises ``RegistryError``."""
    return _load(path) if path else _packaged()


@cache
def _packaged() -> ForceRegistry:
    return _load(None)


def _load(path: Path | None) -> ForceRegistry:
    document = mappings.read("forces.toml", path)
    contents = forcefile.contents(document)
    return ForceRegistry(
        id=contents.registry,
        fingerprint=document.fingerprint,
        forces=MappingProxyType({force.id: force for force in contents.forces}),
        logs=MappingProxyType({log.id: log for force in contents.forces for log in force.logs}),
        units=MappingProxyType({unit.id: unit for unit in contents.units}),
        platforms=MappingProxyType(dict(contents.platforms)),
    )


def _near(wanted: str, known: Iterable[str]) -> tuple[str, ...]:
    return tuple(difflib.get_close_matches(wanted.lower().replace(" ", "-"), known, n=3))
