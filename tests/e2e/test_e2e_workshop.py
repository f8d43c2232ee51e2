"""Five people hold a workshop over a map, each in a browser of their own; two of them go on talking in comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from walking import Served, Walk, visit

pytestmark = pytest.mark.e2e

W = "/w/round-table"
TALK = f"{W}/studio/buy/talk"
NAMES = ["Ann Weber", "Ben Okoro", "Cem Kaya", "Dea Lund", "Eve Ito"]
PLAN = """\
brand: {name: Round table}
touchpoints: [{id: till, name: Till}, {id: parcel, name: Parcel}]
journeys:
  - id: buy
    name: Buy something
    stages:
      - {id: pay, name: Pay, side: buyer, steps: [{id: s1, touchpoint: till}]}
      - {id: get, name: Get, side: customer, steps: [{id: s2, touchpoint: parcel}]}
"""
NOTES = {
    "Ann Weber": ["The queue at noon"],
    "Ben Okoro": ["Nobody says how long it takes", "Only cash"],
    "Cem Kaya": ["<img src=x onerror=window.__xss=1>"],
    "Dea Lund": ["The parcel waits at the neighbour’s"],
    "Eve Ito": ["=HYPERLINK(“x”)"],
}


@pytest.fixture(scope="module")
def people(browser: Browser, served: Served) -> Iterator[dict[str, Walk]]:
    """Five windows that share nothing, one of them a phone's."""
    opened: list[BrowserContext] = []
    found: dict[str, Walk] = {}
    for n, name in enumerate(NAMES):
        size = {"width": 390, "height": 800} if n == 4 else {"width": 1280, "height": 900}
        found[name], context = visit(browser, served.base, viewport=size)
        opened.append(context)
    made = opened[0].request.post(f"{served.base}/api/workspaces", data={"name": "round-table", "brand": "Round table"})
    assert made.ok, made.text()
    assert opened[0].request.post(f"{served.base}/api{W}/plan/import", data={"yaml": PLAN}).ok
    yield found
    for context in opened:
        context.close()
    for walk in found.values():
        walk.clean()


def named(walk: Walk, name: str) -> None:
    """Says who one is, once."""
    sheet(walk).get_by_label("Your name").fill(name)
    sheet(walk).get_by_role("button", name="This is me").click()
    expect(walk.page.get_by_label("Your name")).to_have_count(0)


def sheet(walk: Walk) -> Locator:
    return walk.page.get_by_role("dialog")


def to_round(leader: Walk, name: str) -> None:
    course = sheet(leader).get_by_role("group", name="Course of the workshop")
    course.get_by_role("button", name=name, exact=True).click()
    expect(sheet(leader).locator("[aria-current=step]")).to_have_text(name)


def here(people: dict[str, Walk], name: str) -> None:
    """Everybody is in this round."""
    for walk in people.values():
        expect(sheet(walk).locator("[aria-current=step]")).to_have_text(name)


def test_a_workshop_of_five(people: dict[str, Walk], served: Served) -> None:
    leader = people["Ann Weber"]
    _opens(leader)
    _take_part(people)
    _write_in_silence(people)
    _reveal(people)
    _group(people)
    _clean_for_axe(people["Ann Weber"])
    _vote(people)
    _put_on_the_map(leader, served)


def _opens(leader: Walk) -> None:
    leader.page.goto(leader.base + TALK)
    leader.page.get_by_role("button", name="Workshop", exact=True).click()
    named(leader, "Ann Weber")
    leader.field("What it is about").fill("Why is it slow?")
    leader.page.get_by_role("switch", name="Notes without names").uncheck()
    leader.page.get_by_role("button", name="Open the workshop").click()
    expect(sheet(leader).locator("[aria-current=step]")).to_have_text("Silent writing")


