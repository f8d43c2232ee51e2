"""How hard it was: effort said and effort seen, help that was needed, waits. Never mixed with promises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from desirelines.measure.gathering.roles import Occasions
from desirelines.measure.metrics.experience import _questions, no_question
from desirelines.measure.metrics.ground import DAY_US, Ground, Missing, between, chosen, per
from desirelines.measure.metrics.sample import Int, Mask, Sample, sample

WINDOW_US = 7 * DAY_US
"""A further contact on the same issue within so long means that the first did not settle it."""
LOOK_BACK = 8
"""So many of a customer's neighbouring contacts are looked at for the same issue."""
EASY = 2 / 3
"""From here on the scale an answer agrees that it was easy: 5 to 7 of 7, 4 and 5 of 5."""
WEIGHTS = "contacts + repeats + channel switches + 2 × asked again + working days until it was settled"
VALUE_BY = 7.0


def ease(ground: Ground) -> Sample | Missing:
    """1 where the customer agrees that it was easy; questions that ask how much effort it took are read the other way round."""
    found = ease_mean(ground)
    return found if isinstance(found, Missing) else replace(
        found, value=((found.value - 1) / 6 >= EASY - 1e-9).astype(np.float64)
    )  # fmt: skip


def ease_mean(ground: Ground) -> Sample | Missing:
    """Answers on 1 to 7, 7 being easiest."""
    found = ground.answers("effort")
    if found is None:
        return no_question("effort")
    asked = _questions(ground, "effort")
    low, high = np.array([one.low for one in asked]), np.array([one.high for one in asked])
    turned = np.array(["effort" in one.words.lower() and "eas" not in one.words.lower() for one in asked])
    share = (found.value - low[found.part]) / (high - low)[found.part]
    share = np.where(turned[found.part], 1 - share, share)
    return replace(found, value=1 + 6 * share, caveats=("asked as effort, so low answers are good",) if turned.any() else ())


def observed_effort(ground: Ground) -> Sample | Missing:
    """One row an episode: a customer's contacts with at most seven days between them, and what they cost the customer."""
    contacts = ground.role("contact")
    if contacts is None:
        return ground.lacking("contact") or Missing("", "")
    contacts = chosen(contacts, contacts.customer >= 0)
    first = np.flatnonzero((np.diff(contacts.customer, prepend=-2) != 0) | (np.diff(contacts.at, prepend=0) > WINDOW_US))
    if not len(first):
        return Missing("no contact belongs to a known customer", "identify")
    count = np.diff(np.append(first, len(contacts.at)))
    last = first + count - 1
    inside = np.ones(len(contacts.at), np.bool_)
    inside[first] = False
    switched = inside & (np.diff(contacts.channel, prepend=-1) != 0)
    switches = np.add.reduceat(switched.astype(np.int64), first)
    customer, began, ended = contacts.customer[first], contacts.at[first], contacts.at[last]
    until = _settled(ground.role("resolved"), customer, began, ended)
    again = ground.role("asked-again")
    asked = between(again, customer, began - DAY_US, until + 1) if again else np.zeros(len(first), np.int64)
    days = np.busday_count(began.astype("M8[us]").astype("M8[D]"), until.astype("M8[us]").astype("M8[D]"))
    effort = count + (count - 1) + switches + 2 * asked + np.maximum(days, 0)
    missing = [name for name in ("resolved", "asked-again") if ground.role(name) is None]
    notes = (f"a sign of effort is not seen: no event is {' or '.join(missing)}",) if missing else ()
    return sample(
        "episodes", began, customer, effort, touchpoint=contacts.touchpoint[first], channel=contacts.channel[first],
        channels=contacts.channels, caveats=notes,
    )  # fmt: skip


def first_contact_resolution(ground: Ground) -> Sample | Missing:
    """One row an issue's first contact whose window is closed: 1 where no further contact came on the same issue."""
    found = ground.role("contact")
    if found is None:
        return ground.lacking("contact") or Missing("", "")
    found = chosen(found, found.customer >= 0)
    followed, repeated = _same_issue(found)
    closed = found.at + WINDOW_US <= ground.as_of
    rows = np.flatnonzero(~repeated & closed)
    left_out = int((~repeated & ~closed).sum())
    notes = (f"{left_out} first contacts are left out: their seven days are not over",) if left_out else ()
    return sample(
        "first contacts", found.at[rows], found.customer[rows], (~followed[rows]).astype(np.float64),
        touchpoint=found.touchpoint[rows], channel=found.channel[rows], channels=found.channels, caveats=notes,
    )  # fmt: skip


