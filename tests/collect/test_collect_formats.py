"""JSON lines, Parquet, workbooks, and paths that are no file."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desirelines.collect import Limits, caveats, read, read_source
from desirelines.errors import BadInput, NotFound, TooLarge

LINES = """
source: app
format: jsonl
people: {customer: user.id}
events:
  - event_column: type
    time: at
    properties:
      amount: {column: amount, type: number}
      text: {column: text}
      item: {column: items.0.sku}
"""


def lines(take: Callable[..., dict[str, Any]], *rows: str, **options: Any) -> dict[str, Any]:
    return take(LINES, "\n".join(rows), "app.jsonl", **options)


def reasons(found: dict[str, Any]) -> list[tuple[str, int]]:
    return [(row["reason"], row["line"]) for row in found["refused"].to_pylist()]


def test_nested_values_and_numbers_that_keep_their_digits(take: Callable[..., dict[str, Any]]) -> None:
    row = '{"type":"Tap","at":"2020-01-01","user":{"id":123456789012345678901234567890},"text":1.10,"items":[{"sku":"a"}]}'
    found = lines(take, row)["events"].to_pylist()[0]
    assert (found["id_customer"], found["text_text"], found["text_item"]) == ("123456789012345678901234567890", "1.10", "a")


def test_a_key_with_a_dot_wins_over_the_way(take: Callable[..., dict[str, Any]]) -> None:
    found = lines(take, '{"type":"Tap","at":"2020-01-01","user.id":"flat","user":{"id":"deep"}}')
    assert found["events"].column("id_customer").to_pylist() == ["flat"]


def test_values_of_other_kinds(take: Callable[..., dict[str, Any]]) -> None:
    row = '{"type":"Tap","at":"2020-01-01","text":TEXT}'
    texts = ["true", "null", '{"a": [1, "é"]}', '""', '" x "', "-0.0"]
    found = lines(take, *(row.replace("TEXT", text) for text in texts))
    assert found["events"].column("text_text").to_pylist() == ["true", None, '{"a":["1","é"]}', None, "x", "-0.0"]


@pytest.mark.parametrize(
    ("amount", "fits"),
    [("9007199254740992", True), ("9007199254740993", False), ("1e400", False), ("1e-400", True), ("12.5", True)],
)
def test_a_number_that_would_lose_digits_is_refused(take: Callable[..., dict[str, Any]], amount: str, fits: bool) -> None:
    found = lines(take, f'{{"type":"Tap","at":"2020-01-01","amount":{amount}}}')
    assert ("events" in found) == fits
    assert fits or reasons(found) == [("bad_number", 1)]


def test_lines_that_are_no_objects(take: Callable[..., dict[str, Any]]) -> None:
    good = '{"type":"Tap","at":"2020-01-01"}'
    rows = [good, "", "  ", '{"type":', "[1]", '"text"', "12", '{"type":NaN}', "[" * 100_000, '{"a":' * 50_000, good + good, good]
    found = lines(take, *rows)
    assert reasons(found) == [("malformed", line) for line in range(4, 12)]
    assert found["events"].column("sequence").to_pylist() == [1, 12]
    assert found["rows"] == 10


def test_of_two_equal_keys_the_last_stands(take: Callable[..., dict[str, Any]]) -> None:
    found = lines(take, '{"type":"Tap","type":"Swipe","at":"2020-01-01"}')
    assert found["events"].column("event").to_pylist() == ["Swipe"]


def test_lines_that_hold_nothing_the_source_names(take: Callable[..., dict[str, Any]]) -> None:
    with pytest.raises(BadInput, match=r"no line of `app\.jsonl` holds any column") as caught:
        lines(take, '{"users":{},"kind":"Tap"}')
    assert (caught.value.code, caught.value.hint) == ("missing_column", "did you mean `users`?")


def test_half_a_character_is_refused(take: Callable[..., dict[str, Any]]) -> None:
    rows = ['{"type":"Tap","at":"2020-01-01","text":"\\ud83d"}', '{"type":"Tap","at":"2020-01-01","text":"\\ud83d\\ude00"}']
    found = lines(take, *rows)
    assert reasons(found) == [("encoding", 1)]
    assert found["events"].column("text_text").to_pylist() == ["😀"]


def test_bytes_that_are_no_text_and_lines_without_an_end(take: Callable[..., dict[str, Any]]) -> None:
    good = b'{"type":"Tap","at":"2020-01-01"}\n'
    for chunk in (16, 1_000, 100_000):
        found = take(
            LINES, good + b'{"type":"\xff"}\n' + b"x" * 5_000 + b"\n" + good, "a.jsonl", limits=Limits(chunk=chunk, record=900)
        )
        assert reasons(found) == [("encoding", 2), ("malformed", 3)]
        assert found["events"].column("sequence").to_pylist() == [1, 4]


def parquet(tmp_path: Path, table: pa.Table, name: str = "table.parquet", **options: Any) -> Path:
    path = tmp_path / name
    pq.write_table(table, path, **options)
    return path


TYPED = """
source: typed
format: parquet
zone: Europe/Berlin
key: [id]
people: {customer: who}
events:
  - event: Paid
    time: at
    properties:
      amount: {column: amount, type: money, currency: EUR}
      score: {column: score, type: number}
      member: {column: member, type: flag}
      due: {column: due, type: date}
      kind: kind
