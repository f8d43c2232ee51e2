"""Numbers that others have counted in files that others have written."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desirelines.collect import Limits, read_source

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def example(name: str) -> Any:
    return read_source((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), name)


def test_the_marketplace(shared: Path, whole: Callable[..., dict[str, Any]]) -> None:
    orders = whole(example("marketplace/sources/orders"), shared / "olist" / "olist_orders_dataset.csv")
    reviews = whole(example("marketplace/sources/reviews"), shared / "olist" / "olist_order_reviews_dataset.csv")
    assert (orders["rows"], reviews["rows"]) == (15_000, 14_944)
    assert len(orders["events"]) + len(reviews["events"]) == 89_131
    assert "refused" not in orders
    assert "refused" not in reviews
    assert orders["events"].column("event").to_pylist().count("Order Placed") == 15_000
    assert Counter(reviews["events"].column("event").to_pylist()) == {"Review Requested": 14_944, "Review Answered": 14_944}


def test_comments_with_quotes_and_lines_are_whole(shared: Path, whole: Callable[..., dict[str, Any]]) -> None:
    path = shared / "olist" / "olist_order_reviews_dataset.csv"
    source = example("marketplace/sources/reviews")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        expected, line = [], 1
        for row in reader:
            expected.append((line + 1, row["review_id"], row["review_comment_message"].strip() or None))
            line = reader.line_num
    for chunk in (10_000, 1_000_000):
        events = whole(source, path, limits=Limits(chunk=chunk))["events"].to_pylist()
        found = [
            (row["sequence"], row["message_id"].split("|")[1], row["text_comment"])
            for row in events
            if row["event"] == "Review Answered"
        ]
        assert found == expected


def test_two_published_logs(shared: Path, whole: Callable[..., dict[str, Any]]) -> None:
    receipt = whole(example("receipt/sources/receipt"), shared / "event_logs" / "receipt.csv")
    assert len(receipt["events"]) == 8_577
    assert len(set(receipt["events"].column("id_case").to_pylist())) == 1_434
    running = whole(example("receipt/sources/running"), shared / "event_logs" / "running-example.csv")
    assert len(running["events"]) == 42
    assert str(running["events"].column("at")[0].as_py()) == "2010-12-30 13:32:00+00:00"


def test_one_shop_s_lines(shared: Path, whole: Callable[..., dict[str, Any]]) -> None:
    yaml = """
source: retail
format: parquet
zone: Europe/London
people: {customer: CustomerID}
objects: {invoice: InvoiceNo}
events:
  - event: Bought
    time: InvoiceDate
    properties:
      quantity: {column: Quantity, type: number}
      price: {column: UnitPrice, type: money, currency: GBP}
"""
    found = whole(read_source(yaml), shared / "online_retail" / "online_retail.parquet")
    assert (found["rows"], len(found["events"])) == (541_909, 541_909)
    assert found["events"].column("id_customer").null_count == 135_080
