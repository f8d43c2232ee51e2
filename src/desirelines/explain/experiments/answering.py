"""The question `experiment`: what was tried, on whom, what it caused, and whether that may be said."""

from __future__ import annotations

import numpy as np

from desirelines.errors import BadInput
from desirelines.explain.experiments.bench import Bench
from desirelines.explain.experiments.daily import exposure_by_day, seen_daily
from desirelines.explain.experiments.looks import peeking
from desirelines.explain.experiments.nouns import Arm, Experiment, ExperimentAsk, Gate, Goal
from desirelines.explain.experiments.telling import caveats, gate_words, goal_arm, headline
from desirelines.explain.experiments.windows import sums
from desirelines.explain.ground import Ground, Mask
from desirelines.model.result import Result


def experiment(ground: Ground, ask: ExperimentAsk) -> Experiment:
    """Each customer counts once, in the arm first met; whoever saw two is left out and counted."""
    bench = Bench(ground, ask)
    if len(bench.exposure.arms) < 2:
        raise BadInput(
            f"an experiment needs two arms, and `{ask.arm[:60]}` has {len(bench.exposure.arms)}",
            hint="name the event and the property of its arm",
        )
    goals = tuple(_goal(bench, place) for place in range(len(bench.aims)))
    seen = seen_daily(bench)
    blank = not bench.split.holds
    gate = Gate(not blank, bench.split.chi2, bench.split.p, gate_words(bench))
    return Experiment(
        ask.name or ask.event or ask.arm, headline(bench, goals), bench.rung.name, _arms(bench), gate, _crossed(bench),
        int((~bench.whole).sum()), ask.planned, "fixed" if bench.fixed else "always", peeking(max(1, min(len(seen), 60))), goals,
        exposure_by_day(ground, bench.exposure), () if blank else seen, ground.period, ground.plan_version,
        ground.facts.trace.data_version, caveats(bench),
    )  # fmt: skip


def _arms(bench: Bench) -> tuple[Arm, ...]:
    ended = np.bincount(bench.exposure.arm[bench.whole], minlength=len(bench.exposure.arms)).tolist()
    found = []
    for place, (name, n, whole) in enumerate(zip(bench.exposure.arms, bench.sizes, ended, strict=True)):
        behind = bench.ground.behind("experiment", bench.ask, f"arm:{name}")
        found.append(Arm(name, place == bench.control, bench.ground.result(float(n), "customers", n, "customers", behind), whole))
    return tuple(found)


def _crossed(bench: Bench) -> Result[float]:
    n, every = len(bench.exposure.crossed), len(bench.exposure.crossed) + len(bench.exposure.customer)
    return bench.ground.share(n, every, "customers", bench.ground.behind("experiment", bench.ask, "crossed"))


def _goal(bench: Bench, place: int) -> Goal:
    aim, found = bench.aims[place], bench.weighed[place]
    blank = not bench.split.holds
    arms = tuple(goal_arm(bench, place, arm) for arm in range(len(bench.exposure.arms)))
    return Goal(aim.name, aim.words, aim.unit, arms, None if blank else found.kept, found.before)


def of_experiment(ground: Ground, ask: ExperimentAsk, mark: str) -> Mask:
    """bool[customers]: those whom `mark` stands for. Raises BadInput for another mark."""
    bench, found = Bench(ground, ask), np.zeros(ground.customers, np.bool_)
    kind, _, rest = mark.partition(":")
    if mark == "crossed":
        found[bench.exposure.crossed] = True
        return found
    number, _, name = rest.partition(":") if kind == "reached" else ("1", "", rest)
    arms = bench.exposure.arms
    if kind not in ("arm", "reached") or name not in arms or not (number.isdecimal() and number.isascii() and len(number) < 4):
        raise BadInput(f"`{mark[:80]}` is no figure of this experiment", hint="such as arm:B, reached:1:B or crossed")
    mine = bench.exposure.arm == arms.index(name)
    if kind == "reached":
        if not 1 <= int(number) <= len(bench.aims):
            raise BadInput(f"this experiment has {len(bench.aims)} goals", hint="reached:1:B is the first")
        mine &= reached(bench, int(number) - 1)
    found[bench.exposure.customer[mine]] = True
    return found


def reached(bench: Bench, aim: int) -> Mask:
    """bool[exposed]: whoever did anything that the goal counts, within their whole time."""
    from_, rows = bench.exposure.at, bench.aims[aim].rows
    count: Mask = sums(rows, bench.exposure.customer, from_, from_ + bench.span).count > 0
    return count & bench.whole
