"""Which printed day is which: received, clarified, answered, published. None is ever derived from another.

A day is told by its label ("Date of response"), by its sentence ("your request, received on …"), or, for the day of the
letter, by standing alone in the head. Days of events, laws, data and deadlines have none of these.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from sys import maxsize
from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind, Voice
from indexer.reading import dates, fields
from indexer.reading.letter import MessageKind
from indexer.reading.phrases import by_first_letter, compiled
from indexer.reading.sentences import SALUTATION

if TYPE_CHECKING:
    from datetime import date

    from indexer.reading.letter import Letter, Piece

# a name looked up in an enumeration takes five times as long as one of the module
_DATA_MESSAGE = MessageKind.DATA
_REQUEST_MESSAGE = MessageKind.REQUEST
_ANSWER_MESSAGE = MessageKind.ANSWER
_COMPLAINTS_SECTION = SectionKind.COMPLAINTS
_SIGNATURE_SECTION = SectionKind.SIGNATURE
_REQUEST_VOICE = Voice.REQUEST
_LETTERHEAD_SECTION = SectionKind.LETTERHEAD
_ANSWER_VOICE = Voice.ANSWER
_REQUEST_SECTION = SectionKind.REQUEST
_QUESTION_SECTION = SectionKind.QUESTION

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b[,.]? ?"
_ON = rf"(?: ?[:\-] ?| (?:on|of|dated)\b)?(?: ?(?:the|a|this)\b)?(?: ?{_WEEKDAY})?(?: ?the\b)?(?: ?\d\d:\d\d)? ?"
_ASKED_FOR = (
    r"(?:requests?|enquiry|enquiries|application|query|e-?mail|letter|correspondence|message|submission|foi|eir|foir)"
)
_REPLY = (
    r"(?:response|reply|answer|decision|disclosure|release|outcome|determination|refusal|refusal notice|"
    r"decision notice|review|findings)"
)
_WHOSE = r"(?:(?:the|your|our|this|foi|eir|initial|original|information|final|full|council|trust|force)(?:'s)? )*"
_GOT = r"(?:received|receipt|recieved|receieved|recvd|rec'?d)"

# ---- labels: fullmatch of what labels a day
_RECEIVED_LABEL = compiled(
    rf"{_WHOSE}(?:{_ASKED_FOR} )*(?:date )?(?:of |we |was )?(?:{_WHOSE}{_ASKED_FOR} )?(?:was |"
    rf"were )?{_GOT}(?: (?:date|by us|by (?:the )?[\w&' ]{{2,30}}|in|on|from [\w ]{{2,20}}))?|date in"
)
_REQUESTED_LABEL = compiled(  # for want of a day of receipt; a "letter date" is the answer's, an "FOI date" anybody's
    rf"date of {_WHOSE}(?:requests?|enquiry|application|query|submission)|date of your {_ASKED_FOR}|"
    rf"{_WHOSE}(?:requests?|enquiry|application|query|submission) date"
)
_CLARIFIED_LABEL = compiled(
    r"(?:date )?(?:of )?(?:request )?clarifi(?:ed|cation)(?: (?:received|given|provided|date|on|by you))*"
)
_ANSWERED_LABEL = compiled(
    rf"date (?:of |we )?{_WHOSE}(?:{_REPLY}|letter|e-?mail|issued?|issuing|responded|answered|replied|decided|"
    rf"completed|completion|closed|closure|sent|released|disclosed|dispatched|out)"
    r"(?: (?:issued|sent|given|was sent|date))?"
    rf"|(?!review date){_WHOSE}(?:{_ASKED_FOR} )?{_REPLY} (?:date|issued|sent(?: out)?|given|made|provided|released|"
    rf"completed|dated)(?: on)?|(?:{_WHOSE}{_ASKED_FOR} )?(?:was )?(?:responded|answered|replied|decided|issued|"
    rf"issue date|sent date|released|disclosed|dispatched|closed|completed)(?: (?:to|on|by us|date))*"
)
_REPLY_LABEL = compiled(rf"{_WHOSE}{_REPLY}|sent(?: on)?")  # heads an answer just as often
_SURE_LABEL = compiled(
    rf"date (?:of )?{_WHOSE}(?:response|reply|letter|answer)|{_WHOSE}(?:response|reply) (?:date|issued|sent)(?: on)?|"
    rf"date (?:of )?{_WHOSE}(?:request )?(?:received|receipt)|{_WHOSE}request received(?: date)?"
)
_DATE_LABEL = compiled(
    r"(?:letter |today's |our |dyddiad ?/ ?)?dated?(?: ?/ ?dyddiad| of letter)?|dyddiad|(?:dated|signed) this"
)
_MAIL = ("from:", "to:", "subject:", "cc:")
_FOOT_LABEL = compiled(rf"{_DATE_LABEL.pattern}|sent(?: on)?|signed")
_PUBLISHED_LABEL = compiled(
    r"(?:date )?(?:first |of |last |page )*(?:published|publication|uploaded|updated|"
    r"added)(?: (?:date|on|online|to (?:the )?(?:disclosure )?log|to (?:the |our )?(?:web)?site))*"
)
_LABELLED = compiled(  # at the end of what stands before a day on its line
    rf"(?:^|[;,.|)\]/·:>-] ?|[\d@]\S* )(?P<label>[a-z](?:[^\d\W]|[ '&/-]){{2,46}}?)"
    rf"(?=[ :.|\d\-atmwfs]|$)(?P<mark>[ :.|-]*){_ON}$"  # the lookahead: what a mark, or _ON, begins with
)
_WHOLE_LABEL = compiled(r"[a-z](?:[^\d\W]|[ '&/-]){2,46}")
_TELLS = compiled(
    r"date|dydd|rec[eiv'd]|resp|repl|answ|deci|issu|sent|disc|disp|rele|publ|clos|comp|clar|upda|adde|uplo|sign|outc|"
    r"dete|fina"
)

# ---- sentences
_SOME = r"(?:[\w'-]+ ){0,4}?"
_RECEIVED = compiled(
    "(?:"
    + by_first_letter(
        (
            rf"{_ASKED_FOR},? (?:which )?(?:was |you )?submitted(?: to (?:us|[\w ]{{2,30}}?))?",
            r"reached (?:us|(?:this|our|the) [\w ]{2,24}?)",
            r"(?:arrived|came in|came to (?:us|this office|hand))(?: here)?",
            rf"your (?:[\w'-]+ ){{0,3}}?{_ASKED_FOR},? (?:[\w'&-]+,? ){{0,10}}?came",
            rf"{_ASKED_FOR},? (?:that |which )?(?:we|i) (?:had|got)(?: (?:here|from you))?",
            rf"(?:we|i) (?:had|got) (?:your (?:[\w'-]+ ){{0,3}}?|(?:the|this|an?) (?:foi )?){_ASKED_FOR}(?: from you)?",
            rf"{_GOT}(?: here)?(?: (?:by|at|in|from|via|into|through) (?:[\w'&()./-]+ ){{0,9}}?[\w'&()./-]+)?",
            rf"(?:have |has )?received (?:your|the|this|an?|that) {_SOME}{_ASKED_FOR}(?: for information)?",
            rf"date (?:of )?(?:{_ASKED_FOR} )?(?:request|receipt|received)",
            "request (?:date|received)",
            "enquiry date",
        )
    )
    + rf"){_ON}$"
)
_RECEIVED_AFTER = compiled(r",? (?:(?:the|this) [\w' ]{2,40}?|we|i)(?: have)? received (?:an?|your|the|this|from)\b")
_SAME_DAY = compiled(
    rf"[ ,(]*(?:and |which )?(?:(?:was|we|i) )?(?:{_GOT}|reached us|arrived)(?: it)?(?: by us| here)? (?:on )?"
    r"(?:the|that) (?:very )?(?:same )?da(?:y|te)\b"
)
_NOT_REQUEST = compiled(
    r"clarif|payment|\bfee\b|consent|identification|complaint (?:was|is)|crime|"
    r"report(?:s|ed)? (?:was|were)? ?received|calls?\b|applications? received|intelligence|\bif\b|\bwhether\b|"
    r"not received|royal assent"
)
_SUBJECTS = ("crime", "call", "intelligence")  # also what a request may be about
_RELATIVE = compiled(r",|\b(?:which|that|was)\b")  # what leads from the subject of a request back to the request
_YOUR_REQUEST = compiled(rf"\b(?:your|this) (?:[\w'-]+ ){{0,4}}?{_ASKED_FOR}")
_CLARIFIED = compiled(
    r"(?:clarif\w+,?(?: (?:[\w']+ ){0,6}?)?(?: ?(?:received|provided|dated|given|sent|confirmed|responded|sought|"
    r"requested))?|you (?:then |subsequently )?(?:responded|replied|"
    r"wrote back) (?:to (?:us|this|our) )?(?:[\w']+ ){0,3}?|date clarified|"
    r"you (?:then |subsequently )?(?:clarified|refined|amended) (?:[\w']+ ){0,8}?)"
    rf"{_ON}$"
)
_ASKED = compiled(
    r"\b(?:we|i|force|constabulary|council|trust|team) (?:\w+ )?(?:sought|asked|requested|wrote|contacted|emailed|"
    r"required)\b|clarification was (?:sought|requested)"
)
_YOU_GAVE = compiled(
    r"\byou (?:\w+ )?(?:provided|gave|clarified|confirmed|responded|replied|sent|answered|refined|supplied)\b"
)
_THIS_LETTER = compiled(
    rf"(?:\b(?:this|is our|our final) (?:\w+ )?(?:letter|reply|response|answer|e-?mail)(?: is)?(?: dated| of|"
    rf" issued on| sent on)|\bour (?:letter|repl(?:y|ies)|responses?|answers?) (?:is|are) dated|"
    rf"^(?:dated|signed) this){_ON}$"
)
_RECEIVED_AND_ANSWERED = compiled(  # "the request was received on … and answered on"
    r"received\b.{6,60}\b(?:and|,) (?:was |it was |we )?(?:answered|responded(?: to)?|replied(?: to)?|closed)"
    rf"(?: it| you)?{_ON}$"
)
_THIS_PAGE = compiled(
    rf"\b(?:this|our) (?:response|page|disclosure|answer|reply|document|information) (?:was |"
    rf"has been )?(?:\w+ )?(?:published|added|uploaded)(?: [\w ]{{2,30}})??{_ON}$"
)
_NOT_A_LETTERS_DATE = compiled(
    r"received|receipt|request|since|between|from|until|\bby\b|\bto\b|review|valid|version|as (?:of|at)|correct|"
    r"published|updated|due|deadline|period|year|start|end|born|birth|event|incident|meeting|sent:|expir|extended|"
    r"acknowledg|target"
)
_MAY_LABEL = compiled(_TELLS.pattern + r"|refu|revi|find")  # what any label of a day has
_ONLY_ON = compiled(_ON)
SHORTEST = 4  # characters: "sent", and any label
LONGEST_ON = 40  # characters that _ON may match, and some more
_DAY_NAMED = compiled(_WEEKDAY)
_NO_WORDS = compiled(r"[\W\d_]*")
_FILE = compiled(r"\.(?:pdf|docx?|xlsx?|html?|msg|csv|rtf|odt|png|jpe?g)\b")
_LIST = compiled(r"(?:\d{1,2}|[a-z])[.)] |·|- ")
_MONTH_SMALL = compiled(r"^[\W\d]*(?:the )?[\W\d]*(?:st|nd|rd|th)?[\W\d]*(?:day )?(?:of )?[a-z]{3,9}[\W\d]*$")
_SMALL_WORD = compiled(r"(?<![\w@.])[a-z]{3,}\b(?!@)")

HEADLINES = 60  # pieces at the top among which a letter's date stands
HEAD = 14  # pieces after the salutation: a letterhead in a right-hand column may be extracted after it
FOOT = 3  # pieces before the complaints paragraph, or the end: a day, a name, one sentence more
RUNNING = 120  # characters: a longer piece is running text
PLAIN = 90  # characters: a piece that may hold the letter's day beside a name or a place
LINE_REST = 70  # characters beside the date on its line: a name, a place, a mail address
BEFORE = 110  # characters of a sentence that tell what a day in it is
AFTER = 70  # the same after the day


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
    top: int  # pieces that are the letter's head
    salutation: int  # the first piece that greets; -1 for none
    last: int  # the last piece of the answer
    foot: int  # the first piece of those in which the answer may be dated once more
    weights: dict[str, int] = field(default_factory=dict)
    below: list[dates.Found] = field(default_factory=list)  # days with no more than "Date:" before them, at the foot

    def offer(self, fact: str, found: dates.Found, weight: int) -> None:
        """Keep the better supported of two days, the first printed among equals."""
        if found.day is None or weight <= self.weights.get(fact, 0):
            return
        self.weights[fact] = weight
        setattr(self.moments, fact, (found.day, found.start, found.end))


def find(letter: Letter) -> Moments:
    """The days of a letter."""
    pieces, messages = letter.pieces, letter.messages
    days = dates.printed(letter.joined.lower, pieces)
    if not days or not pieces:
        return Moments()
    salutation = _salutation(pieces)
    data, request, answer = _DATA_MESSAGE, _REQUEST_MESSAGE, _ANSWER_MESSAGE
    search = _Search(letter, Moments(), _top(letter, salutation), salutation, *_foot(letter))
    starts = [piece.start for piece in pieces]
    end = 0  # of the day before
    for found in days:
        place = bisect_right(starts, found.start) - 1
        if place >= 0:
            kind = messages[pieces[place].message]
            if kind is not data and kind is not request:
                if found.day is None:
                    search.moments.impossible.append(letter.joined.text[found.start : found.end])
                else:
                    _offer(search, found, place, end, main=kind is answer)
        end = found.end
    if len(search.below) == 1:  # more than one: a table or a list has them
        search.offer("answered", search.below[0], 12)
    return search.moments


def _salutation(pieces: list[Piece]) -> int:
    """The first piece that greets; -1 for none."""
    for place, piece in enumerate(pieces[:HEADLINES]):
        if piece.low.startswith(("dear", "to whom")) and SALUTATION.match(piece.low):
            return place
    return -1


def _foot(letter: Letter) -> tuple[int, int]:
    """The last piece of the answer, and where its foot begins: before who signs and how to complain."""
    last = len(letter.pieces)
    while last and letter.messages[letter.pieces[last - 1].message] is not _ANSWER_MESSAGE:
        last -= 1
    first = last - 1
    while first > 0 and letter.pieces[first].message == letter.pieces[last - 1].message:
        aside = letter.pieces[first].kind in (_COMPLAINTS_SECTION, _SIGNATURE_SECTION)
        if not aside:
            break
        first -= 1
    return last - 1, max(first - FOOT + 1, 0)


def _top(letter: Letter, salutation: int) -> int:
    """How many pieces are the head: to a little after the salutation, or to the first running text."""
    if salutation >= 0:
        return salutation + HEAD
    for place, piece in enumerate(letter.pieces[:HEADLINES]):
        if len(piece.low) > RUNNING:
            return place
    return min(len(letter.pieces), HEADLINES)


def _offer(search: _Search, found: dates.Found, place: int, last: int, *, main: bool) -> None:
    """Offer a day as what its label, or its sentence, makes it. ``last`` is where the day before it ends."""
    letter = search.letter
    joined, piece = letter.joined, letter.pieces[place]
    begins = found.start
    number = bisect_right(joined.rows, (begins, maxsize)) - 1  # as fields.line_at
    if _labelled(search, found, place, number, last, main=main):
        return
    lower = joined.lower
    start = first = piece.start
    if place and begins - start < BEFORE and _goes_on(joined.text, letter.pieces[place - 1], piece):
        start = letter.pieces[place - 1].start
    before = lower[max(start, begins - BEFORE) : begins]
    if piece.voice is not _REQUEST_VOICE or piece.kind is _LETTERHEAD_SECTION or _of_request(before):
        after = lower[found.end : min(piece.end, found.end + AFTER)]
        said = lower[max(start, begins - 2 * BEFORE) : begins]
        if _spoken(search, found, before, after, said, main=main):
            return
    if main and len(piece.low) <= PLAIN and not (piece.voice is _ANSWER_VOICE and _LIST.match(lower, first)):
        _alone(search, found, place, number)


_YOU_WROTE = compiled(r"\byou (?:wrote|e-?mailed|asked|contacted|requested|applied) ")


def _of_request(before: str) -> bool:
    """Whether a sentence is about the request as a thing, as its writer would not say."""
    if ("your" in before or "this" in before) and _YOUR_REQUEST.search(before) is not None:
        return True
    return "received" in before and _YOU_WROTE.search(before) is not None


def _about_others(said: str) -> bool:
    """Whether something other than the request was received. ``said`` goes on to where the day begins.

    "Your request about call signs, which was received on …" is a request all the same.
    """
    other = _NOT_REQUEST.search(said)
    if other is None:
        return False
    if not other.group().startswith(_SUBJECTS) or _YOUR_REQUEST.search(said, 0, other.start()) is None:
        return True
    relative = _RELATIVE.search(said, other.end())
    return relative is None or _NOT_REQUEST.search(said, relative.end()) is not None


def _goes_on(text: str, above: Piece, piece: Piece) -> bool:
    """Whether the end of a line broke a sentence in two."""
    if piece.after_gap or piece.cell or text[above.end - 1] in ".?!:;":
        return False
    return text[piece.start].islower() or len(above.low) > fields.LABEL


def _labelled(search: _Search, found: dates.Found, place: int, number: int, last: int, *, main: bool) -> bool:
    """A day with a label; whether that settles what it is. ``number`` is of its line."""
    joined, piece = search.letter.joined, search.letter.pieces[place]
    line_start = joined.rows[number][fields.START]
    begins = line_start <= piece.start  # else the line goes on with a sentence
    lead = joined.lower[max(line_start, last, piece.start) : found.start]
    if line_start < last:
        lead = lead.lstrip(" ")  # "Received 12 June 2024 Answered 10 July 2024"
    if len(lead) > 2 * fields.LABEL:
        lead = "~" + lead[-2 * fields.LABEL :]  # so that no label begins where it was cut
    if len(lead) >= SHORTEST and _TELLS.search(lead):
        if lead.endswith((":", ": ")):
            label = lead.rstrip(" :.|-")
            if _WHOLE_LABEL.fullmatch(label):  # as most are: what the pattern below would find, in a tenth of its time
                return _as_labelled(search, found, place, piece, label, main=main)
        # without a mark a label counts at the beginning only
        own = _LABELLED.search(lead) if ":" in lead or "|" in lead else _LABELLED.match(lead)
        if own is not None:
            label, marked = own["label"].strip(), ":" in own["mark"] or "|" in own["mark"]
            sure = marked or (own.start("label") == 0 and (begins or " " in label))
            return sure and _as_labelled(search, found, place, piece, label, main=main)
    if not begins or (lead.strip(" .:|-(") and (len(lead) > LONGEST_ON or not _ONLY_ON.fullmatch(lead))):
        return False
    telling = list(filter(_MAY_LABEL.search, fields.labels(joined, number)))
    return bool(telling) and any(_as_labelled(search, found, place, piece, label, main=main) for label in telling)


def _as_labelled(search: _Search, found: dates.Found, place: int, piece: Piece, label: str, *, main: bool) -> bool:
    head = place <= search.top
    if piece.voice is _REQUEST_VOICE and not head and not _SURE_LABEL.fullmatch(label):
        return False
    if _RECEIVED_LABEL.fullmatch(label):
        search.offer("received", found, 40 if main else 20)
    elif _REQUESTED_LABEL.fullmatch(label):
        search.offer("received", found, 35 if main else 15)
    elif _CLARIFIED_LABEL.fullmatch(label):
        search.offer("clarified", found, 40 if main else 20)
    elif _PUBLISHED_LABEL.fullmatch(label):
        search.offer("published", found, 30)
    elif not main:
        return False
    elif _ANSWERED_LABEL.fullmatch(label):
        search.offer("answered", found, 50)
    elif _DATE_LABEL.fullmatch(label) and (head or piece.kind is _SIGNATURE_SECTION or label.endswith("this")):
        search.offer("answered", found, 40)
    elif place >= search.foot and _FOOT_LABEL.fullmatch(label) and _stands_alone(search.letter, place):
        search.below.append(found)
    elif _REPLY_LABEL.fullmatch(label) and _begins_the_answer(search.letter, place):
        search.offer("answered", found, 33)
    elif _REPLY_LABEL.fullmatch(label) and head and piece.message == 0:
        if label.startswith("sent") and place >= (search.salutation if search.salutation >= 0 else HEAD):
            return False  # of a mail that is quoted below
        search.offer("answered", found, 35)
    else:
        return False
    return True


def _stands_alone(letter: Letter, place: int) -> bool:
    """Whether a line is no field of a mail's head."""
    near = letter.pieces[max(place - 1, 0) : place + 2]
    return len(letter.pieces[place].low) <= fields.LABEL and not any(piece.low.startswith(_MAIL) for piece in near)


