"""Which Act a section belongs to: every law named in a letter, and the one that stands nearest to a citation.

Half of the sections that police letters print are of other Acts (Theft Act, Terrorism Act, Mental Health Act …) with
numbers that are exemptions in the access laws. A citation that belongs to another Act is never tagged.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from indexer.disclosure import Regime
from indexer.reading import hints
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from indexer.exemptions import ExemptionRegistry
    from indexer.reading.joined import Joined
    from indexer.reading.letter import Letter


# a name looked up in an enumeration takes five times as long as one of the module
_FOISA = Regime.FOISA
_EISR = Regime.EISR
_EIR = Regime.EIR
_FOIA = Regime.FOIA
_DPA = Regime.DPA
_JFOI = Regime.JFOI


class Named(NamedTuple):
    """A law named in the text. ``law`` None is any law that gives no access; ``pointing`` is "the Act"."""

    start: int
    end: int
    law: Regime | None
    pointing: bool = False


_ANCHOR = (
    r"(ac(?<!\w..)ts?|r(?<!\w.)egulations|f(?<!\w.)ois?a|e(?<!\w.)(?:is?rs?|\.i\.r)|dp(?<!\w..)a|gdpr(?<!\w.{4})|"
    r"la(?<!\w..)ws?)(?!\w)"
)
ANCHOR = compiled(rf"[^a-z0-9_]{_ANCHOR}")  # what stands before a word first, which skips most of a text
_FIRST_ANCHOR = compiled(_ANCHOR)
_PRINTED = compiled(  # anchors that name a law only where they are printed in capitals, or with one
    r"PACE|RIPA|MHA|OAPA|POA|RTA|CJPOA|LASPO|ECHR|O(?i:rder)|R(?i:ules)|D(?i:irective)|C(?i:onvention|oroners)",
)
_FOI_BEFORE = compiled(r"(?:freedom of information|f\.?o\.?i\.?) (?:\((?P<place>scotland|jersey)\) )?(?:2000 )?$")
_OTHERS = frozenset({"pace", "ripa", "mha", "oapa", "poa", "rta", "cjpoa", "laspo", "echr"})
_YEAR = compiled(r",? ?\(?(?:(?:19|20)\d\d|1[0-9]{3})\)?")
_NAME = compiled(r"(?:[A-Z][\w'()-]*|\([A-Z][\w' &,.-]*\)),? $")  # the last word of an Act's name, or an addition to it
_POINTS = ("the ", "this ", "that ", "said ", "same ")
_POINTING = compiled(r"\b(?:the|this|that|said|same) $")
_JERSEY = compiled(r"(?P<of>information|foi|data protection)?,? \(?jersey\)? $")
_BACK = ("that ", "said ", "same ", "those ")  # what points back to the Act named last, which need not be this letter's
_OF_INFORMATION = ("information ", "i ", "i. ", "2000 ", ") ")
_OF_DATA = ("protection ", "dp ")
_DATA = compiled(r"(?:data protection|\bdp) $")
_LOWERED = compiled(r"\b(?:of|under|in) (?:the )?((?:[a-z'-]+ ){1,5})$")
SHORT = 6  # characters: "EIRs", which in a Scottish letter are Scotland's
BEFORE = 90  # characters: the longest name of an Act that letters print
AFTER = 130  # characters: a section with its heading in brackets, and then "of the … Act"


def named(letter: Letter) -> list[Named]:
    """Every law that the letter names, in order."""
    lower, text = letter.joined.lower, letter.joined.text
    laws = [_law(lower, text, start, end) for start, end in _anchors(letter)]
    found = _pointed(lower, [law for law in laws if law is not None])
    if any(law.law in (_FOISA, _EISR) for law in found):
        return [law._replace(law=_EISR) if law.law is _EIR and law.end - law.start < SHORT else law for law in found]
    return found


def _pointed(lower: str, laws: list[Named]) -> list[Named]:
    """ "Section 33 of that Act": of the Act named last, which may be another one."""
    last: Named | None = None
    found: list[Named] = []
    for law in laws:
        if not law.pointing:
            last = law
        elif last is not None and last.law is None and lower.endswith(_BACK, max(0, law.start - 5), law.start):
            found.append(law._replace(law=None, pointing=False))
            continue
        found.append(law)
    return found


def _anchors(letter: Letter) -> list[tuple[int, int]]:
    """Where a law may be named, in order."""
    lower, text, laws, orders = letter.joined.lower, letter.joined.text, hints.LAWS, hints.ORDERS
    found: list[tuple[int, int]] = []
    either = laws | orders
    for piece in [piece for piece in letter.pieces if piece.hint & either]:
        hint = piece.hint
        if hint & laws:
            start = piece.start
            if start:
                start -= 1
            else:
                found += [hit.span(1) for hit in (_FIRST_ANCHOR.match(lower),) if hit]
            found += [hit.span(1) for hit in ANCHOR.finditer(lower, start, piece.end + 1)]  # 1: what stands after
        if hint & orders:
            printed = [hit.span() for hit in _PRINTED.finditer(text, piece.start, piece.end + 1)]
            found += [span for span in printed if not _within_word(text, *span)]
            found.sort()
    return found


def _within_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isalnum() or before == "_" or after.isalnum() or after == "_"


def _law(lower: str, text: str, start: int, end: int) -> Named | None:
    word = lower[start:end]
    if word == "foia" or word == "foisa":
        return Named(start, end, _FOIA if word == "foia" else _FOISA)
    before = lower[max(0, start - BEFORE) : start]
    if word == "act" or word == "acts":
        return _act(text, before, start, end)
    if word in ("eir", "eirs", "e.i.r", "eisr", "eisrs"):
        return Named(start, end, _EISR if word.startswith("eisr") else _EIR)
    if word in ("dpa", "gdpr"):
        return Named(start, end, _DPA)
    if word in _OTHERS:
        return Named(start, end, None) if text[start:end].isupper() else None
    if word == "regulations" and before.endswith(
        ("environmental information ", "environmental information (scotland) ")
    ):
        return Named(start - 26, end, _EISR if before.endswith("(scotland) ") else _EIR)
    if word == "law":
        jersey = _JERSEY.search(before)
        if jersey:
            law = _JFOI if jersey["of"] else None
            return Named(max(start - 30, 0), end, _DPA if jersey["of"] == "data protection" else law)
        return Named(start, end, None, pointing=True) if before.endswith("the ") and text[start] == "L" else None
    return (
        Named(start, end, None) if text[start].isupper() and _NAME.search(text, max(0, start - BEFORE), start) else None
    )


def _act(text: str, before: str, start: int, end: int) -> Named | None:
    foi = _FOI_BEFORE.search(before) if before.endswith(_OF_INFORMATION) else None
    year = _YEAR.match(text, end)
    stop = year.end() if year else end
    if foi:
        scottish = (
            foi["place"] == "scotland"
            or text.startswith((" (Scotland)", " Scotland"), end)
            or (year is not None and "2002" in year.group())
        )
        return Named(start - len(foi.group()), stop, _FOISA if scottish else _FOIA)
    if before.endswith(_OF_DATA) and _DATA.search(before):
        return Named(max(start - 16, 0), stop, _DPA)
    if text[start] == "A" and _NAME.search(text, max(0, start - BEFORE), start):
        pointing = _points(before) and text.endswith(("The", "This", "That"), 0, start - 1)
        return Named(start, stop, None, pointing)
    if _points(before):
        return Named(start, stop, None, pointing=True)
    dated = _DATED.search(before)
    if dated and text[start] == "A" and dated[1] not in _ACCESS_YEARS:
        return Named(start - len("1979 "), stop, _DPA if dated[1] in _DATA_YEARS else None)
    if text[end : end + 1] == "s" or before.endswith((" to ", " will ", " not ")):
        return None
    return Named(start, stop, None) if _LOWERED.search(before) else None


_DATED = compiled(r"\b(?:the|that|this) ((?:19|20)\d\d) $")
_ACCESS_YEARS = ("2000", "2002")  # may be this letter's own Act, or another of that year: as good as not named
_DATA_YEARS = ("1998", "2018")  # of the Data Protection Acts


def _points(before: str) -> bool:
    return before.endswith(_POINTS) and _POINTING.search(before, max(0, len(before) - 5)) is not None  # 5: "that "


_JOINT = compiled(
    r"[\s,;:.\"')\]/-]*(?:(?:\([^()]{2,80}\)|- ?[\w ,']{2,60}?) ?)?(?:(?!(?:we|i|it|you|they|have|has|had|is|are|was|"
    r"were|dealt|so|but|because|therefore|which)\b)[a-z',&()-]+ ){0,6}?(?:(?:of|under|in|to|from|within|by|as per|"
    r"pursuant to)\b ?)?(?:(?:the|uk|uk's|that|this) )?[\[(\"]?(?:\d{1,2}\])?$"
)
_LIST = compiled(
    r"(?:,|&|/|;|\band\b|\bor\b|\bsections?\b|\bsubsections?\b|\bregulations?\b|\barticles?\b|\bss?\.?(?= ?\d)|"
    r"\d{1,3}[a-z]?|\([0-9a-z]{1,4}\)|\s)+"
)
_DOCUMENT = compiled(
    r"[\s)]*of it\b|[\s)]*(?:of|in|to|from|under|within) (?:the |that |this |our |your |its |a |"
    r"an )?(?:[\w'.-]+ ){0,4}?(?:guidance|policy|appendix|annex|manual|code|guide|form|document|report|contract|"
    r"agreement|procedure|questionnaire|survey|return|plan|letter|response|strategy|handbook|application|schedule|"
    r"licence|lease|request)\b"
)
_LAW_AHEAD = compiled(r"[\s)]*(?:of|under|in) (?:the )?(?:freedom|foi|act|environmental|eir)")
_BEFORE_JOINT = compiled(
    r"[\s,;:(\"'\[-]*(?:(?:under|by|in|at|specifically|namely|and|as|see|of|its|per|using|via) ){0,2}[\s,;:(\"'\[-]*$"
)


def nearest(
    laws: Sequence[Named], joined: Joined, start: int, end: int, bounds: tuple[int, int]
) -> tuple[bool, Named | None]:
    """The law that a citation at ``start`` to ``end`` is of, within its sentence ``bounds``.

    Returns whether any is said, and which; said without one is a document that is no law ("section 3 of the policy").
    """
    lower = joined.lower
    at = bisect_left(laws, (end,))
    if at < len(laws) and laws[at].start < min(bounds[1], end + AFTER):
        between = _without_list(lower[end : laws[at].start])
        if _JOINT.match(between):
            return True, laws[at]
    if _DOCUMENT.match(lower, end, min(bounds[1], end + AFTER)) and not _LAW_AHEAD.match(lower, end):
        return True, None
    at = bisect_left(laws, (start,)) - 1
    if at >= 0 and laws[at].end <= start and laws[at].end >= bounds[0]:
        between = lower[laws[at].end : start]
        if _BEFORE_JOINT.match(between):
            return True, laws[at]
    return False, None


def _without_list(between: str) -> str:
    """What stands between a citation and an Act, further citations of the same list left out."""
    hit = _LIST.match(between)
    return between[hit.end() :] if hit and hit.end() > 1 else between


def other_numbers(acts: ExemptionRegistry, lower: str, printed: AbstractSet[str]) -> frozenset[str]:
    """Sections of other Acts that this letter names, so that a number that it prints may be one of theirs."""
    numbers: set[str] = set()
    for act in acts.acts:
        if act.sections.keys().isdisjoint(printed):
            continue
        names = (act.title.rsplit(" ", 1)[0].lower(), *(alias.lower() for alias in act.aliases if len(alias) > 3))
        if any(name in lower for name in names):
            numbers.update(act.sections)
    return frozenset(numbers)
