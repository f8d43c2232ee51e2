"""What the base is worth: the page's table, a base made by the model, a real shop's cancellations, and nothing at all."""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from shop import empty, full

sys.path.insert(0, str(Path(__file__).parent))
from accounts import PLAN, answers_of, opened, rows_of

from desirelines import measure
from desirelines.errors import BadInput
from desirelines.measure import Occasions, Value, ValueAsk, read_ask
from desirelines.measure.base.histories import histories
from desirelines.measure.base.orders import orders
from desirelines.model.period import Period
from desirelines.model.result import Result
from desirelines.view import Question
from desirelines.workspace import Workspace

SHOP = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "online_retail" / "online_retail.parquet"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return opened(tmp_path_factory.mktemp("value"), rows_of("value"))


def ask(workspace: Workspace, question: Question = Question(), /, **asked: str) -> Value:  # noqa: B008
    return measure.value(workspace.view().accounts(question), read_ask(ValueAsk, asked))


def hits(found: Result[float]) -> int:
    return round((found.value or 0) * found.n)


def test_the_page_says_what_is_answered(table: Workspace) -> None:
    answers = answers_of("value")
    for command in ("measure value", "measure value --days each"):
        found = ask(table, window="50", **({"days": "each"} if "each" in command else {}))
        assert answers[command] == [
            f"customers {found.customers}",
            f"orders {found.orders.value:.0f}",
            f"money {found.money.value:.2f}",
            f"again {hits(found.again)} of {found.again.n}",
            f"again before {hits(found.again_before)} of {found.again_before.n}",
            f"again within {found.again_within.n} of 4 closed: {hits(found.again_within)}",
        ]
    matrix = ask(table, grid="2").matrix
    assert matrix is not None
    cells = {(cell.loyalty, cell.worth): cell for cell in matrix.cells}
    told = [
        f"{name}: " + " | ".join(
            f"{cells[row, column].customers} · " + ("-" if (money := cells[row, column].money.value) is None else f"{money:.2f}")
            for column in (1, 2)
        )
        for row, name in enumerate(matrix.loyalty, 1)
    ]  # fmt: skip
    assert answers["measure value --grid 2"] == told


def test_too_few_for_a_model_are_said_and_the_rest_stands(table: Workspace) -> None:
    found = ask(table)
    assert "2 customers have ordered again; a forecast needs 30" in found.caveats
    assert (found.alive.value, found.lifetime.value, found.ahead, found.model, found.check, found.tenths) == (
        None, None, (), None, None, (),
    )  # fmt: skip
    assert [(str(row.start_on), row.customers, row.money.value) for row in found.cohorts] == [
        ("2024-01-01", 4, pytest.approx(53.75)), ("2024-03-01", 1, 35.0),
    ]  # fmt: skip


def test_every_mark_leads_to_as_many_customers_as_it_says(table: Workspace) -> None:
    view, found = table.view(), ask(table, grid="2")
    assert found.matrix is not None
    for cell in found.matrix.cells:
        assert view.customers(Question(), cell.behind, "", 1, 9).total == cell.customers
    for behind, customers in [(row.behind, row.customers) for row in found.cohorts]:
        assert view.customers(Question(), behind, "", 1, 9).total == customers
    for behind, customers in [(row.behind, row.customers) for row in found.groups]:
        assert view.customers(Question(), behind, "", 1, 9).total == customers
    assert view.customers(Question(), found.again.behind, "", 1, 9).total == 2
    assert view.segment_size(f"behind:{found.again.behind}")[0] == 2


@pytest.mark.parametrize("mark", ["cell:3:3", "cell:1", "tenth:11", "alive:likely", "cohort:2024-07-01", "group:=x", "old"])
def test_a_mark_that_is_none_is_refused(table: Workspace, mark: str) -> None:
    with pytest.raises(BadInput, match="is no figure of this value"):
        table.view().customers(Question(), f"value?grid=2&mark={mark}", "", 1, 9)


