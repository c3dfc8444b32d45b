"""Whose words are these: the messages of a letter, and in the answering one the turns between request and answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind, Voice
from indexer.reading import voicecues as cue
from indexer.reading.sentences import CLOSING, MARK, SALUTATION, Sentence, split

if TYPE_CHECKING:
    from indexer.reading.joined import Joined

START = 300  # characters of a sentence that tell what it does; the rest is its object
NEARBY = 25  # the same for "Decision", which also heads the end of a public interest test
HEAD_LINE = 130  # characters: a longer piece is text, so no salutation is to come
LOOKAHEAD = 6  # pieces within which a mail header names a sender, a day and a subject
TITLE = 3  # pieces at the top among which a document's title stands
ROW = 5  # sentences of a question in the first cell of a row
SOON = 150  # sentences within which a request's end may still be announced by a heading


class MessageKind(Enum):
    """What one mail of a thread, or one document, is."""

    ANSWER = auto()  # the message whose facts count
    ACKNOWLEDGEMENT = auto()  # an earlier mail of the authority: gives reference, day of receipt and law, no outcome
    REQUEST = auto()
    EARLIER = auto()  # what was asked and answered before, appended
    DATA = auto()  # an attachment that is no letter: a table, a policy, a report


@dataclass(slots=True)
class Piece:
    """A sentence with its place in the letter."""

    sentence: Sentence
    message: int
    voice: Voice = Voice.OTHER
    kind: SectionKind = SectionKind.LETTERHEAD
    group: int = 0  # of a question without a number, repeated before its answer; 0 for none
    questions: tuple[str, ...] = ()  # the numbered questions that it answers, set by ``questions``
    row: bool = False  # stands in a row of request and answer side by side
    subject: bool = False  # the authority repeats what the request is about

    @property
    def low(self) -> str:
        """The sentence in small letters, without the mark of a list."""
        return self.sentence.low


@dataclass(slots=True)
class Letter:
    """All pieces of a letter, and what each of its messages is."""

    joined: Joined
    pieces: list[Piece] = field(default_factory=list)
    messages: list[MessageKind] = field(default_factory=list)
    thread: list[int] = field(default_factory=list)  # number of the document that each message lies in
    asked: str = ""  # the requester's own words, where they are quoted whole, in small letters

    def answer(self) -> list[Piece]:
        """The pieces in the authority's voice of the messages that answer."""
        return [
            piece
            for piece in self.pieces
            if piece.voice is Voice.ANSWER and self.messages[piece.message] is MessageKind.ANSWER
        ]


def structure(joined: Joined) -> Letter:
    """The letter with a voice for every sentence."""
    letter = Letter(joined)
    sentences = split(joined)
    _messages(letter, sentences)
    letter.asked = " ".join(
        piece.low for piece in letter.pieces if letter.messages[piece.message] is MessageKind.REQUEST
    )
    begin = 0
    for number in range(len(letter.messages)):
        end = begin
        while end < len(letter.pieces) and letter.pieces[end].message == number:
            end += 1
        _voices(letter, number, letter.pieces[begin:end])
        begin = end
    return letter


# ---- messages


def _messages(letter: Letter, sentences: list[Sentence]) -> None:
    """Cut the sentences into mails and documents, and say what each is."""
    starts = _starts(letter.joined, sentences)
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(sentences)
        letter.pieces += [Piece(sentence, number) for sentence in sentences[start:stop]]
        part = letter.joined.part_at(sentences[start].start)
        letter.thread.append(part)
    if not letter.pieces:
        return
    texts: list[list[str]] = [[] for _ in starts]
    for piece in letter.pieces:
        texts[piece.message].append(piece.low)
    documents = [letter.joined.parts[part].part for part in letter.thread]
    for number, lows in enumerate(texts):
        first = number == 0 or documents[number] != documents[number - 1]
        letter.messages.append(_kind(lows, documents[number], first=first))
    if MessageKind.ANSWER not in letter.messages:
        earlier = [n for n, kind in enumerate(letter.messages) if kind is MessageKind.ACKNOWLEDGEMENT]
        letter.messages[earlier[0] if earlier else 0] = MessageKind.ANSWER
    _only_latest(letter, documents)


