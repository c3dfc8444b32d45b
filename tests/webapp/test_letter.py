"""Marking passages in a letter: every character once, in order, and markup that nests whatever overlaps."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from indexer.disclosure import Attachment, Disclosure, Part, Reading, Span, Voice, Voiced
from webapp.letter import MOST_TEXT, Mark, flowing, letter, marked_text

TAG = re.compile(r"<(/?)(span|mark)[^>]*>")


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
    edges = st.integers(0, len(text))
    marks = []
    for number in range(draw(st.integers(0, 8))):
        start, end = sorted((draw(edges), draw(edges)))
        if start < end:
            marks.append(Mark(start, end, draw(st.sampled_from(["", f"at-{number}"])), fact=draw(st.booleans())))
    return text, marks


@given(marked())
def test_any_marks_give_the_text_back_in_well_nested_markup(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    html = str(marked_text(text, 0, len(text), marks, set()))
    assert unescape(TAG.sub("", html)) == text.replace("\r", "\r")
    opened: list[str] = []
    for tag in TAG.finditer(html):
        if tag[1]:
            assert opened.pop() == tag[2]
        else:
            opened.append(tag[2])
    assert not opened
    for mark in marks:
        if mark.name:
            assert html.count(f'id="{mark.name}"') == 1


def test_a_mark_inside_another_keeps_both() -> None:
    marks = [Mark(0, 20, "at-sentence", fact=True), Mark(4, 11, "at-limb", fact=True), Mark(8, 15, "")]
    html = str(marked_text("The section 31 words.", 0, 21, marks, set()))
    assert html == (
        '<span class="fact" id="at-sentence">The <span class="fact" id="at-limb">sect<mark>ion</mark></span>'
        "<mark> 31 </mark>words</span>."
    )


@given(st.text("ab.|\n -1", max_size=400))
def test_joining_lines_moves_no_character(text: str) -> None:
    joined = flowing(text)
    assert len(joined) == len(text)
    assert all(new == old or (old, new) == ("\n", " ") for old, new in zip(text, joined, strict=True))


def test_lines_that_a_page_broke_are_joined_and_others_kept() -> None:
    long = "This line is as long as the page is wide, so it goes on and"
    assert flowing(f"{long}\non the next one.") == f"{long} on the next one."
    for kept in (
        "A short line\nand another",
        f"{long}.\nA new sentence on a new line",
        f"{long}\n- an item of a list",
        f"{long}\n2. another item",
        f"{long}\n\nA new paragraph",
        f"{long} |\n| a | row |",
        f"{long}\n    indented",
    ):
        assert flowing(kept) == kept


def _record(*parts: Part) -> Disclosure:
    return Disclosure(id="x", log=None, forces=(), title="x", media_type="text/html", reading=Reading(parts=parts))


def _attachment(number: int) -> Attachment:
    return Attachment(number=number, name="a", url=None, media_type="text/csv", size=1, sha256="0" * 64, pages=1)


def _spoken(text: str, *voices: tuple[str, int, int]) -> Part:
    roles = tuple(Voiced(role=Voice(voice), start=start, end=end) for voice, start, end in voices)
    return Part(part="page", page=1, text=text, roles=roles)


def test_numbered_questions_stand_beside_their_answers() -> None:
    text = "Q1 A1 Q2 A2 bye"
    part = _spoken(text, ("request", 0, 3), ("answer", 3, 6), ("request", 6, 9), ("answer", 9, 12), ("other", 12, 15))
    exchanges = letter(_record(part), (), (), ()).told[0].exchanges
    shown = [[[str(p.html) for p in side] for side in (e.request, e.answer, e.other)] for e in exchanges]
    assert shown == [[["Q1"], ["A1"], []], [["Q2"], ["A2"], []], [[], [], ["bye"]]]


def test_a_page_without_voices_is_nobodys() -> None:
    exchanges = letter(_record(_spoken("Words of somebody")), (), (), ()).told[0].exchanges
    assert [str(p.html) for e in exchanges for p in e.other] == ["Words of somebody"]


def test_each_page_has_one_anchor() -> None:
    first = _spoken("\n Q1 A1", ("other", 0, 1), ("request", 1, 4), ("answer", 4, 7))
    second = Part(part="page", page=2, text="more", roles=(Voiced(role=Voice.ANSWER, start=0, end=4),))
    exchanges = letter(_record(first, second), (), (), ()).told[0].exchanges
    anchors = [p.anchor for e in exchanges for side in (e.request, e.answer, e.other) for p in side]
    assert anchors == ["page-p1", "", "page-p2"]


def test_a_fact_cut_by_a_change_of_voice_keeps_one_place() -> None:
    part = _spoken("asked answered", ("request", 0, 6), ("answer", 6, 14))
    shown = letter(_record(part), (Span(part="page", page=1, start=2, end=10),), (), ()).told[0].exchanges[0]
    html = "".join(str(p.html) for p in (*shown.request, *shown.answer))
    assert html.count("<span") == 2
    assert html.count(" id=") == 1


def test_a_letter_that_came_as_a_file_is_shown_as_one() -> None:
    page = _spoken("Our answer is attached.", ("other", 0, 23))
    asked, data = Voiced(role=Voice.REQUEST, start=0, end=6), Voiced(role=Voice.OTHER, start=0, end=4)
    told = Part(
        part="attachment-1",
        page=1,
        text="Asked Answered",
        roles=(asked, replace(asked, role=Voice.ANSWER, start=6, end=14)),
    )
    plain = Part(part="attachment-2", page=1, text="1, 2", roles=(data,))
    record = replace(_record(page, told, plain), attachments=(_attachment(1), _attachment(2)))
    shown = letter(record, (), (), ())
    assert [t.attachment.number if t.attachment else None for t in shown.told] == [None, 1]
    exchange = shown.told[1].exchanges[0]
    assert [str(p.html) for p in (*exchange.request, *exchange.answer)] == ["Asked", "Answered"]
    assert [(file.told, len(file.pages)) for file in shown.files] == [(True, 0), (False, 1)]


def test_endless_text_is_cut_and_the_cut_is_said() -> None:
    pages = [Part(part="attachment-1", page=n, text="word " * (MOST_TEXT // 20)) for n in range(1, 11)]
    record = replace(_record(*pages), attachments=(_attachment(1),))
    file = letter(record, (), (), ()).files[0]
    assert len(file.pages) + file.left_out == 10
    assert file.left_out > 0
