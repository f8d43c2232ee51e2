"""Delimited files: records, lines, odd endings, encodings; the same whatever the chunk."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.collect import Limits, read, read_source
from desirelines.collect.formats import open_delimited
from desirelines.errors import BadInput, TooLarge

NOTES = """
source: notes
format: csv
options: {delimiter: ","}
events:
  - event: Noted
    time: at
    properties: {a: a, b: b}
"""
CELLS = st.text(alphabet='ab,"\n\r é€😀;', max_size=12)
CHUNKS = (16, 17, 64, 1_000, 1_000_000)


def noted(found: dict[str, Any]) -> list[tuple[int, str | None, str | None]]:
    return [(row["sequence"], row["text_a"], row["text_b"]) for row in found["events"].to_pylist()]


@settings(deadline=None, max_examples=250)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=20),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    chunk=st.sampled_from(CHUNKS),
)
def test_any_csv_is_read_as_python_reads_it(tmp_path_factory: pytest.TempPathFactory, rows: Any, ending: str, chunk: int) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=ending, quoting=csv.QUOTE_ALL)  # by itself it leaves a lone CR bare
    writer.writerow(["at", "a", "b"])
    writer.writerows([["2020-01-01", *row] for row in rows])
    path = tmp_path_factory.mktemp("csv") / "notes.csv"
    path.write_bytes(text.getvalue().encode())
    reader = csv.reader(io.StringIO(text.getvalue(), newline=""))
    next(reader)
    expected, line = [], reader.line_num
    for cells in reader:
        expected.append((line + 1, cells[1].strip() or None, cells[2].strip() or None))
        line = reader.line_num
    batches = read(read_source(NOTES), path, "UTC", limits=Limits(chunk=chunk))
    assert [row for batch in batches for row in noted(dict(batch.tables))] == expected


@settings(deadline=None, max_examples=200)
@given(body=st.text(alphabet='ab,"\n\r é', max_size=80))
def test_any_text_gives_the_same_rows_for_every_chunk(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    path = tmp_path_factory.mktemp("csv") / "any.csv"
    path.write_bytes(("x,y\n" + body).encode())
    seen = []
    for chunk in CHUNKS:
        table = open_delimited(path, None, ",", 1, (), Limits(chunk=chunk))
        rows, refused = [], []
        for piece in table.pieces(("x", "y")):
            stretch = piece()
            cells = zip(*(stretch.columns[name].to_pylist() for name in ("x", "y")), strict=True)
            rows += [(line, x or "", y or "") for line, (x, y) in zip(stretch.lines.tolist(), cells, strict=True)]
            refused += [(one.line, one.reason, one.detail, one.row) for one in stretch.refused]
        seen.append((rows, refused))
    assert all(one == seen[0] for one in seen)
    rows, refused = seen[0]
    if not any("never closed" in detail for _, _, detail, _ in refused):
        python = [cells for cells in csv.reader(io.StringIO(body, newline="")) if cells]
        assert [[x, y] for _, x, y in rows] == [cells for cells in python if len(cells) == 2]
        assert len(refused) == sum(len(cells) != 2 for cells in python)


def test_blank_lines_are_skipped_and_counted(take: Callable[..., dict[str, Any]]) -> None:
    found = take(NOTES, '\ufeffat,a,b\r\n\r\n2020-01-01,"one\r\ntwo",x\r\n\r\n\r\n2020-01-01,y,z')
    assert noted(found) == [(3, "one\r\ntwo", "x"), (7, "y", "z")]
    assert found["rows"] == 2


def test_a_half_written_last_line_is_refused(take: Callable[..., dict[str, Any]]) -> None:
    found = take(NOTES, "at,a,b\n2020-01-01,x,y\n2020-01-0")
    assert [(row["reason"], row["line"]) for row in found["refused"].to_pylist()] == [("malformed", 3)]
    assert json.loads(found["refused"].column("row")[0].as_py()) == ["2020-01-0", {"columns": ["at", "a", "b"], "delimiter": ","}]


def test_an_unclosed_quote_costs_one_line(take: Callable[..., dict[str, Any]]) -> None:
    rows = "".join(f"2020-01-01,x{number},y\n" for number in range(50))
    found = take(NOTES, 'at,a,b\n2020-01-01,"x,y\n' + rows)
    assert [(row["line"], json.loads(row["row"])[0]) for row in found["refused"].to_pylist()] == [(2, '2020-01-01,"x,y')]
    assert noted(found) == [(number + 3, f"x{number}", "y") for number in range(50)]


def test_a_record_without_an_end_is_given_up_and_reading_goes_on(take: Callable[..., dict[str, Any]]) -> None:
    rows = "".join(f"2020-01-01,x{number},y\n" for number in range(200))
    found = take(NOTES, 'at,a,b\n2020-01-01,"x,y\n' + rows + '2020-01-01,"z",y\n', limits=Limits(chunk=64, record=500))
    assert [row["line"] for row in found["refused"].to_pylist()] == [2]
    assert len(found["events"]) == 201


def test_giving_up_again_and_again_is_bounded(take: Callable[..., dict[str, Any]]) -> None:
    rows = 'x","y\n' * 3_000
    found = take(NOTES, "at,a,b\n" + rows, limits=Limits(chunk=256, record=600, rescans=3))
    kept = found["refused"].to_pylist()
    assert len(kept) < 60
    assert "events" not in found


def test_a_line_without_an_end_is_cut_and_said_so(take: Callable[..., dict[str, Any]]) -> None:
    body = '2020-01-01,"' + "x" * 5_000 + "\n2020-01-01,y,z\n"
    found = take(NOTES, "at,a,b\n" + body, limits=Limits(chunk=64, record=1_000))
    row = found["refused"].to_pylist()[0]
    assert (row["line"], row["reason"]) == (2, "malformed")
    assert row["detail"] == "this never ends within 1,000 bytes; only so much of it is kept"
    assert len(json.loads(row["row"])[0]) == 1_000
    assert noted(found) == [(3, "y", "z")]


def test_bytes_that_are_no_text_do_not_touch_their_neighbours(take: Callable[..., dict[str, Any]]) -> None:
    lines = [b"2020-01-01,\xff,y", b"2020-01-01,x,y", b"2020-01-01,\xc3,\xe9", b"2020-01-01,\xc3\xa9,y"]
    found = take(NOTES, b"at,a,b\n" + b"\n".join(lines), limits=Limits(chunk=16))
    assert [(row["reason"], row["line"]) for row in found["refused"].to_pylist()] == [("encoding", 2), ("encoding", 4)]
    assert noted(found) == [(3, "x", "y"), (5, "é", "y")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
@pytest.mark.parametrize("chunk", [7, 1_000])
def test_encodings(take: Callable[..., dict[str, Any]], encoding: str, chunk: int) -> None:
    yaml = NOTES.replace("options: {", f"options: {{encoding: {encoding}, ")
    found = take(yaml, "at,a,b\n2020-01-01,café,naïve\n".encode(encoding), limits=Limits(chunk=chunk))
    assert noted(found) == [(2, "café", "naïve")]


def test_a_byte_that_cp1252_lacks_is_refused_with_its_bytes(take: Callable[..., dict[str, Any]]) -> None:
    yaml = NOTES.replace("options: {", "options: {encoding: cp1252, ")
    found = take(yaml, b"at,a,b\n2020-01-01,\x81\xe9,y\n2020-01-01,\xe9,y\n")
    row = found["refused"].to_pylist()[0]
    assert (row["reason"], row["detail"][:8], json.loads(row["row"])[1]["bytes"]) == (
        "encoding",
        "bytes 81",
        b"2020-01-01,\x81\xe9,y".hex(),
    )
    assert noted(found) == [(3, "é", "y")]


def test_half_a_unit_at_the_end_of_utf_16(take: Callable[..., dict[str, Any]]) -> None:
    yaml = NOTES.replace("options: {", "options: {encoding: utf-16-le, ")
    found = take(yaml, "at,a,b\n2020-01-01,x,y\n2020-01-01,x,yy".encode("utf-16-le")[:-1])
    assert [(row["reason"], row["line"]) for row in found["refused"].to_pylist()] == [("encoding", 3)]
    assert len(found["events"]) == 1


def test_tsv_psv_and_semicolons(take: Callable[..., dict[str, Any]]) -> None:
    for delimiter, format_ in (("\t", "tsv"), ("|", "csv"), (";", "csv")):
        yaml = NOTES.replace('options: {delimiter: ","}\n', "").replace("format: csv", f"format: {format_}")
        found = take(yaml, f"at{delimiter}a{delimiter}b\n2020-01-01{delimiter}x, y{delimiter}z\n")
        assert noted(found) == [(2, "x, y", "z")]


def test_blank_and_repeated_names_in_the_header(take: Callable[..., dict[str, Any]]) -> None:
    yaml = NOTES.replace("{a: a, b: b}", "{a: column_1, b: b_2}")
    assert noted(take(yaml, ",at,b,b\n0,2020-01-01,x,y\n")) == [(2, "0", "y")]


def test_a_header_further_down(take: Callable[..., dict[str, Any]]) -> None:
    yaml = NOTES.replace("options: {", "options: {header_line: 3, ")
    assert noted(take(yaml, 'Report, "made\n\nat,a,b\n2020-01-01,x,y\n')) == [(4, "x", "y")]


def test_gzip_is_unpacked_and_bounded(take: Callable[..., dict[str, Any]]) -> None:
    text = b"at,a,b\n" + b"2020-01-01,x,y\n" * 1_000
    assert len(take(NOTES, gzip.compress(text), "notes.csv.gz")["events"]) == 1_000
    with pytest.raises(TooLarge, match="unpacks to more"):
        take(NOTES, gzip.compress(text), limits=Limits(ratio=5, ratio_from=1_000))
    with pytest.raises(BadInput, match="broken gzip"):
        take(NOTES, gzip.compress(text)[:-20])


def test_a_missing_column_is_said_before_anything_is_read(take: Callable[..., dict[str, Any]]) -> None:
    with pytest.raises(BadInput, match="has no column `a`") as caught:
        take(NOTES, "at,A,bb\n2020-01-01,x,y\n")
    assert caught.value.code == "missing_column"
    assert [(fault.message, fault.hint) for fault in caught.value.faults] == [
        ("`table.csv` has no column `a`, which source `notes` names", "did you mean `A`?"),
        ("`table.csv` has no column `b`, which source `notes` names", "did you mean `bb`?"),
    ]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"   \n"])
def test_an_empty_file(take: Callable[..., dict[str, Any]], content: bytes) -> None:
    with pytest.raises(BadInput, match="is empty"):
        take(NOTES, content)


def test_a_header_alone_gives_nothing(take: Callable[..., dict[str, Any]]) -> None:
    assert take(NOTES, "at,a,b") == {"rows": 0}


def test_progress_is_told_and_can_cancel(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("at,a,b\n" + "2020-01-01,x,y\n" * 2_000)
    shares: list[float] = []
    list(read(read_source(NOTES), path, "UTC", lambda stage, share: shares.append(share), limits=Limits(chunk=4_000)))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0

    def stop(stage: str, share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        list(read(read_source(NOTES), path, "UTC", stop, limits=Limits(chunk=4_000)))
