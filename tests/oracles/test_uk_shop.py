"""Figures of a real shop (UCI Online Retail: one UK shop, every invoice of a year) against the same counted by data frames.

Invoices of known customers; those that begin with C take something back, and do not say of which invoice.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "measure"))
from measure_rows import Asked, house

from desirelines.measure import Frame, MetricRow, metrics

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "online_retail" / "online_retail.parquet"
PLAN = """
brand: {name: One UK shop, zone: UTC, currency: GBP}
touchpoints: [{id: shop, name: Shop, rule: Ordered}]
roles:
  - {id: order, rule: Ordered, property: total, object: invoice}
  - {id: refund, rule: Taken Back, property: total, object: invoice}
journeys: [{id: j, name: j, stages: [{id: buy, name: Buy, side: buyer, steps: [shop]}]}]
"""

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shop's invoices are not beside this checkout")


def invoices() -> pd.DataFrame:
    """Invoice, customer, instant, amount; one row each."""
    lines = pd.read_parquet(DATA)
    known = lines[lines["CustomerID"].fillna("").str.match(r"\d")]
    found = pd.DataFrame(
        {
            "invoice": known["InvoiceNo"].astype(str),
            "customer": known["CustomerID"].str.removesuffix(".0"),
            "at": pd.to_datetime(known["InvoiceDate"]),
            "amount": known["Quantity"].astype(float) * known["UnitPrice"].astype(float),
        }
    )
    return found.groupby("invoice", as_index=False).agg({"customer": "first", "at": "min", "amount": "sum"})


@pytest.fixture(scope="module")
def shop() -> pd.DataFrame:
    return invoices()


@pytest.fixture(scope="module")
def figures(shop: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> dict[str, MetricRow]:
    rows = [
        {
            "id_user": one.customer, "at": one.at.isoformat() + "+00:00", "number_total": abs(one.amount),
            "object_invoice": one.invoice, "event": "Taken Back" if one.invoice.startswith("C") else "Ordered",
        }
        for one in shop.itertuples()
    ]  # fmt: skip
    frame: Frame = Asked(house(tmp_path_factory.mktemp("shop"), PLAN, rows)).frame()
    return {one.id: one for one in metrics(frame).rows}


def bought(shop: pd.DataFrame) -> pd.DataFrame:
    return shop[~shop["invoice"].str.startswith("C")].sort_values("at")


def test_order_value(shop: pd.DataFrame, figures: dict[str, MetricRow]) -> None:
    now = figures["order-value"].now
    assert now.value == pytest.approx(bought(shop)["amount"].mean())
    assert now.n == len(bought(shop))
    assert "refunds name no order, so orders that were taken back still count" in now.caveats


@pytest.mark.parametrize("name", ["repeat-rate", "repeat-rate-rows"])
def test_who_buys_again(shop: pd.DataFrame, figures: dict[str, MetricRow], name: str) -> None:
    """Within 90 days of the first invoice; orders of one day are one day, or each counts."""
    end = shop["at"].max()
    window = pd.Timedelta(days=90)
    closed = again = 0
    for _, mine in bought(shop).groupby("customer"):
        first = mine["at"].iloc[0]
        if first + window > end:
            continue
        closed += 1
        later = mine["at"].iloc[1:][mine["at"].iloc[1:] - first <= window]
        again += bool((later.dt.date != first.date()).any() if name == "repeat-rate" else len(later))
    now = figures[name].now
    assert (round((now.value or 0) * now.n), now.n) == (again, closed)


def test_growth_from_month_to_month(shop: pd.DataFrame, figures: dict[str, MetricRow]) -> None:
    """Customers with an invoice in a month; the last month is not over, the first is everybody's first."""
    orders = bought(shop)
    months = orders["at"].dt.to_period("M")
    active = [set(orders["customer"][months == month]) for month in sorted(months.unique())][:-1]
    gained = sum(len(now - before) for before, now in pairwise(active))
    lost = sum(len(before - now) for before, now in pairwise(active))
    there = sum(map(len, active[:-1]))
    assert figures["quick-ratio"].now.value == pytest.approx(gained / lost)
    assert figures["retention"].now.n == there
    assert figures["retention"].now.value == pytest.approx(1 - lost / there)
    assert figures["net-growth"].now.value == pytest.approx((gained - lost) / there)
