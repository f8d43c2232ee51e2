"""Newcomer, marketing lead and analyst walk the simulated brand; what they read is what the terminal answers."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from walking import Served, Walk

pytestmark = pytest.mark.e2e
PERIOD = ("2026-07-03", "2026-09-30")
SEGMENT = "reached:checkout"


def said(number: int) -> str:
    return f"{number:,}"


def address(walk: Walk) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(walk.page.url).query).items()}


def test_a_newcomer_sets_up_the_demo_and_sees_it_work(world: Served, walk: Walk) -> None:
    seen = world.seen
    assert len(seen["offer"]) == 1
    assert "simulated" in seen["offer"][0]
    assert len(seen["stages"]) >= 3  # the work said what it was doing while it went on
    assert len(seen["shares"]) >= 3
    assert seen["landed"] == [world.base + "/w/world/cockpit"]
    assert "Halm & Herd" in seen["page"][0]
    assert "simulated" in seen["page"][0]

    page = walk.go("/")
    expect(page.get_by_role("article").filter(has_text="Halm & Herd").get_by_text("simulated", exact=True)).to_be_visible()
    grocer = page.get_by_role("article").filter(has_text="grocer")
    expect(grocer.get_by_text("real data", exact=True)).to_be_visible()
    page.get_by_role("article").filter(has_text="Halm & Herd").get_by_role("button", name="Open").click()
    page.wait_for_url("**/w/world/cockpit")
    page.get_by_role("navigation", name="Places").get_by_role("link", name="Map", exact=True).click()
    walk.settled()
    expect(page.get_by_role("banner").get_by_text("simulated", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="The map")).to_contain_text("Delivery by our van")
    expect(page.get_by_role("heading", level=1)).to_contain_text("of journeys follow the plan")


def test_a_lead_reads_the_cockpit_and_follows_a_finding_to_its_place(world: Served, walk: Walk) -> None:
    told: dict[str, Any] = world.cli("-w", "world", "measure", "cockpit")
    page = walk.go("/w/world/cockpit")
    assert page.get_by_role("heading", level=1).inner_text().split() == told["headline"].split()
    expect(page.get_by_text(told["subline"])).to_be_visible()

    cards = page.get_by_role("list", name="Figures").get_by_role("listitem")
    assert cards.count() == len(told["figures"]) == 4
    for card, figure in zip(cards.all_inner_texts(), told["figures"], strict=True):
        result = figure["result"]
        assert figure["name"] in card
        assert f"n {said(result['n'])} {result['of']}" in card
        assert (re.search(r"\[.*, .*\]", card) is not None) == (result["low"] is not None)
        assert figure["words"] in card
    for card, figure in zip(cards.all_inner_texts(), told["figures"], strict=True):
        assert figure["result"]["low"] is not None
        assert figure["change_words"] in card

    known = world.cli("-w", "world", "explain", "findings")["rows"]
    page.get_by_role("button", name=re.compile(r"^Show \d+ more$")).click()
    findings = page.get_by_role("region", name="What to know").get_by_role("listitem")
    expect(findings).to_have_count(len(known))
    teams = {team["id"]: team["name"] for team in world.api("/api/w/world/plan/draft")["plan"]["teams"]}
    for line, finding in zip(findings.all_inner_texts(), known, strict=True):
        assert finding["words"] in line
        assert teams.get(finding["owner"] or "", "no owner") in line

    broken = next(finding for finding in known if finding["kind"] == "promise")
    page.get_by_role("link", name=broken["words"]).click()
    walk.settled()
    assert urlsplit(page.url).path == "/w/world/map"
    drawer = page.get_by_role("complementary", name="What is selected")
    assert drawer.get_by_role("heading", level=2).inner_text() in broken["words"]
    page.go_back()
    walk.settled()
    assert page.get_by_role("heading", level=1).inner_text().split() == told["headline"].split()


def test_an_analyst_narrows_the_map_and_the_address_keeps_it(world: Served, walk: Walk) -> None:
    page = walk.go("/w/world/map")
    everyone = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Period all time").click()
    page.get_by_role("button", name="Last 90 days of data").click()
    walk.settled()
    assert address(walk) == {"first_on": PERIOD[0], "last_on": PERIOD[1]}
    page.get_by_role("button", name="Segment everyone").click()
    page.get_by_role("combobox", name="What").click()
    page.get_by_role("option", name="reached", exact=True).click()
    page.get_by_role("combobox", name="a touchpoint").fill("checkout")
    page.get_by_role("button", name="Show these people").click()
    walk.settled()
    assert address(walk)["segment"] == SEGMENT

    sheet = world.cli("-w", "world", "map", "show", "--from", PERIOD[0], "--to", PERIOD[1], "--segment", SEGMENT)
    assert sheet["period"] == {"first_on": PERIOD[0], "last_on": PERIOD[1]}
    heads = [everyone]
    for _ in range(2):
        body = page.get_by_role("main")
        expect(body).to_contain_text(
            f"{said(sheet['journeys'])} journeys, {said(sheet['people'])} people, {said(sheet['tally']['events'])} events"
        )
        cards = page.locator("[data-tp][data-home=true]").all()
        shown = {(card.get_attribute("data-tp"), (card.get_attribute("title") or "").partition(" people")[0]) for card in cards}
        alive = [one for one in sheet["touchpoints"] if one["stages"] and one["evidence"]["state"] == "alive"]
        assert {(one["id"], said(one["people"])) for one in alive} <= shown
        assert len(alive) > 20
        heads.append(page.get_by_role("heading", level=1).inner_text())
        page.reload()
        walk.settled()
    assert heads[0] != heads[1] == heads[2]
    page.go_back()
    expect(page.get_by_role("button", name="Segment everyone")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Period all time")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(everyone)


def test_an_analyst_goes_from_a_figure_to_its_people_to_one_story(world: Served, walk: Walk) -> None:
    page = walk.go(f"/w/world/map?first_on={PERIOD[0]}&last_on={PERIOD[1]}")
    page.locator("[data-tp=checkout]").click()
    drawer = page.get_by_role("complementary", name="What is selected")
    behind = drawer.get_by_role("link", name=re.compile("^The .* people$"))
    words = behind.inner_text()
    behind.click()
    walk.settled()

    narrow = ("--from", PERIOD[0], "--to", PERIOD[1])
    told = world.cli("-w", "world", "trace", "customers", "--behind", "touchpoint=checkout", *narrow)
    assert words == f"The {said(told['total'])} people"
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{said(told['total'])} people met Checkout.")
    rows = page.get_by_role("region", name="Customers").get_by_role("row")
    first = told["customers"][0]
    expect(rows.nth(1)).to_contain_text(first["label"] or first["customer"])
    assert rows.nth(1).get_by_role("cell").nth(1).inner_text() == said(first["events"])
    rows.nth(1).get_by_role("link").click()
    walk.settled()

    story = world.cli("-w", "world", "trace", "story", first["customer"])
    silos = len({event["source"] for event in story["events"]})
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{said(story['event_count'])} events in {silos} silo")
    about = page.get_by_role("complementary", name="About this customer")
    for values in story["identifiers"].values():
        expect(about).to_contain_text(", ".join(values[:6]))  # the rest is counted: "and 8 more"
    assert address(walk) == {"first_on": PERIOD[0], "last_on": PERIOD[1]}


def test_an_analyst_reads_variants_and_transitions(world: Served, walk: Walk) -> None:
    told = world.cli("-w", "world", "trace", "variants", "--level", "touchpoint", "--top", "25")
    page = walk.go("/w/world/journeys")
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        f"{said(told['journeys'])} journeys took {said(told['variant_count'])} ways"
    )
    strips = page.get_by_role("main").get_by_role("listitem").filter(has_text=re.compile("^.*%")).all_inner_texts()
    assert len(strips) == 25
    for strip, one in zip(strips, told["variants"], strict=True):
        assert f"n {said(one['count'])}" in strip
        assert re.search(rf"{said(one['people'])} (people|person)", strip)

    page.get_by_role("link", name="Transitions").click()
    walk.settled()
    follows = world.cli("-w", "world", "trace", "transitions", "--level", "touchpoint")
    names = {one["id"]: one["name"] for one in world.api("/api/w/world/plan/draft")["plan"]["touchpoints"]}
    edges = sorted(follows["edges"], key=lambda edge: -edge["count"])
    top = next(edge for edge in edges if edge["origin"] != edge["target"])
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"Most often {names[top['target']]} follows {names[top['origin']]}: {said(top['count'])} times."
    )
    rows = page.get_by_role("region", name="Transitions").get_by_role("row")
    shown = [rows.nth(n + 1).get_by_role("cell").nth(2).inner_text() for n in range(5)]
    assert shown == [said(edge["count"]) for edge in edges[:5]]
