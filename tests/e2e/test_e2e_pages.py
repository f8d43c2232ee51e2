"""Every page: clean for axe in both themes, reached by keyboard alone, at rest for those who ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from walking import ASKED, Served, Walk, addresses, visit

pytestmark = pytest.mark.e2e
SIGHTS = ["map?zoom=far", "map?zoom=table", "map?selected=touchpoint:checkout", "map?selected=promise:our-day&face=deviations"]


SEEN = ["color-contrast", "link-in-text-block"]
"""The rules of axe that look at colours: the others find in the dark what they found in the light."""

THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")


def broken_rules(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe finds by these rules or by all, each with the first element it finds it at."""
    page.evaluate("document.getAnimations().forEach(one => one.finish())")
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    only = {"runOnly": list(rules)} if rules else {}
    violations = page.evaluate(
        "asked => axe.run(document, asked).then(told => told.violations)", {"resultTypes": ["violations"], **only}
    )
    return [f"{page.url}: {one['id']} at {one['nodes'][0]['target']}: {one['nodes'][0]['failureSummary']}" for one in violations]


def test_axe_finds_nothing_on_any_page_in_either_theme(world: Served, walk: Walk) -> None:
    found = []
    for path in ["/", *addresses(world, "world", [*SIGHTS, *ASKED])]:
        page = walk.go(path)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", theme)
            found += [f"{theme} {rule}" for rule in broken_rules(page, SEEN if theme == "dark" else ())]
    assert found == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_cockpit_works_on_a_phone(world: Served, browser: Browser, theme: Literal["light", "dark"]) -> None:
    walk, context = visit(browser, world.base, color_scheme=theme, viewport={"width": 390, "height": 844}, has_touch=True)
    page = walk.go("/w/world/cockpit")
    found = broken_rules(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert found == []
    assert wide == 390
    walk.clean()


def focused(page: Page) -> str:
    """The name of what has the focus; it must be seen to have it."""
    name, ring = page.evaluate(
        """() => {
            const one = document.activeElement, style = getComputedStyle(one), shell = getComputedStyle(one.parentElement)
            const ring = [style, shell].some(of => (of.outlineStyle !== 'none' && parseFloat(of.outlineWidth) > 0))
            return [one.getAttribute('aria-label') || one.innerText || one.id, ring]
        }"""
    )
    assert ring, f"the focus on {name!r} cannot be seen"
    return " ".join(str(name).split())


def tabbed(page: Page, most: int) -> Iterator[str]:
    for _ in range(most):
        page.keyboard.press("Tab")
        yield focused(page)


def test_the_keyboard_reaches_what_matters(world: Served, walk: Walk) -> None:
    page = walk.go("/w/world/map")
    reached = list(tabbed(page, 45))
    assert reached[0] == "Skip to the page"
    wanted = ["Cockpit", "Map", "Journeys", "Data", "Strategy", "Versions", "Period all time", "Segment everyone", "The map"]
    assert [reached.index(name) for name in wanted] == sorted(reached.index(name) for name in wanted)
    assert any(name.startswith("Dream") for name in reached)

    page.keyboard.press("Control+k")
    window = page.get_by_role("dialog")
    expect(window.get_by_role("combobox", name="Search")).to_be_focused()
    page.keyboard.type("delivery by our van")
    expect(window.get_by_role("option")).to_contain_text(["Delivery by our van"])
    page.keyboard.press("Enter")
    drawer = page.get_by_role("complementary", name="What is selected")
    expect(drawer.get_by_role("heading", level=2)).to_have_text("Delivery by our van")
    expect(window).to_have_count(0)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    assert page.url.endswith("/w/world/map")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/w/world/data")
    walk.settled()


def test_nothing_moves_for_those_who_asked_for_rest(world: Served, walk: Walk) -> None:
    page = walk.go("/w/world/map?selected=touchpoint:checkout")
    seconds = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll('*')].flatMap(one => {
            const of = getComputedStyle(one)
            return [of.transitionDuration, of.animationDuration].flatMap(text => text.split(',').map(parseFloat))
        }))"""
    )
    assert seconds < 0.01
