"""Figures in words, for cells of text."""

from __future__ import annotations

from desirelines.measure import lasting, percent
from desirelines.studio.taking.wall import WallFigure


def number_said(value: float, unit: str) -> str:
    """A value as one says it: ``93.4 %``, ``2 days``, ``+0.40``, ``1,204``."""
    if unit in ("share", "rate", "fitness"):
        return percent(value)
    if unit == "seconds":
        return lasting(value)
    if unit == "score":
        return f"{round(value, 2) + 0.0:+.2f}"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"


def figure_said(one: WallFigure) -> str:
    """``reach 61.4 % (60.1 to 62.7 %, n 4,201)``; says when nothing is known."""
    if one.value is None:
        return f"{one.name} unknown"
    rests = [interval_said(one)] if interval_said(one) else []
    rests += [f"n {one.n:,}"] if one.n else []
    return f"{one.name} {number_said(one.value, one.unit)}" + (f" ({', '.join(rests)})" if rests else "")


def interval_said(one: WallFigure) -> str:
    """``60.1 to 62.7 %``; empty where there is none."""
    if one.value is None or one.low is None or one.high is None:
        return ""
    if one.unit in ("share", "rate", "fitness"):
        return f"{100 * one.low:.1f} to {100 * one.high:.1f} %"
    return f"{number_said(one.low, one.unit)} to {number_said(one.high, one.unit)}"
