"""polars: one frame sorted by customer and time, and one with a list per customer."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Any

os.environ["POLARS_MAX_THREADS"] = "2"

from engine.peers.serving import GAP_US, MONDAY_US, STEPS, WEEK_US, Jobs, Rows, Way, read, read_loose, serve

pl: Any = import_module("polars")


def load(folder: Path, loose: bool) -> Jobs:
    frame = pl.DataFrame(read(folder)).with_columns(pl.col("customer").set_sorted())
    kept = frame.group_by("customer", maintain_order=True).agg("event")
    unsorted = pl.DataFrame(read_loose(folder)) if loose else frame.select("customer", "t").clear()
    before = pl.col("t") - pl.col("t").shift(1)
    same = pl.col("customer") == pl.col("customer").shift(1)
    begins = (~same | (before > GAP_US)).fill_null(True).cast(pl.UInt32).cum_sum()
    pairs = (
        frame.lazy()
        .select(k=pl.col("event").shift(1).cast(pl.UInt16) * 256 + pl.col("event"), g=before, same=same)
        .filter(pl.col("same"))
        .group_by("k")
    )
    mean = pairs.agg(pl.len(), pl.col("g").mean())
    median = pairs.agg(pl.len(), pl.col("g").mean(), pl.col("g").median().alias("m"))
    numbered = frame.lazy().select("event", s=begins).with_columns(pl.col("s").set_sorted())
    every = [pl.col("customer").first(), pl.col("t").first().alias("b"), pl.col("t").last().alias("e"), pl.len().alias("n")]
    in_order = unsorted.lazy().sort("customer", "t")
    by_list = unsorted.lazy().group_by("customer").agg(pl.col("t").sort()).explode("t")

    def way(query: Any, engine: str = "streaming") -> Way:
        return lambda: query.collect(engine=engine), lambda found: found.rows()

    def counted(query: Any, engine: str = "in-memory") -> Way:
        return way(query.group_by("event").len("c").group_by("c").len(), engine)

    def made(query: Any) -> Way:
        cut = query.select("customer", "t", s=begins).with_columns(pl.col("s").set_sorted()).group_by("s").agg(every)
        return lambda: cut.collect(), lambda found: _sums(found)

    lists = frame.lazy().group_by("customer").agg("event")
    week = ((pl.col("t") - MONDAY_US) // WEEK_US).cast(pl.Int16).alias("w")
    weeks = frame.lazy().select("customer", week)
    in_order_of_time = weeks.filter(~same | (pl.col("w") != pl.col("w").shift(1)).fill_null(True))
    first = pl.when(~same.fill_null(False)).then("w").forward_fill().alias("c")
    cells = in_order_of_time.select("w", first).group_by("c", k=pl.col("w") - pl.col("c")).len()
    grouped = weeks.unique().group_by("customer").agg("w", c=pl.col("w").min()).explode("w")
    cells_of_lists = grouped.group_by("c", k=pl.col("w") - pl.col("c")).len()
    stage = frame.lazy().select("customer", "t", g=pl.col("event") // 8)
    changes = stage.filter((~same | (pl.col("g") != pl.col("g").shift(1))).fill_null(True))
    ended = pl.col("customer").shift(-1) == pl.col("customer")
    lasted = pl.when(ended).then(pl.col("t").shift(-1) - pl.col("t"))
    stays = changes.select("customer", "g", lasted.alias("d")).group_by("g").agg(
        pl.len().alias("n"), pl.col("customer").n_unique().alias("j"), pl.col("d").null_count().alias("left"), pl.col("d").mean()
    )  # fmt: skip
    served = (
        frame.lazy().select("customer", "event", "t", n=pl.int_range(pl.len(), dtype=pl.UInt32)).filter(pl.col("event") < STEPS)
    )

    def chained() -> Rows:
        """Each entry to the next event of the following step, as long as it is in time; how many customers get how far."""
        rows = served.collect(engine="streaming")
        chain, found = rows.filter(pl.col("event") == 0).select("customer", "n", since="t"), []
        for step in range(STEPS):
            if step:
                later = rows.filter(pl.col("event") == step).select("customer", "t", "n", to="n")
                chain = chain.join_asof(later, on="n", by="customer", strategy="forward", check_sortedness=False)
                chain = chain.filter(pl.col("t") - pl.col("since") <= WEEK_US).select("customer", "since", n="to")
                chain = chain.sort("n")
            found.append([step + 1, chain["customer"].n_unique()])
        return [row for row in found if row[1]]

    return {
        "transitions_mean": {"streaming": way(mean), "in memory": way(mean, "in-memory")},
        "transitions_median": {"streaming": way(median), "in memory": way(median, "in-memory")},
        "variants_whole": {
            "lists made": counted(lists),
            "lists made, streaming": counted(lists, "streaming"),
            "lists kept": counted(kept.lazy()),
        },
        "variants_sessions": {"numbered": counted(numbered.group_by("s").agg("event"))},
        "retention_week": {
            "in order": way(cells, "in-memory"),
            "unique": way(cells_of_lists, "in-memory"),
            "unique, streaming": way(cells_of_lists),
        },
        "stages": {"in order": way(stays, "in-memory"), "streaming": way(stays)},
        "funnel": {"join_asof": (chained, lambda found: found)},
        "sessions": {"sort": made(in_order), "lists": made(by_list)},
    }


def _sums(found: Any) -> Rows:
    count, length = pl.col("n").cast(pl.Int64), (pl.col("e") - pl.col("b")).sum()
    rows: Rows = found.select(pl.len(), (count * count).sum().alias("squares"), length.alias("length")).rows()
    return rows


if __name__ == "__main__":
    serve(load)
