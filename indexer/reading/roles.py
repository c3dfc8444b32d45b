"""What a printed provision does in a letter: applied, used to neither confirm nor deny, quoted, mentioned, repeated, given up.

Half of the section numbers in a letter are no exemption applied. Duties, notices and definitions are mentions by what they
are; the rest is told by whose words they stand in and by the words around them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.disclosure import APPLIED_ROLES, CitationRole, Regime, SectionKind, Voice
from indexer.reading import outcomecues, voicecues
from indexer.reading.letter import MessageKind
from indexer.reading.sentences import written_out

if TYPE_CHECKING:
    from indexer.exemptions import ExemptionRegistry
    from indexer.reading.citations import Cited
    from indexer.reading.letter import Letter, Piece

NCND = re.compile(
    r"\bneither (?:to )?confirm(?:s|ed|ing)? (?:n?or|and) (?:to )?den(?:y|ies|ied|ying)|\bconfirm (?:n?or|and|/) ?deny\b|confirming or denying|\bncnd\b|confirm or den(?:y|ies)|"
    r"\bsection 1 ?\(1\) ?\(a\)[^.;]{0,90}\bdoes not (?:therefore )?(?:apply|arise)\b|(?:reveal|confirm|disclose|say) whether (?:or not )?(?:(?:the|any|such|this|it|we) )?(?:\w+ )?(?:information )?(?:is|are|was|exists?|holds?|held|were|do|does)|"
    r"whether (?:or not )?(?:the |any |such |this )?information (?:exists|is held)"
)
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
_QUOTES = re.compile(
    r"(?:not (?:already )?exempt(?: information)?|other than|otherwise than|except|does not fall|is not) (?:by virtue of|under|within|in|by) (?:the exemption (?:in|at|under) )?$|"
    r"for the purposes? of (?:this )?$|(?:mentioned|specified|listed|referred to|set out|defined|within the meaning of|described|contained|names?|conditions?) (?:in|at|by|under)? ?$|(?:meaning|conditions?|definition|purposes) (?:of|in|at|set out (?:in|at)) $|(?:protections?|privileges?|rights?|safeguards?) (?:\w+ )?(?:provided|afforded|given|available|conferred|protection) (?:for )?(?:under|by|in) (?:the )?$"
)
_WITHIN_MEANING = re.compile(r"(?:vexatious|repeated|exempt|unreasonable)\b[^.]{0,60}(?:meaning|purposes?|terms) of $")
_GIVEN_UP = re.compile(
    r"\bno longer\b|\bwithdraw|\bwithdrew\b|(?:incorrectly|wrongly|mistakenly|erroneously|inappropriately)|should not have (?:been )?(?:applied|relied|cited|used|engaged|refused)|"
    r"(?:not|never) (?:be )?(?:relying|rely|relied|applying|apply|applied|engaged?|seeking to rely)\b(?! to)|(?:is|are|was|were) not (?:therefore )?(?:engaged|applicable|relevant|correct|appropriate)|(?:do|does|did) not (?:engage|(?:consider|believe|think|accept|agree|find)\b(?! (?:that )?(?:we|it is|there|the information|you)\b))|"
    r"cannot (?:be )?(?:rely|relied|applied|apply)|set(?:ting)? aside|overturn|rather than|instead of|in place of"
)
_APPLIES_NOT = re.compile(
    r"(?:, which [^.;]{0,110}?,)?[^.;]{0,60}?\b(?:(?:does|do|did) not (?:therefore )?(?:apply|arise|come into (?:it|play))|(?:is|are|was|were) not (?:therefore |being )?(?:engaged|applicable|relied|maintained|claimed|needed|in point|sought)|"
    r"(?:has|have|had) not been (?:relied|applied|claimed|needed|used)|(?:need|needs) not (?:be|detain)|no longer|falls? away|fell away|(?:is|are|was|were|has been|have been) withdrawn|would be (?:considered|looked at))\b"
)
_BEFORE_NOW = re.compile(
    r"\b(?:previously|originally|initially|at first|in the past|in our (?:original|first|initial|previous|earlier)|(?:original|initial|first|previous|earlier) (?:response|decision|reply|refusal|answer|request|letter)|had (?:been )?(?:applied|relied|refused|withheld|cited))\b"
)
_PERHAPS = re.compile(
    r"\b(?:may|might|could|potentially|possibly|whether) (?:[\w']+ ){0,5}(?:be )?(?:exempt\w*|engag\w+|appl(?:y|ied|ies)|refus\w+|withheld|attract|subject|fall|rely|rel(?:y|ied)|invoke|incur|exceed|trigger|be considered)\b|"
    r"not yet (?:been )?(?:reached|decided|determined|made|concluded)|(?:still |currently )?(?:being considered|considering|under consideration)|further time|"
    r"\b(?:if|should|were) (?:you|we|your|a|any|the|this|it|further|such|future|resubmitt\w+)\b[^.]{0,100}\b(?:would|may|might|could|will|likely|be)\b[^.]{0,60}\b(?:exempt|refus|exceed|appl|engag|cost|section|aggregat)|"
    r"\b(?:refined|revised|narrowed|new|future|further|subsequent|similar) (?:\w+ )?requests?\b[^.]{0,80}\b(?:may|might|could|would)\b"
)
_TALK = re.compile(  # what somebody says or asks about a provision, and no use of it
    r"\byour (?:\w+ )?(?:remarks?|comments?|points?|arguments?|views?|questions?|concerns?|submissions?|contention|assertion) (?:on|about|as to|regarding|concerning|that|in (?:relation|respect|regard) (?:to|of)) (?:the )?(?:use of |application of )?$|"
    r"\b(?:save for|except(?:ing)?(?: for)?|apart from|differs? from|different from|distinct from|as opposed to|whether(?: or not)?|why) (?:the )?$|\bno exemptions? (?:would|will|might|may|could) (?:then |also )?apply|\bconsidered (?:\w+ )?(?:whether|if) $|\b(?:unlike|as there is (?:in|under|with)|compare|compared with|similar to|equivalent (?:to|of)) (?:the (?:exemption|position) (?:in|at|under) )?$"
)
_EXAMPLE = re.compile(r" ?,? ?for (?:example|instance)\b[^.]{0,60}\b(?:may|might|could|would)\b| (?:is|are) (?:only |meant )?for (?:\w+ ){0,3}(?:departments|bodies|parliament|ministers)|[^.]{0,30}\b(?:may|might|could) (?:well )?(?:apply|be engaged|be relevant|arise)\b")
_GUIDANCE = re.compile(
    r"\| ico\b|\bguidance\b[^.]{0,60}(?:http|www|link|available|here|found|published|on the|\bico\b)|(?:ico|commissioner)(?:'s|s')? (?:\w+ ){0,3}guidance"
)
_LOST = re.compile(
    r"public interest (?:\w+ ){0,5}?(?:(?<!in )favours?|favoured|lies? in(?: favour of)?|is in favour of|(?:comes|came|falls|fell) (?:down )?in favour of|supports) (?:of )?(?:the )?(?:full )?(?:disclos|releas)|"
    r"(?:public interest|factors?|arguments?) (?:in|for|favouring|in favour of|of) (?:the )?(?:disclos|releas)\w*(?: of)?(?: (?:the|this) (?:\w+ )?information)? (?:therefore )?(?:outweighs?|is (?:greater|stronger)|prevails?|carr(?:y|ies) more)|"
    r"(?:is|are|was) outweighed by (?:the )?(?:public interest|those|that|factors?) (?:in|for|favouring|in favour of) (?:disclos|releas)|in favour of disclosure on this occasion|"
    r"(?:is|was|be) in the public interest to (?:disclose|release)"
)
_NOT_LOST = re.compile(
    r"\b(?:does|do|did) not outweigh|not outweighed|unless|whether|if the public interest|maintaining the|withholding|\bnot (?:\w+ ){0,3}in the public interest|would be in the public|favouring disclosure (?:does|do) not|where the public interest|when the|there is a"
)
NEAR = 170  # characters before a citation that may say it is given up, or only thought of


def assign(letter: Letter, cited: list[Cited], provisions: ExemptionRegistry, *, stood: bool | None) -> None:
    """Give every citation its role. ``stood``: an internal review's result for what was said before (None: no review)."""
    lead = _leads(letter, cited)
    lost = _lost_sections(letter, cited)
    extended = any(piece.voice is Voice.ANSWER and outcomecues.extends(piece.low) for piece in letter.pieces)
    for number, item in enumerate(cited):
        before = cited[number - 1] if number else None
        if before is not None and before.piece == item.piece and before.role in _PASSED_ON and _listed_with(letter, before, item):
            item.role = before.role
            continue
        item.role = _role(letter, item, provisions, leading=number in lead, lost=lost, stood=stood)
        if extended and item.role is CitationRole.APPLIED and not _DECIDED.search(letter.pieces[item.piece].low):
            item.role = CitationRole.MENTION  # still being weighed
    given_up = {(item.regime, item.parent) for item in cited if item.role is CitationRole.NO_LONGER}
    for item in cited:
        if item.role is CitationRole.APPLIED and (item.regime, item.parent) in given_up:
            sentence = letter.pieces[item.piece].sentence
            before = letter.joined.lower[sentence.start : item.start]
            if _BEFORE_NOW.search(sentence.low) or (stood is not None and _REFUSED_THEN.search(before) and not _NOW.search(before)):
                item.role = CitationRole.NO_LONGER
    _pair_scottish(letter, cited, provisions)
    _repeats(cited)


