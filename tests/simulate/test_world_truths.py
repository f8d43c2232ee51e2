"""The world's truths, counted again from its files by code that shares nothing with it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from world_silos import NOBODY, ZONE, Files, happened, read, utc

from desirelines.simulate import generate


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("world")
    generate(folder, people=2_500, seed=11)
    return read(folder)


def test_events_by_source_and_type_are_as_many_as_said(files: Files) -> None:
    counted: dict[str, dict[str, int]] = {}
    for source, event, at, _ in happened(files):
        counted.setdefault(source, {})[event] = len(at)
    counted["surveys"] = {"Survey Answered": len(files.surveys)}
    assert counted == files.truth["events"]
    assert sum(sum(events.values()) for events in counted.values()) == files.truth["events_total"]


def test_every_event_lies_in_the_year_of_the_brand(files: Files) -> None:
    first = pd.Timestamp(files.truth["first_on"], tz=ZONE)
    after = pd.Timestamp(files.truth["last_on"], tz=ZONE) + pd.Timedelta(days=1)
    for source, event, at, _ in happened(files):
        assert at.min() >= first, (source, event)
        assert at.max() < after, (source, event)


def test_duplicates_and_contradictions_are_as_many_as_said(files: Files) -> None:
    assert files.duplicates == files.truth["duplicate_rows"]
    assert files.duplicates["web"] > 50
    assert files.conflicts == files.truth["refused"]["calls"]["conflict"] == 3


def test_transitions_of_true_people(files: Files) -> None:
    ranks = {event: rank for rank, event in enumerate(files.truth["event_order"])}
    parts = []
    for _, event, at, finds in happened(files):
        person = finds.loc[at.index].map(files.who)
        assert set(finds.loc[at.index][person.isna()]) <= NOBODY
        parts.append(pd.DataFrame({"person": person, "at": at, "rank": ranks[event], "event": event}).dropna())
    events = pd.concat(parts)
    assert events["person"].nunique() == files.truth["people_with_events"]
    claimed = events[events["event"] != files.truth["unclaimed"]].sort_values(["person", "at", "rank"])
    after = claimed.shift(-1)
    same = claimed["person"] == after["person"]
    pairs = Counter(zip(claimed["event"][same], after["event"][same], strict=True))
    told = {(origin, target): count for origin, target, count in files.truth["ways"]}
    assert dict(pairs) == told
    assert told["Basket Filled", "Product Viewed"] > 500
    assert told["Parcel Handed Over", "Service Called"] > 50


def test_the_promise_was_kept_as_planted(files: Files) -> None:
    rows = files.delivery[files.delivery["delivered"] != ""].copy()
    rows["on"] = utc(rows["delivered"]).dt.tz_convert(ZONE).dt.date.astype(str)
    rows["kept"] = rows["on"] <= rows["promised_on"]
    promise = files.truth["promise"]
    assert (len(rows), int(rows["kept"].sum())) == (promise["judged"], promise["kept"])
    rows["when"] = (rows["promised_on"] >= promise["glitch_on"]).map({True: "after", False: "before"})
    for cell, told in promise["cells"].items():
        region, when = cell.split()
        here = rows[(rows["region"] == region) & (rows["when"] == when)]
        assert (len(here), int(here["kept"].sum())) == (told["judged"], told["kept"])
        spread = (told["planted_rate"] * (1 - told["planted_rate"]) / len(here)) ** 0.5
        assert abs(here["kept"].mean() - told["planted_rate"]) < 4 * spread
    assert promise["cells"]["north after"]["planted_rate"] == 0.70


def test_the_ripple_from_late_deliveries(files: Files) -> None:
    rows = files.delivery[files.delivery["delivered"] != ""].copy()
    rows["late"] = utc(rows["delivered"]).dt.tz_convert(ZONE).dt.date.astype(str) > rows["promised_on"]
    calls = files.calls[files.calls["order_no"] != ""][["order_no", "called_at"]].copy()
    calls["on"] = pd.to_datetime(utc(calls["called_at"]).dt.tz_convert(ZONE).dt.date)
    joined = calls.merge(rows, on="order_no")
    days = (joined["on"] - pd.to_datetime(joined["promised_on"])).dt.days
    called = set(joined["order_no"][(days >= 1) & (days <= 3)])
    rows["called"] = rows["order_no"].isin(called)
    for name, late in (("late", True), ("on time", False)):
        here, told = rows[rows["late"] == late], files.truth["ripple"][name]
        assert (len(here), int(here["called"].sum())) == (told["delivered"], told["called"])
        stars = files.reviews.merge(here[["order_no"]], on="order_no")["stars"].dropna().astype(int).value_counts()
        assert {star: int(stars.get(int(star), 0)) for star in told["stars"]} == told["stars"]
    assert files.truth["ripple"]["late"]["called"] / files.truth["ripple"]["late"]["delivered"] > 0.25
    assert files.truth["ripple"]["on time"]["called"] / files.truth["ripple"]["on time"]["delivered"] < 0.08


def test_the_chat_falls_silent(files: Files) -> None:
    last = utc(files.chat["started_at"]).max()
    silent = files.truth["silent"]
    assert last == pd.Timestamp(silent["last_at"])
    assert pd.Timestamp(silent["from"], tz=ZONE) - timedelta(days=3) < last < pd.Timestamp(silent["from"], tz=ZONE)


def test_values_that_stand_for_nobody(files: Files) -> None:
    told = files.truth["identity"]
    assert set(told["placeholder_cookies"]) == NOBODY
    assert int(files.web["cookie"].isin(NOBODY).sum()) == told["events_with_placeholder_cookie"]
    assert told["events_with_placeholder_cookie"] == files.truth["events_of_nobody"]["web"]
    assert int((files.calls["phone"] == told["placeholder_phone"]).sum()) == told["calls_with_placeholder_phone"]
    shared = files.orders[files.orders["email"] == told["shared_email"]]
    assert len(shared) == shared["order_no"].nunique() == told["orders_with_shared_email"] > 50


def test_customers_that_faultless_joining_finds(files: Files) -> None:
    shared = {files.truth["identity"]["shared_email"], files.truth["identity"]["placeholder_phone"], "", *NOBODY}
    above: dict[str, str] = {}

    def root(value: str) -> str:
        above.setdefault(value, value)
        while above[value] != value:
            above[value] = above[above[value]]
            value = above[value]
        return value

    tables = (
        files.web[["cookie", "email", "order_no"]], files.adverts[["cookie"]], files.social[["handle"]], files.chat[["cookie"]],
        files.shops[["card"]], files.orders[["order_no", "email", "cookie"]], files.billing[["Kunde", "Auftrag"]],
        files.delivery[["order_no"]], files.calls[["phone", "order_no"]], files.reviews[["order_no"]],
        files.crm[["email", "phone", "card", "customer_no"]],
    )  # fmt: skip
    for table in tables:
        for row in table.fillna("").itertuples(index=False):
            given = [value for value in row if value not in shared and not value.startswith("K-nobody")]
            for value in given:
                above[root(value)] = root(given[0])
    assert len({root(value) for value in above}) == files.truth["customers_joined"]
    assert all(files.who[value] == files.who[root(value)] for value in above)


def test_figures_and_answers_sum_up(files: Files, tmp_path: Path) -> None:
    written = generate(tmp_path, people=2_500, seed=11)
    sheets = pd.read_excel(tmp_path / "figures.xlsx", sheet_name=None)
    sums = {name: float(pd.to_numeric(sheet["value"], errors="coerce").sum()) for name, sheet in sheets.items()}
    assert sums == files.truth["figures"]
    assert sums["calls"] == files.truth["events"]["calls"]["Service Called"]
    assert len(sheets["footfall"]) == 4 * 365 + 3
    assert len(pd.read_excel(tmp_path / "observations.xlsx")) == files.truth["observations"] == 120
    scores = files.surveys["would_recommend"].astype(int).value_counts()
    assert [int(scores.get(score, 0)) for score in range(11)] == files.truth["survey_scores"]
    assert written.truth == files.truth
    assert datetime.fromisoformat(str(written.truth["first_on"])).year == 2025