def _take_part(people: dict[str, Walk]) -> None:
    for name, walk in list(people.items())[1:]:
        walk.page.goto(walk.base + TALK)
        walk.page.get_by_role("button", name=re.compile("Workshop Why is it slow")).click()
        named(walk, name)
        expect(sheet(walk).get_by_label("A note", exact=True)).to_be_visible()
    expect(sheet(people["Ann Weber"]).get_by_text("5 people", exact=True)).to_be_visible()
    sheet(people["Ann Weber"]).get_by_role("button", name="Start the clock").click()
    for walk in people.values():
        clock = sheet(walk).get_by_role("timer")
        expect(clock).to_have_text(re.compile(r"^5:[0-5]\d"))


def _write_in_silence(people: dict[str, Walk]) -> None:
    for name, notes in NOTES.items():
        for words in notes:
            sheet(people[name]).get_by_label("A note", exact=True).fill(words)
            people[name].page.keyboard.press("Enter")
            expect(sheet(people[name]).get_by_role("article").filter(has_text=words)).to_have_count(1)
    for name, walk in people.items():
        others = sum(len(notes) for one, notes in NOTES.items() if one != name)
        expect(sheet(walk).get_by_text(f"The others have written {others} notes.")).to_be_visible()
        expect(sheet(walk).get_by_role("article")).to_have_count(len(NOTES[name]))
        text = walk.page.content()
        assert not [words for one, notes in NOTES.items() if one != name for words in notes if words in text]
    latecomer = people["Eve Ito"].page
    latecomer.reload()
    expect(latecomer.get_by_role("dialog").get_by_role("article")).to_have_count(1)


def _reveal(people: dict[str, Walk]) -> None:
    to_round(people["Ann Weber"], "Reveal")
    here(people, "Reveal")
    for walk in people.values():
        expect(sheet(walk).get_by_role("article")).to_have_count(6)
        expect(sheet(walk).get_by_role("article").filter(has_text="Only cash")).to_contain_text("Ben Okoro")


def _group(people: dict[str, Walk]) -> None:
    ann, ben = people["Ann Weber"], people["Ben Okoro"]
    to_round(ann, "Group")
    here(people, "Group")
    sheet(ben).get_by_label("Name of a new group").fill("At the till")
    ben.page.keyboard.press("Enter")
    group = sheet(ann).get_by_role("region", name="Group At the till")
    note = sheet(ann).get_by_role("article").filter(has_text="The queue at noon")
    note.drag_to(group)
    expect(group.get_by_role("article")).to_have_count(1)
    send = sheet(ben).get_by_role("button", name="Put “Only cash” in a group")
    send.focus()
    ben.page.keyboard.press("Enter")
    expect(ben.page.get_by_role("menuitem", name="At the till")).to_be_visible()
    ben.page.get_by_role("menuitem", name="At the till").press("Enter")
    for walk in people.values():
        expect(sheet(walk).get_by_role("region", name="Group At the till").get_by_role("article")).to_have_count(2)


