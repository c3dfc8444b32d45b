"""The arithmetic of a cost refusal, where it is printed: records, minutes for each, hours, and the limit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.disclosure import CostEstimate, Voice

if TYPE_CHECKING:
    from indexer.reading.letter import Letter, Piece

_TENS = {"twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-four": 24, "thirty": 30, "forty": 40}
_UP_TO_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {word: number for number, word in enumerate(_UP_TO_TEN, start=1)} | _TENS | {"sixty": 60}
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_RECORDS = re.compile(
    rf"(?P<n>{_NUMBER}) (?:(?!minutes?|hours?|days?|years?)[\w'/()-]+ ){{0,4}}?(?:records?|cases?|files?|incidents?|"
    rf"crimes?|reports?|documents?|e-?mails?|items?|logs?|plans|custody|offences|occurrences|complaints|"
    rf"investigations|entries|"
    r"results|searches|victims|arrests|officers|individuals|contracts|invoices|requests|calls|referrals|applications|"
    r"pages)\b"
)
_MINUTES = re.compile(rf"(?:(?P<low>{_NUMBER}) ?(?:-|to|and) ?)?(?P<n>{_NUMBER})(?: \(\d+\))? ?-?(?:minutes?|mins?)\b")
_HOURS = re.compile(rf"(?P<n>{_NUMBER})(?: \(\d+\))?(?: and a half)? ?-?(?:working |officer |staff )?(?:hours?|hrs)\b")
_POUNDS = re.compile(r"£ ?(450|600)\b")
_LIMITS = (18.0, 24.0, 40.0, 12.5)  # hours: police and councils, central government, Scotland at £15, Jersey
_LIMIT_SAID = re.compile(r"limit|threshold|appropriate|maximum|up to|excess|exceed|beyond|over|more than|£")
NEAR = 8  # sentences within which the figures of one estimate stand


@dataclass(slots=True)
class _Draft:
    question: str | None
    first: int
    start: int
    end: int
    records: int | None = None
    minutes: float | None = None
    hours: float | None = None
    limit_hours: float | None = None
    limit_pounds: int | None = None


def find(letter: Letter) -> tuple[CostEstimate, ...]:
    """Every estimate whose arithmetic is printed in the answer; the limit alone is no estimate."""
    lower = letter.joined.lower
    if "minute" not in lower and "hour" not in lower and "hrs" not in lower and "mins" not in lower:
        return ()
    drafts: list[_Draft] = []
    counted: tuple[int, int, int] | None = None  # place, number and flat start of the last sentence that counts records
    for place, piece in enumerate(letter.pieces):
        if piece.voice is not Voice.ANSWER:
            continue
        low = piece.low
        timed = "minute" in low or "hour" in low or "hrs" in low or "mins" in low
        question = piece.questions[0] if piece.questions else None
        draft = drafts[-1] if drafts and drafts[-1].question == question and place - drafts[-1].first < NEAR else None
        if not timed and draft is None:
            number = _records(low)
            counted = (place, number, piece.sentence.start) if number else counted
            continue
        if draft is None:
            draft = _Draft(question, place, piece.sentence.start, piece.sentence.end)
            drafts.append(draft)
        if _fill(draft, piece):
            draft.end = piece.sentence.end
        if timed and draft.records is None and counted and place - counted[0] < NEAR:
            draft.records, draft.start = counted[1], counted[2]
    return tuple(_estimate(letter, draft) for draft in drafts if _is_arithmetic(draft))


def _is_arithmetic(draft: _Draft) -> bool:
    """Two figures that make a third: the limit alone, or hours alone, are said in every refusal."""
    return sum(figure is not None for figure in (draft.records, draft.minutes, draft.hours)) > 1


def _estimate(letter: Letter, draft: _Draft) -> CostEstimate:
    return CostEstimate(
        records=draft.records,
        minutes_each=draft.minutes,
        hours=draft.hours,
        limit_hours=draft.limit_hours,
        limit_pounds=draft.limit_pounds,
        span=letter.joined.span(draft.start, draft.end),
        question=draft.question,
    )


def _fill(draft: _Draft, piece: Piece) -> bool:
    low = piece.low
    before = (draft.records, draft.minutes, draft.hours, draft.limit_hours, draft.limit_pounds)
    pounds = _POUNDS.search(low)
    if pounds and draft.limit_pounds is None:
        draft.limit_pounds = int(pounds[1])
    for hit in _HOURS.finditer(low):
        hours = _value(hit["n"])
        near = low[max(0, hit.start() - 60) : hit.end() + 30]
        if hours in _LIMITS and _LIMIT_SAID.search(near) and draft.limit_hours is None:
            draft.limit_hours = hours
        elif hours not in _LIMITS and draft.hours is None:
            draft.hours = hours
    minutes = _MINUTES.search(low)
    if minutes and draft.minutes is None:
        draft.minutes = _value(minutes["low"] or minutes["n"])
    if draft.records is None:
        draft.records = _records(low)
    return before != (draft.records, draft.minutes, draft.hours, draft.limit_hours, draft.limit_pounds)


def _records(low: str) -> int | None:
    """How many records a sentence counts; a year is no count."""
    hit = _RECORDS.search(low)
    if hit is None or re.fullmatch(r"20[0-3]\d", hit["n"]):
        return None
    value = _value(hit["n"])
    return int(value) if value == int(value) and value > 1 else None


def _value(printed: str) -> float:
    return float(_WORDS[printed]) if printed in _WORDS else float(printed.replace(",", "").rstrip(".") or 0)
