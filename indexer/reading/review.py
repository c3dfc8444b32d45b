"""Internal reviews: which answer is looked at again, and whether it stood, was varied or overturned."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.disclosure import Review, SectionKind, Voice
from indexer.reading import hints
from indexer.reading.letter import MessageKind
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from indexer.disclosure import Reference
    from indexer.reading.letter import Letter, Piece

# a name looked up in an enumeration takes five times as long as one of the module
_REQUEST_VOICE = Voice.REQUEST
_COMPLAINTS_SECTION = SectionKind.COMPLAINTS
_SIGNATURE_SECTION = SectionKind.SIGNATURE
_ANSWER_MESSAGE = MessageKind.ANSWER

_CERTAIN = compiled(  # nobody else writes so, whoever seems to speak
    r"\b(?:i|we) have (?:now |also )?(?:carried out|conducted|completed|undertaken|concluded|performed|"
    r"finished) (?:an?|the|my|our|your|this) (?:[\w-]+ ){0,4}?review\b|"
    r"\b(?:internal|independent|impartial|this|my|our) review (?:of [\w ,'-]{0,80} )?(?:has|"
    r"was) (?:now )?(?:been )?(?:carried out|conducted|completed|undertaken|concluded|performed)\b|"
    r"\b(?:outcome|results?|findings?|conclusions?|response|decision|reply|answer) (?:of|to|on|at|following|"
    r"from) (?:my |the |your |this |our |an )?(?:request for (?:an |a )?)?internal review\b(?! requests?\b)"
)
_ASKED = compiled(
    r"\byou (?:have |had |then |also )?(?:asked|requested|sought|wanted)\b.{0,60}\breview(?:ed)?\b|"
    r"\byour (?:[\w-]+ ){0,3}?(?:request|e-?mail|letter|complaint|appeal|message|correspondence)\b.{0,60}\b(?:for|"
    r"requesting|seeking|asking for|of) (?:an? |the )?internal review\b|"
    r"\b(?:request|complaint|appeal) for (?:an? )?internal review\b.{0,80}\b(?:received|dated)\b|"
    r"\b(?:asked|wanted|wished) (?:for )?(?:it|this|that|the [\w ]{2,30}|our [\w ]{2,30}) (?:to be )?reviewed\b|"
    r"\breviewed (?:the|your|our|this) (?:original |initial |first |earlier |previous )?(?:response|decision|"
    r"complaint|handling|reply|answer)\b"
)
_HEADED = compiled(
    r"(?:.{0,80}[-:,] ?|(?:[\w/.-]* ?\d[\w/.-]* ?[-:]? ?))?(?:freedom of information |foi |foia |"
    r"eir )?internal review(?: (?:of|into|decision|outcome|response|findings|report|result)\b.{0,60}| ?[-:].{0,60}|"
    r"[ .:]*)"
)
_STOOD = compiled(
    r"\b(?:decision|response|refusal|reliance|use|application)\b.{0,110}?\b(?:is|was|are|were|"
    r"be|been) (?:therefore |otherwise |also |hereby )?(?:upheld|maintained|correct|justified|confirmed)\b|"
    r"(?:uphold|upheld|upholding|maintain\w*|support\w*|agree with|confirm\w*|"
    r"satisfied (?:with|that)) (?:\w+ ){0,4}?(?:the |this |our |that )?(?:original |initial |previous |"
    r"earlier )?(?:decision|response|refusal|exemption|application|position|use|reliance|handling)|"
    r"(?:was|were|been) (?:\w+ )?(?:correctly|appropriately|properly|rightly) (?:applied|engaged|handled|refused|"
    r"withheld|cited|relied)|(?:correctly|appropriately|properly) applied|(?:applied|handled) correctly|"
    r"(?:original |initial )?(?:decision|response|refusal) (?:\w+ ){0,2}(?:stands|was correct|is correct|remains|"
    r"is upheld|be upheld|was appropriate)|(?:complaint|review|appeal) (?:is |has |been |was |"
    r"therefore )*(?:not upheld|dismissed|rejected)|do(?:es)? not uphold (?:your|the) (?:complaint|appeal)|"
    r"the correct (?:decision|response)|still appl(?:y|ies)"
)
_OVERTURNED = compiled(
    r"overturn\w*|(?:original |initial )?decision (?:is |was |has been |be )?(?:set aside|reversed|incorrect)|"
    r"(?:uphold|upheld) your (?:complaint|appeal|review)|"
    r"(?:complaint|appeal|request for (?:an )?internal review) (?:is |has |been |was |therefore )*upheld|"
    r"(?:was|were) (?:incorrectly|wrongly|not correctly) (?:applied|withheld|refused|engaged)|"
    r"should (?:not )?have been (?:disclosed|released|provided|applied|withheld|logged|refused|handled|dealt|"
    r"considered)|not uphold the (?:original|decision)"
)
_VARIED = compiled(
    r"(?:partially|partly|part) (?:uphold|upheld|overturn\w*)|uph(?:e|o)ld(?:ing)? in part|"
    r"in part\b.{0,40}uph(?:e|o)ld|var(?:y|ied|ying) (?:the|our|this)|"
    r"amend\w* (?:the|our) (?:original |initial )?(?:decision|response)|revised (?:response|decision)|"
    r"outcome (?:of (?:the )?review )?:? ?varied"
)
_CHANGED = compiled(  # of itself it does not say how far the answer stood
    r"(?:additional|further|some) (?:information|material|documents?) (?:\w+ ){0,4}(?:released|disclosed|provided|"
    r"can be)|no longer (?:rel(?:y|ying|ied)|exempt|appl)|now (?:being )?(?:applied|relied|disclos\w+|releas\w+)"
)
_ONLY_ASKS = compiled(r"\b(?:whether|if)\b|consider(?:ed)? (?:if|whether)|intention of")
_RESULTS = {"varied": _VARIED, "changed": _CHANGED, "overturned": _OVERTURNED, "stood": _STOOD}
_NEEDED = {  # one of these words
    "varied": ("part", "vari", "vary", "amend", "revised"),
    "changed": ("released", "disclos", "provided", "can be", "no longer", "now "),
    "overturned": ("overturn", "aside", "revers", "incorrect", "uphold", "upheld", "wrongly", "correctly", "should"),
    "stood": (
        *("uphold", "upheld", "maintain", "support", "agree", "confirm", "satisf", "correct", "justified", "stands"),
        *("appropriate", "properly", "rightly", "remains", "dismissed", "rejected", "still appl"),
    ),
}
HEAD = 25  # pieces of the answer among which a letter says that it is a review
REACH = 80  # pieces among which it may still say so in words that leave no doubt
TITLE = 130  # characters: a longer piece is no heading


@dataclass(frozen=True, slots=True)
class Result:
    """What a review came to, with the place that says so."""

    result: str
    start: int
    end: int


def find(letter: Letter) -> Result | None:
    """The result, where the letter is an internal review; "unclear" where it does not say."""
    opening = _opening(letter)
    if opening is None:
        return None
    pieces = [piece for piece in letter.pieces if _tells(letter, piece)]
    name, piece = _settled(_said([piece for piece in pieces if piece.voice is not _REQUEST_VOICE]) or _said(pieces))
    shown = piece or opening
    return Result(name, shown.start, shown.end)


def _tells(letter: Letter, piece: Piece) -> bool:
    """Whether a sentence may be about the review: the answer's own, and not how to ask for one."""
    kind = piece.kind
    aside = kind is _COMPLAINTS_SECTION or kind is _SIGNATURE_SECTION
    return not aside and letter.messages[piece.message] is _ANSWER_MESSAGE


