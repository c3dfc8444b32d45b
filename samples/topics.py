"""The questions that were put to the invented forces, and the bones of each answer, read from ``questions/*.toml``."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from indexer.disclosure import Outcome, Regime

from .houses import MONTHS, House, houses

SEED = "crossforce samples 1"  # another seed gives other names, numbers and received dates; the words stay
EDITIONS = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSpec:
    """One file that comes with an answer: ``kind`` is what it is made as, ``holds`` what stands in it."""

    kind: str
    holds: str = "letter"  # "letter", "answer", or the name of a table in samples/tables.py
    rows: int = 24
    phrase: str | None = None  # a sentence that stands in this file and nowhere else
    second_edition: str | None = None  # what the phrase becomes in edition 2: the file changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One disclosure before it is put into words. ``request`` and ``answer`` are scripts of samples/markup.py."""

    key: str
    topic: str
    round_robin: bool
    log: str  # whose site it stands on
    forces: tuple[str, ...]  # who answers
    title: str
    reference: str
    slug: str
    answered: date
    received: date
    requester: str
    staff: tuple[str, str]
    regime: Regime
    request: str
    answer: str
    outcomes: dict[str | None, tuple[Outcome, ...]]
    also_ok: tuple[tuple[Outcome, ...], ...] = ()
    files: tuple[FileSpec, ...] = ()
    page: str = "full"  # what the page holds: "full", "request" (the answer is in a file) or "note"
    received_as: str | None = None  # printed instead of the received date: "13th December", without a year
    reviews: str | None = None  # key of the case whose answer this one reviews
    values: dict[str, str] = field(default_factory=dict)
    welsh_twin: bool = False
    since_edition: int = 1
    gone_in: int | None = None
    moved_in: int | None = None
    second_answer: str | None = None  # the answer's script in edition 2: the page changed

    @property
    def house(self) -> House:
        """The house it is written in."""
        return houses()[self.log]


REQUESTERS = (
    "Tobias Wrenfield",
    "Henrietta Sloane-Pike",
    "Idris Quillfeather",
    "Maudlin Garrowby",
    "Ezekiel Thornquist",
    "Philippa Dunnock",
    "Osric Penhallow-Vane",
    "Beatrix Umberlow",
    "Cosmo Fettiplace",
    "Winnifred Askrigg-Lowe",
    "Lysander Cropwell",
    "Anneliese Pottinger",
    "Barnaby Skelthwaite",
    "Ottoline Fairweather-Moss",
    "Jago Tremarrick",
    "Sunniva Halvergate",
)


def source(*parts: object) -> random.Random:
    """A random source of its own for each purpose, so that adding a letter never changes another."""
    return random.Random(":".join(str(part) for part in (SEED, *parts)))


def words(title: str) -> str:
    """A title as the folder name that a publishing system makes of it."""
    kept = "".join(letter if letter.isalnum() else "-" for letter in title.lower().replace("'", "").replace("’", ""))
    return "-".join(piece for piece in kept.split("-") if piece)


def _received(answered: date, rng: random.Random) -> date:
    days = rng.choice((12, 15, 18, 19, 20, 20, 20, 24, 31, 47))  # working days: most just in time, some late
    on = answered
    while days:
        on -= timedelta(days=1)
        days -= on.weekday() < 5
    return on


def outcomes(text: str) -> dict[str | None, tuple[Outcome, ...]]:
    """ "1 disclosed; 2 ncnd not_held" by question, or "disclosed" for the letter. Raises ``ValueError`` for others."""
    made: dict[str | None, tuple[Outcome, ...]] = {}
    for piece in text.split(";"):
        tokens = piece.split()
        number = tokens.pop(0) if tokens[0][0].isdigit() else None
        made[number] = tuple(Outcome(token) for token in tokens)
    return made


@cache
def cases() -> tuple[Case, ...]:
    """Every case, in the order of the files. Raises ``KeyError`` or ``ValueError`` for a malformed one."""
    made: list[Case] = []
    counters = dict.fromkeys(houses(), 0)
    for path in sorted((Path(__file__).parent / "questions").glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        for topic in raw["topic"]:
            made.extend(_case(topic, entry, counters) for entry in topic["case"])
    keys = [one.key for one in made]
    if len(set(keys)) != len(keys):
        raise ValueError(f"case keys twice: {sorted({key for key in keys if keys.count(key) > 1})}")
    return tuple(made)


@cache
def _by_key() -> dict[str, Case]:
    return {one.key: one for one in cases()}


def case(key: str) -> Case:
    """The case with that key; raises ``KeyError``."""
    return _by_key()[key]


def _case(topic: dict[str, object], entry: dict[str, object], counters: dict[str, int]) -> Case:
    entry = dict(entry)
    log = str(entry.pop("force"))
    house = houses()[log]
    counters[log] += 1
    key = str(entry.pop("key", f"{topic['id']}-{log}"))
    rng = source("case", key)
    answered = entry.pop("answered")
    assert isinstance(answered, date)
    received = entry.pop("received", None) or _received(answered, rng)
    assert isinstance(received, date)
    era = house.era(answered)
    number = int(str(entry.pop("number", 0))) or 137 * counters[log] % 1900 + rng.randrange(1, 130)
    title = str(entry.pop("title", topic.get("title")))
    starts = received.year - (received.month < 4)  # the financial year begins in April
    parts = {
        "n": number,
        "yy": f"{received.year % 100:02}",
        "yyyy": received.year,
        "fy": f"{starts}-{(starts + 1) % 100:02}",
        "words": words(title),
    }
    subject = str(entry.pop("topic", topic["id"]))
    written = str(entry.pop("outcomes"))
    kept = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    usual = () if "files" in entry or "page" in entry or not house.file else ({"kind": house.file},)
    kept["files"] = tuple(FileSpec(**spec) for spec in entry.get("files", usual))  # type: ignore[attr-defined]
    if usual:
        kept["page"] = house.file_page
    kept["also_ok"] = tuple(outcomes(text)[None] for text in entry.get("also_ok", ()))  # type: ignore[attr-defined]
    kept["regime"] = Regime(str(entry.get("regime", "FOISA" if house.platform == "scotland" else "FOIA")))
    kept["forces"] = kept.get("forces", (log,))
    kept.setdefault("request", topic.get("request", ""))
    kept.setdefault("reference", era.reference.format(**parts))
    return Case(
        key=key,
        topic=subject,
        round_robin=bool(topic.get("round_robin", False)),
        log=log,
        title=title,
        slug=era.slug.format(**parts),
        answered=answered,
        received=received,
        requester=rng.choice(REQUESTERS),
        staff=rng.choice(house.staff),
        outcomes=outcomes(written),
        **kept,  # type: ignore[arg-type]
    )


def month_name(on: date) -> str:
    """The month as a folder name."""
    return MONTHS[on.month - 1].lower()
