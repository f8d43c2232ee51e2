"""Figures of the register on literal rows: what each counts, what is missing, who is behind it, and that nothing breaks one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from measure_rows import Asked, Row, house

from desirelines.errors import BadInput, NotFound
from desirelines.measure import METRICS, Beside, Frame, MetricAsk, MetricPage, MetricRow, metric, metrics, of_metric
from desirelines.model.period import Period

DAY = 1440.0
PLAN = """
brand: {name: B, zone: UTC, currency: EUR}
teams: [{id: desk, name: Desk}]
personas: [{id: north, name: North, segment: "did:Joined"}]
touchpoints:
  - {id: shop, name: Shop, rule: Ordered}
  - {id: line, name: Line, rule: {event: Called, channel: phone}}
  - {id: chat, name: Chat, rule: {event: Called, channel: chat}}
  - {id: card, name: Card, rule: [Answered, Rated]}
  - {id: parcel, name: Parcel, rule: Came}
questions:
  - {id: tell, words: "Would you tell?", kind: recommend, touchpoint: card, event: Answered, property: tell, low: 0, high: 10}
  - {id: glad, words: "Glad?", kind: satisfaction, touchpoint: card, event: Rated, property: glad, low: 1, high: 5}
  - {id: hard, words: "How much effort was it?", kind: effort, touchpoint: line, event: Answered, property: hard, low: 1, high: 5}
outcomes:
  - {id: have, words: I have it, importance: 9, reached: Came}
moments:
  - {id: wait, words: "Where is it?", stage: get, outcome: have, touchpoints: [card, parcel]}
promises:
  - {id: quick, name: Quick, touchpoint: parcel, target: 0.9, per: order, within: {start: Ordered, to: Came, time: 2d}}
roles:
  - {id: order, rule: Ordered, property: total, object: order}
  - {id: refund, rule: Returned, property: total, object: order}
  - {id: contact, rule: Called, object: order}
  - {id: resolved, rule: Settled}
  - {id: value, rule: Came}
  - {id: referral, rule: Told}
  - {id: review, rule: Rated, property: glad}
  - {id: rank, rule: Asked, property: rank}
  - {id: brands, rule: Asked, property: brands}
  - {id: spend, figure: adverts}
metrics: [{id: nps, target: 60, owner: desk}, {id: contact-rate, target: 0.5}]
journeys:
  - id: j
    name: j
    stages:
      - {id: buy, name: Buy, side: buyer, desired: 0.2, steps: [shop]}
      - {id: get, name: Get, side: customer, desired: 0.5, steps: [parcel, card, line, chat]}
