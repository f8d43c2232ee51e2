"""Glitches and ripples of a small shop whose late parcels are known, and of workspaces from which nothing follows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from shop import PLAN, brought, empty, full

import desirelines
from desirelines import explain
from desirelines.errors import BadInput
from desirelines.explain import GlitchesAsk, RipplesAsk
from desirelines.explain.glitches.answering import of_glitches
from desirelines.explain.ripples.answering import of_ripples
from desirelines.explain.ripples.bounded import before_and_after, leads, per_exposed
from desirelines.explain.ripples.passing import DAY_US, Happenings, Passages, fair, windows
from desirelines.view import Question, View

ROLES = """\
roles:
  - {id: order, order: 1, rule: [Bought]}
  - {id: contact, order: 2, rule: [Called]}
"""
BEGIN, LATE_FROM, DAYS = datetime(2024, 1, 1, 8, tzinfo=UTC), 120, 240


def rows() -> str:
    """Six parcels a day; 6 % late, from day 120 on 30 %. Of the late 60 % call in days 5 to 7 after buying, else 4 %."""
    rng = np.random.default_rng(11)
    lines = ["order,customer,mail,kind,when,score,shop"]

    def say(number: int, kind: str, when: datetime, score: str = "", shop: str = "web") -> None:
        lines.append(f"{number},c{number},,{kind},{when:%Y-%m-%d %H:%M:%S},{score},{shop}")

    number = 0
    for day in range(DAYS):
        for _ in range(6):
            number += 1
            bought = BEGIN + timedelta(days=day, seconds=int(rng.integers(0, 40_000)))
            late = rng.random() < (0.30 if day >= LATE_FROM else 0.06)
            got = bought + timedelta(days=float(rng.uniform(7.5, 9) if late else rng.uniform(1, 4)))
            say(number, "Visited", bought - timedelta(days=float(rng.uniform(0, 40))))
            say(number, "Bought", bought)
            say(number, "Received", got, "", "post")
            say(number, "Rated", got + timedelta(days=1), str(int(rng.integers(1, 4) if late else rng.integers(3, 6))))
            if rng.random() < (0.6 if late else 0.04):
                say(number, "Called", bought + timedelta(days=5 + float(rng.uniform(1.1, 2.9))), "", "phone")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    _, workspace = empty(tmp_path_factory.mktemp("late"))
    brought(workspace, rows())
    line = "  - {id: line, name: Service line, rule: [Called]}\n"
    workspace.import_plan(PLAN.replace("questions:\n", f"{line}questions:\n") + ROLES, "plan.yaml")
    workspace.publish_draft(0, "first")
    return workspace.view()


def test_who_got_it_late_calls_and_rates_lower(view: View) -> None:
    ground = view.ground(Question())
    found = explain.ripples(ground, RipplesAsk())
    assert found.fault is not None
    assert (found.fault.id, found.fault.touchpoint) == ("promise:fast", "parcel")
    edges = {(one.id, one.low): one for one in found.edges}
    call = edges["contact", 1]
    assert call.shown
    assert call.worse
    assert call.rung == "like with like"
    assert call.effect.value == pytest.approx(0.56, abs=0.08)
    assert call.others.value == pytest.approx(0.04, abs=0.02)
    assert call.effect.low is not None
    assert call.q < 0.001
    assert "caused" not in call.words
    assert edges["score-happy", 0].effect.value == pytest.approx(-2, abs=0.2)
    assert [one.id for one in found.edges if one.shown and one.low >= 14] == []
    assert {check.name for check in call.checks} == {"placebo", "trend before", "alike before", "unmoved elsewhere"}
    assert "multiplies" in call.overturned_by
    assert found.compared > 150
    assert [step for step in found.steps if step.tested] == []  # a call leads nowhere in this shop


def test_its_marks_lead_to_the_people(view: View) -> None:
    ground = view.ground(Question())
    found = explain.ripples(ground, RipplesAsk())
    assert found.fault is not None
    assert int(view.behind(found.reached.behind).sum()) == found.fault.people
    call = next(one for one in found.edges if (one.id, one.low) == ("contact", 1))
    among = view.behind(call.effect.behind)
    assert 0.5 * found.fault.people < among.sum() < 0.7 * found.fault.people
    assert not (among & ~view.behind(found.reached.behind)).any()
    with pytest.raises(BadInput, match="no figure"):
        of_ripples(ground, RipplesAsk(), "after:nothing:1-3")
    with pytest.raises(BadInput, match="no fault"):
        explain.ripples(ground, RipplesAsk(fault="promise:slow"))
    with pytest.raises(BadInput, match="nobody known"):
        explain.ripples(ground, RipplesAsk(control="nowhere"))


def test_the_day_from_which_parcels_were_late(view: View) -> None:
    ground = view.ground(Question())
    found = explain.glitches(ground, GlitchesAsk())
    late = next(one for one in found.glitches if one.series == "promise:fast")
    assert abs((late.began_on - (BEGIN.date() + timedelta(days=LATE_FROM + 5))).days) <= 4
    assert (late.ended_on, late.worse, late.fault, late.kind) == (None, True, "promise:fast", "failure")
    assert late.seen_on is not None
    assert late.level.value == pytest.approx(0.3, abs=0.05)
    assert late.usual.value == pytest.approx(0.06, abs=0.03)
    assert found.words == found.glitches[0].words
    assert int(view.behind(late.reached.behind).sum()) == late.reached.value
    series = next(one for one in found.series if one.id == "promise:fast")
    assert len(series.starts) == len(series.level) == len(series.low)
    assert found.by_chance == pytest.approx(found.units / 465.44, rel=1e-3)
    one = explain.glitches(ground, GlitchesAsk(touchpoint="site"))
    assert {each.touchpoint for each in one.series} == {"site"}
    assert explain.glitches(ground, GlitchesAsk(unit="hour")).watched == 0
    early = view.ground(Question(period=ground.period.__class__(None, date(2024, 3, 1))))
    assert [each for each in explain.glitches(early, GlitchesAsk()).glitches if each.series == "promise:fast"] == []
    with pytest.raises(BadInput, match="no touchpoint"):
        explain.glitches(ground, GlitchesAsk(touchpoint="sight"))
    for mark in ("promise:fast", "promise:slow:2024-01-01:", "volume:site:soon:", ""):
        with pytest.raises(BadInput, match="no figure"):
            of_glitches(ground, GlitchesAsk(), mark)


def test_a_handful_of_people_lets_nothing_be_told(tmp_path: Path) -> None:
    ground = full(tmp_path)[1].view().ground(Question())
    found = explain.ripples(ground, RipplesAsk())
    assert (found.edges, found.words) == ((), "No ripple can be told yet")
    assert found.caveats
    assert found.reached.behind
    watched = explain.glitches(ground, GlitchesAsk())
    assert (watched.glitches, watched.watched, watched.caveats) == ((), 0, ())
    assert watched.words.startswith("Nothing can be watched yet")


def test_compared_are_first_faults_with_people_of_the_same_weeks() -> None:
    day = DAY_US
    whose, at = np.array([0, 0, 1, 1, 2, 3, -1]), np.array([21, 40, 22, 60, 23, 100, 20]) * day
    exposed = np.array([True, True, False, False, False, False, True])
    found = fair(Passages(whose, at, exposed), np.zeros(4, np.int64), 0, 200 * day)
    assert (found.exposures, found.reached) == (2, 1)
    assert found.passages.customer.tolist() == [0, 1, 2]  # c3 passed in a week without a fault, the second fault is no first one
    assert found.passages.exposed.tolist() == [True, False, False]
    assert found.nth.tolist() == [0, 0, 0]
    assert len(fair(Passages(whose[:0], at[:0], exposed[:0]), np.zeros(4, np.int64), 0, 200 * day).passages.at) == 0
    assert windows(np.array([0, 400]) * day, 0).tolist() == [0, 19]


def test_happenings_are_counted_from_included_to_excluded() -> None:
    found = Happenings(np.array([1, 0, 1, -1]), np.array([30, 10, 20, 5]), np.array([3.0, 1.0, 2.0, 9.0]))
    whose, low, high = np.array([0, 1, 1, 2]), np.array([10, 20, 21, 0]), np.array([11, 30, 100, 100])
    assert found.count(whose, low, high).tolist() == [1, 1, 1, 0]
    assert found.total(whose, low, high).tolist() == [1, 2, 3, 0]
    assert found.first(whose, low, high)[:3].tolist() == [1, 2, 3]
    assert np.isnan(found.first(whose, low, high)[3])


def test_a_boundary_in_place_and_time() -> None:
    rng = np.random.default_rng(5)
    n = 4000
    here, window = rng.random(n) < 0.4, rng.integers(0, 12, n)
    met = (rng.random(n) < np.where(here & (window >= 6), 0.5, 0.1)).astype(float)
    y = 0.5 * met + 0.2 * here + 0.1 * np.sin(window) + rng.normal(0, 0.5, n)
    effect, more = (before_and_after(one, here, window, 6, np.arange(n)) for one in (y, met))
    assert effect is not None
    assert more is not None
    each = per_exposed(effect, more)
    assert each is not None
    assert each.value == pytest.approx(0.5, abs=0.15)
    drift = leads(y, here, window, 6, np.arange(n))
    assert drift is not None
    assert drift.p is not None
    assert drift.p > 0.01
    drifting = leads(y + 0.2 * window * here, here, window, 6, np.arange(n))
    assert drifting is not None
    assert drifting.p is not None
    assert drifting.p < 1e-6
    assert before_and_after(y, here, window, 99, np.arange(n)) is None
    assert leads(y, here, window, 1, np.arange(n)) is None
    assert per_exposed(effect, before_and_after(rng.normal(size=n), here, window, 6, np.arange(n)) or effect) is None


def test_a_notebook_asks_the_same(tmp_path: Path) -> None:
    book = desirelines.open(full(tmp_path)[1].folder)
    assert book.ripples(fault="promise:fast").words == "No ripple can be told yet"
    assert book.glitches(touchpoint="site").series == ()
    with pytest.raises(BadInput):
        book.ripples(fault="promise:slow")
