"""The chains behind a funnel, of all buckets together, and which group each belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.map import Values, values_of
from desirelines.measure.asking.funnel_nouns import FunnelAsk, GroupKind
from desirelines.measure.asking.funnel_text import coded, parse_funnel, parse_names
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.plan import duration_us
from desirelines.trace import Chains, Held, Steps

Int = NDArray[np.int64]
SHOWN = 20
"""Groups for values of their own."""
_JOURNEYS = re.compile(r"([0-9]{1,6}) *journeys?")


@dataclass(frozen=True)
class Rows:
    """One chain [u] for each that is counted."""

    steps: Steps
    parts: list[Chains]
    """per bucket, one behind the other"""
    whole: Chains
    """all of them; `journey` counts along the journeys of the paths, `place` stays each bucket's own"""

    def served(self, step: int) -> Mask:
        found: Mask = self.whole.place[:, step] >= 0
        return found

    def dropped(self, step: int) -> Mask:
        """Who got to the step and no further."""
        ends = self.steps.steps[step].optional or step + 1 == len(self.steps.steps)
        found: Mask = (self.whole.reached == step + 1) & (not ends)
        return found


@dataclass(frozen=True)
class Group:
    kind: GroupKind
    value: str

    @property
    def mark(self) -> str:
        return f"={self.value}" if self.kind == "value" else self.kind


@dataclass(frozen=True)
class Groups:
    """`of` [u, k]: which of `names` each step of each chain counts for."""

    names: tuple[Group, ...]
    of: NDArray[np.int32]


def rows_of(paths: Paths, ask: FunnelAsk) -> Rows:
    """Raises BadInput for steps, windows and properties that are none."""
    steps = steps_of(paths, ask)
    if steps.spans is not None and ask.count == "journeys":
        raise BadInput("chains that go over several journeys cannot be counted per journey", hint="count: people, or entries")
    asked: list[tracing.Part | Held] = list(paths.parts)
    if ask.hold:
        held = _values(paths, ask.hold).codes
        asked = [Held(part, values) for part, values in zip(paths.parts, held, strict=True)]
    found = tracing.run(tracing.chains, asked, steps, ask.count)
    width = len(steps.steps)
    return Rows(
        steps,
        found,
        Chains(
            _joined([one.journey + paths.journeys.of(index).start for index, one in enumerate(found)]),
            _joined([one.reached for one in found]),
            _joined([one.place.reshape(-1) for one in found]).reshape(-1, width),
            _joined([one.at.reshape(-1) for one in found]).reshape(-1, width),
        ),
    )


def steps_of(paths: Paths, ask: FunnelAsk) -> Steps:
    """What the kernel is asked."""
    said = coded(parse_funnel(ask.steps), parse_names(ask.exclude), paths.code_of)
    journeys = _JOURNEYS.fullmatch(ask.within.strip())
    spans = int(journeys[1]) if journeys else None
    within = duration_us(ask.within.strip()) if ask.within.strip() and not journeys else None
    return Steps(said, ask.order, within, spans, paths.skip)


def groups_of(paths: Paths, ask: FunnelAsk, rows: Rows) -> Groups:
    """The values of `by` with most chains; the rarer ones together; those without one."""
    values = _values(paths, ask.by)
    value = np.full(rows.whole.place.shape, -1, np.int64)
    bounds = np.cumsum([0, *(len(one.reached) for one in rows.parts)])
    for index, one in enumerate(rows.parts):
        codes = np.append(values.codes[index], np.int32(-1))  # no event, -1, takes the last one: no value
        value[bounds[index] : bounds[index + 1]] = codes[one.place]
    if ask.attribution != "step":
        value[:] = _of_chain(value, ask.attribution == "first")[:, None]
    counted = value if ask.attribution == "step" else value[:, :1]
    count = np.bincount(counted[counted >= 0], minlength=len(values.labels))
    best = np.argsort(-count, kind="stable")[:SHOWN]
    best = best[count[best] > 0]
    number = np.full(len(count) + 1, len(best), np.int32)
    number[best] = np.arange(len(best))
    number[-1] = len(best) + 1
    named = [Group("value", label) for label in values.labels.take(best).to_pylist()]
    return Groups((*named, Group("other", ""), Group("none", "")), number[value])


def _of_chain(value: Int, first: bool) -> Int:
    """[u] the first or the last value that a chain has at any of its steps, -1: none."""
    looked = value if first else value[:, ::-1]
    found: Int = looked[np.arange(len(looked)), np.argmax(looked >= 0, axis=1)]
    return found


def _values(paths: Paths, said: str) -> Values:
    if paths.snapshot is None:
        raise BadInput("events have no values here")
    known = paths.known() if said.startswith("trait:") and paths.known else None
    return values_of(said, paths.trace, paths.snapshot, paths.folder, known)


def _joined(several: list[NDArray[np.int64]]) -> Int:
    return np.concatenate([np.empty(0, np.int64), *several])
