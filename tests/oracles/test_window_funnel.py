"""ClickHouse's windowFunnel on the same data: the answers of version 26.9 (chdb 4.4.0), pinned, and its documentation in Python.

The query, once for each row of ANSWERS, over the file that `python tests/oracles/test_window_funnel.py > events.csv` writes:

    SELECT groupArray((level, users, checksum)) FROM (
      SELECT level, count() AS users, sum(user) AS checksum FROM (
        SELECT user, windowFunnel({window})(at, {event = 'a', event = 'b', …}) AS level
        FROM file('events.csv', CSV, 'user UInt64, at UInt64, event String') GROUP BY user
      ) GROUP BY level ORDER BY level
    )
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.trace import Bucket, Part, Step, Steps, chains, cut, part, run

EVENTS = "abcdefgh"
USERS = 4_000
EVER = 10**9


def journeys(ties: bool = False) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """user, [(second, event), …] in order of time, from a generator of one's own: the same numbers everywhere, for ever."""
    state = 20_240_301

    def dice(sides: int) -> int:
        nonlocal state
        state = (state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return (state >> 33) % sides

    for user in range(1, USERS + 1):
        at, rows = dice(1_000), []
        for _ in range(1 + dice(4) * dice(12)):
            rows.append((at, EVENTS[min(dice(8), dice(8))]))
            at += dice(3) * dice(40) if ties else 1 + dice(3) * dice(40) + dice(2) * dice(900)
        yield user, rows


Told = list[tuple[int, int, int]]
"""level, users, sum of the users' numbers"""
ANSWERS: dict[tuple[str, int], Told] = {
    ("ab", 60): [(0, 1297, 2648516), (1, 1937, 3866180), (2, 766, 1487304)],
    ("ab", 600): [(0, 1297, 2648516), (1, 1319, 2632931), (2, 1384, 2720553)],
    ("ab", 3600): [(0, 1297, 2648516), (1, 903, 1771732), (2, 1800, 3581752)],
    ("ab", 1000000000): [(0, 1297, 2648516), (1, 903, 1771732), (2, 1800, 3581752)],
    ("abc", 60): [(0, 1297, 2648516), (1, 1937, 3866180), (2, 697, 1334110), (3, 69, 153194)],
    ("abc", 600): [(0, 1297, 2648516), (1, 1319, 2632931), (2, 973, 1920195), (3, 411, 800358)],
    ("abc", 3600): [(0, 1297, 2648516), (1, 903, 1771732), (2, 641, 1249701), (3, 1159, 2332051)],
    ("abc", 1000000000): [(0, 1297, 2648516), (1, 903, 1771732), (2, 628, 1225032), (3, 1172, 2356720)],
    ("dcba", 60): [(0, 1755, 3552836), (1, 1793, 3560934), (2, 396, 784682), (3, 47, 87781), (4, 9, 15767)],
    ("dcba", 600): [(0, 1755, 3552836), (1, 1307, 2570544), (2, 663, 1324987), (3, 205, 419383), (4, 70, 134250)],
    ("dcba", 3600): [(0, 1755, 3552836), (1, 823, 1616565), (2, 439, 856092), (3, 353, 722696), (4, 630, 1253811)],
    ("dcba", 1000000000): [(0, 1755, 3552836), (1, 819, 1606335), (2, 419, 817711), (3, 309, 621834), (4, 698, 1403284)],
    ("hgfe", 60): [(0, 3529, 7060964), (1, 455, 914291), (2, 15, 24644), (3, 1, 2101)],
    ("hgfe", 600): [(0, 3529, 7060964), (1, 424, 852254), (2, 42, 81482), (3, 5, 7300)],
    ("hgfe", 3600): [(0, 3529, 7060964), (1, 345, 696267), (2, 89, 171433), (3, 21, 33787), (4, 16, 39549)],
    ("hgfe", 1000000000): [(0, 3529, 7060964), (1, 337, 677853), (2, 84, 160527), (3, 23, 40499), (4, 27, 62157)],
    ("abcde", 60): [(0, 1297, 2648516), (1, 1937, 3866180), (2, 697, 1334110), (3, 66, 143736), (4, 3, 9458)],
    ("abcde", 600): [(0, 1297, 2648516), (1, 1319, 2632931), (2, 973, 1920195), (3, 343, 660804), (4, 64, 131480), (5, 4, 8074)],
    ("abcde", 3600): [
        (0, 1297, 2648516),
        (1, 903, 1771732),
        (2, 641, 1249701),
        (3, 533, 1088680),
        (4, 399, 800746),
        (5, 227, 442625),
    ],
    ("abcde", 1000000000): [
        (0, 1297, 2648516),
        (1, 903, 1771732),
        (2, 628, 1225032),
        (3, 494, 1007515),
        (4, 340, 682085),
        (5, 338, 667120),
    ],
}
"""(steps, window in seconds) → levels"""
TIED: dict[tuple[str, int], Told] = {
    ("ab", 60): [(0, 1313, 2626054), (1, 1053, 2086472), (2, 1634, 3289474)],
    ("ab", 600): [(0, 1313, 2626054), (1, 828, 1637833), (2, 1859, 3738113)],
    ("dcba", 60): [(0, 1760, 3554874), (1, 1082, 2148028), (2, 632, 1271743), (3, 301, 572762), (4, 225, 454593)],
    ("dcba", 600): [(0, 1760, 3554874), (1, 755, 1516172), (2, 438, 842998), (3, 275, 526781), (4, 772, 1561175)],
}
"""The same of `journeys(ties=True)`, where many events have equal times."""


def window_funnel(rows: Sequence[tuple[int, str]], steps: str, window: int, increase: bool = False) -> int:
    """As documented: the longest chain of the conditions in order within the window that the first one opens."""
    level = 0
    for begun in [at for at, event in rows if event == steps[0]]:
        at, reached = begun, 1
        for step in steps[1:]:
            later = [one for one, event in rows if event == step and at + increase <= one <= begun + window]
            if not later:
                break
            at, reached = min(later), reached + 1
        level = max(level, reached)
    return level


def parts(buckets: int, ties: bool = False) -> list[Part]:
    """The same events, a user each a customer, times in microseconds."""
    found = []
    for index in range(buckets):
        mine = [(user, rows) for user, rows in journeys(ties) if user % buckets == index]
        flat = [row for _, rows in mine for row in rows]
        users, none = np.array([user for user, _ in mine], np.int64), np.zeros(len(flat), np.uint16)
        one = Bucket(
            np.cumsum([0, *(len(rows) for _, rows in mine)]), users, users,
            np.array([at * 1_000_000 for at, _ in flat], np.int64),
            np.array([EVENTS.index(event) for _, event in flat], np.uint32), none, none, np.arange(len(flat)),
        )  # fmt: skip
        found.append(part(one, cut(one), one.event))
    return found


def levels(over: list[Part], steps: str, seconds: int) -> Told:
    """level, users and the sum of their numbers, as the query gives them."""
    return told(users_levels(over, steps, seconds))


def users_levels(over: list[Part], steps: str, seconds: int) -> dict[int, int]:
    asked = Steps(tuple(Step((EVENTS.index(event),)) for event in steps), within_us=seconds * 1_000_000)
    reached = dict.fromkeys(range(1, USERS + 1), 0)
    found = run(chains, over, asked, "people")
    for one, chain in zip(over, found, strict=True):
        users = one.bucket.customer[one.journeys.group[chain.journey]].tolist()
        reached |= dict(zip(users, chain.reached.tolist(), strict=True))
    return reached


def told(levels_of: dict[int, int]) -> Told:
    """As the query gives it."""
    there = sorted(set(levels_of.values()))
    users = {level: [user for user, its in levels_of.items() if its == level] for level in there}
    return [(level, len(users[level]), sum(users[level])) for level in there]


@pytest.mark.parametrize("buckets", [1, 3])
def test_the_furthest_step_is_what_clickhouse_answers(buckets: int) -> None:
    over = parts(buckets)
    assert {asked: levels(over, *asked) for asked in ANSWERS} == ANSWERS


def test_the_documentation_in_python_is_what_clickhouse_answers() -> None:
    rows = list(journeys())
    for steps, window in list(ANSWERS)[1::5]:
        assert told({user: window_funnel(mine, steps, window) for user, mine in rows}) == ANSWERS[steps, window]
    tied = list(journeys(ties=True))
    for steps, window in TIED:
        assert told({user: window_funnel(mine, steps, window) for user, mine in tied}) == TIED[steps, window]


def test_at_equal_times_the_order_of_the_store_lies_between_any_order_and_none() -> None:
    """There any order of equal times serves; here the one that the store has."""
    rows, over = dict(journeys(ties=True)), parts(2, ties=True)
    for steps, window in TIED:
        ours = users_levels(over, steps, window)
        least = {user: window_funnel(mine, steps, window, True) for user, mine in rows.items()}
        most = {user: window_funnel(mine, steps, window) for user, mine in rows.items()}
        assert all(least[user] <= ours[user] <= most[user] for user in rows)
        assert told(least) != told(ours) != told(most)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from("abcd")), max_size=14), st.permutations("abcd"), st.integers(0, 40))
def test_without_equal_times_the_levels_are_the_same(gaps: list[tuple[int, str]], order: list[str], window: int) -> None:
    rows, at = [], -50
    for gap, event in gaps:
        at += gap
        rows.append((at, event))
    none = np.zeros(len(rows), np.uint16)
    one = Bucket(
        np.array([0, len(rows)]), np.ones(1, np.int64), np.ones(1, np.int64), np.array([at for at, _ in rows], np.int64),
        np.array([EVENTS.index(event) for _, event in rows], np.uint32), none, none, np.arange(len(rows)),
    )  # fmt: skip
    asked = Steps(tuple(Step((EVENTS.index(event),)) for event in order[:3]), within_us=window)
    over: list[Part] = [part(one, cut(one), one.event)]
    found = run(chains, over, asked)[0]
    assert [*found.reached.tolist(), 0][0] == window_funnel(rows, "".join(order[:3]), window)


if __name__ == "__main__":
    for user, rows in journeys("ties" in sys.argv):
        for at, event in rows:
            sys.stdout.write(f"{user},{at},{event}\n")