_REFUSED_THEN = re.compile(r"\b(?:withheld|refused|exempted|redacted|applied|relied|cited|claimed)\b")
_NOW = re.compile(r"\b(?:is|are|am|be|being|been|now|maintain\w*|uph[eo]ld\w*|remains?|still|today)\b")
_PASSED_ON = (CitationRole.QUOTED, CitationRole.NO_LONGER)
_SAME_LIST = re.compile(r"(?: ?(?:of|under|in) (?:the )?[\w ]{3,60}?(?:act|regulations|foia|eir)(?: (?:19|20)\d\d)?)?(?: ?\([a-z ]{2,20}\))?[ ,;]*(?:and|or|&)?[ ,;]*")


def _listed_with(letter: Letter, before: Cited, item: Cited) -> bool:
    """Whether two citations stand in one list, so that what is said of the first is said of the second."""
    return item.start == before.start or _SAME_LIST.fullmatch(letter.joined.lower[before.end : item.start]) is not None


_DECIDED = re.compile(r"\b(?:is|are|been|being|be|therefore) (?:\w+ )?(?:exempt|withheld|refus\w+|redacted)\b|refus(?:e|ing)\b")


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
    start, end = piece.sentence.start, piece.sentence.end
    before = written_out(low[max(start, item.start - NEAR) : item.start])
    after = written_out(low[item.end : min(end, item.end + NEAR)])
    if _QUOTES.search(before) and not _WITHIN_MEANING.search(before):
        return CitationRole.QUOTED
    ncnd = leading or NCND.search(piece.low) is not None
    given_up = _given_up(before, after, ncnd=ncnd, stood=stood)
    if given_up is not None:
        return given_up
    by_itself = provisions.is_ncnd(item.regime, item.provision)
    if not ncnd and not by_itself and (_PERHAPS.search(before[-140:]) or _TALK.search(before) or _EXAMPLE.match(after)):
        return CitationRole.MENTION
    if (
        not by_itself
        and _GUIDANCE.search(low, start, end)
        and not re.search(r"exempt|refus|withh|appl(?:y|ied|ies)\b", before)
    ):
        return CitationRole.MENTION
    if (item.regime, item.parent) in lost and not by_itself:
        return CitationRole.MENTION
    if by_itself or (ncnd and _may_hide(item, provisions)):
        return CitationRole.APPLIED_NCND
    return CitationRole.APPLIED


