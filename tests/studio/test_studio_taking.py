"""A map as files: what a machine reads back is what was drawn; a trap is text in every one of them, and never a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser

import openpyxl
import pytest
from defusedxml import ElementTree  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from walls import DAY, TRAP, large, plans, small, trapped

from desirelines.plan import Plan, check, errors_in, read_plan, write_plan
from desirelines.report.board.html import html
from desirelines.report.board.layout import Order, draw
from desirelines.studio import (
    Take,
    Wall,
    WallNote,
    csv_cells,
    csv_wide,
    gather_wall,
    map_cjml,
    map_part,
    map_tables,
    map_workbook,
)

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def wall(plan: Plan, take: Take | None = None, notes: tuple[WallNote, ...] = ()) -> Wall:
    return gather_wall(plan, "j", take or Take(), DAY, notes=notes)


def rows(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in book.worksheets}


def test_everything_stands_in_the_table_of_cells_once() -> None:
    head, *found = rows(csv_cells(wall(small())))
    by_kind = [dict(zip(head, row, strict=True)) for row in found]
    told = {(row["stage"], row["lane"], row["kind"], row["words"]) for row in by_kind}
    assert {("buy", "touchpoints", "touchpoint", "Web site"), ("use", "touchpoints", "touchpoint", "Phone call")} <= told
    assert ("buy", "moments", "moment", "I want to know the day") in told
    assert ("buy", "moments", "experience", "The day comes first") in told
    assert ("use", "law", "card", "Fourteen days") in told
    assert [row["stage_name"] for row in by_kind if row["kind"] == "stage"] == ["Buy", "Use"]
    feelings = {row["id"]: row["value"] for row in by_kind if row["kind"] == "emotion"}
    assert feelings == {"buy:intended": "0.5", "use:intended": "-0.2", "use:wanted": "0.4"}
    assert next(row["n"] for row in by_kind if row["id"] == "use:wanted") == "12"


def test_the_wide_table_is_the_board() -> None:
    head, sides, *lanes = rows(csv_wide(wall(small())))
    assert head == ["Lane", "Buy", "Use"]
    assert sides == ["Side", "buyer", "customer"]
    named = {row[0]: row[1:] for row in lanes}
    assert named["Touchpoints"] == ["• Web site", "• Phone call [new]"]
    assert named["Moments"][0].split("\n")[0] == "• I want to know the day"
    assert named["Pains"] == ["▪ Too slow", ""]
    assert named["What the law asks"] == ["", "▪ Fourteen days [new]"]


def test_a_workbook_has_its_sheets_and_only_texts_and_numbers() -> None:
    data = map_workbook(small(), wall(small(), notes=(WallNote("the map", "Why?", "Ann", "2026-01-02"),)))
    found = sheets(data)
    assert list(found) == ["Map", "Touchpoints", "Moments", "Promises", "Cards", "Story backlog", "Comments", "About", "Cells"]
    assert found["Map"][0] == ["Lane", "Buy", "Use"]
    assert [row[1] for row in found["Touchpoints"][1:]] == ["Web site", "Phone call"]
    assert found["Comments"][1] == ["the map", "Why?", "Ann", "2026-01-02", "open"]
    stories = [row[6] for row in found["Story backlog"][1:]]
    assert stories[0] == "As Milo, I want to know the day, so that nobody waits in vain."
    assert str(stories[1]).startswith(
        "As Milo, I want “Web site” to work for me when I am at “Buy”, so that I can go on to “Use”"
    )
    assert [row[8] for row in found["Story backlog"][1:]] == ["pilot", "live", "open"]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert {cell.data_type for page in book.worksheets for row in page.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}


def test_only_what_is_asked_for_is_taken() -> None:
    chosen = wall(small(), Take(lanes=("pains", "touchpoints"), show="is"))
    assert [row.id for row in chosen.rows] == ["pains", "touchpoints"]
    assert [cell.words for row in chosen.rows for cells in row.cells.values() for cell in cells] == ["Too slow", "Web site"]
    should = wall(small(), Take(show="should"))
    assert any(cell.words == "Fourteen days" for row in should.rows for cells in row.cells.values() for cell in cells)


def test_one_map_as_a_plan_of_its_own_reads_back() -> None:
    part = map_part(small(), "j")
    text = write_plan(part)
    assert write_plan(read_plan(text)) == text
    assert [one.id for one in part.touchpoints] == ["site", "call"]
    assert [one.id for one in part.journeys] == ["j"]
    before = [one.message for one in errors_in(check(small()))]
    assert [one.message for one in errors_in(check(part))] == before


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_any_map_goes_through_every_form(plan: Plan) -> None:
    found = wall(plan)
    text = write_plan(map_part(plan, "j"))
    assert write_plan(read_plan(text)) == text
    head, *cells = rows(csv_cells(found))
    assert all(len(row) == len(head) for row in cells)
    written = sheets(map_workbook(plan, found))
    assert len(written["Cells"]) == len(cells) + 1
    root = ElementTree.fromstring(map_cjml(plan, "j", Take()).encode())
    assert len(root.findall(".//plannedCommunicationPoint")) == sum(len(stage.steps) for stage in plan.journeys[0].stages)
    html(found, draw(found, Order("A3", grow="one")), map_tables(plan, found))


def test_cjml_says_who_begins_where_and_through_what() -> None:
    root = ElementTree.fromstring(map_cjml(small(), "j", Take()).encode())
    assert (root.tag, root.get("version")) == ("CJML", "2.0")
    assert [one.text for one in root.iter("phaseName")] == ["Buy", "Use"]
    assert [one.text for one in root.iter("actorName")] == ["Milo"]
    points = root.findall(".//plannedCommunicationPoint")
    assert [one.findtext("channel/channelName") for one in points] == ["Web", "Phone"]
    assert [one.find("initiator/refersTo").get("actorIDref") for one in points] == ["milo", "milo"]
    assert [one.find("receiver/refersTo").get("actorIDref") for one in points] == ["team-web", "brand"]
    assert [one.find("belongsTo").get("phaseIDref") for one in points] == ["buy", "use"]
    assert [one.findtext("initiator/initiatorLabel") for one in root.findall(".//plannedAction")] == ["Look around"]


class Parts(HTMLParser):
    """Tags, attributes and texts as a browser's parser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.texts: list[str] = []
        self.data_of_script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["script"] and not self.data_of_script:
            self.data_of_script = data
        self.texts.append(data)


