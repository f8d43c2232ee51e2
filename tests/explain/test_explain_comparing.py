"""Two sides held against each other: exact over overlapping customers, corrected for looking often, honest when empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest
from shop import PLAN, brought, empty

from desirelines import explain
from desirelines.errors import BadInput
from desirelines.explain import CompareAsk, Comparison, Contrast
from desirelines.explain.comparing.answering import judged
from desirelines.explain.comparing.contrasts import Contrasting
from desirelines.explain.comparing.joint import Draws, apart, medians
from desirelines.explain.comparing.rows import Rows
from desirelines.explain.experiments.differences import shares
from desirelines.map import Segment
from desirelines.measure import metrics, read_ask
from desirelines.model.period import Period
from desirelines.view import Question
from desirelines.workspace import Workspace


def draws(values: Sequence[float], who: Sequence[int]) -> Draws:
    return Draws(np.array(values, np.float64), np.ones(len(values)), np.array(who, np.int64))


def test_shares_of_different_customers_are_newcombes() -> None:
    a, b = draws([1] * 30 + [0] * 70, list(range(100))), draws([1] * 20 + [0] * 100, list(range(100, 220)))
    found, published = apart(a, b, True), shares(20, 120, 30, 100)
    assert (found.value, found.low, found.high, found.p) == (published.value, published.low, published.high, published.p)
    assert found.method == "newcombe"


def test_overlapping_customers_count_once() -> None:
    """The error of a difference between a whole and its part, as drawing the customers again finds it."""
    rng = np.random.default_rng(2)
    value = rng.gamma(2, 3, 600)
    part = rng.random(600) < 0.4
    who = np.arange(600)
    found = apart(Draws(value[part], np.ones(part.sum()), who[part]), Draws(value, np.ones(600), who), False)
    gaps = []
    for _ in range(3000):
        drawn = rng.integers(0, 600, 600)
        gaps.append(value[drawn][part[drawn]].mean() - value[drawn].mean())
    assert found.error == pytest.approx(np.std(gaps), rel=0.05)
    assert found.value == pytest.approx(value[part].mean() - value.mean())


def test_a_customers_many_journeys_are_no_independent_draws() -> None:
    rng = np.random.default_rng(8)
    p_values = []
    for _ in range(800):
        likes = rng.beta(0.6, 1.4, 80)
        who = np.repeat(np.arange(80), 12)
        over = (rng.random(960) < likes[who]).astype(float)
        side = who < 40
        p_values.append(apart(Draws(over[side], np.ones(480), who[side]), Draws(over[~side], np.ones(480), who[~side]), True).p)
    assert kstest(p_values, "uniform").pvalue > 0.001


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 6), st.floats(-100, 100), st.booleans()), min_size=2, max_size=40))
def test_turned_round_the_sign_turns(rows: list[tuple[int, float, bool]]) -> None:
    a = draws([value for _, value, side in rows if side], [who for who, _, side in rows if side])
    b = draws([value for _, value, side in rows if not side], [who for who, _, side in rows if not side])
    there, back = apart(a, b, False), apart(b, a, False)
    if there.value is not None and back.value is not None:
        assert there.value == pytest.approx(-back.value, abs=1e-9)
        assert (there.p is None) == (back.p is None)
        assert there.p == pytest.approx(back.p)


def test_medians_are_joined_as_newcombe_joins() -> None:
    found = medians((8.0, 10.0, 13.0), (3.0, 4.0, 6.0), 50, 60)
    assert found.value == 6
    assert (found.low, found.high) == pytest.approx((6 - np.hypot(2, 2), 6 + np.hypot(3, 1)))
    assert found.p == pytest.approx(3.2e-5, rel=0.05)
    assert medians((4.0, 4.0, 4.0), (4.0, 4.0, 4.0), 9, 9).p is None


def rows(customers: int = 300) -> str:
    """Who came by the shop's door buys more and rates better; half the customers come again in May."""
    rng, found, order = np.random.default_rng(5), [], 0
    for number in range(customers):
        for month in (3, 5)[: 1 + number % 2]:
            shop = number % 3 == 0
            at = datetime(2024, month, 1, 9) + timedelta(days=number % 25)  # noqa: DTZ001 - written as text
            order += 1
            steps = [("Visited", 0.0, "", "shop" if shop else "web")]
            if rng.random() < (0.8 if shop else 0.45):
                late = month == 5 and rng.random() < 0.6
                steps += [("Bought", 0.1, "", "web"), ("Received", 8.0 if late else 3.0, "", "post")]
                steps += [("Rated", 9.0, str(int(rng.integers(4, 6) if shop else rng.integers(2, 5))), "web")]
            for kind, after, score, channel in steps:
                when = (at + timedelta(days=after)).isoformat(sep=" ", timespec="seconds")
                found.append(f"{order},p{number},,{kind},{when},{score},{channel}")
    return "order,customer,mail,kind,when,score,shop\n" + "\n".join(found) + "\n"


