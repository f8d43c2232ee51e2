"""One experiment, laid out: who was exposed when, to what, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desirelines.errors import BadInput
from desirelines.explain.estimating.looking import holm
from desirelines.explain.experiments.exposure import Exposed, exposed
from desirelines.explain.experiments.goals import Aim, aims
from desirelines.explain.experiments.nouns import ExperimentAsk
from desirelines.explain.experiments.split import GATE, Split, split
from desirelines.explain.experiments.weighing import Weighed, surely, weigh
from desirelines.explain.ground import Ground, Mask
from desirelines.explain.rungs import EXPERIMENT, MOVES_TOGETHER, Rung
from desirelines.model.hint import nearest
from desirelines.plan import duration_us

SURE = 0.05


@dataclass(frozen=True)
class Bench:
    """Everything the answer is made of, each made once."""

    ground: Ground
    ask: ExperimentAsk

    @cached_property
    def exposure(self) -> Exposed:
        return exposed(self.ground, self.ask)

    @cached_property
    def aims(self) -> list[Aim]:
        return aims(self.ground, self.ask.goals)

    @cached_property
    def span(self) -> int:
        return duration_us(self.ask.within)

    @cached_property
    def whole(self) -> Mask:
        """bool[exposed]: the time after exposure lies in the data."""
        return self.exposure.at + self.span <= self.ground.facts.daily.as_of + 1

    @cached_property
    def control(self) -> int:
        """The place of the arm that the others are held against."""
        arms = self.exposure.arms
        if not self.ask.control:
            return next((place for place, name in enumerate(arms) if name.lower() in ("control", "baseline", "a", "off")), 0)
        if self.ask.control not in arms:
            raise BadInput(
                f"there is no arm `{self.ask.control[:80]}`", hint=nearest(self.ask.control, arms) if arms else "there is none"
            )
        return arms.index(self.ask.control)

    @cached_property
    def sizes(self) -> list[int]:
        found: list[int] = np.bincount(self.exposure.arm, minlength=len(self.exposure.arms)).tolist()
        return found

    @cached_property
    def split(self) -> Split:
        return split(self.sizes, planned_shares(self.ask.shares, self.exposure.arms))

    @cached_property
    def fixed(self) -> bool:
        """The planned number is there: the fixed interval counts, for one looks once."""
        return 0 < self.ask.planned <= int(self.whole.sum())

    @cached_property
    def weighed(self) -> list[Weighed]:
        return [weigh(aim, self.exposure, self.whole, self.control, self.span, self.ask.planned) for aim in self.aims]

    @cached_property
    def corrected(self) -> list[list[float | None]]:
        """Holm's p of each aim and arm."""
        every = [nan_of(one.p if one else None) for found in self.weighed for one in found.fixed]
        flat = [float(one) if np.isfinite(one) else None for one in holm(np.array(every, np.float64))]
        width = len(self.exposure.arms)
        return [flat[place * width : (place + 1) * width] for place in range(len(self.weighed))]

    @cached_property
    def rung(self) -> Rung:
        """Chance dealt the arms: the split holds, and before exposure they did alike."""
        alike = all(one.before is None or one.before >= GATE for one in self.weighed)
        return EXPERIMENT if self.split.holds and alike else MOVES_TOGETHER

    def shown(self, aim: int, arm: int) -> bool:
        """Whether the difference is more than chance, by the interval that counts."""
        if self.fixed:
            p = self.corrected[aim][arm]
            return p is not None and p < SURE
        looked = len(self.aims) * (len(self.exposure.arms) - 1)
        return surely(self.weighed[aim].sides, self.control, arm, self.ask.planned, looked)


def nan_of(value: float | None) -> float:
    return float("nan") if value is None else value


def planned_shares(text: str, arms: tuple[str, ...]) -> list[float] | None:
    """`50:50` → numbers, one an arm. Raises BadInput."""
    if not text.strip():
        return None
    try:
        found = [float(part) for part in text.split(":")]
    except ValueError as error:
        raise BadInput(f"`{text[:80]}` are no shares", hint="one number an arm, such as 50:50") from error
    if len(found) != len(arms) or not all(np.isfinite(one) and one >= 0 for one in found) or sum(found) <= 0:
        raise BadInput(f"`{text[:80]}` are no shares of {len(arms)} arms", hint=f"one number each, for {', '.join(arms)}"[:200])
    return found
