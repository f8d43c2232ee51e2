"""How far a finding may be called a cause: four rungs, and the words each allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RungId = Literal["L0", "L1", "L2", "L3"]


@dataclass(frozen=True)
class Rung:
    """`name` stands beside every sentence; `verb` is the strongest word it may use; `means` explains it."""

    id: RungId
    name: str
    verb: str
    means: str


MOVES_TOGETHER = Rung("L0", "moves together", "goes with", "both rise and fall together; anything may lie behind it")
LIKE_WITH_LIKE = Rung(
    "L1",
    "like with like",
    "is consistent with",
    "people alike in what was known of them before were compared; what was not known may differ",
)
NATURAL_COMPARISON = Rung(
    "L2", "natural comparison", "is consistent with",
    "a boundary in time or place, not the customer, decided who met it; before it both sides moved alike",
)  # fmt: skip
EXPERIMENT = Rung("L3", "experiment", "caused", "chance alone decided who met it")
RUNGS: dict[RungId, Rung] = {one.id: one for one in (MOVES_TOGETHER, LIKE_WITH_LIKE, NATURAL_COMPARISON, EXPERIMENT)}
