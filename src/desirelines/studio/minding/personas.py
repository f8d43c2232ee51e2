"""Who the personas are: how many, whom they share, how they change; what backs them; what of the plan is for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from desirelines.errors import BadInput
from desirelines.measure import SMALL, Facts, wilson
from desirelines.model.period import Period
from desirelines.model.result import Result
from desirelines.plan import Insight, Persona, Plan, in_order
from desirelines.studio.minding.behaving import Moved, behaviour, moved
from desirelines.studio.minding.months import Active, Mask, active

Standing = Literal["assumption", "evidence only", "data only", "evidence and data"]
MOST_MOVED = 5


@dataclass(frozen=True)
class Backing:
    """One piece of evidence: an insight of the plan, or a source by its name only."""

    words: str
    source: str
    on: date | None
    n: int | None
    kind: Literal["quotation", "number", "photo", "note", "named"]


@dataclass(frozen=True)
class Share:
    """One month: of those active in it, the share who are this persona."""

    start_on: date
    active: int
    share: Result[float]


@dataclass(frozen=True)
class Overlap:
    """People who are both; `of_first`, `of_second`: as a share of either."""

    first: str
    second: str
    people: int
    of_first: Result[float]
    of_second: Result[float]


@dataclass(frozen=True)
class PersonaRow:
    """`size`: share of the customers active in the period; None: nobody can be counted. `rule_fault`: why not."""

    id: str
    name: str
    words: str
    needs: str
    segment: str
    standing: Standing
    backing: tuple[Backing, ...]
    backed_n: int
    """Cases that its evidence says it rests on."""
    people: int | None
    """Customers the rule holds, active or not: the segment's size."""
    size: Result[float] | None
    rule_fault: str
    months: tuple[Share, ...]
    drift: Moved | None
    changed: tuple[Moved, ...]
    """Touchpoints they meet more or less than before, more than chance, the surest first."""
    journeys: tuple[str, ...]
    moments: tuple[str, ...]
    unmet: tuple[str, ...]
    """Moments of theirs that no live experience meets."""
    towers: tuple[str, ...]
    behind: str
    """The segment's rule, to look at them everywhere; empty: none."""


@dataclass(frozen=True)
class Personas:
    rows: tuple[PersonaRow, ...]
    overlaps: tuple[Overlap, ...]
    active: int
    """Known customers with an event in the period."""
    unnamed: Result[float] | None
    """Share of them who are no persona; None where no persona can be counted."""
    parted_on: date | None
    """Drift holds what came before this day against what came from it on."""
    known: Result[float]
    """Share of all events that belong to a known person: nobody else can be counted as a persona."""
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class _Ground:
    plan: Plan
    facts: Facts
    found: Active
    like: Result[float]
    active: Mask

    def share(self, hits: int, n: int, of: str, behind: str = "") -> Result[float]:
        """A share with Wilson's interval."""
        low, high = wilson(hits, n) or (None, None)
        few = (f"rests on {n} {of} only",) if 0 < n < SMALL else ()
        return replace(
            self.like, value=hits / n if n else None, n=n, of=of, low=low, high=high, method="wilson", behind=behind, caveats=few
        )


def personas(
    plan: Plan, facts: Facts, members: Callable[[str], Mask], period: Period, number: int, known: Result[float]
) -> Personas:
    """`members`: rule → bool[customers of the facts]. A rule that names nothing there is says so, and counts nobody."""
    found = active(facts, plan, period)
    like = Result[float](None, "share", 0, "customers", period=period, plan_version=number, data_version=facts.trace.data_version)
    ground = _Ground(plan, facts, found, like, np.asarray(found.half.any(axis=0), np.bool_))
    chosen: dict[str, Mask] = {}
    faults: dict[str, str] = {}
    for one in in_order(plan.personas):
        if one.segment and one.segment.strip():
            try:
                chosen[one.id] = members(one.segment)
            except BadInput as fault:
                faults[one.id] = fault.message
    total = int(ground.active.sum())
    anyone = np.zeros(len(facts.who.customers), np.bool_)
    for mask in chosen.values():
        anyone |= mask
    unnamed = ground.share(int((ground.active & ~anyone).sum()), total, "active customers") if chosen else None
    rows = tuple(_row(one, chosen.get(one.id), faults.get(one.id, ""), ground) for one in in_order(plan.personas))
    return Personas(
        rows, _overlaps(chosen, ground), total, unnamed, found.parted_on, known, period, number, facts.trace.data_version,
        ("who somebody is follows what is known of them today, also in earlier months",) if chosen else (),
    )  # fmt: skip


def _row(one: Persona, members: Mask | None, fault: str, ground: _Ground) -> PersonaRow:
    plan = ground.plan
    insights = {insight.id: insight for insight in plan.insights}
    backing = (
        *(_backing(insights[name]) for name in one.evidence if name in insights),
        *(Backing(name, name, None, None, "named") for name in one.sources),
    )
    backed, counted = bool(backing), members is not None
    mine = [moment for moment in in_order(plan.moments) if moment.persona == one.id]
    live = {experience.moment for experience in plan.experiences if experience.state == "live"}
    standing: Standing = "evidence only" if backed else "assumption"
    if counted:
        standing = "evidence and data" if backed else "data only"
    size, months, drift, changed = _lived(one, members, ground) if members is not None else (None, (), None, ())
    return PersonaRow(
        one.id, one.name, one.words, one.needs, one.segment or "", standing, backing, sum(row.n or 0 for row in backing),
        int(members.sum()) if members is not None else None, size, fault, months, drift, changed,
        tuple(journey.name for journey in in_order(plan.journeys) if one.id in journey.personas),
        tuple(moment.words for moment in mine), tuple(moment.words for moment in mine if moment.id not in live),
        tuple(tower.name for tower in in_order(plan.towers) if tower.persona == one.id),
        (one.segment or "") if counted else "",
    )  # fmt: skip


def _backing(insight: Insight) -> Backing:
    return Backing(insight.words, insight.source, date.fromisoformat(insight.on) if insight.on else None, insight.n, insight.kind)


def _lived(
    one: Persona, members: Mask, ground: _Ground
) -> tuple[Result[float], tuple[Share, ...], Moved | None, tuple[Moved, ...]]:
    found = ground.found
    size = ground.share(int((members & ground.active).sum()), int(ground.active.sum()), "active customers")
    months = []
    for start, seen in zip(found.first_on, found.seen, strict=True):
        total = int(seen.sum())
        months.append(Share(start, total, ground.share(int((seen & members).sum()), total, "active customers")))
    hits = (int((found.half[0] & members).sum()), int((found.half[1] & members).sum()))
    of = (int(found.half[0].sum()), int(found.half[1].sum()))
    drift = moved(one.id, one.name, hits, of, "active customers", ground.like)
    names = [(touchpoint.id, touchpoint.name) for touchpoint in in_order(ground.plan.touchpoints)]
    changed = behaviour(members, found, names, ground.like)[:MOST_MOVED] if found.first_on else ()
    return size, tuple(months), drift, changed


def _overlaps(chosen: Mapping[str, Mask], ground: _Ground) -> tuple[Overlap, ...]:
    """Of every two personas that can be counted, among the active."""
    names = list(chosen)
    rows = []
    for place, first in enumerate(names):
        for second in names[place + 1 :]:
            one, two = chosen[first] & ground.active, chosen[second] & ground.active
            both = int((one & two).sum())
            rows.append(
                Overlap(
                    first,
                    second,
                    both,
                    ground.share(both, int(one.sum()), "people"),
                    ground.share(both, int(two.sum()), "people"),
                )
            )
    return tuple(rows)
