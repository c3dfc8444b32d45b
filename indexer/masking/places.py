"""The places of a letter where only staff and requesters are named: salutation, letterhead, labels, heads of mails.

What sounds like a name never matters; where it stands does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from indexer.analysis import fold
from indexer.masking.contacts import emails
from indexer.masking.lines import Line
from indexer.masking.printed import Printed, Surroundings, is_person, name_at
from indexer.masking.signatures import public_role
from indexer.masking.wordlist import any_phrase, word_list

HEAD: Final = 45  # lines: letterhead and addressee stand above the salutation, on the first page
LABEL_WRAPS: Final = 25  # characters: a narrow column may break a name after its first word
BEFORE_WROTE: Final = 160  # characters of "On Monday 3 March 2025 at 10:14, Jane Example <…> wrote:"
NAME_ENDS: Final = 80  # characters from the word before a name to its end
HEADER: Final = 4  # lines within which the head of a mail has two of From, To, Sent, Subject
_SALUTATION = re.compile(
    r"(?:Dear|Hello|Hi|Hiya|Good (?:morning|afternoon|evening)|Annwyl|F[yo] (?:annwyl)?)[ \t]+", re.IGNORECASE
)
_MAIL = re.compile(r"(?:From|To|Cc|Bcc|Sender|On behalf of)[ \t]*:[ \t]*", re.IGNORECASE)
_MAIL_FIELD = re.compile(r"(?:From|To|Cc|Bcc|Sent|Date|Subject)[ \t]*:", re.IGNORECASE)
_NAME_LABEL = re.compile(r"(?:Name|By|From|To)[ \t]*[:–-][ \t]*", re.IGNORECASE)
_CONTACT_FIELD = re.compile(
    r"(?:tel|telephone|phone|e-?mail|mobile|job|role|title|position|dept|department|address|organisation)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r"[ \t]*(?:,|&|/|and\b)[ \t]*")
_WROTE = re.compile(r"\bwrote:")
_SPEAKS = re.compile(
    r"\b(?:my name is|my name's|(?:contact|telephone|phone|call|ring|e-?mail|write to|speak to|speak with|ask for"
    r"|liaise with|copied to|cc) )(?:me )?(?:our colleague |my colleague |directly )?\(?",
    re.IGNORECASE,
)
_BY_HAND = re.compile(
    r"(?:by e-?mail(?: only| to)?|via e-?mail|by post|private and confidential|addressee only)[ \t]*:?[ \t]*",
    re.IGNORECASE,
)
_FIELD = re.compile(r"(?:web(?:site)?|tel|telephone|e-?mail|date|ref|our ref|phone)\b", re.IGNORECASE)
_DATE = re.compile(r"[ \t,]*\d{1,2}(?:st|nd|rd|th)?[ \t/.-]*(?:\d{1,2}|[A-Z][a-z]{2,8})[ \t/.,-]*\d{2,4}")
_PUBLIC_BEFORE = re.compile(
    r"(?:constable|commissioner|executive|chair(?:man|woman)?|mayor|minister)[ \t]*[:–-]?[ \t]*$", re.IGNORECASE
)
_DESK = re.compile(
    r",[ \t]+(?:[\w&-]+[ \t]+){0,4}?"
    r"(?:information|foi|disclosure|data protection|records|compliance|governance|review)\b",
    re.IGNORECASE,
)


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(
        rf"(?:your[ \t]+|our[ \t]+|the[ \t]+)?(?:{any_phrase(word_list().labels)})[ \t]*(?:[:–]|-[ \t])[ \t]*",
        re.IGNORECASE,
    )


def salutations(lines: Sequence[Line], around: Surroundings) -> Iterator[Printed]:
    """Whom a letter or mail is to: "Dear Ms Example," alone on its line or before the text."""
    for line in lines:
        found = _SALUTATION.match(line.text, line.start, line.end)
        if not found:
            continue
        name = name_at(line.text, found.end(), line.end, around.lists)
        if name and is_person(name, around, sure=True, place=True):
            yield name
            yield from _second(line, name, around)


def _second(line: Line, name: Printed, around: Surroundings) -> Iterator[Printed]:
    """ "Dear Mr Example and Ms Sample"."""
    also = _ALSO.match(line.text, name.end, line.end)
    if also and also.end() < line.end:
        other = name_at(line.text, also.end(), line.end, around.lists)
        if other and other.end >= line.end - 1 and is_person(other, around, sure=True):
            yield other


def labelled(lines: Sequence[Line], around: Surroundings) -> Iterator[Printed]:
    """Names behind labels: "Contact: …", "Please ask for: …", "Name: …" beside other ways of reaching somebody."""
    for number, line in enumerate(lines):
        found = _labels().match(line.text, line.start, line.end)
        if not found and (bare := _NAME_LABEL.match(line.text, line.start, line.end)):
            near = (
                *lines[max(number - 2, 0) : number],
                Line(line.text, bare.end(), line.end),
                *lines[number + 1 : number + 3],
            )
            found = bare if any(_CONTACT_FIELD.search(each.words) for each in near) else None
        if not found or (line.start and _PUBLIC_BEFORE.search(line.text, max(line.start - 40, 0), line.start)):
            continue
        name = _wrapped(lines, number, found.end(), around)
        if name and is_person(name, around, sure=False) and not public_role().match(line.text, name.end + 1, line.end):
            yield name


def _wrapped(lines: Sequence[Line], number: int, start: int, around: Surroundings) -> Printed | None:
    """The name on the label's line; where there is nothing, or but one word, it may go on below."""
    line = lines[number]
    name = name_at(line.text, start, line.end, around.lists)
    below = lines[number + 1] if number + 1 < len(lines) else None
    if below is None or (name and (name.end < line.end or len(name.words) > 1 or name.titled)):
        return name
    if start < line.end and name is None:
        return None
    more = name_at(below.text, below.start, below.end, around.lists)
    if more is None or more.end < below.end or len(below.words) > LABEL_WRAPS:
        return name
    if name is None:
        return more
    if len(more.words) > 1 or not is_person(more, around, sure=False):
        return name
    return Printed(start=name.start, end=more.end, words=(*name.words, *more.words), titled=name.titled)


