"""Incremental lift: what credit is held against where chance decided who met a channel or campaign."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desirelines.explain.experiments.nouns import Experiment
from desirelines.explain.rungs import EXPERIMENT
from desirelines.model.result import Result


@dataclass(frozen=True)
class Lift:
    """What an arm brought beyond the control."""

    arm: str
    control: str
    each: Result[float]
    """Per customer exposed."""
    total: Result[float]
    """Over all whose time after exposure has passed: orders of a share, amounts of a value."""
    shown: bool
    """More than chance, by the interval that counts."""


def lift(found: Experiment, goal: int = 0) -> tuple[Lift, ...]:
    """One an arm, of the goal's number; none where chance did not deal the arms. The interval is the one that counts."""
    if found.rung != EXPERIMENT.name or not found.gate.holds:
        return ()
    control = next(arm.name for arm in found.arms if arm.control)
    lifts = []
    for one in found.goals[goal].arms:
        each = one.fixed if found.counts == "fixed" else one.always
        if each is None or each.value is None:
            continue
        n = one.value.n
        low, high = (None if end is None else end * n for end in (each.low, each.high))
        unit = "customers" if each.unit == "share" else each.unit
        total = replace(each, value=each.value * n, low=low, high=high, unit=unit, n=n)
        lifts.append(Lift(one.arm, control, each, total, one.verdict in ("more", "less")))
    return tuple(lifts)
