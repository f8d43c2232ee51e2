"""A kiosk's twelve events: one file, one source, one plan, for every door's tests."""

from __future__ import annotations

from pathlib import Path

from desirelines.home import Home
from desirelines.model.receipt import Receipt
from desirelines.settings import Settings
from desirelines.workspace import Workspace

ROWS = """\
order,customer,mail,kind,when,score,shop
1,ann,ann@example.org,Visited,2024-03-01 09:00:00,,web
1,ann,,Bought,2024-03-01 10:00:00,,web
1,ann,,Received,2024-03-04 10:00:00,,post
1,ann,,Rated,2024-03-05 10:00:00,5,web
2,ben,ben@example.org,Visited,2024-03-02 09:00:00,,web
2,ben,,Bought,2024-03-02 11:00:00,,shop
2,ben,,Received,2024-03-09 11:00:00,,post
2,ben,,Rated,2024-03-10 11:00:00,2,web
3,cem,,Visited,2024-03-03 09:00:00,,web
3,cem,,Called,2024-03-03 12:00:00,,phone
4,dea,,Visited,2024-03-04 09:00:00,,web
4,dea,,Bought,2024-03-04 09:30:00,,web
5,eve,,Bought,04.03.2024 12:00,,web
6,,,Visited,,,web
"""
"""Fourteen rows: twelve events of four people, a time in another form, a time that is blank."""

SOURCE = """\
source: shop
format: csv
people: {customer: customer, email: mail}
objects: {order: order}
events:
  - event_column: kind
    time: {column: when, format: "%Y-%m-%d %H:%M:%S"}
    channel_column: shop
    properties:
      score: {column: score, type: number}
"""

PLAN = """\
brand: {name: Kiosk, zone: Europe/Berlin}
teams:
  - {id: web, name: Web}
touchpoints:
  - {id: site, name: Web site, owner: web, rule: [Visited]}
  - {id: till, name: Till, owner: web, rule: [Bought]}
  - {id: parcel, name: Parcel, kind: physical, medium: parcel, rule: [Received]}
  - {id: rating, name: Rating, rule: [Rated]}
questions:
  - {id: happy, words: "How was it?", touchpoint: rating, event: Rated, property: score}
promises:
  - id: fast
    name: In five days
    touchpoint: parcel
    target: 0.9
    within: {start: Bought, to: Received, time: 5d}
journeys:
  - id: buy
    name: Buy something
    stages:
      - {id: look, name: Look, side: buyer, steps: [{id: s-site, touchpoint: site}]}
      - {id: pay, name: Pay, side: buyer, steps: [{id: s-till, touchpoint: till}]}
      - id: get
        name: Get
        side: customer
        steps: [{id: s-parcel, touchpoint: parcel}, {id: s-rating, touchpoint: rating, optional: true}]
"""


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def empty(folder: Path) -> tuple[Home, Workspace]:
    """A home with one workspace, `kiosk`, that holds nothing yet."""
    settings = Settings(home=folder / "home", author="Ada")
    home = Home(settings.home, settings)
    return home, home.create("kiosk", "Kiosk", "Europe/Berlin", "EUR")


def brought(workspace: Workspace, text: str = ROWS) -> Receipt:
    """The file, brought in."""
    place = workspace.folder.parent.parent / "given"
    workspace.adopt_source(written(place, "shop.yaml", SOURCE))
    return workspace.import_file("shop", written(place, "shop.csv", text))


def planned(workspace: Workspace) -> None:
    """The plan, published."""
    workspace.import_plan(PLAN, "plan.yaml")
    workspace.publish_draft(0, "first")


def full(folder: Path) -> tuple[Home, Workspace]:
    """The home with data and plan."""
    home, workspace = empty(folder)
    brought(workspace)
    planned(workspace)
    return home, workspace
