"""Which words a sentence has, as one number: what keeps the patterns away from sentences that they cannot match.

A pattern of fifty turns of phrase takes microseconds even where it fails, and nearly all of them fail. Each turn of
phrase has a word that it cannot do without; one look at the first four letters of every word tells which patterns are
worth trying. What a word says is kept, since most words of a letter were met before.
``tests/indexer/reading/test_reading_hints.py`` holds that no match is lost by it.
"""

from __future__ import annotations

from indexer.reading.phrases import compiled

_WORDS = {  # four letters or more stand for every word that begins with them, fewer for the whole word
    "limit": "limi thre ceil cost hour hrs fee fees brac leve appr",
    "exceeds": "exce long beyo more abov grea over well far with brea surp outs",
    "ncnd": "deny deni ncnd whet duty conf",
    "negative": "neit not no none noth nil unab fail unaw cann",
    "held": (
        "hold held possess retain record keep kept collec collat captur log logg maintain store monitor have find "
        "found locat trace identif exis avail retr unaw nil quanti something"
    ),
    "retrieve": (
        "retriev search report extract access interrog collat easily readily electron automat central format code "
        "categor type classif flag marker heading own"
    ),
    "vexatious": "vexa",
    "repeated": "repe simi iden soon same",
    "extends": "exte furt addi yet more unti esti",
    "invalid": "vali inva name",
    "subject_access": "subj acce own",
    "transferred": "sent made addressed directed transferr forw pass referr redirected",
    "clarify": "tell clarif specif know furt more addit identif exact until unless unclear clear full confirm which",
    "invites": (  # with a word of "clarify"
        "plea could can would need requir seek ask asking requesting must until unle uncl clear clarif grat help"
    ),
    "withheld": "withh reda exem refus sensit confiden remov",
    "kept_back": "rele disclo shar suppl prov giv",  # with "not"
    "small": "less fewe lowe low smal suppr under",
    "published": (
        "availab accessi accessed publis publicly domain web webs webp http https www link links onlin download viewed "
        "obtain found locat"
    ),
    "disclosed": (
        "attach enclos embed accomp tabl spread append annex docu file pdf csv excel below overleaf above provid "
        "copy copies supply supplied disclose disclosi releas included tabu goodw helpf assist offer share answer "
        "advise"
    ),
    "promised": (
        "will would follow await process looking looked working collat gather hope aim expect endeavour intend chasing "
        "considering dealing prepar compil waiting"
    ),
    "counted": (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twent thirt fort fift sixt sevent eight ninet hundred thousand"
    ),
    "asked": "requ ques quer enqu aske soug wrot said",
    "answered": "resp answ repl deci outc find dete disc sear resu reas basi refu held say",
    "complaint": (
        "comp appe revi righ next what unha happ diss sati unsa aggr atte hope trus comm decl felt disa agre "
        "cont prop proc been page useful helpful"
    ),
    "numbered": (
        "ref refs refe requ logg regi reco numbered allo assi enqu case foi foia foir rfi ecas log appl sar quer "
        "revi resp answ repl deci"
    ),
    "argued": "fact cons argu reas publ agai bala conc harm prej evid advi sect s refu noti exem clar how",
    "cites": "sect sec secs seti seci scti s ss regu reg regs arti art arts exem exce foia fois foi eir eirs act",
    "laws": ("act acts regu foia foisa eir eirs eisr dpa gdpr law laws"),
    "orders": "pace ripa mha oapa poa rta cjpo lasp echr order rules directive convention coroners",
    "timed": "minu min mins hour hrs",
    "months": (
        "janu febr marc apri may june july augu sept octo nove dece jan feb mar apr jun jul aug sep oct nov dec iona "
        "chwe mawr ebri mai mehe gorf awst medi hydr tach rhag"
    ),
    "items": "ques q qs poin part requ item elem bull quer",
    "parts": "ques q qs poin part item elem",  # the same without what every letter speaks of
    "contact": (
        "quer ques enqu conc cont furt assi disc reus use copy open lice valu apol mean once name purp worl "
        "comp bear blin publ cave infe abov uniq part moni log vari feed woul even rout book quot take"
    ),
}


