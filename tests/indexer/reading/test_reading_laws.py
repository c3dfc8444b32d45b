"""Numbers mean nothing without the law: the access laws, Scotland's, Jersey's, the environmental ones, and "
"other Acts."""

from __future__ import annotations

import pytest

END = "\n\nYours sincerely\nA Disclosure Officer\n"


def england(answer: str, asked: str = "How many?") -> str:
    return (
        f"Dear Ms Thorn\n\nFreedom of Information Act 2000\n\nYou asked:\n\n{asked}\n\nOur response:\n\n{answer}{END}"
    )


def scotland(answer: str) -> str:
    return (
        "Dear Ms Thorn\n\nYour request has been handled under the Freedom of Information (Scotland) Act 2002.\n\n"
        f"{answer}{END}"
    )


@pytest.mark.parametrize(
    "answer",
    [
        "211 offences under section 12 of the Theft Act 1968 were recorded.",
        "There were 4 searches under section 44 of the Terrorism Act 2000.",
        "31 people were charged under section 47 OAPA 1861.",
        "14 people were detained under section 136 of the Mental Health Act.",
        "Entry was made under section 17 PACE 71 times.",
        "Two grants were made under section 26 of the Police Act 1996.",
        "Section 60 searches: 88. Section 23 of the Misuse of Drugs Act 1971: 12.",
        "Processions are dealt with under sections 12 and 14 of the Public Order Act 1986: 3.",
        "Section 45(4) of the Data Protection Act 2018 is about somebody's own data. 9 letters.",
        "Guidance, section 21 of it, says that 2 officers attend.",
        "See section 31 of the policy. There are 9.",
        "Powers lie in section 14 of the Lifting Plant Act 1983. Section 33 of that Act forbids officers to tell.",
        "Inspectors act under the Lifting Plant Act 1983. Section 31 of the said Act sets a fee.",
        "Section 30 of the Police and Criminal Evidence Act 1984 was used. Of 9 section 30 arrests none was at home.",
    ],
)
def test_other_acts_and_documents_are_never_tagged(facts, answer: str) -> None:
    assert facts.applied(england(answer)) == set()


def test_numbers_that_the_requester_asks_about(facts) -> None:
    text = england(
        "Section 38: 11. Section 39: 212.",
        "How many section 38 agreements and section 39 assaults were there in 2020?",
    )
    assert facts.applied(text) == set()


def test_one_letter_with_both_kinds(facts) -> None:
    text = england(
        "611 offences under section 12 of the Theft Act 1968 were recorded. The names are exempt under section "
        "40(2). To "
        "search for the rest would exceed the appropriate limit, so it is refused under section 12(1) of the "
        "Freedom of "
        "Information Act 2000."
    )
    assert facts.applied(text) == {"FOIA 40(2)", "FOIA 12(1)"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("We applied the Freedom of Information Act 2000. Section 40(2) of that Act covers names.", {"FOIA 40(2)"}),
        (
            (
                "Arrests were made under section 30 of the Police and Criminal Evidence Act 1984. Notes are part of "
                "that investigation and are exempt - section 30(1)(a)(i)."
            ),
            {"FOIA 30(1)(a)(i)"},
        ),
        ("Total: £12,000. The split by supplier is Section 43.", {"FOIA 43"}),
        ("Reason for not naming them at 6: personal data, s40(2) and s40(3A)(a).", {"FOIA 40(2)", "FOIA 40(3A)(a)"}),
        ("That is on our website and so available to you - Section 21.", {"FOIA 21"}),
        ("Their rates: (s43(2)).", {"FOIA 43(2)"}),
        ("Withheld - Section 43(2). Rate for a night: Section 43 - as above.", {"FOIA 43(2)"}),
    ],
)
def test_bare_numbers_that_are_the_access_laws(facts, answer: str, expected: set[str]) -> None:
    assert facts.applied(england(answer)) == expected


def test_the_same_numbers_in_scotland(facts) -> None:
    text = scotland(
        "The file is exempt under section 34(1)(b) and section 35(1)(a) of the Act. Names are exempt in terms of "
        "section "
        "38(1)(b). The rest: in terms of section 17(1) of the Act, this is notice that the information is not held."
    )
    assert facts.applied(text) == {"FOISA 34(1)(b)", "FOISA 35(1)(a)", "FOISA 38(1)(b)"}
    assert facts.outcomes(text) == {"refused_exemption", "not_held"}
    assert facts.role("FOISA 17(1)", text) == {"mention"}


def test_scottish_refusal_on_cost_and_elsewhere(facts) -> None:
    text = scotland(
        "1. The figures are published and section 25(1) of the Act applies.\n\n"
        "2. The cost would be above £600 and I refuse this under section 12(1) of the Act."
    )
    assert facts.questions(text) == {"1": {"already_accessible"}, "2": {"refused_cost"}}


