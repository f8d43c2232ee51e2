"""Refused rows: shown page by page, counted exactly, repaired."""

from __future__ import annotations

import pytest
from store_makers import Workspace, events, refused

from desirelines.errors import Conflict, NotFound
from desirelines.model.receipt import Batch
from desirelines.store import (
    LAKE,
    ImportRow,
    Lease,
    count_imports,
    count_refused,
    each_refused,
    get_import,
    known_file,
    land,
    list_imports,
    new_import_id,
    newest_refused,
    now_us,
    open_snapshot,
    page_refused,
    put_failed,
    receipts,
    recover,
    release,
    take,
)

VIEW = {"event": "View", "message_id": "View 1", "at": 1_000_000, "id_user": "u1", "text_page": "/a"}
TIME = ("bad_time", "yesterday", 2, "View", '{"at": "yesterday", "n": "2"}')
LINE = ("malformed", "2 cells", 3, None, '["a", "b"]')


def repair(workspace: Workspace, still: list[tuple[str, str, int, str | None, str]], accepted: int) -> None:
    """What `collect repair` does: run the open refusals of a source again."""
    lease = take(workspace.database, LAKE, "test", 60)
    staging = workspace.lake.stage(new_import_id(), True, "web")
    up_to = newest_refused(workspace.database, "web")
    if still:
        staging.add(Batch(len(still), 0, {"refused": refused(*still)}))
    if accepted:
        rows = [{**VIEW, "message_id": f"repaired {number}"} for number in range(accepted)]
        staging.add(Batch(accepted, 0, {"events": events(*rows)}))
    manifest = staging.resolve(open_snapshot(workspace.database, workspace.lake))
    land(workspace.database, workspace.lake, lease, manifest, file="repair", repairs_up_to=up_to)


def test_pages_and_counts(workspace: Workspace) -> None:
    rows = [("bad_time", "x", line, "View", f"[{line}]") for line in range(120)]
    first = workspace.bring({"refused": refused(*rows, LINE)})
    workspace.bring({"refused": refused(TIME)}, source="shop")
    page = page_refused(workspace.database, source="web", page=3, size=50)
    assert (page.total, page.by_reason) == (121, {"bad_time": 120, "malformed": 1})
    assert [row.line for row in page.rows] == [*range(100, 120), 3]
    assert page_refused(workspace.database, source="web", page=9).rows == ()
    assert [row.detail for row in page_refused(workspace.database, reason="malformed").rows] == ["2 cells"]
    assert count_refused(workspace.database, source="shop") == {"bad_time": 1}
    assert count_refused(workspace.database, import_id=first.import_id) == first.refused
    assert count_refused(workspace.database, source="'; DROP TABLE refused; --") == {}
    chunks = list(each_refused(workspace.database, "web"))
    assert sum(len(chunk) for chunk in chunks) == 121


def test_the_same_refusal_comes_once_however_often_the_file_comes(workspace: Workspace) -> None:
    workspace.bring({"refused": refused(TIME, LINE)})
    again = workspace.bring({"refused": refused(TIME, LINE)})
    assert count_refused(workspace.database) == again.refused == {"bad_time": 1, "malformed": 1}
    assert count_refused(workspace.database, import_id=again.import_id) == again.refused


def test_what_passes_is_repaired_and_what_still_fails_stays_once(workspace: Workspace) -> None:
    workspace.bring({"refused": refused(TIME, LINE), "events": events(VIEW, {**VIEW, "text_page": "/b"})})
    assert count_refused(workspace.database) == {"bad_time": 1, "conflict": 1, "malformed": 1}
    assert [row.reason for chunk in each_refused(workspace.database, "web") for row in chunk] == ["bad_time", "malformed"]
    repair(workspace, [LINE], accepted=1)
    assert count_refused(workspace.database) == {"conflict": 1, "malformed": 1}
    assert count_refused(workspace.database, repaired=True) == {"bad_time": 1}
    assert count_refused(workspace.database, repaired=None) == {"bad_time": 1, "conflict": 1, "malformed": 1}
    repair(workspace, [], accepted=0)
    assert count_refused(workspace.database) == {"conflict": 1}


