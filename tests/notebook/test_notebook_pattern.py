"""Patterns in Python."""

from __future__ import annotations

from pathlib import Path

from shop import full

import desirelines
from desirelines.notebook import as_table


def test_a_pattern_as_a_noun_and_its_places_as_a_table(tmp_path: Path) -> None:
    book = desirelines.open(full(tmp_path)[1].folder)
    found = book.pattern("Visited ~> Bought", gap="1d", first_on="2024-03-02")
    assert (found.count, found.journeys_with, found.people_with) == (2, 2, 2)
    assert as_table(found.leads_to).num_rows == 0
    assert as_table(found.begins_with).to_pylist() == [{"name": "Visited", "count": 2, "rate": 1.0}]