def _only_latest(letter: Letter, documents: list[str]) -> None:
    """In a thread the newest answer stands first; what it quotes below was said before."""
    seen: set[str] = set()
    for number, kind in enumerate(letter.messages):
        if kind is not MessageKind.ANSWER:
            continue
        if documents[number] in seen:
            letter.messages[number] = MessageKind.ACKNOWLEDGEMENT
        seen.add(documents[number])


def _starts(joined: Joined, sentences: list[Sentence]) -> list[int]:
    starts = [0] if sentences else []
    closed = False
    for number, sentence in enumerate(sentences):
        low = sentence.low
        if (
            (number and _document(joined, sentence) != _document(joined, sentences[number - 1]))
            or (sentence.at_line and number - starts[-1] > 1 and _header(sentences, number))
            or (closed and sentence.at_line and SALUTATION.match(low))
        ):
            starts.append(number)
            closed = False
        elif sentence.at_line and len(low) < 60 and CLOSING.match(low[:60]):  # a closing is one short line
            closed = True
        elif number - starts[-1] > 3 and _EARLIER.fullmatch(low) and _heads(joined, sentence):
            starts.append(number)
            closed = False
        elif closed and low.startswith(("this has been logged", "thank you for your request")):
            closed = False
    return starts


def _heads(joined: Joined, sentence: Sentence) -> bool:
    """A heading, and no item of a list."""
    listed = MARK.match(joined.text, sentence.start, sentence.end)
    return sentence.at_line and not listed and (sentence.after_gap or sentence.low.endswith(":"))


def _document(joined: Joined, sentence: Sentence) -> str:
    return joined.parts[joined.part_at(sentence.start)].part


_EARLIER = re.compile(r"(?:the |your |our )?(?:original|initial|first|previous|earlier) (?:foi |freedom of information )?(?:request|response|request and response|correspondence)s?[: .]*")
_HEADER = re.compile(r"from:|-+ ?(?:original message|(?:your|the) (?:original )?(?:request|e-?mail|message|enquiry)\b)|begin forwarded message|on .{6,80} wrote:$|date:.{6,60}from:")
_FIELDS = ("sent:", "to:", "subject:", "date:", "cc:")


def _header(sentences: list[Sentence], number: int) -> bool:
    low = sentences[number].low
    if not _HEADER.match(low):
        return False
    if not low.startswith("from:"):
        return True
    near = " ".join(s.low for s in sentences[number : number + LOOKAHEAD])
    return sum(field in near for field in _FIELDS) > 1 and not sentences[number - 1].low.startswith(("-----", "date:"))


def _kind(lows: list[str], document: str, *, first: bool) -> MessageKind:
    whole = " ".join(lows)
    if not first and _EARLIER.fullmatch(lows[0]):
        return MessageKind.EARLIER
    requester = len(cue.REQUESTER.findall(whole[:6000])) + 3 * any(_TO_AUTHORITY.match(low) for low in lows[:12])
    authority = len(cue.AUTHORITY.findall(whole[:6000]))
    if first:
        if document != "page" and not _letter_like(lows, whole):
            return MessageKind.DATA
        thread_starts_with_request = requester > authority and "please use this email address" in whole
        return MessageKind.REQUEST if thread_starts_with_request and not authority else MessageKind.ANSWER
    if authority >= requester:
        return MessageKind.ACKNOWLEDGEMENT if cue.ACKNOWLEDGES.search(whole) else MessageKind.ANSWER
    return MessageKind.REQUEST


_TO_AUTHORITY = re.compile(r"dear (?:[\w' &-]+ )?(?:council|police|constabulary|trust|foi|information|authority|department|force|officer|team|sir or madam|sir/madam)\b")


def _letter_like(lows: list[str], whole: str) -> bool:
    """Whether an attachment is itself a letter that answers."""
    head = lows[:40]
    greeted = any(SALUTATION.match(low) for low in head)
    names_law = "freedom of information" in whole[:4000] or "environmental information" in whole[:4000]
    return names_law and (greeted or "your request" in whole[:4000])


# ---- voices


class _State(Enum):
    HEAD = auto()
    ANSWER = auto()
    REQUEST = auto()
    END = auto()


