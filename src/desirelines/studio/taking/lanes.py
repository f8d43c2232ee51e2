"""What stands in each of the house's lanes, stage by stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from desirelines.plan import Moment, Promise, Stage, Step, touchpoints_of
from desirelines.studio.taking.ground import Ground
from desirelines.studio.taking.said import figure_said
from desirelines.studio.taking.wall import WallCell, WallFigure

Cells = tuple[WallCell, ...]
FEW = 3


def moments(ground: Ground, stage: Stage) -> Cells:
    """Each need, and under it what meets it."""
    found = []
    for moment in ground.moments(stage):
        found.append(_moment(ground, moment, ground.grade("moment", moment.id)))
        for one in ground.experiences(moment):
            more = tuple(part for part in (one.gives, one.purpose, "merely a message" if one.kind == "message" else "") if part)
            owner = ground.name("team", one.owner)
            grade = ground.grade("experience", one.id)
            found.append(WallCell("experience", one.id, one.name, more, owner, grade=grade, state=one.state, of=moment.id))
    return tuple(found)


def _moment(ground: Ground, moment: Moment, grade: str) -> WallCell:
    parts = (("needs", moment.need), ("when", moment.context), ("wants", moment.wants), ("feels", moment.emotion))
    more = tuple(f"{name}: {text}" for name, text in parts if text)
    return WallCell(
        "moment", moment.id, moment.words, more, persona=ground.name("persona", moment.persona), grade=grade, quoted=True
    )


def touchpoints(ground: Ground, stage: Stage) -> Cells:
    """The stage's steps; several that stand for each other are marked."""
    found = []
    for step in ground.steps(stage):
        for place, name in enumerate(touchpoints_of(step)):
            found.append(_touchpoint(ground, step, name, place))
    return tuple(found)


def _touchpoint(ground: Ground, step: Step, name: str, place: int) -> WallCell:
    one, measured = ground.touchpoints.get(name), ground.measured.get(name)
    flags = ["or" if place else "", "optional" if step.optional else "", "may repeat" if step.repeats else ""]
    flags += [f"within {step.within}" if step.within else "", measured.evidence.state if measured else ""]
    whose = ", ".join(ground.name("persona", persona) for persona in step.personas)
    return WallCell(
        "touchpoint", name, one.name if one else name, tuple(flag for flag in flags if flag),
        ground.name("team", one.owner) if one else "", whose, ground.grade("touchpoint", name), step.state,
        one.medium if one else "", step.id, figures=ground.touchpoint_figures(name),
    )  # fmt: skip


def emotion(ground: Ground, stage: Stage) -> Cells:
    """The three lines as numbers."""
    measured = ground.measured_stages.get(stage.id)
    found = []
    if stage.desired is not None:
        found.append(_feeling("intended", stage, WallFigure("intended", stage.desired, None, None, 0, "score")))
    if stage.wanted is not None:
        wanted = WallFigure("wanted", stage.wanted, None, None, stage.wanted_n or 0, "score")
        found.append(_feeling("wanted", stage, wanted, stage.wanted_source))
    if measured and measured.felt:
        found.append(_feeling("felt", stage, WallFigure.of("felt", measured.felt)))
    return tuple(found)


def _feeling(kind: str, stage: Stage, value: WallFigure, source: str = "") -> WallCell:
    return WallCell("emotion", f"{stage.id}:{kind}", figure_said(value), source=source, of=stage.id, figures=(value,))


def promises(ground: Ground, stage: Stage) -> Cells:
    """Each promise with its keeping."""
    kept = {one.id: one for one in ground.sheet.promises} if ground.sheet else {}
    found = []
    for one in ground.promises.get(stage.id, ()):
        measured = kept.get(one.id)
        figures = (WallFigure.of("kept", measured.kept),) if measured else ()
        grade = ground.grade("promise", one.id)
        state = measured.state if measured else "not judged"
        found.append(WallCell(
            "promise", one.id, one.name, _promised(one, ground), ground.name("team", one.owner), grade=grade, state=state,
            of=one.touchpoint, target=one.target, figures=figures,
        ))  # fmt: skip
    return tuple(found)


