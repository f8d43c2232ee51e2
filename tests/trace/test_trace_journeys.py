"""Cutting events into journeys."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_makers import Group, bucket

from desirelines.errors import BadInput
from desirelines.trace import cut
from desirelines.trace.reference import cut_reference

START, END, OTHER = 0, 1, 2


def journeys(word: str, starts: bool = True, ends: bool = True, gap: int | None = None, at: list[int] | None = None) -> list[str]:
    """The journeys of one customer's events: s starts, e ends, anything else neither; one microsecond apart."""
    times = list(range(len(word))) if at is None else at
    one = bucket([(1, [(time, {"s": START, "e": END}.get(letter, OTHER)) for time, letter in zip(times, word, strict=True)])])
    marks = np.eye(3, dtype=np.bool_)
    found = cut(one, marks[START] if starts else None, marks[END] if ends else None, gap, one.event)
    return [word[start:end] for start, end in zip(found.start, found.end, strict=True)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("xsxxexse", ["sxxe", "se"]),  # before the first start and between an end and the next start: left out
        ("sxsxe", ["sxsxe"]),  # a start inside an open journey is an ordinary event
        ("see", ["se"]),
        ("xx", []),
        ("s", ["s"]),
        ("sess", ["se", "ss"]),
    ],
)
def test_starts_and_ends(word: str, expected: list[str]) -> None:
    assert journeys(word) == expected


def test_without_starts_any_event_begins_one() -> None:
    assert journeys("xexxe", starts=False) == ["xe", "xxe"]
    assert journeys("exx", starts=False) == ["e", "xx"]


def test_starts_alone_never_cut() -> None:
    assert journeys("xsxsx", ends=False) == ["sxsx"]


def test_a_gap_ends_before_the_event_that_comes_too_late() -> None:
    at = [0, 10, 21, 31, 100]
    assert journeys("xxxxx", starts=False, ends=False, gap=10, at=at) == ["xx", "xx", "x"]
    assert journeys("sxxsx", ends=False, gap=10, at=at) == ["sx", "s"]  # what follows the gap waits for a start


def test_without_boundaries_a_subject_is_one_journey() -> None:
    one = bucket([(1, [(-5, 0), (3, 1)]), (2, []), (2, [(7, 0)])])
    found = cut(one)
    assert [found.start.tolist(), found.end.tolist(), found.group.tolist(), found.began_at.tolist()] == [
        [0, 2],
        [2, 3],
        [0, 2],
        [-5, 7],
    ]


def test_marks_may_be_given_per_event() -> None:
    one = bucket([(1, [(0, 5), (1, 5), (2, 5)])])
    found = cut(one, np.array([False, True, False]))
    assert (found.start.tolist(), found.end.tolist()) == ([1], [3])


def test_marks_of_the_wrong_length_are_refused() -> None:
    one = bucket([(1, [(0, 0), (1, 2)])])
    for marks, codes in ((np.array([True]), None), (np.array([True, True]), one.event)):
        with pytest.raises(BadInput, match="starts"):
            cut(one, marks, codes=codes)
    with pytest.raises(BadInput, match="negative"):
        cut(one, gap_us=-1)


EVENTS = st.lists(st.tuples(st.integers(-30, 30), st.integers(0, 2)), min_size=1, max_size=9).map(sorted)


@settings(deadline=None, max_examples=120)
@given(st.lists(EVENTS, max_size=4), st.booleans(), st.booleans(), st.one_of(st.none(), st.integers(0, 12)))
def test_cut_is_the_reference(subjects: list[list[tuple[int, int]]], starts: bool, ends: bool, gap: int | None) -> None:
    groups: list[Group] = [(number + 1, events) for number, events in enumerate(subjects)]
    one = bucket(groups)
    is_start, is_end = one.event == START, one.event == END
    found = cut(one, is_start if starts else None, is_end if ends else None, gap)
    expected = []
    for number, events in enumerate(subjects):
        at = [time for time, _ in events]
        begins = [code == START for _, code in events] if starts else None
        stops = [ends and code == END for _, code in events]
        first = int(one.offsets[number])
        for journey in cut_reference(at, begins, stops, 2**62 if gap is None else gap):
            expected.append((first + journey[0], first + journey[-1] + 1, number, at[journey[0]]))
    columns = (found.start, found.end, found.group, found.began_at)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == expected
