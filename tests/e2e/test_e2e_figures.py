"""Those who lead read the figures, follow one to its customers, see who is in trouble, and take a picture along."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect
from walking import Served, Walk

pytestmark = pytest.mark.e2e
PNG = b"\x89PNG\r\n\x1a\n"
SVG = "{http://www.w3.org/2000/svg}"


def said(number: int) -> str:
    return f"{number:,}"


def test_a_figure_leads_to_its_page_its_parts_and_its_customers(world: Served, walk: Walk) -> None:
    told = world.cli("-w", "world", "measure", "metrics")
    rows = {row["id"]: row for row in told["rows"]}
    page = walk.go("/w/world/figures")
    known = sum(row["now"]["value"] is not None for row in told["rows"])
    expect(page.get_by_role("main")).to_contain_text(f"{known} of {len(told['rows'])} can be said")
    line = page.get_by_role("table", name="Promises").get_by_role("row").filter(has_text=rows["promise-kept"]["name"])
    assert f"n {said(rows['promise-kept']['now']['n'])}" in line.inner_text()
    unknown = next(row for row in told["rows"] if row["missing"] and row["link"].startswith("plan/"))
    lacking = page.get_by_role("row").filter(has_text=unknown["name"]).filter(has_text="unknown")
    expect(lacking.get_by_role("link", name="Add it")).to_have_attribute("href", re.compile(rf"/{unknown['link']}"))

    line.get_by_role("link", name=rows["promise-kept"]["name"]).click()
    walk.settled()
    assert urlsplit(page.url).path == "/w/world/figures/promise-kept"
    expect(page.get_by_role("heading", level=1)).to_contain_text(rows["promise-kept"]["name"])
    walk.pick(walk.field("Broken down by"), "its parts")
    walk.settled()
    parts = world.cli("-w", "world", "measure", "metric", "promise-kept", "--by", "part")
    groups = page.get_by_role("list", name=re.compile("by its parts$")).get_by_role("listitem")
    assert groups.count() == len(parts["groups"])
    worst = min(parts["groups"], key=lambda one: one["result"]["value"])
    row = groups.filter(has_text=worst["name"])
    assert f"n {said(worst['result']['n'])}" in row.inner_text()
    row.get_by_role("button", name=re.compile("what to do with them")).click()
    page.get_by_role("menuitem", name="Open the customers").click()
    page.wait_for_url("**/customers**")
    walk.settled()
    behind = world.cli("-w", "world", "trace", "customers", "--behind", worst["result"]["behind"])
    assert parse_qs(urlsplit(page.url).query)["behind"] == [worst["result"]["behind"]]
    expect(page.get_by_role("heading", level=1)).to_contain_text(said(behind["total"]))


def test_a_trend_is_walked_with_the_arrow_keys(world: Served, walk: Walk) -> None:
    page = walk.go("/w/world/figures/promise-kept")
    trend = world.cli("-w", "world", "measure", "metric", "promise-kept")["trend"]
    line = page.get_by_role("slider", name=re.compile("^Promises kept by month"))
    line.focus()
    page.keyboard.press("Home")
    expect(line).to_have_attribute("aria-valuenow", "0")
    expect(page.get_by_role("region", name="Trend").get_by_role("status").last).to_contain_text(
        f"n {said(trend[0]['result']['n'])}"
    )
    page.keyboard.press("ArrowRight")
    expect(line).to_have_attribute("aria-valuetext", re.compile(f"n {said(trend[1]['result']['n'])}"))


def test_a_steward_sees_who_is_in_trouble_and_whose_turn_it_is(world: Served, walk: Walk) -> None:
    told = world.cli("-w", "world", "measure", "care")
    page = walk.go("/w/world/care")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{said(told['total'])} customer")
    rows = page.get_by_role("list", name="Customers in trouble").locator(":scope > li")
    assert rows.count() == len(told["customers"])
    first = told["customers"][0]
    assert all(sign["words"] in rows.first.inner_text() for sign in first["signs"])
    reason = told["reasons"][0]
    page.get_by_role("group", name="Why").get_by_role("button", name=re.compile(f"^{reason['words']}")).click()
    walk.settled()
    assert parse_qs(urlsplit(page.url).query)["reason"] == [reason["kind"]]
    assert rows.count() == reason["customers"]
    page.reload()
    walk.settled()
    assert rows.count() == reason["customers"]
    name = rows.first.get_by_role("link").inner_text()
    rows.first.get_by_role("link").click()
    walk.settled()
    assert urlsplit(page.url).path.startswith("/w/world/customers/")
    expect(page.get_by_role("main")).to_contain_text(name)


def taken(page: Page, form: str, title: str, into: Path) -> bytes:
    page.get_by_role("button", name=f"Save or share: {title}").click()
    with page.expect_download() as found:
        page.get_by_role("menuitem", name=f"as {form}").click()
    file = into / found.value.suggested_filename
    found.value.save_as(file)
    assert file.suffix == f".{form.lower()}"
    return file.read_bytes()


def test_a_picture_is_taken_along_in_four_ways(world: Served, walk: Walk, tmp_path: Path) -> None:
    page = walk.go("/w/world/journeys/growth")
    told = world.cli("-w", "world", "trace", "growth", "--level", "touchpoint")["rows"]
    title = "Who was active, by month"
    picture = taken(page, "PNG", title, tmp_path)
    assert picture.startswith(PNG)
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert (width > 1500, height > 500, len(picture) > 20_000) == (True, True, True)

    drawing = ElementTree.fromstring(taken(page, "SVG", title, tmp_path))
    texts = [one.text or "" for one in drawing.iter(f"{SVG}text")]
    assert title in texts
    assert any("(simulated)" in text for text in texts)
    assert any("data:font/woff2" in (one.text or "") for one in drawing.iter(f"{SVG}style"))
    written = ElementTree.tostring(drawing, encoding="unicode")
    assert "var(" not in written
    assert "color-mix" not in written

    raw = taken(page, "CSV", title, tmp_path)
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [(row["month"], int(row["active"]), int(row["not_back"])) for row in rows] == [
        (row["start_on"], row["active"], row["churned"]) for row in told
    ]
    page.get_by_role("button", name=f"Save or share: {title}").click()
    page.get_by_role("menuitem", name="Copy the address").click()
    expect(page.get_by_role("figure").get_by_role("status")).to_contain_text("Copied")


def test_what_counts_as_what_is_said_in_a_form(world: Served, walk: Walk) -> None:
    before = {role["id"] for role in world.api("/api/w/world/plan/draft")["plan"]["roles"]}
    assert "failure" not in before
    page = walk.go("/w/world/plan/figures")
    page.get_by_role("button", name="Say what is: A failure").click()
    form = page.locator("details").filter(has_text="A failure")
    walk.field("It is one of these events", form).fill("Return Requested")
    page.keyboard.press("Escape")
    target = walk.field("Target of Satisfied")
    target.fill("90")
    target.blur()
    expect(page.get_by_role("status").filter(has_text="saved in the draft")).to_be_visible()
    page.wait_for_timeout(1500)
    walk.settled()
    plan = world.api("/api/w/world/plan/draft")["plan"]
    (failure,) = (role for role in plan["roles"] if role["id"] == "failure")
    assert [rule["event"] for rule in failure["rule"]] == ["Return Requested"]
    assert next(one for one in plan["metrics"] if one["id"] == "satisfaction")["target"] == 0.9
    assert page.request.delete(f"{world.base}/api/w/world/plan/draft").ok
