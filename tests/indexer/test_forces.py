"""The registry of forces: the real one walked whole, and what it answers."""

from __future__ import annotations

import pickle
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import mappings
from indexer.disclosure import Regime
from indexer.forces import (
    ForceKind,
    ForceRegistry,
    Nation,
    UnknownIdError,
    Verified,
    load_forces,
    plain_host,
)

FOLDER = Path(mappings.__file__).parent

INVENTED = Path(__file__).with_name("invented_forces.toml")
FULL = INVENTED.read_text(encoding="utf-8")


def load(folder: Path, text: str) -> ForceRegistry:
    path = folder / "forces.toml"
    path.write_text(text, encoding="utf-8")
    return load_forces(path)


@pytest.fixture
def invented() -> ForceRegistry:
    return load_forces(INVENTED)


@pytest.fixture(scope="module")
def real() -> ForceRegistry:
    return load_forces()


# the real registry


def test_the_real_registry_has_every_body(real: ForceRegistry) -> None:
    assert len(real.forces) == 52
    assert real.id == "uk-police"
    assert Counter(force.kind for force in real.forces.values()) == {
        ForceKind.TERRITORIAL: 45,
        ForceKind.SPECIAL: 3,
        ForceKind.NATIONAL: 3,
        ForceKind.OUTSIDE_UK: 1,
    }
    assert Counter(force.nation for force in real.forces.values()) == {
        Nation.ENGLAND: 39,
        Nation.WALES: 4,
        Nation.SCOTLAND: 1,
        Nation.NORTHERN_IRELAND: 1,
        Nation.UK: 6,
        Nation.JERSEY: 1,
    }


def test_every_real_log_lies_on_a_host_of_its_force(real: ForceRegistry) -> None:
    for log in real.logs.values():
        force = real.force(log.force)
        own = {*force.hosts, *force.guessed_hosts}
        assert plain_host(urlsplit(log.url).netloc) == log.hosts[0]
        assert set(log.hosts) <= own, log.id
        assert log in force.logs
        assert log in real.by_host(urlsplit(log.url).netloc)
        assert log.covers(log.url)
        assert log.how


def test_every_body_but_the_exempt_one_has_a_log(real: ForceRegistry) -> None:
    assert [force.id for force in real.forces.values() if not force.logs] == ["nca"]
    assert {log.id for log in real.logs.values()} - real.forces.keys() == {"northumbria-legacy", "west-midlands-legacy"}


def test_logs_by_platform(real: ForceRegistry) -> None:
    counts = Counter(log.platform for log in real.logs.values())
    assert counts == {
        "soh": 40,
        "govuk": 2,
        "unknown": 2,
        "scotland": 1,
        "psni": 1,
        "west-yorkshire": 1,
        "avon-and-somerset": 1,
        "west-midlands-legacy": 1,
        "northumbria-legacy": 1,
        "lancashire": 1,
        "npcc": 1,
        "govje": 1,
    }
    assert counts.keys() == real.platforms.keys()


def test_every_real_pattern_matches_an_example_and_every_example_a_pattern(real: ForceRegistry) -> None:
    numbered = 0
    for force in real.forces.values():
        shapes = force.references
        printed = (*shapes.examples, *shapes.rebuilt)
        numbered += bool(printed)
        for example in printed:
            assert any(pattern.fullmatch(example) for pattern in shapes.patterns), (force.id, example)
            assert any(
                (found := pattern.search(f"Our reference: {example}.")) and found[0] == example
                for pattern in shapes.patterns
            ), (force.id, example)
        for pattern in shapes.patterns:
            assert any(pattern.fullmatch(example) for example in printed), (force.id, pattern.pattern)
    assert numbered == 40


def test_a_reference_alone_never_tells_the_force(real: ForceRegistry) -> None:
    claimants = {
        force.id
        for force in real.forces.values()
        if any(pattern.fullmatch("FOI2017/07922") for pattern in force.references.patterns)
    }
    assert claimants == {"bedfordshire", "cambridgeshire", "hertfordshire", "mdp"}


def test_addresses_that_were_seen_lie_in_the_log_they_are_evidence_for(real: ForceRegistry) -> None:
    assert real.by_url("https://www.beds.police.uk/foi-ai/bedfordshire-police/foi/2025/x/") == real.log("bedfordshire")
    welsh = "https://www.dyfed-powys.police.uk/cy-GB/foi-ai/heddlu-dyfed-powys/datgeliadau-2025/tachwedd/x/"
    assert real.by_url(welsh) == real.log("dyfed-powys")
    older = "http://ww1.northumbria.police.uk/freedom_of_information/disclosure_log/x/"
    assert real.by_url(older) == real.log("northumbria-legacy")
    covered = {log.id for log in real.logs.values() for url in log.evidence if log.covers(url)}
    assert {"scotland", "psni"} <= {real.log(log_id).platform for log_id in covered}
    assert len(covered) >= 24  # at least one disclosure was seen of this many


