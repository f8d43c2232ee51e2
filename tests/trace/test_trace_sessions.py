"""Sessions from events in no order, against their reference."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_makers import HOUR, TIMES

from desirelines.errors import BadInput
from desirelines.trace import Room, Sessions, sessions
from desirelines.trace.counting import sessions as counting
from desirelines.trace.counting.scattering import scattered
from desirelines.trace.reference import sessions_reference

IDS = st.sampled_from([0, 1, 2, 7, -1, -(2**63), 2**63 - 1])


def rows(found: Sessions) -> list[tuple[int, ...]]:
    """In the reference's order."""
    columns = (found.customer, found.start_us, found.end_us, found.count)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(IDS, TIMES), max_size=60), st.sampled_from([0, 1, 3, 10**15]))
def test_sessions_are_the_references(events: list[tuple[int, int]], gap_us: int) -> None:
    customer, at = [one for one, _ in events], [when for _, when in events]
    found = sessions(np.array(customer, np.int64), np.array(at, np.int64), gap_us)
    assert rows(found) == sessions_reference(customer, at, gap_us)


@pytest.mark.parametrize("customers", [1, 40, 9_000])
def test_many_events_are_sorted_in_parts(customers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One customer with very many events, and many with few; in one room, one after the other."""
    monkeypatch.setattr(counting, "PER_PART", 1 << 9)
    random, room = np.random.default_rng(customers), Room()
    for size in (20_000, 7_000):
        customer, at = random.integers(-5, customers - 5, size), random.integers(-HOUR, 40 * HOUR, size) // 1000
        found = sessions(customer, at, 20_000, room)
        assert rows(found) == sessions_reference(customer.tolist(), at.tolist(), 20_000)


def test_a_session_goes_on_at_the_gap_and_not_beyond() -> None:
    found = sessions(np.array([3, 3, 3]), np.array([21, 0, 10]), 10)
    assert rows(found) == [(3, 0, 10, 2), (3, 21, 21, 1)]


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(BadInput, match="2 customers, 1 times"):
        sessions(np.zeros(2, np.int64), np.zeros(1, np.int64), 1)
    with pytest.raises(BadInput, match="gap of -1"):
        sessions(np.zeros(1, np.int64), np.zeros(1, np.int64), -1)


def test_parts_keep_every_pair_in_order() -> None:
    keys = np.random.default_rng(1).integers(-(2**62), 2**62, 100_000) // 2**50
    found, values, bounds = scattered(keys, np.arange(len(keys)), 4)
    assert (bounds[0], bounds[-1], len(bounds)) == (0, len(keys), 17)
    assert np.array_equal(keys[values], found)
    parts = [found[low:high] for low, high in pairwise(bounds)]
    assert sum(len(np.unique(part)) for part in parts) == len(np.unique(keys))
    assert all((np.diff(values[low:high]) > 0).all() for low, high in pairwise(bounds))
