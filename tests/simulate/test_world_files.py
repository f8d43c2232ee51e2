"""The world as files: the same bytes from the same seed, any size, bad sizes refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.errors import BadInput
from desirelines.simulate import generate
from desirelines.simulate.world import clock, people


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        generate(tmp_path / name, people=300, seed=seed)
    first, second, other = (_bytes(tmp_path / name) for name in "abc")
    assert first == second
    assert len(first) == 16
    assert [name for name in first if first[name] == other[name]] == []


def test_a_wished_number_of_events_is_nearly_met(tmp_path: Path) -> None:
    world = generate(tmp_path, events=60_000, seed=1)
    assert abs(world.events / 60_000 - 1) < 0.05
    assert world.truth["events_total"] == world.events


def test_one_person_is_a_world(tmp_path: Path) -> None:
    world = generate(tmp_path, people=1, seed=1)
    assert world.people <= 1


@pytest.mark.parametrize(("count", "events"), [(0, None), (None, 0), (None, -5), (3, 3)])
def test_sizes_that_are_none(tmp_path: Path, count: int | None, events: int | None) -> None:
    with pytest.raises(BadInput):
        generate(tmp_path, people=count, events=events, seed=1)


def test_progress_is_told_and_may_stop_it(tmp_path: Path) -> None:
    heard: list[tuple[str, float]] = []

    def stop(stage: str, share: float) -> None:
        heard.append((stage, share))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(tmp_path, people=10, seed=1, progress=stop)
    assert heard == [("drawing people", 0.0)]


@settings(deadline=None)
@given(st.integers(0, 364), st.integers(4 * 3600, 86_399))
def test_the_clock_agrees_with_the_zone(day: int, second: int) -> None:
    at = clock.instant(np.array([day]), second)
    wall = datetime.fromtimestamp(int(at[0]), UTC).astimezone(ZoneInfo("Europe/Berlin"))
    assert (wall.hour * 3600 + wall.minute * 60 + wall.second) == second
    assert (wall.date() - datetime(2025, 10, 1, tzinfo=UTC).date()).days == day
    assert clock.day_of(at).tolist() == [day]
    assert clock.local_stamp(at).to_pylist() == [wall.strftime("%Y-%m-%d %H:%M:%S")]


@settings(deadline=None)
@given(st.sets(st.integers(0, 6_000_000_000), min_size=2, max_size=50))
def test_different_people_have_different_names(numbers: set[int]) -> None:
    given_numbers = np.array(sorted(numbers))
    for name in (people.cookie, people.order, people.phone, people.email):
        assert len(set(name(given_numbers).to_pylist())) == len(numbers)
