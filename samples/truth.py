"""What is true of every sample disclosure: known because it was written so, never because it was read back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from indexer.disclosure import APPLIED_ROLES, CitationRole, FailureKind, Outcome, Regime

from .documents import made, media_type
from .letters import letter
from .site import Placed, placed
from .topics import case as by_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from .markup import Block, Cited
    from .topics import Case

# What a reader must say of the files that cannot be read as they are; None: it must read them.
_FAILURES = {
    "pdf-locked": FailureKind.PASSWORD,
    "pdf-truncated": FailureKind.TRUNCATED,
    "pdf-scan": FailureKind.SCANNED,
    "html-as-pdf": FailureKind.CORRUPT,
}
_ACCESS_LAW = re.compile(
    r"freedom of information (?:\(scotland\) )?act|environmental information|\beirs?\b", re.IGNORECASE
)
# Files that hide something, and files that nobody can look into: both are held back.
_HELD = frozenset({"xlsx-hidden-sheet", "xlsx-hidden-rows", "pdf-blackbox", "pdf-locked", "pdf-truncated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTruth:
    """One file that comes with an answer, counted from 1.

    ``phrase`` stands in it, on ``phrase_page``, and nowhere else. ``failure`` is what an honest reader says of it where
    it can do no better: a scan is read where there is OCR, and a web page under the name of a PDF may be told by its
    bytes. ``held``: it must be held back. ``hidden`` is a word that only stands where nobody is meant to see it.
    """

    number: int
    url: str
    kind: str
    media_type: str
    phrase: str | None
    phrase_page: int | None
    failure: FailureKind | None
    held: bool
    hidden: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTruth:
    """What one numbered question got; provisions as "FOIA 40(2)", applied in its answer at the printed limb."""

    question: str
    outcomes: tuple[Outcome, ...]
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One disclosure. Dates are None where they are not printed in full in what is published.

    ``letter_in`` is the part that holds request and answer as a letter: "page", or "attachment-1" where the page holds
    the request alone or a note. ``readable`` is False where that part cannot be read without OCR, or at all; then
    nothing that only stands in the letter can be known. ``also_ok`` are other sets of outcomes that a careful reader
    could defend. ``regimes`` is empty where no access law is named; then the force's own is as good an answer.
    """

    key: str
    url: str
    aliases: tuple[str, ...]
    log: str
    forces: tuple[str, ...]
    title: str
    reference: str
    received_on: date | None
    answered_on: date | None
    published_on: date | None
    regimes: tuple[Regime, ...]
    citations: tuple[Cited, ...]  # of the letter, in order; a provision named again after it was applied is a repeat
    outcomes: tuple[Outcome, ...]
    also_ok: tuple[tuple[Outcome, ...], ...]
    answers: tuple[AnswerTruth, ...]
    topic: str
    round_robin: bool
    reviews: str | None  # reference of the answer that this one reviews
    files: tuple[FileTruth, ...]
    page: str  # what the page holds: "full", "request" or "note"
    letter_in: str
    readable: bool
    requester: str | None  # None where the name is printed nowhere
    staff: str | None
    email: str | None
    phone: str | None
    request: str
    answer: str

    @property
    def applied(self) -> tuple[str, ...]:
        """Provisions applied at the deepest limb printed, as "FOIA 31(1)(a)"."""
        return _applied(self.citations)

    @property
    def ncnd(self) -> bool:
        """Whether anything was used to neither confirm nor deny."""
        return any(one.role is CitationRole.APPLIED_NCND for one in self.citations)


def _applied(citations: Iterable[Cited]) -> tuple[str, ...]:
    """A section that is named beside its own limb counts as the limb alone."""
    named = dict.fromkeys((one.regime, one.provision) for one in citations if one.role in APPLIED_ROLES)
    return tuple(
        f"{regime} {provision}"
        for regime, provision in named
        if not any(law == regime and other.startswith(f"{provision}(") for law, other in named)
    )


def _settled(citations: Iterable[Cited]) -> Iterator[Cited]:
    """A provision, or a section above it, that was applied before is named again: a repeat."""
    seen: set[tuple[Regime, str]] = set()
    for one in citations:
        known = any(law == one.regime and f"{done}(".startswith(f"{one.provision}(") for law, done in seen)
        if one.role in APPLIED_ROLES and known:
            yield replace(one, role=CitationRole.REPEAT)
        else:
            if one.role in APPLIED_ROLES:
                seen.add((one.regime, one.provision))
            yield one


def _cited(blocks: Iterable[Block]) -> list[Cited]:
    return [cited for block in blocks for run in block.all_runs for cited in run.cited]


