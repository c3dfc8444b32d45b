"""Sample letters: invented through and through, and every provision in them accounted for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from indexer.disclosure import CitationRole, Outcome, Regime, Voice
from indexer.forces import load_forces
from samples import registry_path
from samples.houses import houses, printed_date
from samples.letters import letter
from samples.markup import Kind, blocks, inline, plain
from samples.site import site
from samples.topics import cases, outcomes
from samples.truth import truth

PROVISION = re.compile(r"\b(?:sections?|s\.?|regulations?|reg)\s?\d+[A-Z]?(?:\s?\(\w+\))*", re.IGNORECASE)
STATUTORY_INSTRUMENT = re.compile(r"regulations (?:19|20)\d\d", re.IGNORECASE)  # "Regulations 2004": a name, no limb
DRAMA = re.compile(r"01632 960\d{3}|020 7946 0\d{3}|0161 496 0\d{3}|0191 498 0\d{3}|029 2018 0\d{3}|0131 496 0\d{3}")


def every_text(edition: int) -> dict[str, str]:
    return {
        one.key: "\n".join(block.text for block in (*letter(one.key, edition).whole, *letter(one.key, edition).page))
        for one in cases()
    }


@pytest.mark.parametrize("edition", [1, 2])
def test_no_provision_stands_unmarked(edition: int) -> None:
    stray = [
        (one.key, found.group())
        for one in cases()
        for block in (*letter(one.key, edition).whole, *letter(one.key, edition).page)
        for run in block.all_runs
        if not run.marked
        for found in PROVISION.finditer(run.text)
        if not STATUTORY_INSTRUMENT.match(found.group().split("(")[0] + run.text[found.end() :][:0])
        and not STATUTORY_INSTRUMENT.match(run.text[found.start() : found.end()])
    ]
    assert stray == []


def test_marks_print_the_number_they_name() -> None:
    for one in truth(1):
        for cited in one.citations:
            number = re.match(r"\d+", cited.provision)
            assert number is not None
            assert number.group() in cited.printed, (one.key, cited)


def test_no_real_force_is_named() -> None:
    real = [printed for printed, _ in load_forces().names()]
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, real))})\b")
    pages = "\n".join(
        page.body.decode("utf-8-sig")
        for edition in (1, 2)
        for page in site(edition).values()
        if page.content_type.startswith("text/")
    )
    text = "\n".join([*every_text(1).values(), *every_text(2).values(), pages, registry_path().read_text("utf-8")])
    platform = 'name = "Police Scotland"'  # the platform that one invented force publishes on, not the force
    assert text.count(platform) == 1
    assert pattern.findall(text.replace(platform, "")) == []


def test_addresses_mail_and_telephones_belong_to_nobody() -> None:
    pages = [page.body.decode("utf-8-sig") for page in site(2).values() if page.content_type.startswith("text/")]
    for text in (*every_text(2).values(), *pages):
        for address in re.findall(r"https?://([^/\s\"'<>|)]+)", text):
            assert address.endswith(".example"), address
        for domain in re.findall(r"@([\w.-]+\w)", text):
            assert domain.endswith(".example"), domain
        for number in re.findall(r"(?<![\d/])0\d{2,4} \d{3,4} ?\d{3,4}(?!\d)", text):
            assert DRAMA.fullmatch(number), number
    assert {house.phone for house in houses().values()} == {
        house.phone for house in houses().values() if DRAMA.fullmatch(house.phone)
    }


def test_people_stand_in_letters_and_never_on_pages_alone() -> None:
    named = [one for one in truth(1) if one.requester]
    signed = [one for one in truth(1) if one.staff]
    assert len(named) > 60
    assert len(signed) > 60
    assert len({one.requester for one in named}) > 10


def test_every_outcome_regime_and_role() -> None:
    found = Counter(outcome for one in truth(1) for outcome in one.outcomes)
    assert set(found) == set(Outcome)
    assert {regime for one in truth(1) for regime in one.regimes} >= {
        Regime.FOIA,
        Regime.FOISA,
        Regime.EIR,
        Regime.EISR,
    }
    assert {cited.role for one in truth(1) for cited in one.citations} == set(CitationRole)
    assert Regime.DPA in {cited.regime for one in truth(1) for cited in one.citations}


def test_ncnd_in_its_several_shapes() -> None:
    limbs = {cited.provision for one in truth(1) for cited in one.citations if cited.role is CitationRole.APPLIED_NCND}
    assert limbs >= {"23(5)", "24(2)", "30(3)", "31(3)", "38(2)", "40(5B)(a)(i)", "44(2)", "18(1)", "12(6)"}
    assert all(Outcome.NCND in one.outcomes for one in truth(1) if one.ncnd)
    partial = [one for one in truth(1) if Outcome.NCND in one.outcomes and len(one.outcomes) > 1]
    assert len(partial) >= 6


def test_outcomes_fit_the_provisions_applied() -> None:
    cost = {"FOIA 12(1)", "FOIA 12(2)", "FOIA 12(4)", "FOISA 12(1)"}
    for one in truth(1):
        applied = set(one.applied)
        assert (Outcome.REFUSED_COST in one.outcomes) == bool(applied & cost), one.key
        assert (Outcome.REFUSED_VEXATIOUS in one.outcomes) == any("14(1)" in provision for provision in applied), (
            one.key
        )
        if Outcome.REFUSED_EXEMPTION in one.outcomes:
            assert applied, one.key
        for answered in one.answers:
            if Outcome.NCND in answered.outcomes:
                assert answered.provisions, (one.key, answered)


def test_round_robins_reach_many_forces_in_other_words_with_other_outcomes() -> None:
    asked = defaultdict(list)
    for one in truth(1):
        if one.round_robin:
            asked[one.topic].append(one)
    wide = {topic: found for topic, found in asked.items() if len({one.log for one in found}) >= 5}
    assert len(wide) >= 12
    for topic, found in wide.items():
        assert len({one.request for one in found}) == len(found), topic
        assert len({one.outcomes for one in found}) >= 3, topic


def test_enough_of_everything() -> None:
    logs = Counter(one.log for one in truth(1))
    assert len(truth(1)) >= 160
    assert len(logs) >= 10
    assert min(logs.values()) >= 8
    assert sum(len(one.files) for one in truth(1)) >= 80
    years = {one.answered.year for one in cases()}
    assert years >= set(range(2016, 2027))
    assert any(len(one.forces) == 2 for one in truth(1))
    assert any(one.aliases for one in truth(1))
    assert {one.reviews for one in truth(1)} - {None} <= {one.reference for one in truth(1)}


def test_references_have_the_shapes_the_registry_says() -> None:
    registry = load_forces(registry_path())
    for one in truth(2):
        patterns = registry.force(one.log).references.patterns
        assert any(pattern.fullmatch(one.reference) for pattern in patterns), one.reference
    own = Counter((one.log, one.reference) for one in truth(2))
    assert max(own.values()) == 1
    shared = Counter(one.reference for one in truth(2))
    assert max(shared.values()) == 2, "two forces share one reference, as forces do"


def test_dates_are_printed_in_many_ways() -> None:
    styles = {house.era(one.answered).date for one in cases() for house in [one.house]}
    assert len(styles) >= 8
    for one in truth(1):
        assert one.received_on is None or one.answered_on is None or one.received_on <= one.answered_on
    assert sum(one.received_on is None for one in truth(1)) > 5
    assert sum(one.answered_on is None for one in truth(1)) > 5


def test_each_question_of_the_truth_is_asked() -> None:
    for one in cases():
        asked = {block.question for block in letter(one.key).request if block.kind is Kind.ITEM}
        assert {question for question in one.outcomes if question} <= asked, one.key


def test_marks_are_parsed() -> None:
    runs = inline(
        "By [[a 31(1)(a) EIR:13|Section 31]] and [[x |s.12 of another Act]] on 6^th^ ((http://a.example|here))",
        Regime.FOIA,
        "2",
    )
    assert plain(runs) == "By Section 31 and s.12 of another Act on 6th here"
    assert [(one.regime, one.provision, one.question) for run in runs for one in run.cited] == [
        (Regime.FOIA, "31(1)(a)", "2"),
        (Regime.EIR, "13", "2"),
    ]
    with pytest.raises(ValueError, match="no role"):
        inline("[[y 1|Section 1]]", Regime.FOIA)


def test_lines_become_blocks() -> None:
    made = blocks(
        "# Head\n\none\ntwo\n\n1. first\n  a) under\n- point\n| A | B |\n| 1 | 2 |\n\n| C |\n---",
        Voice.ANSWER,
        Regime.FOIA,
    )
    assert [block.kind for block in made] == [
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.ITEM,
        Kind.ITEM,
        Kind.ITEM,
        Kind.ROW,
        Kind.ROW,
        Kind.ROW,
        Kind.PAGE_BREAK,
    ]
    assert made[1].text == "one two"
    assert [(block.label, block.depth) for block in made[2:5]] == [("1.", 0), ("a)", 1), ("", 0)]
    assert [block.head for block in made[5:8]] == [True, False, True]


def test_outcomes_are_written_short() -> None:
    assert outcomes("1 disclosed; 2 ncnd not_held") == {
        "1": (Outcome.DISCLOSED,),
        "2": (Outcome.NCND, Outcome.NOT_HELD),
    }
    with pytest.raises(ValueError, match="guessed"):
        outcomes("guessed")


def test_ordinals_of_dates() -> None:
    from datetime import date

    printed = [
        printed_date(date(2024, 5, day), "dth month yyyy").split()[0] for day in (1, 2, 3, 4, 11, 12, 13, 21, 22, 31)
    ]
    assert printed == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "31st"]
