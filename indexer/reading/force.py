"""Who answers: from the publishing site and the answering sentences, never from a shared office's letterhead.

Units that work for several forces print one force's letterhead on another's answers, so for their members a letterhead
decides only where the reference, the address or an answering sentence bears it out. For others it does where no further
force is named. A council or a health trust that mentions the police is no force.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import permutations, product
from operator import attrgetter
from typing import TYPE_CHECKING

from indexer.disclosure import SectionKind, Voice
from indexer.reading import hints
from indexer.reading.joined import plain_text
from indexer.reading.letter import MessageKind
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.forces import ForceRegistry
    from indexer.reading.letter import Letter, Piece

# a name looked up in an enumeration takes five times as long as one of the module
_ANSWER_MESSAGE = MessageKind.ANSWER
_REQUEST_VOICE = Voice.REQUEST
_LETTERHEAD_SECTION = SectionKind.LETTERHEAD
_SIGNATURE_SECTION = SectionKind.SIGNATURE
_DATA_MESSAGE = MessageKind.DATA
_REQUEST_MESSAGE = MessageKind.REQUEST
_ANSWER_VOICE = Voice.ANSWER
_COMPLAINTS_SECTION = SectionKind.COMPLAINTS

_ANSWERS = compiled(  # after the name
    r"(?:'s)?(?: (?:constabular(?:y|ies)|police(?: forces?)?|forces|service))?(?: (?:freedom of information|foi|"
    r"information \w+) (?:team|unit|department))? (?:can (?:now )?(?:confirm|neither)|"
    r"(?:does|do) (?:not )?(?:hold|record|retain)|holds?|neither confirms?|"
    r"received (?:this|your|the) (?:\w+ ){0,4}?request|"
    r"(?:has|have) (?:now |today )?(?:considered|decided|conducted|searched|located|received|completed|reviewed|"
    r"applied|determined|estimated)|is (?:not )?(?:obliged|able|required|unable|withholding|relying|refusing)|"
    r"are (?:not )?(?:obliged|able|required|unable|withholding)|will not|cannot confirm|would|must|"
    r"provides? you(?! with (?:the|a) right)|requires?|considers?|neither)\b"
)
_HOLDER = compiled(  # before the name
    r"(?:(?:is|are|been|was|were|not|information|data|records?) held,?(?: (?:in part|in full|partly),?)? by|"
    r"(?:received|recorded|considered|processed) by|on behalf of|requires?|request(?:ed)? (?:to|of|from|by)|"
    r"interest in|response (?:from|of|by)|(?:handled|dealt with|answered|made) (?:by|to)|that|"
    r"section 17 of the act requires|(?:conducted|made|located|carried out|undertaken) (?:within|at|by|in)|"
    r"lodging a complaint with|enquiry to|asked) (?:the )?$"
)
_SPEAKS = compiled(  # after a name that opens a sentence: what a force says of itself, and others seldom of it
    r"(?:'s)?(?: service)? (?:(?:is|are|was|were) (?:charged with|committed to)|(?:does|do|did) not [a-z]+|"
    r"(?:has|have) (?:no|not|a duty|a policy|recorded|supplied|provided))\b"
)
_REPLIES = compiled(r"(?:'s)? (?:responses?|replies|answers) (?:is|are|to (?:your|each|the)|set out|below|follow)\b")
_ELSEWHERE = compiled(
    r"\b(?:may|might|could|likely|contact|contacting|redirect\w*|transfer\w*|forward\w*|refer\w*|suggest\w*|other|"
    r"another|wish to|instead|try|approach|responsib\w+|jurisdiction|neighbouring|outside|e\.g\.|such as|including|"
    r"example|partner\w*|compar\w+)\b"
)
_START = attrgetter("start")
STRONG, OWN, LINE, DOMAIN = 5, 3, 2, 1  # an answering sentence, a complaints paragraph, a letterhead, an address
_SHARED = frozenset({"gov.uk", "police.uk", "org.uk", "pnn.police.uk", "gsi.gov.uk"})  # hosts of many bodies
ENOUGH = 3  # below this nobody is said to answer: a council that mentions the police is not the police
OPENING = 12  # characters before a name that opens a sentence
TOP_TEXT = 1500  # characters: within these stands a letter's reference
TOP = 6  # pieces among which a letter without a salutation has its title
CROWD = 3  # forces in one sentence: a list, not an answer


@dataclass(slots=True)
class _Tally:
    weight: int = 0
    place: tuple[int, int] | None = None
    best: int = 0
    heads: bool = False  # named in the letterhead, the first heading or the signature
    mailbox: bool = False  # the office that answers requests has its address there
    subject: int = 0  # sentences in which it holds, confirms or decides
    named: tuple[int, int] | None = None  # the first place where the answer names it and sends nobody there

    def add(self, weight: int, place: tuple[int, int], *, heads: bool, mailbox: bool, subject: bool) -> None:
        self.weight += weight
        self.heads = self.heads or heads
        self.mailbox = self.mailbox or mailbox
        self.subject += subject
        if weight > self.best:
            self.best, self.place = weight, place


_Entry = tuple[int, str, tuple[str, ...]]  # where a name has its telling word, the name, and who goes by it


@dataclass(frozen=True, slots=True)
class _Names:
    """Printed names with who goes by each, words of which every name has one, initials, and whose each domain is."""

    entries: dict[str, dict[str, list[_Entry]]]  # by telling word, then by the two characters before it
    initials: tuple[tuple[str, str], ...]  # with whose they are
    domains: dict[str, str]
    hosts: tuple[str, ...]  # words of which every domain has one


_CACHE: dict[tuple[str, str], _Names] = {}


def _names(registry: ForceRegistry) -> _Names:
    key = (registry.id, registry.fingerprint)
    if key not in _CACHE:
        _CACHE[key] = _index(registry)
    return _CACHE[key]


def _flat(name: str) -> str:
    """A name as the flat text prints it."""
    return plain_text(name).casefold()


def _index(registry: ForceRegistry) -> _Names:
    entries: list[tuple[str, tuple[str, ...]]] = []
    for printed, force in registry.names(abbreviations=False):
        entries += _spellings(_flat(printed), (force,))
    for unit in registry.units.values():
        if not unit.joint_answers:
            continue
        known = {member: registry.force(member) for member in unit.members}
        for pair in permutations(unit.members, 2):
            names = [(_flat(body.name), *map(_flat, body.aliases)) for body in map(known.__getitem__, pair)]
            entries += _spellings(" and ".join(_short(both[0]) for both in names), tuple(pair))
            for whole in product(*names):
                entries += _spellings(" and ".join(whole), tuple(pair))
    domains = {}
    for body in registry.forces.values():
        for domain in (*body.email_domains, *body.guessed_email_domains, *body.hosts):
            if domain.lower() not in _SHARED:
                domains[domain.lower().replace(".pnn.police.uk", ".police.uk")] = body.id
    by_word: dict[str, dict[str, list[_Entry]]] = {}
    for name, forces in entries:
        word = _telling(name)
        at = name.index(word)
        before = name[at - NEIGHBOURS : at] if at >= NEIGHBOURS else ""
        by_word.setdefault(word, {}).setdefault(before, []).append((at, name, forces))
    initials = tuple(
        (name, body.id)
        for body in registry.forces.values()
        for name in body.abbreviations
        if len(name) >= INITIALS and name.isupper() and name.isalpha()
    )
    return _Names(by_word, initials, domains, tuple({_telling(domain): None for domain in domains}))


_USUAL = ("police", "constabulary", "heddlu")  # nearly every name has one of these


NEIGHBOURS = 2  # characters before its telling word that tell which names may stand there


def _telling(name: str) -> str:
    """A word that a name has, the same for most names, so that a text is searched for few words, not each name."""
    return next((word for word in _USUAL if word in name), max(name.split(), key=_length))


def _length(word: str) -> tuple[int, str]:
    return len(word), word


def _spellings(name: str, forces: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield name, forces
    if " and " in name:
        yield name.replace(" and ", " & "), forces
    if "-" in name:
        yield name.replace("-", " "), forces


def _short(name: str) -> str:
    return re.sub(r" (?:police|constabulary|police service)$", "", name.casefold())


@dataclass(slots=True)
class _Seen:
    tallies: dict[tuple[str, ...], _Tally] = field(default_factory=dict)

    def add(
        self,
        forces: tuple[str, ...],
        weight: int,
        place: tuple[int, int],
        *,
        heads: bool = False,
        mailbox: bool = False,
        subject: bool = False,
    ) -> None:
        tally = self.tallies.setdefault(forces, _Tally())
        tally.add(weight, place, heads=heads, mailbox=mailbox, subject=subject)


def find(
    letter: Letter, registry: ForceRegistry, publisher: Sequence[str]
) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """The answering forces in the order of print, and the place that shows it: None where only the site says so."""
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
        spoken = tally.weight >= ENOUGH and tally.best >= OWN
        headed = (tally.heads or tally.mailbox) and _only(forces, ranked)
        if spoken or (headed and not _doubtful(letter, registry, forces, tally)):
            return ((), None) if not tally.heads and _another_answers(letter, tally.subject) else (forces, tally.place)
    return _confirmed(letter, registry, seen)


def _doubtful(letter: Letter, registry: ForceRegistry, forces: tuple[str, ...], tally: _Tally) -> bool:
    """Whether only the letterhead of a shared office names this force: it stands on the other members' letters too."""
    unit = registry.unit_of(forces[0]) if len(forces) == 1 else None
    if unit is None or tally.mailbox:
        return False
    top = letter.joined.text[:TOP_TEXT]
    numbered = {
        member
        for member in unit.members
        if any(pattern.search(top) for pattern in registry.force(member).references.patterns)
    }
    return numbered != set(forces)


