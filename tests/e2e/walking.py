"""One served home and one browser for the stories; every page is watched while it is walked."""

from __future__ import annotations

import io
import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from desirelines.cli import main

STATIC = Path(__file__).resolve().parents[2] / "src" / "desirelines" / "server" / "static"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
START_SECONDS = 120
PLACES = [
    "cockpit",
    "care",
    "figures",
    "map",
    "journeys",
    "journeys/transitions",
    "why",
    "customers",
    "data",
    "data/bring",
    "data/refused",
]
ASKED = [
    "journeys?laid=plan",
    "journeys/ways?focus=basket",
    "journeys?laid=groups",
    "journeys/funnel?steps=basket+>+checkout+>+order",
    "journeys/patterns?pattern=basket+~>+checkout",
    "journeys/stuck",
    "journeys/retention?unit=month",
    "journeys/growth",
    "journeys/discover",
    "figures/promise-kept?by=part&unit=week",
    "figures/failure-rate",
    "figures/growth",
    "figures/value",
    "figures/credit?of=touchpoint",
]
"""Questions about journeys, as an address asks them."""
PLAN = ["strategy", "story", "personas", "touchpoints", "journeys", "promises", "figures", "ownership", "versions"]
WAIT_MS = 30_000

# Whatever sets the canary was markup where there should be text: it is said on the console, which must stay silent.
CANARY = "Object.defineProperty(window, '__xss', {set() { console.error('the canary died') }, get() { return undefined }})"

# Two frames and whatever was waiting for them: by then a page that has something to ask for has asked.
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20))))"


@dataclass
class Served:
    """A home folder, the server over it, and what a newcomer saw while the demo was set up."""

    home: Path
    base: str
    seen: dict[str, list[str]] = field(default_factory=dict)

    def cli(self, *words: str) -> Any:
        """What the terminal answers in JSON: in this process, which is another than the server's."""
        out, err, usual = io.StringIO(), io.StringIO(), sys.argv
        sys.argv = ["desirelines", "--home", str(self.home), *words, "--json"]
        try:
            with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
                main()
        finally:
            sys.argv = usual
        assert ended.value.code == 0, err.getvalue()
        return json.loads(out.getvalue())

    def api(self, path: str) -> Any:
        with urllib.request.urlopen(self.base + path) as answer:
            return json.loads(answer.read())


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A real server in a process of its own over an empty home."""
    if not (STATIC / "index.html").is_file():
        pytest.skip("the pages are not built: npm run build in web/")
    folder = tmp_path_factory.mktemp("e2e")
    port = a_port()
    one = Served(folder / "home", f"http://127.0.0.1:{port}")
    server = started(one, port, folder / "server.log")
    try:
        yield one
    finally:
        server.terminate()
        server.wait(30)


def a_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def started(one: Served, port: int, log: Path) -> subprocess.Popen[bytes]:
    """The server of a home in a process of its own, once it answers."""
    command = [sys.executable, "-m", "desirelines", "--home", str(one.home), "serve", "--port", str(port)]
    with log.open("w") as kept:
        server = subprocess.Popen(command, stdout=kept, stderr=kept)
    try:
        _until_up(one, server, log)
    except BaseException:
        server.kill()
        raise
    return server


def _until_up(one: Served, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            one.api("/api/status")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the server did not come up: {log.read_text()}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Per module, not per session: Playwright's loop must be gone before other rooms' tests start one."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as play:
        yield from _launched(play, CHROMIUM)


def _launched(play: Playwright, executable: str) -> Iterator[Browser]:
    browser = play.chromium.launch(executable_path=executable, args=SWITCHES)
    expect.set_options(timeout=WAIT_MS)
    yield browser
    browser.close()


def addresses(served: Served, workspace: str, sights: list[str]) -> list[str]:
    """Every page of a workspace, its first customer's story among them."""
    found = served.api(f"/api/w/{workspace}/trace/customers")
    story = f"customers/{found['customers'][0]['customer']}"
    return [f"/w/{workspace}/{path}" for path in [*PLACES, *(f"plan/{part}" for part in PLAN), *sights, story]]