@dataclass(slots=True)
class _Turns:
    """Where the reader stands while it walks down one message."""

    letter: Letter
    pieces: list[Piece]  # of this message
    state: _State = _State.HEAD
    kind: SectionKind = SectionKind.LETTERHEAD
    inline: bool = False  # questions are repeated one by one, each before its answer
    answers: tuple[tuple[int, int], ...] = ()  # places of headings that announce the answer, and how far ahead they do
    table: bool = False  # request in the first cell of each row, answer in the next
    said: str = ""  # the request so far, in small letters
    asked: set[str] = field(default_factory=set)  # the numbers that its questions have had
    number: int = 0  # of the last question that was repeated
    numbers: tuple[tuple[int, int], ...] = ()  # places of pieces that begin with a number, and which
    labels: tuple[int, ...] = ()  # places of "Answer: …"
    columns: bool = False  # headed as two columns, request and answer
    following: Piece | None = None
    inquires: bool = False  # the authority lists what it has to know first
    listed: bool = False  # this line of the request has the number after the last line's
    introduced: bool = False  # this sentence only announces the request


_DECIDES = re.compile(r"(?:.{0,20}\b(?:decision|outcome|findings?|determination|result)|reasons?|basis|refusal)")


def _voices(letter: Letter, number: int, pieces: list[Piece]) -> None:
    kind = letter.messages[number]
    if kind is not MessageKind.ANSWER:
        request = kind is MessageKind.REQUEST
        voice = Voice.REQUEST if request else Voice.ANSWER if kind is MessageKind.ACKNOWLEDGEMENT else Voice.OTHER
        for piece in pieces:
            piece.voice = voice
            piece.kind = SectionKind.REQUEST if request else SectionKind.ANSWER
        return
    turns = _Turns(letter, pieces)
    turns.answers = tuple(
        (place, NEARBY if _DECIDES.match(piece.low) else SOON)
        for place, piece in enumerate(pieces)
        if piece.sentence.at_line and cue.ANSWER_HEADING.fullmatch(piece.low[:80])
    )
    turns.labels = tuple(place for place, piece in enumerate(pieces) if piece.sentence.at_line and cue.ANSWER_LABEL.match(piece.low))
    turns.numbers = tuple((place, number) for place, piece in enumerate(pieces) if (number := _number(letter, piece)))
    if not _greeted(pieces):
        turns.state, turns.kind = _State.ANSWER, SectionKind.ANSWER
    for place, piece in enumerate(pieces):
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        turns.introduced = False
        turns.following = following
        _turn(turns, place, piece, following)
        piece.kind = turns.kind
        if turns.introduced:
            piece.voice, piece.kind, piece.subject = Voice.ANSWER, SectionKind.ANSWER, True
        elif turns.state is _State.REQUEST:
            piece.voice = Voice.REQUEST
            turns.said += " " + piece.low
            turns.asked.add(_numeral(letter, piece))
        elif turns.state is _State.ANSWER:
            piece.voice = Voice.ANSWER
    if not any(piece.voice is Voice.ANSWER for piece in pieces):
        _nothing_but_request(pieces)


def _greeted(pieces: list[Piece]) -> bool:
    """Whether a salutation ends the head of the letter: nothing but short lines (a letterhead, names of files) before it."""
    for piece in pieces:
        if SALUTATION.match(piece.low):
            return True
        if len(piece.low) > HEAD_LINE:
            return False
    return False


def _nothing_but_request(pieces: list[Piece]) -> None:
    """A salutation that was none, or a letter without an answer: what is no request may be the answer."""
    for piece in pieces:
        if piece.voice is Voice.OTHER and piece.kind is SectionKind.LETTERHEAD:
            piece.voice = Voice.ANSWER
            piece.kind = SectionKind.ANSWER


def _turn(turns: _Turns, place: int, piece: Piece, following: Piece | None) -> None:
    """Move on to the state in which this sentence stands."""
    sentence, low = piece.sentence, piece.low[:START]
    if turns.state is _State.HEAD:
        if SALUTATION.match(low):
            turns.state, turns.kind = _State.ANSWER, SectionKind.ANSWER
            piece.subject = len(low) < 60  # noqa: no text after it
        elif _request_begins(turns, place, piece, low) or _answer_begins(turns, place, piece, low):
            pass
        return
    if sentence.at_line and len(low) < 60 and CLOSING.match(low):
        turns.state, turns.kind, turns.inline = _State.END, SectionKind.SIGNATURE, False
        return
    if turns.state is _State.END:
        _reopen(turns, place, piece, low)
        return
    if _in_table(turns, place, piece, following, low):
        return
    if cue.COMPLAINT.match(low) and not (turns.state is _State.REQUEST and not sentence.at_line):
        turns.state, turns.kind = _State.END, SectionKind.COMPLAINTS
        return
    if turns.state is _State.REQUEST and not _announces(turns, place, low):
        _leave_request(turns, place, piece, low)
        return
    if not _request_begins(turns, place, piece, low):
        _answer_begins(turns, place, piece, low)


