"""Sessions from events in no order: each customer's events, cut where nothing happened for a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.trace.bucket import Int
from desirelines.trace.compiled import compiled, plain
from desirelines.trace.counting.gaps import bounds_of
from desirelines.trace.counting.numbering import numbered
from desirelines.trace.counting.ordering import grouped, order_groups
from desirelines.trace.counting.scattering import scattered
from desirelines.trace.counting.scratch import Room, scratch
from desirelines.trace.run import each

PER_PART = 1 << 17
"""Events that are sorted at once, at least."""
MOST_BITS = 9


@dataclass(frozen=True)
class Sessions:
    """Sessions [s]: a customer's stand together, in the order of time; the customers in no order."""

    customer: Int
    start_us: Int
    """[s] the first event"""
    end_us: Int
    """[s] the last event"""
    count: Int
    """[s] events"""


def sessions(customer: NDArray[Any], at: NDArray[Any], gap_us: int, room: Room | None = None) -> Sessions:
    """The sessions of events [n] in any order: `customer` [n] ids, `at` [n] microseconds. A session ends before an
    event that comes more than `gap_us` after the one before it.

    Who asks often gives a `room`: its memory is used again, and so the answer is good until the next one. Raises BadInput when
    the lengths differ or the gap is negative.
    """
    if len(customer) != len(at) or gap_us < 0:
        raise BadInput(
            f"{len(customer)} customers, {len(at)} times and a gap of {gap_us} µs",
            hint="one customer for each time, and the longest pause inside a session",
        )
    bits = min(max(len(at) // PER_PART, 1).bit_length() - 1, MOST_BITS)
    room = room or Room()
    ids, times, bounds = scattered(plain(customer, np.int64), plain(at, np.int64), bits, room)
    shares = list(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True))
    sorted_parts = each(lambda share: _ordered(ids[share[0] : share[1]], times[share[0] : share[1]], gap_us), shares)
    begin = bounds_of(np.array([count for _, _, count in sorted_parts], np.int64)).tolist()
    found = [room.array(name, begin[-1], np.int64) for name in ("customer", "start", "end", "count")]

    def lay(place: int) -> None:
        customers, offsets, _ = sorted_parts[place]
        low, high = shares[place]
        to = slice(begin[place], begin[place + 1])
        _lay(customers, offsets, times[low:high], gap_us, *(column[to] for column in found))

    each(lay, range(len(shares)))
    return Sessions(*found)


def _ordered(ids: Int, times: Int, gap_us: int) -> tuple[Int, Int, int]:
    """One part's customers, where each one's events begin, and how many sessions they are; sorts `times` for that."""
    number, customers = numbered(ids, True)
    spare = scratch("sessions", len(times), np.int64)
    spare[:] = times
    offsets = grouped(number, len(customers), spare, times)
    order_groups(offsets, times, spare)
    return customers, offsets, _counted(offsets, times, gap_us)


@compiled
def _counted(offsets: Int, times: Int, gap_us: int) -> int:
    count = 0
    for customer in range(offsets.size - 1):
        count += 1
        for event in range(np.uint64(offsets[customer] + 1), np.uint64(offsets[customer + 1])):
            count += 1 if times[event] - times[event - np.uint64(1)] > gap_us else 0
    return count


@compiled
def _lay(customers: Int, offsets: Int, times: Int, gap_us: int, customer: Int, start: Int, end: Int, count: Int) -> None:
    to, one = np.uint64(0), np.uint64(1)
    for number in range(customers.size):
        low, high = np.uint64(offsets[number]), np.uint64(offsets[number + 1])
        first, before = low, times[low]
        customer[to], start[to] = customers[number], before
        for event in range(low + one, high):
            now = times[event]
            if now - before > gap_us:
                end[to], count[to] = before, event - first
                to += one
                customer[to], start[to] = customers[number], now
                first = np.uint64(event)
            before = now
        end[to], count[to] = before, high - first
        to += one
