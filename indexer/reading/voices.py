"""Whose words each sentence of the answer is: the turns between request and answer, down to the signature."""

from __future__ import annotations

from string import digits
from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind, Voice
from indexer.reading import asking, hints, outcomecues
from indexer.reading import voicecues as cue
from indexer.reading.letter import Letter, MessageKind
from indexer.reading.messages import CLOSING_LENGTH, cut
from indexer.reading.phrases import Openings, compiled
from indexer.reading.sentences import CLOSES, CLOSING, GREETS, SALUTATION, split
from indexer.reading.turns import (
    ANSWER,
    COUNTED,
    END,
    HEAD,
    REMEMBERED,
    REQUEST,
    START,
    Turns,
    marked,
    number,
    numbered_again,
    numeral,
)

if TYPE_CHECKING:
    from indexer.reading.joined import Joined
    from indexer.reading.letter import Piece

HEAD_LINE = 130  # characters: a longer piece is text, so no salutation is to come
HEADING = 80  # characters of a heading
LONG_HEADING = 120  # characters of a heading of two lines
GREETING = 60  # characters of a salutation with no text after it
SUBJECT = 3  # pieces after the salutation among which a letter's subject stands
ROW = 5  # sentences of a question in the first cell of a row
REPEATED = 10  # characters: a shorter line ("2019") may stand twice in a request
SHORT_ANSWER = 40  # characters: "Eight.", "None in 2021."
CHANCE = 24  # characters: a shorter sentence may repeat another by chance
_LABELS = frozenset(  # the label of an answer begins so
    ("ou", "th", "in", "np", "op", "fo", "fi", "re", "de", "an", "a:", "a ", *(f"a{digit}" for digit in digits))
)
_DECIDES = compiled(r"(?:.{0,20}\b(?:decision|outcome|findings?|determination|result)|reasons?|basis|refusal)")
_NO_ANSWER = compiled(
    r"(?:(?:appendix|annexe?|schedule)\b.{0,14}\b(?:legislation|the law|statut\w+|glossary|definitions|the act|legal)|"
    r"glossary|abbreviations|definitions|legal annex|legislation|notes?\b(?!.*exempt))\b"
)
_REVIEWED = compiled(
    r"(?:i|we) (?:have|had|am|was|were|reviewed)\b|(?:an|the|this|your) (?:internal )?review (?:has|was|is)\b|this "
    r"is the"
)
_HEADED = compiled(
    r"[qip](?<=\b.)(?:(?<=q)(?:uestion)?|(?<=i)tem|(?<=p)(?:art|oint)) ?"
    rf"(?:\d{{1,2}}[a-z]?|{'|'.join(COUNTED)})[.: ]*$"
)
_THE_LAW = compiled(
    r"(?:(?:appendix|annexe?|schedule)\b.{0,14}\b(?:legislation|the law|statut\w+|glossary)|legal annex|glossary|"
    r"articles? applied[: ]*$)(?![a-z])"  # the last: how Jersey's answers quote its Law
)
_PROVIDES = compiled(r"sections? \d")
_STATES = compiled(r"\b(?:is|are|was|were)(?: (?!section|on\b|in\b|under\b)\w+){0,3} [£<]?\d")
_THANKS_REQUESTER = compiled(
    r"thank you for (?:your|the) (?:\w+ ){0,3}(?:request|enquiry|e-?mail|letter|correspondence|application)\b"
    r"(?! (?:your|in advance))"
)
_CERTAIN = Openings(  # no requester writes so, wherever it stands
    r"(?:i|we) (?:write|am writing|are writing|refer) (?:further to|in (?:connection with|response to|reply to)|to) "
    r"your (?:\w+ ){0,4}(?:request|e-?mail|letter)\b",
    r"(?:i|we) can (?:now )?(?:confirm|neither confirm)",
    r"your request (?:for information )?has (?:now )?been considered",
    r"(?:i|we) have (?:today |now )?decided to",
    r"to locate the information",
    r"following receipt of your request",
    r"your request (?:for information )?was received",
    r"we (?:have )?attach(?:ed)?\b",
    r"you have asked (?:about|us about)\b",
    r"(?:we|i) would like to (?:ask you|check|clarify)\b",
    r"in order to ensure that we (?:have|can|are)\b",
    r"(?:i am|we are) writing to (?:ask|inform|advise|confirm|let|tell|notify)\b",
    r"in (?:response|answer|reply) to (?:your )?(?:questions?|q|points?|request|part) ?\d",
    later=(
        ("neither confirm", r".{0,90}\bneither confirms? (?:n?or|that)"),
        ("searches ", r".{0,40}\bsearches (?:were|have been) (?:conducted|made|carried)"),
        ("can confirm", r".{0,60}\bcan confirm (?:that )?(?:we|it|the information|information|they)\b"),
        ("the information ", r".{0,60}\bholds? the information (?:you|that you) (?:have )?requested"),
    ),
)
_FIRM = compiled(  # the answer, although a heading that announces it is still to come
    r".{0,120}(?:\bby virtue of\b|\bexempt(?:ion|ions)?\b|required by statute|"
    r"in (?:relation|respect|regards?|response) to (?:your |the )?(?:questions?|points?|part|request|remainder)|"
    r"no information (?:is )?held|information not held|not held|(?:redacted|withheld|refused) under)"
)
_OBJECTS = ("any ", "all ", "information ", "details ", "for ")
_GOES_ON = compiled(r".{25,}|\b(?:is|are|has|have|do|does|was|were|will)\b")  # a sentence, no line of a list


