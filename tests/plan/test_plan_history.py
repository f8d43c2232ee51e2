"""Versions on the real database: who was first, what is in force, what others changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desirelines.errors import BadInput, Conflict, NotFound
from desirelines.plan import (
    Plan,
    Seen,
    Version,
    find_version,
    plan_hash,
    publish,
    read_plan,
    stretches,
    version,
    version_in_force,
    versions,
    workshop,
)
from desirelines.store import Database

PLAN = workshop("Lumen", "Europe/Lisbon")


def named(name: str) -> Plan:
    return workshop(name)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "workspace.db")
    yield opened
    opened.close()


def test_nothing_is_published_yet(database: Database) -> None:
    assert versions(database) == ()
    with pytest.raises(NotFound):
        version(database)


def test_the_first_version_holds_from_the_beginning_of_time(database: Database) -> None:
    before = datetime.now(UTC)
    first = publish(database, PLAN, 0, "ana", "drawn from memory")
    assert (first.number, first.parent, first.author, first.note) == (1, None, "ana", "drawn from memory")
    assert first.in_force_from is None
    assert first.hash == plan_hash(PLAN)
    assert first.plan == PLAN
    assert before - timedelta(seconds=1) <= first.at <= datetime.now(UTC)
    assert versions(database) == (first,)
    assert version(database) == version(database, 1) == first
    with pytest.raises(NotFound):
        version(database, 2)


def test_later_versions_hold_from_publication_unless_dated(database: Database) -> None:
    publish(database, named("A"), 0, "ana")
    second = publish(database, named("B"), 1, "ben")
    dated = datetime(2018, 3, 1, 12, 30, 0, 123456, tzinfo=UTC)
    third = publish(database, named("C"), 2, "ana", in_force_from=dated)
    assert (second.parent, second.in_force_from) == (1, second.at)
    assert (third.parent, third.in_force_from) == (2, dated)
    assert versions(database)[2] == third


def test_publishing_over_a_newer_version_shows_what_changed(database: Database) -> None:
    publish(database, named("A"), 0, "ana")
    publish(database, named("B"), 1, "ben")
    with pytest.raises(Conflict) as caught:
        publish(database, named("C"), 1, "ana")
    assert caught.value.message == "version 2 was published by ben after you began from version 1"
    assert caught.value.code == "newer_version"
    assert [(fault.path, fault.message) for fault in caught.value.faults] == [
        ("brand", "the brand: name changed from “A” to “B”")
    ]
    with pytest.raises(Conflict):
        publish(database, named("C"), 3, "ana")
    assert len(versions(database)) == 2


def test_a_first_version_has_no_base(database: Database) -> None:
    with pytest.raises(Conflict, match="there is no version 7 yet"):
        publish(database, PLAN, 7, "ana")


def test_an_unchanged_plan_is_no_new_version(database: Database) -> None:
    publish(database, PLAN, 0, "ana")
    shuffled = PLAN.model_copy(update={"touchpoints": PLAN.touchpoints[::-1]})
    with pytest.raises(Conflict, match="nothing changed since version 1") as caught:
        publish(database, shuffled, 1, "ana")
    assert caught.value.code == "unchanged"


def test_a_plan_with_errors_is_refused_whole(database: Database) -> None:
    plan = read_plan("brand: {name: A, zone: Nowhere}\njourneys: [{id: j, name: J}]")
    with pytest.raises(BadInput) as caught:
        publish(database, plan, 0, "ana")
    assert [fault.path for fault in caught.value.faults] == ["brand.zone", "journeys[0]"]
    assert versions(database) == ()
    publish(database, PLAN, 0, "ana", seen=Seen(frozenset({"Other"})))  # warnings do not hinder


def test_a_first_version_cannot_be_dated_and_dates_name_their_zone(database: Database) -> None:
    with pytest.raises(BadInput, match="beginning of time"):
        publish(database, PLAN, 0, "ana", in_force_from=datetime(2018, 1, 1, tzinfo=UTC))
    publish(database, PLAN, 0, "ana")
    with pytest.raises(BadInput, match="names no zone"):
        publish(database, named("B"), 1, "ana", in_force_from=datetime(2018, 1, 1))  # noqa: DTZ001


def holding(*dates: int | None) -> list[Version]:
    return [
        Version(
            number + 1,
            number or None,
            "ana",
            datetime(2020, 1, 1, tzinfo=UTC),
            "",
            None if day is None else datetime(2020, 1, day, tzinfo=UTC),
            "",
            PLAN,
        )
        for number, day in enumerate(dates)
    ]


def test_the_version_published_last_of_those_in_force_holds() -> None:
    three = holding(None, 20, 10)
    at = [version_in_force(three, datetime(2020, 1, day, tzinfo=UTC)).number for day in (1, 9, 10, 19, 20, 31)]
    assert at == [1, 1, 3, 3, 3, 3]
    assert [(since and since.day, one.number) for since, one in stretches(three)] == [(None, 1), (10, 3)]
    assert [(since and since.day, one.number) for since, one in stretches(holding(None, 5, 9))] == [(None, 1), (5, 2), (9, 3)]
    assert stretches([]) == []
    with pytest.raises(NotFound):
        version_in_force([], datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(NotFound):
        version_in_force([replace(three[1])], datetime(2020, 1, 1, tzinfo=UTC))


def test_a_version_by_number() -> None:
    assert find_version(holding(None, 2), 2).number == 2
    with pytest.raises(NotFound):
        find_version(holding(None), 2)
