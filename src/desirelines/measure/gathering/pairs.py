"""Which start was followed by what was promised, and when."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map import kernel

BROKEN, KEPT, OPEN = 0, 1, 2


def within(
    subject: NDArray[np.int64],
    at: NDArray[np.int64],
    starts: NDArray[np.bool_],
    ends: NDArray[np.bool_],
    time_us: int,
    as_of_us: int,
    every_start: bool,
) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """The judged starts (places in the arrays) and whether each was KEPT, BROKEN or is OPEN.

    Events [n] are sorted by subject, then as the trace orders them. `every_start`: each start is judged by the first end
    at or after it and before the next, later start; else only a subject's first start is, by the first end that follows it.
    """
    places, states = np.empty(int(starts.sum()), np.int64), np.empty(int(starts.sum()), np.int8)
    count = _within(subject, at, starts, ends, time_us, as_of_us, every_start, places, states)
    return places[:count], states[:count]


@kernel
def _within(
    subject: Any, at: Any, starts: Any, ends: Any, time_us: Any, as_of_us: Any, every_start: Any, places: Any, states: Any
) -> Any:
    count = 0
    for i in range(subject.size):
        if not starts[i]:
            continue
        if not every_start and count and subject[places[count - 1]] == subject[i]:
            continue
        low = np.int64(i)
        while low > 0 and subject[low - 1] == subject[i] and at[low - 1] == at[i]:
            low -= 1
        found = np.int64(-1)
        for j in range(low, subject.size):
            if subject[j] != subject[i]:
                break
            if ends[j] and j != i:
                found = np.int64(j)
                break
            if every_start and starts[j] and at[j] > at[i]:
                break
        places[count] = i
        if found >= 0:
            states[count] = 1 if at[found] - at[i] <= time_us else 0
        else:
            states[count] = 0 if at[i] + time_us < as_of_us else 2
        count += 1
    return count
