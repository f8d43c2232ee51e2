"""What happened to customers, counted over any number of them and any stretch of time."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.explain.ripples.passing import Happenings

ROW = st.tuples(st.integers(-1, 3_000_000), st.integers(-(2**60), 2**60))


@settings(deadline=None, max_examples=100)
@given(st.lists(ROW, max_size=30), st.lists(st.tuples(st.integers(0, 30), ROW, ROW), max_size=20))
def test_counts_are_those_of_a_plain_loop_whoever_and_whenever(rows: list[tuple[int, int]], asks: list[tuple[int, ...]]) -> None:
    """A million customers over centuries: more than a key of microseconds could hold."""
    customer, at = (np.array([row[place] for row in rows], np.int64) for place in (0, 1))
    found = Happenings(customer, at)
    for place, one, other in asks:
        who = rows[place % len(rows)][0] if rows else 0
        who, (low, high) = max(0, who), sorted((one[1], other[1]))  # type: ignore[index]
        expected = sum(1 for whose, when in rows if whose == who and low <= when < high)
        asked = (np.array([who]), np.array([low], np.int64), np.array([high], np.int64))
        assert found.count(*asked).tolist() == [expected]
        assert found.total(*asked).tolist() == [float(expected)]
