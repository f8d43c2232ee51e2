"""What happened to a draft: told by person and stretch of time, looked at, brought back; and what grew stale meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from shop import PLAN
from sqlalchemy import text

from desirelines.errors import BadInput, NotFound
from desirelines.plan import Plan, Team, Touchpoint, normal, read_plan
from desirelines.store import Database, newest_update
from desirelines.studio import (
    When,
    ages,
    begin,
    confirm,
    draft,
    edit_draft,
    give_name,
    history,
    list_named,
    plan_at,
    publish_draft,
    restore,
    save_draft,
)

KIOSK = read_plan(PLAN)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "workspace.db")
    save_draft(opened, KIOSK, 0, 0, "Ada")
    publish_draft(opened, 0, "Ada", "the first")
    age(opened, 400)
    yield opened
    opened.close()


def age(database: Database, days: float) -> None:
    """Let all that happened so far have happened so much earlier."""
    earlier = {"us": int(days * 86_400_000_000)}
    with database.writing() as connection:
        for table, column in (("updates", "at"), ("versions", "at"), ("rows", "made_at"), ("rows", "changed_at")):
            connection.execute(text(f"UPDATE {table} SET {column} = {column} - :us"), earlier)


def about(words: str) -> object:
    return lambda plan: plan.model_copy(update={"brand": plan.brand.model_copy(update={"about": words})})


def with_team(plan: Plan) -> Plan:
    return plan.model_copy(update={"teams": (*plan.teams, Team(id="shops", name="Shops", order=20))})


def renamed(name: str) -> object:
    def change(plan: Plan) -> Plan:
        site, *rest = plan.touchpoints
        return plan.model_copy(update={"touchpoints": (site.model_copy(update={"name": name}), *rest)})

    return change


def test_changes_are_told_by_person_and_stretch_of_time(database: Database) -> None:
    for change in (about("A"), about("A kiosk"), with_team, renamed("Window")):
        edit_draft(database, change, "Ada")  # type: ignore[arg-type]
        age(database, 1 / 1440)
    edit_draft(database, renamed("Shop window"), "Ben")  # type: ignore[arg-type]
    age(database, 1 / 24)
    edit_draft(database, about("A kiosk."), "Ada")  # type: ignore[arg-type]
    found = history(database).entries
    assert [(one.kind, one.words) for one in found[:3]] == [
        ("edited", "Ada: changed the brand (about)"),
        ("edited", "Ben: changed touchpoint “Shop window” (name)"),
        ("edited", "Ada: changed the brand (about), added team “Shops”, changed touchpoint “Shop window” (name)"),
    ]
    assert found[2].first < found[2].last < found[1].first < found[0].first
    assert [(one.kind, one.words) for one in found[3:4]] == [("published", "Ada published version 1: the first")]
    assert found[-1].kind == "edited"
    assert found[-1].words.endswith("more")


def test_added_and_removed_again_is_nothing(database: Database) -> None:
    before = newest_update(database)
    edit_draft(database, with_team, "Ada")
    edit_draft(database, lambda plan: plan.model_copy(update={"teams": plan.teams[:1]}), "Ada")
    found = history(database).entries[0]
    assert (found.first, found.touched, found.words) == (before + 1, (), "Ada: nothing that shows")


def test_older_entries_come_page_by_page(database: Database) -> None:
    for number in range(7):
        edit_draft(database, about(str(number)), "Ada")  # type: ignore[arg-type]
        age(database, 1)
    seen, before = [], None
    for _ in range(10):
        page = history(database, before=before, size=3)
        seen += [(one.kind, one.last) for one in page.entries]
        before = page.before
        if before is None:
            break
    whole = [(one.kind, one.last) for one in history(database, size=200).entries]
    assert seen == whole
    assert len(whole) == 9


def test_who_drew_at_the_same_time_is_on_one_page_each(database: Database) -> None:
    for number in range(6):
        edit_draft(database, about(str(number)), "Ada" if number % 2 else "Ben")  # type: ignore[arg-type]
    first = history(database, size=1)
    second = history(database, before=first.before, size=1)
    assert [(one.author, one.last - one.first) for one in (first.entries[0], second.entries[0])] == [("Ada", 4), ("Ben", 4)]
    whole = history(database, size=2).entries[:2]
    assert (first.entries[0], second.entries[0]) == whole


def test_one_maps_history_is_its_own(database: Database) -> None:
    edit_draft(database, about("A"), "Ada")  # type: ignore[arg-type]
    age(database, 1)

    def draw(plan: Plan) -> Plan:
        journey = plan.journeys[0]
        stages = (journey.stages[0].model_copy(update={"desired": 0.5}), *journey.stages[1:])
        return plan.model_copy(update={"journeys": (journey.model_copy(update={"stages": stages}),)})

    edit_draft(database, draw, "Ben")
    assert history(database, "buy").entries[0].words == "Ben: changed stage “Look” (desired)"
    assert not any("brand" in one.words for one in history(database, "buy").entries)


def test_the_plan_as_it_was_and_back_again(database: Database) -> None:
    first = newest_update(database)
    edit_draft(database, about("A kiosk."), "Ada")  # type: ignore[arg-type]
    second = newest_update(database)
    drawn = edit_draft(database, with_team, "Ben").plan
    assert plan_at(database, When(update=first)).plan == normal(KIOSK)
    assert plan_at(database, When(update=second)).plan.brand.about == "A kiosk."
    assert plan_at(database, When(update=second)).author == "Ada"
    assert plan_at(database, When(version=1)).plan == normal(KIOSK)
    restored = restore(database, When(version=1), "Cai")
    assert (restored.plan, restored.base) == (normal(KIOSK), 1)
    assert history(database).entries[0].words == "Cai went back to version 1: changed the brand (about), removed team “shops”"
    assert plan_at(database, When(update=restored.revision - 1)).plan == drawn, "nothing is destroyed"
    assert restore(database, When(update=restored.revision - 1), "Cai").plan == drawn


def test_one_element_comes_back_with_all_that_lay_in_it(database: Database) -> None:
    before = newest_update(database)
    edit_draft(database, about("kept"), "Ada")  # type: ignore[arg-type]
    journey = KIOSK.journeys[0]
    fewer = journey.model_copy(update={"stages": journey.stages[:2]})
    edit_draft(database, lambda plan: plan.model_copy(update={"journeys": (fewer,)}), "Ben")
    restored = restore(database, When(update=before), "Cai", "stage:get")
    assert restored.plan.journeys == normal(KIOSK).journeys
    assert restored.plan.brand.about == "kept"
    with pytest.raises(NotFound, match="was not there then"):
        restore(database, When(update=before), "Cai", "stage:none")
    edit_draft(database, lambda plan: plan.model_copy(update={"journeys": ()}), "Ben")
    with pytest.raises(NotFound, match="the journey `buy` that it lay in is gone"):
        restore(database, When(update=before), "Cai", "step:s-till")


@pytest.mark.parametrize("when", [When(), When(update=1, version=1), When(named="0", version=1)])
def test_a_time_is_said_once(database: Database, when: When) -> None:
    with pytest.raises(BadInput, match="say when"):
        plan_at(database, when)


@pytest.mark.parametrize("when", [When(update=10_000), When(version=9), When(named="ab")])
def test_a_time_that_never_was(database: Database, when: When) -> None:
    with pytest.raises(NotFound):
        plan_at(database, when)


def test_a_name_holds_the_draft_as_it_was(database: Database) -> None:
    edit_draft(database, about("before"), "Ada")  # type: ignore[arg-type]
    named = give_name(database, "  Before   the workshop ", "Ada")
    edit_draft(database, about("after"), "Ben")  # type: ignore[arg-type]
    assert (named.name, [one.id for one in list_named(database)]) == ("Before the workshop", [named.id])
    assert plan_at(database, When(named=named.id)).plan.brand.about == "before"
    assert any(one.words == "Ada named this “Before the workshop”" for one in history(database).entries)
    assert restore(database, When(named=named.id), "Cai").plan.brand.about == "before"
    with pytest.raises(BadInput):
        give_name(database, " ", "Ada")
    with pytest.raises(NotFound):
        give_name(database, "Later", "Ada", update=10_000)


def test_what_was_not_touched_grows_stale_until_it_is_confirmed(database: Database) -> None:
    edit_draft(database, renamed("Window"), "Ben")  # type: ignore[arg-type]
    found = {one.element: one for one in ages(database)}
    assert (found["touchpoint:site"].days, found["touchpoint:site"].by, found["touchpoint:site"].stale) == (0, "Ben", False)
    assert (found["touchpoint:till"].days, found["touchpoint:till"].by, found["touchpoint:till"].stale) == (400, "Ada", True)
    confirm(database, "touchpoint:till", "Cai")
    again = {one.element: one for one in ages(database)}["touchpoint:till"]
    assert (again.days, again.by, again.confirmed, again.stale) == (0, "Cai", True, False)
    age(database, 200)
    again = {one.element: one for one in ages(database)}["touchpoint:till"]
    assert (again.days, again.stale) == (200, True)
    edit_draft(database, lambda plan: plan.model_copy(update={"touchpoints": changed(plan.touchpoints)}), "Dee")
    again = {one.element: one for one in ages(database)}["touchpoint:till"]
    assert (again.days, again.by, again.confirmed) == (0, "Dee", False)
    with pytest.raises(NotFound):
        confirm(database, "touchpoint:none", "Cai")


def changed(touchpoints: tuple[Touchpoint, ...]) -> tuple[Touchpoint, ...]:
    return tuple(one.model_copy(update={"words": "Changed."}) if one.id == "till" else one for one in touchpoints)


def test_a_maps_clock_counts_what_stands_on_it(database: Database) -> None:
    found = [one.element for one in ages(database, "buy")]
    assert set(found) == {
        "journey:buy", "stage:look", "stage:pay", "stage:get", "promise:fast",
        "touchpoint:site", "touchpoint:till", "touchpoint:parcel", "touchpoint:rating",
    }  # fmt: skip
    assert [one.at for one in ages(database)] == sorted(one.at for one in ages(database))
    assert ages(database, now=ages(database)[0].at + timedelta(days=500))[0].days == 500


def test_an_older_workspace_knows_when_its_versions_changed_what(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "old.db")
    save_draft(database, KIOSK, 0, 0, "Ada")
    publish_draft(database, 0, "Ada")
    age(database, 300)
    edit_draft(database, renamed("Window"), "Ben")  # type: ignore[arg-type]
    publish_draft(database, 1, "Ben")
    age(database, 100)
    with database.writing() as connection:
        connection.execute(text("DELETE FROM updates"))
    database.close()
    database = Database.open(tmp_path / "old.db")
    begin(database)
    found = {one.element: one for one in ages(database)}
    assert (found["touchpoint:site"].days, found["touchpoint:site"].by) == (100, "Ben")
    assert (found["touchpoint:till"].days, found["touchpoint:till"].by) == (400, "Ada")
    assert history(database).entries[0].kind == "begun"
    assert draft(database).base == 2
    database.close()
