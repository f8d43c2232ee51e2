"""Exact medians of any subset in one pass: durations sorted beforehand, the journeys they belong to beside them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map.kernel import kernel
from desirelines.trace import threads

SPARE = 200_000
"""Fewer values than this are not worth a second thread."""


@dataclass(frozen=True)
class Ranked:
    """Durations [n] in groups `offsets[i]:offsets[i + 1]`, each sorted by `value`; `journey` [n] says whose it is."""

    offsets: NDArray[np.int64]
    journey: NDArray[np.uint32]
    value: NDArray[np.int64]

    def counts(self, keep: NDArray[np.bool_]) -> NDArray[np.int64]:
        """int64[groups]: how many values belong to kept journeys."""
        found, bits = np.zeros(len(self.offsets) - 1, dtype=np.int64), np.packbits(keep, bitorder="little")
        self._over(lambda low, high: _count(self.offsets, self.journey, bits, low, high, found))
        return found

    def at_ranks(self, keep: NDArray[np.bool_], ranks: NDArray[np.int64]) -> NDArray[np.int64]:
        """int64[groups, k]: the values at these ranks (from 0, rising in k; -1 gives -1) among the kept of each group."""
        found, bits = np.full(ranks.shape, -1, dtype=np.int64), np.packbits(keep, bitorder="little")
        self._over(lambda low, high: _at_ranks(self.offsets, self.journey, self.value, bits, ranks, low, high, found))
        return found

    def _over(self, work: Callable[[int, int], None]) -> None:
        groups = len(self.offsets) - 1
        workers = threads()
        if len(self.journey) < SPARE or workers < 2:
            work(0, groups)
            return
        cuts = np.searchsorted(self.offsets, np.linspace(0, self.offsets[-1], 4 * workers + 1)).clip(0, groups)
        cuts[0], cuts[-1] = 0, groups
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(work, cuts[:-1].tolist(), cuts[1:].tolist()))


def rank(group: NDArray[Any], journey: NDArray[Any], value: NDArray[np.int64], groups: int) -> Ranked:
    """Sort durations [n] by group, then value."""
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(group, minlength=groups))])
    fits = np.uint16 if groups <= 65536 else np.int64  # sixteen bits are sorted by digits, which is ten times as fast
    order = np.argsort(group.astype(fits), kind="stable")
    value, journey = value[order], journey[order].astype(np.uint32)

    def sort(index: int) -> None:
        low, high = offsets[index], offsets[index + 1]
        inside = np.argsort(value[low:high], kind="stable")
        value[low:high], journey[low:high] = value[low:high][inside], journey[low:high][inside]

    with ThreadPoolExecutor(threads()) as pool:
        list(pool.map(sort, range(groups)))
    return Ranked(offsets, journey, value)


@kernel
def _count(offsets: Any, journey: Any, bits: Any, low: Any, high: Any, found: Any) -> None:
    for group in range(low, high):
        total = 0
        for i in range(offsets[group], offsets[group + 1]):
            total += (bits[journey[i] >> 3] >> (journey[i] & 7)) & 1
        found[group] = total


@kernel
def _at_ranks(offsets: Any, journey: Any, value: Any, bits: Any, ranks: Any, low: Any, high: Any, found: Any) -> None:
    """Whole stretches are only summed, which branches on nothing; the one that holds a rank is then walked."""
    for group in range(low, high):
        wanted, passed, i, end = 0, np.int64(0), offsets[group], offsets[group + 1]
        while wanted < ranks.shape[1] and ranks[group, wanted] < 0:
            wanted += 1
        while wanted < ranks.shape[1] and i < end:
            stop = min(i + 512, end)
            inside = np.int64(0)
            for k in range(i, stop):
                inside += (bits[journey[k] >> 3] >> (journey[k] & 7)) & 1
            if passed + inside <= ranks[group, wanted]:
                passed += inside
                i = stop
                continue
            for k in range(i, stop):
                if (bits[journey[k] >> 3] >> (journey[k] & 7)) & 1:
                    while wanted < ranks.shape[1] and ranks[group, wanted] == passed:
                        found[group, wanted] = value[k]
                        wanted += 1
                    passed += 1
            i = stop
