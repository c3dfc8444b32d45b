"""What holds of any text: no error, no gap, linear time; and facts that do not depend on where lines break."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.disclosure import Part, Reading
from indexer.exemptions import load_exemptions
from indexer.forces import load_forces
from indexer.reading import read
from indexer.reading.references import reference_key

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "forces.toml"
REGISTRY, PROVISIONS = load_forces(SAMPLES), load_exemptions()
TOKENS = (
    *(
        "section ",
        "31(1)(a)",
        "(",
        ")",
        "s.40(2) ",
        "regulation 12(4)(b) ",
        "Article 42 ",
        "Freedom of Information Act 2000 ",
    ),
    *(
        "neither confirm nor deny ",
        "not held ",
        "exempt ",
        "Dear Sir\n",
        "Yours sincerely\n",
        "You asked:\n",
        "Response\n",
    ),
    *(
        "1. ",
        "Question 2 ",
        "| ",
        "\t",
        "     ",
        "> ",
        "\n",
        "\n\n",
        "31/12/2023 ",
        "4 May 2023 ",
        "Our ref: FOI 1/23\n",
    ),
    *(
        "From: a\nTo: b\nSubject: c\n",
        "18 hours ",
        "£450 ",
        "http://a.example ",
        "Ambershire Police ",
        "\u00a0",
        "\u200b",
    ),
    *("ﬁ", "İ", "\ufffd", "\x00", "🦢", "é", "e\u0301", "\u202e", "'", "can't ", "…", "–", "*", "#", "- "),
)
TEXT = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(TOKENS), max_size=60).map("".join))


def whole(pages: list[str], attachments: list[str] | None = None) -> Reading:
    parts = [Part(part="page", page=number, text=text) for number, text in enumerate(pages, start=1)]
    parts += [Part(part=f"attachment-{n}", page=1, text=text) for n, text in enumerate(attachments or [], start=1)]
    return read(parts, registry=REGISTRY, provisions=PROVISIONS)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXT, max_size=3), st.lists(TEXT, max_size=2))
def test_no_text_raises_and_every_span_lies_in_its_part(pages: list[str], attachments: list[str]) -> None:
    reading = whole(pages, attachments)
    texts = {(part.part, part.page): part.text for part in reading.parts}
    assert [part.text for part in reading.parts] == [*pages, *attachments]
    for part in reading.parts:
        position = 0
        for role in part.roles:
            assert role.start == position < role.end
            position = role.end
        assert position == len(part.text)
    for citation in reading.citations:
        span = citation.span
        assert texts[span.part, span.page][span.start : span.end] == citation.printed != ""
    spans = [proof.span for proof in reading.evidence] + [section.span for section in reading.sections]
    for span in spans + [answer.span for answer in reading.answers]:
        assert 0 <= span.start <= span.end <= len(texts[span.part, span.page])


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_a_reference_has_one_key(printed: str) -> None:
    key = reference_key(printed)
    assert reference_key(key) == key
    assert reference_key(printed.upper().lower()) == reference_key(printed.lower().upper().lower())


UNITS = (
    *(
        "a",
        "a ",
        "(",
        "(a)",
        "section 1(1)(a) ",
        "section 31(1)(a) and (b), ",
        "1. How many?\n",
        "1. Yes it is held.\n",
    ),
    *("Question 1\n", "Question 1: how many\nAnswer: none\n", "neither confirm nor deny ", "Response\n", "Dear Sir\n"),
    *(
        "We neither confirm nor deny under section 31(3).\n",
        "a | b\n",
        "| ",
        "\n",
        "31/12/2020 ",
        "Date: 31 December 2020\n",
    ),
    *(
        "Ref: FOI 1/2 ",
        "Our ref: FOI 12/34\n",
        "Ambershire Police ",
        "word:\n",
        ">",
        "- ",
        "\t",
        "the ",
        "not ",
        ". ",
        "A. ",
        " ",
    ),
    *(
        "the Freedom of Information Act 2000 ",
        "of the Theft Act 1968 section 12 ",
        "You asked for the following:\n",
        "?",
    ),
    *(
        "can't ",
        "a    b\n",
        "http://a.b/c ",
        "a@b.police.uk ",
        "12 records at 3 minutes would take 18 hours ",
        "internal review ",
    ),
    *(
        "(i) a (ii) b (iii) c ",
        ", and ",
        "1",
        "1-",
        "/",
        "İﬁ\u00a0",
        "e\u0301",
        "FOI ",
        "please see the answer to question 1 ",
    ),
    "From: a\nTo: b\nSubject: c\nSent: d\n\nDear A\nThank you for your request.\nYours sincerely\n",
)


def seconds(text: str) -> float:
    begun = time.process_time()
    whole([text])
    return time.process_time() - begun


def grows(unit: str, length: int) -> tuple[float, float]:
    short, long = (unit * (size // len(unit) + 1) for size in (length, 4 * length))
    return min(seconds(short[:length]) for _ in range(2)), seconds(long[: 4 * length])


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear(unit: str) -> None:
    measured = []
    for _ in range(3):  # what is worse than linear is so every time, a hiccup of the machine is not
        short, long = grows(unit, 20_000)
        measured.append((short, long))
        if long < 8 * short + 0.2:  # four times the text; the rest is for a busy machine
            return
    pytest.fail(f"seconds for a text and for four times as much: {measured}")


@pytest.mark.soak
@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear_in_megabytes(unit: str) -> None:
    measured = []
    for _ in range(3):
        measured.append(grows(unit, 250_000))
        if measured[-1][1] < 7 * measured[-1][0] + 0.5:
            return
    pytest.fail(f"seconds for a text and for four times as much: {measured}")


@pytest.mark.soak
def test_time_is_linear_in_pages() -> None:
    def pages(count: int) -> list[str]:
        return [f"Head\nText of page {number}, exempt under section 31(1).\nPage {number}" for number in range(count)]

    times = []
    for count in (500, 2000):
        begun = time.process_time()
        whole(pages(count))
        times.append(time.process_time() - begun)
    assert times[1] < 7 * times[0] + 0.5


PARAGRAPHS = (
    "Our ref: FOI 0412/23",
    "Date: 4 May 2023",
    "Dear Ms Thorn",
    "Freedom of Information Act 2000",
    (
        "Thank you for your request for information, which was received by Ambershire Police on 3 April 2023 and in "
        "which you asked "
        "for the following:"
    ),
    (
        "1. How many swans were reported as hurt, injured or killed along the river in each of the last three "
        "calendar years?"
    ),
    "2. What is the name of the person who reported the most recent of them, and what was done about it in the end?",
    "Our response:",
    (
        "1. Ambershire Police can confirm that there were 12 such reports in 2020, that there were 9 in 2021 and "
        "that in 2022 there "
        "were 14 of them."
    ),
    (
        "2. This information is held but is exempt from disclosure under section 40(2) by virtue of section "
        "40(3A)(a), as well as "
        "under sections 31(1)(a) and (b) of the Act, because it would tell the world who spoke to the police about a "
        "crime."
    ),
    (
        "In addition, Ambershire Police can neither confirm nor deny that it holds any other information that is "
        "relevant to your "
        "request, as the duty in section 1(1)(a) does not apply by virtue of section 30(3) and section 23(5)."
    ),
    (
        "Section 31 is a qualified and prejudice-based exemption, so the public interest has been weighed and found "
        "to lie in "
        "withholding the name, while section 40 is absolute."
    ),
    "Yours sincerely",
    "Disclosure Officer",
    (
        "If you are dissatisfied with this answer you may ask for an internal review within two months, and then "
        "complain to the "
        "Information Commissioner under section 50 of the Act."
    ),
)


def facts(reading: Reading) -> tuple[object, ...]:
    return (
        reading.forces,
        reading.reference_key,
        reading.received_on,
        reading.answered_on,
        reading.regimes,
        reading.outcomes,
        sorted((c.provision, c.role) for c in reading.citations),
        [(answer.question, answer.outcomes, answer.provisions) for answer in reading.answers],
    )


def laid_out(width: int, gap: str = "\n\n") -> str:
    return gap.join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in PARAGRAPHS)


AS_PRINTED = facts(whole([laid_out(1000)]))
CHANGES: dict[str, Callable[[str], str]] = {
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "old carriage returns": lambda text: text.replace("\n", "\r"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "double spaces after a full stop": lambda text: text.replace(". ", ".  "),
    "spaces at the ends of lines": lambda text: text.replace("\n", "  \n"),
    "more blank lines": lambda text: text.replace("\n\n", "\n\n\n \n"),
    "an indent": lambda text: textwrap.indent(text, "   "),
    "zero-width spaces": lambda text: text.replace(" ", " \u200b"),
    "typographic quotes and dashes": lambda text: text.replace("'", "’").replace("-based", "‑based"),
    "quoted as in a mail": lambda text: textwrap.indent(text, "> ", lambda line: True),
    "full-width colons stay, form feeds go": lambda text: text.replace("\n\nOur response", "\n\f\nOur response"),
}


def test_the_facts_themselves() -> None:
    reading = whole([laid_out(1000)])
    assert reading.reference == "FOI 0412/23"
    assert {outcome.value for outcome in reading.outcomes} == {"disclosed", "refused_exemption", "ncnd"}


@pytest.mark.parametrize("width", [46, 52, 60, 67, 75, 88, 97, 110, 140])
def test_facts_do_not_depend_on_where_lines_break(width: int) -> None:
    assert facts(whole([laid_out(width)])) == AS_PRINTED


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
@pytest.mark.parametrize("width", [70, 1000])
def test_facts_do_not_depend_on_white_space(change: Callable[[str], str], width: int) -> None:
    assert facts(whole([change(laid_out(width))])) == AS_PRINTED


@pytest.mark.parametrize("cut", range(3, len(PARAGRAPHS), 2))
def test_facts_do_not_depend_on_where_pages_break(cut: int) -> None:
    lines = laid_out(80).split("\n")
    at = len(lines) * cut // len(PARAGRAPHS)
    pages = ["\n".join(lines[:at]), "\n".join(lines[at:])]
    assert facts(whole(pages)) == AS_PRINTED


WORDS_WITH_ACCENTS = (
    "We sold 3 résumés 40(2) copies and 9 clichés 31(1)(a) prints, in São Tomés 12 and at the Tŷs 21 office.",
    "Ni ddaliwn Ŵyls 40(2) na Thŷsection 31.",
)


@pytest.mark.parametrize("words", WORDS_WITH_ACCENTS)
def test_an_accent_does_not_end_a_word(words: str) -> None:
    assert whole([f"Dear Ms Thorn\n\nFreedom of Information Act 2000\n\n{words}\n"]).citations == ()


@pytest.mark.parametrize("gap", ["Llŷr Wâl", "Éire Ísland", "Đ Ø"])
def test_words_with_accents_are_words(gap: str) -> None:
    plain, accented = (
        whole([f"Dear Ms Thorn\n\nFreedom of Information Act 2000\n\nNo information is held in the {name} area.\n"])
        for name in ("two words", gap)
    )
    assert facts(plain) == facts(accented)
    assert plain.outcomes