def test_a_row_refused_for_another_reason_now_is_still_one_row(workspace: Workspace) -> None:
    workspace.bring({"refused": refused(TIME, LINE)})
    repair(workspace, [("bad_number", "n", 2, "View", TIME[4]), LINE], accepted=0)
    assert count_refused(workspace.database) == {"bad_number": 1, "malformed": 1}
    assert count_refused(workspace.database, repaired=True) == {}


def test_repairing_leaves_other_sources_alone(workspace: Workspace) -> None:
    workspace.bring({"refused": refused(TIME)}, source="shop")
    workspace.bring({"refused": refused(TIME)})
    repair(workspace, [], accepted=1)
    assert count_refused(workspace.database, source="shop") == {"bad_time": 1}
    assert count_refused(workspace.database, source="web") == {}


def test_receipts_and_imports(workspace: Workspace) -> None:
    first = workspace.bring({"events": events(VIEW)})
    second = workspace.bring({"events": events({**VIEW, "message_id": "2"})})
    failed = ImportRow("broken", "web", "b.csv", "d1", "failed", None, None, "the file ended early", now_us(), None)
    put_failed(workspace.database, failed)
    assert receipts(workspace.database) == [second, first]
    assert get_import(workspace.database, first.import_id).receipt == first
    assert [row.id for row in list_imports(workspace.database, "failed")] == ["broken"]
    assert get_import(workspace.database, "broken").error == "the file ended early"
    assert known_file(workspace.database, "web", "d1") is None
    assert count_imports(workspace.database) == 3
    with pytest.raises(NotFound):
        get_import(workspace.database, "none")


def prepared(workspace: Workspace, import_id: str = "late") -> tuple[Lease, object]:
    lease = take(workspace.database, LAKE, "slow", 0)
    staging = workspace.lake.stage(import_id, True, "web")
    staging.add(Batch(1, 0, {"events": events(VIEW)}))
    return lease, staging.resolve(open_snapshot(workspace.database, workspace.lake))


def test_who_lost_the_lease_changes_nothing(workspace: Workspace) -> None:
    lease, manifest = prepared(workspace)
    take(workspace.database, LAKE, "fast", 60)
    with pytest.raises(Conflict) as caught:
        land(workspace.database, workspace.lake, lease, manifest, file="f")  # type: ignore[arg-type]
    assert caught.value.code == "lease_lost"
    assert workspace.database.head().versions == {}
    assert list_imports(workspace.database) == []
    with pytest.raises(Conflict):
        recover(workspace.database, workspace.lake, lease)


def test_what_was_compared_with_an_older_lake_is_not_let_in(workspace: Workspace) -> None:
    _, manifest = prepared(workspace)
    workspace.bring({"events": events({**VIEW, "message_id": "other"})})
    lease = take(workspace.database, LAKE, "test", 60)
    with pytest.raises(Conflict, match="changed while the file was read"):
        land(workspace.database, workspace.lake, lease, manifest, file="f")  # type: ignore[arg-type]
    assert workspace.rows("events", "message_id") == ["other"]


def test_files_of_the_dead_are_swept(workspace: Workspace) -> None:
    lease, _ = prepared(workspace, "dead")
    assert (workspace.folder / "staging" / "dead").is_dir()
    assert recover(workspace.database, workspace.lake, lease) == []
    assert list((workspace.folder / "staging").iterdir()) == []
    release(workspace.database, lease)


def test_a_log_entry_torn_by_a_power_loss_does_not_stop_the_next_import(workspace: Workspace) -> None:
    workspace.bring({"events": events(VIEW)})
    log = workspace.folder / "lake" / "events" / "_delta_log"
    (log / "00000000000000000001.json").write_text('{"commitInfo":{"timest')
    receipt = workspace.bring({"events": events({**VIEW, "message_id": "2"})})
    assert (receipt.accepted, workspace.database.head().versions) == (1, {"events": 1})
    assert workspace.rows("events", "message_id") == ["2", "View 1"]


def test_many_imports_stay_readable_past_the_checkpoint_of_the_log(workspace: Workspace) -> None:
    for number in range(22):
        workspace.bring({"events": events({**VIEW, "message_id": str(number)})})
    assert list((workspace.folder / "lake" / "events" / "_delta_log").glob("*.checkpoint.parquet"))
    assert len(workspace.rows("events", "message_id")) == 22
    snapshot = open_snapshot(workspace.database, workspace.lake)
    assert [path.name.split("-")[2] for path in snapshot.files("events")] == [str(number + 1) for number in range(22)]
