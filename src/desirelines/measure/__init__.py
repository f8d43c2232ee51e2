"""The numbers, each with its count, interval and caveats: the sheet, its promises, what to know first."""

from __future__ import annotations

from desirelines.measure.behind import customers
from desirelines.measure.cockpit import cockpit
from desirelines.measure.compose import sheet
from desirelines.measure.facts import Facts, gather
from desirelines.measure.frame import Frame
from desirelines.measure.judge import Judgements
from desirelines.measure.paths import Paths, transitions, variants
from desirelines.measure.sheet import (
    Cockpit,
    Customer,
    Customers,
    Deviations,
    EventCount,
    Evidence,
    Finding,
    Following,
    Headline,
    MomentCell,
    PromiseFigures,
    Seam,
    Sheet,
    StageFigures,
    Story,
    StoryEvent,
    Tally,
    TouchpointFigures,
    Transition,
    Transitions,
    Variant,
    Variants,
    Way,
)
from desirelines.measure.stories import story

__all__ = [
    "Cockpit",
    "Customer",
    "Customers",
    "Deviations",
    "EventCount",
    "Evidence",
    "Facts",
    "Finding",
    "Following",
    "Frame",
    "Headline",
    "Judgements",
    "MomentCell",
    "Paths",
    "PromiseFigures",
    "Seam",
    "Sheet",
    "StageFigures",
    "Story",
    "StoryEvent",
    "Tally",
    "TouchpointFigures",
    "Transition",
    "Transitions",
    "Variant",
    "Variants",
    "Way",
    "cockpit",
    "customers",
    "gather",
    "sheet",
    "story",
    "transitions",
    "variants",
]
