"""Older plan documents become newer ones by pure functions, one per format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desirelines.errors import BadInput

FORMAT = 1

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
UPGRADES: Mapping[int, Upgrade] = {}
"""From format n to n + 1: takes the document's data, gives new data, changes nothing in place."""


def upgrade(data: dict[str, Any], upgrades: Mapping[int, Upgrade] = UPGRADES, newest: int = FORMAT) -> dict[str, Any]:
    """Data of the newest format. A document without `format` is of the newest. Raises BadInput for a newer or unknown one."""
    found = data.get("format", newest)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise BadInput(f"`format` is a whole number from 1 to {newest}", hint=f"write format: {newest}")
    if found > newest:
        raise BadInput(
            f"this plan is of format {found}; this Desirelines reads up to format {newest}",
            hint="upgrade Desirelines, or export the plan from the older one",
            code="newer_format",
        )
    for step in range(found, newest):
        data = {**upgrades[step](data), "format": step + 1}
    return {**data, "format": newest}
