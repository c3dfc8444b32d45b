"""What a force, its disclosure logs and a shared office are: the words of the registry, without its file.

``indexer.forces`` is the way in; this module holds no data and reads nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import re

    from indexer.disclosure import Regime


def plain_host(host: str) -> str:
    """A host as the registry compares it: small letters, without port, closing dot or ``www.``."""
    bare = host.rsplit("@", 1)[-1].split(":", 1)[0].rstrip(".").lower()
    return bare.removeprefix("www.")


class Nation(StrEnum):
    """Where a body polices. Jersey is not in the United Kingdom: totals that say UK leave it out."""

    ENGLAND = "England"
    WALES = "Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"
    UK = "UK"
    JERSEY = "Jersey"


class ForceKind(StrEnum):
    """What sort of body this is."""

    TERRITORIAL = "territorial"
    SPECIAL = "special"
    NATIONAL = "national"
    OUTSIDE_UK = "outside_uk"


class Verified(StrEnum):
    """How an entry's log address is known. Nothing but a label: no code treats a guess as a fact."""

    SEEN = "seen"  # the address was read in a copy of a public page or file
    DERIVED = "derived"  # follows from pages of this log, or of its platform, that were seen
    GUESS = "guess"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """What a body was called before. ``until`` is a year, month or day in ISO form, as far as it is known."""

    name: str
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """How a force numbers its requests. Shapes collide between forces, so a reference alone never tells the force.

    ``patterns`` are compiled, ignore case, and never match a part of a longer number, path or date.
    """

    patterns: tuple[re.Pattern[str], ...] = ()
    examples: tuple[str, ...] = ()  # as printed in an answer
    rebuilt: tuple[str, ...] = ()  # put together from an address, never seen in print
    needs_label: bool = False  # the shape says too little: accept it only beside a word such as "Reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """One disclosure log: a listing on one site. A force may have none, one or several."""

    id: str
    force: str
    platform: str
    url: str  # of the listing
    hosts: tuple[str, ...]  # plain (see ``plain_host``), the listing's first
    prefixes: tuple[str, ...]  # beginnings of the paths under which its disclosures lie
    welsh_url: str | None = None
    slug: str | None = None  # the force's folder name on its platform
    media_slug: str | None = None  # the same in the addresses of attachments, where it differs
    licence: str = "unknown"  # "unknown" unless there is evidence, which ``licence_evidence`` names
    licence_evidence: str | None = None
    verified: Verified = Verified.GUESS
    how: str = ""  # how it was verified, or why it is a guess
    evidence: tuple[str, ...] = ()  # addresses that were seen
    legacy: bool = False  # an older log of the same force, kept beside the present one
    notes: str = ""

    def covers(self, url: str) -> bool:
        """Whether an address lies in this log: on one of its hosts and under one of its paths (or is the listing)."""
        parts = urlsplit(url)
        if plain_host(parts.netloc) not in self.hosts:
            return False
        path = parts.path.rstrip("/") + "/"
        listings = (urlsplit(known).path.rstrip("/") + "/" for known in (self.url, self.welsh_url) if known)
        return path.startswith(self.prefixes) or path in listings


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedUnit:
    """Forces that answer through one office, so that letterhead, mail address and numbering say little."""

    id: str
    name: str
    members: tuple[str, ...]
    rule: str  # how to tell who answers, for a person
    joint_answers: bool = False  # one letter may be the answer of several members
    email_domains: tuple[str, ...] = ()
    since: str | None = None  # a year, month or day in ISO form, as far as it is known
    until: str | None = None
    evidence: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """A body that answers, or that answers are about. ``regime`` None: no access law that is known to bind it."""

    id: str
    name: str
    nation: Nation
    kind: ForceKind
    regime: Regime | None
    welsh_name: str | None = None
    aliases: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()  # short forms that may mean something else in running text
    former_names: tuple[FormerName, ...] = ()
    since: str | None = None
    until: str | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()  # plain, known from a page or file that was read
    guessed_hosts: tuple[str, ...] = ()
    email_domains: tuple[str, ...] = ()
    guessed_email_domains: tuple[str, ...] = ()
    references: References = References()
    unit: str | None = None
    whatdotheyknow: str | None = None  # its name in WhatDoTheyKnow's addresses
    logs: tuple[Log, ...] = ()
    notes: str = ""