def contact_rate(ground: Ground) -> Sample | Missing:
    """Contacts for each order; without orders, for each customer active in a month."""
    contacts = ground.role("contact")
    if contacts is None:
        return ground.lacking("contact") or Missing("", "")
    orders = ground.role("order")
    if orders is not None:
        return per("orders", contacts, orders)
    return per("active customers and months", contacts, active_rows(ground))


def failure_rate(ground: Ground) -> Sample | Missing:
    """Failures for each active customer and month."""
    failures = ground.role("failure")
    if failures is None:
        return ground.lacking("failure") or Missing("", "")
    return per("active customers and months", failures, active_rows(ground))


def time_to_value(ground: Ground) -> Sample | Missing:
    """Days from joining (else the first order, else the first event) to the first worth; who has none yet is still waiting."""
    value = ground.role("value")
    if value is None:
        return ground.lacking("value") or Missing("", "")
    start, words = _starts(ground)
    if start is None:
        return Missing("nobody known has begun yet", "plan/figures")
    customer, began = start
    place = np.searchsorted(value.customer, customer, side="left")
    reached = np.full(len(customer), np.iinfo(np.int64).max)
    stop = np.searchsorted(value.customer, customer, side="right")
    for step in range(LOOK_BACK):  # a value before the start is not yet this customer's: look at the next
        there = (place + step < stop) & (reached == np.iinfo(np.int64).max)
        at = value.at[np.minimum(place + step, len(value.at) - 1)]
        reached = np.where(there & (at >= began), at, reached)
    ended = reached < np.iinfo(np.int64).max
    until = np.where(ended, reached, max(ground.as_of, int(began.max(initial=0))))
    return sample("customers", began, customer, (until - began) / DAY_US, ended=ended, scale=VALUE_BY, caveats=(words,))


def active_rows(ground: Ground) -> Occasions:
    """Customers active in a month, one row each, at the month's first activity."""
    months = ground.active
    none = np.zeros(len(months.customer), np.int32)
    return Occasions(
        months.first_at, months.customer, np.full(len(none), np.nan), none - 1, none, ("",), np.zeros(len(none), np.int64)
    )


def _starts(ground: Ground) -> tuple[tuple[np.ndarray, Int] | None, str]:
    for name in ("joined", "order"):
        rows = ground.role(name)
        if rows is not None and (rows.customer >= 0).any():
            first = (np.diff(rows.customer, prepend=-2) != 0) & (rows.customer >= 0)
            return (rows.customer[first], rows.at[first]), f"from the first event that is `{name}`"
    months = ground.active
    first = months.first
    return ((months.customer[first], months.first_at[first]) if first.any() else None), "from the first activity"


def _settled(resolved: Occasions | None, customer: np.ndarray, began: Int, ended: Int) -> Int:
    """When each episode was settled: the first resolution after it began and at most 30 days after its last contact."""
    if resolved is None:
        return ended
    base = int(min(resolved.at.min(), began.min()))
    there = (resolved.customer.astype(np.int64) << 40) + np.maximum((resolved.at - base) // 1000, 0)
    place = np.searchsorted(there, (customer.astype(np.int64) << 40) + (began - base) // 1000)
    found = np.minimum(place, len(there) - 1)
    at = resolved.at[found]
    fits = (place < len(there)) & (resolved.customer[found] == customer) & (at >= began) & (at <= ended + 30 * DAY_US)
    return np.where(fits, np.maximum(at, ended), ended)


def _same_issue(rows: Occasions) -> tuple[Mask, Mask]:
    """(followed, repeated): within the window another contact of the same customer on the same issue comes, or came."""
    followed, repeated = np.zeros(len(rows.at), np.bool_), np.zeros(len(rows.at), np.bool_)
    for step in range(1, LOOK_BACK + 1):
        if step >= len(rows.at):
            break
        one, other = slice(None, -step), slice(step, None)
        same = (rows.customer[one] == rows.customer[other]) & (rows.at[other] - rows.at[one] <= WINDOW_US)
        if not same.any():
            break
        same &= (rows.object[one] == rows.object[other]) | (rows.object[one] == 0) | (rows.object[other] == 0)
        followed[one] |= same
        repeated[other] |= same
    return followed, repeated
