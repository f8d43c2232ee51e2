"""One walk along everybody's touches: what each rule credits to whom, and how chains of touches go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map import kernel

Int = NDArray[np.int64]
Float = NDArray[np.float64]
Mask = NDArray[np.bool_]
RULES = ("last", "first", "linear", "position", "decay", "shapley")
"""The rules that each conversion can be credited by alone, in the order of `Tally.credit`."""
ENDS = 0.4
"""Of position: what the first touch gets, and the last."""
NOWHERE = -1


@dataclass(frozen=True)
class Goals:
    """Conversions [k], sorted by customer, then time."""

    offsets: Int
    """[customers + 1]"""
    at: Int
    value: Float
    """what each is worth; no number: nothing"""
    counted: Mask
    """those that are credited; the others only end a chain of touches"""


@dataclass(frozen=True)
class Terms:
    window_us: int
    """A touch longer before a conversion is not credited with it."""
    half_us: int
    """After so long a touch weighs half."""
    runs: bool
    """The same touch several times in a row is one, at the time of the last."""
    low_us: int
    high_us: int
    """Chains that end without a conversion count where they end in this half-open time."""
    as_of_us: int
    """How far the data go: who was touched within the window before may still come."""


@dataclass(frozen=True)
class Tally:
    """Over C touches; place C stands for conversions that none came before."""

    credit: Float
    """[rules, C + 1] conversions"""
    worth: Float
    """[rules, C + 1] of their value"""
    squares: Float
    """[rules, C + 1] the squares of each conversion's shares, added up"""
    moves: Float
    """[C + 1, C + 2] from a touch (C: the start) to the next (C: a conversion, C + 1: none)"""
    reached: Int
    """[C + 1] conversions that such a touch came before"""
    people: Int
    """[C + 1] whose conversions these are"""
    chains: Int
    """[3] chains that ended in a conversion, without one, and those that may still go on"""

    @property
    def touches(self) -> int:
        return len(self.reached) - 1


def none(touches: int) -> Tally:
    """A tally of nothing."""
    rules, wide = len(RULES), touches + 1
    credit, worth, squares = (np.zeros((rules, wide)) for _ in range(3))
    counts = np.zeros(wide, np.int64), np.zeros(wide, np.int64), np.zeros(3, np.int64)
    return Tally(credit, worth, squares, np.zeros((wide, touches + 2)), *counts)


def added(found: Sequence[Tally], touches: int) -> Tally:
    whole = none(touches)
    for one in found:
        for name in ("credit", "worth", "squares", "moves", "reached", "people", "chains"):
            getattr(whole, name)[...] += getattr(one, name)
    return whole


def walked(
    offsets: Int, customer: Int, at: Int, codes: NDArray[np.uint32], touches: int, goals: Goals, terms: Terms,
    wanted: int = NOWHERE,
) -> tuple[Tally, Mask]:  # fmt: skip
    """The tally of some customers, and bool[g]: whose conversion the touch `wanted` came before (`touches`: none at all).

    Group i of the events [n] are those of one `customer` (index; -1: left out), `offsets[i]:offsets[i + 1]`, by time. Codes from
    `touches` on are no touches. A touch at the very instant of a conversion is the conversion's own.
    """
    found, whose = none(touches), np.zeros(len(customer), np.bool_)
    longest = int(np.diff(offsets).max(initial=0))
    _walk(
        offsets, customer, at, codes, goals.offsets, goals.at, goals.value, goals.counted, terms.window_us, terms.half_us,
        terms.runs, terms.low_us, terms.high_us, terms.as_of_us, wanted, np.zeros(longest + 1, np.int64),
        np.zeros(longest + 1, np.int64), np.full(touches + 1, -1, np.int64), np.full(touches + 1, -1, np.int64), found.credit,
        found.worth, found.squares, np.zeros(found.credit.shape), found.moves, found.reached, found.people, found.chains, whose,
    )  # fmt: skip
    return found, whose


