"""The tree that journeys suggest, and how well it tells them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.model.automaton import Automaton
from desirelines.trace.aligning.alignment import align
from desirelines.trace.bucket import Codes, Int, Mask
from desirelines.trace.compiled import plain
from desirelines.trace.discovery.discover import discover
from desirelines.trace.discovery.log import Log, chosen, selected, without_empty
from desirelines.trace.discovery.machines import tree_automaton
from desirelines.trace.discovery.precision import precision
from desirelines.trace.discovery.tree import Tree

VARIANTS = 5_000
EVENTS = 100_000
"""The most frequent variants are looked at, up to so many and so many events in them."""
CANDIDATES = 4 * VARIANTS
"""… once rare names are taken out of so many, some of which then become one."""


@dataclass(frozen=True)
class Discovery:
    """`journeys`: those with a step. `used`: those of the variants looked at, of which the figures are."""

    tree: Tree
    automaton: Automaton
    exact: bool
    """False: the automaton allows more than the tree, which would need too many states"""
    journeys: int
    used: int
    fitting: int
    """Journeys that the tree explains whole."""
    average_fitness: float
    precision: float | None
    rare: Codes
    """Codes too rare to be among the names looked at, the most frequent first."""
    passed_over: Codes
    """Codes that noise left no place for in the tree."""
    log: Log
    """What was looked at: for holding another plan against it."""


def discovery(
    offsets: Int, codes: NDArray[np.unsignedinteger], weight: Int, skip: int, names: int, noise: float
) -> Discovery | None:
    """Of variants codes[offsets[i]:offsets[i + 1]] that weight[i] journeys went: codes from `skip` on are no steps, and only
    the `names` most frequent ones are looked at. None where nothing is left."""
    whole = Log(plain(offsets, np.int64), plain(codes, np.uint32), plain(weight, np.int64))
    real = whole.codes < skip
    steps = np.diff(np.concatenate([np.zeros(1, np.int64), np.cumsum(real)])[whole.offsets])
    walked = (steps > 0) & (whole.weight > 0)
    if not walked.any():
        return None
    counts = np.bincount(whole.codes[real], np.repeat(whole.weight, steps))
    ranked = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)].astype(np.uint32)
    wanted = np.zeros(len(counts) + 1, np.bool_)
    wanted[ranked[:names]] = True
    log = _commonest(whole, walked, CANDIDATES)
    log = without_empty(chosen(log, wanted[np.minimum(log.codes, len(counts))]))
    log = _commonest(log, log.weight > 0, VARIANTS)
    tree = discover(log.offsets, log.codes, log.weight, noise)
    assert tree is not None  # the log has events
    machine, exact = tree_automaton(tree)
    aligned = align(machine, log.offsets, log.codes)
    return Discovery(
        tree, machine, exact, int(whole.weight[walked].sum()), log.count, int(log.weight[aligned.cost == 0].sum()),
        float(np.dot(aligned.fitness, log.weight) / log.count), precision(machine, log.offsets, log.codes, log.weight),
        ranked[names:], np.setdiff1d(ranked[:names], np.array(tree.codes, np.uint32)), log,
    )  # fmt: skip


def _commonest(log: Log, among: Mask, most: int) -> Log:
    """So many sequences at most, and so many events in them."""
    there = np.flatnonzero(among)
    order = there[np.argsort(-log.weight[there], kind="stable")][:most]
    few = np.cumsum(log.lengths[order]) <= EVENTS * (most // VARIANTS)
    few[:1] = True
    wanted = np.zeros(len(log.weight), np.bool_)
    wanted[order[few]] = True
    return selected(log, wanted)