def mails(lines: Sequence[Line], around: Surroundings) -> Iterator[Printed]:
    """Who wrote to whom, in the head of a mail: names, "Example, Jane", and whatever stands before an address."""
    for number, line in enumerate(lines):
        found = _MAIL.match(line.text, line.start, line.end)
        if not found:
            continue
        near = lines[max(number - HEADER, 0) : number + HEADER + 1]
        heads = {m.group().lower() for each in near if (m := _MAIL_FIELD.match(each.text, each.start, each.end))}
        told = any(head.startswith(("sent", "date", "subject")) for head in heads)
        if not told and "@" not in line.words and "<" not in line.words:  # "From: Leeds" of a table of journeys
            continue
        for start, end in _parted(line.text, found.end(), line.end, ";"):
            yield from _mailbox(line.text, start, end, around)


def _mailbox(text: str, start: int, end: int, around: Surroundings) -> Iterator[Printed]:
    for bracket in "<[(":
        cut = text.find(bracket, start, end)
        end = cut if cut >= 0 else end
    comma = text.find(",", start, end)
    if comma >= 0:
        last = name_at(text, start, comma, around.lists)
        first = name_at(text, comma + 1, end, around.lists)
        if last and first and len(last.words) <= 2 and last.end >= comma and is_person(first, around, sure=False):
            name = Printed(start=last.start, end=first.end, words=(*first.words, *last.words))
            if is_person(name, around, sure=True):
                yield name
                return
    for piece_start, piece_end in _parted(text, start, end, ","):
        one = name_at(text, piece_start, piece_end, around.lists)
        if one and is_person(one, around, sure=len(one.words) > 1):
            yield one


