"""How a letter is numbered: its own reference as printed, the other references in it, one key for all spellings."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from indexer.disclosure import Reference, Voice
from indexer.reading import codes, dates, fields, hints
from indexer.reading.letter import MessageKind
from indexer.reading.phrases import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.disclosure import Span
    from indexer.reading.letter import Letter, Piece

# a name looked up in an enumeration takes five times as long as one of the module
_DATA_MESSAGE = MessageKind.DATA
_REQUEST_VOICE = Voice.REQUEST
_ANSWER_MESSAGE = MessageKind.ANSWER

_PIECE = re.compile(r"[^\W\d_]+|\d+")


def reference_key(printed: str) -> str:
    """The one form of a reference: ``foi-2017-1696`` for ``FOI2017/01696``, ``foi 2017 1696`` and ``FOI-2017-01696``.

    Cut at separators and wherever letters meet digits, leading zeros dropped, small letters, joined with hyphens.
    Letters of any script and every kind of decimal digit are kept; what has neither has the empty key.
    """
    pieces = _PIECE.findall(printed.casefold())
    return "-".join([(piece.lstrip("0") or "0") if piece.isdecimal() else piece for piece in pieces])


class Candidate(NamedTuple):
    """One printed reference with how much its label says; ``kind`` is "own" or a kind of ``Reference``."""

    printed: str
    span: Span
    weight: int
    kind: str
    start: int


_LAW = (
    r"(?:freedom of information|foi|f\.o\.i\.?|eir|environmental information(?: regulations)?|information access|"
    r"information|subject access|data subject access)"
)
_NUMBER = r"(?:numbers?|nos?|num|code|id)\b\.?"
_WHOSE = (
    rf"(?P<whose>(?:our|my|ours|your|yours|their|{_LAW}|request|enquiry|case|log|police|internal|dpa|sar|"
    r"crime|incident|reply|unique|disclosure|applicant|complaint|review|council|trust|force|ico|related|linked|"
    r"previous|original|file) )"
)
_NAMED = (
    rf"(?:(?P<word>\bref(?:erence)?s?\b)\.?(?:(?: request)? ?(?P<number>{_NUMBER}))?|"
    rf"\b(?P<request>{_LAW}(?: act)?(?: 2000)?(?: \(?foi\)?)?(?: \([^)]{{2,12}}\))?(?: act)?(?: ?[-:] ?|"
    rf" )(?:requests?|enquiry|review|application|response)(?: (?:reference|ref|{_NUMBER})){{0,2}})|"
    rf"\b(?P<case>(?:(?:request|enquiry|case|foi|application|log|sar|ecase|rfi|query) ?(?:{_NUMBER}|reference|"
    rf"ref\b\.?)|log entry))"
    r"|\b(?P<reviewed>review (?:of|into|relating to|regarding|in respect of) (?:the |your |"
    r"our )?(?:(?:foi|eir|request|response|decision|case|"
    r"reply) (?!\d))*)(?=[a-z]{0,6}[ ./-]{0,3}[a-z]{0,6}[ ./-]{0,3}\d)|"
    r"\b(?P<plain>(?:request|response|decision|answer|reply|case|"
    r"review)s?)(?=:? \(?[a-z]{0,8}[/. -]?(?:[a-z]{1,4}[/.-])?\d[\d/.-]{3})|\b(?P<short>ecase|rfi|our ref|foi)(?=:)|"
    r"\b(?P<bare>case)(?= [a-z]{1,6}[/.-])|\b(?P<logged>(?:logged|registered|recorded|numbered|allocated|"
    r"assigned)(?: (?:it|this|here|your request|the number|the reference))* (?:as|under)(?: the)?(?: number|"
    r" reference)?)(?= ))"
)
_LABEL = compiled(
    rf"\b{_WHOSE}?{_NAMED}(?P<join>[ :.#/()\[\]\"'-]{{0,6}}(?:(?:for|to) (?:this|your|the) (?:\w+ )?(?:request|enquiry|"
    r"case|review) )?(?:(?:(?:is|of|as|quoting|quoted|number|no)\b\.?|:) ?)?[ :#(\"'-]{0,3})"
)
_BARE_LABEL = compiled(re.sub(r"\(\?P<[a-z]+>", "(?:", _NAMED))
_BEGINS = compiled(  # where a label without its owner begins, told by few letters, which skips most of a text
    r"[^a-z0-9_](?:a(?:ll(?=oc)|ns(?=we)|pp(?=li)|ss(?=ig))|cas|d(?:at(?=a s)|ec(?=is))|e(?:ca|ir|nq|nv)|"
    r"f(?:oi|re|\.o)|inf(?=ormation ?[-:(a2fre])|log|num(?=bere)|our(?= r)|que(?=ry)|"
    r"r(?:e(?:[fqv]|c(?=orde)|g(?=ist)|p(?=ly)|s(?=po))|fi)|s(?:ar|ub(?=ject a)))"
    rf"(?<=(?={_BARE_LABEL.pattern})...)"
)
_OWNER = compiled(rf"\b{_WHOSE}$")
OWNER = 40  # characters: the longest owner
_SAYS_NUMBER = compiled(rf"ref|{_NUMBER}")
_CAPITAL_OR_SMALL = compiled(r"[A-Za-z]")
_IS = compiled(r"\bis\b")
_TITLED = compiled(
    r"(?:(?:internal review|response|re|(?:foi|eir|freedom of information|"
    r"environmental information regulations)? ?request) ?[-:/]+ ?)+"
)
_DIGIT = compiled(r"\d")
_FIGURE = compiled(r"[0-9]")
_SPELT = compiled(r"[A-Z]{2}/[A-Z]{2}")
_AND = compiled(r"(?:,| and| &|,? and| ;) (?=[A-Za-z]{0,8}[ /.-]?\d)")
_OTHERS_NUMBER = compiled(  # before a label without an owner: the number of something else
    r"\b(?:your|yours|their|applicant|crime|incident|ico|complaint|file|planning|with|by|in|for|cross|no|"
    r"commissioner'?s?|contract|tender|procurement|invoice|payment|order|policy|document|grid|map|customer|account|"
    r"licence|charity|registration|company|court|claim|notice|journal|tribunal|appeal|committee|minute|lease|"
    r"property|asset|vehicle|project) $"
)
_ASKED_ABOUT = compiled(r"\b(?:for|about|on|regarding|concerning) (?:the )?following $")  # "… case reference: C/1"
_ASKERS = frozenset({"your", "yours", "their", "applicant"})
_OF_OTHERS = frozenset({"crime", "incident", "ico", "complaint", "file"})
_EARLIER_ONE = frozenset({"related", "linked", "previous", "original"})
_OF_REQUESTS = frozenset(
    {
        *("foi", "f.o.i.", "f.o.i", "eir", "freedom of information", "request", "enquiry", "case", "information"),
        *("unique", "disclosure", "sar", "subject access"),
    }
)
_ASKERS_BEFORE = compiled(r"\b(?:your|yours|their) (?:own )?$")
_EARLIER_BEFORE = compiled(
    r"\b(?:related|linked|previous|earlier|other|aggregat\w+|similar|separate|original|another) (?:\w+ ){0,2}$"
)
_REVIEW_BEFORE = compiled(
    r"\b(?:internal )?review (?:of|into|for|regarding|relating to|in respect of) (?:your |the |our |response to |"
    r"decision on )*$"
)
_EARLIER = compiled(
    r"\b(?:released|earlier|previous\w*|our (?:response|letter|reply|answer) of|responded|answered|separate|similar|"
    r"another)\b"
)
NEAR_TOP = 1500  # characters: within this the letterhead and the subject line stand
HEAD = 40  # pieces at the top among which a letterhead's fields and a subject line stand
TITLE = 6  # pieces among which a page's title stands, once more as its heading
FIELD = 130  # characters: a longer piece is text, not a label with its value
ENOUGH = 200  # references of one letter: beyond this it is a table of them
MOST = 12  # references of one list


def find(letter: Letter, shapes: Sequence[re.Pattern[str]] = ()) -> list[Candidate]:
    """Every reference in a letter, in order of print. ``shapes`` are those of the answering forces."""
    found: list[Candidate] = []
    lower, text, messages = letter.joined.lower, letter.joined.text, letter.messages
    hinted, figures, data = hints.NUMBERED, hints.FIGURES, _DATA_MESSAGE
    numbered = [(place, piece) for place, piece in enumerate(letter.pieces) if piece.hint & hinted]
    for place, piece in numbered:
        if messages[piece.message] is data:
            continue
        if not (
            piece.hint & figures
            or (piece.at_line and _may_label(piece))
            or ((piece.body > piece.start or "/" in piece.low) and _numbered(text, piece))
        ):
            continue
        start, end = piece.start, piece.end
        if start:
            begins = _BEGINS.search(lower, start - 1, end)
            first = begins.end() - 3 if begins else -1
        else:
            first = _first(lower, start, end)
        if first < 0:
            continue
        for hit in _labels(lower, start, end, first):
            for value in _places(letter, piece, hit):
                candidate = _candidate(letter, place, hit, value)
                if candidate is not None:
                    found.append(candidate)
                    found += _further(letter, candidate)
                    break
        if len(found) > ENOUGH:
            break
    if shapes:
        found = [_fitting(candidate, shapes) for candidate in found]
    for candidate in found:
        if candidate.kind == "own":
            break
    else:
        found += _shaped(letter, shapes) or _telling(letter) or _titled(letter)
    return found


def _labels(lower: str, position: int, end: int, start: int) -> Iterator[re.Match[str]]:
    """The labels in a stretch of text: first where one begins, then whose it is, since owners are everyday words.

    The first begins at ``start``.
    """
    while start >= 0:
        owner = None
        if start > position and lower[start - 1] == " ":
            owner = _OWNER.search(lower, max(position, start - OWNER), start)
        label = _LABEL.match(lower, owner.start() if owner else start, end)
        if label is not None:
            yield label
            position = label.end()
        start = _begins(lower, max(position, start + 1), end)


def _first(lower: str, position: int, end: int) -> int:
    """Where the first label of a stretch begins, its owner aside; -1 for nowhere."""
    return 0 if position == 0 and _BARE_LABEL.match(lower, 0, end) else _begins(lower, position, end)


def _begins(lower: str, position: int, end: int) -> int:
    """Where the next label begins, its owner aside; -1 for nowhere."""
    hit = _BEGINS.search(lower, max(position - 1, 0), end)
    return hit.end() - 3 if hit else -1


def _may_label(piece: Piece) -> bool:
    """Whether a piece at the beginning of a line may be a label whose value stands beside or below it."""
    if len(piece.low) > fields.LABEL:
        return False
    return piece.heading or piece.low.endswith((" no.", " ref."))


def _numbered(text: str, piece: Piece) -> bool:
    """Whether a piece without a figure may have a reference: one that began a list, or a code of capitals."""
    if piece.body > piece.start and _FIGURE.search(text, piece.start, piece.body):
        return True
    return "/" in piece.low and _SPELT.search(text, piece.start, piece.end) is not None


def _places(letter: Letter, piece: Piece, label: re.Match[str]) -> Iterator[int]:
    """Where the value of a label may begin: after it, in the next cell, below it, in its place of a block of values."""
    joined = letter.joined
    start = label.end()
    if start < piece.end and not (joined.lower.startswith(":", start - 2) and start >= piece.end - 1):
        titled = _TITLED.match(joined.lower, start)
        yield titled.end() if titled else start
        return
    number = fields.line_at(joined, label.start())
    if joined.rows[number][fields.END] > start + 1:
        yield start
        return
    yield from fields.values(joined, number)


def _candidate(letter: Letter, place: int, label: re.Match[str], start: int) -> Candidate | None:
    joined, piece = letter.joined, letter.pieces[place]
    bullet = _BULLET.match(joined.text, start)
    start = bullet.end() if bullet else start
    end = codes.end_of(joined, start)
    if end is None or _in_address(joined.lower, label.start()):
        return None
    whose = (label["whose"] or "").strip()
    request = label["request"]
    bare = request is not None and not _SAYS_NUMBER.search(request)
    shown = joined.text[start:end]
    if not codes.plausible(shown, labelled=not bare and not label["plain"]) or (
        label["logged"] and not _CAPITAL_OR_SMALL.search(shown)
    ):
        return None
    before = joined.lower[max(0, label.start() - 24) : label.start("whose") if whose else label.start()]
    kind = _kind_of(letter, place, whose, before, label)
    mine = kind == "own" or (kind == "theirs" and whose == "our")
    if mine and _in_passing(letter, piece, label.start()):
        kind = "linked"
    if label["reviewed"]:
        kind = "reviewed"
    if label["plain"] and len(_DIGIT.findall(shown)) <= codes.LEAST:
        return None
    span = joined.span(start, end)
    weight = _weight(letter, piece, label, whose, bare=bare)
    return Candidate(joined.printed(span, start), span, weight, kind, start)


_BULLET = compiled(r"[-·*] (?=\S)")
ADDRESS = 200  # characters of an address before a word in it


def _in_address(lower: str, position: int) -> bool:
    """Whether a label is part of a web page's address: ".../foi-responses/2016/285990"."""
    if position == 0 or lower[position - 1] not in "/-_.":
        return False
    begins = lower.rfind(" ", max(0, position - ADDRESS), position) + 1
    return "//" in lower[begins:position] or "www." in lower[begins:position]


