"""How much of a text looks like words: 1 for a clean letter, near 0 for a scrambled font."""

from __future__ import annotations

import itertools
import re

# The commonest words of an English letter; in scrambled text they all but vanish. Some Welsh, for bilingual forces.
_COMMON = """
    a about act after all also am an and any are as at be been before between but by can case could data date day
    did do does each each email for force freedom from further had has have he her him his how i if in information
    into is it its letter made may me more my no not number of office officer on one or other our out over please
    police public reference request response section she should so some such than that the their them then there
    these they this time to under up us was we were what when where which who will with would year years you your
    yn y yr a'r o'r i'r ac ar am gan wedi yw mae bod bydd heddlu gwybodaeth cais ein eich chi ni
"""
COMMON = frozenset(_COMMON.split())
TOKEN = re.compile(r"\S+")
UNDECODED = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0e-\x1f]")
FIGURES = re.compile(r"[£$€(+\-~<>]*[\d][\d.,:/%()\-–×xhms]*[a-z]{0,2}[.,;:)]*", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:['’\-–/.&][^\W\d_]+)*")
VOWELS = frozenset("aeiouyàáâäèéêëìíîïòóôöùúûüŵŷ")
ABBREVIATION = 6  # letters: longer words without a vowel are not English or Welsh
LONGEST = 30  # letters: longer ones are words run together
PROSE = 40  # words: with fewer, the share of common words says nothing
COMMON_SHARE = 0.25  # ordinary letters have 0.35 to 0.5, lists of names 0.1; scrambled text 0.02


def text_quality(text: str) -> float | None:
    """The share (0 to 1) of the text that looks like words and figures; None where there is no text.

    Long prose without common words is marked down as well: a font whose letters are exchanged gives tokens that
    have the shape of words and are none.
    """
    total = good = counted = common = 0
    for match in TOKEN.finditer(text):
        token = match.group()
        total += len(token)
        if UNDECODED.search(token):
            continue
        if FIGURES.fullmatch(token) or not any(c.isalnum() for c in token):
            good += len(token)
            continue
        found = WORD.findall(token)
        counted += len(found)
        common += sum(word.lower() in COMMON for word in found)
        if "@" in token or "://" in token or all(map(_plausible, found)):
            good += len(token)
    if total == 0:
        return None
    share = good / total
    if counted >= PROSE:
        share *= min(1.0, 0.25 + 0.75 * (common / counted) / COMMON_SHARE)
    return round(min(1.0, share), 3)


def _plausible(word: str) -> bool:
    """Whether a run of letters could be a word: has a vowel or is a short abbreviation, and changes case like one."""
    if len(word) > LONGEST:
        return False
    lowered = word.lower()
    if not VOWELS.intersection(lowered):
        return len(word) <= ABBREVIATION
    switches = sum(a.islower() and b.isupper() for a, b in itertools.pairwise(word))
    return switches <= 2  # "McDonald", "PowerPoint", "OpenDocument"
