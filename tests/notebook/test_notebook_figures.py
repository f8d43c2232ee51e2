"""Figures as Arrow tables."""

from __future__ import annotations

from pathlib import Path

from shop import full

import desirelines
from desirelines.measure import METRICS
from desirelines.view import Question


def test_tables_of_figures_and_of_the_parts_of_one(tmp_path: Path) -> None:
    book = desirelines.open(full(tmp_path)[1].folder)
    found = book.metrics()
    assert found["id"].to_pylist() == [one.id for one in METRICS]
    rows = {row["id"]: row for row in found.to_pylist()}
    assert (rows["satisfaction"]["now"], rows["satisfaction"]["now_n"]) == (0.5, 2)
    assert rows["contact-rate"]["missing_roles"] == ["contact"]
    parts = book.metric("satisfaction", by="touchpoint")
    assert (parts["id"].to_pylist(), parts["result"].to_pylist()) == (["rating"], [0.5])
    assert book.metric("satisfaction", unit="day", first_on="2024-03-05", last_on="2024-03-06")["result"].to_pylist() == [1.0]


def test_what_to_know_as_a_table(tmp_path: Path) -> None:
    book = desirelines.open(full(tmp_path)[1].folder)
    rows = book.findings().to_pylist()
    assert [row["words"] for row in rows] == [one.words for one in book.view.cockpit(Question()).findings]
    assert {row["kind"] for row in rows} >= {"promise", "unowned"}