def structure(joined: Joined) -> Letter:
    """The letter with a voice for every sentence."""
    letter = Letter(joined)
    starts = cut(letter, split(joined))
    if MessageKind.REQUEST in letter.messages:
        asked = [piece.low for piece in letter.pieces if letter.messages[piece.message] is MessageKind.REQUEST]
        letter.asked = " ".join(asked)[:REMEMBERED]
    for message, begin in enumerate(starts):
        end = starts[message + 1] if message + 1 < len(starts) else len(letter.pieces)
        _voices(letter, message, letter.pieces[begin:end])
    return letter


def _voices(letter: Letter, message: int, pieces: list[Piece]) -> None:
    kind = letter.messages[message]
    if kind is not MessageKind.ANSWER:
        request = kind is MessageKind.REQUEST
        voice = Voice.REQUEST if request else Voice.ANSWER if kind is MessageKind.ACKNOWLEDGEMENT else Voice.OTHER
        for piece in pieces:
            piece.voice = voice
            piece.kind = SectionKind.REQUEST if request else SectionKind.ANSWER
        return
    turns = _turns(letter, pieces)
    answer, request_voice = Voice.ANSWER, Voice.REQUEST
    tabular, ends, asked = turns.tabular, hints.COMPLAINT, hints.ASKED
    for place, (piece, following) in enumerate(zip(pieces, [*pieces[1:], None], strict=True)):
        low, hint = piece.low, piece.hint
        if (
            turns.state is ANSWER
            and (not piece.at_line or (low.isdigit() and _bare(turns, place, piece)))
            and not (hint & ends or (tabular and (turns.table or turns.columns or hint & asked)))
            and ":" not in low  # nothing that could end the answer
        ):
            piece.voice, piece.kind = answer, turns.kind
            continue
        turns.following = following
        _turn(turns, place, piece)
        piece.kind = turns.kind
        if turns.introduced:
            turns.introduced = False
            piece.voice, piece.kind, piece.subject = answer, SectionKind.ANSWER, True
            continue
        state = turns.state
        if state is REQUEST:
            piece.voice = request_voice
            turns.remember(piece)
            if (
                turns.inline
                and piece.kind is SectionKind.QUESTION
                and place in turns.marks
                and (_ANSWERED.search(low) or (turns.rows and _FIGURE_LAST.search(low)))
            ):
                turns.rows = True
                piece.voice, piece.kind, piece.both = answer, SectionKind.QUESTION_ANSWER, True
        elif state is ANSWER:
            piece.voice = answer
    if not any(piece.voice is answer for piece in pieces):
        _nothing_but_request(pieces)


