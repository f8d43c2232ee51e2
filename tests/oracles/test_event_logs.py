"""Published event logs through the whole way, with their published numbers."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from desirelines import measure
from desirelines.home import Home
from desirelines.measure import VariantsAsk, Walk
from desirelines.settings import Settings
from desirelines.view import Question, View

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "event_logs"
EXAMPLE = ROOT / "examples" / "receipt"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the published event logs are not beside this checkout")


def _view(folder: Path, name: str, file: str) -> View:
    workspace = Home(folder, Settings()).create(name, name, "Europe/Amsterdam")
    receipt = workspace.import_file(workspace.adopt_source(EXAMPLE / "sources" / f"{name}.yaml"), DATA / file)
    assert receipt.rows_refused == 0
    workspace.import_plan((EXAMPLE / f"{name}.yaml").read_bytes(), f"{name}.yaml")
    workspace.publish_draft(workspace.draft()["base"], "as drawn")
    return workspace.view()


@pytest.fixture(scope="module")
def receipt(tmp_path_factory: pytest.TempPathFactory) -> View:
    return _view(tmp_path_factory.mktemp("receipt"), "receipt", "receipt.csv")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> View:
    return _view(tmp_path_factory.mktemp("running"), "running", "running-example.csv")


def _cases(file: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with (DATA / file).open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            found.setdefault(row["case:concept:name"], []).append(row["concept:name"])
    return found


def test_receipt_variants(receipt: View) -> None:
    variants = measure.variants(receipt.paths(Question(), Walk()), VariantsAsk(top=6))
    assert (variants.journeys, variants.variant_count) == (1_434, 116)
    assert [row.count for row in variants.variants] == [713, 123, 116, 115, 75, 40]
    assert variants.variants[2].length == 1


def test_receipt_transitions(receipt: View) -> None:
    found = measure.transitions(receipt.paths(Question(), Walk()))
    assert (found.events, len(found.nodes), len(found.edges)) == (8_577, 27, 99)
    assert (len(found.starts), len(found.ends)) == (1, 14)
    pairs = Counter(pair for events in _cases("receipt.csv").values() for pair in pairwise(events))
    assert {(edge.origin, edge.target): edge.count for edge in found.edges} == dict(pairs)


def test_receipt_held_against_its_most_frequent_variant(receipt: View) -> None:
    following = receipt.sheet(Question()).following
    assert following.average_fitness.value == pytest.approx(0.818053, abs=5e-7)
    assert following.log_fitness.value == pytest.approx(0.828706, abs=5e-7)
    assert following.fitting.value == pytest.approx(713 / 1_434, abs=1e-12)
    assert following.cost == 2_943
    marks = following.deviations
    assert 2 * marks.out_of_order + marks.missing + marks.unplanned + marks.repeated == 2_943


def test_receipt_leaves_21_activities_in_the_tray(receipt: View) -> None:
    sheet = receipt.sheet(Question())
    planned = {rule.event for touchpoint in receipt.plan.touchpoints for rule in touchpoint.rule}
    loose = Counter(event for events in _cases("receipt.csv").values() for event in events if event not in planned)
    assert {row.event: row.events for row in sheet.unclaimed} == dict(loose)
    assert len(loose) == 21


def test_the_running_example(running: View) -> None:
    found = measure.transitions(running.paths(Question(), Walk()))
    assert {(edge.origin, edge.target): edge.count for edge in found.edges} == {
        ("check ticket", "decide"): 6,
        ("examine casually", "check ticket"): 4,
        ("decide", "pay compensation"): 3,
        ("decide", "reinitiate request"): 3,
        ("decide", "reject request"): 3,
        ("register request", "examine casually"): 3,
        ("check ticket", "examine casually"): 2,
        ("examine casually", "decide"): 2,
        ("examine thoroughly", "check ticket"): 2,
        ("register request", "check ticket"): 2,
        ("check ticket", "examine thoroughly"): 1,
        ("examine thoroughly", "decide"): 1,
        ("register request", "examine thoroughly"): 1,
        ("reinitiate request", "check ticket"): 1,
        ("reinitiate request", "examine casually"): 1,
        ("reinitiate request", "examine thoroughly"): 1,
    }
    assert found.starts == {"register request": 6}
    assert found.ends == {"pay compensation": 3, "reject request": 3}


def test_the_running_example_held_against_its_straight_way(running: View) -> None:
    """Cases 3 and 5 go round once and twice: 4 and 8 events too many, none missing."""
    following = running.sheet(Question()).following
    shares = [1.0, 1.0, 1.0, 1.0, 1 - 4 / (9 + 5), 1 - 8 / (13 + 5)]
    assert following.cost == 12
    assert following.average_fitness.value == pytest.approx(sum(shares) / 6, abs=1e-12)
    assert following.log_fitness.value == pytest.approx(1 - 12 / (42 + 30), abs=1e-12)
    assert (following.deviations.missing, following.deviations.unplanned, following.deviations.repeated) == (0, 4, 8)
