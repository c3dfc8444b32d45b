"""What only a browser tells: pages without script, hostile letters, the policy, links into the letter, print."""

from __future__ import annotations

from pathlib import Path

import pytest
from pagetypes import PAGES
from playwright.sync_api import Page, expect
from window import Window

pytestmark = pytest.mark.browser


def test_everything_works_without_javascript(window: Window, site: str) -> None:
    page = window(script=False)
    page.goto(site + "/")
    page.locator("#q").fill("drones")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("published answers")
    page.get_by_label("Police Service of Strathmarr").check()
    page.get_by_label("Ambershire Police").check()
    page.get_by_role("button", name="Apply Force").click()
    expect(page.locator(".chosen li")).to_have_count(3)
    page.get_by_role("link", name="Table", exact=True).click()
    expect(page.locator(".matrix tbody tr")).to_have_count(3)
    page.get_by_role("link", name="Remove Force: Police Service of Strathmarr").click()
    page.get_by_role("link", name="Unmanned aircraft (drones)", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Unmanned aircraft (drones)")
    page.locator("dl.facts a.where").first.click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_telephone_without_javascript_reaches_the_facets(window: Window, site: str) -> None:
    page = window(width=390, script=False)
    page.goto(site + "/search?q=drones")
    page.locator(".facets > summary").click()
    page.get_by_label("Ambershire Police").check()
    page.get_by_role("button", name="Apply Force").click()
    expect(page.locator(".chosen li")).to_have_count(2)


@pytest.mark.parametrize(
    "address", [PAGES["hostile"], "/search?q=drones", "/search?q=drones&view=table", "/record/drones-a1"]
)
def test_a_hostile_letter_cannot_run(window: Window, site: str, public_site: str, address: str) -> None:
    for base in (site, public_site):
        page = window()
        page.goto(base + address)
        assert page.title() != "owned"
        assert page.locator("main script, main img, main iframe, main object, main embed").count() == 0
        assert page.locator("main svg:not(.bar)").count() == 0
        if address == PAGES["hostile"]:
            assert "<script>document.title='owned'</script>" in (page.locator("h1").text_content() or "")


def test_a_query_is_shown_and_never_run(window: Window, site: str) -> None:
    page = window()
    for words in ('"><script>document.title="owned"</script>', "<img src=x onerror=document.title='owned'>"):
        page.goto(site + "/search")
        page.locator("#q").fill(words)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=**")
        assert page.title() != "owned"
        assert page.locator("#q").input_value() == words


def test_no_page_breaks_its_own_policy(window: Window, site: str) -> None:
    """Violations are counted in the page itself, and the window's fixture fails on any complaint of the browser."""
    page = window()
    page.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', (e) => broken.push(e.blockedURI));"
    )
    for name, address in PAGES.items():
        page.goto(site + address)
        assert page.evaluate("window.broken") == [], name


def test_the_policy_would_stop_a_script_that_got_in(window: Window, site: str) -> None:
    """The second wall: even a mistake in escaping runs nothing."""
    page = window()
    page.goto(site + "/search")
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = "document.title = 'owned'";
          document.body.append(script);
          document.body.insertAdjacentHTML('beforeend', '<img src="/x" onerror="document.title=`owned`">');
        }"""
    )
    page.wait_for_timeout(300)
    assert page.title() != "owned"
    complaints: list[str] = window.complaints  # type: ignore[attr-defined]
    assert any("Content Security Policy" in complaint for complaint in complaints)
    complaints.clear()


def target_is_marked(page: Page) -> bool:
    return bool(page.evaluate("getComputedStyle(document.querySelector(':target')).outlineStyle === 'solid'"))


def test_each_fact_leads_to_its_words_in_the_letter(window: Window, site: str) -> None:
    page = window()
    page.goto(site + "/record/drones-a1")
    for link in page.locator("dl.facts a.where").all():
        link.click()
        expect(page.locator(":target")).to_be_in_viewport()
        assert target_is_marked(page)


def test_a_link_into_a_closed_attachment_opens_it(window: Window, site: str) -> None:
    page = window()
    page.goto(site + "/record/drones-a1#attachment-1-p2")
    expect(page.get_by_text("The kestrel nest closed the north field")).to_be_visible()


def test_the_table_prints_across_and_letters_print_open(window: Window, site: str, tmp_path: Path) -> None:
    page = window()
    page.goto(site + PAGES["table"])
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible()
    assert not page.locator("form#search").is_visible()
    assert page.locator(".matrix").is_visible()
    printed = tmp_path / "table.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    import pikepdf

    with pikepdf.open(printed) as pdf:
        boxes = [[float(edge) for edge in sheet.mediabox] for sheet in pdf.pages]
    assert any(right > top for _, _, right, top in boxes), "the table's sheet lies across"
    page.goto(site + "/record/drones-a1")
    assert page.get_by_text("If you are unhappy, write to us").is_visible()


def test_the_citation_can_be_copied(window: Window, site: str) -> None:
    page = window()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site + "/record/drones-a1")
    page.bring_to_front()  # a browser lets only a page that has the focus write to the clipboard
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "Ambershire Police, “Unmanned aircraft (drones)”" in page.evaluate("navigator.clipboard.readText()")
