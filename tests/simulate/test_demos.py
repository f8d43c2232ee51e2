"""Demos by name: files that are there, sources and plans that hold, and what is said when the data are missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from desirelines.collect.source import Source
from desirelines.errors import NotFound
from desirelines.model.document import read_document
from desirelines.plan import check, read_plan, write_plan
from desirelines.simulate import DEMOS, DemoFiles, demo_files, find_demo, is_ready, world_files


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> DemoFiles:
    return world_files(tmp_path_factory.mktemp("demo"), people=60, seed=2)


def _sources(made: DemoFiles) -> dict[str, Source]:
    found = {}
    for source, data in made.sources:
        assert data.is_file()
        found[source.stem] = Source.model_validate(read_document(source.read_text(encoding="utf-8"), source.name).data)
    return found


def _holds(made: DemoFiles) -> None:
    text = made.plan.read_text(encoding="utf-8")
    plan = read_plan(text, "plan.yaml")
    assert read_plan(write_plan(plan), "again") == plan
    assert plan.brand.simulated is not made.demo.real
    messages = [fault.message for fault in check(plan)]
    assert len([message for message in messages if message.startswith("nobody owns")]) == 1
    known = ("nobody owns", "no moment explains", "the persona `host` is an assumption")
    assert [message for message in messages if not message.startswith(known)] == []


def test_the_invented_brand_has_a_source_for_every_silo(invented: DemoFiles) -> None:
    sources = _sources(invented)
    assert [source.source for source in sources.values()] == list(sources)
    assert len(sources) == 17
    assert {source.format for source in sources.values()} == {"parquet", "tsv", "jsonl", "csv", "xlsx"}
    assert not invented.demo.real


def test_the_plans_hold(invented: DemoFiles, tmp_path: Path) -> None:
    _holds(invented)
    if is_ready("retail"):
        _holds(demo_files("retail", tmp_path))


def test_every_rank_is_the_events_place_in_the_truth(invented: DemoFiles) -> None:
    ranks = {event.event: event.rank for source in _sources(invented).values() for event in source.events if event.event}
    delivery = [
        ranks[event] for event in ("Order Placed", "Parcel Handed Over", "Out for Delivery", "Delivered") if event in ranks
    ]
    assert delivery == sorted(delivery)
    assert ranks["Invoice Sent"] < ranks["Invoice Paid"]
    assert ranks["Service Called"] < ranks["Problem Solved"]


def test_a_demo_nobody_knows() -> None:
    with pytest.raises(NotFound) as told:
        find_demo("retial")
    assert told.value.hint == "one of " + ", ".join(found.name for found in DEMOS)
    assert told.value.code == "no_such_demo"


def test_data_that_are_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desirelines.simulate.retail.PACKAGE", "a_package_that_nobody_installed")
    assert not is_ready("retail")
    with pytest.raises(NotFound) as told:
        demo_files("retail", tmp_path)
    assert told.value.hint == 'pip install "desirelines[retail]"'