_OTHERS = compiled(
    r"\b(?:council|nhs|trust|university|college|health board|borough|academy|school|ministry|crime commissioner|opcc)\b"
)
_NO_OTHER = compiled(
    r"(?:chiefs'?|chief|police|officers'?) council|ministry of defence (?:police|guard)|trust(?:ed)? (?:that|this|and)"
)
_OTHER_NAME = compiled(
    r"(?:the )?(?:[\w'&.-]+ ){1,6}(?:council|trust|university|college|health board|academy|borough)(?: headquarters|"
    r" offices?)?[ ,.]*|(?:the )?(?:university|college|department|ministry|royal borough|london borough|"
    r"office of the police and crime commissioner)\b.*"
)


def _another_answers(letter: Letter, subject: int) -> bool:
    """Whether a body that is no force answers: it holds, confirms and decides as often as the force does, or stands in
    the head or under the letter while the force does nothing."""
    lower = letter.joined.lower
    answers = 0
    named = False
    main, asking = _ANSWER_MESSAGE, _REQUEST_VOICE
    for piece in letter.pieces:
        if letter.messages[piece.message] is not main or piece.voice is asking:
            continue
        if _OTHERS.search(piece.low) is None or _NO_OTHER.search(piece.low):
            continue
        if piece.kind in (_LETTERHEAD_SECTION, _SIGNATURE_SECTION) or piece.heading:
            named = named or _OTHER_NAME.fullmatch(piece.low) is not None
        for found in _OTHERS.finditer(lower, piece.start, piece.end):
            sent_on = _ELSEWHERE.search(lower, piece.start, found.start())
            answers += _ANSWERS.match(lower, found.end()) is not None and not sent_on
    return answers >= max(subject, 1) or (named and subject == 0)


