"""Retention and growth on the kiosk's twelve events, on a small shop and on published days that zones cut oddly."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from shop import brought, empty, full

from desirelines import measure
from desirelines.errors import BadInput
from desirelines.measure import Growth, GrowthAsk, Retention, RetentionAsk, Walk, read_ask
from desirelines.measure.asking.calendar import calendar, first_day, next_day
from desirelines.model.period import Period
from desirelines.view import Question
from desirelines.workspace import Workspace

HOUR, DAY = 3_600_000_000, 86_400_000_000
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "retention.md").read_text(encoding="utf-8")


def rows_on_the_page() -> str:
    """The table the page is about, as the kiosk's source reads it: one order a row, all on the web but Cem's first."""
    block = re.findall(r"^```csv\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)[0]
    lines = block.splitlines()[1:]
    shop = ["shop" if line == "cem,Bought,2024-01-10 09:00:00" else "web" for line in lines]
    rows = [
        f"{number},{{}},,{{}},{{}},,{where}".format(*line.split(","))
        for number, (line, where) in enumerate(zip(lines, shop, strict=True))
    ]
    return "order,customer,mail,kind,when,score,shop\n" + "".join(f"{row}\n" for row in rows)


def answers_on_the_page() -> dict[str, list[list[str]]]:
    """Command to its rows."""
    blocks = re.findall(r"^```text\n(trace .*?)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    return {command: [line.split() for line in rows.splitlines()] for command, rows in blocks}


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return full(tmp_path_factory.mktemp("returning"))[1]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = empty(tmp_path_factory.mktemp("table"))[1]
    brought(workspace, rows_on_the_page())
    return workspace


def ask(workspace: Workspace, question: Question = Question(), walk: Walk = Walk(), /, **asked: str) -> Retention:  # noqa: B008
    return measure.retention(workspace.view().paths(question, walk), read_ask(RetentionAsk, asked))


def grown(workspace: Workspace, question: Question = Question(), walk: Walk = Walk(), /, **asked: str) -> Growth:  # noqa: B008
    return measure.growth(workspace.view().paths(question, walk), read_ask(GrowthAsk, asked))


def told(found: Retention) -> dict[str, tuple[int, list[int]]]:
    return {str(one.start_on or "all"): (one.people, [cell.count for cell in one.cells]) for one in (*found.cohorts, found.total)}


def test_the_page_says_what_is_answered(table: Workspace) -> None:
    answers = answers_on_the_page()
    assert len(answers) == 5
    for command, rows in answers.items():
        words = command.split()
        asked = {name.removeprefix("--"): value for name, value in zip(words[2::2], words[3::2], strict=True)}
        if words[1] == "retention":
            expected = [[name, str(people), *map(str, counts)] for name, (people, counts) in told(ask(table, **asked)).items()]
        else:
            expected = [
                [str(row.start_on), *map(str, (row.active, row.new, row.retained, row.resurrected, row.churned)),
                 "-" if row.quick_ratio is None else f"{row.quick_ratio:.2f}"]
                for row in grown(table, **asked).rows
            ]  # fmt: skip
        assert rows == expected


def test_in_exactly_that_week(table: Workspace) -> None:
    found = ask(table, periods="3")
    assert told(found) == {
        "2024-01-01": (2, [2, 2, 0, 0]),  # ben's week changes at midnight
        "2024-01-08": (1, [1, 1, 0, 0]),
        "2024-01-22": (1, [1, 0]),
        "2024-01-29": (1, [1]),
        "all": (5, [5, 3, 0, 0]),
    }
    assert [cell.people for cell in found.total.cells] == [5, 4, 3, 3]
    assert found.caveats == ("2 came first in the week the data begin with: they may have come before",)


def test_in_that_week_or_later_and_in_a_stretch_of_weeks(table: Workspace) -> None:
    assert told(ask(table, kind="unbounded", periods="4"))["2024-01-01"] == (2, [2, 2, 1, 1, 1])
    stretched = ask(table, kind="bracket", brackets="0, 1-2, 4")
    assert told(stretched)["2024-01-01"] == (2, [2, 2, 1])
    assert told(stretched)["2024-01-08"] == (1, [1, 1])
    assert [(cell.offset, cell.until, cell.people) for cell in stretched.total.cells] == [(0, 0, 5), (1, 2, 3), (4, 4, 2)]


def test_by_what_begins_and_what_counts_as_coming_back(table: Workspace) -> None:
    bought = ask(table, first="Bought", back="Visited", periods="2")
    assert told(bought) == {
        "2024-01-08": (2, [0, 1, 0]),  # ben bought in the second week and never came again; cem did
        "2024-01-29": (1, [0]),
        "all": (3, [0, 1, 0]),
    }
    assert told(ask(table, first="Bought|Visited", periods="3")) == told(ask(table, periods="3"))


def test_the_period_chooses_cohorts_and_the_data_beyond_it_count(table: Workspace) -> None:
    second = Question(period=Period(date(2024, 1, 8), date(2024, 1, 14)))
    assert told(ask(table, second, periods="1")) == {"2024-01-08": (1, [1, 1]), "all": (1, [1, 1])}
    web = Walk(where="channel:web")
    assert told(ask(table, Question(), web, periods="1"))["2024-01-15"] == (1, [1, 0])


def test_months_and_days_and_what_is_not_over_yet(table: Workspace) -> None:
    assert told(ask(table, unit="month", periods="1")) == {
        "2024-01-01": (4, [4, 0]), "2024-02-01": (1, [1]), "all": (4 + 1, [4, 0]),
    }  # fmt: skip
    months = ask(table, unit="month", periods="1")
    assert [cell.complete for cell in months.cohorts[0].cells] == [True, False]
    assert (months.total.cells[1].people, months.total.cells[1].rate) == (0, None)
    days = ask(table, unit="day", periods="8")
    assert told(days)["2024-01-01"] == (1, [1, 0, 0, 0, 0, 0, 0, 0, 1])
    assert told(days)["2024-02-04"] == (1, [1])
    assert days.cohorts[-1].cells[0].complete is False  # the last day is never over


def test_every_cell_leads_to_as_many_people_as_it_says(table: Workspace, kiosk: Workspace) -> None:
    for workspace, walk in ((table, Walk()), (table, Walk(where="channel:web")), (kiosk, Walk(level="touchpoint"))):
        view = workspace.view()
        for kind in ("n", "unbounded", "bracket"):
            found = ask(workspace, Question(), walk, kind=kind, brackets="0,1-2,3")
            for cohort in (*found.cohorts, found.total):
                assert view.customers(Question(), cohort.behind, "", 1, 9).total == cohort.people
                for cell in cohort.cells:
                    assert view.customers(Question(), cell.behind, "", 1, 9).total == cell.count


def test_growth_of_weeks(table: Workspace) -> None:
    found = grown(table, unit="week")
    rows = [
        (str(row.start_on), row.active, row.new, row.retained, row.resurrected, row.churned, row.quick_ratio)
        for row in found.rows
    ]
    assert rows == [
        ("2024-01-01", 2, 2, 0, 0, 0, None),
        ("2024-01-08", 3, 1, 2, 0, 0, None),
        ("2024-01-15", 1, 0, 1, 0, 2, 0.0),
        ("2024-01-22", 1, 1, 0, 0, 1, 1.0),
        ("2024-01-29", 2, 1, 0, 1, 1, 2.0),
    ]
    assert (found.people, found.rows[-1].complete) == (5, True)
    view = table.view()
    for row in found.rows:
        for what in ("active", "new", "retained", "resurrected", "churned"):
            assert view.customers(Question(), getattr(row, f"behind_{what}"), "", 1, 9).total == getattr(row, what)


def test_growth_of_a_period_is_judged_by_all_of_the_data(table: Workspace) -> None:
    found = grown(table, Question(period=Period(date(2024, 1, 10), date(2024, 1, 16))), unit="week")
    assert [(str(row.start_on), row.new, row.retained) for row in found.rows] == [("2024-01-08", 1, 2), ("2024-01-15", 0, 1)]
    assert (found.people, found.caveats) == (3, ())
    assert [row.active for row in grown(table, unit="week", events="Bought").rows] == [0, 2, 0, 0, 1]


def test_how_sticky_it_is(table: Workspace) -> None:
    rows = grown(table, unit="month").stickiness
    assert [(str(row.start_on), row.days) for row in rows] == [("2024-01-01", 31), ("2024-02-01", 3)]
    assert rows[0].daily == pytest.approx(8 / 31)
    assert rows[0].monthly == pytest.approx((4 + 4) / 2)  # the 30th and the 31st have thirty days behind them
    assert rows[0].daily_of_monthly == pytest.approx((1 / 4 + 0) / 2)
    assert rows[1].daily == 0
    assert rows[1].weekly == pytest.approx(1)  # ann, on the 30th
    first = grown(table, unit="day").stickiness
    assert (first[0].weekly, first[5].weekly, first[6].weekly) == (None, None, 2.0)


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"first": "Bougt"}, "Bougt"),
        ({"kind": "bracket", "brackets": "0,1-3,3"}, "3"),
        ({"kind": "bracket", "brackets": "one"}, "one"),
        ({"unit": "year"}, "unit"),
        ({"periods": "401"}, "periods"),
    ],
)
def test_what_is_asked_wrongly_is_said(table: Workspace, asked: dict[str, str], wrong: str) -> None:
    with pytest.raises(BadInput, match=wrong):
        ask(table, **asked)


@pytest.mark.parametrize("mark", ["2024-01-02:1", "2024-01-01:99", "all", "2024-01-01:x", "growth"])
def test_a_mark_that_is_none_is_refused(table: Workspace, mark: str) -> None:
    view = table.view()
    for kind in ("retention", "growth"):
        with pytest.raises(BadInput, match="is no"):
            view.customers(Question(), f"{kind}?mark={mark}", "", 1, 9)


def test_nobody_at_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    workspace = empty(tmp_path_factory.mktemp("nobody"))[1]
    found = ask(workspace)
    assert (found.people, found.cohorts, found.caveats) == (0, (), ("nobody belongs to a cohort of this period",))
    assert [row.active for row in grown(workspace).rows] == [0]


def test_units_are_cut_where_the_brand_is() -> None:
    low, high = (
        round(date.fromisoformat(day).toordinal() - date(1970, 1, 1).toordinal()) * DAY for day in ("2011-12-28", "2012-01-02")
    )
    samoa = calendar(low, high, "Pacific/Apia", "day")
    skipped = [
        str(day)
        for day, length in zip(samoa.first_on, samoa.units.starts[1:] - samoa.units.starts[:-1], strict=True)
        if not length
    ]
    assert skipped == ["2011-12-30"]
    berlin = calendar(low, low + 150 * DAY, "Europe/Berlin", "week")
    lengths = {int(length) // HOUR for length in berlin.units.starts[1:] - berlin.units.starts[:-1]}
    assert lengths == {168, 167}  # the clock was put forward in March
    assert first_day(date(2024, 1, 7), "week") == date(2024, 1, 1)
    assert next_day(date(2024, 12, 1), "month") == date(2025, 1, 1)
    with pytest.raises(BadInput, match="too far apart"):
        calendar(0, 200 * 366 * DAY, "UTC", "day")