def test_the_period_says_what_is_known(table: Workspace) -> None:
    january = ask(table, Question(period=Period(date(2024, 1, 2), date(2024, 1, 31))))
    assert (january.customers, january.orders.value, str(january.until)) == (3, 4, "2024-01-31")  # ann had ordered before
    assert ask(table, Question(segment="did:Returned")).customers == 2


def test_without_orders_or_without_the_role(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="role `order`"):
        ask(full(tmp_path / "roleless")[1])
    workspace = empty(tmp_path / "empty")[1]
    workspace.import_plan(PLAN, "plan.yaml")
    workspace.publish_draft(workspace.plan_number(), "")
    found = ask(workspace)
    assert (found.customers, found.orders.value, found.cohorts, found.matrix) == (0, None, (), None)
    assert "no known customer has an order in this period" in found.caveats


def test_two_currencies_are_not_added_up(tmp_path: Path) -> None:
    rows = rows_of("value")
    workspace = opened(tmp_path, rows)
    source = (
        (workspace.folder / "sources" / "rows.yaml").read_text(encoding="utf-8").replace("EUR", "USD").replace("rows", "more")
    )
    workspace.sources.save(source, "more.yaml")
    other = tmp_path / "more.csv"
    other.write_text("customer,kind,when,amount,number\nfay,Bought,2024-02-02 09:00:00,9.00,77\n", encoding="utf-8")
    workspace.import_file("more", other)
    found = ask(workspace)
    assert (found.customers, found.money.value, found.matrix) == (6, None, None)
    assert "amounts come in EUR and USD: they are not added up" in found.caveats


@cache
def made_rows() -> str:
    """Four hundred customers as BG/NBD has them, over a year and a half."""
    rng, begin = np.random.default_rng(5), np.datetime64("2023-01-02T10:00:00")
    lines = ["customer,kind,when,amount,number"]
    for who in range(400):
        rate, leave, worth = rng.gamma(0.9, 1 / 5), rng.beta(0.9, 3), rng.gamma(8, 5)
        at = rng.uniform(0, 30)
        while at < 78:
            when = str(begin + np.timedelta64(int(at * 7 * 86_400), "s")).replace("T", " ")
            lines.append(f"c{who},Bought,{when},{max(0.5, rng.gamma(6, worth / 6)):.2f},{len(lines)}")
            if rng.random() < leave:
                break
            at += rng.exponential(1 / rate)
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return opened(tmp_path_factory.mktemp("base"), made_rows())


@pytest.mark.parametrize("model", ["bg", "pareto"])
def test_a_base_the_model_made_is_foreseen(base: Workspace, model: str) -> None:
    found = ask(base, model=model, loyalty="alive", worth="ahead")
    assert (found.customers, found.model is not None, found.worth_model is not None) == (400, True, True)
    assert found.alive.value is not None
    assert 0.2 < found.alive.value < 0.95
    assert found.check is not None
    low, high = found.check.expected.low, found.check.expected.high
    assert low is not None
    assert high is not None
    assert low - (high - low) / 2 <= found.check.actual <= high + (high - low) / 2  # within two of its widths
    assert found.check.points[-1].actual >= found.check.actual
    assert {point.held_out for point in found.check.points} == {True, False}
    assert [one.weeks for one in found.ahead] == [4, 12, 20, 28, 36, 44, 52]
    orders = [one.orders.value or 0 for one in found.ahead]
    assert orders == sorted(orders)
    assert sum(row.customers for row in found.tenths) == 400
    assert sum(row.share for row in found.tenths) == pytest.approx(1)
    assert found.matrix is not None
    assert sum(cell.customers for cell in found.matrix.cells) == found.matrix.customers == 400
    view = base.view()
    marks = {row.behind: row.customers for row in found.tenths} | {row.behind: row.customers for row in found.chances}
    marks |= {row.behind: row.customers for row in found.matrix.cells}
    assert {behind: view.customers(Question(), behind, "", 1, 5).total for behind in marks} == marks
    again = ask(base, model=model, loyalty="alive", worth="ahead")
    assert again is found  # kept as long as the facts are


