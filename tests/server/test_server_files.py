"""Files dropped in the browser, and names that would be markup, formulas or paths elsewhere."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from door import Door, error
from openpyxl import Workbook
from shop import PLAN, ROWS, empty, written

from desirelines.home import Home
from desirelines.settings import Settings
from desirelines.workspace import Workspace

K = "/api/w/kiosk"
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=HYPERLINK(1)",
    "+1",
    "-1+1",
    "@SUM(1)",
    "{{7*7}}",
    "' OR 1=1",
]


@pytest.fixture
def kiosk(tmp_path: Path) -> tuple[Door, Workspace]:
    home, workspace = empty(tmp_path)
    return Door(home), workspace


@pytest.mark.parametrize(
    "name",
    ["../../../x.csv", "..\\..\\x.csv", "/etc/cron.d/x.csv", "CON.csv", "a\0b.csv", ".csv", "x.csv/..", "é\u202egpj.csv"],
)
def test_no_given_name_is_ever_a_path(kiosk: tuple[Door, Workspace], name: str) -> None:
    door, workspace = kiosk
    before = {path for path in workspace.folder.parent.parent.rglob("*") if path.is_file()}
    answer = door.drop("kiosk", name, ROWS.encode())
    assert answer.status_code == 200
    found = answer.json()
    kept = workspace.folder / "uploads" / found["file"]
    assert kept.read_text() == ROWS
    assert found["size"] == len(ROWS)
    assert {path for path in workspace.folder.parent.parent.rglob("*") if path.is_file()} - before == {kept}
    assert all(char in "0123456789abcdef.csv" for char in found["file"])


def test_a_name_longer_than_any_header_is_bad_input(kiosk: tuple[Door, Workspace]) -> None:
    answer = kiosk[0].drop("kiosk", "a" * 5000 + ".csv", ROWS.encode())
    assert (answer.status_code, error(answer)["code"]) == (400, "bad_input")


@pytest.mark.parametrize("name", ["../workspace.db", "..", ".", "", "workspace.db", "a\0", "..\\workspace.db", "/etc/passwd"])
def test_only_a_dropped_file_can_be_imported(kiosk: tuple[Door, Workspace], name: str) -> None:
    answer = kiosk[0].post(f"{K}/collect/imports", {"file": name, "source": {"source": "a", "format": "csv"}})
    assert (answer.status_code, error(answer)["code"]) == (404, "not_found")


def test_what_a_dropped_file_seems_to_be(kiosk: tuple[Door, Workspace]) -> None:
    found = kiosk[0].drop("kiosk", "shop.csv", ROWS.encode()).json()
    assert found["name"] == "shop.csv"
    assert found["guess"]["source"]["format"] == "csv"
    assert [column["name"] for column in found["guess"]["columns"]] == [
        "order",
        "customer",
        "mail",
        "kind",
        "when",
        "score",
        "shop",
    ]


def bomb(megabytes: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("xl/worksheets/sheet1.xml", b"\0" * (megabytes << 20))
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("zeros.csv", b"\0" * 1000),
        ("none.xlsx", b"PK\x03\x04 not a workbook at all"),
        ("none.xlsx", b"a,b\n1,2\n"),
        ("none.parquet", b"PAR1 but no more"),
        ("bomb.xlsx", bomb(600)),
        ("none.csv.gz", b"\x1f\x8b but no more"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
    ],
)
def test_a_file_that_is_none_is_refused_and_not_kept(kiosk: tuple[Door, Workspace], name: str, content: bytes) -> None:
    door, workspace = kiosk
    answer = door.drop("kiosk", name, content)
    if answer.status_code == 200:  # read as a table of one column: then an import refuses its rows
        assert name.endswith(".csv") or content.startswith(b"a,b")
        return
    assert answer.status_code in (413, 422), answer.text
    assert error(answer)["message"]
    assert list((workspace.folder / "uploads").iterdir()) == []


def test_ten_megabytes_of_one_line_are_answered(kiosk: tuple[Door, Workspace]) -> None:
    answer = kiosk[0].drop("kiosk", "line.csv", b"a" * 10_000_000)
    assert answer.status_code in (200, 413, 422)


def test_a_small_file_that_unpacks_to_much_is_read_in_pieces(kiosk: tuple[Door, Workspace]) -> None:
    answer = kiosk[0].drop("kiosk", "rows.csv.gz", gzip.compress(b"a,b\n" + b"1,2\n" * 5_000_000))
    assert answer.status_code in (200, 413, 422)


@pytest.fixture
def small(tmp_path: Path) -> tuple[Door, Workspace]:
    settings = replace(Settings(), home=tmp_path / "home", upload_max_bytes=100_000)
    home = Home(settings.home, settings)
    return Door(home), home.create("kiosk", "Kiosk")


def test_a_file_beyond_the_limit_is_too_large_and_leaves_nothing(small: tuple[Door, Workspace]) -> None:
    door, workspace = small
    assert door.drop("kiosk", "a.csv", b"a,b\n" * 24_000).status_code == 200
    answer = door.drop("kiosk", "a.csv", b"a,b\n" * 26_000)
    assert (answer.status_code, error(answer)["code"]) == (413, "too_large")
    assert error(answer)["hint"]
    assert len(list((workspace.folder / "uploads").iterdir())) == 1


def test_a_body_beyond_every_limit_is_cut_off_while_it_comes(small: tuple[Door, Workspace]) -> None:
    answer = small[0].drop("kiosk", "a.csv", b"a,b\n" * 500_000)
    assert (answer.status_code, error(answer)["code"]) == (413, "too_large")
    answer = small[0].post(f"{K}/plan/import", {"yaml": "x" * 17_000_000})
    assert (answer.status_code, error(answer)["code"]) == (413, "too_large")


def test_a_form_without_a_file_is_bad_input(kiosk: tuple[Door, Workspace]) -> None:
    for given in ({"data": {"file": "words"}}, {"files": {"other": ("a.csv", b"a")}}, {}):
        answer = kiosk[0].ask("POST", f"{K}/collect/files", **given)
        assert (answer.status_code, error(answer)["code"]) == (422, "bad_input")


def test_a_workbook_is_previewed(kiosk: tuple[Door, Workspace]) -> None:
    book, held = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in csv.reader(io.StringIO(ROWS)):
        sheet.append(row)
    book.save(held)
    found = kiosk[0].drop("kiosk", "shop.xlsx", held.getvalue()).json()
    assert found["guess"]["source"]["format"] == "xlsx"
    source = {
        "source": "shop",
        "format": "xlsx",
        "people": {"customer": "customer"},
        "events": [{"event_column": "kind", "time": {"column": "when", "format": "%Y-%m-%d %H:%M:%S"}}],
    }
    shown = kiosk[0].post(f"{K}/collect/preview", {"file": found["file"], "source": source}).json()
    assert (shown["would"]["read"], shown["would"]["accepted"], shown["would"]["refused"]) == (
        14,
        12,
        {"bad_time": 1, "missing_time": 1},
    )


def nasty(payload: str) -> str:
    cell = '"' + payload.replace('"', '""') + '"'
    good = f"1,{cell},,{cell},2024-03-01 09:00:00,,{cell}\n"
    return f"order,customer,mail,kind,when,score,shop\n{good}2,{cell},,{cell},{cell},,{cell}\n"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_and_formulas_stay_text(kiosk: tuple[Door, Workspace], payload: str) -> None:
    door, workspace = kiosk
    place = workspace.folder / "given"
    source = (place / "shop.yaml").as_posix()
    written(place, "shop.yaml", SOURCE_ANY)
    assert workspace.adopt_source(Path(source)) == "shop"
    workspace.import_file("shop", written(place, "shop.csv", nasty(payload)))
    workspace.import_plan(PLAN, "plan.yaml")
    workspace.publish_draft(0, payload)
    assert [row["event"] for row in door.json(f"{K}/map/seen")] == [payload]
    assert door.json(f"{K}/trace/customers")["customers"][0]["label"] == payload
    assert door.json(f"{K}/plan/versions")[0]["note"] == payload
    assert door.json(f"{K}/trace/transitions")["nodes"] == {payload: 1}
    answer = door.get(f"{K}/collect/refused.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="refused.csv"'
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert len(rows) == 2
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))] == []
    assert payload in rows[1][4]


SOURCE_ANY = """\
source: shop
format: csv
people: {customer: customer}
events:
  - event_column: kind
    time: {column: when, format: "%Y-%m-%d %H:%M:%S"}
    channel_column: shop
"""