def _in_passing(letter: Letter, piece: Piece, start: int) -> bool:
    """In brackets, or after a comma, behind the mention of an earlier answer: "… released in May (our ref: …)"."""
    before = letter.joined.lower[piece.start : start]
    inside = before.rfind("(") > before.rfind(")") or before.endswith(", ")
    return inside and _EARLIER.search(before) is not None


def _further(letter: Letter, first: Candidate) -> list[Candidate]:
    """The rest of a list of references that share one label."""
    joined = letter.joined
    found: list[Candidate] = []
    position = first.start + first.span.end - first.span.start
    while len(found) < MOST:
        mark = _AND.match(joined.text, position)
        end = codes.end_of(joined, mark.end()) if mark else None
        if mark is None or end is None:
            break
        shown = joined.text[mark.end() : end]
        if not codes.plausible(shown, labelled=True) or len(_DIGIT.findall(shown)) < codes.LEAST:
            break
        span = joined.span(mark.end(), end)
        kind = "aggregated" if first.kind == "own" else first.kind
        found.append(Candidate(joined.printed(span, mark.end()), span, first.weight, kind, mark.end()))
        position = end
    return found


def _kind_of(letter: Letter, place: int, whose: str, before: str, label: re.Match[str]) -> str:
    piece = letter.pieces[place]
    given = label["word"] is None or (label["number"] and _IS.search(label["join"]))
    if (whose in _ASKERS or _ASKERS_BEFORE.search(before)) and not (whose == "your" and given):
        return "theirs"  # but "your reference number is …" in running text is what the authority gave it
    if whose in _OF_OTHERS or _ASKED_ABOUT.search(before) or (not whose and _OTHERS_NUMBER.search(before)):
        return "other"
    if piece.voice is _REQUEST_VOICE and not _is_field(piece, place, label):
        return "theirs"
    if whose in _EARLIER_ONE or _EARLIER_BEFORE.search(before):
        return "aggregated" if "aggregat" in before else "linked"
    if _REVIEW_BEFORE.search(before):
        return "reviewed"
    return "own"


