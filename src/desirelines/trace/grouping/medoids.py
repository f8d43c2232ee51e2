"""Groups around members that stand for them (k-medoids), and how many groups suggest themselves.

After L. Kaufman and P. Rousseeuw, "Partitioning Around Medoids" (1990), with all exchanges of one member weighed at once as in
E. Schubert and P. Rousseeuw, "Fast and eager k-medoids clustering" (2021). Whole numbers throughout: the same answer
everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Int

EXCHANGES = 200
"""More improvements than so many are not looked for."""


def chain(apart: Int, weight: Int) -> Iterator[Int]:
    """The medoids [1], [2], [3] … of so many groups, in the order of the members; ends when all members are medoids.

    `apart` [m, m] says how far members are apart, `weight` [m] how much each counts. Each choice begins with the one before
    and the member that adds most, and is then improved by exchanges until none helps.
    """
    medoids = np.empty(0, np.int64)
    while len(medoids) < len(weight):
        nearest = apart[:, medoids].min(axis=1, initial=int(apart.max(initial=0)) + 1)
        gain = (weight[:, None] * np.maximum(nearest[:, None] - apart, 0)).sum(axis=0)
        gain[medoids] = -1
        medoids = _improved(apart, weight, np.append(medoids, gain.argmax()))
        yield medoids


def _improved(apart: Int, weight: Int, medoids: Int) -> Int:
    for _ in range(EXCHANGES):
        medoids = np.sort(medoids)
        near = apart[:, medoids]
        group, first = near.argmin(axis=1), near.min(axis=1)
        rest = near.copy()
        rest[np.arange(len(near)), group] = int(apart.max()) + 1
        second = rest.min(axis=1)
        come = (weight[:, None] * np.minimum(apart - first[:, None], 0)).sum(axis=0)
        left = weight[:, None] * (np.clip(apart, first[:, None], second[:, None]) - first[:, None])
        change = np.stack([left[group == one].sum(axis=0) for one in range(len(medoids))]) + come
        change[:, medoids] = 0
        out, member = np.unravel_index(int(change.argmin()), change.shape)
        if change[out, member] >= 0:
            return medoids
        medoids[out] = member
    return np.sort(medoids)


def silhouette(apart: Int, weight: Int, medoids: Int) -> float:
    """-1 to 1: how much nearer members are to their own group than to the next one, on average; 0 for a lone member."""
    if len(medoids) < 2:
        return 0.0
    group = apart[:, medoids].argmin(axis=1)
    size = np.array([weight[group == one].sum() for one in range(len(medoids))])
    total = np.stack([(apart[:, group == one] * weight[group == one]).sum(axis=1) for one in range(len(medoids))], axis=1)
    row = np.arange(len(weight))
    own = total[row, group] / np.maximum(size[group] - 1, 1)
    others: NDArray[np.float64] = total / np.maximum(size, 1)
    others[row, group] = np.inf
    next_ = others.min(axis=1)
    most = np.maximum(own, next_)
    score = np.divide(next_ - own, most, out=np.zeros(len(own)), where=(most > 0) & (size[group] > 1))
    return round(float((score * weight).sum() / weight.sum()), 9)
