"""The tables of ``forces.toml`` and the keys each may hold; ``mappings/README.md`` says what each key means."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from indexer.bodies import ForceKind, Nation, Verified
from indexer.disclosure import Regime

NO_REGIME = ("none", "unknown")  # bound by no access law; or nobody knows by which


# what a pattern says is what the mend beside it says in words
Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z")]
Host = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+\Z")]
Period = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")]
Path = Annotated[str, msgspec.Meta(pattern=r"^/[^?#\s]*\Z")]
Url = Annotated[str, msgspec.Meta(pattern=r"^https?://[^/\s]+[^\s]*\Z")]
Text = Annotated[str, msgspec.Meta(pattern=r"\S")]

MENDS = {
    "id": "write small letters, digits and single hyphens, as in 'devon-and-cornwall'",
    "nation": "write one of " + ", ".join(Nation),
    "kind": "write one of " + ", ".join(ForceKind),
    "regime": "write one of " + ", ".join((*Regime, *NO_REGIME)),
    "verified": "write one of " + ", ".join(Verified),
    "hosts": 'write a list of host names alone, in small letters, as in ["www.ambershire.police.example"]',
    "url": "write the whole address of the listing, beginning with https://",
    "since": 'write a year, month or day in quotes, as in "2013", "2013-04" or "2013-04-01"',
    "prefixes": 'write a list of beginnings of paths, as in ["/foi-ai/ambershire-police/"]',
    "platform": "name the id of a [[platform]] entry of this file",
    "needs_label": "write true or false, without quotes",
    "evidence": "write a list of whole addresses",
}
MENDS |= {
    "guessed_hosts": MENDS["hosts"],
    "shared_hosts": MENDS["hosts"],
    "email_domains": 'write a list of the parts behind the @, as in ["ambershire.police.example"]',
    "guessed_email_domains": 'write a list of the parts behind the @, as in ["ambershire.police.example"]',
    "welsh_url": MENDS["url"],
    "until": MENDS["since"],
    "predecessors": MENDS["id"],
    "successors": MENDS["id"],
    "members": "write a list of force ids",
    "legacy": MENDS["needs_label"],
    "joint_answers": MENDS["needs_label"],
    "aliases": "write a list of names, each in quotes",
    "abbreviations": "write a list of names, each in quotes",
    "examples": "write a list of references, each in quotes",
    "rebuilt": "write a list of references, each in quotes",
    "patterns": "write a list of regular expressions, each in single quotes",
}


class FormerNameRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A name a body had before."""

    name: Text
    until: Period | None = None


class ReferencesRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """``[force.references]``."""

    patterns: tuple[Text, ...] = ()
    examples: tuple[Text, ...] = ()
    rebuilt: tuple[Text, ...] = ()
    needs_label: bool = False


class LogRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """``[[force.log]]``."""

    platform: Id
    url: Url
    id: Id | None = None
    hosts: tuple[Host, ...] = ()
    prefixes: tuple[Path, ...] = ()
    welsh_url: Url | None = None
    slug: Text | None = None
    media_slug: Text | None = None
    licence: Text = "unknown"
    licence_evidence: Text | None = None
    verified: Verified
    how: Text
    evidence: tuple[Url, ...] = ()
    legacy: bool = False
    notes: str = ""


class ForceRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """``[[force]]``."""

    id: Id
    name: Text
    nation: Nation
    kind: ForceKind
    regime: str
    welsh_name: Text | None = None
    aliases: tuple[Text, ...] = ()
    abbreviations: tuple[Text, ...] = ()
    former_names: tuple[FormerNameRow, ...] = ()
    since: Period | None = None
    until: Period | None = None
    predecessors: tuple[Id, ...] = ()
    successors: tuple[Id, ...] = ()
    hosts: tuple[Host, ...] = ()
    guessed_hosts: tuple[Host, ...] = ()
    email_domains: tuple[Host, ...] = ()
    guessed_email_domains: tuple[Host, ...] = ()
    references: ReferencesRow = ReferencesRow()
    whatdotheyknow: Text | None = None
    log: tuple[LogRow, ...] = ()
    notes: str = ""


class UnitRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """``[[unit]]``."""

    id: Id
    name: Text
    members: tuple[Id, ...]
    rule: Text
    joint_answers: bool = False
    email_domains: tuple[Host, ...] = ()
    since: Period | None = None
    until: Period | None = None
    evidence: tuple[Url, ...] = ()
    notes: str = ""


class PlatformRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """``[[platform]]``."""

    id: Id
    name: Text


class FileRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The whole file, its entries not yet looked into, so that a fault can be told by the name of its entry."""

    registry: Id
    shared_hosts: tuple[Host, ...] = ()
    platform: tuple[dict[str, Any], ...] = ()
    unit: tuple[dict[str, Any], ...] = ()
    force: tuple[dict[str, Any], ...] = ()