@dataclass
class Walk:
    """One visitor's window, and all that was wrong on the way."""

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    under_way: set[Request] = field(default_factory=set)

    def go(self, path: str) -> Page:
        """Opens an address of ours and waits until nothing more is asked for and no skeleton is left."""
        self.under_way.clear()
        self.page.goto(self.base + path)
        return self.settled()

    def settled(self) -> Page:
        end = time.monotonic() + WAIT_MS / 1000
        quiet = 0
        while quiet < 2:
            expect(self.page.locator("main :is(h1, h2, [role=alert])").first).to_be_visible()
            expect(self.page.locator("[aria-busy=true]")).to_have_count(0)
            self.page.evaluate(DRAWN)
            quiet = 0 if self.under_way else quiet + 1
            assert time.monotonic() < end, f"{self.page.url} is still asking"
        return self.page

    def begun(self, request: Request) -> None:
        self.asked.append(request.url)
        self.under_way.add(request)

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """The input that bears this label; its list of options bears it too. A needed one has a star behind its name."""
        root = within or self.page.locator("body")
        return root.get_by_label(re.compile(rf"^{re.escape(label)}( \*)?$")).and_(self.page.locator("input, textarea"))

    def pick(self, field: Locator, option: str) -> None:
        field.click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def clean(self) -> None:
        """Nothing on the console, no script that broke, no foreign host."""
        host = urlsplit(self.base).netloc
        schemes = ("data", "blob")
        foreign = [url for url in self.asked if urlsplit(url).netloc != host and urlsplit(url).scheme not in schemes]
        assert foreign == []
        assert self.faults == []


def visit(browser: Browser, base: str, **context: Any) -> tuple[Walk, BrowserContext]:
    """A window of its own, watched from its first request on."""
    opened = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **context})
    opened.set_default_timeout(WAIT_MS)
    opened.add_init_script(CANARY)
    walk = Walk(opened.new_page(), base)

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            walk.faults.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    opened.on("console", said)
    opened.on("weberror", lambda broken: walk.faults.append(f"broke: {broken.error}"))
    opened.on("request", walk.begun)
    for end in ("requestfinished", "requestfailed"):
        opened.on(end, lambda request: walk.under_way.discard(request))
    return walk, opened


@pytest.fixture
def walk(browser: Browser, served: Served) -> Iterator[Walk]:
    """A window at 1280 wide; whatever it met on its way is held against it at the end."""
    walk, context = visit(browser, served.base)
    yield walk
    context.close()
    walk.clean()


@pytest.fixture(scope="module")
def world(browser: Browser, served: Served) -> Served:
    """The simulated brand, set up once as a newcomer does it: through the start page. `seen` is what the page said."""
    if not served.seen:
        walk, context = visit(browser, served.base)
        _try_the_demo(walk, served)
        context.close()
        walk.clean()
    return served


def _try_the_demo(walk: Walk, served: Served) -> None:
    page = walk.go("/")
    card = page.get_by_role("article").filter(has=page.get_by_text("simulated"))
    served.seen["offer"] = card.all_inner_texts()
    card.get_by_role("button", name="Set it up").click()
    line = card.get_by_role("status")
    stages: list[str] = []
    shares: list[str] = []
    end = time.monotonic() + 300
    while "/cockpit" not in page.url and time.monotonic() < end:
        stages += [text for text in line.all_inner_texts() if text not in stages]
        shares += [text for text in card.get_by_text(re.compile(r"^\d+ %$")).all_inner_texts() if text not in shares]
        page.wait_for_timeout(100)
    walk.settled()
    served.seen |= {"stages": stages, "shares": shares, "landed": [page.url], "page": [page.inner_text("body")]}
