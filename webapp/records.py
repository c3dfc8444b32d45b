"""A record's page, its text, and the files that came with it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from indexer.disclosure import Disclosure
from indexer.document import request_of
from indexer.engines.base import Engine
from indexer.engines.plan import plan
from indexer.grammar import QueryError, parse
from indexer.labels import force_name
from indexer.query import Facet, Hit, Query
from indexer.resultjson import applied
from indexer.snippets import Highlighter
from webapp import facts
from webapp.filters import day
from webapp.finding import found_or_gone
from webapp.letter import letter
from webapp.links import absolute, record_url
from webapp.showing import TextRights, page_address, shown
from webapp.site import Site, current_site

blueprint = Blueprint("records", __name__, url_prefix="/record")

SIMILAR = 12  # records asked nearly the same: measured.md found whole families within the first twelve
REVIEWS_LOOKED_AT = 20  # records of one force that print this reference


@dataclass(frozen=True, slots=True)
class Related:
    """Another record that this page leads to."""

    record: Disclosure
    url: str
    provisions: tuple[str, ...]


@blueprint.get("/<record_id>")
def record(record_id: str) -> str:
    """The page: facts with their sentences, the letter with their places, similar requests, where it was found."""
    site = current_site()
    words = _words()
    found = shown(found_or_gone(site, record_id))
    full_text = TextRights(site).of(found)
    hits = Highlighter(plan(Query(text=words)).tree).spans(found) if words and full_text else ()
    permalink = absolute(record_url(found.id))
    return render_template(
        "record.html",
        record=found,
        reading=found.reading,
        full_text=full_text,
        letter=letter(found, facts.spans(found), facts.places(found), hits) if full_text else None,
        hits=len(hits),
        words=words,
        facts=facts,
        evidence={name: facts.evidence_of(found, name) for name in facts.NAMES},
        outcomes=facts.outcome_rows(found),
        applied=facts.applied_provisions(found, site.knowledge),
        printed=facts.printed_provisions(found),
        numbered=facts.numbered_answers(found),
        similar=[_related(hit) for hit in site.engine.similar(request_of(found), limit=SIMILAR, leave_out=(found.id,))],
        reviewed=_reviewed(site.engine, found),
        reviews=_reviews(site.engine, found),
        page=page_address(found),
        permalink=permalink,
        citation=citation(found, site, permalink),
        report_url=_report_url(site, found),
    )


def _words() -> str:
    """The searched words, to be marked: nothing here depends on them, so what cannot be understood marks nothing."""
    words = request.args.get("q", "")
    try:
        parse(words)
    except QueryError:
        return ""
    return words


def _related(hit: Hit) -> Related:
    other = shown(hit.disclosure)
    return Related(other, record_url(other.id), applied(other))


def _reviewed(engine: Engine, found: Disclosure) -> list[Related]:
    """The answers that this internal review is about."""
    key = found.reading.review.reviews if found.reading.review else None
    if not key:
        return []
    ids = {i for force in found.forces for i in engine.by_reference(key, force)} - {found.id}
    others = (engine.get(other) for other in sorted(ids))
    return [_related(Hit(disclosure=other)) for other in others if other]


def _reviews(engine: Engine, found: Disclosure) -> list[Related]:
    """Internal reviews of this answer: records of the same force that print its reference and say they review it."""
    key, printed = found.reading.reference_key, found.reading.reference
    if not key or not printed or not found.forces:
        return []
    phrase = printed.replace('"', " ")
    try:
        results = engine.search(
            Query(
                text=f'"{phrase}"',
                chosen={Facet.FORCE: frozenset(found.forces)},
                size=REVIEWS_LOOKED_AT,
                synonyms=False,
            )
        )
    except QueryError:
        return []
    return [
        _related(hit)
        for hit in results.hits
        if hit.disclosure.id != found.id
        and hit.disclosure.reading.review
        and hit.disclosure.reading.review.reviews == key
    ]


def citation(found: Disclosure, site: Site, permalink: str) -> str:
    """How to cite a record: who answered what and when, where it stands, and what proves it."""
    names = " and ".join(force_name(force, site.knowledge) for force in found.forces) or "Force not stated"
    parts = [f"{names}, “{found.title}”"]
    if found.reading.reference:
        parts.append(f"reference {found.reading.reference}")
    if dated := found.dated_on:
        parts.append(f"{'answered' if found.reading.answered_on else 'published'} {day(dated)}")
    source = page_address(found)
    kept = f" Copy kept {day(source.fetched_at)}, SHA-256 {source.sha256}." if source else ""
    return f"{', '.join(parts)}.{kept} {permalink}"


def _report_url(site: Site, found: Disclosure) -> str | None:
    """Where a wrong reading can be reported, with the record's id and nothing else."""
    target = site.report_to
    if target is None:
        return None
    if "://" not in target:
        return f"mailto:{target.removeprefix('mailto:')}?subject=Wrong%20reading%20in%20record%20{found.id}"
    return f"{target}{'&' if '?' in target else '?'}record={found.id}"
