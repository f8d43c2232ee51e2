"""The customers behind a number: from a figure's filter to people."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.identify import Identities, customer_name
from desirelines.map import KINDS, Matched
from desirelines.measure.gathering.days import iso
from desirelines.measure.gathering.facts import Facts
from desirelines.measure.gathering.judge import STATES
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.sheet import Customer, Customers
from desirelines.measure.telling.rows import group_of
from desirelines.model.hint import nearest
from desirelines.store import Snapshot, people_keys

Mask = NDArray[np.bool_]
FILTERS = ("touchpoint", "stage", "way", "variant", "promise", "deviation", "left")
HINT = "such as touchpoint=checkout, stage=buy, way=a>b, promise=on-time:broken, deviation=missing:checkout, left=buy"


def customers(
    facts: Facts,
    snapshot: Snapshot,
    identities: Identities,
    frame: Frame | None = None,
    behind: str = "",
    find: str = "",
    page: int = 1,
    page_size: int = 50,
    among: Mask | None = None,
) -> Customers:
    """Customers behind a figure of `frame` (without a filter: of its journeys; without a frame: everybody), the latest first.

    `among`: bool[customers of the facts], only those.

    `behind` is one of FILTERS with its value, as `Result.behind` gives it; `find`: an identifier's value.
    """
    mine = np.ones(len(facts.who.customers), dtype=np.bool_)
    if frame:
        mine = customers_behind(frame, behind)
    elif behind:
        raise BadInput("there is no planned journey to look behind", hint="publish a plan with a journey")
    if among is not None:
        mine &= among
    if find:
        mine &= _named(facts, snapshot, identities, find)
    chosen = np.flatnonzero(mine)
    last_at = _last_at(facts)
    order = chosen[np.lexsort((chosen, -last_at[chosen]))]
    low = max(0, page - 1) * page_size
    shown = order[low : low + page_size]
    return Customers(tuple(_rows(facts, frame, shown.tolist())), len(order), max(1, page), page_size)


def customers_behind(frame: Frame, behind: str) -> Mask:
    """bool[customers of the facts]: those of a figure of the frame, or of all its journeys."""
    kind, _, value = behind.partition("=")
    if kind == "promise" and value:
        return _promised(frame, value)
    keep = frame.keep
    if behind:
        if kind not in FILTERS or not value:
            raise BadInput(f"`{behind[:80]}` leads to no customers", hint=HINT)
        keep = keep & journeys_behind(frame.matched, kind, value)
    who = frame.matched.journeys.customer[keep]
    marked = np.zeros(len(frame.matched.journeys.customers), dtype=np.bool_)
    marked[who[who >= 0]] = True
    found = np.zeros(len(frame.facts.who.customers), dtype=np.bool_)
    place = np.searchsorted(frame.facts.who.customers, frame.matched.journeys.customers[marked])
    found[place] = True
    return found


def journeys_behind(matched: Matched, kind: str, value: str) -> Mask:
    """bool[journeys]: those that a filter other than `promise` means. Raises BadInput for a name the plan lacks."""
    features, stages = matched.features, [stage.id for stage in matched.stages]
    if kind == "deviation":
        what, _, touchpoint = value.partition(":")
        code = _place(matched.touchpoints, touchpoint, "touchpoint")
        if what == "late":
            found = np.zeros(matched.journeys.count, dtype=np.bool_)
            found[matched.late_journey[matched.late_touchpoint == code]] = True
            return found
        of_variant = features.holds(features.deviation(KINDS[_place(KINDS, what, "deviation")], code))
    elif kind == "touchpoint":
        of_variant = features.holds(_place(matched.touchpoints, value, "touchpoint"))
    elif kind == "stage":
        of_variant = features.holds(features.stage(_place(stages, value, "stage")))
    elif kind == "left":
        last = matched.variants.last
        of_variant = (last >= 0) & np.append(matched.in_stage[:, _place(stages, value, "stage")], False)[last]
    elif kind == "variant":
        of_variant = matched.variants.key == np.uint64(_key(value))
    else:
        of_variant = _walked(matched, value)
    picked: Mask = of_variant[matched.variant]
    return picked


def _walked(matched: Matched, value: str) -> Mask:
    origin, _, target = value.partition(">")
    codes = [_place(matched.touchpoints, name, "touchpoint") for name in (origin, target)]
    features = matched.features
    way = np.flatnonzero((features.origin == codes[0]) & (features.target == codes[1]))
    return features.holds(features.way(int(way[0]))) if len(way) else np.zeros(len(matched.variants.cost), np.bool_)


def _promised(frame: Frame, value: str) -> Mask:
    name, _, state = value.partition(":")
    judgements = frame.facts.judgements
    _place(judgements.promises, name, "promise")
    wanted = _place([STATES[code] for code in sorted(STATES)], state, "state of a promise")
    places = judgements.between(name, *frame.bounds, frame.members)
    who = judgements.customer[places][judgements.state[places] == wanted]
    found = np.zeros(len(frame.facts.who.customers), dtype=np.bool_)
    found[who[who >= 0]] = True
    return found


def _place(names: tuple[str, ...] | list[str], name: str, noun: str) -> int:
    if name not in names:
        raise BadInput(f"there is no {noun} `{name[:80]}`", hint=nearest(name, names))
    return names.index(name)


def _key(value: str) -> int:
    try:
        return int(value, 16) % 2**64
    except ValueError as error:
        raise BadInput(f"`{value[:80]}` names no variant", hint="16 hexadecimal digits, as a variant's key has") from error


def _named(facts: Facts, snapshot: Snapshot, identities: Identities, value: str) -> Mask:
    """Customers with this identifier value, of whatever kind, or this name."""
    kinds = [column.removeprefix("id_") for column in snapshot.columns("events") if column.startswith("id_")]
    text = pa.chunked_array([pa.array([value.strip()], pa.string())])
    keys = [identities.customer_of(people_keys(kind, text)) for kind in kinds]
    every = facts.who.customers
    found = np.isin(every, np.concatenate([np.empty(0, np.int64), *keys]))
    if value.startswith("c") and len(value) == 17:
        found |= np.array([customer_name(key) == value for key in every.tolist()], dtype=np.bool_)
    return found


def _last_at(facts: Facts) -> NDArray[np.int64]:
    """int64[customers]: the instant of each one's last event."""
    found = np.zeros(len(facts.who.customers), dtype=np.int64)
    for index, bucket in enumerate(facts.trace.buckets):
        group = facts.who.group[facts.who.group_start[index] : facts.who.group_start[index + 1]]
        found[group] = bucket.at[bucket.offsets[1:] - 1]
    return found


