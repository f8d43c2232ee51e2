"""People draw on the board: from nothing by keys alone, by mouse, several at once, a map inside a map; undo holds for all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from test_e2e_pages import SEEN, THEMES, broken_rules
from walking import Served, Walk, visit

pytestmark = pytest.mark.e2e
XSS = '<img src=x onerror="window.__xss=1"><script>window.__xss=2</script> =1+1'


def begun(served: Served, folder: Path, name: str, plan: dict[str, Any]) -> None:
    """A workspace whose draft is this plan."""
    served.cli("init", name, "--brand", "Lindenhof")
    (folder / "plan.json").write_text(json.dumps({"format": 1, "brand": {"name": "Lindenhof"}, **plan}))
    served.cli("-w", name, "plan", "import", str(folder / "plan.json"))


def drawn() -> dict[str, Any]:
    """A small map: two stages before the sale, one after, four touchpoints."""
    names = {"site": "Web page", "shop": "Shop", "till": "Till", "van": "Delivery van"}
    stages = [
        {
            "id": "look",
            "name": "Look",
            "order": 10,
            "side": "buyer",
            "steps": [{"id": "look-site", "order": 10, "touchpoint": "site"}],
        },
        {
            "id": "buy",
            "name": "Buy",
            "order": 20,
            "side": "buyer",
            "steps": [
                {"id": "buy-shop", "order": 10, "touchpoint": "shop"},
                {"id": "buy-till", "order": 20, "touchpoint": "till"},
            ],
        },
        {
            "id": "get",
            "name": "Receive",
            "order": 30,
            "side": "customer",
            "steps": [{"id": "get-van", "order": 10, "touchpoint": "van"}],
        },
    ]
    cards = [{"id": f"note-{n}", "lane": "notes", "stage": "look", "order": n * 10, "words": f"Note {n}"} for n in (1, 2, 3)]
    touchpoints = [{"id": id_, "name": name, "order": n} for n, (id_, name) in enumerate(names.items())]
    return {"touchpoints": touchpoints, "cards": cards, "journeys": [{"id": "chair", "name": "Buy a chair", "stages": stages}]}


def draft(served: Served, name: str) -> dict[str, Any]:
    plan: dict[str, Any] = served.api(f"/api/w/{name}/plan/draft")["plan"]
    return plan


def until(what: Callable[[], Any], wanted: Any) -> None:
    """What is written reaches the server's disk a moment later."""
    end = time.monotonic() + 20
    while (found := what()) != wanted:
        assert time.monotonic() < end, f"{found} is not {wanted}"
        time.sleep(0.1)


def steps(served: Served, name: str, journey: int = 0) -> dict[str, list[str]]:
    """Each stage's touchpoints in their order; those of which one is taken joined by a bar."""
    stages = sorted(draft(served, name)["journeys"][journey]["stages"], key=lambda one: one["order"])
    return {
        stage["name"]: [
            "|".join(step["one_of"]) or step["touchpoint"] for step in sorted(stage["steps"], key=lambda one: one["order"])
        ]
        for stage in stages
    }


def node(page: Page, key: str) -> Locator:
    return page.locator(f'[data-node="{key}"]')


def card(page: Page, name: str) -> Locator:
    return page.locator("[data-item]").filter(has_text=name)


def carry(page: Page, what: Locator, to: Locator, *, down: float = 0.5, shift: float = 0.5) -> None:
    """Drags by mouse, in small moves as a hand does; lands at that share of the target's height and width."""
    what.scroll_into_view_if_needed()
    start, end = what.bounding_box(), to.bounding_box()
    assert start is not None
    assert end is not None
    x, y = start["x"] + min(20, start["width"] / 2), start["y"] + min(9, start["height"] / 2)
    goal = (end["x"] + end["width"] * shift, end["y"] + end["height"] * down)
    page.mouse.move(x, y)
    page.mouse.down()
    for n in range(1, 11):
        page.mouse.move(x + (goal[0] - x) * n / 10, y + (goal[1] - y) * n / 10)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.mouse.up()


