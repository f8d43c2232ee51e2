"""Ids that nothing in the plan has, made from words; and what is there already, by its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desirelines.model.hint import slug
from desirelines.plan import Plan
from desirelines.studio.bringing.words import plain


class Ids:
    """New ids, each list's own; stages and steps share one space each over the whole plan."""

    def __init__(self, plan: Plan) -> None:
        self._taken: dict[str, set[str]] = {
            "journey": {one.id for one in plan.journeys},
            "stage": {stage.id for one in plan.journeys for stage in one.stages},
            "step": {step.id for one in plan.journeys for stage in one.stages for step in stage.steps},
            "touchpoint": {one.id for one in plan.touchpoints},
            "moment": {one.id for one in plan.moments},
            "experience": {one.id for one in plan.experiences},
            "card": {one.id for one in plan.cards},
            "insight": {one.id for one in plan.insights},
            "team": {one.id for one in plan.teams},
            "persona": {one.id for one in plan.personas},
        }

    def new(self, kind: str, words: str) -> str:
        """Made of the words; with a number where somebody has it."""
        base = slug(words, 48) or kind
        name, count = base, 1
        while name in self._taken[kind]:
            count += 1
            name = f"{base}-{count}"
        self._taken[kind].add(name)
        return name


def by_name(elements: Iterable[Any], field: str = "name") -> dict[str, Any]:
    """Elements by their plain name; of two with one name the first."""
    found: dict[str, Any] = {}
    for one in elements:
        found.setdefault(plain(getattr(one, field)), one)
    return found