def _bare(turns: Turns, place: int, piece: Piece) -> bool:
    """Whether a figure alone on its line is one of a table, and numbers or leads to nothing."""
    return piece.body == piece.start and place not in turns.leads and not turns.inquires and len(piece.low) <= CHANCE


def _turns(letter: Letter, pieces: list[Piece]) -> Turns:
    """What can be seen from above: headings and labels of the answer, numbers, a table."""
    turns = Turns(letter, pieces)
    answered, leads = hints.ANSWERED, turns.leads
    for place, piece in enumerate(pieces):
        if not piece.at_line:
            continue
        low = piece.low
        if piece.cell:
            turns.tabular = True
        listed = piece.body > piece.start
        if listed:
            leads.add(place - 1)
        if piece.hint & answered:
            if (
                len(low) <= HEADING
                and not (listed and " of " in low)  # "3. The outcome of the review"
                and cue.ANSWER_HEADING.fullmatch(low)
            ):
                (turns.near if _DECIDES.match(low) else turns.soon).append(place)
            if low[:2] in _LABELS and cue.ANSWER_LABEL.match(low):
                turns.labels.append(place)
        elif low[:1] == "a" and low[:2] in _LABELS and cue.ANSWER_LABEL.match(low):
            turns.labels.append(place)
        if listed:
            mark = number(letter, piece, turns.numbers)
            if mark:
                turns.numbers[mark] = place
                turns.marks[place] = mark
    turns.headings = frozenset((*turns.near, *turns.soon))
    turns.labelled = frozenset(turns.labels)
    if not _greeted(pieces):
        turns.state, turns.kind = ANSWER, SectionKind.ANSWER
    return turns


def _greeted(pieces: list[Piece]) -> bool:
    """Whether a salutation ends the head of the letter: only short lines (a letterhead, names of files) before it."""
    for piece in pieces:
        low = piece.low
        if low.startswith(GREETS) and SALUTATION.match(low):
            return True
        if len(low) > HEAD_LINE:
            return False
    return False


def _nothing_but_request(pieces: list[Piece]) -> None:
    """A salutation that was none, or a letter without an answer: what is no request may be the answer."""
    for piece in pieces:
        if piece.voice is Voice.OTHER and piece.kind is SectionKind.LETTERHEAD:
            piece.voice = Voice.ANSWER
            piece.kind = SectionKind.ANSWER


def _turn(turns: Turns, place: int, piece: Piece) -> None:
    """Move on to the state in which this sentence stands."""
    low = piece.low[:START]
    state = turns.state
    if state is HEAD:
        if low.startswith(GREETS) and SALUTATION.match(low):
            turns.state, turns.kind, turns.opened = ANSWER, SectionKind.ANSWER, place
            piece.subject = len(low) < GREETING
        elif not asking.begins(turns, place, piece, low) and (place in turns.headings or place in turns.labelled):
            _answer_begins(turns, place, low)
        return
    at_line = piece.at_line
    hint = piece.hint
    if at_line and len(low) < CLOSING_LENGTH and low.startswith(CLOSES) and CLOSING.match(low):
        turns.state, turns.kind, turns.inline = END, SectionKind.SIGNATURE, False
        return
    if state is END:
        if at_line:
            _reopen(turns, place, piece, low)
        return
    if (
        turns.tabular
        and (turns.table or turns.columns or (hint & hints.ASKED and piece.cell <= 1))
        and _in_table(turns, place, piece, low)
    ):
        return
    if state is ANSWER and piece.heading and low[:1] in "aslg" and _THE_LAW.match(low):
        turns.state, turns.kind = END, SectionKind.STATUTE
        return
    if hint & hints.COMPLAINT and _complains(turns, place, piece, low):
        turns.state, turns.kind = END, SectionKind.COMPLAINTS
        return
    if state is REQUEST and not ((low.endswith(":") or place in turns.leads) and asking.announced(turns, place, low)):
        _leave_request(turns, place, piece, low)
        return
    if (
        (at_line or low.endswith(":"))
        and not asking.begins(turns, place, piece, low)
        and (place in turns.headings or place in turns.labelled)
    ):
        _answer_begins(turns, place, low)


