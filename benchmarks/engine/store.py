"""The trace store: building it, growing it by 1 %, opening it; as multiples of reading the same Parquet columns.

`python benchmarks/engine/store.py --events 10000000`. A lake of simulated events is written once per size into --folder. With
100,000,000 events or more a tenth of them is measured too, for time at one size over time at the other.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from desirelines.identify import Identities
from desirelines.model.event import INSTANT
from desirelines.store.lake.delta import Pinned
from desirelines.store.lake.parquet import FILE_ROWS, PartWriter
from desirelines.store.lake.snapshot import Snapshot
from desirelines.trace import Trace, build, cut, merge_trace, part, run, threads, transitions, warm
from desirelines.trace.building.shards import forget_checks

COLUMNS = ["source", "event", "channel", "at", "rank", "sequence", "person"]
MEAN = 18
YEAR_US = 365 * 86_400_000_000
BEGIN_US = 1_735_689_600_000_000
LARGE = 100_000_000


def people(events: int) -> NDArray[np.int64]:
    """The identifier keys of all people, one in eighteen events."""
    return np.random.default_rng(7).integers(-(2**63), 2**63 - 1, max(events // MEAN, 1))


def identities(events: int) -> Identities:
    """Half of the keys are linked, every tenth of them with another."""
    keys = np.sort(people(events)[::2])
    customer = keys.copy()
    pairs = len(customer[1::10])
    customer[1::10] = keys[0::10][:pairs]
    return Identities(keys, customer, (), np.empty(0, np.int64))


def write_file(path: Path, rows: int, keys: NDArray[np.int64], seed: int, since: float, until: float) -> None:
    """Events of a heavy-tailed choice of people (a tenth of them has a third of the events) between two shares of a year."""
    rng = np.random.default_rng(seed)
    at = BEGIN_US + (np.sort(rng.uniform(since, until, rows)) * YEAR_US).astype(np.int64)

    def named(prefix: str, codes: NDArray[np.int64], count: int) -> pa.Array:
        return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), [f"{prefix} {n}" for n in range(count)]).cast(
            pa.string()
        )

    table = pa.table(
        {
            "source": named("source", rng.integers(0, 3, rows), 3),
            "event": named("event", np.minimum(rng.geometric(0.08, rows) - 1, 39), 40),
            "message_id": pa.array(np.arange(rows) + seed * FILE_ROWS).cast(pa.string()),
            "at": pa.array(at).cast(INSTANT),
            "rank": pa.array(rng.integers(0, 3, rows).astype(np.int32)),
            "sequence": pa.array(np.arange(rows)),
            "channel": named("channel", rng.integers(0, 5, rows), 5),
            "person": pa.array(keys[(len(keys) * rng.random(rows) ** 2).astype(np.int64)]),
        }
    )
    writer = PartWriter(path, table.schema)
    writer.write(table)
    writer.close()


def write_lake(folder: Path, events: int) -> None:
    """Files of up to FILE_ROWS events, one after the other in time, and a last one with a hundredth more: half of it late."""
    place = folder / f"lake-{events}" / "events"
    if (place / "done").exists():
        return
    place.mkdir(parents=True, exist_ok=True)
    keys = people(events)
    for number, first in enumerate(range(0, events, FILE_ROWS)):
        rows = min(FILE_ROWS, events - first)
        write_file(place / f"{number:04}.parquet", rows, keys, number, first / events, (first + rows) / events)
    write_file(place / "more.parquet", events // 100, keys, 9999, 0.5, 1.5)
    (place / "done").touch()


def snapshot(folder: Path, events: int, *, more: bool) -> Snapshot:
    lake = folder / f"lake-{events}"
    names = sorted(path.name for path in (lake / "events").glob("*.parquet") if more or path.name != "more.parquet")
    rows = tuple(pq.read_metadata(lake / "events" / name).num_rows for name in names)
    columns = {field.name: field.type for field in pq.read_schema(lake / "events" / names[0])}
    return Snapshot(lake, {}, {"events": Pinned(1, tuple(names), rows, columns)}, 1 + more)


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the wall, seconds of the processor, and what came of it."""
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - wall, time.process_time() - processor, found


def read(lake: Snapshot) -> int:
    """The same columns with pyarrow, file after file on all its threads."""
    return sum(len(pq.read_table(file, columns=COLUMNS)) for file in lake.files("events"))


def read_coded(lake: Snapshot) -> int:
    """The same with texts left as dictionaries, one file per thread: the quickest way that pyarrow has."""
    texts = ["source", "event", "channel"]
    with ThreadPoolExecutor(threads()) as pool:
        return sum(pool.map(lambda file: len(pq.read_table(file, columns=COLUMNS, read_dictionary=texts)), lake.files("events")))


