"""A late parcel and its review in the marketplace's sample: as it is, and like with like (by the exact time promised)."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from desirelines.explain.ripples.edges import Outcome, edges_of, prepare, spread
from desirelines.explain.ripples.passing import DAY_US, Happenings, Passages

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "olist"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="Olist's sample is not beside this checkout")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"olist_{name}_dataset.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


def test_late_parcels_are_rated_lower_by_a_star_and_two_thirds() -> None:
    person = {row["customer_id"]: (row["customer_unique_id"], row["customer_state"]) for row in rows("customers")}
    score: dict[str, list[tuple[int, float]]] = {}
    for row in rows("order_reviews"):
        score.setdefault(row["order_id"], []).append((instant(row["review_answer_timestamp"]), float(row["review_score"])))
    orders = [row for row in rows("orders") if row["order_status"] == "delivered" and row["order_delivered_customer_date"]]
    got = np.array([instant(row["order_delivered_customer_date"]) for row in orders])
    due = np.array([instant(row["order_estimated_delivery_date"]) for row in orders])
    late = got > due
    said = [np.mean([value for _, value in score[row["order_id"]]]) if row["order_id"] in score else np.nan for row in orders]
    given = np.array(said)
    assert float(np.nanmean(given[late])) == pytest.approx(2.60, abs=0.005)
    assert float(np.nanmean(given[~late])) == pytest.approx(4.28, abs=0.005)

    names, whose = np.unique([person[row["customer_id"]][0] for row in orders], return_inverse=True)
    states, state = np.unique([person[row["customer_id"]][1] for row in orders], return_inverse=True)
    known = (state[:, None] == np.arange(len(states))[None, :-1]).astype(float)
    bought = np.array([instant(row["order_purchase_timestamp"]) for row in orders])
    since = np.minimum(got, due)
    passages = Passages(whose, due, late, known, since)
    answers = [(who, at, value) for who, row in zip(whose, orders, strict=True) for at, value in score.get(row["order_id"], [])]
    scored = Happenings(*(np.array(column) for column in zip(*answers, strict=True)))
    happened = Happenings(whose, bought)
    begin, end = int(bought.min()), int(max(at for _, at, _ in answers))
    first = np.full(len(names), begin, np.int64)
    found = prepare(passages, [happened], first, begin, end + 60 * DAY_US)
    assert found is not None
    outcome = Outcome("stars", "score", scored)
    (edge,) = edges_of(found, [outcome])
    edge = spread(found, outcome, edge)
    by = {name: one.value for name, one in edge.others_say}
    assert edge.shows
    assert edge.effect.value == pytest.approx(-1.647, abs=0.005)  # like with like: weeks, states, orders before
    assert by["as they are"] == pytest.approx(-1.685, abs=0.005)
    assert by["regression"] == pytest.approx(-1.642, abs=0.005)
    assert max(abs(one.after) for one in found.alike.balances) < 0.1
    assert (
        edge.placebo is None
    )  # nobody rates an order before it comes: this check cannot be made, so no more than like with like
