"""The same answers in Python: Arrow tables and data frames with the numbers every other door gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from shop import empty, full

import desirelines
from desirelines.errors import BadInput, DesirelinesError, NotFound
from desirelines.notebook import Book

BEN = "c1b8afc761728f9ba"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    _, workspace = full(tmp_path_factory.mktemp("book"))
    opened: Book = desirelines.open(workspace.folder)
    return opened


def test_stages_as_a_table_with_intervals(book: Book) -> None:
    table = book.stages()
    assert table.column("id").to_pylist() == ["look", "pay", "get"]
    assert table.column("people").to_pylist() == [4, 3, 2]
    assert table.column("reach").to_pylist() == [1.0, 0.75, 0.5]
    assert table.column("reach_n").to_pylist() == [4, 4, 4]
    assert [round(value, 4) for value in table.column("reach_low").to_pylist()] == [0.5101, 0.3006, 0.15]


def test_the_tables_say_what_the_sheet_says(book: Book) -> None:
    sheet = book.sheet()
    assert book.touchpoints().column("events").to_pylist() == [row.events for row in sheet.touchpoints] == [4, 3, 2, 2]
    assert book.promises().column("kept").to_pylist() == [pytest.approx(1 / 3)]
    ways = book.ways()
    assert list(zip(*(ways.column(name).to_pylist() for name in ("origin", "target", "count")), strict=True)) == [
        (row.origin, row.target, row.count) for row in sheet.ways
    ]


def test_variants_and_transitions(book: Book) -> None:
    assert book.variants().column("steps").to_pylist()[0] == ["Visited", "Bought", "Received", "Rated"]
    assert book.variants(subject="order", top=2).column("count").to_pylist() == [2, 1]
    assert sum(book.transitions(level="touchpoint").column("count").to_pylist()) == 7


def test_a_funnel_and_its_groups(book: Book) -> None:
    table = book.funnel("Visited > Bought", by="channel", attribution="step", within="7d")
    whole = table.slice(0, 2)
    assert [table.column(name).to_pylist() for name in ("group", "kind", "number", "step_count")] == [
        [None, None, "web", "web", "shop", "shop"], ["whole", "whole", *["value"] * 4], [1, 2] * 3, [4, 3, 4, 2, 0, 1]
    ]  # fmt: skip
    assert whole.column("step_rate_of_first").to_pylist() == [1.0, 0.75]
    assert whole.column("step_next").to_pylist()[0] == [{"name": "Called", "kind": "step", "count": 1, "rate": 1.0}]


@pytest.mark.parametrize("first", ["2024-03-02", date(2024, 3, 2)])
def test_periods_and_segments_choose(book: Book, first: date | str) -> None:
    chosen = book.sheet(first_on=first, last_on="2024-03-03")
    assert chosen.journeys == 2
    assert book.sheet(first_on=first, last_on="2024-03-03", segment="not did:Called").journeys == 1
    assert book.sheet(journey="buy").journeys == 4


def test_data_frames(book: Book) -> None:
    frame = book.stages().to_pandas().set_index("id")
    assert frame.loc["pay", "reach"] == 0.75
    assert list(book.events().to_pandas()["event"].value_counts().sort_index().items()) == [
        ("Bought", 3),
        ("Called", 1),
        ("Rated", 2),
        ("Received", 2),
        ("Visited", 4),
    ]


def test_questions_to_the_lake_have_parameters(book: Book) -> None:
    found = book.sql("SELECT count(*) AS n FROM events WHERE event = ?", ["Bought'; --"])
    assert found.to_pylist() == [{"n": 0}]
    assert book.sql("SELECT count(*) AS n FROM events WHERE event = ?", ["Bought"]).to_pylist() == [{"n": 3}]


def test_a_story(book: Book) -> None:
    assert book.story(BEN).identifiers["email"] == ("ben@example.org",)


def test_a_book_sees_what_was_brought_in_since(tmp_path: Path) -> None:
    _, workspace = full(tmp_path)
    book = desirelines.open(str(workspace.folder))
    assert len(book.events()) == 12
    (tmp_path / "more.csv").write_text("order,customer,mail,kind,when,score,shop\n9,zoe,,Visited,2024-04-01 09:00:00,,web\n")
    workspace.import_file("shop", tmp_path / "more.csv")
    assert len(book.events()) == 13


def test_nothing_yet_is_empty_tables_or_a_hint(tmp_path: Path) -> None:
    _, workspace = empty(tmp_path)
    book = desirelines.open(workspace.folder)
    assert len(book.events()) == 0
    assert isinstance(book.variants(), pa.Table)
    assert len(book.variants()) == 0
    with pytest.raises(NotFound) as told:
        book.stages()
    assert (told.value.code, bool(told.value.hint)) == ("no_journey", True)


def test_what_is_no_workspace_is_told_with_the_nearest(tmp_path: Path) -> None:
    home, workspace = empty(tmp_path)
    with pytest.raises(NotFound) as told:
        desirelines.open(home.folder)
    assert str(workspace.folder) in told.value.hint
    with pytest.raises(NotFound):
        desirelines.open(tmp_path / "none")


def test_a_day_that_is_none_is_told(book: Book) -> None:
    with pytest.raises(BadInput, match="not a day"):
        book.stages(first_on="yesterday")
    with pytest.raises(DesirelinesError, match="before it begins"):
        book.stages(first_on="2024-03-03", last_on="2024-03-02")


def test_the_package_is_light_until_it_is_opened() -> None:
    assert desirelines.__version__
    assert desirelines.Book is Book
    with pytest.raises(AttributeError):
        desirelines.nothing  # noqa: B018
