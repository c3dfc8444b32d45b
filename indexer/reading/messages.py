"""Mails of a thread and documents beside the letter: where each begins, and which of them is the answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from indexer.reading import voicecues as cue
from indexer.reading.letter import MessageKind
from indexer.reading.phrases import compiled
from indexer.reading.sentences import CLOSES, CLOSING, SALUTATION

if TYPE_CHECKING:
    from indexer.reading.joined import Joined
    from indexer.reading.letter import Letter, Piece

LOOKAHEAD = 6  # pieces within which a mail header names a sender, a day and a subject
OPENING = 6000  # characters of a message that tell whose it is
COVERING = 1200  # characters of a mail that only says where its answers stand
CLOSING_LENGTH = 60  # characters: a closing is one short line
_INTERLEAVED = compiled(  # "our replies are in capitals within your message below"
    r"\b(?:answers?|repl(?:y|ies)|responses?|comments?)\b.{0,60}\b(?:below|within|beneath|under|against|in (?:red|"
    r"blue|green|bold|italics?|capitals|line))\b.{0,60}|\bin-?line\b"
)
_EARLIER = compiled(
    r"(?:the |your |our )?(?:original|initial|first|previous|earlier) (?:foi |freedom of information )?"
    r"(?:request|response|request and response|correspondence)s?[: .]*"
)
_EARLIER_STARTS = ("the ", "your ", "our ", "or", "in", "fi", "pr", "ear")  # what those begin with
_HEADS = ("from:", "-", "begin forwarded", "on ", "date:")
_STARTS = (*_EARLIER_STARTS, *_HEADS)
_HEADER = compiled(
    r"from:|-+ ?(?:original message|(?:your|the) (?:original )?(?:request|e-?mail|message|enquiry)\b)|"
    r"begin forwarded message|on .{6,80} wrote:$|date:.{6,60}from:"
)
_REPLY_HERE = "please use this email address"  # as a site through which people ask puts under every request
_FIELDS = ("sent:", "to:", "subject:", "date:", "cc:")
_OPENINGS = frozenset(start[:2] for start in (*_STARTS, *CLOSES, "--", "- ", "-o", "-y", "-t"))  # two characters
_GOES_ON = ("this has been logged", "thank you for your request")
_TO_AUTHORITY = compiled(
    r"dear (?:[\w' &,.()-]+ )?(?:council|police|constabulary|trust|foi|information|authority|department|force|officer|"
    r"team|sir or madam|sir/madam)\b"
)


def cut(letter: Letter, sentences: list[Piece]) -> list[int]:
    """Cut the sentences into mails and documents, and say what each is; returns where each begins."""
    letter.pieces = sentences
    starts = _starts(letter.joined, sentences)
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(sentences)
        if number:
            for sentence in sentences[start:stop]:
                sentence.message = number
        letter.thread.append(letter.joined.part_at(sentences[start].start))
    if not letter.pieces:
        return starts
    documents = [letter.joined.parts[part].part for part in letter.thread]
    from_site = _REPLY_HERE in letter.joined.lower  # else the first mail of a thread is no request
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(sentences)
        first = number == 0 or documents[number] != documents[number - 1]
        if first and documents[number] == "page" and not from_site:
            kind = MessageKind.ANSWER
        else:
            kind = _kind(sentences[start:stop], documents[number], first=first)
        letter.messages.append(kind)
    if len(starts) > 1 and letter.messages[0] is MessageKind.ANSWER and _asks(sentences[: starts[1]]):
        letter.messages[0] = MessageKind.REQUEST
    if MessageKind.ANSWER not in letter.messages:
        earlier = [n for n, kind in enumerate(letter.messages) if kind is MessageKind.ACKNOWLEDGEMENT]
        letter.messages[earlier[0] if earlier else 0] = MessageKind.ANSWER
    _only_latest(letter, documents)
    for number in range(len(starts) - 1):
        following = letter.messages[number + 1]
        if letter.messages[number] is MessageKind.ANSWER and following is MessageKind.REQUEST:
            said = " ".join([sentence.low for sentence in sentences[starts[number] : starts[number + 1]]])
            if len(said) < COVERING and _INTERLEAVED.search(said):
                letter.messages[number + 1] = MessageKind.ANSWER
    return starts


def _only_latest(letter: Letter, documents: list[str]) -> None:
    """In a thread the newest answer stands first; what it quotes below was said before."""
    seen: set[str] = set()
    for number, kind in enumerate(letter.messages):
        if kind is not MessageKind.ANSWER:
            continue
        if documents[number] in seen:
            letter.messages[number] = MessageKind.ACKNOWLEDGEMENT
        seen.add(documents[number])


def _starts(joined: Joined, sentences: list[Piece]) -> list[int]:
    starts = [0] if sentences else []
    borders = _borders(joined)
    border = borders[0]
    closed = False
    begun = 0  # the last of ``starts``
    for number, sentence in enumerate(sentences):
        other = False
        while sentence.start >= border:
            other = number > 0
            del borders[0]
            border = borders[0]
        if not sentence.at_line and not other:
            continue
        low = sentence.low
        if not closed and not other and low[:2] not in _OPENINGS:
            continue  # as most lines: no mail begins or ends there
        short = len(low) < CLOSING_LENGTH
        if other or (
            (closed or low.startswith(_STARTS if short else _HEADS))
            and _begins(sentences, number, number - begun, closed=closed)
        ):
            starts.append(number)
            begun, closed = number, False
        elif short:
            closed = closed or (low.startswith(CLOSES) and CLOSING.match(low) is not None)
        elif closed and low.startswith(_GOES_ON):
            closed = False
    return starts


def _begins(sentences: list[Piece], number: int, after: int, *, closed: bool) -> bool:
    """Whether a mail begins with this line, so many pieces after the last one began."""
    sentence = sentences[number]
    low = sentence.low
    if after > 1 and low.startswith(_HEADS) and _header(sentences, number):
        return True
    if (
        closed
        and SALUTATION.match(low)
        and not cue.REQUEST_HEADING.fullmatch(sentences[number - 1].low[:CLOSING_LENGTH])
    ):
        return True  # unless the request is appended to the letter, under its heading
    return (
        after > 3
        and low.startswith(_EARLIER_STARTS)
        and len(low) < CLOSING_LENGTH
        and _EARLIER.fullmatch(low) is not None
        and _heads(sentence)
    )


def _borders(joined: Joined) -> list[int]:
    """Where, in the flat text, another document begins, and after the last a place that no text reaches."""
    parts = joined.parts
    documents = [number for number in range(1, len(parts)) if parts[number].part != parts[number - 1].part]
    return [*[joined.part_starts[number] for number in documents], sys.maxsize]


def _heads(sentence: Piece) -> bool:
    """A heading, and no item of a list."""
    return sentence.body == sentence.start and (sentence.after_gap or sentence.low.endswith(":"))


def _header(sentences: list[Piece], number: int) -> bool:
    low = sentences[number].low
    if not _HEADER.match(low):
        return False
    if not low.startswith("from:"):
        return True
    near = " ".join(s.low for s in sentences[number : number + LOOKAHEAD])
    return sum(field in near for field in _FIELDS) > 1 and not sentences[number - 1].low.startswith(("-----", "date:"))


def _kind(sentences: list[Piece], document: str, *, first: bool) -> MessageKind:
    whole = (" ".join([sentence.low for sentence in sentences[:OPENING]]) + " ")[:OPENING]
    if first:
        if document != "page" and not _letter_like(sentences, whole):
            return MessageKind.DATA
        thread_starts_with_request = (
            _REPLY_HERE in whole and cue.REQUESTER.search(whole) and not cue.AUTHORITY.search(whole)
        )
        return MessageKind.REQUEST if thread_starts_with_request else MessageKind.ANSWER
    if _EARLIER.fullmatch(sentences[0].low):
        return MessageKind.EARLIER
    to_authority = any(_TO_AUTHORITY.match(sentence.low) for sentence in sentences[:12])  # 12: the head of a mail
    requester = len(cue.REQUESTER.findall(whole)) + 3 * to_authority
    if len(cue.AUTHORITY.findall(whole)) >= requester:
        return MessageKind.ACKNOWLEDGEMENT if cue.ACKNOWLEDGES.search(whole) else MessageKind.ANSWER
    return MessageKind.REQUEST


def _asks(sentences: list[Piece]) -> bool:
    """Whether the first mail of a thread is the requester's: it greets an authority and asks."""
    greeted = next((n for n, sentence in enumerate(sentences) if _TO_AUTHORITY.match(sentence.low)), None)
    if greeted is None:
        return False
    said = " ".join(sentence.low for sentence in sentences[greeted:])[:OPENING]
    return cue.REQUESTER.search(said) is not None and not cue.AUTHORITY.search(said)


def _letter_like(sentences: list[Piece], whole: str) -> bool:
    """Whether an attachment is itself a letter that answers."""
    greeted = any(SALUTATION.match(sentence.low) for sentence in sentences[:40])  # 40: lines of a letterhead
    names_law = "freedom of information" in whole or "environmental information" in whole
    asked = "your request for information" in whole
    return (names_law and (greeted or "your request" in whole)) or (greeted and asked)
