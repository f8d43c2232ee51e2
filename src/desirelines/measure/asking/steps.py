"""Variants and transitions: the commonest ways whole, and which step directly follows which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.map import MARKS, spell_key, variant_keys
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.sheet import Transition, Transitions, Variant, Variants

LONGEST = 200
"""Steps of a variant that are shown."""


class VariantsAsk(BaseModel):
    """Its marks are variants' keys."""

    model_config = ConfigDict(frozen=True)

    top: int = Field(default=30, ge=1, le=500, description="how many")


class TransitionsAsk(BaseModel):
    """Its marks are `origin>target`."""

    model_config = ConfigDict(frozen=True)


COMMONEST = VariantsAsk()
ALL = TransitionsAsk()


def variants(paths: Paths, ask: VariantsAsk = COMMONEST) -> Variants:
    """The most frequent variants among the journeys chosen, held against the plan at the level of touchpoints."""
    index = paths.index
    found = tracing.variants(paths.parts, index, ask.top)
    rows = [
        _variant(paths, ask, int(variant), int(count), int(people), float(median), found.journey_count)
        for variant, count, people, median in zip(found.variant, found.count, found.people, found.median_us, strict=True)
    ]
    return Variants(
        paths.level, paths.trace.subject, found.journey_count, found.person_count, found.variant_count, tuple(rows),
        paths.period, paths.plan_version, paths.trace.data_version,
    )  # fmt: skip


def _variant(paths: Paths, ask: VariantsAsk, variant: int, count: int, people: int, median_us: float, journeys: int) -> Variant:
    index = paths.index
    low, high = int(index.offsets[variant]), int(index.offsets[variant + 1])
    steps, shown = index.codes[low:high], min(high - low, LONGEST)
    key = spell_key(variant_keys(steps, np.array([0, high - low], np.int64), paths.names)[0])
    fitness: float | None = None
    marks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    if paths.level == "touchpoint" and paths.planned and not paths.walk.where:
        lined = paths.planned.variants
        fitness = float(lined.fitness[variant])
        marks = tuple(MARKS[mark] for mark in lined.marks_of(variant)[:shown].tolist())
        positions = paths.planned.automaton.positions
        missing = tuple(positions[place].touchpoint for place in lined.missing_of(variant).tolist())
    return Variant(
        paths.spelled(steps[:shown]), high - low, count, count / journeys, people, median_us / 1e6, fitness, marks, missing,
        key, paths.behind("variants", ask, key),
    )  # fmt: skip


def of_variant(paths: Paths, ask: VariantsAsk, mark: str) -> Mask:
    """bool[j]: the journeys of the variant whose key `mark` is."""
    index = paths.index
    keys = variant_keys(index.codes, index.offsets, paths.names)
    chosen = np.array([spell_key(one) == mark for one in keys.tolist()] + [False], dtype=np.bool_)
    picked: Mask = chosen[np.concatenate([np.empty(0, np.int32), *index.variant])] & paths.keep
    return picked


def transitions(paths: Paths, ask: TransitionsAsk = ALL) -> Transitions:
    """The directly-follows graph of the journeys chosen; what is no step (an unclaimed event) is passed over."""
    found = tracing.run(tracing.transitions, paths.parts, paths.skip, tracing.Figures((0.5,)))
    names = paths.names
    order = np.lexsort((found.target, found.origin, -found.count))
    edges = [
        Transition(
            names[found.origin[edge]], names[found.target[edge]], int(found.count[edge]),
            float(found.median_us[edge]) / 1e6, float(found.mean_us[edge]) / 1e6,
            paths.behind("transitions", ask, f"{names[found.origin[edge]]}>{names[found.target[edge]]}"),
        )
        for edge in order.tolist()
    ]  # fmt: skip
    return Transitions(
        paths.level, paths.trace.subject, found.journey_count, found.event_count, tuple(edges), _counted(names, found.nodes),
        _counted(names, found.starts), _counted(names, found.ends), paths.period, paths.plan_version, paths.trace.data_version,
    )  # fmt: skip


def of_transition(paths: Paths, ask: TransitionsAsk, mark: str) -> Mask:
    """bool[j]: the journeys that go from one step straight to the other, as in `origin>target`."""
    origin, target = _both(paths, mark)
    index = paths.index
    steps = np.flatnonzero(index.codes < paths.skip)
    owner = np.repeat(np.arange(len(index.offsets) - 1), np.diff(index.offsets))[steps]
    codes = index.codes[steps]
    here = (codes[:-1] == origin) & (codes[1:] == target) & (owner[:-1] == owner[1:])
    chosen = np.zeros(len(index.offsets), np.bool_)
    chosen[owner[:-1][here]] = True
    picked: Mask = chosen[np.concatenate([np.empty(0, np.int32), *index.variant])] & paths.keep
    return picked


def _both(paths: Paths, mark: str) -> tuple[int, int]:
    """The codes of both names; names may hold the sign themselves."""
    places = [place for place, sign in enumerate(mark) if sign == ">"]
    for place in places:
        if mark[:place] in paths.names and mark[place + 1 :] in paths.names:
            return paths.code_of(mark[:place]), paths.code_of(mark[place + 1 :])
    raise BadInput(f"`{mark[:80]}` names no two steps", hint="such as Look>Buy")


def _counted(names: Sequence[str], counts: NDArray[np.int64]) -> dict[str, int]:
    """Name to count, the most frequent first, what never came left out."""
    order = np.argsort(-counts, kind="stable")
    return {names[code]: int(counts[code]) for code in order.tolist() if counts[code]}