def _complains(turns: Turns, place: int, piece: Piece, low: str) -> bool:
    """What to do where one is dissatisfied; "Internal review" at the top is what the letter itself is."""
    if turns.state is REQUEST and not piece.at_line:
        return False
    if piece.heading and "review" in low:
        following = turns.following
        reviewed = following is not None and _REVIEWED.match(following.low) is not None
        if reviewed or place <= turns.opened + SUBJECT:
            return False
    return cue.COMPLAINT.match(low) is not None


def _reopen(turns: Turns, place: int, piece: Piece, low: str) -> None:
    """An appendix after the signature may be the answer again; the law's own words, or a leaflet, are not."""
    if "complain" in low or "commissioner" in low:
        return
    hint = piece.hint
    heading = piece.heading or piece.after_gap
    if heading and len(low) < HEADING and _NO_ANSWER.match(low):
        turns.kind = SectionKind.STATUTE
        return
    if turns.kind is SectionKind.STATUTE and (_PROVIDES.match(low) or marked(piece)):
        return
    if (
        heading
        and len(low) < LONG_HEADING
        and (cue.REOPENS.match(low) or (hint & hints.ANSWERED and cue.ANSWER_HEADING.fullmatch(low)))
    ):
        turns.state, turns.kind = ANSWER, SectionKind.ANSWER
    elif hint & hints.ASKED and cue.REQUEST_HEADING.fullmatch(low) and turns.answers_later(place):
        turns.inline = bool(turns.labels)  # request and answer are appended to a covering letter
        turns.state, turns.kind = REQUEST, SectionKind.QUESTION if turns.inline else SectionKind.REQUEST


def _goes_on_beside(turns: Turns, place: int, cell: int) -> bool:
    """Whether a later cell of the same row follows; the first may hold some sentences."""
    for later in turns.pieces[place + 1 : place + ROW]:
        if later.cell > cell:
            return True
        if later.after_gap or later.cell < cell:
            return False
    return False


def _in_table(turns: Turns, place: int, piece: Piece, low: str) -> bool:
    """Two columns, request and answer side by side, row by row; perhaps with a column of numbers before them."""
    cell = piece.cell
    following = turns.following if cell <= 1 and piece.hint & hints.ASKED else None
    heads = following is not None and cue.REQUEST_HEADING.fullmatch(low) is not None
    if not (heads or turns.table or turns.columns):
        return False
    row = _goes_on_beside(turns, place, cell)
    if heads and row and following is not None:
        turns.table = cue.ANSWER_HEADING.fullmatch(following.low[:HEADING]) is not None
        turns.columns = turns.columns or turns.table
        turns.first = cell
    if turns.columns and row:
        turns.table = True
    if not turns.table:
        return False
    if cell == 0 and not row and piece.at_line:
        turns.table = piece.heading
        return False
    if piece.at_line:
        turns.inline = True
        asks = cell <= turns.first
        turns.state = REQUEST if asks else ANSWER
        turns.kind = SectionKind.QUESTION if asks else SectionKind.QUESTION_ANSWER
    piece.row = True
    return True