def test_environmental_regulations(facts, letter) -> None:
    text = (
        "Dear Ms Thorn\n\nYour request has been handled under the Environmental Information Regulations 2004.\n\n"
        "Regulation 12(4)(b): the request is manifestly unreasonable. Personal data is excepted under regulation "
        "13(1).\n\n"
        f"Regulation 9 requires us to help you. Representations may be made under regulation 11.{END}"
    )
    assert facts.applied(text) == {"EIR 12(4)(b)", "EIR 13(1)"}
    assert facts.outcomes(text) == {"refused_exemption"}
    assert [regime.value for regime in letter(text).regimes] == ["EIR"]


def test_scottish_environmental_regulations_by_their_short_name(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nYou asked under the Freedom of Information (Scotland) Act 2002 (FOISA). I have handled "
        "this under "
        "the Environmental Information (Scotland) Regulations 2004 (the EIRs). It is exempt from FOISA under "
        "section 39(2)."
        f"\n\nThe draft is excepted under regulation 10(4)(d) of the EIRs.{END}"
    )
    assert facts.applied(text) == {"FOISA 39(2)", "EISR 10(4)(d)"}


def test_environmental_exceptions_in_a_list_without_a_word_before_each(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nYour request has been handled under the Environmental Information Regulations 2004.\n\n"
        f"The exceptions relied on are 12(4)(e), 12(5)(e) and 13(1). The plan shows plots 14(2), 15(2) and 16(2).{END}"
    )
    assert facts.applied(text) == {"EIR 12(4)(e)", "EIR 12(5)(e)", "EIR 13(1)"}


def test_scotlands_regulations_in_short_with_the_plural(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nYour request has been handled under the Freedom of Information (Scotland) Act 2002.\n\n"
        f"Regulation 10(5)(e) of the EISRs applies to the prices.{END}"
    )
    assert facts.applied(text) == {"EISR 10(5)(e)"}


def test_jersey_has_articles(facts) -> None:
    text = (
        "Request\n\nUnder the Freedom of Information (Jersey) Law 2011, how many boats were stopped, and where?\n\n"
        "Response\n\n14 boats. The places are exempt under Article 42(a), (b) and (c) of the Law. Names are "
        "exempt under "
        "Article 25(2). Article 46 tells you how to appeal, and Article 6 of the UK GDPR how data may be used."
    )
    assert facts.applied(text) == {"JFOI 42(a)", "JFOI 42(b)", "JFOI 42(c)", "JFOI 25(2)"}


def test_jersey_names_its_law_in_more_ways_and_has_lists(facts) -> None:
    text = (
        "Request\n\nHow many boats were stopped, and where?\n\nResponse\n\n14 boats. Some of it is withheld in "
        "accordance with Articles 25 and 42 of the Freedom of Information Jersey Law (2011). Article 16 of the Data "
        "Protection (Jersey) Law 2018 is about children."
    )
    assert facts.applied(text) == {"JFOI 25", "JFOI 42"}


def test_freedom_of_information_law_is_not_jerseys_elsewhere(facts) -> None:
    assert facts.applied(england("Under freedom of information law, section 40(2), names are exempt.")) == {
        "FOIA 40(2)"
    }


@pytest.mark.parametrize(
    "boilerplate",
    [
        "Under section 1(1) of the Act you have a right to be told whether we hold it.",
        "Section 8 of the Act requires a name and an address.",
        "We must answer within twenty working days (section 10).",
        "Under section 16 it is our duty to advise and assist.",
        "In accordance with section 17 of the Act this is a refusal notice.",
        "The code of practice under section 45 has been followed.",
        "You may complain to the Commissioner under section 50 of the Act.",
    ],
)
def test_duties_and_rights_are_no_exemptions(facts, boilerplate: str) -> None:
    text = england(f"There are nine. {boilerplate}")
    assert facts.applied(text) == set()
    assert facts.outcomes(text) == {"disclosed"}


def test_an_act_named_by_its_year_only(facts) -> None:
    text = (
        "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\nThe information is exempt under section 44(1)(a) of the "
        "Act. Section 28 of the 1979 Act makes it an offence to disclose it unless a gateway in section 28(3) "
        "is open.\n"
    )
    assert facts.applied(text) == {"FOIA 44(1)(a)"}
    assert not facts.role("FOIA 28(3)", text)


@pytest.mark.parametrize("keeps", ["set out in", "contained in", "specified at", "described in"])
def test_an_exemption_is_named_by_where_the_law_keeps_it(facts, keeps: str) -> None:
    text = (
        "Dear Ms Thorn\n\nFreedom of Information Act 2000\n\n"
        f"We consider that the exemption {keeps} section 31(1)(a) applies to the information requested. "
        f"The conditions {keeps} section 40(3A) are met.\n"
    )
    assert facts.applied(text) == {"FOIA 31(1)(a)"}


def test_the_articles_that_jerseys_answers_quote_are_its_law(facts) -> None:
    text = (
        "Request\n\nPlease provide the advice on the contract.\n\nResponse\n\n"
        "This has been withheld in accordance with Article 31 of the Freedom of Information (Jersey) Law 2011.\n\n"
        "Articles applied\n\nArticle 31 - Advice\n\nSuch advice is qualified exempt information.\n\n"
        "Article 33 - Commercial interests\n\nInformation is qualified exempt if it is a trade secret.\n"
    )
    assert facts.applied(text) == {"JFOI 31"}
