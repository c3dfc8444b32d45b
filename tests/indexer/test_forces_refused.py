"""Every way in which a forces file can be wrong is refused with its file, entry, key and mend."""

from __future__ import annotations

import pickle
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

import mappings
from indexer import forcerows
from indexer.forces import RegistryError, load_forces

FULL = Path(__file__).with_name("invented_forces.toml").read_text(encoding="utf-8")
README = (Path(mappings.__file__).parent / "README.md").read_text(encoding="utf-8")
ROWS = (
    forcerows.FileRow,
    forcerows.PlatformRow,
    forcerows.UnitRow,
    forcerows.ForceRow,
    forcerows.FormerNameRow,
    forcerows.ReferencesRow,
    forcerows.LogRow,
)


class Case(NamedTuple):
    """``old`` replaced once by ``new`` must be refused at this place, with this in the mend."""

    old: str
    new: str
    entry: str
    key: str | None
    mend: str


AMBER, BIRCH, CEDAR = "force 'ambershire'", "force 'birchshire'", "force 'cedarshire'"
TOP, UNIT = "the top of the file", "unit 'joint-office'"
MEMBERS = 'members = ["ambershire", "birchshire"]'
BIRCH_HOSTS = 'hosts = ["birchshire.police.example", "pages.example"]'
BACK = 'predecessors = ["ambershire"]'
OLD_URL = 'url = "https://pages.example/ambershire/answers"'
SECOND_UNIT = '[[unit]]\nid = "second"\nname = "Second"\nmembers = ["birchshire"]\nrule = "None."\n\n'