@kernel
def _walk(
    offsets: Any, customer: Any, at: Any, codes: Any, goal_offsets: Any, goal_at: Any, goal_value: Any, counted: Any,
    window: Any, half: Any, runs: Any, low: Any, high: Any, as_of: Any, wanted: Any, code_of: Any, time_of: Any, seen: Any,
    seen_by: Any, credit: Any, worth: Any, squares: Any, own: Any, moves: Any, reached: Any, people: Any, chains: Any, whose: Any,
) -> None:  # fmt: skip
    touches = np.int64(seen.size - 1)
    for group in range(customer.size):
        who = np.int64(customer[group])
        if who < 0:
            continue
        event, end, before = np.int64(offsets[group]), np.int64(offsets[group + 1]), np.int64(-(2**62))
        goal, last_goal = np.int64(goal_offsets[who]), np.int64(goal_offsets[who + 1])
        while goal <= last_goal:
            ends = goal == last_goal
            moment = np.int64(2**62) if ends else np.int64(goal_at[goal])
            n = np.int64(0)
            while event < end and at[event] < moment:
                code = np.int64(codes[event])
                if code < touches and at[event] > before:
                    if runs and n > 0 and code_of[n - 1] == code:
                        time_of[n - 1] = at[event]
                    else:
                        code_of[n], time_of[n] = code, at[event]
                        n += 1
                event += 1
            first = np.int64(0)
            while first < n and (ends or time_of[first] < moment - window):
                first += 1
            _lose(first, code_of, time_of, window, low, high, as_of if ends else np.int64(2**62), moves, chains)
            if not ends and counted[goal]:
                hit = _gain(first, n, moment, goal_value[goal], half, group, goal, wanted, code_of, time_of, seen, seen_by,
                            credit, worth, squares, own, moves, reached, people)  # fmt: skip
                chains[0] += 1
                if hit:
                    whose[group] = True
            before = moment
            goal += 1


@kernel
def _lose(n: Any, code_of: Any, time_of: Any, window: Any, low: Any, high: Any, as_of: Any, moves: Any, chains: Any) -> None:
    """Chains among the first n touches: they end after a silence as long as the window."""
    touches = np.int64(moves.shape[0] - 1)
    start = np.int64(0)
    for place in range(n):
        last = place + 1 == n
        if not last and time_of[place + 1] - time_of[place] <= window:
            continue
        if last and time_of[place] + window >= as_of and as_of < 2**62:
            chains[2] += 1
        elif low <= time_of[place] < high:
            chains[1] += 1
            state = touches
            for step in range(start, place + 1):
                moves[state, code_of[step]] += 1
                state = code_of[step]
            moves[state, touches + 1] += 1
        start = np.int64(place + 1)


@kernel
def _gain(
    first: Any, n: Any, moment: Any, value: Any, half: Any, group: Any, goal: Any, wanted: Any, code_of: Any, time_of: Any,
    seen: Any, seen_by: Any, credit: Any, worth: Any, squares: Any, own: Any, moves: Any, reached: Any, people: Any,
) -> Any:  # fmt: skip
    """One conversion's credit to the touches from `first` to n; whether `wanted` is among them."""
    touches, count = np.int64(seen.size - 1), np.int64(n - first)
    if np.isnan(value):
        value = 0.0
    if count == 0:
        for rule in range(credit.shape[0]):
            credit[rule, touches] += 1
            worth[rule, touches] += value
            squares[rule, touches] += 1
        reached[touches] += 1
        if seen_by[touches] != group:
            seen_by[touches] = group
            people[touches] += 1
        return wanted == touches
    weight, distinct, hit, state = 0.0, 0, False, touches
    for place in range(first, n):
        code = code_of[place]
        weight += 0.5 ** ((moment - time_of[place]) / half)
        moves[state, code] += 1
        state = code
        hit = hit or code == wanted
        if seen[code] != goal:
            seen[code] = goal
            distinct += 1
            reached[code] += 1
            if seen_by[code] != group:
                seen_by[code] = group
                people[code] += 1
    moves[state, touches] += 1
    for place in range(first, n):
        code = code_of[place]
        share = ENDS if place in (first, n - 1) else (1.0 - 2 * ENDS) / (count - 2)
        if count <= 2:
            share = np.float64(1.0 / count)
        aged = 0.5 ** ((moment - time_of[place]) / half) / weight if weight > 0 else 1.0 / count
        parts = (1.0 if place == n - 1 else 0.0, 1.0 if place == first else 0.0, 1.0 / count, share, aged)
        for rule in range(5):
            own[rule, code] += parts[rule]
        own[5, code] = 1.0 / distinct
    for place in range(first, n):
        code = code_of[place]
        if seen[code] == goal:  # once for each distinct touch
            seen[code] = -2
            for rule in range(6):
                credit[rule, code] += own[rule, code]
                worth[rule, code] += own[rule, code] * value
                squares[rule, code] += own[rule, code] ** 2
                own[rule, code] = 0.0
    return hit