def test_what_is_a_guess_stays_marked(real: ForceRegistry) -> None:
    guesses = {log.id for log in real.logs.values() if log.verified is Verified.GUESS}
    assert guesses == {"acro", "cumbria", "dorset", "lancashire", "mdp", "northumbria"}
    seen = {log.id for log in real.logs.values() if log.verified is Verified.SEEN}
    assert seen == {"metropolitan", "norfolk", "npcc", "police-scotland", "west-midlands-legacy"}
    for force in real.forces.values():
        assert not {*force.hosts} & {*force.guessed_hosts}
        assert not {*force.email_domains} & {*force.guessed_email_domains}
    assert real.force("north-wales").guessed_hosts == ("northwales.police.uk",)


def test_no_licence_is_claimed_without_evidence(real: ForceRegistry) -> None:
    assert {log.licence for log in real.logs.values()} == {"unknown"}


def test_regimes_of_the_real_bodies(real: ForceRegistry) -> None:
    others = {force_id: real.regime_of(force_id) for force_id in real.forces}
    assert {force_id: regime for force_id, regime in others.items() if regime is not Regime.FOIA} == {
        "police-scotland": Regime.FOISA,
        "jersey": Regime.JFOI,
        "nca": None,  # bound by no such law
        "acro": None,  # never established
    }


def test_shared_offices(real: ForceRegistry) -> None:
    assert {unit.id: unit.members for unit in real.units.values()} == {
        "bch": ("bedfordshire", "cambridgeshire", "hertfordshire"),
        "norfolk-suffolk": ("norfolk", "suffolk"),
        "dc-dorset-alliance": ("devon-and-cornwall", "dorset"),
        "kent-essex": ("kent", "essex"),
        "jimu": ("hampshire", "thames-valley"),
        "warwickshire-west-mercia": ("warwickshire", "west-mercia"),
        "cheshire-joint-corporate": ("cheshire",),
    }
    assert [unit.id for unit in real.units.values() if unit.joint_answers] == ["norfolk-suffolk"]
    assert real.unit_of("hertfordshire") is real.units["bch"]
    assert real.unit_of("gwent") is None


def test_the_packaged_registry_is_read_once_and_is_the_file(real: ForceRegistry) -> None:
    assert load_forces() is real
    assert load_forces(FOLDER / "forces.toml").fingerprint == real.fingerprint


# what it answers


def test_a_full_entry_is_read_whole(invented: ForceRegistry) -> None:
    force = invented.force("ambershire")
    assert (force.since, force.until, force.successors) == ("1974-04-01", "2030", ("cedarshire",))
    assert force.hosts == ("ambershire.police.example", "pages.example")
    assert [(name.name, name.until) for name in force.former_names] == [("Amber Borough Police", "1974")]
    assert force.references.needs_label
    assert force.unit == "joint-office"
    first, second = force.logs
    assert first.hosts == ("ambershire.police.example", "old.ambershire.police.example")
    assert (first.id, first.licence, first.verified) == ("ambershire", "OGL-3.0", Verified.SEEN)
    assert (first.slug, first.media_slug) == ("ambershire-police", "ambershire")
    assert (second.id, second.legacy, second.prefixes) == ("ambershire-old", True, ("/ambershire/answers/",))
    assert invented.name("cedarshire") == "Cedarshire Police"
    assert invented.regime_of("cedarshire") is None
    assert invented.platforms == {"soh": "Single Online Home"}
    unit = invented.unit_of("birchshire")
    assert unit is not None
    assert (unit.since, unit.until, unit.joint_answers) == ("2016", "2020-04", True)


def test_hosts_are_found_however_they_are_written(invented: ForceRegistry) -> None:
    log = invented.log("ambershire")
    for host in ("www.ambershire.police.example", "AMBERSHIRE.police.example:443", "ambershire.police.example."):
        assert invented.by_host(host) == (log,)
    assert invented.by_host("pages.example") == (invented.log("ambershire-old"),)
    assert invented.by_host("birchshire.police.example") == ()
    assert invented.by_host("police.example") == ()


