"""``forces.toml`` as rows: strictly typed, checked against each other, turned into bodies and logs.

A fault is refused with ``RegistryError``, which names file, entry, key and the mend.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from indexer import forcerows
from indexer.bodies import (
    Force,
    FormerName,
    Log,
    References,
    SharedUnit,
    plain_host,
)
from indexer.disclosure import Regime

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mappings import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a forces file says, checked."""

    registry: str
    forces: tuple[Force, ...]
    units: tuple[SharedUnit, ...]
    platforms: tuple[tuple[str, str], ...]


def contents(document: Document) -> Contents:
    """Every entry of the file, or ``RegistryError`` at the first fault."""
    return _Reader(document).contents()


class _Reader:
    """One pass over one file: rows first, then what rows say about each other."""

    def __init__(self, document: Document) -> None:
        self.document = document
        top = document.row(forcerows.FileRow, document.tables, "the top of the file", forcerows.MENDS)
        self.registry = top.registry
        self.shared = frozenset(map(plain_host, top.shared_hosts))
        self.platforms = document.rows(forcerows.PlatformRow, "platform", top.platform, forcerows.MENDS)
        self.units = document.rows(forcerows.UnitRow, "unit", top.unit, forcerows.MENDS)
        self.forces = document.rows(forcerows.ForceRow, "force", top.force, forcerows.MENDS)

    def contents(self) -> Contents:
        self._ids_once()
        unit_of = self._unit_of()
        forces = tuple(self._force(row, unit_of.get(row.id)) for row in self.forces)
        self._logs_once(forces)
        self._names_once()
        self._hosts_apart(unit_of)
        self._mail_apart(unit_of)
        self._succession()
        return Contents(
            registry=self.registry,
            forces=forces,
            units=tuple(self._unit(row) for row in self.units),
            platforms=tuple((row.id, row.name) for row in self.platforms),
        )

    # one entry

    def _force(self, row: forcerows.ForceRow, unit: str | None) -> Force:
        entry = f"force {row.id!r}"
        if row.regime not in (*Regime, *forcerows.NO_REGIME):
            self.document.refuse(entry, "regime", f"{row.regime!r} is no access law", forcerows.MENDS["regime"])
        self._period(entry, row.since, row.until)
        logs = tuple(self._log(log, row, number) for number, log in enumerate(row.log))
        return Force(
            id=row.id,
            name=row.name,
            nation=row.nation,
            kind=row.kind,
            regime=None if row.regime in forcerows.NO_REGIME else Regime(row.regime),
            welsh_name=row.welsh_name,
            aliases=row.aliases,
            abbreviations=row.abbreviations,
            former_names=tuple(FormerName(name=earlier.name, until=earlier.until) for earlier in row.former_names),
            since=row.since,
            until=row.until,
            predecessors=row.predecessors,
            successors=row.successors,
            hosts=_plain(row.hosts),
            guessed_hosts=_plain(row.guessed_hosts),
            email_domains=row.email_domains,
            guessed_email_domains=row.guessed_email_domains,
            references=self._references(entry, row.references),
            unit=unit,
            whatdotheyknow=row.whatdotheyknow,
            logs=logs,
            notes=row.notes,
        )

    def _references(self, entry: str, row: forcerows.ReferencesRow) -> References:
        compiled = tuple(self._pattern(entry, pattern, number) for number, pattern in enumerate(row.patterns))
        for key, printed in (("examples", row.examples), ("rebuilt", row.rebuilt)):
            for example in printed:
                if not any(pattern.fullmatch(example) for pattern in compiled):
                    self.document.refuse(
                        entry,
                        f"references.{key}",
                        f"no pattern matches the whole of {example!r}",
                        "widen a pattern, or take the reference out if it was misread",
                    )
        return References(patterns=compiled, examples=row.examples, rebuilt=row.rebuilt, needs_label=row.needs_label)

    def _pattern(self, entry: str, pattern: str, number: int) -> re.Pattern[str]:
        key = f"references.patterns[{number}]"
        try:
            # never a piece of a longer number, path or date: 12/03 in 12/03/2024, 003493/18 in HQ/PA/003493/18
            compiled = re.compile(rf"(?<!\w)(?<!\w[/-])(?<!\d\.)(?:{pattern})(?!\w)(?![/.-]\w)", re.IGNORECASE)
        except re.error as error:
            self.document.refuse(entry, key, f"{pattern!r} is no regular expression ({error})", "correct it")
        if compiled.search(""):
            self.document.refuse(entry, key, f"{pattern!r} matches nothing at all", "let it demand at least one digit")
        return compiled

    def _log(self, row: forcerows.LogRow, force: forcerows.ForceRow, number: int) -> Log:
        entry = f"force {force.id!r}"
        known = [platform.id for platform in self.platforms]
        if row.platform not in known:
            self.document.refuse(
                entry, f"log[{number}].platform", f"no platform {row.platform!r}", f"write one of {', '.join(known)}"
            )
        if (row.licence != "unknown") != (row.licence_evidence is not None):
            self.document.refuse(
                entry,
                f"log[{number}].licence_evidence",
                "a licence needs the place where it is stated, and an unknown one has none",
                'name the page that states the licence, or write licence = "unknown" and no evidence',
            )
        named = tuple(urlsplit(url).netloc for url in (row.url, row.welsh_url) if url)
        hosts = _plain((*named, *row.hosts))
        own = {*_plain(force.hosts), *_plain(force.guessed_hosts)}
        for host in hosts:
            if host not in own:
                self.document.refuse(
                    entry,
                    f"log[{number}].url" if host in _plain(named) else f"log[{number}].hosts",
                    f"{host!r} is not a host of this force",
                    "add it to the force's hosts (or guessed_hosts), or correct the address",
                )
        return Log(
            id=row.id or force.id,
            force=force.id,
            platform=row.platform,
            url=row.url,
            hosts=hosts,
            prefixes=row.prefixes or (urlsplit(row.url).path.rstrip("/") + "/",),
            welsh_url=row.welsh_url,
            slug=row.slug,
            media_slug=row.media_slug or row.slug,
            licence=row.licence,
            licence_evidence=row.licence_evidence,
            verified=row.verified,
            how=row.how,
            evidence=row.evidence,
            legacy=row.legacy,
            notes=row.notes,
        )

    def _unit(self, row: forcerows.UnitRow) -> SharedUnit:
        self._period(f"unit {row.id!r}", row.since, row.until)
        return SharedUnit(
            id=row.id,
            name=row.name,
            members=row.members,
            rule=row.rule,
            joint_answers=row.joint_answers,
            email_domains=row.email_domains,
            since=row.since,
            until=row.until,
            evidence=row.evidence,
            notes=row.notes,
        )

    def _period(self, entry: str, since: str | None, until: str | None) -> None:
        if since and until and since[: len(until)] > until[: len(since)]:
            self.document.refuse(entry, "until", f"{until} lies before since, {since}", "correct one of the two")

    # entries against each other

    def _ids_once(self) -> None:
        kinds: tuple[tuple[str, Sequence[forcerows.ForceRow | forcerows.UnitRow | forcerows.PlatformRow]], ...] = (
            ("platform", self.platforms),
            ("unit", self.units),
            ("force", self.forces),
        )
        for kind, rows in kinds:
            seen: set[str] = set()
            for row in rows:
                if row.id in seen:
                    self.document.refuse(
                        f"{kind} {row.id!r}", "id", f"another {kind} has this id", "give each an id of its own"
                    )
                seen.add(row.id)
        if not self.forces:
            self.document.refuse("the top of the file", "force", "no force is entered", "add a [[force]] entry")

    def _logs_once(self, forces: Iterable[Force]) -> None:
        owner = {row.id: row.id for row in self.forces}
        seen: set[str] = set()
        for force in forces:
            for number, log in enumerate(force.logs):
                if log.id in seen or owner.get(log.id, force.id) != force.id:
                    self.document.refuse(
                        f"force {force.id!r}",
                        f"log[{number}].id",
                        f"{log.id!r} is the id of another log or force",
                        "give the log an id of its own, as in 'ambershire-old'",
                    )
                seen.add(log.id)

    def _unit_of(self) -> dict[str, str]:
        known = {row.id for row in self.forces}
        unit_of: dict[str, str] = {}
        for unit in self.units:
            entry = f"unit {unit.id!r}"
            if not unit.members:
                self.document.refuse(entry, "members", "nobody belongs to it", forcerows.MENDS["members"])
            for member in unit.members:
                if member not in known:
                    self.document.refuse(entry, "members", f"no force {member!r}", "write ids of [[force]] entries")
                if member in unit_of:
                    self.document.refuse(
                        entry, "members", f"{member!r} is already in unit {unit_of[member]!r}", "name it in one unit"
                    )
                unit_of[member] = unit.id
        return unit_of

    def _names_once(self) -> None:
        claimed: dict[str, str] = {}
        for row in self.forces:
            welsh = (row.welsh_name,) if row.welsh_name else ()
            for printed in {row.name, *welsh, *row.aliases, *(earlier.name for earlier in row.former_names)}:
                other = claimed.setdefault(printed.casefold(), row.id)
                if other != row.id:
                    self.document.refuse(
                        f"force {row.id!r}",
                        "aliases",
                        f"{printed!r} is also a name of force {other!r}",
                        "keep it in one entry, or list it under abbreviations in both",
                    )

    def _hosts_apart(self, unit_of: dict[str, str]) -> None:
        owners: defaultdict[str, list[str]] = defaultdict(list)
        for row in self.forces:
            for host in dict.fromkeys((*_plain(row.hosts), *_plain(row.guessed_hosts))):
                for other in owners[host]:
                    if host not in self.shared and not _together(row.id, other, unit_of):
                        self.document.refuse(
                            f"force {row.id!r}",
                            "hosts",
                            f"{host!r} is also a host of force {other!r}",
                            "keep it in one entry, or list it in shared_hosts at the top of the file",
                        )
                owners[host].append(row.id)
        for host in sorted(self.shared - owners.keys()):
            self.document.refuse(
                "the top of the file", "shared_hosts", f"no force has the host {host!r}", "take it out"
            )

    def _mail_apart(self, unit_of: dict[str, str]) -> None:
        owners: dict[str, str] = {}
        for row in self.forces:
            for domain in row.email_domains:
                other = owners.setdefault(domain, row.id)
                if other != row.id and not _together(row.id, other, unit_of):
                    self.document.refuse(
                        f"force {row.id!r}",
                        "email_domains",
                        f"{domain!r} is also a mail domain of force {other!r}",
                        "keep it in one entry, or enter it in the [[unit]] that both belong to",
                    )

    def _succession(self) -> None:
        rows = {row.id: row for row in self.forces}
        for row in self.forces:
            entry = f"force {row.id!r}"
            for key, others, back in (
                ("predecessors", row.predecessors, "successors"),
                ("successors", row.successors, "predecessors"),
            ):
                for other in others:
                    if other not in rows or other == row.id:
                        self.document.refuse(entry, key, f"no other force {other!r}", "write ids of [[force]] entries")
                    if row.id not in getattr(rows[other], back):
                        self.document.refuse(
                            entry,
                            key,
                            f"force {other!r} does not name this one among its {back}",
                            f"add {row.id!r} to the {back} of {other!r}",
                        )


def _together(one: str, other: str, unit_of: dict[str, str]) -> bool:
    return one in unit_of and unit_of[one] == unit_of.get(other)


def _plain(hosts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(plain_host, hosts)))
