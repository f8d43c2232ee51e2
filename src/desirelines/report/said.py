"""Results in the words of paper."""

from __future__ import annotations

from desirelines.measure import lasting, percent
from desirelines.model.period import Period
from desirelines.model.result import Result

UNKNOWN = "unknown"


def value(one: Result[float] | None) -> str:
    """The figure alone."""
    if one is None or one.value is None:
        return UNKNOWN
    return _said(one.value, one.unit)


def interval(one: Result[float] | None) -> str:
    """`93.0 to 93.8 %`; empty where there is none."""
    if one is None or one.value is None or one.low is None or one.high is None:
        return ""
    if one.unit in ("share", "fitness"):
        return f"{100 * one.low:.1f} to {100 * one.high:.1f} %"
    return f"{_said(one.low, one.unit)} to {_said(one.high, one.unit)}"


def rests(one: Result[float] | None) -> str:
    """What it rests on: interval and n."""
    if one is None:
        return ""
    return ", ".join(part for part in (interval(one), f"n {one.n:,}") if part)


def _said(number: float, unit: str) -> str:
    if unit in ("share", "fitness"):
        return percent(number)
    if unit == "seconds":
        return lasting(number)
    if unit == "points":
        return f"{number:+.0f}"
    if unit == "score":
        return f"{round(number, 2) + 0.0:+.2f}"
    return f"{number:,.0f}" if number == round(number) else f"{number:,.2f}"


def days(period: Period) -> str:
    """A period in words."""
    first, last = period.first_on, period.last_on
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else "all days"
