"""Times and stuck places: the page's own journeys, and calendars of open hours."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from shop import PLAN, brought, empty, full

from desirelines import measure
from desirelines.errors import BadInput
from desirelines.measure import Stuck, StuckAsk, TimeAsk, Times, Walk, by_stage, read_ask
from desirelines.measure.asking.hours import hours, read_week
from desirelines.view import Question
from desirelines.workspace import Workspace

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "time.md").read_text(encoding="utf-8")
HOUR, DAY = 3600, 86_400
ENTRIES = ("open", "left", "arrived")


def block(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The page's journeys and plan."""
    workspace = empty(tmp_path_factory.mktemp("times"))[1]
    rows = [line.split(",") for line in block("csv")[0].splitlines()[1:]]
    lines = [f"{number},{who},,{kind},{when},,web" for number, (who, kind, when) in enumerate(rows)]
    brought(workspace, "order,customer,mail,kind,when,score,shop\n" + "\n".join(lines) + "\n")
    workspace.import_plan(PLAN, "plan.yaml")
    workspace.publish_draft(0, "first")
    return workspace


def walked(of: str, walk: Walk) -> Walk:
    return by_stage(walk) if of == "stage" else walk


def ask(workspace: Workspace, walk: Walk = Walk(), /, **asked: str) -> Times:  # noqa: B008
    read = read_ask(TimeAsk, asked)
    return measure.times(workspace.view().paths(Question(), walked(read.of, walk)), read)


def stuck(workspace: Workspace, walk: Walk = Walk(), /, **asked: str) -> Stuck:  # noqa: B008
    read = read_ask(StuckAsk, asked)
    return measure.stuck(workspace.view().paths(Question(), walked(read.of, walk)), read)


def short(seconds: float | None) -> str:
    """As the page writes times."""
    for size, unit in ((2 * DAY, "d"), (HOUR, "h"), (60, "min")):
        if seconds is not None and seconds >= size:
            return f"{seconds / (DAY if unit == 'd' else size):g}{unit}"
    return "-" if seconds is None else f"{seconds:g}s"


def table_of(found: Times) -> list[list[str]]:
    if found.of == "cycle":
        return [
            [*map(str, (row.number, row.journeys, row.lasting.count)), short(row.lasting.median), short(row.since_first.median)]
            for row in found.cycles
        ]
    return [
        [row.name, *map(str, (row.visits, row.journeys, row.again)), short(row.lasting.median)]
        + [str(getattr(row, one)) for one in ENTRIES]
        for row in found.rows
    ]


def test_the_page_says_what_is_answered(kiosk: Workspace) -> None:
    said = [text.splitlines() for text in block("text") if text.startswith("trace ")]
    assert len(said) == 5
    for command, *lines in said:
        words = shlex.split(command)
        asked = {name.removeprefix("--"): value for name, value in zip(words[2::2], words[3::2], strict=True)}
        if words[1] == "stuck":
            rows = [f"{one.name:<4}  {one.excess_days:.1f}  {one.words}" for one in stuck(kiosk, **asked).places]
            assert lines == rows
        else:
            assert sorted(line.split() for line in lines) == sorted(table_of(ask(kiosk, **asked)))


def test_waiting_is_the_time_before_a_step(kiosk: Workspace) -> None:
    rows = {row.name: row.lasting for row in ask(kiosk, of="waiting").rows}
    assert (rows["Visited"].count, rows["Visited"].median) == (1, 3 * HOUR)
    assert (rows["Received"].count, rows["Received"].median, rows["Received"].mean) == (2, 5 * DAY, 5 * DAY)
    assert rows["Received"].p10 == pytest.approx(3 * DAY + 0.1 * 4 * DAY)
    bought = rows["Bought"]
    assert (bought.p25, bought.median, bought.p75) == (0.75 * HOUR, HOUR, 1.5 * HOUR)


def test_patience_and_ends_say_who_is_there_still(kiosk: Workspace) -> None:
    def standing(walk: Walk, **asked: str) -> dict[str, tuple[int, ...]]:
        rows = ask(kiosk, walk, **asked).rows
        return {
            row.name: tuple(getattr(row, one) for one in ENTRIES) for row in rows if any(getattr(row, one) for one in ENTRIES)
        }

    assert standing(Walk(), patience="5d") == {"Visited": (0, 1, 0), "Bought": (0, 1, 0), "Rated": (2, 0, 0)}
    assert standing(Walk(), patience="8d", done="Rated") == {"Visited": (1, 0, 0), "Bought": (1, 0, 0), "Rated": (0, 0, 2)}
    assert standing(Walk(ends="Bought"), patience="8d") == {"Visited": (1, 0, 0), "Bought": (0, 0, 3), "Rated": (2, 0, 0)}
    gapped = standing(Walk(gap="2d"), patience="8d")  # after a silence another journey has begun: the one before is left
    assert gapped == {"Visited": (1, 0, 0), "Bought": (1, 2, 0), "Rated": (2, 0, 0)}
    assert standing(Walk(level="touchpoint"), patience="8d") == {"site": (1, 0, 0), "till": (1, 0, 0), "rating": (0, 0, 2)}


