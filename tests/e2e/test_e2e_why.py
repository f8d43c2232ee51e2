"""Those who lead ask why: what moves satisfaction, whom it failed, and what the satisfied do next."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from walking import Served, Walk

pytestmark = pytest.mark.e2e


def test_the_largest_driver_leads_to_the_customers_it_failed(world: Served, walk: Walk) -> None:
    told = world.cli("-w", "world", "explain", "drivers")
    page = walk.go("/w/world/why")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{told['headline']}.")
    first = told["rows"][0]
    shown = page.get_by_role("list", name="Drivers by importance").get_by_role("listitem").first
    expect(shown).to_contain_text(first["name"])
    expect(shown).to_contain_text(f"{100 * first['importance']['value']:.0f} %")
    page.get_by_role("button", name=f"low at {first['name']}: what to do with them").click()
    page.get_by_role("menuitem", name="Open the customers").click()
    page.wait_for_url("**/customers**")
    walk.settled()
    behind = world.cli("-w", "world", "trace", "customers", "--behind", first["behind"])
    assert parse_qs(urlsplit(page.url).query)["behind"] == [first["behind"]]
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{behind['total']:,}")


def test_moments_and_the_chain_say_what_the_terminal_says(world: Served, walk: Walk) -> None:
    page = walk.go("/w/world/why")
    moments = world.cli("-w", "world", "explain", "moments")
    part = page.get_by_role("region", name="Moments that matter").first
    expect(part).to_contain_text(moments["headline"])
    for row in moments["rows"]:
        expect(part).to_contain_text(row["name"])
    chain = world.cli("-w", "world", "explain", "chain")
    strip = page.get_by_role("region", name="What satisfaction leads to")
    expect(strip.locator("ol > li")).to_have_count(len(chain["links"]))
    expect(strip).to_contain_text(chain["headline"])


def test_the_address_holds_what_was_asked(walk: Walk) -> None:
    page = walk.go("/w/world/why?outcome=effort&like=false")
    expect(page.get_by_text(re.compile("moves together")).first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("They made it easy for me.")
