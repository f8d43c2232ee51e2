"""Growth and retention of published purchases: CDNOW's 23,570 customers to the last count, and a shop's 18,536 invoices."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from desirelines import measure
from desirelines.home import Home
from desirelines.measure import GrowthAsk, Paths, RetentionAsk, TimeAsk, Walk
from desirelines.measure.asking.calendar import calendar
from desirelines.settings import Settings
from desirelines.trace import Bucket, Part, cut, growth, offset_columns, part, retention, run
from desirelines.view import Question

SHOP = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "online_retail" / "online_retail.parquet"
NAMES = ["customer", "day", "discs", "dollars"]
SOURCE = """\
source: cdnow
format: csv
people: {customer: customer}
events:
  - event: Bought
    time: {column: day, format: "%Y%m%d"}
    properties:
      discs: {column: discs, type: number}
"""
PUBLISHED = {
    "1997-01-01": (7846, 7846, 0, 0, 0, None),
    "1997-02-01": (9633, 8476, 1157, 0, 6689, 1.2672),
    "1997-03-01": (9524, 7248, 1681, 595, 7952, 0.9863),
    "1997-04-01": (2822, 0, 1773, 1049, 7751, 0.1353),
    "1997-05-01": (2214, 0, 852, 1362, 1970, 0.6914),
    "1997-06-01": (2339, 0, 747, 1592, 1467, 1.0852),
    "1997-12-01": (1864, 0, 632, 1232, 1396, 0.8825),
    "1998-03-01": (2060, 0, 571, 1489, 980, 1.5194),
    "1998-06-01": (1506, 0, 446, 1060, 1042, 1.0173),
}
"""active, new, retained, resurrected, churned, quick ratio"""


@cache
def purchases() -> pd.DataFrame:
    spec = find_spec("lifetimes")
    if spec is None or spec.submodule_search_locations is None:
        pytest.skip("lifetimes is not installed")
    file = Path(spec.submodule_search_locations[0]) / "datasets" / "CDNOW_master.txt"
    return pd.read_csv(file, sep=r"\s+", skiprows=1, names=NAMES, dtype={"customer": str, "day": str})


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """Brought in as anybody would bring it."""
    folder = tmp_path_factory.mktemp("cdnow")
    purchases().to_csv(folder / "cdnow.csv", index=False)
    (folder / "cdnow.yaml").write_text(SOURCE, encoding="utf-8")
    workspace = Home(folder / "home", Settings()).create("cdnow", "CDNOW", "America/New_York", "USD")
    receipt = workspace.import_file(workspace.adopt_source(folder / "cdnow.yaml"), folder / "cdnow.csv")
    assert (receipt.rows_refused, len(purchases())) == (0, 69_659)
    return workspace.view().paths(Question(), Walk())


def test_growth_by_month_is_as_published(cdnow: Paths) -> None:
    found = measure.growth(cdnow, GrowthAsk(unit="month"))
    rows = {str(row.start_on): row for row in found.rows}
    assert (found.people, len(rows), found.rows[-1].complete) == (23_570, 18, True)
    for month, (*counts, quick) in PUBLISHED.items():
        row = rows[month]
        assert [row.active, row.new, row.retained, row.resurrected, row.churned] == counts
        assert (row.quick_ratio and round(row.quick_ratio, 4)) == quick


def test_growth_of_every_month_is_what_pandas_counts(cdnow: Paths) -> None:
    table = purchases()
    months = table["day"].str[:6].map(lambda text: int(text[:4]) * 12 + int(text[4:]))
    active = table.assign(month=months).groupby("month")["customer"].agg(set)
    seen: set[str] = set()
    before: set[str] = set()
    for row, now in zip(measure.growth(cdnow, GrowthAsk(unit="month")).rows, active, strict=True):
        expected = (len(now), len(now - seen), len(now & before), len((now & seen) - before), len(before - now))
        assert (row.active, row.new, row.retained, row.resurrected, row.churned) == expected
        seen |= now
        before = now


def test_repeat_customers_by_purchases_and_by_days(cdnow: Paths) -> None:
    again = measure.times(cdnow, TimeAsk(of="cycle", event="Bought", most=2)).cycles
    assert (again[0].journeys, again[1].journeys) == (23_570, 11_662)  # two purchases
    later = measure.retention(cdnow, RetentionAsk(unit="day", kind="bracket", brackets="1-600"))
    assert sum(cohort.cells[0].count for cohort in later.cohorts) == 11_516  # on two days
    assert again[0].lasting.count == 11_662


def test_weekly_retention_is_what_pandas_counts(cdnow: Paths) -> None:
    table = purchases()
    day = pd.to_datetime(table["day"])
    monday = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
    table = table.assign(week=(monday - monday.min()).dt.days // 7)
    first = table.groupby("customer")["week"].transform("min")
    cells = table.assign(cohort=first, offset=table["week"] - first).groupby(["cohort", "offset"])["customer"].nunique()
    found = measure.retention(cdnow, RetentionAsk(unit="week", periods=78))
    assert len(found.cohorts) == table["week"][table["week"] == first].nunique()
    for cohort, (_, expected) in zip(found.cohorts, cells.groupby(level=0), strict=True):
        counts = {cell.offset: cell.count for cell in cohort.cells if cell.count}
        assert counts == {offset: count for (_, offset), count in expected.items()}


@pytest.fixture(scope="module")
def shop() -> pd.DataFrame:
    """One row an invoice: its customer and when it was written, in London."""
    if not SHOP.exists():
        pytest.skip(f"{SHOP.name} is not on this machine")
    lines = pd.read_parquet(SHOP)
    lines = lines[lines["CustomerID"].notna() & ~lines["InvoiceNo"].str.startswith("C")]
    rows = lines.groupby("InvoiceNo").agg(customer=("CustomerID", "first"), at=("InvoiceDate", "min"))
    rows = rows.assign(customer=rows["customer"].astype("float64"), at=pd.to_datetime(rows["at"])).sort_values(["customer", "at"])
    return rows.assign(at=rows["at"].dt.tz_localize("Europe/London"))


def parts_of(rows: pd.DataFrame, buckets: int) -> list[Part]:
    found = []
    ids = rows["customer"].astype("int64").to_numpy()
    at = rows["at"].astype("datetime64[us, UTC]").astype("int64").to_numpy()
    for index in range(buckets):
        mine = ids % buckets == index
        people, start = np.unique(ids[mine], return_index=True)
        none16, none32 = np.zeros(mine.sum(), np.uint16), np.zeros(mine.sum(), np.uint32)
        offsets = np.append(start, mine.sum()).astype(np.int64)
        bucket = Bucket(offsets, people, people, at[mine], none32, none16, none16, np.arange(mine.sum(), dtype=np.int64))
        found.append(part(bucket, cut(bucket), bucket.event))
    return found


@pytest.mark.parametrize("buckets", [1, 7])
def test_a_shops_months_are_what_pandas_counts(shop: pd.DataFrame, buckets: int) -> None:
    over = parts_of(shop, buckets)
    at = np.concatenate([one.bucket.at for one in over])
    months = calendar(int(at.min()), int(at.max()), "Europe/London", "month")
    found = run(growth, over, months.units)
    active = shop.assign(month=shop["at"].dt.year * 12 + shop["at"].dt.month).groupby("month")["customer"].agg(set)
    seen: set[float] = set()
    before: set[float] = set()
    for unit, now in enumerate(active):
        expected = (len(now), len(now - seen), len(now & before), len((now & seen) - before), len(before - now))
        names = ("active", "new", "retained", "resurrected", "churned")
        assert tuple(int(getattr(found, name)[unit]) for name in names) == expected
        seen |= now
        before = now
    assert (len(seen), len(shop)) == (4_339, 18_536)
    back = run(retention, over, months.units, offset_columns([(offset, offset) for offset in range(13)], 13))
    for cohort, came in zip(back.cohort.tolist(), back.came.tolist(), strict=True):
        first = active.iloc[cohort] - set().union(*active.iloc[:cohort])
        assert came == [len(first & later) for later in active.iloc[cohort:]] + [0] * cohort
