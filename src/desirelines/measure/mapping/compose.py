"""The whole sheet: every figure of the map, and in plain words what to mind about them."""

from __future__ import annotations

import numpy as np

from desirelines.map import CUSTOMERS_LIMIT, RATE_LIMIT
from desirelines.measure.gathering.days import iso
from desirelines.measure.intervals import SMALL
from desirelines.measure.mapping.evidence import Witness
from desirelines.measure.mapping.figures import Figures
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.mapping.loose import loose_events
from desirelines.measure.sheet import EventCount, Sheet, Tally, TouchpointFigures
from desirelines.measure.telling.words import percent, several
from desirelines.model.result import Result
from desirelines.plan import missing_strategy

UNKNOWN_LIMIT = 0.1
"""Above this share of events of unknown people the sheet says so."""


def sheet(frame: Frame, desire_rate: float = RATE_LIMIT, desire_customers: int = CUSTOMERS_LIMIT) -> Sheet:
    """The measured map of `frame`'s journey. Works with a plan alone too: everything is then guessed, no figure invented."""
    figures = Figures(frame, Witness(frame))
    matched, keep, brand = frame.matched, frame.keep, frame.plan.brand
    unclaimed, contested = loose_events(frame)
    touchpoints = figures.touchpoints()
    known = known_share(frame)
    events = int(matched.journeys.events[keep].sum())
    claimed = sum(touchpoint.events for touchpoint in touchpoints)
    began, ended = matched.journeys.began_at[keep], matched.journeys.ended_at[keep]
    return Sheet(
        brand=brand.name,
        simulated=brand.simulated,
        journey=matched.journey.id,
        journey_name=matched.journey.name,
        subject=matched.journey.subject,
        period=frame.period,
        segment=frame.segment.text,
        plan_version=frame.plan_version,
        data_version=matched.data_version,
        journeys=frame.journeys,
        people=frame.people,
        events=events,
        known=known,
        first_at=iso(int(began.min())) if len(began) else None,
        last_at=iso(int(ended.max())) if len(ended) else None,
        stages=figures.stages(),
        touchpoints=touchpoints,
        moments=figures.moments(),
        promises=figures.promises(),
        following=figures.following(),
        ways=figures.ways(desire_rate, desire_customers),
        seam=figures.seam(),
        unclaimed=unclaimed,
        contested=contested,
        caveats=_caveats(frame, known, touchpoints, contested, events - claimed, events),
        tally=Tally(events, claimed, events - claimed),
    )


def known_share(frame: Frame) -> Result[float]:
    """Share of the period's events, whoever's, that belong to a known person."""
    daily = frame.facts.daily
    mine = daily.inside(frame.period)
    known, unknown = int(daily.known[mine].sum()), int(daily.unknown[mine].sum())
    return frame.share(known, known + unknown, "events")


def _caveats(
    frame: Frame,
    known: Result[float],
    touchpoints: tuple[TouchpointFigures, ...],
    contested: tuple[EventCount, ...],
    loose: int,
    events: int,
) -> tuple[str, ...]:
    found = []
    if not frame.facts.daily.count:
        found.append("There are no events yet: every cell without other evidence is guessed.")
    elif not frame.journeys:
        found.append("No journey began in this period and segment.")
    elif frame.journeys < SMALL:
        found.append(f"Only {several(frame.journeys, 'journey')}: every share here could be far off by chance.")
    if known.value is not None and known.value < 1 - UNKNOWN_LIMIT:
        found.append(f"{percent(1 - known.value)} of the events belong to nobody known; they are part of no journey.")
    older = older_journeys(frame)
    if older:
        found.append(f"{several(older, 'journey')} here began under an older version of the plan than the one held against them.")
    dark = sum(touchpoint.evidence.state == "unmeasured" for touchpoint in touchpoints)
    if dark:
        found.append(
            f"{dark} of {len(touchpoints)} touchpoints are measured by nothing yet, so their reach is unknown, not zero."
        )
    if events and loose / events > UNKNOWN_LIMIT:
        found.append(f"{percent(loose / events)} of the journeys' events are claimed by no single touchpoint.")
    if contested:
        found.append(f"{several(sum(row.events for row in contested), 'event')} claimed by two touchpoints: given to neither.")
    if missing_strategy(frame.plan):
        found.append(f"The strategy is not complete ({', '.join(missing_strategy(frame.plan)).replace('_', ' ')} missing).")
    return tuple(found)


def older_journeys(frame: Frame) -> int:
    """Kept journeys that began before this version of the plan was in force."""
    if frame.in_force_us is None:
        return 0
    return int(np.count_nonzero(frame.matched.journeys.began_at[frame.keep] < frame.in_force_us))
