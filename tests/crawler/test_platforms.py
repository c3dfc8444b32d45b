"""Registry, readers, spiders and samples fit together; what is still missing is a list, and the list is true."""

from __future__ import annotations

from pathlib import Path

import pytest

import samples
from crawler.settings import user_agent
from crawler.spiders import SPIDERS, LogSpider
from indexer.forces import load_forces
from indexer.platforms import NO_READER_YET, READERS, reader

SAMPLES = Path(samples.__file__).with_name("forces.toml")


def used(path: Path | None) -> set[str]:
    return {log.platform for log in load_forces(path).logs.values()}


def test_every_platform_has_reader_and_spider_or_is_named_as_missing() -> None:
    assert set(READERS) == set(SPIDERS)
    assert used(None) - set(READERS) == NO_READER_YET, (
        "a platform came or went: mend NO_READER_YET in indexer/platforms"
    )
    assert not NO_READER_YET & set(READERS)


def test_every_reader_has_logs_in_the_registry_and_in_the_samples() -> None:
    assert set(READERS) <= used(None)
    assert set(READERS) == used(SAMPLES)


@pytest.mark.parametrize("platform", sorted(READERS))
def test_names_agree(platform: str) -> None:
    assert reader(platform).platform == platform
    assert SPIDERS[platform].platform == platform
    assert SPIDERS[platform].name == platform


def test_every_selector_says_how_well_it_is_known() -> None:
    for platform in READERS:
        for name, selector in reader(platform).selectors.items():
            assert selector.css, name
            assert selector.evidence, name


def test_a_spider_refuses_to_start_without_what_it_needs() -> None:
    class Nameless(LogSpider):
        platform = "soh"

    class Placeless(LogSpider):
        name = "placeless"

    class Unread(LogSpider):
        name = "unread"
        platform = "geocities"

    needs = {"logs": (), "archive": None, "desk": None, "courtesy": None}
    for spider, words in ((Nameless, "must set"), (Placeless, "must set"), (Unread, "no reader for the platform")):
        with pytest.raises(TypeError, match=words):
            spider(**needs)  # type: ignore[arg-type]
    log = next(log for log in load_forces(None).logs.values() if log.platform == "scotland")
    with pytest.raises(ValueError, match="these logs are of another"):
        SPIDERS["soh"](**{**needs, "logs": (log,)})  # type: ignore[arg-type]


def test_the_user_agent_is_one_line_of_ascii_with_the_contact() -> None:
    said = user_agent("https://newsroom.example/bot")
    assert said.isascii()
    assert said.isprintable()
    assert "https://newsroom.example/bot" in said
