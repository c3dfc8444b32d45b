"""Where the requester begins to speak: headings, announcements, and questions repeated before they are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.reading import hints
from indexer.reading import voicecues as cue
from indexer.reading.phrases import Words, compiled
from indexer.reading.turns import ANSWER, COUNTED, HEAD, LABELS, LETTERS, REQUEST, ROMANS, Turns, marked, numbered_again

if TYPE_CHECKING:
    from indexer.reading.letter import Piece

LISTED = 30  # pieces of a request that stands under no heading
TITLE = 3  # pieces at the top among which a document's title stands
HEADING = 80  # characters of a heading
FIELD = 40  # characters of a field's value
CHANCE = 24  # characters: a shorter sentence may repeat another by chance
_DIGIT = compiled(r"\d")
_NUMBER = compiled(rf"\d|\b(?:{'|'.join(COUNTED)})\b")
_YOU_ASKED = ("you ", "specifically", "in your")
_LABELLED = ("re", "q", "you", "ap")  # what labels of a question begin with
_WISHES = ("i ", "we ", "my ", "please ", "could ", "can ", "may ", "would ", "this ")  # what ``_MAKES`` begins with
_INTRODUCES = ("you", "request", "follow", "ask", "seeking", "stating", "reads", "applicant")  # for REQUEST_INTRO
_NAMES_LAW = compiled(r"\b(?:freedom|foi|eir|environmental|information request|request for information)\b")
_FIELD = compiled(r".*\d|.*:|ref|dear")
_INQUIRES = Words(
    r"(?:could|can|would) you (?:please )?(?:tell|let|confirm|clarify|specify|say)",
    r"(?:could|can|may|might|would be able to) (?:\w+ ){0,6}(?:do|give|provide|offer|narrow|refine|limit)\b",
    r"(?:we|i) (?:need|require|would need|have) (?:you )?"
    r"(?:to (?:know|ask)|clarification|further (?:information|details?))",
    signs=(r"please (?:could you )?(?:let us know|tell us|clarify|specify|confirm)",),
)
_MAKES = compiled(
    r"(?:i|we) would (?:like|be grateful) (?:to|if|for) (?:request|know|receive|you)|my name is|"
    r"(?:please )?(?:could|can|may|would) you (?:please )?(?:kindly )?(?:provide|supply|send)|"
    r"i (?:kindly |hereby )?request\b|i (?:write|am writing) (?:under the|to request|to ask (?:for|under))\b|this "
    r"request (?:concerns|relates|is for)|"
    r"(?:i am|we are) (?:writing to request|making (?:a|this) request|requesting|seeking)"
)
_INQUIRY = compiled(
    r"\b(?:clarif|let us know|specify|full name|refine|narrow|identify which|confirm (?:which|whether you))"
)
_ALL_ARE = compiled(r"(?:any|all) (?:staff|officers|records|information|data) (?:\w+ ){0,3}(?:is|are|has|have)\b")
_STATE = compiled(
    r"please (?:could you )?(?:also )?(?:state|provide|confirm|list|supply|give|tell me|specify|advise)\b.{0,60}:"
)
_REPLICATED = compiled(
    r".*\b(?:request|questions?) (?:for information )?(?:is|are|has been|have been) "
    r"(?:replicated|reproduced|repeated|copied|quoted|set out|shown) (?:in full )?below"
)
_VERB = compiled(
    r"\b(?:refused|redacted|withheld|see|section|regulation|is|are|was|were|has|have|had|can|will|would|does|do|did|"
    r"may|"
    r"attached|provided|below|held|exempt)\b(?! not limited)"
)
_PLEASE = compiled(
    r"please (?!also (?:see|note)|see\b|find\b|note\b|refer\b|be\b|contact\b|do not\b|accept\b|quote\b|visit\b|click\b|"
    r"ensure\b|bear\b)\w+"
)


def begins(turns: Turns, place: int, piece: Piece, low: str) -> bool:
    """Whether the requester speaks in this sentence, or from the next on."""
    colon = low.endswith(":")
    if not (colon or piece.at_line):
        return False
    first = low[:1]
    if piece.hint & hints.ASKED and len(low) < HEADING:
        if piece.heading and cue.BOTH_HEADING.fullmatch(low):
            turns.request(place, inline=True)
            return True
        if cue.REQUEST_HEADING.fullmatch(low) and not cue.ANSWER_HEADING.fullmatch(low):
            if _is_title(turns, place, low) or _is_field(turns, piece):
                return False
            numbered = turns.state is ANSWER and _NUMBER.search(low) is not None
            turns.request(place, inline=turns.inline or numbered)
            return True
    if first in "rqya" and low.startswith(_LABELLED) and _labelled(turns, piece, low):
        turns.request(place, inline=True)
        return True
    if (colon or place in turns.leads) and announced(turns, place, low):
        return True
    if (
        first in "ysi"
        and low.startswith(_YOU_ASKED)
        and cue.QUOTED_INTRO.match(low)
        and not cue.ANSWER_STRONG.match(low)
    ):
        turns.request(place, inline=False)
        turns.told = True
        return True
    mark = turns.marks.get(place, 0)
    if mark == 1 and not turns.asked and _lists(turns, place):
        turns.request(place, inline=False)
        return True
    if turns.state is not HEAD and _is_question(turns, piece, low, mark, colon):
        turns.request(place, inline=True)
        return True
    return False


def _lists(turns: Turns, place: int) -> bool:
    """Whether a list that begins here, under no heading, is the request: a heading of the answer is close below."""
    heading = min((below for below in turns.headings if below > place), default=None)
    if heading is None or heading > place + LISTED or turns.numbers.get(2, 0) <= place:
        return False
    between = turns.pieces[place:heading]
    return not any(decides(piece, piece.low) or cue.ANSWER_STRONG.match(piece.low) for piece in between)


def _labelled(turns: Turns, piece: Piece, low: str) -> bool:
    """ "Question 3: …", unless that is the number of an answer."""
    if not cue.REQUEST_LABEL.match(low) or cue.ANSWER_LABEL.match(low):
        return False
    label = cue.REQUEST_LABEL.match(low)
    said = low[label.end() :] if label else low
    if said[:1] in "£<0123456789" and not low.endswith("?"):
        return False  # "Q1 - 312 spaces"
    if turns.state is ANSWER and not low.endswith("?") and not cue.QUESTION.match(said) and decides(piece, said):
        return False  # "Q3. This is not held."
    return turns.state is not ANSWER or not numbered_again(turns, piece, low)


def announced(turns: Turns, place: int, low: str) -> bool:
    """ "… in which you requested the following:": the requester speaks from the next sentence on.

    Asked only of a sentence that ends with a colon, or that a list follows.
    """
    if turns.state is REQUEST and place in turns.marks:
        return False  # an item of the request's own list
    if not low.endswith(":"):
        replicated = "below" in low and _REPLICATED.match(low) is not None
        if not low[-1:].isalpha() and not replicated:
            return False  # nor does a list follow that a comma or nothing leads to
        if replicated:
            turns.introduced = True
            turns.request(place, inline=turns.inline)
            return True
    if not any(map(low.__contains__, _INTRODUCES)) or not cue.REQUEST_INTRO.search(low):
        return False
    if cue.NOT_A_REQUEST_INTRO.search(low):
        return False
    turns.introduced = True
    turns.request(place, inline=turns.inline)
    return True


def _is_field(turns: Turns, piece: Piece) -> bool:
    """ "Requests received | 3 May 2022": a field of the letter's head, and no heading over the request."""
    following = turns.following
    beside = following is not None and following.cell > piece.cell
    return beside and following is not None and len(following.low) < FIELD and _DIGIT.search(following.low) is not None