def answer(trace: Trace) -> int:
    parts = [part(bucket, cut(bucket), bucket.event) for bucket in trace.buckets]
    return int(run(transitions, parts, -1).event_count)


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """All jobs in turn, so that a disturbance meets all; the medians of the rounds."""
    warm()
    lake, more = (snapshot(given.folder, given.events, more=more) for more in (False, True))
    who, store = identities(given.events), given.folder / "store"
    found: dict[str, list[tuple[float, float]]] = {}

    def note(name: str, work: Callable[[], Any]) -> Any:
        wall, processor, result = timed(work)
        found.setdefault(name, []).append((wall, processor))
        return result

    for _ in range(given.rounds):
        shutil.rmtree(store, ignore_errors=True)
        note("read the columns", lambda: read(lake))
        note("read them coded", lambda: read_coded(lake))
        whole = note("build", lambda: build(lake, who, store))
        note("open", lambda: build(lake, who, store))
        forget_checks()
        note("open, first in a process: checked", lambda: build(lake, who, store))
        note("first answer", partial(answer, whole))
        note("an answer again", partial(answer, whole))
        grown = note("grow by 1 %", lambda: build(more, who, store))
        note("first answer after growing", partial(answer, grown))
        note("merge, in the background", lambda: merge_trace(store))
        assert grown.event_count == whole.event_count + given.events // 100
    shutil.rmtree(store)
    return {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in found.items()}


def memory(given: argparse.Namespace) -> dict[str, Any]:
    """The process's own pages at most (mapped files apart) while the store is built, above what it had before."""
    warm()
    lake, who, store = snapshot(given.folder, given.events, more=False), identities(given.events), given.folder / "store"
    peak, stop = [own_pages()], threading.Event()

    def watch() -> None:
        while not stop.wait(0.02):
            peak.append(max(peak[-1], own_pages()))

    shutil.rmtree(store, ignore_errors=True)
    watcher = threading.Thread(target=watch)
    watcher.start()
    build(lake, who, store)
    stop.set()
    watcher.join()
    stored = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    shutil.rmtree(store)
    return {"before_mib": peak[0] / 1024, "peak_mib": peak[-1] / 1024, "store_mib": stored / 2**20}


def own_pages() -> int:
    """KiB of this process that are in memory and in no file."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))


PHASES: Mapping[str, Callable[[argparse.Namespace], dict[str, Any]]] = {"measure": measure, "memory": memory}


def child(given: argparse.Namespace, phase: str, events: int) -> dict[str, Any]:
    """A phase in a process of its own."""
    options = ["--folder", str(given.folder), "--rounds", str(given.rounds), "--events", str(events), "--phase", phase]
    ended = subprocess.run([sys.executable, sys.argv[0], *options], stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(ended.stdout.splitlines()[-1]))


def table(given: argparse.Namespace, events: int) -> dict[str, Any]:
    """Measure one size and print it."""
    write_lake(given.folder, events)
    times, pages = child(given, "measure", events), child(given, "memory", events)
    columns, full = times["read the columns"], times["build"]
    print(f"\n{events:,} events, {threads()} threads, medians of {given.rounds} rounds taken in turn")
    print(f"{'':36}{'wall s':>9}{'CPU s':>9}{'× read':>9}{'% of build':>12}")
    for name, (wall, processor) in times.items():
        print(f"{name:36}{wall:9.3f}{processor:9.3f}{wall / columns[0]:9.2f}{100 * wall / full[0]:12.1f}")
    print(
        f"events a second, built: {events / full[0]:,.0f}; by processor seconds and threads {threads() * events / full[1]:,.0f}"
    )
    before, peak, stored = (pages[name] for name in ("before_mib", "peak_mib", "store_mib"))
    print(f"own memory: {peak:,.0f} MiB at most ({before:,.0f} before); store {stored:,.0f} MiB")
    return {"events": events, "times": times, **pages}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path, default=Path(".make/bench-store"), help="a folder to work in; the lake is kept")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--phase", default="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.phase:
        print(json.dumps(PHASES[given.phase](given)))
        return
    sizes = [given.events // 10, given.events] if given.events >= LARGE else [given.events]
    rows = [table(given, events) for events in sizes]
    if len(rows) > 1:
        small, large = (row["times"]["build"] for row in rows)
        print(f"building ten times as much takes {large[0] / small[0]:.1f} ×, by processor seconds {large[1] / small[1]:.1f} ×")
    print(json.dumps({"benchmark": "store", "rows": rows}))


if __name__ == "__main__":
    main()
