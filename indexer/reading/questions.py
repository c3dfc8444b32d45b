"""Numbered questions: which sentences of the answer belong to which, in all the ways that letters pair them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind, Voice
from indexer.reading import hints, naming, numbering, subjects
from indexer.reading import voicecues as cue
from indexer.reading.letter import MessageKind
from indexer.reading.naming import CONCERNING, NAMES, NUMBERS, SEE_STARTS, body
from indexer.reading.numbering import IDS, NOUN, PLAIN, WORDED, WORDED_START, alphabetic, ids_of, ids_under, leading
from indexer.reading.phrases import compiled, phrases
from indexer.reading.sentences import SALUTATION
from indexer.reading.turns import COUNTED, marked

if TYPE_CHECKING:
    from indexer.reading.letter import Letter, Piece

# a name looked up in an enumeration takes five times as long as one of the module
_ANSWER_KIND = SectionKind.ANSWER
_QUESTION_KIND = SectionKind.QUESTION
_QUESTION_ANSWER_KIND = SectionKind.QUESTION_ANSWER
_REQUEST_KIND = SectionKind.REQUEST
_STATUTE_KIND = SectionKind.STATUTE
_ANSWER_MESSAGE = MessageKind.ANSWER
_REQUEST, _OTHER = Voice.REQUEST, Voice.OTHER

_RESPONSE_TO = phrases(rf".{{0,60}}\b(?:response|answer|information|details?)s? (?:to|for|on) {NOUN} (?P<ids>{IDS})")
_SUBJECT = phrases(
    rf"{NOUN} (?P<ids>{IDS})(?: of (?:the|your) (?:original )?request)?,? (?:is|are|has|have|was|were|can|cannot|will|"
    r"would|asks?|relates?|concerns?|seeks?|(?:do|does) not|exceeds?)\b"
)
_WITHIN = compiled(
    r"\b(?:(?:parts?|questions?|points?|elements?|items?|requests?(?= (?:numbers?|nos?\b)))"
    r"(?: (?:numbers?|nos?\.?))? |qs? ?)"
    rf"(?P<ids>{IDS})"
)
_REMAINDER = compiled(
    r"\b(?:remainder\b|rest\b|remaining (?:parts?|questions?|information|elements?|points?)|"
    r"other (?:questions|parts|points)\b)"
)
_ALL = compiled(r"\b(?:all|each) (?:of )?(?:the |your )?(?:\w+ )?(?:questions|parts|points)\b")
_ENDS = phrases(
    r"exemptions?\b",
    r"applied exemption",
    r"reasons? for",
    r"refusal notice",
    r"public interest",
    r"harm",
    r"overall",
    r"advice and assistance",
    r"duty to",
    r"publication scheme",
    r"general",
    r"additional information",
    r"further information",
    r"please note that police",
    r"every effort",
    r"freedom of information act",
    r"this (?:letter|response|email) (?:serves|acts|is|constitutes)",
    r"in accordance with",
    r"in conclusion",
    r"pursuant to",
    r"appendix",
    r"annex",
    r"disclaimer",
    r"note:",
    r"(?:in addition|additionally|furthermore),? .{0,80}\bneither confirm",
    r"sections? \d[\d(), a-z]{0,40}? (?:is|are) (?:both |all |an? )?(?:absolute|qualified|class|prejudice)",
)
_ITEMS, _CONTACT = hints.ITEMS, hints.CONTACT
SEVERAL = 4  # questions in a row: not each repeated before its answer
CRUMBS = 4  # pieces at the top of a page among which its path on the site may be listed
CRUMB = 40  # characters: a longer line is no step of that path
FEW = 4  # questions that one "Answer:" may answer together


@dataclass(slots=True)
class Paired:
    """The numbered questions of a letter. ``order`` is that of print; ``refers`` says "see question 1"."""

    order: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)  # numbers that the request has
    bracketed: bool = False  # the request numbers its questions "(1)", and the answer may name them so
    lettered: bool = False  # the request has letters, or Roman numerals
    outlined: bool = False  # the letter numbers its paragraphs 1.1, 1.2, so that 1 and 2 are its chapters
    rows: bool = False  # the request stands in the rows of a table, and these have numbers
    described: bool = False  # any sentence may name questions by figures in brackets, or by letters
    refers: dict[str, list[str]] = field(default_factory=dict)

    def note(self, ids: tuple[str, ...]) -> None:
        for name in ids:
            if name not in self.order:
                self.order.append(name)


def pair(letter: Letter) -> Paired:
    """Give every sentence of the answer the numbers of the questions that it answers."""
    paired = _numbers(letter)
    subject_headings = subjects.headings(letter, numbered=bool(paired.known))
    answering = [kind is _ANSWER_MESSAGE for kind in letter.messages]
    turn = _Turn()
    between = False  # the last sentence was nobody's
    message = -1
    before: tuple[str, ...] = ()
    known = bool(paired.known)
    for place, piece in enumerate(letter.pieces):
        if piece.message != message:
            if not answering[piece.message]:
                continue
            message, turn = piece.message, _Turn()
        voice = piece.voice
        if voice is _OTHER:
            turn = turn if between else _Turn(group=turn.group, rows=turn.rows)
            between = True
            continue
        between = False
        if voice is _REQUEST:
            _repeated(letter, piece, paired, turn)
            continue
        if turn.open or subject_headings:
            _under_heading(turn, place, piece, subject_headings)
        if piece.both:
            turn.current, turn.asked, turn.answering = (), (), True
            piece.questions = ids = _numbers_of(letter, piece)
        else:
            if not turn.answering:
                _begin_answer(letter, turn, piece)
            items = piece.hint & _ITEMS
            if known or items or (piece.at_line and (turn.current or piece.hint & NUMBERS or marked(piece))):
                _answered(letter, place, piece, paired, turn)
            ids = turn.current
            piece.questions = ids = _named_within(piece, paired, ids) if items and len(ids) != 1 else ids
        if ids:
            if ids != before:
                _begins_answer(piece, paired)
            low = body(piece) if piece.hint & NAMES else piece.low
            if low[:2] in SEE_STARTS and naming.refers(low, piece.hint):
                _refer(paired, ids, low)
        elif turn.open:
            piece.group = turn.group
        before = ids
    _by_subject(letter, paired)
    return paired


def _by_subject(letter: Letter, paired: Paired) -> None:
    """The numbered questions that the answer takes up by their words alone: "Boat burglaries: 38"."""
    if paired.order or not paired.known:
        return
    for place, name in subjects.answered(letter, _words(letter)).items():
        piece = letter.pieces[place]
        piece.questions = (name,)
        paired.note((name,))


def _words(letter: Letter) -> dict[str, set[str]]:
    """What each numbered question of the request is about."""
    about: dict[str, set[str]] = {}
    name = ""
    for piece in letter.pieces:
        if piece.voice is _REQUEST:
            ids = _numbers_of(letter, piece) if piece.at_line else ()
            name = ids[0] if ids else name
            if name:
                about.setdefault(name, set()).update(subjects.stems(piece.low))
    return about


def _numbers(letter: Letter) -> Paired:
    """What numbers the request has, and the letter's own paragraphs."""
    requests = [piece for piece in letter.pieces if piece.voice is _REQUEST or piece.both]
    known, bracketed = numbering.known_numbers(letter, requests)
    if not known:
        known = max(numbering.romans(letter, requests), numbering.letters(letter, requests), key=len)
        known = known or numbering.lettered_headings(letter)
    return Paired(
        known=known,
        bracketed=bracketed,
        described=bracketed or known[:1] == ["a"],
        lettered=bool(known) and not known[0].isdigit(),
        outlined=numbering.outlined(letter),
        rows=any(piece.row and piece.voice is _REQUEST and WORDED.match(piece.low) for piece in requests),
    )


