"""What a disclosure is: the one vocabulary that every package shares.

Frozen dataclasses and string enums from the standard library only, so that a record can be written down, hashed,
compared and sent between processes. Nothing here reads, fetches or searches.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Regime(StrEnum):
    """The law a request was answered under. Section numbers mean nothing without it: FOISA s.17 is *not held*."""

    FOIA = "FOIA"  # Freedom of Information Act 2000
    FOISA = "FOISA"  # Freedom of Information (Scotland) Act 2002
    EIR = "EIR"  # Environmental Information Regulations 2004
    EISR = "EISR"  # Environmental Information (Scotland) Regulations 2004
    DPA = "DPA"  # Data Protection Act 2018 or UK GDPR, subject access
    JFOI = "JFOI"  # Freedom of Information (Jersey) Law 2011


class Outcome(StrEnum):
    """What became of a question. Several may stand together; ``UNCLEAR`` is honest and never guessed away."""

    DISCLOSED = "disclosed"
    DISCLOSED_PART = "disclosed_part"
    REFUSED_EXEMPTION = "refused_exemption"
    REFUSED_COST = "refused_cost"
    REFUSED_VEXATIOUS = "refused_vexatious"
    REFUSED_REPEATED = "refused_repeated"
    NCND = "ncnd"
    NOT_HELD = "not_held"
    ALREADY_ACCESSIBLE = "already_accessible"
    CLARIFICATION_REQUESTED = "clarification_requested"
    TRANSFERRED = "transferred"
    REDIRECTED_SAR = "redirected_sar"
    INVALID_REQUEST = "invalid_request"
    PIT_EXTENSION = "pit_extension"
    UNCLEAR = "unclear"


OUTCOME_LABELS: dict[Outcome, str] = {
    Outcome.DISCLOSED: "Disclosed in full",
    Outcome.DISCLOSED_PART: "Disclosed in part",
    Outcome.REFUSED_EXEMPTION: "Refused: exemption",
    Outcome.REFUSED_COST: "Refused: cost",
    Outcome.REFUSED_VEXATIOUS: "Refused: vexatious",
    Outcome.REFUSED_REPEATED: "Refused: repeated",
    Outcome.NCND: "Neither confirmed nor denied",
    Outcome.NOT_HELD: "Information not held",
    Outcome.ALREADY_ACCESSIBLE: "Already published",
    Outcome.CLARIFICATION_REQUESTED: "Clarification asked",
    Outcome.TRANSFERRED: "Referred or transferred",
    Outcome.REDIRECTED_SAR: "Redirected to subject access",
    Outcome.INVALID_REQUEST: "Not a valid request",
    Outcome.PIT_EXTENSION: "Extra time for the public interest test",
    Outcome.UNCLEAR: "Not clear from the published text",
}


class CitationRole(StrEnum):
    """What a printed provision does in the letter. Only the two applied roles make a facet value."""

    APPLIED = "applied"
    APPLIED_NCND = "applied_ncnd"  # used to neither confirm nor deny
    QUOTED = "quoted"  # statute reproduced
    MENTION = "mention"  # duties, notices, boilerplate, other law
    REQUESTER = "requester"  # the requester's words
    REPEAT = "repeat"  # named again after being applied
    NO_LONGER = "no_longer"  # relied on before, not now


APPLIED_ROLES = frozenset({CitationRole.APPLIED, CitationRole.APPLIED_NCND})


class Voice(StrEnum):
    """Whose words a passage is."""

    REQUEST = "request"
    ANSWER = "answer"
    OTHER = "other"  # letterhead, chrome, complaints boilerplate, signature


class SectionKind(StrEnum):
    """What a passage of a letter is for; finer than ``Voice``, and only where the letter shows it."""

    LETTERHEAD = "letterhead"
    REQUEST = "request"
    CLARIFICATION = "clarification"
    ANSWER = "answer"
    QUESTION = "question"  # one numbered question, in the request or repeated before its answer
    QUESTION_ANSWER = "question_answer"  # the answer to one numbered question
    REFUSAL_NOTICE = "refusal_notice"
    HARM = "harm"
    FACTORS_FOR = "factors_for"
    FACTORS_AGAINST = "factors_against"
    BALANCE = "balance"
    ADVICE = "advice"
    STATUTE = "statute"
    COMPLAINTS = "complaints"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of one part's text: code points ``start`` (counted from 0) up to but not including ``end``."""

    part: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """Whose words a stretch of a part is. Stretches of one part neither overlap nor leave gaps once it was read."""

    role: Voice
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of text, whole. ``part`` is ``page`` for the main document and ``attachment-1`` … for its attachments;
    ``page`` counts from 1 inside that document (a sheet of a workbook is a page; a web page is page 1)."""

    part: str
    page: int
    text: str
    roles: tuple[Voiced, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A passage with a purpose. It may run over a page break: then each page has a section of its own."""

    kind: SectionKind
    span: Span
    question: str | None = None  # "1", "2a" … as numbered in the letter
    provision: str | None = None  # the exemption that a harm or public interest passage argues, "FOIA 31"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One provision as printed once in the letter. ``31(1)(a)&(b)`` gives two, with the same span."""

    regime: Regime
    provision: str  # the deepest limb printed: "31(1)(a)"
    parent: str  # the facet's value: "31"; under the EIR the exception: "12(4)(b)"
    concept: str | None  # regime-neutral: "law_enforcement"
    role: CitationRole
    printed: str
    span: Span
    question: str | None = None
    label: str | None = None  # what the letter calls it, as printed: "qualified, prejudice-based"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one numbered question got; ``question`` is None where the letter is not answered by numbers."""

    question: str | None
    outcomes: tuple[Outcome, ...]
    provisions: tuple[str, ...]  # "FOIA 40(2)"
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The passage that a fact was read from. ``fact`` is the field's name, ``value`` its value as text."""

    fact: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference other than the letter's own: the requester's, a linked or aggregated request, the one reviewed."""

    printed: str
    key: str
    kind: str  # "theirs", "linked", "aggregated", "reviewed"
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An internal review: which answer it looks at, and what became of that answer."""

    reviews: str | None  # canonical key of the answer reviewed
    result: str  # "stood", "varied", "overturned", "unclear"
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CostEstimate:
    """The arithmetic of a cost refusal, each figure only where it is printed."""

    records: int | None
    minutes_each: float | None
    hours: float | None
    limit_hours: float | None
    limit_pounds: int | None
    span: Span
    question: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Every fact read from one letter. Nothing in it is inferred from what is not printed."""

    forces: tuple[str, ...] = ()
    reference: str | None = None
    reference_key: str | None = None
    other_references: tuple[Reference, ...] = ()
    received_on: date | None = None
    clarified_on: date | None = None
    answered_on: date | None = None
    published_on: date | None = None
    regimes: tuple[Regime, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    citations: tuple[Citation, ...] = ()
    answers: tuple[Answer, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sections: tuple[Section, ...] = ()
    review: Review | None = None
    costs: tuple[CostEstimate, ...] = ()
    notes: tuple[str, ...] = ()  # "impossible date: 31 February 2024"
    parts: tuple[Part, ...] = ()  # the parts given, each with its roles filled in
    version: str = ""  # of the reader


class FailureKind(StrEnum):
    """Why a document could not be read; shown to people, so each is a plain word."""

    PASSWORD = "password"  # noqa: S105
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASH = "crash"
    TOO_LARGE = "too_large"
    UNSUPPORTED_TYPE = "unsupported_type"
    SCANNED = "scanned"  # no text layer, and no OCR installed
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One reason why an original is held back. Told to the operator alone, never to the public."""

    kind: str  # "hidden_sheet", "hidden_row", …: every kind starts with hidden_
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What came out of one document: its visible text, page by page, or the named reason why there is none.

    ``failure`` and text may stand together (a truncated file whose first pages were saved).
    """

    media_type: str
    pages: tuple[str, ...] = ()
    text_quality: float | None = None  # 0 to 1, the share that looks like words; None where there is no text
    failure: FailureKind | None = None
    held_back: tuple[Hold, ...] = ()
    ocr: bool = False
    notes: tuple[str, ...] = ()
    version: str = ""  # of the extractors


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One address a body was found at, and where its record lies in the archive."""

    url: str
    kind: str  # "item", "attachment", "letter" (a loose file)
    sha256: str
    size: int
    media_type: str
    first_seen: datetime
    last_seen: datetime
    fetched_at: datetime
    gone_since: datetime | None = None
    warc: str | None = None  # file name inside the archive folder
    offset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that the answer came with."""

    number: int  # from 1; its parts are named ``attachment-<number>``
    name: str
    url: str | None
    media_type: str
    size: int
    sha256: str
    pages: int
    text_quality: float | None = None
    failure: FailureKind | None = None
    held_back: tuple[Hold, ...] = ()  # emptied before it leaves the operator's side; see ``available``
    available: bool = True  # False: the public reads "attachment not available", and no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One answer as published: what the index holds, the site shows and the exports write."""

    id: str
    log: str | None  # id of the disclosure log it was found in; None for a loose letter
    forces: tuple[str, ...]
    title: str
    reading: Reading
    media_type: str
    attachments: tuple[Attachment, ...] = ()
    sources: tuple[Source, ...] = ()
    licence: str = "unknown"
    published_on: date | None = None  # from the listing, or the letter
    question: str | None = None  # group of near-identical requests, across forces
    aliases: tuple[str, ...] = ()  # every other address it was found at
    read_with: str = ""  # versions of extractors, reader and mappings
    failure: FailureKind | None = None  # of the main document
    text_quality: float | None = None
    held_back: tuple[Hold, ...] = ()  # of the main document; emptied before it leaves the operator's side
    available: bool = True  # False: the main document's original is not served, and nobody is told why
    gone_since: datetime | None = None
    obeyed: tuple[int, ...] = ()  # numbers of the operator's masks that its text is under

    @property
    def parts(self) -> tuple[Part, ...]:
        """The text in order: the page, then each attachment page by page."""
        return self.reading.parts

    @property
    def dated_on(self) -> date | None:
        """The date that searches and sorts use: answered, else published. Undated records match none and sort last."""
        return self.reading.answered_on or self.published_on

    def voice(self, role: Voice) -> str:
        """All words of one voice in the main document, passages parted by a blank line."""
        pieces = (
            part.text[span.start : span.end].strip()
            for part in self.parts
            if part.part == "page"
            for span in part.roles
            if span.role is role
        )
        return "\n\n".join(piece for piece in pieces if piece)
