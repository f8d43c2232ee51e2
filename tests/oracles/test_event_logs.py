"""Published event logs through the whole way, with their published numbers."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from desirelines import measure
from desirelines.collect import guess
from desirelines.home import Home
from desirelines.measure import VariantsAsk, Walk
from desirelines.settings import Settings
from desirelines.view import Question, View
from desirelines.workspace import LogFormat, Workspace

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "event_logs"
EXAMPLE = ROOT / "examples" / "receipt"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the published event logs are not beside this checkout")


def _view(folder: Path, name: str, file: str) -> View:
    workspace = Home(folder, Settings()).create(name, name, "Europe/Amsterdam")
    receipt = workspace.import_file(workspace.adopt_source(EXAMPLE / "sources" / f"{name}.yaml"), DATA / file)
    assert receipt.rows_refused == 0
    workspace.import_plan((EXAMPLE / f"{name}.yaml").read_bytes(), f"{name}.yaml")
    workspace.publish_draft(workspace.draft()["base"], "as drawn")
    return workspace.view()


@pytest.fixture(scope="module")
def receipt(tmp_path_factory: pytest.TempPathFactory) -> View:
    return _view(tmp_path_factory.mktemp("receipt"), "receipt", "receipt.csv")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> View:
    return _view(tmp_path_factory.mktemp("running"), "running", "running-example.csv")


def _cases(file: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with (DATA / file).open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            found.setdefault(row["case:concept:name"], []).append(row["concept:name"])
    return found


def test_receipt_variants(receipt: View) -> None:
    variants = measure.variants(receipt.paths(Question(), Walk()), VariantsAsk(top=6))
    assert (variants.journeys, variants.variant_count) == (1_434, 116)
    assert [row.count for row in variants.variants] == [713, 123, 116, 115, 75, 40]
    assert variants.variants[2].length == 1


def test_receipt_transitions(receipt: View) -> None:
    found = measure.transitions(receipt.paths(Question(), Walk()))
    assert (found.events, len(found.nodes), len(found.edges)) == (8_577, 27, 99)
    assert (len(found.starts), len(found.ends)) == (1, 14)
    pairs = Counter(pair for events in _cases("receipt.csv").values() for pair in pairwise(events))
    assert {(edge.origin, edge.target): edge.count for edge in found.edges} == dict(pairs)


def test_receipt_held_against_its_most_frequent_variant(receipt: View) -> None:
    following = receipt.sheet(Question()).following
    assert following.average_fitness.value == pytest.approx(0.818053, abs=5e-7)
    assert following.log_fitness.value == pytest.approx(0.828706, abs=5e-7)
    assert following.fitting.value == pytest.approx(713 / 1_434, abs=1e-12)
    assert following.cost == 2_943
    marks = following.deviations
    assert 2 * marks.out_of_order + marks.missing + marks.unplanned + marks.repeated == 2_943


def test_receipt_leaves_21_activities_in_the_tray(receipt: View) -> None:
    sheet = receipt.sheet(Question())
    planned = {rule.event for touchpoint in receipt.plan.touchpoints for rule in touchpoint.rule}
    loose = Counter(event for events in _cases("receipt.csv").values() for event in events if event not in planned)
    assert {row.event: row.events for row in sheet.unclaimed} == dict(loose)
    assert len(loose) == 21


def test_the_running_example(running: View) -> None:
    found = measure.transitions(running.paths(Question(), Walk()))
    assert {(edge.origin, edge.target): edge.count for edge in found.edges} == {
        ("check ticket", "decide"): 6,
        ("examine casually", "check ticket"): 4,
        ("decide", "pay compensation"): 3,
        ("decide", "reinitiate request"): 3,
        ("decide", "reject request"): 3,
        ("register request", "examine casually"): 3,
        ("check ticket", "examine casually"): 2,
        ("examine casually", "decide"): 2,
        ("examine thoroughly", "check ticket"): 2,
        ("register request", "check ticket"): 2,
        ("check ticket", "examine thoroughly"): 1,
        ("examine thoroughly", "decide"): 1,
        ("register request", "examine thoroughly"): 1,
        ("reinitiate request", "check ticket"): 1,
        ("reinitiate request", "examine casually"): 1,
        ("reinitiate request", "examine thoroughly"): 1,
    }
    assert found.starts == {"register request": 6}
    assert found.ends == {"pay compensation": 3, "reject request": 3}


def test_the_running_example_held_against_its_straight_way(running: View) -> None:
    """Cases 3 and 5 go round once and twice: 4 and 8 events too many, none missing."""
    following = running.sheet(Question()).following
    shares = [1.0, 1.0, 1.0, 1.0, 1 - 4 / (9 + 5), 1 - 8 / (13 + 5)]
    assert following.cost == 12
    assert following.average_fitness.value == pytest.approx(sum(shares) / 6, abs=1e-12)
    assert following.log_fitness.value == pytest.approx(1 - 12 / (42 + 30), abs=1e-12)
    assert (following.deviations.missing, following.deviations.unplanned, following.deviations.repeated) == (0, 4, 8)


# logs that say themselves what they are


def _brought(folder: Path, name: str, path: Path, like: Workspace | None = None) -> Workspace:
    """A log imported as it is guessed, or through the source of another workspace."""
    workspace = Home(folder, Settings()).create(name, name, "Europe/Rome")
    source = like.source(name.partition("-")[0]) if like else guess(path, name).source
    workspace.save_source_data(source.model_dump(mode="json"))
    receipt = workspace.import_file(source.source, path)
    assert (receipt.rows_refused, receipt.duplicate) == (0, 0)
    return workspace


def _again(workspace: Workspace, source: str, path: Path) -> tuple[int, int, int]:
    """What the same rows do a second time: accepted, rows refused, properties of objects."""
    receipt = workspace.import_file(source, path)
    return receipt.accepted, receipt.rows_refused, receipt.objects


@pytest.mark.parametrize(
    ("file", "cases", "events", "activities", "variants", "top"),
    [
        ("helpdesk.xes.gz", 4_580, 21_348, 14, 226, 2_366),
        ("roadtraffic100traces.xes", 100, 390, 10, 10, 36),
    ],
)
def test_a_log_in_and_out_again(
    tmp_path: Path, file: str, cases: int, events: int, activities: int, variants: int, top: int
) -> None:
    first = _brought(tmp_path, "log", DATA / file)
    found = measure.variants(first.view().paths(Question(), Walk()), VariantsAsk(top=500))
    assert (found.journeys, found.people, found.variant_count, found.variants[0].count) == (cases, cases, variants, top)
    assert (first.snapshot().count("events"), len(first.view().trace().events)) == (events, activities)

    out = tmp_path / "out.xes.gz"
    written = first.export(out, "xes")
    assert (written.cases, written.events, written.notes) == (cases, events, ())
    assert _again(first, "log", out) == (0, 0, 0)


def test_a_log_in_another_house(tmp_path: Path) -> None:
    first = _brought(tmp_path, "log", DATA / "roadtraffic100traces.xes")
    out = tmp_path / "out.xes"
    first.export(out, "xes")
    assert guess(out, "log").source.model_dump(exclude={"about"}) == first.source("log").model_dump(exclude={"about"})
    second = _brought(tmp_path, "log-again", out, like=first)
    one, other = (measure.variants(each.view().paths(Question(), Walk()), VariantsAsk(top=500)) for each in (first, second))
    assert [(row.count, row.steps) for row in one.variants] == [(row.count, row.steps) for row in other.variants]
    assert _lake(first) == _lake(second)


OCEL_EXAMPLE = ("ocel20_example.jsonocel", "ocel20_example.sqlite")


PLACE = ("sequence", "file_index", "row_index")


def _relations(workspace: Workspace, table: str, column: str) -> set[tuple[str, str, str]]:
    """Who is related to whom, and how."""
    rows = workspace.snapshot().sql(f"SELECT * FROM {table} WHERE {column} IS NOT NULL").to_pylist()
    return {
        (row.get("message_id") or row["value"], one["id"], one["qualifier"])
        for row in rows
        if row.get("name", "related") == "related"
        for one in json.loads(row[column])
    }


def _lake(workspace: Workspace) -> dict[str, list[str]]:
    """Everything but the place in the file."""
    found = {}
    for table in ("events", "objects"):
        rows = workspace.snapshot().sql(f"SELECT * FROM {table}").to_pylist()
        kept = ({key: value for key, value in row.items() if key not in PLACE} for row in rows)
        found[table] = sorted(map(str, kept))
    return found


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workspace]:
    folder = tmp_path_factory.mktemp("objects")
    return {file: _brought(folder / file, "log", DATA / file) for file in OCEL_EXAMPLE}


@pytest.mark.parametrize("file", OCEL_EXAMPLE)
def test_objects_their_relations_and_changes(objects: dict[str, Workspace], file: str) -> None:
    workspace = objects[file]
    snapshot = workspace.snapshot()
    assert snapshot.count("events") == 13
    assert snapshot.sql("SELECT count(DISTINCT event) AS n FROM events").to_pylist() == [{"n": 8}]
    kinds = snapshot.sql("SELECT kind, count(DISTINCT value) AS n FROM objects GROUP BY kind ORDER BY kind").to_pylist()
    assert {row["kind"]: row["n"] for row in kinds} == {
        "invoice": 3, "payment": 3, "purchase_order": 2, "purchase_requisition": 1,
    }  # fmt: skip
    assert len(_relations(workspace, "events", "text_objects")) == 20
    assert len(_relations(workspace, "objects", "text")) == 7
    changes = snapshot.sql('SELECT value, name, text, epoch_ms("at") AS at FROM objects WHERE epoch_ms("at") > 0 ORDER BY 4')
    assert [tuple(row.values()) for row in changes.to_pylist()] == [
        ("PO1", "po_quantity", "600", 1_642_071_600_000),
        ("R3", "is_blocked", "Yes", 1_643_869_800_000),
        ("R3", "is_blocked", "No", 1_643_927_400_000),
    ]


def test_json_and_sqlite_are_one_log(objects: dict[str, Workspace]) -> None:
    """SQLite's times name no zone; its authors were an hour ahead of UTC, as the brand's zone is in winter."""
    one, other = (_lake(objects[file]) for file in OCEL_EXAMPLE)
    assert one == other


@pytest.mark.parametrize(("form", "ending"), [("ocel-json", "jsonocel"), ("ocel-sqlite", "sqlite")])
@pytest.mark.parametrize("file", OCEL_EXAMPLE)
def test_objects_in_and_out_again(tmp_path: Path, objects: dict[str, Workspace], file: str, form: LogFormat, ending: str) -> None:
    out = tmp_path / f"out.{ending}"
    written = objects[file].export(out, form)
    assert (written.events, written.objects, written.relations) == (13, 9, 27)
    second = _brought(tmp_path, "log-again", out, like=objects[file])
    assert _lake(second) == _lake(objects[file])
    assert _again(objects[file], "log", out) == (0, 0, 0)


def test_what_is_written_is_ocel(tmp_path: Path, objects: dict[str, Workspace]) -> None:
    """The names that the standard gives to fields and tables."""
    workspace = objects[OCEL_EXAMPLE[0]]
    workspace.export(tmp_path / "out.json", "ocel-json")
    ours: dict[str, Any] = json.loads((tmp_path / "out.json").read_text())
    theirs: dict[str, Any] = json.loads((DATA / OCEL_EXAMPLE[0]).read_text())
    assert set(ours) == {"eventTypes", "objectTypes", "events", "objects"}
    for name, fields in (("events", {"id", "type", "time", "attributes", "relationships"}), ("objects", {"id", "type"})):
        assert all(fields <= set(one) for one in ours[name])
        assert {one["id"]: one["type"] for one in ours[name]} == {one["id"]: one["type"] for one in theirs[name]}
    for name in ("eventTypes", "objectTypes"):
        assert sorted(ours[name], key=str) == sorted(theirs[name], key=str)
    workspace.export(tmp_path / "out.sqlite", "ocel-sqlite")
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as own, closing(sqlite3.connect(DATA / OCEL_EXAMPLE[1])) as given:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        assert own.execute(names).fetchall() == given.execute(names).fetchall()
        for table in ("event", "object", "event_object", "object_object", "event_map_type", "object_map_type"):
            assert set(own.execute(f"SELECT * FROM {table}")) == set(given.execute(f"SELECT * FROM {table}"))


def test_a_kind_of_object_as_cases(tmp_path: Path, objects: dict[str, Workspace]) -> None:
    written = objects[OCEL_EXAMPLE[0]].export(tmp_path / "invoices.xes", "xes", "invoice")
    assert (written.cases, written.events) == (3, 9)
    assert written.notes == (
        "4 events name no invoice and are not in the log",
        "an event that names several objects of kind invoice is in the case of the first only: OCEL keeps all",
    )
    source = guess(tmp_path / "invoices.xes", "invoices").source
    assert source.people == {"case": "case:concept:name"}
    assert {"type", "related", "is_blocked"} == set(source.traits[0].properties)
