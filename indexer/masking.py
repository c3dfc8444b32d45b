"""Covering e-mail addresses, telephone numbers and names of staff and requesters before anything is indexed.

Facts are read from the original first; then every covered letter or digit becomes ``█``, so that each span keeps its
place and a covered word is no token for either engine. Only the archive holds the original. What the letter is about
stays, and so do senior officers named in their public role: the rules look at where a name stands (a salutation, a
signature, an addressee, a label such as "Contact:"), never at what sounds like a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.disclosure import Attachment, Citation, Disclosure, Evidence, Part, Span
from indexer.names import Named, names_in

COVER = "█"

EMAIL = re.compile(
    r"[\w.+'’-]{1,64}\s?(?:@|\[at\]|\(at\))\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}",
    re.IGNORECASE,
)
# United Kingdom numbering: a 0 or +44, an area or mobile code, ten or eleven digits in all (Ofcom's numbering plan).
PHONE = re.compile(
    r"(?<![\w/.,-])(?:\+44[\s.-]?(?:\(0\)[\s.-]?)?[1-9]\d{1,4}|\(?0[1235789]\d{1,9}\)?)(?:[\s.-]{1,2}\d{2,8}){0,4}(?![\w/])"
)
EXTENSION = re.compile(
    r"\b(?:ext(?:ension|n)?|tel(?:ephone)?|phone|mobile|fax|direct (?:line|dial))\b\.?(?:\s?(?:no|number)\b\.?)?\s?[:.]?\s?(\+?\d[\d\s().-]{2,18}\d)",
    re.IGNORECASE,
)
DIGITS_IN_A_NUMBER = range(9, 13)  # with 0 or +44, and a few areas one digit short

_LETTERS = re.compile(r"\w")


def mask(record: Disclosure) -> Disclosure:
    """The same record with every contact detail and private name covered, wherever it is printed; same lengths."""
    named = names_in(record.parts)
    parts = tuple(mask_part(part, named) for part in record.parts)
    texts = {(part.part, part.page): part.text for part in parts}
    facts = record.reading

    def printed(citation: Citation) -> Citation:
        return replace(citation, printed=_at(texts, citation.span, citation.printed))

    def shown(evidence: Evidence) -> Evidence:
        return replace(evidence, value=mask_text(evidence.value, named))

    def called(attachment: Attachment) -> Attachment:
        return replace(attachment, name=mask_text(attachment.name, named))

    return replace(
        record,
        title=mask_text(record.title, named),
        attachments=tuple(called(a) for a in record.attachments),
        reading=replace(
            facts,
            parts=parts,
            citations=tuple(printed(c) for c in facts.citations),
            evidence=tuple(shown(e) for e in facts.evidence),
        ),
    )


def mask_part(part: Part, named: Sequence[Named]) -> Part:
    """One page with what must not be shown covered."""
    return replace(part, text=mask_text(part.text, named))


def mask_text(text: str, named: Sequence[Named] = ()) -> str:
    """Text with addresses, numbers and these names covered."""
    stretches = sorted({*contact_details(text), *(s for name in named for s in name.found_in(text))})
    if not stretches:
        return text
    pieces: list[str] = []
    done = 0
    for start, end in stretches:
        begin = max(start, done)
        if begin >= end:
            continue
        pieces += [text[done:begin], _LETTERS.sub(COVER, text[begin:end])]
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def contact_details(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every e-mail address and telephone number."""
    if "@" in text or "at]" in text or "at)" in text:
        for found in EMAIL.finditer(text):
            yield found.span()
    for found in PHONE.finditer(text):
        digits = sum(c.isdigit() for c in found.group()) - 1 * found.group().startswith("+44")
        if digits in DIGITS_IN_A_NUMBER:
            yield found.span()
    for found in EXTENSION.finditer(text):
        yield found.span(1)


def _at(texts: dict[tuple[str, int], str], span: Span, printed: str) -> str:
    page = texts.get((span.part, span.page))
    found = page[span.start : span.end] if page is not None else printed
    return found if len(found) == len(printed) else printed
