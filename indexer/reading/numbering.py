"""How questions are numbered: 1, 2a, (iii), b; lists and ranges of them, and the numbers that a request has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.disclosure import Voice
from indexer.reading import hints
from indexer.reading.phrases import compiled
from indexer.reading.turns import COUNTED, marked
from indexer.reading.voicecues import THANKS

if TYPE_CHECKING:
    from indexer.reading.letter import Letter, Piece

ID = rf"(?:\d{{1,2}} ?(?:\(?[a-z]\)?(?![a-z]))?(?![\d%])|(?:{'|'.join(COUNTED)})\b)"
IDS = (
    rf"{ID}(?:(?:,? ?(?:(?:and|to|or)\b|&) ?|, ?| ?/ ?|\+)(?:(?:questions?|points?|parts?|q|a(?=\d)) ?)?"
    rf"(?:{ID}|[a-z]\b(?! \w{{3}}))| ?- ?\d{{1,2}}[a-z]?(?![\d%])|-[a-z]\b)*"
)
NOUN = (
    r"(?:questions?|qs?|q\.|points?|parts?|requests?|items?|elements?|bullets?|bullet points?|quer(?:y|ies))"
    r"(?: ?(?:numbers?|nos?\.?|#))?"
)
WORDED = compiled(
    r"(?:(?:(?:response|answer|ans|reply|decision)s?(?! ?: ?\d)|(?:request|question|point|part|item|query)s?)"
    rf"(?: (?:to|for) (?:your )?{NOUN})?(?: ?(?:numbers?|nos?\.?))?[ :.]{{0,2}}|qs?[.: ]{{0,2}}|a(?=\d))"
    rf"(?!\d{{1,2}}(?:[-/.]\d{{1,2}}[-/.]\d|[-/]\d{{3}}))(?P<ids>{IDS})(?= ?[:.)\]-]| |$)"
    r"(?! (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)"
)
_NUMBERS = hints.FIGURES | hints.COUNTED
WORDED_START = "radqpi"  # what WORDED begins with
PLAIN = compiled(  # "+": a third figure ends the attempt at once
    r"(?:[·>\"-] ?)?\(?(?P<ids>\d{1,2}+(?:\.[a-z](?= )| ?\([a-p]\)(?= )|(?: ?[a-z])?"
    r"(?:(?:\)? ?(?:,|&|-|/| and | to ) ?)\(?\d{1,2} ?[a-z]?)*)) ?"
    r"(?:[.):]|- |(?<=\.[a-z]) |(?<=\.[a-z])(?= )|(?<=\([a-p]\))(?= ))\)?(?=\s|$|[A-Za-z\"'])"
)
MOST = 40  # numbered questions of one request; a longer list is data
_WORDS = compiled(rf"\b(?:{'|'.join(COUNTED)})\b")
_ONE = compiled(
    r"(to\b|-)?(?:\W|and|or|questions?|points?|parts?|q)*?"
    r"(?:(\d{1,2}) ?(?:\(?([a-z])\)?(?![a-z]))?|(?<![a-z])([a-z])(?![a-z\d]))"
)
_FIGURES = compiled(r"\d+")
_DOTTED = compiled(r"(\d)\.([a-z])\b")  # "1.a" is one name


def leading(name: str) -> int:
    """The number that a question's name begins with; 0 where it begins with none."""
    hit = _FIGURES.match(name)
    return int(hit[0]) if hit else 0


def ids_of(printed: str) -> tuple[str, ...]:
    """``1a, 2 and 4-6`` → 1a, 2, 4, 5, 6. Ranges of letters too: ``1a-c``."""
    if len(printed) < 3 and printed.isdecimal():  # 3: no question has a longer number
        return (str(int(printed)),)
    found: list[str] = []
    previous = ""
    if "." in printed:
        printed = _DOTTED.sub(r"\1\2", printed)
    printed = _WORDS.sub(lambda hit: str(COUNTED.index(hit.group()) + 1), printed)
    for hit in _ONE.finditer(printed):
        ranged, number, letter, alone = hit.groups()
        if number:
            name = str(int(number)) + (letter or "")
        else:
            name = (str(leading(previous)) if leading(previous) else "") + alone
        if ranged and previous:
            found += _between(previous, name)
        found.append(name)
        previous = name
    return tuple(dict.fromkeys(found))[:MOST]


