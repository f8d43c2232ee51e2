"""The mental model: what people do and hold true, over what the brand offers to support it (Young's towers)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desirelines.measure import Sheet
from desirelines.plan import Insight, Plan, Tower, in_order
from desirelines.studio.beginning import known_of


@dataclass(frozen=True)
class Support:
    """One thing under a tower: a touchpoint with what is known of it, or an experience with its state."""

    kind: Literal["touchpoint", "experience"]
    id: str
    name: str
    state: str
    """Of a touchpoint: measured, silent, bound, unmeasured. Of an experience: idea, pilot, live, retired."""
    holds: bool
    """Whether it supports anybody today: a live experience, a touchpoint that is not silent."""


@dataclass(frozen=True)
class TowerRow:
    """`grounded`: boxes that rest on an insight, of `boxes`; `n`: cases those insights say they rest on."""

    id: str
    name: str
    space: str
    persona: str | None
    boxes: int
    tasks: int
    beliefs: int
    grounded: int
    n: int
    supports: tuple[Support, ...]
    standing: Literal["empty", "planned", "supported"]
    """empty: nothing under it; planned: only what is not live yet."""


@dataclass(frozen=True)
class MentalModel:
    """Mental spaces in order, their towers in order; `empty`: towers with nothing under them, the tallest first."""

    spaces: tuple[str, ...]
    towers: tuple[TowerRow, ...]
    empty: tuple[str, ...]
    boxes: int
    grounded: int
    unaligned: tuple[str, ...]
    """Live experiences that no tower rests on: what the brand offers and nobody's mind asks for, as far as is known."""


def mental_model(plan: Plan, measured: Sheet | None = None) -> MentalModel:
    """From the plan's towers. `measured`: where the evidence of touchpoints stands."""
    insights = {one.id: one for one in plan.insights}
    rows = tuple(_tower(one, plan, insights, measured) for one in in_order(plan.towers))
    spaces = tuple(dict.fromkeys(row.space for row in rows))
    empty = sorted((row for row in rows if row.standing == "empty"), key=lambda row: (-row.boxes, row.id))
    aligned = {one for tower in plan.towers for one in tower.experiences}
    return MentalModel(
        spaces, rows, tuple(row.id for row in empty), sum(row.boxes for row in rows), sum(row.grounded for row in rows),
        tuple(one.id for one in in_order(plan.experiences) if one.state == "live" and one.id not in aligned) if rows else (),
    )  # fmt: skip


def _tower(tower: Tower, plan: Plan, insights: Mapping[str, Insight], measured: Sheet | None) -> TowerRow:
    evidence = {one.id: one for one in measured.touchpoints} if measured else {}
    touchpoints = {one.id: one for one in plan.touchpoints}
    experiences = {one.id: one for one in plan.experiences}
    supports = []
    for name in tower.touchpoints:
        if name in touchpoints:
            state = known_of(touchpoints[name], evidence.get(name))
            supports.append(Support("touchpoint", name, touchpoints[name].name, state, state != "silent"))
    for name in tower.experiences:
        if name in experiences:
            one = experiences[name]
            supports.append(Support("experience", name, one.name, one.state, one.state == "live"))
    kept = [one for one in supports if one.state != "retired"]
    resting = [insights[box.insight] for box in tower.boxes if box.insight is not None and box.insight in insights]
    return TowerRow(
        tower.id, tower.name, tower.space, tower.persona, len(tower.boxes), sum(box.kind == "task" for box in tower.boxes),
        sum(box.kind == "belief" for box in tower.boxes), len(resting), sum(one.n or 0 for one in resting), tuple(supports),
        "empty" if not kept else "supported" if any(one.holds for one in kept) else "planned",
    )  # fmt: skip
