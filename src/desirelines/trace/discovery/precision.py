"""How much more a plan allows than what happened."""

from __future__ import annotations

from collections import defaultdict

from desirelines.model.automaton import SILENT, Automaton
from desirelines.trace.bucket import Codes, Int

States = frozenset[int]


def precision(automaton: Automaton, offsets: Int, codes: Codes, weight: Int) -> float | None:
    """1: wherever journeys came to, every next step the plan allows was taken; near 0: hardly any was.

    After J. Munoz-Gama and J. Carmona, "A Fresh Look at Precision in Process Conformance" (2010): every place a journey came
    to (its steps so far), by how often it was come to. Places that the plan does not know are left out; None where there
    is none.
    """
    walk = _Walk(automaton)
    taken: dict[tuple[int, int], int] = {}  # a place in the tree of beginnings, and the next step
    visits: dict[int, int] = defaultdict(int)
    nexts: dict[int, set[int]] = defaultdict(set)
    states: dict[int, States] = {0: frozenset({0})}
    for index in range(len(weight)):
        place = 0
        for code in codes[offsets[index] : offsets[index + 1]].tolist():
            if not states[place]:
                break
            visits[place] += int(weight[index])
            nexts[place].add(code)
            step = (place, code)
            if step not in taken:
                taken[step] = len(taken) + 1
                states[taken[step]] = walk.onward(states[place], code)
            place = taken[step]
    allowed = spare = 0
    for place, count in visits.items():
        possible = walk.possible(states[place])
        allowed += count * len(possible)
        spare += count * len(possible - nexts[place])
    return 1.0 - spare / allowed if allowed else None


class _Walk:
    """Sets of states and what leads from them, each worked out once."""

    def __init__(self, automaton: Automaton) -> None:
        if (automaton.position == SILENT).any():
            raise ValueError("silent moves are not walked here")
        self._moves: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        symbols = [position.symbol for position in automaton.positions]
        for origin, target, place in zip(automaton.origin, automaton.target, automaton.position, strict=True):
            self._moves[int(origin)][symbols[place]].add(int(target))
        self._known: dict[tuple[States, int], States] = {}
        self._possible: dict[States, frozenset[int]] = {}

    def onward(self, states: States, code: int) -> States:
        key = (states, code)
        if key not in self._known:
            self._known[key] = frozenset(to for state in states for to in self._moves[state].get(code, ()))
        return self._known[key]

    def possible(self, states: States) -> frozenset[int]:
        if states not in self._possible:
            self._possible[states] = frozenset(code for state in states for code in self._moves[state])
        return self._possible[states]
