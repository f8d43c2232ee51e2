"""All metrics of a journey with twelve stages: roles gathered, every figure for the first time, again, for another period."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness import Phase, arguments, child, import_world, report, run_phase, simulated, timed, write_world

from desirelines.measure import METRICS, MetricAsk, metrics
from desirelines.model.period import Period
from desirelines.plan import Plan, Stage, in_order, write_plan
from desirelines.view import Question

STAGES = 12
QUARTER = Period(date(2025, 12, 1), date(2026, 2, 28))
HALF = Period(date(2026, 1, 1), date(2026, 6, 30))


def twelve(plan: Plan) -> Plan:
    """The simulated plan with the stages of its first journey cut until there are twelve."""
    first = in_order(plan.journeys)[0]
    stages = list(in_order(first.stages))
    while len(stages) < STAGES:
        place = max(range(len(stages)), key=lambda index: len(stages[index].steps))
        stages[place : place + 1] = _halves(stages[place])
    numbered = tuple(stage.model_copy(update={"order": 10 * (index + 1)}) for index, stage in enumerate(stages))
    journeys = tuple(one.model_copy(update={"stages": numbered}) if one.id == first.id else one for one in plan.journeys)
    return plan.model_copy(update={"journeys": journeys})


def _halves(stage: Stage) -> tuple[Stage, Stage]:
    steps, middle = in_order(stage.steps), (len(stage.steps) + 1) // 2
    later = {"id": f"{stage.id}-then", "name": f"{stage.name}, then", "steps": steps[middle:], "opens": None}
    return stage.model_copy(update={"steps": steps[:middle]}), stage.model_copy(update=later)


def _plan(given: argparse.Namespace) -> Mapping[str, Any]:
    workspace = simulated(given)
    workspace.import_plan(write_plan(twelve(workspace.plan())), "twelve.yaml")
    workspace.publish_draft(workspace.plan_number(), "twelve stages")
    view = workspace.view()
    seconds, _ = timed(view.prepare)
    return {"seconds": seconds, "events": view.trace().known_events, "stages": len(view.matched().stages)}


def _roles(given: argparse.Namespace) -> Mapping[str, Any]:
    view = simulated(given).view()
    for shelf in (view.folder / "map").glob("roles-*"):
        shutil.rmtree(shelf)
    seconds, facts = timed(lambda: view.facts)
    return {"seconds": seconds, "occasions": sum(len(one.at) for one in facts.occasions.values())}


def _cold(given: argparse.Namespace) -> Mapping[str, Any]:
    """A new process: journeys and facts are opened from the disk, every figure is made."""
    view = simulated(given).view()
    for shelf in (view.folder / "map").glob("figures-*"):
        shutil.rmtree(shelf)
    opened, _ = timed(lambda: (view.matched(), view.facts))
    seconds, found = timed(lambda: view.metrics(Question()))
    again, _ = timed(lambda: view.metrics(Question()))
    quarter, _ = timed(lambda: view.metrics(Question(period=QUARTER)))
    half, _ = timed(lambda: view.metrics(Question(period=HALF)))
    part, _ = timed(lambda: view.metrics(Question(segment="trait:age=30-44")))
    pages = [timed(lambda name=one.id: view.metric(Question(), MetricAsk(id=name)))[0] for one in METRICS]  # type: ignore[misc]
    return {
        "seconds": opened + seconds, "figures": sum(one.now.value is not None for one in found.rows), "again": again,
        "quarter": quarter, "half year": half, "segment": part, "slowest page": max(pages),
    }  # fmt: skip


def _warm(given: argparse.Namespace) -> Mapping[str, Any]:
    """Another process, asked the same: the answer lies on the disk, named by plan and data."""
    view = simulated(given).view()
    opened, frame = timed(lambda: view.frame(Question(period=HALF)))
    seconds, _ = timed(lambda: metrics(frame))
    return {"opened": opened, "seconds": seconds}


PHASES: Mapping[str, Phase] = {
    "write": write_world,
    "import": import_world,
    "plan": _plan,
    "roles": _roles,
    "cold": _cold,
    "warm": _warm,
}
WORDS = {
    "write": "simulate the files",
    "import": "import them all",
    "plan": "a plan of twelve stages, all prepared",
    "roles": "roles gathered anew, facts opened",
    "cold": "all metrics in a new process",
    "warm": "the same in another process, once opened",
}


def main() -> None:
    given = arguments(__doc__ or "", 10_000_000)
    if run_phase(given, PHASES):
        return
    given.folder.mkdir(parents=True, exist_ok=True)
    made = (given.folder / "home").exists()
    rows = []
    for phase, words in WORDS.items():
        if made and phase in ("write", "import", "plan"):
            continue
        rows.append({"phase": words, **child(given, phase)})
        print(rows[-1], flush=True)
    report("metrics", rows)


if __name__ == "__main__":
    main()
