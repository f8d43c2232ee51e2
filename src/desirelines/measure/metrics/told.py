"""One metric in one frame: its row, its trend, its parts, and the units that each mark stands for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from desirelines.errors import BadInput
from desirelines.measure.asking.address import Asked, write_address
from desirelines.measure.asking.calendar import Calendar, calendar
from desirelines.measure.asking.walk import Walk
from desirelines.measure.estimating.estimate import Estimate, Gap, nothing
from desirelines.measure.estimating.rates import ratio_of_rates
from desirelines.measure.gathering.days import DAY_US, day_at
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.metrics.entry import Metric
from desirelines.measure.metrics.ground import Ground, Missing
from desirelines.measure.metrics.grouping import Grouped, cut, grouped, of_members
from desirelines.measure.metrics.nouns import Beside, MetricAsk, MetricChange, MetricGroup, MetricRow, TrendPoint
from desirelines.measure.metrics.sample import METHODS, Sample, estimate, gap, value_of
from desirelines.measure.telling.base import stretches
from desirelines.model.period import Period
from desirelines.model.result import Result

MOST_UNITS = 400
MONTHLY = (
    "retention", "inactivity", "quick-ratio", "quick-ratio-money", "net-growth", "engagement", "buzz-share", "share-of-life",
)  # fmt: skip
"""Made of whole months: finer units would hold some customers only."""


class Told:
    """One metric in one frame."""

    def __init__(self, frame: Frame, one: Metric, ask: MetricAsk | None = None) -> None:
        self.frame, self.metric = frame, one
        self.ask = ask or MetricAsk(id=one.id)
        self.ground = ground_of(frame)
        self.made = _units(frame, one, self.ground)
        self.whole = self.made if isinstance(self.made, Sample) else None
        mine = self.whole
        self.mine = None if mine is None else of_members(mine, frame.members)
        self.inside = None if self.mine is None else cut(self.mine, *frame.bounds)

    @property
    def missing(self) -> Missing | None:
        """Why it cannot be said, if so."""
        return self.made if isinstance(self.made, Missing) else None

    @property
    def row(self) -> MetricRow:
        one, plan = self.metric, self.frame.plan
        held = next((wanted for wanted in plan.metrics if wanted.id == one.id), None)
        now = self.result(self.estimate(self.inside), "now")
        missing = self.missing
        before, change = self._before() if missing is None else (None, None)
        target = held.target if held else None
        link = missing.link if missing else f"figures/{one.id}"
        return MetricRow(
            one.id, one.name, one.words, one.formula, self.unit, one.direction, one.family, one.source, one.needs, one.caution,
            now, before, change, target, held.owner if held else None, _state(now, target, one.direction), self._series(),
            missing.words if missing else "", missing.roles if missing else (), link,
        )  # fmt: skip

    @property
    def unit(self) -> str:
        return self.frame.plan.brand.currency if self.metric.unit == "money" else self.metric.unit

    @property
    def of(self) -> str:
        return "units" if self.whole is None else self.whole.of

    def estimate(self, units: Sample | None) -> Estimate:
        return nothing(METHODS[self.metric.kind]) if units is None else estimate(self.metric.kind, units)

    def result(self, found: Estimate, mark: str, period: Period | None = None) -> Result[float]:
        """An estimate as a Result, kept inside the metric's scale."""
        low, high = found.low, found.high
        if self.metric.scale:
            bottom, top = self.metric.scale
            low = None if low is None else min(max(low, bottom), top)
            high = None if high is None else max(min(high, top), bottom)
        return Result(
            found.value, self.unit, found.n, self.of, low, high, found.level, found.method,
            self.frame.period if period is None else period, self.frame.plan_version, self.frame.matched.data_version,
            found.caveats, self.address(mark) if mark and found.n else "",
        )  # fmt: skip

    def address(self, mark: str) -> str:
        first, last = (day.isoformat() if day else "" for day in (self.frame.period.first_on, self.frame.period.last_on))
        asked = Asked(self.frame.matched.journey.id, first, last, self.frame.segment.text)
        return write_address("metric", asked, Walk(), self.ask, mark)

    def _before(self) -> tuple[Result[float] | None, MetricChange | None]:
        """The period before and the change since; of an open period the data's halves."""
        if self.mine is None or self.inside is None:
            return None, None
        period = period_before(self.frame)
        if period is not None:
            old, new = cut(self.mine, *period.bounds_us(self.frame.plan.brand.zone)), self.inside
            words = f"with {period.first_on} to {period.last_on}, the period before"
        else:
            parts = stretches(self.frame, 2)
            if len(parts) < 2:
                return None, None
            old, new = (cut(self.mine, *part) for part in parts)
            words = "the later half of the data with the earlier half"
        a, b = self.estimate(new), self.estimate(old)
        before = self.result(b, "before", period or _half(self.frame))
        return before, self.change(new, old, a, b, words)

    def change(self, new: Sample, old: Sample, a: Estimate, b: Estimate, words: str) -> MetricChange | None:
        """new - old, where both can be said."""
        found = gap(self.metric.kind, new, old, a, b)
        if found.value is None:
            return None
        ratio = ratio_of_rates(a, b) if self.metric.kind == "rate" else None
        better = None
        if found.more_than_chance and self.metric.direction != "either":
            better = (found.value > 0) == (self.metric.direction == "up")
        times = None if ratio is None else self._gap(ratio, "times", a.n + b.n)
        return MetricChange(self._gap(found, self.unit, a.n + b.n), found.p, found.more_than_chance, better, words, times)

    def _gap(self, found: Gap, unit: str, n: int) -> Result[float]:
        return Result(
            found.value, unit, n, self.of, found.low, found.high, method=found.method, period=self.frame.period,
            plan_version=self.frame.plan_version, data_version=self.frame.matched.data_version,
        )  # fmt: skip

    def _series(self) -> tuple[float | None, ...]:
        if self.mine is None:
            return ()
        return tuple(value_of(self.metric.kind, cut(self.mine, *part)) for part in stretches(self.frame))

    @property
    def days(self) -> Calendar | None:
        """The units of the trend; None without any row."""
        if self.inside is None or not len(self.inside):
            return None
        unit = "month" if self.metric.id in MONTHLY else self.ask.unit
        return calendar(int(self.inside.at[0]), int(self.inside.at[-1]), self.frame.plan.brand.zone, unit)

    def trend(self) -> tuple[TrendPoint, ...]:
        """Each unit that the period's rows touch, at most so many, the latest."""
        days, found = self.days, []
        if days is None or self.inside is None:
            return ()
        for index in range(max(0, len(days.first_on) - MOST_UNITS), len(days.first_on)):
            start_on, (low, high) = days.first_on[index], days.units.starts[index : index + 2].tolist()
            period = Period(start_on, max(start_on, day_at(high - 1, self.frame.plan.brand.zone)))
            result = self.result(self.estimate(cut(self.inside, low, high)), f"unit:{start_on.isoformat()}", period)
            reached = high if days.unit == "day" else high - DAY_US  # a month is whole once the data reach its last day
            found.append(TrendPoint(start_on, result, reached <= self.ground.as_of))
        return tuple(found)

    def group(self, one: Grouped) -> MetricGroup:
        found, rest = self.estimate(one.units), self.estimate(one.rest)
        change = (
            self.change(one.units, one.rest, found, rest, "with all the others") if one.rest is not None and found.n else None
        )
        return MetricGroup(one.id, one.name, self.result(found, f"group:{one.id}"), change)

    def marked(self, place: str, beside: Beside) -> Sample:
        """The rows that a mark stands for."""
        kind, _, value = place.partition(":")
        if self.mine is None or self.inside is None:
            raise BadInput(f"`{self.metric.id}` cannot be said here, so nobody is behind it", hint="see what is missing")
        if place == "now":
            return self.inside
        if place == "before":
            period = period_before(self.frame)
            low, high = period.bounds_us(self.frame.plan.brand.zone) if period else stretches(self.frame, 2)[0]
            return cut(self.mine, low, high)
        days = self.days
        starts = [] if days is None else [one.isoformat() for one in days.first_on]
        if kind == "unit" and days is not None and value in starts:
            low, high = days.units.starts[starts.index(value) : starts.index(value) + 2].tolist()
            return cut(self.inside, low, high)
        if kind == "group" and self.ask.by:
            for one in grouped(self.inside, self.ask.by, self.frame, self.ground, beside):
                if one.id == value:
                    return one.units
        raise BadInput(
            f"`{place[:80]}` is no mark of a metric", hint="now, before, unit:2017-10-01 or group:<id>, then :yes or :no"
        )


