"""The four figures of the cockpit, each with what changed since the time before and whether that is more than chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.intervals import LEVEL, z_value
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.metrics.grouping import cut
from desirelines.measure.metrics.nouns import MetricChange, MetricRow
from desirelines.measure.metrics.register import metric_of
from desirelines.measure.metrics.sample import Sample
from desirelines.measure.metrics.told import Told
from desirelines.measure.sheet import Headline, PromiseFigures, Sheet
from desirelines.measure.telling.base import customer_base, stretches
from desirelines.measure.telling.words import amount, between, percent, several
from desirelines.model.period import Period
from desirelines.model.result import Result

Tone = Literal["good", "bad", "doubt", "plain", "unknown"]
MONTHS = 12
CHANCE = {True: "more than chance", False: "may be chance", None: "too few to say"}


def recommendation(frame: Frame) -> Headline:
    """Net recommendation, or honestly that it cannot be said."""
    told = Told(frame, metric_of("nps"))
    row = told.row
    if row.missing:
        return Headline("Would recommend", None, f"Not asked yet: {row.missing}.", "unknown", row.link)
    if told.inside is None or row.now.value is None:
        return Headline("Would recommend", row.now, "Asked, but not answered in this period.", "unknown", row.link)
    would, would_not = int((told.inside.value >= 9).sum()), int((told.inside.value <= 6).sum())
    return _of_row("Would recommend", row, f"{would:,} would, {would_not:,} would not.")


def effort(frame: Frame) -> Headline:
    """Contacts that customers need; where those are not known, how many found it easy; else what is missing."""
    row = Told(frame, metric_of("contact-rate")).row
    if row.now.value is not None:
        return _of_row("Effort", row, f"{row.unit}; fewer is better.")
    asked = Told(frame, metric_of("ease")).row
    if asked.now.value is not None:
        return _of_row("Effort", asked, f"of {several(asked.now.n, 'answer')} found it easy.")
    words = f"Not known yet: {row.missing}." if row.missing else "Nobody had to ask for help in this period."
    return Headline("Effort", None, words, "unknown", row.link)


def _of_row(name: str, row: MetricRow, words: str) -> Headline:
    change = row.change
    tone: Tone = "bad" if row.state == "missed" else "good" if row.state == "met" else "plain"
    if change is not None and change.better is not None:
        tone = "good" if change.better else "bad"
    unit = row.unit if row.unit in ("share", "points") or row.unit.isupper() else "ratio"
    held = "" if row.target is None else f" The target is {amount(row.target, unit)}."
    return Headline(
        name, row.now, words + held, tone, row.link, row.series, change.result if change else None, changed(change)
    )  # fmt: skip


def changed(change: MetricChange | None) -> str:
    """``down 23 points (-43.4 to -2.5), the later half of the data against the earlier: more than chance``"""
    if change is None or change.result.value is None:
        return ""
    against = "on the period before" if change.compared.startswith("with ") else "from the first half to the second"
    return told_change(change.result, against, change.more_than_chance)


def told_change(change: Result[float], against: str, more: bool | None) -> str:
    """A change in words, with its interval and whether it may be chance."""
    value, unit = change.value or 0.0, change.unit
    scale = 100.0 if unit == "share" else 1.0
    word = "points" if unit == "share" else unit if unit in ("points", "days", "minutes") or unit.isupper() else "score"
    direction = "up" if value > 0 else "down" if value < 0 else "unchanged"
    size = "" if not value else f" {_short(scale * abs(value), word)}"
    known = change.low is not None and change.high is not None
    spread = f" ({_short(scale * (change.low or 0))} to {_short(scale * (change.high or 0))})" if known else ""
    return f"{direction}{size}{spread} {against}: {CHANCE[more]}"


def _short(value: float, unit: str = "score") -> str:
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 1 else 2
    return amount(round(value, digits), unit)


def worst_of(whole: Sheet) -> PromiseFigures | None:
    """The judged promise that lies furthest under (or least above) its target."""
    judged = [one for one in whole.promises if one.kept.value is not None]
    return min(judged, key=lambda one: ((one.kept.value or 0.0) - one.target, one.id), default=None)


def worst_promise(frame: Frame, whole: Sheet) -> Headline:
    """The promise that is kept least, held against its target and against the time before."""
    worst = worst_of(whole)
    if worst is None or worst.kept.value is None:
        words = "No promise could be judged in this period." if whole.promises else "No promise is made measurable yet."
        return Headline("Promise kept least", None, words, "unknown", "plan/promises")
    words = (
        f"“{worst.name}”: {percent(worst.kept.value)}{between(worst.kept.low, worst.kept.high)} of {worst.kept.n:,} kept, "
        f"{percent(worst.target)} promised."
    )
    told = Told(frame, metric_of("promise-kept"))
    mine = told.mine
    if mine is not None and mine.part is not None:
        part = next(index for index, (name, _) in enumerate(mine.parts) if name == worst.id)
        told.mine = mine = mine.take(np.flatnonzero(mine.part == part))
        told.inside = cut(mine, *frame.bounds)
    row = told.row
    tone: Tone = "good" if worst.state == "kept" else "bad" if worst.state == "broken" else "doubt"
    return Headline(
        "Promise kept least", worst.kept, words, tone, f"map?promise={worst.id}", row.series,
        row.change.result if row.change else None, changed(row.change),
    )  # fmt: skip


def base(frame: Frame) -> Headline:
    """Customers won and lost from one whole month to the next; under two months who was active."""
    told = Told(frame, metric_of("quick-ratio"))
    months = [] if told.inside is None or told.mine is None else np.unique(told.inside.at).tolist()
    if not months or told.mine is None:
        return _active(frame)
    counts = [_counts(told.mine, month) for month in months[-MONTHS:]]
    won, lost = counts[-1]
    first = _day(frame, months[-1])
    result = _net(frame, won - lost, won + lost, _month(first))
    words = f"{won:,} won and {lost:,} lost in {first:%B %Y}{_ratio(won, lost)}."
    link = "figures/quick-ratio"
    series = tuple(float(gained - gone) for gained, gone in counts)
    tone: Tone = "good" if (result.low or 0) > 0 else "bad" if (result.high or 0) < 0 else "plain"
    before = [month for month in np.unique(told.mine.at).tolist() if month < months[-1]]
    if not before:
        return Headline("Customer base", result, words, tone, link, series)
    old_won, old_lost = _counts(told.mine, before[-1])
    gap = _net(frame, won - lost - old_won + old_lost, won + lost + old_won + old_lost, _month(first))
    more = None if gap.low is None or gap.high is None else not gap.low <= 0 <= gap.high
    against = f"on the month before{_ratio(old_won, old_lost).replace('; quick ratio', ' with its quick ratio of')}"
    return Headline("Customer base", result, words, tone, link, series, gap, told_change(gap, against, more))


def _active(frame: Frame) -> Headline:
    """Known customers active in the period, and those who came for the first time."""
    parts = stretches(frame)
    found = customer_base(frame, parts)
    if not found.active:
        return Headline("Customer base", None, "Nobody known was active in this period.", "unknown", "customers")
    result: Result[float] = frame.result(float(found.active), "customers", found.active, "customers")
    words = f"{several(found.active, 'customer')} active, {found.new:,} of them for the first time; too short to say who stays."
    return Headline("Customer base", result, words, "plain", "customers", tuple(float(count) for count in found.series))


def _counts(units: Sample, month: int) -> tuple[int, int]:
    """(won, lost) at the month's first instant."""
    rows = units.between(month, month + 1)
    gone: NDArray[np.float64] = np.zeros(0) if units.exposure is None else units.exposure[rows]
    return int(units.value[rows].sum()), int(gone.sum())


def _net(frame: Frame, net: int, moved: int, period: Period) -> Result[float]:
    """Who comes and who goes are counts: their difference has the spread of their sum."""
    half = z_value(LEVEL) * sqrt(moved)
    result = frame.result(
        float(net), "customers", moved, "won or lost", low=net - half, high=net + half, level=LEVEL, method="counts"
    )
    return replace(result, period=period)


def _ratio(won: int, lost: int) -> str:
    return f"; quick ratio {won / lost:.2f}" if lost else ""


def _day(frame: Frame, at: int) -> date:
    months = Told(frame, metric_of("quick-ratio")).ground.months
    return months.first_on[int(np.searchsorted(np.asarray(months.units.starts), at, side="right")) - 1]


def _month(first: date) -> Period:
    later = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Period(first, later - timedelta(days=1))
