"""A plan whose every text can be written as a file and read again."""

from __future__ import annotations

import re
from typing import Any

from desirelines.plan import Plan

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def legible_plan(plan: Plan) -> Plan:
    """Without letters that no text has, which a draft may hold; a name of nothing else is a question mark."""
    return Plan.model_validate(_cleaned(plan.model_dump()))


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(one) for one in value]
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        kept = _CONTROL.sub("", text).strip()
        return kept or "?" if value else value
    return value