def test_a_map_is_drawn_from_nothing_by_keys_alone(served: Served, walk: Walk, tmp_path: Path) -> None:
    begun(served, tmp_path, "keys", {"journeys": [{"id": "chair", "name": "Buy a chair"}]})
    page = walk.go("/w/keys/studio/chair")
    press, write = page.keyboard.press, page.keyboard.type
    said = page.locator("[data-said]")
    for side, names in {"buyer": ["Look", "Buy"], "customer": ["Receive"]}.items():
        node(page, f"add:stage|{side}").focus()
        press("Enter")
        for name in names:
            write(name)
            press("Enter")
        press("Escape")
    until(lambda: list(steps(served, "keys")), ["Look", "Buy", "Receive"])

    expect(node(page, "add:stage|customer")).to_be_focused()
    press("Home")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Stage Look")
    press("ArrowDown")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Add to Moments, Look")
    press("Enter")
    write("I want to sit down tonight")
    press("Enter")
    press("Escape")
    press("ArrowDown")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Add to Touchpoints, Look")
    press("Enter")
    for name in ("Web page", "Shop"):
        write(name)
        press("Enter")
    press("Escape")
    press("ArrowRight")
    press("Enter")
    write("web p")
    expect(page.get_by_role("option", name="Web page")).to_be_visible()
    press("ArrowDown")
    press("Enter")
    press("Escape")
    until(lambda: {k: len(v) for k, v in steps(served, "keys").items()}, {"Look": 2, "Buy": 1, "Receive": 0})
    assert len(draft(served, "keys")["touchpoints"]) == 2, "the same touchpoint stands on two stages by reference"

    card(page, "Shop").first.focus()
    press("Space")
    expect(said).to_contain_text("Shop taken")
    press("ArrowRight")
    press("ArrowRight")
    expect(said).to_contain_text("Touchpoints, Receive, place 1 of 1")
    press("Escape")
    expect(said).to_have_text("Put back.")
    press("Space")
    press("ArrowRight")
    press("Enter")
    expect(said).to_contain_text("Shop moved to Touchpoints, Buy")
    until(lambda: {k: len(v) for k, v in steps(served, "keys").items()}, {"Look": 1, "Buy": 2, "Receive": 0})
    expect(card(page, "Shop")).to_be_focused()
    press("F2")
    write("Showroom")
    press("Enter")
    expect(card(page, "Showroom")).to_be_focused()
    press("Control+d")
    expect(card(page, "Showroom")).to_have_count(2)
    press("Delete")
    expect(card(page, "Showroom")).to_have_count(1)
    node(page, f"stage:{draft(served, 'keys')['journeys'][0]['stages'][0]['id']}").focus()
    press("Space")
    press("ArrowRight")
    press("Space")
    until(lambda: list(steps(served, "keys")), ["Buy", "Look", "Receive"])
    press("Control+z")
    until(lambda: list(steps(served, "keys")), ["Look", "Buy", "Receive"])
    press("?")
    expect(page.get_by_role("dialog", name="Keys of the board")).to_be_visible()
    press("Escape")


def test_a_map_is_changed_with_the_mouse(served: Served, walk: Walk, tmp_path: Path) -> None:
    begun(served, tmp_path, "mouse", drawn())
    page = walk.go("/w/mouse/studio/chair?zoom=cards")
    carry(page, card(page, "Web page"), card(page, "Till"), down=0.05)
    until(lambda: steps(served, "mouse"), {"Look": [], "Buy": ["shop", "site", "till"], "Receive": ["van"]})
    carry(page, card(page, "Shop"), card(page, "Till"), down=0.5)
    until(lambda: steps(served, "mouse"), {"Look": [], "Buy": ["site", "till|shop"], "Receive": ["van"]})
    expect(page.get_by_text("one of", exact=True)).to_be_visible()
    page.wait_for_timeout(1000)  # undo takes together what was done within a moment
    carry(page, node(page, "stage:look"), node(page, "stage:get"), shift=0.9)
    until(lambda: [one["side"] for one in draft(served, "mouse")["journeys"][0]["stages"] if one["id"] == "look"], ["customer"])
    page.keyboard.press("Control+z")
    until(lambda: [one["side"] for one in draft(served, "mouse")["journeys"][0]["stages"] if one["id"] == "look"], ["buyer"])
    carry(page, node(page, "lane:notes"), node(page, "lane:moments"), down=0.1)
    until(lambda: page.locator("[data-lanehead]").first.get_attribute("data-lanehead"), "notes")
    card(page, "Web page").click()
    page.get_by_role("toolbar", name="With what is chosen").get_by_role("button", name="May be skipped").click()
    expect(card(page, "Web page").get_by_title("may be skipped")).to_be_visible()
    page.get_by_role("toolbar").get_by_text("to come", exact=True).click()
    expect(card(page, "Web page")).to_have_attribute("data-state", "new")
    page.get_by_text("As it is", exact=True).click()
    expect(card(page, "Web page")).to_have_count(0)
    page.get_by_text("Both", exact=True).click()
    expect(card(page, "Web page")).to_have_count(1)


