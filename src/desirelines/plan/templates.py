"""Plans to begin with: drawn from memory in a workshop, no data needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desirelines.plan.elements import Brand, EventRule, Journey, Plan, Stage, Step, Touchpoint
from desirelines.plan.exchange.friendly import step_base

_EXAMPLES: tuple[dict[str, Any], ...] = (
    {
        "id": "brochure", "name": "Brochure", "kind": "physical", "medium": "paper",
        "words": "Evidence: an observation, what someone saw of it and where it lay.",
    },
    {
        "id": "website", "name": "Website", "kind": "digital", "medium": "screen", "event": "Page Viewed",
        "words": "Evidence: the event Page Viewed from the site.",
    },
    {
        "id": "store-visit", "name": "Store visit", "kind": "physical", "medium": "place", "event": "Store Visited",
        "words": "Evidence: the event Store Visited, a figure of people a day, or an observation of the lobby.",
    },
    {
        "id": "invoice", "name": "Invoice", "kind": "physical", "medium": "paper", "event": "Invoice Sent",
        "words": "Evidence: the event Invoice Sent from the accounts.",
    },
    {
        "id": "phone-to-service", "name": "Phone call to service", "kind": "human", "medium": "phone", "event": "Service Called",
        "words": "Evidence: the event Service Called from the desk, or a figure of calls a day.",
    },
)  # fmt: skip

_STAGES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("aware", "Aware", "buyer", ("brochure",)),
    ("consider", "Consider", "buyer", ("website",)),
    ("buy", "Buy", "buyer", ("store-visit",)),
    ("receive", "Receive", "customer", ("invoice",)),
    ("use", "Use", "customer", ()),
    ("get-help", "Get help", "customer", ("phone-to-service",)),
    ("recommend", "Recommend", "customer", ()),
)


def empty(name: str, zone: str = "UTC", currency: str = "EUR") -> Plan:
    """A brand and nothing else."""
    return Plan(brand=Brand(name=name, zone=zone, currency=currency))


def workshop(name: str, zone: str = "UTC", currency: str = "EUR") -> Plan:
    """Buyer's and customer's stages with five contact points most brands have: rename, add and take away."""
    touchpoints = tuple(_touchpoint(example, 10 * (index + 1)) for index, example in enumerate(_EXAMPLES))
    stages = tuple(_stage(stage, 10 * (index + 1)) for index, stage in enumerate(_STAGES))
    journey = Journey(id="main", name="The whole journey", order=10, stages=stages)
    return Plan(brand=Brand(name=name, zone=zone, currency=currency), touchpoints=touchpoints, journeys=(journey,))


TEMPLATES: Mapping[str, Callable[..., Plan]] = {"empty": empty, "workshop": workshop}


def _touchpoint(example: dict[str, Any], order: int) -> Touchpoint:
    event = example.get("event")
    fields = {name: value for name, value in example.items() if name != "event"}
    return Touchpoint(**fields, order=order, rule=(EventRule(event=event),) if event else ())


def _stage(stage: tuple[str, str, str, tuple[str, ...]], order: int) -> Stage:
    name, title, side, touchpoints = stage
    steps = tuple(
        Step(id=step_base(name, {"touchpoint": touchpoint}), order=10 * (index + 1), touchpoint=touchpoint, optional=True)
        for index, touchpoint in enumerate(touchpoints)
    )
    return Stage.model_validate({"id": name, "name": title, "order": order, "side": side, "steps": steps})