def _parted(text: str, start: int, end: int, mark: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the pieces of a stretch between marks."""
    at = start
    while (cut := text.find(mark, at, end)) >= 0:
        yield at, cut
        at = cut + 1
    yield at, end


def threads(text: str, around: Surroundings) -> Iterator[Printed]:
    """ "On 3 March 2025 at 10:14, Jane Example <…> wrote:"."""
    for wrote in _WROTE.finditer(text):
        begin = max(wrote.start() - BEFORE_WROTE, 0)
        head = text[begin : wrote.start()].rstrip()
        if head.endswith((">", "]", ")")):
            opening = max(head.rfind(bracket) for bracket in "<[(")
            head = head[:opening].rstrip() if opening >= 0 else head
        at = max(head.rfind(","), head.rfind("\n"), head.rfind(" at ") + 3, _last_digit(head))
        name = name_at(text, begin + at + 1, begin + len(head), around.lists)
        if name and name.end >= begin + len(head) and is_person(name, around, sure=True):
            yield name


def _last_digit(head: str) -> int:
    return max((at for at, character in enumerate(head) if character.isdigit()), default=-1)


def running_text(text: str, around: Surroundings) -> Iterator[Printed]:
    """In sentences: "my name is …", "contact Jane Example on …", "Ms Example, Head of Information Governance"."""
    for found in _SPEAKS.finditer(text):
        name = name_at(text, found.end(), min(found.end() + NAME_ENDS, len(text)), around.lists)
        if name is None or (len(name.words) == 1 and not name.titled) or public_role().match(text, name.end + 2):
            continue
        if is_person(name, around, sure=False):
            yield name
    for comma in _DESK.finditer(text):
        begin = max(comma.start() - NAME_ENDS, 0)
        begin = max(text.rfind("\n", begin, comma.start()) + 1, begin)
        titles = list(_title().finditer(text, begin, comma.start()))
        if titles:
            name = name_at(text, titles[-1].start(), comma.start(), around.lists)
            if name and name.end >= comma.start() and is_person(name, around, sure=True):
                yield name


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{any_phrase(tuple(word_list().titles))})\.?[ \t]", re.IGNORECASE)


def letterhead(lines: Sequence[Line], around: Surroundings, known: frozenset[str]) -> Iterator[Printed]:
    """Addressee and sender above the text: a line that is a name, beside a title, an address, a role or the salutation.

    ``known`` are the folded words of names that the letter gives elsewhere in private places.
    """
    head = [line for line in lines[:HEAD] if line]
    for number, line in enumerate(head):
        name = _alone_on_line(line, around)
        if name is None:
            continue
        above = head[number - 1].words if number else ""
        below = head[number + 1].words if number + 1 < len(head) else ""
        given_elsewhere = name.titled or not known.isdisjoint(name.keys)
        if given_elsewhere or (
            len(name.words) > 1 and (_sender(below, around) or _reached(name, above) or _reached(name, below))
        ):
            yield name


def _alone_on_line(line: Line, around: Surroundings) -> Printed | None:
    start = line.start
    if by_hand := _BY_HAND.match(line.text, start, line.end):
        start = by_hand.end()
    name = name_at(line.text, start, line.end, around.lists)
    if name is None or not is_person(name, around, sure=False):
        return None
    rest = line.text[name.end : line.end].strip(" \t,.")
    if rest and not (_DATE.fullmatch(rest) or _field_follows(rest)):
        return None
    if line.start and _PUBLIC_BEFORE.search(line.text, max(line.start - 40, 0), line.start):
        return None
    return name


def _field_follows(rest: str) -> bool:
    """Whether another field of a letterhead follows on the line: "Jane Example Web: …"."""
    return _FIELD.match(rest) is not None


def _sender(below: str, around: Surroundings) -> bool:
    """Whether the line below a name says what she does."""
    keys = [fold(word) for word in re.findall(r"[^\W\d_]+", below)]
    return 0 < len(keys) <= 8 and keys[-1] in around.lists.roles and not public_role().match(below)


def _reached(name: Printed, beside: str) -> bool:
    """Whether the line beside a name is the person's e-mail address: it spells a word of the name."""
    for start, end in emails(beside):
        local = fold(beside[start:end].split("@")[0])
        if any(len(key) > 2 and key in local for key in name.keys):
            return True
    return _BY_HAND.match(beside) is not None and "@" in beside


def addressed(text: str, around: Surroundings) -> Iterator[Printed]:
    """Names that addresses spell: jane.example@ names Jane Example, wherever she is printed."""
    for start, end in emails(text):
        local = text[start:end].split("@")[0].strip()
        words = [word for word in re.split(r"[._-]", local) if word.isalpha()]
        if len(words) == 2 and len(words[1]) > 2 and all(len(w) == 1 or fold(w) in around.capitals for w in words):
            name = Printed(start=start, end=start + len(local), words=(words[0].title(), words[1].title()))
            if is_person(name, around, sure=False):
                yield name
