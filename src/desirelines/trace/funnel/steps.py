"""What a funnel asks for: its steps, their order, and how far apart they may lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.trace.bucket import NOTHING_SKIPPED, Int
from desirelines.trace.counting.transitions import limit_of

Order = Literal["ordered", "strict", "any"]
Table = NDArray[np.uint32]
MOST_STEPS = 20
EVER = 2**61
"""A window that never ends. Far under `NEVER` counted backwards, so that what never began is out of every window."""
NEVER = -(2**62)


@dataclass(frozen=True)
class Step:
    """Any of `codes` serves it. `barred`: codes that may not happen between it and the next step that is served."""

    codes: tuple[int, ...]
    optional: bool = False
    barred: tuple[int, ...] = ()


@dataclass(frozen=True)
class Steps:
    """The whole question. Raises BadInput for what has no meaning.

    `within_us`: from the first to the last event, both included; None: without end. `spans`: instead of a time, so many
    journeys of the subject, the one with the first event included. `skip`: codes from it on are left out.
    """

    steps: tuple[Step, ...]
    order: Order = "ordered"
    within_us: int | None = None
    spans: int | None = None
    skip: int = NOTHING_SKIPPED

    def __post_init__(self) -> None:
        _check(self)

    @cached_property
    def number(self) -> NDArray[np.uint8]:
        """Which step each code serves, from 1, where none serves two; 0: none. The last entry as in `serves`."""
        table = np.zeros(len(self.serves), np.uint8)
        for place, step in enumerate(self.steps):
            table[[code for code in step.codes if code < self.limit]] = place + 1
        return table

    @property
    def window(self) -> int:
        """Largest distance between the clocks of the first and the last event."""
        if self.spans is not None:
            return self.spans - 1
        return EVER if self.within_us is None else self.within_us

    @cached_property
    def plain(self) -> bool:
        """Steps in order, within a time, no code in two of them, nothing optional or barred."""
        codes = [code for step in self.steps for code in set(step.codes)]
        return (
            self.order == "ordered"
            and self.spans is None
            and len(codes) == len(set(codes))
            and not any(step.optional or step.barred for step in self.steps)
        )

    @cached_property
    def ways(self) -> tuple[Int, Int, Int]:
        """origin, target [w]: steps that one chain may serve one after the other; and bits of the gaps that lie between."""
        steps, found = self.steps, []
        for origin in range(len(steps)):
            for target in range(origin + 1, len(steps)):
                found.append((origin, target, (1 << target) - (1 << origin)))
                if not steps[target].optional:
                    break
        table = np.array(found, dtype=np.int64).reshape(-1, 3)
        return table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy()

    @cached_property
    def optional(self) -> NDArray[np.bool_]:
        """[k]"""
        return np.array([step.optional for step in self.steps], dtype=np.bool_)

    @cached_property
    def serves(self) -> Table:
        """Bits of the steps that each code serves; the last entry stands for all codes that are not named."""
        return self._bits(step.codes for step in self.steps)

    @cached_property
    def bars(self) -> Table:
        """Bits of the steps after which each code ends a chain that waits there."""
        bars = self._bits(step.barred for step in self.steps)
        return np.full_like(bars, 2**32 - 1) if self.order == "strict" else bars

    def _bits(self, several: Iterable[tuple[int, ...]]) -> Table:
        named = (code for step in self.steps for code in (*step.codes, *step.barred))
        table = np.zeros(max(named, default=-1) + 2, np.uint32)
        for place, codes in enumerate(several):
            table[list(codes)] |= np.uint32(1 << place)
        table[self.limit :] = 0
        return table

    @property
    def limit(self) -> int:
        """Codes from here on are left out."""
        return limit_of(self.skip)


def _check(asked: Steps) -> None:
    steps = asked.steps
    if not 1 <= len(steps) <= MOST_STEPS:
        raise BadInput(f"a funnel has 1 to {MOST_STEPS} steps, not {len(steps)}", hint="leave out what need not be told apart")
    if steps[0].optional or steps[-1].optional:
        raise BadInput("the first and the last step of a funnel cannot be optional", hint="leave such a step out")
    if steps[-1].barred:
        raise BadInput("nothing can be excluded after the last step", hint="exclude it between two steps")
    if asked.within_us is not None and asked.within_us < 0:
        raise BadInput("a funnel's window cannot be negative", hint="give the longest time from the first to the last step")
    if asked.spans is not None and asked.spans < 1:
        raise BadInput("a funnel's window holds at least one journey", hint="such as 3 journeys")
    if asked.spans is not None and asked.within_us is not None:
        raise BadInput("a funnel's window is a time or a number of journeys, not both", hint="7d, or 3 journeys")
    if asked.order == "any":
        _check_any(steps)


def _check_any(steps: tuple[Step, ...]) -> None:
    codes = [code for step in steps for code in set(step.codes)]
    if len(codes) != len(set(codes)):
        raise BadInput("in any order a name can stand in one step only", hint="say it once, or ask for the steps in order")
    if any(step.optional for step in steps):
        raise BadInput("in any order no step can be optional", hint="leave the step out, or ask for the steps in order")
    if {code for step in steps for code in step.barred} & set(codes):
        raise BadInput("in any order a step cannot be excluded too", hint="leave out the step or the exclusion")
