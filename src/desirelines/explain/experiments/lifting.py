"""Incremental lift: what credit is held against where chance decided who met a channel or campaign."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from desirelines.explain.experiments.answering import experiment
from desirelines.explain.experiments.nouns import Experiment, ExperimentAsk, Trial
from desirelines.explain.experiments.trials import trials
from desirelines.explain.ground import Ground
from desirelines.explain.rungs import EXPERIMENT
from desirelines.model.result import Result

MOST = 12
"""Experiments that are asked, the latest first, at most."""


class LiftAsk(BaseModel):
    """Its marks are those of each experiment."""

    model_config = ConfigDict(frozen=True)

    goal: Annotated[str, Field(max_length=500, description="as for credit: a role, or events parted by |; empty: order")] = ""
    within: Annotated[
        str, Field(pattern=r"^[0-9]+(\.[0-9]+)?(s|min|h|d|w)$", description="time after exposure that counts, such as 30d")
    ] = "30d"


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


@dataclass(frozen=True)
class TrialLift:
    """What one experiment says of a goal. `lifts` is empty where chance did not deal the arms: `words` say why."""

    trial: Trial
    goal: str
    lifts: tuple[Lift, ...]
    words: str


def lifts(ground: Ground, ask: LiftAsk) -> tuple[TrialLift, ...]:
    """Beside credit: what the experiments that the data show brought towards the same goal, the latest first."""
    goal = goal_of(ground, ask.goal)
    found = []
    for trial in trials(ground)[:MOST]:
        name = trial.name if trial.name_property else ""
        asked = ExperimentAsk(
            event=trial.event, arm=trial.arm, name_property=trial.name_property, name=name, goals=goal, within=ask.within
        )
        told = experiment(ground, asked)
        brought = lift(told)
        why = told.words if brought or told.gate.holds else told.gate.words
        found.append(TrialLift(trial, told.goals[0].name if told.goals else goal, brought, why))
    return tuple(found)


def goal_of(ground: Ground, said: str) -> str:
    """A goal of credit as an experiment asks it."""
    names = [name.strip() for name in (said or "order").split("|") if name.strip()]
    roles = {one.id for one in ground.plan.roles}
    return "|".join(f"role:{name}" if name in roles else f"did:{name}" for name in names)
