"""The workspace's database: leases, jobs, documents, upgrades."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, inspect, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from store_makers import Workspace

from desirelines.errors import Conflict, NotFound, Unavailable
from desirelines.store import (
    Database,
    SegmentRow,
    cancel,
    claim,
    drop_draft,
    drop_segment,
    enqueue,
    fail_running,
    finish,
    get_draft,
    get_job,
    get_version,
    list_jobs,
    list_segments,
    list_versions,
    progress,
    put_segment,
    put_version,
    release,
    renew,
    save_draft,
    take,
)
from desirelines.store.database.leases import hold, holding
from desirelines.store.database.schema import metadata, refused
from desirelines.store.database.upgrade import STEPS, upgrade


def test_a_new_database_is_empty_and_safe(workspace: Workspace) -> None:
    head = workspace.database.head()
    assert (head.data_version, head.versions) == (0, {})
    with workspace.database.reading() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    row = {"import_id": "none", "source": "a", "reason": "r", "detail": "", "line": 1, "row": "", "digest": b"1" * 16}
    with pytest.raises(IntegrityError), workspace.database.writing() as connection:
        connection.execute(insert(refused).values(**row))


def test_the_steps_build_the_tables_that_the_code_names(workspace: Workspace) -> None:
    with closing(sqlite3.connect(workspace.folder / "workspace.db")) as connection:
        found = {
            name: {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        }
    assert found.pop("alembic_version") == {"version_num"}
    assert found == {table.name: {column.name for column in table.columns} for table in metadata.sorted_tables}


def half(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE head SET data_version = 99"))
        connection.execute(text("UPDATE absent SET a = 1"))


def test_what_fails_halfway_leaves_nothing(workspace: Workspace) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        half(workspace.database)
    assert workspace.database.head().data_version == 0


def test_a_newer_database_is_refused_and_left_as_it_is(workspace: Workspace) -> None:
    path = workspace.folder / "workspace.db"
    with workspace.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    workspace.database.close()
    with pytest.raises(Conflict) as caught:
        Database.open(path)
    assert (caught.value.code, "update Desirelines" in caught.value.hint) == ("newer_workspace", True)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


def test_an_older_database_is_backed_up_then_upgraded(workspace: Workspace, tmp_path: Path) -> None:
    put_segment(workspace.database, SegmentRow("sp", "SP", "trait:state=SP"))
    steps = tmp_path / "steps"
    shutil.copytree(STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    (steps / "versions" / "step_0003.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\nrevision = '0003'\ndown_revision = '0002'\n"
        "def upgrade():\n    op.add_column('segments', sa.Column('colour', sa.Text()))\n"
    )
    upgrade(workspace.database.engine, steps)
    with closing(sqlite3.connect(tmp_path / "backups" / "workspace-0002.db")) as backup:
        assert backup.execute("SELECT * FROM segments").fetchall() == [("sp", "SP", "trait:state=SP")]
    with closing(sqlite3.connect(tmp_path / "workspace.db")) as upgraded:
        assert upgraded.execute("SELECT id, colour FROM segments").fetchall() == [("sp", None)]
    with pytest.raises(Conflict, match="newer"):
        upgrade(workspace.database.engine)


def test_a_step_that_fails_leaves_the_old_database(workspace: Workspace, tmp_path: Path) -> None:
    steps = tmp_path / "steps"
    shutil.copytree(STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    (steps / "versions" / "step_0003.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\nrevision = '0003'\ndown_revision = '0002'\n"
        "def upgrade():\n    op.add_column('segments', sa.Column('colour', sa.Text()))\n    op.drop_table('nothing')\n"
    )
    with pytest.raises(OperationalError, match="nothing"):
        upgrade(workspace.database.engine, steps)
    upgrade(workspace.database.engine)
    assert "colour" not in [column["name"] for column in inspect(workspace.database.engine).get_columns("segments")]


def test_many_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"

    def one(_: int) -> int:
        database = Database.open(path)
        try:
            return database.head().data_version
        finally:
            database.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(4))) == [0] * 4


def test_what_is_no_database_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be used"):
        Database.open(tmp_path / "none" / "workspace.db")
    (tmp_path / "text.db").write_text("this is no database, though it is long enough to be taken for one " * 30)
    with pytest.raises(Unavailable, match="cannot be used"):
        Database.open(tmp_path / "text.db")


def test_upgrading_twice_is_upgrading_once(workspace: Workspace) -> None:
    upgrade(workspace.database.engine)
    assert workspace.database.head().data_version == 0


def test_a_lease_has_one_holder_and_its_fence_never_comes_back(workspace: Workspace) -> None:
    database = workspace.database
    one = take(database, "lake", "one", 60)
    with pytest.raises(Conflict) as caught:
        take(database, "lake", "two", 60)
    assert caught.value.code == "lease_held"
    release(database, one)
    two = take(database, "lake", "two", 60)
    assert two.fence == one.fence + 1
    release(database, one)  # not its own any more: nothing happens
    holding(database, two)
    for stale in (lambda: renew(database, one, 60), lambda: holding(database, one)):
        with pytest.raises(Conflict) as caught:
            stale()
        assert caught.value.code == "lease_lost"
    with pytest.raises(Conflict), database.writing() as connection:
        hold(connection, one)


def test_an_expired_lease_may_be_taken_but_is_held_until_it_is(workspace: Workspace) -> None:
    database = workspace.database
    one = take(database, "lake", "one", 0)
    assert renew(database, one, 0).fence == one.fence
    take(database, "lake", "two", 60)
    with pytest.raises(Conflict):
        renew(database, one, 60)


def test_of_many_takers_one_wins(workspace: Workspace) -> None:
    def one(number: int) -> bool:
        try:
            take(workspace.database, "lake", f"taker {number}", 60)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(8))) == 1


def test_jobs_are_claimed_once_in_order_and_end_once(workspace: Workspace) -> None:
    database = workspace.database
    queued = [enqueue(database, "import", {"file": f"{number}.csv"}) for number in range(3)]
    with ThreadPoolExecutor(3) as pool:
        claimed = list(pool.map(lambda _: claim(database), range(4)))
    taken = [job for job in claimed if job is not None]
    assert sorted(job.id for job in taken) == sorted(job.id for job in queued)
    assert {job.state for job in taken} == {"running"}
    first = queued[0].id
    assert progress(database, first, "reading", 0.5) is False
    assert (get_job(database, first).stage, get_job(database, first).share) == ("reading", 0.5)
    cancel(database, first)
    assert progress(database, first, "reading", 2.0) is True
    assert get_job(database, first).share == 1.0
    finish(database, first, "done", {"rows": 3})
    finish(database, first, "failed", error={"code": "late"})
    done = get_job(database, first)
    assert (done.state, done.result, done.error) == ("done", {"rows": 3}, None)
    assert fail_running(database, "the process ended") == 2
    assert {job.state for job in list_jobs(database)} == {"done", "failed"}


def test_a_job_cancelled_before_it_began_never_begins(workspace: Workspace) -> None:
    job = enqueue(workspace.database, "demo", {})
    assert cancel(workspace.database, job.id).state == "cancelled"
    assert claim(workspace.database) is None
    with pytest.raises(NotFound):
        get_job(workspace.database, "none")


def test_versions_grow_by_one_and_never_over_a_newer_one(workspace: Workspace) -> None:
    database = workspace.database
    with pytest.raises(NotFound, match="nothing is published"):
        get_version(database)
    put_version(database, 0, "Ana", "one", "h1", note="first")
    put_version(database, 1, "Bo", "two", "h2", in_force_from_us=5)
    with pytest.raises(Conflict) as caught:
        put_version(database, 1, "Cy", "three", "h3")
    assert caught.value.code == "newer_version"
    assert [(row.number, row.parent, row.document) for row in list_versions(database)] == [(1, None, "one"), (2, 1, "two")]
    assert (get_version(database).number, get_version(database, 1).note) == (2, "first")
    with pytest.raises(NotFound, match="no version 7"):
        get_version(database, 7)


def test_a_draft_is_saved_over_the_revision_that_was_edited(workspace: Workspace) -> None:
    database = workspace.database
    assert save_draft(database, "main", "a", "Ana", 0, revision=0).revision == 1
    assert save_draft(database, "main", "b", "Bo", 0, revision=1).revision == 2
    with pytest.raises(Conflict) as caught:
        save_draft(database, "main", "c", "Ana", 0, revision=1)
    assert caught.value.code == "newer_draft"
    assert save_draft(database, "main", "d", "Ana", 3).document == "d"
    drop_draft(database, "main")
    with pytest.raises(NotFound):
        get_draft(database, "main")


def test_segments_are_keyed_rows(workspace: Workspace) -> None:
    put_segment(workspace.database, SegmentRow("sp", "São Paulo", "trait:state=SP"))
    put_segment(workspace.database, SegmentRow("sp", "SP", "trait:state=SP"))
    assert list_segments(workspace.database) == [SegmentRow("sp", "SP", "trait:state=SP")]
    drop_segment(workspace.database, "sp")
    assert list_segments(workspace.database) == []


def test_readers_do_not_wait_for_a_writer(workspace: Workspace) -> None:
    with workspace.database.writing() as connection:
        connection.execute(text("UPDATE head SET data_version = 5"))
        assert workspace.database.head().data_version == 0
    with workspace.database.reading() as connection:
        assert connection.execute(select(text("data_version")).select_from(text("head"))).scalar() == 5
