"""A document looked at before it is published: what would be held back, what is masked, what will be misunderstood.

For a force, on its own machine: nothing is stored and nothing leaves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from indexer.assembly import Body, Material, assemble
from indexer.disclosure import Disclosure, Extraction, FailureKind, Hold
from indexer.extraction import Document, Extractor
from indexer.extraction.holdback import kind_of
from indexer.knowledge import Knowledge
from indexer.masking import Kind, covered
from indexer.preflight import answers, links
from indexer.preflight.finding import Finding, Pages
from indexer.preflight.properties import authors

__all__ = ["Finding", "Report", "preflight"]

_MENDS: Final = {
    Kind.EMAIL: "Take out a person's address. The address of a team may stay.",
    Kind.TELEPHONE: "Take out a person's number. The number of a team or switchboard may stay.",
    Kind.NAME: "Take out the name of the requester or of staff; write “Dear requester”, and sign as a team or by role.",
    Kind.SIGNATURE: "Sign as a team, without role and staff number of one person.",
    Kind.ADDRESS: "Take out the requester's postal address.",
}
_UNREAD: Final = {
    FailureKind.PASSWORD: "Publish it without a password.",
    FailureKind.SCANNED: "It is a picture of text: publish the text itself, so that everybody can read and search it.",
    FailureKind.EMPTY: "There is no text in it.",
    FailureKind.UNSUPPORTED_TYPE: "Publish it in an open format: PDF with text, CSV, HTML.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found in one file."""

    file: str
    held_back: tuple[Hold, ...]
    findings: tuple[Finding, ...]


def preflight(
    documents: Sequence[Document], knowledge: Knowledge, extractor: Extractor, *, fetch_links: bool = False
) -> Iterator[Report]:
    """A report on each document, in order. ``fetch_links`` asks every link of an "already published" answer."""
    for document, extraction in zip(documents, extractor.extract_many(documents), strict=True):
        record = _read(document, extraction, knowledge)
        found = [
            *_held(extraction),
            *_unread(extraction),
            *_named(document, extractor),
            *_masked(record),
            *answers.findings(record.reading, Pages(record.parts), knowledge.provisions),
            *links.findings(links.links(record.reading, Pages(record.parts)), fetch=fetch_links),
        ]
        yield Report(file=document.name, held_back=extraction.held_back, findings=tuple(dict.fromkeys(found)))


def _read(document: Document, extraction: Extraction, knowledge: Knowledge) -> Disclosure:
    digest = sha256(document.data).hexdigest()
    body = Body(name=document.name, url=None, sha256=digest, size=len(document.data), extraction=extraction)
    return assemble(Material(id=digest[:16], main=body), knowledge)


def _held(extraction: Extraction) -> Iterator[Finding]:
    for hold in extraction.held_back:
        yield Finding(kind=hold.kind, where=hold.where, mend=kind_of(hold).mend)


def _unread(extraction: Extraction) -> Iterator[Finding]:
    if extraction.failure:
        mend = _UNREAD.get(extraction.failure, "Open and save it anew: it could not be read.")
        yield Finding(kind=f"unreadable_{extraction.failure.value}", where="the whole file", mend=mend)


def _named(document: Document, extractor: Extractor) -> Iterator[Finding]:
    """Properties that name a person. A file that cannot be opened has been told already."""
    future = extractor.schedule(authors, document)
    if future.exception() is None:
        for name in future.result():
            yield Finding(
                kind="author",
                where=f"document properties: {name}",
                mend="Remove it: File, Info, Check for Issues, Inspect Document; or print to a new PDF.",
            )


def _masked(record: Disclosure) -> Iterator[Finding]:
    pages = Pages(record.parts)
    for one in covered(record.parts):
        yield Finding(
            kind=f"masked_{one.kind.value}", where=pages.place(one.part, one.page, one.start), mend=_MENDS[one.kind]
        )