"""
BARE = "brand: {name: B}\njourneys: [{id: j, name: j, stages: []}]\n"


def row(who: str, event: str, day: float, **more: Any) -> Row:
    return {"id_user": who, "event": event, "at": day * DAY, **more}


def ordered(who: str, number: str, day: float, total: float | None = 10.0) -> Row:
    return row(who, "Ordered", day, object_order=number, number_total=total, channel="web")


def called(who: str, day: float, order: str | None = None, channel: str = "phone") -> Row:
    return row(who, "Called", day, object_order=order, channel=channel)


LAST = row("z", "Seen", 200)
"""Half a year later, so that every window is closed."""
ROWS: list[Row] = [
    row("a", "Joined", 0), ordered("a", "1", 1, 10), row("a", "Came", 2, object_order="1"), called("a", 3, "1"),
    called("a", 5, "1"), row("a", "Settled", 6), ordered("a", "2", 1.2, 30), ordered("a", "3", 40, 20),
    ordered("b", "4", 2, 40), row("b", "Came", 12, object_order="4"), called("b", 13, "4", "chat"), called("b", 14, "4", "phone"),
    row("b", "Returned", 20, object_order="4", number_total=40.0),
    ordered("c", "5", 3, 60), called("c", 100), row("c", "Came", 4, object_order="5"), row("c", "Told", 2.5),
    *(row("a", "Answered", 50 + i, number_tell=score) for i, score in enumerate([10, 9, 9, 6, 8])),
    row("b", "Rated", 15, number_glad=1.0), row("a", "Rated", 7, number_glad=5.0), row("c", "Rated", 5, number_glad=4.0),
    row("a", "Rated", 3.5, number_glad=3.0), row("a", "Asked", 60, number_rank=1.0, number_brands=2.0),
    row("b", "Asked", 60, number_rank=3.0, number_brands=2.0), LAST,
]  # fmt: skip
FIGURES: list[Row] = [{"on": date(2020, 1, day), "name": "adverts", "value": 20.0, "unit": "EUR"} for day in (1, 2, 3)]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(house(tmp_path_factory.mktemp("metrics"), PLAN, ROWS, figures=FIGURES))


@pytest.fixture(scope="module")
def frame(shop: Asked) -> Frame:
    return shop.frame()


def now(frame: Frame, name: str) -> tuple[float | None, int]:
    found = next(one for one in metrics(frame).rows if one.id == name)
    return None if found.now.value is None else round(found.now.value, 4), found.now.n


@pytest.mark.parametrize(
    ("name", "value", "n"),
    [
        ("nps", 40.0, 5),  # 3 of 5 at 9 or 10, 1 at 6
        ("satisfaction", 0.5, 4),  # 5 and 4 of 5, 4, 3, 1
        ("satisfaction-mean", 3.25, 4),
        ("feeling", round((0.5 * 0 + 1 + 0.8 + 0.8 + 0.2 + 0.6 - 1 + 1 + 0.5 + 0) / 9, 4), 9),
        ("consistency", round(6 / 9, 4), 9),  # at least 0.5: five of recommendation but 6, and 5 and 4 of 5
        ("first-contact-resolution", round(1 / 3, 4), 3),  # c's is settled; a and b had to ask again
        ("contact-rate", 1.0, 5),  # five contacts for five orders
        ("repeat-rate", round(1 / 2, 4), 2),  # a on another day; b's only order was taken back
        ("repeat-rate-rows", round(1 / 2, 4), 2),
        ("refund-share", 0.2, 5),
        ("order-value", 30.0, 4),  # 10, 30, 20, 60
        ("return-on-spend", 2.0, 3),  # (160 - 40) / 60
        ("cost-per-customer", 20.0, 3),
        ("share-of-wallet", 0.6667, 1),  # b's rank of 3 among 2 cannot be
        ("review-mean", 3.25, 4),
        ("low-reviews", 0.25, 4),
        ("referred-share", round(1 / 3, 4), 3),
        ("time-to-value", 1.0, 3),  # 1, 10 and 1 days
        ("value-in-a-week", round(2 / 3, 4), 3),
        ("outcome-attainment", 0.75, 4),  # z never had it
        ("promise-kept", 0.4, 5),  # a's first and c's came in two days
        ("observed-effort", round(((2 + 1 + 0 + 1) + (2 + 1 + 1 + 1) + 1) / 3, 4), 3),
    ],
)
def test_what_each_figure_counts(frame: Frame, name: str, value: float, n: int) -> None:
    assert now(frame, name) == (value, n)


def test_what_customers_answered_says_how_much_is_unmet(frame: Frame) -> None:
    found = page(frame, "opportunity")
    glad = 5 * (np.mean([1, 0.8, 0.8, 0.2, 0.6, -1, 1, 0.5, 0]) + 1)
    assert found.row.now.value == pytest.approx(9 + (9 - glad))


def page(frame: Frame, name: str, by: Any = "", beside: Beside | None = None) -> MetricPage:
    ask = MetricAsk(id=name, by=by)
    return metric(frame, ask) if beside is None else metric(frame, ask, beside)


def people(frame: Frame, address: str, beside: Beside | None = None) -> int:
    said = dict(part.split("=", 1) for part in address.partition("?")[2].replace("%3A", ":").split("&"))
    ask = MetricAsk.model_validate({name: said[name] for name in ("id", "by", "unit") if name in said})
    return int((of_metric(frame, ask, said["mark"], beside) if beside else of_metric(frame, ask, said["mark"])).sum())


def test_calls_by_channel_stand_over_all_orders_and_add_up(frame: Frame) -> None:
    found = page(frame, "contact-rate", "channel")
    assert {one.id: one.result.value for one in found.groups} == {"phone": 0.8, "chat": 0.2}
    assert sum(one.result.value or 0 for one in found.groups) == found.row.now.value
    assert {one.id: people(frame, one.result.behind) for one in found.groups} == {"phone": 3, "chat": 1}


def test_parts_by_place_by_cycle_and_by_what_they_are_of(frame: Frame) -> None:
    assert [one.id for one in page(frame, "satisfaction", "stage").groups] == ["get"]
    assert [one.id for one in page(frame, "satisfaction", "moment").groups] == ["wait"]
    cycles = page(frame, "order-value", "cycle").groups
    assert [(one.id, one.result.n) for one in cycles] == [("1", 2), ("2", 1), ("3", 1)]
    assert [(one.id, one.result.value) for one in page(frame, "feeling", "part").groups][1] == ("glad", 0.125)
    with pytest.raises(BadInput, match="cannot be broken down by channel"):
        page(frame, "promise-kept", "channel")


def test_parts_by_persona_and_segment_and_version(shop: Asked, frame: Frame) -> None:
    def members(rule: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
        found = shop.segment(rule).over(frame.facts.who.customers)
        assert found is not None
        return found

    halfway = 1_577_836_800_000_000 + round(10 * DAY * 60e6)
    beside = Beside(members, (("s1", "Callers", "did:Called"),), ((None, 1), (halfway, 2)))
    assert [(one.id, one.result.n) for one in page(frame, "order-value", "persona", beside).groups] == [("north", 3)]
    assert [(one.id, one.result.n) for one in page(frame, "order-value", "segment", beside).groups] == [("s1", 4)]
    assert [(one.id, one.result.n) for one in page(frame, "order-value", "version", beside).groups] == [("1", 3), ("2", 1)]


def test_the_customers_behind_a_figure_and_its_halves(frame: Frame) -> None:
    found = page(frame, "satisfaction")
    assert people(frame, found.row.now.behind) == 3
    assert (people(frame, found.behind_yes), people(frame, found.behind_no)) == (2, 2)  # a was both
    assert [people(frame, one.result.behind) for one in found.trend] == [3]
    nps = page(frame, "nps")
    assert (people(frame, nps.behind_yes), people(frame, nps.behind_no)) == (1, 1)
    assert people(frame, page(frame, "contact-rate").row.now.behind) == 3  # who called, not all who ordered
    for mark in ("then", "unit:1999-01-01", "group:web", "before:maybe"):
        with pytest.raises(BadInput, match="no mark"):
            of_metric(frame, MetricAsk(id="nps"), mark)
    with pytest.raises(NotFound, match="no metric"):
        page(frame, "npss")


def test_a_change_is_held_against_as_many_days_before(shop: Asked) -> None:
    found = metrics(shop.frame(Period(date(2020, 1, 6), date(2020, 1, 20))))
    calls = next(one for one in found.rows if one.id == "satisfaction")
    assert found.before == Period(date(2019, 12, 22), date(2020, 1, 5))
    assert (calls.now.value, calls.now.n) == (2 / 3, 3)
    assert calls.before is not None
    assert (calls.before.value, calls.before.n) == (0.0, 1)
    assert calls.change is not None
    assert calls.change.result.value == pytest.approx(2 / 3)
    assert calls.change.more_than_chance is False
    assert calls.change.better is None


def test_targets_are_met_missed_or_in_doubt(frame: Frame) -> None:
    rows = {one.id: one for one in metrics(frame).rows}
    assert (rows["nps"].target, rows["nps"].owner, rows["nps"].state) == (60, "desk", "in doubt")
    assert rows["contact-rate"].state in ("in doubt", "missed")
    assert rows["satisfaction"].state == "no target"


def test_effort_that_is_asked_as_effort_is_read_the_other_way_round(tmp_path: Path) -> None:
    rows = [row("a", "Answered", day, number_hard=score) for day, score in ((1, 1.0), (2, 2.0), (3, 5.0))]
    found = page(Asked(house(tmp_path, PLAN, rows)).frame(), "ease").row.now
    assert (found.value, found.n) == (2 / 3, 3)
    assert "asked as effort, so low answers are good" in found.caveats
    assert page(Asked(house(tmp_path / "mean", PLAN, rows)).frame(), "ease-mean").row.now.value == pytest.approx(
        (7 + 5.5 + 1) / 3
    )


def test_a_broken_promise_is_made_good_by_what_was_given_back(tmp_path: Path) -> None:
    rows = [
        ordered("a", "1", 0),
        ordered("b", "2", 0),
        row("a", "Returned", 20, object_order="1"),
        row("b", "Returned", 40),
        LAST,
    ]
    found = page(Asked(house(tmp_path, PLAN, rows)).frame(), "promise-remedied")
    assert (found.row.now.value, found.row.now.n) == (0.5, 2)


def test_from_buyer_to_customer_without_a_restart(tmp_path: Path) -> None:
    rows = [ordered("a", "1", 0), row("a", "Came", 1), ordered("b", "2", 0), row("b", "Came", 30), LAST]
    asked = Asked(house(tmp_path, PLAN, rows)).frame()
    assert now(asked, "restart-share") == (0.5, 2)
    parts = {one.id: one.result.value for one in page(asked, "seam-index", "part").groups}
    assert parts == {"identity": 1.0, "gap": 0.5}
    assert now(asked, "seam-index") == (0.75, 4)


def test_peak_and_end_of_each_journey(tmp_path: Path) -> None:
    felt = [3.0, -1, 2, -4, 1, 2]
    rows = [row("a", "Rated", day, number_glad=3 + value / 2) for day, value in enumerate(felt)]
    found = page(Asked(house(tmp_path, PLAN, rows)).frame(), "peak-end").row.now
    assert found.value == pytest.approx(-1.0 / 4)  # -1 on -4 to 4


def test_one_growth_of_three_months_by_hand(tmp_path: Path) -> None:
    days = {"a": (0, 31, 60), "b": (0,), "c": (31, 60), "d": (60,), "e": (0, 60)}
    rows = [ordered(who, f"{who}{day}", day) for who, several in days.items() for day in several]
    asked = Asked(house(tmp_path, PLAN, [*rows, row("a", "Seen", 100)])).frame()
    # February: +c -b -e; March: +d +e (came back); April, not over yet: nobody is judged
    assert now(asked, "quick-ratio") == (1.5, 8 - 3)
    assert now(asked, "retention")[0] == pytest.approx(3 / 5)


def test_every_figure_that_cannot_be_said_says_what_is_missing_and_where_it_is_mended(tmp_path: Path) -> None:
    found = metrics(Asked(house(tmp_path, BARE, [])).frame())
    assert len(found.rows) == len(METRICS)
    assert [one.id for one in found.rows if one.now.value is not None] == []
    for one in found.rows:
        assert one.missing, one.id
        assert one.link.startswith(("plan/", "map?", "data", "identify")), one.id


def checked(rows: tuple[MetricRow, ...]) -> int:
    """How many were said; each with its interval around it, or none, and finite numbers only."""
    said = 0
    for one in rows:
        results = [one.now, one.before, one.change.result if one.change else None]
        for result in results:
            if result is None or result.value is None:
                continue
            said += 1
            assert np.isfinite(result.value), one.id
            assert result.n > 0, one.id
            if result.low is not None and result.high is not None:
                assert result.low <= result.value <= result.high, (one.id, result)
            few = result is one.now and result.n < 30
            assert not few or result.caveats, (one.id, result)
    return said


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [ordered("a", "1", 0)],
        [called("a", 0)],
        [row("a", "Rated", 0, number_glad=4.0)],
        [{"event": "Answered", "at": 0.0, "number_tell": 7.0}],
        [row("a", "Rated", 0, number_glad=float("inf")), row("b", "Rated", 1, number_glad=float("nan")), row("b", "Rated", 2)],
        [ordered("a", str(i), 0, None) for i in range(4)],
        [{**one, "id_user": "a"} for one in ROWS],
        [{name: value for name, value in one.items() if name != "id_user"} for one in ROWS],
        list(reversed(ROWS)),
        [ordered(f"c{i}", str(i), 3, 0.0) for i in range(40)],
    ],
    ids=["nothing", "an order", "a call", "an answer", "nobody", "no numbers", "no amounts", "one customer", "nobody known",
         "backwards", "all alike"],
)  # fmt: skip
def test_nothing_breaks_a_figure(tmp_path: Path, rows: list[Row]) -> None:
    asked = Asked(house(tmp_path, PLAN, rows, figures=FIGURES))
    for period in (Period(), Period(date(2020, 1, 2), date(2020, 1, 3)), Period(date(1990, 1, 1), date(1990, 1, 2))):
        one = asked.frame(period)
        checked(metrics(one).rows)
        for entry in METRICS:
            found = page(one, entry.id)
            for by in found.offered:
                page(one, entry.id, by)
            if found.row.now.behind:
                people(one, found.row.now.behind)


def test_one_customer_with_everything_is_named(tmp_path: Path) -> None:
    rows = [*(ordered("a", str(i), i / 10) for i in range(60)), ordered("b", "x", 3)]
    found = page(Asked(house(tmp_path, PLAN, rows)).frame(), "order-value").row.now
    assert any("one customer's" in one for one in found.caveats)


def test_spend_is_nobodys_and_is_not_divided(shop: Asked) -> None:
    found = page(shop.frame(text="did:Joined"), "return-on-spend")
    assert found.row.now.value is None
    assert any("of everybody together" in one for one in found.row.now.caveats)
    assert "persona" not in found.offered


def test_answers_are_kept_until_the_segment_means_others(shop: Asked) -> None:
    frame = shop.frame(text="did:Joined")
    assert metrics(frame) is metrics(frame)
    assert metrics(frame).rows[0].now.n == 5
    other = Frame(frame.matched, frame.facts, frame.period, shop.segment("did:Returned"), 3)
    assert metrics(other).rows[0].now.n == 0


def test_what_is_kept_on_disk_is_what_was_answered(tmp_path: Path) -> None:
    built = house(tmp_path, PLAN, ROWS, figures=FIGURES)
    first, again = metrics(Asked(built).frame()), metrics(Asked(built).frame())
    assert first is not again
    assert first == again
    wanted = built.plan.metrics[0].model_copy(update={"target": 30.0})
    other = replace(built, plan=built.plan.model_copy(update={"metrics": (wanted,)}))
    assert {one.id: one.state for one in metrics(Asked(other).frame()).rows}["nps"] == "met"
    assert {one.id: one.target for one in metrics(Asked(other).frame()).rows}["nps"] == 30