@pytest.mark.parametrize("walk", [Walk(), Walk(gap="2d"), Walk(level="touchpoint"), Walk(level="channel")])
def test_every_figure_leads_to_its_journeys(kiosk: Workspace, walk: Walk) -> None:
    view = kiosk.view()
    for of in ("step", "waiting", "stage"):
        found = ask(kiosk, walk, of=of)
        for row in found.rows:
            paths = view.paths(Question(), walked(of, walk))
            for address, count in ((row.behind, row.journeys), (row.behind_open, row.open), (row.behind_left, row.left)):
                assert measure.marked(paths, measure.read_address(address)).sum() == count
            assert view.customers(Question(), row.behind, "", 1, 9).total == row.people
            assert row.left + row.open + row.arrived <= row.journeys <= row.visits
        assert sum(row.left + row.open + row.arrived for row in found.rows) == found.journeys
    for place in stuck(kiosk, walk).places:
        paths = view.paths(Question(), walk)
        again = measure.marked(paths, measure.read_address(place.behind_again)).sum()
        assert (again, place.again.n) == (round((place.again.value or 0) * place.journeys), place.journeys)
        assert measure.marked(paths, measure.read_address(place.behind_waiting)).sum() == place.waiting


def test_cycles_lead_to_their_journeys(kiosk: Workspace) -> None:
    view = kiosk.view()
    for row in ask(kiosk, of="cycle", event="Visited|Bought", most="3").cycles:
        paths = view.paths(Question(), Walk())
        assert measure.marked(paths, measure.read_address(row.behind)).sum() == row.journeys
        assert measure.marked(paths, measure.read_address(row.behind_stopped)).sum() == row.journeys - row.lasting.count
        assert measure.marked(paths, measure.read_address(row.went_on.behind)).sum() == row.lasting.count


def test_stuck_names_what_is_not_known(kiosk: Workspace) -> None:
    found = stuck(kiosk)
    assert found.now_at == "2024-03-10T09:00:00Z"
    assert [place.name for place in found.places] == ["Bought", "Visited", "Received"]
    assert found.places[0].overdue == 1
    assert found.places[0].waiting_seconds == 6 * DAY + HOUR / 2
    assert "where a journey is over is not said" in found.caveats[0]
    assert stuck(kiosk, done="Rated").caveats == ()
    assert stuck(kiosk, top="1").caveats[1] == "2 further places are not listed"


def test_a_touchpoint_of_two_stages_stays_where_the_journey_is(tmp_path_factory: pytest.TempPathFactory) -> None:
    workspace = full(tmp_path_factory.mktemp("twice"))[1]
    twice = PLAN.replace(
        "steps: [{id: s-till, touchpoint: till}]", "steps: [{id: s-till, touchpoint: till}, {id: s-again, touchpoint: site}]"
    )
    workspace.import_plan(twice, "plan.yaml")
    workspace.publish_draft(1, "site in both")
    rows = {row.name: (row.visits, row.journeys) for row in ask(workspace, of="stage").rows}
    assert rows == {"Look": (4, 4), "Pay": (3, 3), "Get": (2, 2)}


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"of": "cycle"}, "which step"),
        ({"of": "cycle", "event": "Visitd"}, "Visitd"),
        ({"hours": "Mon-Fri 9-17"}, "9-17"),
        ({"hours": "Mon 09:00-08:00"}, "ends before"),
        ({"hours": "Mon 09:00-12:00,11:00-13:00"}, "overlap"),
        ({"hours": "Montag"}, "no day of the week"),
        ({"hours": "Mon;"}, "empty part"),
        ({"hours": "Mon", "holidays": "Christmas"}, "are no days"),
        ({"patience": "long"}, "not a length of time"),
        ({"of": "era"}, "of"),
    ],
)
def test_what_is_asked_wrongly_is_said(kiosk: Workspace, asked: dict[str, str], wrong: str) -> None:
    with pytest.raises(BadInput, match=wrong):
        ask(kiosk, **asked)


def test_marks_that_are_none_and_stages_without_touchpoints(kiosk: Workspace) -> None:
    view = kiosk.view()
    for address in (
        "time?mark=at:nowhere",
        "time?mark=late:Visited",
        "time?of=cycle&event=Visited&mark=cycle:no",
        "stuck?mark=Visited",
    ):
        with pytest.raises(BadInput, match="is no"):
            view.customers(Question(), address, "", 1, 9)
    with pytest.raises(BadInput, match="planned journey"):
        measure.times(view.paths(Question(), Walk()), TimeAsk(of="stage"))


def test_open_hours_follow_the_zones_clock() -> None:
    week = read_week("Mon-Wed,Sun 09:00-12:00,13:00-17:00; Sat")
    assert week[0] == week[6] == ((540, 720), (780, 1020))
    assert (week[3], week[5]) == ((), ((0, 1440),))
    assert read_week("Sat-Mon 10:00-11:00")[0] == ((600, 660),)
    sunday = 1711843200_000_000  # 2024-03-31, on which Berlin's clock goes from two to three
    found = hours("Sun 00:00-04:00", "", sunday, sunday, "Europe/Berlin")
    assert int((found.ends - found.begins).sum()) == 3 * HOUR * 1_000_000
    assert len(hours("Sun", "2024-03-31", sunday, sunday, "Europe/Berlin").begins) == 0
    night = hours("Sun 02:10-02:50", "", sunday, sunday, "Europe/Berlin")
    assert int((night.ends - night.begins).sum()) in (0, 40 * 60_000_000)  # an hour that was not


def test_nobody_at_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    workspace = empty(tmp_path_factory.mktemp("nobody"))[1]
    assert (ask(workspace).rows, stuck(workspace).places) == ((), ())
    assert ask(workspace, hours="Mon-Fri").journeys == 0