def _begins_the_answer(letter: Letter, place: int) -> bool:
    """Whether a line is the heading between request and answer, as logs print it: "Response 09-04-2020"."""
    piece = letter.pieces[place]
    asked = place > 0 and letter.pieces[place - 1].voice is _REQUEST_VOICE
    return asked and piece.voice is _ANSWER_VOICE and piece.at_line and len(piece.low) <= fields.LABEL


def _spoken(search: _Search, found: dates.Found, before: str, after: str, said: str, *, main: bool) -> bool:
    """A day in a sentence that says what happened on it; whether that settles what it is.

    ``said`` is ``before`` with more before it, for what the sentence is about.
    """
    if main and "received" in before and _RECEIVED_AND_ANSWERED.search(before):
        search.offer("answered", found, 25)
        return True
    arriving = (
        "rec" in before
        or "date" in before
        or "submitted" in before
        or "reach" in before
        or "arriv" in before
        or "came" in before
        or " had " in before
        or " got " in before
    )
    if arriving and _RECEIVED.search(before):
        if not _about_others(said if "your" in said else before):
            search.offer("received", found, 38 if main else 18)
            return True
        if "larif" not in before:
            return True
    if (" day" in after or " date" in after) and _SAME_DAY.match(after) and _YOUR_REQUEST.search(before):
        search.offer("received", found, 38 if main else 18)
        return True
    if "rec" in after and _RECEIVED_AFTER.match(after) and not _NOT_REQUEST.search(after):
        search.offer("received", found, 30 if main else 15)
        return True
    if ("larif" in before or "respond" in before or "repl" in before or "refine" in before) and _CLARIFIED.search(
        before
    ):
        asked = before[max(before.rfind("clarif") - 40, 0) :]
        if _YOU_GAVE.search(asked) or not _ASKED.search(asked):
            search.offer("clarified", found, 38 if main else 18)
            return True
    if ("publish" in before or "added" in before or "upload" in before) and _THIS_PAGE.search(before):
        search.offer("published", found, 25)
        return True
    if main and ("this" in before or "our" in before) and _THIS_LETTER.search(before):
        search.offer("answered", found, 25)
        return True
    return False


