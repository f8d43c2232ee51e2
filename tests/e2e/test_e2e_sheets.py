"""The drawer of the board: a moment is written as the customer's, an insight is used twice, pictures come in, evidence ranks."""

from __future__ import annotations

import re
from pathlib import Path
from struct import pack
from typing import Any
from zlib import compress, crc32

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from test_e2e_board import XSS, begun, draft, drawn, until
from test_e2e_pages import THEMES, broken_rules
from walking import Served, Walk, visit

pytestmark = pytest.mark.e2e
NAME = "sheets"
MOMENTS = [{"id": "fit", "words": "Will it fit?", "stage": "look", "touchpoints": ["site"]}]


def png() -> bytes:
    """Six by four pixels, with a note of the camera's and an archive behind its end."""
    parts = [
        (b"IHDR", pack(">IIBBBBB", 6, 4, 8, 2, 0, 0, 0)),
        (b"tEXt", b"Comment\0SECRETNOTE"),
        (b"IDAT", compress(bytes(4 * 19))),
        (b"IEND", b""),
    ]
    drawn = b"".join(pack(">I", len(body)) + kind + body + pack(">I", crc32(kind + body)) for kind, body in parts)
    return b"\x89PNG\r\n\x1a\n" + drawn + b"PK\x03\x04"


