"""What a printed provision does: applied, used to neither confirm nor deny, quoted, mentioned, repeated, given up."""

from __future__ import annotations

import pytest

HEAD = (
    "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\n"
    "I can confirm that Ambershire Police holds this information.\n\n"
)
END = "\n\nYours sincerely\nA Disclosure Officer\n"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It is exempt under section 31(1)(a) of the Act.", {"FOIA 31(1)(a)"}),
        ("It is exempt by virtue of Section 40(2) - Personal Information.", {"FOIA 40(2)"}),
        ("Names are withheld under sections 38(1)(a) and 40(2).", {"FOIA 38(1)(a)", "FOIA 40(2)"}),
        (
            "The following exemptions apply:\nSection 24(1) National security\nSection 31(1)(b)",
            {"FOIA 24(1)", "FOIA 31(1)(b)"},
        ),
        ("We rely on the exemption in s.43(2).", {"FOIA 43(2)"}),
        ("This is refused under section 14(1) as vexatious.", {"FOIA 14(1)"}),
        ("The cost would exceed the appropriate limit and section 12(1) applies.", {"FOIA 12(1)"}),
        ("You will find it on our website, so section 21 is engaged.", {"FOIA 21"}),
        ("Pursuant to section 22 it is to be published in May.", {"FOIA 22"}),
    ],
)
def test_applied(facts, sentence: str, expected: set[str]) -> None:
    assert facts.applied(HEAD + sentence + END) == expected


@pytest.mark.parametrize(
    ("sentence", "provision"),
    [
        (
            "In accordance with section 1(1)(a) I confirm that it is held; a fee under section 9 is not due.",
            "FOIA 1(1)(a)",
        ),
        ("This letter is a refusal notice under section 17(1) of the Act.", "FOIA 17(1)"),
        ("Section 16 places a duty on us to advise and assist.", "FOIA 16"),
        ("Section 40(2) may be engaged once we have seen the file.", "FOIA 40(2)"),
        ("A new request could still be refused under section 12(1).", "FOIA 12(1)"),
        ("We considered whether section 43(2) applied.", "FOIA 43(2)"),
        ("Section 41 does not apply.", "FOIA 41"),
        ("The exemption in section 36, which my colleague named on the telephone, is not relied on.", "FOIA 36"),
        ("As for your remarks on section 14, the question does not arise.", "FOIA 14"),
        ("No exemption would apply to that, unlike section 30.", "FOIA 30"),
        ("All qualified exemptions save for section 24 were weighed together.", "FOIA 24"),
        ("New staff are trained on sections 21 to 44 of the Act.", "FOIA 21"),
        ("There is no limit as there is in section 12 of the FOIA.", "FOIA 12"),
        ("Section 12(3) lets the Minister set the limit.", "FOIA 12(3)"),
        ("Section 36(5) says who the qualified person is.", "FOIA 36(5)"),
        ("They were added up, which section 12(4) allows.", "FOIA 12(4)"),
        ("Section 12 might well have been engaged had we gone on.", "FOIA 12"),
        ("Section 31(1)(a) would also have been engaged.", "FOIA 31(1)(a)"),
        ("We would in any event have relied on section 38(1)(a).", "FOIA 38(1)(a)"),
        ("Had the file been held, section 30 would apply to it.", "FOIA 30"),
        ("Had you asked for names, we would have refused them under section 40(2).", "FOIA 40(2)"),
        ("The names would otherwise have been exempt under section 40(2).", "FOIA 40(2)"),
        ("Section 40(2) would have been our next ground.", "FOIA 40(2)"),
        ("In the event section 24 has not been needed.", "FOIA 24"),
        ("Section 26 (defence) was looked at but it was not thought necessary to rely on it.", "FOIA 26"),
        ("Section 38(1) was thought about in relation to crews but was not needed.", "FOIA 38(1)"),
        ("They were considered under section 41 but the force does not think that the clause is enough.", "FOIA 41"),
        ("We considered whether it was a repeat (section 14(2)) but we do not say that it is.", "FOIA 14(2)"),
        ("We also looked at section 43(2), but were not persuaded that anyone would lose by it.", "FOIA 43(2)"),
        ("Section 36 was considered and rejected.", "FOIA 36"),
        ("Consideration was given to section 43(2), but it was not felt to apply.", "FOIA 43(2)"),
        ("It is not necessary to rely on section 31.", "FOIA 31"),
        ("There is no need for us to consider section 41.", "FOIA 41"),
        ("If it can be brought within the section 12 limit, please let us know.", "FOIA 12"),
        ("We do not seek to rely upon section 43.", "FOIA 43"),
        ("Section 31 was not applied.", "FOIA 31"),
        ("No reliance is placed on section 36.", "FOIA 36"),
        ("Exemptions such as section 31 exist for a reason.", "FOIA 31"),
        ("Section 14 is reserved for requests that are vexatious.", "FOIA 14"),
        ("You argue that section 43 was misapplied.", "FOIA 43"),
        ("It is not our policy to use section 14.", "FOIA 14"),
        ("While section 12 could be applied, we have answered.", "FOIA 12"),
        ("We are entitled to refuse this under section 12, but on this occasion we will not.", "FOIA 12"),
        ("This is not a refusal under section 12.", "FOIA 12"),
        ("We are minded to withhold it under section 31 and will write again.", "FOIA 31"),
        ("Nor does section 31.", "FOIA 31"),
        ("They have been answered without applying section 12.", "FOIA 12"),
        ("We gave thought to section 38, and to section 41, neither of which is engaged.", "FOIA 41"),
        ("In one the reviewer decided that section 31(3) was no longer needed.", "FOIA 31(3)"),
    ],
)
def test_mentions(facts, sentence: str, provision: str) -> None:
    assert facts.role(provision, f"{HEAD}{sentence}{END}") == {"mention"}
    assert provision not in facts.applied(f"{HEAD}{sentence}{END}")