_NO_ANSWER = re.compile(r"(?:(?:appendix|annexe?|schedule)\b.{0,14}\b(?:legislation|the law|statut\w+|glossary|definitions|the act|legal)|glossary|abbreviations|definitions|legal annex|legislation|notes?\b(?!.*exempt))\b")
_PROVIDES = re.compile(r"sections? \d")


def _reopen(turns: _Turns, place: int, piece: Piece, low: str) -> None:
    if not piece.sentence.at_line or "complain" in low or "commissioner" in low:
        return
    heading = piece.sentence.heading or piece.sentence.after_gap
    if heading and len(low) < 80 and _NO_ANSWER.match(low):  # 80: a heading
        turns.kind = SectionKind.STATUTE
        return
    if turns.kind is SectionKind.STATUTE and (_PROVIDES.match(low) or _marked(turns.letter, piece)):
        return
    if (
        heading and len(low) < 120 and (cue.REOPENS.match(low) or cue.ANSWER_HEADING.fullmatch(low))
    ):  # 120: a heading of two lines
        turns.state, turns.kind = _State.ANSWER, SectionKind.ANSWER
    elif cue.REQUEST_HEADING.fullmatch(low) and any(at > place for at in (*turns.labels, *(at for at, _ in turns.answers))):
        turns.inline = bool(turns.labels)  # request and answer are appended to a covering letter
        turns.state, turns.kind = _State.REQUEST, SectionKind.QUESTION if turns.inline else SectionKind.REQUEST


def _goes_on_beside(turns: _Turns, place: int, cell: int) -> bool:
    """Whether a later cell of the same row follows; the first may hold some sentences."""
    for later in turns.pieces[place + 1 : place + ROW]:
        if later.sentence.cell > cell:
            return True
        if later.sentence.after_gap or later.sentence.cell < cell:
            return False
    return False


def _in_table(turns: _Turns, place: int, piece: Piece, following: Piece | None, low: str) -> bool:
    """Two columns, request and answer side by side, row by row."""
    cell = piece.sentence.cell
    row = _goes_on_beside(turns, place, cell)
    if cell == 0 and row and cue.REQUEST_HEADING.fullmatch(low) and following is not None:
        turns.table = cue.ANSWER_HEADING.fullmatch(following.low[:80]) is not None
        turns.columns = turns.columns or turns.table
    if turns.columns and row:
        turns.table = True
    if not turns.table:
        return False
    if cell == 0 and not row and piece.sentence.at_line:
        turns.table = piece.sentence.heading
        return False
    if piece.sentence.at_line:
        turns.inline = True
        turns.state = _State.REQUEST if cell == 0 else _State.ANSWER
        turns.kind = SectionKind.QUESTION if cell == 0 else SectionKind.QUESTION_ANSWER
    piece.row = True
    return True


def _request_begins(turns: _Turns, place: int, piece: Piece, low: str) -> bool:
    """Whether the requester speaks in this sentence, or from the next on."""
    sentence = piece.sentence
    if not sentence.at_line and not low.endswith(":"):
        return False
    if sentence.heading and len(low) < 80 and cue.BOTH_HEADING.fullmatch(low):  # 80: a heading
        _request(turns, place, inline=True)
        return True
    if len(low) < 80 and cue.REQUEST_HEADING.fullmatch(low) and not cue.ANSWER_HEADING.fullmatch(low):
        if _is_title(turns, place, low):
            return False
        numbered = turns.state is _State.ANSWER and re.search(r"\d", low) is not None
        _request(turns, place, inline=turns.inline or numbered)
        return True
    label = cue.REQUEST_LABEL.match(low)
    if label and not cue.ANSWER_LABEL.match(low) and not (turns.state is _State.ANSWER and _numbered_again(turns, piece, low)):
        _request(turns, place, inline=True)
        return True
    if _announces(turns, place, low):
        return True
    if cue.QUOTED_INTRO.match(low) and not cue.ANSWER_STRONG.match(low):
        _request(turns, place, inline=False)
        return True
    if turns.state is not _State.HEAD and _is_question(turns, piece, low):
        _request(turns, place, inline=True)
        return True
    return False


