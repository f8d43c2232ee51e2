"""Who leads begins with a worry, judges what people do, and sets out with one promise; with an axe in hand."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from walking import Served, Walk

pytestmark = pytest.mark.e2e

WAY = "map?selected=way:basket>product-page"


def no_barrier(page: Page) -> None:
    found = [row for row in Axe().run(page).response["violations"] if row["impact"] in ("serious", "critical")]
    assert found == [], [row["id"] for row in found]


def kept(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="saved in the draft")).to_be_visible()


def test_from_a_worry_to_a_map_a_verdict_and_ninety_days(world: Served, walk: Walk) -> None:
    (name,) = [one["name"] for one in world.api("/api/status")["workspaces"] if one["name"] == "world"]
    home = f"/w/{name}"
    _begins(walk, home)
    _holds_a_promise(walk, home)
    _judges(walk, home)
    _looks_into_minds(walk, home)


def _begins(walk: Walk, home: str) -> None:
    page = walk.go(f"{home}/studio?begin=1")
    no_barrier(page)
    page.get_by_role("button", name="“Complaints rise.”").click()
    expect(page.get_by_role("heading", name="Before and after a complaint")).to_be_visible()
    expect(page.get_by_text("people asked for help at least once")).to_be_visible()
    questions = page.get_by_role("region", name="The next three questions").or_(page.locator("section[aria-labelledby=next]"))
    expect(questions.locator("ol > li")).to_have_count(3)
    walk.settled()
    no_barrier(page)
    page.get_by_role("button", name="Put it into the draft").click()
    page.wait_for_url("**/studio/before-and-after-a-complaint-*")
    expect(page.get_by_text("Get help").first).to_be_visible()
    kept(page)
    page = walk.go(f"{home}/studio")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Before and after a complaint"))
    expect(row.get_by_text("not published yet")).to_be_visible()


def _holds_a_promise(walk: Walk, home: str) -> None:
    page = walk.go(f"{home}/studio")
    no_barrier(page)
    course = page.locator("section[aria-labelledby=course]")
    course.get_by_role("button", name="Hold this one").first.click()
    expect(course.get_by_text("Day 1 of 90.")).to_be_visible()
    course.get_by_role("button", name="Drop it").click()
    course.get_by_role("button", name="Take up again what was dropped").click()
    expect(course.get_by_text("Day 1 of 90.")).to_be_visible()


def _judges(walk: Walk, home: str) -> None:
    page = walk.go(f"{home}/{WAY}")
    page.get_by_role("radio", name="Pave it").click()
    walk.field("Note").fill("They compare once more <i>before</i> they pay")
    page.get_by_role("button", name="Judge it").click()
    expect(page.get_by_text("In the draft: Product page may follow Basket")).to_be_visible()
    page.get_by_role("button", name="Undo").last.click()
    page = walk.go(f"{home}/verdicts?journey=home")
    no_barrier(page)
    line = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Basket → Product page"))
    expect(line.get_by_text("They compare once more <i>before</i> they pay")).to_be_visible()
    line.get_by_role("button", name="Look again").click()
    line.get_by_role("radio", name="Accept").click()
    line.get_by_role("button", name="Judge anew").click()
    expect(line.get_by_text("All 2 verdicts")).to_be_visible()
    line.get_by_role("button", name="Take it back").click()
    expect(line.get_by_text("to judge", exact=True)).to_be_visible()


def _looks_into_minds(walk: Walk, home: str) -> None:
    page = walk.go(f"{home}/minds")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 merely assumed")
    no_barrier(page)
    page = walk.go(f"{home}/minds?tab=model")
    for tower, space in (("Know that it fits", "Choosing"), ("Be rid of the old one", "After")):
        walk.field("New tower").fill(tower)
        walk.field("In the space").fill(space)
        page.get_by_role("button", name="Add it").click()
        expect(page.get_by_role("button", name=tower).first).to_be_visible()
    page.get_by_label("A new box").first.fill("I measure the wall twice")
    page.keyboard.press("Enter")
    box = page.get_by_role("button", name="task: I measure the wall twice")
    box.focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(
        page.get_by_role("region", name="After")
        .or_(page.locator("section[aria-label=After]"))
        .get_by_role("button", name="task:")
    ).to_be_visible()
    no_barrier(page)
    kept(page)
