"""A journey manager who has never seen a terminal draws from memory, binds what was seen, publishes, looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from walking import Served, Walk

pytestmark = pytest.mark.e2e

EVENTS = """\
who,what,when
ann,Page Viewed,2024-03-01 09:00:00
ann,Order Placed,2024-03-01 10:00:00
ann,Order Delivered,2024-03-03 10:00:00
ben,Page Viewed,2024-03-02 09:00:00
ben,Order Placed,2024-03-02 11:00:00
ben,Order Delivered,2024-03-09 11:00:00
cem,Page Viewed,2024-03-03 09:00:00
"""
SOURCE = """\
source: shop
format: csv
people: {customer: who}
events:
  - event_column: what
    time: {column: when, format: "%Y-%m-%d %H:%M:%S"}
"""


def saved(walk: Walk) -> None:
    expect(walk.page.get_by_role("status").filter(has_text="saved in the draft")).to_be_visible()


def test_a_manager_draws_binds_publishes_and_sees_the_map(served: Served, walk: Walk, tmp_path: Path) -> None:
    page = walk.go("/")
    page.get_by_role("radio", name="Draw from memory").click()
    walk.field("Brand").fill("Lindenhof")
    walk.field("Time zone").fill("Europe/Berlin")
    page.get_by_role("button", name="Start drawing").click()
    page.wait_for_url("**/w/lindenhof/plan/strategy")
    walk.field("Target groups").fill("People who mend their chairs")
    saved(walk)
    (tmp_path / "shop.csv").write_text(EVENTS)
    (tmp_path / "shop.yaml").write_text(SOURCE)
    colleague = served.cli("-w", "lindenhof", "collect", "import", str(tmp_path / "shop.yaml"), str(tmp_path / "shop.csv"))
    assert colleague["accepted"] == 7

    _names_teams_and_touchpoints(walk)
    _draws_the_journey(walk)
    _makes_a_promise(walk)
    _takes_a_step_back(walk)
    _publishes(walk)
    _reads_the_map(walk)


def _names_teams_and_touchpoints(walk: Walk) -> None:
    page = walk.go("/w/lindenhof/plan/ownership")
    page.get_by_role("button", name="A team").click()
    walk.field("Team").fill("Workshop")
    saved(walk)
    page = walk.go("/w/lindenhof/plan/touchpoints")
    for n, name in enumerate(("Web page", "Order", "Delivery", "Brochure")):
        page.get_by_role("button", name="Another touchpoint" if n else "The first touchpoint").click()
        expect(walk.field("Name")).to_have_value("New touchpoint")
        walk.field("Name").fill(name)
        if name != "Brochure":
            walk.pick(page.get_by_role("combobox", name="Owner"), "Workshop")
    saved(walk)
    unclaimed = page.get_by_role("region", name="Events that no touchpoint claims")
    expect(unclaimed.get_by_role("heading")).to_have_text("3 events no touchpoint of this draft claims")
    event = {
        name: unclaimed.get_by_role("listitem").filter(has_text=name)
        for name in ("Page Viewed", "Order Placed", "Order Delivered")
    }
    event["Page Viewed"].get_by_role("button", name="It is Web page").click()
    event["Order Placed"].get_by_role("button", name="It is Order").click()
    walk.pick(event["Order Delivered"].get_by_role("combobox"), "Delivery")
    expect(unclaimed).to_have_count(0)
    saved(walk)


def _draws_the_journey(walk: Walk) -> None:
    page = walk.go("/w/lindenhof/plan/journeys")
    page.get_by_role("button", name="The first journey").click()
    walk.field("Name").fill("Buy a chair")
    page.get_by_role("button", name="A buyer’s stage").click()
    expect(walk.field("Stage’s name")).to_have_value("New stage")
    walk.field("Stage’s name").fill("Choose")
    choose = page.get_by_role("region", name="Stage Choose")
    choose.get_by_role("button", name="0 steps, 0 moments").click()
    choose.get_by_role("button", name="A step").click()
    choose.get_by_role("button", name="A step").click()
    second = choose.get_by_role("combobox", name="Touchpoints of step 2")
    second.press("Backspace")
    walk.pick(second, "Order")
    page.keyboard.press("Escape")
    choose.get_by_role("button", name="A moment").click()
    walk.field("The need, as the customer says it").fill("I want to sit down tonight")
    page.get_by_role("button", name="A customer’s stage").click()
    expect(walk.field("Stage’s name").last).to_have_value("New stage after the sale")
    walk.field("Stage’s name").last.fill("Receive")
    receive = page.get_by_role("region", name="Stage Receive")
    receive.get_by_role("button", name="0 steps, 0 moments").click()
    for n, name in enumerate(("Delivery", "Brochure")):
        receive.get_by_role("button", name="A step").click()
        field = receive.get_by_role("combobox", name=f"Touchpoints of step {n + 1}")
        field.press("Backspace")
        walk.pick(field, name)
        page.keyboard.press("Escape")
    saved(walk)


def _makes_a_promise(walk: Walk) -> None:
    page = walk.go("/w/lindenhof/plan/promises")
    page.get_by_role("button", name="The first promise").click()
    walk.field("Name").fill("In three days")
    walk.pick(page.get_by_role("combobox", name="At the touchpoint"), "Delivery")
    page.get_by_role("radiogroup", name="How it is judged").get_by_text("within a time").click()
    walk.field("After this").fill("Order Placed")
    walk.field("… this follows").fill("Order Delivered")
    walk.field("… within").fill("3")
    saved(walk)


def _takes_a_step_back(walk: Walk) -> None:
    """Undo takes back what was typed; what was there before is still there after a reload."""
    page = walk.go("/w/lindenhof/plan/strategy")
    field = walk.field("Target groups")
    expect(field).to_have_value("People who mend their chairs")
    field.fill("Everybody")
    saved(walk)
    page.get_by_role("button", name="Undo").click()
    expect(field).to_have_value("People who mend their chairs")
    saved(walk)
    page.reload()
    walk.settled()
    expect(walk.field("Target groups")).to_have_value("People who mend their chairs")


def _publishes(walk: Walk) -> None:
    page = walk.go("/w/lindenhof/plan/versions")
    expect(page.get_by_text("0 faults, ")).to_be_visible()
    walk.field("Note").fill("As we remember it")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status").filter(has_text="Version 1 is published.")).to_be_visible()
    page.get_by_role("link", name="Look at the map").click()
    walk.settled()


def _reads_the_map(walk: Walk) -> None:
    page = walk.page
    board = page.get_by_role("region", name="The map")
    expect(page.get_by_role("banner")).to_contain_text("plan version 1")
    expect(page.get_by_role("banner").get_by_text("real data", exact=True)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("3 journeys, 3 people, 7 events")
    for one in ("Choose", "Receive", "“I want to sit down tonight”", "In three days", "Buyer’s journey", "Customer’s journey"):
        expect(board.get_by_text(one, exact=False).first).to_be_visible()
    for name, n in {"Web page": 3, "Order": 2, "Delivery": 2}.items():
        card = board.locator("[data-tp]").filter(has_text=name)
        expect(card).to_have_count(1)
        expect(card).to_have_attribute("title", f"{n} people, owner Workshop")
        expect(card.get_by_role("img", name="measured: events arrive")).to_have_count(1)
    board.locator("[data-tp]").filter(has_text="Brochure").click()
    drawer = page.get_by_role("complementary", name="What is selected")
    expect(drawer.get_by_role("img", name="guessed: nothing measures it yet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    board.get_by_role("button", name="In three days").click()
    expect(drawer).to_contain_text("1 kept, 1 broken")
    page.reload()
    walk.settled()
    expect(drawer).to_contain_text("1 kept, 1 broken")
