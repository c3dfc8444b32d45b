"""Numbered questions: which sentences of the answer belong to which, in all the ways that letters pair them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind, Voice
from indexer.reading import voicecues as cue
from indexer.reading.letter import MessageKind
from indexer.reading.sentences import SALUTATION

if TYPE_CHECKING:
    from indexer.reading.letter import Letter, Piece

_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ID = rf"(?:\d{{1,2}} ?(?:\(?[a-z]\)?(?![a-z]))?(?![\d%])|(?:{'|'.join(_COUNTED)})\b)"
_LIST = (
    rf"{_ID}(?:(?:,? ?(?:(?:and|to|or)\b|&) ?|, ?|/|\+)(?:(?:questions?|points?|parts?|q) ?)?(?:{_ID}|[a-z]\b(?! \w{{3}}))"
    r"| ?- ?\d{1,2}[a-z]?(?![\d%])|-[a-z]\b)*"
)
_NOUN = r"(?:questions?|qs?|q\.|points?|parts?|requests?|items?|elements?|bullets?|bullet points?|quer(?:y|ies))(?: ?(?:numbers?|nos?\.?|#))?"
_WORDED = re.compile(
    rf"(?:(?:response|answer|ans|reply|request|decision|question|point|part|item|query)s?(?: (?:to|for) (?:your )?{_NOUN})?(?: ?(?:numbers?|nos?\.?))?[ :.]{{0,2}}|q[.: ]{{0,2}}|a(?=\d))(?P<ids>{_LIST})(?= ?[:.)\]-]| |$)"
)
_PLAIN = re.compile(
    r"(?:[•>-] ?)?\(?(?P<ids>\d{1,2}\.[a-z](?= )|\d{1,2}(?: ?[a-z])?(?:(?:\)? ?(?:,|&|-|/| and | to ) ?)\(?\d{1,2} ?[a-z]?)*) ?(?:[.):]|- |(?<=\.[a-z]) |(?<=\.[a-z])(?= ))\)?(?=\s|$|[A-Za-z\"'])",
    re.IGNORECASE,
)
_CONCERNING = re.compile(
    rf"(?:(?:and |but |also |finally |firstly |secondly |lastly |however |therefore )?,? ?(?:in|with) (?:relation|respect|regards?|response|answer|reply|reference) (?:to|of)|regarding|as regards?|concerning|for|to answer|"
    rf"turning to|as to|on|under|as for|your|the|both|re) (?:the )?(?:your )?(?:[a-z]+ (?:to|for) )?{_NOUN} ?(?P<ids>{_LIST})"
)
_RESPONSE_TO = re.compile(rf".{{0,60}}\b(?:response|answer|information|details?)s? (?:to|for|on) {_NOUN} (?P<ids>{_LIST})")
_SUBJECT = re.compile(
    rf"{_NOUN} (?P<ids>{_LIST})(?: of (?:the|your) (?:original )?request)?,? (?:is|are|has|have|was|were|can|cannot|will|would|asks?|relates?|concerns?|seeks?|(?:do|does) not|exceeds?)\b"
)
_WITHIN = re.compile(rf"\b(?:parts?|questions?|points?|elements?|items?) (?P<ids>{_LIST})")
_REMAINDER = re.compile(
    r"\b(?:the )?(?:remainder|rest|remaining (?:parts?|questions?|information|elements?|points?)|other (?:questions|parts|points)) ?(?:of (?:the|your) (?:request|questions))?|(?:all|the) other questions"
)
_ALL = re.compile(r"\b(?:all|each) (?:of )?(?:the |your )?(?:\w+ )?(?:questions|parts|points)\b")
_SEE = re.compile(
    rf"(?:(?:n/a|none|nil|no|yes)[.,;: -]+)?(?:please )?(?:see|refer to|as (?:per|in|for|with|at|stated in)|same as|answered (?:in|at|by|under)|contained in|provided in|included in|covered (?:in|by))\b.{{0,60}}?(?:{_NOUN}|answers?|responses?|reply|above|no\.?) ?(?:to )?(?:(?:your )?{_NOUN} ?)?(?P<ids>{_LIST})"
)
_SEE_ABOVE = re.compile(
    r"(?:please )?(?:see|refer to|as|as per|same as|note) (?:the |our |my )?(?:response |answer |reply |information |comments? |explanation )?(?:\w+ )?(?:above|previous|preceding)(?: (?:response|answer|reply|question|exemption|explanation|comment)s?)?\b|(?:as|see) above|ditto|answered above"
)
_ENDS = re.compile(
    r"(?:exemptions?\b|applied exemption|reasons? for|refusal notice|public interest|harm|overall|advice and assistance|duty to|publication scheme|general|additional information|further information|"
    r"please note that police|every effort|freedom of information act|this (?:letter|response|email) (?:serves|acts|is|constitutes)|in accordance with|in conclusion|pursuant to|appendix|annex|disclaimer|note:|(?:in addition|additionally|furthermore),? .{0,80}\bneither confirm|sections? \d[\d(), a-z]{0,40}? (?:is|are) (?:both |all |an? )?(?:absolute|qualified|class|prejudice))"
)
REFERRING = 150  # characters: a short sentence does nothing but refer; a longer one has its own answer
SEVERAL = 4  # questions in a row: not each repeated before its answer
CRUMBS = 4  # pieces at the top of a page among which its path on the site may be listed
FEW = 4  # questions that one "Answer:" may answer together
MOST = 40  # numbered questions of one request; a longer list is data


@dataclass(slots=True)
class Paired:
    """The numbered questions of a letter. ``order`` is that of print; ``refers`` says "see question 1"."""

    order: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)  # numbers that the request has
    bracketed: bool = False  # the request numbers its questions "(1)", and the answer may name them so
    outlined: bool = False  # the letter numbers its paragraphs 1.1, 1.2, so that 1 and 2 are its chapters
    refers: dict[str, list[str]] = field(default_factory=dict)

    def note(self, ids: tuple[str, ...]) -> None:
        for name in ids:
            if name not in self.order:
                self.order.append(name)


def ids_of(printed: str) -> tuple[str, ...]:
    """``1a, 2 and 4-6`` → 1a, 2, 4, 5, 6. Ranges of letters too: ``1a-c``."""
    found: list[str] = []
    previous = ""
    printed = re.sub(rf"\b(?:{'|'.join(_COUNTED)})\b", lambda hit: str(_COUNTED.index(hit.group()) + 1), printed)
    for hit in re.finditer(
        r"(to\b|-)?(?:\W|and|or|questions?|points?|parts?|q)*?(?:(\d{1,2}) ?(?:\(?([a-z])\)?(?![a-z]))?|(?<![a-z])([a-z])(?![a-z]))",
        printed,
    ):
        ranged, number, letter, alone = hit.groups()
        name = str(int(number)) + (letter or "") if number else (re.match(r"\d*", previous) or [""])[0] + alone
        if ranged and previous:
            found += _between(previous, name)
        found.append(name)
        previous = name
    return tuple(dict.fromkeys(found))[:MOST]


def _between(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit():
        return [str(n) for n in range(int(first) + 1, min(int(last), int(first) + MOST))]
    if first[:-1] == last[:-1] and first[-1:].isalpha() and last[-1:].isalpha():
        return [first[:-1] + chr(code) for code in range(ord(first[-1]) + 1, ord(last[-1]))]
    return []


def pair(letter: Letter) -> Paired:
    """Give every sentence of the answer the numbers of the questions that it answers."""
    paired = Paired()
    paired.known, paired.bracketed = _known(letter)
    paired.outlined = _outlined(letter)
    if not paired.known:
        paired.known = _romans(letter) or _letters(letter)
    turn = _Turn()
    message = -1
    rows = 0
    numbered = any(piece.row and piece.voice is Voice.REQUEST and _WORDED.match(piece.low) for piece in letter.pieces)
    for place, piece in enumerate(letter.pieces):
        if letter.messages[piece.message] is not MessageKind.ANSWER:
            continue
        if piece.message != message:
            message, turn, rows = piece.message, _Turn(), 0
        if piece.voice is Voice.REQUEST:
            ids = _asked(letter, piece, paired, turn)
            if not ids and piece.row and numbered and turn.current:
                turn.answering = False
                continue  # the words of the question whose number stands in the row above
            if not ids and piece.row and piece.sentence.at_line and not cue.REQUEST_HEADING.fullmatch(piece.low):
                rows += 1
                ids = (str(rows),)
            _ask(turn, piece, ids)
            continue
        if piece.voice is Voice.OTHER:
            turn = _Turn(group=turn.group)
            continue
        if piece.kind is SectionKind.ANSWER and not piece.subject:
            turn.open = False
        _begin_answer(turn, piece)
        _answered(letter, place, piece, paired, turn)
        piece.questions = _named_within(piece, paired, turn.current)
        piece.group = turn.group if turn.open and not piece.questions else 0
        paired.note(piece.questions)
        if piece.questions:
            _references(piece, paired)
    return paired


_ALONE = re.compile(r"(?:question|q|point|part|item|request) ?(?:no\.? ?)?\d{1,2}[a-z]?\W*")


def _ask(turn: _Turn, piece: Piece, ids: tuple[str, ...]) -> None:
    """A sentence of the request: the next answer may be to it."""
    if ids and turn.asked and piece.sentence.heading and _ALONE.fullmatch(piece.low):
        turn.current, turn.sticks, turn.asked, turn.answering = ids, True, (), False
        return  # "Question 1" as a heading, after the whole request
    if ids:
        again = bool(set(ids) & set(turn.asked))
        turn.asked = ids if again else turn.asked + ids
        if piece.kind is SectionKind.QUESTION:
            turn.current, turn.sticks, turn.repeated = ids, True, True
    elif piece.kind is SectionKind.QUESTION and piece.sentence.at_line and not turn.asked:
        turn.current = ()
        turn.group += not turn.open or turn.answering
        turn.open = piece.low.endswith("?") or cue.QUESTION.match(piece.low) is not None or cue.NOUN_QUESTION.match(piece.low) is not None
    turn.answering = False


def _begin_answer(turn: _Turn, piece: Piece) -> None:
    """The first sentence after a question, or after several, is the answer to it, or to all."""
    if not turn.answering and turn.asked and not cue.THANKS.match(piece.low):
        single = len(turn.asked) == 1
        labelled = cue.ANSWER_LABEL.match(piece.low) is not None and len(turn.asked) < FEW
        if len(turn.asked) >= SEVERAL and not labelled and len(set(turn.asked)) == len(turn.asked):
            turn.current, turn.repeated = (), False  # a list of questions; the answers come after it, numbered again
        elif piece.kind is SectionKind.QUESTION_ANSWER and not turn.current:
            turn.current, turn.sticks, turn.repeated = turn.asked[-1:], True, True
        elif (single and (piece.sentence.heading or labelled)) or labelled:
            turn.current, turn.sticks, turn.repeated = turn.asked, True, True
    turn.answering = True
    turn.asked = ()


@dataclass(slots=True)
class _Turn:
    """Where the pairing stands in one message."""

    current: tuple[str, ...] = ()  # the questions being answered
    asked: tuple[str, ...] = ()  # the questions repeated since the last answer
    sticks: bool = True  # until the next number; else until the next paragraph
    answering: bool = False  # the answer to the last question has begun
    group: int = 0  # of a question without a number, repeated before its answer
    open: bool = False  # such a question is being answered
    repeated: bool = False  # each question is repeated before its answer, so numbers in answers number other things


def _known(letter: Letter) -> tuple[list[str], bool]:
    """The numbers that the request itself has, 1 upwards, and whether they stand in brackets."""
    bracketed = False
    best: list[str] = []
    run: list[str] = []
    text = letter.joined.lower
    for piece in letter.pieces:
        if piece.voice is not Voice.REQUEST or not piece.sentence.at_line:
            continue
        hit = _PLAIN.match(text, piece.sentence.start, piece.sentence.end) or _WORDED.match(
            text, piece.sentence.body, piece.sentence.end
        )
        if hit is None:
            continue
        number = re.match(r"\d+", hit["ids"])
        name = str(int(number[0])) if number else ""
        if name == "1":
            run = ["1"]
        elif run and name == str(int(run[-1]) + 1):
            run.append(name)
        if len(run) > len(best):
            best = list(run)
            bracketed = "(" in text[piece.sentence.start : piece.sentence.start + 4]
    return best, bracketed


_LETTERED = re.compile(r"(?:(?:response|answer|reply|question|point|part|request) )?\(?([a-h])[.)](?= |$)")
_LETTERED_POINTS = re.compile(r"\b(?:points?|parts?|questions?|items?) (?P<ids>\(?[a-h]\)?(?:(?:,| and| &| to| or|, and)? \(?[a-h]\)?)*)(?![\w'])")


def _letters(letter: Letter) -> list[str]:
    """The questions of a request that marks them a, b, c."""
    found: list[str] = []
    for piece in letter.pieces:
        if piece.voice is Voice.REQUEST and piece.sentence.at_line:
            hit = _LETTERED.match(letter.joined.lower, piece.sentence.start, piece.sentence.end)
            if hit and hit[1] == chr(ord("a") + len(found)):
                found.append(hit[1])
    return found if len(found) > 1 else []


_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_ROMAN = re.compile(r"(?:(?:response|answer|reply|question|point|part|request) )?\(?(i{1,3}|iv|vi{0,3}|ix|x)[.)](?= |$)")
_INLINE_ROMAN = re.compile(r"(?<= )\((i{1,3}|iv|vi{0,3}|ix|x)\)(?= )")


def _romans(letter: Letter) -> list[str]:
    """The questions of a request that numbers them (i), (ii), (iii), on lines of their own or within a sentence."""
    text = letter.joined.lower
    found: list[str] = []
    for piece in letter.pieces:
        if piece.voice is not Voice.REQUEST:
            continue
        start, end = piece.sentence.start, piece.sentence.end
        marked = _ROMAN.match(text, start, end) if piece.sentence.at_line else None
        names = [marked[1]] if marked else [hit[1] for hit in _INLINE_ROMAN.finditer(text, start, end)]
        for name in names:
            if len(found) < len(_ROMANS) and name == _ROMANS[len(found)]:
                found.append(name)
    return found if len(found) > 1 else []


def _asked(letter: Letter, piece: Piece, paired: Paired, turn: _Turn) -> tuple[str, ...]:
    """The number, or the letter, of a question of the request."""
    if not piece.sentence.at_line or paired.outlined:
        return ()
    text = letter.joined.lower
    start, end = piece.sentence.start, piece.sentence.end
    mark = _alphabetic(paired, text, start, end)
    if mark is not None:
        return mark
    hit = _WORDED.match(text, piece.sentence.body, end) or _PLAIN.match(text, start, end)
    if hit:
        return ids_of(hit["ids"])
    return ()


def _alphabetic(paired: Paired, text: str, start: int, end: int) -> tuple[str, ...] | None:
    """The mark (i) or (a) at the beginning of a line, where the request has such; None where it has numbers."""
    if not paired.known or paired.known[0].isdigit():
        return None
    hit = (_ROMAN if paired.known[0] == "i" else _LETTERED).match(text, start, end)
    return (hit[1],) if hit and hit[1] in paired.known else ()


def _answered(letter: Letter, place: int, piece: Piece, paired: Paired, turn: _Turn) -> None:
    """Which questions this sentence, and those after it, answer."""
    text = letter.joined.lower
    start, end = piece.sentence.start, piece.sentence.end
    low = piece.low
    hit = _CONCERNING.match(low) or _SUBJECT.match(low)
    if hit:
        turn.current, turn.sticks = ids_of(hit["ids"]), low.endswith(":")
        return
    if _REMAINDER.search(low[:120]) and paired.known and _ABOUT.match(low) and not _BEFORE.match(low):
        rest = tuple(name for name in paired.known if name not in paired.order)
        if rest:
            turn.current, turn.sticks = rest, True
            return
    if paired.bracketed and _items(letter, piece, paired, turn):
        return
    if paired.known[:1] == ["a"] and (points := _LETTERED_POINTS.search(low)):
        turn.current = tuple(name for name in re.findall(r"[a-h]", points["ids"].replace("and", "")) if name in paired.known)
        turn.sticks = piece.sentence.at_line
        return
    if not piece.sentence.at_line:
        return
    mark = _alphabetic(paired, text, start, end)
    if mark:
        turn.current, turn.sticks = mark, True
        return
    hit = _WORDED.match(text, start, end)
    if hit:
        turn.current, turn.sticks = ids_of(hit["ids"]), True
        return
    if cue.CONTACT.match(low):
        turn.current = ()
        return
    if turn.current and not turn.sticks and not _GOES_ON.match(low) and not letter.pieces[place - 1].low.endswith(":"):
        turn.current = ()
    within = _WITHIN.search(low)
    if within and len(turn.current) != 1 and _of_request(low, within, paired):
        turn.current, turn.sticks = ids_of(within["ids"]), False
        return
    hit = None if turn.repeated or piece.kind is SectionKind.STATUTE else _PLAIN.match(text, start, end)
    if hit:
        ids = ids_of(hit["ids"])
        if ids and _counts(letter, place, ids, paired, turn.current):
            turn.current, turn.sticks = ids, True
        return
    if turn.current and (piece.sentence.heading or piece.sentence.after_gap) and _ENDS.match(low):
        turn.current = ()


_ITEM = re.compile(r"(?<=[a-z,:-] )\((\d{1,2})\)(?=[\s,.;:]|$)")
_PROVISION = re.compile(r"(?:sections?|regulations?|subsections?|paragraphs?|articles?|and|or) $")


def _items(letter: Letter, piece: Piece, paired: Paired, turn: _Turn) -> bool:
    """"The minutes (1) and the cost (5) are enclosed": questions named by the numbers that the request gave them."""
    low = piece.low
    if "(" not in low or _PLAIN.match(letter.joined.lower, piece.sentence.start, piece.sentence.end):
        return False
    names = [hit[1] for hit in _ITEM.finditer(low) if not _PROVISION.search(low[: hit.start()]) or hit[1] in paired.known and "- (" in low]
    if not names or any(name not in paired.known for name in names):
        return False
    turn.current, turn.sticks = tuple(dict.fromkeys(names)), piece.sentence.at_line
    return True


_BEFORE = re.compile(r"(?:in )?(?:the|our|my) (?:first|original|initial|earlier|previous)\b")
_ABOUT = re.compile(r"(?:in|with|for|as|the|all|regarding|however|on)\b")
_GOES_ON = re.compile(
    r"(?:no\b|this|these|it\b|they|the information|information|searches|however|therefore|unfortunately|please|section|sections|regulation|as such|we\b|our\b|i\b|accordingly|such|to (?:obtain|retrieve|provide|answer)|in order|"
    r"[•-]|\d|following|although|whilst|there\b|none|nil|yes|consequently)"
)


def _counts(letter: Letter, place: int, ids: tuple[str, ...], paired: Paired, current: tuple[str, ...]) -> bool:
    """Whether a plain number numbers a question, and not a list in the answer."""
    number = re.match(r"\d+", ids[0])
    name = number[0] if number else ""
    if paired.outlined or paired.known[:1] in (["a"], ["i"]) or (place < CRUMBS and not any(SALUTATION.match(above.low) for above in letter.pieces[:place])):
        return False
    if paired.known:
        if name not in paired.known:
            return False
        last = re.match(r"\d+", current[-1]) if current else None
        return last is None or int(name) >= int(last[0]) or len(ids) > 1 or len(current) > 1
    if name == "1":
        return not _list_follows(letter, place)
    last = re.match(r"\d+", paired.order[-1]) if paired.order else None
    return last is not None and int(name) == int(last[0]) + 1


_DECIMAL = re.compile(r"(\d{1,2})\.(\d{1,2})(?= )")


def _outlined(letter: Letter) -> bool:
    """Whether paragraphs are numbered 1.1, 1.2, 2.1: at least two that follow on each other."""
    before = (0, 0)
    for piece in letter.pieces:
        hit = _DECIMAL.match(letter.joined.text, piece.sentence.start) if piece.sentence.at_line else None
        if hit is None:
            continue
        number = (int(hit[1]), int(hit[2]))
        if number in ((before[0], before[1] + 1), (before[0] + 1, 1)) and before != (0, 0):
            return True
        before = number
    return False


def _list_follows(letter: Letter, place: int) -> bool:
    """Whether the sentence before announces a list of reasons, exemptions or things, and no answers."""
    before = letter.pieces[place - 1].low if place else ""
    return (
        before.endswith(":")
        and re.search(r"\b(?:answer|response|question|request|below|information|follows|reply)", before) is None
    )


_FRAME = re.compile(rf"(?:{_CONCERNING.pattern}|{_WORDED.pattern}) ?(?:of (?:the|your) (?:\w+ )?request)? ?[,:.)-]{{0,2}} ?".replace("?P<ids>", ""))


def body(low: str) -> str:
    """What a sentence says of a question, without the words that name the question."""
    hit = _FRAME.match(low)
    return low[hit.end() :] if hit else low


def _named_within(piece: Piece, paired: Paired, current: tuple[str, ...]) -> tuple[str, ...]:
    """A sentence that names other questions than those at hand speaks of them: "unable to comply with part 3 of the request"."""
    low = piece.low
    if current and len(current) == 1:
        return current
    hit = _WITHIN.search(low)
    if hit and _of_request(low, hit, paired):
        return ids_of(hit["ids"])
    hit = None if current else _RESPONSE_TO.match(low)
    if hit:
        return ids_of(hit["ids"])
    if not current and paired.known and _ALL.search(low):
        return tuple(paired.known)
    return current


def _of_request(low: str, hit: re.Match[str], paired: Paired) -> bool:
    """Whether "part 3" is a part of the request: said so, or a number that its questions have."""
    if re.search(r"\b(?:see|refer|as per|response to|answer to)\b", low[max(0, hit.start() - 40) : hit.start()]):
        return False
    if re.match(r" ?(?:of|in) (?:the |that |this )?(?:[\w']+ ){0,3}(?:code|act|schedule|regulations?|guidance|policy|report|law)\b", low[hit.end() :]):
        return False
    if re.search(r"\b(?:answer|comply with|respond to|fulfil|complete|provide|refus\w+|exempt\w*) (?:to )?$", low[: hit.start()]):
        return True
    if re.match(r" ?(?:of|in) (?:the|your) (?:\w+ )?(?:request|questions|enquiry|email|letter)", low[hit.end() :]):
        return True
    return all(name in paired.known or name in paired.order for name in ids_of(hit["ids"]))


_GIVEN = re.compile(r"attach|enclos|embedded|spread ?sheet|appendix|annex|\btable")


def refers(low: str) -> bool:
    """Whether a sentence does nothing but point to another answer."""
    return len(low) <= REFERRING and _GIVEN.search(low) is None and (_SEE.match(low) is not None or _SEE_ABOVE.match(low) is not None)


def _references(piece: Piece, paired: Paired) -> None:
    if len(piece.low) > REFERRING or _GIVEN.search(piece.low):
        return
    hit = _SEE.match(piece.low)
    if hit:
        targets = [name for name in ids_of(hit["ids"]) if name not in piece.questions]
    elif _SEE_ABOVE.match(piece.low):
        first = paired.order.index(piece.questions[0])
        targets = [paired.order[first - 1]] if first else []
    else:
        return
    for name in piece.questions:
        paired.refers.setdefault(name, []).extend(targets)
