"""The models of the base beside `lifetimes`, on all of CDNOW's 23,570 customers; and credit along ten million events.

    python benchmarks/measure/bench_base.py [--events 10000000]

Both fit the same rows in one process; each is run up to seven times, in turns of its own, and the least processor time is told.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from harness import machine

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the package speaks of options that pandas no longer has
    lifetimes: Any = import_module("lifetimes")

from desirelines.measure.base import bg_nbd, gamma_gamma, pareto_nbd
from desirelines.measure.base.buyers import buyers
from desirelines.measure.credit.removal import removal
from desirelines.measure.credit.walking import Goals, Terms, walked

DAY = 86_400_000_000
FAR = 2**61


def best(work: Callable[[], Any], rounds: int = 7) -> tuple[float, Any]:
    found, seconds = None, []
    for _ in range(rounds):
        started = process_time()
        found = work()
        seconds.append(process_time() - started)
    return min(seconds), found


def purchases() -> pd.DataFrame:
    file = Path(lifetimes.__file__).parent / "datasets" / "CDNOW_master.txt"
    table = pd.read_csv(file, sep=r"\s+", skiprows=1, names=["customer", "day", "discs", "dollars"], dtype={"day": str})
    table["day"] = pd.to_datetime(table["day"])
    return table.groupby(["customer", "day"], as_index=False)["dollars"].sum()


def histories(table: pd.DataFrame) -> pd.DataFrame:
    """Weeks; one order a day."""
    end = table["day"].max()
    rows = table.groupby("customer").agg(
        first=("day", "min"), last=("day", "max"), orders=("day", "size"), spent=("dollars", "sum")
    )
    return pd.DataFrame(
        {
            "x": (rows["orders"] - 1).astype("float64"),
            "t_x": (rows["last"] - rows["first"]).dt.days / 7,
            "T": (end - rows["first"]).dt.days / 7,
            "mean": rows["spent"] / rows["orders"],
            "orders": rows["orders"].astype("float64"),
        }
    )


def against(rows: pd.DataFrame) -> list[dict[str, Any]]:
    x, t_x, T, mean, orders = (rows[name].to_numpy(np.float64) for name in ("x", "t_x", "T", "mean", "orders"))
    valued = mean > 0

    def theirs(fitter: Any, *columns: NDArray[np.float64]) -> Any:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return fitter(penalizer_coef=0.0).fit(*columns)

    runs: list[tuple[str, Callable[[], Any], Callable[[], Any], int]] = [
        ("BG/NBD", lambda: bg_nbd.fit(buyers(x, t_x, T)), lambda: theirs(lifetimes.BetaGeoFitter, x, t_x, T), 7),
        (
            "gamma-gamma", lambda: gamma_gamma.fit(orders[valued], mean[valued]),
            lambda: theirs(lifetimes.GammaGammaFitter, orders[valued], mean[valued]), 3,
        ),
        ("Pareto/NBD", lambda: pareto_nbd.fit(buyers(x, t_x, T)), lambda: theirs(lifetimes.ParetoNBDFitter, x, t_x, T), 1),
    ]  # fmt: skip
    found = []
    for name, our, their, rounds in runs:
        ours, fit = best(our, rounds)
        other, fitter = best(their, rounds)
        found.append(
            {
                "model": name, "customers": len(x), "processor seconds": round(ours, 3), "lifetimes": round(other, 3),
                "times faster": round(other / ours, 1), "parameters": [round(one, 3) for one in fit.values],
                "of lifetimes": [round(float(one), 3) for one in fitter.params_.to_numpy()],
            }
        )  # fmt: skip
    return found


def credit(events: int) -> dict[str, Any]:
    """Twenty touches over customers of about twenty events each; one in thirty events is followed by a goal."""
    rng = np.random.default_rng(1)
    customers = max(1, events // 20)
    at = np.sort(rng.integers(0, 365 * DAY, (customers, 20)), axis=1).ravel()
    codes = rng.integers(0, 20, customers * 20).astype(np.uint32)
    chosen = np.flatnonzero(rng.random(customers * 20) < 1 / 30)
    whose = chosen // 20
    goals = Goals(
        np.searchsorted(whose, np.arange(customers + 1)).astype(np.int64), at[chosen] + 1, np.ones(len(chosen)),
        np.ones(len(chosen), np.bool_),
    )  # fmt: skip
    terms = Terms(30 * DAY, 7 * DAY, True, -FAR, FAR, FAR)
    offsets, people = np.arange(0, customers * 20 + 1, 20), np.arange(customers)
    walked(offsets[:2], people[:1], at, codes, 20, goals, terms)
    seconds, (tally, _) = best(lambda: walked(offsets, people, at, codes, 20, goals, terms))
    return {
        "events": len(at), "goals": len(chosen), "processor seconds": round(seconds, 2),
        "removal solved": removal(tally.moves).conversion is not None,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    given = parser.parse_args()
    found = {"machine": machine(), "models": against(histories(purchases())), "credit": credit(given.events)}
    for row in found["models"]:
        print(row)
    print(found["credit"])
    print(json.dumps(found))


if __name__ == "__main__":
    main()
