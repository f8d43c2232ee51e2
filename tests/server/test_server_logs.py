"""Event logs through the browser's door: dropped, guessed, previewed, imported, and taken along again."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from door import Door, error
from shop import empty, full

from desirelines.workspace import Workspace

K = "/api/w/kiosk"
LOG = """<log><trace><string key="concept:name" value="T1"/><string key="priority" value="high"/>
<event><string key="concept:name" value="Opened"/><date key="time:timestamp" value="2024-01-01T10:00:00Z"/></event>
<event><string key="concept:name" value="Closed"/></event></trace></log>"""
OBJECTS: dict[str, Any] = {
    "eventTypes": [{"name": "Paid", "attributes": []}],
    "objectTypes": [{"name": "Order", "attributes": []}],
    "events": [
        {"id": "e1", "type": "Paid", "time": "2024-01-01T10:00:00Z", "relationships": [{"objectId": "o1", "qualifier": "for"}]}
    ],
    "objects": [{"id": "o1", "type": "Order"}],
}


@pytest.fixture
def kiosk(tmp_path: Path) -> tuple[Door, Workspace]:
    home, workspace = empty(tmp_path)
    return Door(home), workspace


@pytest.mark.parametrize(
    ("name", "content", "format_", "accepted", "refused"),
    [
        ("support.xes", LOG.encode(), "xes", 1, {"missing_time": 1}),
        ("support.xes.gz", gzip.compress(LOG.encode()), "xes", 1, {"missing_time": 1}),
        ("shop.jsonocel", json.dumps(OBJECTS).encode(), "ocel", 1, {}),
    ],
)
def test_a_log_dropped_and_looked_at(
    kiosk: tuple[Door, Workspace], name: str, content: bytes, format_: str, accepted: int, refused: dict[str, int]
) -> None:
    door, workspace = kiosk
    found = door.drop("kiosk", name, content).json()
    assert found["guess"]["source"]["format"] == format_
    assert found["file"].endswith(name.partition(".")[2])
    shown = door.post(f"{K}/collect/preview", {"file": found["file"], "source": found["guess"]["source"]}).json()
    assert (shown["would"]["accepted"], shown["would"]["refused"]) == (accepted, refused)
    workspace.save_source_data(found["guess"]["source"])
    receipt = workspace.import_file(found["guess"]["source"]["source"], workspace.uploads.path(found["file"]))
    assert (receipt.accepted, dict(receipt.refused)) == (accepted, refused)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.xes", b'<!DOCTYPE log [<!ENTITY a "aaaa">]><log>&a;</log>'),
        ("page.xml", b"<?xml version='1.0'?><html/>"),
        ("old.jsonocel", b'{"ocel:global-log": {},\n"ocel:events": {}}'),
        ("other.sqlite", b"SQLite format 3\0 and no more"),
    ],
)
def test_what_is_no_log_is_refused_and_not_kept(kiosk: tuple[Door, Workspace], name: str, content: bytes) -> None:
    door, workspace = kiosk
    answer = door.drop("kiosk", name, content)
    assert (answer.status_code, error(answer)["code"]) == (422, "bad_input")
    assert list((workspace.folder / "uploads").iterdir()) == []


def test_a_log_is_taken_along(tmp_path: Path) -> None:
    door = Door(full(tmp_path)[0])
    before = set(Path(tempfile.gettempdir()).glob("desirelines-log-*"))
    answer = door.get(f"{K}/collect/log")
    assert answer.headers["content-disposition"] == 'attachment; filename="kiosk.xes.gz"'
    assert gzip.decompress(answer.content).count(b"<trace>") == 4
    orders = door.get(f"{K}/collect/log", subject="order", segment="did:Rated")
    assert gzip.decompress(orders.content).count(b"<trace>") == 2
    log = door.json(f"{K}/collect/log", format="ocel-json")
    assert (len(log["events"]), len(log["objects"])) == (12, 10)
    assert door.get(f"{K}/collect/log", format="ocel-sqlite").content.startswith(b"SQLite format 3\0")
    for asked in ({"format": "csv"}, {"subject": "parcel"}, {"segment": "did:"}, {"format": "ocel-json", "subject": "order"}):
        assert door.get(f"{K}/collect/log", **asked).status_code == 422, asked
    assert set(Path(tempfile.gettempdir()).glob("desirelines-log-*")) == before
