"""A hint must never hide a match: every pattern behind one is tried on sentences that it matches."""

from __future__ import annotations

import re

import pytest

from indexer.disclosure import Part
from indexer.reading import acts, costs, dates, hints, naming, outcomecues, refusalcues, sections, voicecues
from indexer.reading.joined import join
from indexer.reading.phrases import Words
from indexer.reading.sentences import split

GUARDED: list[tuple[str, re.Pattern[str] | Words, int]] = [
    ("limit", refusalcues.LIMIT, hints.LIMIT),
    ("exceeds", refusalcues.EXCEEDS, hints.EXCEEDS),
    ("ncnd", refusalcues.NCND, hints.NCND),
    ("not held, negative", refusalcues.NOT_HELD, hints.NEGATIVE),
    ("not held, held", refusalcues.NOT_HELD, hints.HELD),
    ("retrievable", refusalcues.RETRIEVABLE, hints.RETRIEVE),
    ("withheld", refusalcues.WITHHELD, hints.WITHHELD | hints.KEPT_BACK),
    ("small", refusalcues.SMALL, hints.SMALL),
    ("vexatious", outcomecues.VEXATIOUS, hints.VEXATIOUS),
    ("repeated", outcomecues.REPEATED, hints.REPEATED),
    ("invalid", outcomecues.INVALID, hints.INVALID),
    ("subject access", outcomecues.SUBJECT_ACCESS, hints.SUBJECT_ACCESS),
    ("transferred", outcomecues.TRANSFERRED, hints.TRANSFERRED),
    ("clarify", outcomecues.CLARIFY, hints.CLARIFY),
    ("published", outcomecues.PUBLISHED, hints.PUBLISHED),
    ("disclosed", outcomecues.DISCLOSED, hints.DISCLOSED),
    ("laws", acts.ANCHOR, hints.LAWS),
    ("minutes", costs.MINUTES, hints.TIMED),
    ("hours", costs.HOURS, hints.TIMED),
    ("figures of hours", costs.HOURS, hints.FIGURES | hints.COUNTED),
]
WORDS = [
    *("this", "the", "appropriate", "limit", "level", "costs", "18", "hours", "£450", "exceeds", "more", "than", "not"),
    *("no", "nothing", "held", "hold", "record", "recorded", "records", "information", "data", "found", "locate"),
    *("unable", "neither", "confirm", "nor", "deny", "whether", "duty", "section", "1(1)(a)", "vexatious", "repeat"),
    *("request", "substantially", "similar", "valid", "name", "subject", "access", "personal", "transferred", "to"),
    *("council", "please", "clarify", "specify", "which", "provide", "further", "exempt", "withheld", "redacted"),
    *("less", "fewer", "5", "published", "website", "available", "online", "attached", "enclosed", "below", "table"),
    *("see", "answer", "question", "2", "part", "we", "have", "been", "is", "are", "was", "were", "does", "do"),
    *("under", "by", "virtue", "of", "your", "our", "act", "acts", "regulations", "foia", "foisa", "eir", "eirs"),
    *("e.i.r.", "dpa", "gdpr", "law", "twenty", "minutes", "forty-five", "hrs", "20-mins"),
]


def sentences() -> list[str]:
    """Every run of two to four of the words, in a fixed but mixed order."""
    found = []
    for step in range(1, len(WORDS)):
        for at in range(0, len(WORDS), 3):
            found.append(" ".join(WORDS[(at + step * n) % len(WORDS)] for n in range(4)))
            found.append(" ".join(WORDS[(at + step * n) % len(WORDS)] for n in range(2)))
    return found


@pytest.mark.parametrize(("name", "pattern", "flag"), GUARDED, ids=[name for name, _, _ in GUARDED])
def test_no_match_without_its_hint(name: str, pattern: re.Pattern[str] | Words, flag: int) -> None:
    lost = [low for low in sentences() if pattern.search(low) and not hints.of(low) & flag]
    assert lost == [], name


@pytest.mark.parametrize(
    ("low", "flag"),
    [
        ("please find attached the table", hints.DISCLOSED),
        ("£450", hints.LIMIT),
        ("<5", hints.SMALL),
        ("section 8 requires your full name", hints.INVALID),
        ("section 17(2)", hints.EXTENDS),
        ("s40(2)", hints.CITES),
        ("our response", hints.ANSWERED),
        ("your request", hints.ASKED),
        ("factors favouring disclosure", hints.ARGUED),
        ("question 3", hints.ITEMS),
    ],
)
def test_words_and_signs(low: str, flag: int) -> None:
    assert hints.of(low) & flag


def test_a_sentence_without_any_word_has_none() -> None:
    assert hints.of("12 34 56 :: xyzzy") == hints.FIGURES
    assert hints.of(":: xyzzy") == 0


def test_headings_and_frames_have_theirs() -> None:
    headings = ("Your request", "Questions and answers", "Our response", "Reason for decision", "Search results")
    for heading in headings:
        (sentence,) = split(join([Part(part="page", page=1, text=heading)]))
        if voicecues.REQUEST_HEADING.fullmatch(sentence.low) or voicecues.BOTH_HEADING.fullmatch(sentence.low):
            assert sentence.hint & hints.ASKED
        if voicecues.ANSWER_HEADING.fullmatch(sentence.low):
            assert sentence.hint & hints.ANSWERED
    for low in ("in relation to question 4", "part 2 of your request", "points 1 and 2", "for item 3"):
        assert naming.CONCERNING.match(low) is None or hints.of(low) & hints.ITEMS
    for kind, pattern in sections._HEADINGS:
        for low in ("factors against disclosure", "harm", "balance test", "refusal notice", "advice and assistance"):
            assert not pattern.match(low) or hints.of(low) & hints.ARGUED, kind


def test_every_month_has_its_hint() -> None:
    assert [name for name in dates._MONTHS if not hints.of(name) & hints.MONTHS] == []


PRINTED = (
    *("4 May 2023", "04/05/2023", "4.5.23", "2023-05-04", "04 - 05 - 2023", "the 4th day of May, 2023", "May 4, 2023"),
    *("4 | May | 2023", "4\n\nMay\n\n2023", "4th\nMay 2023", "1. 4 May 2023", "- 31 June 2023", "4 Mai 2023"),
)


@pytest.mark.parametrize("day", PRINTED)
@pytest.mark.parametrize("around", ["{}", "We got it on {} and paid 12 crowns.", "Nothing.\n\n{}\n\nIt is 5. We may."])
def test_no_day_is_lost_between_sentences(day: str, around: str) -> None:
    text = join([Part(part="page", page=1, text=around.format(day))])
    assert dates.printed(text.lower, split(text)) == dates.find(text.lower)
    assert dates.find(text.lower)