def _repeated(letter: Letter, piece: Piece, paired: Paired, turn: _Turn) -> None:
    """A sentence of the request."""
    ids = _asked(letter, piece, paired)
    if piece.row and not ids:
        if piece.cell:
            turn.answering = False
            return  # the words of the question whose number stands in the cell before
        if paired.rows and turn.current:
            turn.answering = False
            return  # the words of the question whose number stands in the row above
        if piece.at_line and not cue.REQUEST_HEADING.fullmatch(piece.low):
            turn.rows += 1
            ids = (str(int(piece.low)) if _ROW_NUMBER.fullmatch(piece.low) else str(turn.rows),)
    told = ids and not paired.known and piece.kind is _REQUEST_KIND
    if told and paired.order and leading(ids[0]) == leading(paired.order[-1]) + 1:
        paired.note(ids)  # the letter's own numbers go on: "(4) You asked for …"
        turn.current, turn.sticks, turn.asked, turn.answering = ids, True, (), True
        return
    _ask(turn, piece, ids, letter.joined.lower[piece.start : piece.body])


_ROW_NUMBER = compiled(r"\d{1,2}")


def _refer(paired: Paired, ids: tuple[str, ...], low: str) -> None:
    """A sentence that only points to other answers; ``low`` is what it says of its own questions."""
    targets = naming.pointed_to(low, ids, paired.order)
    for name in ids:
        paired.refers.setdefault(name, []).extend(targets)


