"""What to know, ranked: what the map says by itself, figures that moved, moments that matter, glitches and what they moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from urllib.parse import quote

import numpy as np

from desirelines.explain.drivers.moments import moments
from desirelines.explain.drivers.nouns import MomentsAsk
from desirelines.explain.estimating.looking import benjamini_hochberg
from desirelines.explain.ground import Ground
from desirelines.explain.telling.faults import broken, followed
from desirelines.measure import Finding, Frame, MetricAsk, MetricRow, Said, metrics, of_metric, ranked
from desirelines.model.period import Period

FALSE_SHARE = 0.1
"""Of the figures that are said to have moved at most this share may have moved by chance (Benjamini and Hochberg)."""
EACH = 3
"""Findings of one kind, at most."""


@dataclass(frozen=True)
class Findings:
    rows: tuple[Finding, ...]
    """Worst first, then by money, then by people"""
    looked_at: int
    """So many figures were held against the time before"""
    caveats: tuple[str, ...]
    period: Period
    plan_version: int
    data_version: int


def findings(ground: Ground, frame: Frame, told: Sequence[Finding]) -> Findings:
    """`told`: what the map says by itself. Every sentence holds only numbers that stand in the finding's results."""
    figures = metrics(frame).rows
    compared = [row for row in figures if row.change is not None and row.change.p is not None]
    found = [
        *told, *broken(ground, frame, told), *followed(ground, frame), *_missed(frame, figures), *_moved(frame, compared),
        *_moments(ground, frame),
    ]  # fmt: skip
    return Findings(
        ranked(found), len(compared), _caveats(len(compared)), frame.period, frame.plan_version, frame.matched.data_version
    )


def _caveats(looked_at: int) -> tuple[str, ...]:
    if not looked_at:
        return ()
    return (f"{looked_at} figures were held against the time before; of those said to have moved a tenth may be chance",)


def _missed(frame: Frame, rows: Sequence[MetricRow]) -> Iterator[Finding]:
    """Figures whose whole interval lies on the wrong side of the target the plan sets."""
    for row in [row for row in rows if row.state == "missed" and row.target is not None and row.family != "promise"][:EACH]:
        say = Said(frame)
        words = f"{row.name} misses its target: {say.figure(row.now)}, and {say.aim(row.target or 0.0, row.now)} was aimed at"
        yield Finding(
            f"figure:{row.id}", words, f"{say.spread(row.now)}; {say.based(row.now)}", "figure", row.owner,
            people_of(frame, row), "bad", f"figures/{quote(row.id)}", say.told, picture=f"figures/{quote(row.id)}",
        )  # fmt: skip


def _moved(frame: Frame, rows: Sequence[MetricRow]) -> Iterator[Finding]:
    """Figures that changed for better or worse, corrected for how many were looked at."""
    q = benjamini_hochberg(np.array([row.change.p for row in rows if row.change], np.float64))
    sure = [(row, float(one)) for row, one in zip(rows, q, strict=True) if one <= FALSE_SHARE]
    told = {True: 0, False: 0}
    for row, _ in sorted(sure, key=lambda pair: pair[1]):
        change = row.change
        if change is None or change.better is None or change.result.value is None or row.now.value is None:
            continue
        told[change.better] += 1
        if told[change.better] > EACH:
            continue
        say, page = Said(frame), f"figures/{quote(row.id)}"
        went = "rose" if change.result.value > 0 else "fell"
        words = f"{row.name} {went} by {say.size(change.result)}, to {say.figure(row.now)}"
        yield Finding(
            f"moved:{row.id}", words, f"{change.compared}; {say.based(row.now)}, more than chance", "figure", row.owner,
            people_of(frame, row), "good" if change.better else "doubt", page, say.told, picture=page,
        )  # fmt: skip


def people_of(frame: Frame, row: MetricRow) -> int:
    """Customers behind a figure as it is now."""
    return int(of_metric(frame, MetricAsk(id=row.id), "now").sum())


def _moments(ground: Ground, frame: Frame) -> Iterator[Finding]:
    """Moments that surely cost the outcome something, the costliest first."""
    found = moments(ground, MomentsAsk())
    for row in [row for row in found.rows if row.surely and row.matters.value is not None][:EACH]:
        say = Said(frame)
        words = (
            f"Where “{row.name}” falls short, “{found.outcome_name}” is {say.figure(row.effect)} lower, "
            f"and it falls short for {say.share(row.gap)} of those it reaches"
        )
        people = round(row.reach.n * (row.reach.value or 0.0) * (row.gap.value or 0.0))
        if not isfinite(people):
            continue
        yield Finding(
            f"moment:{row.touchpoint}", words, f"{say.spread(row.effect)}; {say.based(row.effect)}", "driver",
            row.owner or None, people, "doubt", f"customers?behind={quote(row.low)}", say.told, rung=found.rung_name,
            picture="why",
        )  # fmt: skip
