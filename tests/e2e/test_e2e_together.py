"""People who draw on one plan at the same time: they collide, go offline, lose their server, and lose no word."""

from __future__ import annotations

import json
import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from walking import STATIC, Served, Walk, a_port, started, visit

pytestmark = pytest.mark.e2e
W = "kiln"


@dataclass
class Team:
    """A server that may be killed, and the windows that look at it."""

    folder: Path
    port: int
    browser: Browser
    server: subprocess.Popen[bytes] | None = None
    contexts: list[BrowserContext] = field(default_factory=list)
    walks: list[Walk] = field(default_factory=list)

    @property
    def served(self) -> Served:
        return Served(self.folder / "home", f"http://127.0.0.1:{self.port}")

    def start(self) -> None:
        self.server = started(self.served, self.port, self.folder / f"server-{time.monotonic_ns()}.log")

    def kill(self) -> None:
        """As a power cut would: nothing is tidied up."""
        assert self.server is not None
        self.server.kill()
        self.server.wait(30)

    def window(self, path: str = "") -> Page:
        """Somebody's own browser, with the draft open."""
        walk, context = visit(self.browser, self.served.base)
        self.contexts.append(context)
        self.walks.append(walk)
        return walk.go(f"/w/{W}/{path}")

    def post(self, path: str, body: dict[str, Any]) -> None:
        request = urllib.request.Request(self.served.base + path, json.dumps(body).encode(), {"content-type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            assert answer.status in (200, 201)

    def exported(self) -> str:
        """The draft as the server's disk has it."""
        with urllib.request.urlopen(f"{self.served.base}/api/w/{W}/plan/export?version=draft") as answer:
            text: str = answer.read().decode()
        return text

    def clean(self) -> None:
        """Nothing was wrong but the network."""
        faults = [fault for walk in self.walks for fault in walk.faults if not re.search(r"WebSocket|net::ERR_|/api/", fault)]
        assert faults == []


@pytest.fixture
def team(browser: Browser, tmp_path: Path) -> Iterator[Team]:
    if not (STATIC / "index.html").is_file():
        pytest.skip("the pages are not built: npm run build in web/")
    one = Team(tmp_path, a_port(), browser)
    one.start()
    try:
        one.post("/api/workspaces", {"name": W, "brand": "Kiln", "zone": "UTC", "currency": "EUR"})
        yield one
    finally:
        for context in one.contexts:
            context.close()
        one.kill()
    one.clean()


def saved(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="saved in the draft")).to_be_visible()


def labelled(page: Page, label: str) -> Locator:
    """The first field of this label; a needed one has a star behind its name."""
    return page.get_by_label(re.compile(rf"^{label}( \*)?$")).and_(page.locator("input, textarea")).first


def at(place: Locator, key: str) -> None:
    """Puts the caret to the beginning or the end of all text."""
    place.focus()
    place.evaluate("(one, end) => one.setSelectionRange(end ? one.value.length : 0, end ? one.value.length : 0)", key == "End")


def test_two_people_draw_a_map_and_collide(team: Team) -> None:
    ann, ben = team.window("plan/journeys"), team.window("plan/journeys")
    ann.get_by_role("button", name="The first journey").click()
    for page in (ann, ben):
        expect(labelled(page, "Name")).to_have_value("New journey")
        expect(page.get_by_role("group", name="Also here")).to_be_visible()

    ann.get_by_role("button", name="A buyer’s stage").click()
    ben.get_by_role("button", name="A customer’s stage").click()
    for page in (ann, ben):
        expect(page.get_by_label("Stage’s name")).to_have_count(2)
        for name in ("New stage", "New stage after the sale"):
            expect(page.get_by_role("region", name=f"Stage {name}", exact=True)).to_be_visible()
        page.get_by_role("button", name="0 steps, 0 moments").first.click()
    _write_in_one_field(ann, ben)
    _change_one_card(ann, ben)
    _take_back_ones_own(ann, ben)
    assert "the kettle whistles, and Ben pours" in team.exported()


def _write_in_one_field(ann: Page, ben: Page) -> None:
    """Both type in the middle of one sentence; each goes on where they are."""
    hers, his = (labelled(page, "What they think") for page in (ann, ben))
    his.fill("the kettle whistles")
    expect(hers).to_have_value("the kettle whistles")
    at(hers, "Home")
    at(his, "End")
    expect(ann.get_by_text("writes here too")).to_have_count(1)
    for mine, yours in zip("Listen: ", ", and Ben pours"[:8], strict=True):
        ann.keyboard.type(mine)
        ben.keyboard.type(yours)
    ben.keyboard.type(", and Ben pours"[8:])
    for place in (hers, his):
        expect(place).to_have_value("Listen: the kettle whistles, and Ben pours")
    assert hers.evaluate("one => one.selectionStart") == len("Listen: ")


def _change_one_card(ann: Page, ben: Page) -> None:
    """One renames the stage while the other moves it to the other side: both stay."""
    ann.get_by_label("Stage’s name").first.fill("Choose")
    ben.get_by_role("radiogroup", name=re.compile("^Side of ")).first.get_by_text("customer").click()
    for page in (ann, ben):
        stage = page.get_by_role("region", name="Stage Choose")
        expect(stage.get_by_role("radio", name="customer")).to_be_checked()


def _take_back_ones_own(ann: Page, ben: Page) -> None:
    """Undo takes back what one wrote oneself, however much the others did since."""
    saved(ann)
    ann.get_by_role("button", name="Undo").click()  # the name
    for page in (ann, ben):
        expect(
            page.get_by_role("region", name="Stage New stage", exact=True).get_by_role("radio", name="customer")
        ).to_be_checked()
    _step(ann, "Undo", "the kettle whistles, and Ben pours")  # what she typed before the sentence
    _step(ann, "Redo", "Listen: the kettle whistles, and Ben pours")
    for page in (ann, ben):
        expect(labelled(page, "What they think")).to_have_value("Listen: the kettle whistles, and Ben pours")
    saved(ann)


def _step(page: Page, way: str, text: str) -> None:
    """Back or forth until the sentence reads so: who types slowly makes several steps. The other's words stay all the while."""
    for _ in range(9):
        said = labelled(page, "What they think").input_value()
        assert said.endswith("the kettle whistles, and Ben pours")
        if said == text:
            return
        page.get_by_role("button", name=way).click()
    raise AssertionError(f"{way} never led to {text!r}, but to {said!r}")


def test_what_one_wrote_offline_merges_when_one_is_back(team: Team) -> None:
    ann, ben = team.window("plan/strategy"), team.window("plan/strategy")
    labelled(ann, "Position").fill("in the middle")
    saved(ann)
    expect(labelled(ben, "Position")).to_have_value("in the middle")
    team.contexts[0].set_offline(True)
    at(labelled(ann, "Position"), "Home")
    ann.keyboard.type("Ann was here, ")
    labelled(ann, "Offering").fill("Cups")
    expect(ann.get_by_role("status").filter(has_text=re.compile(r"offline, \d+ changes? waits? here"))).to_be_visible()
    at(labelled(ben, "Position"), "End")
    ben.keyboard.type(", and so was Ben")
    labelled(ben, "How").fill("by hand")
    saved(ben)
    team.contexts[0].set_offline(False)
    for page in (ann, ben):
        for label, text in {
            "Position": "Ann was here, in the middle, and so was Ben",
            "Offering": "Cups",
            "How": "by hand",
        }.items():
            expect(labelled(page, label)).to_have_value(text)
    saved(ann)
    assert "Ann was here, in the middle, and so was Ben" in team.exported()


def test_what_waits_outlives_a_reload(team: Team) -> None:
    page = team.window("plan/strategy")
    labelled(page, "Offering").fill("Bowls")
    saved(page)
    team.kill()
    at(labelled(page, "Offering"), "End")
    page.keyboard.type(" and cups")
    expect(page.get_by_role("status").filter(has_text="offline")).to_be_visible()
    page.on("dialog", lambda asked: asked.accept())
    team.start()
    page.reload()
    expect(labelled(page, "Offering")).to_have_value("Bowls and cups")
    saved(page)
    assert "Bowls and cups" in team.exported()


def test_a_server_killed_in_the_middle_loses_nothing_it_acknowledged(team: Team) -> None:
    ann, ben = team.window("plan/strategy"), team.window("plan/strategy")
    field, acknowledged = labelled(ann, "Message"), ""
    at(field, "End")
    for n in range(6):
        ann.keyboard.type(f"word{n} ", delay=15)
        saved(ann)
        acknowledged = field.input_value()
    ann.keyboard.type("and on it goes")
    team.kill()
    assert acknowledged.split() == [f"word{n}" for n in range(6)]
    labelled(ben, "Channels").fill("By pigeon")
    expect(ben.get_by_role("status").filter(has_text=re.compile("offline, 1 change waits here"))).to_be_visible()
    team.start()
    stored = team.exported()
    assert acknowledged.strip() in stored
    for page in (ann, ben):
        saved(page)
        expect(labelled(page, "Message")).to_have_value(f"{acknowledged}and on it goes")
        expect(labelled(page, "Channels")).to_have_value("By pigeon")
    stored = team.exported()
    assert f"{acknowledged}and on it goes" in stored
    assert "By pigeon" in stored


def test_publishing_and_a_plan_from_a_file_show_in_every_window(team: Team) -> None:
    ann, ben = team.window("plan/strategy"), team.window("plan/versions")
    labelled(ann, "Offering").fill("Plates")
    saved(ann)
    expect(ben.get_by_role("button", name="Publish")).to_be_enabled()
    ben.get_by_role("button", name="Publish").click()
    expect(ben.get_by_role("status").filter(has_text="Version 1 is published.")).to_be_visible()
    expect(ann.get_by_role("banner")).to_contain_text("plan version 1")
    yaml = team.exported().replace("Plates", "Saucers")
    team.post(f"/api/w/{W}/plan/import", {"yaml": yaml})
    expect(labelled(ann, "Offering")).to_have_value("Saucers")
