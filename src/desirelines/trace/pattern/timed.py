"""Matches of patterns that limit times, followed along the weights."""

from __future__ import annotations

import numpy as np

from desirelines.trace.bucket import Codes, Int, Mask, Part
from desirelines.trace.compiled import compiled, longer
from desirelines.trace.pattern.automaton import (
    AFTER_LEAST,
    AFTER_MOST,
    ANCHORED,
    BAR,
    DONE,
    FRESH,
    HIGH,
    LEAST,
    LOW,
    MOST,
    NEXT,
    STARTS,
    TARGET,
    WAIT,
    WAY,
    Net,
)
from desirelines.trace.pattern.weights import Room, Table, new_room, weigh, whole


def timed_matches(
    part: Part, net: Net, kind_of: Table, keep: Mask, limit: int, overlap: bool, most: int
) -> tuple[bool, Int, Int, Int]:
    """Whether all matches are there, and journey, first and last event of each [m]; they are not where they would together be
    longer than `most` events."""
    journeys = part.journeys
    longest = int((journeys.end - journeys.start)[keep].max(initial=0))
    found: tuple[bool, Int, Int, Int] = _timed(
        journeys.start, journeys.end, part.bucket.at, part.codes, keep, limit, kind_of, net, overlap, most, new_room(net, longest)
    )
    return found


@compiled
def _timed(
    start: Int, end: Int, at: Int, codes: Codes, keep: Mask, limit: int, kind_of: Table, net: Net, overlap: bool, most: int,
    room: Room,
) -> tuple[bool, Int, Int, Int]:  # fmt: skip
    place = np.empty(room.at.size, np.int64)
    owner, first, last, top = np.empty(1024, np.int64), np.empty(1024, np.int64), np.empty(1024, np.int64), whole(0)
    walked, known, positions = whole(0), whole(kind_of.size), whole(net.clock.size)
    width = positions + len(net.waits)
    for journey in range(start.size):
        if not keep[journey]:
            continue
        count = whole(0)
        for event in range(start[journey], end[journey]):
            code = np.int64(codes[event])
            if code < limit:
                place[count], room.at[count] = event, at[event]
                room.kinds[count] = kind_of[code] if code < known else 0
                count += 1
        weigh(net, count, room)
        from_ = whole(0)
        while from_ < count:
            begins = from_ == 0
            for option in range(net.bounds[positions], net.bounds[positions + 1]):
                to = net.options[option, LOW]
                begins = begins or (net.options[option, ANCHORED] == 0 and room.table[(from_ + 1) * width + to] <= from_)
            until = whole(_end_of(net, count, from_, room)) if begins else from_ - 1
            if until < from_:
                from_ += 1
                continue
            if top == owner.size:
                owner, first, last = longer(owner, top, 2 * top), longer(first, top, 2 * top), longer(last, top, 2 * top)
            owner[top], first[top], last[top] = journey, place[from_], place[until]
            top += 1
            walked += until + 1 - from_
            from_ = from_ + 1 if overlap else until + 1
        if walked > most:
            return False, owner, first, last
    return True, longer(owner, top, top), longer(first, top, top), longer(last, top, top)


@compiled
def _end_of(net: Net, count: int, first: int, room: Room) -> int:
    """The last event of the match that begins with event `first`; `first - 1` where none does."""
    options, waits, at, table, live = net.options, net.waits, room.at, room.table, room.live
    positions = whole(net.clock.size)
    width = positions + len(waits)
    row, clock = positions, whole(first)
    matched, then = whole(first - 1), whole(first)  # the event matched last, and the one to look at next
    while True:
        chosen, low, high = whole(-1), whole(0), whole(0)
        for option in range(net.bounds[row], net.bounds[row + 1]):
            way, low, high = options[option, WAY], options[option, LOW], options[option, HIGH]
            if row == positions and options[option, ANCHORED] != 0 and first > 0:
                continue
            if way == NEXT:
                if then < count and (
                    row == positions or options[option, LEAST] <= at[then] - at[matched] <= options[option, MOST]
                ):
                    starts = then if options[option, FRESH] != 0 else clock
                    if starts >= table[(then + 1) * width + low]:
                        chosen, clock = way, starts
            elif way == WAIT:
                for wait in range(low, high):
                    live[wait] = clock >= table[(matched + 1) * width + positions + wait]
                    chosen = way if live[wait] else chosen
            elif way == DONE or then == count:
                chosen = way
            if chosen >= 0:
                break
        if chosen == NEXT:
            row, matched, then = low, then, then + 1
        elif chosen != WAIT:
            return int(matched)
        else:
            begins, row = row == positions, whole(-1)
            while row < 0:
                if then == count:
                    return count - 1
                for wait in range(low, high):
                    to = waits[wait, TARGET]
                    if row >= 0 or not live[wait]:
                        continue
                    if to >= 0 and (begins or waits[wait, AFTER_LEAST] <= at[then] - at[matched] <= waits[wait, AFTER_MOST]):
                        starts = then if waits[wait, STARTS] != 0 else clock
                        if starts >= table[(then + 1) * width + to]:
                            row, clock = to, starts
                    live[wait] = net.bars[waits[wait, BAR], room.kinds[then]] == 0
                then += 1
            matched = then - 1