def _is_title(turns: Turns, place: int, low: str) -> bool:
    """The subject line of a letter, "Freedom of Information Request", and no heading over the request."""
    if low.endswith(":") or ("you" in low and "your request for information" not in low):
        return False
    names_law = _NAMES_LAW.search(low) is not None
    if place < TITLE and names_law and (turns.following is None or _FIELD.match(turns.following.low)):
        return True
    if names_law and turns.following is not None and cue.THANKS.match(turns.following.low):
        return True
    return (turns.state is HEAD or place < TITLE) and not turns.headed_later(place)


def _is_question(turns: Turns, piece: Piece, low: str, mark: int, announces: bool) -> bool:
    """In the answer: one of the requester's questions, repeated before it is answered."""
    if announces and _INQUIRES.search(low):
        turns.inquires = True
    if not piece.at_line:
        return False
    listed = piece.body > piece.start
    if turns.inquires:
        turns.inquires = listed or announces
        if turns.inquires:
            return False
    if turns.asked and (listed or low.startswith(LABELS)) and numbered_again(turns, piece, low):
        return False
    next_one = mark and turns.inline and mark == turns.number + 1 and mark not in (1, LETTERS, ROMANS)
    if next_one and not cue.ANSWER_STRONG.match(low) and (piece.heading or not cue.ANSWER_FAIR.match(low)):
        turns.number = mark
        return True
    if _asks(turns, piece, low, listed):
        turns.number = mark or turns.number
        return True
    return False


