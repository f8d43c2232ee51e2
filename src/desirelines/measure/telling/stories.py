"""One customer across all silos, on one timeline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np

from desirelines.errors import NotFound
from desirelines.identify import Identities, customer_key, identifiers_of
from desirelines.map import MARKS, Matched, read_traits
from desirelines.measure.gathering.days import iso
from desirelines.measure.gathering.facts import Facts
from desirelines.measure.gathering.judge import STATES
from desirelines.measure.sheet import Story, StoryEvent
from desirelines.measure.telling.behind import fitness_of, journeys_of
from desirelines.measure.telling.rows import at_refs, group_of
from desirelines.model.automaton import CONTESTED
from desirelines.model.event import PROPERTY_TYPES
from desirelines.plan import find
from desirelines.store import Snapshot

LONGEST = 1000
"""Events of a customer that are shown, the newest."""
SPOKEN = frozenset({"comment", "comments", "message", "text", "note", "answer", "feedback", "words", "verbatim", "review"})
_WORDS = re.compile(r"[a-z]+")
Where = Mapping[int, tuple[str, str | None]]
"""An event's reference to its mark and the stage it was matched in."""


def story(
    facts: Facts,
    snapshot: Snapshot,
    identities: Identities,
    customer: str,
    matched: Matched | None = None,
    longest: int = LONGEST,
) -> Story:
    """The customer named so, with what each event was in the planned journey. Raises BadInput, NotFound."""
    key = customer_key(customer)
    place = int(np.searchsorted(facts.who.customers, key))
    if place == len(facts.who.customers) or facts.who.customers[place] != key:
        raise NotFound(f"there is no customer {customer}", hint="identities may have been joined since: search by an identifier")
    bucket, low, high = group_of(facts, place)
    refs = [int(ref) for ref in bucket.ref[max(low, high - longest) : high]]
    columns = [name for name in snapshot.columns("events") if "_" in name and name.partition("_")[0] in _SHOWN]
    whole = high - low <= longest  # else the lake would give far more rows by person than are shown
    people = (identities.keys[identities.customer == key].tolist() or [key]) if whole else ()
    rows = at_refs(snapshot, refs, ["event", "source", "channel", "at", *columns], people)
    codes = {int(ref): int(code) for ref, code in zip(refs, _codes(facts, place)[-len(refs) :], strict=True)}
    marks, missing = _marks(matched, key) if matched else ({}, ())
    events = tuple(_event(row, codes[ref], facts, matched, marks.get(ref)) for ref, row in zip(refs, rows, strict=True))
    return Story(
        customer=customer,
        identifiers={kind: tuple(values) for kind, values in identifiers_of(snapshot, identities, key).items()},
        traits=read_traits(snapshot, identities, facts.who).of(place),
        events=events,
        event_count=high - low,
        first_at=iso(int(bucket.at[low])),
        last_at=iso(int(bucket.at[high - 1])),
        promises=_promises(facts, place),
        fitness=fitness_of(matched, key) if matched else None,
        missing=missing,
        held=_held(identities, rows),
    )


_SHOWN = frozenset({*PROPERTY_TYPES, "object", "id", "currency"})


def _codes(facts: Facts, customer: int) -> Any:
    """Touchpoint codes of a customer's events."""
    who = facts.who
    group = int(np.flatnonzero(who.group == customer)[0])
    index = int(np.searchsorted(who.group_start, group, side="right")) - 1
    bucket, inside = facts.trace.buckets[index], group - int(who.group_start[index])
    return facts.bound.codes[index][int(bucket.offsets[inside]) : int(bucket.offsets[inside + 1])]


def _event(
    row: dict[str, Any], code: int, facts: Facts, matched: Matched | None, where: tuple[str, str | None] | None
) -> StoryEvent:
    touchpoint = facts.bound.touchpoints[code] if code < CONTESTED else None
    stage, side = where[1] if where else None, None
    if matched and touchpoint:
        used = [one for index, one in enumerate(matched.stages) if matched.in_stage[code, index]]
        stage = stage or (used[0].id if used else None)
        side = next((one.side for one in matched.stages if one.id == stage), None)
    properties = {
        name.partition("_")[2]: _spelled(value, row.get(f"currency_{name.partition('_')[2]}"))
        for name, value in row.items()
        if value is not None and name.partition("_")[0] in PROPERTY_TYPES
    }
    return StoryEvent(
        iso(_us(row["at"])), row["event"], row["source"], row["channel"], touchpoint,
        find(matched.plan.touchpoints, touchpoint, "touchpoint").name if matched and touchpoint else touchpoint, stage, side,
        {name.removeprefix("object_"): value for name, value in row.items() if name.startswith("object_") and value},
        properties, _quote(row), where[0] if where else None,
    )  # fmt: skip


def _us(at: datetime) -> int:
    since = at - datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _spelled(value: Any, currency: str | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return iso(_us(value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f} {currency or ''}".strip()
    if isinstance(value, float):
        return f"{value:g}" if value != int(value) else str(int(value))
    return str(value)


def _quote(row: dict[str, Any]) -> str | None:
    """What the customer said or wrote: a text whose name says so, the longest of several."""
    said = [
        value.strip()
        for name, value in row.items()
        if name.startswith("text_") and value and SPOKEN & set(_WORDS.findall(name.removeprefix("text_")))
    ]
    return max((one for one in said if " " in one or len(one) > 20), key=len, default=None)


def _marks(matched: Matched, key: int) -> tuple[Where, tuple[str, ...]]:
    """Where each event of the customer's journeys stands in the plan, and the touchpoints that did not come."""
    found: dict[int, tuple[str, str | None]] = {}
    missing: dict[str, None] = {}
    skipped = matched.journey.unclaimed == "ignored"
    for journey in journeys_of(matched, key).tolist():
        index = int(np.searchsorted(matched.journeys.bucket, journey, side="right")) - 1
        bucket, codes = matched.trace.buckets[index], matched.bound.codes[index]
        span = range(int(matched.journeys.start[journey]), int(matched.journeys.end[journey]))
        events = [event for event in span if not skipped or codes[event] < CONTESTED]
        variant = int(matched.variant[journey])
        before: int | None = None
        low = int(matched.variants.offsets[variant])
        places = matched.variants.position[low : low + len(events)].tolist()
        for event, mark, place in zip(events, matched.variants.marks_of(variant).tolist(), places, strict=True):
            said, stage = MARKS[mark], None
            if place >= 0:
                position, at = matched.automaton.positions[place], int(bucket.at[event])
                stage = position.stage
                if before is not None and position.within_us is not None and at - before > position.within_us:
                    said = "late"
                before = at
            found[int(bucket.ref[event])] = (said, stage)
        missing.update(dict.fromkeys(matched.automaton.positions[one].touchpoint for one in matched.variants.missing_of(variant)))
    return found, tuple(missing)


def _promises(facts: Facts, customer: int) -> tuple[tuple[str, str], ...]:
    judgements = facts.judgements
    places = np.flatnonzero(judgements.customer == customer)
    which = np.searchsorted(judgements.offsets, places, side="right") - 1
    return tuple(
        (judgements.promises[promise], STATES[int(judgements.state[place])])
        for promise, place in zip(which.tolist(), places.tolist(), strict=True)
    )


def _held(identities: Identities, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    held = {(f"id_{one.kind}", one.value) for one in identities.held}
    return tuple(sorted({str(value) for row in rows for name, value in row.items() if (name, value) in held}))
