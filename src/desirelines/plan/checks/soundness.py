"""What can never work: promises that promise nothing, journeys without an end, conditions nobody meets."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import available_timezones

from desirelines.errors import BadInput
from desirelines.model.document import Path
from desirelines.model.event import NAME
from desirelines.model.hint import nearest, slug
from desirelines.plan.checks.finding import Findings, Seen
from desirelines.plan.checks.rules import conditions
from desirelines.plan.elements import Plan, Stage, Step
from desirelines.plan.lookup import duration_us, every_rule

ANY_ORDER_LIMIT = 10
"""A stage in any order needs two to the power of its steps states."""


def check_soundness(plan: Plan, findings: Findings, seen: Seen) -> None:
    """Everything that an element must say to be measured at all."""
    _brand(plan, findings)
    _promises(plan, findings)
    _journeys(plan, findings)
    _cycles(plan, findings)
    _durations(plan, findings)
    _kinds(plan, findings, seen)
    _rules(plan, findings)
    for i, question in enumerate(plan.questions):
        if not question.low < question.high:
            findings.error("scale", f"the scale runs from {question.low:g} to {question.high:g}", ("questions", i, "low"))
    for i, kind in enumerate(plan.identifiers):
        if kind.joins < 1:
            findings.error("joins", f"`joins` is {kind.joins}", ("identifiers", i, "joins"), "at least 1; 50 if left out")


def _brand(plan: Plan, findings: Findings) -> None:
    zones = available_timezones()
    if plan.brand.zone not in zones:
        hint = nearest(plan.brand.zone, sorted(zones))
        findings.error("unknown-zone", f"there is no time zone `{plan.brand.zone}`", ("brand", "zone"), hint)


def _promises(plan: Plan, findings: Findings) -> None:
    for i, promise in enumerate(plan.promises):
        ways = [name for name in ("by", "within", "score") if getattr(promise, name) is not None]
        if len(ways) != 1:
            words = f"the promise `{promise.id}` says {' and '.join(ways) or 'none of by, within, score'}"
            findings.error("one-way-to-keep", words, ("promises", i), "say exactly one of by, within, score")


def _journeys(plan: Plan, findings: Findings) -> None:
    for i, journey in enumerate(plan.journeys):
        if not any(stage.steps or stage.opens for stage in journey.stages):
            words = f"the journey `{journey.id}` has no step"
            findings.error("empty-journey", words, ("journeys", i), "name a touchpoint under a stage's `steps`")
        for path, stage in _stages(plan, i):
            if stage.any_order and len(stage.steps) > ANY_ORDER_LIMIT:
                words = f"`{stage.id}` has {len(stage.steps)} steps in any order"
                findings.error(
                    "too-many-in-any-order", words, (*path, "any_order"), f"at most {ANY_ORDER_LIMIT}: split the stage"
                )
    for path, step in _steps(plan):
        if (step.touchpoint is None) == (not step.one_of):
            found = "both a touchpoint and one_of" if step.touchpoint else "no touchpoint"
            findings.error("one-way-to-step", f"the step `{step.id}` names {found}", path, "say one of touchpoint and one_of")


def _cycles(plan: Plan, findings: Findings) -> None:
    opens: dict[str, set[str]] = {}
    for journey in plan.journeys:
        opens.setdefault(journey.id, set()).update(stage.opens for stage in journey.stages if stage.opens)
    for i, journey in enumerate(plan.journeys):
        for path, stage in _stages(plan, i):
            way = _way(opens, stage.opens, journey.id) if stage.opens else None
            if way:
                words = " → ".join(f"`{name}`" for name in (journey.id, *way))
                findings.error("journey-cycle", f"the journey opens itself: {words}", (*path, "opens"), "open another journey")


def _way(opens: dict[str, set[str]], origin: str, target: str) -> list[str] | None:
    before: dict[str, str | None] = {origin: None}
    waiting = [origin]
    while waiting:
        here = waiting.pop(0)
        if here == target:
            way: list[str] = []
            place: str | None = here
            while place is not None:
                way.append(place)
                place = before[place]
            return way[::-1]
        for following in sorted(opens.get(here, ())):
            if following not in before:
                before[following] = here
                waiting.append(following)
    return None


def _durations(plan: Plan, findings: Findings) -> None:
    places: list[tuple[Path, str]] = [(("journeys", i, "gap"), one.gap) for i, one in enumerate(plan.journeys) if one.gap]
    places += [(("promises", i, "within", "time"), one.within.time) for i, one in enumerate(plan.promises) if one.within]
    places += [((*path, "within"), step.within) for path, step in _steps(plan) if step.within]
    for path, text in places:
        try:
            length = duration_us(text)
        except BadInput as error:
            findings.error("duration", error.message, path, error.hint)
            continue
        if not length:
            findings.error("duration", f"`{text}` is no time at all", path, "write 90s, 30min, 4h, 2d or 1w")


def _kinds(plan: Plan, findings: Findings, seen: Seen) -> None:
    places: list[tuple[Path, str]] = [(("journeys", i, "subject"), one.subject) for i, one in enumerate(plan.journeys)]
    places += [(("promises", i, "per"), one.per) for i, one in enumerate(plan.promises)]
    for path, kind in places:
        if not NAME.match(kind):
            findings.error("kind-name", f"`{kind}` cannot be a kind of object", path, f"write customer or {_name(kind)}")
        elif kind != "customer" and seen.objects and kind not in seen.objects:
            hint = nearest(kind, ("customer", *sorted(seen.objects)))
            findings.warning("kind-name", f"no event names an object of the kind `{kind}` yet", path, hint)
    properties: list[tuple[Path, str]] = [(("questions", i, "property"), one.property) for i, one in enumerate(plan.questions)]
    properties += [(("promises", i, "by", "limit"), one.by.limit) for i, one in enumerate(plan.promises) if one.by]
    properties += [(("promises", i, "score", "property"), one.score.property) for i, one in enumerate(plan.promises) if one.score]
    properties += [((*path, "where", key), key) for path, rule in every_rule(plan) for key in rule.where]
    for path, name in properties:
        if not NAME.match(name):
            findings.error("kind-name", f"`{name}` cannot be a property", path, f"properties are called like {_name(name)}")


def _rules(plan: Plan, findings: Findings) -> None:
    for path, rule in every_rule(plan):
        for name, condition in conditions(rule).items():
            if condition.empty:
                place = (*path, *name.split(".", 1))
                findings.error(
                    "empty-condition", f"nothing can meet the condition on `{place[-1]}`", place, "name a value or a range"
                )


def _stages(plan: Plan, journey: int) -> Iterator[tuple[Path, Stage]]:
    for j, stage in enumerate(plan.journeys[journey].stages):
        yield ("journeys", journey, "stages", j), stage


def _steps(plan: Plan) -> Iterator[tuple[Path, Step]]:
    for i in range(len(plan.journeys)):
        for path, stage in _stages(plan, i):
            for k, step in enumerate(stage.steps):
                yield (*path, "steps", k), step


def _name(text: str) -> str:
    return slug(text).replace("-", "_").lstrip("0123456789_") or "order_status"
