"""How soon something stands on the screen: first paint and largest paint of every page in a cold Chromium, p50 and worst."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import Any

import httpx
from bench_pages import PORT, wait_for
from harness import WORKSPACE, arguments, child, import_world, report, run_phase, write_world
from playwright.sync_api import Browser, sync_playwright

PAGES = ["cockpit", "map", "journeys", "journeys/transitions", "customers", "data", "plan/journeys"]
PAINTS = """() => new Promise(done => new PerformanceObserver(list => done([
    performance.getEntriesByName('first-contentful-paint')[0].startTime, list.getEntries().at(-1).startTime,
])).observe({type: 'largest-contentful-paint', buffered: true}))"""


def paint(browser: Browser, page: str, rounds: int) -> dict[str, Any]:
    """Milliseconds from the click; every round in a window without a cache."""
    found = []
    for _ in range(rounds):
        window = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        window.goto(f"http://127.0.0.1:{PORT}/w/{WORKSPACE}/{page}", wait_until="networkidle")
        found.append(window.evaluate(PAINTS))
        window.context.close()
    first, largest = (sorted(one) for one in zip(*found, strict=True))
    middle = rounds // 2
    return {"page": page, "first_p50_ms": first[middle], "first_max_ms": first[-1], "largest_p50_ms": largest[middle]}


def main() -> None:
    given = arguments(__doc__ or "", 100_000)
    if run_phase(given, {"write": write_world, "import": import_world}):
        return
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        sys.exit("no Chromium on this machine (Debian: apt install chromium)")
    given.folder.mkdir(parents=True, exist_ok=True)
    if not (given.folder / "home").exists():
        for phase in ("write", "import"):
            print(child(given, phase), flush=True)
    command = [sys.executable, "-m", "desirelines", "--home", str(given.folder / "home"), "serve", "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=600.0) as client:
                wait_for(client, 300.0)
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
                rows = [paint(browser, page, max(given.rounds, 5)) for page in PAGES]
                browser.close()
        finally:
            server.terminate()
    report("paint", rows)


if __name__ == "__main__":
    main()
