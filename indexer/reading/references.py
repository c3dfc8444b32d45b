"""How a letter is numbered: its own reference as printed, the one key for its spellings, and the other references in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.disclosure import Reference, Voice
from indexer.reading import dates
from indexer.reading.letter import MessageKind

if TYPE_CHECKING:
    from indexer.disclosure import Span
    from indexer.reading.joined import Joined
    from indexer.reading.letter import Letter, Piece

_SPELT = re.compile(r"[A-Z]{2,6}/[A-Z]{5,10}(?:/[A-Z]{1,4})?")  # a code without a figure
_INITIALS = re.compile(r"[A-Z]{1,5}(?:[/.][A-Za-z]{1,5})*")  # longer runs of capitals are words
_PIECE = re.compile(r"[^\W\d_]+|\d+")


def reference_key(printed: str) -> str:
    """The one form of a reference: ``foi-2017-1696`` for ``FOI2017/01696``, ``foi 2017 1696`` and ``FOI-2017-01696``.

    Cut at separators and wherever letters meet digits, leading zeros dropped, small letters, joined with hyphens. Letters
    of any script and every kind of decimal digit are kept; what has neither has the empty key.
    """
    pieces = _PIECE.findall(printed.casefold())
    return "-".join((piece.lstrip("0") or "0") if piece.isdecimal() else piece for piece in pieces)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One printed reference with how much its label says; ``kind`` is "own" or a kind of ``Reference``."""

    printed: str
    span: Span
    weight: int
    kind: str
    start: int


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_\\&:-]*")
_LABEL = re.compile(
    r"(?P<whose>\b(?:our|my|ours|your|yours|their|foi|f\.o\.i\.?|eir|freedom of information|information|request|enquiry|case|log|police|internal|dpa|sar|"
    r"crime|incident|reply|unique|disclosure|applicant|complaint|review|council|trust|force|ico|related|linked|previous|original|file) )?"
    r"(?:(?P<word>\b(?:ref(?:erence)?)\b)\.?(?:(?: request)? ?(?P<number>number|numbers|no|nos|num|code|id)\b\.?)?"
    r"|\b(?P<request>(?:freedom of information|foi|f\.o\.i\.?|eir|environmental information(?: regulations)?|information access|information)(?: act)?(?: 2000)?(?: \(?foi\)?)?(?: \([^)]{2,12}\))?(?: act)? "
    r"(?:requests?|enquiry|review|application|response)(?: (?:reference|ref|number|no|id)\b\.?){0,2})"
    r"|\b(?P<case>(?:request|enquiry|case|foi|application|log|sar|ecase|rfi|query) ?(?:number|no\.?|id|reference|ref)\b\.?)"
    r"|\b(?P<reviewed>review (?:of|into|relating to|regarding|in respect of) (?:the |your |our )?(?:(?:foi|eir|request|response|decision|case|reply) (?!\d))*)(?=[a-z]{0,6}[ ./-]{0,3}[a-z]{0,6}[ ./-]{0,3}\d)"
    r"|\b(?P<short>ecase|rfi|our ref|foi)(?=:)|\b(?P<bare>case)(?= [a-z]{1,6}[/.-])"
    r"|\b(?P<logged>(?:logged|registered|recorded|numbered|allocated|assigned)(?: (?:it|this|here|your request|the number|the reference))* (?:as|under)(?: the)?(?: number| reference)?)(?= )"
    r")(?P<join>[ :.#/()\[\]\"'-]{0,6}(?:(?:(?:is|of|as|quoting|quoted|number|no)\b\.?|:) ?)?[ :#(\"'-]{0,3})"
)
_NOT_OWN = re.compile(
    r"\b(?:your|yours|their|applicant|crime|incident|ico|complaint|file|planning|with|by|in|for|cross|no|commissioner'?s?) $"
)
_UPPER = re.compile(r"[A-Z&]{1,8}\b")
_TAIL_PUNCTUATION = " .,;:)/-_&"
NEAR_TOP = 1500  # characters: within this the letterhead and the subject line stand


def find(letter: Letter) -> list[Candidate]:
    """Every labelled reference in a letter, in order of print."""
    joined = letter.joined
    found: list[Candidate] = []
    columns = _columns(letter)
    for piece in letter.pieces:
        if letter.messages[piece.message] is MessageKind.DATA:
            continue
        sentence = piece.sentence
        if "ref" not in piece.low and not _OTHER_LABELS.search(joined.lower, sentence.start, sentence.end):
            continue
        for hit in _LABEL.finditer(joined.lower, sentence.start, sentence.end):
            start = columns.get(hit.start(), hit.end())
            if start == sentence.end and sentence.heading and hit["word"]:
                start += 1  # the value stands on the next line, or in the next cell
            prefix = _PREFIX.match(joined.lower, start)
            start = prefix.end() if prefix else start
            candidate = _candidate(letter, piece, hit, start)
            if candidate is not None:
                found.append(candidate)
    if not any(candidate.kind == "own" for candidate in found):
        found += _unlabelled(letter)
    return found