def test_margin_and_discount_make_a_lifetime_smaller(base: Workspace) -> None:
    whole, less = ask(base, discount="0"), ask(base, margin="0.25", discount="0")
    assert less.lifetime.value == pytest.approx(0.25 * (whole.lifetime.value or 0))
    assert (ask(base, discount="0.2").lifetime.value or 0) < (whole.lifetime.value or 0)
    money = next(one.money.value for one in whole.ahead if one.weeks == 52)
    assert (whole.lifetime.value or 0) * 400 == pytest.approx(money, rel=1e-6)


def test_a_real_shops_repeat_rate_with_cancellations() -> None:
    """2010-12 to 2011-12: a refund here names no order, so it takes back the latest one before it of the very amount."""
    if not SHOP.exists():
        pytest.skip(f"{SHOP.name} is not on this machine")
    lines = pd.read_parquet(SHOP)
    lines = lines[lines["CustomerID"].notna()]
    lines = lines.assign(
        money=lines["Quantity"].astype("float64") * lines["UnitPrice"].astype("float64"),
        customer=lines["CustomerID"].astype("float64").astype("int64"),
    )
    rows = lines.groupby("InvoiceNo").agg(customer=("customer", "first"), at=("InvoiceDate", "min"), money=("money", "sum"))
    rows = rows.assign(
        at=pd.to_datetime(rows["at"]).astype("datetime64[us]").astype("int64"), gone=rows.index.str.startswith("C")
    )
    rows = rows.sort_values(["customer", "at"], kind="stable")
    placed, back = (occasions(rows[rows["gone"] == gone]) for gone in (False, True))
    day = placed.at // 86_400_000_000
    net, gross = orders(placed, back, day, False), orders(placed, None, day, False)
    assert (len(gross.customer), len(back.at)) == (18_536, 3_654)
    before, after = (histories(one, int(day.max())) for one in (gross, net))
    assert (before.n, int((before.count > 1).sum())) == (4_339, 2_845)
    assert (after.n, int((after.count > 1).sum()), net.cancelled) == plainly(rows)
    merged = histories(orders(placed, back, day, True), int(day.max()))
    assert int((merged.count > 1).sum()) < int((after.count > 1).sum()) < 2_845
    assert 0 < net.lowered + net.unplaced + net.cancelled <= 3_654


def occasions(rows: pd.DataFrame) -> Occasions:
    n = len(rows)
    none = np.zeros(n, np.int32)
    return Occasions(
        rows["at"].to_numpy(), rows["customer"].to_numpy(np.int32), rows["money"].to_numpy(np.float64), none, none, ("",),
        np.zeros(n, np.int64),
    )  # fmt: skip


def plainly(rows: pd.DataFrame) -> tuple[int, int, int]:
    """Customers with an order left, with two or more, and orders taken back: refund by refund."""
    left: dict[int, list[tuple[int, float, bool]]] = {}
    for row in rows[~rows["gone"]].itertuples():
        left.setdefault(int(row.customer), []).append((int(row.at), round(float(row.money), 4), True))
    cancelled = 0
    for row in rows[rows["gone"]].itertuples():
        mine, size = left.get(int(row.customer), []), round(abs(float(row.money)), 4)
        equal = [place for place, (at, money, _) in enumerate(mine) if at <= row.at and money == size and size > 0]
        if equal and mine[equal[-1]][2]:
            mine[equal[-1]] = (*mine[equal[-1]][:2], False)
            cancelled += 1
    counts = [sum(kept for _, _, kept in mine) for mine in left.values()]
    return sum(count > 0 for count in counts), sum(count > 1 for count in counts), cancelled