"""


def test_parquet_s_own_types(tmp_path: Path, whole: Callable[..., dict[str, Any]]) -> None:
    table = pa.table(
        {
            "id": pa.array([1, 2, None]),
            "who": pa.array([17850.0, None, 3.0]),
            "at": pa.array([datetime(2020, 1, 2, 3), None, datetime(2020, 7, 2, 3)], pa.timestamp("ns")),  # noqa: DTZ001
            "amount": pa.array([Decimal("1.10"), None, None], pa.decimal128(9, 2)),
            "score": pa.array([1.5, None, float("nan")]),
            "member": pa.array([True, None, False]),
            "due": pa.array([date(2020, 1, 1), None, None]),
            "kind": pa.array(["a", "a", None]).dictionary_encode(),
            "nested": pa.array([[1], None, []]),
        }
    )
    found = whole(read_source(TYPED), parquet(tmp_path, table))
    assert reasons(found) == [("missing_time", 2), ("missing_key", 3)]
    row = found["events"].to_pylist()[0]
    assert (row["message_id"], row["id_customer"], str(row["at"]), row["sequence"]) == (
        "Paid|1",
        "17850",
        "2020-01-02 02:00:00+00:00",
        1,
    )
    assert (str(row["money_amount"]), row["number_score"], row["flag_member"], row["text_kind"]) == ("1.1000", 1.5, True, "a")
    assert json.loads(found["refused"].column("row")[0].as_py()) == {
        "id": "2", "who": None, "at": None, "amount": None, "score": None, "member": None, "due": None, "kind": "a",
    }  # fmt: skip


def test_parquet_with_zones_and_batches(tmp_path: Path, whole: Callable[..., dict[str, Any]]) -> None:
    count = 70_000
    at = pa.array([1_577_934_245_000] * count, pa.timestamp("ms", "Asia/Tokyo"))
    yaml = "source: typed\nformat: parquet\nevents: [{event: Paid, time: at}]\n"
    found = whole(read_source(yaml), parquet(tmp_path, pa.table({"at": at}), row_group_size=30_000))
    assert found["events"].column("sequence").to_pylist() == list(range(1, count + 1))
    assert str(found["events"].column("at")[0].as_py()) == "2020-01-02 03:04:05+00:00"


def test_nested_parquet_columns_are_named(tmp_path: Path) -> None:
    yaml = "source: typed\nformat: parquet\nevents: [{event: Paid, time: at, properties: {tags: tags}}]\n"
    path = parquet(tmp_path, pa.table({"at": ["2020-01-01"], "tags": [[1]]}))
    with pytest.raises(BadInput, match=r"column `tags` of `table\.parquet` holds lists or structures"):
        read(read_source(yaml), path, "UTC")


def test_texts_of_parquet_that_are_none(tmp_path: Path, whole: Callable[..., dict[str, Any]]) -> None:
    yaml = "source: typed\nformat: parquet\nevents: [{event: Paid, time: at, properties: {who: who}}]\n"
    who = pa.array([b"a", b"\xff\xfe", None, b"b"]).view(pa.string())
    found = whole(read_source(yaml), parquet(tmp_path, pa.table({"at": ["2020-01-01"] * 4, "who": who})))
    assert reasons(found) == [("encoding", 2)]
    assert json.loads(found["refused"].column("row")[0].as_py()) == {"at": "2020-01-01", "who": "\ufffd\ufffd"}
    assert found["events"].select(["sequence", "text_who"]).to_pydict() == {"sequence": [1, 3, 4], "text_who": ["a", None, "b"]}


def test_long_texts_in_a_dictionary_are_not_written_out(tmp_path: Path) -> None:
    yaml = "source: typed\nformat: parquet\nevents: [{event: Paid, time: at, properties: {text: text}}]\n"
    table = pa.table({"at": ["2020-01-01"] * 1_000, "text": ["x" * 10_000] * 1_000})
    with pytest.raises(TooLarge, match="in few rows"):
        list(read(read_source(yaml), parquet(tmp_path, table), "UTC", limits=Limits(unpacked=1_000_000)))


@pytest.mark.parametrize("content", [b"PAR1 this is none PAR1", b"id,at\n1,2\n", b"PAR1"])
def test_what_is_no_parquet(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "table.parquet"
    path.write_bytes(content)
    with pytest.raises(BadInput, match="is not a Parquet file"):
        read(read_source(TYPED), path, "UTC")


def test_parquet_that_breaks_off_inside(tmp_path: Path) -> None:
    path = parquet(
        tmp_path,
        pa.table({name: ["2020-01-01"] * 50_000 for name in ("id", "who", "at", "amount", "score", "member", "due", "kind")}),
    )
    data = bytearray(path.read_bytes())
    data[8:200] = b"\xff" * 192
    path.write_bytes(data)
    with pytest.raises(BadInput, match="is broken"):
        list(read(read_source(TYPED), path, "UTC"))


BOOK = """
source: book
format: xlsx
options: {sheet: Visits, header_line: 2}
people: {customer: who}
events:
  - event: Visited
    time: {column: at, format: "%d/%m/%Y"}
    properties:
      score: {column: score, type: number}
      note: note
