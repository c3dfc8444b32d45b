"""What each passage of an answer is for: harm, public interest factors, balance, advice, notice, quoted statute."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from indexer.disclosure import APPLIED_ROLES, CitationRole, Section, SectionKind, Voice
from indexer.reading import hints
from indexer.reading import voicecues as cue
from indexer.reading.letter import MessageKind
from indexer.reading.phrases import compiled, phrases

if TYPE_CHECKING:
    from indexer.reading.citations import Cited
    from indexer.reading.letter import Letter, Piece

_HEADINGS = (
    (
        SectionKind.FACTORS_AGAINST,
        phrases(
            r".*\b(?:factors?|considerations?|arguments?|reasons?|public interest)\b.{0,40}\b(?:against|favou?ring "
            r"(?:non|not|neither|withholding|maintain|the exemption|refus|exclu)|in favou?r of (?:non|not|neither|"
            r"withholding|maintaining|the exemption|refus|exclu)|for (?:non|not|withholding|maintaining|neither)|"
            r"supporting (?:non|withholding|maintain|the application)|(?:to|for) withhold\w*)\b",
            r".*\bagainst (?:disclosure|release|confirm\w+|compl\w+)\b",
        ),
    ),
    (
        SectionKind.FACTORS_FOR,
        phrases(
            r".*\b(?:factors?|considerations?|arguments?|reasons?|public interest)\b.{0,40}\b(?:favou?ring|"
            r"in favou?r of|for|supporting|in support of) (?:the )?"
            r"(?:disclos\w+|releas\w+|confirm\w+|compl\w+|provid\w+)",
        ),
    ),
    (
        SectionKind.BALANCE,
        phrases(
            r"(?:public interest )?balanc\w+(?: test| of)?",
            r".*\bbalanc(?:e|ing) (?:test|of the public interest|exercise)",
            r"public interest (?:conclusion|balance)",
            r"conclusion",
        ),
    ),
    (
        SectionKind.HARM,
        phrases(
            r"(?:overall |evidence of |the )?(?:prejudice )?\(?harm\)?",
            r".*\bharm\)? (?:test|in)",
            r"evidence of (?:prejudice|harm)",
            r"prejudice(?: test)?\b",
            r"overall (?:prejudice|harm)",
        ),
    ),
    (
        SectionKind.ADVICE,
        phrases(
            r"(?:duty to (?:provide )?)?advice (?:and|&) assistance",
            r"(?:section|s\.?) ?16\b",
            r"section 15\b.*advice",
            r"how (?:you|to) (?:can|may|could|might) (?:refine|narrow)",
        ),
    ),
    (
        SectionKind.REFUSAL_NOTICE,
        phrases(
            r"(?:this (?:letter|response|email) (?:serves|acts|is|constitutes) .*)?refusal notice",
            r"notice (?:of refusal|under section 17)",
            r"refusal of request",
            r"exemptions? (?:applied|explan\w+|claimed|engaged)",
            r".*\brefusal notice\b",
        ),
    ),
    (SectionKind.CLARIFICATION, compiled(r"clarification(?: (?:sought|received|request|requested|provided))?\b")),
)
_ADVISES = ("under", "in ", "pursuant", "to ", "you may", "if you")
_ADVICE = phrases(
    r"(?:under|in accordance with|in line with|pursuant to) (?:our duty under )?section (?:16|15)\b",
    r"(?:to|in order to) (?:assist|help) you (?:in |to )?(?:refin|narrow)",
    r"(?:you may|if you) (?:wish|want|would like)? ?(?:to )?(?:refine|narrow|reduce)",
)
_PROVISION = compiled(r"(?:section|s\.?|regulation) ?\d[\w() ,&-]{0,30}?[-: ]+")
_ANOTHER = compiled(r"(?:question|q|response|answer|exempt|section|annex|appendix|in relation)")
_DECIDES = phrases(
    r"in (?:relation|respect) (?:to|of) (?:question|part|your)",
    r"none of the above",
    r"however, i can",
    r"it should be noted",
    r"please note that police",
    r"this (?:letter|email|response) (?:serves|acts|is)",
)
_INFORMATION = ("information", "any information", "the duty to confirm")
_OPENINGS = frozenset(opening[:2] for opening in (*_ADVISES, *_INFORMATION))
HEADING = 150  # characters: "Factors favouring disclosure - Section 31(1)(a) and (b)" and the like
SHORT_HEADING = 80  # characters of a plain heading


def refine(letter: Letter) -> None:
    """Give the answer's pieces their finer kinds, by the headings they stand under."""
    current: SectionKind | None = None
    message = -1
    answer = Voice.ANSWER
    answers = [kind is MessageKind.ANSWER for kind in letter.messages]
    for piece in letter.pieces:
        if piece.voice is not answer or not answers[piece.message]:
            current = None
            continue
        if piece.message != message:
            message, current = piece.message, None
        low = piece.low
        if piece.at_line:
            found = _headed(piece) if piece.hint & hints.ARGUED else None
            if found is not None:
                current = found
            elif current is not None and _breaks(piece):
                current = None
        if current is not None:
            piece.kind = current
        elif low[:2] not in _OPENINGS:
            continue
        elif low.startswith(_ADVISES) and _ADVICE.match(low):
            piece.kind = SectionKind.ADVICE
        elif low.startswith(_INFORMATION) and cue.STATUTE.match(low):
            piece.kind = SectionKind.STATUTE


