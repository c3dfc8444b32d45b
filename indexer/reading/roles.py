"""What a printed provision does in a letter: applied, used to neither confirm nor deny, quoted, mentioned, given up.

Half of the section numbers in a letter are no exemption applied. Duties, notices and definitions are mentions by what
they are; the rest is told by whose words they stand in and by the words around them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.disclosure import APPLIED_ROLES, CitationRole, Regime, SectionKind, Voice
from indexer.reading import hints, outcomecues, voicecues
from indexer.reading import rolecues as cue
from indexer.reading.letter import MessageKind
from indexer.reading.phrases import compiled, phrases
from indexer.reading.sentences import written_out

if TYPE_CHECKING:
    from indexer.exemptions import ExemptionRegistry
    from indexer.reading.citations import Cited
    from indexer.reading.letter import Letter, Piece

# a name looked up in an enumeration takes five times as long as one of the module
_STATUTE_KIND = SectionKind.STATUTE
_ANSWER_VOICE = Voice.ANSWER
_OTHER_VOICE = Voice.OTHER
_REQUEST_VOICE = Voice.REQUEST
_ANSWER_MESSAGE = MessageKind.ANSWER
_APPLIED_ROLE = CitationRole.APPLIED
_APPLIED_NCND_ROLE = CitationRole.APPLIED_NCND
_MENTION_ROLE = CitationRole.MENTION
_NO_LONGER_ROLE = CitationRole.NO_LONGER
_QUOTED_ROLE = CitationRole.QUOTED
_REPEAT_ROLE = CitationRole.REPEAT
_REQUESTER_ROLE = CitationRole.REQUESTER
_FOISA = Regime.FOISA

_SUPPLEMENTARY = {  # definitions, certificates, lists of bodies, the qualified person: nothing is withheld under these
    Regime.FOIA: (
        "12(3)",
        "12(4)",
        "12(5)",
        "21(2)",
        "21(3)",
        "23(2)",
        "23(3)",
        "23(4)",
        "24(3)",
        "24(4)",
        "30(4)",
        "30(5)",
        "36(1)",
        "36(5)",
        "36(6)",
        "36(7)",
        "40(6)",
        "40(7)",
        "40(8)",
    ),
    Regime.FOISA: ("12(2)", "25(2)", "25(3)", "31(2)", "31(3)", "38(3)", "38(5)", "38(6)"),
}
NEAR = 170  # characters before a citation that may say it is given up, or only thought of


def assign(letter: Letter, cited: list[Cited], provisions: ExemptionRegistry, *, stood: bool | None) -> None:
    """Give every citation its role. ``stood``: whether a review left standing what was said (None: no review)."""
    if not cited:
        return
    lead = _leads(letter, cited)
    lost = _lost_sections(letter, cited)
    extended: bool | None = None  # looked for only where it tells anything
    for number, item in enumerate(cited):
        before = cited[number - 1] if number else None
        if (
            before is not None
            and before.piece == item.piece
            and before.role in _PASSED_ON
            and _listed_with(letter, before, item)
        ):
            item.role = before.role
            continue
        item.role = _role(letter, item, provisions, leading=number in lead, lost=lost, stood=stood)
        if item.role is _APPLIED_ROLE:
            if extended is None:
                extended = _extended(letter)
            if extended and not _DECIDED.search(letter.pieces[item.piece].low):
                item.role = _MENTION_ROLE  # still being weighed
    given_up = {(item.regime, item.parent) for item in cited if item.role is _NO_LONGER_ROLE}
    for item in cited:
        if item.role is _APPLIED_ROLE and (item.regime, item.parent) in given_up:
            sentence = letter.pieces[item.piece]
            said = letter.joined.lower[sentence.start : item.start]
            then = stood is not None and _REFUSED_THEN.search(said) and not _NOW.search(said)
            if then or cue.BEFORE_NOW.search(sentence.low):
                item.role = _NO_LONGER_ROLE
    _pair_scottish(letter, cited, provisions)
    _repeats(cited)


def _extended(letter: Letter) -> bool:
    """Whether the answer takes more time to decide."""
    answer, hinted = _ANSWER_VOICE, hints.EXTENDS
    for piece in letter.pieces:
        if piece.hint & hinted and piece.voice is answer and outcomecues.extends(piece.low):
            return True
    return False


_REFUSED_THEN = compiled(
    r"\b(?:withheld|refused|exempted|(?:was|were) exempt|redacted|applied|relied|cited|citing|claimed|would exceed)\b"
)
_NOW = compiled(r"\b(?:is|are|am|be|being|been|now|maintain\w*|uph[eo]ld\w*|remains?|still|today)\b")
_PASSED_ON = (CitationRole.QUOTED, CitationRole.NO_LONGER)
_SAME_LIST = phrases(
    r"(?: ?(?:of|under|in) (?:the )?[\w ]{3,60}?(?:act|regulations|foia|eir)(?: (?:19|20)\d\d)?)?(?: ?\([a-z "
    r"]{2,20}\))?[ ,;]*(?:and|or|&)?[ ,;]*",
)


def _listed_with(letter: Letter, before: Cited, item: Cited) -> bool:
    """Whether two citations stand in one list, so that what is said of the first is said of the second."""
    return item.start == before.start or _SAME_LIST.fullmatch(letter.joined.lower[before.end : item.start]) is not None


_DECIDED = phrases(
    r"\b(?:is|are|been|being|be|therefore) (?:\w+ )?(?:exempt|withheld|refus\w+|redacted)\b",
    r"refus(?:e|ing)\b",
)


def _role(
    letter: Letter,
    item: Cited,
    provisions: ExemptionRegistry,
    *,
    leading: bool,
    lost: frozenset[tuple[Regime, str]],
    stood: bool | None,
) -> CitationRole:
    piece = letter.pieces[item.piece]
    settled = _by_place(letter, item, piece, provisions)
    if settled is not None:
        return settled
    low = letter.joined.lower
    start, end = piece.start, piece.end
    before = written_out(low[max(start, item.start - NEAR) : item.start])
    after = written_out(low[item.end : min(end, item.end + NEAR)])
    if cue.quotes(before):
        return _QUOTED_ROLE
    ncnd = leading or cue.ncnd(piece.low)
    freed = ncnd or cue.DUTY.search(before) is not None  # "the duty … does not apply, by virtue of" gives nothing up
    given_up = _given_up(before, after, ncnd=freed, stood=stood)
    if given_up is not None:
        return _MENTION_ROLE if _ONE_OF_MANY.match(piece.low) else given_up
    by_itself = provisions.is_ncnd(item.regime, item.provision)
    if (
        not ncnd
        and not by_itself
        and (
            cue.perhaps(before[-140:])
            or cue.TALK.search(before)
            or cue.EXAMPLE.match(after)
            or cue.only_thought_of(before, after)
        )
    ):
        return _MENTION_ROLE
    if (
        not by_itself
        and ("guidance" in piece.low or "| ico" in piece.low)
        and cue.GUIDANCE.search(low, start, end)
        and not re.search(r"exempt|refus|withh|appl(?:y|ied|ies)\b", before)
    ):
        return _MENTION_ROLE
    if (item.regime, item.parent) in lost and not by_itself:
        return _MENTION_ROLE
    if by_itself or (ncnd and _may_hide(item, provisions)):
        return _APPLIED_NCND_ROLE
    return _APPLIED_ROLE


def _by_place(letter: Letter, item: Cited, piece: Piece, provisions: ExemptionRegistry) -> CitationRole | None:
    """What is settled by whose words it stands in, and by what the provision is."""
    if piece.voice is _REQUEST_VOICE or piece.subject:
        return _REQUESTER_ROLE
    if letter.messages[piece.message] is not _ANSWER_MESSAGE:
        return _MENTION_ROLE
    if not provisions.may_apply(item.regime, item.provision):
        return _MENTION_ROLE
    if piece.voice is _OTHER_VOICE:
        return _MENTION_ROLE
    asked_for, for_himself = cue.asked_for(piece.low)
    if for_himself:
        return _REQUESTER_ROLE
    if asked_for:
        return _MENTION_ROLE
    if piece.kind is _STATUTE_KIND:
        return _QUOTED_ROLE
    low = letter.joined.lower
    if _counted(letter, item, piece) or _SPAN.match(low, item.end):
        return _MENTION_ROLE
    if (
        item.start - piece.start > _LATE
        and voicecues.STATUTE.match(piece.low)
        and not cue.NCND.search(low, piece.start, item.start)
    ):
        return _QUOTED_ROLE
    if item.provision.startswith(_SUPPLEMENTARY.get(item.regime, ())):
        return _MENTION_ROLE
    return None


_SPAN = compiled(r" ?(?:to|-|through) (?:section )?\d{1,2}\b(?! ?\()")  # "sections 21 to 44": a stretch of the Act
_ONE_OF_MANY = compiled(
    r"in (?:one|two|three|four|five|\d+|some|several|many|most|all|a few)\b"
)  # figures on decisions
_WRONG = compiled(r" (?:is|are|was|were) (?:wrongly|incorrectly|mistakenly|erroneously|not correctly)\b")
_COUNT = compiled(r"[ |:-]*\d[\d,.%]*[ *]*$")


def _counted(letter: Letter, item: Cited, piece: Piece) -> bool:
    """A table's row that says how often a provision was used."""
    if not piece.at_line or (item.start > piece.body + 1 and "section" not in piece.low[:12]):
        return False
    lower = letter.joined.lower
    if _COUNT.match(lower, item.end, piece.end):
        return True
    if piece.cell or item.piece + 1 == len(letter.pieces):
        return False
    beside = letter.pieces[item.piece + 1]
    return beside.cell > 0 and _COUNT.match(lower, beside.start, beside.end) is not None


