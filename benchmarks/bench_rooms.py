"""Five editors in one room: how long until all others see a change, and until it is stored. Bar: 200 ms at the 95th percentile.

A change of a field that somebody else changes at the same moment loses and is seen by nobody: a few of a thousand.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pycrdt import Doc, Map
from websockets.asyncio.client import ClientConnection, connect

from desirelines.home import Home
from desirelines.plan import read_plan
from desirelines.server.rooms.frames import From, To
from desirelines.settings import Settings

EDITORS, SECONDS, EVERY_SECONDS, BAR_MS = 5, 20.0, 0.2, 200.0
"""Each changes something five times a second: faster than people type and drag together."""
PLAN = Path(__file__).parents[1] / "src" / "desirelines" / "simulate" / "data" / "world" / "plan.yaml"
SERVER = """
import sys, uvicorn
from pathlib import Path
from desirelines.home import Home
from desirelines.server import create_app
from desirelines.settings import Settings
settings = Settings(home=Path(sys.argv[1]))
uvicorn.run(create_app(Home(settings.home, settings), settings), port=int(sys.argv[2]), log_level="error",
            ws="websockets-sansio", ws_per_message_deflate=False)
"""


class Editor:
    """One socket with the plan's document."""

    def __init__(self, name: str, made: dict[str, float]) -> None:
        self.name, self.made = name, made
        self.doc: Doc[Any] = Doc()
        self.touchpoints = self.doc.get("touchpoints", type=Map)
        self.stored_ms: list[float] = []
        self.seen_ms: list[float] = []
        self.sent: dict[int, float] = {}
        self.ready = asyncio.Event()

    async def listen(self, wire: ClientConnection) -> None:
        self.touchpoints.observe_deep(self._saw)
        async for data in wire:
            assert isinstance(data, bytes)
            kind, payload = data[0], data[2 + data[1] :]
            if kind == To.STATE:
                self.doc.apply_update(payload[4 + int.from_bytes(payload[:4], "big") :])
                self.ready.set()
            elif kind == To.UPDATE:
                self.doc.apply_update(payload)
            elif kind == To.STORED:
                self.stored_ms.append((time.perf_counter() - self.sent.pop(int.from_bytes(payload[:4], "big"))) * 1000)

    def _saw(self, events: list[Any]) -> None:
        now = time.perf_counter()
        for event in events:
            for change in getattr(event, "keys", {}).values():
                mark = change.get("newValue")
                if isinstance(mark, str) and mark in self.made and not mark.startswith(self.name):
                    self.seen_ms.append((now - self.made[mark]) * 1000)

    async def edit(self, wire: ClientConnection, chance: random.Random) -> None:
        keys = sorted(self.touchpoints.keys())
        end = time.perf_counter() + SECONDS
        number = 0
        while time.perf_counter() < end:
            await asyncio.sleep(EVERY_SECONDS * (0.5 + chance.random()))
            number += 1
            before = self.doc.get_state()
            mark = f"{self.name}-{number}"
            self.touchpoints[chance.choice(keys)]["name"] = mark
            update = self.doc.get_update(before)
            self.made[mark] = self.sent[number] = time.perf_counter()
            await wire.send(bytes((From.UPDATE, 4)) + b"plan" + number.to_bytes(4, "big") + update)


async def story(port: int) -> tuple[list[float], list[float]]:
    made: dict[str, float] = {}
    editors = [Editor(f"editor{number}", made) for number in range(EDITORS)]
    address = f"ws://127.0.0.1:{port}/api/w/board/studio/socket"
    wires = [await connect(address, compression=None, max_size=None) for _ in editors]
    listening = [asyncio.create_task(one.listen(wire)) for one, wire in zip(editors, wires, strict=True)]
    for one, wire in zip(editors, wires, strict=True):
        await wire.send(bytes((From.OPEN, 4)) + b"plan" + one.doc.get_state())
        await one.ready.wait()
    await asyncio.gather(*(one.edit(wire, random.Random(one.name)) for one, wire in zip(editors, wires, strict=True)))
    await asyncio.sleep(1.0)
    for wire in wires:
        await wire.close()
    await asyncio.gather(*listening)
    return [ms for one in editors for ms in one.seen_ms], [ms for one in editors for ms in one.stored_ms]


def served(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    child = subprocess.Popen([sys.executable, "-c", SERVER, str(folder), str(port)])
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return child, port
        time.sleep(0.1)


def share(numbers: list[float], percent: int) -> float:
    return round(statistics.quantiles(numbers, n=100)[percent - 1], 1)


def main() -> int:
    folder = Path(tempfile.mkdtemp())
    settings = Settings(home=folder)
    workspace = Home(folder, settings).create("board", "Board")
    workspace.save_draft(read_plan(PLAN.read_bytes()), 0, workspace.draft()["revision"])
    child, port = served(folder)
    try:
        seen, stored = asyncio.run(story(port))
    finally:
        child.kill()
        child.wait()
        shutil.rmtree(folder)
    found = {
        "editors": EDITORS,
        "changes": len(stored),
        "seen": len(seen),
        "seen_ms": {f"p{n}": share(seen, n) for n in (50, 95, 99)},
        "stored_ms": {f"p{n}": share(stored, n) for n in (50, 95, 99)},
        "bar_ms": BAR_MS,
        "held": share(seen, 95) <= BAR_MS and len(seen) > 0.97 * len(stored) * (EDITORS - 1),
    }
    print(json.dumps(found, indent=1))
    return 0 if found["held"] else 1


if __name__ == "__main__":
    sys.exit(main())
