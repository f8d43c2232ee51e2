"""How we know what a touchpoint does: guessed, observed, asked or measured; and whether it still speaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.gathering.days import iso, number_of
from desirelines.measure.gathering.facts import days_in
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.sheet import Evidence, Grade
from desirelines.plan import Insight

GRADES: tuple[Grade, ...] = ("guessed", "observed", "asked", "measured")
SILENT_DAYS = 14
SILENT_GAPS = 5
"""A touchpoint is silent when nothing came for so many days, and for so many times its usual pause between days."""

Int = NDArray[np.int64]


def best(grades: Iterable[Grade]) -> Grade:
    """The strongest of some grades; guessed of none."""
    return max(grades, key=GRADES.index, default="guessed")


def insight_grade(insight: Insight) -> Grade:
    """What a learned thing is worth: what customers said is asked, what somebody saw observed; guessed without a source."""
    if not insight.source.strip():
        return "guessed"
    return "asked" if insight.kind in ("quotation", "number") else "observed"


@dataclass(frozen=True)
class Witness:
    """Evidence of every touchpoint in one frame. Events count whoever they belong to, so a segment changes nothing here."""

    frame: Frame

    @cached_property
    def events(self) -> Int:
        """[touchpoints] events in the period, of known and unknown people."""
        daily = self.frame.facts.daily
        mine = daily.inside(self.frame.period) & (daily.code < len(self.frame.matched.touchpoints))
        found = np.bincount(daily.code[mine], (daily.known + daily.unknown)[mine], len(self.frame.matched.touchpoints))
        return found.astype(np.int64)

    @cached_property
    def sources(self) -> list[tuple[str, ...]]:
        """[touchpoints] names of the sources that ever gave it an event."""
        daily = self.frame.facts.daily
        found = (daily.sources_of.get(code, ()) for code in range(len(self.frame.matched.touchpoints)))
        return [tuple(sorted(daily.sources[source] for source in mine)) for mine in found]

    @cached_property
    def learned(self) -> dict[str, Grade]:
        """What the plan's insights are worth, by the touchpoint they are about."""
        found: dict[str, Grade] = {}
        for insight in self.frame.plan.insights:
            if insight.touchpoint:
                found[insight.touchpoint] = best((found.get(insight.touchpoint, "guessed"), insight_grade(insight)))
        return found

    def of(self, code: int) -> Evidence:
        """One touchpoint's evidence."""
        frame = self.frame
        name = frame.matched.touchpoints[code]
        answers = sum(
            len(frame.facts.answers.values(question, *frame.bounds)) for question in frame.facts.answers.at_touchpoints([name])
        )
        observations = days_in(frame.facts.observations, name, frame.period)
        figures = days_in(frame.facts.figures, name, frame.period)
        events, last_at = int(self.events[code]), int(frame.facts.daily.last_at[code])
        came: Grade = "measured" if events else "asked" if answers else "observed" if observations or figures else "guessed"
        grade = best((came, self.learned.get(name, "guessed")))
        shown = iso(last_at) if last_at >= 0 else None
        return Evidence(grade, events, answers, observations, figures, shown, self.state(code))

    def state(self, code: int) -> Literal["alive", "silent", "unmeasured"]:
        """As of the period's last day, or of the data's (`Daily.today`) where that is earlier."""
        daily = self.frame.facts.daily
        today = daily.today
        if self.frame.period.last_on:
            today = min(today, number_of(self.frame.period.last_on) - daily.calendar.first)
        days = daily.active_days.get(code, np.empty(0, np.int64))
        days = days[: np.searchsorted(days, today, side="right")]
        if not len(days):
            return "unmeasured"
        usual = float(np.median(np.diff(days))) if len(days) > 1 else 0.0
        return "silent" if today - days[-1] > max(SILENT_DAYS, SILENT_GAPS * usual) else "alive"
