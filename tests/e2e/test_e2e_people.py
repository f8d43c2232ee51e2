"""A team on one server: an owner invites, roles hold, a guest sees one map; the pages are clean for axe in both themes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from shop import PLAN, empty
from walking import START_SECONDS, STATIC, a_port, visit

from desirelines.server.people import add_account, hash_password

pytestmark = pytest.mark.e2e
PASSWORD = "violet anchors drift home"


@dataclass
class Team:
    browser: Browser
    base: str

    def window(self, scheme: str = "light") -> Page:
        """Somebody's own browser."""
        return visit(self.browser, self.base, color_scheme=scheme)[0].page

    def signed(self, page: Page, name: str, path: str, password: str = PASSWORD) -> Page:
        """Asked for a page, sent to sign in, and brought back."""
        page.goto(self.base + path)
        expect(page).to_have_url(re.compile("/sign-in"))
        page.locator("input[autocomplete=username]").fill(name)
        page.locator("input[type=password]").fill(password)
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(self.base + path)
        return page


@pytest.fixture(scope="module")
def team(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    if not (STATIC / "index.html").is_file():
        pytest.skip("the pages are not built: npm run build in web/")
    folder = tmp_path_factory.mktemp("people")
    home, workspace = empty(folder)
    workspace.import_plan(PLAN, "plan.yaml")
    workspace.publish_draft(0, "first")
    add_account(home.database(), "Anna Berg", hash_password(PASSWORD), owner=True)
    base = f"http://127.0.0.1:{a_port()}"
    server = served(home.folder, base)
    try:
        yield Team(browser, base)
    finally:
        server.terminate()
        server.wait(30)


def served(folder: Path, base: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "desirelines", "--home", str(folder), "serve", "--sign-in", "--port", base.rsplit(":", 1)[1]]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{base}/api/people/me") as answer:
                assert json.loads(answer.read())["sign_in"]
                return server
        except OSError:
            time.sleep(0.2)
    server.kill()
    raise AssertionError("the server did not come up")


def made(page: Page, button: str, mark: str) -> str:
    """The link that was just made, as it is shown once; `mark`: what its address holds."""
    page.get_by_role("button", name=button).click()
    return page.get_by_role("status").locator("code", has_text=mark).inner_text()


def test_a_team_gets_in_and_each_does_what_the_role_allows(team: Team) -> None:
    anna = team.signed(team.window(), "anna berg", "/w/kiosk/people")
    expect(anna.get_by_role("heading", name="1 person may enter Kiosk.")).to_be_visible()
    anna.get_by_role("combobox", name="They become").click()
    anna.get_by_role("option", name="Viewer").click()
    link = made(anna, "Make an invitation", "/join#")

    ben = team.window()
    ben.goto(link)
    expect(ben.get_by_role("heading", name="Anna Berg invites you to Kiosk")).to_be_visible()
    assert "#" not in ben.url
    ben.locator("input[autocomplete=username]").fill("Ben Okafor")
    ben.locator("input[type=password]").fill("seven green lamps wait")
    ben.get_by_role("button", name="Join").click()
    expect(ben).to_have_url(f"{team.base}/w/kiosk/cockpit")
    assert ben.request.delete(f"{team.base}/api/w/kiosk/plan/draft", headers={"origin": team.base}).status == 403

    late = team.window()
    late.goto(link)
    expect(late.get_by_role("heading", name="This invitation does not open")).to_be_visible()

    anna.reload()
    anna.get_by_role("combobox", name="Role of Ben Okafor").click()
    with anna.expect_response(lambda answer: "/people/members/" in answer.url):
        anna.get_by_role("option", name="Editor").click()
    assert ben.request.delete(f"{team.base}/api/w/kiosk/plan/draft", headers={"origin": team.base}).status == 200
    with anna.expect_response(lambda answer: "/people/members/" in answer.url):
        anna.get_by_role("button", name="Take Ben Okafor’s role away").click()
    ben.goto(f"{team.base}/")
    expect(ben.get_by_text("You have no role in a brand yet")).to_be_visible()
    assert ben.request.get(f"{team.base}/api/w/kiosk/summary").status == 404

    ben.get_by_role("button", name="You: Ben Okafor").click()
    ben.get_by_role("menuitem", name="Sign out").click()
    expect(ben).to_have_url(f"{team.base}/sign-in")
    assert ben.request.get(f"{team.base}/api/status").status == 401


def test_a_guest_sees_one_map_and_comments_until_the_link_is_revoked(team: Team) -> None:
    anna = team.signed(team.window(), "Anna Berg", "/w/kiosk/people")
    anna.get_by_label("For whom").fill("Agency North")
    anna.get_by_role("combobox", name="They may").click()
    anna.get_by_role("option", name="Look and comment").click()
    link = made(anna, "Make a link", "/g/kiosk#")

    gil = team.window()
    gil.goto(link)
    gil.get_by_label("Your name").fill("Gil <b>Moreau</b>")
    assert "#" not in gil.url
    gil.get_by_role("button", name="Open the map").click()
    expect(gil.get_by_role("table", name="Buy something")).to_be_visible()
    expect(gil.get_by_text("Gil <b>Moreau</b> (guest), may look and comment")).to_be_visible()
    gil.get_by_role("button", name="Till").click()
    gil.get_by_label("Your comment").fill("Is the queue long?")
    gil.get_by_role("button", name="Comment", exact=True).click()
    expect(gil.get_by_text("Is the queue long?")).to_be_visible()
    gil.reload()
    expect(gil.get_by_role("table", name="Buy something")).to_be_visible()
    for path in ("summary", "plan/draft", "plan/export", "people", "measure/cockpit", "trace/customers"):
        assert gil.request.get(f"{team.base}/api/w/kiosk/{path}").status == 401

    anna.reload()
    with anna.expect_response(lambda answer: "/people/guests/" in answer.url):
        anna.get_by_role("button", name="Revoke").click()
    expect(gil.get_by_role("heading", name="This link does not open any more")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_clean_for_axe(team: Team, scheme: str) -> None:
    page = team.window(scheme)
    page.goto(f"{team.base}/sign-in")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert found(page) == []
    team.signed(page, "Anna Berg", "/w/kiosk/people")
    page.get_by_label("For whom").fill("Agency South")
    invitation, link = made(page, "Make an invitation", "/join#"), made(page, "Make a link", "/g/kiosk#")
    expect(page.get_by_text("Agency South").last).to_be_visible()
    assert found(page) == []
    other = team.window(scheme)
    other.goto(invitation)
    expect(other.get_by_label("Your name")).to_be_visible()
    assert found(other) == []
    other.goto(link)
    other.get_by_label("Your name").fill("Gil")
    assert found(other) == []
    other.get_by_role("button", name="Open the map").click()
    expect(other.get_by_role("table")).to_be_visible()
    assert found(other) == []


def found(page: Page) -> list[tuple[str, str]]:
    """What axe finds, each with the first element."""
    answer = Axe().run(page)
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in answer.response["violations"]]
