"""What the peers share: a process of its own that answers one JSON line with one JSON line.

`{"do": "load", "folder": F, "loose": bool}` lays the columns of F as this peer likes them best.
`{"do": "try", "job": J}` runs every way this peer knows to do J once and keeps the fastest; answers its name and its rows.
`{"do": "run", "job": J}` runs that way again; answers wall and processor seconds.

Nothing here knows the product, and the product never imports anything from here.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

Rows = Sequence[Sequence[float]]
Way = tuple[Callable[[], Any], Callable[[Any], Rows]]
"""the work that is timed, and how to read its answer"""
Jobs = Mapping[str, Mapping[str, Way]]

GAP_US = 1_800_000_000
STEPS = 4
"""of the funnel: the events 0, 1, 2, 3, all within a week of the first"""
WEEK_US = 7 * 86_400_000_000
MONDAY_US = 1_735_516_800_000_000
"""2024-12-30, which weeks are counted from"""


def read(folder: Path) -> dict[str, Any]:
    """customer (numbered from 0), event, t of every event, sorted by customer and time."""
    offsets = np.load(folder / "offsets.npy")
    return {
        "customer": np.repeat(np.arange(len(offsets) - 1, dtype=np.uint32), np.diff(offsets)),
        "event": np.load(folder / "event.npy"),
        "t": np.load(folder / "at.npy"),
    }


def read_loose(folder: Path) -> dict[str, Any]:
    """customer (64-bit ids) and t in no order."""
    return {"customer": np.load(folder / "loose_customer.npy"), "t": np.load(folder / "loose_at.npy")}


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - wall, time.process_time() - processor, found


def tried(ways: Mapping[str, Way]) -> dict[str, Any]:
    """The fastest way of those that work; raises the last failure when none does."""
    answer: dict[str, Any] = {"wall": float("inf")}
    failure: Exception | None = None
    for name, (work, rows) in ways.items():
        try:
            wall, processor, found = timed(work)
        except Exception as error:  # noqa: BLE001 - whatever a peer raises is its answer
            failure = error
            continue
        if wall < answer["wall"]:
            answer = {"wall": wall, "processor": processor, "way": name, "rows": [list(row) for row in rows(found)]}
        del found
    if "way" not in answer:
        raise failure or LookupError("no way to do it")
    return answer


def serve(load: Callable[[Path, bool], Jobs]) -> None:
    """Answer lines until there are no more."""
    out = sys.stdout
    sys.stdout = sys.stderr  # a peer that prints must not be taken for an answer
    jobs: Jobs = {}
    chosen: dict[str, Way] = {}
    for line in sys.stdin:
        given = json.loads(line)
        try:
            if given["do"] == "load":
                jobs = load(Path(given["folder"]), given["loose"])
                answer: dict[str, Any] = {"jobs": sorted(jobs)}
            elif given["do"] == "try":
                answer = tried(jobs[given["job"]])
                chosen[given["job"]] = jobs[given["job"]][answer["way"]]
            else:
                wall, processor, _ = timed(chosen[given["job"]][0])
                answer = {"wall": wall, "processor": processor}
        except Exception as error:  # noqa: BLE001
            answer = {"error": f"{type(error).__name__}: {str(error)[:300]}"}
        print(json.dumps(answer), file=out, flush=True)
