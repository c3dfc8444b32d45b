"""The trade's words: what is added to a query, what is told, what is refused in the list."""

from __future__ import annotations

import pytest

from indexer.grammar import And, Not, Or, Phrase, Tree, Word, parse
from indexer.synonyms import SynonymError, load, synonyms

LIST = load("# a note\n\nRTC, road traffic collision\ntaser, CED, conducted energy device\n")
RTC, RTCS, ROAD = Word(("rtc",), ""), Word(("rtcs",), ""), Word(("road", "traffic", "collis"), "")
TASER, CED, DEVICE = Word(("taser",), ""), Word(("ced",), ""), Word(("conduct", "energi", "devic"), "")


def w(stem: str) -> Word:
    return Word((stem,), "")


@pytest.mark.parametrize(
    ("text", "tree", "also"),
    [
        ("rtc", Or((RTC, RTCS, ROAD)), ("RTCs", "road traffic collision")),
        ("RTCs a1", And((Or((RTCS, RTC, ROAD)), w("a1"))), ("RTC", "road traffic collision")),
        (
            "the road traffic collisions",
            And((w("the"), Or((And((w("road"), w("traffic"), w("collis"))), RTC, RTCS)))),
            ("RTC", "RTCs"),
        ),
        ("road force:x traffic collision", None, ()),
        ("road OR traffic OR collision", None, ()),
        ('"rtc"', Phrase(("rtc",), ""), ()),
        ("-rtc", Not(RTC), ()),
        ("taser OR ced", Or((TASER, CED, DEVICE)), ("conducted energy device",)),
        ("(taser x) OR y", Or((And((Or((TASER, CED, DEVICE)), w("x"))), w("y"))), ("CED", "conducted energy device")),
        ("", None, ()),
        ("nothing known", None, ()),
    ],
)
def test_what_is_added(text: str, tree: Tree | None, also: tuple[str, ...]) -> None:
    assert LIST.expanded(parse(text)) == (parse(text) if tree is None else tree, also)


def test_what_is_added_is_marked_and_what_is_typed_is_not() -> None:
    widened, _ = LIST.expanded(parse("rtc"))
    assert isinstance(widened, Or)
    assert [item.added for item in widened.items if isinstance(item, Word)] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("alone", "Line 1 needs two"),
        ("a, b\nc, ", "Line 2 needs two"),
        ("a, b\nb, c", "Line 2: “b” stands in an earlier group"),
        ("drone, drones", "Line 1: “drone” is there twice"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(text: str, message: str) -> None:
    with pytest.raises(SynonymError, match=message):
        load(text)


def test_the_project_s_own_list() -> None:
    others = synonyms().others
    assert len(others) > 60
    for stems, words in others.items():
        assert all(stems in {other.stems for other in others[word.stems]} for word in words), stems
