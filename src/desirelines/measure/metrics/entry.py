"""What the register says of each figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from desirelines.measure.metrics.ground import Ground, Missing
from desirelines.measure.metrics.sample import Kind, Sample

Family = Literal["experience", "usability", "promise", "base", "value", "voice", "reach"]
Direction = Literal["up", "down", "either"]
Units = Callable[[Ground], Sample | Missing]


@dataclass(frozen=True)
class Metric:
    """One entry. `units` makes the sample that it rests on, `kind` says how a value with an interval is made of it."""

    id: str
    name: str
    words: str
    formula: str
    unit: str
    """share, points, score, days, minutes, money, or what is counted per what."""
    direction: Direction
    family: Family
    kind: Kind
    needs: tuple[str, ...]
    """Roles, `question:<kind>`, promises, outcomes, moments."""
    units: Units
    source: str = "events"
    scale: tuple[float, float] | None = None
    """The lowest and highest value there can be."""
    caution: str = ""
