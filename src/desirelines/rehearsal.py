"""The whole way once, with five rows in a folder of its own: afterwards nobody waits for a kernel to be compiled or loaded."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from desirelines import measure
from desirelines.home import Home
from desirelines.measure import Level, TransitionsAsk, VariantsAsk, Walk
from desirelines.settings import Settings
from desirelines.trace import warm
from desirelines.view import Question

LEVELS: tuple[Level, ...] = ("event", "touchpoint")
log = logging.getLogger("desirelines")

ROWS = """\
person,mail,order,event,at,score
a,a@example.org,1,Look,2024-01-01T10:00:00Z,
a,,1,Buy,2024-01-01T11:00:00Z,
a,,1,Tell,2024-01-02T10:00:00Z,5
b,b@example.org,2,Look,2024-01-01T10:00:00Z,
b,,2,Call,soon,
"""

SOURCE = """\
source: rehearsal
format: csv
people: {person: person, email: mail}
objects: {order: order}
events: [{event_column: event, time: at, properties: {score: {column: score, type: number}}}]
"""

PLAN = """\
brand: {name: Rehearsal}
touchpoints: [{id: look, name: Look, rule: [Look]}, {id: buy, name: Buy, rule: [Buy]}, {id: tell, name: Tell, rule: [Tell]}]
questions: [{id: how, words: How, touchpoint: tell, event: Tell, property: score}]
promises: [{id: soon, name: Soon, touchpoint: buy, target: 1, within: {start: Look, to: Buy, time: 1d}}]
journeys:
  - id: main
    name: Main
    stages:
      - {id: before, name: Before, side: buyer, steps: [{id: s1, touchpoint: look}, {id: s2, touchpoint: buy, within: 1h}]}
      - {id: after, name: After, side: customer, steps: [{id: s3, touchpoint: tell}]}
"""


def rehearse_aside() -> None:
    """`rehearse` for a thread of its own: what goes wrong costs nobody more than time, and may be that the process ends."""
    try:
        rehearse()
    except Exception:
        log.info("the rehearsal ended early", exc_info=True)


def rehearse() -> None:
    """Under a minute where nothing is compiled yet, a few seconds where all is on the disk, under one the second time."""
    warm()
    with tempfile.TemporaryDirectory(prefix="desirelines-") as folder:
        place = Path(folder)
        home = Home(place / "home", Settings())
        workspace = home.create("rehearsal", "Rehearsal")
        (place / "rows.csv").write_text(ROWS, encoding="utf-8")
        workspace.sources.save(SOURCE, "rehearsal.yaml")
        workspace.import_plan(PLAN, "plan.yaml")
        workspace.publish_draft(0, "")
        workspace.import_file("rehearsal", place / "rows.csv")
        view, question = workspace.view(), Question(segment="did:Look")
        view.sheet(question)
        view.cockpit(question)
        for level in LEVELS:
            paths = view.paths(question, Walk(level=level))
            measure.variants(paths, VariantsAsk())
            measure.transitions(paths, TransitionsAsk())
        found = view.customers(question, "touchpoint=look", "", 1, 10)
        view.story(found.customers[0].customer, question)
        view.seen()
        workspace.database.close()
