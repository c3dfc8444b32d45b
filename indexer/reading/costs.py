"""The arithmetic of a cost refusal, where it is printed: records, minutes for each, hours, and the limit.

Which of the figures near each other belong together is told by the sum itself: records times minutes make the hours.
Where no sum comes out, the figures nearest to each other stand. Nothing is worked out that the letter does not print.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from indexer.disclosure import CostEstimate, SectionKind, Voice
from indexer.reading import hints
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from indexer.reading.letter import Letter, Piece

# a name looked up in an enumeration takes five times as long as one of the module
_ANSWER_VOICE = Voice.ANSWER
_STATUTE_SECTION = SectionKind.STATUTE

_TENS = {"twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-four": 24, "thirty": 30, "forty": 40}
_UP_TO_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {word: number for number, word in enumerate(_UP_TO_TEN, start=1)} | _TENS | {"forty-five": 45, "sixty": 60}
_NUMBER = rf"(?:\d[\d,]{{0,12}}(?:\.\d{{1,3}})?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_THING = (
    r"(?:records?|cases?|files?|incidents?|crimes?|reports?|documents?|e-?mails?|items?|logs?|plans|custody|offences|"
    r"occurrences|complaints|investigations|entries|results|searches|victims|arrests|officers|individuals|contracts|"
    r"invoices|requests|calls|referrals|applications|pages|claims|recordings|allegations|vehicles|prisoners|"
    r"detainees|letters|patients|admissions|submissions|notes|forms|tickets|notices|permits|people|members|stops|"
    r"reviews)"
)
MINUTES = compiled(
    rf"(?<![\d.,/])(?:(?P<low>{_NUMBER}) ?(?:-|to|and) ?)?(?P<n>{_NUMBER})(?: \(\d+\))? ?-?(?P<unit>minutes?|mins?)\b"
)
HOURS = compiled(
    rf"(?<![\d.,/])(?P<n>{_NUMBER})(?: \(\d+\))? ?-?(?:working |officer |staff |person |man )?(?:hours?|hrs)\b"
)
_COUNT = compiled(
    rf"(?<![\d.,/£(-])\(?(?P<n>\d[\d,]{{0,12}})(?![\d/]|\.\d|,\d| ?%|"
    rf" ?(?:minutes?|mins?|hours?|hrs|pounds|days?|weeks?|years?|am|"
    rf"pm)\b)(?P<thing> (?:(?!minutes?|hours?|days?|years?|and\b)[\w'/()-]+ ){{0,4}}?{_THING}\b)?"
)
_NO_COUNT = compiled(
    r"(?:£|\b(?:gbp|section|sections|regulation|article|question|questions|q|part|point|s\.?|no\.?|number|january|"
    r"february|march|april|may|june|july|august|september|october|november|december|since|in|of|reference|ref)) ?\(?$"
)
_POUNDS = compiled(r"(?:£|gbp) ?(450|600)\b(?!,\d)|\b(450|600) pounds\b")
_LIMITS = (18.0, 24.0, 40.0, 12.5)  # hours: police and councils, central government, Scotland at £15, Jersey
_LIMIT_SAID = compiled(
    r"limit|threshold|appropriate|maximum|up to|excess|exceed|beyond|over|more than|£|450|600|laid down|"
    r"set (?:at|by)|amount|within|refus"
)
_NUMBERS = hints.FIGURES | hints.COUNTED
_COST = compiled(r"\bcosts?\b|limit|threshold|\bfees\b|section 12|\bs\.? ?12\b|manifestly unreasonable|exceed")
NEAR = 6  # sentences on either side within which the figures of one estimate stand
BESIDE = 2  # sentences before it in which the records are counted that a time is said to be for
MOST = 40  # estimates looked at: a letter has a handful
CLOSE = 0.03  # a sum that comes out within three in a hundred was rounded
LONGEST = 480  # minutes: more is no time for one record, but a total


class _Figure(NamedTuple):
    """One printed figure: its sentence, its place in the flat text, and whether it counts named things."""

    place: int
    start: int
    value: float
    named: bool = False


_Sum = tuple[_Figure | None, _Figure | None, _Figure | None]  # records, minutes for each, hours


def find(letter: Letter) -> tuple[CostEstimate, ...]:
    """Every estimate whose arithmetic is printed in the answer; the limit alone is no estimate."""
    minutes: list[_Figure] = []
    hours: list[_Figure] = []
    limits: list[_Figure] = []
    timed = hints.TIMED
    spoken = [(place, piece) for place, piece in enumerate(letter.pieces) if piece.hint & timed]
    for place, piece in spoken:
        if not (piece.hint & _NUMBERS and _counts(piece)):
            continue
        start = piece.start
        for hit in MINUTES.finditer(piece.low) if "min" in piece.low else ():
            value = _value(hit["low"] or hit["n"])
            if 0 < value <= LONGEST:
                minutes.append(_Figure(place, start + hit.start(), value))
        for hit in HOURS.finditer(piece.low) if "hour" in piece.low or "hrs" in piece.low else ():
            value = _value(hit["n"])
            near = piece.low[max(0, hit.start() - 60) : hit.end() + 40]
            limit = value in _LIMITS and _LIMIT_SAID.search(near) is not None
            (limits if limit else hours).append(_Figure(place, start + hit.start(), value))
    if not minutes and not hours:
        return ()
    return _estimates(letter, minutes[:MOST], hours[:MOST], limits, _pounds(letter))


def _pounds(letter: Letter) -> list[_Figure]:
    """The limit as a sum of money, wherever the answer has it."""
    return [
        _Figure(place, piece.start + hit.start(), float(hit[1] or hit[2]))
        for place, piece in enumerate(letter.pieces)
        if ("450" in piece.low or "600" in piece.low) and _counts(piece)
        for hit in _POUNDS.finditer(piece.low)
    ]


def _counts(piece: Piece) -> bool:
    return piece.voice is _ANSWER_VOICE and piece.kind is not _STATUTE_SECTION


def _estimates(
    letter: Letter, minutes: list[_Figure], hours: list[_Figure], limits: list[_Figure], pounds: list[_Figure]
) -> tuple[CostEstimate, ...]:
    found: dict[str | None, list[_Sum]] = {}
    for each in minutes:
        if not _costly(letter, each):
            continue
        records = _records(letter, each)
        totals = [hour for hour in hours if abs(hour.place - each.place) <= NEAR]
        sums = [(r, h) for r, h in product(records, totals) if _comes_out(r.value * each.value / 60, h.value)]
        if sums:
            record, total = min(
                sums, key=lambda pair: abs(pair[0].start - each.start) + abs(pair[1].start - each.start)
            )
            estimate: _Sum = (record, each, total)
        else:
            named = [record for record in records if record.named and 0 <= each.place - record.place <= BESIDE]
            later = [total for total in totals if total.start > each.start]
            estimate = (named[-1] if named else None, each, later[0] if later else None)
        found.setdefault(_question(letter, each), []).append(estimate)
    for total in hours:
        if any(total in estimate for estimates in found.values() for estimate in estimates):
            continue
        named = [record for record in _records(letter, total) if record.named and record.place <= total.place]
        question = _question(letter, total)
        if named and question not in found and _costly(letter, total):
            found[question] = [(named[-1], None, total)]
    return tuple(
        _estimate(letter, question, estimate, limits, pounds)
        for question, estimates in found.items()
        for estimate in _best(estimates)
    )


def _best(estimates: list[_Sum]) -> list[_Sum]:
    """Of a question's estimates the complete ones, each once; where none is, the fullest. Two figures at least."""
    full: dict[tuple[float, ...], _Sum] = {}
    for records, minutes, hours in estimates:
        if records and minutes and hours:
            full.setdefault((records.value, minutes.value, hours.value), (records, minutes, hours))
    if full:
        return list(full.values())
    best = max(estimates, key=lambda estimate: sum(figure is not None for figure in estimate))
    return [best] if sum(figure is not None for figure in best) > 1 else []


