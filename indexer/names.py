"""Whose names a letter prints where only staff and requesters stand: salutation, signature, addressee, labels.

A name is taken from such a place and then covered everywhere in the record. Ranks that answer to the public in
person (chief constables, commissioners) are left: they are named in their public role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.disclosure import Part

TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Revd|Sir|Dame|Lord|Lady|Cllr|Councillor)"
RANKS = r"(?:PC|WPC|DC|PS|DS|Sgt|Sergeant|Insp|Inspector|DI|CI|DCI|Supt|Superintendent|DSU|Constable)"
WORD = r"(?:[A-Z][\w'’]*(?:-[A-Z][\w'’]*)*|[A-Z]\.?|de|van|von|der|bin|al|O['’][A-Z]\w+)"
NAME = rf"{WORD}(?:[ \t]+{WORD}){{0,4}}"

SALUTATION = re.compile(
    rf"^[ \t>]*(?:Dear|Hello|Hi|Good (?:morning|afternoon))[ \t]+((?:{TITLES}\.?[ \t]+)?{NAME})[ \t]*[,:;.!–-]?[ \t]*$",
    re.MULTILINE,
)
LABELLED = re.compile(
    rf"^[ \t>*]*(?:(?:Your |Our )?Contact(?: name| officer| person)?|Name|(?:Full |Applicant'?s? |Requester'?s? )name|From|To|For the attention of|FAO|Attn|Requester|Applicant|Requested by"
    rf"|Case ?(?:officer|handler|worker)|(?:Reporting|Reviewing|Responsible|Disclosure|Dealing|Decision) ?(?:officer|maker)|Decision maker|Dealt with by|Completed by|Prepared by|Reviewed by|Signed(?: by)?|Author|Sent by)"
    rf"[ \t]*[:–|-][ \t]*((?:{TITLES}\.?[ \t]+|{RANKS}\.?[ \t]+(?:\d{{1,6}}[ \t]+)?)?{NAME})",
    re.MULTILINE | re.IGNORECASE,
)
CLOSING = re.compile(
    r"^[ \t>]*(?:Yours? (?:sincerely|faithfully|truly)|(?:Kind|Best|Warm|Many)(?:est)? (?:regards|wishes|thanks)|Regards|Sincerely|Thank you|Thanks|Signed)[ \t]*[,.:]?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
ADDRESSEE = re.compile(rf"^[ \t>]*({TITLES}\.?[ \t]+{NAME})[ \t]*,?[ \t]*$", re.MULTILINE)
WROTE = re.compile(rf"\b(?:On .{{6,60}}?[,:] )({NAME})[ \t]+(?:<[^>\n]{{0,80}}>[ \t]*)?wrote:")
BARE = re.compile(
    rf"^[ \t>]*((?:{TITLES}\.?[ \t]+|{RANKS}\.?[ \t]+)?{NAME})[ \t]*,?[ \t]*(?:\(?(?:\d{{3,6}}|BSc|BA|LLB|LLM|MA|MSc|He/him|She/her)\)?)?[ \t]*$"
)
SIGNATURE_LINES = 6  # a name stands within a few lines of the closing, before role, team and address
HEAD = 1500  # code points: letterhead and addressee stand at the top of the first page

PUBLIC_ROLE = re.compile(
    r"\b(?:Chief Constable|Commissioner|Chief Officer|Chief Executive|Police and Crime|Mayor|Home Secretary|Minister)\b",
    re.IGNORECASE,
)
# Words of teams, places and politeness: a line that holds one is no person.
NO_NAME = frozenset(
    [
        "a",
        "act",
        "address",
        "adviser",
        "advisor",
        "alliance",
        "all",
        "and",
        "answer",
        "applicant",
        "appendix",
        "assistant",
        "attachment",
        "authority",
        "avenue",
        "board",
        "bureau",
        "business",
        "business",
        "case",
        "centre",
        "chief",
        "city",
        "clerk",
        "co",
        "colleague",
        "colleagues",
        "commission",
        "commissioner",
        "compliance",
        "constabulary",
        "constable",
        "coordinator",
        "corporate",
        "council",
        "county",
        "court",
        "customer",
        "data",
        "date",
        "dear",
        "decision",
        "decision-maker",
        "department",
        "deputy",
        "details",
        "direct",
        "director",
        "disclosure",
        "division",
        "document",
        "drive",
        "email",
        "enquiries",
        "enquirer",
        "environmental",
        "exemption",
        "fax",
        "floor",
        "foi",
        "foia",
        "foisa",
        "for",
        "force",
        "freedom",
        "from",
        "governance",
        "group",
        "head",
        "headquarters",
        "house",
        "in",
        "information",
        "inspector",
        "internal",
        "investigation",
        "joint",
        "knowledge",
        "lane",
        "law",
        "legal",
        "librarian",
        "line",
        "ltd",
        "madam",
        "maker",
        "management",
        "manager",
        "member",
        "mobile",
        "national",
        "number",
        "of",
        "office",
        "officer",
        "on",
        "operations",
        "our",
        "parliament",
        "part",
        "phone",
        "police",
        "post",
        "private",
        "protection",
        "public",
        "question",
        "ref",
        "reference",
        "referral",
        "regulations",
        "reply",
        "request",
        "requester",
        "requestor",
        "response",
        "review",
        "road",
        "room",
        "safety",
        "secretary",
        "section",
        "senior",
        "service",
        "services",
        "sir",
        "sirs",
        "square",
        "station",
        "street",
        "subject",
        "superintendent",
        "support",
        "team",
        "tel",
        "telephone",
        "the",
        "to",
        "to:",
        "trust",
        "unit",
        "university",
        "us",
        "website",
        "west",
        "whom",
        "with",
        "your",
        "yours",
    ]
)
COMMON = frozenset(
    [
        "May",
        "June",
        "April",
        "August",
        "Rose",
        "Bell",
        "Bush",
        "Church",
        "Cross",
        "Field",
        "Fields",
        "Ford",
        "Gray",
        "Green",
        "Grey",
        "Hall",
        "Hill",
        "King",
        "Knight",
        "Lake",
        "Law",
        "Long",
        "Marsh",
        "Moor",
        "North",
        "Park",
        "Parks",
        "Penny",
        "Pond",
        "Pool",
        "Price",
        "Rice",
        "Rivers",
        "Rock",
        "Sharp",
        "Short",
        "Stone",
        "Street",
        "Summer",
        "Summers",
        "Wall",
        "Ward",
        "Waters",
        "Way",
        "Weeks",
        "West",
        "White",
        "Wild",
        "Winter",
        "Winters",
        "Wood",
        "Woods",
        "Young",
        "Black",
        "Brown",
        "Baker",
        "Bailey",
        "Banks",
        "Cook",
        "Driver",
        "Gun",
        "Guns",
        "Hunt",
        "Hunter",
        "Justice",
        "Major",
        "Mark",
        "Marks",
        "Miles",
        "Page",
        "Pope",
        "Power",
        "Power",
        "Read",
        "Sergeant",
        "Speed",
        "Steel",
        "Taylor",
        "Will",
        "Day",
        "Best",
        "Case",
        "Cash",
        "Close",
        "Crew",
        "Drew",
        "Fish",
        "Fox",
        "Good",
        "Grant",
        "Home",
        "Iron",
    ]
)  # surnames and first names that are words too: alone they are covered only beside a title or the rest of the name


@dataclass(frozen=True)
class Named:
    """A person as printed in one place, without title or rank."""

    words: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The whole name, the surname after a title, the surname alone where it is no common word."""
        *first, last = map(re.escape, self.words)
        between = r"[\s.,_-]{1,3}"
        shapes = []
        if first:
            shapes.append(between.join([*first, last]))
            shapes.append(rf"{last},?{between}{first[0]}")
            shapes.append(rf"{re.escape(self.words[0][0])}\.?{between}{last}")
        shapes.append(rf"{TITLES}\.?\s+(?:[A-Z]\.?\s+)?{last}")
        alone = [w for w in (self.words[0], self.words[-1]) if len(w.strip(".")) > 2 and w.title() not in COMMON]
        shapes += [re.escape(word) for word in dict.fromkeys(alone)]
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(shapes)})(?:['’]s)?(?![^\W_])")

    def found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) wherever this person is named."""
        last = self.words[-1]
        if last in text or last.upper() in text or self.words[0] in text:
            for found in self.pattern.finditer(text):
                yield found.span()


def names_in(parts: Sequence[Part]) -> tuple[Named, ...]:
    """Every person that the letter names where only staff and requesters stand."""
    found: dict[tuple[str, ...], Named] = {}
    for part in parts:
        for printed in _printed(part):
            words = _words(printed)
            if words:
                found.setdefault(words, Named(words))
                loud = tuple(w.upper() for w in words)
                found.setdefault(loud, Named(loud))
    return tuple(found.values())


def _printed(part: Part) -> Iterator[str]:
    text = part.text
    for pattern in (SALUTATION, LABELLED, WROTE):
        for found in pattern.finditer(text):
            yield found.group(1)
    for found in ADDRESSEE.finditer(text, 0, HEAD):
        yield found.group(1)
    for found in CLOSING.finditer(text):
        yield from _signature(text[found.end() :].split("\n", SIGNATURE_LINES + 3))


def _signature(lines: Iterable[str]) -> Iterator[str]:
    """Names under a closing: short lines of capitalised words, until the address begins."""
    below = [line.strip(" \t>*|") for line in lines]
    below = [line for line in below if line][:SIGNATURE_LINES]
    for position, line in enumerate(below):
        if PUBLIC_ROLE.search(line):
            return
        found = BARE.match(line)
        follows = below[position + 1] if position + 1 < len(below) else ""
        if found and not re.match(PUBLIC_ROLE, follows):
            yield found.group(1)
        elif "," in line:  # "Jane Example, Disclosure Officer"
            before = BARE.match(line.split(",", 1)[0])
            if before:
                yield before.group(1)


def _words(printed: str) -> tuple[str, ...] | None:
    """The words of a person's name without title, rank or number; None where it is no person's."""
    bare = re.sub(rf"^(?:{TITLES}|{RANKS})\.?\s+(?:\d{{1,6}}\s+)?", "", " ".join(printed.split()))
    words = tuple(w.strip(".,") for w in bare.split())
    words = tuple(w for w in words if w)
    if not words or any(w.lower().strip("'’") in NO_NAME for w in words) or len(words[-1]) < 2:
        return None
    return words
