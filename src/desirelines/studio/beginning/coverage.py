"""What a map covers: all six phases, every kind of contact point, every purpose, something useful at every moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from desirelines.measure import Sheet, TouchpointFigures
from desirelines.plan import Experience, Journey, Moment, Plan, Stage, Touchpoint, in_order, journey_of, touchpoints_of

Phase = Literal["acquisition", "engagement", "transaction", "delivery", "service", "support"]
Kind = Literal["digital", "physical", "human"]
Purpose = Literal["promote", "make-aware", "personalise", "sell", "manage"]
Known = Literal["measured", "silent", "bound", "unmeasured"]


@dataclass(frozen=True)
class PhaseRow:
    """A phase without a stage is empty: nobody has drawn what happens there."""

    phase: Phase
    stages: tuple[str, ...]
    touchpoints: int


@dataclass(frozen=True)
class KindRow:
    """Contact points of one kind. `measured`: with events, answers, figures or observations; `silent`: with such once; `bound`: a
    rule names events that have not come; `unmeasured`: nothing says anything of them."""

    kind: Kind
    touchpoints: int
    measured: int
    silent: int
    bound: int
    unmeasured: int
    names: tuple[str, ...]
    """Of those that nothing measures."""


@dataclass(frozen=True)
class PurposeRow:
    purpose: Purpose
    touchpoints: int


@dataclass(frozen=True)
class MetMoment:
    """What meets a moment: live experiences, those still to come, those of use, mere messages."""

    id: str
    words: str
    stage: str
    live: int
    coming: int
    useful: int
    messages: int


@dataclass(frozen=True)
class Coverage:
    """`journey` None: of the whole plan. `useful_share`: of experiences not retired; None without one."""

    journey: str | None
    name: str
    phases: tuple[PhaseRow, ...]
    without_phase: tuple[str, ...]
    """Stages that do not say which phase they belong to."""
    kinds: tuple[KindRow, ...]
    touchpoints: int
    purposes: tuple[PurposeRow, ...]
    without_purpose: int
    moments: tuple[MetMoment, ...]
    unmet: int
    """Moments without a live experience."""
    useful: int
    messages: int
    only_messages: bool
    """All there is for people are messages."""
    beyond: tuple[str, ...]
    """Contact points that people who never buy meet too."""


def coverage(plan: Plan, journey: str | None = None, measured: Sheet | None = None) -> Coverage:
    """Of one planned journey, or of the whole plan. `measured`: where the evidence of touchpoints stands. Raises NotFound."""
    journeys = [journey_of(plan, journey)] if journey else list(in_order(plan.journeys))
    stages = [stage for one in journeys for stage in in_order(one.stages)]
    here = _touchpoints(plan, stages) if journey else list(in_order(plan.touchpoints))
    evidence = {one.id: one for one in measured.touchpoints} if measured else {}
    ids = {stage.id for stage in stages}
    moments = [one for one in in_order(plan.moments) if not journey or one.stage in ids]
    met = _once([_met(one, plan.experiences) for one in moments])
    useful, messages = sum(one.useful for one in met), sum(one.messages for one in met)
    return Coverage(
        journey, journeys[0].name if journey else plan.brand.name, _phases(stages),
        tuple(stage.name for stage in stages if stage.phase is None),
        tuple(_kind(kind, here, evidence) for kind in get_args(Kind)), len(here),
        tuple(PurposeRow(one, sum(one in touchpoint.purposes for touchpoint in here)) for one in get_args(Purpose)),
        sum(not one.purposes for one in here), met, sum(not one.live for one in met), useful, messages,
        bool(messages and not useful), tuple(one.name for one in here if one.meets == "anyone"),
    )  # fmt: skip


def _touchpoints(plan: Plan, stages: Sequence[Stage]) -> list[Touchpoint]:
    met = {one for stage in stages for step in stage.steps for one in touchpoints_of(step)}
    return [one for one in in_order(plan.touchpoints) if one.id in met]


def _phases(stages: Sequence[Stage]) -> tuple[PhaseRow, ...]:
    rows = []
    for phase in get_args(Phase):
        mine = [stage for stage in stages if stage.phase == phase]
        met = {one for stage in mine for step in stage.steps for one in touchpoints_of(step)}
        rows.append(PhaseRow(phase, tuple(stage.name for stage in mine), len(met)))
    return tuple(rows)


def _kind(kind: Kind, touchpoints: Sequence[Touchpoint], evidence: Mapping[str, TouchpointFigures]) -> KindRow:
    mine = [one for one in touchpoints if one.kind == kind]
    known = [known_of(one, evidence.get(one.id)) for one in mine]
    dark = tuple(one.name for one, state in zip(mine, known, strict=True) if state == "unmeasured")
    measured, silent, bound, unmeasured = (known.count(state) for state in get_args(Known))
    return KindRow(kind, len(mine), measured, silent, bound, unmeasured, dark)


def known_of(touchpoint: Touchpoint, figures: TouchpointFigures | None) -> Known:
    """What is known of a touchpoint."""
    if figures and figures.evidence.grade != "guessed":
        return "silent" if figures.evidence.state == "silent" else "measured"
    return "bound" if touchpoint.rule else "unmeasured"


def _once(rows: Sequence[MetMoment]) -> tuple[MetMoment, ...]:
    """A moment that stands on several maps in the same words is one; what meets it anywhere counts where it is met best."""
    best: dict[str, MetMoment] = {}
    for row in rows:
        words = " ".join(row.words.lower().split())
        if words not in best or row.live > best[words].live:
            best[words] = row
    return tuple(best.values())


def _met(moment: Moment, experiences: Sequence[Experience]) -> MetMoment:
    mine = [one for one in experiences if one.moment == moment.id and one.state != "retired"]
    live = sum(one.state == "live" for one in mine)
    useful = sum(one.kind == "useful" for one in mine)
    return MetMoment(moment.id, moment.words, moment.stage, live, len(mine) - live, useful, len(mine) - useful)


def journey_touchpoints(plan: Plan, journey: Journey) -> list[Touchpoint]:
    """The touchpoints that a planned journey stands on, in the plan's order."""
    return _touchpoints(plan, journey.stages)