def _begins_answer(piece: Piece, paired: Paired) -> None:
    """What follows from a sentence that answers other questions than the one before."""
    paired.note(piece.questions)
    if marked(piece) and piece.kind in _ARGUED:
        piece.kind = _ANSWER_KIND  # the next question's answer, after an argument about the last one


def _under_heading(turn: _Turn, place: int, piece: Piece, subject_headings: frozenset[int]) -> None:
    """A heading may begin the answer to one subject of the request, and ends that to another."""
    if place in subject_headings:
        turn.group += 1
        turn.subject = True
    elif subject_headings and piece.heading:
        turn.subject = False
    if piece.kind is _ANSWER_KIND and not piece.subject:
        turn.open = turn.subject


_ARGUED = frozenset({SectionKind.HARM, SectionKind.FACTORS_FOR, SectionKind.FACTORS_AGAINST, SectionKind.BALANCE})
_SUBLETTER = compiled(r"[· >-]*\(?(?:[a-h]|i{1,3}|iv)[).]\s*$")
_MARK_LETTER = compiled(r"[a-z]+")
_ALONE = compiled(rf"(?:question|q|point|part|item|request) ?(?:no\.? ?)?(?:\d{{1,2}}[a-z]?|{'|'.join(COUNTED)})\W*")


def _ask(turn: _Turn, piece: Piece, ids: tuple[str, ...], printed: str) -> None:
    """A sentence of the request, ``printed`` with its mark: the next answer may be to it."""
    if ids and turn.asked and piece.heading and _ALONE.fullmatch(piece.low):
        turn.current, turn.sticks, turn.asked, turn.answering = ids, True, (), False
        return  # "Question 1" as a heading, after the whole request
    if ids:
        again = bool(set(ids) & set(turn.asked))
        turn.asked = ids if again else turn.asked + ids
        if piece.kind is _QUESTION_KIND:
            turn.current, turn.sticks, turn.repeated = ids, True, True
            turn.last = ids
    elif turn.last and piece.kind is _QUESTION_KIND and _SUBLETTER.match(printed):
        mark = _MARK_LETTER.search(printed)
        part = mark.group() if mark else ""
        turn.current, turn.sticks = tuple(f"{name}{part}" for name in turn.last), True  # "2. How many …", "a) were …"
    elif turn.last and piece.kind is _QUESTION_KIND and not turn.asked and piece.low.startswith("please "):
        turn.current, turn.sticks = turn.last, True  # how the last question is to be answered
    elif piece.kind is _QUESTION_KIND and piece.at_line and not turn.asked:
        turn.current = ()
        turn.group += not turn.open or turn.answering
        asks = piece.low.endswith("?") or cue.QUESTION.match(piece.low) or cue.NOUN_QUESTION.match(piece.low)
        turn.open = bool(asks) or piece.heading  # a line of the request, over its answer
    turn.answering = False


