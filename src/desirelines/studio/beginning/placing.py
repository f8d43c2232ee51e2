"""A drawn map into a plan: ids that are free there, touchpoints of the same name used again, nothing overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desirelines.plan import Card, Experience, Journey, Moment, Plan, Promise, Stage, Step, Touchpoint, in_order


@dataclass(frozen=True)
class Addition:
    """What a beginning adds to a draft; every id is free there. `reused`: touchpoints of the draft that it stands on."""

    journey: Journey
    touchpoints: tuple[Touchpoint, ...] = ()
    moments: tuple[Moment, ...] = ()
    experiences: tuple[Experience, ...] = ()
    promises: tuple[Promise, ...] = ()
    cards: tuple[Card, ...] = ()
    reused: tuple[str, ...] = ()


def added(plan: Plan, addition: Addition) -> Plan:
    """The plan with the addition in it."""
    return plan.model_copy(
        update={
            "journeys": (*plan.journeys, addition.journey),
            "touchpoints": plan.touchpoints + addition.touchpoints,
            "moments": plan.moments + addition.moments,
            "experiences": plan.experiences + addition.experiences,
            "promises": plan.promises + addition.promises,
            "cards": plan.cards + addition.cards,
        }
    )


def placed(plan: Plan, piece: Plan, seen: frozenset[str] = frozenset(), name: str = "") -> Addition:
    """The one journey of `piece` with all it stands on, as `plan` can take it.

    `seen`: names of events that came; a rule of a template is kept where its event came (or none came yet) and no touchpoint of
    the plan claims it. A promise is left out where the plan has one of the same name.
    """
    names = _Names(plan)
    journey = piece.journeys[0]
    claimed = {rule.event for one in plan.touchpoints for rule in one.rule}
    there = {one.id: one for one in plan.touchpoints}
    alike = {_said(one.name): one.id for one in reversed(in_order(plan.touchpoints))}
    touchpoints, new, reused = {}, [], []
    for one in in_order(piece.touchpoints):
        same = one.id if one == there.get(one.id) else alike.get(_said(one.name))
        if same:
            touchpoints[one.id] = same
            reused.append(there[same].name)
            continue
        kept = tuple(rule for rule in one.rule if rule.event not in claimed and (not seen or rule.event in seen))
        free = names.of("touchpoints", one.id)
        touchpoints[one.id] = free
        new.append(one.model_copy(update={"id": free, "rule": kept, "order": one.order + names.last("touchpoints")}))
    stages = {one.id: names.of("stages", one.id) for one in in_order(journey.stages)}
    moments = {one.id: names.of("moments", one.id) for one in in_order(piece.moments)}
    told = {_said(one.name) for one in plan.promises}
    return Addition(
        journey.model_copy(
            update={
                "id": names.of("journeys", journey.id), "name": name or journey.name, "order": names.last("journeys") + 10,
                "stages": tuple(_stage(one, stages[one.id], touchpoints, names) for one in in_order(journey.stages)),
            }
        ),
        tuple(new),
        tuple(_moment(one, moments[one.id], stages, touchpoints) for one in in_order(piece.moments)),
        tuple(_experience(one, names.of("experiences", one.id), moments, touchpoints) for one in in_order(piece.experiences)),
        tuple(
            one.model_copy(update={"id": names.of("promises", one.id), "touchpoint": touchpoints[one.touchpoint],
                                   "order": one.order + names.last("promises")})
            for one in in_order(piece.promises) if _said(one.name) not in told
        ),
        tuple(
            one.model_copy(update={"id": names.of("cards", one.id), "stage": stages[one.stage]}) for one in in_order(piece.cards)
        ),
        tuple(reused),
    )  # fmt: skip


def _stage(one: Stage, new: str, touchpoints: dict[str, str], names: _Names) -> Stage:
    return one.model_copy(update={"id": new, "steps": tuple(_step(step, touchpoints, names) for step in in_order(one.steps))})


def _step(one: Step, touchpoints: dict[str, str], names: _Names) -> Step:
    touchpoint = touchpoints[one.touchpoint] if one.touchpoint else None
    several = tuple(touchpoints[name] for name in one.one_of)
    return one.model_copy(update={"id": names.of("stages", one.id), "touchpoint": touchpoint, "one_of": several})


def _moment(one: Moment, new: str, stages: dict[str, str], touchpoints: dict[str, str]) -> Moment:
    return one.model_copy(
        update={"id": new, "stage": stages[one.stage], "touchpoints": tuple(touchpoints[name] for name in one.touchpoints)}
    )


def _experience(one: Experience, new: str, moments: dict[str, str], touchpoints: dict[str, str]) -> Experience:
    meets = tuple(touchpoints[name] for name in one.touchpoints)
    return one.model_copy(update={"id": new, "moment": moments[one.moment], "touchpoints": meets})


def _said(name: str) -> str:
    return " ".join(name.lower().split())


class _Names:
    """Ids that are taken in a plan, list by list; stages and steps share theirs."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        stages = [stage for journey in plan.journeys for stage in journey.stages]
        self._taken: dict[str, set[str]] = {
            "stages": {one for stage in stages for one in (stage.id, *(step.id for step in stage.steps))}
            | {box.id for tower in plan.towers for box in tower.boxes}
        }

    def of(self, kind: str, name: str) -> str:
        """The name, or with a number behind it, now taken."""
        taken = self._taken.setdefault(kind, {one.id for one in getattr(self._plan, kind, ())})
        free, count = name, 1
        while free in taken:
            count += 1
            free = f"{name[:56]}-{count}"
        taken.add(free)
        return free

    def last(self, kind: str) -> int:
        """The highest order in a list; 0 where it is empty."""
        rows: Iterable[Journey | Touchpoint | Promise] = getattr(self._plan, kind)
        return max((one.order for one in rows), default=0)