CASES = [
    Case('registry = "invented"\n', "", TOP, "registry", "add the key"),
    Case('registry = "invented"', 'registry = "Invented!"', TOP, "registry", "README"),
    Case('["pages.example"]\n\n', '["pages.example", "nobody.example"]\n\n', TOP, "shared_hosts", "take it out"),
    Case('["pages.example"]\n\n', '["https://pages.example"]\n\n', TOP, "shared_hosts[0]", "host names alone"),
    Case('id = "soh"', 'id = "SOH"', "platform 'SOH'", "id", "small letters"),
    Case("[[unit]]", '[[platform]]\nid = "soh"\nname = "Again"\n\n[[unit]]', "platform 'soh'", "id", "of its own"),
    Case('id = "joint-office"\n', "", "unit number 1", "id", "small letters"),
    Case("[[force]]", SECOND_UNIT + "[[force]]", "unit 'second'", "members", "in one unit"),
    Case("[[force]]", SECOND_UNIT.replace("second", "joint-office") + "[[force]]", UNIT, "id", "of its own"),
    Case(MEMBERS, "members = []", UNIT, "members", "list of force ids"),
    Case(MEMBERS, 'members = ["ambershire", "elmshire"]', UNIT, "members", "ids of [[force]]"),
    Case('until = "2020-04"', 'until = "2015-12-31"', UNIT, "until", "correct one"),
    Case('id = "cedarshire"\n', "", "force number 3", "id", "small letters"),
    Case('id = "cedarshire"', 'id = "Cedar Shire"', "force 'Cedar Shire'", "id", "small letters"),
    Case('id = "cedarshire"', 'id = "birchshire"', BIRCH, "id", "of its own"),
    Case('id = "ambershire-old"\n', "", AMBER, "log[1].id", "of its own"),
    Case('id = "ambershire-old"', 'id = "birchshire"', AMBER, "log[1].id", "of its own"),
    Case('name = "Cedarshire Police"', 'name = " "', CEDAR, "name", "README"),
    Case('name = "Cedarshire Police"', 'name = "Ambershire police"', CEDAR, "aliases", "abbreviations in both"),
    Case('name = "Cedarshire Police"', 'name = "Amber Borough Police"', CEDAR, "aliases", "abbreviations in both"),
    Case('nation = "Wales"', 'nation = "Cornwall"', BIRCH, "nation", "Northern Ireland"),
    Case('kind = "national"', 'kind = "big"', CEDAR, "kind", "territorial"),
    Case('regime = "FOISA"', 'regime = "FIOA"', BIRCH, "regime", "JFOI"),
    Case('since = "1974-04-01"', "since = 1974-04-01", AMBER, "since", "in quotes"),
    Case('since = "1974-04-01"', 'since = "April 1974"', AMBER, "since", "2013-04"),
    Case('until = "2030"', 'until = "1973-12"', AMBER, "until", "correct one"),
    Case('until = "1974" }', 'untill = "1974" }', AMBER, "former_names[0].untill", "'until'"),
    Case('"Amber Borough Police", until = "1974"', '"A", until = "74"', AMBER, "former_names[0].until", "year"),
    Case('successors = ["cedarshire"]', "", CEDAR, "predecessors", "successors of 'ambershire'"),
    Case(BACK, "", AMBER, "successors", "predecessors of 'cedarshire'"),
    Case(BACK, 'predecessors = ["ambershire", "elmshire"]', CEDAR, "predecessors", "ids of [[force]]"),
    Case(BACK, 'predecessors = ["ambershire", "cedarshire"]', CEDAR, "predecessors", "ids of [[force]]"),
    Case(BIRCH_HOSTS, 'hosts = ["https://b.example/"]', BIRCH, "hosts[0]", "host names alone"),
    Case('email_domains = ["ambershire', 'email_domains = ["foi@ambershire', AMBER, "email_domains[0]", "behind the @"),
    Case("'AMB/\\d{4}/\\d{2}'", "'AMB/('", AMBER, "references.patterns[0]", "correct it"),
    Case("'AMB/\\d{4}/\\d{2}'", "'[A-Z]*'", AMBER, "references.patterns[0]", "one digit"),
    Case('["AMB/0412/24"]', '["AMB-0412-24"]', AMBER, "references.examples", "widen a pattern"),
    Case('["AMB/0412/24"]', '["Reference 4711"]', AMBER, "references.examples", "widen a pattern"),
    Case('["4711"]', '["47"]', AMBER, "references.rebuilt", "widen a pattern"),
    Case("needs_label = true", 'needs_label = "yes"', AMBER, "references.needs_label", "without quotes"),
    Case('platform = "soh"', 'platform = "sho"', AMBER, "log[0].platform", "one of soh"),
    Case(OLD_URL, 'url = "pages.example/ambershire"', AMBER, "log[1].url", "https://"),
    Case(OLD_URL, 'url = "https://elsewhere.example/"', AMBER, "log[1].url", "add it to the force's hosts"),
    Case('welsh_url = "https://www.', 'welsh_url = "https://cy.', AMBER, "log[0].url", "add it to the force's hosts"),
    Case('hosts = ["old.amb', 'hosts = ["new.amb', AMBER, "log[0].hosts", "add it to the force's hosts"),
    Case('prefixes = ["/foi', 'prefixes = ["foi', AMBER, "log[0].prefixes[0]", "beginnings of paths"),
    Case('licence = "OGL-3.0"\n', "", AMBER, "log[0].licence_evidence", "states the licence"),
    Case(
        'licence_evidence = "https://www.ambershire.police.example/terms"\n',
        "",
        AMBER,
        "log[0].licence_evidence",
        "states",
    ),
    Case('verified = "seen"', 'verified = "surely"', AMBER, "log[0].verified", "guess"),
    Case('verified = "seen"\n', "", AMBER, "log[0].verified", "seen, derived, guess"),
    Case('evidence = ["https://www.amb', 'evidence = ["www.amb', AMBER, "log[0].evidence[0]", "whole addresses"),
    Case('slug = "ambershire-police"', "slug = ambershire-police", "the file", None, "line that is named"),
]


def refused(path: Path) -> RegistryError:
    with pytest.raises(RegistryError) as error:
        load_forces(path)
    told = str(error.value)
    assert error.value.file == str(path)
    for part in (str(path), error.value.entry, error.value.problem, error.value.mend):
        assert part in told
    return error.value


def written(folder: Path, text: str) -> Path:
    path = folder / "forces.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.key}: {case.new[:40]}")
def test_a_fault_is_refused_where_it_is(case: Case, tmp_path: Path) -> None:
    assert case.old in FULL
    error = refused(written(tmp_path, FULL.replace(case.old, case.new, 1)))
    assert (error.entry, error.key) == (case.entry, case.key)
    assert case.mend in error.mend


