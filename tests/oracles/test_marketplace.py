"""The marketplace example through the whole way, held against numbers that csv alone gives."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desirelines import measure
from desirelines.home import Home
from desirelines.measure import VariantsAsk, Walk
from desirelines.settings import Settings
from desirelines.view import Question, View
from desirelines.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "olist"
EXAMPLE = ROOT / "examples" / "marketplace"
FILES = {
    "orders": "olist_orders_dataset.csv",
    "customers": "olist_customers_dataset.csv",
    "reviews": "olist_order_reviews_dataset.csv",
    "payments": "olist_order_payments_dataset.csv",
    "items": "olist_order_items_dataset.csv",
}
LINE = ("Order Placed", "Payment Approved", "Order Shipped", "Order Delivered", "Review Requested", "Review Answered")
COLUMNS = ("order_purchase_timestamp", "order_approved_at", "order_delivered_carrier_date", "order_delivered_customer_date")

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="Olist's sample is not beside this checkout")


@pytest.fixture(scope="module")
def praca(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Home(tmp_path_factory.mktemp("home"), Settings()).create("praca", "Praça", "America/Sao_Paulo", "BRL")
    for source, file in FILES.items():
        workspace.import_file(workspace.adopt_source(EXAMPLE / "sources" / f"{source}.yaml"), DATA / file)
    workspace.import_plan((EXAMPLE / "plan.yaml").read_bytes(), "plan.yaml")
    workspace.publish_draft(workspace.draft()["base"], "the first plan")
    return workspace


@pytest.fixture(scope="module")
def view(praca: Workspace) -> View:
    return praca.view()


def _rows(source: str) -> Iterator[dict[str, str]]:
    with (DATA / FILES[source]).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _walked() -> dict[str, list[str]]:
    """Each order's events, by time and then as they should happen."""
    events: dict[str, list[tuple[str, int]]] = {}
    for row in _rows("orders"):
        events[row["order_id"]] = [(row[column], rank) for rank, column in enumerate(COLUMNS) if row[column]]
    for row in _rows("reviews"):
        events[row["order_id"]] += [(row["review_creation_date"], 4), (row["review_answer_timestamp"], 5)]
    return {order: [LINE[rank] for _, rank in sorted(found)] for order, found in events.items()}


