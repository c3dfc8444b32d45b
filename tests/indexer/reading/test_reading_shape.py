"""The shape of a reading: spans that are what was printed, parts without gaps, attachments, evidence, sections, "
"labels."""

from __future__ import annotations

import pytest

from indexer.disclosure import Reading, SectionKind, Voice

LETTER = (
    "Ambershire Police\nOur ref: FOI 0412/23\nDate: 4 May 2023\n\nDear Ms Thorn\n\nFreedom of Information Act 2000\n\n"
    "Thank you for your request, received on 3 April 2023, in which you asked for the following:\n\n"
    "1. How many swans were hurt?\n2. Who owns them?\n\nOur response\n\n"
    "Question 1: 12.\n\nQuestion 2: Ambershire Police holds this. It is exempt under section\n40(2) and sections "
    "31(1)(a)\n"
    "and (b).\n\nHarm\n\nThieves would go there.\n\nFactors favouring disclosure\n\nPeople like swans.\n\n"
    "Factors against disclosure\n\nCrime would rise.\n\nBalance test\n\nThe balance lies with withholding.\n\n"
    "Section 31 is a qualified, prejudice-based exemption; section 40 is absolute and class-based.\n\n"
    "Yours sincerely\nA B\n\nIf you are dissatisfied you may ask for an internal review.\n"
)


def texts(reading: Reading) -> dict[tuple[str, int | None], str]:
    return {(part.part, part.page): part.text for part in reading.parts}


def test_every_span_is_what_was_printed(letter) -> None:
    reading = letter(LETTER)
    printed = texts(reading)
    assert {c.printed for c in reading.citations} >= {"section\n40(2)", "sections 31(1)(a)\nand (b)"}
    for citation in reading.citations:
        text = printed[citation.span.part, citation.span.page]
        assert text[citation.span.start : citation.span.end] == citation.printed
    for proof in reading.evidence:
        text = printed[proof.span.part, proof.span.page]
        assert 0 <= proof.span.start < proof.span.end <= len(text)


def test_evidence_for_every_fact(letter) -> None:
    reading = letter(LETTER)
    printed = texts(reading)
    said = {(proof.fact, proof.value) for proof in reading.evidence}
    assert {
        ("forces", "ambershire"),
        ("reference", "FOI 0412/23"),
        ("received_on", "2023-04-03"),
        ("answered_on", "2023-05-04"),
        ("regimes", "FOIA"),
    } <= said
    assert {("outcomes", outcome.value) for outcome in reading.outcomes} <= said
    shown = {
        proof.fact: printed[proof.span.part, proof.span.page][proof.span.start : proof.span.end]
        for proof in reading.evidence
    }
    assert shown["reference"] == "FOI 0412/23"
    assert shown["received_on"] == "3 April 2023"


def test_roles_cover_each_part_without_a_gap(letter) -> None:
    pages = (LETTER, "", "\n\n  \n", "Annex\n\nNothing to see.")
    for part in letter(*pages).parts:
        assert not part.text or (part.roles[0].start, part.roles[-1].end) == (0, len(part.text))
        for before, after in zip(part.roles, part.roles[1:], strict=False):
            assert before.end == after.start
            assert before.role is not after.role


def test_parts_come_back_as_they_were(letter) -> None:
    assert [part.text for part in letter(LETTER, "two\r\nlines", "\u00a0ﬁn\u200b").parts] == [
        LETTER,
        "two\r\nlines",
        "\u00a0ﬁn\u200b",
    ]


def test_sections_say_what_each_passage_is_for(letter) -> None:
    reading = letter(LETTER)
    kinds = [section.kind for section in reading.sections]
    for kind in (
        SectionKind.REQUEST,
        SectionKind.HARM,
        SectionKind.FACTORS_FOR,
        SectionKind.FACTORS_AGAINST,
        SectionKind.BALANCE,
        SectionKind.SIGNATURE,
    ):
        assert kind in kinds
    harm = next(section for section in reading.sections if section.kind is SectionKind.HARM)
    assert "Thieves" in LETTER[harm.span.start : harm.span.end]


def test_the_letters_own_labels_are_kept_as_printed(letter) -> None:
    called = {c.provision: c.label for c in letter(LETTER).citations if c.label}
    assert called["40(2)"] == "absolute and class-based"
    assert called["31(1)(a)"] == "qualified, prejudice-based"


def test_a_wrong_label_is_not_corrected(letter) -> None:
    text = LETTER.replace("section 40 is absolute and class-based", "section 40 is a qualified exemption")
    assert {c.label for c in letter(text).citations if c.provision == "40(2)"} == {"qualified"}


def test_an_attachment_that_answers_and_one_that_is_data(letter) -> None:
    answer = (
        "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\nYour request is refused: the map is exempt under section "
        "31(1)(a) of the Act.\n\nYours sincerely\nA B\n"
    )
    table = "Offence | Number\nSection 40(2) | 31\nTheft | 12\nexempt under section 23 | 4\n"
    reading = letter("Please see the attached letter.", attachments=(answer, table))
    assert {f"{c.regime} {c.provision}" for c in reading.citations} == {"FOIA 31(1)(a)"}
    assert {part.part for part in reading.parts} == {"page", "attachment-1", "attachment-2"}
    assert all(role.role is Voice.OTHER for role in reading.parts[2].roles)


@pytest.mark.parametrize("version", ["3"])
def test_the_version_of_the_rules_is_kept(letter, version: str) -> None:
    assert letter(LETTER).version == version