_LABEL = re.compile(r"(?:question|q|point|part|item|request)s?[ .]?(?:no\.? ?)?(\d{1,2}[a-z]?)\b[ .:)-]*")
_NUMERAL = re.compile(r"(?:[•>-] ?)?\(?(\d{1,2}(?:\.?[a-z]\b(?=[ .):]))?)")


def _numeral(letter: Letter, piece: Piece) -> str:
    """The number of a question as it begins the piece, "3" or "3.a"; empty where the piece begins otherwise."""
    label = _LABEL.match(piece.low)
    if label is None and _marked(letter, piece):
        label = _NUMERAL.match(letter.joined.lower, piece.sentence.start, piece.sentence.end)
    return label[1] if label else ""


def _numbered_again(turns: _Turns, piece: Piece, low: str) -> bool:
    """Whether a number numbers an answer: the request has had a line with that number, and it read otherwise."""
    number = _numeral(turns.letter, piece)
    if not number or number not in turns.asked or low.endswith("?"):
        return False
    label = _LABEL.match(low)
    body = low[label.end() :] if label else low
    return body[:40] not in turns.said and not cue.QUESTION.match(body)


_NAMES_LAW = re.compile(r"\b(?:freedom|foi|eir|environmental|information request|request for information)\b")
_FIELD = re.compile(r".*\d|.*:|ref|dear")


def _is_title(turns: _Turns, place: int, low: str) -> bool:
    """The subject line of a letter, "Freedom of Information Request", and no heading over the request."""
    if low.endswith(":") or ("you" in low and "your request for information" not in low):
        return False
    if place < TITLE and _NAMES_LAW.search(low) and (turns.following is None or _FIELD.match(turns.following.low)):
        return True
    if _NAMES_LAW.search(low) and turns.following is not None and cue.THANKS.match(turns.following.low):
        return True
    return (turns.state is _State.HEAD or place < TITLE) and not any(at > place for at, _ in turns.answers)


def _announces(turns: _Turns, place: int, low: str) -> bool:
    """"… in which you requested the following:": the requester speaks from the next sentence on."""
    if not cue.REQUEST_INTRO.match(low) or cue.NOT_A_REQUEST_INTRO.match(low):
        return False
    open_list = low[-1:].isalpha() and turns.following is not None and turns.following.sentence.at_line and _marked(turns.letter, turns.following)
    if not low.endswith(":") and not open_list:
        return False
    turns.introduced = True
    _request(turns, place, inline=turns.inline)
    return True


def _announced(turns: _Turns, place: int) -> bool:
    """Whether a heading further down says where the answer begins."""
    return any(place < at < place + reach for at, reach in turns.answers)


def _request(turns: _Turns, place: int, *, inline: bool) -> None:
    turns.state = _State.REQUEST
    turns.inline = inline and not _announced(turns, place)
    inline = turns.inline
    turns.kind = SectionKind.QUESTION if inline else SectionKind.REQUEST


_INQUIRES = re.compile(
    r"\b(?:could|can|would) you (?:please )?(?:tell|let|confirm|clarify|specify|say)|please (?:could you )?(?:let us know|tell us|clarify|specify|confirm)|"
    r"\b(?:we|i) (?:need|require|would need|have) (?:you )?(?:to (?:know|ask)|clarification|further (?:information|details?))"
)


def _is_question(turns: _Turns, piece: Piece, low: str) -> bool:
    """In the answer: one of the requester's questions, repeated before it is answered."""
    if _INQUIRES.search(low) and low.endswith(":"):
        turns.inquires = True
    if not piece.sentence.at_line:
        return False
    marked = _marked(turns.letter, piece)
    turns.inquires = turns.inquires and (marked or low.endswith(":"))
    if turns.inquires:
        return False
    if _numbered_again(turns, piece, low):
        return False
    number = _number(turns.letter, piece)
    replies = cue.ANSWER_STRONG.match(low) or cue.ANSWER_FAIR.match(low)
    if turns.inline and number == turns.number + 1 and number not in (1, LETTERS) and not replies:
        turns.number = number
        return True
    if _asks(turns, piece, low):
        turns.number = number or turns.number
        return True
    return False


