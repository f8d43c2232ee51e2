"""Looking back: where a level changed, by optimal partitioning with pruning (PELT; Killick, Fearnhead and Eckley 2012)."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np

from desirelines.explain.estimating.estimate import Float

SHORTEST = 3


@dataclass(frozen=True)
class OneBreak:
    """The best single break: its first place, the means, both sums of squares, and sup-F (1 parameter changing)."""

    at: int
    before: float
    after: float
    squares_without: float
    squares: float
    sup_f: float | None


def spread_of(values: Float) -> float:
    """Standard deviation of the noise, from differences of neighbours: a shift of the level does not enlarge it."""
    fine = values[np.isfinite(values)]
    steps = np.diff(fine)
    if not len(steps):
        return 0.0
    robust = float(np.median(np.abs(steps - np.median(steps)))) * 1.4826 / np.sqrt(2)
    return robust or float(np.sqrt(np.mean(steps**2) / 2))


def partition(values: Float, weights: Float | None = None, penalty: float | None = None, shortest: int = SHORTEST) -> list[int]:
    """First places of the segments after the first, for a level with squared loss.

    `weights` [n] (how many cases a day's mean rests on) make a day count less or not at all. `penalty` per break; None: BIC for
    a noise of 1 per unit weight, 2·ln n (a level and a place). Values that are not finite weigh nothing.
    """
    n = len(values)
    w = np.ones(n) if weights is None else weights.astype(np.float64)
    w = np.where(np.isfinite(values), w, 0.0)
    y = np.where(np.isfinite(values), values, 0.0)
    if n < 2 * shortest:
        return []
    beta = 2 * log(n) if penalty is None else penalty
    mass, first = np.concatenate([[0.0], np.cumsum(w)]), np.concatenate([[0.0], np.cumsum(w * (y - y.mean()))])
    second = np.concatenate([[0.0], np.cumsum(w * (y - y.mean()) ** 2)])
    best = np.full(n + 1, np.inf)
    best[0] = -beta
    last = np.zeros(n + 1, np.int64)
    alive, doomed = np.zeros(1, np.int64), np.full(1, 2 * n)
    for stop in range(shortest, n + 1):
        cost = _cost(mass, first, second, alive, stop)
        total = best[alive] + cost + beta
        place = int(np.argmin(total))
        best[stop], last[stop] = total[place], alive[place]
        doomed = np.where(best[alive] + cost > best[stop], np.minimum(doomed, stop + shortest), doomed)
        keep = doomed > stop + 1  # a start that `stop` beats is of use until a segment can begin at `stop`
        alive, doomed = np.append(alive[keep], stop - shortest + 1), np.append(doomed[keep], 2 * n)
    found, stop = [], n
    while last[stop] > 0:
        stop = int(last[stop])
        found.append(stop)
    return found[::-1]


def _cost(mass: Float, first: Float, second: Float, start: np.ndarray, stop: int) -> Float:
    m, s = mass[stop] - mass[start], first[stop] - first[start]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.maximum(second[stop] - second[start] - np.where(m > 0, s * s / m, 0.0), 0.0))


def one_break(values: Float, shortest: int = SHORTEST) -> OneBreak | None:
    """None for fewer than two segments' values."""
    n = len(values)
    if n < 2 * shortest or not np.isfinite(values).all():
        return None
    total = float(((values - values.mean()) ** 2).sum())
    places = np.arange(shortest, n - shortest + 1)
    sums = np.cumsum(values - values.mean())
    gain = sums[places - 1] ** 2 * n / (places * (n - places))  # what a break takes off the squares
    at = int(places[int(np.argmax(gain))])
    left = float(((values[:at] - values[:at].mean()) ** 2).sum() + ((values[at:] - values[at:].mean()) ** 2).sum())
    return OneBreak(
        at,
        float(values[:at].mean()),
        float(values[at:].mean()),
        total,
        left,
        (total - left) / (left / (n - 2)) if left > 0 else None,
    )
