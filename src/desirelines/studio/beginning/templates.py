"""Maps to begin with: drawn as most brands would, marked guessed, with every medium and its kind of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from desirelines.errors import NotFound
from desirelines.model.hint import nearest
from desirelines.plan import Plan, read_plan

ABOUT: Mapping[str, str] = {
    "acquisition": "From a first glance to a first order: what it costs, whether it is for me, whom I can ask.",
    "onboarding": "From the first day to the first success: what now, what is missing, why my name again.",
    "loyalty": "From the second order to a recommendation: be known, be thanked, tell a friend.",
    "complaint": "When something goes wrong, and after: say it once, hear something, trust again.",
    "subscription": "From the first month to staying by choice: worth it, a pause, a way out.",
    "retail-visit": "An hour in the shop: find it, the line, back home, bring it back.",
    "b2b-sale": "From a first talk to a second year: five people who decide, and a hand-over.",
}
"""By name, what each is about."""
NAMES: Mapping[str, str] = {"retail-visit": "Retail visit", "b2b-sale": "B2B sale"}


@dataclass(frozen=True)
class MapTemplate:
    id: str
    name: str
    about: str
    stages: tuple[str, ...]
    touchpoints: int
    moments: int


def map_templates() -> tuple[MapTemplate, ...]:
    """All there are."""
    return tuple(_told(name) for name in ABOUT)


@cache
def map_template(name: str) -> Plan:
    """A plan of one journey and all that stands on it. Raises NotFound with the nearest."""
    if name not in ABOUT:
        raise NotFound(f"there is no template `{name[:64]}`", hint=nearest(name, ABOUT))
    return read_plan(files("desirelines.studio.beginning").joinpath("maps", f"{name}.yaml").read_bytes(), f"{name}.yaml")


def _told(name: str) -> MapTemplate:
    plan = map_template(name)
    stages = tuple(one.name for one in plan.journeys[0].stages)
    return MapTemplate(name, NAMES.get(name, name.capitalize()), ABOUT[name], stages, len(plan.touchpoints), len(plan.moments))
