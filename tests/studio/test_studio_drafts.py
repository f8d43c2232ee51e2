"""The draft on the real database: it is the shared documents, whoever edits them, and nothing of it is lost."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from desirelines import store
from desirelines.errors import BadInput, Conflict, NotFound
from desirelines.plan import Plan, Team, canonical_text, normal, publish, read_plan, workshop, write_plan
from desirelines.store import Database, list_touched, newest_update
from desirelines.studio import begin, draft, drop_draft, publish_draft, save_draft
from desirelines.studio.shelf import STATE_EVERY, Shelf, shelf_of


def named(name: str) -> Plan:
    return workshop(name)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "workspace.db")
    yield opened
    opened.close()


def test_nothing_is_there_yet(database: Database) -> None:
    with pytest.raises(NotFound):
        draft(database)
    begin(database)
    assert newest_update(database) == 0


def test_a_draft_is_the_newest_version_until_it_is_edited(database: Database) -> None:
    publish(database, named("A"), 0, "ana")
    fresh = draft(database)
    assert (fresh.plan, fresh.base, fresh.revision) == (named("A"), 1, 0)
    saved = save_draft(database, named("B"), 1, 0, "ben")
    assert (saved.plan, saved.base, saved.author) == (named("B"), 1, "ben")
    assert saved.revision == newest_update(database)
    assert draft(database) == saved
    dropped = drop_draft(database, "cai")
    assert (dropped.plan, dropped.base, dropped.author) == (named("A"), 1, "cai")
    assert dropped.revision > saved.revision, "going back is an edit too"


def test_two_people_at_one_draft(database: Database) -> None:
    first = save_draft(database, named("A"), 0, 0, "ana")
    save_draft(database, named("B"), 0, first.revision, "ben")
    with pytest.raises(Conflict) as caught:
        save_draft(database, named("C"), 0, first.revision, "ana")
    assert caught.value.code == "newer_draft"
    assert [fault.message for fault in caught.value.faults] == ["the brand: name changed from “C” to “B”"]
    assert draft(database).plan.brand.name == "B"


def test_a_draft_on_an_older_version_is_a_conflict(database: Database) -> None:
    publish(database, named("A"), 0, "ana")
    saved = save_draft(database, named("B"), 1, 0, "ben")
    publish(database, named("C"), 1, "ana")
    with pytest.raises(Conflict) as caught:
        save_draft(database, named("D"), 1, saved.revision, "ben")
    assert caught.value.code == "newer_version"
    with pytest.raises(Conflict) as caught:
        publish_draft(database, 1, "ben")
    assert caught.value.code == "newer_version"
    assert [fault.message for fault in caught.value.faults] == ["the brand: name changed from “A” to “C”"]
    assert draft(database) == saved
    assert save_draft(database, named("D"), 2, saved.revision, "ben").base == 2


def test_a_published_draft_goes_on_from_its_version(database: Database) -> None:
    saved = save_draft(database, named("A"), 0, 0, "ana")
    assert publish_draft(database, 0, "ana").number == 1
    after = draft(database)
    assert (after.plan, after.base, after.revision) == (named("A"), 1, saved.revision)
    with pytest.raises(Conflict, match="nothing changed"):
        publish_draft(database, 1, "ana")
    save_draft(database, named("B"), 1, after.revision, "ana")
    assert publish_draft(database, 1, "ana").plan == named("B")
    assert draft(database).base == 2


def test_a_draft_may_be_unfinished(database: Database) -> None:
    plan = read_plan("brand: A\njourneys: [{id: j, name: J}]\nmoments: [{id: m, words: W, stage: nowhere}]")
    assert save_draft(database, plan, 0, 0, "ana").plan == normal(plan)


def test_two_elements_of_one_list_need_two_ids(database: Database) -> None:
    plan = named("A").model_copy(update={"teams": (Team(id="t", name="One"), Team(id="t", name="Two"))})
    with pytest.raises(BadInput, match="two of the teams have the id `t`") as caught:
        save_draft(database, plan, 0, 0, "ana")
    assert caught.value.code == "same_id"
    assert newest_update(database) == 0


def test_only_what_was_edited_is_written_and_said(database: Database) -> None:
    plan = named("A")
    first = save_draft(database, plan, 0, 0, "ana")
    teams = (*plan.teams, Team(id="new-team", name="New", order=990))
    brand = plan.brand.model_copy(update={"about": "A shop."})
    save_draft(database, plan.model_copy(update={"brand": brand, "teams": teams}), 0, first.revision, "ben")
    written = list_touched(database, after=first.revision)
    assert [(row.document, row.author, set(row.touched)) for row in written] == [
        ("plan", "ben", {"brand.about", "+team:new-team"}),
    ]


def test_an_old_draft_becomes_shared_documents_once(database: Database) -> None:
    publish(database, named("A"), 0, "ana")
    store.save_draft(database, "plan", canonical_text(named("B")), "ben", 1)
    old = draft(database)
    assert (old.plan, old.base, old.revision, old.author) == (named("B"), 1, 0, "ben")
    begin(database)
    begun = newest_update(database)
    assert begun > 0
    begin(database)
    assert newest_update(database) == begun
    assert (draft(database).plan, draft(database).base) == (named("B"), 1)
    saved = save_draft(database, named("C"), 1, 0, "cai")  # who read it before it was begun read the same
    assert saved.plan == named("C")
    with pytest.raises(Conflict):
        save_draft(database, named("D"), 1, 0, "dee")


def _begin(place: str, gate: object) -> None:
    database = Database.open(Path(place))
    gate.wait()  # type: ignore[attr-defined]
    begin(database)


def test_two_processes_begin_once(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "workspace.db")
    publish(database, named("A"), 0, "ana")
    spawn = multiprocessing.get_context("spawn")
    gate = spawn.Barrier(3)
    both = [spawn.Process(target=_begin, args=(str(tmp_path / "workspace.db"), gate)) for _ in range(3)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    documents = [row.document for row in list_touched(database)]
    assert documents
    assert len(documents) == len(set(documents))
    assert draft(database).plan == named("A")
    database.close()


def test_many_edits_are_kept_as_a_state_and_read_the_same(database: Database) -> None:
    plan = named("A")
    save_draft(database, plan, 0, 0, "ana")
    for number in range(STATE_EVERY + 10):
        brand = plan.brand.model_copy(update={"about": "x" * (number % 7) + str(number)})
        plan = plan.model_copy(update={"brand": brand})
        save_draft(database, plan, 0, None, "ana")
    state = store.get_state(database, "plan")
    assert 0 < state.up_to < newest_update(database)
    fresh = Shelf(database)
    assert fresh.read().plan == normal(plan)
    assert fresh.read().plan == shelf_of(database).read().plan


def test_another_process_sees_an_edit_at_once(tmp_path: Path) -> None:
    one, other = Database.open(tmp_path / "w.db"), Database.open(tmp_path / "w.db")
    saved = save_draft(one, named("A"), 0, 0, "ana")
    assert draft(other) == saved
    again = save_draft(other, named("B"), 0, saved.revision, "ben")
    assert draft(one) == again
    one.close()
    other.close()


def test_a_yaml_that_goes_in_comes_out_but_for_the_edit(database: Database) -> None:
    text = write_plan(named("A"))
    save_draft(database, read_plan(text), 0, 0, "ana")
    assert write_plan(draft(database).plan) == text
    edited = text.replace("name: A", "name: Another", 1)
    save_draft(database, read_plan(edited), 0, None, "ben")
    assert write_plan(draft(database).plan) == edited