def _comes_out(worked_out: float, printed: float) -> bool:
    return abs(worked_out - printed) <= max(0.5, printed * CLOSE)


def _records(letter: Letter, near: _Figure) -> list[_Figure]:
    """Numbers of things in the sentences about a figure, in order of print; years and numbers of sections are none."""
    found = []
    for place in range(max(0, near.place - NEAR), min(len(letter.pieces), near.place + NEAR + 1)):
        piece = letter.pieces[place]
        if not _counts(piece):
            continue
        for hit in _COUNT.finditer(piece.low):
            value = _value(hit["n"])
            year = re.fullmatch(r"(?:19|20)\d\d", hit["n"])
            if value > 1 and not year and not _NO_COUNT.search(piece.low, max(0, hit.start() - 12), hit.start()):
                found.append(_Figure(place, piece.start + hit.start(), value, hit["thing"] is not None))
        if len(found) > MOST:
            break
    return found


def _costly(letter: Letter, near: _Figure) -> bool:
    """Whether the sentences about a figure speak of cost: hours are also told of burdens and of shifts."""
    places = range(max(0, near.place - NEAR), min(len(letter.pieces), near.place + NEAR + 1))
    return any(_COST.search(letter.pieces[place].low) for place in places)


def _question(letter: Letter, figure: _Figure) -> str | None:
    questions = letter.pieces[figure.place].questions
    return questions[0] if questions else None


def _estimate(
    letter: Letter,
    question: str | None,
    figures: _Sum,
    limits: list[_Figure],
    pounds: list[_Figure],
) -> CostEstimate:
    records, minutes, hours = figures
    printed = [figure for figure in figures if figure is not None]
    anchor = printed[0]
    limit = min(limits, key=lambda figure: abs(figure.start - anchor.start), default=None)
    price = min(pounds, key=lambda figure: abs(figure.start - anchor.start), default=None)
    first = letter.pieces[min(figure.place for figure in printed)]
    last = letter.pieces[max(figure.place for figure in printed)]
    return CostEstimate(
        records=int(records.value) if records else None,
        minutes_each=minutes.value if minutes else None,
        hours=hours.value if hours else None,
        limit_hours=limit.value if limit else None,
        limit_pounds=int(price.value) if price else None,
        span=letter.joined.span(first.start, last.end),
        question=question,
    )


def _value(printed: str) -> float:
    return float(_WORDS[printed]) if printed in _WORDS else float(printed.replace(",", "") or 0)
