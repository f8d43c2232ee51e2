"""The helper of the map's tests, for the measure's tests too."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from desirelines.map import EVERYBODY, Segment, segment
from desirelines.measure import Facts, Frame, gather
from desirelines.model.period import Period

sys.path.insert(0, str(Path(__file__).parents[1] / "map"))
from map_rows import House, Row, happened, house, instant

EVER = Period()


@dataclass(frozen=True)
class Asked:
    """A house that answers."""

    house: House

    @property
    def facts(self) -> Facts:
        return gather(self.house.trace, self.house.snapshot, self.house.plan, self.house.folder)

    def segment(self, text: str) -> Segment:
        built, facts = self.house, self.facts
        if not text:
            return EVERYBODY
        return segment(text, built.trace, built.snapshot, built.identities, facts.who, facts.bound, facts.judgements.customers_in)

    def frame(self, period: Period = EVER, text: str = "", journey: str = "j", in_force_us: int | None = None) -> Frame:
        return Frame(self.house.matched(journey), self.facts, period, self.segment(text), 3, in_force_us)


__all__ = ["EVER", "Asked", "House", "Row", "happened", "house", "instant"]
