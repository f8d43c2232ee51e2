"""Older documents become newer ones by pure functions, one per format."""

from __future__ import annotations

from typing import Any

import pytest

from desirelines.errors import BadInput
from desirelines.plan.exchange.upgrade import UPGRADES, upgrade


def renamed(data: dict[str, Any]) -> dict[str, Any]:
    return {**{key: value for key, value in data.items() if key != "name"}, "brand": data["name"]}


def doubled(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "brand": data["brand"] * 2}


def test_every_step_is_taken_once_and_nothing_changes_in_place() -> None:
    old = {"format": 1, "name": "A"}
    assert upgrade(old, {1: renamed, 2: doubled}, 3) == {"format": 3, "brand": "AA"}
    assert upgrade({"format": 2, "brand": "A"}, {1: renamed, 2: doubled}, 3) == {"format": 3, "brand": "AA"}
    assert old == {"format": 1, "name": "A"}


def test_without_a_format_a_document_is_of_the_newest() -> None:
    assert upgrade({"brand": "A"}, {1: renamed}, 2) == {"format": 2, "brand": "A"}


@pytest.mark.parametrize("found", [0, -1, True, "1", 1.0, None])
def test_what_is_no_format_is_refused(found: object) -> None:
    with pytest.raises(BadInput, match="whole number from 1 to 1"):
        upgrade({"format": found})


def test_there_is_a_way_from_every_format_to_the_newest() -> None:
    assert sorted(UPGRADES) == list(range(1, 1))
    assert upgrade({"format": 1}) == {"format": 1}
