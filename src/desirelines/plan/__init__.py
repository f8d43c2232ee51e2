"""What the brand intends: one immutable document, read kindly, checked whole, versioned, exchanged as files."""

from __future__ import annotations

from desirelines.plan.exchange import canonical, normal, plan_hash, plan_of, read_plan, write_plan
from desirelines.plan.lookup import (
    duration_us,
    every_rule,
    find,
    in_order,
    journey_of,
    missing_strategy,
    stages_of,
    stages_with,
    steps_of,
    touchpoint_codes,
    touchpoint_of,
    touchpoints_of,
)

__all__ = [
    "canonical",
    "duration_us",
    "every_rule",
    "find",
    "in_order",
    "journey_of",
    "missing_strategy",
    "normal",
    "plan_hash",
    "plan_of",
    "read_plan",
    "stages_of",
    "stages_with",
    "steps_of",
    "touchpoint_codes",
    "touchpoint_of",
    "touchpoints_of",
    "write_plan",
]
