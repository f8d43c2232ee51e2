"""A shop whose parcels come late and whose customers say so: late costs two stars, dear advice nothing, stars bring orders."""

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
      stars: {column: stars, type: number}
      advice: {column: advice, type: number}
      range: {column: range, type: number}
      amount: {column: amount, type: number}
"""
PLAN = """\
brand: {name: Shop, zone: Europe/Berlin}
teams:
  - {id: logistics, name: Logistics}
touchpoints:
  - {id: till, name: Till, order: 1, rule: [Bought]}
  - {id: parcel, name: Parcel, order: 2, kind: physical, medium: parcel, owner: logistics, rule: [Received]}
  - {id: desk, name: Service desk, order: 3, kind: human, medium: phone, rule: [Called]}
  - {id: goods, name: The goods, order: 4, kind: physical, medium: parcel, rule: []}
  - {id: advice, name: Advice, order: 5, kind: human, medium: person, rule: []}
  - {id: card, name: Card, order: 6, rule: [Rated]}
questions:
  - {id: happy, words: "How was it?", order: 1, touchpoint: card, event: Rated, property: stars}
  - {id: range, words: "How good are the things?", order: 2, touchpoint: goods, event: Rated, property: range}
  - {id: advised, words: "How good was the advice?", order: 3, touchpoint: advice, event: Rated, property: advice}
promises:
  - id: fast
    name: In three days
    touchpoint: parcel
    owner: logistics
    target: 0.9
    within: {start: Bought, to: Received, time: 3d}
moments:
  - {id: waiting, words: "I look out of the window.", stage: get, touchpoints: [parcel]}
journeys:
  - id: buy
    name: Buy something
    stages:
      - {id: pay, name: Pay, side: buyer, steps: [{id: s-till, touchpoint: till}]}
      - {id: get, name: Get, side: customer, steps: [{id: s-parcel, touchpoint: parcel}]}
roles:
  - {id: order, rule: [Bought], property: amount}
  - {id: contact, rule: [Called]}
  - {id: referral, rule: [Recommended]}
"""
BEGIN = datetime(2024, 1, 1)  # noqa: DTZ001 - written as text
HEAD = "customer,event,at,stars,advice,range,amount"


def line(
    customer: str, event: str, day: float, stars: object = "", advice: object = "", goods: object = "", amount: object = ""
) -> str:
    at = (BEGIN + timedelta(days=day)).isoformat(timespec="seconds")
    return f"{customer},{event},{at},{stars},{advice},{goods},{amount}"


def rows(customers: int = 400, late: float = 2.0, seed: int = 3) -> list[str]:
    """A quarter comes late; half of those call; the goods count half a star a step, advice nothing; the glad buy again."""
    random, found = np.random.default_rng(seed), []
    for number in range(customers):
        who, day = f"c{number}", float(number % 100)
        waits = 5.0 if random.random() < 0.25 else 2.0
        goods, advice = int(random.integers(2, 6)), int(random.integers(1, 6))
        stars = 3.0 + 0.5 * (goods - 3) + 0.6 * random.normal() + (1.0 if waits < 3 else 1.0 - late)
        said = int(np.clip(round(stars), 1, 5))
        found.append(line(who, "Bought", day, amount=20 + number % 7))
        found.append(line(who, "Received", day + waits))
        if waits > 3 and number % 2:
            found.append(line(who, "Called", day + 4))
        found.append(line(who, "Rated", day + 6, said, advice if number % 10 else "", goods))
        if random.random() < 0.1 + 0.12 * said:
            found.append(line(who, "Bought", day + 40, amount=25))
            if random.random() < 0.4:
                found.append(line(who, "Recommended", day + 130))
    return [*found, line("last", "Bought", 420.0, amount=1)]


def made(folder: Path, lines: list[str] | None = None, plan: str = PLAN) -> Workspace:
    workspace = empty(folder)[1]
    workspace.adopt_source(written(folder / "given", "shop.yaml", SOURCE))
    text = "\n".join([HEAD, *(rows() if lines is None else lines)]) + "\n"
    workspace.import_file("shop", written(folder / "given", "shop.csv", text))
    workspace.import_plan(plan, "plan.yaml")
    workspace.publish_draft(0, "first")
    return workspace
