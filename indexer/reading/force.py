"""Who answers: from the publishing site and the answering sentences, never from the letterhead alone.

Units that work for several forces print one force's letterhead on another's answers, so a letterhead only decides where
no sentence says who holds, confirms or decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind, Voice
from indexer.reading.letter import MessageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.forces import ForceRegistry
    from indexer.reading.letter import Letter, Piece

_ANSWERS = re.compile(  # after the name
    r"(?:'s)?(?: (?:constabular(?:y|ies)|police(?: forces?)?|forces))?(?: (?:freedom of information|foi|information \w+) (?:team|unit|department))? (?:can (?:now )?(?:confirm|neither)|(?:does|do) (?:not )?(?:hold|record|retain)|holds? (?:no |some |the |this |information)|neither confirms?|(?:has|have) (?:now |today )?(?:considered|decided|conducted|"
    r"searched|located|received|completed|reviewed|applied|determined|estimated)|is (?:not )?(?:obliged|able|required|unable|withholding|relying|refusing)|are (?:not )?(?:obliged|able|required|unable|withholding)|will not|cannot confirm|would|provides? you|must|requires?|considers?|neither)\b"
)
_HOLDER = re.compile(  # before the name
    r"(?:(?:is|are|been|was|were|not|information|data|records?) held by|(?:received|recorded|considered|processed) by|on behalf of|requires?|request(?:ed)? (?:to|of|from|by)|interest in|response (?:from|of|by)|(?:handled|dealt with|answered|made) (?:by|to)|that|section 17 of the act requires|(?:conducted|made|located|carried out|undertaken) (?:within|at|by|in)|lodging a complaint with|enquiry to|asked) (?:the )?$"
)
_ELSEWHERE = re.compile(
    r"\b(?:may|might|could|likely|contact|contacting|redirect\w*|transfer\w*|forward\w*|refer\w*|suggest\w*|other|another|wish to|instead|try|approach|responsib\w+|jurisdiction|neighbouring|outside|e\.g\.|such as|including|example|partner\w*|compar\w+)\b"
)
STRONG, OWN, LINE, DOMAIN = (
    5,
    3,
    2,
    1,
)  # what an answering sentence, its complaints paragraph, a letterhead and a mail address weigh
ENOUGH = 3  # below this nobody is said to answer: a council that mentions the police is not the police
OPENING = 12  # characters before a name that opens a sentence
TOP = 6  # pieces among which a letter without a salutation has its title
CROWD = 3  # forces in one sentence: a list, not an answer


@dataclass(slots=True)
class _Tally:
    weight: int = 0
    place: tuple[int, int] | None = None
    best: int = 0
    heads: bool = False  # named in the letterhead, the first heading or the signature

    def add(self, weight: int, place: tuple[int, int], *, heads: bool) -> None:
        self.weight += weight
        self.heads = self.heads or heads
        if weight > self.best:
            self.best, self.place = weight, place


@dataclass(frozen=True, slots=True)
class _Names:
    """Printed names by their first word, so that one pass over the words finds which to look for."""

    by_word: dict[str, list[tuple[str, tuple[str, ...]]]]
    domains: dict[str, str]


_CACHE: dict[tuple[str, str], _Names] = {}


def _names(registry: ForceRegistry) -> _Names:
    key = (registry.id, registry.fingerprint)
    if key not in _CACHE:
        _CACHE[key] = _index(registry)
    return _CACHE[key]


def _index(registry: ForceRegistry) -> _Names:
    by_word: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for printed, force in registry.names(abbreviations=False):
        _enter(by_word, printed.casefold(), (force,))
    for unit in registry.units.values():
        if not unit.joint_answers:
            continue
        short = {member: _short(registry.force(member).name) for member in unit.members}
        for pair in permutations(unit.members, 2):
            for joint in (" and ", " & "):
                _enter(by_word, joint.join(short[member] for member in pair), tuple(pair))
    domains = {}
    for body in registry.forces.values():
        for domain in (*body.email_domains, *body.guessed_email_domains, *body.hosts):
            domains[domain.lower()] = body.id
    return _Names(by_word, domains)


def _enter(by_word: dict[str, list[tuple[str, tuple[str, ...]]]], name: str, forces: tuple[str, ...]) -> None:
    if " and " in name:
        _enter(by_word, name.replace(" and ", " & "), forces)
    words = re.findall(r"[\w'-]+", name)
    if words:
        by_word.setdefault(words[0], []).append((name, forces))


def _short(name: str) -> str:
    return re.sub(r" (?:police|constabulary|police service)$", "", name.casefold())


_WORDS = re.compile(r"[\w'-]+")


@dataclass(slots=True)
class _Seen:
    tallies: dict[tuple[str, ...], _Tally] = field(default_factory=dict)

    def add(self, forces: tuple[str, ...], weight: int, place: tuple[int, int], *, heads: bool = False) -> None:
        self.tallies.setdefault(forces, _Tally()).add(weight, place, heads=heads)


def find(
    letter: Letter, registry: ForceRegistry, publisher: Sequence[str]
) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """The answering forces in the order of print, and the place that shows it (None: only the publishing site says so)."""
    seen = _mentions(letter, _names(registry))
    ranked = sorted(seen.tallies.items(), key=lambda item: (-item[1].weight, item[1].place or (0, 0)))
    if publisher:
        wanted = set(publisher)
        for forces, tally in ranked:
            if wanted & set(forces) and tally.best >= OWN and len(forces) > len(wanted):
                return forces, tally.place
        place = next((tally.place for forces, tally in ranked if set(forces) == wanted), None)
        return tuple(publisher), place
    for forces, tally in ranked:
        if tally.weight >= ENOUGH and (tally.best >= OWN or _only(forces, ranked)):
            return forces, tally.place
        if tally.heads and _only(forces, ranked):
            return forces, tally.place
    return (), None


_GENERAL = frozenset({"foi", "foia", "foisa", "eir", "eisr", "rfi", "ref", "sar", "no", "dpa"})
_FORCE = re.compile(r"\b(?:the force|police|constabulary)\b")


def by_reference(letter: Letter, registry: ForceRegistry, printed: str) -> tuple[str, ...]:
    """The force whose references look so, where no body is named at all.

    Shapes collide, so this asks for more than the shape: letters in it that are the force's own, one force alone with
    that shape, and an answer that speaks of "the force".
    """
    own = [word for word in re.findall(r"[a-z]+", printed.casefold()) if word not in _GENERAL and len(word) > 1]
    if not own or not any(_FORCE.search(piece.low) for piece in letter.answer()):
        return ()
    fitting = [
        force.id
        for force in registry.forces.values()
        if not force.references.needs_label and any(pattern.fullmatch(printed) for pattern in force.references.patterns)
    ]
    return tuple(fitting) if len(fitting) == 1 else ()


def _only(forces: tuple[str, ...], ranked: list[tuple[tuple[str, ...], _Tally]]) -> bool:
    """Whether letterhead, signature and address all name the same force."""
    return all(other == forces or tally.weight == 0 for other, tally in ranked)


def _mentions(letter: Letter, names: _Names) -> _Seen:
    seen = _Seen()
    lower = letter.joined.lower
    present = set(_WORDS.findall(lower))
    sought = [entry for word in present & names.by_word.keys() for entry in names.by_word[word]]
    spots: list[tuple[int, int, tuple[str, ...]]] = []
    for name, forces in sought:
        at = lower.find(name)
        while at >= 0:
            end = at + len(name)
            if _bounded(lower, at, end) and not _OTHER_BODY.match(lower, end) and (len(forces) == 1 or _POLICE.match(lower, end)):
                spots.append((at, end, forces))
            at = lower.find(name, end)
    spots.sort(key=lambda spot: (spot[0], -spot[1]))
    kept: list[tuple[int, int, tuple[str, ...]]] = []
    for spot in spots:
        if not kept or spot[0] >= kept[-1][1]:
            kept.append(spot)
    _weigh(letter, kept, seen)
    _addresses(letter, names, seen)
    return seen


_OTHER_BODY = re.compile(r" (?:nhs|county|city|borough|district|council|university|foundation|health|integrated|fire|hospitals?|and crime|federation|crime commissioner)\b")
_POLICE = re.compile(r" (?:constabular|police|forces)")


def _bounded(lower: str, start: int, end: int) -> bool:
    return not (start and lower[start - 1].isalnum()) and not (
        end < len(lower) and lower[end].isalnum() and not lower.startswith("s ", end)
    )


def _weigh(letter: Letter, spots: list[tuple[int, int, tuple[str, ...]]], seen: _Seen) -> None:
    place = 0
    pieces = letter.pieces
    by_piece: dict[int, list[tuple[int, int, tuple[str, ...]]]] = {}
    for spot in spots:
        while place + 1 < len(pieces) and pieces[place + 1].sentence.start <= spot[0]:
            place += 1
        by_piece.setdefault(place, []).append(spot)
    for number, found in by_piece.items():
        piece = pieces[number]
        if letter.messages[piece.message] in (MessageKind.DATA, MessageKind.REQUEST) or piece.voice is Voice.REQUEST:
            continue
        crowd = len({force for _, _, forces in found for force in forces}) >= CROWD
        for start, end, forces in found:
            if crowd and not (start - piece.sentence.start < OPENING and _ANSWERS.match(letter.joined.lower, end)):
                continue
            heads = piece.kind in (SectionKind.LETTERHEAD, SectionKind.SIGNATURE) or (piece.sentence.heading and number < TOP)
            seen.add(forces, _weight(letter, piece, start, end), (start, end), heads=heads)


def _weight(letter: Letter, piece: Piece, start: int, end: int) -> int:
    lower = letter.joined.lower
    before = lower[max(piece.sentence.start, start - 60) : start]
    after = lower[end : min(piece.sentence.end, end + 60)]
    if _ELSEWHERE.search(before):
        return 0
    heads = piece.kind in (SectionKind.LETTERHEAD, SectionKind.SIGNATURE)
    if _ANSWERS.match(after) or _HOLDER.search(before):
        return STRONG if piece.voice is Voice.ANSWER else OWN
    if heads or piece.sentence.heading:
        return LINE
    if piece.kind is SectionKind.COMPLAINTS:
        return LINE
    return 0


_SHARED = frozenset({"gov.uk", "police.uk", "org.uk", "pnn.police.uk", "gsi.gov.uk"})  # hosts of many bodies
_ADDRESS = re.compile(r"[@/.]((?:[a-z0-9-]+\.)+(?:police\.uk|gov\.uk|police\.example|example|org|com|je))\b")


def _addresses(letter: Letter, names: _Names, seen: _Seen) -> None:
    for hit in _ADDRESS.finditer(letter.joined.lower):
        host = hit[1]
        while host:
            force = names.domains.get(host)
            if force:
                seen.add((force,), DOMAIN, (hit.start(1), hit.end(1)))
                break
            _, _, host = host.partition(".")
            if host in _SHARED:
                break
