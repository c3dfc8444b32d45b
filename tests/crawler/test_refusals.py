"""Crawls that are not begun, each with a message that says what to mend."""

from __future__ import annotations

from dataclasses import replace

import pytest
from harness import Harness
from loopback import Loopback

from crawler.run import CrawlRefusedError, courtesy_for, crawl
from indexer.archive import Archive


def test_a_log_outside_the_registry(harness: Harness, server: Loopback) -> None:
    stray = replace(harness.registry.log("thornwick"), hosts=("elsewhere.example",))
    with (
        Archive.open(harness.folder, write=True, registry=harness.registry) as archive,
        pytest.raises(CrawlRefusedError, match="not in the registry 'crawler-tests'"),
    ):
        crawl([stray], archive, harness.registry, proxy=server.url)
    assert server.seen == []


def test_an_invented_host_without_a_proxy(harness: Harness) -> None:
    with pytest.raises(CrawlRefusedError, match="--proxy"):
        harness.one(proxy=None)


def test_a_platform_without_a_spider(harness: Harness) -> None:
    with pytest.raises(CrawlRefusedError, match="'parchment' of the log 'quillmere-parchment' is not known"):
        harness.one("quillmere-parchment")


def test_a_log_named_twice(harness: Harness) -> None:
    with pytest.raises(CrawlRefusedError, match="twice"):
        harness.crawl("thornwick", "thornwick")


def test_a_real_host_without_a_contact(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CROSSFORCE_CONTACT", raising=False)
    with pytest.raises(CrawlRefusedError, match=r"whom may realish\.invalid write to\?.*CROSSFORCE_CONTACT"):
        harness.one("realish", proxy=None)


def test_a_contact_from_the_environment_or_the_call(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    logs = [harness.registry.log("realish")]
    monkeypatch.setenv("CROSSFORCE_CONTACT", "https://newsroom.example/bot")
    assert "(+https://newsroom.example/bot;" in courtesy_for(logs, proxy=None, delay=None, contact=None).user_agent
    said = courtesy_for(logs, proxy=None, delay=None, contact="desk@newsroom.example")
    assert "(+desk@newsroom.example;" in said.user_agent
    assert said.gate.delay("www.realish.invalid") == 2.0