def test_a_host_of_two_forces_must_be_said_to_be_shared(tmp_path: Path) -> None:
    alone = FULL.replace('shared_hosts = ["pages.example"]\n', "")
    load_forces(written(tmp_path, alone))  # both are in one unit
    apart = alone.replace(MEMBERS, 'members = ["ambershire"]')
    error = refused(written(tmp_path, apart))
    assert (error.entry, error.key) == (BIRCH, "hosts")
    assert "shared_hosts" in error.mend
    load_forces(written(tmp_path, FULL.replace(MEMBERS, 'members = ["ambershire"]')))


def test_a_mail_domain_of_two_forces_belongs_to_their_unit(tmp_path: Path) -> None:
    both = FULL.replace(BIRCH_HOSTS, BIRCH_HOSTS + '\nemail_domains = ["ambershire.police.example"]')
    load_forces(written(tmp_path, both))
    error = refused(written(tmp_path, both.replace(MEMBERS, 'members = ["ambershire"]')))
    assert (error.entry, error.key) == (BIRCH, "email_domains")
    assert "[[unit]]" in error.mend


def test_a_file_without_forces_is_refused(tmp_path: Path) -> None:
    error = refused(written(tmp_path, 'registry = "empty"\n'))
    assert (error.entry, error.key) == (TOP, "force")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "absent.toml").problem
    latin = tmp_path / "latin.toml"
    latin.write_bytes('registry = "\xe9"'.encode("latin-1"))
    assert "not TOML" in refused(latin).problem


KEYS = sorted({match[0] for match in re.findall(r"(?m)^(([a-z_]+) =)", FULL)})


@pytest.mark.parametrize("key", KEYS)
def test_a_misspelt_key_is_refused_and_the_right_one_named(key: str, tmp_path: Path) -> None:
    name = key.removesuffix(" =")
    error = refused(written(tmp_path, re.sub(rf"(?m)^{key}", f"{name}x =", FULL, count=1)))
    if "unknown field" in error.problem:
        assert error.key is not None
        assert error.key.endswith(f"{name}x")
        assert error.mend == f"did you mean {name!r}"
    else:  # a needed key is missed first
        assert error.key is not None
        assert error.key.endswith(name)


@pytest.mark.parametrize("key", KEYS)
def test_a_value_of_another_type_is_refused_at_its_key(key: str, tmp_path: Path) -> None:
    name = key.removesuffix(" =")
    error = refused(written(tmp_path, re.sub(rf"(?m)^{key} .*$", f"{name} = 7", FULL, count=1)))
    assert error.key is not None
    assert error.key.endswith(name)


def test_the_full_file_has_every_key_of_every_table() -> None:
    tables = tomllib.loads(FULL)
    force = tables["force"][0]
    written_keys = [
        tables,
        tables["platform"][0],
        tables["unit"][0],
        force,
        force["former_names"][0],
        force["references"],
        force["log"][0] | force["log"][1],
    ]
    for row, keys in zip(ROWS, written_keys, strict=True):
        assert {field.encode_name for field in msgspec.structs.fields(row)} == keys.keys(), row


@pytest.mark.parametrize("row", ROWS)
def test_every_key_is_explained(row: type[msgspec.Struct]) -> None:
    tables = {"platform", "unit", "force", "log", "references"}
    for field in msgspec.structs.fields(row):
        printed = f"{field.encode_name}]" if field.encode_name in tables else f"`{field.encode_name}`"
        assert printed in README, field.encode_name


def test_the_smallest_file_of_the_readme_loads(tmp_path: Path) -> None:
    example = README.split("```toml\n")[1].split("```")[0]
    registry = load_forces(written(tmp_path, example))
    assert registry.log("ambershire").platform == "soh"
    assert registry.force("ambershire").references.examples == ("AMB/0412/24",)


def test_a_refusal_survives_the_way_back_from_a_worker(tmp_path: Path) -> None:
    error = refused(written(tmp_path, FULL.replace('regime = "FOISA"', 'regime = "FIOA"')))
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert (again.entry, again.key, again.mend) == (error.entry, error.key, error.mend)