def _by_place(letter: Letter, item: Cited, piece: Piece, provisions: ExemptionRegistry) -> CitationRole | None:
    """What is settled by whose words it stands in, and by what the provision is."""
    if piece.voice is Voice.REQUEST or piece.subject:
        return CitationRole.REQUESTER
    if letter.messages[piece.message] is not MessageKind.ANSWER:
        return CitationRole.MENTION
    if not provisions.may_apply(item.regime, item.provision):
        return CitationRole.MENTION
    if piece.voice is Voice.OTHER:
        return CitationRole.MENTION
    if piece.kind is SectionKind.STATUTE:
        return CitationRole.QUOTED
    low = letter.joined.lower
    if _counted(letter, item, piece) or _SPAN.match(low, item.end):
        return CitationRole.MENTION
    if (
        voicecues.STATUTE.match(piece.low)
        and item.start - piece.sentence.start > _LATE
        and not NCND.search(low, piece.sentence.start, item.start)
    ):
        return CitationRole.QUOTED
    if item.provision.startswith(_SUPPLEMENTARY.get(item.regime, ())):
        return CitationRole.MENTION
    return None


_SPAN = re.compile(r" ?(?:to|-|through) (?:section )?\d{1,2}\b(?! ?\()")  # "sections 21 to 44": a stretch of the Act
_COUNT = re.compile(r"[ |:-]*\d[\d,.%]*[ *]*$")


def _counted(letter: Letter, item: Cited, piece: Piece) -> bool:
    """A table's row that says how often a provision was used."""
    if not piece.sentence.at_line or item.start > piece.sentence.body + 1 and "section" not in piece.low[:12]:
        return False
    lower = letter.joined.lower
    if _COUNT.match(lower, item.end, piece.sentence.end):
        return True
    if piece.sentence.cell or item.piece + 1 == len(letter.pieces):
        return False
    beside = letter.pieces[item.piece + 1].sentence
    return beside.cell > 0 and _COUNT.match(lower, beside.start, beside.end) is not None


_LATE = 60  # characters: a citation that opens a sentence of statute names what is quoted, a later one is part of it


