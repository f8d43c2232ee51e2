"""The simulated brand through the whole way: what was planted is what is found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from telling import untold

from desirelines import measure
from desirelines.home import Home
from desirelines.model.receipt import Receipt
from desirelines.settings import Settings
from desirelines.simulate import world_files
from desirelines.view import Question, View


@dataclass(frozen=True)
class Found:
    truth: Mapping[str, Any]
    receipts: Mapping[str, Receipt]
    view: View


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    folder = tmp_path_factory.mktemp("planted")
    files = world_files(folder / "files", people=4_000, seed=23)
    workspace = Home(folder / "home", Settings()).create("world", "Halm & Herd", "Europe/Berlin")
    receipts = [workspace.import_file(workspace.adopt_source(source), path) for source, path in files.sources]
    workspace.import_plan(files.plan.read_bytes(), "plan.yaml")
    workspace.publish_draft(workspace.draft()["base"], "the demo's plan")
    truth = json.loads((folder / "files" / "data" / "truth.json").read_text(encoding="utf-8"))
    return Found(truth, {receipt.source: receipt for receipt in receipts}, workspace.view())


def test_every_event_came_in_once(found: Found) -> None:
    accepted = {name: receipt.accepted for name, receipt in found.receipts.items() if receipt.accepted}
    assert accepted == {name: sum(events.values()) for name, events in found.truth["events"].items()}
    rows = found.view.snapshot.sql("SELECT source, event, count(*) AS n FROM events GROUP BY source, event").to_pylist()
    told = {(source, event): n for source, events in found.truth["events"].items() for event, n in events.items()}
    assert {(row["source"], row["event"]): row["n"] for row in rows} == told


def test_duplicates_and_refusals_are_those_planted(found: Found) -> None:
    duplicates = {name: receipt.duplicate for name, receipt in found.receipts.items() if receipt.duplicate}
    assert duplicates == found.truth["duplicate_rows"]
    refused = {name: dict(receipt.refused) for name, receipt in found.receipts.items() if receipt.refused}
    assert refused == found.truth["refused"]
    assert len(refused["calls"]) == 9


def test_people_are_joined_across_silos(found: Found) -> None:
    people, nobody = found.view.people(), sum(found.truth["events_of_nobody"].values())
    assert people["people"] == found.truth["customers_joined"]
    assert people["events"] == found.truth["events_total"]
    assert people["known_events"] == found.truth["events_total"] - nobody


def test_no_giant_customer(found: Found) -> None:
    told = found.truth["identity"]
    held = {(row.kind, row.value): row for row in found.view.identities.held}
    assert {value for kind, value in held if kind == "cookie"} == set(told["placeholder_cookies"])
    shared = held["email", told["shared_email"]]
    assert (shared.reason, shared.events) == ("over-joining", told["orders_with_shared_email"])
    assert held["phone", told["placeholder_phone"]].events >= told["calls_with_placeholder_phone"]


def test_the_promise_about_the_day(found: Found) -> None:
    told = found.truth["promise"]
    promise = next(row for row in found.view.sheet(Question()).promises if row.id == "our-day")
    assert (promise.kept_count, promise.broken_count) == (told["kept"], told["judged"] - told["kept"])
    for region in ("north", "east", "south", "west"):
        cells = [told["cells"][f"{region} {when}"] for when in ("before", "after")]
        segment = found.view.sheet(Question(segment=f"trait:region={region}"))
        here = next(row for row in segment.promises if row.id == "our-day")
        assert here.kept_count == sum(cell["kept"] for cell in cells)
        assert here.kept_count + here.broken_count == sum(cell["judged"] for cell in cells)


def test_the_ripple_can_be_read_off_the_lake(found: Found) -> None:
    rows = found.view.snapshot.sql(
        "SELECT late, count(*) AS delivered, count(*) FILTER (WHERE called) AS called FROM (SELECT "
        "CAST(timezone('Europe/Berlin', d.at) AS DATE) > d.date_promised_on AS late, EXISTS (SELECT 1 FROM events AS c "
        "WHERE c.event = 'Service Called' AND c.object_order = d.object_order "
        "AND date_diff('day', d.date_promised_on, CAST(timezone('Europe/Berlin', c.at) AS DATE)) BETWEEN 1 AND 3) AS called "
        "FROM events AS d WHERE d.event = 'Delivered') GROUP BY late"
    ).to_pylist()
    for row in rows:
        told = found.truth["ripple"]["late" if row["late"] else "on time"]
        assert (row["delivered"], row["called"]) == (told["delivered"], told["called"])
    assert len(rows) == 2


def test_the_ways_nobody_drew(found: Found) -> None:
    ways = {(way.origin, way.target): way for way in found.view.sheet(Question("home")).ways}
    told = {(origin, target): count for origin, target, count in found.truth["ways"]}
    for ids, events in (
        (("basket", "product-page"), ("Basket Filled", "Product Viewed")),
        (("hand-over", "service-line"), ("Parcel Handed Over", "Service Called")),
        (("tracking", "service-line"), ("Tracking Viewed", "Service Called")),
    ):
        assert ways[ids].desire, ids
        assert abs(ways[ids].count / told[events] - 1) < 0.1, ids
    assert not ways["hand-over", "tracking"].desire


def test_what_nobody_owns_claims_or_hears_any_more(found: Found) -> None:
    sheet = found.view.sheet(Question("home"))
    touchpoints = {row.id: row for row in sheet.touchpoints}
    assert [name for name, row in touchpoints.items() if row.owner is None] == ["return"]
    assert touchpoints["chat"].evidence.state == "silent"
    assert [name for name, row in touchpoints.items() if row.evidence.state == "silent"] == ["chat"]
    assert (touchpoints["chat"].evidence.last_at or "")[:19] == found.truth["silent"]["last_at"][:19]
    unclaimed = {row.event: row.events for row in sheet.unclaimed}
    assert unclaimed == {found.truth["unclaimed"]: found.truth["events"]["web"][found.truth["unclaimed"]]}


def test_evidence_that_is_no_persons_event(found: Found) -> None:
    touchpoints = {row.id: row for row in found.view.sheet(Question("home")).touchpoints}
    assert (touchpoints["lobby"].evidence.figures, touchpoints["lobby"].evidence.observations) == (4 * 365, 40)
    assert touchpoints["lobby"].evidence.grade == "observed"
    scores = found.truth["survey_scores"]
    felt = touchpoints["survey"].felt
    assert felt is not None
    assert felt.n == sum(scores)
    mean = sum((score - 5) / 5 * count for score, count in enumerate(scores)) / sum(scores)
    assert felt.value == pytest.approx(mean, abs=1e-12)
    assert touchpoints["survey"].people == 0


def test_no_finding_holds_a_number_of_its_own(found: Found) -> None:
    findings = found.view.findings(Question()).rows
    assert {one.kind for one in findings} >= {
        "promise",
        "figure",
        "driver",
        "desire line",
        "silent",
        "unowned",
        "unclaimed",
        "held",
    }
    assert set(found.view.cockpit(Question()).findings) <= set(findings)
    assert [(one.id, untold(one)) for one in findings if untold(one)] == []


def test_the_base_by_month_is_a_plain_count_of_sets_and_ties_with_the_cockpit(found: Found) -> None:
    frame = found.view.frame(Question())
    rows = measure.base_months(frame).rows
    zone = ZoneInfo("Europe/Berlin")
    active: dict[str, set[int]] = {}
    for role in ("order", "visit", "meaningful"):
        told = frame.facts.occasions[role]
        for customer, at in zip(told.customer.tolist(), told.at.tolist(), strict=True):
            if customer >= 0:
                month = datetime.fromtimestamp(at / 1e6, zone).strftime("%Y-%m")
                active.setdefault(month, set()).add(customer)
    ever: set[int] = set()
    before: set[int] = set()
    for row in rows:
        now = active.get(f"{row.start_on:%Y-%m}", set())
        counts = (len(now), len(now - ever), len(now & before), len((now & ever) - before), len(before - now))
        assert (row.active, row.new, row.retained, row.resurrected, row.churned) == counts
        ever, before = ever | now, now
    assert len(rows) == 12
    last = rows[-1]
    words = found.view.cockpit(Question()).figures[2].words
    assert words.startswith(f"{last.new + last.resurrected:,} won and {last.churned:,} lost in September 2026")
