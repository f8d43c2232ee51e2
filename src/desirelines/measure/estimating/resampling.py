"""The bootstrap by customer, bounded: customers are dealt into blocks and the blocks drawn again, always with the same seed."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from desirelines.measure.estimating.estimate import Estimate, nothing
from desirelines.measure.estimating.ratios import Ints
from desirelines.measure.intervals import LEVEL

Float = NDArray[np.float64]
DRAWS = 400
BLOCKS = 1000
"""More customers than this are dealt into so many blocks: their sums are as independent, and the work stays the same."""
BINS = 160
"""Ranks around the middle are told apart so finely; a drawn median lies within five errors of it."""
FEWEST = 5
"""Of fewer customers no interval is drawn."""
SEED = 20_260_101


@lru_cache(maxsize=8)
def weights(count: int, draws: int = DRAWS, seed: int = SEED) -> Float:
    """How often each of `count` blocks is drawn, in each of the draws: [draws, count]."""
    chance = np.full(count, 1 / count)
    drawn: Float = np.random.default_rng(seed).multinomial(count, chance, size=draws).astype(np.float64)
    return drawn


def blocks_of(customer: Ints, seed: int = SEED) -> tuple[NDArray[np.int64], int]:
    """The block of each row [n], a customer's rows together, and how many blocks; nobody's rows stand alone."""
    ids = np.asarray(customer, dtype=np.int64).copy()
    nobody = ids < 0
    ids[nobody] = int(ids.max(initial=0)) + 1 + np.arange(int(nobody.sum()))
    distinct, block = np.unique(ids, return_inverse=True)
    if len(distinct) <= BLOCKS:
        return block, len(distinct)
    dealt = np.random.default_rng(seed).permutation(len(distinct)) % BLOCKS
    return dealt[block], BLOCKS


def bootstrap_sums(
    columns: tuple[Float, ...], customer: Ints, figure: Callable[..., Float], level: float = LEVEL
) -> Estimate:  # fmt: skip
    """`figure` of the columns' sums, with the interval between the draws' quantiles. Draws without a value are left out."""
    if not len(customer):
        return nothing("bootstrap")
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(figure(*(np.array([column.sum()]) for column in columns))[0])
        if not np.isfinite(value):
            return nothing("bootstrap")
        block, count = blocks_of(customer)
        if count < FEWEST:
            return Estimate(value, None, None, len(customer), "bootstrap", level, (f"only {count} customers: no interval",))
        drawn = weights(count)
        found = figure(*(np.einsum("db,b->d", drawn, np.bincount(block, column, count)) for column in columns))
    return _between(value, found, len(customer), level)


def bootstrap_median(values: Float, customer: Ints, level: float = LEVEL) -> Estimate:
    """The median [n], drawn by customer; ranks around the middle are binned."""
    good = np.isfinite(values)
    values, customer = values[good], customer[good]
    if not len(values):
        return nothing("bootstrap")
    value = float(np.median(values))
    block, count = blocks_of(customer)
    if count < FEWEST:
        return Estimate(value, None, None, len(values), "bootstrap", level, (f"only {count} customers: no interval",))
    wide = min(0.5, 2.5 / count**0.5)
    edges = np.unique(np.quantile(values, np.linspace(0.5 - wide, 0.5 + wide, BINS), method="nearest"))
    place = np.searchsorted(edges, values, side="left").clip(0, len(edges) - 1)
    table = np.bincount(block * len(edges) + place, minlength=count * len(edges)).reshape(count, len(edges)).astype(np.float64)
    drawn = np.cumsum(np.einsum("db,be->de", weights(count), table, optimize=True), axis=1)
    found = edges[np.argmax(drawn >= drawn[:, -1:] / 2, axis=1)]
    return _between(value, found, len(values), level)


def _between(value: float, found: Float, n: int, level: float) -> Estimate:
    found = found[np.isfinite(found)]
    if len(found) < DRAWS // 2:
        return Estimate(value, None, None, n, "bootstrap", level, ("too many draws had no value: no interval",))
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(value, min(float(low), value), max(float(high), value), n, "bootstrap", level)
