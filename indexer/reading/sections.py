"""What each passage of an answer is for: harm, public interest factors, balance, advice, refusal notice, quoted statute."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.disclosure import APPLIED_ROLES, CitationRole, Section, SectionKind, Voice
from indexer.reading import voicecues as cue
from indexer.reading.letter import MessageKind
from indexer.reading.phrases import phrases

if TYPE_CHECKING:
    from indexer.reading.citations import Cited
    from indexer.reading.letter import Letter, Piece

_HEADINGS = (
    (
        SectionKind.FACTORS_AGAINST,
        re.compile(
            r".*\b(?:(?:factors?|considerations?|arguments?|reasons?|public interest)\b.{0,40}\b(?:against|favou?ring (?:non|not|neither|withholding|maintain|the exemption|refus|exclu)|in favou?r of (?:non|not|neither|withholding|maintaining|the exemption|refus|exclu)|"
            r"for (?:non|not|withholding|maintaining|neither)|supporting (?:non|withholding|maintain|the application)|(?:to|for) withhold\w*)|against (?:disclosure|release|confirm\w+|compl\w+))\b"
        ),
    ),
    (
        SectionKind.FACTORS_FOR,
        re.compile(
            r".*\b(?:factors?|considerations?|arguments?|reasons?|public interest)\b.{0,40}\b(?:favou?ring|in favou?r of|for|supporting|in support of) (?:the )?(?:disclos\w+|releas\w+|confirm\w+|compl\w+|provid\w+)"
        ),
    ),
    (SectionKind.BALANCE, re.compile(r"(?:public interest )?(?:balanc\w+)(?: test| of)?|.*\bbalanc(?:e|ing) (?:test|of the public interest|exercise)|public interest (?:conclusion|balance)|conclusion|balancing")),
    (SectionKind.HARM, re.compile(r"(?:overall |evidence of |the )?(?:prejudice )?\(?harm\)?(?:\b.*)?|.*\bharm(?:\))? (?:test|in)|evidence of (?:prejudice|harm)|prejudice(?: test)?\b|overall (?:prejudice|harm)")),
    (SectionKind.ADVICE, re.compile(r"(?:duty to (?:provide )?)?advice (?:and|&) assistance|(?:section|s\.?) ?16\b|section 15\b.*advice|how (?:you|to) (?:can|may|could|might) (?:refine|narrow)")),
    (SectionKind.REFUSAL_NOTICE, re.compile(r"(?:this (?:letter|response|email) (?:serves|acts|is|constitutes) .*)?refusal notice|notice (?:of refusal|under section 17)|refusal of request|exemptions? (?:applied|explan\w+|claimed|engaged)|.*\brefusal notice\b")),
    (SectionKind.CLARIFICATION, re.compile(r"clarification(?: (?:sought|received|request|requested|provided))?\b")),
)  # fmt: skip
_ADVICE = phrases(
    r"(?:under|in accordance with|in line with|pursuant to) (?:our duty under )?section (?:16|15)\b",
    r"(?:to|in order to) (?:assist|help) you (?:in |to )?(?:refin|narrow)",
    r"(?:you may|if you) (?:wish|want|would like)? ?(?:to )?(?:refine|narrow|reduce)",
)
HEADING = 150  # characters: "Factors favouring disclosure - Section 31(1)(a) and (b)" and the like


def refine(letter: Letter) -> None:
    """Give the answer's pieces their finer kinds, by the headings they stand under."""
    current: SectionKind | None = None
    message = -1
    for piece in letter.pieces:
        if letter.messages[piece.message] is not MessageKind.ANSWER or piece.voice is not Voice.ANSWER:
            current = None
            continue
        if piece.message != message:
            message, current = piece.message, None
        found = _headed(piece)
        if found is not None:
            current = found
        elif _breaks(piece):
            current = None
        if current is not None:
            piece.kind = current
        elif _ADVICE.match(piece.low):
            piece.kind = SectionKind.ADVICE
        elif _statute(piece):
            piece.kind = SectionKind.STATUTE


def _headed(piece: Piece) -> SectionKind | None:
    """The kind that a heading, or a sentence that works as one, opens."""
    low = piece.low
    if not piece.sentence.at_line or len(low) > HEADING:
        return None
    heading = piece.sentence.heading or low.endswith(":") or (piece.sentence.after_gap and not low.endswith("."))
    if not heading:
        return None
    bare = re.sub(r"^(?:section|s\.?|regulation) ?\d[\w() ,&-]{0,30}?[-: ]+", "", low)
    for kind, pattern in _HEADINGS:
        if pattern.match(bare) or pattern.match(low):
            return kind
    return None


def _breaks(piece: Piece) -> bool:
    """What ends an argued passage: another question, a plain heading, a decision."""
    low = piece.low
    if not piece.sentence.at_line:
        return False
    if (
        piece.sentence.heading
        and len(low) < 80
        and (
            cue.ANSWER_HEADING.fullmatch(low)
            or re.match(r"(?:question|q|response|answer|exempt|section|annex|appendix|in relation)", low)
        )
    ):  # 80: a heading
        return True
    return (
        re.match(
            r"(?:in (?:relation|respect) (?:to|of) (?:question|part|your)|none of the above|however, i can|it should be noted|please note that police|this (?:letter|email|response) (?:serves|acts|is))",
            low,
        )
        is not None
    )


def _statute(piece: Piece) -> bool:
    low = piece.low
    return (
        re.match(r"(?:information|any information|the duty to confirm)", low) is not None
        and cue.STATUTE.match(low) is not None
    )


def sections(letter: Letter, cited: list[Cited]) -> tuple[Section, ...]:
    """Runs of pieces of one kind, page by page, with the question answered and the exemption argued."""
    joined = letter.joined
    argued = _argued(letter, cited)
    found: list[Section] = []
    run: list[int] = []

    def close() -> None:
        if run:
            first, last = letter.pieces[run[0]], letter.pieces[run[-1]]
            found.append(
                Section(
                    kind=first.kind,
                    span=joined.span(first.sentence.start, last.sentence.end),
                    question=first.questions[0] if len(first.questions) == 1 else None,
                    provision=argued.get(run[0]),
                )
            )
            run.clear()

    for place, piece in enumerate(letter.pieces):
        if run:
            before = letter.pieces[run[-1]]
            same = (
                before.kind is piece.kind
                and before.questions == piece.questions
                and before.message == piece.message
                and argued.get(run[0]) == argued.get(place)
            )
            if not same or joined.part_at(before.sentence.start) != joined.part_at(piece.sentence.start):
                close()
        run.append(place)
    close()
    return tuple(found)


_ARGUED = frozenset({SectionKind.HARM, SectionKind.FACTORS_FOR, SectionKind.FACTORS_AGAINST, SectionKind.BALANCE})


def _argued(letter: Letter, cited: list[Cited]) -> dict[int, str]:
    """For argued passages, the exemption last named in a heading above them; only where one alone is named."""
    named: dict[int, set[str]] = {}
    for item in cited:
        if item.role in APPLIED_ROLES or item.role is CitationRole.REPEAT:
            named.setdefault(item.piece, set()).add(f"{item.regime} {item.parent}")
    found: dict[int, str] = {}
    current: str | None = None
    for place, piece in enumerate(letter.pieces):
        here = named.get(place)
        if here and (piece.sentence.heading or piece.sentence.at_line):
            current = next(iter(here)) if len(here) == 1 else None
        if piece.kind in _ARGUED and current:
            found[place] = current
    return found
