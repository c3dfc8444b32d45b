"""No field leaves Crossforce, and the site has no address or setting, that no page of the docs explains."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import samples
from indexer.disclosure import (
    Answer,
    Attachment,
    Citation,
    CitationRole,
    CostEstimate,
    Disclosure,
    Evidence,
    FailureKind,
    Hold,
    Outcome,
    Part,
    Reading,
    Reference,
    Regime,
    Review,
    Section,
    SectionKind,
    Source,
    Span,
    Voice,
    Voiced,
)
from indexer.engines import open_engine
from indexer.knowledge import load_knowledge
from indexer.query import PARAMETERS
from indexer.records import as_json
from indexer.tables import COLUMNS, Format, lines
from webapp import Settings, create_app
from webapp.commands import serve

DOCS = Path(__file__).resolve().parents[1] / "docs"
SPAN = Span(part="page", page=1, start=0, end=4)
NOW = datetime(2025, 1, 2, tzinfo=UTC)
HOLD = Hold(kind="hidden_sheet", where="Raw")

FULL = Disclosure(
    id="full-1",
    log="ambershire",
    forces=("ambershire",),
    title="A record with everything",
    media_type="text/html",
    held_back=(HOLD,),
    attachments=(
        Attachment(
            number=1, name="a", url=None, media_type="text/csv", size=1, sha256="0", pages=1, held_back=(HOLD,)
        ),
    ),
    sources=(
        Source(
            url="http://x.example/",
            kind="item",
            sha256="0",
            size=1,
            media_type="text/html",
            first_seen=NOW,
            last_seen=NOW,
            fetched_at=NOW,
        ),
    ),
    licence="OGL-UK-3.0",
    reading=Reading(
        forces=("ambershire",),
        other_references=(Reference(printed="X", key="x", kind="linked", span=SPAN),),
        answered_on=date(2025, 1, 1),
        outcomes=(Outcome.DISCLOSED,),
        citations=(
            Citation(
                regime=Regime.FOIA,
                provision="31",
                parent="31",
                concept=None,
                role=CitationRole.APPLIED,
                printed="s31",
                span=SPAN,
            ),
        ),
        answers=(Answer(question="1", outcomes=(), provisions=(), span=SPAN),),
        evidence=(Evidence(fact="outcomes", value="disclosed", span=SPAN),),
        sections=(Section(kind=SectionKind.HARM, span=SPAN),),
        review=Review(reviews=None, result="stood", span=SPAN),
        costs=(
            CostEstimate(records=1, minutes_each=None, hours=None, limit_hours=None, limit_pounds=None, span=SPAN),
        ),
        parts=(Part(part="page", page=1, text="words", roles=(Voiced(role=Voice.ANSWER, start=0, end=5),)),),
    ),
)  # fmt: skip


def keys(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(key, where) of every object inside a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, path
            yield from keys(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, path)


def explained(page: str, heading: str = "") -> set[str]:
    """Everything in backticks in the tables of a page, below a heading where one is named."""
    text = (DOCS / page).read_text("utf-8")
    if heading:
        level = heading.split(" ")[0]
        text = re.split(rf"^{level} ", text.partition(f"{heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
        assert text, heading
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


@pytest.fixture(scope="module")
def given() -> dict[str, Any]:
    """What each way out gives for a record with everything."""
    engine = open_engine("memory:")
    engine.rebuild([FULL])
    knowledge = load_knowledge(samples.registry_path())
    client = create_app(engine=engine, knowledge=knowledge).test_client()
    line = next(lines([FULL], Format.JSONL, knowledge, NOW, text=True))
    answers = {
        "result": client.get("/api/search?q=words").get_json(),
        "record": client.get("/api/record/full-1?text=on").get_json(),
        "line": json.loads(line),
        "shown": as_json(FULL, text=True),
    }
    engine.close()
    return answers


def test_every_column_is_explained_in_its_order() -> None:
    text = (DOCS / "data-dictionary.md").read_text("utf-8").partition("## A row of CSV\n")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == COLUMNS


@pytest.mark.parametrize("way", ["record", "line", "shown"])
def test_every_key_of_a_record_is_explained(given: dict[str, Any], way: str) -> None:
    known = explained("data-dictionary.md", "## A record")
    assert given[way]["citations"], "the record has everything"
    missing = {(key, where) for key, where in keys(given[way]) if key not in known}
    assert not missing


def test_every_key_of_a_result_is_explained(given: dict[str, Any]) -> None:
    known = explained("data-dictionary.md", "## A result") | {"id", "force", "section", "year"}
    known |= {"provision", "concept", "regime", "outcome"}  # named below the table, as the facets
    missing = {(key, where) for key, where in keys(given["result"]) if key not in known}
    assert not missing


def test_every_code_is_explained() -> None:
    known = explained("data-dictionary.md")
    for codes in (Outcome, CitationRole, FailureKind, SectionKind, Regime, Voice):
        missing = {code.value for code in codes} - known
        assert not missing, codes


def test_every_parameter_is_explained() -> None:
    text = (DOCS / "api.md").read_text("utf-8")
    for name in (*PARAMETERS, "view", "text"):
        assert re.search(rf"`{name}[`=]", text), name


def test_every_address_is_explained() -> None:
    engine = open_engine("memory:")
    engine.rebuild([])
    app = create_app(engine=engine, knowledge=load_knowledge(samples.registry_path()))
    text = (DOCS / "site.md").read_text("utf-8")
    for rule in app.url_map.iter_rules():
        plain = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule.rule)
        assert f"`{plain}`" in text, rule.rule


def test_every_setting_is_explained() -> None:
    text = (DOCS / "site.md").read_text("utf-8")
    for field in dataclasses.fields(Settings):
        assert f"`{field.name}`" in text, field.name
    shared = {"--archive", "--engine"}  # of every command: docs/commands.md
    for option in serve.params:
        for name in set(option.opts) - shared:
            assert f"`{name}`" in text or f"`{name}," in text, name
        if isinstance(option.envvar, str) and not set(option.opts) & shared:
            assert f"`{option.envvar}`" in text, option.envvar


def test_this_test_would_notice() -> None:
    assert "text_quality" in explained("data-dictionary.md", "## A record")
    assert "no_such_key" not in explained("data-dictionary.md")
    assert dict(keys({"a": [{"b": 1}]})) == {"a": "", "b": ".a"}
