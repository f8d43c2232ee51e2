"""What the brand intends: one immutable document, read kindly, checked whole, versioned, exchanged as files."""

from __future__ import annotations

from desirelines.plan.checks import CODES, Finding, Seen, brand_speak, check, errors_in, examine
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
from desirelines.plan.suggest import Suggestion, suggest
from desirelines.plan.templates import TEMPLATES, empty, workshop
from desirelines.plan.versions.diff import Change, diff

__all__ = [
    "CODES",
    "TEMPLATES",
    "Change",
    "Finding",
    "Seen",
    "Suggestion",
    "brand_speak",
    "canonical",
    "check",
    "diff",
    "duration_us",
    "empty",
    "errors_in",
    "every_rule",
    "examine",
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
    "suggest",
    "touchpoint_codes",
    "touchpoint_of",
    "touchpoints_of",
    "workshop",
    "write_plan",
]
