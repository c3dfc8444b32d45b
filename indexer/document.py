"""A ``Disclosure`` as one flat document that any engine can hold, and back.

Every engine indexes exactly these fields, so that two engines can only differ where an engine itself is at fault.
``mappings/README.md`` explains each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import msgspec

from indexer.analysis import streams
from indexer.disclosure import APPLIED_ROLES, Disclosure, Regime, Voice
from indexer.query import NOT_STATED, Facet

FORMAT: Final = (
    "3"  # of the index; raised whenever a field or the analysis changes, so that an older index says "build again"
)

LONGEST_ID: Final = 512  # bytes: Elasticsearch takes no longer one

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Disclosure)
_LAST_LIMB = re.compile(r"\s*\([^()]*\)$")


class UnfitError(ValueError):
    """A record that no engine can hold; the message is the reason, without the record's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What an engine holds of one record. Streams are tokens joined by a space; a phrase never runs from one stream
    to the next."""

    id: str
    record: bytes  # the Disclosure itself, as JSON
    words: tuple[str, ...]  # folded: what quotes search
    stems: tuple[str, ...]  # stemmed: what words search
    title: str  # stems, for the ranking alone
    request: str  # stems of title and request, for the ranking and for finding similar requests
    reference: tuple[str, ...]  # canonical key
    under: tuple[str, ...]  # every applied provision and all that it lies beneath: "foia 31", "foia 31(1)" …
    facets: dict[Facet, tuple[str, ...]]  # "none" where a record has no value
    marks: tuple[str, ...]  # by what decisions of the operator know it, see ``marks``
    day: int | None  # proleptic Gregorian ordinal of the date that searches use


def encode(disclosure: Disclosure) -> bytes:
    """The record as JSON. Raises ``UnfitError`` where its text is none."""
    try:
        return _encoder.encode(disclosure)
    except UnicodeEncodeError as error:
        raise UnfitError("its text holds half a surrogate pair") from error


def decode(record: bytes | str) -> Disclosure:
    """The record again, equal to the one encoded."""
    return _decoder.decode(record)


def flatten(disclosure: Disclosure) -> Document:
    """The document that an engine indexes. Raises ``UnfitError``."""
    if not 1 <= len(disclosure.id.encode("utf-8", "replace")) <= LONGEST_ID:
        raise UnfitError(f"its id is empty or longer than {LONGEST_ID} bytes")
    analysed = [streams(text) for text in pieces(disclosure)]
    reading = disclosure.reading
    return Document(
        id=disclosure.id,
        record=encode(disclosure),
        words=tuple(" ".join(words) for words, _ in analysed if words),
        stems=tuple(" ".join(stems) for _, stems in analysed if stems),
        title=" ".join(streams(disclosure.title)[1]),
        request=" ".join(streams(request_of(disclosure))[1]),
        reference=(reading.reference_key,) if reading.reference_key else (),
        under=tuple(
            sorted({step for regime, provision in _applied(disclosure) for step in _ladder(regime, provision)})
        ),
        facets={facet: facet_values(disclosure, facet) for facet in Facet},
        marks=marks(disclosure),
        day=disclosure.dated_on.toordinal() if disclosure.dated_on else None,
    )


def pieces(disclosure: Disclosure) -> Iterator[str]:
    """The texts that words and phrases are searched in. Pages of one document are one piece, so that a phrase may cross
    a page break; the names of the forces and the reference are there because people type them among their words."""
    yield from disclosure.forces
    yield disclosure.title
    if disclosure.reading.reference:
        yield disclosure.reading.reference
    for _, pages in groupby(disclosure.parts, key=lambda part: part.part):
        yield "\n".join(page.text for page in pages)


def marks(disclosure: Disclosure) -> tuple[str, ...]:
    """By what a decision of the operator knows a record, and which masks its text is under."""
    reading = disclosure.reading
    return (
        mark("id", disclosure.id),
        *(
            mark("reference", f"{force}|{reading.reference_key}")
            for force in disclosure.forces
            if reading.reference_key
        ),
        *dict.fromkeys(mark("hash", s.sha256) for s in disclosure.sources if s.kind != "attachment"),
        *dict.fromkeys(mark("file", a.sha256) for a in disclosure.attachments if a.sha256),
        *(mark("obeyed", str(number)) for number in disclosure.obeyed),
    )


def mark(kind: str, value: str) -> str:
    """One mark: of kind "id", "reference" (``force|key``), "hash" (of the main document), "file" or "obeyed"."""
    return f"{kind}:{value}"


def request_of(disclosure: Disclosure) -> str:
    """What was asked: the title that the force gave it and the requester's words; never a word of the answer."""
    return f"{disclosure.title}\n{disclosure.voice(Voice.REQUEST)}"


def facet_values(disclosure: Disclosure, facet: Facet) -> tuple[str, ...]:
    """The values that a record counts under, at least one."""
    reading = disclosure.reading
    applied = [citation for citation in reading.citations if citation.role in APPLIED_ROLES]
    values: set[str]
    match facet:
        case Facet.FORCE:
            values = set(disclosure.forces)
        case Facet.SECTION:
            values = {f"{citation.regime} {citation.parent}" for citation in applied}
        case Facet.PROVISION:
            values = {f"{citation.regime} {citation.provision}" for citation in applied}
        case Facet.CONCEPT:
            values = {citation.concept for citation in applied if citation.concept}
        case Facet.REGIME:
            values = {regime.value for regime in reading.regimes}
        case Facet.OUTCOME:
            values = {outcome.value for outcome in reading.outcomes}
        case Facet.YEAR:
            values = {f"{disclosure.dated_on.year:04}"} if disclosure.dated_on else set()
    return tuple(sorted(values)) or (NOT_STATED,)


def provision_key(regime: Regime, provision: str) -> str:
    """How ``under`` spells a provision: without capitals and spaces inside, ``foia 40(5b)(a)``."""
    compact = re.sub(r"\s+", "", provision)
    return f"{regime.value} {compact}".lower()


def _applied(disclosure: Disclosure) -> set[tuple[Regime, str]]:
    return {
        (citation.regime, provision)
        for citation in disclosure.reading.citations
        if citation.role in APPLIED_ROLES
        for provision in (citation.provision, citation.parent)
    }


def _ladder(regime: Regime, provision: str) -> Iterator[str]:
    while provision:
        yield provision_key(regime, provision)
        shorter = _LAST_LIMB.sub("", provision)
        provision = shorter if shorter != provision else ""