def _is_field(piece: Piece, place: int, label: re.Match[str]) -> bool:
    """A label with its value on a line of its own in the head: the authority's, under whatever heading."""
    return place < HEAD and piece.at_line and len(piece.low) < FIELD and label.start() <= piece.body


def _weight(letter: Letter, piece: Piece, label: re.Match[str], whose: str, *, bare: bool) -> int:
    """How surely a label names this letter's own reference."""
    if label["word"]:
        weight = 80 if label["number"] else 70
        if whose in {"our", "my", "ours"}:
            weight = 100
        elif whose in _OF_REQUESTS:
            weight = 90
        elif whose in _ASKERS or (not label["number"] and not piece.at_line and ":" not in label["join"]):
            weight = 60  # "… quote reference 123" in running text
    elif label["case"]:
        weight = 85
    elif label["logged"]:
        weight = 75
    elif label["plain"]:
        weight = 50
    else:
        weight = 65
    if letter.messages[piece.message] is not _ANSWER_MESSAGE:
        weight -= 45  # an acknowledgement quoted below names it too
    if piece.start > NEAR_TOP:
        weight -= 10
    if piece.voice is _REQUEST_VOICE:
        weight -= 15
    if bare:
        weight -= 5
    return weight


FITS = 15  # what the shape that the force gives its references adds to a label


