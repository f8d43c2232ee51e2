"""Places of journeys: steps or stages, how long one stays there, and who is there still, has left, or has arrived."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.map import Matched
from desirelines.measure.asking.calendar import codes_of, span_us
from desirelines.measure.asking.hours import hours
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.asking.walk import Names, Walk
from desirelines.plan import duration_us
from desirelines.trace import DECILES, Ends, Part, States, Stays

Int = NDArray[np.int64]
Floats = NDArray[np.float64]
OPEN, LEFT, ARRIVED = 1, 2, 3
STATES = {"open": OPEN, "left": LEFT, "arrived": ARRIVED}
NOWHERE = 255


class PlacesAsk(BaseModel):
    """What questions about times share. Marks are `at:`, `again:`, `open:`, `left:` and `arrived:` with a place's name."""

    model_config = ConfigDict(frozen=True)

    done: Annotated[Names, Field(description="a journey that ends here has arrived; names parted by |")] = ""
    patience: Annotated[
        str, Field(max_length=20, description="who is silent longer has left, such as 14d; empty: longer than nine in ten were")
    ] = ""
    hours: Annotated[str, Field(max_length=500, description="count open hours alone, such as Mon-Fri 09:00-17:00")] = ""
    holidays: Annotated[str, Field(max_length=2000, description="days that are closed, such as 2017-12-25|2018-01-01")] = ""


def by_stage(walk: Walk) -> Walk:
    """Stages are made of touchpoints."""
    return walk.model_copy(update={"level": "touchpoint"})


@dataclass(frozen=True)
class Places:
    """`of` step: each step is a place that the next step ends; waiting: the time before a step; stage: a stay in a planned stage,
    which the first step in another one ends."""

    paths: Paths
    ask: PlacesAsk
    of: Literal["step", "waiting", "stage"]

    @property
    def runs(self) -> bool:
        """Whether steps of one place in a row are one stay."""
        return self.of == "stage"

    @cached_property
    def matched(self) -> Matched:
        if self.paths.level != "touchpoint" or self.paths.matched is None:
            raise BadInput(
                "stages are asked for of a planned journey", hint="level touchpoint, and a plan with a journey of this subject"
            )
        return self.paths.matched

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(stage.name for stage in self.matched.stages) if self.runs else self.paths.names

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """What marks call them."""
        return tuple(stage.id for stage in self.matched.stages) if self.runs else self.paths.names

    @cached_property
    def _moves(self) -> NDArray[np.uint8]:
        """[stages + 1, touchpoints + 1] the stage of a touchpoint, coming from a stage: the same if it is drawn there, else the
        next one it is drawn in, else the first."""
        drawn = self.matched.in_stage
        count = drawn.shape[1]
        found = np.full((count + 1, len(drawn) + 1), NOWHERE, np.uint8)
        for touchpoint, stages in enumerate(drawn):
            places = np.flatnonzero(stages)
            for before in range(count + 1):
                later = places[places >= before] if before < count else places
                if len(places):
                    found[before, touchpoint] = later[0] if len(later) else places[0]
        return found

    @cached_property
    def states(self) -> States:
        """Per code, -1 for no place."""
        return np.append(np.arange(len(self.names)), -1).astype(np.int32)

    @cached_property
    def parts(self) -> list[Part]:
        """Codes are places, times are open time where hours are given."""
        parts = self.paths.parts
        if self.runs:
            if len(self.names) >= NOWHERE:
                raise BadInput(f"{len(self.names)} stages are more than can be told apart", hint=f"fewer than {NOWHERE}")
            parts = [tracing.moved(one, self._moves) for one in parts]
        if self.ask.hours:
            parts = [self._hours.part(one) for one in parts]
        return parts

    @cached_property
    def _hours(self) -> tracing.Hours:
        return hours(self.ask.hours, self.ask.holidays, *span_us(self.paths.trace), self.paths.zone)

    @cached_property
    def now_us(self) -> int:
        """The instant of the data's last event, by the clock of the parts."""
        now = span_us(self.paths.trace)[1]
        return int(self._hours.clock(np.array([now], np.int64))[0]) if self.ask.hours else now

    @cached_property
    def found(self) -> Stays:
        return tracing.run(tracing.stays, self.parts, self.states, len(self.names), self.runs, self.of == "waiting")

    @cached_property
    def onward(self) -> Stays:
        """The stays that end: what waiting there is held against."""
        if self.of != "waiting":
            return self.found
        return replace(self, of="step").found

    @cached_property
    def limit_us(self) -> Floats:
        """[s] who waits longer has left; where nobody ever went on, nobody is waited for."""
        if self.ask.patience:
            return np.full(len(self.names), float(duration_us(self.ask.patience)))
        return np.nan_to_num(self.onward.spread.quantile_us[:, DECILES.index(0.9)], nan=0.0)

    @cached_property
    def ends(self) -> Ends:
        """Per journey, all buckets."""
        return tracing.run(tracing.ends, self.parts, self.states, self.runs)

    @cached_property
    def waiting_us(self) -> Int:
        """[j] since the last stay began."""
        return np.where(self.ends.state >= 0, self.now_us - self.ends.since, 0)

    @cached_property
    def over(self) -> Mask:
        """[s] places at which a journey may end."""
        found = np.zeros(len(self.names) + 1, np.bool_)
        planned = self.paths.planned if self.paths.level == "touchpoint" else None
        if planned:
            machine = planned.automaton
            last = {int(place) for place in machine.position[machine.accepting[machine.target]] if place >= 0}
            for place in last:
                position = machine.positions[place]
                found[self.ids.index(position.stage) if self.runs else position.symbol] = True
        for names in (self.paths.walk.ends, self.ask.done):
            for code in codes_of(self.paths, names) if names else ():
                place = int(self._moves[-1, code]) if self.runs else code
                found[min(place, len(self.names))] = True
        return found[:-1]

    @cached_property
    def standing(self) -> Int:
        """[j] OPEN, LEFT or ARRIVED; 0: no step, or it does not count."""
        there = self.ends.state >= 0
        state = np.where(there, self.ends.state, 0)
        is_open = self.ends.newest & (self.waiting_us <= self.limit_us[state])
        found = np.where(self.over[state], ARRIVED, np.where(is_open, OPEN, LEFT))
        return np.where(there, found, 0)

    @cached_property
    def counts(self) -> dict[int, Int]:
        """Standing → [s] journeys that stand so at each place."""
        size = len(self.names)
        both = np.bincount(self.standing * size + np.where(self.standing > 0, self.ends.state, 0), minlength=4 * max(size, 1))
        return {standing: both[standing * size : (standing + 1) * size].astype(np.int64) for standing in STATES.values()}

    def marked(self, mark: str) -> Mask:
        """bool[j]. Raises BadInput."""
        what, sign, name = mark.partition(":")
        if not sign or what not in (*STATES, "at", "again") or name not in self.ids:
            raise BadInput(f"`{mark[:80]}` is no figure of these times", hint="at:, again:, open:, left: or arrived: and a name")
        state = self.ids.index(name)
        if what in STATES:
            return np.asarray((self.ends.state == state) & (self.standing == STATES[what]))
        return np.asarray(self.often(state) >= (2 if what == "again" else 1))

    def often(self, state: int) -> Int:
        """[j] how often each journey came to a place."""
        return tracing.run(tracing.visits, self.parts, self.states, state, self.runs)
