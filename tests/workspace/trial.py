"""A shop that tried a new till on half of its customers, for every door's tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from shop import empty, written

from desirelines.workspace import Workspace

SOURCE = """\
source: shop
format: csv
people: {customer: customer}
events:
  - event_column: event
    time: {column: at, format: "%Y-%m-%dT%H:%M:%S"}
    channel: web
    properties:
      variant: {column: variant, type: text}
      experiment: {column: experiment, type: text}
      amount: {column: amount, type: number}
"""
PLAN = """\
brand: {name: Shop, zone: Europe/Berlin}
touchpoints:
  - {id: till, name: Till, rule: [Bought]}
questions:
  - {id: happy, words: "How was it?", touchpoint: till, event: Rated, property: amount, low: 1, high: 5}
roles:
  - {id: order, rule: [Bought], property: amount}
"""
BEGIN = datetime(2024, 3, 1)  # noqa: DTZ001 - written as text


def line(customer: str, event: str, days: float, variant: str = "", experiment: str = "", amount: object = "") -> str:
    at = (BEGIN + timedelta(days=days)).isoformat(timespec="seconds")
    return f"{customer},{event},{at},{variant},{experiment},{amount}"


def rows(customers: int = 400, lift: float = 0.2, crossed: int = 0, seed: int = 1) -> list[str]:
    """Each comes on one of ten days; a third of A buys within a week and so many more of B; half bought in the week before."""
    rng, found = np.random.default_rng(seed), []
    for number in range(customers):
        who, arm, day = f"c{number}", "AB"[number // 10 % 2], 10 + number % 10
        liked = rng.random()
        if liked < 0.5:
            found.append(line(who, "Bought", day - 3, amount=round(10 + 40 * liked, 2)))
        found.append(line(who, "Experiment Viewed", day, arm, "new till"))
        if number < crossed:
            found.append(line(who, "Experiment Viewed", day + 0.5, "BA"[number // 10 % 2], "new till"))
        if rng.random() < (0.5 if liked < 0.5 else 0.16) + lift * (arm == "B"):
            found.append(line(who, "Bought", day + 1, amount=round(20 + 60 * liked, 2)))
            found.append(line(who, "Rated", day + 2, amount=int(3 + 2 * (arm == "B" and liked < 0.8))))
    return [*found, line("late", "Experiment Viewed", 27, "A", "new till"), line("last", "Bought", 30, amount=5)]


def made(folder: Path, lines: list[str]) -> Workspace:
    workspace = empty(folder)[1]
    workspace.adopt_source(written(folder / "given", "shop.yaml", SOURCE))
    text = "customer,event,at,variant,experiment,amount\n" + "\n".join(lines) + "\n"
    workspace.import_file("shop", written(folder / "given", "shop.csv", text))
    workspace.import_plan(PLAN, "plan.yaml")
    workspace.publish_draft(0, "first")
    return workspace
