"""Which printed day is which: received, clarified, answered, published. None is ever derived from another."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind, Voice
from indexer.reading import dates
from indexer.reading.letter import MessageKind
from indexer.reading.sentences import SALUTATION

if TYPE_CHECKING:
    from datetime import date

    from indexer.reading.letter import Letter, Piece

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun),? "
_LEAD = rf"(?: ?[:\-–] ?| (?:on|of|dated)\b)?(?: (?:the|a))?(?: {_WEEKDAY}| )?(?:\d\d:\d\d )?(?:the )?$"
_RECEIVED = re.compile(
    r"(?:reached (?:us|(?:this|our|the) [\w ]{2,24}?)|(?:arrived|came in|came to us)|(?:received|receipt|recieved|recvd)(?: (?:by|at|in|from|via|into|through) (?:[\w'&()./-]+ ){0,9}?[\w'&()./-]+)?|date (?:of )?(?:request|receipt|received|request received)|request (?:date|received|submitted)|"
    r"date received|enquiry date)" + _LEAD
)
_RECEIVED_AFTER = re.compile(r",? (?:(?:the|this) [\w' ]{2,40}?|we|i)(?: have)? received (?:an?|your|the|this|from)\b")
_NOT_REQUEST = re.compile(
    r"clarif|payment|fee|consent|identification|complaint (?:was|is)|crime|report(?:s|ed)? (?:was|were)? ?received|calls?\b|applications? received|intelligence"
)
_CLARIFIED = re.compile(
    r"(?:clarif\w+(?: (?:[\w']+ ){0,6}?)?(?: ?(?:received|provided|dated|given|sent|confirmed|responded|sought|requested))?|(?:responded|replied|wrote back) (?:to (?:us|this|our) )?(?:[\w']+ ){0,3}?|date clarified|you (?:then |subsequently )?(?:clarified|refined|amended) (?:[\w']+ ){0,8}?)"
    + _LEAD
)
_ASKED = re.compile(
    r"\b(?:we|i|force|constabulary|council|trust|team) (?:\w+ )?(?:sought|asked|requested|wrote|contacted|emailed|required)\b|clarification was (?:sought|requested)"
)
_ANSWERED_LABEL = re.compile(
    r"(?:^|[\s|;,.])(?:(?P<sure>date (?:of )?(?:response|reply|letter|issued?|decision|disclosure|responded|answered|completed|sent|released)|response date|date responded|responded|response(?: sent)?|reply(?: sent)?|disclosure date|decision date|issued|released on|date of our (?:response|reply|letter)|our date)|(?P<head>decided|decision|answered|closed|completed|responded to|(?:response|reply|decision|answer) (?:issued|sent|given))|(?P<plain>date|dated))"
    rf"[ :.\-]{{0,3}}(?:on |the |this )?(?:{_WEEKDAY})?$"
)
_PUBLISHED_LABEL = re.compile(
    r"(?:published|date published|publication date|date of publication|uploaded|added to (?:the )?(?:log|site)|last updated)(?: on)?[ :.\-]{0,3}(?:\d\d:\d\d )?$"
)
_NOT_A_LETTERS_DATE = re.compile(
    r"received|receipt|request|since|between|from|until|\bby\b|\bto\b|review|valid|version|as (?:of|at)|correct|published|updated|due|deadline|period|year|start|end|born|event|incident|meeting|sent:"
)
_NO_WORDS = re.compile(r"[\W\d_]*")
HEADLINES = 60  # pieces at the top among which a letter's date stands
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|html?|msg|csv|rtf|odt|png|jpe?g)\b")
PLAIN = 90  # characters: a longer piece is running text
_LIST = re.compile(r"(?:\d{1,2}|[a-z])[.)] |•|- ")
_MONTH_SMALL = re.compile(r"^[\W\d]*(?:st|nd|rd|th)?[\W\d]*[a-z]{3,9}[\W\d]*$")
_SENT = re.compile(rf"\b(?:sent|date): ?(?:on )?(?:{_WEEKDAY})?$")
SENT = 30  # characters from "Sent:", the authority's own mail's head, to its day
LINE_REST = 70  # characters beside the date on its line: a name, a place, a mail address


@dataclass(slots=True)
class Moments:
    """The days of a letter, each with the flat place it was read from."""

    received: tuple[date, int, int] | None = None
    clarified: tuple[date, int, int] | None = None
    answered: tuple[date, int, int] | None = None
    published: tuple[date, int, int] | None = None
    impossible: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Search:
    letter: Letter
    moments: Moments
    weights: dict[str, int] = field(default_factory=dict)

    def offer(self, fact: str, found: dates.Found, weight: int) -> None:
        """Keep the better supported of two days, the first printed among equals."""
        if found.day is None or weight <= self.weights.get(fact, 0):
            return
        self.weights[fact] = weight
        setattr(self.moments, fact, (found.day, found.start, found.end))


def find(letter: Letter) -> Moments:
    """The days of a letter."""
    search = _Search(letter, Moments())
    lower = letter.joined.lower
    places = [piece.sentence.start for piece in letter.pieces]
    top = _top(letter)
    for found in dates.find(lower):
        place = bisect_right(places, found.start) - 1
        piece = letter.pieces[place] if place >= 0 else None
        if piece is None or letter.messages[piece.message] in (MessageKind.DATA, MessageKind.REQUEST):
            continue
        if found.day is None:
            search.moments.impossible.append(letter.joined.text[found.start : found.end])
            continue
        _offer(search, found, place, piece, top)
    return search.moments


def _top(letter: Letter) -> int:
    """The place of the salutation, or of the first running text, within the head of the letter."""
    for place, piece in enumerate(letter.pieces[:HEADLINES]):
        if SALUTATION.match(piece.low):
            return place + 14  # a letterhead in a right-hand column may be extracted after the salutation
    for place, piece in enumerate(letter.pieces[:HEADLINES]):
        if len(piece.low) > 120:  # running text
            return place
    return min(len(letter.pieces), HEADLINES)


def _offer(search: _Search, found: dates.Found, place: int, piece: Piece, top: int) -> None:
    letter = search.letter
    lower = letter.joined.lower
    main = letter.messages[piece.message] is MessageKind.ANSWER
    start = piece.sentence.start
    before = lower[max(start, found.start - 110) : found.start]
    after = lower[found.end : min(piece.sentence.end, found.end + 70)]
    label = lower[max(0, found.start - 40) : found.start]
    if piece.voice is not Voice.REQUEST or piece.kind is SectionKind.LETTERHEAD:
        if _RECEIVED.search(before) and not _NOT_REQUEST.search(before):
            search.offer("received", found, 40 if main else 20)
            return
        if _RECEIVED_AFTER.match(after) and not _NOT_REQUEST.search(after):
            search.offer("received", found, 30 if main else 15)
            return
        if "larif" in before or "respond" in before or "repl" in before or "refine" in before:
            if _CLARIFIED.search(before) and not _ASKED.search(
                before[before.rfind("clarif") - 40 if "clarif" in before else 0 :]
            ):
                search.offer("clarified", found, 40 if main else 20)
                return
    if re.search(r"(?:date (?:of )?(?:request|receipt)|request date|received)[ :.\-]*$", label):
        search.offer("received", found, 35 if main else 15)
        return
    if main and piece.message == 0 and _SENT.search(label) and found.start - piece.sentence.start < SENT:
        search.offer("answered", found, 45)
        return
    if _PUBLISHED_LABEL.search(label):
        search.offer("published", found, 30)
        return
    if main:
        _offer_answered(search, found, place, piece, top, label)


def _offer_answered(search: _Search, found: dates.Found, place: int, piece: Piece, top: int, label: str) -> None:
    letter = search.letter
    lower = letter.joined.lower
    hit = _ANSWERED_LABEL.search(label)
    if hit and not re.search(
        r"(?:version|birth|start|end|due|review|request|email|letter|correspondence|your|ours?) (?:dated?|date)[ :.\-]*$",
        label,
    ):
        head = piece.sentence.start == found.start - len(hit.group().lstrip()) or piece.sentence.at_line
        if hit["sure"] and (head or found.start - piece.sentence.start < 60):
            search.offer("answered", found, 50)
            return
        if hit["head"] and found.start - piece.sentence.start <= len(hit.group().lstrip()) + 2 and place <= max(top, 40):
            search.offer("answered", found, 45)
            return
        if "dated this" in hit.group() or (hit["plain"] == "date" and place <= max(top, 40)):
            search.offer("answered", found, 40)
            return
    if len(piece.low) > PLAIN or (_LIST.match(lower, piece.sentence.start) and piece.voice is Voice.ANSWER):
        return
    line = _line(letter, found.start)
    rest = lower[line[0] : found.start] + " " + lower[found.end : line[1]]
    if (
        len(rest) > LINE_REST
        or _NOT_A_LETTERS_DATE.search(rest)
        or piece.kind in (SectionKind.REQUEST, SectionKind.QUESTION)
    ):
        return
    if _FILE.search(lower, line[0], line[1]):
        return
    if re.search(r"(?<![\w@.])[a-z]{3,}\b(?!@)", letter.joined.text[line[0] : line[1]].replace("via email", "")) and not _MONTH_SMALL.search(letter.joined.text[line[0] : line[1]]):
        return  # running text
    alone = re.sub(_WEEKDAY, "", rest.strip() + " ").strip(" ,.:;-")
    if piece.voice is Voice.ANSWER and not _NO_WORDS.fullmatch(alone) and place > 0 and any(SALUTATION.match(above.low) for above in letter.pieces[max(0, place - HEADLINES) : place]):
        return
    if place <= top:
        search.offer("answered", found, 30 if _NO_WORDS.fullmatch(alone) else 20)
    elif piece.kind is SectionKind.SIGNATURE and _NO_WORDS.fullmatch(alone):
        search.offer("answered", found, 10)


def _line(letter: Letter, position: int) -> tuple[int, int]:
    lines = letter.joined.lines
    at = bisect_right(lines, (position, len(letter.joined.text) + 1, 0, 0)) - 1
    return (lines[at].start, lines[at].end) if at >= 0 else (position, position)
