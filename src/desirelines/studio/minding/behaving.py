"""Whether a persona changes: how many of the active they are, and what they meet, half of the time against the other half."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import erfc, sqrt

import numpy as np

from desirelines.explain import benjamini_hochberg
from desirelines.measure import SMALL, newcombe
from desirelines.model.result import Result
from desirelines.studio.minding.months import Active, Mask

FALSE_SHARE = 0.1
"""Of what is said to have moved at most this share may have moved by chance (Benjamini and Hochberg)."""


@dataclass(frozen=True)
class Moved:
    """`before`, `now`: share in either half; `change`: now minus before, with Newcombe's interval. `sure`: more than chance."""

    id: str
    name: str
    before: Result[float]
    now: Result[float]
    change: Result[float]
    p: float
    sure: bool


def moved(id_: str, name: str, hits: tuple[int, int], of: tuple[int, int], noun: str, like: Result[float]) -> Moved | None:
    """None where either half has nobody. `like`: a Result of the same view."""
    if not of[0] or not of[1]:
        return None
    old, new = hits[0] / of[0], hits[1] / of[1]
    low, high = newcombe(hits[1], of[1], hits[0], of[0]) or (None, None)
    few = (f"rests on {min(of)} {noun} only",) if min(of) < SMALL else ()
    before, now = (
        replace(like, value=share, n=n, of=noun, low=None, high=None, method="exact", caveats=few, behind="")
        for share, n in ((old, of[0]), (new, of[1]))
    )
    change = replace(now, value=new - old, low=low, high=high, method="newcombe")
    pooled = sum(hits) / sum(of)
    spread = sqrt(pooled * (1 - pooled) * (1 / of[0] + 1 / of[1]))
    p = erfc(abs(new - old) / spread / sqrt(2)) if spread else 1.0
    return Moved(id_, name, before, now, change, p, bool(low is not None and high is not None and (low > 0 or high < 0)))


def behaviour(members: Mask, found: Active, names: Sequence[tuple[str, str]], like: Result[float]) -> tuple[Moved, ...]:
    """Touchpoints that the persona's active people meet more or less than before, more than chance; the surest first.

    Corrected for how many touchpoints were looked at.
    """
    halves = [members & found.half[side] for side in (0, 1)]
    of = (int(halves[0].sum()), int(halves[1].sum()))
    rows = []
    for code, (touchpoint, name) in enumerate(names):
        hits = (int((halves[0] & found.met[0, code]).sum()), int((halves[1] & found.met[1, code]).sum()))
        one = moved(touchpoint, name, hits, of, "active people", like) if sum(hits) else None
        if one:
            rows.append(one)
    q = benjamini_hochberg(np.array([one.p for one in rows], np.float64)) if rows else ()
    kept = [replace(one, sure=True) for one, share in zip(rows, q, strict=True) if share <= FALSE_SHARE and one.sure]
    return tuple(sorted(kept, key=lambda one: (one.p, one.id)))
