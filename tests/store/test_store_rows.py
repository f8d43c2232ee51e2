"""Keyed rows, updates of shared documents, blobs."""

from __future__ import annotations

from pathlib import Path

import pytest

from desirelines import store
from desirelines.errors import Conflict, NotFound
from desirelines.store import Database, NewUpdate, State


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database.open(tmp_path / "workspace.db")


def test_a_row_keeps_its_maker_and_counts_its_changes(database: Database) -> None:
    made = store.put_row(database, "comment", "a", {"words": "one"}, "Ann", about="map:main")
    changed = store.put_row(database, "comment", "a", {"words": "two"}, "Ben", about="map:main")
    assert (changed.author, changed.revision, changed.document) == ("Ann", 2, {"words": "two"})
    assert changed.made_at_us == made.made_at_us
    assert [row.id for row in store.list_rows(database, "comment", "map:main")] == ["a"]
    assert store.list_rows(database, "comment", "map:other") == []
    assert store.list_rows(database, "vote") == []


def test_who_read_an_older_row_may_not_overwrite_it(database: Database) -> None:
    store.put_row(database, "vote", "a", {}, "Ann", revision=0)
    with pytest.raises(Conflict) as told:
        store.put_row(database, "vote", "a", {}, "Ben", revision=0)
    assert told.value.code == "newer_row"
    store.drop_row(database, "vote", "a")
    store.drop_row(database, "vote", "a")
    with pytest.raises(NotFound):
        store.get_row(database, "vote", "a")


def test_updates_are_a_log_per_document(database: Database) -> None:
    first, second = store.add_updates(database, [NewUpdate("plan", "Ann", ("a",), b"1"), NewUpdate("map:x", "Ben", (), b"2")])
    assert first < second == store.newest_update(database)
    assert store.add_updates(database, [NewUpdate("plan", "Ann", (), b"3")], at_most=first) == []
    assert [row.data for row in store.list_updates(database, "plan")] == [b"1"]
    assert [row.author for row in store.list_touched(database, after=first)] == ["Ben"]
    assert store.list_updates(database, up_to=first)[0].touched == ("a",)
    assert store.updated_documents(database) == ["map:x", "plan"]


def test_an_older_state_never_replaces_a_newer(database: Database) -> None:
    assert store.get_state(database, "plan") == State(0, b"")
    store.put_state(database, "plan", State(7, b"new"))
    store.put_state(database, "plan", State(3, b"old"))
    assert store.get_state(database, "plan") == State(7, b"new")


def test_a_blob_is_kept_once(database: Database) -> None:
    one = store.put_blob(database, "image/png", b"picture", "Ann")
    assert store.put_blob(database, "image/png", b"picture", "Ben") == one == store.get_blob(database, one.digest)
    with pytest.raises(NotFound):
        store.get_blob(database, "0" * 64)