def _begin_answer(letter: Letter, turn: _Turn, piece: Piece) -> None:
    """The first sentence after a question, or after several, is the answer to it, or to all."""
    if turn.asked and not cue.THANKS.match(piece.low):
        text, start = letter.joined.lower, piece.start
        again = PLAIN.match(text, start, piece.end) if piece.at_line and not text[start].isalpha() else None
        single = len(turn.asked) == 1
        labelled = cue.ANSWER_LABEL.match(piece.low) is not None and len(turn.asked) < FEW
        if len(turn.asked) >= SEVERAL and not labelled and len(set(turn.asked)) == len(turn.asked):
            turn.current, turn.repeated = (), False  # a list of questions; the answers come after it, numbered again
        elif again and len(set(turn.asked)) > 1 and ids_of(again["ids"])[:1] == turn.asked[:1]:
            turn.current, turn.repeated = (), False  # several questions, and then their numbers again
        elif piece.kind is _QUESTION_ANSWER_KIND:
            turn.current, turn.sticks, turn.repeated = tuple(dict.fromkeys(turn.asked)), True, True
        elif (single and (piece.heading or labelled)) or labelled:
            turn.current, turn.sticks, turn.repeated = turn.asked, True, True
    turn.answering = True
    turn.asked = ()


@dataclass(slots=True)
class _Turn:
    """Where the pairing stands in one message."""

    current: tuple[str, ...] = ()  # the questions being answered
    asked: tuple[str, ...] = ()  # the questions repeated since the last answer
    last: tuple[str, ...] = ()  # the question repeated last; what is lettered below it is a part of it
    sticks: bool = True  # until the next number; else until the next paragraph
    answering: bool = False  # the answer to the last question has begun
    group: int = 0  # of a question without a number, repeated before its answer
    open: bool = False  # such a question is being answered
    subject: bool = False  # the answer to one subject of the request, under its heading
    rows: int = 0  # of a table, that repeat a question and have no numbers
    repeated: bool = False  # each question is repeated before its answer, so numbers in answers number other things


def _asked(letter: Letter, piece: Piece, paired: Paired) -> tuple[str, ...]:
    """The number, or the letter, of a question of the request."""
    within = piece.at_line or (len(paired.known) > 1 and marked(piece))  # "1) … 2) …" in one paragraph
    if not within:
        return ()
    if paired.outlined:  # the letter's paragraphs are numbered; its questions may be named
        hit = WORDED.match(letter.joined.lower, piece.body, piece.end)
        return ids_of(hit["ids"]) if hit else ()
    if paired.lettered:
        return alphabetic(paired.known, letter.joined.lower, piece.start, piece.end)
    return _numbers_of(letter, piece)


def _numbers_of(letter: Letter, piece: Piece) -> tuple[str, ...]:
    text, start = letter.joined.lower, piece.start
    hit = None
    if piece.hint & NUMBERS and text[piece.body] in WORDED_START:
        hit = WORDED.match(text, piece.body, piece.end)
    if hit is None and not text[start].isalpha():
        hit = PLAIN.match(text, start, piece.end)
    return ids_of(hit["ids"]) if hit else ()


def _answered(letter: Letter, place: int, piece: Piece, paired: Paired, turn: _Turn) -> None:
    """Which questions this sentence, and those after it, answer."""
    low, hint = piece.low, piece.hint
    items = hint & _ITEMS
    if items and _by_name(low, hint, turn):
        return
    if (
        paired.known
        and (paired.described or "remain" in low or "rest" in low or "other " in low)
        and _by_description(letter, piece, paired, turn)
    ):
        return
    if not piece.at_line:
        return
    if paired.lettered and _by_letter(letter, piece, paired, turn):
        return
    text, start, end = letter.joined.lower, piece.start, piece.end
    first = text[start]
    hit = WORDED.match(text, start, end) if hint & NUMBERS and first in WORDED_START else None
    if hit:
        turn.current, turn.sticks = ids_under(hit), True
        turn.repeated = turn.repeated and len(turn.current) == 1
        return
    if turn.current:
        if hint & _CONTACT and cue.CONTACT.match(low):
            turn.current = ()
            return
        if not turn.sticks and not _GOES_ON.match(low) and not letter.pieces[place - 1].low.endswith(":"):
            turn.current = ()
    within = _within(low, hint) if items and len(turn.current) != 1 else None
    if within and _of_request(low, within, paired):
        turn.current, turn.sticks = ids_of(within["ids"]), False
        return
    numbered = first in "0123456789(·>-" and not (low.isdigit() and piece.body == start)  # no figure of a table
    if numbered and not turn.repeated and piece.kind is not _STATUTE_KIND:
        hit = PLAIN.match(text, start, end)
        if hit:
            ids = ids_of(hit["ids"])
            if ids and _counts(letter, place, ids, paired, turn.current):
                turn.current, turn.sticks = ids, True
            return
    if turn.current and (piece.heading or piece.after_gap) and _ENDS.match(low):
        turn.current = ()


