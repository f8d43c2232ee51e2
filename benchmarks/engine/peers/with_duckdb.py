"""DuckDB: one table in memory sorted by customer and time, and one with a list per customer."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from engine.peers.serving import GAP_US, MONDAY_US, STEPS, WEEK_US, Jobs, Way, read, read_loose, serve

PAIRS = """(SELECT e.event::INTEGER * 256 + p.event AS k, p.t - e.t AS g
  FROM ev e POSITIONAL JOIN (SELECT * FROM ev OFFSET 1) p WHERE e.customer = p.customer)"""
LAGGED = """(SELECT p * 256 + event AS k, g FROM (SELECT customer, event, lag(event) OVER ()::INTEGER AS p,
  lag(customer) OVER () AS before, t - lag(t) OVER () AS g FROM ev) WHERE customer = before)"""
COUNTED = "SELECT c, count(*) FROM (SELECT count(*) AS c FROM {} GROUP BY v) GROUP BY c"
WHOLE = "(SELECT list(event ORDER BY t) AS v FROM ev GROUP BY customer)"
CUT = f"""(SELECT list(event ORDER BY t) AS v FROM (SELECT event, t, sum(b) OVER (ROWS UNBOUNDED PRECEDING) AS s FROM
  (SELECT event, t, CASE WHEN lag(customer) OVER () = customer AND t - lag(t) OVER () <= {GAP_US} THEN 0 ELSE 1 END AS b FROM ev))
  GROUP BY s)"""
TABLE = "CREATE OR REPLACE TEMP TABLE found AS"
WINDOWED = f"""{TABLE} SELECT customer, min(t) AS b, max(t) AS e, count(*) AS n FROM
  (SELECT customer, t, sum(x) OVER (PARTITION BY customer ORDER BY t) AS s FROM (SELECT customer, t,
   CASE WHEN t - lag(t) OVER (PARTITION BY customer ORDER BY t) <= {GAP_US} THEN 0 ELSE 1 END AS x FROM loose))
  GROUP BY customer, s"""
SORTED = f"""{TABLE} SELECT any_value(customer) AS customer, min(t) AS b, max(t) AS e, count(*) AS n FROM
  (SELECT customer, t, sum(x) OVER (ROWS UNBOUNDED PRECEDING) AS s FROM (SELECT customer, t,
   CASE WHEN lag(customer) OVER () = customer AND t - lag(t) OVER () <= {GAP_US} THEN 0 ELSE 1 END AS x
   FROM (SELECT * FROM loose ORDER BY customer, t))) GROUP BY s"""
WEEK = f"((t - {MONDAY_US}) // {WEEK_US})"
CELLS = f"""WITH d AS (SELECT customer, {WEEK} AS w FROM ev GROUP BY ALL),
  f AS (SELECT customer, min(w) AS c FROM d GROUP BY customer)
  SELECT c, w - c AS k, count(*) FROM d JOIN f USING (customer) GROUP BY ALL"""
OVER = f"""SELECT c, w - c AS k, count(DISTINCT customer) FROM (SELECT customer, {WEEK} AS w,
  min({WEEK}) OVER (PARTITION BY customer) AS c FROM ev) GROUP BY ALL"""
LISTS = f"""SELECT c, w - c AS k, count(*) FROM (SELECT list_min(ws) AS c, unnest(ws) AS w FROM
  (SELECT list_distinct(list_transform(ts, lambda t: {WEEK})) AS ws FROM grouped)) GROUP BY ALL"""
STAYS = """WITH s AS (SELECT customer, t, event // 8 AS g, lag(customer) OVER () AS pc, lag(event // 8) OVER () AS pg FROM ev),
  r AS (SELECT customer, t, g FROM s WHERE pc IS DISTINCT FROM customer OR pg <> g),
  n AS (SELECT customer, g, t, lead(customer) OVER () AS nc, lead(t) OVER () AS nt FROM r)
  SELECT g, count(*), count(DISTINCT customer), count(*) FILTER (nc IS DISTINCT FROM customer), avg(nt - t) FILTER (nc = customer)
  FROM n GROUP BY g"""
CHAINED = f"""WITH e AS (SELECT customer, event, t, n FROM numbered WHERE event < {STEPS}),
  a AS (SELECT customer, t, n FROM e WHERE event = 0),
  b AS (SELECT a.customer, a.t, e.n FROM a ASOF JOIN (SELECT * FROM e WHERE event = 1) e
    ON a.customer = e.customer AND a.n < e.n WHERE e.t - a.t <= {WEEK_US}),
  c AS (SELECT b.customer, b.t, e.n FROM b ASOF JOIN (SELECT * FROM e WHERE event = 2) e
    ON b.customer = e.customer AND b.n < e.n WHERE e.t - b.t <= {WEEK_US}),
  d AS (SELECT c.customer FROM c ASOF JOIN (SELECT * FROM e WHERE event = 3) e
    ON c.customer = e.customer AND c.n < e.n WHERE e.t - c.t <= {WEEK_US})
  SELECT * FROM (SELECT 1, count(DISTINCT customer) AS n FROM a UNION ALL SELECT 2, count(DISTINCT customer) FROM b
    UNION ALL SELECT 3, count(DISTINCT customer) FROM c UNION ALL SELECT 4, count(DISTINCT customer) FROM d) WHERE n > 0"""
SUMS = "SELECT count(*), sum(n * n), sum(e - b) FROM found"


def load(folder: Path, loose: bool) -> Jobs:
    here = duckdb.connect(config={"threads": 2})
    here.register("events", pa.table(read(folder)))
    here.execute("CREATE TABLE ev AS SELECT * FROM events")
    here.unregister("events")
    here.execute("CREATE TABLE grouped AS SELECT list(event ORDER BY t) AS v, list(t ORDER BY t) AS ts FROM ev GROUP BY customer")
    here.execute("CREATE TABLE numbered AS SELECT customer, event, t, row_number() OVER () AS n FROM ev")
    if loose:
        here.register("rows", pa.table(read_loose(folder)))
        here.execute("CREATE TABLE loose AS SELECT * FROM rows")
        here.unregister("rows")

    def way(query: str, then: str = "") -> Way:
        return lambda: here.execute(query).fetchall(), lambda found: here.execute(then).fetchall() if then else found

    mean = "SELECT k, count(*), avg(g) FROM {} GROUP BY k"
    median = "SELECT k, count(*), avg(g), median(g) FROM {} GROUP BY k"
    return {
        "transitions_mean": {"positional join": way(mean.format(PAIRS)), "lag": way(mean.format(LAGGED))},
        "transitions_median": {"positional join": way(median.format(PAIRS)), "lag": way(median.format(LAGGED))},
        "variants_whole": {"lists made": way(COUNTED.format(WHOLE)), "lists kept": way(COUNTED.format("grouped"))},
        "variants_sessions": {"lag": way(COUNTED.format(CUT))},
        "retention_week": {"distinct": way(CELLS), "window": way(OVER), "lists kept": way(LISTS)},
        "stages": {"lag": way(STAYS)},
        "funnel": {"ASOF joins": way(CHAINED)},
        "sessions": {"sort, lag": way(SORTED, SUMS), "windows": way(WINDOWED, SUMS)},
    }


if __name__ == "__main__":
    serve(load)