"""


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Visits"
    rows: list[list[Any]] = [
        ["made by hand"], ["who", "at", "score", "note"], [17, datetime(2020, 1, 2, 3, 4, 5), 4.0, "x"], [],  # noqa: DTZ001
        ["bo", "05/01/2020", "4,5", None], ["cy", "05/01/2020", 2.5, True], ["di", "05/01/2020", "=1+1", "=A3"],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    book.create_sheet("Other")
    book.save(path)
    return path


def test_workbooks(tmp_path: Path, whole: Callable[..., dict[str, Any]]) -> None:
    path = workbook(tmp_path / "book")  # a name without an ending
    source = read_source(BOOK)
    found = whole(source, path)
    rows = [
        (row["sequence"], row["id_customer"], str(row["at"])[:19], row["number_score"], row["text_note"])
        for row in found["events"].to_pylist()
    ]
    assert rows == [
        (3, "17", "2020-01-02 03:04:05", 4.0, "x"),
        (6, "cy", "2020-01-05 00:00:00", 2.5, "true"),
        (7, "di", "2020-01-05 00:00:00", None, None),
    ]
    assert reasons(found) == [("bad_number", 5)]
    assert found["rows"] == 4
    assert json.loads(found["refused"].column("row")[0].as_py()) == {"who": "bo", "at": "05/01/2020", "score": "4,5", "note": ""}
    assert [text[:8] for text in caveats(source, path)] == ["2 cells "]


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no sheet `Visit`") as caught:
        read(read_source(BOOK.replace("sheet: Visits", "sheet: Visit")), workbook(tmp_path / "book.xlsx"), "UTC")
    assert caught.value.hint == "did you mean `Visits`?"


def test_a_header_line_that_is_blank(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="line 4 of sheet `Visits` is blank"):
        read(read_source(BOOK.replace("header_line: 2", "header_line: 4")), workbook(tmp_path / "book.xlsx"), "UTC")


@pytest.mark.parametrize("content", [b"PK\x03\x04 no archive", b"id,at\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadInput, match="is not a workbook"):
        read(read_source(BOOK), path, "UTC")


def with_member(path: Path, name: str, content: bytes, into: Path) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return into


def test_archives_that_unpack_to_too_much(tmp_path: Path) -> None:
    bomb = with_member(workbook(tmp_path / "book.xlsx"), "xl/media/zeros.bin", bytes(60_000_000), tmp_path / "bomb.xlsx")
    with pytest.raises(TooLarge, match="unpacks to"):
        read(read_source(BOOK), bomb, "UTC")
    with pytest.raises(TooLarge, match="holds"):
        read(read_source(BOOK), tmp_path / "book.xlsx", "UTC", limits=Limits(members=3))


def test_entities_in_a_workbook(tmp_path: Path) -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + number)} "{f"&{chr(97 + number)};" * 10}">' for number in range(8)
    )
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
        evil = f'<?xml version="1.0"?>{entities}]><sst><si><t>&i;</t></si></sst>'.encode()
        bomb = with_member(workbook(tmp_path / "book.xlsx"), name, evil, tmp_path / "bomb.xlsx")
        with pytest.raises(BadInput, match="is not a workbook"):
            list(read(read_source(BOOK), bomb, "UTC"))


ANY = "source: any\nformat: FORMAT\nevents: [{event: Seen, time: at}]\n"


@pytest.mark.parametrize("format_", ["csv", "tsv", "jsonl", "parquet", "xlsx"])
def test_paths_that_are_no_file(tmp_path: Path, format_: str) -> None:
    source = read_source(ANY.replace("FORMAT", format_))
    with pytest.raises(NotFound, match="there is no file `nothing`"):
        read(source, tmp_path / "nothing", "UTC")
    with pytest.raises(NotFound, match="there is no file"):
        read(source, tmp_path / "nothing" / "below", "UTC")
    with pytest.raises(BadInput, match="is a folder"):
        read(source, tmp_path, "UTC")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadInput, match="a device or a pipe"):
        read(source, tmp_path / "pipe", "UTC")
    with pytest.raises(BadInput, match="a device or a pipe"):
        read(source, "/dev/zero", "UTC")
    (tmp_path / "empty").touch()
    with pytest.raises(BadInput, match="is empty"):
        read(source, tmp_path / "empty", "UTC")
    with pytest.raises(BadInput, match="cannot be opened"):
        read(source, "a\0b", "UTC")


def test_a_zone_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="`Mars/Base` is no time zone"):
        read(read_source(ANY.replace("FORMAT", "csv")), tmp_path, "Mars/Base")


def test_reading_leaves_nothing_open_when_it_is_left(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("at\n" + "2020-01-01\n" * 5_000)
    batches = read(read_source(ANY.replace("FORMAT", "csv")), path, "UTC", limits=Limits(chunk=1_000))
    next(iter(batches))
    batches.close()  # type: ignore[attr-defined]
    assert io.BytesIO(path.read_bytes()).read(2) == b"at"
