"""Letters of invented forces with every fact marked where it is printed, so that spans are known and not read.

``{{request}}``, ``{{answer}}`` and ``{{other}}`` say whose words follow; ``[[FOIA 31(1)(a)|Section 31(1)(a)]]`` is a
provision applied, ``[[ncnd FOIA 31(3)|…]]`` one in another role, ``[[outcomes=ncnd|…]]`` the evidence of a fact. Marks
may stand in one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

from indexer.disclosure import (
    Answer,
    Attachment,
    Citation,
    CitationRole,
    CostEstimate,
    Disclosure,
    Evidence,
    Outcome,
    Part,
    Reading,
    Reference,
    Regime,
    Review,
    Source,
    Span,
    Voice,
    Voiced,
)
from indexer.exemptions import load_exemptions
from indexer.reading.references import reference_key

ROLES = {
    "ncnd": CitationRole.APPLIED_NCND,
    "mention": CitationRole.MENTION,
    "requester": CitationRole.REQUESTER,
    "quoted": CitationRole.QUOTED,
    "repeat": CitationRole.REPEAT,
}
SEEN = datetime(2025, 3, 2, 14, 5, tzinfo=UTC)
_MARK = re.compile(r"\[\[([^|\]]+)\||\]\]|\{\{(request|answer|other)\}\}")
_CITED = re.compile(r"(?:([a-z]+) )?([A-Z]{3,5}) (\S+)")


def read(part: str, page: int, marked: str) -> tuple[Part, list[Evidence], list[Citation], list[Answer]]:
    """One page with its marks taken out, and what they said."""
    text, opened, found, voices = "", [], [], []
    done = 0
    for mark in _MARK.finditer(marked):
        text += marked[done : mark.start()]
        done = mark.end()
        if mark[2]:
            voices.append((len(text), Voice(mark[2])))
        elif mark[1]:
            opened.append((mark[1], len(text)))
        else:
            said, start = opened.pop()
            found.append((said, Span(part=part, page=page, start=start, end=len(text))))
    text += marked[done:]
    nobody = Voice.ANSWER if part == "page" and not voices else Voice.OTHER  # a file that says nothing else is data
    voices = voices if voices and voices[0][0] == 0 else [(0, nobody), *voices]
    edges = [start for start, _ in voices[1:]] + [len(text)]
    roles = tuple(Voiced(role=v, start=s, end=e) for (s, v), e in zip(voices, edges, strict=True) if s < e)
    evidence, citations, answers = [], [], []
    for said, span in sorted(found, key=lambda row: (row[1].start, row[1].end)):
        if said.startswith("question="):
            answers.append(Answer(question=said.partition("=")[2], outcomes=(), provisions=(), span=span))
        elif "=" in said:
            fact, _, value = said.partition("=")
            evidence.append(Evidence(fact=fact, value=value, span=span))
        else:
            citations.append(cited(said, text[span.start : span.end], span))
    return Part(part=part, page=page, text=text, roles=roles), evidence, citations, answers


def cited(said: str, printed: str, span: Span) -> Citation:
    """``ncnd FOIA 31(3)`` as a citation."""
    match = _CITED.fullmatch(said)
    assert match, said
    regime, law = Regime(match[2]), load_exemptions()
    return Citation(
        regime=regime,
        provision=match[3],
        parent=law.parent(regime, match[3]),
        concept=law.concept(regime, match[3]),
        role=ROLES.get(match[1], CitationRole.APPLIED) if match[1] else CitationRole.APPLIED,
        printed=printed,
        span=span,
        label="absolute, class based" if match[3] == "31(1)(a)" else None,
    )


def letter(
    record_id: str,
    marked: str | Sequence[str],
    *,
    force: str | Sequence[str] = "ambershire",
    title: str = "Police drones",
    attachments: Sequence[tuple[str, str, Sequence[str]]] = (),
    held: Iterable[int] = (),
    licence: str = "unknown",
    published_on: date | None = None,
    costs: tuple[CostEstimate, ...] = (),
    review: Review | None = None,
    references: tuple[Reference, ...] = (),
    log: str | None = None,
    gone_since: datetime | None = None,
) -> Disclosure:
    """A record; ``attachments`` are (name, media type, pages), ``held`` the numbers of those that are not available."""
    forces = (force,) if isinstance(force, str) else tuple(force)
    pages = [marked] if isinstance(marked, str) else list(marked)
    read_pages = [read("page", number, page) for number, page in enumerate(pages, start=1)]
    for number, (_, _, texts) in enumerate(attachments, start=1):
        read_pages += [read(f"attachment-{number}", page, text) for page, text in enumerate(texts, start=1)]
    evidence = tuple(e for _, found, _, _ in read_pages for e in found)
    numbered = [a for _, _, _, found in read_pages for a in found]
    citations = tuple(
        replace(c, question=next((a.question for a in numbered if _within(c.span, a.span)), None))
        for _, _, found, _ in read_pages
        for c in found
    )
    answers = tuple(answered(a, evidence, citations) for a in numbered)
    facts: dict[str, list[str]] = {}
    for one in evidence:
        facts.setdefault(one.fact, []).append(one.value)
    reference = next(iter(facts.get("reference", [])), None)
    outcomes = tuple(dict.fromkeys(Outcome(value) for value in facts.get("outcomes", [])))
    applied = tuple(c.regime for c in citations if c.role in {CitationRole.APPLIED, CitationRole.APPLIED_NCND})
    host = f"http://www.{forces[0] if forces else 'nobody'}.police.example"
    return Disclosure(
        id=record_id,
        log=log or (forces[0] if forces else None),
        forces=forces,
        title=title,
        media_type="text/html",
        attachments=tuple(
            Attachment(
                number=number,
                name=name,
                url=f"{host}/files/{record_id}-{number}",
                media_type=media_type,
                size=41_200,
                sha256=sha256(f"{record_id} {number}".encode()).hexdigest(),
                pages=len(texts),
                available=number not in set(held),
            )
            for number, (name, media_type, texts) in enumerate(attachments, start=1)
        ),
        sources=tuple(
            Source(
                url=url,
                kind=kind,
                sha256=sha256(key.encode()).hexdigest(),
                size=18_400,
                media_type="text/html",
                first_seen=SEEN,
                last_seen=SEEN,
                fetched_at=SEEN,
            )
            for url, kind, key in (
                (f"{host}/disclosure/{record_id}/", "item", record_id),
                *(
                    (f"{host}/files/{record_id}-{n}", "attachment", f"{record_id} {n}")
                    for n in range(1, len(attachments) + 1)
                ),
            )
        ),
        licence=licence,
        published_on=published_on,
        read_with="extract-1 read-1 forces-test exemptions-test",
        text_quality=0.98,
        gone_since=gone_since,
        reading=Reading(
            forces=forces,
            reference=reference,
            reference_key=reference_key(reference) if reference else None,
            other_references=references,
            received_on=_day(facts, "received_on"),
            answered_on=_day(facts, "answered_on"),
            published_on=published_on,
            regimes=tuple(dict.fromkeys(applied)) or (Regime.FOIA,),
            outcomes=outcomes,
            citations=citations,
            answers=answers,
            evidence=evidence,
            costs=costs,
            review=review,
            parts=tuple(part for part, _, _, _ in read_pages),
            version="1",
        ),
    )


def answered(answer: Answer, evidence: Iterable[Evidence], citations: Iterable[Citation]) -> Answer:
    """An answer to one question with what is marked inside it."""
    applied = (CitationRole.APPLIED, CitationRole.APPLIED_NCND)
    return replace(
        answer,
        outcomes=tuple(Outcome(e.value) for e in evidence if e.fact == "outcomes" and _within(e.span, answer.span)),
        provisions=tuple(
            f"{c.regime} {c.provision}" for c in citations if c.role in applied and _within(c.span, answer.span)
        ),
    )


def _within(inner: Span, outer: Span) -> bool:
    same = (inner.part, inner.page) == (outer.part, outer.page)
    return same and outer.start <= inner.start and inner.end <= outer.end


def _day(facts: dict[str, list[str]], name: str) -> date | None:
    return next((date.fromisoformat(value) for value in facts.get(name, [])), None)
