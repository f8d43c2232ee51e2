"""Who came how far: the chain of every entry, journey or person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Int, Part
from desirelines.trace.funnel.lanes import lay_lanes
from desirelines.trace.funnel.ordered import ordered_chains
from desirelines.trace.funnel.plain import plain_chains
from desirelines.trace.funnel.steps import Steps
from desirelines.trace.funnel.unordered import unordered_chains
from desirelines.trace.run import Kernel

Count = Literal["people", "journeys", "entries"]


@dataclass(frozen=True)
class Held:
    """A part whose chains must each keep to one value. `values` int32 [n]: each event's, -1: none."""

    part: Part
    values: NDArray[np.int32]


@dataclass(frozen=True)
class Chains:
    """One chain [u] for each that is counted, of one part; who served not even the first step has none."""

    journey: Int
    """[u] index among the part's journeys: where the chain begins"""
    reached: Int
    """[u] the furthest step that is not optional, from 1; in any order: how many steps"""
    place: Int
    """[u, steps] the event (index in the bucket) that serves each step, -1: none. In any order: the first, second … to happen"""
    at: Int
    """[u, steps] its time, microseconds; 0: none"""


def _over(asked: Part | Held, steps: Steps, count: Count = "journeys") -> list[Chains]:
    part, values = (asked.part, asked.values) if isinstance(asked, Held) else (asked, None)
    if steps.plain and values is None and count != "entries":
        found = _plain(part, steps)
    else:
        found = _laned(part, steps, values)
    return [found if count == "entries" else _best(part, found, count)]


def _plain(part: Part, steps: Steps) -> Chains:
    journeys, wide = part.journeys, len(steps.steps)
    journey, reached, place, times = plain_chains(
        journeys.start, journeys.end, part.keep, part.bucket.at, part.codes, steps.number, wide, steps.window
    )
    return Chains(journey, reached, place.reshape(-1, wide), times.reshape(-1, wide))


def _laned(part: Part, steps: Steps, values: NDArray[np.int32] | None) -> Chains:
    lanes = lay_lanes(part, steps, values)
    given = (lanes.offsets, lanes.event, lanes.clock, part.codes, steps.serves, steps.bars)
    if steps.order == "any":
        reached, flat = unordered_chains(*given, len(steps.steps), steps.window)
    else:
        reached, flat = ordered_chains(*given, steps.optional, *steps.ways, steps.window)
    place = flat.reshape(-1, len(steps.steps))
    event = np.append(lanes.event, -1)[place]  # -1 takes the last entry: -1 again
    times = np.where(event < 0, 0, part.bucket.at[event])
    return Chains(lanes.journey[place[:, 0]], reached, event, times)


def _best(part: Part, chains: Chains, count: Count) -> Chains:
    """One chain per journey or known person: the furthest; of those the one that got there first."""
    who = chains.journey if count == "journeys" else part.bucket.customer[part.journeys.group[chains.journey]]
    if (who[1:] > who[:-1]).all() and (count == "journeys" or who.all()):
        return chains
    rows = np.arange(len(who)) if count == "journeys" else np.flatnonzero(who)
    there = rows, chains.reached[rows] - 1
    order = rows[np.lexsort((chains.place[there], chains.at[there], -chains.reached[rows], who[rows]))]
    rows = np.sort(order[np.append(True, np.diff(who[order]) != 0)[: len(order)]])
    return Chains(chains.journey[rows], chains.reached[rows], chains.place[rows], chains.at[rows])


def _merge(found: Sequence[list[Chains]]) -> list[Chains]:
    return [one for several in found for one in several]


def _finish(whole: list[Chains]) -> list[Chains]:
    return whole


chains = Kernel(_over, _merge, _finish)
"""`run(chains, parts, steps, count)` -> the Chains of each part, in order. A part may be a `Held`."""
