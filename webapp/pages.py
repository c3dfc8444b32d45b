"""The pages around the search: home, forces, provisions, what was taken out, and what all this is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, abort, render_template

from indexer.archive import RunRecord
from indexer.disclosure import OUTCOME_LABELS, Regime
from indexer.exemptions import Provision
from indexer.forces import Force, Log, Nation
from indexer.provisions import RELIED_ON, lineage
from indexer.query import Facet, Query, Results
from webapp import facts
from webapp.links import View, search_url
from webapp.searching import row
from webapp.site import Site, current_site

blueprint = Blueprint("pages", __name__)

NEWEST_SHOWN = 6  # on the home page: one screen
EXAMPLES = (
    ("taser deployments", "both words, anywhere in the answer or its attachments"),
    ('"live facial recognition" after:2022', "an exact phrase, answered since 2022"),
    ("s:31 outcome:ncnd", "section 31 applied, and neither confirmed nor denied"),
    ("drone OR uav -counter", "either word, without a third"),
    ("foi-2017-1696", "a reference, in any spelling"),
)


@dataclass(frozen=True, slots=True)
class LogState:
    """One disclosure log of a force, with its last crawl."""

    log: Log
    platform: str
    last: RunRecord | None


@blueprint.get("/")
def home() -> str:
    """The search box, what is held, and the newest answers."""
    site = current_site()
    newest = site.engine.search(Query(size=NEWEST_SHOWN))
    return render_template(
        "home.html",
        coverage=site.coverage(),
        years=years(newest),
        year_url=lambda year: search_url(Query(chosen={Facet.YEAR: frozenset({year})})),
        rows=[row(hit, "") for hit in newest.hits],
        examples=[(words, search_url(Query(text=words)), meaning) for words, meaning in EXAMPLES],
    )


@blueprint.get("/forces")
def forces() -> str:
    """Every force of the registry, those without any record too: silence is told."""
    site = current_site()
    counts = site.coverage().forces
    everyone = sorted(site.knowledge.forces.forces.values(), key=lambda force: force.name)
    nations = [(nation, [f for f in everyone if f.nation is nation]) for nation in Nation]
    return render_template("forces.html", nations=[n for n in nations if n[1]], counts=counts, coverage=site.coverage())


@blueprint.get("/force/<force_id>")
def force(force_id: str) -> str:
    """What is known of one force, its logs, and how much of it is here."""
    site = current_site()
    known = site.knowledge.forces.forces.get(force_id)
    if known is None:
        abort(404)
    mine = Query(chosen={Facet.FORCE: frozenset({force_id})})
    results = site.engine.search(replace(mine, size=NEWEST_SHOWN))
    unit = site.knowledge.forces.unit_of(force_id)
    return render_template(
        "force.html",
        force=known,
        logs=log_states(site, known),
        unit=unit,
        total=results.total,
        years=years(results),
        undated=next((v.count for v in results.facets[Facet.YEAR] if v.value == "none"), 0),
        outcomes=[v for v in results.facets[Facet.OUTCOME] if v.count],
        rows=[row(hit, "") for hit in results.hits],
        all_url=search_url(mine),
        table_url=search_url(mine, View.TABLE),
        year_url=lambda year: search_url(replace(mine, chosen={**mine.chosen, Facet.YEAR: frozenset({year})})),
        outcome_url=lambda value: search_url(replace(mine, chosen={**mine.chosen, Facet.OUTCOME: frozenset({value})})),
    )


def log_states(site: Site, known: Force) -> list[LogState]:
    """A force's logs; when each was last crawled where the archive can be read."""
    latest: dict[str, RunRecord] = {}
    with site.reading() as archive:
        if archive is not None:
            for log in known.logs:
                latest.update((run.log, run) for run in archive.runs(log.id)[:1])
    platforms = site.knowledge.forces.platforms
    return [LogState(log, platforms.get(log.platform, log.platform), latest.get(log.id)) for log in known.logs]


def years(results: Results) -> list[tuple[str, int]]:
    """Records by year, gaps filled with 0: a year without any is told."""
    counts = {v.value: v.count for v in results.facets[Facet.YEAR] if v.value.isdigit() and v.count}
    if not counts:
        return []
    return [(str(year), counts.get(str(year), 0)) for year in range(int(min(counts)), int(max(counts)) + 1)]


@blueprint.get("/provision/<regime>/<provision>")
def provision(regime: str, provision: str) -> str:
    """What a provision says, in any law, and the way to every answer that applied it."""
    site = current_site()
    law = next((r for r in Regime if r.value.lower() == regime.lower()), None)
    registry = site.knowledge.provisions
    known = registry.nearest(law, provision) if law else None
    if law is None or known is None:
        abort(404)
    applied_here = Query(text=f"{law.value.lower()}:{known.provision}")
    results = site.engine.search(replace(applied_here, size=NEWEST_SHOWN))
    above = [registry.row(law, name) for name in list(lineage(known.provision))[1:]]
    return render_template(
        "provision.html",
        law=registry.laws.get(law),
        provision=known,
        asked=provision,
        printed=registry.printed_label(law, known.provision),
        statute=facts.statute_words(known),
        concept=registry.concepts.get(known.concept) if known.concept else None,
        concept_url=search_url(Query(chosen={Facet.CONCEPT: frozenset({known.concept})})) if known.concept else None,
        above=[found for found in above if found],
        beneath=beneath(site, known),
        elsewhere=elsewhere(site, known),
        relied_on=known.kind in RELIED_ON,
        sources=[registry.sources[s] for s in known.sources if s in registry.sources],
        total=results.total,
        forces=[v for v in results.facets[Facet.FORCE] if v.count],
        rows=[row(hit, "") for hit in results.hits],
        all_url=search_url(applied_here),
        table_url=search_url(applied_here, View.TABLE),
    )


def beneath(site: Site, known: Provision) -> list[Provision]:
    """Limbs that the registry has under a provision."""
    return [
        row
        for row in site.knowledge.provisions
        if row.regime is known.regime and row.provision != known.provision and known.provision in lineage(row.provision)
    ]


def elsewhere(site: Site, known: Provision) -> list[str]:
    """What stands for a provision in other laws: the registry names it on one of the two."""
    registry = site.knowledge.provisions
    above = [row for name in lineage(known.provision) if (row := registry.row(known.regime, name))]
    named = [key for row in above for key in row.equivalents]
    keys = {row.key for row in above}
    naming = [row.key for row in registry if keys & set(row.equivalents)]
    return list(dict.fromkeys([*named, *naming]))


@blueprint.get("/withdrawn")
def withdrawn() -> str:
    """What was taken out, and when; not why."""
    with current_site().reading() as archive:
        entries = archive.decisions.public_log() if archive is not None else None
    return render_template("withdrawn.html", entries=entries)


@blueprint.get("/about")
def about() -> str:
    """What this is, its limits, how it crawls, and how to have something removed."""
    return render_template("about.html")


@blueprint.get("/help")
def help_page() -> str:
    """What one can type."""
    return render_template("help.html", outcomes=[(o.value, label) for o, label in OUTCOME_LABELS.items()])
