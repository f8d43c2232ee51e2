"""Events per day, touchpoint, event type and source, counted where they lie."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map import Arrays, kernel
from desirelines.model.automaton import CONTESTED
from desirelines.trace import Bucket

DENSE = 20_000_000
"""Cells up to which a table of all combinations is kept; beyond it the combinations seen are sorted."""

Int = NDArray[np.int64]


class Counts:
    """Counts known and unknown events per (day, touchpoint code, event, source). Days are those that `starts` cut."""

    def __init__(self, starts: Int, touchpoints: int, events: int, sources: int) -> None:
        self.starts = starts
        self.touchpoints = touchpoints
        self.sizes = (max(1, len(starts) - 1), touchpoints + 2, max(1, events), max(1, sources))
        self.dense = int(np.prod([float(size) for size in self.sizes])) <= DENSE
        self.both = np.zeros((2, int(np.prod(self.sizes)) if self.dense else 0), dtype=np.int64)
        self.sparse: list[tuple[Int, Int, Int]] = []

    def add_bucket(self, bucket: Bucket, codes: NDArray[np.uint32], last_at: Int) -> None:
        """Count a bucket's events of known customers; `last_at` [touchpoints] is raised to the last event's instant."""
        keys = np.empty(len(codes), np.int64)
        sizes = np.array(self.sizes, np.int64)
        _keys(
            bucket.offsets, bucket.customer, bucket.at, codes, bucket.event, bucket.source, self.starts, sizes,
            self.touchpoints, keys, last_at, self.both,
        )  # fmt: skip
        if not self.dense:
            self._sort(keys[keys >= 0], 1)

    def add_unknown(self, at: Int, code: Any, event: Any, source: Any, last_at: Int) -> None:
        """Count events of nobody known."""
        day = np.searchsorted(self.starts, at, side="right") - 1
        place = np.where(code < CONTESTED, code, self.touchpoints + (code.astype(np.int64) - CONTESTED))
        keys = ((day * self.sizes[1] + place) * self.sizes[2] + event) * self.sizes[3] + source
        claimed = code < CONTESTED
        np.maximum.at(last_at, code[claimed], at[claimed])
        if self.dense:
            self.both[0] += np.bincount(keys, minlength=self.both.shape[1])
        else:
            self._sort(keys, 0)

    def _sort(self, keys: Int, known: int) -> None:
        found, counts = np.unique(keys, return_counts=True)
        none = np.zeros(len(found), np.int64)
        self.sparse.append((found, counts, none) if known else (found, none, counts))

    def rows(self) -> Arrays:
        """One row for each combination that was seen, in the order of day, code, event, source."""
        if self.dense:
            keys = np.flatnonzero(self.both[0] + self.both[1])
            known, unknown = self.both[1, keys], self.both[0, keys]
        else:
            none = np.empty(0, np.int64)
            every, have, lack = (np.concatenate([none, *(one[column] for one in self.sparse)]) for column in range(3))
            keys, place = np.unique(every, return_inverse=True)
            known, unknown = (np.bincount(place, part, len(keys)).astype(np.int64) for part in (have, lack))
        rest, source = keys // self.sizes[3], keys % self.sizes[3]
        rest, event = rest // self.sizes[2], rest % self.sizes[2]
        day, place = rest // self.sizes[1], rest % self.sizes[1]
        code = np.where(place < self.touchpoints, place, CONTESTED + place - self.touchpoints)
        return {"day": day, "code": code, "event": event, "source": source, "known": known, "unknown": unknown}


@kernel
def _keys(
    offsets: Any, customer: Any, at: Any, codes: Any, event: Any, source: Any, starts: Any, sizes: Any, touchpoints: Any,
    keys: Any, last_at: Any, both: Any,
) -> None:  # fmt: skip
    """The key of each known event, -1 else; counted at once where `both` has room for all keys."""
    dense = both.shape[1] > 0
    for group in range(customer.size):
        day = 0
        for i in range(offsets[group], offsets[group + 1]):
            keys[i] = -1
            if customer[group] == 0:
                continue
            if i == offsets[group]:
                day = np.searchsorted(starts, at[i], side="right") - 1
            while starts[day + 1] <= at[i]:
                day += 1
            code = np.int64(codes[i])
            place = code if code < touchpoints else np.int64(touchpoints) + code - 65534
            if code < touchpoints and at[i] > last_at[code]:
                last_at[code] = at[i]
            key = ((day * sizes[1] + place) * sizes[2] + np.int64(event[i])) * sizes[3] + np.int64(source[i])
            keys[i] = key
            if dense:
                both[1, key] += 1
