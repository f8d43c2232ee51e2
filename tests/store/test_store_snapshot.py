"""Reading: pinned, typed, and shut towards everything that is not the lake."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from store_makers import Workspace, events, links, traits

from desirelines.errors import BadInput, NotFound, Unavailable
from desirelines.model.event import EVENT_BASE, INSTANT, MONEY
from desirelines.store import Lake, open_snapshot, quote
from desirelines.store.lake.queries import Queries

ONE = {"event": "View", "message_id": "1", "at": 1_000_000, "id_user": "u1", "text_page": "/a"}
TWO = {"event": "Buy", "message_id": "2", "at": 2_000_000, "number_total": 2.5}


def test_an_empty_lake_has_tables_without_rows(tmp_path: Path) -> None:
    snapshot = Lake(tmp_path).snapshot({})
    assert snapshot.count("events") == 0
    assert snapshot.files("links") == []
    assert set(EVENT_BASE.names) < set(snapshot.columns("events"))
    assert snapshot.sql('SELECT source, "at", file_index, row_index FROM events').num_rows == 0
    for table in ("links", "traits", "objects", "figures", "observations"):
        assert snapshot.sql(f"SELECT * FROM {table}").num_rows == 0


def test_a_snapshot_does_not_see_what_comes_later(workspace: Workspace) -> None:
    workspace.bring({"events": events(ONE)})
    before = open_snapshot(workspace.database, workspace.lake)
    workspace.bring({"events": events(TWO)})
    after = open_snapshot(workspace.database, workspace.lake)
    assert (before.data_version, before.count("events")) == (1, 1)
    assert (after.data_version, after.count("events")) == (2, 2)
    assert before.sql("SELECT event FROM events").to_pylist() == [{"event": "View"}]
    assert "number_total" not in before.columns("events")


def test_file_and_row_index_lead_back_to_the_row(workspace: Workspace) -> None:
    workspace.bring({"events": events(ONE, {**ONE, "message_id": "1b"})})
    workspace.bring({"events": events(TWO)})
    snapshot = open_snapshot(workspace.database, workspace.lake)
    places = snapshot.sql("SELECT message_id, file_index, row_index FROM events").to_pylist()
    assert len(places) == 3
    for place in places:
        path = snapshot.files("events")[place["file_index"]]
        found = snapshot.take("events", ["message_id", "number_total"], path, np.array([place["row_index"]]))
        assert found.column("message_id").to_pylist() == [place["message_id"]]
    assert [place["file_index"] for place in places if place["message_id"] == "2"] == [1]


def test_read_gives_the_columns_asked_for_in_stored_order(workspace: Workspace) -> None:
    workspace.bring({"events": events(ONE, {**ONE, "message_id": "0", "text_page": "/b"})})
    workspace.bring({"events": events(TWO)})
    snapshot = open_snapshot(workspace.database, workspace.lake)
    first = snapshot.files("events")[0]
    table = snapshot.read("events", ["text_page", "number_total", "at"], first, dictionary=("text_page", "number_total"))
    assert table.column_names == ["text_page", "number_total", "at"]
    assert pa.types.is_dictionary(table.schema.field("text_page").type)
    assert table.column("text_page").to_pylist() == ["/a", "/b"]
    assert table.column("number_total").to_pylist() == [None, None]
    assert table.schema.field("at").type == INSTANT
    assert snapshot.read("events", ["number_total"], first).num_rows == 2
    with pytest.raises(NotFound, match="no column 'text_none'"):
        snapshot.read("events", ["text_none"], first)
    with pytest.raises(NotFound, match="no table 'persons'"):
        snapshot.files("persons")


def test_take_keeps_the_order_asked_for(workspace: Workspace) -> None:
    workspace.bring({"events": events(*({**ONE, "message_id": str(number)} for number in range(9)))})
    snapshot = open_snapshot(workspace.database, workspace.lake)
    found = snapshot.take("events", ["message_id"], snapshot.files("events")[0], np.array([7, 0, 7, 3]))
    assert found.column(0).to_pylist() == ["7", "0", "7", "3"]
    assert snapshot.take("events", ["message_id"], snapshot.files("events")[0], np.array([], np.int64)).num_rows == 0


def test_every_type_comes_back_as_it_went_in(workspace: Workspace) -> None:
    at = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
    table = events({"event": "Pay", "message_id": "1"})
    for name, value, kind in (
        ("flag_new", True, pa.bool_()),
        ("date_due", datetime(2026, 3, 2, tzinfo=UTC).date(), pa.date32()),
        ("time_sent", at, INSTANT),
        ("money_total", Decimal("-12.3400"), MONEY),
        ("currency_total", "EUR", pa.string()),
        ("number_x", -0.0, pa.float64()),
        ("object_order", "o'1\"", pa.string()),
    ):
        table = table.append_column(name, pa.array([value], kind))
    workspace.bring({"events": table})
    row = open_snapshot(workspace.database, workspace.lake).sql("SELECT * FROM events").to_pylist()[0]
    assert (row["flag_new"], row["money_total"], row["currency_total"]) == (True, Decimal("-12.3400"), "EUR")
    assert row["time_sent"] == at
    assert (row["object_order"], str(row["date_due"])) == ("o'1\"", "2026-03-02")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_parquet('{folder}/lake/**/*.parquet')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "COPY (SELECT 1 AS x) TO '{part}' (USE_TMP_FILE false)",
        "ATTACH '{folder}/other.db'",
        "ATTACH '{folder}/workspace.db' (TYPE sqlite)",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET memory_limit = '90GB'",
        "PRAGMA enable_external_access = true",
        "DROP VIEW events",
        "CREATE TABLE mine AS SELECT 1",
        "SELECT 1; SELECT 2",
        "SELECT * FROM duckdb_secrets()",
        "EXPORT DATABASE '{folder}/all'",
        "SELECT nonsense FROM events",
        "not sql at all",
        "",
    ],
)
def test_sql_reads_the_views_and_nothing_else(workspace: Workspace, query: str) -> None:
    secret = workspace.folder / "secret.csv"
    secret.write_text("a\n1\n")
    workspace.bring({"events": events(ONE)})
    snapshot = open_snapshot(workspace.database, workspace.lake)
    part = snapshot.files("events")[0]
    before = part.read_bytes()
    with pytest.raises(BadInput):
        snapshot.sql(query.format(secret=secret, folder=workspace.folder, part=part))
    assert part.read_bytes() == before
    assert snapshot.sql("SELECT count(*) AS n FROM events").to_pylist() == [{"n": 1}]
    assert not (workspace.folder / "out.csv").exists()


def test_parameters_are_values_and_quoted_names_are_names(workspace: Workspace) -> None:
    workspace.bring({"events": events({**ONE, "text_page": "'; DROP"})})
    snapshot = open_snapshot(workspace.database, workspace.lake)
    assert snapshot.sql("SELECT event FROM events WHERE text_page = ?", ["'; DROP"]).num_rows == 1
    assert snapshot.sql("SELECT event FROM events WHERE text_page = $page", {"page": "x"}).num_rows == 0
    odd = 'a"b; --'
    assert snapshot.sql(f"SELECT 1 AS {quote(odd)}").column_names == [odd]


def test_questions_run_side_by_side_and_can_be_stopped(workspace: Workspace) -> None:
    workspace.bring({"events": events(ONE, TWO)})
    snapshot = open_snapshot(workspace.database, workspace.lake)
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: snapshot.sql("SELECT count(*) AS n FROM events").to_pylist()[0]["n"], range(20)))
    assert counts == [2] * 20
    stopper = threading.Timer(0.3, snapshot.queries().interrupt)
    started = time.monotonic()
    stopper.start()
    with pytest.raises(Unavailable, match="stopped"):
        snapshot.sql("SELECT count(*) FROM range(10000000) a, range(100000) b WHERE a.range % 7 = b.range % 11")
    assert time.monotonic() - started < 20


def test_no_value_of_a_person_is_in_the_log_or_in_a_statistic(workspace: Workspace) -> None:
    row = {**ONE, "id_user": "PERSONAL-1", "id_email": "PERSONAL-2", "text_page": "PERSONAL-3", "object_order": "PERSONAL-4"}
    workspace.bring(
        {
            "events": events({**row, "message_id": "PERSONAL-5"}),
            "traits": traits(("user", "PERSONAL-1", "name", "PERSONAL-6", None, 5)),
            "links": links(("user", "PERSONAL-1", "email", "PERSONAL-9")),
        }
    )
    logs = list((workspace.folder / "lake").rglob("_delta_log/*"))
    assert len(logs) == 3
    keys = [
        str(one)
        for one in workspace.rows("links", "a") + workspace.rows("events", "person") + workspace.rows("events", "content")
    ]
    for log in logs:
        assert not re.search("PERSONAL", log.read_text())
        assert not any(key in log.read_text() for key in keys)
    for path in (workspace.folder / "lake").rglob("*.parquet"):
        group = pq.read_metadata(path).row_group(0)
        columns = [group.column(index) for index in range(group.num_columns)]
        assert {one.path_in_schema for one in columns if one.is_stats_set} <= {"at"}
    assert '"minValues\\":' in next(log for log in logs if "events" in str(log)).read_text()


def test_a_question_too_large_for_memory_spills_and_leaves_nothing_behind(workspace: Workspace) -> None:
    engine = Queries({"events": ([], {"source": pa.string()})}, workspace.folder, "60MB")
    found = engine.run(
        "SELECT count(*) AS n FROM (SELECT range::VARCHAR || repeat('x', 20) AS a FROM range(3000000) ORDER BY a DESC)"
    )
    assert found.to_pylist() == [{"n": 3_000_000}]
    with pytest.raises(Unavailable, match="more memory"):
        engine.run("SELECT list(range::VARCHAR || repeat('x', 50)) FROM range(9000000)")
    del engine
    assert [path.name for path in workspace.folder.iterdir() if path.name.startswith(".query")] == []
