"""An analyst explores journeys: a way is opened, its people are kept, asked again and held against the others."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from walking import Served, Walk

pytestmark = pytest.mark.e2e
GROUP = "Came from the basket"


def said(number: int) -> str:
    return f"{number:,}"


def address(walk: Walk) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(walk.page.url).query).items()}


def test_an_analyst_opens_a_way_keeps_its_people_and_compares_them(world: Served, walk: Walk) -> None:
    page = walk.go("/w/world/journeys/ways?focus=checkout")
    asked = ("checkout", "--level", "touchpoint", "--collapse", "--depth", "1")
    before = world.cli("-w", "world", "trace", "flow", *asked, "--direction", "before")
    column = page.get_by_role("list", name="Before Checkout")
    expect(column.get_by_role("listitem")).to_have_count(len(before["nodes"]))
    basket = next(node for node in before["nodes"] if node["path"] == ["basket"])
    expect(column).to_contain_text(said(basket["count"]))
    column.get_by_role("button", name="Basket", exact=True).click()
    expect(page.get_by_role("list", name="Before Basket")).to_be_visible()
    page.reload()
    walk.settled()
    expect(page.get_by_role("list", name="Before Basket")).to_be_visible()

    column = page.get_by_role("list", name="Before Checkout")
    column.get_by_role("listitem").filter(has_text="Basket").get_by_role("button", name=re.compile("what to do")).click()
    page.get_by_role("menuitem", name="Save as segment").click()
    window = page.get_by_role("dialog", name="Save as segment")
    window.get_by_role("textbox", name="Name").fill(GROUP)
    window.get_by_role("button", name="Save").click()
    expect(window).to_have_count(0)
    (kept,) = world.api("/api/w/world/map/segments")
    assert (kept["name"], kept["rule"]) == (GROUP, f'behind:"{basket["behind"]}"')

    page = walk.go(f"/w/world/journeys/growth?segment=saved:{kept['id']}")
    told = world.cli("-w", "world", "trace", "growth", "--level", "touchpoint", "--segment", f"saved:{kept['id']}")
    rows = page.get_by_role("region", name="Growth by unit of time").get_by_role("row")
    assert rows.nth(1).get_by_role("cell").nth(1).inner_text() == said(told["rows"][-1]["active"])
    page.get_by_role("button", name=re.compile("^Compare ")).click()
    page.get_by_role("menuitem", name="everyone").click()
    walk.settled()
    assert address(walk)["versus"] == "*"
    expect(page.get_by_role("region", name=re.compile("^Growth by unit of time"))).to_have_count(2)
    assert page.request.delete(f"{world.base}/api/w/world/map/segments/{kept['id']}").ok


def test_an_event_found_among_the_ways_is_put_on_the_map(world: Served, walk: Walk) -> None:
    page = walk.go("/w/world/journeys/ways?level=event&focus=Advert Clicked")
    column = page.get_by_role("list", name="After Advert Clicked")
    row = column.get_by_role("listitem").filter(has_text="Cookie Banner Closed")
    row.get_by_role("button", name=re.compile("what to do")).click()
    page.get_by_role("menuitem", name="Put “Cookie Banner Closed” on the map").click()
    page.wait_for_url("**/map?**")
    walk.settled()
    expect(page.get_by_role("heading", name="Cookie Banner Closed")).to_be_visible()
    page = walk.go("/w/world/map?selected=event:Checkout Started")
    expect(page.get_by_role("button", name="Open Checkout")).to_be_visible()


def test_every_cell_of_a_cohort_leads_to_its_people(world: Served, walk: Walk) -> None:
    told = world.cli("-w", "world", "trace", "retention", "--unit", "month", "--level", "touchpoint")
    page = walk.go("/w/world/journeys/retention?unit=month")
    cohort = told["cohorts"][0]
    cell = cohort["cells"][1]
    row = page.get_by_role("region", name="Retention by cohort").get_by_role("row").last
    row.get_by_role("button").nth(2).click()
    status = page.get_by_role("main").get_by_role("status").filter(has_text="of the month of")
    expect(status).to_contain_text(f"{said(cell['count'])} people of {said(cohort['people'])}")
    status.get_by_role("button").click()
    page.get_by_role("menuitem", name="Open the customers").click()
    page.wait_for_url("**/customers**")
    walk.settled()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{said(cell['count'])} people")


def test_a_pattern_is_completed_and_its_mistake_is_pointed_at(world: Served, walk: Walk) -> None:
    page = walk.go("/w/world/journeys/patterns")
    box = page.get_by_role("combobox", name="Pattern")
    box.fill("bask")
    expect(page.get_by_role("option", name=re.compile("^basket"))).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(box).to_have_value("basket ")
    box.press_sequentially("~> (checkout")
    page.keyboard.press("Escape")
    expect(page.get_by_role("main").get_by_role("status")).to_be_visible()
    expect(box).to_have_attribute("aria-invalid", "true")
    box.press_sequentially(")")
    page.keyboard.press("Enter")
    told = world.cli("-w", "world", "trace", "pattern", "basket ~> (checkout)", "--level", "touchpoint")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"It happens {said(told['count'])} times")


def test_a_plan_drawn_from_journeys_goes_into_the_draft(world: Served, walk: Walk) -> None:
    before = len(world.api("/api/w/world/plan/draft")["plan"]["journeys"])
    page = walk.go("/w/world/journeys/discover")
    page.get_by_role("button", name="Put it into the draft").click()
    page.get_by_role("link", name="Open it there").click()
    walk.settled()
    draft = world.api("/api/w/world/plan/draft")["plan"]["journeys"]
    assert len(draft) == before + 1
    expect(page.get_by_role("main")).to_contain_text(draft[-1]["name"])
    assert page.request.delete(f"{world.base}/api/w/world/plan/draft").ok
