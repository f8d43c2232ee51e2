"""Logs out: what came from a log returns to it as it was, and what came from elsewhere is said as well as a log can say it."""

from __future__ import annotations

import json
import sqlite3
import xml.etree.ElementTree as tree
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from shop import empty, full, written

from desirelines.collect import guess
from desirelines.errors import BadInput
from desirelines.home import Home
from desirelines.settings import Settings
from desirelines.workspace import LogFormat, Workspace

XES = "{http://www.xes-standard.org/}"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return full(tmp_path_factory.mktemp("shop"))[1]


def cases(path: Path) -> dict[str, list[dict[str, tuple[str, str]]]]:
    """Case to its events: attribute to type and value. The case's own attributes stand first."""
    found = {}
    for trace in tree.parse(path).getroot().iter(f"{XES}trace"):
        own = _attributes(trace)
        found[own["concept:name"][1]] = [own, *map(_attributes, trace.iter(f"{XES}event"))]
    return found


def _attributes(element: Any) -> dict[str, tuple[str, str]]:
    return {one.get("key"): (one.tag.removeprefix(XES), one.get("value", "")) for one in element if one.get("key")}


def test_customers_as_cases(shop: Workspace, tmp_path: Path) -> None:
    out = shop.export(tmp_path / "shop.xes", "xes")
    assert (out.cases, out.events, out.notes) == (4, 12, ())
    found = cases(tmp_path / "shop.xes")
    assert list(map(len, (found[name] for name in ("ann", "ben", "cem", "dea")))) == [5, 5, 3, 3]
    assert found["ann"][0] == {"concept:name": ("string", "ann")}
    assert found["ann"][1] == {
        "concept:name": ("string", "Visited"), "time:timestamp": ("date", "2024-03-01T08:00:00.000+00:00"),
        "channel": ("string", "web"), "email": ("string", "ann@example.org"), "order": ("string", "1"),
    }  # fmt: skip
    assert found["ann"][4]["score"] == ("float", "5.0")


def test_objects_as_cases_and_some_customers_only(shop: Workspace, tmp_path: Path) -> None:
    out = shop.export(tmp_path / "orders.xes", "xes", "order")
    assert (out.cases, out.events) == (4, 12)
    assert cases(tmp_path / "orders.xes")["3"][2]["customer"] == ("string", "cem")
    some = shop.export(tmp_path / "some.xes", "xes", segment="did:Rated")
    assert (some.cases, some.events) == (2, 8)
    assert set(cases(tmp_path / "some.xes")) == {"ann", "ben"}


def test_everything_as_objects(shop: Workspace, tmp_path: Path) -> None:
    out = shop.export(tmp_path / "shop.json", "ocel-json")
    log: dict[str, Any] = json.loads((tmp_path / "shop.json").read_text())
    assert (out.events, out.objects) == (len(log["events"]), len(log["objects"])) == (12, 10)
    assert [one["name"] for one in log["objectTypes"]] == ["customer", "email", "order"]
    types = {one["name"]: {row["name"]: row["type"] for row in one["attributes"]} for one in log["eventTypes"]}
    assert types["Rated"] == {"channel": "string", "score": "float"}
    first = log["events"][0]
    assert (first["type"], first["time"]) == ("Visited", "2024-03-01T08:00:00Z")
    assert first["relationships"] == [
        {"objectId": "ann", "qualifier": "customer"},
        {"objectId": "ann@example.org", "qualifier": "email"},
        {"objectId": "1", "qualifier": "order"},
    ]
    ann = next(one for one in log["objects"] if one["id"] == "ann")
    assert ann["relationships"] == [{"objectId": "ann@example.org", "qualifier": "same person"}]
    assert len({one["id"] for one in log["events"]}) == 12


def test_ids_of_two_kinds_that_meet_say_their_kind(tmp_path: Path) -> None:
    _, workspace = empty(tmp_path)
    source = (
        "source: till\nformat: csv\nkey: [o]\npeople: {customer: c}\nobjects: {order: o}\nevents: [{event: Bought, time: t}]\n"
    )
    workspace.adopt_source(written(tmp_path, "till.yaml", source))
    workspace.import_file("till", written(tmp_path, "till.csv", "o,c,t\n1,1,2024-01-01\n2,,2024-01-02\n"))
    workspace.export(tmp_path / "out.json", "ocel-json")
    log = json.loads((tmp_path / "out.json").read_text())
    assert {one["id"]: one["type"] for one in log["objects"]} == {
        "customer:1": "customer",
        "order:1": "order",
        "order:2": "order",
    }
    assert [one["id"] for one in log["events"]] == ["till:Bought|1", "till:Bought|2"]
    out = workspace.export(tmp_path / "out.xes", "xes")
    assert (out.cases, out.notes) == (1, ("1 events name nobody who is known and are not in the log",))