def ground_of(frame: Frame) -> Ground:
    key = ("ground", frame.matched.key)
    if key not in frame.facts.kept:
        frame.facts.kept[key] = Ground(frame.facts, frame.matched)
    found: Ground = frame.facts.kept[key]
    return found


def _units(frame: Frame, one: Metric, ground: Ground) -> Sample | Missing:
    """A metric's sample over all of the data, made once as long as the facts are."""
    key = ("units", frame.matched.key, one.units)
    kept = frame.facts.kept
    if key not in kept:
        kept[key] = one.units(ground)
    found: Sample | Missing = kept[key]
    return found


def period_before(frame: Frame) -> Period | None:
    """As many days as the period has, right before it; None for an open period."""
    first, last = frame.period.first_on, frame.period.last_on
    if first is None or last is None:
        return None
    days = (last - first).days + 1
    return Period(first - timedelta(days=days), first - timedelta(days=1))


def _half(frame: Frame) -> Period:
    """The earlier half of the data, in whole days."""
    (low, high), zone = stretches(frame, 2)[0], frame.plan.brand.zone
    return Period(day_at(low, zone), max(day_at(low, zone), day_at(high - 1, zone)))


def _state(now: Result[float], target: float | None, direction: str) -> Any:
    if target is None or direction == "either":
        return "no target"
    if now.value is None:
        return "not said"
    up = direction == "up"
    worst = now.high if up else now.low
    if worst is not None and ((worst < target) if up else (worst > target)):
        return "missed"
    return "met" if ((now.value >= target) if up else (now.value <= target)) else "in doubt"
