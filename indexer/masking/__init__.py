"""Covering contact details and the names of staff and requesters before anything is indexed, shown or exported.

Facts are read from the original first; then every covered letter or digit becomes ``█``, so that each span keeps its
place and a covered word is no token for either engine. Only the archive holds the original. What the letter is about
stays, and so do people named in a role in which they answer to the public.

Names are taken from where only staff and requesters stand (``places``, ``signatures``) and then found again all over
the record (``people``). Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Final

from indexer.analysis import fold
from indexer.disclosure import Attachment, Citation, Disclosure, Evidence, Part, Source
from indexer.masking import places
from indexer.masking.contacts import emails, telephones
from indexer.masking.lines import Line, lines_of
from indexer.masking.people import People
from indexer.masking.printed import Printed, Surroundings
from indexer.masking.signatures import signatures
from indexer.masking.wordlist import word_list

VERSION: Final = f"2.{word_list().fingerprint}"  # changes whenever a record may be covered differently: build anew
COVER: Final = "█"
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[ \t]{0,2}\d[A-Z]{2}\b")  # Royal Mail's shapes
ADDRESS_LINES: Final = 7  # between an addressee's name and the postcode
_LETTERS = re.compile(r"\w")
_WORD = re.compile(r"[^\W\d_]+")
_NO_ADDRESS: Final = frozenset({"headquarters", "dear", "telephone", "tel", "email"})


class Kind(StrEnum):
    """What is covered."""

    EMAIL = "email_address"
    TELEPHONE = "telephone_number"
    NAME = "name"
    SIGNATURE = "signature"  # what stands under a name: role, staff number
    ADDRESS = "postal_address"  # of the person written to


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One covered stretch of a page: code points from ``start`` up to ``end``."""

    kind: Kind
    part: str
    page: int
    start: int
    end: int


class Mask:
    """What is to be covered in one record: made from its parts, then laid over any text of it."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """Find every name that the parts give in a private place."""
        self._lists = word_list()
        self._around = Surroundings([part.text for part in parts], self._lists)
        self._own: dict[tuple[str, int], list[tuple[Kind, int, int]]] = {}
        printed: list[Printed] = []
        pages = [(part, lines_of(part.text)) for part in parts]
        for part, lines in pages:
            own = self._own.setdefault((part.part, part.page), [])
            names = [*self._named(part.text, lines)]
            for signature in signatures(lines, self._around):
                names += signature.names
                own += [(Kind.SIGNATURE, start, end) for start, end in signature.roles]
            own += [(Kind.NAME, name.start, name.end) for name in names]
            printed += [*names, *places.addressed(part.text, self._around)]
        known = frozenset(key for name in printed for key in name.keys if len(key) > 1)
        for part, lines in pages:
            if part.page == 1:
                own = self._own[part.part, part.page]
                for name in places.letterhead(lines, self._around, known):
                    printed.append(name)
                    own.append((Kind.NAME, name.start, name.end))
                    own += [(Kind.ADDRESS, start, end) for start, end in _postal(lines, name)]
        self._people = People(printed, self._around)

    def _named(self, text: str, lines: Sequence[Line]) -> Iterator[Printed]:
        around = self._around
        yield from places.salutations(lines, around)
        yield from places.labelled(lines, around)
        yield from places.mails(lines, around)
        yield from places.threads(text, around)
        yield from places.running_text(text, around)

    def stretches(self, part: Part) -> list[Covered]:
        """Everything that is covered on one page, in order; stretches may overlap."""
        found = [*self._own.get((part.part, part.page), ()), *self._anywhere(part.text)]
        ordered = sorted(set(found), key=lambda row: (row[1], row[2]))
        return [Covered(kind=k, part=part.part, page=part.page, start=s, end=e) for k, s, e in ordered if e > s]

    def over(self, part: Part) -> Part:
        """The page with all of it covered."""
        return replace(part, text=_covered(part.text, ((one.start, one.end) for one in self.stretches(part))))

    def text(self, text: str) -> str:
        """A title, the name of a file, a value: covered like a page."""
        return _covered(text, ((start, end) for _, start, end in self._anywhere(text)))

    def file(self, name: str) -> str:
        """The name of a file: surnames are covered in small letters too."""
        return _covered(name, (*emails(name), *telephones(name), *self._people.found_in(name, small=True)))

    def address(self, url: str, *, file: bool) -> str:
        """An address on the web. In its path only whole names are covered, since a single word there is a topic; where
        it is a file's, the name of the file is covered as one."""
        host = url.find("/", url.find("//") + 2 if "//" in url else 0)
        if host < 0:
            return url
        last = url.rfind("/") + 1 if file else len(url)
        path = _covered(url[host:last], self._people.found_in(url[host:last], whole_only=True))
        return url[:host] + path + (self.file(url[last:]) if file else "")

    def _anywhere(self, text: str) -> Iterator[tuple[Kind, int, int]]:
        yield from ((Kind.EMAIL, *span) for span in emails(text))
        yield from ((Kind.TELEPHONE, *span) for span in telephones(text))
        yield from ((Kind.NAME, *span) for span in self._people.found_in(text))


