"""The registry of provisions: the real one walked whole, what it answers, and what limbs inherit."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import mappings
from indexer.disclosure import Outcome, Regime
from indexer.exemptions import (
    Basis,
    Confidence,
    ExemptionRegistry,
    HarmTest,
    ProvisionKind,
    load_exemptions,
)

FOLDER = Path(mappings.__file__).parent
FOIA, FOISA, EIR, EISR, DPA, JFOI = Regime

FULL = Path(__file__).with_name("invented_exemptions.toml")


@pytest.fixture(scope="module")
def real() -> ExemptionRegistry:
    return load_exemptions()


# the real registry


def test_the_real_registry_has_all_of_the_statutes_exemptions(real: ExemptionRegistry) -> None:
    def sections(regime: Regime) -> set[str]:
        return {
            row.provision
            for row in real
            if row.regime is regime and row.kind is ProvisionKind.EXEMPTION and row.provision == row.parent
        }

    assert sections(FOIA) == {*map(str, range(21, 45)), "22A"} - {"25"}
    assert sections(FOISA) == {*map(str, range(25, 42))}
    assert sections(EIR) == {
        "12(3)",
        "13",
        *(f"12(4)({limb})" for limb in "abcde"),
        *(f"12(5)({limb})" for limb in "abcdefg"),
    }
    assert sections(EISR) == {
        "11",
        *(f"10(4)({limb})" for limb in "abcde"),
        *(f"10(5)({limb})" for limb in "abcdefg"),
    }
    assert sections(JFOI) == {*map(str, range(23, 43))}
    assert not sections(DPA)
    assert len(real) == len(real.rows) == 243


def test_every_row_of_the_real_registry_holds_together(real: ExemptionRegistry) -> None:
    for row in real:
        assert real.row(row.regime, row.provision) is row
        assert real.parent(row.regime, row.provision) == row.parent
        assert real.row(row.regime, row.parent), row.key
        assert row.concept is None or row.concept in real.concepts
        assert row.kind is not ProvisionKind.EXEMPTION or row.concept, row.key
        assert {*row.sources} <= real.sources.keys()
        assert row.confidence is not Confidence.SECONDARY or row.sources or row.provision in {"45", "50"}, row.key
        for limb in row.ncnd:
            assert real.is_ncnd(row.regime, limb)
        if row.kind is ProvisionKind.NCND:
            assert row.outcome is Outcome.NCND
        for other in row.equivalents:
            regime, _, provision = other.partition(" ")
            assert real.row(Regime(regime), provision)
    assert {source for row in (*real, *real.laws.values()) for source in row.sources} | {"ulster"} == {*real.sources}
    assert list(real.laws) == list(Regime)


def test_limbs_to_neither_confirm_nor_deny(real: ExemptionRegistry) -> None:
    limbs = {row.provision for row in real if row.kind is ProvisionKind.NCND and row.regime is FOIA}
    assert limbs == {
        *("22(2)", "22A(2)", "23(5)", "24(2)", "26(3)", "27(4)", "28(3)", "29(2)", "30(3)", "31(3)", "32(3)", "33(3)"),
        *("34(2)", "35(3)", "36(3)", "37(2)", "38(2)", "39(2)", "40(5)", "40(5A)", "40(5B)", "40(5B)(a)(i)"),
        *("41(2)", "42(2)", "43(3)", "44(2)"),
    }
    for section in ("21", "25"):
        assert not real.rows[FOIA, section].ncnd
    under_the_scottish_power = {
        row.provision for row in real if row.regime is FOISA and row.ncnd and row.parent == row.provision
    }
    assert under_the_scottish_power == {"28", "29", "30", "31", "32", "33", "34", "35", "38", "41"}
    assert real.rows[FOISA, "39(1)"].ncnd == ("18(1)",)
    assert not real.rows[FOISA, "39(2)"].ncnd


@pytest.mark.parametrize(
    ("regime", "provision", "concept", "outcome"),
    [
        (FOIA, "17", None, None),
        (FOISA, "17", "not_held", Outcome.NOT_HELD),
        (FOIA, "31(1)(a)", "law_enforcement", Outcome.REFUSED_EXEMPTION),
        (FOISA, "35(1)(a)", "law_enforcement", Outcome.REFUSED_EXEMPTION),
        (FOISA, "31", "national_security", Outcome.REFUSED_EXEMPTION),
        (FOISA, "31(4)", "defence", Outcome.REFUSED_EXEMPTION),
        (JFOI, "42(a)", "law_enforcement", Outcome.REFUSED_EXEMPTION),
        (FOIA, "12", "cost", Outcome.REFUSED_COST),
        (FOIA, "12(2)", "cost", Outcome.REFUSED_COST),
        (FOISA, "12(1)", "cost", Outcome.REFUSED_COST),
        (FOIA, "14(1)", "vexatious", Outcome.REFUSED_VEXATIOUS),
        (FOIA, "14(2)", "repeated", Outcome.REFUSED_REPEATED),
        (FOIA, "14", "vexatious_or_repeated", None),
        (FOIA, "21(1)", "already_accessible", Outcome.ALREADY_ACCESSIBLE),
        (FOISA, "25(1)", "already_accessible", Outcome.ALREADY_ACCESSIBLE),
        (FOIA, "10(3)", None, Outcome.PIT_EXTENSION),
        (FOIA, "10(1)", None, None),
        (FOIA, "1(3)", "clarification", Outcome.CLARIFICATION_REQUESTED),
        (FOIA, "40(5B)(a)(ii)", "personal_data", Outcome.NCND),
        (FOISA, "18(1)", "ncnd", Outcome.NCND),
        (FOISA, "39(2)", "environmental_route", None),
        (EIR, "12(4)(a)", "not_held", Outcome.NOT_HELD),
        (EISR, "10(4)(a)", "not_held", Outcome.NOT_HELD),
        (EIR, "12(4)(b)", "cost_or_vexatious", Outcome.REFUSED_EXEMPTION),
        (EIR, "12(5)(b)", "investigations", Outcome.REFUSED_EXEMPTION),
        (EISR, "10(5)(b)", "investigations", Outcome.REFUSED_EXEMPTION),
        (EIR, "13(1)", "personal_data", Outcome.REFUSED_EXEMPTION),
        (FOISA, "36(2)", "confidence", Outcome.REFUSED_EXEMPTION),
        (FOIA, "99(1)", None, None),
        (DPA, "45(4)", None, None),
    ],
)
def test_concept_and_outcome_go_by_the_law(
    real: ExemptionRegistry, regime: Regime, provision: str, concept: str | None, outcome: Outcome | None
) -> None:
    assert (real.concept(regime, provision), real.outcome(regime, provision)) == (concept, outcome)


@pytest.mark.parametrize(
    ("regime", "provision", "parent"),
    [
        (FOIA, "31(1)(a)", "31"),
        (FOIA, "22A(1)(a)(i)", "22A"),
        (FOIA, "40(5B)(a)(i)", "40"),
        (FOIA, "31(2)(z)", "31"),
        (FOIA, "99(1)", "99"),
        (FOISA, "30(b)(ii)", "30"),
        (EIR, "12(4)(b)", "12(4)(b)"),
        (EIR, "12(5)(e)(i)", "12(5)(e)"),
        (EIR, "12(3)", "12(3)"),
        (EIR, "12(4)", "12"),
        (EIR, "12(1)(b)", "12"),
        (EIR, "12", "12"),
        (EIR, "12(6)", "12(6)"),
        (EIR, "13(1)", "13"),
        (EIR, "13(5A)", "13"),
        (EIR, "14(3)", "14"),
        (EISR, "10(4)(b)", "10(4)(b)"),
        (EISR, "10(8)", "10(8)"),
        (EISR, "11(2)", "11"),
        (EIR, "99(1)", "99"),
        (JFOI, "42(a)", "42"),
        (DPA, "45(4)", "45"),
    ],
)
def test_the_facet_s_value(real: ExemptionRegistry, regime: Regime, provision: str, parent: str) -> None:
    assert real.parent(regime, provision) == parent


@pytest.mark.parametrize(
    ("regime", "provision", "exemption", "ncnd", "applies"),
    [
        (FOIA, "31(1)(g)", True, False, True),
        (FOIA, "31(3)", True, True, True),
        (FOIA, "31(2)(b)", True, False, True),
        (FOIA, "40(5A)(x)", True, True, True),
        (FOIA, "12(1)", False, False, True),
        (FOIA, "12(2)", False, False, True),
        (FOIA, "14", False, False, True),
        (FOISA, "18(1)", False, True, True),
        (FOISA, "17(1)", False, False, False),
        (FOISA, "16", False, False, False),
        (FOIA, "1(1)(a)", False, False, False),
        (FOIA, "17(5)", False, False, False),
        (FOIA, "25", False, False, False),
        (FOIA, "45", False, False, False),
        (EIR, "12(4)(e)", True, False, True),
        (EIR, "12(6)", False, True, True),
        (EIR, "13(5B)", True, True, True),
        (EIR, "12(2)", False, False, False),
        (EIR, "14", False, False, False),
        (EISR, "13", False, False, False),
        (FOIA, "99", False, False, False),
    ],
)
def test_what_can_be_relied_on(
    real: ExemptionRegistry, regime: Regime, provision: str, exemption: bool, ncnd: bool, applies: bool
) -> None:
    found = (
        real.is_exemption(regime, provision),
        real.is_ncnd(regime, provision),
        real.may_apply(regime, provision),
    )
    assert found == (exemption, ncnd, applies)


def test_statutory_labels(real: ExemptionRegistry) -> None:
    assert real.rows[FOIA, "23"].basis is Basis.ABSOLUTE
    assert real.rows[FOIA, "24"].test is HarmTest.OTHER
    assert (real.rows[FOIA, "31(1)(a)"].basis, real.rows[FOIA, "31(1)(a)"].test) == (
        Basis.QUALIFIED,
        HarmTest.PREJUDICE,
    )
    assert real.rows[FOIA, "38(1)(a)"].test is HarmTest.ENDANGER
    assert {real.rows[FOIA, limb].basis for limb in ("40(5)", "40(5A)", "40(5B)(a)(i)")} == {Basis.CONTESTED}
    assert (real.rows[FOIA, "40(5)"].until, real.rows[FOIA, "40(5A)"].since) == ("2018-05-24", "2018-05-25")
    counts = Counter(row.confidence for row in real)
    assert counts[Confidence.STATUTE] > 10
    assert counts[Confidence.KNOWLEDGE] > counts[Confidence.STATUTE]  # said, not hidden


def test_printed_labels_and_titles(real: ExemptionRegistry) -> None:
    assert real.printed_label(FOIA, "31(1)(a)") == "FOIA s.31(1)(a)"
    assert real.printed_label(EIR, "12(4)(b)") == "EIR reg 12(4)(b)"
    assert real.printed_label(JFOI, "42(a)") == "JFOI art 42(a)"
    assert real.printed_label(DPA, "45") == "DPA s.45"
    assert real.title(FOIA, "31(1)(a)") == "Prevention or detection of crime"
    assert real.title(FOIA, "31(5)") == "Law enforcement"
    assert real.title(FOIA, "99") is None
    nearest = real.nearest(FOIA, "40(2)(a)")
    assert nearest is not None
    assert nearest.key == "FOIA 40(2)"
    assert real.row(FOIA, "40(2)(a)") is None


def test_other_acts_whose_numbers_collide(real: ExemptionRegistry) -> None:
    def titles(section: str) -> set[str]:
        return {act.title for act in real.acts_with(section)}

    assert titles("47") == {"Offences Against the Person Act 1861"}
    assert titles("12") == {"Public Order Act 1986", "Theft Act 1968"}
    assert titles("44") == {"Terrorism Act 2000"}
    assert titles("31") == set()
    assert {"PACE"} <= {alias for act in real.acts for alias in act.aliases}


def test_the_packaged_registry_is_read_once_and_is_the_file(real: ExemptionRegistry) -> None:
    assert load_exemptions() is real
    assert load_exemptions(FOLDER / "exemptions.toml").fingerprint == real.fingerprint
    assert re.fullmatch("[0-9a-f]{12}", real.fingerprint)


# inheritance


def test_a_limb_has_what_it_leaves_out_from_above() -> None:
    rows = load_exemptions(FULL).rows
    section, middle, limb, ncnd = (rows[FOIA, name] for name in ("38", "38(1)", "38(1)(b)", "38(2)"))
    assert (middle.kind, middle.basis, middle.test) == (section.kind, section.basis, section.test)
    assert (middle.concept, middle.outcome, middle.ncnd) == ("health", Outcome.REFUSED_EXEMPTION, ("38(2)",))
    assert (middle.confidence, middle.sources) == (Confidence.SECONDARY, ("book",))
    assert (middle.equivalents, middle.aliases, middle.note, middle.since) == ((), (), "", None)
    assert (limb.concept, limb.basis, limb.test) == ("safety", None, HarmTest.ENDANGER)
    assert (limb.confidence, limb.sources) == (Confidence.KNOWLEDGE, ())
    assert (ncnd.kind, ncnd.ncnd, ncnd.concept) == (ProvisionKind.NCND, (), "health")
    assert rows[EIR, "12(5)(a)"].parent == "12(5)(a)"
