"""Every way in which an exemptions file can be wrong is refused with its file, entry, key and mend."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

import mappings
from indexer import exemptionfile
from indexer.exemptions import RegistryError, load_exemptions

FULL = Path(__file__).with_name("invented_exemptions.toml").read_text(encoding="utf-8")
README = (Path(mappings.__file__).parent / "README.md").read_text(encoding="utf-8")
ROWS = [kind for kind in vars(exemptionfile).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]


class Case(NamedTuple):
    """``old`` replaced once by ``new`` must be refused at this place, with this in the mend."""

    old: str
    new: str
    entry: str
    key: str | None
    mend: str


S38, LIMB, S12A = "provision 'FOIA 38'", "provision 'FOIA 38(1)(b)'", "provision 'EIR 12(5)(a)'"

CASES = [
    Case('id = "EIR"', 'id = "EIRS"', "regime 'EIRS'", "id", "small letters"),
    Case('id = "EIR"', 'id = "FOIA"', "regime 'FOIA'", None, "keep one"),
    Case('id = "EIR"', 'id = "EISR"', "provision 'EIR 12'", "regime", "add one"),
    Case('["book"]\nnote = "Short."', '["bok"]\nnote = "Short."', "regime 'FOIA'", "sources", "[[source]]"),
    Case('id = "safety"', 'id = "health"', "concept 'health'", None, "keep one"),
    Case('id = "safety"', 'id = "safeness"', LIMB, "concept", "[[concept]]"),
    Case('id = "safety"', 'id = "Safety"', "concept 'Safety'", "id", "small letters"),
    Case('[[source]]\nid = "book"', '[[source]]\nid = "books"', "regime 'FOIA'", "sources", "[[source]]"),
    Case("[[act]]", '[[source]]\nid = "book"\nwhat = "same"\n\n[[act]]', "source 'book'", None, "keep one"),
    Case('"47" = ', '"s.47" = ', "act 'Other Act 1999'", "sections", "entry and search"),
    Case('"47" = "assault"', '"47" = 47', "act 'Other Act 1999'", "sections[...]", "entry and search"),
    Case('provision = "38(1)"', 'provision = "38"', S38, None, "keep one"),
    Case(
        'provision = "38(1)"',
        'provision = "38(1) and 39"',
        "provision 'FOIA 38(1) and 39'",
        "provision",
        "one provision alone",
    ),
    Case('provision = "38(1)"', 'provision = "39(1)"', "provision 'FOIA 39(1)'", "provision", "that holds it"),
    Case(
        'regime = "FOIA"\nprovision = "38(1)"',
        'regime = "ACT"\nprovision = "38(1)"',
        "provision 'ACT 38(1)'",
        "regime",
        "JFOI",
    ),
    Case('title = "Endanger"\n', "", "provision 'FOIA 38(1)'", "title", "heading of the provision"),
    Case('kind = "heading"\n', "", "provision 'EIR 12'", "kind", "exemption"),
    Case('kind = "heading"', 'kind = "title"', "provision 'EIR 12'", "kind", "exemption"),
    Case('confidence = "statute"\n', "", "provision 'EIR 12'", "confidence", "statute"),
    Case('confidence = "statute"', 'confidence = "sure"', "provision 'EIR 12'", "confidence", "statute"),
    Case('basis = "qualified"', 'basis = "partial"', S38, "basis", "absolute"),
    Case('test = "endanger"', 'test = "danger"', S38, "test", "prejudice"),
    Case('outcome = "refused_exemption"', 'outcome = "refused"', S38, "outcome", "refused_cost"),
    Case('ncnd = ["38(2)"]', 'ncnd = ["38(1)"]', S38, "ncnd", "kind is 'ncnd'"),
    Case('ncnd = ["38(2)"]', 'ncnd = ["38(9)"]', S38, "ncnd", "kind is 'ncnd'"),
    Case('ncnd = ["38(2)"]', 'ncnd = "38(2)"', S38, "ncnd", "kind is 'ncnd'"),
    Case('ncnd = ["38(2)"]\n', "", "provision 'FOIA 38(2)'", "kind", "removes the duty"),
    Case('["EIR 12(5)(a)"]', '["EIR 12(5)(b)"]', S38, "equivalents", "FOIA 31"),
    Case('["EIR 12(5)(a)"]', '["FOIA 38"]', S38, "equivalents", "FOIA 31"),
    Case('since = "2005"', "since = 2005", S38, "since", "in quotes"),
    Case('until = "2030-01-01"', 'until = "2004-12"', S38, "until", "correct one"),
    Case('sources = ["book"]\nnote = "Long."', 'sources = ["bok"]\nnote = "Long."', S38, "sources", "[[source]]"),
    Case('aliases = ["danger"]', 'alias = ["danger"]', S38, "alias", "'aliases'"),
    Case('title = "Public safety"', "title = Public safety", "the file", None, "line that is named"),
]


def written(folder: Path, text: str) -> Path:
    path = folder / "exemptions.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.key}: {case.new[:40]}")
def test_a_fault_is_refused_where_it_is(case: Case, tmp_path: Path) -> None:
    assert case.old in FULL
    path = written(tmp_path, FULL.replace(case.old, case.new, 1))
    with pytest.raises(RegistryError) as error:
        load_exemptions(path)
    assert (error.value.file, error.value.entry, error.value.key) == (str(path), case.entry, case.key)
    assert case.mend in error.value.mend
    assert error.value.mend in str(error.value)


def test_a_concept_that_nothing_has_is_refused(tmp_path: Path) -> None:
    extra = '[[concept]]\nid = "spare"\nlabel = "Spare"\n\n[[source]]'
    with pytest.raises(RegistryError, match=r"concept 'spare'.*no provision has it"):
        load_exemptions(written(tmp_path, FULL.replace("[[source]]", extra, 1)))


def test_a_file_without_provisions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="the top of the file, key 'regime'"):
        load_exemptions(written(tmp_path, ""))


@pytest.mark.parametrize("row", ROWS)
def test_every_key_is_explained(row: type[msgspec.Struct]) -> None:
    tables = {"regime", "concept", "source", "provision", "act"}
    for field in msgspec.structs.fields(row):
        printed = f"[[{field.encode_name}]]" if field.encode_name in tables else f"`{field.encode_name}`"
        assert printed in README, field.encode_name


def test_the_full_file_has_every_key_of_every_table() -> None:
    tables = tomllib.loads(FULL)
    assert tables.keys() == {field.encode_name for field in msgspec.structs.fields(exemptionfile.FileRow)}
    for row in ROWS:
        keys = {field.encode_name for field in msgspec.structs.fields(row)}
        assert any(keys == entries[0].keys() for entries in tables.values()) or row is exemptionfile.FileRow, row
