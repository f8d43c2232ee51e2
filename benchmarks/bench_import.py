"""A CSV file into the lake, queryable, against DuckDB alone turning the same file into Parquet; both in one run.

The lake's side does what an import promises: every row checked, ids given, duplicates and contradictions looked for,
people's links made, files synced, one atomic commit. DuckDB's side only reads and writes.
"""

from __future__ import annotations

import statistics
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from harness import arguments, home, report, timed

SOURCE = """source: visits
format: csv
zone: UTC
key: [event_id]
people: {customer: customer, cookie: cookie}
objects: {order: order_no}
events:
  - event_column: event
    time: at
    channel_column: channel
    properties:
      amount: {column: amount, type: money, currency: EUR}
      score: {column: score, type: number}
      page: page
"""
STRETCH = 500_000


def write_csv(path: Path, rows: int) -> None:
    """Heavy-tailed customers over a year, nine columns; the same bytes every time."""
    rng = np.random.default_rng(5)
    with path.open("wb") as file:
        file.write(b"event_id,customer,cookie,order_no,event,at,channel,amount,score,page\n")
        for first in range(0, rows, STRETCH):
            count = min(STRETCH, rows - first)
            person = np.minimum((rng.pareto(1.2, count) * rows / 60).astype(np.int64), rows)
            text = [
                _named("e", np.arange(first, first + count)),
                _named("c", person),
                _named("k", person * 2 + rng.integers(0, 2, count)),
                _named("o", rng.integers(0, rows // 8 + 1, count)),
                pa.array([f"Event {n}" for n in range(20)]).take(pa.array(rng.integers(0, 20, count))),
                pa.array(1_700_000_000 + rng.integers(0, 365 * 86_400, count), pa.timestamp("s")).cast(pa.string()),
                pa.array(["web", "shop", "phone", "mail"]).take(pa.array(rng.integers(0, 4, count))),
                pa.array(np.round(rng.gamma(2.0, 20.0, count), 2)).cast(pa.string()),
                pa.array(rng.integers(0, 11, count)).cast(pa.string()),
                pc.binary_join_element_wise("/p/", pa.array(rng.integers(0, 900, count)).cast(pa.string()), ""),
            ]
            lines = pc.binary_join_element_wise(pc.binary_join_element_wise(*text, ","), "", "\n")
            file.write("".join(lines.to_pylist()).encode())


def _named(prefix: str, numbers: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pa.Array:
    return pc.binary_join_element_wise(prefix, pa.array(numbers).cast(pa.string()), "")


def ours(folder: Path, path: Path, turn: int) -> float:
    """Seconds from the file to a first answer about it."""
    workspace = home(folder).create(f"round-{turn}", "Benchmark")
    source = folder / "visits.yaml"
    source.write_text(SOURCE, encoding="utf-8")
    name = workspace.adopt_source(source)

    def work() -> int:
        workspace.import_file(name, path)
        return int(workspace.snapshot().sql("SELECT count(*) AS n FROM events").column("n")[0].as_py())

    seconds, rows = timed(work)
    print(f"lake: {rows:,} events in {seconds:.2f} s", flush=True)
    return seconds


def theirs(folder: Path, path: Path, turn: int) -> float:
    """Seconds for DuckDB alone from the same file to Parquet."""
    target = folder / f"duckdb-{turn}.parquet"
    connection = duckdb.connect()

    def work() -> object:
        connection.execute(
            "COPY (SELECT * FROM read_csv(?)) TO '" + str(target).replace("'", "''") + "' (FORMAT parquet)", [str(path)]
        )
        return connection.execute("SELECT count(*) FROM read_parquet(?)", [str(target)]).fetchall()

    seconds, rows = timed(work)
    connection.close()
    target.unlink()
    print(f"DuckDB: {rows} rows in {seconds:.2f} s", flush=True)
    return seconds


def main() -> None:
    given = arguments(__doc__ or "", 5_000_000)
    given.folder.mkdir(parents=True, exist_ok=True)
    path = given.folder / f"visits-{given.events}.csv"
    if not path.exists():
        write_csv(path, given.events)
    first = sum(1 for _ in (given.folder / "home" / "workspaces").glob("round-*"))
    turns = range(first, first + given.rounds)
    lake, alone = zip(*((ours(given.folder, path, turn), theirs(given.folder, path, turn)) for turn in turns), strict=True)
    ratio = statistics.median(a / b for a, b in zip(lake, alone, strict=True))
    rows = [
        {"side": "into the lake, queryable", "rows": given.events, "seconds": statistics.median(lake), "ratio": ratio},
        {"side": "DuckDB alone, CSV to Parquet", "rows": given.events, "seconds": statistics.median(alone), "ratio": 1.0},
    ]
    report("import", rows)


if __name__ == "__main__":
    main()
