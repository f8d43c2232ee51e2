"""What the benchmarks share: a machine's size, a phase run in a process of its own, a table and a line of JSON at the end."""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from desirelines.home import Home
from desirelines.settings import Settings
from desirelines.simulate import world_files
from desirelines.workspace import Workspace

Phase = Callable[[argparse.Namespace], Mapping[str, Any]]
WORKSPACE = "world"


def arguments(about: str, events: int) -> argparse.Namespace:
    """The options every benchmark has."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--events", type=int, default=events, help="how many events or rows, about")
    parser.add_argument(
        "--folder", type=Path, default=Path(".make/bench"), help="a folder to work in; it is kept, so a second run starts faster"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each side is run")
    parser.add_argument("--phase", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(memory, 1),
        "python": platform.python_version(),
        "system": platform.system(),
    }


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and what came of it."""
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, found


def run_phase(given: argparse.Namespace, phases: Mapping[str, Phase]) -> bool:
    """In a child: run the one phase asked for and print its figures. Answers whether this was a child."""
    if not given.phase:
        return False
    found = dict(phases[given.phase](given))
    found["peak_mib"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(found))
    return True


def child(given: argparse.Namespace, phase: str) -> dict[str, Any]:
    """Run a phase in a process of its own, so that its peak memory is its own; answers its figures."""
    command = [sys.executable, sys.argv[0], "--folder", str(given.folder), "--events", str(given.events), "--phase", phase]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def report(name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Print a table for people and one line of JSON for machines."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    cells = [columns, *([_text(row.get(key)) for key in columns] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    for line in cells:
        padded = [cell.rjust(width) for cell, width in zip(line, widths, strict=True)]
        print("  ".join([line[0].ljust(widths[0]), *padded[1:]]))
    print(json.dumps({"benchmark": name, "machine": machine(), "rows": list(rows)}))


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.3f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return "" if value is None else str(value)


def home(folder: Path) -> Home:
    return Home(folder / "home", Settings())


def simulated(given: argparse.Namespace) -> Workspace:
    """The workspace of the simulated brand at the size asked for; raises if the phase `import` has not been run."""
    return home(given.folder).open(WORKSPACE)


def write_world(given: argparse.Namespace) -> dict[str, Any]:
    """Phase `write`: the files of the simulated brand."""
    seconds, _ = timed(lambda: world_files(given.folder / "files", events=given.events, seed=1))
    truth = json.loads((given.folder / "files" / "data" / "truth.json").read_text(encoding="utf-8"))
    return {"seconds": seconds, "events": truth["events_total"]}


def import_world(given: argparse.Namespace) -> dict[str, Any]:
    """Phase `import`: the files into a new workspace's lake, and the plan published."""
    files = given.folder / "files"
    truth = json.loads((files / "data" / "truth.json").read_text(encoding="utf-8"))
    workspace = home(given.folder).create(WORKSPACE, truth["brand"], truth["zone"])
    accepted, started = 0, time.perf_counter()
    for source, data in _pairs(files):
        accepted += workspace.import_file(workspace.adopt_source(source), data).accepted
    seconds = time.perf_counter() - started
    workspace.import_plan((files / "plan.yaml").read_bytes(), "plan.yaml")
    workspace.publish_draft(workspace.draft()["base"], "benchmark")
    return {"seconds": seconds, "events": accepted, "as_planted": accepted == truth["events_total"]}


def _pairs(files: Path) -> list[tuple[Path, Path]]:
    """Source files with their data files, by the names `simulate` gives them."""
    workbooks = {"footfall": "figures", "calls_a_day": "figures", "ad_spend": "figures", "brochures": "figures"}
    data = {path.stem: path for path in (files / "data").iterdir() if not path.stem.startswith("truth")}
    return [(source, data[workbooks.get(source.stem, source.stem)]) for source in sorted((files / "sources").glob("*.yaml"))]
