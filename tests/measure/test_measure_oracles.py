"""Published numbers and a known answer, from the real files through the whole way."""

from __future__ import annotations

from pathlib import Path

import pytest

from desirelines.collect import read, read_source
from desirelines.identify import resolve
from desirelines.map import match
from desirelines.measure import Frame, Paths, Sheet, VariantsAsk, gather, sheet, transitions, variants
from desirelines.model.progress import silent
from desirelines.plan import read_plan
from desirelines.store import Lake, Snapshot
from desirelines.trace import build

HOUSE = Path(__file__).resolve().parents[2]
DATA = HOUSE.parent / "shared" / "data"
EXAMPLES = HOUSE / "examples"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")


def imported(folder: Path, zone: str, pairs: list[tuple[Path, Path]]) -> Snapshot:
    lake, versions = Lake(folder), dict[str, int]()
    for number, (spec, data) in enumerate(pairs):
        source = read_source(spec.read_text(encoding="utf-8"), spec.name)
        staging = lake.stage(f"import-{number}", keyed=bool(source.key))
        for batch in read(source, data, zone, silent):
            staging.add(batch)
        versions = lake.commit(staging.resolve(lake.snapshot(versions)), lambda: None)
    return lake.snapshot(versions, len(pairs))


def measured(folder: Path, plan_file: Path, pairs: list[tuple[Path, Path]]) -> tuple[Sheet, Paths]:
    plan = read_plan(plan_file.read_text(encoding="utf-8"), plan_file.name)
    snapshot = imported(folder / "workspace", plan.brand.zone, pairs)
    identities = resolve(snapshot, {kind.id: kind.joins for kind in plan.identifiers})
    planned = plan.journeys[0]
    trace = build(snapshot, identities, folder / "derived", planned.subject)
    matched = match(trace, snapshot, plan, planned.id, folder / "derived")
    facts = gather(build(snapshot, identities, folder / "derived"), snapshot, plan, folder / "derived")
    return sheet(Frame(matched, facts)), Paths(matched.trace, folder / "derived", matched=matched)


def test_the_receipt_log_against_its_most_frequent_variant(tmp_path: Path) -> None:
    source = (EXAMPLES / "receipt/sources/receipt.yaml", DATA / "event_logs/receipt.csv")
    found, paths = measured(tmp_path, EXAMPLES / "receipt/receipt.yaml", [source])
    assert round(found.following.average_fitness.value or 0, 6) == 0.818053
    assert round(found.following.log_fitness.value or 0, 6) == 0.828706
    assert (found.journeys, found.events, found.following.cost) == (1434, 8577, 2943)
    assert found.following.fitting.value == 713 / 1434
    marks = found.following.deviations
    assert marks.missing + marks.unplanned + marks.repeated + 2 * marks.out_of_order == 2943
    top = variants(paths, VariantsAsk(top=6))
    assert (top.variant_count, [one.count for one in top.variants]) == (116, [713, 123, 116, 115, 75, 40])
    assert top.variants[2].length == 1
    graph = transitions(paths)
    assert (len(graph.nodes), len(graph.edges), len(graph.starts), len(graph.ends)) == (27, 99, 1, 14)


def test_the_marketplace_delivers_by_the_date_it_gave(tmp_path: Path) -> None:
    files = {
        "orders": "orders",
        "customers": "customers",
        "items": "order_items",
        "payments": "order_payments",
        "reviews": "order_reviews",
    }
    pairs = [
        (EXAMPLES / f"marketplace/sources/{source}.yaml", DATA / f"olist/olist_{name}_dataset.csv")
        for source, name in files.items()
    ]
    found, _ = measured(tmp_path, EXAMPLES / "marketplace/plan.yaml", pairs)
    promise = next(one for one in found.promises if one.id == "delivered-by-date")
    assert (promise.kept.n, promise.kept_count, promise.open_count) == (14_552, 13_595, 0)
    assert round(promise.kept.value or 0, 3) == 0.934
    assert promise.state == "broken"
    assert found.tally.events == found.tally.claimed + found.tally.unclaimed
