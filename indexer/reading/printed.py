"""The grammar of printed provisions, read by a small scanner: ``Section 40(2)(a)(b) and (3)(a)(i)``, ``S40(2)/(3A)``.

Numbers are inherited along a chain, brackets may be missing or broken, ranges of limbs are written out. Nothing deeper
than what is printed ever comes out, and nothing is looked up here: whether such a provision exists is not asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from indexer.reading.phrases import compiled, phrases

WORD = phrases(
    r"(?<![\w'.@/-])(?:(?P<word>(?<!sub )sections?(?:\(s\))?|sectons?|setions?|sectoins?|secions?|sctions?|sectins?|"
    r"sect\.?|secs?\.?|regulations?(?:\(s\))?|regs?\.?|articles?(?:\(s\))?|arts?\.?|exemptions?(?:\(s\))?|"
    r"exceptions?(?:\(s\))?)(?: ?(?:no\.?|number|code))?(?: ?[:-] ?| )?(?P<paren>\()?|(?P<letter>s(?:'s|s)?\.? ?)|"
    r"(?P<law>foia|foisa|eirs?|foi act|act 2000)(?:,)? )(?=\d)",
)
_BEGINS = compiled(  # where such a word begins: told by few letters, which skips most of a text
    r"[^\w'.@/-](?:a(?:r(?=t)|c(?=t))|e(?:x(?=[ce])|i(?=r))|fo(?=i)|re(?=g)|s(?:e(?=[ct])|c(?=t)|[ .'s\d]))"
    rf"(?<=(?={re.sub(r'[(][?]P<[a-z]+>', '(?:', WORD.pattern)})..)"
)
_NUMBER = compiled(r"(\d{1,3})([a-d](?![a-z]))?(?![\d%])(?!\.\d)(?!,\d{3})(?!/\d{3,})(?!/\d{1,2}/)(?!:\d)")
_BODY = r"(?:\d{1,2}[a-z]?|[ivx]{2,4}|[a-z]{1,2})"
_OPEN, _CLOSE = r"[(\[{]", r"[)\]}]"
_OPENING = ("(", "[", "{", " (", " [", " {")
_GROUP = compiled(rf" ?{_OPEN}{{1,2}} ?({_BODY}) ?(?:{_CLOSE}{{1,2}}|\((?:\)|(?={_BODY}))|(?= ?{_OPEN}))")
_UNCLOSED = compiled(rf" ?{_OPEN}({_BODY})(?=[.,;:&]|$| (?:and|or|by|of|&|-)\b| -)")
_UNOPENED = compiled(rf" ?(?<![\w])({_BODY}){_CLOSE}(?=[\s.,;:&({{\[/]|$)")
UNOPENED = 6  # characters: the longest of these
_ADJOINING = compiled(r"(?<=[)\]])([a-h]|[ivx]{2,4})(?![\w'])")
_LISTED = compiled(rf" ?{_OPEN} ?({_BODY}(?:(?: ?(?:,|&|/|-| and | to | or ) ?){_BODY})+) ?{_CLOSE}")
_BLANK = compiled(r" (\d{1,2}[a-z]?)(?=\([a-z]\))")  # "section 38 1(b)"
_POINT = compiled(
    r"(\d{2})\.(\d[a-z]?)(?![\w.]\d|\w)(?! ?(?:hours?|million|per)\b| ?%)"
)  # "section 40.2", an exemption's
_SUBSECTION = phrases(
    r",? ?(?:\(?(?:under|of|at|specifically|namely)\)? )?(?:sub-? ?sections?|paragraphs?|paras?\.?|"
    r"limbs?)(?:\(s\))? ?(?=[(\d\[])",
)
_LOOSE = compiled(r" ?\(?(\d{1,2}[a-z]?)\)?(?![\w.])")
_SEPARATOR = phrases(
    r",? ?(?:&|\band/or\b|\band\b|\bor\b|\bas well as\b|\balongside\b|\btogether with\b|\bin conjunction with\b|"
    r"\bread (?:together )?with\b|\bwith\b|\bplus\b|\bby (?:reference to|virtue of|way of)\b|\bbecause of\b|"
    r"\bpursuant to\b|/|;|\+) ?(?:also )?",
    r", ?",
)
_SEPARATES = (",", "&", "/", ";", "+", "an", "or", "as", "al", "to", "in", "re", "wi", "pl", "by", "be", "pu")
_RANGE = compiled(r" ?(?:-|\bto\b|\bthrough\b) ?(?=[(\[])")
_TITLE = compiled(r" ?(?:\((?=[a-z]{3})[^()]{3,70}\)|[-:,] ?[a-z][a-z' ]{3,50}(?=,? (?:and|&) ))")
_TITLES = ("(", "-", ":", ",", " (", " -", " :", " ,")  # what a title begins with
_AGAIN = compiled(r"(?:sections?|sect\.?|sec\.?|ss?\.?|regulations?|reg\.?|articles?|art\.?) ?(?=\d)")
_UNIT = phrases(
    r" ?(?:hours?|days?|working|months?|weeks?|years?|minutes?|mins|records?|pages?|officers?|people|persons?|per|%|"
    r"percent|st|nd|rd|th|am|pm|miles|times|cases?|crimes?|incidents?|requests?|questions?|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|others?|of the (?:\w+ "
    r"){0,3}(?!act)(?:questions|requests)|x|pounds|staff|members|documents?|files?|emails?|different|individuals?|"
    r"to \d|-\d)\b",
)
_FIGURES = compiled(r" ?[/:]\d| \d")
_GOES_ON = compiled(r"(?:, ?| and | & |, and )\d{2}[a-z]?(?![\d/:])")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(slots=True)
class Printed:
    """Provisions that share one stretch of the flat text: those of one number, ``31(1)(a)`` and ``31(1)(b)``."""

    start: int
    end: int
    number: str
    provisions: list[str] = field(default_factory=list)
    chained: bool = False  # a further number of a list: "sections 24 and 31"
    word: str = ""  # "section", "regulation", "article", "" where none is printed


@dataclass(slots=True)
class _Path:
    """The limb that is being read: level 1 is a subsection, 2 a paragraph, 3 what is below it."""

    number: str
    limbs: list[tuple[int, str]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def add(self, body: str, into_level: int | None = None) -> None:
        level = into_level or self.level(body)
        if self.limbs and level <= self.limbs[-1][0]:
            self.done.append(self.name())
            while self.limbs and self.limbs[-1][0] >= level:
                self.limbs.pop()
        self.limbs.append((level, body))

    def level(self, body: str) -> int:
        if body[0].isdigit():
            return 1
        last_level, last = self.limbs[-1] if self.limbs else (0, "")
        if len(body) > 1 and body in _ROMAN:
            return 3
        if body in ("i", "v", "x") and (last_level == 3 or (last_level == 2 and last != "h")):
            return 3
        return 2

    def name(self) -> str:
        return self.number + "".join([f"({_cased(body)})" for _, body in self.limbs])

    def finish(self) -> list[str]:
        if not self.done:
            return [self.name() if self.limbs else self.number]
        return list(dict.fromkeys([*self.done, self.name()]))


def _cased(body: str) -> str:
    """As statutes print it: ``(3A)``, but ``(a)``."""
    return body.upper() if body[0].isdigit() else body


def words(low: str, start: int, end: int) -> list[re.Match[str]]:
    """Words such as *section* before a figure."""
    found = [WORD.match(low, begins.end() - 2, end) for begins in _BEGINS.finditer(low, max(start - 1, 0), end)]
    if start == 0:
        found.insert(0, WORD.match(low, 0, end))
    return [word for word in found if word is not None]


def scan(low: str, word: re.Match[str]) -> list[Printed]:
    """The provisions that follow a word such as *section*; empty where no number does. ``low`` is in small letters."""
    keyword = _keyword(word)
    hit = _NUMBER.match(low, word.end())
    if hit is None:
        return _pointed(low, word, keyword)
    first = word.start()
    found: list[Printed] = []
    position = word.end()
    plural = keyword.endswith("s") or low.startswith("ss", first) or "(s)" in word.group()
    while hit is not None:
        path = _Path(hit[1].lstrip("0") + (hit[2] or "").upper())
        position = _limbs(low, hit.end(), path)
        if not path.number:
            break
        printed = Printed(first, position, path.number, path.finish(), bool(found), keyword.rstrip("s"))
        found.append(printed)
        hit, first = _next(low, position, plural=plural)
        if hit is not None and _UNIT.match(low, hit.end()):
            break
    return found


def _pointed(low: str, word: re.Match[str], keyword: str) -> list[Printed]:
    """``section 40.2``: of a number of two figures only, since chapters of documents have such numbers too."""
    hit = _POINT.match(low, word.end()) if keyword.startswith(("section", "exemption")) else None
    if hit is None:
        return []
    path = _Path(hit[1])
    path.add(hit[2])
    end = _limbs(low, hit.end(), path)
    return [Printed(word.start(), end, path.number, path.finish(), word=keyword.rstrip("s"))]


def bare(low: str, start: int) -> Printed | None:
    """A provision printed without a word before it, ``12(5)(e)``, at ``start``."""
    hit = _NUMBER.match(low, start)
    if hit is None:
        return None
    path = _Path(hit[1] + (hit[2] or "").upper())
    end = _limbs(low, hit.end(), path)
    return Printed(start, end, path.number, path.finish()) if path.limbs or path.done else None


def _keyword(word: re.Match[str]) -> str:
    if word["letter"]:
        return "section"
    if word["law"]:
        return "eir" if word["law"].startswith("eir") else "foia"
    said = word["word"]
    if said.startswith("reg"):
        return "regulations" if said.startswith(("regulations", "regs")) else "regulation"
    if said.startswith("art"):
        return "articles" if said.startswith(("articles", "arts")) else "article"
    if said.startswith("exemption"):
        return "exemption"
    if said.startswith("exception"):
        return "exception"
    return "sections" if said.startswith("sections") else "section"


def _next(low: str, position: int, *, plural: bool) -> tuple[re.Match[str] | None, int]:
    """The next number of the same list; bare numbers only where the list is clearly one of provisions."""
    title = _TITLE.match(low, position) if low.startswith(_TITLES, position) else None
    after = title.end() if title else position
    separator = _separator(low, after)
    if separator is None or _AGAIN.match(low, separator.end()):
        return None, position
    hit = _NUMBER.match(low, separator.end())
    if hit is None:
        return None, position
    limbed = _GROUP.match(low, hit.end()) is not None
    joined = separator.group().strip() in ("&", "and", ",", "/", ", and", "or", ", &", "and/or")
    listed = plural or separator.group().strip() != "," or _GOES_ON.match(low, hit.end())
    if limbed or (joined and listed and _ends(low, hit.end())):
        return hit, separator.end()
    return None, position


def _ends(low: str, position: int) -> bool:
    """Whether a number stands alone: "sections 24 and 31 are", not "section 12 and 18 hours"."""
    return not (_UNIT.match(low, position) or _FIGURES.match(low, position))


def _limbs(low: str, position: int, path: _Path) -> int:
    """Read the limbs after a number, chains of them included; returns where they end."""
    blank = _BLANK.match(low, position) if low.startswith(" ", position) else None
    if blank:
        path.add(blank[1])
        position = blank.end()
    position = _groups(low, position, path)
    while True:
        sub = _SUBSECTION.match(low, position)
        if sub:
            loose = None if _GROUP.match(low, sub.end()) else _LOOSE.match(low, sub.end())
            if loose:
                path.add(loose[1])
                position = _groups(low, loose.end(), path)
                continue
            moved = _groups(low, sub.end(), path)
            if moved != sub.end():
                position = moved
                continue
        ranged = _RANGE.match(low, position) if path.limbs else None
        if ranged:
            group = _GROUP.match(low, ranged.end())
            spaced = ranged.group().startswith(" ") and "-" in ranged.group()
            if group and not (spaced and group[1].isdigit()) and _fill(path, group[1]):
                position = group.end()
                continue
        separator = _separator(low, position)
        if separator is None:
            return position
        ahead = separator.end()
        again = _SUBSECTION.match(low, ahead)
        ahead = again.end() if again else ahead
        moved = _groups(low, ahead, path) if low[ahead : ahead + 1] in "([{" or again else ahead
        if moved == ahead:
            return position
        position = moved


def _separator(low: str, position: int) -> re.Match[str] | None:
    """What separates two provisions, told by its first letters: mostly a sentence just goes on."""
    begins = position + 1 if low.startswith(" ", position) else position
    return _SEPARATOR.match(low, position) if low.startswith(_SEPARATES, begins) else None


def _groups(low: str, position: int, path: _Path) -> int:
    """Consecutive bracketed limbs, with the brackets that letters forget."""
    while True:
        group = None
        if low.startswith(_OPENING, position):
            listed = _LISTED.match(low, position)
            if listed:
                _list(path, listed[1])
                position = listed.end()
                continue
            group = _GROUP.match(low, position) or _UNCLOSED.match(low, position)
        if group is None and path.limbs:
            group = _ADJOINING.match(low, position)
        if group is None:
            ahead = low[position : position + UNOPENED]
            if ")" in ahead or "]" in ahead or "}" in ahead:
                group = _UNOPENED.match(low, position)
            if group is None or not (group[1][0].isdigit() or path.limbs):
                return position
        if path.limbs == [] and not group[1][0].isdigit() and len(group[1]) == 2 and group[1] not in _ROMAN:
            return position  # "section 17 (we)": a word
        path.add(group[1])
        position = group.end()


def _list(path: _Path, inside: str) -> None:
    """``(a, b & c)`` and ``(i-iii)`` in one pair of brackets."""
    bodies = re.split(r" ?(,|&|/|-| and | to | or ) ?", inside)
    level = None
    for place, body in enumerate(bodies[::2]):
        mark = bodies[place * 2 - 1].strip() if place else ""
        if mark in ("-", "to") and _fill(path, body):
            continue
        path.add(body, level)
        level = path.limbs[-1][0]


def _fill(path: _Path, last: str) -> bool:
    """Write out a range from the limb just read to ``last``; False where it is no range."""
    level, first = path.limbs[-1]
    series = _series(first, last)
    if series is None:
        return False
    for body in series:
        path.add(body, level)
    return True


def _series(first: str, last: str) -> list[str] | None:
    if first.isdigit() and last.isdigit():
        numbers = range(int(first) + 1, int(last) + 1)
        return [str(number) for number in numbers] if 0 < len(numbers) < 10 else None
    if first in _ROMAN and last in _ROMAN and (len(first) > 1 or len(last) > 1):
        series = _ROMAN[_ROMAN.index(first) + 1 : _ROMAN.index(last) + 1]
        return list(series) or None
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and first < last:
        return [chr(code) for code in range(ord(first) + 1, ord(last) + 1)]
    return None