def _by_name(low: str, hint: int, turn: _Turn) -> bool:
    """Questions named at the beginning of a sentence: "In relation to question 4", "Your first point"."""
    hit = (CONCERNING.match(low) or _SUBJECT.match(low)) if hint & NUMBERS else None
    if hit:
        turn.current, turn.sticks = ids_of(hit["ids"]), low.endswith(":")
        return True
    ordinal = _ORDINAL.match(low)
    if ordinal:
        turn.current, turn.sticks = (str(ORDINALS.index(ordinal[1]) + 1),), True
    return ordinal is not None


def _by_letter(letter: Letter, piece: Piece, paired: Paired, turn: _Turn) -> bool:
    """Questions named by letters at the beginning of a line: "(a)", "C and D"."""
    mark = alphabetic(paired.known, letter.joined.lower, piece.start, piece.end)
    if mark and not _limb(letter, piece):
        turn.current, turn.sticks = mark, True
        return True
    named = numbering.named_letter(paired.known, piece.low)
    if named:
        turn.current, turn.sticks = (named,), True
        return True
    several = numbering.several_letters(paired.known, piece.low)
    if several:
        turn.current, turn.sticks = several, True
    return bool(several)


ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = compiled(
    r"(?:(?:and |but |finally,? )?(?:(?:in|with) (?:relation|respect|regards?|response|answer|reply|reference) "
    r"(?:to|of)|turning to|as (?:to|for|regards)|on|regarding|concerning|to answer) )?(?:your|the) "
    rf"({'|'.join(ORDINALS)}) (?:numbered )?(?:question|part|point|request|query|item)\b"
    r"(?! (?:of|in) (?:the )?(?:act|list))"
)


def _limb(letter: Letter, piece: Piece) -> bool:
    """Whether "(a) the prevention of crime" is a limb of the law: in small letters, which no answer begins with."""
    return letter.joined.text[piece.start] == "(" and letter.joined.text[piece.body].islower()


def _by_description(letter: Letter, piece: Piece, paired: Paired, turn: _Turn) -> bool:
    """Questions named as "the remainder", by numbers in brackets, by letters."""
    low = piece.low
    left = ("remain" in low or "rest" in low or "other " in low) and _ABOUT.match(low)
    if left and _REMAINDER.search(low[:120]) and not _BEFORE.match(low):  # 120: what it is about
        rest = tuple(name for name in paired.known if name not in paired.order)
        if rest:
            turn.current, turn.sticks = rest, True
            return True
    if paired.bracketed and _items(letter, piece, paired, turn):
        return True
    named = numbering.lettered_points(low) if paired.known[0] == "a" else []
    if named:
        turn.current = tuple(name for name in named if name in paired.known)
        turn.sticks = piece.at_line
    return bool(named)


_ITEM = compiled(r"(?<=[a-z,:-] )\((\d{1,2})\)(?=[\s,.;:]|$)")
_PROVISION = compiled(r"(?:sections?|regulations?|subsections?|paragraphs?|articles?|and|or) $")


def _items(letter: Letter, piece: Piece, paired: Paired, turn: _Turn) -> bool:
    """ "The minutes (1) and the cost (5) are enclosed": questions named by the numbers that the request gave them."""
    low = piece.low
    if "(" not in low or PLAIN.match(letter.joined.lower, piece.start, piece.end):
        return False
    names = [
        hit[1]
        for hit in _ITEM.finditer(low)
        if not _PROVISION.search(low[: hit.start()]) or (hit[1] in paired.known and "- (" in low)
    ]
    if not names or any(name not in paired.known for name in names):
        return False
    turn.current, turn.sticks = tuple(dict.fromkeys(names)), piece.at_line
    return True