def _alone(search: _Search, found: dates.Found, place: int, number: int) -> None:
    """A day without a label: the letter's own where it stands in the head, or under the signature."""
    letter = search.letter
    piece = letter.pieces[place]
    closing = piece.kind is _SIGNATURE_SECTION or (piece.kind is _COMPLAINTS_SECTION and place >= search.last)
    if place > search.top and not closing:
        return
    lower, text = letter.joined.lower, letter.joined.text
    line_start, line_end, _, cell, _ = letter.joined.rows[number]
    if line_start > piece.start and piece.kind is not _LETTERHEAD_SECTION:
        return  # the line goes on with a sentence
    rest = lower[line_start : found.start] + " " + lower[found.end : line_end]
    if (
        len(rest) > LINE_REST
        or _NOT_A_LETTERS_DATE.search(rest)
        or (cell and _NOT_A_LETTERS_DATE.search(fields.left(letter.joined, number)))
        or piece.kind in (_REQUEST_SECTION, _QUESTION_SECTION)
        or _FILE.search(lower, line_start, line_end)
    ):
        return
    shown = text[line_start:line_end]
    if _SMALL_WORD.search(shown.replace("via email", "")) and not _MONTH_SMALL.search(shown):
        return  # running text
    alone = _NO_WORDS.fullmatch(_DAY_NAMED.sub("", rest.strip() + " ").strip(" ,.:;-"))
    greeted = 0 <= search.salutation < place
    if piece.voice is _ANSWER_VOICE and not alone and greeted:
        return
    if place <= search.top:
        search.offer("answered", found, 30 if alone else 20)
    elif alone:
        search.offer("answered", found, 10)
