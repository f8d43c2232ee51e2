"""From a lake of simulated events to a measured map: identities, journeys, every planned journey held against them."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from harness import Phase, arguments, child, import_world, report, run_phase, simulated, timed, write_world

from desirelines.view import Question


def _trace(given: argparse.Namespace) -> Mapping[str, Any]:
    view = simulated(given).view()
    seconds, trace = timed(view.trace)
    return {"seconds": seconds, "events": trace.known_events + trace.unknown_events}


def _map(given: argparse.Namespace) -> Mapping[str, Any]:
    view = simulated(given).view()
    seconds, _ = timed(view.prepare)
    return {"seconds": seconds, "events": sum(int(matched.journeys.events.sum()) for matched in [view.matched()])}


def _again(given: argparse.Namespace) -> Mapping[str, Any]:
    view = simulated(given).view()
    seconds, sheet = timed(lambda: view.sheet(Question()))
    return {"seconds": seconds, "events": sheet.events}


PHASES: Mapping[str, Phase] = {"write": write_world, "import": import_world, "trace": _trace, "map": _map, "sheet": _again}
WORDS = {
    "write": "simulate the files",
    "import": "import them all",
    "trace": "identities and journeys",
    "map": "promises and maps, prepared",
    "sheet": "a first sheet in a new process",
}


def main() -> None:
    given = arguments(__doc__ or "", 10_000_000)
    if run_phase(given, PHASES):
        return
    given.folder.mkdir(parents=True, exist_ok=True)
    made = (given.folder / "home").exists()
    rows = []
    for phase, words in WORDS.items():
        if made and phase in ("write", "import"):
            continue
        rows.append({"phase": words, **child(given, phase)})
        print(rows[-1], flush=True)
    report("map", rows)


if __name__ == "__main__":
    main()