def _fitting(candidate: Candidate, shapes: Sequence[re.Pattern[str]]) -> Candidate:
    fits = any(shape.fullmatch(candidate.printed) for shape in shapes)
    return candidate._replace(weight=candidate.weight + FITS) if fits else candidate


def _shaped(letter: Letter, shapes: Sequence[re.Pattern[str]]) -> list[Candidate]:
    """A reference without a label, in the shape that the answering force gives its own, in a title or a head."""
    if not shapes:
        return []
    titles = letter.pieces[:TITLE]
    for piece in (*titles, *_heads(letter)):
        for shape in shapes:
            hit = shape.search(letter.joined.text, piece.start, piece.end)
            if hit is not None and hit.start() == piece.start and hit.end() < piece.end and piece not in titles:
                continue  # a row of a list: "008/29 Breach of conditions"
            if hit is not None and not hit.group().isdigit() and codes.plausible(hit.group(), labelled=False):
                return [_own(letter, hit.start(), hit.end(), 45)]
    return []


def _telling(letter: Letter) -> list[Candidate]:
    """A code that says of itself what it numbers ("FOI 0123/24"), in a subject line or a heading."""
    for piece in _heads(letter):
        for start, end in codes.telling(letter.joined, piece.start, piece.end):
            return [_own(letter, start, end, 40)]
        last = _LAST.fullmatch(letter.joined.lower, piece.start, piece.end)
        if last is not None and codes.plausible(last[last.lastgroup or 0], labelled=False):
            return [_own(letter, *last.span(last.lastgroup or 0), 35)]
    return []


