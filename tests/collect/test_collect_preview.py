"""A preview says what the import does; a guess can be previewed; refused rows can be run again."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.collect import Limits, check_source, guess, preview, read, read_source, repair_rows
from desirelines.errors import BadInput

SHOP = """
source: shop
format: csv
key: [id]
people: {customer: who}
objects: {order: id}
events:
  - event: Placed
    time: placed
    properties: {amount: {column: amount, type: money, currency: EUR}}
  - event: Paid
    time: paid
"""
CELL = st.sampled_from(["", "1", "x", "2020-01-01", "2020-13-01", "3.5", "\x01", "a,b", '"', "\n"])


def imported(source: Any, path: Path) -> tuple[int, int, Counter[str]]:
    rows = events = 0
    refused: Counter[str] = Counter()
    for batch in read(source, path, "UTC"):
        tables: dict[str, Any] = dict(batch.tables)
        rows += batch.rows
        events += len(tables.get("events", ()))
        refused.update(tables["refused"].column("reason").to_pylist() if "refused" in tables else [])
    return rows, events, refused


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(CELL, min_size=4, max_size=6), max_size=30))
def test_a_preview_agrees_with_the_import(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("preview") / "shop.csv"
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    path.write_text("\n".join(["id,who,placed,paid,amount", *quoted]), encoding="utf-8")
    source = read_source(SHOP)
    shown = preview(source, path, rows=1_000)
    assert (shown.would.read, shown.would.accepted, Counter(shown.would.refused)) == imported(source, path)
    assert len(shown.rows) == shown.would.read
    assert sum(len(row.events) for row in shown.rows) == shown.would.accepted
    assert Counter(one.reason for row in shown.rows for one in row.refused) == Counter(shown.would.refused)
    json.dumps(asdict(shown))


def test_a_preview_shows_rows_as_they_would_be(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(
        "id,who,placed,paid,amount\n7,ann,2020-01-01,2020-01-02 10:00,12.5\n8,bo,soon,2020-01-02,1\nhalf\n" + "9,c,,,\n" * 50
    )
    shown = asdict(preview(read_source(SHOP), path, "Europe/Berlin", rows=3))
    assert shown["rows"][0]["events"][0] == {
        "event": "Placed", "at": "2019-12-31T23:00:00Z", "channel": None, "people": {"customer": "ann"},
        "objects": {"order": "7"},
        "properties": {"amount": "12.5 EUR"}, "message_id": "Placed|7",
    }  # fmt: skip
    assert [row["line"] for row in shown["rows"]] == [2, 3, 4]
    assert shown["rows"][1]["refused"] == (
        {"reason": "bad_time", "detail": "`placed` does not read as iso: `soon`", "event": "Placed"},
    )
    assert shown["rows"][2]["refused"] == ({"reason": "malformed", "detail": "1 cells instead of 5", "event": None},)
    assert shown["would"] == {"read": 53, "accepted": 3, "refused": {"bad_time": 1, "malformed": 1, "empty": 50}, "others": {}}
    assert read_source(shown["yaml"]) == read_source(SHOP)


def test_a_preview_counts_only_the_first_rows(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text("id,who,placed,paid,amount\n" + "7,ann,2020-01-01,,1\nhalf\n" * 500)
    shown = preview(read_source(SHOP), path, limits=Limits(sample_rows=101, chunk=300))
    assert (shown.would.read, shown.would.accepted, shown.would.refused) == (101, 51, {"malformed": 50})


def refused(source: Any, path: Path) -> list[tuple[int, str]]:
    tables = [dict(batch.tables).get("refused") for batch in read(source, path, "UTC")]
    rows: list[dict[str, Any]] = [row for table in tables if table is not None for row in table.to_pylist()]  # type: ignore[attr-defined]
    return [(row["line"], row["row"]) for row in rows]


def again(yaml: str, rows: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    events, left = [], []
    for batch in repair_rows(read_source(yaml), rows):
        tables: dict[str, Any] = dict(batch.tables)
        assert batch.rows == len(rows)
        events += [(row["sequence"], row["event"]) for row in tables["events"].to_pylist()] if "events" in tables else []
        left += [(row["line"], row["reason"]) for row in tables["refused"].to_pylist()] if "refused" in tables else []
    return events, left


def test_refused_rows_run_again_under_a_mended_source(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(
        'id,who,placed,paid,amount,other\n7,"a ""b"",\nc",01/02/2020,,1,x\n8,ann,never,,1,2020-01-01\n', encoding="utf-8"
    )
    rows = refused(read_source(SHOP), path)
    assert json.loads(rows[0][1]) == {
        "id": "7",
        "who": 'a "b",\nc',
        "placed": "01/02/2020",
        "paid": "",
        "amount": "1",
        "other": "x",
    }
    mended = SHOP.replace("time: placed", 'time: {column: placed, format: "%d/%m/%Y"}')
    assert again(mended, rows) == ([(2, "Placed")], [(4, "bad_time")])
    assert again(SHOP.replace("time: placed", "time: other"), rows) == ([(4, "Placed")], [(2, "bad_time")])


def test_a_row_with_two_refusals_is_run_again_once(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text("id,who,placed,paid,amount\n8,ann,1/2/2020,1/3/2020,1\n8,ann,1/2/2020,1/3/2020,1\n")
    rows = refused(read_source(SHOP), path)
    assert [line for line, _ in rows] == [2, 2, 3, 3]
    yaml = SHOP
    for name in ("placed", "paid"):
        yaml = yaml.replace(f"time: {name}", f'time: {{column: {name}, format: "%m/%d/%Y"}}')
    (batch,) = repair_rows(read_source(yaml), rows)
    assert batch.rows == 2
    assert len(dict(batch.tables)["events"]) == 4  # type: ignore[arg-type]


def test_a_mended_source_that_names_what_the_row_lacks(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text("id,who,placed,paid,amount\n8,ann,never,,1\n")
    rows = refused(read_source(SHOP), path)
    assert again(SHOP.replace("time: placed", "time: gone\n    blank_time: refuse"), rows) == ([], [(2, "missing_column")])


def test_bytes_run_again_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_bytes("id,who,placed,paid,amount\n8,José,2020-01-01,,1\n".encode("latin-1"))
    rows = refused(read_source(SHOP), path)
    assert again(SHOP, rows) == ([], [(2, "encoding")])
    assert again(SHOP.replace("key: [id]", "key: [id]\noptions: {encoding: latin-1}"), rows) == ([(2, "Placed")], [])


def test_rows_that_cannot_be_split_stay_refused_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text('id,who,placed,paid,amount\n8,ann\n9,"open\n')
    rows = refused(read_source(SHOP), path)
    stored = []
    for batch in repair_rows(read_source(SHOP), [*rows, (9, "no json"), (10, "[1]")]):
        stored += [(row["line"], row["row"]) for row in dict(batch.tables)["refused"].to_pylist()]  # type: ignore[attr-defined]
    assert stored[:2] == rows
    assert len(stored) == 4


def test_json_lines_and_typed_rows_run_again(tmp_path: Path) -> None:
    yaml = SHOP.replace("format: csv", "format: jsonl")
    path = tmp_path / "shop.jsonl"
    path.write_text('{"id":12345678901234567890,"placed":"01/02/2020","amount":1.10}\nbroken\n')
    rows = refused(read_source(yaml), path)
    mended = yaml.replace("time: placed", 'time: {column: placed, format: "%d/%m/%Y"}')
    assert again(mended, rows) == ([(1, "Placed")], [(2, "malformed")])


def written(tmp_path: Path, text: str | bytes, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_guess_of_orders(tmp_path: Path) -> None:
    rows = [
        f"o{day};a{day}@b.de;{day + 1:02d}/{day % 12 + 1:02d}/2020 10:00;{day},50;EUR;{day % 2};{'web' if day % 2 else 'app'}"
        for day in range(28)
    ]
    text = "\n".join(["order_id;customer_email;ordered_at;total;currency;vip;channel", *rows])
    found = guess(written(tmp_path, text, "x"), "Orders 2020.csv")
    looks = {one.name: one.looks_like for one in found.columns}
    assert looks == {
        "order_id": "object", "customer_email": "person", "ordered_at": "time", "total": "money", "currency": "currency",
        "vip": "flag", "channel": "channel",
    }  # fmt: skip
    source = found.source
    assert (source.source, source.format, source.options.delimiter, source.options.decimal) == ("orders_2020", "csv", ";", ",")
    assert (source.key, source.people, source.objects) == (
        ("order_id",),
        {"customer_email": "customer_email"},
        {"order": "order_id"},
    )
    event = source.events[0]
    assert (event.event, event.channel_column) == ("Ordered", "channel")
    assert not isinstance(event.time, str)
    assert event.time.format == "%d/%m/%Y %H:%M"
    assert found.columns[2].note == ""
    assert read_source(found.yaml) == source
    assert preview(source, tmp_path / "x").would.accepted == 28


def test_day_and_month_that_cannot_be_told_are_said(tmp_path: Path) -> None:
    found = guess(written(tmp_path, "user_id,at\n1,03/04/2020\n2,05/06/2020\n", "a.csv"), "a.csv")
    assert found.columns[1].note == "no value tells whether the day or the month comes first: day before month is assumed"
    assert any("day before month" in note for note in found.notes)
    month = guess(written(tmp_path, "user_id,at\n1,03/14/2020\n2,05/06/2020\n", "b.csv"), "b.csv")
    assert (month.columns[1].format, month.columns[1].note) == ("%m/%d/%Y", "")


def test_three_styles_of_date_are_said(tmp_path: Path) -> None:
    rows = [f"2020-01-{day:02d}" for day in range(1, 7)] + ["02.01.2020", "03.01.2020", "14.01.2020", "Jan 2, 2020"]
    text = "user_id,at\n" + "".join(f'{number},"{row}"\n' for number, row in enumerate(rows))
    found = guess(written(tmp_path, text, "a.csv"), "a.csv")
    assert found.columns[1].note == "only 60% are written like this; the others will be refused"
    assert preview(found.source, tmp_path / "a.csv").would.refused == {"bad_time": 4}


@pytest.mark.parametrize(
    ("content", "name", "format_", "encoding", "delimiter"),
    [
        (b"user_id,at\n1,2020-01-01\n", "a.csv", "csv", "utf-8", ","),
        (b"user_id\tat\n1\t2020-01-01\n", "a.txt", "tsv", "utf-8", "\t"),
        (b"user_id|at\n1|2020-01-01\n", "a.psv", "csv", "utf-8", "|"),
        ("user_id,at,x\n1,2020-01-01,é\n".encode("cp1252"), "a.csv", "csv", "cp1252", ","),
        ("user_id,at,x\n1,2020-01-01,é\n".encode("utf-16"), "a.csv", "csv", "utf-16-le", ","),
        ("user_id,at,x\n1,2020-01-01,é\n".encode("utf-16-le"), "a.csv", "csv", "utf-16-le", ","),
        ("user_id,at,x\n1,2020-01-01,é\n".encode("utf-16-be"), "a.csv", "csv", "utf-16-be", ","),
        (b'{"user":{"id":1},"at":"2020-01-01","tags":[1]}\n', "a.jsonl", "jsonl", "utf-8", ""),
        (gzip.compress(b"user_id,at\n1,2020-01-01\n", mtime=0), "a.csv.gz", "csv", "utf-8", ","),
        (b"Report of May\n\nuser_id,at\n1,2020-01-01\n2,2020-01-01\n", "a.csv", "csv", "utf-8", ","),
    ],
)
def test_formats_are_found_out(tmp_path: Path, content: bytes, name: str, format_: str, encoding: str, delimiter: str) -> None:
    path = written(tmp_path, content, name)
    found = guess(path, name)
    assert (found.format, found.encoding, found.delimiter) == (format_, encoding, delimiter)
    assert check_source(found.source) == []
    assert preview(found.source, path).would.accepted == found.rows > 0
    json.dumps(asdict(found)["columns"])


def test_a_guess_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Customer ID", "Visited at"])
    book.active.append(["a", "2020-01-01"])
    book.create_sheet("More")
    book.save(tmp_path / "b")
    found = guess(tmp_path / "b", "b.xlsx")
    assert (found.format, found.sheets, found.source.people) == ("xlsx", ("Sheet", "More"), {"customer": "Customer ID"})
    assert preview(found.source, tmp_path / "b").would.accepted == 1


@pytest.mark.parametrize("content", [b"", b'[{"a":1}]', b"\x00\x01\x02\xff\xfe\x03" * 50, b"\xd0\xcf\x11\xe0 old"])
def test_what_cannot_be_guessed(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        guess(written(tmp_path, content, "a"), "a")
    assert caught.value.hint


@settings(deadline=None, max_examples=80)
@given(content=st.binary(max_size=200) | st.text(alphabet='a1,;"\n\t{}[]:é', max_size=200).map(str.encode))
def test_a_guess_never_breaks(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("guess") / "any"
    path.write_bytes(content)
    try:
        found = guess(path, "Any file.csv")
    except BadInput:
        return
    if not check_source(found.source):
        preview(found.source, path)


def test_the_face_of_a_guess(shared: Path, whole: Callable[..., dict[str, Any]]) -> None:
    path = shared / "event_logs" / "running-example.csv"
    found = guess(path, path.name)
    assert (found.source.people, found.source.events[0].event_column) == ({"case": "case:concept:name"}, "concept:name")
    assert len(whole(found.source, path)["events"]) == 42