@pytest.mark.parametrize(
    ("sentence", "provision"),
    [
        ("Section 40(2) was considered and the names have not been disclosed.", "FOIA 40(2)"),
        ("Section 43(2) was considered and is engaged.", "FOIA 43(2)"),
        ("The exemption in section 31(1)(a) was looked at with care and I find that it applies.", "FOIA 31(1)(a)"),
        ("It is exempt under section 31(1)(a), since the list would have been of use to burglars.", "FOIA 31(1)(a)"),
        ("Section 38(1)(a) is engaged, as release would have an effect on the family.", "FOIA 38(1)(a)"),
        ("We looked at section 43(2) and found that harm is likely, if not certain.", "FOIA 43(2)"),
        ("To find them would have exceeded the limit and is refused under section 12(1).", "FOIA 12(1)"),
        ("We have considered your request and withheld the names under section 40(2).", "FOIA 40(2)"),
        ("Section 30(1)(a) applies, as the officer had the file and would have kept it.", "FOIA 30(1)(a)"),
        ("We looked at the file, which is exempt under section 30(1)(a), but not the list.", "FOIA 30(1)(a)"),
        ("You say that names are known; they are exempt under section 40(2).", "FOIA 40(2)"),
        ("We have not used names, which are exempt under section 40(2).", "FOIA 40(2)"),
        ("We are entitled to refuse this under section 12(1), and do so.", "FOIA 12(1)"),
        ("Names are not necessary to your point and are exempt under section 40(2).", "FOIA 40(2)"),
        ("If names are wanted, they are exempt under section 40(2).", "FOIA 40(2)"),
    ],
)
def test_what_is_thought_of_and_used(facts, sentence: str, provision: str) -> None:
    assert facts.role(provision, f"{HEAD}{sentence}{END}") == {"applied"}


def test_a_condition_in_the_requesters_words_without_a_mark_of_quotation(facts) -> None:
    sentence = "If the limit in section 12 is exceeded, please advise me how I can refine my request."
    assert facts.role("FOIA 12", f"{HEAD}{sentence}{END}") == {"requester"}