@pytest.mark.parametrize("form", ["xes", "ocel-json", "ocel-sqlite"])
def test_never_over_a_file_that_is_there(shop: Workspace, tmp_path: Path, form: LogFormat) -> None:
    there = written(tmp_path, "there", "mine")
    with pytest.raises(BadInput, match="is already there"):
        shop.export(there, form)
    with pytest.raises(BadInput, match="cannot be written"):
        shop.export(tmp_path / "nowhere" / "out", form)
    assert [one.read_text() for one in tmp_path.iterdir()] == ["mine"]


def test_what_cannot_be_asked(shop: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no event names an object of kind 'parcel'"):
        shop.export(tmp_path / "out.xes", "xes", "parcel")
    for subject, segment in (("order", ""), ("customer", "did:Rated")):
        with pytest.raises(BadInput, match="no subject and no segment"):
            shop.export(tmp_path / "out.json", "ocel-json", subject, segment)
    assert list(tmp_path.iterdir()) == []


def home(folder: Path) -> Home:
    return Home(folder, Settings())


def brought(folder: Path, name: str, path: Path, like: Workspace | None = None) -> Workspace:
    """A log imported as it is guessed, or through another workspace's source; nothing is refused."""
    workspace = home(folder).create(name, name, "UTC")
    source = like.source("log") if like else guess(path, "log").source
    workspace.save_source_data(source.model_dump(mode="json"))
    assert workspace.import_file("log", path).refused == {}
    return workspace


RICH = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/">
  <classifier name="both" keys="concept:name lifecycle:transition"/>
  <trace>
    <string key="concept:name" value="=1+1 &lt;b&gt; &quot;q&quot; &amp; &#10; é"/>
    <string key="priority" value="high"/><int key="age" value="12"/><boolean key="vip" value="true"/>
    <date key="since" value="2020-01-01T00:00:00.123456Z"/><id key="identity:id" value="case-1"/>
    <event>
      <string key="concept:name" value="@A"/><date key="time:timestamp" value="2024-01-01T10:00:00.5+02:00"/>
      <int key="n" value="1"/><int key="big" value="99999999999999999999"/><float key="f" value="1.5e3"/>
      <boolean key="ok" value="false"/><id key="ref" value="0007"/><date key="due" value="1969-12-31T23:59:59Z"/>
      <string key="channel" value="web"/><string key="lifecycle:transition" value="start"/>
      <string key="cost:driver" value="d"><float key="amount" value="2.5"><string key="unit" value="EUR"/></float></string>
      <list key="items"><values><string key="item" value="a"/><string key="item" value="a"/></values></list>
      <container key="box"><int key="side" value="3"/></container>
    </event>
    <event><string key="concept:name" value="B"/><date key="time:timestamp" value="2024-01-01T08:00:00.5Z"/></event>
    <event><string key="concept:name" value="B"/><date key="time:timestamp" value="2024-01-01T08:00:00.5Z"/></event>
    <event><string key="concept:name" value="A"/><date key="time:timestamp" value="2024-01-01T08:00:00.5Z"/></event>
  </trace>
  <trace><string key="concept:name" value="nothing happened"/><string key="priority" value="low"/></trace>
</log>
"""


def lake(workspace: Workspace) -> dict[str, list[str]]:
    """All that is in the lake but the place in the file."""
    found = {}
    for table in ("events", "traits", "objects"):
        rows = workspace.snapshot().sql(f"SELECT * FROM {table}").to_pylist()
        place = ("sequence", "file_index", "row_index")
        found[table] = sorted(str({key: value for key, value in row.items() if key not in place}) for row in rows)
    return found


def test_every_type_of_a_xes_log_returns(tmp_path: Path) -> None:
    given = written(tmp_path, "log.xes", RICH)
    first = brought(tmp_path / "one", "one", given)
    out = tmp_path / "out.xes"
    assert (first.export(out, "xes").cases, first.snapshot().count("events")) == (2, 4)
    one, other = cases(given), cases(out)
    assert one.keys() == other.keys()
    rich = next(name for name in one if "1+1" in name)
    assert {key: kind for key, (kind, _) in other[rich][0].items()} == {key: kind for key, (kind, _) in one[rich][0].items()}
    assert {key: kind for key, (kind, _) in other[rich][1].items()} == {key: kind for key, (kind, _) in one[rich][1].items()}
    assert [row["concept:name"][1] for row in other[rich][1:]] == ["@A", "B", "B", "A"]
    below = [tree.tostring(node, encoding="unicode") for path in (given, out) for node in _nested(path)]
    assert below[: len(below) // 2] == below[len(below) // 2 :] != []
    second = brought(tmp_path / "two", "two", out, like=first)
    assert lake(second) == lake(first)
    again = first.import_file("log", out)
    assert (again.accepted, again.duplicate, again.traits) == (0, 4, 0)


def _nested(path: Path) -> list[Any]:
    """The attributes of events that have others under them, without the blanks between them."""
    found = [one for event in tree.parse(path).getroot().iter(f"{XES}event") for one in event if len(one)]
    for node in found:
        for part in node.iter():
            part.text = part.tail = None
    return sorted(found, key=lambda one: one.get("key"))


OBJECTS: dict[str, Any] = {
    "objectTypes": [
        {"name": "Customer", "attributes": []},
        {"name": "Line Item", "attributes": [{"name": "price", "type": "float"}, {"name": "Price", "type": "string"}]},
    ],
    "eventTypes": [
        {
            "name": "Pay|by \\ card",
            "attributes": [
                {"name": "n", "type": "integer"}, {"name": "total", "type": "float"}, {"name": "ok", "type": "boolean"},
                {"name": "due", "type": "time"}, {"name": "=note", "type": "string"},
            ],
        }
    ],
    "objects": [
        {"id": "c|1", "type": "Customer", "attributes": [], "relationships": []},
        {
            "id": "i1", "type": "Line Item",
            "attributes": [
                {"name": "Price", "time": "1970-01-01T00:00:00Z", "value": "dear"},
                {"name": "price", "time": "1970-01-01T00:00:00Z", "value": 2.5},
                {"name": "price", "time": "2024-01-02T00:00:00.250000Z", "value": 3.0},
            ],
            "relationships": [{"objectId": "c|1", "qualifier": "of"}, {"objectId": "c|1", "qualifier": "paid by"}],
        },
        {"id": "i2", "type": "Line Item", "attributes": [], "relationships": []},
    ],
    "events": [
        {
            "id": "e\\|1", "type": "Pay|by \\ card", "time": "2024-01-01T10:00:00.125000Z",
            "attributes": [
                {"name": "n", "value": 7}, {"name": "total", "value": 0.1}, {"name": "ok", "value": False},
                {"name": "due", "value": "2024-02-01T00:00:00Z"}, {"name": "=note", "value": "=1+1 <b> \"q\" 'x' é"},
            ],
            "relationships": [
                {"objectId": "c|1", "qualifier": ""},
                {"objectId": "i1", "qualifier": "item"}, {"objectId": "i2", "qualifier": "item"},
            ],
        },
        {"id": "e2", "type": "Pay|by \\ card", "time": "2024-01-01T10:00:00.125000Z", "attributes": [], "relationships": []},
    ],
}  # fmt: skip


def ordered(log: Any) -> Any:
    """A log in which the order of lists means nothing."""
    if isinstance(log, dict):
        return {key: ordered(value) for key, value in log.items()}
    return sorted((ordered(one) for one in log), key=str) if isinstance(log, list) else log


def test_every_type_and_relation_of_an_ocel_log_returns(tmp_path: Path) -> None:
    given = written(tmp_path, "log.json", json.dumps(OBJECTS))
    first = brought(tmp_path / "one", "one", given)
    first.export(tmp_path / "out.json", "ocel-json")
    assert ordered(json.loads((tmp_path / "out.json").read_text())) == ordered(OBJECTS)
    out = first.export(tmp_path / "out.sqlite", "ocel-sqlite")
    assert (out.events, out.objects, out.relations) == (2, 3, 5)
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = base.execute("SELECT ocel_changed_field, price, Price_2 FROM object_LineItem WHERE ocel_id = 'i1'").fetchall()
        assert rows == [(None, 2.5, "dear"), ("price", 3.0, None)] or rows == [(None, "dear", 2.5), ("Price_2", None, 3.0)]
        assert base.execute("SELECT ocel_id, n, ok FROM event_Paybycard ORDER BY 1").fetchall() == [
            ("e2", None, None),
            ("e\\|1", 7, 0),
        ]
    second = brought(tmp_path / "two", "two", tmp_path / "out.json", like=first)
    assert lake(second) == lake(first)
    again = first.import_file("log", tmp_path / "out.json")
    assert (again.accepted, again.duplicate, again.objects, again.traits) == (0, 2, 0, 0)