def _common(a: list[str], b: tuple[str, ...]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for left in a:
        above = row
        row = [0]
        for place, right in enumerate(b):
            row.append(above[place] + 1 if left == right else max(above[place + 1], row[place]))
    return row[-1]


def test_what_came_in(praca: Workspace, view: View) -> None:
    receipts = {receipt.source: receipt for receipt in praca.receipts()}
    assert {name: receipt.accepted for name, receipt in receipts.items() if receipt.accepted} == {
        "orders": 59_243,
        "reviews": 29_888,
    }
    assert all(receipt.rows_refused == 0 for receipt in receipts.values())
    people = view.people()
    assert (people["people"], people["events"], people["known_events"]) == (14_904, 89_131, 89_131)
    assert view.identities.held == ()


def test_the_same_file_again_changes_nothing(praca: Workspace) -> None:
    before = praca.snapshot().data_version
    receipt = praca.import_file("reviews", DATA / FILES["reviews"])
    assert (receipt.accepted, receipt.duplicate) == (0, 29_888)
    assert praca.snapshot().data_version == before


def test_variants_by_person_and_by_order(view: View) -> None:
    by_person = measure.variants(view.paths(Question(), Walk()), VariantsAsk(top=3))
    assert (by_person.journeys, by_person.variant_count) == (14_904, 83)
    assert (by_person.variants[0].steps, by_person.variants[0].people) == (LINE, 12_844)
    by_order = measure.variants(view.paths(Question("order"), Walk(subject="order")), VariantsAsk(top=3))
    counted = Counter(tuple(events) for events in _walked().values())
    assert (by_order.journeys, by_order.variant_count) == (15_000, 43) == (counted.total(), len(counted))
    assert [(row.steps, row.count) for row in by_order.variants] == counted.most_common(3)


def test_the_promise_by_the_date_named(view: View) -> None:
    promise = next(row for row in view.sheet(Question()).promises if row.id == "delivered-by-date")
    assert (promise.kept_count, promise.broken_count, promise.open_count) == (13_595, 957, 0)
    assert promise.state == "broken"
    person = {row["customer_id"]: row["customer_unique_id"] for row in _rows("customers")}
    late = {
        person[row["customer_id"]]
        for row in _rows("orders")
        if row[COLUMNS[3]] and row[COLUMNS[3]][:10] > row["order_estimated_delivery_date"][:10]
    }
    behind = view.customers(Question(), "promise=delivered-by-date:broken", "", 1, 5)
    assert behind.total == len(late)


def test_following_the_plan_as_by_the_longest_common_subsequence(view: View) -> None:
    following = view.sheet(Question("order")).following
    walked = list(_walked().values())
    costs = [len(events) + len(LINE) - 2 * _common(events, LINE) for events in walked]
    shares = [1 - cost / (len(events) + len(LINE)) for cost, events in zip(costs, walked, strict=True)]
    assert following.cost == sum(costs)
    assert following.average_fitness.value == pytest.approx(sum(shares) / len(shares), abs=1e-12)
    assert following.fitting.value == pytest.approx(sum(cost == 0 for cost in costs) / len(costs), abs=1e-12)


def test_shipped_before_approved_stays_and_is_shown(view: View) -> None:
    early = sum(row[COLUMNS[2]] < row[COLUMNS[1]] for row in _rows("orders") if row[COLUMNS[1]] and row[COLUMNS[2]])
    swapped = view.snapshot.sql(
        "SELECT count(*) AS n FROM (SELECT object_order, "
        "max(events.at) FILTER (WHERE event = 'Payment Approved') AS approved_at, "
        "max(events.at) FILTER (WHERE event = 'Order Shipped') AS shipped_at "
        "FROM events GROUP BY object_order) WHERE shipped_at < approved_at"
    )
    assert swapped.column("n")[0].as_py() == early == 206
    ways = {(way.origin, way.target): way for way in view.sheet(Question("order")).ways}
    assert ways["hand-over", "payment"].desire
    touchpoints = {row.id: row for row in view.sheet(Question("order")).touchpoints}
    assert touchpoints["hand-over"].deviations.out_of_order == 200
    assert touchpoints["payment"].deviations.out_of_order == 9


def test_answers_belong_to_people_though_they_name_only_the_order(view: View) -> None:
    touchpoint = next(row for row in view.sheet(Question()).touchpoints if row.id == "review")
    scores = [int(row["review_score"]) for row in _rows("reviews")]
    assert touchpoint.felt is not None
    assert touchpoint.felt.n == len(scores) == 14_944
    assert touchpoint.felt.value == pytest.approx(sum((score - 3) / 2 for score in scores) / len(scores), abs=1e-12)
    assert touchpoint.people == 14_779


def test_a_persona_is_a_segment(view: View) -> None:
    paulistas = {row["customer_unique_id"] for row in _rows("customers") if row["customer_state"] == "SP"}
    segment = next(persona.segment for persona in view.plan.personas if persona.id == "metropolis")
    assert segment is not None
    elsewhere = {row["customer_unique_id"] for row in _rows("customers") if row["customer_state"] != "SP"}
    people, total = view.segment_size(segment)
    assert len(paulistas - elsewhere) <= people <= len(paulistas)
    assert total == 14_904


def test_what_is_not_measured_is_said(view: View) -> None:
    states = {row.id: row.evidence.state for row in view.sheet(Question()).touchpoints}
    assert [name for name, state in states.items() if state == "unmeasured"] == ["search-advert", "product-page", "customer-care"]
    assert view.sheet(Question()).unclaimed == ()
