"""A question that takes too long, or that nobody waits for, ends between two buckets and leaves no thread at work."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from trace_makers import parts

from desirelines.errors import Unavailable
from desirelines.trace import WAITING, Patience, each, reach, run


@pytest.fixture
def waiting() -> Iterator[Patience]:
    patience = Patience(60)
    token = WAITING.set(patience)
    yield patience
    WAITING.reset(token)


def test_answers_come_in_order_whatever_is_ready_first() -> None:
    def late_first(number: int) -> int:
        time.sleep(0.01 * (4 - number))
        return number

    assert each(late_first, range(5)) == [0, 1, 2, 3, 4]


def test_what_nobody_waits_for_is_not_begun(waiting: Patience) -> None:
    begun: list[int] = []

    def work(number: int) -> None:
        begun.append(number)
        if number == 2:
            waiting.stop()

    with pytest.raises(Unavailable) as told:
        each(work, range(1000))
    assert told.value.code == "given_up"
    assert len(begun) < 10
    assert [one.name for one in threading.enumerate() if "ThreadPool" in one.name] == []


def test_time_that_is_over_is_told_with_what_to_do() -> None:
    token = WAITING.set(Patience(0))
    try:
        with pytest.raises(Unavailable, match="0 seconds") as told:
            run(reach, parts([(1, [(0, 0)]), (2, [(3, 1)])], None, 2))
    finally:
        WAITING.reset(token)
    assert (told.value.code, bool(told.value.hint)) == ("too_long", True)


def test_an_error_in_one_item_is_told_and_the_rest_left() -> None:
    begun: list[int] = []

    def work(number: int) -> None:
        begun.append(number)
        raise ValueError(number)

    with pytest.raises(ValueError, match="0"):
        each(work, range(1000))
    assert len(begun) < 1000