_TELLING = re.compile(r"(?<![\w/.@-])(?:[a-z]{1,6}[-/. ]?)?(?:foi|eir|foisa|foia|rfi)[-/. ]{0,2}(?:[a-z]{1,4}[-/. ])?\d[\w/.-]*(?: \d{2,4}\b)?")


def _unlabelled(letter: Letter) -> list[Candidate]:
    """A code that says of itself what it numbers ("FOI 0123/24"), in a subject line or a heading."""
    joined = letter.joined
    for piece in letter.pieces[:HEAD]:
        if letter.messages[piece.message] is not MessageKind.ANSWER or not piece.sentence.at_line:
            continue
        if not (piece.sentence.heading or piece.low.startswith(("subject", "re:", "re "))) or piece.voice is Voice.REQUEST:
            continue
        hit = _TELLING.search(joined.lower, piece.sentence.start, piece.sentence.end)
        if hit is None or _FILE.search(piece.low):
            continue
        end = hit.start() + len(hit.group().rstrip(_TAIL_PUNCTUATION))
        span = joined.span(hit.start(), end)
        printed = joined.printed(span, hit.start())
        if _plausible(printed, labelled=False) and len(re.findall(r"\d", printed)) > 2:
            return [Candidate(printed, span, 40, "own", hit.start())]
    return []


_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|html?|msg|csv|rtf|odt|png|jpe?g)\b")
HEAD = 40  # pieces at the top among which a subject line stands
_OTHER_LABELS = re.compile(r"\b(?:request|logged|registered|recorded|numbered|allocated|assigned|enquiry|case|foi|rfi|ecase|log|application|sar|query|review|response)\b")


_PREFIX = re.compile(r"(?:(?:internal review|response|re|(?:foi|eir|freedom of information|environmental information regulations)? ?request) ?[-:/]+ ?)+")


def _candidate(letter: Letter, piece: Piece, label: re.Match[str], start: int) -> Candidate | None:
    joined = letter.joined
    value = _value(joined, start)
    if value is None:
        return None
    end = value
    printed = joined.text[start:end]
    whose = (label["whose"] or "").strip()
    bare_request = label["request"] is not None and not re.search(r"ref|number|\bno\b|\bid\b", label["request"])
    if label["logged"] and not re.search(r"[A-Za-z]", printed):
        return None
    if not _plausible(printed, labelled=not bare_request):
        return None
    before = joined.lower[max(0, label.start() - 24) : label.start("whose") if whose else label.start()]
    span = joined.span(start, end)
    printed = joined.printed(span, start)
    kind = _kind_of(letter, piece, whose, before, label.group())
    if kind == "own" and before.endswith("(") and _EARLIER.search(piece.low):
        kind = "linked"
    if label["reviewed"]:
        kind = "reviewed"
    weight = _weight(letter, piece, label, whose, bare=bare_request)
    return Candidate(printed, span, weight, kind, start)


_EARLIER = re.compile(r"\b(?:released|earlier|previous\w*|our (?:response|letter|reply|answer) of|responded|answered|separate)\b")


def _kind_of(letter: Letter, piece: Piece, whose: str, before: str, label: str) -> str:
    asked = label.startswith("your ") and not label.startswith("your ref")  # "your request number is …" is the authority's number
    if (whose in {"your", "yours", "their", "applicant"} and not asked) or re.search(r"\b(?:your|yours|their) (?:own )?$", before):
        return "theirs"
    if whose in {"crime", "incident", "ico", "complaint", "file"} or (not whose and _NOT_OWN.search(before)):
        return "other"
    if piece.voice is Voice.REQUEST:
        return "theirs"
    if whose in {"related", "linked", "previous", "original"} or re.search(
        r"\b(?:related|linked|previous|earlier|other|aggregat\w+|similar|separate) (?:\w+ )?$", before
    ):
        return "aggregated" if "aggregat" in before else "linked"
    if re.search(
        r"\b(?:internal )?review (?:of|into|for|regarding|relating to|in respect of) (?:your |the |our |response to |decision on )*$",
        before,
    ):
        return "reviewed"
    return "own"


def _weight(letter: Letter, piece: Piece, label: re.Match[str], whose: str, *, bare: bool) -> int:
    """How surely a label names this letter's own reference."""
    if label["word"]:
        weight = 80 if label["number"] else 70
        if whose in {"our", "my", "ours"}:
            weight = 100
        elif whose in {
            "foi",
            "f.o.i.",
            "f.o.i",
            "eir",
            "freedom of information",
            "request",
            "enquiry",
            "case",
            "information",
            "unique",
            "disclosure",
            "sar",
        }:
            weight = 90
        elif not label["number"] and not piece.sentence.at_line and ":" not in label["join"]:
            weight = 60  # "… quote reference 123" in running text
    elif label["case"]:
        weight = 85
    elif label["logged"]:
        weight = 75
    else:
        weight = 65
    if letter.messages[piece.message] is not MessageKind.ANSWER:
        weight -= 45  # an acknowledgement quoted below names it too
    if piece.sentence.start > NEAR_TOP:
        weight -= 10
    if bare:
        weight -= 5
    return weight