def _confirmed(letter: Letter, registry: ForceRegistry, seen: _Seen) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """The one force that the answer names in passing, where its reference has the shape of that force's own.

    Many forces number alike, so a shape bears out a name and never stands for one.
    """
    named = {forces: tally.named for forces, tally in seen.tallies.items() if tally.named or tally.weight}
    if None in named.values():
        return (), None
    if not named:
        named = _abbreviated(letter, _names(registry))
    if len(named) != 1 or _another_answers(letter, 0):
        return (), None
    ((forces, place),) = named.items()
    shapes = registry.force(forces[0]).references.patterns if len(forces) == 1 else ()
    for number, piece in enumerate(letter.pieces[:HEAD]):
        if number >= TOP and len(piece.low) >= CODE and not piece.hint & hints.NUMBERED:
            continue
        if any(shape.search(letter.joined.text, piece.start, piece.end) for shape in shapes):
            return forces, place
    return (), None


HEAD = 25  # pieces among which a letter prints its reference
CODE = 30  # characters: a piece that may be a reference alone
INITIALS = 3  # letters: shorter abbreviations are words and postcodes


def _abbreviated(letter: Letter, names: _Names) -> dict[tuple[str, ...], tuple[int, int] | None]:
    """Forces that the answer only knows by their initials: "the MPS has …"."""
    lower, text = letter.joined.lower, letter.joined.text
    found: dict[tuple[str, ...], tuple[int, int] | None] = {}
    if "police" not in lower and "constabulary" not in lower and "heddlu" not in lower:
        return found  # a letter of the police says so somewhere: see _USUAL
    for name, force in names.initials:
        for piece in letter.answer() if name in text else ():
            at = text.find(name, piece.start, piece.end)
            if at >= 0 and _bounded(lower, at, at + len(name)) and not _sent_on(letter, piece, at):
                found.setdefault((force,), (at, at + len(name)))
                break
    return found