SPOKEN = hints.WITHHELD | hints.HELD | hints.LIMIT | hints.EXCEEDS | hints.NCND  # what words of a verdict have
VERDICT = Words(
    r"(?:is|are|was|were|been|be) (?:\w+ ){0,2}?(?:withheld|exempt|refused|attached|enclosed|not held|redacted|"
    r"published)\b",
    r"(?:exempt|withheld|refused|redacted|disclosed) (?:under|by virtue|pursuant)",
    r"(?:is|are) (?:above|over|beyond) the (?:amount|cost|limit)",
    r"not obliged to (?:supply|comply|provide)",
    r"neither confirms? n?or den",
)


def decides(piece: Piece, low: str) -> bool:
    """Whether a sentence gives or refuses something, as no requester does."""
    hint = piece.hint
    said = (
        hint & hints.WITHHELD
        or "attached" in low
        or "enclosed" in low
        or "disclosed" in low
        or "obliged" in low
        or (
            hint & SPOKEN
            and (
                "published" in low
                or "not held" in low
                or "neither" in low
                or (hint & hints.EXCEEDS and ("over the " in low or "above the " in low or "beyond the " in low))
            )
        )
    )
    return bool(said) and VERDICT.search(low) is not None


def _asks(turns: Turns, piece: Piece, low: str, listed: bool) -> bool:
    if len(low) > CHANCE:
        begun = low[:60]
        if begun in turns.said or begun in turns.letter.asked:
            return True
    if low[:1] in "iwmpct" and low.startswith(_WISHES):
        if _MAKES.match(low):
            return True
        if low.startswith("please ") and listed_below(turns) and _STATE.fullmatch(low):
            return True
    if piece.low.endswith("?"):
        return not _INQUIRY.search(low)
    if piece.after_gap and cue.NOUN_QUESTION.match(low):
        if turns.columns:
            piece.row = not decides(piece, low)
            return piece.row
        if not listed and not _VERB.search(low[:100]) and not cue.ANSWER_STRONG.match(low):
            # "Any briefing notes concerning the systems.": the request, taken up point by point
            return not decides(piece, low)
    if not listed or cue.ANSWER_STRONG.match(low):
        return False
    asks = _PLEASE.match(low) or (cue.QUESTION.match(low) and not _ALL_ARE.match(low))
    return bool(asks) and not decides(piece, low)


def listed_below(turns: Turns) -> bool:
    """Whether the next piece is an item of a list."""
    return turns.following is not None and marked(turns.following)