def ids_under(label: re.Match[str]) -> tuple[str, ...]:
    """The numbers of a label: "Questions 1 - 3" are three, "Q1 - 17" is the first with its answer."""
    printed = label["ids"]
    noun = label.group()[: label.start("ids") - label.start()].rstrip(" .:")
    return ids_of(printed if noun.endswith("s") else printed.split(" - ")[0])


def _between(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit():
        return [str(n) for n in range(int(first) + 1, min(int(last), int(first) + MOST))]
    if first[:-1] == last[:-1] and first[-1:].isalpha() and last[-1:].isalpha():
        return [first[:-1] + chr(code) for code in range(ord(first[-1]) + 1, ord(last[-1]))]
    return []


def known_numbers(letter: Letter, requests: list[Piece]) -> tuple[list[str], bool]:
    """The numbers that the request itself has, 1 upwards, and whether they stand in brackets."""
    bracketed = False
    best: list[str] = []
    run: list[str] = []
    text = letter.joined.lower
    for piece in requests:
        if not (piece.at_line or (run and marked(piece))):
            continue  # "1) … 2) …" may go on within a paragraph
        start = piece.start
        hit = None if text[start].isalpha() else PLAIN.match(text, start, piece.end)
        if hit is None and piece.hint & _NUMBERS and text[piece.body : piece.body + 1] in WORDED_START:
            hit = WORDED.match(text, piece.body, piece.end)
        if hit is None:
            continue
        name = str(leading(hit["ids"]) or "")
        if name == "1":
            run = ["1"]
        elif run and name == str(int(run[-1]) + 1):
            run.append(name)
        if len(run) > len(best):
            best = list(run)
            bracketed = "(" in text[start : start + 4]
    return best, bracketed


_LETTERED = compiled(r"(?:(?:response|answer|reply|question|point|part|request) )?\(?([a-p])(?:[.)](?= |$)|$)")
_INLINE_LETTER = compiled(r"\((?<= \()([a-p])\)(?= )")  # the bracket first: the search looks at nothing else
_LETTERED_POINTS = compiled(
    r"\b(?:points?|parts?|questions?|items?) "
    r"(?P<ids>\(?[a-p]\)?(?:(?:,| and| &| to| or|, and)? \(?[a-p]\)?)*)(?![\w'])"
)
_LETTER = compiled(r"\b[a-p]\b")


def lettered_points(low: str) -> list[str]:
    """The letters in "points a, c and d"."""
    hit = _LETTERED_POINTS.search(low)
    return _LETTER.findall(hit["ids"]) if hit else []


_SEVERAL_LETTERS = compiled(r"\(?([a-p])\)?(?:, ?\(?([a-p])\)?)*(?: and | & | to |-)\(?([a-p])\)?(?=[ .:)-]|$)")


def several_letters(known: list[str], low: str) -> tuple[str, ...]:
    """The questions in "C and D" at the beginning of a line, where the request has letters."""
    hit = _SEVERAL_LETTERS.match(low) if known[0] == "a" else None
    if hit is None:
        return ()
    printed = hit.group()
    named = _LETTER.findall(printed)
    if " to " in printed or "-" in printed:
        named = [chr(code) for code in range(ord(named[0]), ord(named[-1]) + 1)]
    return tuple(name for name in named if name in known)


_NAMED_LETTER = compiled(
    r"(?:for|as (?:to|for|regards)|on|regarding|concerning|"
    r"(?:in|with) (?:relation|respect|regards?|response|answer|reply|reference) (?:to|of)) "
    rf"(?:your |the )?(?:{NOUN} )?\((?P<name>[a-p]|i{{1,3}}|iv|vi{{0,3}}|ix|x)\)(?=[ ,.:;-])"
)


def named_letter(known: list[str], low: str) -> str | None:
    """The question in "For (ii) the …" at the beginning of a sentence, where the request has such a mark."""
    hit = _NAMED_LETTER.match(low)
    return hit["name"] if hit and hit["name"] in known else None


def letters(letter: Letter, requests: list[Piece]) -> list[str]:
    """The questions of a request that marks them a, b, c."""
    text = letter.joined.lower
    found: list[str] = []
    for piece in requests:
        if piece.voice is not _REQUEST:
            continue
        start, end = piece.start, piece.end
        marked = _LETTERED.match(text, start, end) if piece.at_line else None
        names = [marked[1]] if marked else []
        names += [hit[1] for hit in _INLINE_LETTER.finditer(text, marked.end() if marked else start, end)]
        for name in names:
            if name == chr(ord("a") + len(found)):
                found.append(name)
    return found if len(found) > 1 else []


def lettered_headings(letter: Letter) -> list[str]:
    """The letters of headings of the answer, "a. The business case", where nothing of the request is quoted."""
    text = letter.joined.text
    found: list[str] = []
    for piece in letter.pieces:
        if piece.at_line and piece.voice is not _REQUEST and piece.body > piece.start:
            first = text[piece.start].lower()
            if first.isdigit():
                return []  # letters under numbers
            if (
                piece.heading
                and text[piece.body : piece.body + 1].isupper()
                and first == chr(ord("a") + len(found)) <= LAST_LETTER
            ):
                found.append(first)
    return found if len(found) >= LETTERS_FEWEST else []


LAST_LETTER = "p"  # of a question
LETTERS_FEWEST = 3  # headings with letters that make a letter one answered by them
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_ROMAN = compiled(r"(?:(?:response|answer|reply|question|point|part|request) )?\(?(i{1,3}|iv|vi{0,3}|ix|x)[.)](?= |$)")
_INLINE_ROMAN = compiled(r"\((?<= \()(i{1,3}|iv|vi{0,3}|ix|x)\)(?= )")
_REQUEST = Voice.REQUEST  # a name looked up in an enumeration takes five times as long


def romans(letter: Letter, requests: list[Piece]) -> list[str]:
    """The questions of a request that numbers them (i), (ii), (iii), on lines of their own or within a sentence."""
    text = letter.joined.lower
    found: list[str] = []
    for piece in requests:
        if piece.voice is not _REQUEST:
            continue
        start, end = piece.start, piece.end
        marked = _ROMAN.match(text, start, end) if piece.at_line else None
        names = [marked[1]] if marked else []
        names += [hit[1] for hit in _INLINE_ROMAN.finditer(text, marked.end() if marked else start, end)]
        for name in names:
            if len(found) < len(_ROMANS) and name == _ROMANS[len(found)]:
                found.append(name)
    return found if len(found) > 1 else []


def alphabetic(known: list[str], text: str, start: int, end: int) -> tuple[str, ...]:
    """The mark (i) or (a) at the beginning of a line, where the request has such."""
    hit = (_ROMAN if known[0] == "i" else _LETTERED).match(text, start, end)
    return (hit[1],) if hit and hit[1] in known else ()


_OPENS = compiled(
    rf"(?:{THANKS.pattern}|.{{0,120}}\b(?:received|in receipt of|your) (?:\w+ ){{0,6}}(?:request|e-?mail|letter)\b)"
    r"(?!.*\?$)"
)
_DECIMAL = compiled(r"(\d{1,2})\.(\d{1,2})(?= )")


def outlined(letter: Letter) -> bool:
    """Whether paragraphs are numbered 1.1, 1.2, 2.1: at least two that follow on each other."""
    text = letter.joined.text
    before = (0, 0)
    for piece in letter.pieces:
        start = piece.start
        if not (piece.at_line and text[start].isdigit() and "." in text[start + 1 : start + 3]):
            continue
        if before == (0, 0) and text.startswith("1.", start) and _OPENS.match(piece.low):
            return True  # the letter's own paragraphs
        hit = _DECIMAL.match(text, start)
        if hit is None:
            continue
        number = (int(hit[1]), int(hit[2]))
        if number in ((before[0], before[1] + 1), (before[0] + 1, 1)) and before != (0, 0):
            return True
        before = number
    return False
