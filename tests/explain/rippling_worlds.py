"""Take made-up worlds through the estimators of the product and count how often they are right (`make worlds`)."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import sqrt
from typing import get_args

import numpy as np

from desirelines.explain.ripples.edges import Outcome, edges_of, prepare
from desirelines.explain.ripples.passing import DAY_US, Happenings, Passages
from desirelines.simulate.rippling import CONTACT, FAULTY, ORDER, TOUCHPOINTS, Kind, RippleWorld, ripple_world

DAYS = 300
LINKED = (ORDER, 2, FAULTY, 4, CONTACT)
"""What orders or the fault move by the world's own law; every other touchpoint's true effect is 0"""


@dataclass(frozen=True)
class Judged:
    """One world: edges shown at all, and with a sound placebo; of intervals with a known truth how many hold it."""

    kind: Kind
    reach: int
    shown: int
    kept: int
    to_contact: bool
    """An edge to contacts is shown"""
    caught: bool
    """The placebo (or the trend before) speaks against each edge to contacts that is shown; or, without one, the clearest"""
    right_lag: bool
    held: int
    told: int
    p: tuple[float, ...]
    """Of edges whose true effect is 0"""


def judge(world: RippleWorld) -> Judged:
    """By the same functions as the question over a workspace."""
    happened = [Happenings(*events) for events in world.events]
    passages = Passages(*world.events[FAULTY], world.exposed, world.member[world.events[FAULTY][0]][:, None].astype(float))
    people = len(world.contact_rate)
    found = prepare(passages, happened, np.zeros(people, np.int64), 0, DAYS * DAY_US)
    assert found is not None
    outcomes = [Outcome(name, "any", one) for name, one in zip(TOUCHPOINTS, happened, strict=True) if name != TOUCHPOINTS[FAULTY]]
    edges = edges_of(found, [*outcomes, Outcome("again", "again", happened[ORDER])])
    held, told, p = 0, 0, []
    own, tilt = found.fair.passages, found.alike.share * (1 - found.alike.share)
    for edge in edges:
        keep = found.whole_days(edge.high)
        if edge.outcome == TOUCHPOINTS[CONTACT]:
            gain = world.gain(own.customer[keep], own.at[keep], edge.low, edge.high)
            truth = float(gain @ tilt[keep] / tilt[keep].sum())
        elif edge.outcome == "again":
            truth = -0.04 if world.kind == "real" else 0.0
        elif TOUCHPOINTS.index(edge.outcome) not in LINKED:
            truth = 0.0
        else:
            continue
        low, high = edge.effect.interval() or (0.0, 0.0)
        told, held = told + 1, held + (low <= truth <= high)
        if truth == 0 and edge.effect.p is not None and world.kind == "none":
            p.append(edge.effect.p)
    shown = [edge for edge in edges if edge.shows]
    contacts = [edge for edge in edges if edge.outcome == TOUCHPOINTS[CONTACT]]
    clearest = max(contacts, key=lambda edge: edge.effect.value / (edge.effect.error or 1.0))
    suspects = [edge for edge in contacts if edge.shows] or [clearest]
    return Judged(
        world.kind, found.reach, len(shown), sum(edge.sound for edge in shown), any(edge.shows for edge in contacts),
        not any(edge.sound for edge in suspects), (clearest.low, clearest.high) == world.lag, held, told, tuple(p),
    )  # fmt: skip


def run(seeds: Iterable[tuple[Kind, int]], workers: int = 2) -> list[Judged]:
    """Worlds side by side, in order."""
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(_one, seeds, chunksize=2))


def _one(asked: tuple[Kind, int]) -> Judged:
    return judge(ripple_world(*asked))


def uniform(p: list[float]) -> float:
    """Kolmogorov's distance of p-values from the uniform, times √n: above 1.63 once in a hundred."""
    ranked = np.sort(p)
    n = len(ranked)
    return float(max((np.arange(1, n + 1) / n - ranked).max(), (ranked - np.arange(n) / n).max())) * sqrt(n)


def table(judged: list[Judged]) -> list[str]:
    """What `make worlds` prints."""
    lines = [f"{'truth':8} {'worlds':>6} {'reach':>6} {'edges':>6} {'any':>5} {'kept':>5} {'caught':>6} {'lag':>5} {'cover':>6}"]
    for kind in get_args(Kind):
        mine = [one for one in judged if one.kind == kind]
        if not mine:
            continue
        seen = [one for one in mine if one.to_contact]
        lag = sum(one.right_lag for one in seen) / len(seen) if seen and kind == "real" else float("nan")
        lines.append(
            f"{kind:8} {len(mine):6} {np.mean([one.reach for one in mine]):6.0f} {np.mean([one.shown for one in mine]):6.2f} "
            f"{np.mean([one.shown > 0 for one in mine]):5.2f} {np.mean([one.kept > 0 for one in mine]):5.2f} "
            f"{np.mean([one.caught for one in mine]):6.2f} {lag:5.2f} "
            f"{sum(one.held for one in mine) / sum(one.told for one in mine):6.3f}"
        )
    real = [one for one in judged if one.kind == "real"]
    if real:
        lines.append(f"real ripples to contacts found in {np.mean([one.to_contact for one in real]):.2f} of worlds")
    p = [value for one in judged for value in one.p]
    if p:
        lines.append(f"nothing there: {len(p)} p-values, distance from uniform {uniform(p):.2f} (1.36: once in twenty)")
    return lines


def seeds(each: int, first: int = 0) -> list[tuple[Kind, int]]:
    return [(kind, seed) for seed in range(first, first + each) for kind in get_args(Kind)]


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    sys.stdout.write("\n".join(table(run(seeds(count // 4)))) + "\n")