def test_a_table_counts_how_often_provisions_were_used(facts) -> None:
    table = "Section 31(3)     41\nSection 40(5)     9\nSection 23(5) | 17"
    text = f"{HEAD}The provisions used in our answers last year were as follows:\n\n{table}{END}"
    assert facts.applied(text) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "Ambershire Police can neither confirm nor deny that it holds information by virtue of section {}.",
        "The duty in section 1(1)(a) does not apply, by virtue of section {}.",
        "The duty in section 1(1)(a) doesn't apply by virtue of section {}.",
        "To confirm or deny whether it is held would itself be exempt under section {}.",
        "We neither confirm nor deny that any is held under these exemptions:\n\n- Section {}",
    ],
)
@pytest.mark.parametrize("provision", ["31(3)", "40(5B)(a)(i)", "23(5)"])
def test_neither_confirm_nor_deny(facts, sentence: str, provision: str) -> None:
    text = f"Dear Sir\n\nFreedom of Information Act 2000\n\n{sentence.format(provision)}{END}"
    assert facts.role(f"FOIA {provision}", text) == {"applied_ncnd"}


def test_what_is_confirmed_to_be_held_is_not_neither_confirmed_nor_denied(facts) -> None:
    text = (
        "Dear Sir\n\nFreedom of Information Act 2000\n\nAmbershire Police can confirm it holds information, as the "
        f"duty in section 1(1)(a) does not apply by virtue of these exemptions:\n\nSection 31(1)(a) Crime{END}"
    )
    assert facts.role("FOIA 31(1)(a)", text) == {"applied"}


def test_a_limb_made_to_neither_confirm_nor_deny_needs_no_words(facts) -> None:
    assert facts.role("FOIA 30(3)", f"{HEAD}The rest of it: Section 30(3) - Investigations, is engaged.{END}") == {
        "applied_ncnd"
    }


def test_a_refusal_beside_neither_confirm_nor_deny(facts) -> None:
    text = (
        f"{HEAD}The names are exempt under section 40(2).\n\n"
        "In addition, Ambershire Police can neither confirm nor deny that it holds any other information, by virtue of "
        f"section 23(5) and section 31(3).{END}"
    )
    assert facts.role("FOIA 40(2)", text) == {"applied"}
    assert facts.role("FOIA 23(5)", text) == facts.role("FOIA 31(3)", text) == {"applied_ncnd"}


def test_scottish_law_pairs_section_18_with_an_exemption(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nFreedom of Information (Scotland) Act 2002\n\n"
        "I serve this notice under section 18(1) of the Act, read together with:\n\n"
        "• Section 34(1)(b) - Investigations\n• Section 38(1)(b) - Personal information\n" + END
    )
    assert facts.applied(text) == {"FOISA 18(1)", "FOISA 34(1)(b)", "FOISA 38(1)(b)"}
    assert facts.outcomes(text) == {"ncnd"}


def test_whose_words_they_stand_in(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\nYou asked:\n\n"
        "1. How many swans were rescued? Please do not refuse this under section 31 of the Act.\n\n"
        "Our response:\n\n1. Nine swans. Names of owners are exempt under section 40(2)." + END
    )
    assert facts.role("FOIA 31", text) == {"requester"}
    assert facts.role("FOIA 40(2)", text) == {"applied"}


@pytest.mark.parametrize(
    "statute",
    [
        (
            "Information which is not exempt information by virtue of section 30 is exempt information if its "
            "disclosure would "
            "be likely to prejudice the detection of crime."
        ),
        (
            "(3) The duty to confirm or deny does not arise if compliance with section 1(1)(a) would prejudice the "
            "matters mentioned in section 30."
        ),
    ],
)
def test_quoted_statute_applies_nothing(facts, statute: str) -> None:
    text = f"{HEAD}It is exempt under section 31(1)(a), which says:\n\n{statute}{END}"
    assert "FOIA 30" not in facts.applied(text)
    assert "FOIA 31(1)(a)" in facts.applied(text)


def test_an_appendix_of_legislation_and_a_glossary_answer_nothing(facts) -> None:
    text = (
        f"{HEAD}It is exempt under section 31(1)(a).{END}\n"
        "Appendix: the legislation\n\n40. Personal information\n\n(2) Information is exempt under section 40(2) "
        "if it is "
        "personal data.\n\nGlossary\n\nNCND: to neither confirm nor deny\n"
    )
    assert facts.applied(text) == {"FOIA 31(1)(a)"}
    assert facts.outcomes(text) == {"refused_exemption"}