def _only(forces: tuple[str, ...], ranked: list[tuple[tuple[str, ...], _Tally]]) -> bool:
    """Whether letterhead, signature and address all name the same force."""
    return all(other == forces or tally.weight == 0 for other, tally in ranked)


def _mentions(letter: Letter, names: _Names) -> _Seen:
    seen = _Seen()
    lower = letter.joined.lower
    spots: list[tuple[int, int, tuple[str, ...]]] = []
    for word, entries in names.entries.items():
        told = lower.find(word)
        if told < 0:
            continue
        after, anywhere = entries.get, entries.get("", _NO_ENTRIES)
        while told >= 0:
            named = after(lower[told - NEIGHBOURS : told], anywhere) if told >= NEIGHBOURS else anywhere
            if named is not anywhere and anywhere:
                named = named + anywhere
            for offset, name, forces in named:
                at = told - offset
                if at >= 0 and lower.startswith(name, at):
                    end = at + len(name)
                    if (
                        _bounded(lower, at, end)
                        and not _OTHER_BODY.match(lower, end)
                        and (len(forces) == 1 or name.endswith(_WHOLE) or _POLICE.match(lower, end))
                    ):
                        spots.append((at, end, forces))
            told = lower.find(word, told + 1)
    if spots:
        spots.sort(key=_longest_first)
        kept: list[tuple[int, int, tuple[str, ...]]] = []
        for spot in spots:
            if not kept or spot[0] >= kept[-1][1]:
                kept.append(spot)
        _weigh(letter, kept, seen)
    _addresses(letter, names, seen)
    return seen


_NO_ENTRIES: list[_Entry] = []


def _longest_first(spot: tuple[int, int, tuple[str, ...]]) -> tuple[int, int]:
    return spot[0], -spot[1]


_OTHER_BODY = compiled(
    r" (?:nhs|county|city|borough|district|council|university|foundation|health|integrated|fire|hospitals?|and crime|"
    r"federation|crime commissioner)\b"
)
_WHOLE = ("police", "constabulary", "service")  # the end of a name that is no part of one
_POLICE = compiled(r" (?:constabular|police|forces)")


def _bounded(lower: str, start: int, end: int) -> bool:
    return not (start and lower[start - 1].isalnum()) and not (
        end < len(lower) and lower[end].isalnum() and not lower.startswith("s ", end)
    )


def _weigh(letter: Letter, spots: list[tuple[int, int, tuple[str, ...]]], seen: _Seen) -> None:
    place = 0
    pieces = letter.pieces
    by_piece: dict[int, list[tuple[int, int, tuple[str, ...]]]] = {}
    for spot in spots:
        while place + 1 < len(pieces) and pieces[place + 1].start <= spot[0]:
            place += 1
        by_piece.setdefault(place, []).append(spot)
    for number, found in by_piece.items():
        piece = pieces[number]
        if letter.messages[piece.message] in (_DATA_MESSAGE, _REQUEST_MESSAGE) or piece.voice is _REQUEST_VOICE:
            continue
        if _ADDRESSEE.match(piece.low):
            continue
        crowd = len({force for _, _, forces in found for force in forces}) >= CROWD
        for start, end, forces in found:
            if crowd and not (start - piece.start < OPENING and _ANSWERS.match(letter.joined.lower, end)):
                continue
            heads = piece.kind in (_LETTERHEAD_SECTION, _SIGNATURE_SECTION) or (piece.heading and number < TOP)
            weight = _weight(letter, piece, start, end)
            subject = weight == STRONG and _ANSWERS.match(letter.joined.lower, end) is not None
            seen.add(forces, weight, (start, end), heads=heads, subject=subject)
            tally = seen.tallies[forces]
            if tally.named is None and not _sent_on(letter, piece, start):
                tally.named = (start, end)


