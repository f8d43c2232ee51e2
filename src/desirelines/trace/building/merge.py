"""Kernels of growth: where new events land among those of a bucket, and laying both together."""

from __future__ import annotations

from typing import Any

import numpy as np

from desirelines.trace.bucket import Int, Mask
from desirelines.trace.compiled import compiled, longer

Runs = tuple[Int, Int, Int, Int, Int]
"""Events of one subject that agree in time and whose order is open [r]: the old ones from, to; the new ones from, to; and
where the run begins in the merged bucket."""


@compiled
def _find(at: Int, low: int, high: int, new_at: Int, first: int, last: int, place: Int) -> None:
    """Fill `place` [first:last]: behind which of the old events low:high, by time, each of the new ones comes."""
    start = low
    for row in range(first, last):
        stop = high
        while start < stop:
            middle = (start + stop) // 2
            if at[middle] <= new_at[row]:
                start = middle + 1
            else:
                stop = middle
        place[row] = start


@compiled
def _equal(at: Int, low: int, high: int, moment: int) -> int:
    """Where the old events before `high` begin that have this time."""
    while high > low and at[high - 1] == moment:
        high -= 1
    return high


@compiled
def land(
    offsets: Int, subject: Int, at: Int, gone: Mask, new_offsets: Int, new_subject: Int, new_at: Int, origin: Int, tied: Mask
) -> tuple[Int, Int, Int, Runs, Int, Int]:
    """Before which old event each new one [m] stands; the merged offsets [g + 1] and subjects [g]; runs whose order is open;
    and the stretches of old events that are left out, from and to.

    `gone` [groups]: old groups that are left out. `origin` [m]: 0 for rows with rank and sequence, else the group the event
    comes from, whose order stands. `tied` [m]: of origin 0 and equal to the row before it.
    """
    most, count = subject.size + new_subject.size, new_at.size
    subjects, ends, place = np.empty(most, np.int64), np.zeros(most + 1, np.int64), np.empty(count, np.int64)
    old_from, old_to = np.empty(count, np.int64), np.empty(count, np.int64)
    new_from, new_to, run_at = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    out_from, out_to = np.empty(subject.size, np.int64), np.empty(subject.size, np.int64)
    runs = left = groups = total = old = new = 0
    while old < subject.size or new < new_subject.size:
        low = high = offsets[old]
        there = old < subject.size and (new == new_subject.size or subject[old] <= new_subject[new])
        comes = new < new_subject.size and not (there and subject[old] < new_subject[new])
        if there:
            if gone[old]:
                if left > 0 and out_to[left - 1] == offsets[old]:
                    left -= 1
                else:
                    out_from[left] = offsets[old]
                out_to[left] = offsets[old + 1]
                left += 1
            else:
                high = offsets[old + 1]
        if comes:
            first, last = new_offsets[new], new_offsets[new + 1]
            _find(at, low, high, new_at, first, last, place)
            row = first
            while row < last:
                behind, open_run = row + 1, False
                while behind < last and new_at[behind] == new_at[row]:
                    open_run |= origin[behind] != origin[row] or tied[behind]
                    behind += 1
                equal = _equal(at, low, place[row], new_at[row])
                if open_run or equal < place[row]:
                    old_from[runs], old_to[runs], new_from[runs], new_to[runs] = equal, place[row], row, behind
                    run_at[runs] = total + equal - low + row - first
                    runs += 1
                row = behind
            total += last - first
        total += high - low
        if comes or high > low:
            subjects[groups] = new_subject[new] if comes else subject[old]
            groups += 1
            ends[groups] = total
        if there:
            old += 1
        if comes:
            new += 1
    found = (
        longer(old_from, runs, runs), longer(old_to, runs, runs), longer(new_from, runs, runs), longer(new_to, runs, runs),
        longer(run_at, runs, runs),
    )  # fmt: skip
    ends = longer(ends, groups + 1, groups + 1)
    return place, ends, longer(subjects, groups, groups), found, longer(out_from, left, left), longer(out_to, left, left)


@compiled
def lay(
    place: Int, out_from: Int, out_to: Int, recode: bool, codes: tuple[Int, Int, Int, Int],
    old: tuple[Int, Int, Any, Any, Any], new: tuple[Int, Int, Any, Any, Any], whole: tuple[Int, Int, Any, Any, Any],
) -> None:  # fmt: skip
    """Fill the columns `whole` with those of `old`, but for what is left out, and of `new`, each before its place.

    `codes`: what files, events, channels and sources of old events are called now, where `recode` says that it matters.
    """
    files, events, channels, sources = codes
    at, ref, event, channel, source = old
    to = here = out = 0
    for row in range(place.size + 1):
        until = place[row] if row < place.size else at.size
        while here < until:
            stop = until
            if out < out_from.size and out_from[out] < stop:
                stop = out_from[out]
            if recode:
                for i in range(here, stop):
                    whole[0][to + i - here] = at[i]
                    whole[1][to + i - here] = files[ref[i] >> 32] << 32 | ref[i] & 0xFFFFFFFF
                    whole[2][to + i - here] = events[event[i]]
                    whole[3][to + i - here] = channels[channel[i]]
                    whole[4][to + i - here] = sources[source[i]]
            else:
                for i in range(here, stop):
                    whole[0][to + i - here] = at[i]
                    whole[1][to + i - here] = ref[i]
                    whole[2][to + i - here] = event[i]
                    whole[3][to + i - here] = channel[i]
                    whole[4][to + i - here] = source[i]
            to += stop - here
            here = stop
            if out < out_from.size and out_from[out] == here:
                here = out_to[out]
                out += 1
        if row < place.size:
            whole[0][to], whole[1][to], whole[2][to] = new[0][row], new[1][row], new[2][row]
            whole[3][to], whole[4][to] = new[3][row], new[4][row]
            to += 1
