"""What answers without a word of giving or refusing: sentences of substance, figures, "Nil" and "Yes, there is."."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from indexer.reading import dates, hints, voicecues
from indexer.reading import outcomecues as cue
from indexer.reading.phrases import compiled, phrases

if TYPE_CHECKING:
    from indexer.reading.letter import Piece

ANNOUNCEMENT = 90  # characters of a sentence that only leads to what follows its colon
BRIEF = 60  # characters of a sentence that says a figure and little else
LONG_FIGURE = 4  # figures of a number alone on its line that, where no question is answered, may be no answer
NAME = 60  # characters of a heading that only names something
SHORT = 12  # characters of a bare answer: "12 officers"
NUMBER_WORD = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    "(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand)"
)
_COUNTS = compiled(
    rf"(?<![\w/.(])(?<!question )(?<!section )(?<!part )(?<!regulation )(?!(?:19|"
    rf"20)\d\d\b)(?!(?<!^)one\b(?!.{{0,20}}$))"
    rf"(?:\d[\d,.]*|{NUMBER_WORD})\b"
    r"(?! ?(?:\d{4}|january|february|march|april|may|june|july|august|september|october|november|december|\)))"
)
_EFFORT = compiled(
    r"£ ?(?:450|600)\b|limit|minute|hour|record|file|search|manual|estimat|review|system|log\b|case|working day|"
    r"database|collat|extract|"
    r"retriev|approximately|report|entries|text\b|e-?mails?|identified|located|returned|\bfinds?\b"
)
_GIVES = phrases(
    r"there (?:are|were|was|is|have been) ",
    rf"(?:{NUMBER_WORD}|\d[\d,]*) (?:\w+ ){{0,3}}(?:were|was|are|is|have|had)\b",
    r"the (?:total|figure|number|cost|answer)\b",
    r".{0,80}\b(?:is|are|was|were|totalled|amounted to|came to|stood at) (?:about |approximately |some |just )?(?:£|"
    r"\d)",
    r".{0,60}\b(?:has|have|had|owns?|employs?|uses?|holds?|recorded|received|issued|spent) "
    r"(?:a total of |approximately |some )?(?:\d|£)",
)
_EMPTY = phrases(
    r".{0,40}\bfreedom of information\b.{0,60}$",
    r"re:? .*$",
    r"subject:.*$",
    r"response$",
    r"answer$",
    r".{0,30}\bresponse\b.{0,30}$",
    r"official.{0,20}$",
    r"not protectively marked$",
    r"restricted$",
    r"page \d.*$",
    r".{0,60}@.*$",
    r"tel.*$",
    r"date.*$",
    r"ref.*$",
    r"private and confidential$",
    r"by e-?mail.*$",
)
_NEUTRAL = phrases(
    r"your request",
    r"you (?:have )?(?:also |then )?(?:asked|requested|sent|sought|wrote|made|submitted)\b",
    r"the (?:\w+ )?requests? (?:asks?|is|are|was|were|seeks?)\b",
    r"this (?:request|letter|email|response)",
    r"the (?:freedom of information|foi) act",
    r"under the (?:act|freedom|terms|provisions)",
    r"please (?:note|be aware|find below|see below)",
    r"following receipt",
    r"i have (?:now )?(?:considered|completed|received|conducted)",
    r"we have (?:now )?(?:considered|completed|received|processed|conducted)",
    r"(?:a )?search(?:es)? (?:was|were)",
    r"enquiries",
    r"in accordance",
    r"in order to",
    r"to (?:assist|locate)",
    r"i am (?:writing|responding)",
    r"section \d",
    r"exemptions?\b",
    r"public interest",
    r"on balance",
    r"factors",
    r"therefore",
    r"however",
    r"in (?:this|these|(?:respect|relation)(?! (?:to|of) \())",
    r"as (?:you|such|a result|per)",
    r"our (?:response|answer)",
    r"the (?:trust|council|constabulary|force)(?:'s)? (?:response|has two duties|must)",
    r"(?:i|we) (?:have )?(?:attach|attached|enclose|enclosed) (?:my|our|a|the) (?:formal |full )?(?:response|reply|"
    r"letter)",
    r"(?:note: )?please do not (?:edit|reply|change|alter)",
    r"decision",
    r"reasons?",
)
_NOTHING = ("n/a", "n/a.", "not applicable")
_FIELD = compiled(r"[a-z][\w '/()-]{0,30}:")
_DIGIT = compiled(r"\d")
_TITLED = compiled(r"(?:question|item|point|part|request|q)\W{0,2}\d{1,2}[a-z]?\b")  # "Item 2 - Soil samples"
_LABELLED = compiled(r".{0,12}\b(?:response|answer|reply|ans) ?[:.-]")  # "Q1a response: 9"
_CODE = compiled(r"[a-z]{1,6}(?:[-/. ][a-z]{1,6}){0,3}[-/. ]?\d[\d/.-]*")  # a reference alone on its line
_CITES = compiled(r"section \d")
_NUMBER = compiled(  # one set of characters first: the search looks at nothing else
    r"[\d£<](?<![\w/.].)(?:(?<=\d)|(?=\d))[\d,.]*%?(?![\w/])"
)
_WORD = compiled(r"[a-z]{3,}")
_PLAINLY = compiled(r"(?:yes|no)[,.](?: [a-z']+){0,4}\.?$")  # "Yes, there is."
_MIXED = compiled(r"[a-z]\d|\d[a-z]{2}|tel\b|@|\bref")  # codes, postcodes, telephone numbers
_PREDICATE = compiled(  # a sentence, and no rows of a table run together
    r"\b(?:is|are|was|were|has|have|had|will|would|can|may|section|regulation|act|article|from|until|please)\b"
)
FEWEST = 2  # figures that make a row
ROWS = 4  # figures in a row of labels and figures
_FIRST = compiled(r"(?!(?:19|20)\d\d\b)\d[\d,.]*%? [a-z]+")
_YEAR = compiled(r"(?:19|20)\d\d")


def says(piece: Piece, low: str, *, sections: bool) -> bool:
    """Whether a sentence is an answer's substance, and no frame around it. ``low`` is what it says of its question."""
    if (low.endswith(":") and len(low) < ANNOUNCEMENT) or (piece.heading and _names_only(piece, low)):
        return False
    if low in _NOTHING and not (piece.questions or piece.cell or piece.group):
        return False  # a field that a form has no entry for
    if low.isdigit():
        return len(low) < LONG_FIGURE or bool(piece.questions or piece.cell or piece.group)  # a year, a reference
    if voicecues.THANKS.match(low) or (" confirm " in low and cue.CAN_CONFIRM.search(low) and not _DIGIT.search(low)):
        return False
    if not sections and low.startswith("section ") and _CITES.match(low):
        return True  # a provision of another Act may be what was asked for
    return bool(low.strip(" .-:")) and not _NEUTRAL.match(low)