# their bits last, so that most hints fit 30 bits, which Python compares fastest
_RARE = ("vexatious", "timed", "orders", "invalid", "counted")


def _flags() -> dict[str, int]:
    names = sorted(_WORDS, key=_RARE.__contains__)
    return {name: 1 << number for number, name in enumerate(names, start=1)}


FIGURES = 1  # a digit
_FLAGS = _flags()
LIMIT, EXCEEDS, NCND, NEGATIVE, HELD, RETRIEVE = (
    _FLAGS[name] for name in ("limit", "exceeds", "ncnd", "negative", "held", "retrieve")
)
VEXATIOUS, REPEATED, EXTENDS, INVALID, SUBJECT_ACCESS, TRANSFERRED = (
    _FLAGS[name] for name in ("vexatious", "repeated", "extends", "invalid", "subject_access", "transferred")
)
CLARIFY, WITHHELD, SMALL, PUBLISHED, DISCLOSED, CONTACT = (
    _FLAGS[name] for name in ("clarify", "withheld", "small", "published", "disclosed", "contact")
)
ASKED, ANSWERED, COMPLAINT, NUMBERED = (_FLAGS[name] for name in ("asked", "answered", "complaint", "numbered"))
ITEMS, ARGUED, CITES, COUNTED = (_FLAGS[name] for name in ("items", "argued", "cites", "counted"))
LAWS, ORDERS, TIMED, MONTHS = (_FLAGS[name] for name in ("laws", "orders", "timed", "months"))
KEPT_BACK, PROMISED, INVITES, PARTS = (_FLAGS[name] for name in ("kept_back", "promised", "invites", "parts"))


def _by_start() -> dict[str, int]:
    table: dict[str, int] = {}
    for name, words in _WORDS.items():
        for word in words.split():
            table[word] = table.get(word, 0) | _FLAGS[name]
    return table


_BY_START = _by_start()
_SHORTEST = 4  # letters of a stem
_LONGEST = max(map(len, _BY_START))
_WORD = compiled(r"[a-z]+")
_PHRASES = (("section 8", INVALID), ("section 1", CLARIFY | INVITES), ("section 17", EXTENDS))
_NEW = -1  # of no word
MOST_WORDS = 20_000  # kept: some megabytes
LONGEST_WORD = 60  # characters of a word that may come again
_KNOWN: dict[str, int | None] = {}  # the hints of words that were met, as spaces set them off ("re-use", "foi/eir,")


def of(low: str) -> int:
    """The hints of a sentence in small letters, one bit each."""
    if low.isdigit():  # a cell of a table
        return FIGURES
    words = low.split(" ")
    known = _KNOWN
    found = 0
    try:
        for word in words:
            said = known[word]
            if said is not None:  # of three words one says something
                found |= said
    except KeyError:
        found = _of_new(words)
    if found & CITES and "section " in low:
        for phrase, flag in _PHRASES:
            if phrase in low:
                found |= flag
    return found


def _of_new(words: list[str]) -> int:
    found = 0
    for word in words:
        said = _KNOWN.get(word, _NEW)
        if said == _NEW:
            said = _of_word(word)
            if len(word) <= LONGEST_WORD:
                if len(_KNOWN) >= MOST_WORDS:
                    _KNOWN.clear()
                _KNOWN[word] = said
        found |= said or 0
    return found


def _of_word(word: str) -> int | None:
    found = 0
    for part in _WORD.findall(word):
        said = _KNOWN.get(part, _NEW)  # as most parts of an address are words that were met
        if said != _NEW:
            found |= said or 0
            continue
        found |= _BY_START.get(part, 0)
        for length in range(_SHORTEST, min(len(part), _LONGEST + 1)):
            found |= _BY_START.get(part[:length], 0)
    if any(map(str.isdigit, word)):
        found |= FIGURES
    if "e.i.r" in word:
        found |= LAWS
    if "£" in word:
        found |= LIMIT
    if "<" in word:
        found |= SMALL
    return found or None
