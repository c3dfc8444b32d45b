"""Every kind of page: no axe violation, in light and dark, at a desk and on a telephone; and all of it by keyboard."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from pagetypes import PAGES
from playwright.sync_api import Page
from window import Window

pytestmark = pytest.mark.browser

AXE = Axe()
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def violations(page: Page, rules: dict[str, object] | None = None) -> list[str]:
    found = AXE.run(page, options=rules or RULES).response["violations"]
    return [f"{v['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})" for v in found for node in v["nodes"]]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_any_page(window: Window, site: str, width: int, dark: bool) -> None:
    page = window(width=width, dark=dark)
    for name, address in PAGES.items():
        page.goto(site + address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert not violations(page, COLOURS if dark else RULES), name  # the dark differs in nothing else
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, f"{name} is wider than the window by {wider}"


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_public(window: Window, public_site: str, width: int) -> None:
    page = window(width=width)
    for address in (PAGES["record"], "/record/open-n1", PAGES["about"], PAGES["list"]):
        page.goto(public_site + address)
        assert not violations(page), address


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_no_page_scrolls_sideways(window: Window, site: str, width: int) -> None:
    page = window(width=width)
    for name, address in PAGES.items():
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, name


def focus(page: Page) -> str:
    """What has the focus, as a person would call it."""
    return str(
        page.evaluate(
            """() => {
              const it = document.activeElement;
              const label = it.labels && it.labels.length ? it.labels[0].textContent : it.textContent;
              return `${it.tagName.toLowerCase()} ${(it.id || '')} ${label.trim().replace(/\\s+/g, ' ')}`;
            }"""
        )
    )


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(200):
        if focus(page).startswith(wanted):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never came to {wanted}")


def test_tab_goes_from_search_to_facets_to_results(window: Window, site: str) -> None:
    page = window()
    page.goto(site + "/search?q=drones")
    stops = []
    for _ in range(120):
        page.keyboard.press("Tab")
        stops.append(focus(page))
        visible = page.evaluate(
            """() => {
              const it = document.activeElement, box = it.getBoundingClientRect(), style = getComputedStyle(it);
              return box.width > 0 && box.height > 0 && style.outlineStyle !== 'none' && style.outlineWidth !== '0px';
            }"""
        )
        assert visible, f"the focus cannot be seen on {stops[-1]}"
        if stops[-1].startswith("a  Unmanned aircraft"):
            break
    order = [
        "a  Skip to the page",
        "input q",
        "button  Search",
        "a  Skip to the results",
        "input force-0",
        "button  Apply",
    ]
    at = [next(i for i, stop in enumerate(stops) if stop.startswith(wanted)) for wanted in order]
    assert at == sorted(at)
    assert stops[-1].startswith("a  Unmanned aircraft")


def test_skip_links_lead_past_the_menu_and_the_facets(window: Window, site: str) -> None:
    page = window()
    page.goto(site + "/search?q=drones")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focus(page).startswith("main main")
    tab_to(page, "a  Skip to the results")
    page.keyboard.press("Enter")
    assert focus(page).startswith("section results")
    page.keyboard.press("Tab")
    assert "Best match" in focus(page)


def test_a_search_is_narrowed_by_keyboard_alone(window: Window, site: str) -> None:
    page = window()
    page.goto(site + "/")
    page.keyboard.press("/")
    page.keyboard.type("drones")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=drones")
    tab_to(page, "input outcome-0")
    page.keyboard.press("Space")
    tab_to(page, "button  Apply Outcome")
    page.keyboard.press("Enter")
    page.wait_for_url("**outcome=**")
    assert page.locator(".chosen a").first.text_content()


def test_a_telephone_opens_the_facets_with_a_key(window: Window, site: str) -> None:
    page = window(width=390)
    page.goto(site + "/search?q=drones")
    box = page.locator("#force-0")
    assert not box.is_visible()
    page.locator(".facets > summary").focus()
    page.keyboard.press("Enter")
    assert box.is_visible()


def test_the_count_is_announced(window: Window, site: str) -> None:
    page = window()
    page.goto(site + "/search?q=drones")
    assert "published answers from" in (page.get_by_role("status").text_content() or "")
    assert page.get_by_role("search").count() == 1
    assert page.get_by_role("group", name="Force").get_by_role("checkbox").count() > 2


def test_screenshots_for_a_person_to_look_at(window: Window, site: str, tmp_path: Path) -> None:
    """Where they lie is printed; that they are not blank is checked."""
    for width in (1280, 390):
        page = window(width=width)
        for name in ("list", "table", "record", "force"):
            page.goto(site + PAGES[name])
            picture = tmp_path / f"{name}-{width}.png"
            page.screenshot(path=picture, full_page=True)
            assert picture.stat().st_size > 20_000, "a blank page is smaller"
    sys.stdout.write(f"screenshots: {tmp_path}\n")
