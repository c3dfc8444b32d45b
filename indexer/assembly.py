"""Texts and facts to one ``Disclosure``: pure, so that archive, loose letter and test make records the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indexer import reading
from indexer.disclosure import Attachment, Disclosure, Extraction, Part, Reading, Source, Voice
from indexer.knowledge import Knowledge

TITLE_LENGTH = 120  # code points: one line of a result on a desktop


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One document of a disclosure with the text that came out of it."""

    name: str
    url: str | None
    sha256: str
    size: int
    extraction: Extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that a record is made from."""

    id: str
    main: Body
    attachments: Sequence[Body] = ()
    log: str | None = None
    publisher: Sequence[str] = ()
    title: str | None = None
    published_on: date | None = None
    sources: Sequence[Source] = ()
    aliases: Sequence[str] = ()
    licence: str = "unknown"
    gone_since: datetime | None = None
    released: frozenset[int] = frozenset()  # attachments whose hold was undone; 0 is the main document


def parts_of(material: Material) -> tuple[Part, ...]:
    """The text in order: the main document page by page, then each attachment."""
    parts = [
        Part(part="page", page=number, text=text) for number, text in enumerate(material.main.extraction.pages, start=1)
    ]
    for position, body in enumerate(material.attachments, start=1):
        parts += [
            Part(part=f"attachment-{position}", page=number, text=text)
            for number, text in enumerate(body.extraction.pages, start=1)
        ]
    return tuple(parts)


def assemble(material: Material, knowledge: Knowledge) -> Disclosure:
    """One record with every fact read from it. Text is as extracted: masking comes after, see ``indexer.masking``."""
    parts = parts_of(material)
    facts = (
        reading.read(parts, registry=knowledge.forces, provisions=knowledge.provisions, publisher=material.publisher)
        if parts
        else Reading(forces=tuple(material.publisher), version=reading.VERSION)  # a body that could not be read at all
    )
    main = material.main.extraction
    return Disclosure(
        id=material.id,
        log=material.log,
        forces=facts.forces,
        title=material.title or title_of(facts) or material.main.name,
        reading=facts,
        media_type=main.media_type,
        attachments=tuple(_attachment(n, body, material) for n, body in enumerate(material.attachments, start=1)),
        sources=tuple(material.sources),
        licence=material.licence,
        published_on=material.published_on or facts.published_on,
        aliases=tuple(material.aliases),
        read_with=knowledge.version,
        failure=main.failure,
        text_quality=main.text_quality,
        held_back=main.held_back if 0 not in material.released else (),
        gone_since=material.gone_since,
    )


def _attachment(number: int, body: Body, material: Material) -> Attachment:
    found = body.extraction
    held = found.held_back if number not in material.released else ()
    return Attachment(
        number=number,
        name=body.name,
        url=body.url,
        media_type=found.media_type,
        size=body.size,
        sha256=body.sha256,
        pages=len(found.pages),
        text_quality=found.text_quality,
        failure=found.failure,
        held_back=held,
        available=not held,
    )


def title_of(facts: Reading) -> str | None:
    """A letter without a heading is called by the beginning of its request, else by its reference."""
    for part in facts.parts:
        for stretch in part.roles:
            if stretch.role is Voice.REQUEST:
                words = " ".join(part.text[stretch.start : stretch.end].split())
                if words[:1].isupper() and " | " not in words[:TITLE_LENGTH]:  # else amid a sentence or table
                    return words if len(words) <= TITLE_LENGTH else words[:TITLE_LENGTH].rsplit(" ", 1)[0] + " …"
    return facts.reference