@pytest.mark.parametrize(
    "text", [TRAP, "=1+1", "@SUM(A1)", "-2", "+3", "\t=4", "＝5", "x" * 10_000, "</script>]]>-->" * 40, "\u202e\u2066gnirts"]
)
def test_a_trap_is_text_in_every_form(text: str) -> None:
    plan = trapped(text.strip())
    found = wall(plan, notes=(WallNote(text, text, text, "2026-01-01"),))
    for table in (csv_cells(found), csv_wide(found)):
        assert not [cell for row in rows(table) for cell in row if cell.startswith(FORMULA) and not _number(cell)]
    data = map_workbook(plan, found)
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell in (cell for page in book.worksheets for row in page.iter_rows() for cell in row):
        assert cell.data_type in ("s", "inlineStr", "n")
        assert not isinstance(cell.value, str) or not cell.value.startswith(FORMULA)
    ElementTree.fromstring(map_cjml(plan, "j", Take()).encode())
    assert read_plan(write_plan(map_part(plan, "j"))).journeys[0].stages[0].id == "buy"
    page = html(found, draw(found, Order("A3", grow="one")), map_tables(plan, found))
    seen = Parts()
    seen.feed(page)
    assert seen.tags.count("script") == 1
    assert not {"img", "iframe", "object", "embed", "link", "form", "a"} & (set(seen.tags) - {"a"})
    assert not [name for name in seen.names if name.startswith("on")]
    assert json.loads(seen.data_of_script)["journey"] == "j"
    assert "\u202e" not in page


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_the_page_lets_nothing_in_and_nothing_out() -> None:
    found = wall(small())
    page = html(found, draw(found, Order("A3", grow="one")), map_tables(small(), found))
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page
    seen = Parts()
    seen.feed(page)
    told = " ".join(seen.texts)
    for words in ("Web site", "The day comes first", "Fourteen days", "As Milo, I want to know the day"):
        assert words in told
    data = json.loads(seen.data_of_script)
    assert [one["name"] for one in data["columns"]] == ["Buy", "Use"]


def cells_of(table: list[list[str]]) -> Iterator[dict[str, str]]:
    head, *found = table
    yield from (dict(zip(head, row, strict=True)) for row in found)


def test_two_hundred_touchpoints_are_two_hundred_rows() -> None:
    found = [row for row in cells_of(rows(csv_cells(wall(large())))) if row["kind"] == "touchpoint"]
    assert len({row["id"] for row in found}) == len(found) == 200