def _rows(facts: Facts, frame: Frame | None, shown: list[int]) -> list[Customer]:
    found = []
    for customer in shown:
        bucket, low, high = group_of(facts, customer)
        key = int(facts.who.customers[customer])
        name, fitness = customer_name(key), fitness_of(frame.matched, key) if frame else None
        found.append(
            Customer(
                name, facts.labels[customer].as_py() or name, high - low, iso(int(bucket.at[low])),
                iso(int(bucket.at[high - 1])), facts.trace.events[bucket.event[high - 1]], fitness,
            )
        )  # fmt: skip
    return found


def fitness_of(matched: Matched, customer: int) -> float | None:
    """A customer's journeys together against the plan: 1 - their cost / (their events + shortest ways); None without any."""
    variants = matched.variant[journeys_of(matched, customer)]
    whole = int((matched.variants.length[variants] + matched.variants.shortest).sum())
    return 1 - int(matched.variants.cost[variants].sum()) / whole if whole else None


def journeys_of(matched: Matched, customer: int) -> NDArray[np.int64]:
    """The numbers of a customer's journeys, by time."""
    who = matched.journeys.customers
    place = int(np.searchsorted(who, customer))
    if place == len(who) or who[place] != customer:
        return np.empty(0, np.int64)
    return np.flatnonzero(matched.journeys.customer == place)