_NO_MORE = ("no longer", "withdraw", "maintained", "not have been", "in error", "mistake", "wrongly", "incorrectly")
_LATE = 60  # characters: a citation that opens a sentence of statute names what is quoted, a later one is part of it


def _given_up(before: str, after: str, *, ncnd: bool, stood: bool | None) -> CitationRole | None:
    if not ncnd and _lapses(after):
        given_up = any(word in after[:80] for word in _NO_MORE) or _WRONG.match(after) is not None
        return _NO_LONGER_ROLE if given_up or cue.BEFORE_NOW.search(before) else _MENTION_ROLE
    if stood is not True and (stood is False or cue.gives_up(before + after)) and cue.BEFORE_NOW.search(before):
        return _NO_LONGER_ROLE
    hit = None if ncnd else cue.gives_up(before)
    if hit is None:
        return None
    return (
        _NO_LONGER_ROLE
        if re.search(
            r"no longer|withdr|incorrect|wrong|mistake|errone|should not|overturn|aside|instead|place|rather|uphold|"
            r"support|endorse",
            hit.group(),
        )
        else _MENTION_ROLE
    )


def _lapses(after: str) -> bool:
    """Whether the words after a citation say that it does not apply; most have no word for that."""
    if (
        "not" in after
        or "no longer" in after
        or "withdraw" in after
        or "would be" in after
        or " away" in after
        or "incorrectly" in after
        or "wrongly" in after
        or "erro" in after
        or "mistake" in after
    ):
        return cue.APPLIES_NOT.match(after) is not None
    return False


