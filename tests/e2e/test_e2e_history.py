"""Somebody comes back after a workshop: what was it before, what did they change, and may I have that one back?"""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import expect
from walking import Served, Walk

pytestmark = pytest.mark.e2e
W = "loom"

BEFORE = """\
brand: Loom
teams: [{id: mill, name: Mill}]
touchpoints:
  - {id: page, name: Web page, rule: Page Viewed}
  - {id: till, name: Till, rule: [{event: Paid, where: {total: {at_least: 1}}}]}
moments:
  - {id: touch, words: I want to touch the cloth, stage: choose, touchpoints: [page]}
  - {id: carry, words: I want to carry it home, stage: buy}
journeys:
  - id: cloth
    name: Buy cloth
    stages:
      - {id: choose, name: Choose, order: 10, side: buyer, steps: [{id: s-page, touchpoint: page}]}
      - {id: buy, name: Buy, order: 20, side: buyer, steps: [{id: s-till, touchpoint: till}]}
      - {id: sew, name: Sew, order: 30, side: customer, steps: []}
"""
CHANGES = {
    "name: Buy, order": "name: Pay, order",
    "  - {id: touch, words: I want to touch the cloth, stage: choose, touchpoints: [page]}\n": "",
    "I want to carry it home, stage: buy": "I want to carry it home, stage: sew",
    "steps: []": "steps: [{id: s-help, touchpoint: page}]",
}


def post(served: Served, path: str, body: dict[str, Any]) -> None:
    request = urllib.request.Request(served.base + path, json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        assert answer.status in (200, 201)


def test_what_was_different_is_drawn_on_the_map_and_comes_back(served: Served, walk: Walk) -> None:
    post(served, "/api/workspaces", {"name": W, "brand": "Loom", "zone": "UTC", "currency": "EUR"})
    post(served, f"/api/w/{W}/plan/import", {"yaml": BEFORE})
    page = walk.go(f"/w/{W}/studio/cloth?panel=history")
    happened = page.get_by_role("list", name="What happened, newest first")
    expect(happened).to_contain_text("stage “Choose” added")
    walk.field("Name the draft as it is now").fill("before the workshop")
    page.get_by_role("button", name="Keep").click()
    expect(happened).to_contain_text("named this “before the workshop”")

    after = BEFORE
    for old, new in CHANGES.items():
        assert old in after
        after = after.replace(old, new)
    post(served, f"/api/w/{W}/plan/import", {"yaml": after})
    named = happened.locator("[data-kind=named]").filter(has_text="before the workshop")
    named.get_by_role("button", name="What changed since").click()
    _reads_the_difference(walk)
    _brings_one_back(served, walk)
    _says_what_is_still_true(walk)


def _reads_the_difference(walk: Walk) -> None:
    page = walk.page
    window = page.get_by_role("dialog", name="“before the workshop” against now")
    expect(window.get_by_text("1 added, 1 removed, 1 changed, 1 moved")).to_be_visible()
    board = window.get_by_role("region", name="Both, one over the other")
    expect(board.locator("thead th[data-mark=changed]")).to_contain_text("Pay")
    for mark, text in {"removed": "I want to touch the cloth", "moved": "I want to carry it home", "added": "Web page"}.items():
        expect(board.locator(f"td > div[data-mark={mark}]").filter(has_text=text)).to_be_visible()
    said = window.get_by_role("region", name="The differences in words")
    expect(said).to_contain_text("changed stage Buy — name: “Buy” became “Pay”")
    expect(said).to_contain_text("moved moment I want to carry it home — from Buy to Sew")
    window.get_by_text("Side by side").click()
    expect(window.get_by_role("region", name="Then", exact=True).get_by_role("columnheader", name="Buy")).to_be_visible()
    expect(window.get_by_role("region", name="After", exact=True).get_by_role("columnheader", name="Pay")).to_be_visible()


def _brings_one_back(served: Served, walk: Walk) -> None:
    page = walk.page
    page.get_by_role("button", name="Bring back I want to touch the cloth").click()
    window = page.get_by_role("dialog")
    expect(window.get_by_text("1 added, 1 changed, 1 moved")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("list", name="What happened, newest first")).to_contain_text("went back to a named version")
    draft = served.api(f"/api/w/{W}/plan/draft")["plan"]
    assert {one["id"]: one["stage"] for one in draft["moments"]} == {"touch": "choose", "carry": "sew"}
    assert [one["name"] for one in draft["journeys"][0]["stages"]] == ["Choose", "Pay", "Sew"]


def _says_what_is_still_true(walk: Walk) -> None:
    page = walk.page
    page.get_by_text("Still true?").click()
    expect(page.get_by_text("Nothing here is older than half a year. The oldest:")).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="I want to carry it home").last
    expect(row).to_contain_text("last changed today")
