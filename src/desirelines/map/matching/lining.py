"""Variants with what their alignment says: sides reached, deviations per touchpoint, steps that came late."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from desirelines.map.matching.features import KINDS
from desirelines.map.matching.matched import MARKS, Variants
from desirelines.map.matching.naming import variant_keys
from desirelines.model.automaton import Automaton
from desirelines.trace import Alignment, Part, VariantIndex, late_events, threads

Int = NDArray[np.int64]


def lined_up(index: VariantIndex, found: Alignment, names: Sequence[str], sides: NDArray[np.uint8]) -> Variants:
    """The variants of `index` with their alignment; `names`, `sides` [touchpoints]."""
    claimed = index.codes < len(names)
    of_event = np.repeat(np.arange(len(index.offsets) - 1), np.diff(index.offsets))
    last = np.full(len(index.offsets) - 1, -1, dtype=np.int64)
    last[of_event[claimed]] = index.codes[claimed]  # the latest write stays, and events stand in order
    reached = np.zeros(len(last), dtype=np.uint8)
    side = np.append(sides, np.uint8(0))[np.minimum(index.codes, len(names))]
    for one in (1, 2):
        reached[of_event[(side & one) > 0]] |= np.uint8(one)
    marks = np.bincount(of_event * len(MARKS) + found.mark, minlength=len(last) * len(MARKS)).reshape(-1, len(MARKS))
    keys = variant_keys(index.codes, index.offsets, names)
    return Variants(
        index.codes, index.offsets, found.cost, found.shortest, found.mark, found.position, found.missing, found.missing_offsets,
        last, reached, keys, marks.astype(np.float64),
    )  # fmt: skip


def deviations(variants: Variants, automaton: Automaton, touchpoints: int) -> tuple[Int, Int]:
    """(variant, kind * touchpoints + touchpoint) of each deviation at a touchpoint, sorted by variant."""
    of_event = np.repeat(np.arange(len(variants.cost)), variants.length)
    symbols = np.array([position.symbol for position in automaton.positions], dtype=np.int64)
    which = np.repeat(np.arange(len(variants.cost)), np.diff(variants.missing_offsets))
    whose, what = [which], [KINDS.index("missing") * touchpoints + symbols[variants.missing]]
    for kind in KINDS[1:]:
        mine = (variants.marks == MARKS.index(kind)) & (variants.codes < touchpoints)
        whose.append(of_event[mine])
        what.append(KINDS.index(kind) * touchpoints + variants.codes[mine].astype(np.int64))
    owner, deviant = np.concatenate(whose), np.concatenate(what)
    order = np.argsort(owner, kind="stable")
    return owner[order], deviant[order]


def late_steps(
    automaton: Automaton, parts: Sequence[Part], first: Int, index: VariantIndex, found: Alignment, skip: int
) -> tuple[Int, Int]:
    """(journey, touchpoint code) of each planned step that came late; `first` [parts]: number of each part's first journey."""
    none = np.empty(0, np.int64)
    if all(one.within_us is None for one in automaton.positions):
        return none, none

    def over(number: int) -> tuple[Int, Int]:
        one = parts[number]
        events = np.flatnonzero(late_events(one, index.variant[number], found, automaton, skip))
        journey = np.searchsorted(one.journeys.start, events, side="right") - 1
        return journey + first[number], one.codes[events].astype(np.int64)

    with ThreadPoolExecutor(threads()) as pool:
        each = list(pool.map(over, range(len(parts))))
    return np.concatenate([none, *(one[0] for one in each)]), np.concatenate([none, *(one[1] for one in each)])
