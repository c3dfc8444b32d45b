"""Internal reviews: which answer is looked at again, and whether it stood, was varied or overturned."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.disclosure import Review, SectionKind, Voice

if TYPE_CHECKING:
    from indexer.disclosure import Reference
    from indexer.reading.letter import Letter, Piece

_IS_REVIEW = re.compile(
    r"(?:have|has|had|was|been) (?:now )?(?:carried out|conducted|completed|undertaken|concluded|performed) (?:an|"
    r"the|a|your|this|my) (?:full |thorough |independent |impartial |\w+ and impartial )?(?:internal )?review\b|"
    r"\b(?:as|this is|outcome of|result of|findings? of|response to|conclusion of|following|decision on|"
    r"letter as the response to|decision at) (?:an |the |your |my |this |"
    r"our )?(?:request for (?:an )?)?internal review\b(?! request)|"
    r"(?:request|asked|complaint)\w* (?:for )?(?:an )?internal review\b|internal review (?:of|into|has been|outcome|"
    r"response|decision|findings|was)|^internal review\b|- internal review\b|decision on (?:internal )?review|"
    r"review decision|reviewed (?:the|your|our|this) (?:original |initial )?(?:response|decision|complaint|request|"
    r"handling)"
)
_STOOD = re.compile(
    r"(?:uphold|upheld|upholding|maintain\w*|support\w*|agree with|confirm\w*|satisfied (?:with|"
    r"that)) (?:\w+ ){0,4}?(?:the |this |our |that )?(?:original |initial |previous |earlier )?(?:decision|response|"
    r"refusal|exemption|application|position|use|reliance|handling)|"
    r"(?:was|were|been) (?:\w+ )?(?:correctly|appropriately|properly|rightly) (?:applied|engaged|handled|refused|"
    r"withheld|cited|relied)|(?:correctly|appropriately|properly) applied|handled correctly|(?:original |"
    r"initial )?(?:decision|response|refusal) (?:\w+ ){0,2}(?:stands|was correct|is correct|remains|is upheld|"
    r"be upheld|was appropriate)|"
    r"(?:complaint|review|appeal) (?:is |has |been |was |therefore )*(?:not upheld|dismissed|rejected)|"
    r"do(?:es)? not uphold (?:your|the) (?:complaint|appeal)|the correct (?:decision|response)|still appl(?:y|ies)"
)
_OVERTURNED = re.compile(
    r"overturn\w*|(?:original |initial )?decision (?:is |was |has been |be )?(?:set aside|reversed|incorrect)|"
    r"(?:uphold|upheld) your (?:complaint|appeal|review)|(?:complaint|appeal|"
    r"request for (?:an )?internal review) (?:is |has |been |was |therefore )*upheld|(?:was|were) (?:incorrectly|"
    r"wrongly|not correctly) (?:applied|withheld|refused|engaged)|"
    r"should (?:not )?have been (?:disclosed|released|provided|applied|withheld|logged|refused|handled|dealt|"
    r"considered)|not uphold the (?:original|decision)"
)
_VARIED = re.compile(
    r"(?:partially|partly|part) (?:uphold|upheld|overturn\w*)|uph(?:e|o)ld(?:ing)? in part|in part\b.{0,40}uph(?:e|"
    r"o)ld|(?:additional|further|some) (?:information|material|documents?) (?:\w+ ){0,4}(?:released|disclosed|"
    r"provided|can be)|var(?:y|ied|ying) (?:the|our|this)|amend\w* (?:the|our) (?:original |initial )?(?:decision|"
    r"response)|no longer (?:rel(?:y|ying)|exempt|appl)|now (?:being )?(?:applied|relied|disclos\w+|releas\w+)|"
    r"revised (?:response|decision)"
)
HEAD = 25  # pieces of the answer among which a letter says that it is a review


@dataclass(frozen=True, slots=True)
class Result:
    """What a review came to, with the place that says so."""

    result: str
    start: int
    end: int


def find(letter: Letter) -> Result | None:
    """The result, where the letter is an internal review; "unclear" where it does not say."""
    answer = [
        piece
        for piece in letter.pieces
        if piece.voice is not Voice.REQUEST
        and piece.kind not in (SectionKind.COMPLAINTS, SectionKind.SIGNATURE)
        and letter.messages[piece.message].name == "ANSWER"
    ]
    opening = next(
        (
            piece
            for piece in answer[:HEAD]
            if "review" in piece.low and _IS_REVIEW.search(piece.low) and not _OFFER.search(piece.low)
        ),
        None,
    )
    if opening is None:
        return None
    said: dict[str, Piece] = {}
    for piece in answer:
        for name, pattern in (("varied", _VARIED), ("overturned", _OVERTURNED), ("stood", _STOOD)):
            if (
                name not in said
                and pattern.search(piece.low)
                and not re.search(r"\b(?:whether|if)\b|consider(?:ed)? (?:if|whether)|intention of", piece.low)
            ):
                said[name] = piece
    if "varied" in said or ("stood" in said and "overturned" in said):
        piece = said.get("varied") or said["overturned"]
        return Result("varied", piece.sentence.start, piece.sentence.end)
    for name in ("overturned", "stood"):
        if name in said:
            return Result(name, said[name].sentence.start, said[name].sentence.end)
    return Result("unclear", opening.sentence.start, opening.sentence.end)


_OFFER = re.compile(
    r"\b(?:if you|you (?:can|may|have the right)|right to|should you|within (?:40|20|forty|twenty|two))\b"
)


def review(letter: Letter, result: Result | None, others: tuple[Reference, ...]) -> Review | None:
    """The review as data: which answer it is of, where its reference is printed."""
    if result is None:
        return None
    of = next((other.key for other in others if other.kind == "reviewed"), None)
    return Review(reviews=of, result=result.result, span=letter.joined.span(result.start, result.end))
