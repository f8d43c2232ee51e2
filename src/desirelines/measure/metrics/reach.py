"""How much of customers' lives the brand is part of."""

from __future__ import annotations

import numpy as np

from desirelines.measure.metrics.ground import DAY_US, Ground, Missing, per
from desirelines.measure.metrics.sample import Sample, sample
from desirelines.measure.metrics.usability import active_rows

SESSION_US = 30 * 60_000_000
"""A silence that ends a session."""


def engagement(ground: Ground) -> Sample | Missing:
    """One row a customer and active month: on how many days of it the customer was active."""
    months = ground.active
    if not len(months.customer):
        return Missing("nobody known was active yet", "data")
    return sample(
        "active customers and months", months.first_at, months.customer, months.days.astype(np.float64),
        caveats=(ground.active_words,),
    )  # fmt: skip


def meaningful(ground: Ground) -> Sample | Missing:
    """Meaningful encounters for each customer active in a month."""
    found = ground.role("meaningful")
    if found is None:
        return ground.lacking("meaningful") or Missing("", "")
    return per("active customers and months", found, active_rows(ground))


def session_length(ground: Ground) -> Sample | Missing:
    """One row a session of known people with at least two events: minutes from its first to its last."""
    at_, who_, minutes_ = [np.empty(0, np.int64)], [np.empty(0, np.int32)], [np.empty(0)]
    for customer, at in ground.every_event():
        if not len(at):
            continue
        begins = np.flatnonzero((np.diff(customer, prepend=-2) != 0) | (np.diff(at, prepend=at[0]) > SESSION_US))
        ends = np.append(begins[1:], len(at)) - 1
        mine = (ends > begins) & (customer[begins] >= 0)
        at_.append(at[begins[mine]])
        who_.append(customer[begins[mine]])
        minutes_.append((at[ends[mine]] - at[begins[mine]]) / 60e6)
    if not any(map(len, at_)):
        return Missing("nobody known stayed for two events yet", "data")
    return sample(
        "sessions", np.concatenate(at_), np.concatenate(who_), np.concatenate(minutes_),
        caveats=("longer may be engagement or struggle: read it beside what customers reached",),
    )  # fmt: skip


def share_of_life(ground: Ground) -> Sample | Missing:
    """Active days above, days since the customer's first activity below, month by month."""
    months = ground.active
    if not len(months.customer):
        return Missing("nobody known was active yet", "data")
    starts = np.asarray(ground.months.units.starts)
    last = max(0, ground.months.complete)
    first = np.flatnonzero(months.first)
    since, began = months.month[first], months.first_at[first]
    lasting = np.maximum(last - since, 0)
    who = np.repeat(np.arange(len(first)), lasting)
    month = since[who] + np.arange(len(who)) - np.repeat(np.cumsum(lasting) - lasting, lasting)
    whole = (starts[month + 1] - np.maximum(starts[month], began[who])) / DAY_US
    done = months.month < last
    return sample(
        "customers and months", np.concatenate([starts[months.month[done]], starts[month]]),
        np.concatenate([months.customer[done], months.customer[first][who]]),
        np.concatenate([months.days[done].astype(np.float64), np.zeros(len(who))]),
        exposure=np.concatenate([np.zeros(int(done.sum())), np.maximum(whole, 1.0)]),
        caveats=("a Desirelines definition; there is no standard one", ground.active_words),
    )  # fmt: skip
