"""The passages that a result shows: the right words marked, in the right place, best first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from indexer.analysis import stem, tokens
from indexer.disclosure import Disclosure, Evidence, Part, Reading, Span, Voice, Voiced
from indexer.grammar import parse
from indexer.query import Snippet
from indexer.snippets import LENGTH, PASSAGES, Highlighter, Target, _Analysed, _Mixed, _Plain


def record(*parts: Part, evidence: Sequence[Evidence] = ()) -> Disclosure:
    reading = Reading(parts=parts, evidence=tuple(evidence))
    return Disclosure(id="x", log=None, forces=(), title="taser in a title", reading=reading, media_type="text/plain")


def page(text: str, part: str = "page", number: int = 1, roles: Sequence[Voiced] = ()) -> Part:
    return Part(part=part, page=number, text=text, roles=tuple(roles))


def shown(query: str, *parts: Part) -> tuple[Snippet, ...]:
    return Highlighter(parse(query)).snippets(record(*parts))


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.marks]


@pytest.mark.parametrize(
    ("query", "text", "marks"),
    [
        ("taser", "Tasers were used; a TASER was not, taserless.", ["Tasers", "TASER"]),
        ("deploying", "Deployment, deploys, redeploy.", ["Deployment", "deploys"]),
        ('"taser"', "Tasers and a Taser.", ["Taser"]),
        ('"a taser was"', "A taser\nwas, a taser is.", ["A taser\nwas"]),
        ("e-mail", "An e-mail or E-Mails or mail.", ["e-mail", "E-Mails"]),
        ("31(1)(a)", "Section 31(1)(a) and 31(1)(b).", ["31(1)(a)"]),
        ("cafe", "Le Café – cafe\u0301s.", ["Café", "cafe\u0301s"]),
        ("strasse", "Die Straße.", ["Straße"]),
        ("office", "An o\ufb03cer's o\ufb03ce, with officers.", ["o\ufb03cer", "o\ufb03ce", "officers"]),
        ("die", "It is dying; she dies.", ["dying", "dies"]),
        ("hope", "Hoping, hoped, hops.", ["Hoping", "hoped"]),
        ("police", "“Policing” — the police’s policies.", ["Policing", "police"]),
        ("taser -drone", "A drone and a taser.", ["taser"]),
        ("taser OR (drone force:gwent)", "A drone and a taser, gwent.", ["drone", "taser"]),
        ("taser_x", "taser_x and taser-x", ["taser_x", "taser-x"]),
    ],
)
def test_what_is_marked(query: str, text: str, marks: list[str]) -> None:
    (snippet,) = shown(query, page(text))
    assert marked(snippet) == marks


def test_a_snippet_is_a_stretch_of_its_part() -> None:
    text = "Filler words here. " * 60 + "The hidden gem stands here, in the midst. " + "More filler words. " * 60
    (snippet,) = shown('"hidden gem"', page("nothing"), page(text, "attachment-2", 3))
    assert (snippet.part, snippet.page) == ("attachment-2", 3)
    assert text[snippet.start :].startswith(snippet.text)
    assert snippet.text.startswith("The hidden gem stands here")
    assert len(snippet.text) <= LENGTH


def test_a_phrase_is_marked_as_one_even_across_a_page() -> None:
    snippets = shown('"stop and search"', page("It ends: stop and"), page("search begins.", number=2))
    assert [(s.page, marked(s)) for s in snippets] == [(1, ["stop and"]), (2, ["search"])]


def test_a_phrase_does_not_run_from_one_file_to_the_next() -> None:
    (snippet,) = shown('"stop and search"', page("stop and"), page("search", "attachment-1"))
    assert snippet.marks == ()


def test_the_best_passage_comes_first_and_none_is_shown_twice() -> None:
    filler = " and so on and so forth" * 30
    text = (
        f"Taser alone.{filler} Taser drone policy together.{filler} Drone alone.{filler} Policy alone.{filler} Taser."
    )
    snippets = shown("taser drone policy", page(text))
    assert marked(snippets[0]) == ["Taser", "drone", "policy"]
    assert len(snippets) == PASSAGES
    starts = sorted(snippet.start for snippet in snippets)
    assert all(later - earlier >= LENGTH / 2 for earlier, later in pairwise(starts))


def test_the_answer_goes_before_what_merely_stands_there() -> None:
    other, answer = "Our taser leaflet." + " x" * 300, "A taser was used."
    roles = [
        Voiced(role=Voice.OTHER, start=0, end=len(other)),
        Voiced(role=Voice.ANSWER, start=len(other), end=len(other + answer)),
    ]
    snippets = shown("taser", page(other + answer, roles=roles))
    assert [snippet.voice for snippet in snippets] == [Voice.ANSWER, Voice.OTHER]


def test_without_words_what_decides_is_shown() -> None:
    text = "Dear you. The information is not held. Yours."
    evidence = Evidence(fact="outcomes", value="not_held", span=Span(part="page", page=1, start=25, end=37))
    (snippet,) = Highlighter(parse("s:31")).snippets(record(page(text), evidence=[evidence]))
    assert (snippet.text, snippet.marks) == ("The information is not held.", ())


def test_without_evidence_the_answer_begins_or_the_text() -> None:
    text = "Request.\n\n Answer here."
    roles = [Voiced(role=Voice.REQUEST, start=0, end=10), Voiced(role=Voice.ANSWER, start=10, end=len(text))]
    assert [s.text for s in shown("", page(text, roles=roles))] == ["Answer here."]
    assert [s.text for s in shown("nowhere", page("  "), page(" Only this.", number=2))] == ["Only this."]
    assert shown("nowhere") == ()
    assert shown("taser", page("")) == ()


# fmt: off
ENDINGS = (
    "", "s", "es", "ed", "ing", "ingly", "ly", "y", "ies", "ied", "e", "er", "ation", "ization", "ational", "ability",
    "bility", "ness", "ful", "fulness", "ousness", "ivity", "ically", "ency", "ance", "ement", "ment", "ble", "ling",
)
# fmt: on
STARTS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=7)
WORDS = st.lists(st.tuples(STARTS, st.sampled_from(ENDINGS)).map("".join), min_size=1, max_size=12)


@given(WORDS, st.data())
def test_looking_up_beginnings_finds_what_an_analysis_of_the_whole_finds(words: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([" ", ", ", "-", "\n"])).join(words)
    start = data.draw(st.integers(0, len(words) - 1))
    run = words[start : start + data.draw(st.integers(1, 3))]
    for target in (Target(tuple(map(stem, run)), exact=False), Target(tuple(run), exact=True)):
        assert list(_Plain(text).find(target)) == list(_Analysed(tokens(text)).find(target))


ODD = st.text(st.sampled_from("aebcéäß\u0301\u00ad ﬁ³’-_1.\n\u200d𝐛") | st.characters(), min_size=0, max_size=40)


@given(ODD, ODD)
@example("\u0301 \u0301a", "a")
@example("caféb cafe", "cafe")
@example("³a ³", "a")
def test_text_with_accents_is_marked_as_an_analysis_of_the_whole_would(text: str, wanted: str) -> None:
    run = tokens(wanted)[:3]
    assume(run and len(text.lower()) == len(text))
    for target in (
        Target(tuple(token.stem for token in run), exact=False),
        Target(tuple(token.text for token in run), exact=True),
    ):
        assert list(_Mixed(text, text.lower()).find(target)) == list(_Analysed(tokens(text)).find(target))


@given(st.text(max_size=120), st.sampled_from(["a", "taser e-mail", '"a b"', "1 é"]))
def test_marks_always_lie_in_the_text(text: str, query: str) -> None:
    for snippet in shown(query, page(text), page(text[::-1], number=2)):
        assert text[snippet.start :].startswith(snippet.text) or text[::-1][snippet.start :].startswith(snippet.text)
        ends = 0
        for start, end in snippet.marks:
            assert ends <= start < end <= len(snippet.text)
            ends = end
