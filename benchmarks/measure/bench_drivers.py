"""Drivers: LMG of 15 drivers with 200 samples, beside a plain loop of numpy over every subset.

    python benchmarks/measure/bench_drivers.py [--rows 3000]

The loop shares out one sample (it takes too long for 200); both have the same rows in one process, and the least processor
time is told.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from math import factorial
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from harness import machine

from desirelines.explain.drivers.bootstrap import bootstrap, drawn_times
from desirelines.explain.drivers.crossed import cross
from desirelines.explain.drivers.sharing import lmg

DRIVERS, DRAWS = 15, 200


def best(work: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    found, seconds = None, []
    for _ in range(rounds):
        started = process_time()
        found = work()
        seconds.append(process_time() - started)
    return min(seconds), found


def plain(correlation: np.ndarray) -> np.ndarray:
    """R² of every subset by a solve of its own, shared out as Shapley says."""
    p = len(correlation) - 1
    explained = np.zeros(1 << p)
    for subset in range(1, 1 << p):
        some = [one for one in range(p) if subset >> one & 1]
        outer = correlation[some, p]
        explained[subset] = outer @ np.linalg.solve(correlation[np.ix_(some, some)], outer)
    sizes = np.array([subset.bit_count() for subset in range(1 << p)])
    weight = np.array([factorial(size) * factorial(p - 1 - size) / factorial(p) for size in range(p)])
    share = np.zeros(p)
    for one in range(p):
        without = np.flatnonzero(np.arange(1 << p) >> one & 1 == 0)
        share[one] = weight[sizes[without]] @ (explained[without | 1 << one] - explained[without])
    return share


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3000)
    rows = parser.parse_args().rows
    random = np.random.default_rng(0)
    x = random.normal(size=(rows, 1)) + random.normal(size=(rows, DRIVERS))
    table = np.column_stack([x, x @ random.normal(size=DRIVERS) + 3 * random.normal(size=rows)])
    holes = np.where(random.random(table.shape) < 0.2, np.nan, table)
    ones, times = np.ones(rows), drawn_times(np.arange(rows), DRAWS)
    crossed = cross(table, ones)
    assert crossed is not None
    lmg(crossed.correlation)  # compiled
    once, ours = best(lambda: lmg(crossed.correlation), 7)
    loop, theirs = best(lambda: plain(crossed.correlation), 1)
    assert np.allclose(ours, theirs)
    whole, _ = best(lambda: bootstrap(table, ones, times), 3)
    pairs, _ = best(lambda: bootstrap(holes, ones, times, "pairwise"), 3)
    print(f"{'LMG of 15 drivers, one sample':48}{1000 * once:10.2f} ms")
    print(f"{'the same by a loop of numpy':48}{1000 * loop:10.0f} ms   {loop / once:,.0f} times as long")
    print(f"{f'200 samples of {rows:,} customers, whole rows':48}{whole:10.2f} s")
    print(f"{'the same, a fifth of the values missing':48}{pairs:10.2f} s")
    figures = {"lmg_ms": once * 1000, "loop_ms": loop * 1000, "ratio": loop / once, "whole_s": whole, "pairs_s": pairs}
    print(json.dumps({**machine(), "rows": rows, **figures}))


if __name__ == "__main__":
    main()
