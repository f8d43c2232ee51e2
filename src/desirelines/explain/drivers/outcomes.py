"""The rows of a design: whose outcome, when, from when to when what they met counts for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.explain.drivers.before import Codes, Float, Window, told
from desirelines.explain.drivers.nouns import DriversAsk, Named
from desirelines.explain.ground import Ground
from desirelines.map import number_sql, rule_clause
from desirelines.measure import several
from desirelines.model.hint import nearest
from desirelines.plan import Question, in_order

DAY_US = 86_400_000_000
REPEAT = "repeat"
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Scale:
    """What a property is read as: numbers from low to high are scores, others are none."""

    property: str
    low: float
    high: float


@dataclass(frozen=True)
class Rows:
    """`y` [n] on the outcome's own scale; `beside`: scores that stand in the same events, by driver."""

    outcome: str
    name: str
    unit: str
    low: float
    high: float
    binary: bool
    window: Window
    y: Float
    beside: Mapping[str, Float] = field(default_factory=dict)
    question: Question | None = None
    caveats: tuple[str, ...] = ()


def outcomes(ground: Ground) -> tuple[Named, ...]:
    """What could be asked for, satisfaction first."""
    questions = sorted(in_order(ground.plan.questions), key=lambda one: one.kind != "satisfaction")
    found = [Named(one.id, one.words) for one in questions if one.high > one.low]
    if "order" in ground.facts.occasions:
        found.append(Named(REPEAT, "Ordered again"))
    return tuple(found)


def chosen(ground: Ground, asked: str) -> str:
    """The outcome's id; empty where the plan asks nothing and no event is an order. Raises BadInput for another."""
    ids = [one.id for one in outcomes(ground)]
    if asked == "recommend" and asked not in ids:
        asked = next((one.id for one in in_order(ground.plan.questions) if one.kind == "recommend"), asked)
    if asked and asked not in ids:
        raise BadInput(f"there is no outcome `{asked[:80]}`", hint=nearest(asked, ids) if ids else "plan a question first")
    return asked or _asked_most(ground, ids)


def _asked_most(ground: Ground, ids: Sequence[str]) -> str:
    """The first question about satisfaction, else of all, that at least half as many known customers answered as any other."""
    answers, given = ground.facts.answers, {}
    for index, question in enumerate(answers.questions):
        mine = slice(int(answers.offsets[index]), int(answers.offsets[index + 1]))
        given[question.id] = (question.kind == "satisfaction", int((answers.customer[mine] >= 0).sum()), mine.stop - mine.start)
    asked = [one for one in ids if one in given and given[one][2]]
    best = max((given[one] for one in asked), default=(False, 0, 0))
    first = (one for one in asked if given[one][0] == best[0] and (2 * given[one][1], 2 * given[one][2]) >= best[1:])
    return next(first, ids[-1] if ids else "")


def rows_of(ground: Ground, ask: DriversAsk, outcome: str, scales: Mapping[str, Scale]) -> Rows:
    """The outcome's rows in the period and segment. `scales`: what else to read from the same events."""
    if outcome == REPEAT:
        return _orders(ground, ask)
    question = next(one for one in ground.plan.questions if one.id == outcome)
    return _answers(ground, ask, question, scales)


def _answers(ground: Ground, ask: DriversAsk, question: Question, scales: Mapping[str, Scale]) -> Rows:
    columns = ground.snapshot.columns("events")
    wanted = {"": Scale(question.property, question.low, question.high), **scales}
    numbers = {key: number_sql(columns, one.property) or "NULL" for key, one in wanted.items()}
    clause = rule_clause(question.event, columns)
    low, high = ground.bounds
    listed = ", ".join(f"({number})::DOUBLE AS v{place}" for place, number in enumerate(numbers.values()))
    table = ground.snapshot.sql(
        f'SELECT file_index, row_index, epoch_us("at") AS moment, {listed} FROM events WHERE {clause.sql} '
        f'AND epoch_us("at") >= ? AND epoch_us("at") < ? ORDER BY 3, 1, 2',
        [*clause.values, low, high],
    )
    values = [np.array(table.column(f"v{place}").fill_null(np.nan).to_numpy(), dtype=np.float64) for place in range(len(wanted))]
    for place, one in enumerate(wanted.values()):
        with np.errstate(invalid="ignore"):
            values[place][~((values[place] >= one.low) & (values[place] <= one.high))] = np.nan
    customer = ground.facts.who.of(table.column("file_index").to_numpy(), table.column("row_index").to_numpy())
    kept = np.flatnonzero(np.isfinite(values[0]) & _members(ground, customer))
    at, customer = table.column("moment").to_numpy()[kept], customer[kept]
    window = Window(customer, at - ask.back_days * DAY_US, at)
    beside = {key: values[place][kept] for place, key in enumerate(wanted) if key}
    return Rows(
        question.id, question.words, "score", question.low, question.high, False, window, values[0][kept], beside, question
    )


def _orders(ground: Ground, ask: DriversAsk) -> Rows:
    """One row a customer: the first order of the period; what came until it had settled counts, later orders are the outcome."""
    orders = ground.facts.occasions["order"]
    low, high = ground.bounds
    mine = (orders.at >= low) & (orders.at < high) & (orders.customer >= 0) & _members(ground, orders.customer)
    places = np.flatnonzero(mine)
    first = places[np.unique(orders.customer[places], return_index=True)[1]]
    landmark = orders.at[first] + ask.settle_days * DAY_US
    end = landmark + ask.within_days * DAY_US
    over = end <= ground.facts.daily.as_of
    first, landmark, end = first[over], landmark[over], end[over]
    later = Window(orders.customer[first], landmark, end)
    again = later.count(told(orders.customer, orders.at)) > 0
    window = Window(orders.customer[first], orders.at[first] - ask.back_days * DAY_US, landmark)
    waiting = int((~over).sum())
    said = f"orders in the first {ask.settle_days} days after the first one belong to it; later ones count as again"
    caveats = (
        said,
        *((f"left out, for their {ask.within_days} days are not over: {several(waiting, 'customer')}",) if waiting else ()),
    )
    return Rows(REPEAT, "Ordered again", "share", 0.0, 1.0, True, window, again.astype(np.float64), caveats=caveats)


def _members(ground: Ground, customer: Codes) -> Mask:
    """bool[n]: of the segment; of everybody, unknown people too, where there is none."""
    if ground.members is None:
        return np.ones(len(customer), np.bool_)
    found: Mask = np.append(ground.members, False)[customer]
    return found