def _weight(letter: Letter, piece: Piece, start: int, end: int) -> int:
    lower = letter.joined.lower
    before = lower[max(piece.start, start - 60) : start]
    after = lower[end : min(piece.end, end + 60)]
    if _sent_on(letter, piece, start):
        return 0
    heads = piece.kind in (_LETTERHEAD_SECTION, _SIGNATURE_SECTION)
    if _ANSWERS.match(after) or _HOLDER.search(before):
        return STRONG if piece.voice is _ANSWER_VOICE else OWN
    opens = start - piece.start < OPENING and _SPEAKS.match(after)
    if piece.voice is _ANSWER_VOICE and (opens or _REPLIES.match(after)):
        return OWN
    if heads or piece.heading:
        return LINE
    if piece.kind is _COMPLAINTS_SECTION:
        return LINE
    return 0


def _sent_on(letter: Letter, piece: Piece, start: int) -> bool:
    """Whether a sentence names a force as somewhere else to ask, or one of several."""
    return _ELSEWHERE.search(letter.joined.lower, max(piece.start, start - 60), start) is not None


_ADDRESSEE = compiled(r"(?:to|cc) ?:|dear\b|(?:to|cc) [\w' .,&-]{3,60}$")  # and not "To locate …", a long sentence
_HOST_ENDS = ("police.uk", "gov.uk", "police.example", "example", "org", "com", "je")
_ADDRESS = compiled(  # {1,40}, {1,6}: no longer name is one, and a text of dots alone stays cheap
    rf"[@/.]((?:[a-z0-9-]{{1,40}}\.){{1,6}}(?:{'|'.join(map(re.escape, _HOST_ENDS))}))\b"
)
_HOST_END = compiled(  # begins with one sign: a search for it runs fastest
    rf"\.(?:{'|'.join(sorted({end.rpartition('.')[2] for end in _HOST_ENDS}))})\b"
)
_MAILBOX = compiled(
    r"(?:foi|freedom|information|info|disclosure|data|records|access|sar|publicaccess|public\.access)[\w.&-]{0,40}$"
)


def _addresses(letter: Letter, names: _Names, seen: _Seen) -> None:
    lower = letter.joined.lower
    for word in names.hosts:
        if word in lower:
            break
    else:
        return
    for hit in _printed_hosts(lower):
        host = hit[1].replace(".pnn.police.uk", ".police.uk")  # the old network's names of the same hosts
        while host:
            force = names.domains.get(host)
            if force:
                mailbox = _is_mailbox(letter, hit)
                seen.add((force,), DOMAIN, (hit.start(1), hit.end(1)), mailbox=mailbox)
                if mailbox or _is_own(letter, hit.start()):
                    tally = seen.tallies[(force,)]
                    tally.named = tally.named or (hit.start(1), hit.end(1))
                break
            _, _, host = host.partition(".")
            if host in _SHARED:
                break


def _printed_hosts(lower: str) -> Iterator[re.Match[str]]:
    """Addresses with a host: each in the word where one ends."""
    end = 0
    for ending in _HOST_END.finditer(lower):
        if ending.start() >= end:
            begin = lower.rfind(" ", end, ending.start()) + 1 or end
            end = lower.find(" ", ending.end())
            if end < 0:
                end = len(lower)
            yield from _ADDRESS.finditer(lower, begin, end)


def _is_mailbox(letter: Letter, hit: re.Match[str]) -> bool:
    """Whether an address is that of the office that answers: named so, and not one that the reader is sent on to."""
    place = bisect_right(letter.pieces, hit.start(), key=_START) - 1
    if not hit.group().startswith("@") or place < 0:
        return False
    piece = letter.pieces[place]
    before = letter.joined.lower[max(piece.start, hit.start() - MAILBOX) : hit.start()]
    if letter.messages[piece.message] is not _ANSWER_MESSAGE or _ADDRESSEE.match(piece.low):
        return False
    return _MAILBOX.search(before) is not None and not _SENT_ON.search(before)


def _is_own(letter: Letter, position: int) -> bool:
    """Whether the answer itself prints an address, and sends nobody there."""
    piece = letter.pieces[max(bisect_right(letter.pieces, position, key=_START) - 1, 0)]
    main = letter.messages[piece.message] is _ANSWER_MESSAGE and piece.voice is not _REQUEST_VOICE
    before = letter.joined.lower[max(piece.start, position - MAILBOX) : position]
    return main and not _ADDRESSEE.match(piece.low) and not _SENT_ON.search(before)


MAILBOX = 90  # characters before an address that tell whose it is
_SENT_ON = compiled(
    r"\b(?:redirect\w*|transfer\w*|forward\w*|passed|sent (?:on )?to|instead|try|another|other|neighbouring|"
    r"responsible|directly to)\b"
)
