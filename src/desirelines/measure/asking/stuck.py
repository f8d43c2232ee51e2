"""Where are people stuck? Places where journeys wait longer than is usual there, come back again and again, or are left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.asking.places import LEFT, OPEN, Places, PlacesAsk
from desirelines.measure.asking.times import Lasting, lasting, share
from desirelines.measure.asking.walk import Level
from desirelines.measure.gathering.days import iso
from desirelines.measure.telling.words import lasting as said
from desirelines.measure.telling.words import percent, several
from desirelines.model.period import Period
from desirelines.model.result import Result

DAY_SECONDS = 86_400


class StuckAsk(PlacesAsk):
    """Its marks are `open:`, `left:`, `at:` and `again:` with a place's name."""

    of: Annotated[Literal["step", "stage"], Field(description="step, or stage of the planned journey")] = "step"
    top: Annotated[int, Field(ge=1, le=100, description="places at most")] = 10


@dataclass(frozen=True)
class StuckPlace:
    name: str
    journeys: int
    people: int
    """That ever came by."""
    waiting: int
    """Journeys that are there now and may still go on."""
    waiting_seconds: float | None
    """Their median wait so far."""
    overdue: int
    """Those of them that wait longer than half of those did who went on."""
    left: Result[float]
    """Share of journeys that stayed silent there."""
    again: Result[float]
    """Share of journeys that came more than once."""
    lasting: Lasting
    """Usual time until those who go on do so."""
    excess_days: float
    """Days beyond the usual time, over all journeys: what this place is ranked by."""
    words: str
    behind: str
    behind_waiting: str
    behind_left: str
    behind_again: str


@dataclass(frozen=True)
class Stuck:
    level: Level
    subject: str
    journeys: int
    people: int
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
    of: Literal["step", "stage"]
    now_at: str
    """The time of the data's last event: waiting is measured until then."""
    hours: str
    places: tuple[StuckPlace, ...]
    """Those that cost the most time beyond the usual first; where a journey may end is none of them."""


def stuck(paths: Paths, ask: StuckAsk) -> Stuck:
    """Raises BadInput for names that are none, hours that do not read, and stages without a planned journey."""
    places = Places(paths, ask, ask.of)
    excess = _excess_us(places)
    order = [int(state) for state in np.argsort(-excess, kind="stable") if excess[state] > 0 and not places.over[state]]
    rows = tuple(_place(places, ask, state, float(excess[state])) for state in order[: ask.top])
    return Stuck(
        paths.level, paths.trace.subject, int(paths.keep.sum()), paths.people, paths.period, paths.plan_version,
        paths.trace.data_version, tuple(_caveats(places, len(order) - len(rows))), ask.of, iso(_now(paths)), ask.hours, rows,
    )  # fmt: skip


def _now(paths: Paths) -> int:
    return max((bucket.span_us[1] for bucket in paths.trace.buckets if len(bucket.at)), default=0)


def _excess_us(places: Places) -> NDArray[np.float64]:
    """[s] time beyond the place's median: of the stays that ended, of those who wait there, and, up to the place's patience,
    of those who left."""
    usual = np.nan_to_num(places.found.spread.quantile_us[:, 2], nan=0.0)
    excess = places.found.spread.excess_us.copy()
    state = places.ends.state
    for standing, time in ((OPEN, places.waiting_us), (LEFT, np.minimum(places.waiting_us, places.limit_us[state]))):
        mine = places.standing == standing
        beyond = np.maximum(time[mine] - usual[state[mine]], 0)
        excess += np.bincount(state[mine], beyond, minlength=len(usual))
    return excess


def _place(places: Places, ask: StuckAsk, state: int, excess_us: float) -> StuckPlace:
    found, name = places.found, places.ids[state]
    times, journeys = lasting(found.spread, state), int(found.journeys[state])
    there = (places.ends.state == state) & (places.standing == OPEN)
    waits = places.waiting_us[there] / 1e6
    left = int(places.counts[LEFT][state])
    again = int(found.again[state])
    overdue = int((waits > times.median).sum()) if times.median is not None else 0
    behind = {what: places.paths.behind("stuck", ask, f"{what}:{name}") for what in ("at", "open", "left", "again")}
    return StuckPlace(
        places.names[state], journeys, int(found.people[state]), len(waits), float(np.median(waits)) if len(waits) else None,
        overdue, share(places.paths, left, journeys, behind["left"]), share(places.paths, again, journeys, behind["again"]),
        times, excess_us / 1e6 / DAY_SECONDS, _words(len(waits), overdue, left, again, journeys, times), behind["at"],
        behind["open"], behind["left"], behind["again"],
    )  # fmt: skip


def _words(waiting: int, overdue: int, left: int, again: int, journeys: int, times: Lasting) -> str:
    parts = []
    if times.median is not None and times.p90 is not None:
        parts.append(f"half go on within {said(times.median)}, nine in ten within {said(times.p90)}")
    else:
        parts.append("nobody has gone on from here")
    if waiting:
        parts.append(f"{several(waiting, 'waits', 'wait')} there now" + (f", {overdue:,} longer than usual" if overdue else ""))
    if left:
        parts.append(f"{left:,} left ({percent(left / journeys)})")
    if again:
        parts.append(f"{again:,} came more than once ({percent(again / journeys)})")
    return f"{several(journeys, 'journey')} came by: {'; '.join(parts)}."


def _caveats(places: Places, hidden: int) -> list[str]:
    found = ["only open hours are counted"] if places.ask.hours else []
    if not places.over.any():
        found.append(
            "where a journey is over is not said (done, ends, a plan): its last step may be an end and no place to be stuck"
        )
    if hidden > 0:
        found.append(f"{several(hidden, 'further place is', 'further places are')} not listed")
    return found


def of_stuck(paths: Paths, ask: StuckAsk, mark: str) -> Mask:
    """bool[j]: the journeys that `mark` stands for."""
    return Places(paths, ask, ask.of).marked(mark)