def covered(parts: Sequence[Part]) -> tuple[Covered, ...]:
    """Everything that masking covers in these pages, for a person to look through."""
    mask_ = Mask(parts)
    return tuple(one for part in parts for one in mask_.stretches(part))


def mask(record: Disclosure) -> Disclosure:
    """The same record with every contact detail and private name covered, wherever it is printed; same lengths."""
    laid = Mask(record.parts)
    parts = tuple(laid.over(part) for part in record.parts)
    texts = {(part.part, part.page): part.text for part in parts}
    facts = record.reading

    def printed(citation: Citation) -> Citation:
        page = texts.get((citation.span.part, citation.span.page))
        found = citation.printed if page is None else page[citation.span.start : citation.span.end]
        return replace(citation, printed=found if len(found) == len(citation.printed) else citation.printed)

    def shown(evidence: Evidence) -> Evidence:
        return replace(evidence, value=laid.text(evidence.value))

    return replace(
        record,
        title=laid.text(record.title),
        attachments=tuple(_attachment(a, laid) for a in record.attachments),
        sources=tuple(_source(s, laid) for s in record.sources),
        aliases=tuple(laid.address(alias, file=False) for alias in record.aliases),
        reading=replace(
            facts,
            parts=parts,
            citations=tuple(printed(c) for c in facts.citations),
            evidence=tuple(shown(e) for e in facts.evidence),
            notes=tuple(laid.text(note) for note in facts.notes),
        ),
    )


def is_covered(text: str) -> bool:
    """Whether something in it is covered: such an address leads nowhere and is shown as text, not as a link."""
    return COVER in text


def _attachment(attachment: Attachment, laid: Mask) -> Attachment:
    """A covered address leads nowhere, so there is none; the page that the file hangs on is among the sources."""
    url = attachment.url and laid.address(attachment.url, file=True)
    return replace(attachment, name=laid.file(attachment.name), url=None if url and is_covered(url) else url)


def _source(source: Source, laid: Mask) -> Source:
    return replace(source, url=laid.address(source.url, file=source.kind != "item"))


def _postal(lines: Sequence[Line], name: Printed) -> Iterator[tuple[int, int]]:
    """The address under an addressee, as far as its postcode; nothing where a body is written to."""
    below = list(islice((line for line in lines if line.start > name.end and line), ADDRESS_LINES))
    lists = word_list()
    for number, line in enumerate(below):
        keys = {fold(word) for word in _WORD.findall(line.words)}
        if keys & (lists.publics | lists.roles | _NO_ADDRESS):
            return
        if POSTCODE.search(line.words):
            yield from ((one.start, one.end) for one in below[: number + 1])
            return


def _covered(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in sorted(stretches):
        begin = max(start, done)
        if begin >= end:
            continue
        pieces += [text[done:begin], _LETTERS.sub(COVER, text[begin:end])]
        done = end
    return "".join([*pieces, text[done:]]) if pieces else text
