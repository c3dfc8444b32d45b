"""What is true of every sample disclosure: known because it was written so, never because it was read back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from indexer.disclosure import APPLIED_ROLES, CitationRole, Outcome, Regime

from .letters import letter
from .site import Placed, placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from .markup import Block, Cited
    from .topics import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTruth:
    """One file that comes with an answer. ``phrase`` stands in it, on ``phrase_page``, and nowhere else."""

    number: int
    url: str
    kind: str
    phrase: str | None
    phrase_page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One disclosure. ``also_ok`` are other sets of outcomes that a careful reader could defend."""

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
    citations: tuple[Cited, ...]  # in the order of the whole letter; a provision applied again is a repeat
    outcomes: tuple[Outcome, ...]
    also_ok: tuple[tuple[Outcome, ...], ...]
    answers: tuple[tuple[str, tuple[Outcome, ...], tuple[str, ...]], ...]  # question, outcomes, "FOIA 40(2)" …
    topic: str
    round_robin: bool
    reviews: str | None  # reference of the answer that this one reviews
    files: tuple[FileTruth, ...]
    page: str  # what the page holds: "full", "request" or "note"
    requester: str | None  # None where the name is printed nowhere
    staff: str | None
    request: str
    answer: str

    @property
    def applied(self) -> tuple[str, ...]:
        """Provisions applied at the deepest limb printed, as "FOIA 31(1)(a)"."""
        return _applied(self.citations)


def _applied(citations: Iterable[Cited]) -> tuple[str, ...]:
    named = dict.fromkeys((one.regime, one.provision) for one in citations if one.role in APPLIED_ROLES)
    deeper = [
        (regime, provision)
        for regime, provision in named
        if not any(law == regime and other.startswith(f"{provision}(") for law, other in named)
    ]
    return tuple(f"{regime} {provision}" for regime, provision in deeper)


def _settled(citations: Iterable[Cited]) -> Iterator[Cited]:
    """A provision, or a section above it, that was applied before is named again: a repeat."""
    from dataclasses import replace

    seen: set[tuple[Regime, str]] = set()
    for one in citations:
        known = any(law == one.regime and (f"{done}(").startswith(f"{one.provision}(") for law, done in seen)
        if one.role in APPLIED_ROLES and known:
            yield replace(one, role=CitationRole.REPEAT)
        else:
            if one.role in APPLIED_ROLES:
                seen.add((one.regime, one.provision))
            yield one


def _cited(blocks: Iterable[Block]) -> list[Cited]:
    return [cited for block in blocks for run in block.all_runs for cited in run.cited]


def _truth(one: Placed, edition: int) -> Truth:
    case = one.case
    written = letter(case.key, edition)
    in_page = case.page == "full"
    blocks = written.page if in_page else written.whole
    citations = tuple(_settled(_cited(blocks)))
    enveloped = any(spec.holds == "letter" for spec in case.files)
    everything = "\n".join(block.text for block in (*written.page, *(written.whole if enveloped else ())))
    received = case.second_received if edition > 1 and case.second_received else case.received
    printed_received = "{received}" in case.house.era(case.answered).page + case.request
    return Truth(
        key=case.key,
        url=one.url,
        aliases=(f"http://{case.house.host}{one.twin}",) if one.twin else (),
        log=case.log,
        forces=case.forces,
        title=case.title,
        reference=case.reference,
        received_on=received if printed_received and case.received_as is None else None,
        answered_on=case.answered if case.dated else None,
        published_on=one.published.date() if case.house.platform == "soh" else None,
        regimes=_regimes(case, citations),
        citations=citations,
        outcomes=tuple(dict.fromkeys(outcome for found in case.outcomes.values() for outcome in found)),
        also_ok=case.also_ok,
        answers=tuple(
            (question, found, _applied(cited for cited in citations if cited.question == question))
            for question, found in case.outcomes.items()
            if question is not None
        ),
        topic=case.topic,
        round_robin=case.round_robin,
        reviews=_reviewed(case),
        files=(),
        page=case.page,
        requester=case.requester if case.requester in everything else None,
        staff=case.staff[0] if case.staff[0] in everything else None,
        request="\n".join(block.text for block in written.request),
        answer="\n".join(block.text for block in written.answer),
    )


def _regimes(case: Case, citations: Iterable[Cited]) -> tuple[Regime, ...]:
    return tuple(dict.fromkeys((case.regime, *(one.regime for one in citations if one.role in APPLIED_ROLES))))


def _reviewed(case: Case) -> str | None:
    from .topics import cases

    return next((other.reference for other in cases() if other.key == case.reviews), None)


@cache
def truth(edition: int = 1) -> tuple[Truth, ...]:
    """What is true of every disclosure that can be found in that edition."""
    return tuple(_truth(one, edition) for one in placed(edition) if one.listed)
