"""Every provision of an access law that a letter prints, with the law it is of; ``roles`` tells what it does there."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.disclosure import CitationRole, Regime, Voice
from indexer.reading import acts, hints, printed
from indexer.reading.letter import MessageKind
from indexer.reading.phrases import Words, compiled, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.exemptions import ExemptionRegistry
    from indexer.reading.acts import Named
    from indexer.reading.letter import Letter, Piece

    _Spot = tuple[int, Piece, list[printed.Printed]]  # a sentence that prints provisions: its place, and which

# a name looked up in an enumeration takes five times as long as one of the module
_FOISA = Regime.FOISA
_JFOI = Regime.JFOI
_FOIA = Regime.FOIA
_EISR = Regime.EISR
_EIR = Regime.EIR
_DATA_MESSAGE = MessageKind.DATA
_REQUEST_VOICE = Voice.REQUEST
_DPA = Regime.DPA

ENVIRONMENTAL = (Regime.EIR, Regime.EISR)
CONTEXT = 110  # characters either side in which a bare number must be spoken of as an exemption
_SPOKEN_WORDS = (
    *("exempt", "disclos", "refus", "withh", "provide", "limit", "freedom of information", "public interest", "redact"),
    *("excepted", "exception", "engage", "qualified", "absolute", "prejudice", "class", "factors", "by virtue"),
    *("pursuant", "deny", "denies", "vexatious", "repeated", "ncnd", "environmental information", "balance"),
    *("relied", "reliance", "relying", "upheld", "uphold", "neither confirm", "left out", "taken out", "removed"),
    *("blacked out", "kept back", "held back"),
)
_SPOKEN = Words(
    r"appl(?:y|ies|ied|ication)",
    r"harm",
    r"costs?\b",
    r"foi",
    signs=(r"under (?:section|the act|s)", r"section 1\b"),
)
_RELIED = phrases(
    r"(?:exempt\w*|virtue of|withh\w+|refus\w+|pursuant to|engag\w+|appl\w+|rel(?:y|ied|ies|ying)|reliance on|"
    r"cit\w+|exceptions?) (?:[\w']+ ){0,4}$",
)
_ARGUED = (  # what no sentence says about a section of any other Act
    *("exempt", "withh", "engaged", "public interest", "redact", "disclos", "relied", "reliance", "upheld", "uphold"),
)
_IS_NAMED = compiled(r"\b(?:is|are) (?:under )?$")  # "the split by supplier is section 43"
_PROTECTED = {  # what an exemption protects, in words that stand beside its number where nothing else tells
    "already_accessible": ("accessible", "available", "website", "publish", "online"),
    "future_publication": ("publish", "publication"),
    "personal_data": ("personal data", "personal information", "data subject", "identif"),
    "confidence": ("confiden",),
    "legal_privilege": ("legal advice", "privilege", "solicitor", "counsel"),
    "commercial": ("commercial", "tender", "trade secret", "competit"),
}
ALONE = 400  # characters either side without another Act, in which a limb that the access law has is its own
_POSTCODE = compiled(r"s\d{1,2} \d[a-z]{2}\b")
_BARE = compiled(r"\(\d{1,2}[a-z]?\)")  # brackets first, which are few, then the number before them
_BARE_NUMBER = compiled(r"(?<![\w./£(,:-])\d{1,2}[a-z]? ?$")
_BARE_AHEAD = phrases(
    r" ?(?:of|under) the (?:act|foi|freedom|environmental|eir|regulations|uk|\(?scotland)",
    r"[ (]*(?:exemption|exception|foia|foisa|eir)",
)
_BARE_BEHIND = phrases(
    r"(?:exempt\w*|exceptions?|virtue of|under|section|regulation|sections|regulations|pursuant to|appl(?:y|ied|ies|"
    r"ying)|relying on|rely on|and|&|or)[ :,-]*(?:(?:the following|is|are|being|used|applied|cited|relied (?:up)?on|"
    r"engaged|claimed)[ :,-]*){0,2}$",
)
_NEXT = compiled(r" ?[,;/+] ?")  # between two of a list that have no word before them


@dataclass(slots=True)
class Cited:
    """One provision as printed once; ``role`` is set later."""

    regime: Regime
    provision: str
    parent: str
    start: int  # flat, of the printed stretch, which provisions of one number share
    end: int
    piece: int  # place of its sentence
    concept: str | None
    role: CitationRole = CitationRole.MENTION


def main_laws(laws: Sequence[Named], home: Regime | None) -> tuple[Regime, Regime]:
    """The Act and the regulations that an unnamed section or regulation of this letter is of.

    ``home`` is the law of the publishing force, for letters that name none.
    """
    spoken = [law.law for law in laws]
    act = home if home in (_FOISA, _JFOI) and _FOIA not in spoken else _FOIA
    if _FOISA in spoken:
        act = _FOISA
    elif _JFOI in spoken:
        act = _JFOI
    scottish = _EISR in spoken or (act is _FOISA and _EIR not in spoken)
    return act, _EISR if scottish else _EIR


def find(
    letter: Letter, laws: Sequence[Named], provisions: ExemptionRegistry, act: Regime, regulations: Regime
) -> list[Cited]:
    """All citations in order of print; those of other Acts and numbers that no access law has are left out."""
    lower = letter.joined.lower
    spots = _spots(letter)
    if not spots:
        return []
    others = _asked_about(letter, spots, laws, provisions, act)
    listed: frozenset[str] = frozenset()  # numbers that another Act named in the letter has, cited with it or not
    if any(law.law is None and not law.pointing for law in laws):
        listed = acts.other_numbers(provisions, lower, {group.number for _, _, groups in spots for group in groups})
    environmental = any(law.law in ENVIRONMENTAL for law in laws)
    found: list[Cited] = []
    unsure: list[Cited] = []  # bare numbers of which nothing is said
    sure: set[tuple[Regime, str]] = set()  # sections that the authority names so that there is no doubt
    for place, piece, groups in spots:
        if letter.messages[piece.message] is _DATA_MESSAGE:
            continue
        rejected = False  # the first of a list was of another Act
        trusted = False  # one before it in the sentence is of the access law
        foreign: set[str] = set()  # numbers that the sentence gives to another Act
        for group in groups:
            if group.chained and rejected:
                continue
            law, attached = _law(letter, laws, group, piece, act, regulations, environmental=environmental)
            rejected = False
            if law is None or (not attached and group.number in foreign):
                rejected = True
                foreign.add(group.number)
                continue
            asked = group.number in others
            other = asked or group.number in listed
            for name in group.provisions:
                row = provisions.nearest(law, name)
                if row is None:
                    continue
                cited = Cited(law, name, row.parent, group.start, group.end, place, row.concept)
                known = attached or group.word in ("foia", "eir") or (trusted and not other)
                if (
                    known
                    or _spoken_of(letter, provisions, law, name, group, piece, other=other)
                    or (not asked and _a_limb(laws, provisions, cited, piece, listed=other))
                ):
                    trusted = True
                    found.append(cited)
                    if piece.voice is not _REQUEST_VOICE and not piece.subject:
                        sure.add((law, group.number))
                elif other:
                    rejected = True
                else:
                    unsure.append(cited)
    found += [cited for cited in unsure if (cited.regime, _number(cited.provision)) in sure]
    return sorted(found, key=_place) if unsure else found


def _spots(letter: Letter) -> list[_Spot]:
    """The sentences that print provisions, in order."""
    lower, cites, figures = letter.joined.lower, hints.CITES, hints.FIGURES
    spots: list[_Spot] = []
    printing = [
        (place, piece)
        for place, piece in enumerate(letter.pieces)
        if piece.hint & figures and (piece.hint & cites or "(" in piece.low)
    ]
    for place, piece in printing:
        groups = _groups(lower, piece)
        if groups:
            spots.append((place, piece, groups))
    return spots


def _number(provision: str) -> str:
    return provision.partition("(")[0]


def _place(cited: Cited) -> int:
    return cited.start


def _a_limb(laws: Sequence[Named], provisions: ExemptionRegistry, cited: Cited, piece: Piece, *, listed: bool) -> bool:
    """Whether a limb that the access law has is its own, though nothing beside it says so.

    Other Acts have the number and seldom the limb: ``section 30(1)(a)(i)`` in a letter that names the Act in which
    section 30 is a power of arrest. ``listed``: such an Act is named.
    """
    depth = cited.provision.count("(")
    if not depth or piece.voice is _REQUEST_VOICE or piece.subject:
        return False
    entered = provisions.nearest(cited.regime, cited.provision)  # not every lowest limb is
    if entered is None or entered.provision.count("(") < max(1, depth - 1):
        return False
    if listed:
        return depth > 2 or any(word in piece.low for word in _ARGUED)  # 2: three limbs deep is nobody else's
    if depth > 1:
        return True
    at = bisect_left(laws, (cited.start - ALONE,))
    near = laws[at : bisect_left(laws, (cited.end + ALONE,))]
    return not any(law.law is None and not law.pointing for law in near)


_OF_ACCESS_WORDS = (
    *("exempt", "refus", "withh", "freedom of information", "environmental information", "limit", "apply", "rely"),
)
_OF_ACCESS = Words(r"costs?\b", r"foi", r"the act\b")


def _speaks(near: str, told: tuple[str, ...], turns: Words) -> bool:
    """Whether any word, or any turn of phrase, stands there; the words are tried first, since they take no time."""
    for word in told:
        if word in near:
            return True
    return turns.search(near) is not None


def _asked_about(
    letter: Letter, spots: list[_Spot], laws: Sequence[Named], provisions: ExemptionRegistry, act: Regime
) -> frozenset[str]:
    """Section numbers that the requester asks about, of some other Act: "section 38 agreements"."""
    numbers = set()
    lower = letter.joined.lower
    for _, piece, groups in spots:
        if not piece.hint & hints.CITES or not (piece.voice is _REQUEST_VOICE or piece.subject):
            continue
        bounds = (piece.start, piece.end)
        for group in groups:
            said, law = acts.nearest(laws, letter.joined, group.start, group.end, bounds)
            if said:
                if law is None or (law.law is None and not law.pointing):
                    numbers.add(group.number)
                continue
            near = lower[max(bounds[0], group.start - ASKED) : min(bounds[1], group.end + ASKED)]
            if not _speaks(near, _OF_ACCESS_WORDS, _OF_ACCESS) and not any(
                provisions.is_ncnd(act, name) for name in group.provisions
            ):
                numbers.add(group.number)
    return frozenset(numbers)


ASKED = 80  # characters either side in which the requester must speak of exemptions


def _groups(lower: str, piece: Piece) -> list[printed.Printed]:
    """What a sentence prints of provisions, with or without the word *section*."""
    start, end = piece.start, piece.end
    found: list[printed.Printed] = []
    if piece.hint & hints.CITES:
        for word in printed.words(lower, start, end):
            begins = word.start()
            if (found and begins < found[-1].end) or (lower[begins] == "s" and _POSTCODE.match(lower, begins)):
                continue
            found += [group for group in printed.scan(lower, word) if group.end <= end + 2]  # 2: brackets cut off
    if "(" not in piece.low:
        return found
    done = [(group.start, group.end) for group in found]
    for bracket in _BARE.finditer(lower, start, end):
        at = bracket.start()
        number = _BARE_NUMBER.search(lower, max(start, at - 4), at)
        first = number.start() if number else end
        if number is None or any(begins <= first < ends for begins, ends in done):
            continue
        bare = printed.bare(lower, first)
        if bare is None:
            continue
        if (
            first == start
            or _BARE_AHEAD.match(lower, bare.end)
            or _BARE_BEHIND.search(lower, max(start, first - 40), first)
            or (found and found[-1].end < first and _NEXT.fullmatch(lower, found[-1].end, first))
        ):
            found.append(bare)
    return found


def _law(
    letter: Letter,
    laws: Sequence[Named],
    group: printed.Printed,
    piece: Piece,
    act: Regime,
    regulations: Regime,
    *,
    environmental: bool,
) -> tuple[Regime | None, bool]:
    """The law a group of provisions is of, and whether it is named beside them; None for laws that give no access."""
    bounds = (piece.start, piece.end)
    said, law = acts.nearest(laws, letter.joined, group.start, group.end, bounds)
    environmental_word = group.word in ("regulation", "exception", "eir")
    if said:
        if law is None:
            return None, True
        if law.pointing:
            return (regulations if environmental_word else act), True
        if law.law is _DPA:
            behind = law.end <= group.start
            return (act, False) if behind and group.word == "section" else (None, True)
        if law.law is None or (law.law in ENVIRONMENTAL and group.word == "section"):
            return law.law, law.law is None or law.end > group.start
        return (law.law if not environmental_word or law.law in ENVIRONMENTAL else regulations), True
    if environmental_word:
        return (regulations if environmental else None), False
    if group.word == "article":
        return (act if act is _JFOI else None), False
    if group.word == "" and environmental and group.number in ("12", "13") and act is not _FOISA:
        return regulations, False
    return act, False


def _spoken_of(
    letter: Letter,
    provisions: ExemptionRegistry,
    law: Regime,
    name: str,
    group: printed.Printed,
    piece: Piece,
    *,
    other: bool,
) -> bool:
    """Whether a number without an Act is spoken of as a provision of the access law. ``other``: it may be another's."""
    lower = letter.joined.lower
    start, end = max(0, group.start - CONTEXT), min(len(lower), group.end + CONTEXT)
    if not provisions.may_apply(law, name):
        return not other
    near = lower[start : group.start] + " " + lower[group.end : end]
    if not other and (piece.heading or _speaks(near, _SPOKEN_WORDS, _SPOKEN)):
        return True
    for named in (name, provisions.parent(law, name)):
        title = provisions.title(law, named)
        if title and title.lower()[:16] in near:
            return True
    if other:
        return _RELIED.search(lower, max(piece.start, group.start - 60), group.start) is not None
    protected = _PROTECTED.get(provisions.concept(law, name) or "", ())
    if any(word in piece.low for word in protected):
        return True
    ends = piece.low.rstrip(" .;)").endswith(lower[group.start : group.end].rstrip(" .;)"))
    return ends and _IS_NAMED.search(lower, max(piece.start, group.start - 10), group.start) is not None
