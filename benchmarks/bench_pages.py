"""How long pages wait: p50 and p95 of every page's answer, over periods and segments that were never asked before."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl

import httpx
from harness import WORKSPACE, arguments, child, import_world, report, run_phase, write_world

PORT = 8799
FEWEST = 3
"""The rounds that other benchmarks take by default are no p95."""
FIRST_ON, DAYS = date(2025, 10, 1), 365
REGIONS = ("north", "east", "south", "west")
AGES = ("18-29", "30-44", "45-59", "60+")
EVENTS = ("Order Placed", "Service Called", "Product Viewed", "Delivered", "Review Written", "Shop Visited", "Return Requested")
PAGES = {
    "cockpit": "measure/cockpit",
    "map": "map/sheet",
    "variants": "trace/variants?level=touchpoint",
    "variants of events": "trace/variants?level=event",
    "transitions": "trace/transitions?level=touchpoint",
    "ways": "trace/flow?level=touchpoint&focus=basket&depth=2",
    "what comes later": "trace/follows?level=touchpoint",
    "funnel": "trace/funnel?level=touchpoint&steps=product-page > basket > checkout > order&within=7d",
    "pattern": "trace/pattern?level=touchpoint&pattern=basket ~> order",
    "retention": "trace/retention?level=touchpoint&unit=week",
    "growth": "trace/growth?level=touchpoint&unit=month",
    "stuck": "trace/stuck?level=touchpoint",
    "times": "trace/time?level=touchpoint",
    "groups": "trace/groups?level=touchpoint",
    "discovery": "trace/discover?level=touchpoint",
    "customers": "trace/customers",
    "figures": "measure/metrics",
    "care": "measure/care",
}


def questions(seed: int) -> Iterator[dict[str, str]]:
    """Periods and segments without end, no two alike in practice."""
    rng = random.Random(seed)
    while True:
        first = rng.randrange(DAYS - 30)
        last = rng.randrange(first + 14, DAYS)
        parts = [f"trait:region={rng.choice(REGIONS)}|{rng.choice(REGIONS)}", f"trait:age={rng.choice(AGES)}"]
        parts += [f"{rng.choice(('did', 'not did'))}:{event}" for event in rng.sample(EVENTS, 2)]
        chosen = "; ".join(rng.sample(parts, rng.randrange(0, 4)))
        days = (FIRST_ON + timedelta(days=first), FIRST_ON + timedelta(days=last))
        yield {"first_on": days[0].isoformat(), "last_on": days[1].isoformat(), "segment": chosen}


def ask(client: httpx.Client, page: str, address: str, rounds: int) -> dict[str, Any]:
    """p50 and p95 of so many answers, milliseconds."""
    path, _, fixed = address.partition("?")
    found = questions(len(page))
    waits: list[float] = []
    while len(waits) < rounds:
        asked = next(found) | dict(parse_qsl(fixed))
        started = time.perf_counter()
        answer = client.get(f"/api/w/{WORKSPACE}/{path}", params=asked)
        if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:  # too few journeys to group: no answer to time
            continue
        answer.raise_for_status()
        waits.append((time.perf_counter() - started) * 1000)
    waits.sort()
    return {
        "page": page,
        "answers": rounds,
        "p50_ms": waits[len(waits) // 2],
        "p95_ms": waits[int(len(waits) * 0.95)],
        "max_ms": waits[-1],
    }


def wait_for(client: httpx.Client, seconds: float) -> None:
    """Until the server answers about the workspace."""
    until = time.monotonic() + seconds
    while True:
        try:
            client.get(f"/api/w/{WORKSPACE}/map/sheet").raise_for_status()
            return
        except httpx.HTTPError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def main() -> None:
    given = arguments(__doc__ or "", 10_000_000)
    if run_phase(given, {"write": write_world, "import": import_world}):
        return
    given.folder.mkdir(parents=True, exist_ok=True)
    if not (given.folder / "home").exists():
        for phase in ("write", "import"):
            print(child(given, phase), flush=True)
    command = [sys.executable, "-m", "desirelines", "--home", str(given.folder / "home"), "serve", "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=600.0) as client:
                wait_for(client, 900.0)
                rows = []
                for page, address in PAGES.items():
                    rows.append(ask(client, page, address, given.rounds if given.rounds > FEWEST else 40))
                    print(rows[-1], flush=True)
        finally:
            server.terminate()
    report("pages", rows)


if __name__ == "__main__":
    main()
