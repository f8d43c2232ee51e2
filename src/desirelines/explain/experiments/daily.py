"""An experiment day by day: who came in, and what one would have read at the end of each day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from desirelines.explain.experiments.always import PLANNED, sequence
from desirelines.explain.experiments.bench import Bench
from desirelines.explain.experiments.exposure import Exposed
from desirelines.explain.experiments.nouns import Look
from desirelines.explain.experiments.weighing import compared, seen, side
from desirelines.explain.ground import EPOCH, Ground
from desirelines.measure import day_numbers

MOST_LOOKS = 60


def exposure_by_day(ground: Ground, exposure: Exposed) -> tuple[tuple[date, tuple[int, ...]], ...]:
    """Days from the first exposure to the last, with the new customers of each arm; days without any are left out."""
    if not len(exposure.at):
        return ()
    days = day_numbers(exposure.at, ground.plan.brand.zone)
    first, arms = int(days.min()), len(exposure.arms)
    counts = np.bincount((days - first) * arms + exposure.arm, minlength=(int(days.max()) - first + 1) * arms).reshape(-1, arms)
    return tuple(
        (EPOCH + timedelta(days=first + day), tuple(row)) for day, row in enumerate(counts.tolist()) if any(row)
    )  # fmt: skip


def seen_daily(bench: Bench) -> tuple[Look, ...]:
    """The first goal, the first arm that is not the control, at the end of each day on which anybody's time had passed.

    More than MOST_LOOKS days are thinned evenly; the last always stands.
    """
    exposure, aim = bench.exposure, bench.aims[0]
    known_at = exposure.at + bench.span
    if not bench.whole.any():
        return ()
    days = day_numbers(known_at, bench.ground.plan.brand.zone)
    every = np.unique(days[bench.whole])
    chosen = np.unique(every[np.linspace(0, len(every) - 1, min(len(every), MOST_LOOKS)).round().astype(np.int64)])
    other = next(arm for arm in range(len(exposure.arms)) if arm != bench.control)
    what = seen(aim, exposure, exposure.at, known_at)
    found = []
    for day in chosen.tolist():
        there = bench.whole & (days <= day)
        a, b = (there & (exposure.arm == arm) for arm in (bench.control, other))
        fixed = compared(aim, what, a, b)
        always = sequence(side(aim, what, a), side(aim, what, b), bench.ask.planned or PLANNED)
        found.append(
            Look(EPOCH + timedelta(days=day), int(a.sum() + b.sum()), fixed.value, fixed.low, fixed.high, always.low, always.high)
        )
    return tuple(found)
