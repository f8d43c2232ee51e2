"""The one way to run a kernel: over every bucket on threads, then merged."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from desirelines.trace.patience import WAITING

T = TypeVar("T")
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


@dataclass(frozen=True)
class Rounds(Generic[R]):
    """A question that looks at the events more than once: `ask(look, *parameters)`, where `look(kernel, change, *parameters)`
    is that kernel's result over all parts, `change`d first unless that is None."""

    ask: Callable[..., R]


def run(kernel: Kernel[P, R] | Rounds[R], parts: Iterable[Any], *parameters: Any) -> R:
    """The result of `kernel` over all `parts` (`trace.Part`s, one per bucket), the same however they are cut."""
    if isinstance(kernel, Kernel):
        return kernel.finish(kernel.merge(each(lambda one: kernel.over(one, *parameters), parts)))
    todo = list(parts)

    def look(inner: Kernel[Any, Any], change: Callable[[Any], Any] | None, *given: Any) -> Any:
        changed = change or (lambda one: one)
        return inner.finish(inner.merge(each(lambda one: inner.over(changed(one), *given), todo)))

    return kernel.ask(look, *parameters)


def each(work: Callable[[T], P], todo: Iterable[T]) -> list[P]:
    """`work` of every item, on threads, in order. Between two items the asker's patience is looked at.

    Raises Unavailable when it is over (`patience.WAITING`); no item is begun after that.
    """
    items, patience = list(todo), WAITING.get()

    def one(item: T) -> P:
        if patience:
            patience.check()
        return work(item)

    if threads() == 1 or len(items) < 2:
        return [one(item) for item in items]
    found: dict[int, P] = {}
    places = iter(range(len(items)))

    def share() -> None:
        """Threads draw from one iterator: to hand a thousand buckets to a pool one by one takes longer than a quick kernel."""
        try:
            for place in places:
                found[place] = one(items[place])
        except BaseException:
            for _ in places:  # the others begin nothing more
                pass
            raise

    with ThreadPoolExecutor(threads()) as pool:
        for answer in [pool.submit(share) for _ in range(threads())]:
            answer.result()
    return [found[place] for place in range(len(items))]
