"""Whom a challenge is about, and which stretch of each one's days lies around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from desirelines.measure import BROKEN, several
from desirelines.plan import EventRule, Promise, in_order
from desirelines.studio.beginning.lived import DAY_US, NEVER, Int, Lived, Mask

BASKET = ("basket", "cart", "checkout", "trolley")
LONGEST_WAIT, SHORTEST_WAIT = 180, 30


@dataclass(frozen=True)
class Around:
    """`who` bool[customers]; what happened to each from `low` to `high` (microseconds) is looked at, after `anchor` or before it.

    `words`: who they are, with the days in it. `settled`: what they have in common by definition, so that it explains nothing.
    """

    who: Mask
    low: Int
    anchor: Int
    high: Int
    words: str
    among: Mask
    """bool[customers]: whom they are held against, themselves among them."""
    settled: frozenset[str] = frozenset()


def concerned(challenge: str, lived: Lived) -> Around | None:
    """None where the data cannot say whom it is about."""
    return WAYS[challenge](lived)


def _no_return(lived: Lived) -> Around | None:
    orders = lived.of_role("order")
    if not len(orders.at):
        return None
    count, first = lived.count(orders), lived.first(orders)
    wait = _usual_gap(orders.customer, orders.at)
    old = first <= lived.as_of - wait * DAY_US
    return Around(
        (count == 1) & old, first - 14 * DAY_US, first, first + wait * DAY_US,
        f"ordered once, at least {wait} days before the data end", (count > 0) & old,
    )  # fmt: skip


def _usual_gap(customer: Int, at: Int) -> int:
    """Days within which three of four who ordered again did so; between a month and half a year."""
    second = np.flatnonzero((np.diff(customer) == 0) & (np.diff(customer, prepend=-1)[:-1] != 0))
    gaps = (at[second + 1] - at[second]) / DAY_US
    usual = float(np.quantile(gaps, 0.75)) if len(gaps) else float(SHORTEST_WAIT)
    return int(min(LONGEST_WAIT, max(SHORTEST_WAIT, round(usual))))


def _complaints(lived: Lived) -> Around | None:
    calls = lived.of_role("contact")
    if not len(calls.at):
        return None
    first = lived.first(calls)
    who = first < NEVER
    return Around(
        who, first - 30 * DAY_US, first, first + 30 * DAY_US, "asked for help at least once", np.ones(lived.customers, np.bool_),
        frozenset(_named(lived, lived.rules("contact")) | _named(lived, lived.rules("resolved"))),
    )  # fmt: skip


def _new_service(lived: Lived) -> Around | None:
    if lived.as_of < 0 or not lived.customers:
        return None
    since = lived.as_of - 180 * DAY_US
    last = np.full(lived.customers, -1, np.int64)
    for index, bucket in enumerate(lived.facts.trace.buckets):
        group = lived.facts.who.group[lived.facts.who.group_start[index] : lived.facts.who.group_start[index + 1]]
        known = np.flatnonzero(group >= 0)
        np.maximum.at(last, group[known], np.asarray(bucket.at)[bucket.offsets[known + 1] - 1])
    low = np.full(lived.customers, since, np.int64)
    orders = lived.first(lived.of_role("order"))
    who = last >= since
    return Around(
        who, low, np.where(orders < NEVER, orders, lived.as_of + 1), low + 181 * DAY_US, "came by in the last 180 days", who
    )


def _abandoned(lived: Lived) -> Around | None:
    meant = {one.event for one in lived.rules("order")}
    names = [name for name in lived.facts.trace.events if name not in meant and any(word in name.lower() for word in BASKET)]
    baskets, orders = lived.of_rules(tuple(EventRule(event=name) for name in names)), lived.of_role("order")
    if not len(baskets.at) or not len(orders.at):
        return None
    last, bought = lived.last(baskets), lived.last(orders)
    due = (last >= 0) & (last <= lived.as_of - 7 * DAY_US)
    return Around(
        due & (bought < last), last - 14 * DAY_US, last, last + 7 * DAY_US,
        "came as far as the basket and ordered nothing since, for a week or more", due,
    )  # fmt: skip


def _no_recommendation(lived: Lived) -> Around | None:
    orders, told = lived.of_role("order"), lived.of_role("referral")
    if not len(orders.at):
        return None
    first = lived.first(orders)
    old = first <= lived.as_of - SHORTEST_WAIT * DAY_US
    return Around(
        old & (lived.count(told) == 0), first, first, first + 60 * DAY_US,
        f"ordered at least {SHORTEST_WAIT} days ago and recommended us to nobody we know of", old,
    )  # fmt: skip


def _late(lived: Lived) -> Around | None:
    promise = _waiting(lived)
    if promise:
        judged = lived.facts.judgements
        mine = judged.of(promise.id)
        broken = np.flatnonzero((judged.state[mine] == BROKEN) & (judged.customer[mine] >= 0)) + mine.start
        settled = np.flatnonzero(judged.customer[mine] >= 0) + mine.start
        if len(broken):
            at = np.full(lived.customers, NEVER, np.int64)
            np.minimum.at(at, judged.customer[broken], judged.due[broken])
            among = np.zeros(lived.customers, np.bool_)
            among[judged.customer[settled]] = True
            return Around(
                at < NEVER, at - 14 * DAY_US, at, at + 30 * DAY_US, f"had “{promise.name}” broken at least once", among,
                frozenset({promise.id}),
            )  # fmt: skip
    return _slowest(lived)


def _slowest(lived: Lived) -> Around | None:
    first, there = lived.first(lived.of_role("order")), lived.of_role("value")
    arrived = lived.first(there)
    both = (first < NEVER) & (arrived < NEVER) & (arrived > first)
    if not both.any():
        return None
    wait = np.where(both, arrived - first, 0)
    limit = float(np.quantile(wait[both], 0.75))
    days = max(1, round(limit / DAY_US))
    return Around(
        both & (wait > limit),
        first,
        arrived,
        arrived + 30 * DAY_US,
        f"waited more than {several(days, 'day')}, the slowest quarter",
        both,
    )


def _waiting(lived: Lived) -> Promise | None:
    """The promise about time whose end is the customer's having it; of several the one most often broken."""
    ends = {one.event for one in lived.rules("value")}
    judged = lived.facts.judgements

    def broken(one: Promise) -> int:
        return int((judged.state[judged.of(one.id)] == BROKEN).sum())

    timed = [one for one in in_order(lived.plan.promises) if (one.by and one.by.event.event in ends)
             or (one.within and one.within.to.event in ends)]  # fmt: skip
    return max(timed, key=broken, default=None)


def _named(lived: Lived, rules: tuple[EventRule, ...]) -> set[str]:
    """Touchpoints that claim such events."""
    meant = {rule.event for rule in rules}
    return {one.id for one in lived.plan.touchpoints if any(rule.event in meant for rule in one.rule)}


WAYS: Mapping[str, Callable[[Any], Around | None]] = {
    "no-return": _no_return,
    "complaints": _complaints,
    "new-service": _new_service,
    "abandoned": _abandoned,
    "no-recommendation": _no_recommendation,
    "late": _late,
}