def _given_up(before: str, after: str, *, ncnd: bool, stood: bool | None) -> CitationRole | None:
    if _APPLIES_NOT.match(after) and not ncnd:
        given_up = "no longer" in after[:80] or "withdrawn" in after[:80] or "maintained" in after[:80]
        return CitationRole.NO_LONGER if given_up or _BEFORE_NOW.search(before) else CitationRole.MENTION
    if stood is not True and _BEFORE_NOW.search(before) and (stood is False or _GIVEN_UP.search(before + after)):
        return CitationRole.NO_LONGER
    hit = None if ncnd else _GIVEN_UP.search(before)
    if hit is None:
        return None
    return (
        CitationRole.NO_LONGER
        if re.search(
            r"no longer|withdr|incorrect|wrong|mistake|errone|should not|overturn|aside|instead|place|rather",
            hit.group(),
        )
        else CitationRole.MENTION
    )


def _may_hide(item: Cited, provisions: ExemptionRegistry) -> bool:
    """A whole section, or one whose law has no limb of its own to neither confirm nor deny, may stand for that limb."""
    return provisions.is_exemption(item.regime, item.provision)


def _leads(letter: Letter, cited: list[Cited]) -> frozenset[int]:
    """Citations in a list under a sentence that neither confirms nor denies ("… by virtue of the following exemptions:")."""
    found = set()
    pieces_with = {item.piece for item in cited}
    eighteen = {item.piece for item in cited if item.regime is Regime.FOISA and item.parent == "18"}
    for number, item in enumerate(cited):
        place = item.piece
        while place > 0 and place in pieces_with and _listed(letter.pieces[place]):
            place -= 1
            above = letter.pieces[place]
            if (
                above.low.endswith((":", "-", "exemptions", "exemption", "exemptions.", "exemption(s)"))
                or place in pieces_with
            ):
                if (NCND.search(above.low) or place in eighteen) and not above.low.endswith("."):
                    found.add(number)
                    break
                if above.low.endswith(":"):
                    break
            else:
                break
    return frozenset(found)


_QUESTION = re.compile(r"(?:question|q|part|point|item) ?\d")


def _listed(piece: Piece) -> bool:
    """A line of a list: begins a line, and is short."""
    return piece.sentence.at_line and not _QUESTION.match(piece.low) and len(piece.low) < 160  # 160: a citation with its heading, no argument


def _lost_sections(letter: Letter, cited: list[Cited]) -> frozenset[tuple[Regime, str]]:
    """Exemptions whose public interest test came out for disclosure: engaged, and not applied."""
    places = [
        place
        for place, piece in enumerate(letter.pieces)
        if piece.voice is Voice.ANSWER
        and "public interest" in piece.low
        and _LOST.search(piece.low)
        and not _NOT_LOST.search(piece.low)
    ]
    lost: set[tuple[Regime, str]] = set()
    for place in places:
        near = [item for item in cited if item.piece <= place and letter.pieces[item.piece].voice is Voice.ANSWER]
        if near:
            last = near[-1]
            lost.update((item.regime, item.parent) for item in near if item.piece == last.piece)
    return frozenset(lost)


def _pair_scottish(letter: Letter, cited: list[Cited], provisions: ExemptionRegistry) -> None:
    """FOISA s.18 works only with an exemption: what is named with it is used to neither confirm nor deny too."""
    eighteen = {
        item.piece
        for item in cited
        if item.regime is Regime.FOISA and item.parent == "18" and item.role in APPLIED_ROLES
    }
    for item in cited:
        if (
            item.regime is Regime.FOISA
            and not _SPAN.match(letter.joined.lower, item.end)
            and item.role in (CitationRole.APPLIED, CitationRole.MENTION)
            and provisions.is_exemption(item.regime, item.provision)
        ):
            near = item.piece in eighteen or (
                item.piece - 1 in eighteen
                and re.search(r"if (?:it|any|the|such|this|\w+ )?.{0,30}held", letter.pieces[item.piece].low)
            )
            if near and letter.pieces[item.piece].voice is Voice.ANSWER:
                item.role = CitationRole.APPLIED_NCND


def _repeats(cited: list[Cited]) -> None:
    """Named again after being applied, or named less deeply than it is applied elsewhere."""
    applied = [item for item in cited if item.role in APPLIED_ROLES]
    names = {(item.regime, item.provision) for item in applied}
    seen: dict[tuple[Regime, str], CitationRole] = {}
    for item in applied:
        key = (item.regime, item.provision)
        deeper = any(regime is item.regime and name.startswith(item.provision + "(") for regime, name in names)
        if key in seen or deeper:
            item.role = CitationRole.REPEAT
        else:
            seen[key] = item.role
    ncnd = {(item.regime, item.parent) for item in cited if item.role is CitationRole.APPLIED_NCND}
    for item in cited:
        if item.role is CitationRole.APPLIED and item.provision == item.parent and (item.regime, item.parent) in ncnd:
            item.role = CitationRole.REPEAT
