"""Retention, growth, times and stuck places as Arrow tables."""

from __future__ import annotations

from pathlib import Path

from shop import full

import desirelines


def test_tables_of_who_comes_back_and_how_long_it_takes(tmp_path: Path) -> None:
    book = desirelines.open(full(tmp_path)[1].folder)
    cells = book.retention(unit="week", periods=1).to_pylist()
    assert [(str(row["start_on"] or "all"), row["cohort_people"], row["cell_offset"], row["cell_count"]) for row in cells] == [
        ("2024-02-26", 3, 0, 3), ("2024-02-26", 3, 1, 2), ("2024-03-04", 1, 0, 1), ("all", 4, 0, 4), ("all", 4, 1, 2),
    ]  # fmt: skip
    assert book.growth(unit="week", segment="did:Rated")["active"].to_pylist() == [2, 2]
    stages = book.times(of="stage")
    assert stages["lasting_median"].to_pylist() == [3600.0, 432000.0, None]
    assert stages["left_rate_n"].to_pylist() == [4, 3, 2]
    assert book.times(of="cycle", event="Visited", most=2)["journeys"].to_pylist() == [4]
    assert book.stuck(of="stage")["name"].to_pylist() == ["Pay", "Look"]


def test_who_is_in_trouble(tmp_path: Path) -> None:
    book = desirelines.open(full(tmp_path)[1].folder)
    found = book.care(days=30)
    assert found["label"].to_pylist() == ["ben", "dea"]
    assert [signs[0]["kind"] for signs in found["signs"].to_pylist()] == ["broken promise", "overdue"]
    assert book.care(reason="overdue", segment="did:Bought")["trouble"].to_pylist() == [3]