def test_several_are_moved_copied_and_deleted_together(served: Served, walk: Walk, tmp_path: Path) -> None:
    begun(served, tmp_path, "several", drawn())
    page = walk.go("/w/several/studio/chair?zoom=cards")

    def notes() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in sorted(draft(served, "several")["cards"], key=lambda one: one["order"]):
            found.setdefault(one["stage"], []).append(one["words"])
        return found

    card(page, "Note 1").click()
    card(page, "Note 3").click(modifiers=["Shift"])
    expect(page.get_by_role("toolbar", name="With what is chosen")).to_contain_text("3 things")
    carry(page, card(page, "Note 2"), page.locator('[data-cell="notes|get"]'))
    until(notes, {"get": ["Note 1", "Note 2", "Note 3"]})
    page.keyboard.press("Escape")
    card(page, "Note 1").click()
    card(page, "Note 2").click(modifiers=["ControlOrMeta"])
    page.keyboard.press("Control+c")
    page.locator('[data-add="notes|buy"]').focus()
    page.keyboard.press("Control+v")
    until(notes, {"get": ["Note 1", "Note 2", "Note 3"], "buy": ["Note 1", "Note 2"]})
    page.wait_for_timeout(1000)
    page.keyboard.press("Delete")
    until(notes, {"get": ["Note 1", "Note 2", "Note 3"]})
    page.keyboard.press("Control+z")
    until(lambda: len(notes().get("buy", [])), 2)
    page.locator('[data-add="notes|look"]').click()
    page.keyboard.insert_text("A line")
    page.keyboard.press("Enter")
    page.locator(":focus").evaluate(
        "(one, text) => { const data = new DataTransfer(); data.setData('text/plain', text);"
        " one.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }",
        f"First\n{XSS}\n\nThird",
    )
    until(lambda: notes().get("look"), ["A line", "First", XSS, "Third"])
    expect(page.get_by_text(XSS)).to_be_visible()
    page.keyboard.press("Escape")
    box = page.locator('[data-cell="notes|look"]').bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=4)
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] - 2, steps=4)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.mouse.up()
    expect(page.get_by_role("toolbar", name="With what is chosen")).to_contain_text("4 things")


def test_a_stage_opens_into_a_journey_of_its_own(served: Served, walk: Walk, tmp_path: Path) -> None:
    begun(served, tmp_path, "inner", drawn())
    page = walk.go("/w/inner/studio/chair?zoom=cards")
    node(page, "stage:buy").click()
    page.get_by_role("toolbar").get_by_role("button", name="Make this stage a journey of its own").click()
    until(lambda: [one["name"] for one in draft(served, "inner")["journeys"]], ["Buy a chair", "Buy"])
    page.get_by_role("button", name="The journey inside: Buy").click()
    inside = page.get_by_role("region", name="The journey inside Buy: Buy")
    expect(inside).to_contain_text("Shop")
    inside.get_by_role("button", name="Step into it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Buy")
    expect(page.locator("[data-stagehead]")).to_have_count(2)
    page.get_by_role("link", name="Buy a chair", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Buy a chair")


def test_the_board_is_clean_for_axe_and_works_by_touch(world: Served, walk: Walk, browser: Browser) -> None:
    found = []
    for path in ("home", "home?zoom=far", "home?zoom=cards&panel=sheet&selected=stage:receive", "home?inside=wait"):
        page = walk.go(f"/w/world/studio/{path}")
        expect(page.locator("[data-stagehead]").first).to_be_visible()
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", theme)
            found += [f"{theme} {rule}" for rule in broken_rules(page, SEEN if theme == "dark" else ())]
    assert found == []
    touch, context = visit(browser, world.base, viewport={"width": 1024, "height": 768}, has_touch=True)
    page = touch.go("/w/world/studio/home")
    page.locator("[data-item]").first.tap()
    bar = page.get_by_role("toolbar", name="With what is chosen")
    expect(bar).to_be_visible()
    bar.get_by_role("button", name="Open").tap()
    expect(page.get_by_role("complementary", name="What is chosen")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    touch.clean()
    assert wide == 1024