def _promised(promise: Promise, ground: Ground) -> tuple[str, ...]:
    return tuple(part for part in (promise.words, f"at {ground.name('touchpoint', promise.touchpoint)}") if part)


def messages(ground: Ground, stage: Stage) -> Cells:
    known = {one.id: one for one in ground.plan.story.messages}
    if stage.message not in known:
        return ()
    message = known[stage.message]
    return (WallCell("message", message.id, message.words, ("retired",) if message.retired else (), quoted=True),)


def frontstage(ground: Ground, stage: Stage) -> Cells:
    return tuple(
        WallCell("frontstage", one.id, one.frontstage, (one.name,), ground.name("team", one.owner), of=one.id)
        for one in ground.planned(stage) if one.frontstage
    )  # fmt: skip


def backstage(ground: Ground, stage: Stage) -> Cells:
    """What customers do not see."""
    return tuple(
        WallCell("backstage", one.id, one.backstage, (one.name,), ground.name("team", one.owner), of=one.id)
        for one in ground.planned(stage) if one.backstage
    )  # fmt: skip


def systems(ground: Ground, stage: Stage) -> Cells:
    """Each system once, with the touchpoints that run on it."""
    found: dict[str, list[str]] = {}
    for one in ground.planned(stage):
        for name in one.systems:
            found.setdefault(name, []).append(one.name)
    return tuple(WallCell("system", f"{stage.id}:{name}", name, (_some(several),)) for name, several in found.items())


def _some(names: list[str]) -> str:
    """The first of them, and how many more."""
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return ", ".join(names[:FEW]) + more


def owners(ground: Ground, stage: Stage) -> Cells:
    """Who answers for how many of the stage's touchpoints; those that nobody answers for come last."""
    count = Counter(one.owner for one in ground.planned(stage))
    found = []
    for team, several in sorted(count.items(), key=lambda pair: (pair[0] is None, -pair[1], pair[0] or "")):
        what = f"{several} touchpoint{'' if several == 1 else 's'}"
        if team is None:
            found.append(WallCell("owner", "", f"{what} without owner", state="nobody"))
        else:
            found.append(WallCell("owner", team, ground.name("team", team), (what,)))
    return tuple(found)


def figures(ground: Ground, stage: Stage) -> Cells:
    measured = ground.measured_stages.get(stage.id)
    if measured is None:
        return ()
    several = (("reach", measured.reach), ("time here", measured.time), ("left here", measured.left))
    told = [WallFigure.of(name, result) for name, result in several]
    return tuple(WallCell("figure", f"{stage.id}:{one.name}", figure_said(one), of=stage.id, figures=(one,)) for one in told)


def ways(ground: Ground, stage: Stage) -> Cells:
    """The lines nobody drew that begin here."""
    if ground.sheet is None:
        return ()
    mine = {one.id: one for one in ground.sheet.touchpoints if one.stages and one.stages[0] == stage.id}
    found = []
    for way in sorted(ground.sheet.ways, key=lambda one: (-one.people, one.origin, one.target)):
        if way.desire and way.origin in mine:
            words = f"{ground.name('touchpoint', way.origin)} → {ground.name('touchpoint', way.target)}"
            share = WallFigure("of journeys", way.rate, None, None, way.journeys, "share")
            people = WallFigure("people", float(way.people), None, None, 0, "people")
            found.append(
                WallCell("way", f"{way.origin}>{way.target}", words, of=way.origin, grade="measured", figures=(people, share))
            )
    return tuple(found)


def said_by_customers(field: str) -> Callable[[Ground, Stage], Cells]:
    def cells(ground: Ground, stage: Stage) -> Cells:
        text = getattr(stage, field)
        return (WallCell(field, f"{stage.id}:{field}", text, of=stage.id),) if text else ()

    return cells


CELLS: Mapping[str, Callable[[Ground, Stage], Cells]] = {
    "do": said_by_customers("do"),
    "think": said_by_customers("think"),
    "feel": said_by_customers("feel"),
    "moments": moments,
    "touchpoints": touchpoints,
    "ways": ways,
    "emotion": emotion,
    "promises": promises,
    "messages": messages,
    "frontstage": frontstage,
    "backstage": backstage,
    "systems": systems,
    "owners": owners,
    "figures": figures,
}
