"""A planned journey as an automaton of its steps, without silent moves.

Every step becomes a state ("this step was the last"); what may follow is drawn directly, past optional steps and back
through loops. So nothing is ever silent, and no silent cycle can arise (position automaton after Glushkov).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.model.automaton import SILENT, Automaton, Position
from desirelines.plan import (
    Journey,
    Plan,
    Stage,
    Step,
    duration_us,
    in_order,
    journey_of,
    steps_of,
    touchpoint_codes,
    touchpoints_of,
)

ANY_ORDER_LIMIT = 10
"""Steps of one any-order stage whose coming must be remembered: 2 to that power states."""

Move = tuple[int, int]
"""Target state and plan position."""


@dataclass
class _Block:
    """A stretch of the plan: how it is entered, where it can end, whether it can be left out."""

    firsts: list[Move]
    lasts: list[int]
    skippable: bool


@dataclass
class _Draft:
    codes: dict[str, int]
    positions: list[Position] = field(default_factory=list)
    state_count: int = 1
    moves: dict[tuple[int, int, int], None] = field(default_factory=dict)  # a set that keeps its order

    def state(self) -> int:
        self.state_count += 1
        return self.state_count - 1

    def places(self, step: Step, stage: str) -> list[int]:
        """The plan positions of a step: one for each touchpoint it may be."""
        within = duration_us(step.within) if step.within else None
        found = []
        for touchpoint in touchpoints_of(step):
            if touchpoint not in self.codes:
                raise BadInput(f"step {step.id} names the touchpoint {touchpoint}, which the plan does not have")
            self.positions.append(Position(stage, touchpoint, self.codes[touchpoint], step.waived, within))
            found.append(len(self.positions) - 1)
        return found

    def join(self, lasts: list[int], firsts: list[Move]) -> None:
        for origin in lasts:
            for target, position in firsts:
                self.moves[origin, target, position] = None


def compile_journey(plan: Plan, journey: Journey) -> Automaton:
    """The journey's automaton; symbols are indices in the plan's order of touchpoints.

    Raises BadInput for an any-order stage of more than `ANY_ORDER_LIMIT` steps, for journeys that open into each other,
    and for a step whose touchpoint the plan lacks; NotFound for a micro journey it lacks.
    """
    draft = _Draft(touchpoint_codes(plan))
    whole = _journey(draft, plan, journey, "", (journey.id,))
    draft.join([0], whole.firsts)
    accepting = np.zeros(draft.state_count, dtype=np.bool_)
    accepting[whole.lasts] = True
    accepting[0] = whole.skippable
    table = np.array(sorted(draft.moves), dtype=np.int32).reshape(-1, 3)
    columns = [np.ascontiguousarray(table[:, column]) for column in range(3)]
    return Automaton(tuple(draft.positions), draft.state_count, columns[0], columns[1], columns[2], accepting)


def _journey(draft: _Draft, plan: Plan, journey: Journey, stage: str, above: tuple[str, ...]) -> _Block:
    blocks = [_stage(draft, plan, part, stage or part.id, above) for part in in_order(journey.stages)]
    return _loop(draft, _sequence(draft, blocks), journey.repeats)


def _stage(draft: _Draft, plan: Plan, stage: Stage, name: str, above: tuple[str, ...]) -> _Block:
    steps = list(steps_of(stage))
    if not steps and stage.opens:
        if stage.opens in above:
            raise BadInput(f"stage {stage.id} opens {stage.opens}, which opens it in turn", hint="take one `opens` away")
        block = _journey(draft, plan, journey_of(plan, stage.opens), name, (*above, stage.opens))
    elif stage.any_order:
        block = _any_order(draft, steps, stage, name)
    else:
        block = _sequence(draft, [_step(draft, step, name) for step in steps])
    return _loop(draft, block, stage.repeats)


def _step(draft: _Draft, step: Step, stage: str) -> _Block:
    state = draft.state()
    firsts = [(state, position) for position in draft.places(step, stage)]
    return _loop(draft, _Block(firsts, [state], step.waived), step.repeats)


def _sequence(draft: _Draft, blocks: list[_Block]) -> _Block:
    whole = _Block([], [], True)
    for block in blocks:
        draft.join(whole.lasts, block.firsts)
        whole = _Block(
            whole.firsts + (block.firsts if whole.skippable else []),
            block.lasts + (whole.lasts if block.skippable else []),
            whole.skippable and block.skippable,
        )
    return whole


def _loop(draft: _Draft, block: _Block, repeats: bool) -> _Block:
    if repeats:
        draft.join(block.lasts, block.firsts)
    return block


def _any_order(draft: _Draft, steps: list[Step], stage: Stage, name: str) -> _Block:
    """States are the sets of steps that came. A step that may come any number of times needs no place in the set."""
    free = [step for step in steps if step.waived and step.repeats]
    kept = [step for step in steps if not (step.waived and step.repeats)]
    if len(kept) > ANY_ORDER_LIMIT:
        raise BadInput(
            f"stage {stage.id} has {len(kept)} steps in any order; at most {ANY_ORDER_LIMIT} can be held",
            hint="split the stage, or let steps be both optional and repeating",
        )
    places = {step.id: draft.places(step, name) for step in steps}
    sets = {came: draft.state() for came in range(0 if free else 1, 2 ** len(kept))}
    for came, state in sets.items():
        draft.join([state], _onward(came, kept, free, places, sets))
    needed = sum(1 << bit for bit, step in enumerate(kept) if not step.waived)
    return _Block(
        _onward(0, kept, free, places, sets),
        [state for came, state in sets.items() if came & needed == needed],
        needed == 0,
    )


def _onward(came: int, kept: list[Step], free: list[Step], places: dict[str, list[int]], sets: dict[int, int]) -> list[Move]:
    moves = [(sets[came], position) for step in free for position in places[step.id]]
    for bit, step in enumerate(kept):
        if not came >> bit & 1 or step.repeats:
            moves += [(sets[came | 1 << bit], position) for position in places[step.id]]
    return moves


def closure(automaton: Automaton) -> NDArray[np.bool_]:
    """bool[states, states]: which states are reached without an event."""
    reach = np.eye(automaton.state_count, dtype=np.bool_)
    silent = automaton.position == SILENT
    if not silent.any():
        return reach
    reach[automaton.origin[silent], automaton.target[silent]] = True
    for middle in range(automaton.state_count):
        reach |= reach[:, middle : middle + 1] & reach[middle : middle + 1, :]
    return reach


def successors(automaton: Automaton) -> set[tuple[int, int]]:
    """Pairs of symbols that the plan lets follow each other, past silent moves (optional steps are drawn past already)."""
    reach = closure(automaton)
    symbols = np.array([position.symbol for position in automaton.positions], dtype=np.int64)
    loud = np.flatnonzero(automaton.position != SILENT)
    found: set[tuple[int, int]] = set()
    for move in loud:
        near = reach[automaton.target[move]][automaton.origin[loud]]
        after = symbols[automaton.position[loud[near]]]
        found.update((int(symbols[automaton.position[move]]), int(symbol)) for symbol in np.unique(after))
    return found


def shortest_path(automaton: Automaton) -> tuple[int, ...]:
    """The symbols of a shortest way through the plan (of equal ones the first by plan position).

    Raises BadInput when no way leads to an end.
    """
    onward: dict[int, list[Move]] = {}
    for origin, target, place in zip(automaton.origin, automaton.target, automaton.position, strict=True):
        onward.setdefault(int(origin), []).append((int(target), int(place)))
    heap: list[tuple[int, tuple[int, ...], int]] = [(0, (), 0)]
    done: set[int] = set()
    while heap:
        length, way, state = heappop(heap)
        if automaton.accepting[state]:
            return tuple(automaton.positions[place].symbol for place in way)
        if state in done:
            continue
        done.add(state)
        for target, place in onward.get(state, []):
            heappush(heap, (length, way, target) if place == SILENT else (length + 1, (*way, place), target))
    raise BadInput("the planned journey has no end that can be reached")