def test_a_host_that_no_log_names_leads_to_its_owners_logs(tmp_path: Path) -> None:
    text = FULL.replace('hosts = ["old.ambershire.police.example"]\nprefixes', "prefixes")
    registry = load(tmp_path, text)
    assert registry.by_host("old.ambershire.police.example") == registry.force("ambershire").logs


def test_an_address_lies_in_a_log_only_below_its_paths(invented: ForceRegistry) -> None:
    log = invented.log("ambershire")
    site = "https://ambershire.police.example"
    assert log.covers(f"{site}/foi-ai/ambershire-police/2024/x")
    assert log.covers(f"{site}/foi-ai/ambershire-police")
    assert log.covers(f"{site}/foi-ai/af/accessing-information/published-items/?page=2")
    assert log.covers(f"{site}/cy-GB/foi-ai/")
    assert not log.covers(f"{site}/news/ambershire-police/")
    assert not log.covers("https://birchshire.police.example/foi-ai/ambershire-police/x")
    assert invented.by_url(f"{site}/foi-ai/ambershire-police/2024/x") == log
    assert invented.by_url(f"{site}/news/") is None


def test_where_logs_overlap_the_longest_path_wins(tmp_path: Path) -> None:
    text = FULL.replace(
        'url = "https://pages.example/ambershire/answers"',
        'url = "https://www.ambershire.police.example/foi-ai/ambershire-police/old/"',
    )
    registry = load(tmp_path, text)
    site = "https://ambershire.police.example/foi-ai/ambershire-police"
    found = [registry.by_url(url) for url in (f"{site}/old/x/", f"{site}/new/x/")]
    assert found == [registry.log("ambershire-old"), registry.log("ambershire")]


def test_names_come_longest_first_and_ambiguous_ones_not_at_all(invented: ForceRegistry) -> None:
    names = list(invented.names())
    assert names == sorted(names, key=lambda pair: -len(pair[0]))
    assert set(names) == {
        ("Ambershire Police", "ambershire"),
        ("Heddlu Ambershire", "ambershire"),
        ("Ambershire Constabulary", "ambershire"),
        ("Amber Borough Police", "ambershire"),
        ("Birchshire Police", "birchshire"),
        ("Cedarshire Police", "cedarshire"),
    }


def test_abbreviations_can_be_left_out_of_the_names(real: ForceRegistry) -> None:
    every, full = dict(real.names()), dict(real.names(abbreviations=False))
    assert every["GMP"] == "greater-manchester"
    assert "GMP" not in full
    assert "WMP" not in every  # West Midlands and West Mercia
    assert every["Association of Chief Police Officers"] == full["Association of Chief Police Officers"] == "npcc"


@pytest.mark.parametrize(
    "text",
    [
        "12 of AMB/0412/24/7",
        "see XAMB/0412/24",
        "AMB/0412/245",
        "on 4711/05/2024",
        "path HQ/PA/4711",
        "£4711.50",
        "v1.4711",
    ],
)
def test_a_pattern_never_matches_a_piece_of_something_longer(invented: ForceRegistry, text: str) -> None:
    assert not any(pattern.search(text) for pattern in invented.force("ambershire").references.patterns)


@pytest.mark.parametrize("text", ["Ref:AMB/0412/24.", "(amb/0412/24)", "No.4711,", "4711", "number 4711; the"])
def test_a_pattern_is_found_between_words_and_marks(invented: ForceRegistry, text: str) -> None:
    assert any(pattern.search(text) for pattern in invented.force("ambershire").references.patterns)


def test_an_unknown_id_is_named_with_its_neighbours(real: ForceRegistry) -> None:
    with pytest.raises(UnknownIdError, match="no force has the id 'hertfordshir'; did you mean hertfordshire") as error:
        real.force("hertfordshir")
    assert isinstance(error.value, KeyError)
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)
    with pytest.raises(UnknownIdError, match=r"^no log has the id .zzz.$"):
        real.log("zzz")
    for ask in (real.name, real.regime_of, real.unit_of):
        with pytest.raises(UnknownIdError, match="devon-and-cornwall"):
            ask("devon and cornwall")


def test_the_fingerprint_is_the_file_s(tmp_path: Path) -> None:
    one, same, other = load(tmp_path, FULL), load(tmp_path, FULL), load(tmp_path, FULL + "# a remark\n")
    assert one.fingerprint == same.fingerprint != other.fingerprint
    assert re.fullmatch("[0-9a-f]{12}", one.fingerprint)
