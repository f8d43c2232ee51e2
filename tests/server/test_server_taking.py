"""A map is taken along and an old one brought in through the door: every form, its options, its errors, and figures that tie."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from defusedxml import ElementTree  # type: ignore[import-untyped]
from door import Door, error
from shop import full
from walls import TRAP

from desirelines.home import Home
from desirelines.plan import read_plan

TAKE = "/api/w/kiosk/studio/maps/buy/take"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    home, _ = full(tmp_path_factory.mktemp("taking"))
    return Door(Home(home.folder, home.settings))


@pytest.mark.parametrize(
    ("form", "media", "name"),
    [
        ("svg", "image/svg+xml", "buy.svg"),
        ("pdf", "application/pdf", "buy.pdf"),
        ("html", "text/html", "buy.html"),
        ("xlsx", "application/vnd.openxmlformats", "buy.xlsx"),
        ("csv", "text/csv", "buy.csv"),
        ("wide", "text/csv", "buy.csv"),
        ("yaml", "application/yaml", "buy.yaml"),
        ("xml", "application/xml", "buy.cjml.xml"),
    ],
)
def test_every_form_is_a_download_that_runs_nothing(door: Door, form: str, media: str, name: str) -> None:
    answer = door.get(f"{TAKE}.{form}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(media)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert "sandbox" in answer.headers["content-security-policy"]
    assert len(answer.content) > 500


def test_figures_in_files_are_those_of_the_map(door: Door) -> None:
    sheet = door.json("/api/w/kiosk/map/sheet", journey="buy", version="draft")
    rows = list(csv.DictReader(io.StringIO(door.get(f"{TAKE}.csv").text.removeprefix("\ufeff"), newline="")))
    figures = {row["id"]: (row["value"], row["low"], row["high"], row["n"]) for row in rows if row["kind"] == "figure"}

    def told(result: dict[str, object]) -> tuple[str, ...]:
        return tuple("" if result[name] is None else str(result[name]) for name in ("value", "low", "high", "n"))

    for stage in sheet["stages"]:
        assert figures[f"{stage['id']}:reach"] == told(stage["reach"])
        assert figures[f"{stage['id']}:left here"] == told(stage["left"])
    planned = [one for one in sheet["touchpoints"] if one["stages"]]
    assert planned
    for one in planned:
        assert figures[f"{one['id']}:reach"] == told(one["reach"])
        assert figures[f"{one['id']}:people"][0] == f"{one['people']:.1f}"
    kept = {row["id"]: (row["value"], row["low"], row["high"], row["n"]) for row in rows if row["kind"] == "promise"}
    assert kept == {one["id"]: told(one["kept"]) for one in sheet["promises"]}
    book = openpyxl.load_workbook(io.BytesIO(door.get(f"{TAKE}.xlsx").content))
    head, *lines = [[cell.value for cell in row] for row in book["Touchpoints"].iter_rows()]
    reach = {line[0]: line[head.index("reach")] for line in lines}
    assert reach == {one["id"]: one["reach"]["value"] for one in planned}


def test_options_are_kept_and_wrong_ones_named(door: Door) -> None:
    root = ElementTree.fromstring(door.get(f"{TAKE}.svg", lanes="touchpoints", figures="false", paper="A2").content)
    assert root.get("viewBox") == "0 0 1683.78 1190.55"
    texts = ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Touchpoints" in texts
    assert "Promises" not in texts
    assert any("without figures" in text for text in texts)
    assert "font-face" in door.get(f"{TAKE}.svg", fonts="true").text
    assert read_plan(door.get(f"{TAKE}.yaml").text).journeys[0].id == "buy"
    assert door.get(f"{TAKE}.svg", lanes="touchpoint").status_code == 404
    assert "touchpoints" in error(door.get(f"{TAKE}.svg", lanes="touchpoint"))["hint"]
    assert door.get(f"{TAKE}.svg", persona="nobody").status_code == 404
    assert door.get(f"{TAKE}.svg", paper="A9").status_code == 422
    assert door.get(f"{TAKE}.doc").status_code == 422
    assert door.get("/api/w/kiosk/studio/maps/nosuch/take.svg").status_code == 404
    assert door.get(f"{TAKE}.csv", version="77").status_code == 404


def test_the_same_map_is_the_same_file(door: Door) -> None:
    assert door.get(f"{TAKE}.pdf").content == door.get(f"{TAKE}.pdf").content


WALL = "Phase,Awareness,Use\nTouchpoints,Web site,Hotline\nPains,slow,\n"


def test_an_old_map_is_shown_and_then_drawn(door: Door) -> None:
    before = door.json("/api/w/kiosk/plan/draft")["plan"]
    given = {"files": {"file": ("Our map.csv", WALL.encode())}, "data": {"choices": json.dumps({"name": "Ours"})}}
    shown = door.ask("POST", "/api/w/kiosk/studio/bring/preview", **given)
    assert shown.status_code == 200, shown.text
    assert (shown.json()["name"], shown.json()["shape"], shown.json()["journey"]) == ("Ours", "wall", "ours")
    assert [(one["name"], one["side"]) for one in shown.json()["stages"]] == [("Awareness", "buyer"), ("Use", "customer")]
    assert door.json("/api/w/kiosk/plan/draft")["plan"] == before
    brought = door.ask("POST", "/api/w/kiosk/studio/bring", **given)
    assert brought.status_code == 200, brought.text
    after = door.json("/api/w/kiosk/plan/draft")["plan"]
    assert [one["id"] for one in after["journeys"]] == [*[one["id"] for one in before["journeys"]], "ours"]
    assert after["touchpoints"][: len(before["touchpoints"])] == before["touchpoints"]
    assert door.get("/api/w/kiosk/studio/maps/ours/take.pdf").status_code == 200


def test_what_cannot_be_brought_says_why(door: Door) -> None:
    post = "/api/w/kiosk/studio/bring/preview"
    assert door.ask("POST", post, files={"file": ("a.xlsx", b"PK\x03\x04no")}).status_code == 422
    assert door.ask("POST", post, files={"file": ("a.csv", b"x" * 10_000_001)}).status_code == 413
    wrong = door.ask("POST", post, files={"file": ("a.csv", WALL.encode())}, data={"choices": '{"shape": "round"}'})
    assert (wrong.status_code, "choices" in error(wrong)["message"]) == (422, True)
    trap = door.ask("POST", post, files={"file": (TRAP[:60], f'Phase,Buy\nPains,"{TRAP[:80]}"\n'.encode())})
    assert trap.status_code == 200
    assert trap.headers["content-type"].startswith("application/json")


def test_a_map_with_nothing_measured_says_so(door: Door) -> None:
    text = door.get("/api/w/kiosk/studio/maps/buy/take.html", figures="false").text
    assert "without figures" in text