def _names_only(piece: Piece, low: str) -> bool:
    """Whether a heading has no answer in it."""
    if piece.questions and (cue.SHORT.match(low) or _LABELLED.match(piece.low)):
        return False
    if _EMPTY.match(low):
        return True
    if piece.questions:
        return _TITLED.match(piece.low) is not None
    if not piece.group and not piece.hint & hints.FIGURES and not cue.SHORT.match(low) and len(low) < NAME:
        return True  # a name, a team, a title
    return bool(_FIELD.match(low) or _CODE.fullmatch(low) or _TITLED.match(piece.low))


def counts(piece: Piece, low: str) -> int:
    """How many things a sentence counts, unless it counts what answering would take."""
    if not piece.hint & (hints.FIGURES | hints.COUNTED):
        return 0
    found = len(_COUNTS.findall(low))
    return 0 if found and _EFFORT.search(low) else found


def tells_work(low: str) -> bool:
    """Whether a sentence is about the records, searches and hours that answering would take."""
    return _EFFORT.search(low) is not None


def figure_first(low: str) -> bool:
    """Whether a brief sentence begins with its figure: "87 resigned."."""
    return (
        len(low) < BRIEF
        and low[:1].isdigit()
        and _FIRST.match(low) is not None
        and not (tells_work(low) or dates.mentions_month(low))
    )


def outright(low: str) -> bool:
    """Whether a sentence says a figure as the answer: "There were 12 …"."""
    return _GIVES.match(low) is not None


def shortly(piece: Piece, low: str, *, numbered: bool) -> bool:
    """A row of figures, or a bare short answer; "Yes, there is." where a numbered question is answered."""
    if len(low) < SHORT and piece.at_line and cue.SHORT.match(low):
        short = True
    elif piece.hint & hints.FIGURES:
        short = _row(low)
    else:
        short = False
    if short and low.isdigit():
        return True
    if short and not ("hour" in low or "minute" in low or _MIXED.search(low) or dates.mentions_month(low)):
        return True
    return numbered and piece.at_line and low.startswith(("yes", "no")) and _PLAINLY.match(low) is not None


def _row(low: str) -> bool:
    """Whether a sentence is a row of figures: no more words than numbers, or several labels and no sentence."""
    numbers = _NUMBER.findall(low)
    if len(numbers) < FEWEST:
        return False
    count = len([number for number in numbers if len(number) != 4 or not _YEAR.fullmatch(number)])  # 4: "2019"
    if count < FEWEST:
        return False
    if count >= ROWS:
        return len(_WORD.findall(low)) <= count or not _PREDICATE.search(low)
    return next(islice(_WORD.finditer(low), count, None), None) is None  # no more words than that are looked for
