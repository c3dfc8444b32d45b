"""What may be shown of a record, and to whom. Every route goes through ``shown``; no route decides for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.disclosure import Attachment, Disclosure, Source
from indexer.masking import is_covered
from webapp.site import Site

ORIGINAL = 0  # the main document's number among the files of a record
RESTRICTING_TERMS = {"nc", "nd"}  # non-commercial and no-derivatives: not open, whatever else the licence allows


class TextRights:
    """Whose full text may be shown here; reads the operator's switches once, however many records follow."""

    def __init__(self, site: Site) -> None:
        self._public = site.public
        self._site = site
        self._switches: dict[str, bool | None] = {}

    def of(self, record: Disclosure) -> bool:
        """Whether the whole text and the archived files of this record may be shown."""
        if not self._public:
            return True
        switch = self._switch(record.log)
        return is_open(record.licence) if switch is None else switch

    def _switch(self, log: str | None) -> bool | None:
        if log is None:
            return None
        if log not in self._switches:
            with self._site.reading() as archive:
                if archive is not None:
                    self._switches[log] = archive.decisions.full_text(log)
                else:  # what the operator decided cannot be read: show no more than anyone may
                    self._switches[log] = None if self._site.archive is None else False
        return self._switches[log]


def is_open(licence: str) -> bool:
    """Whether a licence lets anyone publish the text again: the Open Government Licence in any version, or Creative
    Commons with attribution or less. What is not known to be open is not."""
    words = licence.lower().replace("-", " ").split()
    if words[:1] in (["ogl"], ["cc0"]) or words[:3] == ["open", "government", "licence"]:
        return True
    return words[:2] == ["cc", "by"] and not RESTRICTING_TERMS & set(words)


def shown(record: Disclosure) -> Disclosure:
    """The record without what would lead to an original that is not served: its address, its hash, where it lies.

    Nothing says why an original is not there.
    """
    unavailable = [a for a in record.attachments if not a.available]
    if record.available and not unavailable:
        return replace(record, held_back=())
    addresses = {a.url for a in unavailable if a.url}
    hashes = {a.sha256 for a in unavailable}
    if not record.available:
        main = {s.sha256 for s in record.sources if s.kind != "attachment"}
        addresses |= {s.url for s in record.sources if s.sha256 in main} | set(record.aliases)
        hashes |= main
    return replace(
        record,
        held_back=(),
        attachments=tuple(a if a.available else _unavailable(a) for a in record.attachments),
        sources=tuple(s for s in record.sources if s.url not in addresses and s.sha256 not in hashes),
        aliases=tuple(a for a in record.aliases if a not in addresses),
    )


def all_shown(records: Iterable[Disclosure]) -> Iterator[Disclosure]:
    """``shown``, for a whole result."""
    return (shown(record) for record in records)


def page_address(record: Disclosure) -> Source | None:
    """Where the force publishes the answer; none where the address spells a name that is covered."""
    return next((source for source in record.sources if source.kind == "item" and not is_covered(source.url)), None)


def names_are_covered(record: Disclosure, number: int) -> bool:
    """Whether names or contact details are covered in a document's text: in public its copy would show them."""
    name = f"attachment-{number}" if number != ORIGINAL else "page"
    return any(is_covered(part.text) for part in record.parts if part.part == name)


def _unavailable(attachment: Attachment) -> Attachment:
    return replace(attachment, url=None, sha256="", held_back=())
