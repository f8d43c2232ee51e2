"""What an import leaves in the lake: which rows stay, which are there already, which contradict."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_makers import Workspace, events, figures, links, observations, pairs, refused, traits

from desirelines.model.receipt import Batch
from desirelines.store import count_refused, page_refused
from desirelines.store.lake.decide import FIRST, ORDINAL, decide
from desirelines.store.lake.parquet import ROW_GROUP

VIEW = {"event": "View", "message_id": "View 1", "at": 1_000_000, "id_user": "u1", "text_page": "/a"}


def test_the_same_file_twice_changes_nothing(workspace: Workspace) -> None:
    table = events(VIEW, {**VIEW, "message_id": "View 2"})
    first = workspace.bring({"events": table})
    head = workspace.database.head()
    second = workspace.bring({"events": table})
    assert (first.accepted, first.duplicate, first.data_version) == (2, 0, 1)
    assert (second.accepted, second.duplicate, second.refused, second.data_version) == (0, 2, {}, 1)
    assert workspace.database.head() == head
    assert workspace.rows("events", "message_id", "text_page") == [("View 1", "/a"), ("View 2", "/a")]


def test_same_id_other_content_is_refused_and_the_first_stays(workspace: Workspace) -> None:
    workspace.bring({"events": events(VIEW)})
    receipt = workspace.bring({"events": events({**VIEW, "text_page": "/b"}, {**VIEW, "message_id": "View 2"}, first=7)})
    assert (receipt.accepted, receipt.duplicate, receipt.refused, receipt.rows_refused) == (1, 0, {"conflict": 1}, 1)
    assert workspace.rows("events", "message_id", "text_page") == [("View 1", "/a"), ("View 2", "/a")]
    page = page_refused(workspace.database)
    assert (page.total, page.by_reason) == (1, {"conflict": 1})
    row = page.rows[0]
    assert (row.reason, row.line, row.event, row.source) == ("conflict", 7, "View", "web")
    assert json.loads(row.row)["text_page"] == "/b"
    assert "content" not in json.loads(row.row)


def test_within_a_file_the_first_line_stays_and_what_repeats_it_is_a_duplicate(workspace: Workspace) -> None:
    table = events(VIEW, {**VIEW, "text_page": "/b"}, VIEW, {**VIEW, "text_page": "/b"})
    receipt = workspace.bring({"events": table})
    assert (receipt.accepted, receipt.duplicate, receipt.refused) == (1, 1, {"conflict": 2})
    assert [row.line for row in page_refused(workspace.database).rows] == [1, 3]


def test_rank_and_sequence_are_no_content_but_time_and_channel_are(workspace: Workspace) -> None:
    workspace.bring({"events": events(VIEW)})
    same = workspace.bring({"events": events({**VIEW, "rank": 3}, first=99)})
    later = workspace.bring({"events": events({**VIEW, "at": 2_000_000})})
    other = workspace.bring({"events": events({**VIEW, "channel": "app"})})
    assert [one.duplicate for one in (same, later, other)] == [1, 0, 0]
    assert [one.refused for one in (same, later, other)] == [{}, {"conflict": 1}, {"conflict": 1}]


def test_a_column_of_nulls_is_no_content(workspace: Workspace) -> None:
    workspace.bring({"events": events(VIEW)})
    assert workspace.bring({"events": events({**VIEW, "text_new": None})}).duplicate == 1


def test_two_sources_may_use_the_same_ids(workspace: Workspace) -> None:
    workspace.bring({"events": events(VIEW)})
    receipt = workspace.bring({"events": events({**VIEW, "text_page": "/b"}, source="shop")}, source="shop")
    assert (receipt.accepted, receipt.refused) == (1, {})


def test_without_a_key_equal_rows_are_counted_and_come_again_as_themselves(workspace: Workspace) -> None:
    row = {"event": "Visit", "at": 5, "text_door": "north"}
    first = workspace.bring({"events": events(row, row, {**row, "text_door": "south"})}, keyed=False)
    ids = sorted(workspace.rows("events", "message_id"), key=len)
    assert first.accepted == 3
    assert [len(one) for one in ids] == [32, 32, 34]
    assert ids[2][:32] in ids[:2]
    assert ids[2][32:] == "-1"
    assert "no key" in first.caveats[0]
    again = workspace.bring({"events": events(row, row, row)}, keyed=False)
    assert (again.accepted, again.duplicate) == (1, 2)
    assert sorted(one[32:] for one in workspace.rows("events", "message_id")) == ["", "", "-1", "-2"]


def test_a_new_column_joins_the_table_and_old_rows_lack_it(workspace: Workspace) -> None:
    workspace.bring({"events": events(VIEW)})
    workspace.bring({"events": events({"event": "Buy", "message_id": "Buy 1", "number_total": 9.5})})
    assert workspace.rows("events", "event", "text_page", "number_total") == [("Buy", None, 9.5), ("View", "/a", None)]


def test_batches_of_one_import_may_differ_in_columns(workspace: Workspace) -> None:
    one = events(VIEW)
    two = events({"event": "Buy", "message_id": "Buy 1", "number_total": 1.0}, VIEW, first=1)
    receipt = workspace.bring({"events": one}, {"events": two})
    assert (receipt.rows_read, receipt.accepted, receipt.duplicate) == (3, 2, 1)


def test_a_column_that_no_rule_names_is_a_mistake_of_the_caller(workspace: Workspace) -> None:
    staging = workspace.lake.stage("wrong", True)
    staging.add(Batch(1, 0, {"events": events({**VIEW, "colour": "red"})}))
    with pytest.raises(ValueError, match="no column 'colour'"):
        staging.drain()
    staging.abandon()
    assert not (workspace.folder / "staging" / "wrong").exists()


def test_one_import_is_of_one_source(workspace: Workspace) -> None:
    staging = workspace.lake.stage("wrong", True)
    with pytest.raises(ValueError, match="one source"):
        staging.add(Batch(2, 0, {"events": pa.concat_tables([events(VIEW), events(VIEW, source="shop")])}))
    staging.abandon()


@pytest.mark.parametrize(
    ("row", "missing"), [({"event": None}, "event"), ({"message_id": None}, "message_id"), ({"at": None}, "at")]
)
def test_rows_that_lack_what_every_event_has_are_a_mistake_of_the_caller(
    workspace: Workspace, row: dict[str, None], missing: str
) -> None:
    with pytest.raises(ValueError, match=f"rows without {missing}"):
        workspace.bring({"events": events({**VIEW, **row})}, import_id="wrong")
    assert not (workspace.folder / "staging" / "wrong").exists()


def test_the_name_of_a_source_is_no_path(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="no name of a source"), workspace.lake.stage("wrong", True) as staging:
        staging.add(Batch(1, 0, {"events": events(VIEW, source="../up")}))


@pytest.mark.parametrize("import_id", ["", "../up", "A", "a/b", "x" * 65])
def test_an_import_id_is_no_path(workspace: Workspace, import_id: str) -> None:
    with pytest.raises(ValueError, match="no import id"):
        workspace.lake.stage(import_id, True)


def test_person_is_the_first_identifier_that_names_somebody(workspace: Workspace) -> None:
    rows: list[dict[str, Any]] = [
        {"event": "A", "message_id": "1", "id_user": "u1", "id_email": "a@x"},
        {"event": "A", "message_id": "2", "id_user": "NULL ", "id_email": "a@x"},
        {"event": "A", "message_id": "3", "id_user": None, "id_email": "000-000"},
    ]
    workspace.bring({"events": events(*rows)})
    people = dict(workspace.rows("events", "message_id", "person"))
    assert people["3"] is None
    assert people["1"] != people["2"]
    user, email = workspace.rows("links", "a", "b")[0]
    assert (people["1"], people["2"]) == (user, email)


def test_events_prove_links_between_all_their_identifiers(workspace: Workspace) -> None:
    row = {"event": "A", "id_user": "u1", "id_email": "a@x", "id_phone": "7"}
    receipt = workspace.bring({"events": events({**row, "message_id": "1"}, {**row, "message_id": "2", "id_phone": "anonymous"})})
    found = workspace.rows("links", "a_kind", "a_value", "b_kind", "b_value")
    user, email, phone = ("user", "u1"), ("email", "a@x"), ("phone", "7")
    assert pairs(found) == {frozenset({user, email}), frozenset({user, phone}), frozenset({email, phone})}
    assert receipt.links == len(found) == 3


def test_a_refused_event_proves_nothing(workspace: Workspace) -> None:
    row = {"event": "A", "message_id": "1", "id_user": "u1", "id_email": "a@x"}
    given = links(("user", "u1", "email", "a@x"), ("user", "u9", "email", "z@x"))
    receipt = workspace.bring({"events": events(row, {**row, "id_email": "other@x"}), "links": given})
    assert receipt.refused == {"conflict": 1}
    assert sorted(workspace.rows("links", "b_value")) == ["a@x", "z@x"]


def test_a_link_given_either_way_round_is_one_link(workspace: Workspace) -> None:
    workspace.bring({"links": links(("user", "u1", "email", "a@x"))})
    receipt = workspace.bring({"links": links(("email", "a@x", "user", "u1"), ("user", "u2", "email", "a@x"))})
    assert receipt.links == 1
    assert sorted(workspace.rows("links", "a_value")) == ["u1", "u2"]


def test_links_of_placeholders_are_kept_apart_and_have_no_key(workspace: Workspace) -> None:
    workspace.bring(
        {"links": links(("user", "null", "email", "a@x"), ("user", "0", "email", "a@x"), ("user", "0", "email", "a@x"))}
    )
    assert workspace.rows("links", "a_value", "a") == [("0", 0), ("null", 0)]


def test_traits_are_told_apart_by_what_they_say_and_the_latest_line_stays(workspace: Workspace) -> None:
    table = traits(
        ("user", "u1", "state", "SP", None, None),
        ("user", "u1", "state", "RJ", None, None),
        ("user", "u1", "state", "SP", None, None),
    )
    assert workspace.bring({"traits": table}).traits == 2
    assert workspace.rows("traits", "text", "sequence") == [("RJ", 1), ("SP", 2)]
    assert workspace.bring({"traits": table}).traits == 0


def test_a_figure_with_another_value_is_a_conflict(workspace: Workspace) -> None:
    day = date(2026, 1, 2)
    workspace.bring({"figures": figures(("shop", None, day, "footfall", 10.0, "people"))})
    receipt = workspace.bring(
        {"figures": figures(("shop", None, day, "footfall", 11.0, "people"), ("shop", "web", day, "footfall", 4.0, "people"))}
    )
    assert (receipt.figures, receipt.refused) == (1, {"conflict": 1})
    assert workspace.rows("figures", "channel", "value") == [("web", 4.0), (None, 10.0)]


def test_observations_are_told_apart_by_what_was_seen(workspace: Workspace) -> None:
    table = observations(
        ("lobby", 5, "Ana", 3.0, "cold", None), ("lobby", 5, "Ana", 3.0, "cold", None), ("lobby", 5, "Bo", 3.0, None, None)
    )
    assert workspace.bring({"observations": table}).observations == 2


def test_refusals_of_the_intake_are_counted_once_per_row_event_and_reason(workspace: Workspace) -> None:
    table = refused(
        ("bad_time", "x", 2, "View", '{"at": "x"}'),
        ("bad_time", "x", 2, "Buy", '{"at": "x"}'),
        ("bad_time", "x", 2, "View", '{"at": "x"}'),
        ("malformed", "two cells", 5, None, "[1, 2]"),
    )
    receipt = workspace.bring({"refused": table})
    assert (receipt.refused, receipt.rows_refused) == ({"bad_time": 2, "malformed": 1}, 2)
    assert count_refused(workspace.database, import_id=receipt.import_id) == receipt.refused
    again = workspace.bring({"refused": table})
    assert count_refused(workspace.database) == again.refused == receipt.refused
    assert workspace.database.head().data_version == 0


def test_many_rows_make_whole_row_groups_and_drop_only_what_repeats(workspace: Workspace) -> None:
    count = ROW_GROUP + 10
    ids = [str(number) for number in range(count)]
    table = pa.table(
        {**{n: c for n, c in zip(events(VIEW).column_names, events(VIEW).columns, strict=True) if n != "message_id"}}
    )
    wide = table.take(pa.array([0] * count)).append_column("message_id", pa.array(ids))
    receipt = workspace.bring({"events": wide.slice(0, 50)}, {"events": wide.slice(40)})
    assert (receipt.accepted, receipt.duplicate) == (count, 10)
    files = workspace.lake.snapshot(workspace.database.head().versions).files("events")
    metadata = pq.read_metadata(files[0])
    assert [metadata.row_group(index).num_rows for index in range(metadata.num_row_groups)] == [ROW_GROUP, 10]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2)), max_size=40), st.integers(0, 40))
def test_decisions_agree_with_a_plain_dictionary(rows: list[tuple[int, int]], in_lake: int) -> None:
    records = np.zeros((len(rows), 4), np.int64)
    known: dict[int, int] = {}
    lake: Counter[int] = Counter()
    expected = []
    seen: Counter[tuple[int, int]] = Counter()
    for index, (key, content) in enumerate(rows):
        there = index < in_lake and key not in known
        records[index] = key * 7919, key, content, -1 if there else index
        if there:
            known[key] = content
            lake[key] += 1
    for index, (key, content) in enumerate(rows):
        if records[index, 3] < 0:
            continue
        if known.setdefault(key, content) != content:
            expected.append([index, -2])
        elif lake[key] or seen[key, content]:
            expected.append([index, -1])
        seen[key, content] += 1
    assert decide(records, FIRST).tolist() == expected


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), max_size=30), st.lists(st.integers(0, 3), max_size=10))
def test_ordinals_go_on_where_the_lake_ends(rows: list[int], lake: list[int]) -> None:
    everything = [(key, -1) for key in lake] + [(key, index) for index, key in enumerate(rows)]
    records = np.zeros((len(everything), 4), np.int64)
    for index, (key, row) in enumerate(everything):
        records[index] = key * 7919, key, 0, row
    counted: Counter[int] = Counter()
    expected = []
    for index, key in enumerate(rows):
        ordinal = counted[key]
        counted[key] += 1
        if ordinal < lake.count(key):
            expected.append([index, -1])
        elif ordinal:
            expected.append([index, ordinal])
    assert decide(records, ORDINAL).tolist() == expected
