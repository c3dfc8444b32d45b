"""How much of a text looks like words: 1 for a clean letter, near 0 for a scrambled font."""

from __future__ import annotations

import itertools
import re

# The pairs of letters that make up 98 % of English (and some Welsh) letters of public bodies; in text of a font whose
# letters are exchanged every second pair is another.
_PAIRS = """
    ab ac ad ae af ag ai ak al am an ap ar as at au av aw ay ba be bi bl bm bo br bs bu by ca cc ce ch ci ck cl co
    cr cs ct cu cy da dd de df di dl do dr ds du dy ea eb ec ed ee ef eg ei el em en eo ep eq er es et ev ew ex ey
    fa fe ff fi fo fr ft fu fy ga ge gh gi gl go gr gs gu gw ha he hi hl ho hs ht hw hy ia ib ic id ie if ig ii il
    im in io ip ir is it iv ja ke ki ks la ld le li ll lo ls lt lu ly ma mb md me mi mm mo mp ms mu na nc nd ne nf
    ng nh ni nk nl nn no np ns nt nu nv nw ny oa ob oc od of og oi ok ol om on oo op or os ot ou ov ow pa pe pi pl
    po pp pr ps pt pu py qu ra rc rd re rg ri rk rm rn ro rp rr rs rt ru rv ry sa sc se sf sh si sk sl sn so sp ss
    st su sy ta tc te th ti tl to tp tr ts tt tu tw ty ua ub uc ud ue ug ui uk ul um un up ur us ut va ve vi vo wa
    we wh wi wl wn wo wr ww wy xc xe xp yb yc yd ye ym yn yo yr ys
"""
PAIRS = frozenset(_PAIRS.split())
TOKEN = re.compile(r"\S+")
UNDECODED = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0e-\x1f]")
FIGURES = re.compile(r"[£$€(+\-~<>]*[\d][\d.,:/%()\-–×xhms]*[a-z]{0,2}[.,;:)]*", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:['’\-–/.&][^\W\d_]+)*")
LETTERS = re.compile(r"[^\W\d_]{2,}")
VOWELS = frozenset("aeiouyàáâäèéêëìíîïòóôöùúûüŵŷ")
ABBREVIATION = 6  # letters: longer words without a vowel are not English or Welsh
LONGEST = 30  # letters: longer ones are words run together
ENOUGH = 40  # pairs of letters: with fewer, their share says nothing
SCRAMBLED = 0.35  # share of usual pairs: exchanged letters have 0.3 to 0.5
CLEAR = 0.75  # … and lists of towns have 0.9, letters 0.97


def text_quality(text: str) -> float | None:
    """The share (0 to 1) of the text that looks like words and figures; None where there is no text.

    Text whose pairs of letters are not those of English or Welsh is marked down as well: a font whose letters are
    exchanged gives tokens that have the shape of words and are none.
    """
    total = good = pairs = usual = 0
    for match in TOKEN.finditer(text):
        token = match.group()
        total += len(token)
        if UNDECODED.search(token):
            continue
        if FIGURES.fullmatch(token) or not any(c.isalnum() for c in token):
            good += len(token)
            continue
        found = WORD.findall(token)
        if "@" in token or "://" in token or all(map(_plausible, found)):
            good += len(token)
        for word in LETTERS.findall(token.lower()):
            pairs += len(word) - 1
            usual += sum(word[i : i + 2] in PAIRS for i in range(len(word) - 1))
    if total == 0:
        return None
    share = good / total
    if pairs >= ENOUGH:
        share *= min(1.0, max(0.0, (usual / pairs - SCRAMBLED) / (CLEAR - SCRAMBLED)))
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
