"""ClickHouse in the process (chdb): a table with an array per customer, and one sorted by customer and time."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pyarrow as pa

from engine.peers.serving import GAP_US, MONDAY_US, STEPS, WEEK_US, Jobs, Rows, Way, read, read_loose, serve

KEYS = "arrayMap((x, y) -> x * 256 + y, arrayPopBack(event), arrayPopFront(event)) AS ks"
PAIRS = f"(SELECT {KEYS}, arrayPopFront(arrayDifference(ts)) AS gs FROM grouped) ARRAY JOIN ks AS k, gs AS g"
ZIPPED = f"""(SELECT arrayJoin(arrayZip({KEYS.removesuffix(" AS ks")}, arrayPopFront(arrayDifference(ts)))) AS z,
  z.1 AS k, z.2 AS g FROM grouped)"""
COUNTED = "SELECT c, count() FROM (SELECT count() AS c FROM {} GROUP BY v) GROUP BY c"
CUT = f"(SELECT arrayJoin(arraySplit((x, y) -> y > {GAP_US}, event, arrayDifference(ts))) AS v FROM grouped)"
MADE = "(SELECT groupArray(event) AS v FROM ev GROUP BY customer)"
FOUND = """CREATE TABLE found ENGINE = Memory AS SELECT customer, v[1] AS b, v[-1] AS e, length(v) AS n FROM
  (SELECT customer, arrayJoin(arraySplit((x, y) -> y > {}, t, arrayDifference(t))) AS v FROM
  (SELECT customer, arraySort(groupArray(t)) AS t FROM loose GROUP BY customer))"""
WEEKS = f"arrayDistinct(arrayMap(t -> intDiv(t - {MONDAY_US}, {WEEK_US}), ts))"
CELLS = f"""SELECT ws[1] AS c, w - c AS k, count() FROM (SELECT {WEEKS} AS ws FROM grouped) ARRAY JOIN ws AS w GROUP BY c, k"""
MADE_CELLS = f"""SELECT c, w - c AS k, count() FROM (SELECT customer, arrayJoin(ws) AS w, arrayMin(ws) AS c FROM
  (SELECT customer, groupUniqArray(intDiv(t - {MONDAY_US}, {WEEK_US})) AS ws FROM ev GROUP BY customer)) GROUP BY c, k"""
STAYS = """SELECT g[i] AS s, count(), uniqExact(n), countIf(i = length(g)), avgIf(toInt64(t[i + 1]) - t[i], i < length(g)) FROM
  (SELECT n, arrayFilter((x, f) -> f, gs, fs) AS g, arrayFilter((x, f) -> f, ts, fs) AS t FROM
    (SELECT rowNumberInAllBlocks() AS n, ts, arrayMap(x -> intDiv(x, 8), event) AS gs,
      arrayMap((x, i) -> i = 1 OR gs[i - 1] != x, gs, arrayEnumerate(gs)) AS fs FROM grouped))
  ARRAY JOIN arrayEnumerate(g) AS i GROUP BY s"""
LEVELS = f"""SELECT arrayJoin(range(1, level + 1)) AS step, count() FROM (SELECT customer,
  windowFunnel({WEEK_US})(toUInt64(t), event = 0, event = 1, event = 2, event = 3) AS level FROM ev {{}} GROUP BY customer)
  GROUP BY step"""
SETTINGS = " SETTINGS max_threads = 2, max_insert_threads = 2, output_format_json_quote_64bit_integers = 0"


def load(folder: Path, loose: bool) -> Jobs:
    here: Any = import_module("chdb.session").Session(mkdtemp(dir=folder.parent))
    events = pa.table(read(folder))  # noqa: F841 - the queries name it
    here.query("CREATE DATABASE peers")
    here.query("USE peers")
    here.query("CREATE TABLE ev (customer UInt32, event UInt8, t Int64) ENGINE = MergeTree ORDER BY (customer, t)")
    here.query("INSERT INTO ev SELECT * FROM Python(events)")
    here.query("OPTIMIZE TABLE ev FINAL")
    here.query("CREATE TABLE grouped (event Array(UInt8), ts Array(Int64)) ENGINE = Memory")
    ordered = "(SELECT * FROM ev ORDER BY customer, t)"
    here.query(f"INSERT INTO grouped SELECT groupArray(event), groupArray(t) FROM {ordered} GROUP BY customer{SETTINGS}")
    if loose:
        rows = pa.table(read_loose(folder))  # noqa: F841
        here.query("CREATE TABLE loose (customer Int64, t Int64) ENGINE = Memory")
        here.query("INSERT INTO loose SELECT * FROM Python(rows)")

    def ask(query: str) -> Rows:
        lines = str(here.query(query + SETTINGS, "JSONCompactEachRow")).splitlines()
        return [json.loads(line) for line in lines]

    def way(query: str) -> Way:
        return lambda: ask(query), lambda found: found

    def make() -> None:
        here.query("DROP TABLE IF EXISTS found")
        here.query(FOUND.format(GAP_US) + SETTINGS)

    mean = "SELECT k, count(), avg(g) FROM {} GROUP BY k"
    median = "SELECT k, count(), avg(g), quantileExactInclusive(0.5)(g) FROM {} GROUP BY k"
    return {
        "transitions_mean": {"arrays": way(mean.format(PAIRS)), "zipped": way(mean.format(ZIPPED))},
        "transitions_median": {"arrays": way(median.format(PAIRS)), "zipped": way(median.format(ZIPPED))},
        "variants_whole": {
            "arrays kept": way(COUNTED.format("(SELECT event AS v FROM grouped)")),
            "made": way(COUNTED.format(MADE)),
        },
        "variants_sessions": {"split": way(COUNTED.format(CUT))},
        "retention_week": {"arrays kept": way(CELLS), "made": way(MADE_CELLS)},
        "stages": {"arrays kept": way(STAYS)},
        "funnel": {"windowFunnel": way(LEVELS.format("")), "of four": way(LEVELS.format(f"WHERE event < {STEPS}"))},
        "sessions": {"arrays": (make, lambda _: ask("SELECT count(), sum(n * n), sum(e - b) FROM found"))},
    }


if __name__ == "__main__":
    serve(load)
