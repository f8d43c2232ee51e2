"""From what a file holds to a new journey in the plan: what is there already is used by its name, nothing is overwritten."""

from __future__ import annotations

from collections import Counter

from desirelines.plan import Journey, Lane, Plan, Stage, Step
from desirelines.studio.bringing.feelings import desired_of
from desirelines.studio.bringing.ids import Ids
from desirelines.studio.bringing.items import Bringing
from desirelines.studio.bringing.nouns import MOST, Becomes, BringChoices, ItemRead, MapPreview, MapRead, Side, StageRead
from desirelines.studio.bringing.words import side_of

LONGEST = 10_000
TEXTS = ("think", "feel", "do")


def make(plan: Plan, read: MapRead, choices: BringChoices) -> tuple[Plan, MapPreview]:
    """The plan with the new journey in it, and what became of everything."""
    ids = Ids(plan)
    journey = ids.new("journey", read.name)
    sides = _sides(read.stages, choices)
    names = {one.name: ids.new("stage", one.name) for one in read.stages}
    bring = Bringing(plan, ids, names)
    told = [bring.take(one) for one in read.items]
    stages = tuple(
        _stage(bring, one, 10 * (place + 1), sides[place], [item for item in read.items if item.stage == one.name])
        for place, one in enumerate(read.stages)
    )
    lanes = tuple(Lane(id=name, name=label, order=5_000 + 10 * place) for place, (name, label) in enumerate(read.lanes.items()))
    order = max((one.order for one in plan.journeys), default=0) + 10
    drawn = Journey(id=journey, name=read.name[:200], order=order, words=read.words[:LONGEST], lanes=lanes, stages=stages)
    told_stages = [
        Becomes(one.place, one.name, "", one.name, f"a new stage, {_said(sides[place])}", False)
        for place, one in enumerate(read.stages)
    ]
    counts = Counter({"stages": len(stages), "steps": sum(len(stage.steps) for stage in stages)})
    counts.update(bring.counts)
    becomes = (*told_stages, *told)
    notes = (*read.notes, *bring.notes)
    if len(becomes) > MOST:
        notes = (*notes, f"the first {MOST} of {len(becomes):,} things are shown; all are brought")
    shown = MapPreview(read, journey, tuple(zip(read.stages, sides, strict=True)), becomes[:MOST], dict(counts), notes)
    return bring.planned(drawn), shown


def _said(side: Side) -> str:
    return "before the sale" if side == "buyer" else "after the sale"


def _sides(stages: tuple[StageRead, ...], choices: BringChoices) -> list[Side]:
    """As said, else as the names speak; where none does, the first half is before the sale. Nobody goes back over the seam."""
    guesses = [choices.sides.get(one.name) or one.side or side_of(one.name) for one in stages]
    if all(one is None for one in guesses):
        return ["buyer" if place < (len(stages) + 1) // 2 else "customer" for place in range(len(stages))]
    found: list[Side] = []
    for place, guess in enumerate(guesses):
        given = choices.sides.get(stages[place].name) or stages[place].side
        last: Side = found[-1] if found else "buyer"
        nearest: Side = guess or last
        found.append(given or ("customer" if last == "customer" else nearest))
    return found


def _stage(bring: Bringing, one: StageRead, order: int, side: Side, items: list[ItemRead]) -> Stage:
    name = bring.stages[one.name]
    steps = [
        Step(id=bring.ids.new("step", f"{name}-{touchpoint}"), order=10 * (place + 1), touchpoint=touchpoint, state=state)
        for place, (touchpoint, state) in enumerate(bring.steps[name])
    ]
    texts = {field: "\n".join(item.words for item in items if item.lane == field)[:LONGEST] for field in TEXTS}
    feelings = [item for item in items if item.lane == "emotion"]
    desired = next((value for value in (desired_of(item.words) for item in feelings) if value is not None), None)
    said = [item.words for item in feelings if desired_of(item.words) is None and not item.words.startswith(("felt", "wanted"))]
    texts["feel"] = "\n".join(part for part in (texts["feel"], *said) if part)[:LONGEST]
    return Stage(
        id=name, name=one.name[:200], order=order, side=side, words=one.words[:LONGEST], steps=tuple(steps), desired=desired,
        think=texts["think"], feel=texts["feel"], do=texts["do"],
    )  # fmt: skip