def _titled(letter: Letter) -> list[Candidate]:
    """A number with its year, or a code alone, in the title of a page: "Dog attacks (819/12)", "774-24 Vans"."""
    for place, piece in enumerate(letter.pieces[:TITLE]):
        start, end = piece.start, piece.end
        if not piece.at_line or piece.voice is _REQUEST_VOICE or end - start > FIELD:
            continue
        lower = letter.joined.lower
        hit = _ENDS_TITLE.fullmatch(lower, start, end) or _CODED.fullmatch(lower, start, end)
        if hit is None and place == 0:
            hit = _OPENS_TITLE.fullmatch(lower, start, end)
            if hit is None and not dates.begins(piece.low):
                hit = _ALONE.fullmatch(lower, start, end)
        if hit is not None and _NO_TITLE.search(piece.low) is None:
            return [_own(letter, hit.start("code"), hit.end("code"), 30)]
    return []


_OF_YEAR = r"(?P<code>(?!(?:19|20)\d\d[/-])\d{3,6}[a-z]?[/-](?:20)?[0-3]\d)"
_ENDS_TITLE = compiled(rf"(?:[a-z][^|]{{2,110}}?(?: - | \())?{_OF_YEAR}\)?(?: \| .{{3,50}})?")
_OPENS_TITLE = compiled(rf"{_OF_YEAR}(?: - |: | )[a-z].{{2,100}}")
_ALONE = compiled(r"(?P<code>[a-z]{2,5}[ -]?\d{4,9})")
_CODED = compiled(r"(?P<code>[a-z]{2,6}[ /-](?:20)?[0-3]\d[/-]\d{2,6})")  # with its year
_NO_TITLE = compiled(
    r"\b(?:contract|tender|planning|crime no|incident no|licen[cs]e|policy|invoice|minutes?|order|street|road|lane|"
    r"avenue|house|square|drive|floor|park|close|crescent|terrace)\b"
)
_LAST = compiled(
    r"[^\d]{0,60}(?:freedom of information(?: \(scotland\))?(?: act 200[02])?|\bfoi|\beir|environmental information|"
    r"information request|request for information)\b[^\d]{0,100}?(?:[-:#(] ?(?P<plain>[a-z]{0,5}[-/]?\d{4,12})|"
    r"[-:#( ] ?(?P<code>[a-z]{1,6}[-/]\d{2,4}[-/]\d{2,6}(?:[-/]\d{1,6})?))\)?"
)


def _heads(letter: Letter) -> Iterator[Piece]:
    """Titles, subject lines and short lines at the top of the answer."""
    for piece in letter.pieces[:HEAD]:
        if not piece.at_line or letter.messages[piece.message] is not _ANSWER_MESSAGE:
            continue
        if piece.heading or (piece.voice is not _REQUEST_VOICE and len(piece.low) < FIELD):
            yield piece


def _own(letter: Letter, start: int, end: int, weight: int) -> Candidate:
    span = letter.joined.span(start, end)
    return Candidate(letter.joined.printed(span, start), span, weight, "own", start)


_WEIGHT = attrgetter("weight")


def own(found: list[Candidate]) -> Candidate | None:
    """The letter's own reference: the most firmly labelled, the first printed among equals."""
    mine = [candidate for candidate in found if candidate.kind == "own"]
    if not mine:
        return None
    return max(mine, key=_WEIGHT)  # the first of equals


def others(found: list[Candidate], mine: Candidate | None) -> tuple[Reference, ...]:
    """References that are not the letter's own, each once."""
    if not found or (len(found) == 1 and found[0] is mine):
        return ()
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