BY_ORDER = PLAN.replace("    name: Buy something\n", "    name: Buy something\n    gap: 20d\n")
PERSONAS = """\
personas:
  - {id: street, name: Street, segment: "channel:shop"}
  - {id: dreamer, name: Dreamer}
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = empty(tmp_path_factory.mktemp("compared"))[1]
    brought(workspace, rows())
    workspace.import_plan(BY_ORDER + PERSONAS, "plan.yaml")
    workspace.publish_draft(0, "first")
    longer = BY_ORDER.replace("time: 5d", "time: 20d").replace("id: rating, name: Rating", "id: rating, name: Opinion")
    workspace.import_plan(longer + PERSONAS, "plan.yaml")
    workspace.publish_draft(1, "second")
    return workspace


def asked(workspace: Workspace, question: Question = Question(), /, **ask: object) -> Comparison:  # noqa: B008
    given = {name: str(value) for name, value in ask.items()}
    return explain.compare(workspace.view(question.version).ground(question), read_ask(CompareAsk, given))


def named(found: Comparison, key: str) -> Contrast:
    return next(one for one in found.contrasts if one.id == key)


STREET = Question(segment="channel:shop")


def test_a_segment_against_everybody_else(shop: Workspace) -> None:
    found = asked(shop, STREET)
    assert (found.a.people, found.b.people, found.both) == (100, 200, 0)
    assert found.rung == "moves together"
    assert "caused" not in found.words
    assert found.looked == sum(one.p is not None for one in found.contrasts)
    assert any(f"{found.looked} figures were looked at" in one for one in found.caveats)
    pay, answer = named(found, "reach:pay"), named(found, "answer:happy")
    assert pay.sure
    assert (pay.difference.value or 0) == pytest.approx((pay.a.value or 0) - (pay.b.value or 0))
    assert (pay.difference.low or 0) > 0.2
    assert answer.good is True
    order = [(not one.sure, -one.size * (1 - (1 if one.q is None else one.q))) for one in found.contrasts]
    assert order == sorted(order)
    assert all((one.q or 0) >= (one.p or 0) - 1e-12 for one in found.contrasts)


def test_each_side_ties_with_its_own_sheet(shop: Workspace) -> None:
    found, view = asked(shop, STREET, b_segment="*"), shop.view()
    for question, side in ((STREET, "a"), (Question(), "b")):
        sheet = view.sheet(question)
        for stage in sheet.stages:
            assert getattr(named(found, f"reach:{stage.id}"), side).value == stage.reach.value
            assert getattr(named(found, f"left:{stage.id}"), side).value == stage.left.value
            assert getattr(named(found, f"time:{stage.id}"), side).value == stage.time.value
        assert getattr(named(found, "promise:fast"), side).value == sheet.promises[0].kept.value
        assert getattr(named(found, "following"), side).value == pytest.approx(sheet.following.log_fitness.value)


def test_a_part_against_its_whole_says_so(shop: Workspace) -> None:
    found = asked(shop, STREET, b_segment="*")
    assert (found.both, found.b.people) == (100, 300)
    assert any("stand on the other side too" in one for one in found.caveats)


def test_two_periods_of_the_same_people(shop: Workspace) -> None:
    may = Question(version=1, period=Period(datetime(2024, 5, 1).date(), datetime(2024, 5, 31).date()))  # noqa: DTZ001
    found = asked(shop, may, b_first_on="2024-03-01", b_last_on="2024-03-31")
    assert (found.a.people, found.b.people, found.both) == (150, 300, 150)
    assert named(found, "promise:fast").good is False
    assert named(found, "promise:fast").sure
    assert "2024-05-01 to 2024-05-31" in found.words
    assert asked(shop).a.name.startswith("from 2024-04")


def test_a_persona_is_its_segment(shop: Workspace) -> None:
    found = asked(shop, persona="street", b_segment="*")
    assert (found.a.people, found.a.name) == (100, "Street")
    with pytest.raises(BadInput, match="assumption"):
        asked(shop, persona="dreamer")
    with pytest.raises(BadInput, match="no persona"):
        asked(shop, b_persona="stret")


def test_two_versions_of_the_plan(shop: Workspace) -> None:
    found = asked(shop, Question(version=1), b_version=2)
    assert (found.a.plan_version, found.b.plan_version) == (1, 2)
    assert "plan 1" in found.words or "plan 1" in found.a.name
    promise = named(found, "promise:fast")
    assert (promise.b.value, promise.sure) == (1.0, True)
    assert int(shop.view(1).behind(promise.b.behind).sum()) > int(shop.view(1).behind(promise.a.behind).sum())


@pytest.mark.parametrize("key", ["reach:pay", "left:look", "touchpoint:site", "way:site>till", "promise:fast"])
def test_marks_lead_to_the_customers_of_a_side(shop: Workspace, key: str) -> None:
    found, view = asked(shop, STREET), shop.view()
    one = named(found, key)
    everyone = [view.behind(side.behind) for side in (found.a, found.b)]
    assert [int(mask.sum()) for mask in everyone] == [100, 200]
    for side, mask in zip((one.a, one.b), everyone, strict=True):
        mine = view.behind(side.behind)
        assert mine.any()
        assert not (mine & ~mask).any()


def test_an_empty_side_is_said(shop: Workspace) -> None:
    found = asked(shop, STREET, b_first_on="2030-01-01", b_last_on="2030-02-01")
    assert found.contrasts == ()
    assert "no journey began" in found.words


def test_the_same_on_both_sides_is_said(shop: Workspace) -> None:
    assert asked(shop, STREET, b_segment="channel:shop").words == "Both sides are the same journeys: nothing can differ."


def test_twelve_events_are_too_few(asked_kiosk_view: Callable[[], Comparison]) -> None:
    found = asked_kiosk_view()
    assert all(not one.sure for one in found.contrasts)
    assert any("only" in one for one in found.caveats)


@pytest.fixture
def asked_kiosk_view(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Comparison]:
    workspace = empty(tmp_path_factory.mktemp("few"))[1]
    brought(workspace)
    workspace.import_plan(PLAN, "plan.yaml")
    workspace.publish_draft(0, "first")
    return lambda: asked(workspace, Question(segment="did:Bought"))


@pytest.mark.parametrize("mark", ["c:stage=pay", "a", "a:stage=nowhere", "b:colour=red"])
def test_marks_that_are_none(shop: Workspace, mark: str) -> None:
    with pytest.raises(BadInput):
        shop.view().behind(f"compare?segment=channel%3Ashop&mark={mark}")


def test_a_random_half_differs_in_nothing(shop: Workspace) -> None:
    """Customers parted by a coin, forty times: comparisons that call anything a difference are no more than the q asked for."""
    frame, rng, wrong = shop.view().frame(Question()), np.random.default_rng(1), 0
    every = frame.facts.who.customers
    for _ in range(40):
        mask = rng.random(len(every)) < 0.5
        halves = [replace(frame, segment=Segment("half", every, half)) for half in (mask, ~mask)]
        found = judged(Contrasting(Rows(halves[0]), Rows(halves[1]), str).every(), 0.1)
        wrong += any(one.sure for one in found)
    assert wrong <= 40 * (0.1 + 3 * np.sqrt(0.1 * 0.9 / 40))


def test_figures_tie_with_their_own_pages(shop: Workspace) -> None:
    """What the register says of each side is what the comparison says, to rounding; its marks lead to that side's customers."""
    view = shop.view()
    found = asked(shop, STREET, b_segment="*")
    seen = [one for one in found.contrasts if one.kind == "metric"]
    assert {"metric:satisfaction", "metric:promise-kept", "metric:retention"} <= {one.id for one in seen}
    for question, side in ((STREET, "a"), (Question(), "b")):
        rows = {f"metric:{row.id}": row.now for row in metrics(view.frame(question)).rows}
        for one in seen:
            mine = getattr(one, side)
            assert mine.value == pytest.approx(rows[one.id].value), one.id
            assert not mine.behind or int(view.behind(mine.behind).sum()) > 0