def _files(one: Placed, edition: int) -> Iterator[FileTruth]:
    for number, (spec, link) in enumerate(zip(one.case.files, one.files, strict=True), 1):
        file = made(one.case.key, number, edition)
        second = edition > 1 and spec.second_edition
        yield FileTruth(
            number=number,
            url=f"http://{one.case.house.host}{link.path}",
            kind=spec.kind,
            media_type=media_type(spec),
            phrase=(spec.second_edition if second else spec.phrase) if file.phrase_page else None,
            phrase_page=file.phrase_page,
            failure=_FAILURES.get(spec.kind),
            held=spec.kind in _HELD,
            hidden=file.hidden,
        )


def _truth(one: Placed, edition: int) -> Truth:
    case = one.case
    written = letter(case.key, edition)
    era = case.house.era(case.answered)
    files = tuple(_files(one, edition))
    enclosed = next((number for number, spec in enumerate(case.files, 1) if spec.holds == "letter"), None)
    letter_in = "page" if case.page == "full" or enclosed is None else f"attachment-{enclosed}"
    readable = letter_in == "page" or files[(enclosed or 1) - 1].failure is None
    published = written.page if letter_in == "page" else written.whole
    citations = tuple(_settled(_cited(published)))
    legible = enclosed is not None and files[enclosed - 1].failure is None
    layouts = (era.page if case.page == "full" else "") + (era.letter if legible else "")
    texts = [block.text for block in (*written.page, *(written.whole if enclosed else ()))]
    everything = "\n".join(texts)
    return Truth(
        key=case.key,
        url=one.url,
        aliases=(f"http://{case.house.host}{one.twin}",) if one.twin else (),
        log=case.log,
        forces=case.forces,
        title=case.title,
        reference=case.reference,
        received_on=case.received if "{received}" in layouts and case.received_as is None else None,
        answered_on=case.answered if "{answered}" in layouts else None,
        published_on=one.published.date() if case.house.platform == "soh" else None,
        regimes=_regimes(case, citations, "\n".join(block.text for block in published)),
        citations=citations,
        outcomes=tuple(dict.fromkeys(outcome for found in case.outcomes.values() for outcome in found)),
        also_ok=case.also_ok,
        answers=tuple(
            AnswerTruth(
                question=question,
                outcomes=found,
                provisions=_applied(cited for cited in citations if cited.question == question),
            )
            for question, found in case.outcomes.items()
            if question is not None
        ),
        topic=case.topic,
        round_robin=case.round_robin,
        reviews=by_key(case.reviews).reference if case.reviews else None,
        files=files,
        page=case.page,
        letter_in=letter_in,
        readable=readable,
        requester=_printed(case.requester, everything),
        staff=_printed(case.staff[0], everything),
        email=_printed(case.house.email, everything),
        phone=_printed(case.house.phone, everything),
        request="\n".join(block.text for block in written.request),
        answer="\n".join(block.text for block in written.answer),
    )


def _printed(name: str, everything: str) -> str | None:
    """The name where it is printed, whole or by the last of its words ("Dear Ms Wrenfield")."""
    return name if name.split()[-1] in everything else None


def _regimes(case: Case, citations: Iterable[Cited], text: str) -> tuple[Regime, ...]:
    applied = [one.regime for one in citations if one.role in APPLIED_ROLES]
    named = [case.regime] if _ACCESS_LAW.search(text) or case.regime in applied else []
    return tuple(dict.fromkeys((*named, *applied)))


@cache
def truth(edition: int = 1) -> tuple[Truth, ...]:
    """What is true of every disclosure that can be found in that edition."""
    return tuple(_truth(one, edition) for one in placed(edition) if one.listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a second look at every log finds: addresses, and for what moved the old and the new one."""

    changed: tuple[str, ...]  # pages of disclosures with other words
    changed_files: tuple[str, ...]
    new: tuple[str, ...]
    new_files: tuple[str, ...]
    gone: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]


@cache
def changes() -> Changes:
    """From edition 1 to edition 2."""
    before, after = {one.case.key: one for one in placed(1)}, {one.case.key: one for one in placed(2)}
    fresh = [one for key, one in after.items() if key not in before]
    return Changes(
        changed=tuple(one.url for one in after.values() if one.case.second_answer),
        changed_files=tuple(
            f"http://{one.case.house.host}{link.path}"
            for one in after.values()
            for spec, link in zip(one.case.files, one.files, strict=True)
            if spec.second_edition
        ),
        new=tuple(one.url for one in fresh),
        new_files=tuple(f"http://{one.case.house.host}{link.path}" for one in fresh for link in one.files),
        gone=tuple(one.url for one in after.values() if not one.listed),
        moved=tuple(
            (before[key].url, one.url) for key, one in after.items() if key in before and before[key].path != one.path
        ),
    )