def _leave_request(turns: Turns, place: int, piece: Piece, low: str) -> None:
    """Stay in the request, or turn to the answer."""
    known = turns.letter.asked
    if turns.quoted and _by_quotes(turns, place, piece, low):
        return
    if turns.told and not turns.inline and piece.after_gap and not marked(piece) and _told_all(turns, piece):
        turns.answer()  # the authority said in its own sentence what was asked, and begins a paragraph
        return
    mark = turns.marks.get(place, 0)
    if not piece.at_line and marked(piece):
        mark = number(turns.letter, piece, turns.numbers)
    if len(turns.asked) > 2 and piece.at_line and _begins_again(turns, piece, mark, low):
        turns.inline = False
        turns.answer()  # the numbers begin again
        return
    turns.listed = mark > 1 and mark == turns.number + 1
    turns.number = mark or turns.number
    asks = piece.low.endswith("?")
    if not asks and turns.inline and asking.decides(piece, low):
        turns.answer()
        return
    if (not asks and _CERTAIN.match(low)) or (
        low.startswith("thank") and piece.at_line and _THANKS_REQUESTER.match(low)
    ):
        turns.answer()
        return
    if _answer_begins(turns, place, low):
        return
    if not piece.at_line:
        _leave_within_line(turns, piece, low, asks=asks)
        return
    if len(low) > CHANCE and low[:60] in known:
        return
    said = turns.said
    if len(low) > REPEATED and not said.endswith("?") and _HEADED.search(said[-16:]) and f" {low}" in said:
        turns.repeats = True  # taken up again under its number, before its answer
        return
    if turns.again and not asks and low[:60] not in turns.earlier and not cue.QUESTION.match(low):
        turns.inline = True
        turns.answer()  # what was taken up again is over
        return
    if turns.repeats and not asks and not turns.listed:
        turns.inline, turns.repeats = True, False
        turns.answer()
        return
    _weigh(turns, place, piece, low)


def _begins_again(turns: Turns, piece: Piece, mark: int, low: str) -> bool:
    """Whether the numbers of the request begin again, over its answers."""
    first = not turns.inline and numeral(turns.letter, piece) in ("1", "1a")
    return (first or (piece.after_gap and mark < turns.number)) and numbered_again(turns, piece, low)


_ANSWERED = compiled(  # "1. Number of car parks: 23"
    r"[:?)] ?-? ?(?:£? ?\d[\d,.]*(?:%|[mk]\b)?(?: ?\([^)]{1,60}\))?|yes|no|none|nil|n/?a|not held|zero)\.?$"
)
_FIGURE_LAST = compiled(r"[a-z)/\d] £?\d[\d,.]*%?$")  # among such rows the colon may be missing
_PERIOD = compiled(  # "for the following years: 1 January 2018 to …"
    r"(?:\d{1,2}(?:st|nd|rd|th)? )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* )?(?:19|20)\d\d"
    r"(?:[/-]\d\d(?:\d\d)?)?(?: ?(?:to|-|and|until)\b.*|[;,]? ?(?:and|or)?)$"
)
_SPEAKS = compiled(  # after a question that is no sentence: "(5) The lease. I have copied it for you."
    r"(?:i|we|they|it|these|this|there|(?:the|our) \w+)(?: \w+ly)? "
    r"(?:have|has|is|are|was|were|do|does|did|cannot|can not|had) "
    r"(?!to (?:provide|include|be provided)|not (?:want|need|require)|requesting|asking|looking|interested|writing|"
    r"seeking)|[£<]?\d[\d,.]*%? (?:\w+ ){0,5}(?:were|was|are|is|have|has|had)\b|(?:none|nil|yes|n/a|zero|unknown)\b"
)
_QUOTED_END = compiled(r"\"[.,;: ]*$")


def _by_quotes(turns: Turns, place: int, piece: Piece, low: str) -> bool:
    """A request in quotation marks lasts until they close, unless it is plain that nobody closed them."""
    if turns.unclosed:
        return place not in turns.headings and not _CERTAIN.match(low) and not cue.ANSWER_LABEL.match(low)
    if _QUOTED_END.search(turns.said[-4:]) and not low.startswith('"') and not piece.low.endswith("?"):
        turns.answer()
        return True
    return False