def _asks(turns: _Turns, piece: Piece, low: str) -> bool:
    if len(low) > 24 and (low[:60] in turns.letter.asked or low[:60] in turns.said):  # 24: no chance match
        return True
    marked = _marked(turns.letter, piece)
    if re.match(
        r"(?:i|we) would like to (?:request|know|receive)|my name is|please (?:could|can) you (?:provide|supply|send)",
        low,
    ):
        return True
    if _STATE.fullmatch(low) and turns.following is not None and _marked(turns.letter, turns.following):
        return True
    if piece.low.endswith("?"):
        return not re.search(
            r"\b(?:clarif|let us know|specify|full name|refine|narrow|identify which|confirm (?:which|whether you))",
            low,
        )
    if turns.columns and piece.sentence.after_gap and cue.NOUN_QUESTION.match(low):
        piece.row = True
        return True
    if not marked and piece.sentence.after_gap and cue.NOUN_QUESTION.match(low) and not _VERB.search(low[:100]) and not cue.ANSWER_STRONG.match(low):
        return True  # "Any briefing notes concerning the systems.": the request, taken up point by point
    if not marked or cue.ANSWER_STRONG.match(low):
        return False
    if _PLEASE.match(low):
        return True
    return cue.QUESTION.match(low) is not None and not re.match(
        r"(?:any|all) (?:staff|officers|records|information|data) (?:\w+ ){0,3}(?:is|are|has|have)\b", low
    )


_STATE = re.compile(r"please (?:could you )?(?:also )?(?:state|provide|confirm|list|supply|give|tell me|specify|advise)\b.{0,60}:")
_LEADING = re.compile(r"(?:[•>-] ?)?\(?(?:(\d{1,2})\b|([A-Ha-h])[.)] )")
LETTERS = 101  # the number of question (a): no request has a hundred


def _number(letter: Letter, piece: Piece) -> int:
    """The number that the piece begins with, letters counted from 101; 0 where there is none."""
    if not _marked(letter, piece) or cue.STATUTE.match(piece.low):
        return 0
    hit = _LEADING.match(letter.joined.text, piece.sentence.start, piece.sentence.end)
    if hit is None:
        return 0
    return int(hit[1]) if hit[1] else LETTERS + ord(hit[2].lower()) - ord("a")


def _marked(letter: Letter, piece: Piece) -> bool:
    return MARK.match(letter.joined.text, piece.sentence.start, piece.sentence.end) is not None


_VERB = re.compile(r"\b(?:refused|redacted|withheld|see|section|regulation|is|are|was|were|has|have|had|can|will|would|does|do|did|may|attached|provided|below|held|exempt)\b(?! not limited)")
_STATES = re.compile(r"\b(?:is|are|was|were)(?: (?!section|on\b|in\b|under\b)\w+){0,3} [£<]?\d")
_PLEASE = re.compile(r"please (?!also (?:see|note)|see\b|find\b|note\b|refer\b|be\b|contact\b|do not\b|accept\b|quote\b|visit\b|click\b|ensure\b|bear\b)\w+")
_THANKS_REQUESTER = re.compile(r"thank you for (?:your|the) (?:\w+ ){0,3}(?:request|enquiry|e-?mail|letter|correspondence|application)\b(?! (?:your|in advance))")
_CERTAIN = re.compile(  # no requester writes so, wherever it stands
    r"(?:(?:i|we) can (?:now )?(?:confirm|neither confirm)|.{0,90}\bneither confirms? (?:n?or|that)|your request (?:for information )?has (?:now )?been considered|"
    r"(?:i|we) have (?:today |now )?decided to|to locate the information|following receipt of your request|.{0,40}\bsearches (?:were|have been) (?:conducted|made|carried)|.{0,60}\bcan confirm (?:that )?(?:we|it|the information|information|they)\b|.{0,60}\bholds? the information (?:you|that you) (?:have )?requested)"
)
_FIRM = re.compile(  # the answer, although a heading that announces it is still to come
    r".{0,120}(?:\bby virtue of\b|\bexempt(?:ion|ions)?\b|required by statute|in (?:relation|respect|regards?|response) to (?:your |the )?(?:questions?|points?|part|request|remainder)|"
    r"no information (?:is )?held|information not held|not held|(?:redacted|withheld|refused) under)"
)


