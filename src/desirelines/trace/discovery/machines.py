"""A tree of blocks as an automaton without silent moves (position automaton after Glushkov)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from desirelines.model.automaton import Automaton, Position
from desirelines.trace.discovery.tree import Tree, loop, optional, several

STATES = 2000
"""What goes on side by side needs the product of its parts' states; where that is more, any order of its steps stands in."""

Move = tuple[int, int]
"""Target state and plan position."""


@dataclass(frozen=True)
class _Part:
    """States from 0, where it begins and no move leads back to."""

    moves: tuple[tuple[Move, ...], ...]
    """per state"""
    ends: frozenset[int]


def tree_automaton(tree: Tree, name: Callable[[int], str] = str) -> tuple[Automaton, bool]:
    """What the tree allows; its symbols are the codes. And whether it is that exactly, or allows more for want of states."""
    positions: list[Position] = []
    exact = [True]
    whole = _part(tree, positions, name, exact)
    rows = [(origin, *move) for origin, moves in enumerate(whole.moves) for move in moves]
    table = np.array(sorted(set(rows)), dtype=np.int32).reshape(-1, 3)
    accepting = np.zeros(len(whole.moves), np.bool_)
    accepting[list(whole.ends)] = True
    origin, target, position = (np.ascontiguousarray(table[:, column]) for column in range(3))
    return Automaton(tuple(positions), len(whole.moves), origin, target, position, accepting), exact[0]


def _part(tree: Tree, positions: list[Position], name: Callable[[int], str], exact: list[bool]) -> _Part:
    if tree.kind == "step":
        positions.append(Position("", name(tree.code), tree.code))
        return _Part((((1, len(positions) - 1),), ()), frozenset({1}))
    mark = len(positions)
    parts = [_part(child, positions, name, exact) for child in tree.children]
    if tree.kind == "parallel":
        found = _side_by_side(parts)
        if found is None:
            exact[0] = False
            del positions[mark:]
            free = loop(several("choice", [one for child in tree.children for one in child.steps()]))
            return _part(optional(free) if tree.can_be_empty else free, positions, name, exact)
        return found
    if tree.kind == "optional":
        return _Part(parts[0].moves, parts[0].ends | {0})
    if tree.kind == "loop":
        return _again(parts[0], parts[1] if len(parts) > 1 else _Part(((),), frozenset({0})))
    whole = parts[0]
    for part in parts[1:]:
        whole = _after(whole, part) if tree.kind == "sequence" else _instead(whole, part)
    return whole


def _moved(part: _Part, by: int) -> list[tuple[Move, ...]]:
    """The moves of all states but the first, as states from `by` + 1."""
    return [tuple((target + by, position) for target, position in moves) for moves in part.moves[1:]]


def _firsts(part: _Part, by: int) -> tuple[Move, ...]:
    return tuple((target + by, position) for target, position in part.moves[0])


def _laid(one: _Part, other: _Part) -> tuple[list[tuple[Move, ...]], int]:
    """The moves of one, then of the other without its first state; and by how much the other's states are moved."""
    by = len(one.moves) - 1
    return [*one.moves, *_moved(other, by)], by


def _after(one: _Part, other: _Part) -> _Part:
    moves, by = _laid(one, other)
    for state in one.ends:
        moves[state] += _firsts(other, by)
    ends = {state + by for state in other.ends if state} | (one.ends if 0 in other.ends else frozenset())
    return _Part(tuple(moves), frozenset(ends))


def _instead(one: _Part, other: _Part) -> _Part:
    moves, by = _laid(one, other)
    moves[0] += _firsts(other, by)
    return _Part(tuple(moves), one.ends | {state + by if state else 0 for state in other.ends})


def _again(one: _Part, back: _Part) -> _Part:
    """One, and as often as one likes `back` and one again."""
    moves, by = _laid(one, back)
    first, firsts_back = one.moves[0], _firsts(back, by)
    ends, ends_back = set(one.ends), {state + by for state in back.ends if state}
    if 0 in one.ends:
        ends |= ends_back
    for state in ends:
        moves[state] += firsts_back + (first if 0 in back.ends else ())
    for state in ends_back:
        moves[state] += first
    return _Part(tuple(tuple(dict.fromkeys(several)) for several in moves), frozenset(ends))


def _side_by_side(parts: Sequence[_Part]) -> _Part | None:
    whole = parts[0]
    for part in parts[1:]:
        if len(whole.moves) * len(part.moves) > STATES:
            return None
        whole = _product(whole, part)
    return whole


def _product(one: _Part, other: _Part) -> _Part:
    """States are pairs; a move of either leaves the other where it is."""
    width = len(other.moves)
    moves = tuple(
        tuple((target * width + right, position) for target, position in one.moves[left])
        + tuple((left * width + target, position) for target, position in other.moves[right])
        for left in range(len(one.moves))
        for right in range(width)
    )
    return _Part(moves, frozenset(left * width + right for left in one.ends for right in other.ends))