def _told_all(turns: Turns, piece: Piece) -> bool:
    """Whether what was asked has been told, and this is no more of it."""
    return turns.said.endswith((".", '"')) and not piece.low.endswith("?") and not cue.QUOTED_INTRO.match(piece.low)


def _weigh(turns: Turns, place: int, piece: Piece, low: str) -> None:
    """A line after the request's last: more of it, or the answer."""
    known, strong = turns.letter.asked, cue.ANSWER_STRONG.match  # of questions nobody asks whether they are answers
    if turns.listed and not piece.after_gap and not strong(low):
        return  # the next line of the requester's list
    quoted = turns.inline and known != "" and turns.said[-60:].rstrip()[-40:] in known
    if quoted or (piece.hint & hints.FIGURES and cue.NOUN_QUESTION.match(low) and _STATES.search(low)):
        turns.answer()  # the request is known, and this is not in it; or a figure is given
        return
    if turns.said.endswith(":") and (not cue.ANSWER_WEAK.match(low) or _PERIOD.match(low)) and not strong(low):
        return
    asks = piece.low.endswith("?")
    question = cue.QUESTION.match(low) is not None
    if question or asks or (piece.hint & hints.ASKED and cue.REQUEST_HEADING.fullmatch(low)):
        if question and low.startswith(_OBJECTS) and strong(low):
            turns.answer()
        return
    announced = not turns.inline and turns.announced(place)
    if strong(low):
        if not announced or _FIRM.match(low):
            turns.inline = turns.inline or turns.asks_on(place)
            turns.answer()
        return
    if not announced and turns.said.endswith("?") and len(low) < SHORT_ANSWER and outcomecues.SHORT.match(low):
        turns.inline = True
        turns.answer()
        return
    if announced or (not turns.inline and marked(piece)):
        return
    if turns.number and turns.numbered_later(place) and _GOES_ON.search(low):
        turns.inline = True  # the next question is still to come: this is the answer to the last one
    if turns.inline or _authority_speaks(turns.letter, piece, low, inline=False):
        turns.answer()


def _leave_within_line(turns: Turns, piece: Piece, low: str, *, asks: bool) -> None:
    """A later sentence of a paragraph that began as the request."""
    if turns.told and not asks and (cue.ANSWER_STRONG.match(low) or cue.ANSWER_WEAK.match(low)):
        turns.answer()
        return
    if turns.inline and not asks and turns.said.endswith(".") and _SPEAKS.match(low):
        turns.answer()
        return
    if turns.again and not asks and low[:40] not in turns.earlier and not cue.QUESTION.match(low):
        turns.inline = True
        turns.answer()
        return
    known = turns.letter.asked
    asked = not asks and turns.said.endswith("?") and not cue.QUESTION.match(low)
    repeated = asked and known != "" and low[:40] not in known
    if repeated or (turns.inline and (asked or _authority_speaks(turns.letter, piece, low, inline=True))):
        turns.inline = True
        turns.answer()


def _authority_speaks(letter: Letter, piece: Piece, low: str, *, inline: bool) -> bool:
    if cue.QUESTION.match(low):
        return False
    weak = cue.ANSWER_WEAK if inline else cue.ANSWER_FAIR
    if cue.ANSWER_STRONG.match(low) or (piece.at_line and weak.match(low)):
        return True
    original = letter.joined.text[piece.body : min(piece.end, piece.body + START)]
    return cue.BODY_SUBJECT.match(original) is not None


def _answer_begins(turns: Turns, place: int, low: str) -> bool:
    """A heading or label that announces the answer."""
    if place in turns.headings and not (turns.state is HEAD and not low.endswith(":")):
        turns.answer()
        return True
    if turns.state is not ANSWER and place in turns.labelled:
        turns.answer()
        return True
    return False
