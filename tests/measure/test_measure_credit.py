"""Credit over a workspace: the page's table, spend beside it, who is behind a touch, and what is asked wrongly."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from shop import empty

sys.path.insert(0, str(Path(__file__).parent))
from accounts import answers_of, opened, rows_of

from desirelines import measure
from desirelines.errors import BadInput
from desirelines.measure import Credit, CreditAsk, Walk, read_ask
from desirelines.model.period import Period
from desirelines.view import Question
from desirelines.workspace import Workspace

PLAN = """\
brand: {name: Kiosk, zone: Europe/Berlin}
touchpoints:
  - {id: letter, name: Letter, rule: [Read]}
  - {id: site, name: Site, rule: [Looked]}
roles:
  - {id: order, rule: [Bought], property: amount}
  - {id: spend, order: 2, figure: spend}
"""
SPEND = """\
source: spend
format: csv
figures:
  - {name: spend, on: day, value: euros, channel_column: channel}
"""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return opened(tmp_path_factory.mktemp("credit"), rows_of("credit"), PLAN)


def ask(workspace: Workspace, question: Question = Question(), /, where: str = "", **asked: str) -> Credit:  # noqa: B008
    read, view = read_ask(CreditAsk, asked), workspace.view()
    return measure.credit(view.paths(question, Walk(level=read.of, where=where)), view.accounts(question), read)


def goals(found: Credit, rule: str) -> dict[str, float]:
    place = [str(one) for one in found.rules].index(rule)
    return {row.name: round(row.shares[place].credit.value or 0, 4) for row in found.rows}


def test_the_page_says_what_is_answered(table: Workspace) -> None:
    head, *lines = answers_of("credit")["measure credit"]
    found = ask(table)
    rules = head.replace("touch ", "").split()[1:]
    assert rules == list(found.rules)
    told = {}
    for line in lines:
        name = "no touch before" if line.startswith("no touch") else line.split()[0]
        told[name] = [float(cell) for cell in line.removeprefix(name).split()]
    assert {
        row.name: [round((row.before.value or 0) * found.goals), *(round(share.credit.value or 0, 4) for share in row.shares)]
        for row in found.rows
    } == told
    assert (found.label, found.goals, found.people, found.chains, found.money.value) == ("descriptive credit", 4, 4, 2, 200.0)
    assert "an experiment does" in found.caveats[0]


def test_all_rules_sum_to_the_goals_and_the_money(table: Workspace) -> None:
    for asked in ({}, {"repeats": "each"}, {"of": "event"}, {"window": "90d"}, {"touches": "web|email"}):
        found = ask(table, **asked)
        for place, _ in enumerate(found.rules):
            assert sum(row.shares[place].credit.value or 0 for row in found.rows) == pytest.approx(4)
            assert sum(row.shares[place].money.value or 0 for row in found.rows) == pytest.approx(200)


def test_windows_goals_and_levels(table: Workspace) -> None:
    assert goals(ask(table, window="120d"), "first") == {"advert": 2, "web": 1, "email": 0, "no touch before": 1}
    assert goals(ask(table, repeats="each", window="5d"), "linear") == {"web": 3, "no touch before": 1}
    looked = ask(table, goal="Looked")
    assert (looked.goals, looked.money.value, looked.goal) == (4, None, "Looked")
    assert goals(ask(table, of="touchpoint"), "last") == {"site": 3, "letter": 0, "no touch before": 1}
    assert goals(ask(table, where="channel:email|advert"), "last") == {"email": 1, "advert": 0, "no touch before": 3}


def test_the_period_chooses_goals_and_touches_may_lie_before_it(table: Workspace) -> None:
    found = ask(table, Question(period=Period(date(2024, 1, 15), date(2024, 1, 31))))
    assert (found.goals, found.chains) == (1, 0)
    assert goals(found, "first") == {"advert": 1, "email": 0, "web": 0, "no touch before": 0}
    assert ask(table, Question(segment="did:Read")).people == 1


def test_every_touch_leads_to_its_customers(table: Workspace) -> None:
    view = table.view()
    for asked in ({}, {"of": "event"}, {"of": "touchpoint"}):
        for row in ask(table, **asked).rows:
            assert view.customers(Question(), row.behind, "", 1, 9).total == row.people
    with pytest.raises(BadInput, match="is no touch"):
        view.customers(Question(), "credit?level=channel&mark=%3Dwbe", "", 1, 9)


def test_spend_stands_beside_its_channel(table: Workspace, tmp_path: Path) -> None:
    workspace = opened(tmp_path, rows_of("credit"), PLAN)
    spent = tmp_path / "spend.csv"
    spent.write_text("day,euros,channel\n2024-01-01,30,email\n2024-01-02,12.50,email\n2024-01-02,99,radio\n", encoding="utf-8")
    workspace.sources.save(SPEND, "spend.yaml")
    workspace.import_file("spend", spent)
    found = ask(workspace)
    rows = {row.name: row for row in found.rows}
    linear = rows["email"].shares[found.rules.index("linear")]
    assert (rows["email"].spend.value, rows["email"].spend.n, rows["web"].spend.value) == (42.5, 2, None)
    assert linear.cost == pytest.approx(42.5 * 3)
    assert linear.back == pytest.approx(100 / 3 / 42.5)
    assert "EUR 99.00 were spent on what is no touch here" in found.caveats


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"goal": "Bougt"}, "is no role and no event"), ({"touches": "wbe"}, "there is no channel `wbe`"), ({"of": "shop"}, "of"),
        ({"window": "soon"}, "soon"), ({"half": "0s"}, "longer than nothing"), ({"goal": "review"}, "is no role and no event"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_said(table: Workspace, asked: dict[str, str], wrong: str) -> None:
    with pytest.raises(BadInput, match=wrong):
        ask(table, **asked)


def test_nothing_at_all(tmp_path: Path) -> None:
    workspace = empty(tmp_path)[1]
    with pytest.raises(BadInput, match="role `order`"):
        ask(workspace)
    workspace.import_plan(PLAN, "plan.yaml")
    workspace.publish_draft(workspace.plan_number(), "")
    found = ask(workspace)
    assert (found.goals, found.people, found.conversion, found.money.value) == (0, 0, None, None)
    assert "nobody reached this goal in the period" in found.caveats