def _opening(letter: Letter) -> Piece | None:
    """The sentence that says that the letter is a review: the first in words that leave no doubt, else the first."""
    perhaps: Piece | None = None
    hinted = hints.COMPLAINT
    if "review" not in letter.joined.lower:
        return None
    spoken = [
        (place, piece) for place, piece in enumerate(letter.pieces) if piece.hint & hinted and "review" in piece.low
    ]
    for place, piece in spoken:
        if not _tells(letter, piece):
            continue
        certain = _opens(piece, _CERTAIN)
        if not certain and (perhaps is not None or not (_opens(piece, _ASKED) or _headed(piece))):
            continue
        number = sum(_tells(letter, above) for above in letter.pieces[: place + 1])
        if number > REACH:
            break
        if certain:
            return piece
        if number <= HEAD:
            perhaps = piece
    return perhaps


def _said(pieces: list[Piece]) -> dict[str, Piece]:
    """What sentences of a review say of the answer that it looks at: each finding with the first that has it."""
    said: dict[str, Piece] = {}
    for piece in pieces:
        low = piece.low
        for name, pattern in _RESULTS.items():
            if name not in said and _may_say(name, low) and pattern.search(low) and not _ONLY_ASKS.search(low):
                said[name] = piece
    return said


def _may_say(name: str, low: str) -> bool:
    """Whether a sentence has a word that a finding cannot do without."""
    return any(map(low.__contains__, _NEEDED[name]))


def _settled(said: dict[str, Piece]) -> tuple[str, Piece | None]:
    """What a review came to, of all that it says: one that both stands and falls is varied."""
    if "varied" in said:
        return "varied", said["varied"]
    if "stood" in said and ("overturned" in said or "changed" in said):
        return "varied", said.get("overturned") or said["changed"]
    if "overturned" in said:
        return "overturned", said["overturned"]
    if "changed" in said:
        return "varied", said["changed"]
    return ("stood", said["stood"]) if "stood" in said else ("unclear", None)


_OFFER = compiled(
    r"\b(?:if you|you (?:can|may|have the right)|right to|should you|within (?:40|20|forty|twenty|two))\b"
)


def _opens(piece: Piece, pattern: re.Pattern[str]) -> bool:
    return pattern.search(piece.low) is not None and _OFFER.search(piece.low) is None


def _headed(piece: Piece) -> bool:
    short = piece.at_line and "internal review" in piece.low and len(piece.low) < TITLE
    return short and _HEADED.fullmatch(piece.low) is not None


def review(
    letter: Letter, result: Result | None, others: tuple[Reference, ...], own: str | None = None
) -> Review | None:
    """The review as data: which answer it is of, where its reference is printed.

    ``own`` is the key of the letter's own reference: many bodies review a case under the number that it had.
    """
    if result is None:
        return None
    kinds = ("reviewed", "linked")
    of = next((other.key for kind in kinds for other in others if other.kind == kind), own)
    return Review(reviews=of, result=result.result, span=letter.joined.span(result.start, result.end))
