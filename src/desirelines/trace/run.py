"""The one way to run a kernel: over every bucket on threads, then merged."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

P = TypeVar("P")
R = TypeVar("R")


def threads() -> int:
    """How many threads work at once: one per core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Kernel(Generic[P, R]):
    """A question that is answered bucket by bucket.

    `over(part, *parameters)` looks at one bucket; `merge` joins such answers and is associative; `finish` turns the
    whole into the result.
    """

    over: Callable[..., P]
    merge: Callable[[Sequence[P]], P]
    finish: Callable[[P], R]

    def __call__(self, one: Any, *parameters: Any) -> R:
        """The result over one part alone."""
        return self.finish(self.merge([self.over(one, *parameters)]))


def run(kernel: Kernel[P, R], parts: Iterable[Any], *parameters: Any) -> R:
    """The result of `kernel` over all `parts` (`trace.Part`s, one per bucket), the same however they are cut."""
    todo = list(parts)
    if threads() == 1 or len(todo) < 2:
        return kernel.finish(kernel.merge([kernel.over(one, *parameters) for one in todo]))
    with ThreadPoolExecutor(threads()) as pool:
        return kernel.finish(kernel.merge(list(pool.map(lambda one: kernel.over(one, *parameters), todo))))