def test_named_again_and_named_less_deeply(facts) -> None:
    text = (
        f"{HEAD}It is exempt under section 31(1)(a).\n\nSection 31 is a qualified exemption.\n\n"
        f"I have concluded that section 31(1)(a) is engaged.{END}"
    )
    assert facts.roles(text) == [("FOIA 31(1)(a)", "applied"), ("FOIA 31", "repeat"), ("FOIA 31(1)(a)", "repeat")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Section 31(1)(a) is no longer relied upon and the figures are disclosed below.",
        "Section 31(1)(a) should not have been applied, and I no longer rely on it.",
        "We previously refused this under section 31(1)(a), which we now withdraw.",
    ],
)
def test_given_up(facts, sentence: str) -> None:
    text = f"Dear Ms Thorn\n\nInternal review\n\nI have completed an internal review of our answer.\n\n{sentence}{END}"
    assert facts.role("FOIA 31(1)(a)", text) == {"no_longer"}
    assert facts.applied(text) == set()


def test_a_review_that_overturns_gives_up_what_was_refused_then(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nInternal review\n\nI have carried out an internal review. We withheld the list under section "
        "31(1)(b), for fear of burglars.\n\nThe stores have since closed. I therefore overturn the original decision: "
        f"section 31(1)(b) is no longer relied upon. The list is attached.{END}"
    )
    assert facts.applied(text) == set()
    assert facts.outcomes(text) == {"disclosed"}


@pytest.mark.parametrize(
    ("review", "applied", "gone"),
    [
        (
            (
                "Our reply was that 1 was attached, 2 was exempt under section 43(2) and 3 would exceed the limit in "
                "section 12. I do not uphold the use of section 43(2). I uphold the reliance on section 12(1)."
            ),
            {"FOIA 12(1)"},
            "FOIA 43(2)",
        ),
        (
            (
                "It was refused on the ground that it would cost too much (section 12(1) of the Freedom of "
                "Information Act 2000). Section 12 should not have been applied. I set aside the decision."
            ),
            set(),
            "FOIA 12(1)",
        ),
        (
            "You were told that section 43(2) applied. I find that section 43(2) was applied in error.",
            set(),
            "FOIA 43(2)",
        ),
        (
            (
                "16 May 2023 - answer, citing section 12.\n\nIn our original response we cited section 12. That was "
                "wrong, and the figures are attached."
            ),
            set(),
            "FOIA 12",
        ),
    ],
)
def test_what_a_review_does_to_each_provision(facts, review: str, applied: set[str], gone: str) -> None:
    text = f"Dear Ms Thorn\n\nInternal review\n\nI have completed an internal review of our answer.\n\n{review}{END}"
    assert facts.applied(text) == applied
    assert facts.role(gone, text) == {"no_longer"}


def test_a_review_that_leaves_standing_what_the_decision_maker_relied_on(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nInternal review\n\nI have completed an internal review.\n\nThe decision-maker relied on "
        f"section 30(1)(a)(i) for the log and in addition on section 40(2) for the call. Your "
        f"complaint is not upheld.{END}"
    )
    assert facts.applied(text) == {"FOIA 30(1)(a)(i)", "FOIA 40(2)"}


def test_a_public_interest_that_came_out_for_disclosure(facts) -> None:
    text = (
        f"{HEAD}Section 43(2) is engaged. On balance the public interest favours disclosure of the prices.\n\n"
        f"The prices are attached.{END}"
    )
    assert "FOIA 43(2)" not in facts.applied(text)


def test_still_being_weighed(facts) -> None:
    text = (
        f"{HEAD}The qualified exemptions in these sections may be engaged:\n\nSection 31(1)(a) Law enforcement\n\n"
        "Under section 10(3) we need not comply until such time as is reasonable. Section 17(2) requires me to give an "
        f"estimate of the date of a decision, which is 9 May 2023.{END}"
    )
    assert facts.applied(text) == set()
    assert facts.outcomes(text) == {"pit_extension"}
