"""Every question about the journeys themselves: one file each, over `Paths`.

A file offers the ask (what may be asked), the answer, and which journeys one of its marks stands for. `MARKED` lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from desirelines.errors import BadInput
from desirelines.measure.asking.address import Address, read_ask
from desirelines.measure.asking.drafts import DiscoverAsk, of_discovered
from desirelines.measure.asking.following import FollowsAsk, of_follows
from desirelines.measure.asking.funnel_nouns import FunnelAsk
from desirelines.measure.asking.funnels import of_funnel
from desirelines.measure.asking.groups import GroupsAsk, of_group
from desirelines.measure.asking.growing import GrowthAsk, of_growth
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.asking.patterns import PatternAsk, of_pattern
from desirelines.measure.asking.returning import RetentionAsk, of_retention
from desirelines.measure.asking.steps import TransitionsAsk, VariantsAsk, of_transition, of_variant
from desirelines.measure.asking.stuck import StuckAsk, of_stuck
from desirelines.measure.asking.times import TimeAsk, of_times
from desirelines.measure.asking.ways import FlowAsk, of_flow

Marked = Callable[[Paths, Any, str], Mask]
MARKED: dict[str, tuple[type[BaseModel], Marked]] = {
    "discover": (DiscoverAsk, of_discovered),
    "flow": (FlowAsk, of_flow),
    "follows": (FollowsAsk, of_follows),
    "funnel": (FunnelAsk, of_funnel),
    "groups": (GroupsAsk, of_group),
    "growth": (GrowthAsk, of_growth),
    "pattern": (PatternAsk, of_pattern),
    "retention": (RetentionAsk, of_retention),
    "stuck": (StuckAsk, of_stuck),
    "time": (TimeAsk, of_times),
    "transitions": (TransitionsAsk, of_transition),
    "variants": (VariantsAsk, of_variant),
}
"""Kind of question → what may be asked, and (paths, ask, mark) → bool[journeys]."""


def marked(paths: Paths, address: Address) -> Mask:
    """bool[j]: the journeys that the mark at `address` stands for. `paths` are those the address asks about."""
    if address.kind not in MARKED:
        raise BadInput(f"`{address.kind[:40]}` is no question about journeys", hint=f"one of {', '.join(sorted(MARKED))}")
    model, journeys = MARKED[address.kind]
    return journeys(paths, read_ask(model, address.ask), address.mark)
