"""Buckets, plans and logs for tests, made of literals or read from the shared data."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from desirelines.model.automaton import SILENT, Automaton, Position
from desirelines.trace import Bucket, Part, cut, part

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "event_logs"
HOUR = 3_600_000_000

Group = tuple[int, list[tuple[int, int]]]
"""customer, [(at, code), …]"""


def bucket(groups: Sequence[Group]) -> Bucket:
    """One bucket of these groups, which must be ordered by customer; subjects are numbered from 1."""
    lengths = [len(events) for _, events in groups]
    rows = [event for _, events in groups for event in events]
    return Bucket(
        offsets=np.array([0, *np.cumsum(lengths, dtype=np.int64)], dtype=np.int64),
        subject=np.arange(1, len(groups) + 1, dtype=np.int64),
        customer=np.array([customer for customer, _ in groups], dtype=np.int64),
        at=np.array([at for at, _ in rows], dtype=np.int64),
        event=np.array([code for _, code in rows], dtype=np.uint32),
        channel=np.zeros(len(rows), np.uint16),
        source=np.zeros(len(rows), np.uint16),
        ref=np.arange(len(rows), dtype=np.int64),
    )


def parts(groups: Sequence[Group], keep: Sequence[bool] | None = None, buckets: int = 1) -> list[Part]:
    """The groups laid into so many buckets, a customer's groups together; `keep` says which groups' journeys count."""
    kept = [True] * len(groups) if keep is None else list(keep)
    found = []
    for index in range(buckets):
        mine = sorted(
            (number for number, (customer, _) in enumerate(groups) if customer % buckets == index),
            key=lambda number: groups[number][0],
        )
        one = bucket([groups[number] for number in mine])
        journeys = cut(one)
        chosen = np.array([kept[number] for number in mine], dtype=np.bool_)
        found.append(part(one, journeys, one.event, chosen[journeys.group]))
    return found


TIMES = st.one_of(
    st.integers(0, 5), st.integers(-3 * 10**15, -(10**15)), st.integers(4_102_444_800_000_000, 7 * 10**15), st.just(-1)
)  # around 1970, before it, after 2100


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Group], list[bool], int]:
    """Groups, which of them are kept, and the code from which on codes are left out."""
    alphabet = draw(st.sampled_from([1, 64, 65, 256, 257, 70_000]))
    code = st.sampled_from(sorted({0, 1, alphabet // 2, alphabet - 2, alphabet - 1} & set(range(alphabet))))
    events = st.lists(st.tuples(TIMES, code), max_size=8).map(lambda rows: sorted(rows, key=lambda row: row[0]))
    groups = draw(st.lists(st.tuples(st.integers(0, 5), events), max_size=8))
    keep = draw(st.lists(st.booleans(), min_size=len(groups), max_size=len(groups)))
    skip = draw(st.sampled_from([-1, 1, max(alphabet - 1, 1)]))
    return groups, keep, skip


def as_journeys(groups: Sequence[Group], keep: Sequence[bool], skip: int) -> list[Group]:
    """What the references take: journeys kept, without what is left out."""
    limit = 2**32 if skip == -1 else skip
    return [
        (customer, [(at, code) for at, code in events if code < limit])
        for (customer, events), kept in zip(groups, keep, strict=True)
        if kept and events
    ]


Move = tuple[int, int, int]
"""origin, target, position or SILENT"""


def automaton(symbols: Sequence[int], moves: Sequence[Move], ends: Sequence[int], within_us: int | None = None) -> Automaton:
    """A plan of positions with these symbols; states are what the moves name."""
    table = np.array(moves, dtype=np.int32).reshape(-1, 3)
    count = max([0, *ends, *(state for move in moves for state in move[:2])]) + 1
    accepting = np.zeros(count, np.bool_)
    accepting[list(ends)] = True
    positions = tuple(Position("stage", f"t{symbol}", symbol, within_us=within_us) for symbol in symbols)
    return Automaton(positions, count, table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy(), accepting)


def linear(symbols: Sequence[int], within_us: int | None = None) -> Automaton:
    """One after the other."""
    moves = [(place, place + 1, place) for place in range(len(symbols))]
    return automaton(symbols, moves, [len(symbols)], within_us)


def any_order(symbols: Sequence[int], after: Sequence[int] = ()) -> Automaton:
    """A state for each set of the first symbols that came, then the others one after the other."""
    full = (1 << len(symbols)) - 1
    moves = [(came, came | 1 << place, place) for came in range(full) for place in range(len(symbols)) if not came >> place & 1]
    moves += [(full + place, full + place + 1, len(symbols) + place) for place in range(len(after))]
    return automaton([*symbols, *after], moves, [full + len(after)])


@st.composite
def plans(draw: st.DrawFn) -> Automaton:
    """A spine that reaches the end, and any moves beside it: optional, alternative, looping, the same place twice."""
    steps = draw(st.integers(0, 4))
    symbols = draw(st.lists(st.integers(0, 3), min_size=steps + 1, max_size=steps + 3))
    state, place = st.integers(0, steps), st.integers(0, len(symbols) - 1)
    loud = draw(st.lists(st.tuples(state, state, place), max_size=5))
    silent = draw(st.lists(st.tuples(state, state).filter(lambda move: move[0] < move[1]), max_size=2))
    ends = draw(st.lists(state, max_size=2))
    spine = [(step, step + 1, step) for step in range(steps)]
    return automaton(symbols, [*spine, *loud, *((*move, SILENT) for move in silent)], [steps, *ends])


def sequences(
    words: Sequence[Sequence[int] | str],
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.uint32]]]:
    """Offsets and codes; letters are codes from a = 0."""
    codes = [ord(step) - ord("a") if isinstance(step, str) else step for word in words for step in word]
    offsets = np.cumsum([0, *(len(word) for word in words)])
    return offsets.astype(np.int64), np.array(codes, dtype=np.uint32)


def read_log(name: str) -> tuple[list[Group], list[str]]:
    """Cases of a CSV log, each a customer of its own, stably sorted by time; and the names of the codes."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path.name} is not on this machine")
    cases: dict[str, list[tuple[int, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["time:timestamp"]) - datetime.fromisoformat("1970-01-01T00:00:00+00:00")
            cases.setdefault(row["case:concept:name"], []).append((at // timedelta(microseconds=1), row["concept:name"]))
    names = sorted({name for events in cases.values() for _, name in events})
    code = {name: index for index, name in enumerate(names)}
    groups = [
        (number + 1, [(at, code[name]) for at, name in sorted(events, key=lambda event: event[0])])
        for number, events in enumerate(cases.values())
    ]
    return groups, names


__all__ = ["HOUR", "SILENT", "Group", "as_journeys", "automaton", "bucket", "linear", "parts", "read_log", "sequences", "worlds"]
