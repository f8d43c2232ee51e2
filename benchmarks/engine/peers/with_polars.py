"""polars: one frame sorted by customer and time, and one with a list per customer."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Any

os.environ["POLARS_MAX_THREADS"] = "2"

from engine.peers.serving import GAP_US, Jobs, Rows, Way, read, read_loose, serve

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
    return {
        "transitions_mean": {"streaming": way(mean), "in memory": way(mean, "in-memory")},
        "transitions_median": {"streaming": way(median), "in memory": way(median, "in-memory")},
        "variants_whole": {
            "lists made": counted(lists),
            "lists made, streaming": counted(lists, "streaming"),
            "lists kept": counted(kept.lazy()),
        },
        "variants_sessions": {"numbered": counted(numbered.group_by("s").agg("event"))},
        "sessions": {"sort": made(in_order), "lists": made(by_list)},
    }


def _sums(found: Any) -> Rows:
    count, length = pl.col("n").cast(pl.Int64), (pl.col("e") - pl.col("b")).sum()
    rows: Rows = found.select(pl.len(), (count * count).sum().alias("squares"), length.alias("length")).rows()
    return rows


if __name__ == "__main__":
    serve(load)
