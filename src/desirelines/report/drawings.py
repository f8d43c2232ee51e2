"""Small drawings in lines of text: a share with its whisker and target, twelve stretches of time, months stacked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from desirelines.measure import BaseMonth
from desirelines.report.letters import PLAIN
from desirelines.report.letters import fonts as registered

INK, SOFT, LINE, GROUND = HexColor("#1b1f24"), HexColor("#5b6470"), HexColor("#c9ced6"), HexColor("#eef0f3")
KEPT, BROKEN, DOUBT, ACCENT = HexColor("#0072B2"), HexColor("#D55E00"), HexColor("#E69F00"), HexColor("#4b3fbf")
STATES = {"kept": KEPT, "broken": BROKEN, "in doubt": DOUBT}


class ShareBar(Flowable):  # type: ignore[misc]
    """A share from 0 to 1 with its interval and, if there is one, its target; hatched grey where unknown."""

    def __init__(
        self, value: float | None, low: float | None, high: float | None, target: float | None = None, fill: Any = ACCENT
    ) -> None:
        super().__init__()
        self.value, self.low, self.high, self.target, self.fill = value, low, high, target, fill
        self.width, self.height = 90.0, 9.0

    def draw(self) -> None:
        canvas, wide = self.canv, self.width
        canvas.setFillColor(GROUND)
        canvas.rect(0, 1.5, wide, 6, stroke=0, fill=1)
        if self.value is None:
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.5)
            for step in range(0, int(wide), 4):
                canvas.line(step, 1.5, min(step + 6, wide), 7.5)
            return
        canvas.setFillColor(self.fill)
        canvas.rect(0, 1.5, wide * _inside(self.value), 6, stroke=0, fill=1)
        canvas.setStrokeColor(INK)
        if self.low is not None and self.high is not None:
            canvas.setLineWidth(0.8)
            left, right = wide * _inside(self.low), wide * _inside(self.high)
            canvas.line(left, 4.5, right, 4.5)
            for end in (left, right):
                canvas.line(end, 3, end, 6)
        if self.target is not None:
            canvas.setLineWidth(1.2)
            canvas.line(wide * self.target, 0, wide * self.target, 9)


def _inside(share: float) -> float:
    return min(1.0, max(0.0, share))


class Stretches(Flowable):  # type: ignore[misc]
    """Twelve equal stretches of the period as a line; broken where nothing can be said."""

    def __init__(self, series: Sequence[float | None]) -> None:
        super().__init__()
        self.series = series
        self.width, self.height = 110.0, 18.0

    def draw(self) -> None:
        known = [one for one in self.series if one is not None]
        if len(known) < 2:
            return
        low, high = min(known), max(known)
        tall = (high - low) or 1.0
        places = [
            None
            if one is None
            else (2 + place * (self.width - 4) / (len(self.series) - 1), 2 + (one - low) / tall * (self.height - 5))
            for place, one in enumerate(self.series)
        ]
        canvas = self.canv
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1)
        for here, there in pairwise(places):
            if here and there:
                canvas.line(*here, *there)
        last = next(one for one in reversed(places) if one)
        canvas.setFillColor(ACCENT)
        canvas.circle(*last, 1.6, stroke=0, fill=1)


class Months(Flowable):  # type: ignore[misc]
    """New, retained and back above the line, not back below it; a unit that is not over is paler."""

    def __init__(self, rows: Sequence[BaseMonth], width: float) -> None:
        super().__init__()
        self.rows = rows
        self.width, self.height = width, 130.0

    def draw(self) -> None:
        registered()
        most_up, most_down = max((row.active for row in self.rows), default=0), max((row.churned for row in self.rows), default=0)
        if not most_up + most_down:
            return
        each = (self.height - 14) / (most_up + most_down)
        zero = 12 + most_down * each
        step = self.width / len(self.rows)
        bar = min(26.0, step * 0.7)
        canvas = self.canv
        for place, row in enumerate(self.rows):
            x, y = place * step + (step - bar) / 2, zero
            canvas.setFillAlpha(1.0 if row.complete else 0.5)
            for count, colour in ((row.retained, LINE), (row.new, KEPT), (row.resurrected, DOUBT)):
                canvas.setFillColor(colour)
                canvas.rect(x, y, bar, count * each, stroke=0, fill=1)
                y += count * each
            canvas.setFillColor(BROKEN)
            canvas.rect(x, zero - row.churned * each, bar, row.churned * each, stroke=0, fill=1)
            canvas.setFillAlpha(1.0)
            if place % max(1, len(self.rows) // 8) == 0:
                canvas.setFont(PLAIN, 7)
                canvas.setFillColor(SOFT)
                canvas.drawCentredString(x + bar / 2, 2, row.start_on.strftime("%Y-%m"))
        canvas.setStrokeColor(SOFT)
        canvas.setLineWidth(0.5)
        canvas.line(0, zero, self.width, zero)
