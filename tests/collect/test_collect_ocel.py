"""OCEL 2.0: the same rows from JSON and from SQLite; nothing of a log is lost, and a hostile file does nothing."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desirelines.collect import LIMITS, Source, Time, guess, preview, read, repair_rows
from desirelines.errors import BadInput

Whole = Callable[..., dict[str, Any]]
LOG: dict[str, Any] = {
    "eventTypes": [
        {"name": "Order Placed", "attributes": [{"name": "total", "type": "float"}, {"name": "items", "type": "integer"}]},
        {"name": "Order Packed", "attributes": [{"name": "gift", "type": "boolean"}, {"name": "due", "type": "time"}]},
    ],
    "objectTypes": [
        {"name": "Customer", "attributes": []},
        {"name": "Order", "attributes": [{"name": "state", "type": "string"}, {"name": "weight", "type": "integer"}]},
        {"name": "Item", "attributes": []},
    ],
    "objects": [
        {"id": "c1", "type": "Customer"},
        {
            "id": "o1",
            "type": "Order",
            "attributes": [
                {"name": "state", "time": "1970-01-01T00:00:00Z", "value": "new"},
                {"name": "weight", "time": "1970-01-01T00:00:00Z", "value": 7},
                {"name": "state", "time": "2024-01-02T10:00:00Z", "value": "packed"},
            ],
            "relationships": [{"objectId": "i2", "qualifier": "contains"}, {"objectId": "i1", "qualifier": "contains"}],
        },
        {"id": "i1", "type": "Item"},
        {"id": "i2", "type": "Item"},
    ],
    "events": [
        {
            "id": "e1",
            "type": "Order Placed",
            "time": "2024-01-01T10:00:00Z",
            "attributes": [{"name": "total", "value": 19.5}, {"name": "items", "value": 2}],
            "relationships": [
                {"objectId": "o1", "qualifier": "order"},
                {"objectId": "c1", "qualifier": "buyer"},
                {"objectId": "i2", "qualifier": "item"},
                {"objectId": "i1", "qualifier": "item"},
            ],
        },
        {
            "id": "e2",
            "type": "Order Packed",
            "time": "2024-01-02T10:00:00Z",
            "attributes": [{"name": "gift", "value": True}, {"name": "due", "value": "2024-01-05T00:00:00Z"}],
            "relationships": [{"objectId": "o1", "qualifier": "order"}],
        },
    ],
}


def as_sqlite(path: Path, log: dict[str, Any]) -> Path:
    """The same log as its standard writes it in SQLite."""
    kinds = {"string": "TEXT", "integer": "INTEGER", "float": "REAL", "boolean": "BOOLEAN", "time": "TIMESTAMP"}
    with closing(sqlite3.connect(path)) as base:
        for what, types in (("event", log["eventTypes"]), ("object", log["objectTypes"])):
            base.execute(f"CREATE TABLE {what} (ocel_id TEXT, ocel_type TEXT)")
            base.execute(f"CREATE TABLE {what}_map_type (ocel_type TEXT, ocel_type_map TEXT)")
            for one in types:
                short = one["name"].replace(" ", "")
                base.execute(f"INSERT INTO {what}_map_type VALUES (?, ?)", (one["name"], short))
                columns = "".join(f', "{row["name"]}" {kinds[row["type"]]}' for row in one["attributes"])
                changed = ", ocel_changed_field TEXT" if what == "object" else ""
                base.execute(f'CREATE TABLE "{what}_{short}" (ocel_id TEXT, ocel_time TIMESTAMP{changed}{columns})')
        base.execute("CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT)")
        base.execute("CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT)")
        for name, what in (("events", "event"), ("objects", "object")):
            for one in log[name]:
                base.execute(f"INSERT INTO {what} VALUES (?, ?)", (one["id"], one["type"]))
                for to in one.get("relationships", ()):
                    row = (one["id"], to["objectId"], to["qualifier"])
                    base.execute(f"INSERT INTO {'event_object' if what == 'event' else 'object_object'} VALUES (?, ?, ?)", row)
        for one in log["events"]:
            _insert(base, f"event_{one['type'].replace(' ', '')}", one["id"], one["time"], None, one["attributes"])
        for one in log["objects"]:
            rows = one.get("attributes", [])
            first = [row for row in rows if row["time"].startswith("1970")]
            _insert(base, f"object_{one['type'].replace(' ', '')}", one["id"], "1970-01-01T00:00:00Z", None, first)
            for row in rows:
                if row not in first:
                    _insert(base, f"object_{one['type'].replace(' ', '')}", one["id"], row["time"], row["name"], [row])
        base.commit()
    return path


def _insert(base: Any, table: str, own: str, at: str, changed: str | None, attributes: Sequence[dict[str, Any]]) -> None:
    names = ["ocel_id", "ocel_time", *(["ocel_changed_field"] if changed else []), *(row["name"] for row in attributes)]
    values = [own, at.replace("T", " "), *([changed] if changed else []), *(row["value"] for row in attributes)]
    holes = ", ".join("?" * len(names))
    quoted = ", ".join(f'"{name}"' for name in names)
    base.execute(f'INSERT INTO "{table}" ({quoted}) VALUES ({holes})', values)


def as_json(path: Path, log: dict[str, Any], **options: Any) -> Path:
    path.write_text(json.dumps(log, **options), encoding="utf-8")
    return path


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return guess(as_json(tmp_path / "guessed.json", LOG), "shop.json").source


def plain(tables: dict[str, Any]) -> dict[str, list[str]]:
    """What is in the tables, whatever the order and the place in the file."""
    found = {}
    for name, table in tables.items():
        if name != "rows":
            rows = [{key: value for key, value in row.items() if key != "sequence"} for row in table.to_pylist()]
            found[name] = sorted(map(str, rows))
    return found


def test_what_the_guess_proposes(source: Source) -> None:
    about = {"type": "ocel:type", "related": "ocel:related"}
    assert source.model_dump(exclude_defaults=True, exclude={"about"}) == {
        "source": "shop",
        "format": "ocel",
        "key": ("ocel:eid",),
        "people": {"customer": "ocel:type:Customer"},
        "objects": {"order": "ocel:type:Order", "item": "ocel:type:Item"},
        "events": (
            {
                "event_column": "ocel:activity",
                "time": "ocel:timestamp",
                "properties": {
                    "objects": "ocel:objects",
                    "total": {"column": "total", "type": "number"},
                    "items": {"column": "items", "type": "number", "format": "whole"},
                    "gift": {"column": "gift", "type": "flag"},
                    "due": {"column": "due", "type": "time"},
                },
                "when": {"ocel:row": "event"},
            },
        ),
        "traits": (
            {"of": "customer", "at": "ocel:time", "properties": about},
            {
                "of": "order",
                "at": "ocel:time",
                "properties": {
                    **about,
                    "state": "Order/state",
                    "weight": {"column": "Order/weight", "type": "number", "format": "whole"},
                },
            },
            {"of": "item", "at": "ocel:time", "properties": about},
        ),
    }


def test_json_and_sqlite_give_the_same(tmp_path: Path, source: Source, whole: Whole) -> None:
    one = whole(source, as_json(tmp_path / "log.json", LOG, indent=1))
    other = whole(source, as_sqlite(tmp_path / "log.sqlite", LOG))
    packed = tmp_path / "log.json.gz"
    packed.write_bytes(gzip.compress(json.dumps(LOG).encode()))
    assert plain(one) == plain(other) == plain(whole(source, packed))
    assert "refused" not in one
    assert (one["rows"], other["rows"]) == (8, 8)
    assert one["events"].column("sequence").to_pylist() == other["events"].column("sequence").to_pylist() == [1, 2]


def test_every_relation_and_every_change_is_kept(tmp_path: Path, source: Source, whole: Whole) -> None:
    found = whole(source, as_json(tmp_path / "log.json", LOG))
    placed = found["events"].to_pylist()[0]
    assert [(one["id"], one["type"], one["qualifier"]) for one in json.loads(placed["text_objects"])] == [
        ("c1", "Customer", "buyer"),
        ("i1", "Item", "item"),
        ("i2", "Item", "item"),
        ("o1", "Order", "order"),
    ]
    assert (placed["id_customer"], placed["object_order"], placed["object_item"]) == ("c1", "o1", "i1")
    assert (placed["message_id"], placed["number_total"], placed["number_items"]) == ("Order Placed|e1", 19.5, 2.0)
    packed = found["events"].to_pylist()[1]
    assert (packed["flag_gift"], packed["time_due"].isoformat()) == (True, "2024-01-05T00:00:00+00:00")
    rows = {(row["name"], row["text"], str(row["at"])[:10]) for row in found["objects"].to_pylist() if row["value"] == "o1"}
    related = '[{"id":"i1","type":"Item","qualifier":"contains"},{"id":"i2","type":"Item","qualifier":"contains"}]'
    assert rows == {
        ("type", "Order", "None"),
        ("related", related, "None"),
        ("state", "new", "1970-01-01"),
        ("weight", "7", "1970-01-01"),
        ("state", "packed", "2024-01-02"),
    }


def test_an_event_of_several_objects_of_a_kind_is_told(tmp_path: Path, source: Source) -> None:
    says = "1 events name several objects of kind item: all are kept, but each is in the journey of the first only"
    for path in (as_json(tmp_path / "log.json", LOG), as_sqlite(tmp_path / "log.sqlite", LOG)):
        assert preview(source, path).caveats == (says,)


def test_types_that_a_source_leaves_out_are_no_refusals(tmp_path: Path, source: Source, whole: Whole) -> None:
    few = source.model_copy(update={"objects": {"order": "ocel:type:Order"}, "people": {}, "traits": source.traits[1:2]})
    found = whole(few, as_json(tmp_path / "log.json", LOG))
    assert set(found) == {"events", "objects", "rows"}
    without = few.model_copy(update={"traits": ()})
    assert set(whole(without, as_json(tmp_path / "log.json", LOG))) == {"events", "rows"}


def broken(**changed: Any) -> dict[str, Any]:
    """The log with one more event, or with other objects."""
    event = {"id": "e3", "type": "Order Placed", "time": "2024-01-03T10:00:00Z", "attributes": [], "relationships": []}
    return {**LOG, "events": [*LOG["events"], {**event, **changed}]}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"id": None}, "missing_key"),
        ({"type": None}, "missing_event"),
        ({"time": None}, "missing_time"),
        ({"time": "soon"}, "bad_time"),
        ({"attributes": [{"name": "items", "value": 1.5}]}, "bad_number"),
        ({"attributes": [{"name": "gift", "value": "perhaps"}]}, "bad_value"),
    ],
)
def test_what_is_wrong_with_an_event(tmp_path: Path, source: Source, whole: Whole, changed: Any, reason: str) -> None:
    found = whole(source, as_json(tmp_path / "log.json", broken(**changed)))
    assert len(found["events"]) == 2
    assert found["refused"].column("reason").to_pylist() == [reason]


def test_a_refused_event_is_mended(tmp_path: Path, source: Source, whole: Whole) -> None:
    found = whole(
        source, as_json(tmp_path / "log.json", broken(time="03.01.2024", relationships=LOG["events"][1]["relationships"]))
    )
    event = source.events[0].model_copy(update={"time": Time(column="ocel:timestamp", format="%d.%m.%Y")})
    mended = source.model_copy(update={"events": (event,)})
    (batch,) = repair_rows(mended, [(row["line"], row["row"]) for row in found["refused"].to_pylist()])
    table: Any = batch.tables["events"]
    assert table.select(["message_id", "object_order"]).to_pylist() == [{"message_id": "Order Placed|e3", "object_order": "o1"}]


def test_an_object_that_is_not_there_stays_a_relation(tmp_path: Path, source: Source, whole: Whole) -> None:
    log = broken(relationships=[{"objectId": "ghost", "qualifier": "of"}])
    for path in (as_json(tmp_path / "log.json", log), as_sqlite(tmp_path / "log.sqlite", log)):
        row = whole(source, path)["events"].to_pylist()[2]
        assert row["text_objects"] == '[{"id":"ghost","type":"","qualifier":"of"}]'
        assert (row["object_order"], row["id_customer"]) == (None, None)


def test_an_object_without_id_or_type_is_refused(tmp_path: Path, source: Source, whole: Whole) -> None:
    log = {**LOG, "objects": [*LOG["objects"], {"id": "x"}, {"type": "Order"}, 7]}
    refused = whole(source, as_json(tmp_path / "log.json", log))["refused"].to_pylist()
    assert [row["reason"] for row in refused] == ["missing_key", "missing_key", "malformed"]


@pytest.mark.parametrize(
    ("cut", "events"),
    [(-1, 2), (-2, 2), (-200, 1)],
)
def test_json_that_breaks_off_keeps_what_stands_before(
    tmp_path: Path, source: Source, whole: Whole, cut: int, events: int
) -> None:
    path = tmp_path / "log.json"
    path.write_text(json.dumps(LOG)[:cut])
    found = whole(source, path)
    assert len(found["events"]) == events
    (row,) = found["refused"].to_pylist()
    assert row["reason"] == "malformed"
    assert "nothing behind it was read" in row["detail"]


def test_elements_across_pieces_and_numbers_at_their_edge(tmp_path: Path, source: Source, whole: Whole) -> None:
    """However small the pieces a file is read in, the rows are the same."""
    path = as_json(tmp_path / "log.json", {"version": 123456, **LOG, "more": {"a": [1, 2]}})
    once = whole(source, path)
    for chunk in (1, 7, 64):
        assert plain(whole(source, path, limits=replace(LIMITS, chunk=chunk))) == plain(once)


def test_an_element_without_end_is_given_up(tmp_path: Path, source: Source, whole: Whole) -> None:
    path = as_json(tmp_path / "log.json", broken(attributes=[{"name": "total", "value": "9" * 50_000}]))
    found = whole(source, path, limits=replace(LIMITS, record=10_000, chunk=1_000))
    assert len(found["events"]) == 2
    assert found["refused"].column("reason").to_pylist() == ["malformed"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"eventTypes": [], "objectTypes": []}', "no OCEL 2.0 log"),
        (b'{"events": [[', "no OCEL 2.0 log"),
        (b"[]", "no OCEL 2.0 log"),
        (b"\xff\xfe\x00", "no OCEL 2.0 log"),
        (b'{"a":' + b"[" * 100_000, "no OCEL 2.0 log"),
        (b"SQLite format 3\0" + b"\0" * 200, "not an SQLite file that can be read"),
        (b"SQLite format 3\0", "not an SQLite file that can be read"),
    ],
)
def test_what_is_no_log_is_refused_whole(tmp_path: Path, source: Source, content: bytes, says: str) -> None:
    path = tmp_path / "log"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=says):
        list(read(source, path, "UTC"))


def test_a_log_of_the_first_version_is_named(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonocel"
    path.write_text('{\n"ocel:global-log": {"ocel:version": "1.0"},\n"ocel:events": {}}')
    with pytest.raises(BadInput) as caught:
        guess(path, path.name)
    assert caught.value.hint == "it is an OCEL log of the first version: save it as OCEL 2.0"


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE event",
        "ALTER TABLE event RENAME TO held; CREATE VIEW event AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
        "SELECT i AS ocel_id, 'x' AS ocel_type FROM n",
        "DROP TABLE object_map_type",
        "ALTER TABLE event RENAME COLUMN ocel_id TO id",
    ],
)
def test_an_sqlite_file_that_is_another_or_hostile(tmp_path: Path, source: Source, statement: str) -> None:
    path = as_sqlite(tmp_path / "log.sqlite", LOG)
    with closing(sqlite3.connect(path)) as base:
        base.executescript(statement)
    with pytest.raises(BadInput):
        list(read(source, path, "UTC"))


def test_an_sqlite_file_torn_anywhere_is_read_or_refused(tmp_path: Path, source: Source) -> None:
    whole_file = as_sqlite(tmp_path / "log.sqlite", LOG).read_bytes()
    path = tmp_path / "torn.sqlite"
    outcomes = set()
    for place in range(100, len(whole_file), 3_989):
        for torn in (whole_file[:place], whole_file[:place] + b"\xff" * 40 + whole_file[place + 40 :]):
            path.write_bytes(torn)
            try:
                list(read(source, path, "UTC"))
                outcomes.add("read")
            except BadInput:
                outcomes.add("refused")
    assert outcomes == {"read", "refused"}


def test_a_table_that_is_missing_leaves_its_events_without_time(tmp_path: Path, source: Source, whole: Whole) -> None:
    path = as_sqlite(tmp_path / "log.sqlite", LOG)
    with closing(sqlite3.connect(path)) as base:
        base.executescript("DROP TABLE event_OrderPacked; DELETE FROM event_OrderPlaced")
    few = source.model_copy(update={"events": (source.events[0].model_copy(update={"properties": {"objects": "ocel:objects"}}),)})
    refused = whole(few, path)["refused"]
    assert refused.column("reason").to_pylist() == ["missing_time", "missing_time"]


def test_bytes_that_are_no_text_cost_their_row(tmp_path: Path, source: Source, whole: Whole) -> None:
    path = as_sqlite(tmp_path / "log.sqlite", LOG)
    with closing(sqlite3.connect(path)) as base:
        base.execute("UPDATE object_Order SET state = CAST(x'ff41' AS TEXT) WHERE ocel_changed_field IS NOT NULL")
        base.commit()
    found = whole(source, path)
    assert found["refused"].column("reason").to_pylist() == ["encoding"]
    assert len(found["events"]) == 2


def test_the_file_is_only_read(tmp_path: Path, source: Source) -> None:
    path = as_sqlite(tmp_path / "log.sqlite", LOG)
    before = path.read_bytes()
    path.chmod(0o400)
    list(read(source, path, "UTC"))
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("log")] == ["log.sqlite"]