def _clean_for_axe(walk: Walk) -> None:
    found = Axe().run(walk.page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def _give(page: Page, what: str, votes: int) -> None:
    for n in range(votes):
        page.get_by_role("button", name=f"Vote for {what}").click()
        expect(page.get_by_role("group", name=f"My votes for {what}").locator("span").first).to_have_attribute(
            "aria-label", f"{n + 1} vote{'s' if n else ''}"
        )


def _vote(people: dict[str, Walk]) -> None:
    to_round(people["Ann Weber"], "Vote")
    here(people, "Vote")
    _give(people["Ann Weber"].page, "At the till", 2)
    _give(people["Ben Okoro"].page, "At the till", 3)
    _give(people["Cem Kaya"].page, "The parcel waits", 1)
    _give(people["Dea Lund"].page, "Nobody says how long", 2)
    _give(people["Eve Ito"].page, "At the till", 1)
    ben = people["Ben Okoro"].page
    ben.get_by_role("button", name="Take a vote back from At the till").click()
    expect(ben.get_by_text("You have 1 vote left.")).to_be_visible()
    again = ben.context.new_page()
    again.goto(ben.url)
    expect(again.get_by_text("You have 1 vote left.")).to_be_visible()
    _give_one_more(again)
    again.close()
    for walk in people.values():
        expect(sheet(walk).get_by_text("5 people have voted")).to_be_visible()
    expect(people["Cem Kaya"].page.get_by_role("group", name="My votes for At the till").locator("i")).to_have_count(0)


def _give_one_more(second_tab: Page) -> None:
    """The third of three votes in a second tab: the first tab has none left then."""
    second_tab.get_by_role("button", name="Vote for The parcel waits").click()
    expect(second_tab.get_by_text("You have given all your votes.")).to_be_visible()
    for button in second_tab.get_by_role("button", name=re.compile("^Vote for")).all():
        expect(button).to_be_disabled()


def _put_on_the_map(leader: Walk, served: Served) -> None:
    to_round(leader, "Discuss")
    rows = sheet(leader).get_by_role("region", name="Result").locator("ol > li")
    expect(rows.nth(0)).to_contain_text("At the till")
    expect(rows.nth(0)).to_contain_text("5 votes")
    expect(rows.nth(1)).to_contain_text("2 votes")
    expect(sheet(leader).get_by_text("9 votes by 5 people")).to_be_visible()
    sheet(leader).get_by_role("checkbox", name="Put “At the till” on the map").check()
    sheet(leader).get_by_role("button", name="Put 1 on the map").click()
    expect(sheet(leader).get_by_text("1 card on the map now.")).to_be_visible()
    [card] = served.api(f"/api{W}/plan/draft")["plan"]["cards"]
    assert (card["lane"], card["stage"]) == ("pains", "pay")
    assert card["words"].startswith("At the till\n5 votes in “Why is it slow?”\n– The queue at noon\n– Only cash")
    sheet(leader).get_by_role("button", name="End the workshop").click()
    expect(sheet(leader).get_by_role("heading", name="This workshop has ended.")).to_be_visible()


def test_two_people_talk_in_comments(people: dict[str, Walk]) -> None:
    ann, ben = people["Ann Weber"], people["Ben Okoro"]
    ann.page.goto(f"{ann.base}{TALK}?element=touchpoint:till")
    ben.page.goto(ben.base + TALK)
    field = ann.page.get_by_role("textbox", name="Your comment")
    field.press_sequentially("Can this be <b>faster</b>, @Ben")
    ann.page.get_by_role("option", name="Ben Okoro").wait_for()
    ann.page.keyboard.press("Enter")
    field.press_sequentially("? See https://example.org/noon")
    ann.page.keyboard.press("Control+Enter")
    said = ann.page.get_by_role("article").filter(has_text="faster").first
    expect(said).to_contain_text("Can this be <b>faster</b>, @Ben Okoro ? See https://example.org/noon")
    link = said.get_by_role("link", name="https://example.org/noon")
    expect(link).to_have_attribute("rel", re.compile("noopener"))

    me = ben.page.get_by_role("region", name="For me")
    expect(me.get_by_role("heading", name="1 thread mentions you")).to_be_visible()
    me.get_by_role("link").first.click()
    ben.page.wait_for_url("**thread=*")
    thread = ben.page.get_by_role("article", name=re.compile("Thread by Ann Weber"))
    thread.get_by_role("button", name="Answer").click()
    thread.get_by_label("Answer", exact=True).fill("Yes: a second till.")
    ben.page.keyboard.press("Control+Enter")
    expect(said).to_contain_text("Yes: a second till.")
    expect(me.get_by_role("heading", name="1 thread mentions you")).to_have_count(0)
    said.get_by_role("button", name="Resolve").click()
    expect(ben.page.get_by_text("Resolved by Ann Weber")).to_be_visible()
    expect(ann.page.get_by_role("radio", name="Open 0")).to_have_count(1)
    _clean_for_axe(ann)