def _may_hide(item: Cited, provisions: ExemptionRegistry) -> bool:
    """A whole section, or one whose law has no limb of its own to neither confirm nor deny, may stand for that limb."""
    return provisions.is_exemption(item.regime, item.provision)


def _leads(letter: Letter, cited: list[Cited]) -> frozenset[int]:
    """Citations in a list under a sentence that neither confirms nor denies ("… by virtue of these exemptions:")."""
    found = set()
    pieces_with = {item.piece for item in cited}
    eighteen = {item.piece for item in cited if item.regime is _FOISA and item.parent == "18"}
    for number, item in enumerate(cited):
        place = item.piece
        while place > 0 and place in pieces_with and _listed(letter.pieces[place]):
            place -= 1
            above = letter.pieces[place]
            if (
                above.low.endswith((":", "-", "exemptions", "exemption", "exemptions.", "exemption(s)"))
                or place in pieces_with
            ):
                if (cue.ncnd(above.low) or place in eighteen) and not above.low.endswith("."):
                    found.add(number)
                    break
                if above.low.endswith(":"):
                    break
            else:
                break
    return frozenset(found)


_QUESTION = compiled(r"(?:question|q|part|point|item) ?\d")


def _listed(piece: Piece) -> bool:
    """A line of a list: begins a line, and is short."""
    return (
        piece.at_line and not _QUESTION.match(piece.low) and len(piece.low) < 160
    )  # 160: a citation with its heading, no argument


