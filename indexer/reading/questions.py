"""Numbered questions: which sentences of the answer belong to which, in all the ways that letters pair them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind, Voice
from indexer.reading import hints, naming, numbering, subjects, takenup
from indexer.reading import voicecues as cue
from indexer.reading.letter import MessageKind
from indexer.reading.naming import NAMES, NUMBERS, SEE_STARTS, body
from indexer.reading.numbering import PLAIN, WORDED, WORDED_START, alphabetic, ids_of, leading
from indexer.reading.paired import Paired, Turn
from indexer.reading.phrases import compiled
from indexer.reading.turns import COUNTED, marked

if TYPE_CHECKING:
    from indexer.reading.letter import Letter, Piece

# a name looked up in an enumeration takes five times as long as one of the module
_ANSWER_KIND = SectionKind.ANSWER
_QUESTION_KIND = SectionKind.QUESTION
_QUESTION_ANSWER_KIND = SectionKind.QUESTION_ANSWER
_REQUEST_KIND = SectionKind.REQUEST
_ANSWER_MESSAGE = MessageKind.ANSWER
_REQUEST, _OTHER = Voice.REQUEST, Voice.OTHER

_ITEMS = hints.ITEMS
SEVERAL = 4  # questions in a row: not each repeated before its answer
FEW = 4  # questions that one "Answer:" may answer together


def pair(letter: Letter) -> Paired:
    """Give every sentence of the answer the numbers of the questions that it answers."""
    paired = _numbers(letter)
    subject_headings = subjects.headings(letter, numbered=bool(paired.known))
    answering = [kind is _ANSWER_MESSAGE for kind in letter.messages]
    turn = Turn()
    between = False  # the last sentence was nobody's
    message = -1
    before: tuple[str, ...] = ()
    known = bool(paired.known)
    for place, piece in enumerate(letter.pieces):
        if piece.message != message:
            if not answering[piece.message]:
                continue
            message, turn = piece.message, Turn()
        voice = piece.voice
        if voice is _OTHER:
            turn = turn if between else Turn(group=turn.group, rows=turn.rows)
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
                takenup.answered(letter, place, piece, paired, turn)
            ids = turn.current
            piece.questions = ids = takenup.named_within(piece, paired, ids) if items and len(ids) != 1 else ids
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


def _repeated(letter: Letter, piece: Piece, paired: Paired, turn: Turn) -> None:
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


def _under_heading(turn: Turn, place: int, piece: Piece, subject_headings: frozenset[int]) -> None:
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


def _ask(turn: Turn, piece: Piece, ids: tuple[str, ...], printed: str) -> None:
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


def _begin_answer(letter: Letter, turn: Turn, piece: Piece) -> None:
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