_GOES_ON = re.compile(r".{25,}|\b(?:is|are|has|have|do|does|was|were|will)\b")  # a sentence, no line of a list


def _numbered_later(turns: _Turns, place: int) -> bool:
    """Whether the question after the last one is numbered further down."""
    return any(later > place and number == turns.number + 1 for later, number in turns.numbers)


def _leave_request(turns: _Turns, place: int, piece: Piece, low: str) -> None:
    """Stay in the request, or turn to the answer."""
    sentence = piece.sentence
    number = _number(turns.letter, piece)
    if len(turns.asked) > 2 and sentence.after_gap and number < turns.number and _numbered_again(turns, piece, low):
        turns.inline = False
        _answer(turns)  # the numbers begin again
        return
    turns.listed = number > 1 and number == turns.number + 1
    turns.number = number or turns.number
    asks = piece.low.endswith("?")
    if (_CERTAIN.match(low) and not asks) or (sentence.at_line and _THANKS_REQUESTER.match(low)):
        _answer(turns)
        return
    if _answer_begins(turns, place, piece, low):
        return
    if not sentence.at_line:
        asked = turns.said.endswith("?") and not cue.QUESTION.match(low) and not piece.low.endswith("?")
        repeated = asked and turns.letter.asked != "" and low[:40] not in turns.letter.asked
        if (turns.inline and (asked or _authority_speaks(turns.letter, piece, low, inline=True))) or repeated:
            turns.inline = True
            _answer(turns)
        return
    if low[:60] in turns.letter.asked and len(low) > 24:  # 24: no chance match
        return
    if turns.listed and not sentence.after_gap and not cue.ANSWER_STRONG.match(low):
        return  # the next line of the requester's list
    quoted = turns.inline and turns.said.rstrip()[-40:] in turns.letter.asked and turns.letter.asked != ""
    if quoted or (cue.NOUN_QUESTION.match(low) and _STATES.search(low)):
        _answer(turns)  # the request is known, and this is not in it; or a figure is given
        return
    if turns.said.endswith(":") and not cue.ANSWER_WEAK.match(low) and not cue.ANSWER_STRONG.match(low):
        return
    if cue.REQUEST_HEADING.fullmatch(low) or cue.QUESTION.match(low) or piece.low.endswith("?"):
        if (
            cue.QUESTION.match(low)
            and re.match(r"(?:any|all|information|details|for) ", low)
            and cue.ANSWER_STRONG.match(low)
        ):
            _answer(turns)
        return
    announced = not turns.inline and _announced(turns, place)
    if cue.ANSWER_STRONG.match(low) and not asks:
        if not announced or _FIRM.match(low):
            _answer(turns)
        return
    if announced or (_marked(turns.letter, piece) and not turns.inline):
        return
    if _GOES_ON.search(low) and turns.number and _numbered_later(turns, place):
        turns.inline = True  # the next question is still to come: this is the answer to the last one
    if turns.inline or _authority_speaks(turns.letter, piece, low, inline=False):
        _answer(turns)


def _authority_speaks(letter: Letter, piece: Piece, low: str, *, inline: bool) -> bool:
    if cue.QUESTION.match(low):
        return False
    weak = cue.ANSWER_WEAK if inline else cue.ANSWER_FAIR
    if cue.ANSWER_STRONG.match(low) or (piece.sentence.at_line and weak.match(low)):
        return True
    original = letter.joined.text[piece.sentence.body : piece.sentence.end][:START]
    return cue.BODY_SUBJECT.match(original) is not None


def _answer(turns: _Turns) -> None:
    turns.kind = SectionKind.QUESTION_ANSWER if turns.inline else SectionKind.ANSWER
    turns.state = _State.ANSWER


def _answer_begins(turns: _Turns, place: int, piece: Piece, low: str) -> bool:
    """A heading or label that announces the answer."""
    if any(at == place for at, _ in turns.answers) and not (turns.state is _State.HEAD and not low.endswith(":")):
        _answer(turns)
        return True
    if turns.state is not _State.ANSWER and piece.sentence.at_line and cue.ANSWER_LABEL.match(low):
        _answer(turns)
        return True
    return False
