"""Workspaces of the pages about value and credit, made from the table that each page is about."""

from __future__ import annotations

import re
from pathlib import Path

from desirelines.home import Home
from desirelines.settings import Settings
from desirelines.workspace import Workspace

DOCS = Path(__file__).resolve().parents[2] / "docs"
SOURCE = """\
source: rows
format: csv
people: {customer: customer}
objects: {NUMBER}
events:
  - event_column: kind
    time: {column: when, format: "%Y-%m-%d %H:%M:%S"}
    CHANNEL
    properties:
      amount: {column: amount, type: money, currency: EUR}
"""
PLAN = """\
brand: {name: Kiosk, zone: Europe/Berlin}
personas:
  - {id: half, name: Who ordered in February or March, segment: "did:Bought"}
roles:
  - {id: order, rule: [Bought], property: amount}
  - {id: refund, order: 2, rule: [Returned], property: amount}
"""


def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def rows_of(name: str) -> str:
    return str(re.findall(r"^```csv\n(.*?)^```", page(name), re.DOTALL | re.MULTILINE)[0])


def answers_of(name: str) -> dict[str, list[str]]:
    """Command to its lines."""
    blocks = re.findall(r"^```text\n(measure .*?)\n(.*?)^```", page(name), re.DOTALL | re.MULTILINE)
    return {command: rows.splitlines() for command, rows in blocks}


def opened(folder: Path, rows: str, plan: str = PLAN) -> Workspace:
    """A workspace of these rows."""
    head = rows.splitlines()[0].split(",")
    source = SOURCE.replace("{NUMBER}", "{order: number}" if "number" in head else "{}")
    source = source.replace("    CHANNEL\n", "    channel_column: channel\n" if "channel" in head else "")
    if "number" in head:
        plan = plan.replace("property: amount}", "property: amount, object: order}")
    home = Home(folder / "home", Settings())
    workspace = home.create("kiosk", "Kiosk", "Europe/Berlin")
    (folder / "rows.csv").write_text(rows, encoding="utf-8")
    workspace.sources.save(source, "rows.yaml")
    workspace.import_plan(plan, "plan.yaml")
    workspace.publish_draft(0, "")
    receipt = workspace.import_file("rows", folder / "rows.csv")
    assert receipt.rows_refused == 0
    return workspace
