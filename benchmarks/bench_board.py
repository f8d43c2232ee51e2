"""How a large board feels: 200 touchpoints in 12 stages and 10 lanes of cards. How soon it stands, and how even a drag runs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from harness import arguments, home, report, run_phase
from playwright.sync_api import Browser, Page, sync_playwright

PORT = 8797
WORKSPACE = "drawn"
STAGES, TOUCHPOINTS = 12, 200
CARD_LANES = ("frontstage", "backstage", "systems", "insights", "pains", "opportunities", "notes")
"""With moments, touchpoints and emotion they are ten lanes; promises, empty, make an eleventh."""
FRAME_MS = 1000 / 60
STANDS = """least => new Promise(done => {
    const look = () => document.querySelectorAll('[data-item]').length >= least
        ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))) : requestAnimationFrame(look)
    look()
})"""
FRAMES = """() => { window.frames_ = []; let last = performance.now()
    const tick = now => { window.frames_.push(now - last); last = now; window.ticking_ = requestAnimationFrame(tick) }
    window.ticking_ = requestAnimationFrame(tick) }"""
DROPPED = """() => new Promise(done => { cancelAnimationFrame(window.ticking_)
    window.addEventListener('pointerup', () => {
        const from = performance.now()
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from)))
    }, {once: true, capture: true}) })"""


def plan() -> dict[str, Any]:
    """A journey as large as the studio promises to carry."""
    media = ("screen", "place", "person", "paper", "parcel", "phone")
    touchpoints = [
        {"id": f"t{n}", "name": f"Touchpoint number {n}", "order": n, "medium": media[n % 6], "owner": f"team{n % 5}"}
        for n in range(TOUCHPOINTS)
    ]
    stages = [
        {
            "id": f"s{k}",
            "name": f"Stage {k}",
            "order": k,
            "side": "buyer" if k < STAGES // 2 else "customer",
            "desired": (k % 5) / 5,
            "steps": [
                {"id": f"p{n}", "order": n, "touchpoint": f"t{n}", "optional": n % 3 == 0} for n in range(k, TOUCHPOINTS, STAGES)
            ],
        }
        for k in range(STAGES)
    ]
    moments = [
        {"id": f"m{n}", "words": f"I want the {n}th thing to go well", "order": n, "stage": f"s{n % STAGES}"} for n in range(24)
    ]
    cards = [
        {"id": f"c{lane}{k}-{n}", "lane": lane, "stage": f"s{k}", "order": n, "words": f"A card of {lane}, number {n}"}
        for lane in CARD_LANES
        for k in range(STAGES)
        for n in range(2)
    ]
    teams = [{"id": f"team{n}", "name": f"Team number {n}", "order": n} for n in range(5)]
    journey = {"id": "large", "name": "A large journey", "stages": stages}
    return {
        "format": 1,
        "brand": {"name": "Drawn"},
        "teams": teams,
        "touchpoints": touchpoints,
        "moments": moments,
        "cards": cards,
        "journeys": [journey],
    }


def things() -> int:
    drawn = plan()
    return TOUCHPOINTS + len(drawn["moments"]) + len(drawn["cards"])


def prepare(folder: Path) -> None:
    """The workspace with that plan as its draft; left as it is when it is there."""
    if (folder / "home" / "workspaces" / WORKSPACE).exists():
        return
    workspace = home(folder).create(WORKSPACE, "Drawn", "UTC")
    workspace.import_plan(json.dumps(plan()).encode(), "plan.json")


def wait_for(client: httpx.Client, seconds: float) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            client.get(f"/api/w/{WORKSPACE}/plan/draft").raise_for_status()
            return
        except httpx.HTTPError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


def opened(browser: Browser, rounds: int) -> dict[str, Any]:
    """Milliseconds from the address to the whole board on the screen; every round in a window without a cache.

    `main_thread_ms` is the processor time of the page itself: it says what is ours where the machine has other work."""
    found, busy = [], []
    for _ in range(rounds):
        page = _window(browser)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        found.append(page.evaluate(STANDS, things()))
        told = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        busy.append(1000 * told["TaskDuration"])
        page.context.close()
    found.sort()
    busy.sort()
    middle = len(found) // 2
    return {"what": "open", "p50_ms": found[middle], "worst_ms": found[-1], "n": len(found), "main_thread_ms": busy[middle]}


def _window(browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"http://127.0.0.1:{PORT}/w/{WORKSPACE}/studio/large?zoom=cards", wait_until="commit")
    return page


def dragged(browser: Browser, rounds: int) -> list[dict[str, Any]]:
    """Intervals between frames while a card is carried over the board, its edges included, and how soon a drop is drawn."""
    frames: list[float] = []
    drops: list[float] = []
    for n in range(rounds):
        page = _window(browser)
        page.evaluate(STANDS, things())
        page.wait_for_timeout(1500)
        card = page.locator('[data-kind="step"]').nth(n)
        card.scroll_into_view_if_needed()
        box = card.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 20, box["y"] + 12)
        page.mouse.down()
        page.mouse.move(box["x"] + 30, box["y"] + 22)
        page.wait_for_timeout(100)
        page.evaluate(FRAMES)
        for k in range(150):
            page.mouse.move(340 + (k * 37) % 900, 260 + (k * 23) % 480)
        frames += page.evaluate("() => window.frames_")[2:]
        ending = page.evaluate_handle(f"() => ({{ ended: ({DROPPED})() }})")
        page.mouse.up()
        drops.append(ending.evaluate("one => one.ended"))
        page.context.close()
    frames.sort()
    drops.sort()
    late = sum(one > FRAME_MS * 1.5 for one in frames)
    return [
        {
            "what": "frames of a drag",
            "p50_ms": frames[len(frames) // 2],
            "p95_ms": frames[int(len(frames) * 0.95)],
            "worst_ms": frames[-1],
            "n": len(frames),
            "late_rate": late / len(frames),
            "frames_a_second": 1000 * len(frames) / sum(frames),
        },
        {"what": "drop to drawn", "p50_ms": drops[len(drops) // 2], "p95_ms": drops[-1], "worst_ms": drops[-1], "n": len(drops)},
    ]


def main() -> None:
    given = arguments(__doc__ or "", 0)
    if run_phase(given, {}):
        return
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        sys.exit("no Chromium on this machine (Debian: apt install chromium)")
    given.folder.mkdir(parents=True, exist_ok=True)
    prepare(given.folder)
    command = [sys.executable, "-m", "desirelines", "--home", str(given.folder / "home"), "serve", "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=600.0) as client:
                wait_for(client, 60.0)
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
                rows = [opened(browser, max(given.rounds, 5)), *dragged(browser, given.rounds)]
                browser.close()
        finally:
            server.terminate()
    report("board", rows)


if __name__ == "__main__":
    main()