def _headed(piece: Piece) -> SectionKind | None:
    """The kind that a heading, or a sentence at the beginning of a line that works as one, opens."""
    low = piece.low
    if len(low) > HEADING:
        return None
    if not (piece.heading or low.endswith(":") or (piece.after_gap and not low.endswith("."))):
        return None
    provision = _PROVISION.match(low)
    bare = low[provision.end() :] if provision else low
    for kind, pattern in _HEADINGS:
        if pattern.match(bare) or (provision and pattern.match(low)):
            return kind
    return None


def _breaks(piece: Piece) -> bool:
    """What, at the beginning of a line, ends an argued passage: another question, a plain heading, a decision."""
    low = piece.low
    heading = piece.heading and len(low) < SHORT_HEADING
    if heading and (_ANOTHER.match(low) or cue.ANSWER_HEADING.fullmatch(low)):
        return True
    return _DECIDES.match(low) is not None


def sections(letter: Letter, cited: list[Cited]) -> tuple[Section, ...]:
    """Runs of pieces of one kind, page by page, with the question answered and the exemption argued."""
    joined, pieces = letter.joined, letter.pieces
    if not pieces:
        return ()
    argued = _argued(letter, cited)
    starts = joined.part_starts
    last_part = len(starts) - 1
    border = 0  # where the next part begins
    runs: list[tuple[int, str | None]] = []  # where each begins, and the provision it argues
    kind: SectionKind | None = None
    questions: tuple[str, ...] = ()
    message = 0
    provision: str | None = None
    for place, piece in enumerate(pieces):
        if (
            piece.kind is kind
            and piece.start < border
            and piece.message == message
            and piece.questions == questions
            and (not argued or argued.get(place) == provision)
        ):
            continue
        if piece.start >= border:
            part = joined.part_at(piece.start)
            border = starts[part + 1] if part < last_part else sys.maxsize
        kind, questions, message, provision = piece.kind, piece.questions, piece.message, argued.get(place)
        runs.append((place, provision))
    ends = [place for place, _ in runs[1:]]
    ends.append(len(pieces))
    found: list[Section] = []
    for (place, provision), end in zip(runs, ends, strict=True):
        first = pieces[place]
        found.append(
            Section(
                kind=first.kind,
                span=joined.span(first.start, pieces[end - 1].end),
                question=first.questions[0] if len(first.questions) == 1 else None,
                provision=provision,
            )
        )
    return tuple(found)


_ARGUED = frozenset({SectionKind.HARM, SectionKind.FACTORS_FOR, SectionKind.FACTORS_AGAINST, SectionKind.BALANCE})


def _argued(letter: Letter, cited: list[Cited]) -> dict[int, str]:
    """For argued passages, the exemption last named in a heading above them; only where one alone is named."""
    named: dict[int, set[str]] = {}
    for item in cited:
        if item.role in APPLIED_ROLES or item.role is CitationRole.REPEAT:
            named.setdefault(item.piece, set()).add(f"{item.regime} {item.parent}")
    found: dict[int, str] = {}
    if not named:
        return found
    current: str | None = None
    for place, piece in enumerate(letter.pieces):
        here = named.get(place)
        if here and (piece.heading or piece.at_line):
            current = next(iter(here)) if len(here) == 1 else None
        if piece.kind in _ARGUED and current:
            found[place] = current
    return found