def _plausible(printed: str, *, labelled: bool) -> bool:
    """Whether a value may be a reference: it has a digit, or a code of capitals with a stroke; a day of the calendar is none."""
    if not any(char.isdigit() for char in printed):
        return labelled and _SPELT.fullmatch(printed) is not None
    low = printed.lower()
    whole = dates.find(low)
    if whole and whole[0].day is not None and whole[0].start == 0 and whole[0].end >= len(low) - 1:
        return False
    if re.fullmatch(r"(?:19|20)\d\d", printed):
        return False  # the year in the Act's name
    if not labelled and re.fullmatch(r"\d{1,2}", printed):
        return False
    return re.match(r"\d{1,2}(?:st|nd|rd|th)\b", low) is None


def _value(joined: Joined, start: int) -> int | None:
    """Where the reference that begins at ``start`` ends; None where nothing like one begins there."""
    text = joined.text
    line_end = _line_end(joined, start)
    position, end = start, None
    digits = False
    while position < len(text):
        hit = _CODE.match(text, position)
        if hit is None:
            break
        token = hit.group()
        has_digit = any(char.isdigit() for char in token)
        between = text[end:position].strip(" ") if end is not None else ""
        if not _continues(token, between, has_digit=has_digit, digits=digits, first=end is None):
            break
        stop = position + len(token.rstrip(_TAIL_PUNCTUATION))
        if token.endswith(":"):
            break
        end, digits = stop, digits or has_digit or _SPELT.fullmatch(token) is not None
        position = hit.end()
        if (
            position >= line_end
            and digits
            and not token.endswith(("/", "-"))
            and not text.startswith((" /", " -"), position)
        ):
            break
        if position >= line_end:
            line_end = _line_end(joined, position + 1)
        gap = re.compile(r" ?[/&|-]? ?").match(text, position)
        position = gap.end() if gap else position
    return end


def _continues(token: str, between: str, *, has_digit: bool, digits: bool, first: bool) -> bool:
    stroke = between == "/"
    bare = token.strip(_TAIL_PUNCTUATION)
    if not bare or "@" in token or bare.lower().startswith(("http", "www.")):
        return False
    if has_digit:
        if first or between or not digits:
            return True
        return bare.isdigit() and len(bare) <= 4  # "FOI 21 091", "ECC1 05 18": short groups of figures
    if first and _SPELT.fullmatch(bare):
        return True
    return _INITIALS.fullmatch(bare) is not None and (stroke or not digits)


def _line_end(joined: Joined, position: int) -> int:
    from bisect import bisect_right

    lines = joined.lines
    at = bisect_right(lines, (position, len(joined.text) + 1, 0, 0)) - 1
    return lines[at].end if at >= 0 else len(joined.text)


def _columns(letter: Letter) -> dict[int, int]:
    """Labels one under the other and their values one under the other: label's place → its value's place."""
    lines = letter.joined.lines
    lower = letter.joined.lower
    found: dict[int, int] = {}
    number = 0
    while number < len(lines):
        labels = []
        while (
            number < len(lines) and lower[lines[number].end - 1] == ":" and lines[number].end - lines[number].start < 40
        ):
            labels.append(lines[number])
            number += 1
        if labels and any("ref" in lower[line.start : line.end] for line in labels):
            for place, line in enumerate(labels):
                if number + place < len(lines) and "ref" in lower[line.start : line.end]:
                    hit = _LABEL.search(lower, line.start, line.end)
                    if hit:
                        found[hit.start()] = lines[number + place].start
        number += 1
    return found


def own(found: list[Candidate]) -> Candidate | None:
    """The letter's own reference: the most firmly labelled, the first printed among equals."""
    mine = [candidate for candidate in found if candidate.kind == "own"]
    if not mine:
        return None
    best = max(candidate.weight for candidate in mine)
    return next(candidate for candidate in mine if candidate.weight == best)


def others(found: list[Candidate], mine: Candidate | None) -> tuple[Reference, ...]:
    """References that are not the letter's own, each once."""
    seen = {reference_key(mine.printed)} if mine else set()
    kept = []
    for candidate in found:
        key = reference_key(candidate.printed)
        if candidate.kind == "other" or key in seen or any(key in known or known in key for known in seen if known):
            continue
        seen.add(key)
        kind = candidate.kind if candidate.kind != "own" else "linked"
        kept.append(Reference(printed=candidate.printed, key=key, kind=kind, span=candidate.span))
    return tuple(kept)
