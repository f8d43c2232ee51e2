"""A journey belongs to the version in force when it began (foundations, 8)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desirelines import measure
from desirelines.home import Home
from desirelines.measure import VariantsAsk, Walk
from desirelines.settings import Settings
from desirelines.view import Question

PLAN = """
brand: {name: Shop, zone: Europe/Berlin}
touchpoints:
  - {id: till, name: Till, rule: Bought}
journeys:
  - id: buy
    name: Buy
    stages:
      - {id: pay, name: Pay, side: buyer, steps: [till]}
"""
SOURCE = """
source: tills
format: csv
key: [id]
people: {card: card}
events: [{event: Bought, time: at}]
"""
ROWS = "id,card,at\n1,a,2024-01-10\n2,b,2024-02-29\n3,c,2024-02-29 23:59:59\n4,d,2024-03-01\n5,e,2024-06-01\n"


def test_each_version_can_be_asked_for_the_journeys_that_began_while_it_held(tmp_path: Path) -> None:
    workspace = Home(tmp_path, Settings()).create("shop", "Shop", "Europe/Berlin")
    (tmp_path / "tills.yaml").write_text(SOURCE)
    (tmp_path / "tills.csv").write_text(ROWS)
    workspace.import_file(workspace.adopt_source(tmp_path / "tills.yaml"), tmp_path / "tills.csv")
    workspace.import_plan(PLAN, "plan.yaml")
    workspace.publish_draft(0, "first")
    workspace.import_plan(PLAN.replace("name: Pay", "name: Pay here"), "plan.yaml")
    workspace.publish_draft(1, "second", date(2024, 3, 1))

    def journeys(version: int, in_force: bool) -> int:
        return workspace.view(version).sheet(Question(version=version, in_force=in_force)).journeys

    assert [journeys(1, True), journeys(2, True)] == [3, 2]
    assert [journeys(1, False), journeys(2, False)] == [5, 5]
    notes = workspace.view(2).sheet(Question(version=2)).caveats
    assert any("3 journeys here began under an older version" in note for note in notes)


def test_a_variant_of_events_leads_to_those_who_walked_it(tmp_path: Path) -> None:
    workspace = Home(tmp_path, Settings()).create("shop", "Shop", "Europe/Berlin")
    (tmp_path / "tills.yaml").write_text(SOURCE)
    (tmp_path / "tills.csv").write_text(ROWS + "6,a,2024-07-01\n")
    workspace.import_file(workspace.adopt_source(tmp_path / "tills.yaml"), tmp_path / "tills.csv")
    for plan in ("", PLAN):
        if plan:
            workspace.import_plan(plan, "plan.yaml")
            workspace.publish_draft(0, "first")
        view = workspace.view()
        found = measure.variants(view.paths(Question(), Walk()), VariantsAsk(top=5)).variants
        assert [(one.steps, one.people) for one in found] == [(("Bought",), 4), (("Bought", "Bought"), 1)]
        for one in found:
            assert view.customers(Question(), one.behind, "", 1, 50).total == one.people
