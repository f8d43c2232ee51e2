"""Plans as texts: read them kindly, write them the same way every time."""

from __future__ import annotations

from desirelines.plan.exchange.read import plan_of, read_plan
from desirelines.plan.exchange.write import canonical, normal, plan_hash, write_plan

__all__ = ["canonical", "normal", "plan_hash", "plan_of", "read_plan", "write_plan"]