_BEFORE = compiled(r"(?:in )?(?:the|our|my) (?:first|original|initial|earlier|previous)\b")
_ABOUT = compiled(r"(?:in|with|for|as|the|all|regarding|however|on|(?:i|we) have (?:\w+ )?(?:considered|decided))\b")
_GOES_ON = phrases(
    r"no\b|this|these|it\b|they|the information|information|searches|however|therefore|unfortunately|please|section|"
    r"sections|regulation|as such|we\b|our\b|i\b|accordingly|such|to (?:obtain|retrieve|provide|answer)|in order|"
    r"[·-]|\d|following|although|whilst|there\b|none|nil|yes|consequently"
)


def _counts(letter: Letter, place: int, ids: tuple[str, ...], paired: Paired, current: tuple[str, ...]) -> bool:
    """Whether a plain number numbers a question, and not a list in the answer."""
    name = leading(ids[0])
    greeted = (
        place >= CRUMBS
        or len(letter.pieces[place].low) > CRUMB
        or any(SALUTATION.match(above.low) for above in letter.pieces[:place])
    )
    if paired.outlined or not greeted or (paired.known and not paired.known[0].isdigit()):
        return False
    if paired.known:
        if str(name) not in paired.known:
            return False
        return not current or name >= leading(current[-1]) or len(ids) > 1 or len(current) > 1
    if name == 1:
        return not _list_follows(letter, place)
    return bool(paired.order) and name == leading(paired.order[-1]) + 1


def _list_follows(letter: Letter, place: int) -> bool:
    """Whether the sentence before announces a list of reasons, exemptions or things, and no answers."""
    before = letter.pieces[place - 1].low if place else ""
    return before.endswith(":") and _ANNOUNCES.search(before) is None


_ANNOUNCES = compiled(r"\b(?:answer|response|question|request|below|information|follows|reply)")


def _named_within(piece: Piece, paired: Paired, current: tuple[str, ...]) -> tuple[str, ...]:
    """A sentence that names other questions than those at hand speaks of them: "unable to answer part 3"."""
    low = piece.low
    if piece.hint & NUMBERS:
        hit = _within(low, piece.hint)
        if hit and _of_request(low, hit, paired):
            return ids_of(hit["ids"])
        if not current and ("response" in low or "answer" in low or "information" in low or "detail" in low):
            hit = _RESPONSE_TO.match(low)
            if hit:
                return ids_of(hit["ids"])
    if not current and paired.known and ("all " in low or "each " in low) and _ALL.search(low):
        return tuple(paired.known)
    return current


def _within(low: str, hint: int) -> re.Match[str] | None:
    """The first question that a sentence names, wherever it does so."""
    names = hint & hints.PARTS or "request n" in low or "requests n" in low  # "request number 3", "requests nos 1-2"
    return _WITHIN.search(low) if names and hint & NUMBERS else None


def _of_request(low: str, hit: re.Match[str], paired: Paired) -> bool:
    """Whether "part 3" is a part of the request: said so, or a number that its questions have."""
    before, after = low[max(0, hit.start() - 40) : hit.start()], low[hit.end() :]
    if _POINTS.search(before) or _OF_A_DOCUMENT.match(after):
        return False
    if _DEALS.search(before) or _OF_REQUEST.match(after):
        return True
    return all(name in paired.known or name in paired.order for name in ids_of(hit["ids"]))


_POINTS = compiled(r"\b(?:see|refer|as per|response to|answer to)\b")
_OF_A_DOCUMENT = compiled(
    r" ?(?:of|in) (?:the |that |this )?(?:[\w']+ ){0,3}(?:code|act|schedule|regulations?|guidance|policy|report|law)\b"
)
_DEALS = compiled(
    r"\b(?:(?:requested|asked for|required) (?:for|at|in|under)|answer|comply with|respond to|fulfil|complete|"
    r"provide|refus\w+|exempt\w*) (?:to )?$"
)
_OF_REQUEST = compiled(r" ?(?:of|in) (?:the|your) (?:\w+ )?(?:request|questions|enquiry|email|letter)")
