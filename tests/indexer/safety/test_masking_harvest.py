"""Masking over whole letters: nobody's name, address or number can be found by search, and topics stay.

The samples' own truth says who wrote and who asked. The real letters lie beside the project and none of their names is
in it: a rule of this test's own, much simpler than masking, takes names from them when it runs.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

import samples
from indexer.archive import Verdict
from indexer.assembly import Body, Material, assemble
from indexer.build import for_index
from indexer.disclosure import Disclosure
from indexer.document import encode
from indexer.engines import open_engine
from indexer.engines.base import Engine
from indexer.extraction import Document, Extractor
from indexer.knowledge import Knowledge, load_knowledge
from indexer.masking import COVER, Kind, covered
from indexer.query import Query
from samples.houses import houses
from samples.site import placed
from samples.truth import Truth, truth

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "webapp"))

from harvest import harvest, index

STRAY = 0.0005  # of all letters: what may be covered beside names, contacts and signatures (a misspelt salutation)


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, dict[str, str]]]:
    """Every sample, archived and indexed; the id of each by its key."""
    folder = tmp_path_factory.mktemp("samples") / "archive"
    knowledge = load_knowledge(samples.registry_path())
    with closing(open_engine("memory:")) as engine:
        ids = harvest(folder, knowledge, {one.case.key for one in placed(1)})
        index(folder, knowledge, engine)
        yield engine, ids


def found(engine: Engine, words: str) -> set[str]:
    return {hit.disclosure.id for hit in engine.search(Query(text=words, size=200)).hits}


def test_nobody_of_the_samples_can_be_found(sampled: tuple[Engine, dict[str, str]]) -> None:
    engine, ids = sampled
    looked = 0
    for one in truth(1):
        if one.key not in ids:
            continue
        for name in filter(None, (one.requester, one.staff)):
            looked += 1
            for words in (f'"{name}"', f'"{name.split()[-1]}"', f'"{name.split()[0]}"'):
                assert ids[one.key] not in found(engine, words), (one.key, words)
        for contact in filter(None, (one.email, one.phone)):
            assert found(engine, f'"{contact}"') == set(), contact
    assert looked > 100


def test_nobody_of_the_samples_stands_in_any_record(sampled: tuple[Engine, dict[str, str]]) -> None:
    engine, ids = sampled
    by_id = {ids[one.key]: one for one in truth(1) if one.key in ids}
    for record in engine.scan(Query()):
        told = encode(record).decode()
        for value in _secrets(by_id[record.id]):
            assert value not in told, (record.id, value)


def _secrets(one: Truth) -> Iterator[str]:
    for name in filter(None, (one.requester, one.staff)):
        yield name
        yield name.split()[-1]
    yield from filter(None, (one.email, one.phone))


def test_topics_of_the_samples_stay(sampled: tuple[Engine, dict[str, str]]) -> None:
    """What is covered in a text is a name, a contact or a signature of its truth, but for a few letters in 10,000."""
    engine, ids = sampled
    by_id = {ids[one.key]: one for one in truth(1) if one.key in ids}
    stray = letters = 0
    for record in engine.scan(Query()):
        one = by_id[record.id]
        assert one.title == record.title
        explained = _explained(one)
        for part in record.parts:
            letters += len(part.text)
            stray += sum(len(run) for run in re.findall(f"{COVER}+", part.text) if len(run) not in explained)
    assert stray / letters < STRAY


def _explained(one: Truth) -> set[int]:
    """Lengths of the words that may be covered: of names, titles, roles under a signature and contacts."""
    told = " ".join(filter(None, (one.requester, one.staff, one.email, one.phone, "Mr Ms Dr", *ROLES)))
    return {len(word) for word in re.findall(r"\w+", told)}


ROLES = tuple({role for house in houses().values() for _, role in house.staff})


# -- real letters


@pytest.fixture(scope="module")
def real(evaluation: Path) -> list[tuple[Disclosure, Disclosure]]:
    """Each real letter as it was read and as it would be indexed."""
    rows = [json.loads(line) for line in (evaluation / "letters.jsonl").read_text("utf-8").splitlines()]
    files = [(evaluation / row["file"]).resolve() for row in rows]
    knowledge = load_knowledge()
    with Extractor() as extractor:
        texts = list(extractor.extract_many(Document(data=f.read_bytes(), name=f.name) for f in files))
    return [
        (record, for_index(record, Verdict())[0])
        for record in (_read(file, text, knowledge) for file, text in zip(files, texts, strict=True))
    ]


def _read(file: Path, extraction: object, knowledge: Knowledge) -> Disclosure:
    data = file.read_bytes()
    body = Body(name=file.name, url=None, sha256=sha256(data).hexdigest(), size=len(data), extraction=extraction)  # type: ignore[arg-type]
    return assemble(Material(id=sha256(data).hexdigest()[:16], main=body), knowledge)


CAPITALS = r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?"
NO_NAMES = {
    "Team",
    "Unit",
    "Officer",
    "Police",
    "Rights",
    "Council",
    "Constable",
    "Sir",
    "Madam",
    "Manager",
    "Headquarters",
}


def names(text: str) -> Iterator[str]:
    """People as a reader finds them at a glance: after Dear, under Yours, behind Name and at the top."""
    places = [
        *re.findall(rf"^Dear (?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?((?:{CAPITALS} ?){{1,3}}),?$", text, re.MULTILINE),
        *re.findall(rf"^Yours \w+,?\s+({CAPITALS} {CAPITALS})$", text, re.MULTILINE),
        *re.findall(rf"^Name ?: ?({CAPITALS} {CAPITALS})(?: Job Title| *$)", text, re.MULTILINE),
        *re.findall(rf"^(?:Mr|Mrs|Ms|Miss) (?:[A-Z] )?({CAPITALS})\b", text[:600], re.MULTILINE),
        *re.findall(rf"^({CAPITALS} {CAPITALS})\n+\d{{1,2}}(?:st|nd|rd|th)? \w+ 20\d\d$", text[:900], re.MULTILINE),
    ]
    for place in places:
        if not set(place.split()) & NO_NAMES:
            yield place.strip()


def contacts(text: str) -> Iterator[str]:
    """Addresses and numbers as a reader sees them."""
    yield from re.findall(r"[\w.]+@[\w.]+\w", text)
    yield from re.findall(r"\b0\d{2,4} \d{3,4} ?\d{3,4}\b", text)


def test_nobody_of_the_real_letters_can_be_found(real: list[tuple[Disclosure, Disclosure]]) -> None:
    people: set[tuple[str, str]] = set()
    with closing(open_engine("memory:")) as engine:
        engine.rebuild([shown for _, shown in real])
        for read, shown in real:
            text = "\n".join(part.text for part in read.parts)
            told = "\n".join(part.text for part in shown.parts)
            for name in set(names(text)):
                people.add((read.id, name))
                for words in {name, name.split()[-1], name.split()[0]}:
                    assert words not in told, f"a name of {len(words)} letters in {read.id}"
                    assert shown.id not in found(engine, f'"{words}"')
            for contact in set(contacts(text)):
                assert contact not in told, f"a contact of {len(contact)} letters in {read.id}"
                assert shown.id not in found(engine, f'"{contact}"')
    assert len(people) >= 5, "the rule of this test finds nobody: it proves nothing"


def test_what_real_letters_are_about_stays(real: list[tuple[Disclosure, Disclosure]]) -> None:
    for read, _ in real:
        letters = sum(len(part.text) for part in read.parts)
        names_ = [one for one in covered(read.parts) if one.kind in (Kind.NAME, Kind.SIGNATURE)]
        assert sum(one.end - one.start for one in names_) < 0.02 * letters + 100, read.id
