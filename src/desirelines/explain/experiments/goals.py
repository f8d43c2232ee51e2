"""What an experiment is judged by: did they, how often, how much, how well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.explain.experiments.moments import Float
from desirelines.explain.experiments.windows import Rows, Sums, rows_of
from desirelines.explain.ground import Ground
from desirelines.measure import Asked, metric_of, units_of
from desirelines.model.hint import nearest

Kind = Literal["share", "total", "ratio"]
HINT = "such as did:Order Placed, role:order, times:contact, value:order, score:QUESTION or metric:ID, parted by |"


@dataclass(frozen=True)
class Aim:
    """A goal over rows: the share who had one, the total of each customer, or a mean over all that was said."""

    name: str
    words: str
    kind: Kind
    unit: str
    rows: Rows
    valued: bool = False
    """A total of values, not of times."""

    def of(self, found: Sums) -> Float:
        """[customers] what is compared."""
        if self.kind == "share":
            return (found.count > 0).astype(np.float64)
        return found.total if self.valued or self.kind == "ratio" else found.count.astype(np.float64)


def aims(ground: Ground, text: str) -> list[Aim]:
    """The goals named, in order. Raises BadInput for one that names nothing there is; without any, orders or coming again."""
    names = [name.strip() for name in text.split("|") if name.strip()]
    if not names:
        names = ["role:order"] if "order" in ground.facts.occasions else []
    if not names:
        raise BadInput("what should the arms differ in?", hint=HINT)
    return [_aim(ground, name) for name in dict.fromkeys(names)]


def _aim(ground: Ground, name: str) -> Aim:
    kind, sign, what = name.partition(":")
    if sign and kind == "did":
        return Aim(name, f"did “{what}”", "share", "share", _events(ground, what))
    if sign and kind in ("role", "times", "value"):
        return _role(ground, name, kind, what)
    if sign and kind == "score":
        return _score(ground, name, what)
    if sign and kind == "metric":
        return _metric(ground, name, what)
    raise BadInput(f"`{name[:80]}` is no goal", hint=HINT)


def _metric(ground: Ground, name: str, what: str) -> Aim:
    """A figure of the register whose units are counted one by one: a share, a mean, who would recommend."""
    one = metric_of(what)
    if one.kind not in ("share", "mean", "nps"):
        raise BadInput(
            f"“{one.name}” is no mean of what customers did or said", hint="a figure that is a share, a mean or a recommendation"
        )
    units = units_of(ground.frame(Asked(ground.asked.journey)), one)
    if units is None:
        raise BadInput(f"“{one.name}” cannot be said of these data", hint=f"it needs {', '.join(one.needs)}")
    value = units.value
    if one.kind == "nps":
        value = 100.0 * ((value >= 9).astype(np.float64) - (value <= 6))
    elif one.kind == "share":
        value = (value > 0).astype(np.float64)
    rows = rows_of(np.asarray(units.customer), np.asarray(units.at), value)
    unit = "rate" if one.unit == "share" else ground.plan.brand.currency if one.unit == "money" else one.unit
    return Aim(name, one.name[0].lower() + one.name[1:], "ratio", unit, rows, valued=True)


def _events(ground: Ground, event: str) -> Rows:
    facts = ground.facts
    if event not in facts.trace.events:
        raise BadInput(f"there is no event `{event[:80]}`", hint=nearest(event, facts.trace.events))
    code, who = facts.trace.events.index(event), facts.who
    customer: list[NDArray[np.int32]] = [np.empty(0, np.int32)]
    at: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    for index, bucket in enumerate(facts.trace.buckets):
        places = np.flatnonzero(bucket.event == code)
        group = np.searchsorted(bucket.offsets, places, side="right") - 1 + int(who.group_start[index])
        customer.append(who.group[group])
        at.append(np.asarray(bucket.at)[places])
    when = np.concatenate(at)
    return rows_of(np.concatenate(customer), when, np.ones(len(when)))


def _role(ground: Ground, name: str, kind: str, role: str) -> Aim:
    found = ground.facts.occasions.get(role)
    if found is None:
        raise BadInput(
            f"the plan gives no event the role `{role[:80]}`",
            hint=nearest(role, tuple(ground.facts.occasions)) if ground.facts.occasions else HINT,
        )
    rows = rows_of(np.asarray(found.customer), np.asarray(found.at), np.asarray(found.value))
    if kind == "role":
        return Aim(name, f"had “{role}”", "share", "share", rows)
    if kind == "times":
        return Aim(name, f"times “{role}” per customer", "total", "times", rows)
    return Aim(name, f"amount of “{role}” per customer", "total", ground.plan.brand.currency, rows, valued=True)


def _score(ground: Ground, name: str, question: str) -> Aim:
    answers = ground.facts.answers
    names = [one.id for one in answers.questions]
    if question not in names:
        raise BadInput(
            f"there is no question `{question[:80]}`", hint=nearest(question, names) if names else "the plan asks none"
        )
    index = names.index(question)
    mine = slice(int(answers.offsets[index]), int(answers.offsets[index + 1]))
    rows = rows_of(np.asarray(answers.customer[mine]), np.asarray(answers.at[mine]), np.asarray(answers.value[mine]))
    return Aim(name, f"mean answer to “{answers.questions[index].words}”", "ratio", "on its scale", rows, valued=True)