def _lost_sections(letter: Letter, cited: list[Cited]) -> frozenset[tuple[Regime, str]]:
    """Exemptions whose public interest test came out for disclosure: engaged, and not applied."""
    first, argued = min([item.piece for item in cited]), hints.ARGUED  # a word of which is "public"
    places = [
        place
        for place, piece in enumerate(letter.pieces[first:], first)
        if piece.hint & argued
        and "public interest" in piece.low
        and piece.voice is _ANSWER_VOICE
        and cue.LOST.search(piece.low)
        and not cue.NOT_LOST.search(piece.low)
    ]
    lost: set[tuple[Regime, str]] = set()
    for place in places:
        near = [item for item in cited if item.piece <= place and letter.pieces[item.piece].voice is _ANSWER_VOICE]
        if near:
            last = near[-1]
            lost.update((item.regime, item.parent) for item in near if item.piece == last.piece)
    return frozenset(lost)


def _pair_scottish(letter: Letter, cited: list[Cited], provisions: ExemptionRegistry) -> None:
    """FOISA s.18 works only with an exemption: what is named with it is used to neither confirm nor deny too."""
    eighteen = {
        item.piece for item in cited if item.regime is _FOISA and item.parent == "18" and item.role in APPLIED_ROLES
    }
    for item in cited:
        if (
            item.regime is _FOISA
            and not _SPAN.match(letter.joined.lower, item.end)
            and item.role in (_APPLIED_ROLE, _MENTION_ROLE)
            and provisions.is_exemption(item.regime, item.provision)
        ):
            near = item.piece in eighteen or (
                item.piece - 1 in eighteen
                and re.search(r"if (?:it|any|the|such|this|\w+ )?.{0,30}held", letter.pieces[item.piece].low)
            )
            if near and letter.pieces[item.piece].voice is _ANSWER_VOICE:
                item.role = _APPLIED_NCND_ROLE


def _repeats(cited: list[Cited]) -> None:
    """Named again after being applied, or named less deeply than it is applied elsewhere."""
    applied = [item for item in cited if item.role in APPLIED_ROLES]
    names = {(item.regime, item.provision) for item in applied}
    seen: dict[tuple[Regime, str], CitationRole] = {}
    for item in applied:
        key = (item.regime, item.provision)
        deeper = len(names) > 1 and any(
            regime is item.regime and name.startswith(item.provision + "(") for regime, name in names
        )
        if key in seen or deeper:
            item.role = _REPEAT_ROLE
        else:
            seen[key] = item.role
    ncnd = {(item.regime, item.parent) for item in cited if item.role is _APPLIED_NCND_ROLE}
    for item in cited:
        if item.role is _APPLIED_ROLE and item.provision == item.parent and (item.regime, item.parent) in ncnd:
            item.role = _REPEAT_ROLE