@pytest.fixture(scope="module")
def brand(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Served:
    plan = {**drawn(), "moments": MOMENTS, "personas": [{"id": "ana", "name": "Ana", "words": XSS}]}
    begun(served, tmp_path_factory.mktemp(NAME), NAME, plan)
    return served


def opened(walk: Walk, element: str, panel: str = "sheet") -> Locator:
    walk.go(f"/w/{NAME}/studio/chair?selected={element}&panel={panel}")
    found = walk.page.get_by_label("What is chosen")
    expect(found.locator("h2").first).to_be_visible()
    return found


def one(served: Served, kind: str, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in draft(served, NAME)[kind] if one["id"] == id_)
    return found


def test_brand_speak_is_flagged_while_one_writes_and_a_suggestion_is_taken_only_by_hand(walk: Walk, brand: Served) -> None:
    drawer = opened(walk, "moment:fit")
    words = walk.field("In the customer’s words", drawer)
    words.fill("We convert leads")
    notes = drawer.get_by_role("status", name="About the wording").first
    expect(notes).to_contain_text("“convert” is the brand's word")
    expect(words).to_have_value("We convert leads")
    notes.get_by_role("button", name="I want to know whether this is right for me").click()
    expect(words).to_have_value("I want to know whether this is right for me")
    expect(notes).to_be_empty()
    until(lambda: one(brand, "moments", "fit")["words"], "I want to know whether this is right for me")
    words.fill("Tram-stop advert")
    expect(notes).to_contain_text("A placement is no moment")
    words.fill("Will it fit?")
    expect(notes).to_be_empty()


def test_a_moment_asks_for_an_experience_until_a_live_one_meets_it(walk: Walk, brand: Served) -> None:
    drawer = opened(walk, "moment:fit")
    expect(drawer.get_by_text("No experience meets this moment yet.")).to_be_visible()
    drawer.get_by_role("button", name="An experience", exact=True).click()
    walk.field("What the customer gets", drawer).fill("A tape measure made of paper")
    drawer.get_by_text("merely a message", exact=True).click()
    expect(drawer.get_by_text("All of them are messages.")).to_be_visible()
    expect(drawer.get_by_text("No live experience meets this moment yet.")).to_be_visible()
    drawer.get_by_text("something to use", exact=True).click()
    drawer.get_by_text("live", exact=True).click()
    expect(drawer.get_by_text("meets this moment yet")).to_have_count(0)
    expect(drawer.get_by_text("All of them are messages.")).to_have_count(0)
    kept = ("A tape measure made of paper", "live", "useful")
    until(lambda: [(x["gives"], x["state"], x["kind"]) for x in draft(brand, NAME)["experiences"]], [kept])


def test_every_field_of_a_moment_is_kept_as_one_types(walk: Walk, brand: Served) -> None:
    drawer = opened(walk, "moment:fit")
    said = {
        "The need behind it": "to measure",
        "Situation": "at home",
        "What they want to have in the end": "a chair",
        "How it feels": XSS,
    }
    for label, text in said.items():
        walk.field(label, drawer).fill(text)
    drawer.get_by_role("button", name="Where?").click()
    drawer.get_by_role("button", name="Rate this one").click()
    walk.field("Importance", drawer).fill("9")
    walk.field("Satisfaction", drawer).fill("3")
    expect(drawer.get_by_text("15.0")).to_be_visible()
    expect(drawer.get_by_text("Without n it is a guess.")).to_be_visible()
    fields = ("need", "context", "wants", "emotion")
    wanted = ["to measure", "at home\nWhere:", "a chair", XSS]
    until(lambda: [one(brand, "moments", "fit")[name].strip() for name in fields], wanted)
    rated = [(9.0, 3.0)]
    until(lambda: [(x["importance"], x["satisfaction"]) for x in draft(brand, NAME)["outcomes"]], rated)


def test_an_insight_with_a_photo_is_used_twice_and_changed_once(walk: Walk, brand: Served, tmp_path: Path) -> None:
    page = walk.page
    drawer = opened(walk, "stage:look", "insights")
    drawer.get_by_role("button", name="An insight", exact=True).click()
    walk.field("What they said, word for word", drawer).fill(XSS)
    expect(drawer.get_by_text("Without a source it counts as a guess.")).to_be_visible()
    walk.field("Source", drawer).fill("interview 4")
    walk.field("Day", drawer).fill("2019-05-01")
    expect(drawer.get_by_text("more than two years old")).to_be_visible()
    photo = tmp_path / "photo.html"
    photo.write_bytes(png())
    drawer.locator("input[type=file]").set_input_files(photo)
    shown = drawer.locator("img")
    expect(shown).to_be_visible()
    assert shown.evaluate("one => [one.naturalWidth, one.naturalHeight]") == [6, 4]
    digest = str(shown.get_attribute("src")).rsplit("/", 1)[1]
    assert re.fullmatch("[0-9a-f]{64}", digest)
    until(
        lambda: [(x["words"], x["source"], x["picture"]) for x in draft(brand, NAME)["insights"]], [(XSS, "interview 4", digest)]
    )
    drawer.get_by_role("tab", name="Insights").click()
    drawer.get_by_role("button", name=re.compile("^Put ")).click()
    page.get_by_role("menuitem", name="Look").click()
    drop(page, drawer.locator("li [draggable=true]").first, page.locator('[data-cell="opportunities|look"]'))
    expect(drawer.get_by_text("used 2 times")).to_be_visible()
    insight = draft(brand, NAME)["insights"][0]["id"]
    used = {(insight, "look", "insights"), (insight, "look", "opportunities")}
    until(lambda: {(x["insight"], x["stage"], x["lane"]) for x in draft(brand, NAME)["cards"] if x["insight"]}, used)
    drawer.locator("li [draggable=true]").first.click()
    expect(drawer.get_by_role("group").filter(has_text="Where it is used")).to_contain_text("2")
    walk.field("What they said, word for word", drawer).fill("It came late")
    expect(page.locator("[data-item]").filter(has_text="It came late")).to_have_count(2)


def drop(page: Page, what: Locator, where: Locator) -> None:
    """Drags as a browser does, with what is dragged carried along."""
    where.scroll_into_view_if_needed()
    what.drag_to(where, force=True)
    page.wait_for_timeout(50)


def test_what_is_no_picture_is_refused_in_words(walk: Walk, brand: Served, tmp_path: Path) -> None:
    drawer = opened(walk, "card:note-1")
    svg = tmp_path / "photo.png"
    svg.write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='window.__xss=1'/>")
    drawer.locator("input[type=file]").set_input_files(svg)
    expect(drawer.get_by_role("alert")).to_contain_text("an SVG is not taken")
    assert not one(brand, "cards", "note-1")["picture"]
    walk.faults[:] = [fault for fault in walk.faults if "422" not in fault]  # the browser tells of every refusal


def test_evidence_says_what_to_find_out_next_and_leads_there(walk: Walk, brand: Served) -> None:
    drawer = opened(walk, "stage:look", "evidence")
    expect(drawer.get_by_role("heading", name="What to find out next")).to_be_visible()
    first = drawer.get_by_role("button", name=re.compile("^1")).first
    expect(first).to_contain_text("Settles")
    first.click()
    expect(drawer.get_by_role("tab", name="Sheet")).to_have_attribute("aria-selected", "true")
    expect(drawer.get_by_text(re.compile("Better known:")).first).to_be_visible()


def test_the_library_is_a_page_of_its_own(walk: Walk, brand: Served) -> None:
    page = walk.go(f"/w/{NAME}/studio/insights")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 insight")
    page.get_by_label("Search the insights").fill("nobody said this")
    expect(page.get_by_text("None of the 1 is like this.")).to_be_visible()
    page.get_by_label("Search the insights").fill("LATE interview")
    page.get_by_role("main").locator("button", has_text="It came late").click()
    expect(page.get_by_label("The chosen insight").get_by_text("Where it is used")).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
def test_sheets_are_clean_for_readers_of_any_kind(browser: Browser, brand: Served, theme: str) -> None:
    walk, context = visit(browser, brand.base, color_scheme=theme)
    for element, panel in [
        ("moment:fit", "sheet"),
        ("touchpoint:site", "sheet"),
        ("stage:look", "insights"),
        ("stage:look", "evidence"),
    ]:
        opened(walk, element, panel)
        walk.page.wait_for_timeout(600)
        assert broken_rules(walk.page) == []
    walk.go(f"/w/{NAME}/studio/insights")
    assert broken_rules(walk.page) == []
    context.close()
    walk.clean()
